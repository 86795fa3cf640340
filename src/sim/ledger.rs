//! Double-entry bookkeeping: each amount is charged to a payer and to a line, and the two sides always agree.

use crate::model::{Line, Money, Payer};

/// Costs by payer and line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    entries: [[Money; Line::ALL.len()]; Payer::ALL.len()],
}

impl Ledger {
    /// Charges an amount.
    pub fn charge(&mut self, payer: Payer, line: Line, amount: Money) {
        self.entries[payer as usize][line as usize] += amount;
    }

    /// What a payer pays on a line.
    pub fn entry(&self, payer: Payer, line: Line) -> Money {
        self.entries[payer as usize][line as usize]
    }

    /// What a payer pays.
    pub fn by_payer(&self, payer: Payer) -> Money {
        self.entries[payer as usize].iter().copied().sum()
    }

    /// What is paid on a line.
    pub fn by_line(&self, line: Line) -> Money {
        self.entries.iter().map(|row| row[line as usize]).sum()
    }

    /// All costs.
    pub fn total(&self) -> Money {
        Payer::ALL.into_iter().map(|p| self.by_payer(p)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payers_and_lines_sum_to_the_same_total() {
        let mut ledger = Ledger::default();
        for (i, payer) in Payer::ALL.into_iter().enumerate() {
            for (j, line) in Line::ALL.into_iter().enumerate() {
                ledger.charge(payer, line, Money::euro(0.01 * (1 + i * 10 + j) as f64).unwrap());
            }
        }
        let lines: Money = Line::ALL.into_iter().map(|l| ledger.by_line(l)).sum();
        assert_eq!(ledger.total(), lines);
        assert!(lines > Money::ZERO);
    }
}
