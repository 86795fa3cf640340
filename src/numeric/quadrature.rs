//! Gauss and Legendre's quadrature.

use std::f64::consts::PI;

/// Most nodes that [`legendre`] gives.
pub const MOST_NODES: usize = 2000;

/// Nodes and weights of the `n`-point rule on `from`..`to`, nodes rising: exact for polynomials of degree 2n-1 (DLMF
/// 3.5.18). Roots of the Legendre polynomial by Newton's method. Empty for `n` = 0; `n` is cut at [`MOST_NODES`].
pub fn legendre(n: usize, from: f64, to: f64) -> Vec<(f64, f64)> {
    let n = n.min(MOST_NODES);
    let (middle, half) = (0.5 * (from + to), 0.5 * (to - from));
    let mut rule = vec![(0.0, 0.0); n];
    for i in 0..n.div_ceil(2) {
        // Tricomi's first term is near enough for Newton's method to converge in a few steps.
        let mut x = libm::cos(PI * (i as f64 + 0.75) / (n as f64 + 0.5));
        let mut slope = 1.0;
        for _ in 0..8 {
            let (value, derivative) = polynomial(n, x);
            slope = derivative;
            let step = value / slope;
            x -= step;
            if step.abs() < 1e-16 {
                break;
            }
        }
        let weight = half * 2.0 / ((1.0 - x * x) * slope * slope);
        rule[i] = (middle - half * x, weight);
        rule[n - 1 - i] = (middle + half * x, weight);
    }
    rule
}

/// The integral of `f` over `from`..`to` by `panels` equal panels of 16 nodes each; at most 4,096 panels.
pub fn integrate(from: f64, to: f64, panels: usize, f: impl Fn(f64) -> f64) -> f64 {
    let panels = panels.clamp(1, 4096);
    let width = (to - from) / panels as f64;
    let unit = legendre(16, 0.0, 1.0);
    (0..panels)
        .map(|panel| {
            let start = from + panel as f64 * width;
            unit.iter().map(|&(x, weight)| weight * f(start + x * width)).sum::<f64>() * width
        })
        .sum()
}

/// P_n(x) and its derivative, by the recursion n P_n = (2n-1) x P_(n-1) - (n-1) P_(n-2).
fn polynomial(n: usize, x: f64) -> (f64, f64) {
    let (mut before, mut value) = (1.0, x);
    for k in 2..=n {
        let k = k as f64;
        (before, value) = (value, ((2.0 * k - 1.0) * x * value - (k - 1.0) * before) / k);
    }
    (value, n as f64 * (x * value - before) / (x * x - 1.0))
}

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::*;

    #[test]
    fn polynomials_up_to_twice_the_nodes_are_exact() {
        for n in [1_usize, 2, 5, 16, 101, 600] {
            for degree in [0, 1, 2 * n - 1] {
                let got: f64 = legendre(n, 0.0, 1.0).iter().map(|&(x, w)| w * libm::pow(x, degree as f64)).sum();
                close(got, 1.0 / (degree as f64 + 1.0), 1e-11, &(n, degree));
            }
        }
        assert!(legendre(0, 0.0, 1.0).is_empty());
    }

    #[test]
    fn panels_add_up() {
        close(integrate(0.0, 50.0, 100, |x| libm::exp(-x)), 1.0, 1e-13, &());
        close(integrate(-8.0, 8.0, 20, super::super::normal::pdf), 1.0, 1e-13, &());
    }
}
