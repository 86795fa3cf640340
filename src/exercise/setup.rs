//! An exercise made ready to be played: its scenario compiled, its world chosen.

use crate::exercise::words::Words;
use crate::model::{Exercise, World, WorldChoice};
use crate::plan::{ArrivalsError, Plan};
use crate::random::{Entity, Luck, Purpose};

/// An exercise made ready to be played, as often as one likes.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The exercise.
    pub exercise: Exercise,
    /// Its scenario, compiled.
    pub plan: Plan,
}

impl Setup {
    /// Compiles the exercise's scenario; fails as [`Plan::new`] does.
    pub fn new(exercise: Exercise) -> Result<Self, ArrivalsError> {
        let plan = Plan::new(exercise.scenario.clone())?;
        Ok(Setup { exercise, plan })
    }

    /// The world that is played under a seed: the document's, or drawn as it says.
    pub fn world(&self, seed: u64) -> World {
        match self.exercise.world {
            WorldChoice::Fixed(world) => world,
            WorldChoice::Drawn { real, innocent, .. } => {
                let u = Luck::new(seed).stream(Purpose::EXERCISE, Entity::of("world")).uniform();
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

    /// Words for what happens in it.
    pub fn words(&self) -> Words<'_> {
        Words(&self.exercise.scenario)
    }
}
