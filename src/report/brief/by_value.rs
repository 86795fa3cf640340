//! What follows from how much averting is worth, over the sampled worlds: frontier, acceptability, expected loss, and what it
//! is worth to know more.

use crate::chart::Chart;
use crate::chart::number::{Interval as Figures, euro, euro_interval, percent};
use crate::measure::{Better, Measure};
use crate::report::brief::block::{Block, Grid};
use crate::report::brief::{Brief, cost_of, world_of};
use crate::report::pictures;
use crate::report::psa::{Analysis, Asked, AtValue, Given, Look, charts};

/// Inputs whose worth is told.
const TOLD: usize = 8;

/// The analysis over values of a unit, with its charts.
#[derive(Debug)]
pub(crate) struct ByValue {
    analysis: Analysis,
    look: Look,
    pub(super) charts: Vec<Chart>,
    /// What a unit of the analysis is worth, as the study says.
    worth: Option<f64>,
}

impl ByValue {
    /// None without world draws, since plays of luck are no worlds, or if some run lacks the main measure.
    pub(crate) fn of(brief: &Brief<'_>) -> Option<ByValue> {
        let given = given(brief)?;
        let worth = brief.study.worth.as_ref().map(|worth| worth.a_unit * scale(brief.main()));
        let reference = brief.name(brief.study.reference).to_owned();
        let asked = Asked {
            values: Vec::new(),
            up_to: worth.map(|worth| 2.0 * worth),
            reference: Some(reference),
            seed: brief.study.seed,
        };
        let analysis = Analysis::of(given, &asked).ok()?;
        let main = brief.main();
        let mut frame = pictures::frame(brief.context, "", String::new(), "", "");
        frame.notes.push(format!(
            "Of the {} world; costs to those whose costs count. A world is the mean of its runs.",
            world_of(brief.study).name()
        ));
        let units = match main.is_share() {
            true => format!("points of {}", main.label()),
            false => format!("{} ({})", main.label(), main.unit()),
        };
        let a_unit = if main.is_share() { "one point" } else { "one" };
        let look = Look { frame, money: "euro".to_owned(), a_unit: a_unit.to_owned(), units, euro: true };
        let charts = charts(&analysis, &look).to_vec();
        Some(ByValue { analysis, look, charts, worth })
    }

    /// What the annex says of it.
    pub(super) fn blocks(&self, brief: &Brief<'_>) -> Vec<Block> {
        let mut blocks = vec![Block::Heading("If averting is worth more or less".to_owned())];
        let Some(at) = self.told() else { return blocks };
        let shown = |value: f64| euro(value);
        let row = |option: &usize| {
            let mark = if at.best.contains(option) { " (the choice)" } else { "" };
            vec![
                format!("{}{mark}", self.analysis.name(*option)),
                percent(at.shares[*option]),
                at.evidence.as_ref().map_or("–".to_owned(), |it| percent(it[*option])),
                shown(at.losses[*option]),
            ]
        };
        let stated = match &brief.study.worth {
            Some(worth) => format!("the stated value ({})", worth.source),
            None => "a value in the middle of the charts (the study states none)".to_owned(),
        };
        blocks.push(Block::Table(Grid {
            caption: format!(
                "At {} for {} of {}, {stated}. `Best in` counts sampled worlds; `evidence` counts resampled sets of them; expected loss is what the option loses on average beside the best one of each world, luck included. The choice has the highest mean net benefit, whatever its share.",
                euro(at.value),
                self.look.a_unit,
                brief.main().label(),
            ),
            head: [
                "option",
                "best in share of sampled worlds",
                "evidence that its average is best",
                "expected loss",
            ]
            .map(str::to_owned)
            .to_vec(),
            rows: self.analysis.shown.iter().map(row).collect(),
        }));
        blocks.push(Block::Bullets(self.knowing(at)));
        blocks.extend(self.charts.iter().cloned().map(Block::Figure));
        blocks
    }

    /// What a unit is worth where it is told, and what a unit is.
    pub(crate) fn told_value(&self) -> Option<(f64, String)> {
        Some((self.told()?.value, self.look.a_unit.clone()))
    }

    /// Whether the study says what a unit is worth.
    pub(crate) fn is_stated(&self) -> bool {
        self.worth.is_some()
    }

    /// Whether there are enough draws to tell of single inputs.
    pub(crate) fn can_tell_of_inputs(&self) -> bool {
        self.told().is_some_and(|at| at.evppi.iter().any(Option::is_some))
    }

    /// What it is worth to know each input before choosing, the most valuable first; only those that are worth something.
    pub(crate) fn worth_asking(&self) -> Vec<(String, Figures)> {
        let Some(at) = self.told() else { return Vec::new() };
        let worth = |(nth, it): (usize, &Option<crate::stats::value::Evppi>)| {
            let it = it.as_ref().filter(|it| it.value > 0.0)?;
            let name = self.analysis.given.inputs[nth].0.clone();
            Some((name, Figures::new(it.interval.low, it.value, it.interval.high)))
        };
        let mut inputs: Vec<(String, Figures)> = at.evppi.iter().enumerate().filter_map(worth).collect();
        inputs.sort_by(|a, b| b.1.mid.total_cmp(&a.1.mid));
        inputs
    }

    /// The value that is told of: the stated one, or one in the middle.
    fn told(&self) -> Option<&AtValue> {
        let wanted = match self.worth {
            Some(worth) => worth,
            None => self.analysis.at.get(self.analysis.at.len() / 2)?.value,
        };
        let distance = |at: &&AtValue| (at.value - wanted).abs();
        self.analysis.at.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)))
    }

    /// What it is worth to know the world, and each input.
    fn knowing(&self, at: &AtValue) -> Vec<String> {
        let (value, interval) = Analysis::evpi(at);
        let mut items = vec![match at.learnable {
            Some(_) => format!(
                "Knowing all uncertain inputs before choosing would be worth {} for one decision, luck not counted.",
                bounded(interval.low, value, interval.high)
            ),
            None => format!(
                "Knowing all uncertain inputs before choosing would be worth at most {}: with one run in each world draw, luck is counted as if it could be known.",
                bounded(interval.low, value, interval.high)
            ),
        }];
        let told = self.worth_asking().into_iter().take(TOLD);
        let told: Vec<String> =
            told.map(|(name, it)| format!("{name}: {}", bounded(it.low, it.mid, it.high))).collect();
        items.push(match told.is_empty() {
            true => "No single input is shown to be worth asking for at this value.".to_owned(),
            false => format!("Worth of knowing one input alone (EVPPI): {}.", told.join("; ")),
        });
        items
    }
}

/// The sampled worlds as a table of costs and outcomes.
fn given(brief: &Brief<'_>) -> Option<Given> {
    let table = &brief.plain().table;
    let design = table.design();
    let (world, main) = (world_of(brief.study), brief.main());
    if design.draws < 2 {
        return None;
    }
    let cells: Vec<Vec<_>> = design.options.iter().map(|option| table.cell(world, *option).collect()).collect();
    if cells.iter().flatten().any(|row| row.lacks(main)) {
        return None;
    }
    let each = |value: &dyn Fn(&crate::measure::Outcome) -> f64| -> Vec<Vec<f64>> {
        let runs = cells.first().map_or(0, Vec::len);
        (0..runs).map(|run| cells.iter().map(|cell| value(cell[run])).collect()).collect()
    };
    let ranges = table.drawn().ranges();
    let input = |nth: usize| (0..design.draws).map(|draw| table.drawn().values(draw)[nth]).collect();
    Some(Given {
        name: brief.context.scenario.title.clone(),
        sha256: brief.context.digest.clone(),
        handling: brief.study.handling,
        options: design.options.iter().map(|option| brief.name(*option).to_owned()).collect(),
        runs: vec![design.replications as usize; design.draws as usize],
        replicated: design.replications > 1,
        cost: each(&|row| cost_of(brief.study, row)),
        outcome: each(&|row| scale_up(main) * row.get(main)),
        losses: main.better() != Better::Higher,
        inputs: ranges.iter().enumerate().map(|(nth, range)| (range.path.clone(), input(nth))).collect(),
    })
}

/// Units of the measure in one of the analysis: shares are told in points.
fn scale(measure: Measure) -> f64 {
    if measure.is_share() { 0.01 } else { 1.0 }
}

fn scale_up(measure: Measure) -> f64 {
    if measure.is_share() { 100.0 } else { 1.0 }
}

fn bounded(low: f64, mid: f64, high: f64) -> String {
    let figures = Figures::new(low, mid, high);
    if figures.is_finite() { euro_interval(figures) } else { format!("{} (no interval)", euro(mid)) }
}
