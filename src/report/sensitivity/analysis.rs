//! On which inputs the difference between an option and the reference hangs.

use crate::chart::number::Interval as Figures;
use crate::experiment::LEVEL;
use crate::measure::Measure;
use crate::model::{Assumption, OptionId};
use crate::random::Luck;
use crate::report::brief::{Brief, ByValue, world_of};
use crate::stats::Summary;
use crate::stats::sensitivity::{Elementary, MorrisDesign, SobolDesign, SobolIndices};

/// What was run, by stage. A point's list holds what the option averted there, run by run.
#[derive(Debug)]
pub(crate) struct Runs {
    /// Inputs as written, then each input at its low and at its high end.
    pub(crate) one_way: Vec<Vec<f64>>,
    pub(crate) morris: Option<(MorrisDesign, Vec<Vec<f64>>)>,
    /// Inputs that were kept for the indices, and their runs.
    pub(crate) sobol: Option<(Vec<usize>, SobolDesign, Vec<Vec<f64>>)>,
}

/// Everything that was found about one option.
#[derive(Debug)]
pub(crate) struct Sensitivity<'s> {
    pub(crate) brief: &'s Brief<'s>,
    pub(crate) option: OptionId,
    pub(super) inputs: Vec<Assumption>,
    pub(super) base: Figures,
    pub(super) one_way: Vec<OneWay>,
    pub(super) screened: Vec<Elementary>,
    pub(super) trajectories: usize,
    pub(super) kept: Vec<usize>,
    pub(super) indices: Option<Indices>,
    pub(super) by_value: Option<ByValue>,
}

/// What changes with one input at its ends and all others as written.
#[derive(Clone, Copy, Debug)]
pub(super) struct OneWay {
    pub(super) input: usize,
    /// Values of the input: the 10th and the 90th percentile of its range.
    pub(super) ends: (f64, f64),
    /// Change of what is averted, under the same luck.
    pub(super) low: Figures,
    pub(super) high: Figures,
    /// Whether what is averted at the ends is shown to lie on different sides of nothing.
    pub(super) turns: bool,
}

/// Shares of the variance.
#[derive(Clone, Debug)]
pub(super) struct Indices {
    /// In the order of the inputs that were kept.
    pub(super) of: Vec<SobolIndices>,
    /// Share that is luck which the replications leave.
    pub(super) noise: f64,
    /// By fewer base points, for how steady they are: points, and the total indices.
    pub(super) course: Vec<(usize, Vec<f64>)>,
    pub(super) base_points: usize,
    pub(super) replications: usize,
}

/// Share of luck beyond which shares of the doubt say nothing.
const LOUD: f64 = 0.5;

/// Percentiles of an input's range at which the one-way runs are made.
pub(crate) const ENDS: (f64, f64) = (0.1, 0.9);

impl<'s> Sensitivity<'s> {
    /// `inputs` are those that have a range, in the order of the scenario, with their values at [`ENDS`].
    pub(crate) fn of(
        brief: &'s Brief<'s>,
        option: OptionId,
        inputs: Vec<(Assumption, (f64, f64))>,
        runs: &Runs,
        seed: u64,
    ) -> Option<Sensitivity<'s>> {
        let main = brief.study.main_measure;
        let base = figures(main, runs.one_way.first()?)?;
        let one_way = |(input, ends): (usize, &(Assumption, (f64, f64)))| {
            let written = runs.one_way.first()?;
            let at = |nth: usize| runs.one_way.get(1 + 2 * input + nth);
            let change = |nth: usize| {
                let change: Vec<f64> = at(nth)?.iter().zip(written).map(|(end, written)| end - written).collect();
                figures(main, &change)
            };
            let (at_low, at_high) = (figures(main, at(0)?)?, figures(main, at(1)?)?);
            let apart = !at_low.spans_zero() && !at_high.spans_zero();
            let turns = apart && (at_low.mid > 0.0) != (at_high.mid > 0.0);
            Some(OneWay { input, ends: ends.1, low: change(0)?, high: change(1)?, turns })
        };
        let mut one_way: Vec<OneWay> = inputs.iter().enumerate().map(one_way).collect::<Option<_>>()?;
        one_way.sort_by(|a, b| b.swing().total_cmp(&a.swing()).then(a.input.cmp(&b.input)));
        let scale = scale(main);
        let means = |runs: &[Vec<f64>]| -> Vec<f64> {
            runs.iter().map(|of| scale * of.iter().sum::<f64>() / of.len().max(1) as f64).collect()
        };
        let screened = runs.morris.as_ref().and_then(|(design, runs)| design.effects(&means(runs), LEVEL));
        let trajectories = runs.morris.as_ref().map_or(0, |(design, _)| design.runs() / (inputs.len() + 1));
        let luck = Luck::new(seed);
        let indices = runs.sobol.as_ref().and_then(|(_, design, runs)| indices(design, runs, luck));
        let kept = runs.sobol.as_ref().map_or(Vec::new(), |(kept, ..)| kept.clone());
        let inputs = inputs.into_iter().map(|(input, _)| input).collect();
        let by_value = ByValue::of(brief);
        let screened = screened.unwrap_or_default();
        Some(Sensitivity { brief, option, inputs, base, one_way, screened, trajectories, kept, indices, by_value })
    }

    pub(super) fn main(&self) -> Measure {
        self.brief.study.main_measure
    }

    pub(super) fn option_name(&self) -> &str {
        &self.brief.context.scenario.options[self.option.index()].id
    }

    pub(super) fn reference_name(&self) -> &str {
        &self.brief.context.scenario.options[self.brief.study.reference.index()].id
    }

    /// An input's name for pictures: its path without the section, if that tells it from the others.
    pub(super) fn short_name(&self, input: usize) -> String {
        let paths: Vec<&str> = self.inputs.iter().map(|input| input.path.as_str()).collect();
        short_name(&paths, input)
    }

    /// The shares of the doubt, if luck does not drown them.
    pub(super) fn told_indices(&self) -> Option<&Indices> {
        self.indices.as_ref().filter(|_| self.too_loud().is_none())
    }

    /// The share of luck between base points, and how many replications would bring it to a half, if it is more than that.
    pub(super) fn too_loud(&self) -> Option<(f64, u64)> {
        let indices = self.indices.as_ref()?;
        let noise = Some(indices.noise).filter(|noise| *noise > LOUD)?;
        Some((noise, (indices.replications as f64 * noise / (1.0 - noise).max(1e-6)).ceil() as u64))
    }

    /// Runs at each point of the one-way runs and the screening.
    pub(super) fn runs_at_points(&self) -> u64 {
        u64::from(self.brief.context.replications)
    }

    /// The unit in which what is averted is told.
    pub(super) fn unit(&self) -> &'static str {
        if self.main().is_share() { "points" } else { self.main().unit() }
    }

    /// `catalogue known averted, points, in the real world`.
    pub(super) fn quantity(&self) -> String {
        let better = self.main().better() == crate::measure::Better::Higher;
        let verb = if better { "gained" } else { "averted" };
        let unit = if self.unit().is_empty() { String::new() } else { format!(", {}", self.unit()) };
        format!("{} {verb}{unit}, {} world", self.main().label(), world_of(self.brief.study).name())
    }
}

impl OneWay {
    /// How far the ends lie from each other and from the middle.
    pub(super) fn swing(&self) -> f64 {
        let values = [self.low.mid, self.high.mid, 0.0];
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        high - values.iter().copied().fold(f64::INFINITY, f64::min)
    }
}

fn short_name(paths: &[&str], input: usize) -> String {
    let path = paths[input];
    let Some((_, rest)) = path.split_once('.').filter(|(_, rest)| rest.contains('.')) else { return path.to_owned() };
    let same = paths.iter().filter(|other| other.split_once('.').is_some_and(|(_, it)| it == rest)).count();
    if same == 1 { rest.to_owned() } else { path.to_owned() }
}

/// Units in which a measure's differences are told, in one of its own.
fn scale(measure: Measure) -> f64 {
    if measure.is_share() { 100.0 } else { 1.0 }
}

/// The mean of runs with its interval.
fn figures(measure: Measure, runs: &[f64]) -> Option<Figures> {
    let runs: Vec<f64> = runs.iter().map(|value| scale(measure) * value).collect();
    let summary = Summary::of(&runs)?;
    let interval = summary.mean_interval(LEVEL);
    Some(Figures::new(interval.low, summary.mean(), interval.high))
}

fn indices(design: &SobolDesign, runs: &[Vec<f64>], luck: Luck) -> Option<Indices> {
    let replications = runs.first()?.len();
    // Nothing at all if all that varies is luck.
    let noisy = design.indices_of_noisy(runs, LEVEL, luck)?;
    let (of, noise) = (noisy.indices, noisy.noise);
    let each = of.len() + 2;
    let base_points = runs.len() / each;
    // A Sobol sequence's beginnings are designs of their own.
    let mut course = Vec::new();
    let mut n = 8;
    while n <= base_points {
        if let Some(totals) = design.totals_of_first(n, runs) {
            course.push((n, totals));
        }
        n *= 2;
    }
    Some(Indices { of, noise, course, base_points, replications })
}

/// Which inputs to look at more closely: those whose mean effect is at least a tenth of the largest, `most` of them at
/// most, the strongest first.
pub(crate) fn kept(design: &MorrisDesign, runs: &[Vec<f64>], most: usize) -> Vec<usize> {
    let means: Vec<f64> = runs.iter().map(|of| of.iter().sum::<f64>() / of.len().max(1) as f64).collect();
    let Some(effects) = design.effects(&means, LEVEL) else { return Vec::new() };
    let mut order: Vec<usize> = (0..effects.len()).filter(|nth| effects[*nth].mu_star > 0.0).collect();
    order.sort_by(|a, b| effects[*b].mu_star.total_cmp(&effects[*a].mu_star).then(a.cmp(b)));
    let largest = order.first().map_or(0.0, |nth| effects[*nth].mu_star);
    order.retain(|nth| effects[*nth].mu_star >= 0.1 * largest);
    order.truncate(most);
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_that_do_nothing_are_not_kept() {
        let design = MorrisDesign::new(4, 10, 4, Luck::new(3)).unwrap();
        let runs: Vec<Vec<f64>> = design.points().map(|x| vec![x[2] + 5.0 * x[1] + 0.01 * x[0]]).collect();
        assert_eq!(kept(&design, &runs, 8), [1, 2]);
        assert_eq!(kept(&design, &runs, 1), [1]);
        let flat: Vec<Vec<f64>> = design.points().map(|_| vec![7.0]).collect();
        assert!(kept(&design, &flat, 8).is_empty());
    }

    #[test]
    fn names_of_inputs_leave_their_section_out() {
        let paths = ["operators.a.law.demands", "operators.b.law.demands", "operators.b.law.complied_with", "desk.x"];
        let short: Vec<String> = (0..4).map(|n| short_name(&paths, n)).collect();
        assert_eq!(short, ["a.law.demands", "b.law.demands", "b.law.complied_with", "desk.x"]);
    }

    #[test]
    fn the_ends_of_a_bar_may_lie_on_one_side() {
        let exact = Figures::exact;
        let it = |low, high| OneWay { input: 0, ends: (0.0, 1.0), low: exact(low), high: exact(high), turns: false };
        assert_eq!((it(-1.0, 1.0).swing(), it(2.0, 4.0).swing()), (2.0, 4.0));
    }
}
