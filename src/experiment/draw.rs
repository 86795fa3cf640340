//! World draws: values of the uncertain inputs, drawn from their ranges once for each world.

use crate::model::{Assumption, Range, Scenario};
use crate::random::{Entity, Luck, Purpose, draw, unit};

/// The values of all uncertain inputs in each of some world draws. None at all if inputs are taken as written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorldDraws {
    ranges: Vec<Assumption>,
    draws: u32,
    /// By draw, then range.
    values: Vec<f64>,
    /// So many, one after the other, meet the same luck.
    luck_for: u32,
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
            quantile(range, luck.stream(Purpose::ASSUMPTION, Entity::of(&range.path)).uniform())
        };
        let values = (0..draws).flat_map(|draw| ranges.iter().map(move |range| value(draw, range))).collect();
        WorldDraws { ranges, draws, values, luck_for: 1 }
    }

    /// Points that somebody has chosen: of each, a value for every number that has a range, in the order of
    /// [`Scenario::ranges`]. `luck_for` points, one after the other, meet the same luck, so that they differ in
    /// nothing but these values; 1 gives each a luck of its own.
    pub fn at(scenario: &Scenario, points: &[Vec<f64>], luck_for: usize) -> Self {
        let ranges: Vec<Assumption> = scenario.ranges().cloned().collect();
        let full = |point: &Vec<f64>| {
            let value = |(nth, range): (usize, &Assumption)| point.get(nth).copied().unwrap_or(range.written);
            ranges.iter().enumerate().map(value).collect::<Vec<f64>>()
        };
        let values = points.iter().flat_map(full).collect();
        WorldDraws { draws: points.len() as u32, values, luck_for: luck_for.max(1) as u32, ranges }
    }

    /// The number of the luck that a draw meets.
    pub(crate) fn luck_of(&self, draw: u32) -> u32 {
        draw / self.luck_for.max(1)
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

/// The quantile of an input's range at `u`, 0 to 1, in its unit. A count is a whole number: of a `Uniform` each from low to
/// high is equally likely, of the others the nearest whole number is taken. Without a range, the number as written.
pub fn quantile(input: &Assumption, u: f64) -> f64 {
    let Some((low, high)) = input.range.ends() else { return input.written };
    let u = u.clamp(unit(0), unit(!0));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{NoFiles, Source, load_scenario};

    /// An uncertain input of lakeside, with another range.
    fn input(range: Range, whole: bool) -> Assumption {
        let text = include_str!("../../scenarios/lakeside/lakeside.scenario.ron");
        let scenario = load_scenario(&Source::new("lakeside.ron", text), &NoFiles).0.unwrap();
        Assumption { range, whole, ..scenario.assumptions[0].clone() }
    }

    #[test]
    fn values_rise_with_the_uniform_and_stay_in_their_range() {
        let (low, mode, high) = (2.0, 3.0, 9.0);
        for range in
            [Range::Uniform { low, high }, Range::Triangular { low, mode, high }, Range::Pert { low, mode, high }]
        {
            for whole in [false, true] {
                let input = input(range, whole);
                let values: Vec<f64> = (0..=1000).map(|i| quantile(&input, f64::from(i) / 1000.0)).collect();
                assert!(values.windows(2).all(|pair| pair[0] <= pair[1]), "{range:?}");
                assert!(values[0] >= low && values[1000] <= high, "{range:?}");
                assert!(!whole || values.iter().all(|v| v.fract() == 0.0), "{range:?}");
            }
        }
        let certain = input(Range::AsWritten, false);
        assert_eq!(quantile(&certain, 0.9), certain.written);
    }

    #[test]
    fn values_have_twelve_digits_and_are_read_back_as_they_are() {
        assert_eq!(
            [1.0 / 3.0, 2e9 / 3.0, 1e-7 / 3.0].map(short),
            [0.333_333_333_333, 666_666_666.667, 3.333_333_333_33e-8]
        );
        for i in 1..1000 {
            let value = short(1e3 / f64::from(i));
            assert_eq!(value.to_string().parse(), Ok(value));
            assert_eq!(serde_json::from_str::<f64>(&value.to_string()).unwrap(), value);
        }
    }

    /// Computed by a second implementation of key, digest, ChaCha8 and quantiles, in another language.
    #[test]
    fn value_stability() {
        let text = include_str!("../../scenarios/lakeside/lakeside.scenario.ron");
        let scenario = load_scenario(&Source::new("lakeside.ron", text), &NoFiles).0.unwrap();
        let drawn = WorldDraws::of(&scenario, 2, 1);
        assert_eq!(drawn.values(0)[..4], [1.553_409_789_39, 80.634_053_016_5, 77.278_788_883_5, 1.661_253_995_94]);
    }
}
