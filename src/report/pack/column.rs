//! The columns of a list of events, as they are written and as people write them.

/// A column of the master scenario events list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Number,
    ScenarioTime,
    RealTime,
    Module,
    Category,
    Synopsis,
    Originator,
    Recipient,
    Method,
    Text,
    Controller,
    Instructions,
    Expected,
    Deadline,
    Objective,
    Capability,
    Tasks,
    Status,
    ActualTime,
    ActualResponse,
}

impl Column {
    /// All of them, in their order: the long form.
    pub(super) const ALL: [Column; 20] = [
        Column::Number,
        Column::ScenarioTime,
        Column::RealTime,
        Column::Module,
        Column::Category,
        Column::Synopsis,
        Column::Originator,
        Column::Recipient,
        Column::Method,
        Column::Text,
        Column::Controller,
        Column::Instructions,
        Column::Expected,
        Column::Deadline,
        Column::Objective,
        Column::Capability,
        Column::Tasks,
        Column::Status,
        Column::ActualTime,
        Column::ActualResponse,
    ];

    /// Those of the short form.
    pub(super) const SHORT: [Column; 8] = [
        Column::Number,
        Column::ScenarioTime,
        Column::RealTime,
        Column::Synopsis,
        Column::Originator,
        Column::Recipient,
        Column::Method,
        Column::Controller,
    ];

    /// What stands above it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Column::Number => "Event number",
            Column::ScenarioTime => "Designated scenario time",
            Column::RealTime => "Real time",
            Column::Module => "Module",
            Column::Category => "Event category",
            Column::Synopsis => "Event synopsis",
            Column::Originator => "Originator (from)",
            Column::Recipient => "Recipient (to)",
            Column::Method => "Delivery method",
            Column::Text => "Inject text",
            Column::Controller => "Responsible controller",
            Column::Instructions => "Special instructions (controller / evaluator)",
            Column::Expected => "Expected player action",
            Column::Deadline => "Deadline (minutes)",
            Column::Objective => "Objective",
            Column::Capability => "Core capability",
            Column::Tasks => "Critical task",
            Column::Status => "Status",
            Column::ActualTime => "Notes: actual time",
            Column::ActualResponse => "Notes: actual response",
        }
    }

    /// The column of this name, however its capitals, spaces and brackets have come through.
    pub(super) fn named(name: &str) -> Option<Column> {
        let wanted = plain(name);
        Column::ALL.into_iter().find(|column| plain(column.name()) == wanted)
    }

    /// How wide it is in a spreadsheet \[characters\].
    pub(super) const fn width(self) -> f64 {
        match self {
            Column::Text | Column::Instructions | Column::Expected => 50.0,
            Column::Synopsis | Column::Tasks | Column::Objective | Column::ActualResponse => 32.0,
            Column::Number | Column::ScenarioTime | Column::Recipient | Column::Controller => 22.0,
            Column::Deadline | Column::Status | Column::Method | Column::RealTime => 12.0,
            _ => 18.0,
        }
    }
}

/// What an event is, in the words of PrepToolkit.
pub(super) const CATEGORIES: [&str; 4] = ["Inject", "Contingency Inject", "Expected Action", "Other"];

/// What may stand in the column of the status, in the words of PrepToolkit.
pub(super) const STATUSES: [&str; 8] =
    ["Draft", "Submitted", "Approved", "Synchronized", "Deferred", "Released", "Complete", "Obsolete"];

/// Letters and digits alone, in small letters.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
