//! Hidden control and resets: FlipIt between two periodic players (M. van Dijk, A. Juels, A. Oprea and R. L. Rivest,
//! Journal of Cryptology 26, 2013, 655-713).
//!
//! Whoever moved last controls a system, and nobody sees who does. Both move at a rate of their own, periodically with a
//! random phase. A move costs `cost`, in the worth of one unit of time of control.

/// Shares of the time for which each controls, the faster more: 1 - r/2, and r/2 to the slower, where r is the ratio of
/// the slower rate to the faster. A player that never moves controls nothing, but the first of two that never move keeps
/// what it has. NaN for a negative or endless rate.
pub fn shares(first_rate: f64, second_rate: f64) -> (f64, f64) {
    let sound = |rate: f64| rate >= 0.0 && rate.is_finite();
    if !sound(first_rate) || !sound(second_rate) {
        return (f64::NAN, f64::NAN);
    }
    if first_rate >= second_rate {
        let slower = if first_rate > 0.0 { 0.5 * second_rate / first_rate } else { 0.0 };
        (1.0 - slower, slower)
    } else {
        let slower = 0.5 * first_rate / second_rate;
        (slower, 1.0 - slower)
    }
}

/// What each has of it in a unit of time: its share, less rate times cost.
pub fn benefits(first: Player, second: Player) -> (f64, f64) {
    let (one, other) = shares(first.rate, second.rate);
    (one - first.rate * first.cost, other - second.rate * second.cost)
}

/// A player that moves periodically.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Player {
    /// Moves in a unit of time.
    pub rate: f64,
    /// What a move costs.
    pub cost: f64,
}

/// The rate that is best against one who moves at `other_rate`: sqrt(a / (2k)) if a < 1/(2k), else 0. At a = 1/(2k) all
/// rates up to a are as good, and a is given. Against one who never moves 0: one move is enough. NaN unless the cost is
/// positive and the rate 0 or more.
pub fn best_response(other_rate: f64, cost: f64) -> f64 {
    let fits = cost > 0.0 && other_rate >= 0.0;
    if !fits {
        return f64::NAN;
    }
    if other_rate > 0.5 / cost { 0.0 } else { (0.5 * other_rate / cost).sqrt() }
}

/// The pair of rates in which each is a best response to the other: 1/(2 k1) for the first and k0/(2 k1^2) for the
/// second if k0 < k1, and with the parts exchanged if k0 > k1. `None` unless both costs are positive and finite.
pub fn equilibrium(first_cost: f64, second_cost: f64) -> Option<(f64, f64)> {
    let sound = |cost: f64| cost > 0.0 && cost.is_finite();
    if !sound(first_cost) || !sound(second_cost) {
        return None;
    }
    let dearer = first_cost.max(second_cost);
    let rates = [first_cost, second_cost].map(|own| {
        // The one with the dearer move is made indifferent, and moves as rarely as the other's cost asks.
        if own < dearer { 0.5 / dearer } else { 0.5 * first_cost.min(second_cost) / (dearer * dearer) }
    });
    Some((rates[0], rates[1]))
}

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::*;

    #[test]
    fn nobody_gains_by_leaving_the_equilibrium() {
        for (k0, k1) in [(0.3, 0.5), (1.0, 0.2), (0.4, 0.4)] {
            let (a0, a1) = equilibrium(k0, k1).unwrap();
            let (first, second) = (Player { rate: a0, cost: k0 }, Player { rate: a1, cost: k1 });
            let (b0, b1) = benefits(first, second);
            for i in 0..400 {
                let rate = f64::from(i) * 0.02;
                assert!(benefits(Player { rate, ..first }, second).0 <= b0 + 1e-12, "{k0} {k1} {rate}");
                assert!(benefits(first, Player { rate, ..second }).1 <= b1 + 1e-12, "{k0} {k1} {rate}");
            }
        }
        assert_eq!(equilibrium(0.5, 0.5), Some((1.0, 1.0)));
        assert_eq!((equilibrium(0.0, 1.0), equilibrium(1.0, f64::NAN)), (None, None));
    }

    #[test]
    fn the_best_response_is_the_best_of_many() {
        for (other, cost) in [(0.1, 0.5), (0.9, 0.5), (1.1, 0.5), (3.0, 2.0), (0.01, 0.1)] {
            let gets = |rate| benefits(Player { rate, cost }, Player { rate: other, cost: 0.0 }).0;
            let best = gets(best_response(other, cost));
            assert!((0..4000).all(|i| gets(f64::from(i) * 0.001) <= best + 1e-12), "{other} {cost}");
        }
        assert_eq!((best_response(0.0, 1.0), best_response(1.0, 0.5)), (0.0, 1.0));
        assert!(best_response(1.0, 0.0).is_nan() && best_response(-1.0, 1.0).is_nan());
    }

    #[test]
    fn shares_are_a_whole() {
        for (a, b) in [(1.0, 0.6), (0.2, 5.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)] {
            let (one, other) = shares(a, b);
            close(one + other, 1.0, 1e-15, &(a, b));
        }
        assert_eq!((shares(0.0, 1.0), shares(0.0, 0.0), shares(1.0, 0.0)), ((0.0, 1.0), (1.0, 0.0), (1.0, 0.0)));
        assert!(shares(-1.0, 1.0).0.is_nan() && shares(1.0, f64::INFINITY).1.is_nan());
    }
}
