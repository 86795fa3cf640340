//! The extended Fourier amplitude sensitivity test: each input in turn swings fast, the others slowly.

use crate::random::{Entity, Luck, Purpose};

/// Harmonics of the fast frequency that count as its own.
const HARMONICS: usize = 4;

/// Points along one search curve for each input (A. Saltelli, S. Tarantola and K. P.-S. Chan, Technometrics 41, 1999,
/// 39-56), each with a random phase of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct FastDesign {
    n: usize,
    d: usize,
    fast: usize,
    /// By curve: frequencies by input, and the phase.
    curves: Vec<(Vec<usize>, f64)>,
}

/// The indices of one input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FastIndices {
    /// Share of the variance that the input accounts for alone.
    pub first: f64,
    /// Share of the variance that the other inputs do not account for by themselves.
    pub total: f64,
}

impl FastDesign {
    /// `n` points a curve. `None` for no input, or fewer points than the harmonics need: 65.
    pub fn new(n: usize, d: usize, luck: Luck) -> Option<FastDesign> {
        if d == 0 || n < 4 * HARMONICS * HARMONICS + 1 {
            return None;
        }
        let fast = (n - 1) / (2 * HARMONICS);
        let slowest = (fast / (2 * HARMONICS)).max(1);
        let others: Vec<usize> = (0..d - 1)
            .map(|i| match d - 1 {
                // Spread over the slow frequencies if there is room, else taken in turn.
                1 => 1,
                many if many <= slowest => 1 + i * (slowest - 1) / (many - 1),
                _ => i % slowest + 1,
            })
            .collect();
        let curve = |input: usize| {
            let mut frequencies = others.clone();
            frequencies.insert(input, fast);
            let phase = luck.stream(Purpose::METHOD, Entity::of("fast").nth(input as u64)).uniform();
            (frequencies, phase * 2.0 * std::f64::consts::PI)
        };
        Some(FastDesign { n, d, fast, curves: (0..d).map(curve).collect() })
    }

    /// Runs that it asks for: n d.
    pub fn runs(&self) -> usize {
        self.n * self.d
    }

    /// The points in their order, each with d coordinates.
    pub fn points(&self) -> impl Iterator<Item = Vec<f64>> + '_ {
        self.curves.iter().flat_map(move |(frequencies, phase)| {
            (0..self.n).map(move |k| {
                let s = 2.0 * std::f64::consts::PI * k as f64 / self.n as f64;
                let swing = |frequency: &usize| libm::asin(libm::sin(*frequency as f64 * s + phase));
                frequencies.iter().map(|frequency| 0.5 + swing(frequency) / std::f64::consts::PI).collect()
            })
        })
    }

    /// Indices by input from the outputs at [`FastDesign::points`]. `None` if the numbers differ, one is not finite, or
    /// nothing varies along a curve.
    pub fn indices(&self, outputs: &[f64]) -> Option<Vec<FastIndices>> {
        if outputs.len() != self.runs() || outputs.iter().any(|y| !y.is_finite()) {
            return None;
        }
        outputs.chunks(self.n).map(|curve| self.of_curve(curve)).collect()
    }

    fn of_curve(&self, y: &[f64]) -> Option<FastIndices> {
        let n = y.len() as f64;
        let mean = y.iter().sum::<f64>() / n;
        let variance = y.iter().map(|y| (y - mean) * (y - mean)).sum::<f64>() / n;
        if variance <= 0.0 {
            return None;
        }
        // Twice the power at one frequency, by its sums of cosines and sines.
        let power = |frequency: usize| {
            let (mut cosine, mut sine) = (0.0, 0.0);
            for (k, y) in y.iter().enumerate() {
                let angle = 2.0 * std::f64::consts::PI * ((frequency * k) % self.n) as f64 / n;
                cosine += (y - mean) * libm::cos(angle);
                sine += (y - mean) * libm::sin(angle);
            }
            2.0 * (cosine * cosine + sine * sine) / (n * n)
        };
        let own: f64 = (1..=HARMONICS).map(|p| power(p * self.fast)).sum();
        let slow: f64 = (1..=self.fast / 2).map(power).sum();
        Some(FastIndices { first: own / variance, total: 1.0 - slow / variance })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_taken_apart() {
        let design = FastDesign::new(1025, 3, Luck::new(4)).unwrap();
        let outputs: Vec<f64> = design.points().map(|x| 4.0 * x[0] + 2.0 * x[1] + x[2]).collect();
        let indices = design.indices(&outputs).unwrap();
        for (it, share) in indices.iter().zip([16.0 / 21.0, 4.0 / 21.0, 1.0 / 21.0]) {
            assert!((it.first - share).abs() < 0.02 && (it.total - share).abs() < 0.03, "{it:?} {share}");
        }
    }

    #[test]
    fn what_does_not_vary_or_does_not_fit_has_none() {
        let design = FastDesign::new(65, 2, Luck::new(1)).unwrap();
        assert!(design.points().flatten().all(|x| (0.0..=1.0).contains(&x)));
        assert_eq!((design.indices(&[1.0; 130]), design.indices(&[1.0; 3])), (None, None));
        assert!(FastDesign::new(64, 2, Luck::new(1)).is_none() && FastDesign::new(65, 0, Luck::new(1)).is_none());
    }
}
