//! Run lengths: how many observations a monitor takes until it alarms.
//!
//! A monitor is an absorbing Markov chain (D. Brook and D. A. Evans, Biometrika 59, 1972, 539-549). A count moves it on
//! a lattice, exactly. A continuous value gives Page's integral equation; at the nodes of a quadrature rule it is the
//! same chain (Nystrom's method).

/// Most states of a chain; what would need more is NaN.
pub const MOST_STATES: usize = 1200;

/// The law of the number of observations up to and including the one that alarms.
#[derive(Clone, Debug, PartialEq)]
pub struct RunLength {
    /// Chances to go from state to state without an alarm, row by row; state 0 is the monitor's rest.
    steps: Vec<f64>,
    /// The chance of an alarm from each state.
    alarms: Vec<f64>,
    /// The chances of the first observation: to each state, and of an alarm at once.
    first: (Vec<f64>, f64),
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Chain,
    /// The start is at or above the limit.
    Over,
    /// Out of the domain.
    Undefined,
}

impl RunLength {
    /// A chain by its rows: chances to each state, then of an alarm. Rows and `first` have the same form.
    pub(super) fn of_chain(rows: &[(Vec<f64>, f64)], first: (Vec<f64>, f64)) -> RunLength {
        let steps = rows.iter().flat_map(|(row, _)| row.iter().copied()).collect();
        RunLength { steps, alarms: rows.iter().map(|row| row.1).collect(), first, kind: Kind::Chain }
    }

    /// A monitor that starts at or above its limit: no observation is needed.
    pub(super) fn over() -> RunLength {
        RunLength { kind: Kind::Over, ..RunLength::undefined() }
    }

    /// A monitor out of its domain: everything is NaN.
    pub(super) fn undefined() -> RunLength {
        RunLength { steps: Vec::new(), alarms: Vec::new(), first: (Vec::new(), 0.0), kind: Kind::Undefined }
    }

    /// Average number of observations (ARL): 1 for an alarm at the first, 0 for a start at or above the limit,
    /// infinite for a monitor that may never alarm, NaN out of the domain.
    ///
    /// States are eliminated one by one with sums of positive terms only (W. K. Grassmann, M. I. Taksar and D. P.
    /// Heyman, Operations Research 33, 1985, 1107-1116), so long run lengths keep their digits.
    pub fn mean(&self) -> f64 {
        match self.kind {
            Kind::Over => return 0.0,
            Kind::Undefined => return f64::NAN,
            Kind::Chain => {}
        }
        let n = self.alarms.len();
        let (mut q, mut alarms, mut stays) = (self.steps.clone(), self.alarms.clone(), vec![1.0; n]);
        let mut leaves = vec![0.0; n];
        for k in (0..n).rev() {
            let (before, rest) = q.split_at_mut(k * n);
            let row = &rest[..k];
            leaves[k] = alarms[k] + row.iter().sum::<f64>();
            if leaves[k] <= 0.0 {
                continue;
            }
            for i in 0..k {
                let share = before[i * n + k] / leaves[k];
                if share > 0.0 {
                    for (to, via) in before[i * n..i * n + k].iter_mut().zip(row) {
                        *to += share * via;
                    }
                    alarms[i] += share * alarms[k];
                    stays[i] += share * stays[k];
                }
            }
        }
        let mut means = vec![0.0; n];
        for k in 0..n {
            means[k] = if leaves[k] > 0.0 {
                (stays[k] + product(&q[k * n..k * n + k], &means)) / leaves[k]
            } else {
                f64::INFINITY
            };
        }
        1.0 + product(&self.first.0, &means)
    }

    /// P(an alarm within the first `n` observations). A start at or above the limit has alarmed already: 1.
    ///
    /// Summed step by step until the chance of a first alarm falls by one factor from all states alike, to 1 part in
    /// 10^12, then as a geometric series. A chain that has not got there within about 4 10^8 operations is continued
    /// with the factor of its start.
    pub fn by(&self, n: u64) -> f64 {
        match self.kind {
            Kind::Over => return 1.0,
            Kind::Undefined => return f64::NAN,
            Kind::Chain => {}
        }
        if n == 0 {
            return 0.0;
        }
        let size = self.alarms.len();
        let most = (400_000_000 / (size * size).max(1)).max(100) as u64;
        // P(first alarm at observation i) from each state, and from the start.
        let (mut now, mut total, mut last) = (self.alarms.clone(), self.first.1, self.first.1);
        for i in 2..=n {
            let here = product(&self.first.0, &now);
            total += here;
            if here <= 0.0 && now.iter().all(|&chance| chance <= 0.0) {
                break;
            }
            let next: Vec<f64> = self.steps.chunks(size).map(|row| product(row, &now)).collect();
            let (low, high) = now.iter().zip(&next).fold((f64::INFINITY, 0.0_f64), |(low, high), (&old, &new)| {
                let ratio = if old > 0.0 { new / old } else { f64::INFINITY };
                (low.min(ratio), high.max(ratio))
            });
            if (high - low < 1e-12 && i > 2) || i == most {
                let ratio = if i == most && last > 0.0 { (here / last).min(1.0) } else { 0.5 * (low + high).min(2.0) };
                total += here * geometric(ratio, n - i);
                break;
            }
            (now, last) = (next, here);
        }
        total.min(1.0)
    }
}

/// r + r^2 + ... + r^n.
fn geometric(r: f64, n: u64) -> f64 {
    let n = n as f64;
    if 1.0 - r < 1e-14 { n } else { r * -libm::expm1(n * libm::log(r)) / (1.0 - r) }
}

/// Sum of products; a chance of 0 counts nothing, even times infinity.
fn product(row: &[f64], values: &[f64]) -> f64 {
    row.iter().zip(values).map(|(&chance, &value)| if chance > 0.0 { chance * value } else { 0.0 }).sum()
}

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::*;

    #[test]
    fn one_state_is_the_geometric_law() {
        for p in [0.5, 1e-3, 1e-12] {
            let row = (vec![1.0 - p], p);
            let law = RunLength::of_chain(std::slice::from_ref(&row), row.clone());
            close(law.mean(), 1.0 / p, 1e-13, &p);
            for n in [1, 2, 10, 1_000_000_000] {
                close(law.by(n), -libm::expm1(n as f64 * libm::log1p(-p)), 1e-6, &(p, n));
            }
            assert_eq!(law.by(0), 0.0);
        }
    }

    #[test]
    fn two_states_agree_with_the_algebra() {
        // From 0: stay 0.7, up 0.2, alarm 0.1; from 1: down 0.5, alarm 0.5. L1 = 1 + L0/2, L0 = 1 + 0.7 L0 + 0.2 L1.
        let rows = [(vec![0.7, 0.2], 0.1), (vec![0.5, 0.0], 0.5)];
        let law = RunLength::of_chain(&rows, rows[0].clone());
        close(law.mean(), 6.0, 1e-14, &());
        close(law.by(2), 0.1 + 0.07 + 0.1, 1e-14, &());
        // The mean is the sum of the chances that it takes longer.
        close((0..400).map(|n| 1.0 - law.by(n)).sum(), 6.0, 1e-10, &());
    }

    #[test]
    fn a_chain_without_alarms_never_ends() {
        let rows = [(vec![0.5, 0.5], 0.0), (vec![0.5, 0.5], 0.0)];
        let law = RunLength::of_chain(&rows, rows[0].clone());
        assert_eq!((law.mean(), law.by(u64::MAX)), (f64::INFINITY, 0.0));
        assert_eq!((RunLength::over().mean(), RunLength::over().by(0)), (0.0, 1.0));
        assert!(RunLength::undefined().mean().is_nan() && RunLength::undefined().by(3).is_nan());
    }
}
