//! What the samplers' tests have in common.

use crate::random::{Entity, Luck, Purpose};

/// Draws from `sample` and compares them with the distribution function `cdf` by Kolmogorov and Smirnov's statistic.
///
/// The bound 2.2 on sqrt(n) D fails a right sampler with chance 2 exp(-2 * 2.2^2), 1 in 8,000; seeds are fixed.
pub(super) fn follows(name: &str, sample: impl Fn(f64) -> f64, cdf: impl Fn(f64) -> f64) {
    let mut draws = draws(name, 20_000, sample);
    draws.sort_unstable_by(f64::total_cmp);
    let n = draws.len() as f64;
    let distance = draws.iter().enumerate().map(|(i, &x)| {
        let f = cdf(x);
        (f - i as f64 / n).abs().max(((i + 1) as f64 / n - f).abs())
    });
    let statistic = distance.fold(0.0, f64::max) * n.sqrt();
    assert!(statistic < 2.2, "{name}: sqrt(n) D = {statistic}");
}

/// Two samples, ours and another package's, by the two-sample statistic with the same bound as [`follows`].
pub(super) fn agrees(name: &str, sample: impl Fn(f64) -> f64, other: impl FnMut() -> f64) {
    let mut ours = draws(name, 20_000, sample);
    let mut theirs: Vec<f64> = std::iter::repeat_with(other).take(20_000).collect();
    ours.sort_unstable_by(f64::total_cmp);
    theirs.sort_unstable_by(f64::total_cmp);
    let share = |sorted: &[f64], x: f64| sorted.partition_point(|&y| y <= x) as f64 / sorted.len() as f64;
    let distance = ours.iter().chain(&theirs).map(|&x| (share(&ours, x) - share(&theirs, x)).abs());
    let statistic = distance.fold(0.0, f64::max) * (20_000.0_f64 / 2.0).sqrt();
    assert!(statistic < 2.2, "{name}: scaled two-sample D = {statistic}");
}

/// Checks that the sampler never falls as the uniform rises, over 10,001 values that reach both ends.
pub(super) fn rises(name: &str, sample: impl Fn(f64) -> f64) {
    let tiny = crate::random::unit(0);
    let mut last = f64::NEG_INFINITY;
    for i in 0..=10_000 {
        let x = sample((f64::from(i) / 10_000.0).clamp(tiny, 1.0 - tiny));
        assert!(x.is_finite() && x >= last, "{name}: {x} after {last} at {i}");
        last = x;
    }
}

fn draws(name: &str, n: usize, sample: impl Fn(f64) -> f64) -> Vec<f64> {
    let mut stream = Luck::new(5).stream(Purpose::TEST, Entity::of(name));
    (0..n).map(|_| sample(stream.uniform())).collect()
}
