//! An exercise made ready to be played: its scenario compiled, its world chosen.

use crate::exercise::words::Words;
use crate::experiment::Fidelity;
use crate::model::{Exercise, SafeguardId, World, WorldChoice};
use crate::plan::{ArrivalsError, Plan};
use crate::random::{Entity, Luck, Purpose};
use crate::sim::{Engine, Journeys, Rules, Scout};

/// An exercise made ready to be played, as often as one likes.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The exercise.
    pub exercise: Exercise,
    /// Its scenario, compiled.
    pub plan: Plan,
    /// Ways through the hub, if stories that nobody plays simulate touched goods only.
    journeys: Option<Journeys>,
}

impl Setup {
    /// Compiles the exercise's scenario; fails as [`Plan::new`] does.
    pub fn new(exercise: Exercise) -> Result<Self, ArrivalsError> {
        let plan = Plan::new(exercise.scenario.clone())?;
        Ok(Setup { exercise, plan, journeys: None })
    }

    /// The same for so many stories that nobody plays: if they would take minutes in full, only touched goods are
    /// simulated in them, on ways taken from one run in full. Sessions are always in full.
    #[must_use]
    pub fn for_stories(self, stories: u64) -> Self {
        let minutes = Fidelity::takes_minutes(&self.exercise.scenario, stories as f64);
        if minutes { self.touching() } else { self }
    }

    fn touching(self) -> Self {
        let option = self.exercise.option;
        let mut scout = Scout::new(&self.plan);
        let mut rules = Rules::new(&self.plan.scenario.options[option.index()]);
        Engine::new(&self.plan, option, World::Innocent, Luck::new(0)).run(&mut rules, &mut scout);
        Setup { journeys: Some(scout.journeys()), ..self }
    }

    /// The same with one more safeguard in force from day 0, for as many stories. Fails as [`Setup::new`] does.
    pub(crate) fn with_safeguard(&self, safeguard: SafeguardId) -> Result<Self, ArrivalsError> {
        let mut exercise = self.exercise.clone();
        let bought = &mut exercise.scenario.options[exercise.option.index()].safeguards;
        if !bought.contains(&safeguard) {
            bought.push(safeguard);
        }
        let setup = Setup::new(exercise)?;
        Ok(if self.journeys.is_some() { setup.touching() } else { setup })
    }

    /// The same with every consignment in all stories.
    pub(crate) fn in_full(self) -> Self {
        Setup { journeys: None, ..self }
    }

    /// How stories that nobody plays are simulated: `full` or `touched`. In the second, costs of waiting goods are left
    /// out of all that is counted.
    pub fn fidelity(&self) -> &'static str {
        if self.journeys.is_some() { "touched" } else { "full" }
    }

    pub(crate) fn journeys(&self) -> Option<&Journeys> {
        self.journeys.as_ref()
    }

    /// The world that is played under a seed: the document's, or drawn as it says.
    pub fn world(&self, seed: u64) -> World {
        self.world_under(Luck::new(seed))
    }

    /// The world under a luck.
    pub(crate) fn world_under(&self, luck: Luck) -> World {
        match self.exercise.world {
            WorldChoice::Fixed(world) => world,
            WorldChoice::Drawn { real, innocent, .. } => {
                let u = luck.stream(Purpose::EXERCISE, Entity::of("world")).uniform();
                if u < real.get() {
                    World::Real
                } else if u < real.get() + innocent.get() {
                    World::Innocent
                } else {
                    World::Elsewhere
                }
            }
        }
    }

    /// Worlds that there are: without a campaign, the innocent one alone.
    pub(crate) fn worlds(&self) -> Vec<World> {
        let campaign = self.exercise.scenario.campaign.is_some();
        World::ALL.into_iter().filter(|world| campaign || *world == World::Innocent).collect()
    }

    /// How likely each world is to those who know the document and nothing else, in the order of [`World::ALL`]: as it is
    /// drawn; all alike if it is fixed, which nobody at the table knows; innocent if there is no campaign.
    pub fn worlds_at_first(&self) -> [f64; 3] {
        match self.exercise.world {
            WorldChoice::Drawn { real, innocent, elsewhere } => World::ALL.map(|world| match world {
                World::Real => real.get(),
                World::Innocent => innocent.get(),
                World::Elsewhere => elsewhere.get(),
            }),
            WorldChoice::Fixed(_) if self.exercise.scenario.campaign.is_some() => [1.0 / 3.0; 3],
            WorldChoice::Fixed(_) => World::ALL.map(|world| f64::from(world == World::Innocent)),
        }
    }

    /// Words for what happens in it.
    pub fn words(&self) -> Words<'_> {
        Words(&self.exercise.scenario)
    }
}
