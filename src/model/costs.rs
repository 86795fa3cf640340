//! What things cost, by line and by payer.

use serde::Deserialize;

use crate::model::{Money, ResponseKind};

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
