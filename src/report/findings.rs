//! A comparison in hedged sentences: what an option is shown to do, how sure that is, and what doubt leaves open.

use crate::chart::number::{Interval as Figures, euro};
use crate::experiment::{Comparison, Doubt, DoubtedDifference, Table};
use crate::measure::Measure;
use crate::model::{OptionId, World};
use crate::report::many::difference;
use crate::report::{Context, drawn};
use crate::stats::{NEGLIGIBLE_IN_WORDS, Paired, Verdict};

/// Findings in hedged sentences, one for each option and world on the main measure, then burden and cost.
pub(crate) fn sentences(context: &Context<'_>, comparison: &Comparison) -> Vec<String> {
    let reference = &context.scenario.options[comparison.reference.index()].id;
    let mut out = vec![if context.is_drawn() {
        format!(
            "{} In brackets the sampling error of the average over the draws; doubt about the inputs is said apart.",
            context.inputs_in_words()
        )
    } else {
        "Inputs held fixed; not a finding about the world. The intervals below are for sampling error alone.".to_owned()
    }];
    let main = [context.main_measure, Measure::Shipped];
    let main = if main[0] == main[1] { main[..1].to_vec() } else { main.to_vec() };
    let mut options: Vec<OptionId> = comparison.differences.iter().map(|d| d.option).collect();
    options.dedup();
    options.sort_unstable();
    options.dedup();
    for option in options {
        let id = &context.scenario.options[option.index()].id;
        let mut parts: Vec<String> = Vec::new();
        for world in World::ALL {
            let of = |m| comparison.get(world, option, m);
            let measures: &[Measure] = match world {
                World::Innocent => &[Measure::Burden, Measure::WrongfulActions],
                World::Real | World::Elsewhere => &main,
            };
            let said = |m: &Measure| {
                let doubt = comparison.doubt(world, option, *m);
                Some(clause(*m, of(*m)?) + &doubt.map_or(String::new(), |d| doubted(context, *m, d)))
            };
            let clauses: Vec<String> = measures.iter().filter_map(said).collect();
            if !clauses.is_empty() {
                parts.push(format!("in the {} world it {}", world.name(), clauses.join(" and ")));
            }
        }
        if let Some(p) = comparison.get(World::Innocent, option, Measure::CostTotal) {
            let cost = match p.verdict {
                Verdict::ExactlyEqual => "costs as much as the reference".to_owned(),
                Verdict::Negligible => format!("{NEGLIGIBLE_IN_WORDS} from the reference in total cost"),
                Verdict::NoDifferenceShown => "shows no difference in total cost at this number of runs".to_owned(),
                Verdict::Lower => format!("costs {} less than the reference", euro(p.mean)),
                Verdict::Higher => format!("costs {} more than the reference", euro(-p.mean)),
            };
            parts.push(format!("in the innocent world it {cost}"));
        }
        if !parts.is_empty() {
            let over = if context.is_drawn() { "In this model, over the stated ranges" } else { "In this model" };
            out.push(format!("{over}, against {reference}, {id}: {}.", parts.join("; ")));
        }
    }
    out
}

pub(crate) fn clause(measure: Measure, p: &Paired) -> String {
    let label = measure.label();
    let (low, high) = (p.adjusted.low, p.adjusted.high);
    let amount = |sign: f64| {
        let ends = if sign > 0.0 { (low, high) } else { (-high, -low) };
        difference(measure, Figures::new(ends.0, sign * p.mean, ends.1))
    };
    match p.verdict {
        Verdict::Lower => format!("lowers {label} by {}", amount(1.0)),
        Verdict::Higher => format!("raises {label} by {}", amount(-1.0)),
        Verdict::Negligible => format!("{NEGLIGIBLE_IN_WORDS} in {label}"),
        Verdict::NoDifferenceShown => format!("shows no difference in {label} at this number of runs"),
        Verdict::ExactlyEqual => format!("leaves {label} exactly as it is"),
    }
}

/// What doubt does to a difference: in how many draws it is there, and how large it may be.
fn doubted(context: &Context<'_>, measure: Measure, d: &DoubtedDifference) -> String {
    let draws = context.drawn.draws();
    if d.lower_in + d.higher_in == 0 {
        return String::new();
    }
    let range = match &d.doubt {
        Some(Doubt { range: (low, high), split }) if split.between > 0.0 => {
            let range = drawn::range(measure, 0.0 - high, 0.0 - low).replace(" %", " points");
            format!("; doubt about option less reference: {range}")
        }
        Some(_) => format!("; doubt: {}", drawn::NOT_SHOWN),
        None => String::new(),
    };
    let count = |n: usize, way: &str| format!("{way} in {n} of {draws} world draws");
    let way = match (d.lower_in, d.higher_in) {
        (n, 0) => count(n, "lower"),
        (0, n) => count(n, "higher"),
        (lower, higher) if lower >= higher => format!("{}, higher in {higher}", count(lower, "lower")),
        (lower, higher) => format!("{}, lower in {lower}", count(higher, "higher")),
    };
    format!(" [{way}{range}]")
}

/// For each option that sends goods away: a longer or shorter stay is partly that of other goods.
pub(crate) fn mix_notes(context: &Context<'_>, table: &Table, comparison: &Comparison, world: World) -> Vec<String> {
    let mean = |o, m| table.estimate(world, o, m).map_or(0.0, |e| e.middle());
    let note = |option: &OptionId| {
        let gone = comparison.get(world, *option, Measure::ThroughputLost).map(|p| -p.mean)?;
        let all = mean(comparison.reference, Measure::Throughput);
        mix_note(&context.scenario.options[option.index()].id, gone, all)
    };
    table.design().options.iter().filter_map(note).collect()
}

/// What to say beside the time in the hub under an option that sends `gone` more consignments of `all` away.
fn mix_note(option: &str, gone: f64, all: f64) -> Option<String> {
    let number = |v: f64| crate::chart::number::count(v.abs().round() as u64);
    let way = if gone > 0.0 { "fewer" } else { "more" };
    (gone.abs() >= 0.5).then(|| {
        format!(
            "Mean time in the hub under {option} is partly a change of mix: about {} {way} consignments of {} pass \
             through the hub.",
            number(gone),
            number(all)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_goods_are_sent_away_the_time_in_the_hub_says_so() {
        let said = mix_note("expel-now", 15_066.4, 51_000.0);
        let want = "Mean time in the hub under expel-now is partly a change of mix: about 15,066 fewer consignments of \
                    51,000 pass through the hub.";
        assert_eq!(said.as_deref(), Some(want));
        assert_eq!(mix_note("look", 0.0, 51_000.0), None);
    }

    #[test]
    fn a_trivial_difference_is_not_told_as_a_finding() {
        let reference = [0.2, 0.3, 0.25];
        let paired = |by: f64| Paired::of(&reference, &reference.map(|v| v - by), 0.95, 1).unwrap();
        let said = |by| clause(Measure::CatalogueShare, &paired(by));
        assert_eq!(said(0.000_000_02), "differs by less than one part in 10,000 in catalogue known");
        assert_eq!(said(0.0), "leaves catalogue known exactly as it is");
        assert!(said(0.1).starts_with("lowers catalogue known by 10"), "{}", said(0.1));
        assert!(said(-0.1).starts_with("raises catalogue known by 10"), "{}", said(-0.1));
    }
}
