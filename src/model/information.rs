//! Who could know what: the systems that keep records of goods.

use serde::Deserialize;

use crate::model::{OperatorId, Probability, StationId, SystemId};
use crate::time::SimDuration;

/// A system that keeps a record of each consignment that passes.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct InformationSystem {
    /// Name in the document.
    pub id: String,
    /// Who runs it. It records the goods that this operator handles.
    pub operator: OperatorId,
    /// The stations whose work writes a record.
    pub written_at: Vec<StationId>,
    /// What a record says.
    pub fields: Fields,
    /// How long a record is kept.
    pub keeps: SimDuration,
    /// In this time a known fact loses half its value.
    pub value_halves_in: SimDuration,
    /// Share of the value that the owner knows without the hub. Nothing done here protects it.
    pub held_elsewhere: Probability,
    /// Chance that one record is enough to know the business behind it.
    pub one_record_tells: Probability,
    /// Share of the copies made of its records that leave a trace in its logs.
    pub logged: Probability,
    /// What is worth more together: with another system of the same operator, the share of the worth of both facts that
    /// knowing a business in both adds. Each pair stands with one of the two.
    pub adds_with: Vec<(SystemId, Probability)>,
}

/// A class of what a record says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Field {
    /// Who ships to whom.
    Parties,
    /// What is in it.
    Contents,
    /// What it is worth.
    Value,
    /// When it moves.
    Timing,
}

impl Field {
    /// All classes, in the order in which they are stored.
    pub const ALL: [Field; 4] = [Field::Parties, Field::Contents, Field::Value, Field::Timing];
}

/// A set of field classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fields(u8);

impl Fields {
    /// The set of the listed classes.
    pub fn of(fields: &[Field]) -> Self {
        Fields(fields.iter().fold(0, |set, &f| set | 1 << f as u8))
    }

    /// Whether the class is in the set.
    pub const fn contains(self, field: Field) -> bool {
        self.0 & (1 << field as u8) != 0
    }

    /// How many classes are in the set.
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether no class is in the set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}
