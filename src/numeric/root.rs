//! Where a function passes zero, and where it is least.

/// The x in `low`..`high` where a continuous `f` changes its sign, to the last few bits: bisection, hastened by regula
/// falsi with halved weights (the Illinois rule; M. Dowell and P. Jarratt, BIT 11, 1971, 168-174). `None` if `f` has one
/// sign at both ends or is NaN at one of them. A zero at an end is that end.
pub fn between(low: f64, high: f64, f: impl Fn(f64) -> f64) -> Option<f64> {
    let (mut a, mut b) = (low, high);
    let (mut at_a, mut at_b) = (f(a), f(b));
    if at_a == 0.0 {
        return Some(a);
    }
    if at_b == 0.0 {
        return Some(b);
    }
    if at_a.is_nan() || at_b.is_nan() || (at_a > 0.0) == (at_b > 0.0) {
        return None;
    }
    for step in 0..MOST_STEPS {
        let width = b - a;
        if width.abs() <= 4.0 * f64::EPSILON * a.abs().max(b.abs()) {
            break;
        }
        // Every third step halves, so that no shape of `f` can stall the others.
        let chord = b - at_b * width / (at_b - at_a);
        let inside = chord > a.min(b) && chord < a.max(b);
        let x = if step % 3 == 2 || !inside { a + 0.5 * width } else { chord };
        let at_x = f(x);
        if at_x == 0.0 {
            return Some(x);
        }
        if (at_x > 0.0) == (at_b > 0.0) {
            at_a *= 0.5;
        } else {
            (a, at_a) = (b, at_b);
        }
        (b, at_b) = (x, at_x);
    }
    Some(b)
}

/// The zero of a rising `f` at or above `from`: the bracket begins with `from`..`from + step` and its end moves away by
/// doubling. `None` if `f(from)` is positive or NaN, or no end is found within 2^60 steps.
pub fn rising(from: f64, step: f64, f: impl Fn(f64) -> f64) -> Option<f64> {
    let at = f(from);
    if at.is_nan() || at > 0.0 || step.is_nan() || step <= 0.0 {
        return None;
    }
    let (mut low, mut reach) = (from, step);
    for _ in 0..60 {
        let high = from + reach;
        if f(high) >= 0.0 {
            return between(low, high, f);
        }
        (low, reach) = (high, 2.0 * reach);
    }
    None
}

/// The x in `low`..`high` where `f`, which has one minimum there, is least: golden sections (J. Kiefer, Proceedings of the
/// American Mathematical Society 4, 1953, 502-506). Good to about 1 part in 10^8, since `f` is flat at its minimum.
pub fn least(low: f64, high: f64, f: impl Fn(f64) -> f64) -> f64 {
    let golden = 0.5 * (5.0_f64.sqrt() - 1.0);
    let (mut a, mut b) = (low, high);
    let (mut left, mut right) = (b - golden * (b - a), a + golden * (b - a));
    let (mut at_left, mut at_right) = (f(left), f(right));
    for _ in 0..MOST_STEPS {
        if (b - a).abs() <= 1e-10 * a.abs().max(b.abs()) {
            break;
        }
        if at_left <= at_right {
            (b, right, at_right) = (right, left, at_left);
            left = b - golden * (b - a);
            at_left = f(left);
        } else {
            (a, left, at_left) = (left, right, at_right);
            right = a + golden * (b - a);
            at_right = f(right);
        }
    }
    0.5 * (a + b)
}

const MOST_STEPS: usize = 200;

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::*;

    #[test]
    fn zeros_are_found_to_the_last_bits() {
        close(between(0.0, 2.0, |x| x * x - 2.0).unwrap(), 2.0_f64.sqrt(), 4e-15, &"square");
        close(between(2.0, 0.0, |x| libm::exp(x) - 3.0).unwrap(), libm::log(3.0), 4e-15, &"backwards");
        // Flat at one end, steep at the other: the chord alone would creep.
        close(between(0.0, 1.0, |x| libm::pow(x, 40.0) - 0.5).unwrap(), libm::pow(0.5, 0.025), 4e-15, &"flat");
        close(rising(0.0, 1.0, |x| x - 1e9).unwrap(), 1e9, 4e-15, &"far");
    }

    #[test]
    fn the_minimum_is_found() {
        close(least(0.1, 10.0, |x| x + 4.0 / x), 2.0, 1e-7, &"sum");
        close(least(-3.0, 3.0, |x| (x - 1.5) * (x - 1.5)), 1.5, 1e-7, &"square");
    }

    #[test]
    fn edges_are_as_documented() {
        assert_eq!(between(1.0, 2.0, |x| x), None);
        assert_eq!(between(0.0, 2.0, |x| x), Some(0.0));
        assert_eq!(between(-2.0, 0.0, |x| x), Some(0.0));
        assert_eq!(between(0.0, 1.0, |_| f64::NAN), None);
        assert_eq!(rising(1.0, 1.0, |x| x), None);
        assert_eq!(rising(0.0, 1.0, |_| -1.0), None);
    }
}
