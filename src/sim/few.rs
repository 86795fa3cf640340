//! A few events put in order without a branch.

/// Events that are put in order without a branch, in slots so short that their times fit beside a place among them.
pub(super) const FEW: usize = 16;
pub(super) const HALF: usize = FEW / 2;
pub(super) const FEW_SHIFT: u32 = 26;

/// No node.
const NOWHERE: u32 = u32::MAX;

/// The events of a slot in which there are few: their nodes, and their times within the slot with what decides among equal
/// ones.
pub(super) struct Few {
    pub(super) places: [u32; FEW],
    pub(super) keys: [i32; FEW],
}

impl Few {
    /// Appends the first `count` places in order, of at most `N`; whether any have the same time.
    #[inline(always)]
    pub(super) fn put_in_order<const N: usize>(&self, count: usize, to: &mut Vec<u32>) -> bool {
        let times: [i32; N] = std::array::from_fn(|i| self.keys[i] >> FEW.ilog2());
        let (mut before, mut same) = ([0_i32; N], [0_i32; N]);
        for other in 0..N {
            for i in 0..N {
                before[i] += i32::from(self.keys[other] > self.keys[i]);
                same[i] += i32::from(times[other] == times[i]);
            }
        }
        let mut ordered = [NOWHERE; 2 * FEW];
        for i in 0..N {
            ordered[before[i] as usize % (2 * FEW)] = self.places[i];
        }
        to.extend_from_slice(&ordered[..N]);
        to.truncate(count);
        // Each is the same as itself, and no place as no place.
        let none = N - count;
        same.iter().sum::<i32>() as usize > count + none * none
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_times_come_first_and_ties_are_told() {
        let times = [5, 9, 1, 7, 3];
        let mut few = Few { places: [NOWHERE; FEW], keys: [-1; FEW] };
        for (i, time) in times.into_iter().enumerate() {
            few.places[i] = i as u32;
            few.keys[i] = time * FEW as i32 + (FEW - 1 - i) as i32;
        }
        let mut order = Vec::new();
        assert!(!few.put_in_order::<HALF>(times.len(), &mut order));
        assert_eq!(order, [1, 3, 0, 4, 2]);
        few.keys[2] = 7 * FEW as i32 + (FEW - 3) as i32;
        order.clear();
        assert!(few.put_in_order::<FEW>(times.len(), &mut order));
        assert_eq!(order, [1, 2, 3, 0, 4]);
    }
}
