//! Runs in full from which others take what they do not simulate.

use crate::experiment::Design;
use crate::experiment::fidelity::{FROM_PILOTS, WITH_DELAY};
use crate::measure::{Measure, Outcome, Tally};
use crate::model::{DefenceOption, Line, OptionId, Response, Then};
use crate::plan::Plan;
use crate::random::Luck;
use crate::sim::{Engine, Journeys, Rules, Scout};

/// Pilot runs of one plan.
#[derive(Clone, Debug)]
pub(crate) struct Pilot {
    /// Ways through the hub, by option of the design.
    journeys: Vec<Journeys>,
    /// By run, then cell of the design that has one.
    outcomes: Vec<Outcome>,
    /// By world, then option: which of a run's outcomes holds there.
    places: Vec<usize>,
}

/// Which pilot run: its number, the places of its world and option in the design, and in how many worlds it holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell {
    run: u32,
    world: usize,
    option: usize,
    pub(crate) worlds: usize,
}

/// Whether the flow under an option is the same in all worlds: no rule of it puts anybody out or buys a safeguard, and
/// nothing else that a world decides gets in the way of goods.
fn flows_alike(option: &DefenceOption) -> bool {
    !option
        .rules
        .iter()
        .any(|rule| matches!(rule.then, Then::Buy(_) | Then::Respond(Response::Suspend | Response::Replace)))
}

impl Pilot {
    /// All pilot runs of a design, in the order in which [`Pilot::of`] takes their results. Where the flow is the same in
    /// all worlds, one world stands for them.
    pub(crate) fn cells(plan: &Plan, design: &Design) -> Vec<Cell> {
        let mut cells = Vec::new();
        for run in 0..design.fidelity.pilots() {
            for world in 0..design.worlds.len() {
                for (option, id) in design.options.iter().enumerate() {
                    let alike = flows_alike(&plan.scenario.options[id.index()]);
                    let worlds = if alike { design.worlds.len() } else { 1 };
                    if world == 0 || !alike {
                        cells.push(Cell { run, world, option, worlds });
                    }
                }
            }
        }
        cells
    }

    /// Does one of them. The first of each option keeps journeys.
    pub(crate) fn run(plan: &Plan, design: &Design, cell: Cell, draw: u32) -> (Outcome, Option<Journeys>) {
        let (option, world) = (design.options[cell.option], design.worlds[cell.world]);
        let luck = Luck::new(design.seed).world_draw(draw).replication(design.first + cell.run);
        let mut engine = Engine::new(plan, option, world, luck);
        let mut policy = Rules::new(&plan.scenario.options[option.index()]);
        if cell.run == 0 && cell.world == 0 {
            let mut watching = (Tally::new(plan), Scout::new(plan));
            engine.run(&mut policy, &mut watching);
            (watching.0.outcome(), Some(watching.1.journeys()))
        } else {
            let mut tally = Tally::new(plan);
            engine.run(&mut policy, &mut tally);
            (tally.outcome(), None)
        }
    }

    /// The results of all cells, in order.
    pub(crate) fn of(design: &Design, cells: &[Cell], results: Vec<(Outcome, Option<Journeys>)>) -> Pilot {
        let (outcomes, journeys): (Vec<_>, Vec<_>) = results.into_iter().unzip();
        let holds = |world: usize, option: usize, cell: &Cell| {
            cell.option == option && (cell.world == world || cell.worlds > 1)
        };
        let cell = |world, option| cells.iter().position(|cell| holds(world, option, cell)).unwrap_or(0);
        let places = (0..design.worlds.len()).flat_map(|w| (0..design.options.len()).map(move |o| (w, o)));
        let places = places.map(|(world, option)| cell(world, option)).collect();
        Pilot { journeys: journeys.into_iter().flatten().collect(), outcomes, places }
    }

    /// Ways through the hub under an option.
    pub(crate) fn journeys(&self, design: &Design, option: OptionId) -> Option<&Journeys> {
        self.journeys.get(design.options.iter().position(|o| *o == option)?)
    }

    /// Puts what the pilot runs say of the flow into the outcomes of all replications of a draw, each from the pilot run of
    /// its cell. Replications share out the pilot runs in blocks.
    pub(crate) fn complete_all(&self, design: &Design, rows: &mut [Outcome]) {
        let cells = self.places.len().max(1);
        let each = self.outcomes.len() / design.fidelity.pilots().max(1) as usize;
        for (replication, row) in rows.chunks_mut(cells).enumerate() {
            let run = replication / design.runs_of_a_pilot();
            for (outcome, place) in row.iter_mut().zip(&self.places) {
                if let Some(pilot) = self.outcomes.get(run * each + place) {
                    take_flow_of(outcome, pilot);
                }
            }
        }
    }
}

fn take_flow_of(outcome: &mut Outcome, pilot: &Outcome) {
    for measure in FROM_PILOTS {
        outcome.values[measure.index()] = pilot.get(measure);
    }
    for measure in WITH_DELAY {
        outcome.values[measure.index()] += pilot.get(Measure::CostOn(Line::Delay));
    }
    (outcome.sojourns, outcome.sojourn_sum) = (pilot.sojourns, pilot.sojourn_sum);
}
