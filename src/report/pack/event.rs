//! The master scenario events list: a row for each inject, each decision and each beginning of a module.

use super::schedule::{in_the_room, planned};
use crate::exercise::Words;
use crate::model::{Asked, Channel, Exercise, Inject, ObjectiveId, Seat, When};
use crate::report::handout::EXERCISE;
use crate::time::SimTime;

/// A column of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    Number,
    ScenarioTime,
    RealTime,
    Module,
    Category,
    Synopsis,
    From,
    To,
    Method,
    Text,
    Controller,
    Instructions,
    ExpectedAction,
    Deadline,
    Objective,
    Capability,
    CriticalTasks,
    Status,
    ActualTime,
    ActualResponse,
    Handling,
}

/// One row.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    /// Where it stands in the document: `injects.reporter`.
    pub(crate) path: String,
    /// Cells, in the order of [`Column::ALL`].
    pub(crate) cells: [String; Column::ALL.len()],
    /// When it comes, as far as that is known beforehand.
    at: Option<SimTime>,
}

impl Column {
    /// All, in the order of the long form.
    pub(crate) const ALL: [Column; 21] = [
        Column::Number,
        Column::ScenarioTime,
        Column::RealTime,
        Column::Module,
        Column::Category,
        Column::Synopsis,
        Column::From,
        Column::To,
        Column::Method,
        Column::Text,
        Column::Controller,
        Column::Instructions,
        Column::ExpectedAction,
        Column::Deadline,
        Column::Objective,
        Column::Capability,
        Column::CriticalTasks,
        Column::Status,
        Column::ActualTime,
        Column::ActualResponse,
        Column::Handling,
    ];

    /// Those of the short form.
    pub(crate) const SHORT: [Column; 7] = [
        Column::Number,
        Column::ScenarioTime,
        Column::Synopsis,
        Column::From,
        Column::To,
        Column::Method,
        Column::Controller,
    ];

    /// What stands above it.
    pub(crate) const fn head(self) -> &'static str {
        match self {
            Column::Number => "Number",
            Column::ScenarioTime => "Designated scenario time",
            Column::RealTime => "Real time (h:mm from start, wall clock)",
            Column::Module => "Move/module",
            Column::Category => "Event category",
            Column::Synopsis => "Event synopsis",
            Column::From => "Originator (from)",
            Column::To => "Recipient (intended player)",
            Column::Method => "Delivery method",
            Column::Text => "Inject text",
            Column::Controller => "Responsible controller",
            Column::Instructions => "Special instructions (controller, evaluator)",
            Column::ExpectedAction => "Expected player action",
            Column::Deadline => "Deadline",
            Column::Objective => "Objective",
            Column::Capability => "Core capability",
            Column::CriticalTasks => "Critical tasks",
            Column::Status => "Status",
            Column::ActualTime => "Notes: actual time",
            Column::ActualResponse => "Notes: actual response",
            Column::Handling => "Handling",
        }
    }
}

/// Statuses of an event, as in PrepToolkit. What is written here is a draft.
pub(crate) const STATUSES: [&str; 8] =
    ["Draft", "Submitted", "Approved", "Synchronized", "Deferred", "Released", "Complete", "Obsolete"];

/// Categories of events.
pub(crate) const CATEGORIES: [&str; 4] = ["Inject", "Contingency Inject", "Expected Action", "Other"];

impl Event {
    /// A cell.
    pub(crate) fn cell(&self, column: Column) -> &str {
        let place = Column::ALL.iter().position(|it| *it == column);
        place.map_or("", |place| &self.cells[place])
    }
}

/// All events, in the order of the story as far as it is known beforehand. What has no instant of its own stands behind what
/// stands before it in the document.
pub(crate) fn events(exercise: &Exercise) -> Vec<Event> {
    let mut all: Vec<Event> = (0..exercise.modules.len()).map(|i| of_module(exercise, i)).collect();
    let mut latest = None;
    for inject in &exercise.injects {
        let mut event = of_inject(exercise, inject);
        latest = event.at.or(latest);
        event.at = latest;
        all.push(event);
    }
    all.extend((0..exercise.decisions.len()).map(|i| of_decision(exercise, i)));
    all.sort_by_key(|event| event.at);
    all
}

/// A text as it is delivered, marked at its start and its end.
pub(crate) fn marked(exercise: &Exercise, text: &str) -> String {
    format!("{EXERCISE} {}\n{text}\n{EXERCISE}", exercise.handling.label())
}

/// A text without the marks that it is delivered with.
pub(crate) fn unmarked(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with(EXERCISE));
    lines.collect::<Vec<_>>().join("\n")
}

/// How a channel is called in the list.
pub(crate) const fn method(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "E-mail",
        Channel::Phone => "Phone",
        Channel::Radio => "Radio",
        Channel::Fax => "Fax",
        Channel::InPerson => "In person",
        Channel::SimCell => "SimCell",
        Channel::Handout => "Handout",
    }
}

fn of_inject(exercise: &Exercise, inject: &Inject) -> Event {
    let words = Words(&exercise.scenario);
    let at = match &inject.when {
        When::On(at) | When::NotDecided { at, .. } => Some(*at),
        When::Signal { .. } | When::Known(_) | When::Chosen { .. } => None,
    };
    let to: Vec<&str> = inject.to.iter().map(|seat| title(&exercise.seats[seat.index()])).collect();
    let text = inject.text.written();
    let expects = inject.expects.as_ref();
    let when = words.when(exercise, inject);
    let facts = Facts {
        number: inject.id.clone(),
        path: format!("injects.{}", inject.id),
        at,
        when: at.is_none().then_some(when.clone()),
        category: if inject.is_contingency() { "Contingency Inject" } else { "Inject" },
        synopsis: if inject.synopsis.is_empty() { synopsis(&text) } else { inject.synopsis.clone() },
        from: inject.from.clone(),
        to: to.join(", "),
        method: method(inject.by),
        text: marked(exercise, &text),
        controller: inject.controller.clone(),
        instructions: match &inject.guidance {
            guidance if !inject.is_contingency() => guidance.clone(),
            guidance => format!("Comes {when}. {guidance}").trim_end().to_owned(),
        },
        expected: expects.map_or_else(String::new, |it| it.action.clone()),
        deadline: expects.map_or_else(String::new, |it| format!("within {:.0} min", it.within.minutes())),
        objective: inject.objective,
    };
    facts.event(exercise)
}

fn of_decision(exercise: &Exercise, i: usize) -> Event {
    let decision = &exercise.decisions[i];
    let words = Words(&exercise.scenario);
    let asked = match decision.asked {
        Asked::On(at) => (Some(at), None),
        Asked::AfterInject(inject) => {
            (Some(decision.else_asked_on), Some(format!("after {}", exercise.injects[inject.index()].id)))
        }
    };
    let choices = decision.choices.iter().map(|choice| format!("{}: {}", choice.id, words.choice(choice)));
    let question = decision.question.clone().unwrap_or_else(|| decision.id.clone());
    let expected = decision.expected.map(|choice| &decision.choices[choice]);
    let facts = Facts {
        number: decision.id.clone(),
        path: format!("decisions.{}", decision.id),
        at: asked.0,
        when: asked.1.map(|after| format!("{after}, at the latest day {}", decision.else_asked_on.day())),
        category: "Expected Action",
        synopsis: synopsis(&question),
        from: "The exercise".to_owned(),
        to: title(&exercise.seats[decision.seat.index()]).to_owned(),
        method: "Screen",
        text: marked(exercise, &std::iter::once(question).chain(choices).collect::<Vec<_>>().join("\n")),
        controller: "Facilitator".to_owned(),
        instructions: decision.guidance.clone(),
        expected: expected.map_or_else(String::new, |choice| choice.id.clone()),
        deadline: format!("within {:.0} min; day {}", decision.takes.minutes(), decision.else_asked_on.day()),
        objective: decision.objective,
    };
    facts.event(exercise)
}

fn of_module(exercise: &Exercise, i: usize) -> Event {
    let module = &exercise.modules[i];
    let facts = Facts {
        number: format!("module-{}", i + 1),
        path: format!("modules[{i}]"),
        at: Some(module.from),
        when: None,
        category: "Other",
        synopsis: format!("Module {} begins: {}", i + 1, module.title),
        from: "The exercise".to_owned(),
        to: "Everybody".to_owned(),
        method: "Screen",
        text: marked(exercise, &module.read_aloud.written()),
        controller: "Facilitator".to_owned(),
        instructions: module.guidance.clone(),
        expected: String::new(),
        deadline: String::new(),
        objective: None,
    };
    facts.event(exercise)
}

/// What a row is made from.
struct Facts {
    number: String,
    path: String,
    at: Option<SimTime>,
    /// When it comes, if not at an instant.
    when: Option<String>,
    category: &'static str,
    synopsis: String,
    from: String,
    to: String,
    method: &'static str,
    text: String,
    controller: String,
    instructions: String,
    expected: String,
    deadline: String,
    objective: Option<ObjectiveId>,
}

impl Facts {
    fn event(self, exercise: &Exercise) -> Event {
        let room = self.at.and_then(|at| in_the_room(exercise, at));
        let date = |at: SimTime| format!("T+{} d ({})", at.day(), Words(&exercise.scenario).date(at));
        let scenario = self.when.clone().or_else(|| self.at.map(date)).unwrap_or_default();
        let real = room
            .filter(|_| self.when.is_none())
            .map_or_else(|| "when it comes".to_owned(), |(_, at)| planned(exercise, at));
        let objective = self.objective.map(|id| &exercise.objectives[id.index()]);
        let tasks = objective.map_or_else(String::new, |it| {
            let tasks = it.targets.iter().enumerate().flat_map(|(t, target)| {
                target.tasks.iter().enumerate().map(move |(k, task)| format!("{}.{} {task}", t + 1, k + 1))
            });
            tasks.collect::<Vec<_>>().join("\n")
        });
        let cell = |column: Column| match column {
            Column::Number => self.number.clone(),
            Column::ScenarioTime => scenario.clone(),
            Column::RealTime => real.clone(),
            Column::Module => room.map_or_else(String::new, |(module, _)| (module + 1).to_string()),
            Column::Category => self.category.to_owned(),
            Column::Synopsis => self.synopsis.clone(),
            Column::From => self.from.clone(),
            Column::To => self.to.clone(),
            Column::Method => self.method.to_owned(),
            Column::Text => self.text.clone(),
            Column::Controller => self.controller.clone(),
            Column::Instructions => self.instructions.clone(),
            Column::ExpectedAction => self.expected.clone(),
            Column::Deadline => self.deadline.clone(),
            Column::Objective => objective.map_or_else(String::new, |it| it.id.clone()),
            Column::Capability => objective.map_or_else(String::new, |it| it.capability.clone()),
            Column::CriticalTasks => tasks.clone(),
            Column::Status => STATUSES[0].to_owned(),
            Column::ActualTime | Column::ActualResponse => String::new(),
            Column::Handling => format!("{} {EXERCISE}", exercise.handling.label()),
        };
        Event { cells: Column::ALL.map(cell), path: self.path, at: self.at }
    }
}

/// What a seat is called, or its name in the document.
fn title(seat: &Seat) -> &str {
    if seat.title.is_empty() { &seat.id } else { &seat.title }
}

/// The first sentence, cut where it is long.
fn synopsis(text: &str) -> String {
    const LONGEST: usize = 110;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let ends = text.char_indices().find(|(at, c)| matches!(c, '.' | '?' | '!') && text[at + 1..].starts_with(' '));
    let first = ends.map_or(text.as_str(), |(at, _)| &text[..=at]);
    if first.chars().count() <= LONGEST {
        return first.to_owned();
    }
    let cut: String = first.chars().take(LONGEST).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole))
}
