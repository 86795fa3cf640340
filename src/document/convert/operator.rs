//! Operators, and names of things as ids.

use super::{At, Context, Noun};
use crate::document::shape;
use crate::model::{CompulsionLaw, Operator, OperatorId, Probability, StationId, SystemId};

impl Context<'_> {
    pub(crate) fn operator_id(&mut self, name: &str, at: At) -> Option<OperatorId> {
        self.resolve(Noun::Operator, name, at).map(OperatorId::from_index)
    }

    pub(crate) fn station_id(&mut self, name: &str, at: At) -> Option<StationId> {
        self.resolve(Noun::Station, name, at).map(StationId::from_index)
    }

    pub(crate) fn system_id(&mut self, name: &str, at: At) -> Option<SystemId> {
        self.resolve(Noun::System, name, at).map(SystemId::from_index)
    }

    pub(crate) fn operator(&mut self, id: &str, operator: &shape::Operator, at: At) -> Option<Operator> {
        let staff = self.count(operator.staff, at.field("staff"), 0, 1_000_000, "number of people");
        let helps_auditors = self.share(operator.helps_auditors, at.field("helps_auditors"));
        let law = match &operator.law {
            shape::OperatorLaw::DoesNotApply => Some(CompulsionLaw::DoesNotApply),
            shape::OperatorLaw::Applies { demands, complied_with } => {
                let place = at.field("law");
                let demands = self.rate(*demands, place.field("demands"));
                let complied_with = self.share(*complied_with, place.field("complied_with"));
                demands
                    .zip(complied_with)
                    .map(|(demands, complied_with)| CompulsionLaw::Applies { demands, complied_with })
            }
        };
        Some(Operator { id: id.to_owned(), staff: staff?, helps_auditors: helps_auditors?, law: law? })
    }
}

/// Who handles goods in a document without operators.
pub(crate) fn hub_itself() -> Operator {
    Operator { id: HUB.to_owned(), staff: 0, helps_auditors: Probability::ONE, law: CompulsionLaw::DoesNotApply }
}

/// Its name.
pub(crate) const HUB: &str = "hub";
