//! Intervals keep their level: each public interval of `stats`, simulated under a law that it is documented for.
//!
//! A share of about 95 % in 4,000 trials has a standard error of 0.0035, in 10,000 one of 0.0022. Four of them are allowed
//! either way, so that with new seeds each check fails in about 1 of 16,000; seeds are fixed. Where an interval is on the
//! safe side by its making, only the lower bound counts.

use airside::numeric::normal;
use airside::random::{Entity, Luck, Purpose, Stream, draw};
use airside::stats::{
    Clusters, Exceedance, FollowUp, Interval, MixedShare, Paired, Skewed, Summary, Survival, bonferroni,
};

/// The share of trials that hold.
fn share(name: &str, trials: u32, mut holds: impl FnMut(&mut Stream) -> bool) -> f64 {
    let mut stream = Luck::new(11).stream(Purpose::TEST, Entity::of("coverage").with(name));
    let held: u32 = (0..trials).map(|_| u32::from(holds(&mut stream))).sum();
    f64::from(held) / f64::from(trials)
}

/// 95 %, but for four standard errors.
#[track_caller]
fn exact(share: f64, trials: u32) {
    let allowed = four_errors(trials);
    assert!((share - 0.95).abs() <= allowed, "{share} of {trials} trials; 0.95 +- {allowed}");
}

/// 95 % or more, but for four standard errors.
#[track_caller]
fn at_least(share: f64, trials: u32) {
    assert!(share >= 0.95 - four_errors(trials), "{share} of {trials} trials");
}

/// About 95 %, by so much, and four standard errors.
#[track_caller]
fn about(share: f64, trials: u32, by: f64) {
    let allowed = by + four_errors(trials);
    assert!((share - 0.95).abs() <= allowed, "{share} of {trials} trials; 0.95 +- {allowed}");
}

fn four_errors(trials: u32) -> f64 {
    4.0 * (0.95 * 0.05 / f64::from(trials)).sqrt()
}

fn standard_normal(stream: &mut Stream) -> f64 {
    normal::quantile(stream.uniform())
}

fn events(stream: &mut Stream, n: u64, p: f64) -> u64 {
    draw::binomial(stream.uniform(), n, p)
}

#[test]
fn the_t_interval_of_a_mean_is_exact_for_normal_values() {
    for n in [2, 5, 30] {
        let kept = share(&format!("t-{n}"), 10_000, |stream| {
            let values: Vec<f64> = (0..n).map(|_| 7.0 + 2.0 * standard_normal(stream)).collect();
            Summary::of(&values).unwrap().mean_interval(0.95).contains(7.0)
        });
        exact(kept, 10_000);
    }
}

/// The score interval keeps its level on average over shares, to about 0.005; for single shares it may be above or below.
#[test]
fn wilsons_interval_keeps_its_level_on_average_over_shares() {
    let kept = share("wilson", 10_000, |stream| {
        let p = stream.uniform();
        Interval::wilson(events(stream, 60, p), 60, 0.95).contains(p)
    });
    about(kept, 10_000, 0.005);
}

#[test]
fn clopper_and_pearsons_interval_keeps_its_level_for_each_share() {
    for p in [0.004, 0.2, 0.5] {
        let kept = share(&format!("exact-{p}"), 4000, |stream| {
            Interval::clopper_pearson(events(stream, 100, p), 100, 0.95).contains(p)
        });
        at_least(kept, 4000);
    }
}

/// The mixture of both: the exact interval at the ends, the score interval between.
#[test]
fn the_interval_of_a_share_keeps_its_level_on_average_near_zero() {
    let kept = share("of-share", 10_000, |stream| {
        let p = 0.1 * stream.uniform();
        Interval::of_share(events(stream, 50, p), 50, 0.95).contains(p)
    });
    at_least(kept, 10_000);
}

/// Forty clusters of ten trials each, whose chances differ: a plain interval would take 400 trials for independent.
#[test]
fn the_interval_of_a_clustered_share_keeps_its_level() {
    let clusters = |stream: &mut Stream| -> Vec<(u64, u64)> {
        (0..40)
            .map(|_| {
                let p = if stream.uniform() < 0.5 { 0.1 } else { 0.5 };
                (events(stream, 10, p), 10)
            })
            .collect()
    };
    let kept = share("clustered", 4000, |stream| Interval::of_clustered_share(&clusters(stream), 0.95).contains(0.3));
    about(kept, 4000, 0.005);
    let plain = share("clustered", 4000, |stream| {
        let events = clusters(stream).iter().map(|(events, _)| events).sum();
        Interval::wilson(events, 400, 0.95).contains(0.3)
    });
    assert!(plain < 0.9, "{plain}: the trials are not alike enough to need clusters");
    let curve = share("clustered-curve", 2000, |stream| {
        let values = (0..40).map(|_| {
            let shift = standard_normal(stream);
            (0..8).map(|_| shift + standard_normal(stream)).collect()
        });
        let clusters = Clusters::of(values.collect::<Vec<Vec<f64>>>()).unwrap();
        let truth = normal::cdf(-1.0 / 2.0_f64.sqrt());
        Exceedance::of_clusters(&clusters, &[1.0], 0.95).points()[0].band.contains(truth)
    });
    about(curve, 2000, 0.005);
}

#[test]
fn the_t_interval_over_clusters_is_exact_for_normal_ones() {
    let kept = share("cluster-means", 10_000, |stream| {
        let clusters = (0..6).map(|_| {
            let shift = 2.0 * standard_normal(stream);
            (0..4).map(|_| 3.0 + shift + standard_normal(stream)).collect()
        });
        let clusters = Clusters::of(clusters.collect::<Vec<Vec<f64>>>()).unwrap();
        clusters.mean_interval(0.95).contains(3.0)
    });
    exact(kept, 10_000);
}

/// Sixty units of up to six trials each, which hang together, from two parts of the whole. It was made to be a little on
/// the safe side.
#[test]
fn the_interval_of_a_mixed_share_keeps_its_level() {
    let odds = 0.2 / 0.8;
    let chances = [0.5, 0.25];
    let truth = odds * chances[0] / (odds * chances[0] + chances[1]);
    let kept = share("mixed", 4000, |stream| {
        let mut runs = 0;
        let mut part = |stream: &mut Stream, chance: f64| {
            let comes = stream.uniform() < chance;
            runs += u64::from(comes);
            // One to three checkpoints, alike in both parts.
            if comes { 1.0 + (3.0 * stream.uniform()).floor() } else { 0.0 }
        };
        let units: Vec<(f64, f64)> = (0..60).map(|_| (part(stream, chances[0]), part(stream, chances[1]))).collect();
        MixedShare::of(units, runs, odds).unwrap().interval(0.95).contains(truth)
    });
    assert!((0.95 - four_errors(4000)..0.99).contains(&kept), "{kept}");
}

#[test]
fn the_interval_of_a_quantile_keeps_its_level_for_any_law() {
    for (n, p) in [(40, 0.5), (60, 0.9), (300, 0.99)] {
        let kept = share(&format!("quantile-{n}"), 4000, |stream| {
            let values: Vec<f64> = (0..n).map(|_| draw::lognormal(stream.uniform(), 0.0, 2.0)).collect();
            let truth = draw::lognormal(p, 0.0, 2.0);
            Summary::of(&values).unwrap().quantile_interval(p, 0.95).contains(truth)
        });
        at_least(kept, 4000);
    }
}

/// Three options beside the reference, under the same luck: each interval for itself, and all adjusted ones together.
#[test]
fn paired_intervals_keep_their_level_alone_and_together() {
    let averts = [0.0, 1.0, -2.0];
    let mut single = 0.0;
    let together = share("paired", 4000, |stream| {
        let luck: Vec<f64> = (0..12).map(|_| 5.0 * standard_normal(stream)).collect();
        let mut all = true;
        for (nth, averted) in averts.iter().enumerate() {
            let option: Vec<f64> = luck.iter().map(|x| x - averted + standard_normal(stream)).collect();
            let paired = Paired::of(&luck, &option, 0.95, averts.len()).unwrap();
            all &= paired.adjusted.contains(*averted);
            single += if nth == 0 && paired.interval.contains(*averted) { 1.0 } else { 0.0 };
            assert_eq!(paired.adjusted.level, bonferroni(0.95, averts.len()));
        }
        all
    });
    exact(single / 4000.0, 4000);
    at_least(together, 4000);
}

/// Twenty values that are never negative and scatter by as much as their mean, or half of it: what the interval is
/// documented for. Room for one more large value makes it a little wide.
#[test]
fn the_interval_of_skewed_values_keeps_its_level() {
    for (shape, name) in [(1.0, "skewed"), (4.0, "less-skewed")] {
        let kept = share(name, 4000, |stream| {
            let values = (0..20).map(|_| draw::gamma(stream.uniform(), 2.0, shape)).collect();
            Skewed::of(values).unwrap().interval(0.95).is_some_and(|interval| interval.contains(2.0))
        });
        assert!((0.95 - four_errors(4000)..0.985).contains(&kept), "{name}: {kept}");
    }
}

/// Exponential times of mean 10, watched for 2 to 14: normal bounds around the mean of min(time, 8).
#[test]
fn the_error_of_a_restricted_mean_is_that_of_its_scatter() {
    let z = normal::quantile(0.975);
    let truth = 10.0 * -libm::expm1(-0.8);
    let kept = share("survival", 4000, |stream| {
        let follow_ups: Vec<FollowUp> = (0..150)
            .map(|_| {
                let (event, end) =
                    (draw::exponential(stream.uniform(), 10.0), draw::uniform(stream.uniform(), 2.0, 14.0));
                FollowUp { time: event.min(end), happened: event <= end }
            })
            .collect();
        let survival = Survival::of(&follow_ups).unwrap();
        (survival.restricted_mean(8.0) - truth).abs() <= z * survival.restricted_mean_error(8.0)
    });
    about(kept, 4000, 0.01);
}

/// The pointwise band of an exceedance curve, where many values are above and where few are.
#[test]
fn bands_of_exceedance_curves_keep_their_level() {
    for x in [0.5, 2.0] {
        let truth = libm::exp(-x);
        let kept = share(&format!("exceedance-{x}"), 4000, |stream| {
            let values: Vec<f64> = (0..200).map(|_| draw::exponential(stream.uniform(), 1.0)).collect();
            let sample = Summary::of(&values).unwrap();
            Exceedance::at(&sample, &[x], 0.95).points()[0].band.contains(truth)
        });
        about(kept, 4000, 0.01);
    }
}
