//! An improvement plan: what is to be mended after an exercise, by whom and by when.

use crate::model::{ObjectiveId, SafeguardId};

/// A line of an improvement plan, with the fields of HSEEP's template. Texts may be empty, as long as nobody has filled them
/// in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Improvement {
    /// The objective that it belongs to.
    pub objective: ObjectiveId,
    /// What has to be mended.
    pub issue: String,
    /// Plan or policy that it rests on.
    pub reference: String,
    /// What will be done about it.
    pub action: String,
    /// What kind of thing will be changed.
    pub element: Option<Element>,
    /// Which organisation sees to it.
    pub owner: String,
    /// Whom to ask there.
    pub contact: String,
    /// When it begins, as the planners write it.
    pub start: String,
    /// When it is done, as the planners write it.
    pub done_by: String,
    /// The safeguard of the scenario that stands for the action, if one does.
    pub safeguard: Option<SafeguardId>,
}

/// A capability element of HSEEP: what a corrective action changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// Plans and policies.
    Planning,
    /// Who does what, and how many of them.
    Organization,
    /// Things.
    Equipment,
    /// What people can do.
    Training,
    /// What is practised.
    Exercise,
}

impl Element {
    /// All, in the template's order.
    pub const ALL: [Element; 5] =
        [Element::Planning, Element::Organization, Element::Equipment, Element::Training, Element::Exercise];

    /// Its name in the template.
    pub const fn name(self) -> &'static str {
        match self {
            Element::Planning => "Planning",
            Element::Organization => "Organization",
            Element::Equipment => "Equipment",
            Element::Training => "Training",
            Element::Exercise => "Exercise",
        }
    }
}

impl Improvement {
    /// Columns of a table of lines, in the order in which they are written; all but the first and the last are the template's.
    pub const COLUMNS: [&'static str; 11] = [
        "Objective",
        "Core Capability",
        "Issue/Area for Improvement",
        "Reference",
        "Corrective Action",
        "Capability Element",
        "Primary Responsible Organization",
        "Organization POC",
        "Start Date",
        "Completion Date",
        "Safeguard",
    ];

    /// Whether somebody is named who sees to it, and a day.
    pub fn is_assigned(&self) -> bool {
        ![&self.action, &self.owner, &self.done_by].iter().any(|text| text.is_empty())
    }
}
