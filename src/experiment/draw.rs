//! World draws: values of the uncertain inputs, drawn from their ranges once for each world.

use crate::model::{Assumption, Range, Scenario};
use crate::random::{Entity, Luck, Purpose, draw};

/// The values of all uncertain inputs in each of some world draws. None at all if inputs are taken as written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorldDraws {
    ranges: Vec<Assumption>,
    draws: u32,
    /// By draw, then range.
    values: Vec<f64>,
}

impl WorldDraws {
    /// Inputs as written.
    pub fn none() -> Self {
        WorldDraws::default()
    }

    /// Draws each number of a scenario that has a range. A value depends on the seed, the number of the draw and the
    /// path of the input, and on nothing else: another assumption more or less changes no other value.
    pub fn of(scenario: &Scenario, draws: u32, seed: u64) -> Self {
        let ranges: Vec<Assumption> = scenario.ranges().cloned().collect();
        let value = |draw: u32, range: &Assumption| {
            let luck = Luck::new(seed).world_draw(draw);
            value(range, luck.stream(Purpose::ASSUMPTION, Entity::of(&range.path)).uniform())
        };
        let values = (0..draws).flat_map(|draw| ranges.iter().map(move |range| value(draw, range))).collect();
        WorldDraws { ranges, draws, values }
    }

    /// How many there are; 0 if inputs are as written.
    pub fn draws(&self) -> u32 {
        self.draws
    }

    /// The inputs that were drawn, in the order of the document.
    pub fn ranges(&self) -> &[Assumption] {
        &self.ranges
    }

    /// The values of one draw, in the order of [`WorldDraws::ranges`], each in the unit of its range.
    pub fn values(&self, draw: u32) -> &[f64] {
        let from = draw as usize * self.ranges.len();
        self.values.get(from..from + self.ranges.len()).unwrap_or_default()
    }
}

/// The quantile of an input's range at `u`. A count is a whole number: of a `Uniform` each from low to high is equally
/// likely, of the others the nearest whole number is taken.
fn value(input: &Assumption, u: f64) -> f64 {
    let Some((low, high)) = input.range.ends() else { return input.written };
    let drawn = match input.range {
        Range::AsWritten => input.written,
        Range::Uniform { low, high } if input.whole => draw::uniform(u, low, high + 1.0).floor(),
        Range::Uniform { low, high } => draw::uniform(u, low, high),
        Range::Triangular { low, mode, high } => draw::triangular(u, low, mode, high),
        Range::Pert { low, mode, high } => draw::pert(u, low, mode, high),
    };
    let drawn = if input.whole { drawn.round() } else { short(drawn) };
    drawn.clamp(low, high)
}

/// To twelve significant digits: a value that people can type in, and that every reader of numbers reads exactly.
fn short(value: f64) -> f64 {
    format!("{value:.11e}").parse().unwrap_or(value)
}
