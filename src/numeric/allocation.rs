//! A fixed amount of work shared out over strata by their scores.

/// Writes into `shares` the share of each stratum that is looked at, so that `share` of everything is: a part `at_random`
/// of the work falls on all strata alike, the rest on each in proportion to its score. `volumes` are the strata's items.
/// No stratum gets more than all of its items; what is left of its part goes to the others by their scores. Shares are
/// from 0 to 1 and the sum of volume times share is `share` times the sum of volumes. Strata without volume or with
/// negative scores count as 0.
pub fn by_score(volumes: &[f64], score: impl Fn(usize) -> f64, share: f64, at_random: f64, shares: &mut Vec<f64>) {
    let total: f64 = volumes.iter().sum();
    shares.clear();
    shares.resize(volumes.len(), at_random * share);
    let mut work = (1.0 - at_random) * share * total;
    let score = |i: usize| score(i).max(0.0);
    // Each round fills at least one stratum, or is the last.
    for _ in 0..volumes.len() {
        let open = |i: usize, shares: &[f64]| shares[i] < 1.0 && volumes[i] > 0.0;
        let weights = (0..volumes.len()).filter(|i| open(*i, shares)).map(|i| volumes[i] * score(i));
        let weight: f64 = weights.sum();
        if work <= 0.0 || weight <= 0.0 {
            break;
        }
        let each = work / weight;
        let mut filled = false;
        for i in 0..volumes.len() {
            if open(i, shares) && shares[i] + each * score(i) >= 1.0 {
                work -= (1.0 - shares[i]) * volumes[i];
                shares[i] = 1.0;
                filled = true;
            }
        }
        if !filled {
            (0..volumes.len()).filter(|i| volumes[*i] > 0.0).for_each(|i| {
                if shares[i] < 1.0 {
                    shares[i] += each * score(i);
                }
            });
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::close;

    fn by_score(volumes: &[f64], scores: &[f64], share: f64, at_random: f64) -> Vec<f64> {
        // What was in it does not matter.
        let mut shares = vec![9.0];
        super::by_score(volumes, |i| scores[i], share, at_random, &mut shares);
        shares
    }

    fn spent(volumes: &[f64], shares: &[f64]) -> f64 {
        volumes.iter().zip(shares).map(|(v, s)| v * s).sum()
    }

    #[test]
    fn the_budget_is_spent_whatever_the_scores() {
        let volumes = [100.0, 300.0, 600.0];
        for scores in [[1.0, 1.0, 1.0], [8.0, 1.0, 1.0], [1000.0, 10.0, 1.0]] {
            for (share, at_random) in [(0.05, 0.0), (0.05, 0.3), (0.5, 0.2), (1.0, 0.0), (0.3, 1.0)] {
                let shares = by_score(&volumes, &scores, share, at_random);
                close(spent(&volumes, &shares), share * 1000.0, 1e-9, &(scores, share, at_random));
                assert!(shares.iter().all(|s| (0.0..=1.0 + 1e-12).contains(s)), "{shares:?}");
            }
        }
    }

    #[test]
    fn equal_scores_are_no_scores_and_a_higher_one_gets_more() {
        assert_eq!(by_score(&[10.0, 30.0], &[2.0, 2.0], 0.1, 0.4), vec![0.1, 0.1]);
        let shares = by_score(&[100.0, 100.0], &[3.0, 1.0], 0.2, 0.5);
        // Half of the work evenly, 10 % each; of the other 20 items three in four.
        close(shares[0], 0.25, 1e-12, &());
        close(shares[1], 0.15, 1e-12, &());
        // The first stratum is full; the rest goes to the second.
        let shares = by_score(&[10.0, 90.0], &[1000.0, 1.0], 0.5, 0.0);
        assert_eq!(shares[0], 1.0);
        close(shares[1], 40.0 / 90.0, 1e-12, &());
    }

    #[test]
    fn nothing_is_shared_out_where_nothing_passes() {
        assert_eq!(by_score(&[0.0, 0.0], &[1.0, 1.0], 0.3, 0.0), vec![0.0, 0.0]);
        assert!(by_score(&[], &[], 0.3, 0.5).is_empty());
    }
}
