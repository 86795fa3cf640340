//! The chart of how often the desk is right where it believes so much.

use crate::chart::Chart;
use crate::chart::calibration::{self as chart, stated};
use crate::chart::number::{Interval as Figures, percent_interval};
use crate::experiment::{Band, Calibration, Table};
use crate::model::{OptionId, World};
use crate::report::names::counted;
use crate::report::{Context, pictures};

/// The chart's name.
pub(crate) const NAME: &str = "calibration";

/// What stands below the chart.
pub(crate) const MEANING: &str = "Of the times at which the desk believed about so much, in which share was the operator really misused? The desk's prior, believes_at_start, is taken as the true share of misused operators; forgetting, signals that hang together, and campaigns that make themselves felt less or later than the desk expects make its beliefs differ from that.";

/// The chart for one option, if the document has a desk and a campaign and both worlds were run.
pub(crate) fn of(context: &Context<'_>, table: &Table, option: OptionId) -> Option<Chart> {
    let s = context.scenario;
    let worlds = &table.design().worlds;
    let (Some(desk), Some(campaign)) = (&s.desk, &s.campaign) else { return None };
    if !worlds.contains(&World::Real) || !worlds.contains(&World::Innocent) {
        return None;
    }
    let found = Calibration::of(table, option, desk.prior.get());
    let shown: Vec<&Band> = found.bands.iter().filter(|band| band.is_shown()).collect();
    let mut frame =
        pictures::frame(context, NAME, finding(&shown), "How often the desk's beliefs are right", "percent");
    frame.n_of = "real and as many innocent runs".to_owned();
    frame.notes.push(format!(
        "A point stands for the checkpoints, every 30 days from the campaign's start, at which belief in misuse of {} lay in one band of ten points.",
        s.operators[campaign.uses.index()].id
    ));
    let unit = if context.is_drawn() { "world draw" } else { "replication" };
    frame.notes.push(match shown.len() {
        0 => String::new(),
        1 => format!("Bar: 95%, by {unit}."),
        n => format!("Bars: 95%, by {unit}, widened to hold for {n} bands together."),
    });
    frame.notes.push("The desk's prior is taken as the true share of misused operators.".to_owned());
    frame.notes.extend(left_out(&found));
    let point = |band: &&Band| chart::Point { stated: band.stated, share: figures(band), runs: band.runs };
    Some(chart::Calibration { frame, points: shown.iter().map(point).collect() }.chart())
}

/// A band's share with its widened interval.
fn figures(band: &Band) -> Figures {
    Figures::new(band.adjusted.low, band.share, band.adjusted.high)
}

/// The band whose interval is farthest from its belief, if there is one.
fn finding(shown: &[&Band]) -> String {
    let farthest = shown.iter().filter(|band| band.off() > 0.0).max_by(|a, b| a.off().total_cmp(&b.off()));
    match farthest {
        Some(band) => format!(
            "Where the desk says {}, the operator is misused in {}",
            stated(band.stated),
            percent_interval(figures(band))
        ),
        None if shown.is_empty() => "Too few runs to say how often the desk's beliefs are right".to_owned(),
        None => "The desk's beliefs agree with how often they are right, as far as these runs show".to_owned(),
    }
}

/// What to say of bands that are not shown.
fn left_out(found: &Calibration) -> Option<String> {
    let few: Vec<&Band> = found.bands.iter().filter(|band| !band.is_shown()).collect();
    let checkpoints = few.iter().map(|band| band.checkpoints).sum::<u64>();
    (checkpoints > 0).then(|| {
        format!(
            "Not drawn: {} in {} of fewer than five runs.",
            counted(checkpoints, "checkpoint", "checkpoints"),
            counted(few.len() as u64, "band", "bands")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Interval;

    fn band(stated: f64, low: f64, share: f64, high: f64, runs: u64) -> Band {
        let interval = Interval { low, high, level: 0.95 };
        Band { stated, share, interval, adjusted: interval, runs, checkpoints: 2 * runs }
    }

    #[test]
    fn the_title_tells_of_the_band_that_is_off_by_most_or_of_none() {
        let (near, far) = (band(0.2, 0.22, 0.3, 0.4, 9), band(0.7, 0.31, 0.45, 0.6, 9));
        let even = band(0.5, 0.4, 0.5, 0.6, 9);
        assert_eq!(
            finding(&[&even, &far, &near]),
            "Where the desk says 70%, the operator is misused in 45% (31% to 60%)"
        );
        assert!(finding(&[&even]).starts_with("The desk's beliefs agree"));
        assert!(finding(&[]).starts_with("Too few runs"));
    }

    #[test]
    fn what_is_not_drawn_is_counted() {
        let bands = vec![band(0.2, 0.1, 0.2, 0.3, 9), band(0.9, 0.0, 0.5, 1.0, 4), band(0.8, 0.0, 0.5, 1.0, 1)];
        let said = left_out(&Calibration { bands: bands.clone() });
        assert_eq!(said.unwrap(), "Not drawn: 10 checkpoints in 2 bands of fewer than five runs.");
        assert_eq!(left_out(&Calibration { bands: bands[..1].to_vec() }), None);
    }
}
