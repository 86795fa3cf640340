//! Sampling without replacement: opening `sample` of a lot of `lot` items of which `marked` are what is looked for.

use super::binomial;

/// ln P(exactly `k` marked items in the sample); minus infinity where that is impossible.
pub fn ln_pmf(k: u64, lot: u64, marked: u64, sample: u64) -> f64 {
    if marked > lot || sample > lot {
        return f64::NAN;
    }
    let unmarked = lot - marked;
    if k > marked || k > sample || sample - k > unmarked {
        return f64::NEG_INFINITY;
    }
    // C(D,k) C(N-D,n-k) / C(N,n) is the same quotient of binomial probabilities at any chance; n/N keeps all three
    // near their mode, where they are exact to rounding.
    let chance = sample as f64 / lot.max(1) as f64;
    libm::log(binomial::pmf(k, marked, chance)) + libm::log(binomial::pmf(sample - k, unmarked, chance))
        - libm::log(binomial::pmf(sample, lot, chance))
}

/// P(the sample holds at least one marked item) = 1 - C(N-D, n)/C(N, n). A sample larger than the lot is the lot.
pub fn detects(lot: u64, marked: u64, sample: u64) -> f64 {
    let (marked, sample) = (marked.min(lot), sample.min(lot));
    if marked == 0 || sample == 0 {
        return 0.0;
    }
    if marked + sample > lot {
        return 1.0;
    }
    // The two counts play the same part; the product over the smaller one is exact and cheap.
    let (few, many) = (marked.min(sample), marked.max(sample));
    let ln_missed = if few <= 1000 {
        (0..few).map(|i| libm::log1p(-(many as f64) / (lot - i) as f64)).sum()
    } else {
        ln_pmf(0, lot, marked, sample)
    };
    -libm::expm1(ln_missed)
}

/// The smallest sample that detects with at least the chance `target`: `None` if nothing is marked and `target` > 0.
pub fn sample_size(lot: u64, marked: u64, target: f64) -> Option<u64> {
    if target.is_nan() || target <= 0.0 {
        return Some(0);
    }
    if marked == 0 || lot == 0 || target > 1.0 {
        return None;
    }
    // Detection rises with the sample and is certain at the whole lot.
    let (mut short, mut enough) = (0, lot);
    while enough - short > 1 {
        let middle = short + (enough - short) / 2;
        *(if detects(lot, marked, middle) >= target { &mut enough } else { &mut short }) = middle;
    }
    Some(enough)
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{Discrete, Hypergeometric};

    use super::super::check::close;
    use super::*;

    #[test]
    fn probabilities_agree_with_another_package() {
        for (lot, marked, sample) in [(1, 1, 1), (20, 5, 8), (1000, 10, 100), (1000, 700, 600), (5, 5, 3)] {
            let law = Hypergeometric::new(lot, marked, sample).unwrap();
            for k in (0..=sample).filter(|&k| law.pmf(k) > 0.0) {
                close(libm::exp(ln_pmf(k, lot, marked, sample)), law.pmf(k), 1e-9, &(lot, marked, sample, k));
            }
        }
    }

    #[test]
    fn product_and_probability_of_none_agree() {
        for (lot, marked, sample) in [(1000, 10, 100), (10_000, 2000, 3), (50_000, 900, 40), (1 << 40, 1000, 1 << 30)] {
            close(detects(lot, marked, sample), -libm::expm1(ln_pmf(0, lot, marked, sample)), 1e-10, &(lot, marked));
        }
        close(detects(1_000_000, 1500, 2000), -libm::expm1(ln_pmf(0, 1_000_000, 1500, 2000)), 1e-10, &());
    }

    #[test]
    fn the_sample_size_is_the_smallest_that_does() {
        for (lot, marked, target) in [(1000, 10, 0.95), (500, 5, 0.95), (10, 1, 0.5), (10, 10, 0.9), (7, 2, 1.0)] {
            let size = sample_size(lot, marked, target).unwrap();
            assert!(detects(lot, marked, size) >= target);
            assert!(detects(lot, marked, size - 1) < target, "{lot} {marked} {target}: {size}");
        }
    }

    #[test]
    fn edges_are_as_documented() {
        assert_eq!((detects(10, 0, 5), detects(10, 3, 0), detects(0, 0, 0)), (0.0, 0.0, 0.0));
        assert_eq!((detects(10, 3, 8), detects(10, 3, 99), detects(10, 99, 1)), (1.0, 1.0, 1.0));
        assert_eq!(
            (sample_size(10, 0, 0.5), sample_size(10, 1, 0.0), sample_size(10, 1, 1.0)),
            (None, Some(0), Some(10))
        );
        assert_eq!(sample_size(10, 1, 1.5), None);
        assert_eq!(
            (ln_pmf(4, 10, 3, 5), ln_pmf(0, 10, 8, 5), ln_pmf(0, 0, 0, 0)),
            (f64::NEG_INFINITY, f64::NEG_INFINITY, 0.0)
        );
        assert!(ln_pmf(0, 10, 11, 1).is_nan());
    }
}
