//! What things cost, by line and by payer.

use serde::Deserialize;

use crate::model::{Money, ResponseKind};
use crate::time::SimTime;

/// Prices that belong to no single safeguard or layer. All are 0 unless the document states them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Costs {
    /// An hour that a consignment waits in a queue; paid by consignors.
    pub delay_hour: Money,
    /// A false alarm's work; paid by the hub.
    pub false_alarm: Money,
    /// A consignment that goes to another hub or is turned away; paid by the hub.
    pub diverted: Money,
    /// A unit of harm done by altered goods; lost by consignors.
    pub harm: Money,
    /// Each response when it is taken, by [`ResponseKind`]; paid by the state, which orders it.
    pub responses: [Money; ResponseKind::COUNT],
    /// Yearly rate at which what falls due later counts for less; 0 if all counts alike.
    pub discount_rate: f64,
}

impl Costs {
    /// What an amount that falls due at a time counts on day 0: it is divided by (1 + rate) to the power of the years.
    pub fn present(&self, amount: Money, at: SimTime) -> Money {
        if self.discount_rate == 0.0 { amount } else { amount.times(self.factor(at)) }
    }

    /// The same of a yearly amount that falls due evenly between two times.
    pub fn present_of_yearly(&self, yearly: Money, from: SimTime, to: SimTime) -> Money {
        match self.discount_rate {
            0.0 => yearly.times(to.since(from).years()),
            rate => yearly.times((self.factor(from) - self.factor(to)) / libm::log1p(rate)),
        }
    }

    /// The same of an amount that falls due evenly up to a time.
    pub fn present_of_even(&self, amount: Money, until: SimTime) -> Money {
        let years = until.since(SimTime::ZERO).years();
        match self.discount_rate {
            0.0 => amount,
            _ if years == 0.0 => amount,
            rate => amount.times((1.0 - self.factor(until)) / (libm::log1p(rate) * years)),
        }
    }

    fn factor(&self, at: SimTime) -> f64 {
        libm::exp(-libm::log1p(self.discount_rate) * at.since(SimTime::ZERO).years())
    }
}

/// Who pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Payer {
    /// The state.
    State,
    /// The hub.
    Hub,
    /// The operators.
    Operators,
    /// Those who ship.
    Consignors,
}

impl Payer {
    /// All payers, in the order in which they are stored.
    pub const ALL: [Payer; 4] = [Payer::State, Payer::Hub, Payer::Operators, Payer::Consignors];

    /// As written in documents.
    pub const fn name(self) -> &'static str {
        match self {
            Payer::State => "State",
            Payer::Hub => "Hub",
            Payer::Operators => "Operators",
            Payer::Consignors => "Consignors",
        }
    }
}

/// A line of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Line {
    /// Safeguards, paid when bought.
    SafeguardOnce,
    /// Safeguards, by the year.
    SafeguardYearly,
    /// Detection layers, by the year.
    Layers,
    /// The desk, by the year.
    Desk,
    /// Time that goods wait in queues.
    Delay,
    /// Work on false alarms.
    FalseAlarms,
    /// Goods that went elsewhere.
    Diverted,
    /// Responses, each when it is taken.
    Responses,
    /// What consignors lose through what the campaign learned and altered.
    Losses,
}

impl Line {
    /// All lines, in the order in which they are stored.
    pub const ALL: [Line; 9] = [
        Line::SafeguardOnce,
        Line::SafeguardYearly,
        Line::Layers,
        Line::Desk,
        Line::Delay,
        Line::FalseAlarms,
        Line::Diverted,
        Line::Responses,
        Line::Losses,
    ];

    /// A short name for tables.
    pub const fn name(self) -> &'static str {
        match self {
            Line::SafeguardOnce => "safeguards (once)",
            Line::SafeguardYearly => "safeguards (yearly)",
            Line::Layers => "detection layers",
            Line::Desk => "desk",
            Line::Delay => "waiting goods",
            Line::FalseAlarms => "false alarms",
            Line::Diverted => "diverted trade",
            Line::Responses => "responses",
            Line::Losses => "losses",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::SimDuration;

    #[test]
    fn what_falls_due_later_counts_for_less() {
        let money = |euro| Money::euro(euro).unwrap();
        let after = |years: f64| {
            SimTime::ZERO + SimDuration::from_millis((years * crate::time::DAYS_PER_YEAR * 86_400_000.0) as u64)
        };
        let plain = Costs::default();
        assert_eq!(plain.present(money(1000.0), after(2.0)), money(1000.0));
        assert_eq!(plain.present_of_yearly(money(1000.0), after(1.0), after(3.0)), money(2000.0));
        let costs = Costs { discount_rate: 0.05, ..plain };
        assert_eq!(costs.present(money(1102.5), after(2.0)), money(1000.0));
        // 1000 (1/1.05 - 1/1.05^3) / ln 1.05.
        assert_eq!(costs.present_of_yearly(money(1000.0), after(1.0), after(3.0)), money(1814.78));
        // 1000 (1 - 1/1.05^2) / (2 ln 1.05): by the year it is half of what two years of it are.
        assert_eq!(costs.present_of_even(money(1000.0), after(2.0)), money(952.76));
        assert_eq!(costs.present_of_even(money(1000.0), SimTime::ZERO), money(1000.0));
    }
}
