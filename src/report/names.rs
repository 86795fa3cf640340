//! Names of the scenario's nouns for people.

use crate::chart::number::{count, percent};
use crate::model::{
    Action, CaseId, ItemId, LayerId, OperatorId, Response, SafeguardId, Scenario, StationId, StepId, SystemId,
    TrafficId, ZoneId,
};

/// Looks names up by id.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Names<'s>(pub(crate) &'s Scenario);

impl<'s> Names<'s> {
    pub(crate) fn operator(&self, id: OperatorId) -> &'s str {
        &self.0.operators[id.index()].id
    }

    pub(crate) fn layer(&self, id: LayerId) -> &'s str {
        &self.0.layers[id.index()].id
    }

    pub(crate) fn safeguard(&self, id: SafeguardId) -> &'s str {
        &self.0.safeguards[id.index()].id
    }

    pub(crate) fn traffic(&self, id: TrafficId) -> &'s str {
        &self.0.traffic[id.index()].id
    }

    pub(crate) fn step(&self, id: StepId) -> &'s str {
        self.0.campaign.as_ref().map_or("", |c| &c.steps[id.index()].id)
    }

    pub(crate) fn step_class(&self, id: StepId) -> &'static str {
        self.0.campaign.as_ref().map_or("", |c| c.steps[id.index()].class.name())
    }

    pub(crate) fn station(&self, id: StationId) -> &'s str {
        &self.0.stations[id.index()].id
    }

    pub(crate) fn zone(&self, id: ZoneId) -> &'s str {
        &self.0.zones[id.index()].id
    }

    pub(crate) fn system(&self, id: SystemId) -> &'s str {
        &self.0.information[id.index()].id
    }

    pub(crate) fn stage(&self, stage: u32) -> &'s str {
        self.0.desk.as_ref().map_or("", |d| &d.stages[stage as usize].name)
    }

    pub(crate) fn stages(&self) -> usize {
        self.0.desk.as_ref().map_or(0, |d| d.stages.len())
    }

    /// Cases and items are counted from 1 for people.
    pub(crate) fn case(&self, id: CaseId) -> usize {
        id.index() + 1
    }

    pub(crate) fn item(&self, id: ItemId) -> usize {
        id.index() + 1
    }

    /// What the defenders did, as a clause.
    pub(crate) fn action(&self, action: Action) -> String {
        match action {
            Action::Buy(id) => format!("{} is bought", self.safeguard(id)),
            Action::Respond { response, subject } => {
                let who = self.operator(subject);
                match response {
                    Response::Watch => format!("{who} is put on watch"),
                    Response::Investigate => format!("an investigation of {who} is ordered"),
                    Response::RestrictScope(by) => format!("{who} loses {} of its data scope", percent(by.get())),
                    Response::RestrictAccess(by) => format!("{who} loses {} of its access to goods", percent(by.get())),
                    Response::Suspend => format!("{who} is suspended"),
                    Response::Replace => format!("{who} is replaced"),
                    Response::Recall => "altered goods are called back".to_owned(),
                }
            }
        }
    }
}

/// `1 case`, `2 cases`.
pub(crate) fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(n), if n == 1 { one } else { many })
}
