//! Layers that may fail together: the beta-factor model (K. N. Fleming, General Atomic GA-A13284, 1974).

/// Layers with a common cause.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Group<'a> {
    /// Chance beta that a common cause decides: then all miss or none do.
    pub common: f64,
    /// Chance of each layer to miss.
    pub misses: &'a [f64],
}

impl Group<'_> {
    /// P(all miss) = beta min m + (1 - beta) product m. With beta = 0 the layers are independent; with beta = 1 more
    /// layers help only as far as the best of them, and one layer counted twice counts once. 1 without layers; NaN for
    /// a number outside 0..=1.
    pub fn all_miss(&self) -> f64 {
        let chance = |p: &f64| (0.0..=1.0).contains(p);
        if !chance(&self.common) || !self.misses.iter().all(chance) {
            return f64::NAN;
        }
        let least = self.misses.iter().copied().fold(1.0, f64::min);
        self.common * least + (1.0 - self.common) * self.misses.iter().product::<f64>()
    }
}

/// P(all layers of all groups miss), groups being independent: the product. 1 without groups.
pub fn all_miss(groups: &[Group]) -> f64 {
    groups.iter().map(Group::all_miss).product()
}

/// P(at least one layer of any group does not miss).
pub fn any_catches(groups: &[Group]) -> f64 {
    1.0 - all_miss(groups)
}

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::*;

    #[test]
    fn groups_lie_between_independence_and_the_best_layer() {
        let group = |common| Group { common, misses: &[0.5, 0.2, 0.4] };
        close(group(0.0).all_miss(), 0.04, 1e-14, &());
        close(group(1.0).all_miss(), 0.2, 1e-14, &());
        close(group(0.25).all_miss(), 0.08, 1e-14, &());
        close(any_catches(&[group(0.0), group(1.0)]), 1.0 - 0.008, 1e-14, &());
    }

    #[test]
    fn one_layer_does_not_care_for_its_group() {
        for common in [0.0, 0.3, 1.0] {
            close(Group { common, misses: &[0.7] }.all_miss(), 0.7, 1e-15, &());
        }
    }

    #[test]
    fn edges_are_as_documented() {
        assert_eq!((all_miss(&[]), Group { common: 0.5, misses: &[] }.all_miss()), (1.0, 1.0));
        for (common, miss) in [(1.1, 0.5), (0.5, -0.1), (f64::NAN, 0.5), (0.5, f64::NAN)] {
            assert!(all_miss(&[Group { common, misses: &[miss] }]).is_nan());
        }
    }
}
