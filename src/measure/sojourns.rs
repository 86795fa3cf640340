//! Times that consignments spend in the hub, counted by the minute.

use crate::time::{MINUTE, SimDuration};

/// A histogram of times in the hub.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sojourns {
    /// Consignments by whole minutes; the last bin holds all longer times.
    bins: Vec<u32>,
    count: u64,
    sum: u64,
    longest: u64,
}

/// Two weeks.
pub(super) const BINS: usize = 14 * 24 * 60 + 1;

impl Sojourns {
    pub(crate) fn new() -> Self {
        Sojourns { bins: vec![0; BINS], count: 0, sum: 0, longest: 0 }
    }

    pub(crate) fn clear(&mut self) {
        self.bins.fill(0);
        (self.count, self.sum, self.longest) = (0, 0, 0);
    }

    #[inline]
    pub(crate) fn add(&mut self, time: SimDuration) {
        let ms = time.millis();
        self.bins[((ms / MINUTE) as usize).min(BINS - 1)] += 1;
        self.count += 1;
        self.sum += ms;
        self.longest = self.longest.max(ms);
    }

    /// Consignments counted.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Sum of their times \[ms\].
    pub fn sum(&self) -> u64 {
        self.sum
    }

    /// Mean time; zero if there were none.
    pub fn mean(&self) -> SimDuration {
        SimDuration::from_millis(self.sum.checked_div(self.count).unwrap_or(0))
    }

    /// The longest time.
    pub fn longest(&self) -> SimDuration {
        SimDuration::from_millis(self.longest)
    }

    /// The time that a share `p` of the consignments does not exceed, linear within its minute; zero if there were none.
    pub fn quantile(&self, p: f64) -> SimDuration {
        let wanted = p.clamp(0.0, 1.0) * self.count as f64;
        let mut below = 0.0;
        for (minute, &n) in self.bins.iter().enumerate() {
            let n = f64::from(n);
            if n > 0.0 && below + n >= wanted {
                if minute == BINS - 1 {
                    return self.longest();
                }
                let within = (wanted - below) / n;
                return SimDuration::from_millis_f64((minute as f64 + within) * MINUTE as f64);
            }
            below += n;
        }
        SimDuration::ZERO
    }

    /// Consignments by whole minutes, up to the longest time; times of two weeks and more are in the last bin.
    pub fn by_minute(&self) -> &[u32] {
        let used = self.bins.iter().rposition(|&n| n > 0).map_or(0, |last| last + 1);
        &self.bins[..used]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_exact_to_the_minute() {
        let mut s = Sojourns::new();
        for minute in 0..100 {
            s.add(SimDuration::from_millis(minute * MINUTE + 30_000));
        }
        assert_eq!(s.count(), 100);
        assert_eq!(s.quantile(0.95).minutes(), 95.0);
        assert_eq!(s.mean().minutes(), 50.0);
        s.add(SimDuration::from_days(30));
        assert_eq!(s.quantile(1.0), SimDuration::from_days(30));
        assert_eq!(Sojourns::new().quantile(0.5), SimDuration::ZERO);
    }
}
