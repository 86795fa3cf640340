//! Optimal computing budget allocation: runs where they tell most about which option is best.
//!
//! C.-H. Chen, J. Lin, E. Yucesan and S. E. Chick, Discrete Event Dynamic Systems 10, 2000, 251-270.
//!
//! It makes the chance of a right selection as large as it can, asymptotically and for independent normal values. It
//! promises no level of that chance: what is guaranteed is [`KimNelson`](super::KimNelson)'s business.

use super::Goal;

/// The share of the budget for each option, from their means and standard deviations so far. With d_i the distance of
/// option i's mean from the best one's, N_i is proportional to (s_i/d_i)^2, and N_best = s_best sqrt(sum of N_i^2/s_i^2).
///
/// Where others have the best mean too, they and the first of them take all, in the limit of small d. `None` if there is
/// nothing to share among: no options, lengths that differ, a value that is not finite, a negative deviation, or no
/// deviation at all. A single option takes all.
pub fn shares(means: &[f64], sds: &[f64], goal: Goal) -> Option<Vec<f64>> {
    let wrong = means.iter().any(|m| !m.is_finite()) || sds.iter().any(|s| !s.is_finite() || *s < 0.0);
    if means.len() != sds.len() || wrong {
        return None;
    }
    let best = goal.best(means)?;
    if means.len() == 1 {
        return Some(vec![1.0]);
    }
    let distance = |i: usize| (means[i] - means[best]).abs();
    let tied = (0..means.len()).any(|i| i != best && distance(i) == 0.0 && sds[i] > 0.0);
    let nearest =
        (0..means.len()).filter(|&i| i != best).map(distance).filter(|d| *d > 0.0).fold(f64::INFINITY, f64::min);
    let mut weights = vec![0.0; means.len()];
    let mut square = 0.0;
    for i in (0..means.len()).filter(|&i| i != best) {
        // In units of the nearest distance, so that no square overflows.
        let d = match (tied, distance(i)) {
            (true, 0.0) => 1.0,
            (true, _) | (false, 0.0) => continue,
            (false, d) => d / nearest,
        };
        weights[i] = (sds[i] / d) * (sds[i] / d);
        // N_i/s_i, which stays finite where s_i is 0.
        let over = sds[i] / d / d;
        square += over * over;
    }
    weights[best] = sds[best] * square.sqrt();
    let sum: f64 = weights.iter().sum();
    if sum == 0.0 && sds[best] > 0.0 {
        // Only the best option varies.
        weights[best] = 1.0;
        return Some(weights);
    }
    (sum > 0.0 && sum.is_finite()).then(|| weights.iter().map(|w| w / sum).collect())
}

/// [`shares`] of a budget of so many runs, not rounded. `None` as there, or for a budget that is negative or not finite.
pub fn allocation(means: &[f64], sds: &[f64], goal: Goal, budget: f64) -> Option<Vec<f64>> {
    let fits = budget.is_finite() && budget >= 0.0;
    fits.then_some(shares(means, sds, goal)?.iter().map(|share| share * budget).collect())
}

/// Whole runs in proportion to `shares` that add up to `budget`: each rounded down, and what is left to the largest
/// remainders, the first among equals. All zeros if the shares are.
pub fn rounded(shares: &[f64], budget: usize) -> Vec<usize> {
    let sum: f64 = shares.iter().sum();
    if sum.is_nan() || sum <= 0.0 {
        return vec![0; shares.len()];
    }
    let exact: Vec<f64> = shares.iter().map(|share| share / sum * budget as f64).collect();
    let mut whole: Vec<usize> = exact.iter().map(|n| n.floor() as usize).collect();
    let mut order: Vec<usize> = (0..shares.len()).filter(|&i| shares[i] > 0.0).collect();
    order.sort_by(|&a, &b| (exact[b] - exact[b].floor()).total_cmp(&(exact[a] - exact[a].floor())));
    let left = budget.saturating_sub(whole.iter().sum());
    order.iter().take(left).for_each(|&i| whole[i] += 1);
    whole
}

/// How `more` runs are to be shared out when `done` were made: each option gets what it lacks of its part of all runs, and
/// if they lack more than there is, in proportion. `None` as for [`shares`], or if lengths differ.
pub fn next_round(means: &[f64], sds: &[f64], goal: Goal, done: &[usize], more: usize) -> Option<Vec<usize>> {
    if done.len() != means.len() {
        return None;
    }
    let all = (done.iter().sum::<usize>() + more) as f64;
    let aim = shares(means, sds, goal)?;
    let lacks: Vec<f64> = aim.iter().zip(done).map(|(share, done)| (share * all - *done as f64).max(0.0)).collect();
    Some(rounded(&lacks, more))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_allocation_follows_the_two_ratios() {
        let (means, sds) = ([5.0, 3.0, 4.0, 9.0], [2.0, 1.0, 3.0, 0.5]);
        let n = allocation(&means, &sds, Goal::Smallest, 1000.0).unwrap();
        let ratio = |i: usize| (sds[i] / (means[i] - 3.0)) * (sds[i] / (means[i] - 3.0));
        assert!((n[0] / n[2] - ratio(0) / ratio(2)).abs() < 1e-12);
        assert!((n[3] / n[2] - ratio(3) / ratio(2)).abs() < 1e-12);
        let square: f64 = [0, 2, 3].iter().map(|&i| n[i] * n[i] / sds[i] / sds[i]).sum();
        assert!((n[1] - square.sqrt()).abs() < 1e-9);
        assert!((n.iter().sum::<f64>() - 1000.0).abs() < 1e-9);
        // The same seen from the other side.
        assert_eq!(allocation(&means.map(|m| -m), &sds, Goal::Largest, 1000.0).unwrap(), n);
    }

    #[test]
    fn rounding_keeps_the_budget() {
        assert_eq!(rounded(&[0.5, 0.3, 0.2], 7), [4, 2, 1]);
        assert_eq!(rounded(&[1.0, 1.0, 1.0], 2), [1, 1, 0]);
        assert_eq!(rounded(&[1.0, 0.0, 1.0], 5), [3, 0, 2]);
        assert_eq!(rounded(&[0.0, 0.0], 5), [0, 0]);
        for budget in 0..200 {
            assert_eq!(rounded(&[0.123, 0.001, 0.5, 0.376], budget).iter().sum::<usize>(), budget);
        }
    }

    #[test]
    fn the_next_round_fills_up_what_is_lacking() {
        let (means, sds) = ([1.0, 2.0, 3.0], [1.0, 1.0, 1.0]);
        let more = next_round(&means, &sds, Goal::Smallest, &[20, 20, 20], 40).unwrap();
        // The aim is 45.2, 43.8 and 11.0; the third has more already.
        assert_eq!((more.iter().sum::<usize>(), more[2]), (40, 0));
        assert!(more[0] >= more[1]);
        assert_eq!(next_round(&means, &sds, Goal::Smallest, &[20, 20], 40), None);
    }

    #[test]
    fn ties_and_constants_are_as_documented() {
        let of = |means: &[f64], sds: &[f64]| shares(means, sds, Goal::Smallest);
        // Two tied options of equal spread share everything.
        assert_eq!(of(&[1.0, 1.0, 5.0], &[2.0, 2.0, 2.0]), Some(vec![0.5, 0.5, 0.0]));
        // An option that does not vary needs no runs, whether it is the best or not.
        let constant = of(&[1.0, 2.0, 3.0], &[1.0, 0.0, 1.0]).unwrap();
        assert!(constant[1] == 0.0 && constant[2] > 0.0);
        assert_eq!(of(&[1.0, 2.0], &[0.0, 1.0]), Some(vec![0.0, 1.0]));
        assert_eq!(of(&[1.0, 2.0], &[1.0, 0.0]), Some(vec![1.0, 0.0]));
        assert_eq!(of(&[1.0, 1.0], &[1.0, 0.0]), Some(vec![1.0, 0.0]));
        assert_eq!(of(&[1.0], &[0.0]), Some(vec![1.0]));
        assert_eq!(of(&[], &[]), None);
        assert_eq!(of(&[1.0, 2.0], &[0.0, 0.0]), None);
        assert_eq!(of(&[1.0, f64::NAN], &[1.0, 1.0]), None);
        assert_eq!(of(&[1.0, 2.0], &[1.0, -1.0]), None);
        assert_eq!(allocation(&[1.0], &[1.0], Goal::Smallest, -1.0), None);
        // Far apart and close together by 300 powers of ten.
        assert!(of(&[0.0, 1e-150, 1e150], &[1.0, 1.0, 1.0]).unwrap().iter().all(|share| share.is_finite()));
    }
}
