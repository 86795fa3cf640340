//! What options avert at chosen points of the inputs, and where that turns round.

use crate::chart::number::Interval as Figures;
use crate::experiment::{LEVEL, Table};
use crate::measure::{Better, Measure};
use crate::model::{Assumption, OptionId, Scenario, Study};
use crate::random::Luck;
use crate::report::brief::{cost_of, world_of};
use crate::stats::sensitivity::{BreakEven, break_even, two_way_contour};
use crate::stats::{Summary, bonferroni, correlation, difference};

/// Resamples of the interval of a break-even point.
const RESAMPLES: usize = 1000;
/// Groups of points with nearly the same value of an input, where all inputs move at once.
const GROUPS: usize = 8;

/// How the points lie.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Plane {
    /// Along one input, by rising value.
    Line { input: usize, xs: Vec<f64> },
    /// A grid of two inputs: for each of the first's values all of the second's.
    Grid { inputs: [usize; 2], xs: Vec<f64>, ys: Vec<f64> },
    /// Spread over all inputs at once.
    Cloud,
}

/// Options at points.
#[derive(Debug)]
pub(crate) struct Swept<'s> {
    pub(crate) study: &'s Study,
    scenario: &'s Scenario,
    pub(super) inputs: Vec<Assumption>,
    pub(super) plane: Plane,
    /// By point, the value of every input.
    pub(super) points: Vec<Vec<f64>>,
    pub(super) replications: u32,
    /// Options other than the reference.
    pub(super) options: Vec<Followed>,
}

/// One option at all points.
#[derive(Debug)]
pub(super) struct Followed {
    pub(super) option: OptionId,
    pub(super) averted: Answer,
    /// Net benefit, if the study says what averting is worth.
    pub(super) benefit: Option<Answer>,
}

/// A quantity that is better the larger it is, and nothing at 0.
#[derive(Debug)]
pub(super) struct Answer {
    /// By point.
    pub(super) figures: Vec<Figures>,
    /// Along one input: where it passes 0.
    pub(super) break_evens: Vec<BreakEven>,
    /// On a grid: where it passes 0.
    pub(super) contour: Vec<Vec<(f64, f64)>>,
}

impl<'s> Swept<'s> {
    /// `None` if some run lacks the main measure.
    pub(crate) fn of(
        study: &'s Study,
        scenario: &'s Scenario,
        plane: Plane,
        table: &Table,
        options: &[OptionId],
    ) -> Option<Swept<'s>> {
        let drawn = table.drawn();
        let points: Vec<Vec<f64>> = (0..drawn.draws()).map(|point| drawn.values(point).to_vec()).collect();
        let (world, main) = (world_of(study), study.main_measure);
        let luck = Luck::new(study.seed);
        let family = options.len();
        let scale = if main.is_share() { 100.0 } else { 1.0 };
        let follow = |option: &OptionId| {
            let averted = table.averted(world, (study.reference, *option), main)?;
            let benefit = study.worth.as_ref().map(|worth| {
                let costs = |o: OptionId| table.cell(world, o).map(|row| cost_of(study, row)).collect::<Vec<f64>>();
                let (reference, own) = (costs(study.reference), costs(*option));
                let flat = averted.iter().flatten().zip(reference.iter().zip(&own));
                let runs: Vec<f64> =
                    flat.map(|(averted, (a, b))| worth.a_unit * averted + difference(*a, *b)).collect();
                runs.chunks(averted[0].len().max(1)).map(<[f64]>::to_vec).collect::<Vec<_>>()
            });
            let averted: Vec<Vec<f64>> =
                averted.into_iter().map(|runs| runs.into_iter().map(|value| scale * value).collect()).collect();
            let answer = |runs: &[Vec<f64>]| Answer::of(&plane, runs, family, luck);
            Some(Followed {
                option: *option,
                averted: answer(&averted)?,
                benefit: match benefit {
                    Some(runs) => Some(answer(&runs)?),
                    None => None,
                },
            })
        };
        let options = options.iter().map(follow).collect::<Option<_>>()?;
        let inputs = drawn.ranges().to_vec();
        let replications = table.design().replications;
        Some(Swept { study, scenario, inputs, plane, points, replications, options })
    }

    pub(super) fn main(&self) -> Measure {
        self.study.main_measure
    }

    pub(super) fn name(&self, option: OptionId) -> &str {
        &self.scenario.options[option.index()].id
    }

    pub(super) fn unit(&self) -> &'static str {
        if self.main().is_share() { "points" } else { self.main().unit() }
    }

    /// `catalogue known averted, points, real world`.
    pub(super) fn quantity(&self) -> String {
        let verb = if self.main().better() == Better::Higher { "gained" } else { "averted" };
        let unit = if self.unit().is_empty() { String::new() } else { format!(", {}", self.unit()) };
        format!("{} {verb}{unit}, {} world", self.main().label(), world_of(self.study).name())
    }

    /// Where all inputs move at once: the inputs by how far what the option averts goes along with them, the strongest
    /// first, with the square of the correlation.
    pub(super) fn strongest(&self, followed: &Followed) -> Vec<(usize, f64)> {
        let means: Vec<f64> = followed.averted.figures.iter().map(|it| it.mid).collect();
        let share = |input: usize| {
            let values: Vec<f64> = self.points.iter().map(|point| point[input]).collect();
            let r = correlation(&values, &means);
            (input, r * r)
        };
        let mut all: Vec<(usize, f64)> = (0..self.inputs.len()).map(share).collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        all
    }

    /// Where all inputs move at once: the mean over groups of points with nearly the same value of an input.
    pub(super) fn along(&self, followed: &Followed, input: usize) -> Vec<(f64, Figures)> {
        let mut order: Vec<usize> = (0..self.points.len()).collect();
        order.sort_by(|a, b| self.points[*a][input].total_cmp(&self.points[*b][input]).then(a.cmp(b)));
        let each = order.len().div_ceil(GROUPS).max(2);
        let group = |points: &[usize]| {
            let x = points.iter().map(|p| self.points[*p][input]).sum::<f64>() / points.len() as f64;
            let values: Vec<f64> = points.iter().map(|p| followed.averted.figures[*p].mid).collect();
            Some((x, figures(&values, LEVEL)?))
        };
        order.chunks(each).filter(|points| points.len() > 1).filter_map(group).collect()
    }
}

impl Answer {
    fn of(plane: &Plane, runs: &[Vec<f64>], family: usize, luck: Luck) -> Option<Answer> {
        let level = bonferroni(LEVEL, family);
        let all: Vec<Figures> = runs.iter().map(|runs| figures(runs, level)).collect::<Option<_>>()?;
        let (mut break_evens, mut contour) = (Vec::new(), Vec::new());
        match plane {
            Plane::Line { xs, .. } => {
                break_evens = break_even(xs, runs, LEVEL, RESAMPLES, luck).unwrap_or_default();
            }
            Plane::Grid { xs, ys, .. } => {
                let means: Vec<Vec<f64>> =
                    all.chunks(ys.len().max(1)).map(|column| column.iter().map(|it| it.mid).collect()).collect();
                contour = two_way_contour(xs, ys, &means).unwrap_or_default();
            }
            Plane::Cloud => {}
        }
        Some(Answer { figures: all, break_evens, contour })
    }
}

fn figures(values: &[f64], level: f64) -> Option<Figures> {
    let summary = Summary::of(values)?;
    let interval = summary.mean_interval(level);
    Some(Figures::new(interval.low, summary.mean(), interval.high))
}
