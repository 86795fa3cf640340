//! The events of an exercise as rows: what comes, what is asked, and where the modules begin and end.

use super::clock::Clock;
use super::column::{CATEGORIES, Column, STATUSES};
use crate::exercise::Words;
use crate::model::{Asked, Channel, Choice, Decision, Exercise, Inject, ObjectiveId, Piece, Text, When};
use crate::report::handout::EXERCISE;
use crate::time::SimTime;

/// The longest synopsis that is made from a text \[characters\].
const SYNOPSIS: usize = 90;

/// Which entry of the document an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Entry {
    Module(usize),
    Inject(usize),
    Decision(usize),
    End,
}

/// An event.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) entry: Entry,
    cells: [String; Column::ALL.len()],
    /// By which it is sorted: when it comes, or when what stands before it in the document does.
    about: SimTime,
}

impl Event {
    /// What stands in a column.
    pub(super) fn cell(&self, column: Column) -> &str {
        &self.cells[column as usize]
    }

    /// Its number, which holds as long as the document calls it so.
    pub(super) fn number(&self) -> &str {
        self.cell(Column::Number)
    }
}

/// A list of events: the header block and the events, in the order in which they come.
#[derive(Clone, Debug)]
pub(super) struct Msel {
    /// Names and values of the header block.
    pub(super) header: [(&'static str, String); 4],
    pub(super) events: Vec<Event>,
}

impl Msel {
    /// Of an exercise.
    pub(super) fn of(exercise: &Exercise) -> Msel {
        let about = &exercise.about;
        let header = [
            ("Exercise name", exercise.title.clone()),
            ("Responsible person", about.responsible.clone()),
            ("Exercise date", about.dates.clone()),
            ("Last revision", about.revised.clone()),
        ];
        let table = Rows { exercise, clock: Clock(exercise), words: Words(&exercise.scenario) };
        let mut events: Vec<Event> = (0..exercise.modules.len()).map(|nth| table.module(nth)).collect();
        let mut before = exercise.begins();
        for (nth, inject) in exercise.injects.iter().enumerate() {
            before = table.comes(inject).unwrap_or(before);
            events.push(table.inject(nth, before));
        }
        events.extend((0..exercise.decisions.len()).map(|nth| table.decision(nth)));
        events.push(table.end());
        events.sort_by_key(|event| (event.about, event.entry));
        Msel { header, events }
    }
}

/// Makes rows.
struct Rows<'e> {
    exercise: &'e Exercise,
    clock: Clock<'e>,
    words: Words<'e>,
}

impl Rows<'_> {
    fn module(&self, nth: usize) -> Event {
        let module = &self.exercise.modules[nth];
        let mut cells = self.row(format!("module {}", nth + 1), 3);
        self.on(&mut cells, module.from, "");
        // The minute at which the module before ends is a break away.
        cells[Column::RealTime as usize] = self.clock.shown(self.clock.begins(nth));
        cells[Column::Module as usize] = self.module_name(nth);
        cells[Column::Synopsis as usize] = format!("Module {} begins: {}", nth + 1, module.title);
        cells[Column::Originator as usize] = "Facilitator".to_owned();
        cells[Column::Recipient as usize] = "All seats".to_owned();
        cells[Column::Method as usize] = "Read aloud".to_owned();
        cells[Column::Text as usize] = self.marked(&written(&module.read_aloud));
        cells[Column::Controller as usize] = "Facilitator".to_owned();
        cells[Column::Instructions as usize] = module.guidance.clone();
        Event { entry: Entry::Module(nth), cells, about: module.from }
    }

    fn inject(&self, nth: usize, about: SimTime) -> Event {
        let inject = &self.exercise.injects[nth];
        let mut cells = self.row(format!("inject {}", inject.id), usize::from(inject.is_contingency()));
        match (&inject.when, self.comes(inject)) {
            (When::NotDecided { decision, .. }, Some(at)) => {
                let open = &self.exercise.decisions[decision.index()].id;
                self.on(&mut cells, at, &format!(", if {open} is still open"));
            }
            (_, Some(at)) => self.on(&mut cells, at, ""),
            (_, None) => {
                cells[Column::ScenarioTime as usize] = self.words.when(self.exercise, inject);
                cells[Column::RealTime as usize] = "as it comes".to_owned();
                cells[Column::Module as usize] = "as it comes".to_owned();
            }
        }
        cells[Column::Synopsis as usize] = synopsis(inject);
        cells[Column::Originator as usize] = inject.from.clone();
        let to: Vec<&str> = inject.to.iter().map(|id| self.exercise.seats[id.index()].title.as_str()).collect();
        cells[Column::Recipient as usize] = to.join("; ");
        cells[Column::Method as usize] = method(inject.by).to_owned();
        cells[Column::Text as usize] = self.marked(&written(&inject.text));
        cells[Column::Controller as usize] = inject.controller.clone();
        cells[Column::Instructions as usize] = inject.guidance.clone();
        if let Some(expected) = &inject.expects {
            cells[Column::Expected as usize] = expected.action.clone();
            cells[Column::Deadline as usize] = expected.within.minutes().to_string();
        }
        self.practises(&mut cells, inject.objective);
        Event { entry: Entry::Inject(nth), cells, about }
    }

    fn decision(&self, nth: usize) -> Event {
        let decision = &self.exercise.decisions[nth];
        let mut cells = self.row(format!("decision {}", decision.id), 2);
        let last = decision.else_asked_on;
        let about = match decision.asked {
            Asked::On(at) => {
                let late = if at < last { format!("; {} at the latest", self.day(last)) } else { String::new() };
                self.on(&mut cells, at, &late);
                at
            }
            Asked::AfterInject(id) => {
                self.on(&mut cells, last, "");
                let inject = &self.exercise.injects[id.index()].id;
                cells[Column::ScenarioTime as usize] =
                    format!("after inject {inject}; {} at the latest", self.day(last));
                cells[Column::RealTime as usize].push_str(" at the latest");
                // After an inject that may never come, it is sure by its last day only.
                self.comes(&self.exercise.injects[id.index()]).unwrap_or(last).min(last)
            }
        };
        cells[Column::Synopsis as usize] =
            decision.question.clone().unwrap_or_else(|| format!("The seat decides: {}", decision.id));
        cells[Column::Originator as usize] = "Facilitator".to_owned();
        cells[Column::Recipient as usize] = self.exercise.seats[decision.seat.index()].title.clone();
        cells[Column::Method as usize] = "At the table".to_owned();
        cells[Column::Text as usize] = self.marked(&self.question(decision));
        cells[Column::Controller as usize] = "Facilitator".to_owned();
        cells[Column::Instructions as usize] = decision.guidance.clone();
        cells[Column::Expected as usize] =
            decision.expected.map_or_else(String::new, |at| self.choice(&decision.choices[at]));
        cells[Column::Deadline as usize] = decision.takes.minutes().to_string();
        self.practises(&mut cells, decision.objective);
        Event { entry: Entry::Decision(nth), cells, about }
    }

    fn end(&self) -> Event {
        let mut cells = self.row("endex".to_owned(), 3);
        self.on(&mut cells, self.exercise.ends(), "");
        cells[Column::RealTime as usize] = self.clock.shown(self.clock.ends());
        cells[Column::Synopsis as usize] = "The exercise ends; the hot wash begins".to_owned();
        cells[Column::Originator as usize] = "Facilitator".to_owned();
        cells[Column::Recipient as usize] = "All seats".to_owned();
        cells[Column::Method as usize] = "Read aloud".to_owned();
        cells[Column::Text as usize] = self.marked("End of exercise.");
        cells[Column::Controller as usize] = "Facilitator".to_owned();
        Event { entry: Entry::End, cells, about: self.exercise.ends() }
    }

    /// A row that says nothing yet.
    fn row(&self, number: String, category: usize) -> [String; Column::ALL.len()] {
        let mut cells = [const { String::new() }; Column::ALL.len()];
        cells[Column::Number as usize] = number;
        cells[Column::Category as usize] = CATEGORIES[category].to_owned();
        cells[Column::Status as usize] = STATUSES[0].to_owned();
        cells
    }

    /// Fills in everything that follows from an instant.
    fn on(&self, cells: &mut [String; Column::ALL.len()], at: SimTime, but: &str) {
        cells[Column::ScenarioTime as usize] = self.day(at) + but;
        if let Some(after) = self.clock.reaches(at) {
            cells[Column::RealTime as usize] = self.clock.shown(after);
        }
        let modules = &self.exercise.modules;
        let place = modules.iter().position(|module| at < module.to).unwrap_or(modules.len().saturating_sub(1));
        cells[Column::Module as usize] = self.module_name(place);
    }

    fn practises(&self, cells: &mut [String; Column::ALL.len()], objective: Option<ObjectiveId>) {
        let Some(objective) = objective.map(|id| &self.exercise.objectives[id.index()]) else { return };
        cells[Column::Objective as usize] = format!("{}: {}", objective.id, objective.text);
        cells[Column::Capability as usize] = objective.capability.clone();
        let tasks = objective.targets.iter().enumerate().flat_map(|(target, it)| {
            it.tasks.iter().enumerate().map(move |(task, text)| format!("{}.{} {text}", target + 1, task + 1))
        });
        cells[Column::Tasks as usize] = tasks.collect::<Vec<_>>().join("\n");
    }

    fn comes(&self, inject: &Inject) -> Option<SimTime> {
        match inject.when {
            When::On(at) | When::NotDecided { at, .. } => Some(at),
            When::Signal { .. } | When::Known(_) | When::Chosen { .. } => None,
        }
    }

    /// The question, and a line for each choice.
    fn question(&self, decision: &Decision) -> String {
        let mut lines = vec![decision.question.clone().unwrap_or_else(|| "What do you decide?".to_owned())];
        let choices = decision.choices.iter().enumerate();
        lines.extend(choices.map(|(nth, it)| format!("{}. {}", nth + 1, self.choice(it))));
        lines.join("\n")
    }

    fn choice(&self, choice: &Choice) -> String {
        format!("{}: {}", choice.id, self.words.choice(choice))
    }

    fn module_name(&self, place: usize) -> String {
        self.exercise.modules.get(place).map_or_else(String::new, |it| format!("{}. {}", place + 1, it.title))
    }

    /// `Day 40 (2027-02-10)`.
    fn day(&self, at: SimTime) -> String {
        format!("Day {} ({})", at.day(), self.words.date(at))
    }

    /// A text between its markings.
    fn marked(&self, text: &str) -> String {
        let marking = format!("{EXERCISE} · {}", self.exercise.handling.label());
        format!("{marking}\n{text}\n{marking}")
    }
}

/// How an inject comes, in the words of a list of events.
pub(super) fn method(by: Channel) -> &'static str {
    match by {
        Channel::Email => "E-mail",
        Channel::Phone => "Phone",
        Channel::Radio => "Radio",
        Channel::Fax => "Fax",
        Channel::InPerson => "In person",
        Channel::SimCell => "SimCell",
        Channel::Handout => "Handout",
    }
}

/// A text as it is written, gaps and all.
pub(super) fn written(text: &Text) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Plain(plain) => plain.replace('{', "{{").replace('}', "}}"),
        Piece::Gap(gap) => format!("{{{}}}", gap.name()),
    };
    text.pieces().iter().map(piece).collect()
}

/// One line on an inject: the author's, or the beginning of its text.
fn synopsis(inject: &Inject) -> String {
    if !inject.synopsis.is_empty() {
        return inject.synopsis.clone();
    }
    let text = written(&inject.text);
    let line: Vec<&str> = text.split_whitespace().filter(|word| *word != "{signal}").collect();
    let line = line.join(" ");
    let first = line.split_inclusive(['.', '?', '!']).next().unwrap_or_default();
    match first.chars().nth(SYNOPSIS) {
        None => first.to_owned(),
        Some(_) => {
            let cut: String = first.chars().take(SYNOPSIS).collect();
            let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
            format!("{whole} …")
        }
    }
}
