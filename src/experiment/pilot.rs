//! Runs in full from which others take what they do not simulate.

use crate::experiment::Design;
use crate::experiment::fidelity::{FROM_PILOTS, WITH_DELAY};
use crate::measure::{Measure, Outcome, Tally};
use crate::model::{Line, OptionId, World};
use crate::plan::Plan;
use crate::random::Luck;
use crate::sim::{Engine, Journeys, Rules, Scout};

/// Pilot runs of one plan.
#[derive(Clone, Debug)]
pub(crate) struct Pilot {
    /// Ways through the hub, by option of the design.
    journeys: Vec<Journeys>,
    /// By run, then world, then option.
    outcomes: Vec<Outcome>,
}

/// Which pilot run: its number, and the places of its world and option in the design.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell {
    pub(crate) run: u32,
    pub(crate) world: usize,
    pub(crate) option: usize,
}

impl Pilot {
    /// All pilot runs of a design, in the order in which [`Pilot::of`] takes their results.
    pub(crate) fn cells(design: &Design) -> Vec<Cell> {
        let (worlds, options) = (design.worlds.len(), design.options.len());
        let of_run =
            move |run| (0..worlds).flat_map(move |world| (0..options).map(move |option| Cell { run, world, option }));
        (0..design.fidelity.pilots()).flat_map(of_run).collect()
    }

    /// Does one of them. The first of each option keeps journeys.
    pub(crate) fn run(plan: &Plan, design: &Design, cell: Cell, draw: u32) -> (Outcome, Option<Journeys>) {
        let (option, world) = (design.options[cell.option], design.worlds[cell.world]);
        let luck = Luck::new(design.seed).world_draw(draw).replication(cell.run);
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
    pub(crate) fn of(results: Vec<(Outcome, Option<Journeys>)>) -> Pilot {
        let (outcomes, journeys): (Vec<_>, Vec<_>) = results.into_iter().unzip();
        Pilot { journeys: journeys.into_iter().flatten().collect(), outcomes }
    }

    /// Ways through the hub under an option.
    pub(crate) fn journeys(&self, design: &Design, option: OptionId) -> Option<&Journeys> {
        self.journeys.get(design.options.iter().position(|o| *o == option)?)
    }

    /// An outcome with what a pilot run of its cell says of the flow. Replications share out the pilot runs in blocks.
    pub(crate) fn complete(
        &self,
        design: &Design,
        (world, option): (World, OptionId),
        replication: u32,
        outcome: Outcome,
    ) -> Outcome {
        let w = design.worlds.iter().position(|x| *x == world).unwrap_or(0);
        let o = design.options.iter().position(|x| *x == option).unwrap_or(0);
        let run = replication as usize / design.runs_of_a_pilot();
        let cells = design.worlds.len() * design.options.len();
        match self.outcomes.get(run * cells + w * design.options.len() + o) {
            Some(pilot) => with_flow_of(outcome, pilot),
            None => outcome,
        }
    }
}

fn with_flow_of(mut outcome: Outcome, pilot: &Outcome) -> Outcome {
    for measure in FROM_PILOTS {
        outcome.values[measure.index()] = pilot.get(measure);
    }
    for measure in WITH_DELAY {
        outcome.values[measure.index()] += pilot.get(Measure::CostOn(Line::Delay));
    }
    (outcome.sojourns, outcome.sojourn_sum) = (pilot.sojourns, pilot.sojourn_sum);
    outcome
}
