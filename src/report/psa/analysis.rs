//! Everything that is computed from a table of worlds and options.

use crate::model::Handling;
use crate::report::counted;
use crate::stats::value::{CostPerUnit, Evpi, Evppi, Frontier, Increment, NetBenefit, Psa, Replicated, evppi};
use crate::stats::{Interval, bonferroni};

/// A table as it was read.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    /// The file's name.
    pub(crate) name: String,
    /// The file's SHA-256, in hexadecimal.
    pub(crate) sha256: String,
    pub(crate) handling: Handling,
    pub(crate) options: Vec<String>,
    /// Runs of each world.
    pub(crate) runs: Vec<usize>,
    /// Whether runs are told apart.
    pub(crate) replicated: bool,
    /// World after world a row a run, with a value an option.
    pub(crate) cost: Vec<Vec<f64>>,
    pub(crate) outcome: Vec<Vec<f64>>,
    pub(crate) losses: bool,
    /// Names and values, one a world, of uncertain inputs.
    pub(crate) inputs: Vec<(String, Vec<f64>)>,
}

/// What the user wants of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    /// Values of one unit; a grid if empty.
    pub(crate) values: Vec<f64>,
    /// Where the grid ends.
    pub(crate) up_to: Option<f64>,
    /// The reference option; the first if not given.
    pub(crate) reference: Option<String>,
    pub(crate) seed: u64,
}

/// The table and what follows from it.
#[derive(Clone, Debug)]
pub(crate) struct Analysis {
    pub(crate) given: Given,
    /// Means over the runs of each world.
    pub(crate) psa: Psa,
    pub(crate) seed: u64,
    pub(crate) reference: usize,
    /// Options in the order in which they are shown: reference, those best on average somewhere, others.
    pub(crate) shown: Vec<usize>,
    pub(crate) frontier: Frontier,
    /// Options other than the reference.
    pub(crate) pairs: Vec<Pair>,
    pub(crate) at: Vec<AtValue>,
}

/// An option beside the reference.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    pub(crate) option: usize,
    pub(crate) extra_cost: Increment,
    pub(crate) averted: Increment,
    pub(crate) per_unit: CostPerUnit,
    /// Worlds in which it averts something.
    pub(crate) averts_in: usize,
}

/// What follows at one value of a unit. Lists have one entry an option, in the order of the table.
#[derive(Clone, Debug)]
pub(crate) struct AtValue {
    pub(crate) value: f64,
    pub(crate) means: Vec<f64>,
    pub(crate) best: Vec<usize>,
    pub(crate) shares: Vec<f64>,
    pub(crate) evidence: Option<Vec<f64>>,
    pub(crate) losses: Vec<f64>,
    /// EVPI of the table as it is.
    pub(crate) evpi: f64,
    pub(crate) evpi_interval: Interval,
    /// EVPI with luck taken out, if runs are told apart.
    pub(crate) learnable: Option<Evpi>,
    /// Net benefit beyond the reference's; `None` for the reference.
    pub(crate) increments: Vec<Option<Increment>>,
    /// One entry an input.
    pub(crate) evppi: Vec<Option<Evppi>>,
}

/// The level of intervals.
pub(crate) const LEVEL: f64 = 0.95;
/// Values in the grid: 0 and twenty steps.
const STEPS: u32 = 20;
const RESAMPLES: usize = 1000;
const EVPI_RESAMPLES: usize = 200;

impl Given {
    /// First digits of the table's digest.
    pub(crate) fn short_digest(&self) -> &str {
        self.sha256.get(..8).unwrap_or(&self.sha256)
    }

    fn psa(&self, cost: &[Vec<f64>], outcome: &[Vec<f64>]) -> Result<Psa, String> {
        let make = if self.losses { Psa::from_losses } else { Psa::new };
        make(self.options.clone(), cost, outcome).map_err(|error| error.to_string())
    }

    /// Means over the runs of each world.
    fn world_means(&self, rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let mut at = 0;
        let mean = |runs: &usize| {
            let own = &rows[at..at + runs];
            at += runs;
            (0..self.options.len()).map(|d| own.iter().map(|row| row[d]).sum::<f64>() / own.len() as f64).collect()
        };
        self.runs.iter().map(mean).collect()
    }
}

impl Analysis {
    /// Computes everything, or says what is wrong with what was asked.
    pub(crate) fn of(given: Given, asked: &Asked) -> Result<Analysis, String> {
        let by_run = given.psa(&given.cost, &given.outcome)?;
        let psa = match given.replicated {
            true => given.psa(&given.world_means(&given.cost), &given.world_means(&given.outcome))?,
            false => by_run.clone(),
        };
        let reference = match &asked.reference {
            None => 0,
            Some(name) => psa
                .option(name)
                .ok_or_else(|| format!("the table has no option `{name}`; it has {}", given.options.join(", ")))?,
        };
        let frontier = psa.frontier().ok_or("the means are not finite")?;
        let options = given.options.len();
        let family = options - 1;
        let pair = |option| pair(&psa, option, reference, family);
        let pairs: Option<Vec<Pair>> = (0..options).filter(|option| *option != reference).map(pair).collect();
        let mut values =
            if asked.values.is_empty() { grid(&psa, &frontier, asked.up_to) } else { asked.values.clone() };
        values.sort_by(f64::total_cmp);
        values.dedup();
        let resampled = psa.resampled_means(RESAMPLES, asked.seed);
        let mut at = Vec::new();
        for value in values {
            let too_large = || format!("a value of {value} for one unit makes net benefits that are no numbers");
            let benefit = psa.at(value).ok_or_else(too_large)?;
            let learnable = match given.replicated {
                true => learnable(&by_run.at(value).ok_or_else(too_large)?, &given.runs, asked.seed),
                false => None,
            };
            let increment = |d| if d == reference { None } else { benefit.increment(d, reference, LEVEL, family) };
            at.push(AtValue {
                value,
                means: benefit.means(),
                best: benefit.best(),
                shares: benefit.best_shares(),
                evidence: resampled.as_ref().and_then(|means| means.evidence_best(value)),
                losses: benefit.expected_losses(),
                evpi: benefit.evpi(),
                evpi_interval: benefit.evpi_interval(LEVEL),
                learnable,
                increments: (0..options).map(increment).collect(),
                evppi: given.inputs.iter().map(|(_, input)| evppi(&benefit, input, None, LEVEL)).collect(),
            });
        }
        let mut shown = vec![reference];
        for option in at.iter().flat_map(|at| at.best.iter().copied()).chain(0..options) {
            if !shown.contains(&option) {
                shown.push(option);
            }
        }
        let pairs = pairs.ok_or("differences of the options are too large to be computed")?;
        Ok(Analysis { given, psa, seed: asked.seed, reference, shown, frontier, pairs, at })
    }

    /// An option's name.
    pub(crate) fn name(&self, option: usize) -> &str {
        &self.given.options[option]
    }

    /// What the others are compared with.
    pub(crate) fn setting(&self) -> String {
        format!("reference option {}", self.name(self.reference))
    }

    /// How much there is of it.
    pub(crate) fn worlds_in_words(&self) -> String {
        let worlds = counted(self.psa.worlds() as u64, "world", "worlds");
        match self.given.replicated {
            true => format!("{worlds} with {}", counted(self.given.cost.len() as u64, "run", "runs")),
            false => worlds,
        }
    }

    /// EVPI to report: with luck taken out where that can be done.
    pub(crate) fn evpi(at: &AtValue) -> (f64, Interval) {
        at.learnable.map_or((at.evpi, at.evpi_interval), |it| (it.value, it.interval))
    }
}

fn pair(psa: &Psa, option: usize, reference: usize, family: usize) -> Option<Pair> {
    let (own, of_reference) = (psa.effects(option), psa.effects(reference));
    let better = |(a, b): &(&f64, &f64)| crate::stats::difference(**a, **b) > 0.0;
    Some(Pair {
        option,
        extra_cost: psa.extra_cost(option, reference, LEVEL, family)?,
        averted: psa.averted(option, reference, LEVEL, family)?,
        per_unit: psa.cost_per_unit(option, reference, bonferroni(LEVEL, family))?,
        averts_in: own.iter().zip(&of_reference).filter(better).count(),
    })
}

fn learnable(by_run: &NetBenefit, runs: &[usize], seed: u64) -> Option<Evpi> {
    let mut rows = by_run.rows().map(<[f64]>::to_vec);
    let worlds: Vec<Vec<Vec<f64>>> = runs.iter().map(|n| rows.by_ref().take(*n).collect()).collect();
    Replicated::of(&worlds)?.evpi(LEVEL, EVPI_RESAMPLES, seed)
}

/// From 0 to where it is asked for, or to a round number beyond twice the last ratio of the frontier. Where there is no
/// ratio, beyond twice what the widest difference in cost is for each unit of the widest difference in effect.
fn grid(psa: &Psa, frontier: &Frontier, up_to: Option<f64>) -> Vec<f64> {
    let width = |values: Vec<f64>| {
        let (low, high) = values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(*v), h.max(*v)));
        high - low
    };
    let last = frontier.ratios().into_iter().flatten().last();
    let ratio = last.unwrap_or_else(|| width(psa.mean_costs()) / width(psa.mean_effects()));
    let top = up_to.unwrap_or_else(|| round_up(2.0 * ratio));
    (0..=STEPS).map(|step| top * f64::from(step) / f64::from(STEPS)).collect()
}

/// The next of 1, 2, 5, 10 and so on; 1 for what is no positive number.
fn round_up(value: f64) -> f64 {
    if !(value.is_finite() && value > 0.0) {
        return 1.0;
    }
    let unit = libm::pow(10.0, libm::floor(libm::log10(value)));
    // A value on the mark stays.
    let step = [1.0, 2.0, 5.0].into_iter().find(|step| step * unit >= value * (1.0 - 1e-12));
    step.unwrap_or(10.0) * unit
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The smallest table: three options in eight worlds, with losses.
    pub(in crate::report::psa) fn tiny() -> Given {
        let loss = [
            [200.0, 150.0, 100.0],
            [100.0, 90.0, 80.0],
            [300.0, 200.0, 90.0],
            [50.0, 50.0, 50.0],
            [400.0, 250.0, 200.0],
            [120.0, 60.0, 60.0],
            [80.0, 70.0, 20.0],
            [150.0, 90.0, 40.0],
        ];
        Given {
            name: "tiny.csv".into(),
            sha256: "0123456789abcdef".into(),
            handling: Handling::Clear,
            options: ["as-is", "patrol", "wall"].map(str::to_owned).to_vec(),
            runs: vec![1; 8],
            replicated: false,
            cost: vec![vec![0.0, 40.0, 70.0]; 8],
            outcome: loss.iter().map(|row| row.to_vec()).collect(),
            losses: true,
            inputs: vec![("rate".into(), loss.iter().map(|row| row[0]).collect())],
        }
    }

    #[test]
    fn a_grid_runs_from_zero_past_twice_the_last_ratio() {
        // Ratios 0.727 and 0.75: twice the last is 1.5.
        let it = Analysis::of(tiny(), &Asked::default()).unwrap();
        let values: Vec<f64> = it.at.iter().map(|at| at.value).collect();
        assert_eq!((values.len(), values[0], values[20]), (21, 0.0, 2.0));
        let asked = Asked { up_to: Some(10.0), ..Asked::default() };
        assert_eq!(Analysis::of(tiny(), &asked).unwrap().at[1].value, 0.5);
        for (value, want) in [(1.5, 2.0), (0.02, 0.02), (51.0, 100.0), (0.0, 1.0), (f64::NAN, 1.0)] {
            assert!((round_up(value) - want).abs() < 1e-12, "{value}");
        }
    }

    #[test]
    fn values_come_sorted_and_once_and_the_reference_first() {
        let asked = Asked { values: vec![2.0, 1.0, 2.0], reference: Some("wall".into()), ..Asked::default() };
        let it = Analysis::of(tiny(), &asked).unwrap();
        assert_eq!(it.at.iter().map(|at| at.value).collect::<Vec<_>>(), [1.0, 2.0]);
        assert_eq!((it.shown[0], it.pairs.len(), it.at[0].increments[2]), (2, 2, None));
        let nobody = Asked { reference: Some("moat".into()), ..Asked::default() };
        let refused = Analysis::of(tiny(), &nobody).unwrap_err();
        assert_eq!(refused, "the table has no option `moat`; it has as-is, patrol, wall");
        let negative = Asked { values: vec![f64::INFINITY], ..Asked::default() };
        assert!(Analysis::of(tiny(), &negative).is_err());
    }

    /// Luck that goes with the run is in the means, and is taken out of what knowing the world is worth.
    #[test]
    fn runs_that_are_told_apart_price_no_luck() {
        let single = tiny();
        let doubled = Given {
            runs: vec![2; 8],
            replicated: true,
            cost: vec![vec![0.0, 40.0, 70.0]; 16],
            outcome: single
                .outcome
                .iter()
                .enumerate()
                .flat_map(|(i, row)| {
                    let luck = [60.0, 90.0, 20.0, 70.0][i % 4];
                    [1.0, -1.0].map(|sign| vec![row[0], row[1], row[2] + sign * luck])
                })
                .collect(),
            ..single.clone()
        };
        let asked = Asked { values: vec![1.0], ..Asked::default() };
        let (plain, runs) = (Analysis::of(single, &asked).unwrap(), Analysis::of(doubled, &asked).unwrap());
        assert_eq!(plain.at[0].evpi, runs.at[0].evpi, "the means are the same");
        assert_eq!(plain.at[0].learnable, None);
        assert!(Analysis::evpi(&runs.at[0]).0 < plain.at[0].evpi, "{:?}", runs.at[0].learnable);
        assert_eq!(runs.worlds_in_words(), "8 worlds with 16 runs");
    }
}
