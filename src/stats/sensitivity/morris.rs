//! Morris's screening: elementary effects along random trajectories.

use crate::random::{Entity, Luck, Purpose};
use crate::stats::{Interval, Summary};

/// Trajectories through a grid of the unit cube (M. D. Morris, Technometrics 33, 1991, 161-174): from a random point of the
/// grid, one input after the other, in random order, takes a step of p/(2(p-1)).
#[derive(Clone, Debug, PartialEq)]
pub struct MorrisDesign {
    d: usize,
    step: f64,
    /// By trajectory: its points, and which input moved to each after the first.
    trajectories: Vec<(Vec<Vec<f64>>, Vec<usize>)>,
}

/// The elementary effects of one input, per unit of its range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Elementary {
    /// Mean effect; effects of both signs may cancel.
    pub mu: f64,
    /// Mean size (F. Campolongo, J. Cariboni and A. Saltelli, Environmental Modelling & Software 22, 2007, 1509-1518).
    pub mu_star: f64,
    /// Standard deviation: effects that differ from place to place bend or interact.
    pub sigma: f64,
    /// Student's interval of the mean size, over the trajectories.
    pub mu_star_interval: Interval,
}

impl MorrisDesign {
    /// `trajectories` through `levels` levels of `d` inputs. The levels are even, 2 or more, so that the steps up and down
    /// are equally likely everywhere. `None` otherwise, and for no input or no trajectory.
    pub fn new(d: usize, trajectories: usize, levels: usize, luck: Luck) -> Option<MorrisDesign> {
        if d == 0 || trajectories == 0 || levels < 2 || !levels.is_multiple_of(2) {
            return None;
        }
        let (half, last) = (levels / 2, (levels - 1) as f64);
        let trajectory = |nth: usize| {
            let mut stream = luck.stream(Purpose::METHOD, Entity::of("morris").nth(nth as u64));
            let mut choose = |n: usize| ((stream.uniform() * n as f64) as usize).min(n - 1);
            let mut at: Vec<usize> = (0..d).map(|_| choose(levels)).collect();
            let mut order: Vec<usize> = (0..d).collect();
            for last in (1..d).rev() {
                order.swap(last, choose(last + 1));
            }
            let place = |at: &[usize]| at.iter().map(|level| *level as f64 / last).collect::<Vec<f64>>();
            let mut points = vec![place(&at)];
            for &input in &order {
                // From the lower half up, from the upper half down.
                at[input] = if at[input] < half { at[input] + half } else { at[input] - half };
                points.push(place(&at));
            }
            (points, order)
        };
        let step = half as f64 / last;
        Some(MorrisDesign { d, step, trajectories: (0..trajectories).map(trajectory).collect() })
    }

    /// Runs that it asks for: trajectories (d + 1).
    pub fn runs(&self) -> usize {
        self.trajectories.len() * (self.d + 1)
    }

    /// The points in their order; grid points, so 0 and 1 are among the coordinates.
    pub fn points(&self) -> impl Iterator<Item = &[f64]> + '_ {
        self.trajectories.iter().flat_map(|(points, _)| points.iter().map(Vec::as_slice))
    }

    /// Effects by input from the outputs at [`MorrisDesign::points`]. `None` if the numbers differ or one is not finite.
    pub fn effects(&self, outputs: &[f64], level: f64) -> Option<Vec<Elementary>> {
        if outputs.len() != self.runs() {
            return None;
        }
        let mut effects: Vec<Vec<f64>> = vec![Vec::with_capacity(self.trajectories.len()); self.d];
        for ((points, order), y) in self.trajectories.iter().zip(outputs.chunks(self.d + 1)) {
            for (nth, &input) in order.iter().enumerate() {
                let up = points[nth + 1][input] > points[nth][input];
                let change = if up { y[nth + 1] - y[nth] } else { y[nth] - y[nth + 1] };
                effects[input].push(change / self.step);
            }
        }
        let of_input = |effects: Vec<f64>| {
            let sizes: Vec<f64> = effects.iter().map(|effect| effect.abs()).collect();
            let (all, sizes) = (Summary::of(&effects)?, Summary::of(&sizes)?);
            Some(Elementary {
                mu: all.mean(),
                mu_star: sizes.mean(),
                sigma: all.sd(),
                mu_star_interval: sizes.mean_interval(level),
            })
        };
        effects.into_iter().map(of_input).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plane_has_the_same_effect_everywhere() {
        let design = MorrisDesign::new(3, 20, 4, Luck::new(2)).unwrap();
        let outputs: Vec<f64> = design.points().map(|x| 5.0 + 2.0 * x[0] - 3.0 * x[1]).collect();
        let effects = design.effects(&outputs, 0.95).unwrap();
        for (it, slope) in effects.iter().zip([2.0, -3.0, 0.0]) {
            assert!((it.mu - slope).abs() < 1e-12 && (it.mu_star - f64::abs(slope)).abs() < 1e-12);
            assert!(it.sigma < 1e-12 && it.mu_star_interval.half_width() < 1e-12);
        }
    }

    #[test]
    fn points_lie_on_the_grid_and_one_input_moves_at_a_time() {
        let design = MorrisDesign::new(4, 50, 6, Luck::new(3)).unwrap();
        let points: Vec<&[f64]> = design.points().collect();
        assert_eq!(points.len(), design.runs());
        assert!(points.iter().flat_map(|p| p.iter()).all(|x| ((x * 5.0).round() - x * 5.0).abs() < 1e-12));
        for trajectory in points.chunks(5) {
            for pair in trajectory.windows(2) {
                let moved: Vec<f64> =
                    pair[0].iter().zip(pair[1]).map(|(a, b)| (a - b).abs()).filter(|x| *x > 0.0).collect();
                assert!(moved.len() == 1 && (moved[0] - 0.6).abs() < 1e-12, "{moved:?}");
            }
        }
        for (d, r, p) in [(0, 1, 4), (1, 0, 4), (1, 1, 3), (1, 1, 0)] {
            assert_eq!(MorrisDesign::new(d, r, p, Luck::new(1)), None);
        }
    }
}
