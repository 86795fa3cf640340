//! Security games: a defender covers targets at random, an attacker sees how and picks one (C. Kiekintveld, M. Jain,
//! J. Tsai, J. Pita, F. Ordonez and M. Tambe, AAMAS 2009).

/// What both sides get when a target is attacked, covered or not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// To the defender if the target is covered; at least what it gets if not.
    pub defender_covered: f64,
    /// To the defender if it is not.
    pub defender_uncovered: f64,
    /// To the attacker if the target is covered; at most what it gets if not.
    pub attacker_covered: f64,
    /// To the attacker if it is not.
    pub attacker_uncovered: f64,
}

/// A strong Stackelberg equilibrium.
#[derive(Clone, Debug, PartialEq)]
pub struct Commitment {
    /// Chance with which each target is covered. Resources that would change nothing stay unused.
    pub coverage: Vec<f64>,
    /// The target attacked: of those best for the attacker the best for the defender.
    pub attacked: usize,
    /// What the defender gets.
    pub defender: f64,
    /// What the attacker gets.
    pub attacker: f64,
}

impl Target {
    /// What the attacker expects of the target at this coverage.
    pub fn attacker(&self, coverage: f64) -> f64 {
        coverage * self.attacker_covered + (1.0 - coverage) * self.attacker_uncovered
    }

    /// What the defender expects if the target is attacked at this coverage.
    pub fn defender(&self, coverage: f64) -> f64 {
        coverage * self.defender_covered + (1.0 - coverage) * self.defender_uncovered
    }

    /// The least coverage at which the attacker gets no more than `level`.
    fn needs(&self, level: f64) -> f64 {
        let gap = self.attacker_uncovered - self.attacker_covered;
        if level >= self.attacker_uncovered { 0.0 } else { ((self.attacker_uncovered - level) / gap).min(1.0) }
    }
}

/// The defender's best commitment with `resources` (whole or not), each of which covers one target at a time. The
/// attacker's utility is pressed down over a growing set of targets until resources run out, or until a target is the
/// best even when it is always covered; the attacked target is then chosen from that set (ORIGAMI).
///
/// `None` without targets, with payoffs that are not finite or in the wrong order, or with negative resources.
pub fn commit(targets: &[Target], resources: f64) -> Option<Commitment> {
    let sound = |t: &Target| {
        t.defender_covered >= t.defender_uncovered
            && t.attacker_covered <= t.attacker_uncovered
            && [t.defender_covered, t.defender_uncovered, t.attacker_covered, t.attacker_uncovered]
                .iter()
                .all(|x| x.is_finite())
    };
    if targets.is_empty() || resources.is_nan() || resources < 0.0 || !targets.iter().all(sound) {
        return None;
    }
    let floor = targets.iter().map(|t| t.attacker_covered).fold(f64::NEG_INFINITY, f64::max);
    let level = level(targets, resources).max(floor);
    let coverage: Vec<f64> = targets.iter().map(|t| t.needs(level)).collect();
    // Those at the level up to rounding.
    let scale = targets.iter().map(|t| t.attacker_uncovered.abs().max(t.attacker_covered.abs())).fold(1e-300, f64::max);
    let set = (0..targets.len()).filter(|&i| targets[i].attacker(coverage[i]) >= level - 1e-12 * scale);
    let worth = |i: usize| targets[i].defender(coverage[i]);
    // The last of the greatest in reverse is the first.
    let attacked = set.rev().max_by(|&a, &b| worth(a).total_cmp(&worth(b)))?;
    let attacker = targets[attacked].attacker(coverage[attacked]);
    Some(Commitment { attacked, defender: worth(attacked), attacker, coverage })
}

/// Chances with which an attacker of rationality `rho` picks each of several `utilities`, in proportion to exp(rho U)
/// (R. D. McKelvey and T. R. Palfrey, Games and Economic Behavior 10, 1995): 0 picks evenly, infinity the best, evenly
/// among equals. Empty for no utilities; all NaN if `rho` is negative or NaN or a utility is not finite.
pub fn quantal_response(utilities: &[f64], rho: f64) -> Vec<f64> {
    if rho.is_nan() || rho < 0.0 || utilities.iter().any(|u| !u.is_finite()) {
        return vec![f64::NAN; utilities.len()];
    }
    let best = utilities.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    // Differences from the best, so that nothing overflows; the best has weight 1 even at infinity.
    let weight = |u: f64| if u == best { 1.0 } else { libm::exp(rho * (u - best)) };
    let total: f64 = utilities.iter().map(|&u| weight(u)).sum();
    utilities.iter().map(|&u| weight(u) / total).collect()
}

/// The least attacker utility to which `resources` press all targets, not minding that coverage ends at 1.
fn level(targets: &[Target], resources: f64) -> f64 {
    let mut order: Vec<&Target> = targets.iter().collect();
    order.sort_by(|a, b| b.attacker_uncovered.total_cmp(&a.attacker_uncovered));
    let top = order.first().map_or(0.0, |target| target.attacker_uncovered);
    // Coverage needed over the first k targets at level u: sum (U - u) / gap = m. All is measured from the highest U.
    let (mut below, mut slopes) = (0.0, 0.0);
    for (k, target) in order.iter().enumerate() {
        let gap = target.attacker_uncovered - target.attacker_covered;
        if gap == 0.0 {
            // Coverage does not touch it: the level stays at it.
            return target.attacker_uncovered;
        }
        below += (top - target.attacker_uncovered) / gap;
        slopes += 1.0 / gap;
        let level = top - (resources + below) / slopes;
        if order.get(k + 1).is_none_or(|next| level >= next.attacker_uncovered) {
            return level;
        }
    }
    f64::NEG_INFINITY
}

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::super::matrix_game;
    use super::*;

    fn target(defender: (f64, f64), attacker: (f64, f64)) -> Target {
        Target {
            defender_covered: defender.0,
            defender_uncovered: defender.1,
            attacker_covered: attacker.0,
            attacker_uncovered: attacker.1,
        }
    }

    #[test]
    fn games_of_one_sum_agree_with_the_matrix_game() {
        // One resource; what the attacker gets the defender loses: minimax is the same commitment.
        for losses in [vec![(-1.0, 4.0), (0.0, 3.0), (-2.0, 9.0)], vec![(0.0, 1.0); 4], vec![(2.0, 3.0), (0.0, 1.0)]] {
            let targets: Vec<Target> = losses.iter().map(|&(c, u)| target((-c, -u), (c, u))).collect();
            let payoff = |i: usize, j: usize| if i == j { -losses[j].0 } else { -losses[j].1 };
            let n = losses.len();
            let matrix: Vec<Vec<f64>> = (0..n).map(|i| (0..n).map(|j| payoff(i, j)).collect()).collect();
            close(commit(&targets, 1.0).unwrap().defender, matrix_game::solve(&matrix).unwrap().value, 1e-9, &losses);
        }
    }

    #[test]
    fn no_commitment_on_a_grid_does_better() {
        let targets =
            [target((1.0, -8.0), (-4.0, 6.0)), target((4.0, -2.0), (-1.0, 5.0)), target((2.0, -5.0), (-3.0, 3.0))];
        let best = commit(&targets, 1.3).unwrap();
        assert!(best.coverage.iter().sum::<f64>() <= 1.3 + 1e-12);
        for i in 0..=100 {
            for j in 0..=(100 - i.min(100)).max(30) {
                let (a, b) = (f64::from(i) / 100.0, f64::from(j) / 100.0);
                let c = (1.3 - a - b).clamp(0.0, 1.0);
                let cover = [a, b, c];
                if cover.iter().sum::<f64>() > 1.3 + 1e-9 {
                    continue;
                }
                let top = (0..3).map(|t| targets[t].attacker(cover[t])).fold(f64::NEG_INFINITY, f64::max);
                let picks = (0..3).filter(|&t| targets[t].attacker(cover[t]) >= top - 1e-12);
                let gets = picks.map(|t| targets[t].defender(cover[t])).fold(f64::NEG_INFINITY, f64::max);
                assert!(gets <= best.defender + 1e-9, "{cover:?} {gets} {best:?}");
            }
        }
    }

    #[test]
    fn plenty_covers_all_and_nothing_covers_none() {
        let targets = [target((0.0, -1.0), (-1.0, 1.0)), target((0.0, -4.0), (-2.0, 3.0))];
        let none = commit(&targets, 0.0).unwrap();
        assert_eq!((none.coverage, none.attacked, none.attacker), (vec![0.0, 0.0], 1, 3.0));
        let all = commit(&targets, 9.0).unwrap();
        assert_eq!((all.attacked, all.attacker, all.coverage[0]), (0, -1.0, 1.0));
        let deaf = [target((0.0, -1.0), (2.0, 2.0)), target((0.0, -4.0), (-2.0, 3.0))];
        close(commit(&deaf, 5.0).unwrap().coverage[1], 0.2, 1e-12, &());
        assert_eq!((commit(&[], 1.0), commit(&targets, -1.0), commit(&targets, f64::NAN)), (None, None, None));
        assert_eq!(commit(&[target((-2.0, -1.0), (0.0, 1.0))], 1.0), None);
    }

    #[test]
    fn quantal_response_goes_from_even_to_best() {
        assert_eq!(quantal_response(&[5.0, 1.0], 0.0), [0.5, 0.5]);
        assert_eq!(quantal_response(&[5.0, 1.0, 5.0], f64::INFINITY), [0.5, 0.0, 0.5]);
        assert_eq!(quantal_response(&[1e6, 0.0], 1e6), [1.0, 0.0]);
        close(quantal_response(&[1.0, 0.0], 2.0)[0], 1.0 / (1.0 + libm::exp(-2.0)), 1e-14, &());
        assert!(quantal_response(&[1.0], -1.0)[0].is_nan() && quantal_response(&[], 1.0).is_empty());
    }
}
