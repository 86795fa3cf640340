//! How probable is a loss larger than this: one falling step curve for each option.

use crate::chart::area::Area;
use crate::chart::axis::{self, Scale};
use crate::chart::canvas::{Anchor, Type};
use crate::chart::curve_label::{self, Drawn};
use crate::chart::font;
use crate::chart::number::{figure, percent};
use crate::chart::theme::{self, BODY, Ink, MARGIN, OTHERS, REFERENCE, THRESHOLD, WIDTH};
use crate::chart::{Chart, Frame, left_out};

/// Exceedance curves over one horizon.
#[derive(Clone, Debug, PartialEq)]
pub struct Exceedance {
    /// Title and conditions; `unit` also names the horizontal axis.
    pub frame: Frame,
    /// What the horizontal axis holds: `loss in two years`.
    pub quantity: String,
    /// Its unit in words: `euro`.
    pub unit: String,
    /// One curve for each option.
    pub curves: Vec<Curve>,
    /// Whether the horizontal axis is logarithmic; the axis says so in words.
    pub log_x: bool,
    /// Largest probability that is tolerated, as (value, probability) corners.
    pub tolerance: Option<Vec<(f64, f64)>>,
}

/// One option's curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// The option's name.
    pub option: String,
    /// Whether this is the option that the others are compared with.
    pub reference: bool,
    /// Steps in ascending order of value. Left of the first, more than any value is certain.
    pub steps: Vec<Step>,
}

/// From `value` to the next step's, a larger loss has this probability.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Where the step begins.
    pub value: f64,
    /// Lower end of the band, 0 to 1.
    pub low: f64,
    /// Probability of more than `value`, 0 to 1.
    pub probability: f64,
    /// Upper end of the band, 0 to 1.
    pub high: f64,
}

const PLOT: f64 = 360.0;
const TOP: f64 = 34.0;
const KEY_ROW: f64 = 24.0;
/// From so many steps on, those within a pixel become one.
const MANY: usize = 100;

impl Exceedance {
    /// Draws the chart.
    pub fn chart(&self) -> Chart {
        let finite = |step: &&Step| step.value.is_finite() && step.probability.is_finite();
        let missing = self.curves.iter().map(|c| c.steps.len() - c.steps.iter().filter(finite).count()).sum();
        let mut notes = left_out(missing);
        let values = || self.curves.iter().flat_map(|c| c.steps.iter().filter(finite)).map(|step| step.value);
        let most =
            values().chain(self.tolerance.iter().flatten().map(|corner| corner.0)).fold(f64::NEG_INFINITY, f64::max);
        let least = values().fold(f64::INFINITY, f64::min);
        let positive = values().filter(|value| *value > 0.0).fold(f64::INFINITY, f64::min);
        if !most.is_finite() {
            let remark = "No run had a result to show.";
            return self.frame.chart(160.0, remark, &notes, |canvas, area| canvas.remark(area, remark));
        }
        let log = self.log_x && positive.is_finite();
        if self.log_x && !log {
            notes.push("All values are zero, so the axis is not logarithmic.".to_owned());
        }
        let others: Vec<&str> =
            self.curves.iter().filter(|c| !c.reference).skip(theme::OPTIONS.len()).map(|c| c.option.as_str()).collect();
        if !others.is_empty() {
            notes.push(format!("Thin grey: {}.", others.join(", ")));
        }
        let (x0, x1) = (MARGIN + 52.0, WIDTH - MARGIN - 12.0);
        let across = if log {
            // Six powers of ten at most: what is smaller counts as the smallest.
            Scale::log((positive * 0.8).max(most * 1e-6), most.max(positive), x0, x1)
        } else {
            // Where no run had a loss, any axis will do that begins at zero.
            Scale::linear(least.min(0.0), if most > 0.0 { most * 1.03 } else { 1.0 }, x0, x1)
        };
        let up = Scale::linear(0.0, 1.0, PLOT, 0.0);
        let mut curves: Vec<Drawn> = self.drawn(&across, &up);
        curve_label::place(&mut curves, Area::new(x0, 0.0, x1, PLOT));
        let keyed = key(&curves);
        let rows = keyed.iter().map(|entry| entry.2 + 1).max().unwrap_or(0);

        let scale_word = if log { " (logarithmic scale: equal distances are equal ratios)" } else { "" };
        let title = format!("{} of more than this many {}{scale_word}", self.quantity, self.unit);
        let words = self.words();
        let height = TOP + PLOT + axis::BELOW + KEY_ROW * rows as f64;
        self.frame.chart(height, &words, &notes, |canvas, area| {
            let plot = Area::new(x0, area.y0 + TOP, x1, area.y0 + TOP + PLOT);
            let up = Scale::linear(0.0, 1.0, plot.y1, plot.y0);
            let shares = axis::percent_ticks(&up, 5);
            axis::left(canvas, plot, &up, &shares, "probability");
            axis::below(canvas, plot, &across, &axis::ticks_of(&across, 10), &title);
            let shift = |points: &[(f64, f64)]| points.iter().map(|p| (p.0, p.1 + plot.y0)).collect::<Vec<_>>();
            for curve in &curves {
                canvas.polygon(&shift(&curve.band), curve.ink.mark, 0.16);
            }
            for curve in curves.iter().rev() {
                canvas.dashed(&shift(&curve.line), curve.ink.mark, weight(curve.ink), curve.ink.dash);
            }
            for curve in &curves {
                if let Some(label) = &curve.label {
                    curve_label::paint(canvas, plot.y0, label, curve);
                }
            }
            for (curve, x, row) in &keyed {
                let y = plot.y1 + axis::BELOW + KEY_ROW * (*row as f64 + 0.5);
                canvas.dashed(&[(*x, y), (x + 32.0, y)], curve.ink.mark, weight(curve.ink), curve.ink.dash);
                canvas.text_mid(x + 40.0, y, &curve.name, Type::regular(BODY, curve.ink.text), Anchor::Start);
            }
        })
    }

    fn drawn(&self, across: &Scale, up: &Scale) -> Vec<Drawn> {
        let mut next = 0;
        let mut curves = Vec::new();
        for curve in &self.curves {
            let ink = if curve.reference {
                REFERENCE
            } else {
                next += 1;
                theme::option(next - 1)
            };
            let mut steps: Vec<Step> = curve.steps.clone();
            steps.retain(|step| step.value.is_finite() && step.probability.is_finite());
            steps.sort_by(|a, b| a.value.total_cmp(&b.value));
            let part = |pick: fn(&Step) -> f64| staircase(&steps, pick, across, up);
            let line = part(|step| step.probability);
            let mut band = Vec::new();
            if steps.iter().any(|step| step.high > step.low) {
                band = part(|step| if step.high.is_finite() { step.high } else { step.probability });
                let low = part(|step| if step.low.is_finite() { step.low } else { step.probability });
                band.extend(low.into_iter().rev());
            }
            let name = font::shorten_middle(&curve.option, BODY, true, 260.0);
            if !line.is_empty() {
                curves.push(Drawn { name, ink, line, band, label: None });
            }
        }
        if let Some(corners) = &self.tolerance {
            let line: Vec<(f64, f64)> = corners
                .iter()
                .filter(|(x, y)| x.is_finite() && y.is_finite())
                .map(|(x, y)| (across.at(*x), up.at(*y)))
                .collect();
            if !line.is_empty() {
                curves.push(Drawn { name: "tolerance".into(), ink: THRESHOLD, line, band: Vec::new(), label: None });
            }
        }
        curves
    }

    fn words(&self) -> String {
        let curves = self.curves.iter().map(|curve| {
            let step_at =
                |level: f64| curve.steps.iter().find(|step| step.probability <= level).map(|step| figure(step.value));
            let parts: Vec<String> = [0.5, 0.1]
                .into_iter()
                .filter_map(|level| step_at(level).map(|value| format!("{} for more than {value}", percent(level))))
                .collect();
            format!(
                "{}: at most {}.",
                curve.option,
                if parts.is_empty() { "no value".to_owned() } else { parts.join(", ") }
            )
        });
        format!("Probability of {} in {}. {}", self.quantity, self.unit, curves.collect::<Vec<_>>().join(" "))
    }
}

/// Corners of a step curve: certain from the start of the axis down to the first value, then step by step, and on to
/// the end of the axis. Where there are many steps, one a pixel is drawn.
fn staircase(steps: &[Step], pick: fn(&Step) -> f64, across: &Scale, up: &Scale) -> Vec<(f64, f64)> {
    if steps.is_empty() {
        return Vec::new();
    }
    let mut line = vec![(across.at(f64::MIN), up.at(1.0))];
    let finest = if steps.len() > MANY { 0.75 } else { 0.0 };
    for (i, step) in steps.iter().enumerate() {
        let (x, y) = (across.at(step.value), up.at(pick(step)));
        match line.last_mut() {
            // Steps finer than the eye: the latest one counts. The start is no step.
            Some(end) if i > 0 && x - end.0 < finest => end.1 = y,
            Some((_, level)) => {
                let level = *level;
                line.extend([(x, level), (x, y)]);
            }
            None => {}
        }
    }
    let end = across.at(f64::MAX);
    if let Some((x, y)) = line.last().copied().filter(|(x, _)| *x < end) {
        line.extend([(x, y), (end, y)]);
    }
    line
}

/// The curves without a place, as entries of a key under the plot: curve, x and row.
fn key(curves: &[Drawn]) -> Vec<(&Drawn, f64, usize)> {
    let (mut x, mut row) = (MARGIN, 0);
    let mut entries = Vec::new();
    for curve in curves.iter().filter(|curve| curve.label.is_none() && curve.ink != OTHERS) {
        let width = 40.0 + font::width(&curve.name, BODY, false) + 28.0;
        if x + width > WIDTH - MARGIN && x > MARGIN {
            (x, row) = (MARGIN, row + 1);
        }
        entries.push((curve, x, row));
        x += width;
    }
    entries
}

/// The reference is the heaviest, so that it stands out on grey prints too.
fn weight(ink: Ink) -> f64 {
    match ink {
        ink if ink == THRESHOLD => 1.5,
        ink if ink == REFERENCE => 3.5,
        ink if ink == OTHERS => 1.0,
        _ => 2.25,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{gallery, inspect};

    #[test]
    fn curves_are_drawn_whatever_their_shape_and_number() {
        for (_, data) in gallery::exceedances() {
            inspect::check_twice(|| data.chart());
        }
    }

    #[test]
    fn a_curve_steps_down_at_its_values_and_runs_on_to_the_end() {
        let step = |value, p| Step { value, low: p, probability: p, high: p };
        let (across, up) = (Scale::linear(0.0, 10.0, 0.0, 100.0), Scale::linear(0.0, 1.0, 100.0, 0.0));
        let corners = |steps: &[Step]| -> Vec<(f64, f64)> {
            let line = staircase(steps, |step| step.probability, &across, &up);
            line.iter().map(|p| (libm::round(p.0), libm::round(p.1))).collect()
        };
        let got = corners(&[step(2.0, 0.8), step(5.0, 0.2)]);
        let want = [(0.0, 0.0), (20.0, 0.0), (20.0, 20.0), (50.0, 20.0), (50.0, 80.0), (50.0, 80.0), (100.0, 80.0)];
        assert_eq!(got, want, "certain up to the first value");
        assert_eq!(corners(&[step(0.0, 0.8)])[..3], [(0.0, 0.0), (0.0, 0.0), (0.0, 20.0)], "a fall at the axis itself");
    }

    #[test]
    fn runs_that_lie_close_together_lose_no_step() {
        // Twenty runs within a pixel of a wide axis.
        let p = |i: u32| 1.0 - f64::from(i + 1) / 20.0;
        let step = |i: u32| Step { value: 4e5 + f64::from(i), low: p(i), probability: p(i), high: p(i) };
        let steps: Vec<Step> = (0..20).map(step).collect();
        let (across, up) = (Scale::linear(0.0, 5e6, 0.0, 800.0), Scale::linear(0.0, 1.0, 100.0, 0.0));
        let line = staircase(&steps, |step| step.probability, &across, &up);
        assert_eq!(line[0], (0.0, 0.0));
        let falls: Vec<f64> = line.windows(2).map(|pair| pair[1].1 - pair[0].1).filter(|fall| *fall > 0.01).collect();
        assert_eq!(falls.len(), 20);
        assert!(falls.iter().all(|fall| libm::fabs(fall - 5.0) < 1e-9), "{falls:?}");
    }
}
