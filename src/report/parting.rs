//! Where two runs under the same luck part, and what that led to.

use serde_json::{Value, json};

use crate::chart::number::fixed;
use crate::measure::{Measure, Outcome, Record, Story};
use crate::model::{Action, Scenario};
use crate::report::names::{Names, counted};
use crate::report::narrative::{Line, tell};
use crate::report::tables;
use crate::time::SimTime;

/// Turning points that are told of each run.
const TOLD: usize = 4;
/// Measures that are told of in the end, where they differ.
const ENDS: [Measure; 9] = [
    Measure::CatalogueShare,
    Measure::Shipped,
    Measure::Harm,
    Measure::Attributed,
    Measure::WronglyAttributed,
    Measure::WrongfulActions,
    Measure::Burden,
    Measure::ExposureMoved,
    Measure::CostTotal,
];

/// One of two runs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Side<'s> {
    /// The option.
    pub(crate) name: &'s str,
    pub(crate) story: &'s Story,
    pub(crate) outcome: &'s Outcome,
}

/// Two runs that differ in their option alone.
#[derive(Debug)]
pub(crate) struct Parting<'s> {
    scenario: &'s Scenario,
    sides: [Side<'s>; 2],
    /// What each option decides at the start and the other does not.
    bought: [Vec<String>; 2],
    first: Option<First>,
}

/// The first event that one run has and the other has not.
#[derive(Debug)]
struct First {
    at: SimTime,
    /// What happens in each run then; `None` for nothing.
    events: [Option<String>; 2],
}

/// Whether something is a purchase on day 0, or a purchase that begins to work: the option itself, and not what came of it.
fn is_purchase((at, record): &(SimTime, Record)) -> bool {
    match record {
        Record::Took { action: Action::Buy(_), .. } => *at == SimTime::ZERO,
        Record::Ready { .. } => true,
        _ => false,
    }
}

impl<'s> Parting<'s> {
    /// Compares the records of two runs of the same world and luck: the first of `sides` is the reference.
    pub(crate) fn of(scenario: &'s Scenario, sides: [Side<'s>; 2]) -> Parting<'s> {
        let events = sides.map(|side| side.story.records.iter().filter(|it| !is_purchase(it)));
        let [mut a, mut b] = events;
        let first = loop {
            match (a.next(), b.next()) {
                (None, None) => break None,
                (one, other) if one == other => {}
                (one, other) => {
                    let at = [one, other].into_iter().flatten().map(|(at, _)| *at).min().unwrap_or(SimTime::ZERO);
                    let then = |it: Option<&(SimTime, Record)>| it.filter(|(time, _)| *time == at).cloned();
                    let events = [then(one), then(other)].map(|it| it.map(|it| in_words(scenario, it)));
                    break Some(First { at, events });
                }
            }
        };
        let purchases = |side: &Side<'_>| -> Vec<String> {
            let bought = side.story.records.iter().filter(|it| is_purchase(it));
            bought.cloned().map(|it| dated(scenario, it.0, &in_words(scenario, it))).collect()
        };
        let [one, other] = [purchases(&sides[0]), purchases(&sides[1])];
        let only = |own: &[String], others: &[String]| own.iter().filter(|it| !others.contains(it)).cloned().collect();
        let bought = [only(&one, &other), only(&other, &one)];
        Parting { scenario, sides, bought, first }
    }

    /// In sentences: what the options decide, where the runs part, what came of it, and how they end.
    pub(crate) fn sentences(&self) -> Vec<String> {
        let [reference, option] = self.sides.map(|side| side.name);
        let mut said = Vec::new();
        for (side, bought) in self.sides.iter().zip(&self.bought) {
            if !bought.is_empty() {
                said.push(format!("Under {} alone: {}.", side.name, bought.join("; ")));
            }
        }
        let Some(first) = &self.first else {
            said.push(format!(
                "Nothing else differs: under this luck {option} changes no event of the story against {reference}."
            ));
            said.extend(self.end());
            return said;
        };
        let day = format!("day {}", fixed(first.at.days(), 0));
        said.push(match &first.events {
            [Some(one), Some(other)] if one == other => {
                format!("The runs part on {day}, where in both {one}, but not in the same way or at the same hour.")
            }
            [Some(one), Some(other)] => {
                format!("The runs part on {day}: under {reference} {one}; under {option} {other}.")
            }
            [Some(one), None] => {
                format!("The runs part on {day}: under {reference} {one}; under {option} that does not happen then.")
            }
            [None, Some(other)] => {
                format!("The runs part on {day}: under {option} {other}; under {reference} that does not happen then.")
            }
            [None, None] => format!("The runs part on {day}."),
        });
        said.extend(self.led_to(first.at));
        said.extend(self.end());
        said
    }

    /// The turning points after the parting that one run has and the other has not.
    fn led_to(&self, from: SimTime) -> Vec<String> {
        let lines = self.sides.map(|side| tell(self.scenario, side.story));
        let after = |line: &&Line| line.major && line.at >= from;
        let told = |own: &[Line], other: &[Line]| -> Vec<String> {
            let same = |line: &&Line| {
                let alike = |it: &Line| without_numbers(&it.text) == without_numbers(&line.text);
                other.iter().any(|it| it.at == line.at && alike(it))
            };
            let turning = own.iter().filter(after).filter(|line| !same(line));
            turning.map(|line| dated(self.scenario, line.at, &line.text)).collect()
        };
        let [one, other] = [told(&lines[0], &lines[1]), told(&lines[1], &lines[0])];
        let sentence = |(side, turning): (&Side<'_>, Vec<String>)| {
            if turning.is_empty() {
                return format!("Under {} no turning point of its own follows.", side.name);
            }
            let more = turning.len().saturating_sub(TOLD);
            let rest = if more > 0 { format!("; and {more} more") } else { String::new() };
            let told: Vec<String> = turning.into_iter().take(TOLD).collect();
            format!("After that, under {}: {}{rest}.", side.name, told.join("; "))
        };
        self.sides.iter().zip([one, other]).map(sentence).collect()
    }

    /// What differs in the end.
    fn end(&self) -> Option<String> {
        let [reference, option] = &self.sides;
        let clause = |measure: &Measure| {
            let [was, is] = [reference.outcome, option.outcome].map(|it| tables::value(it, *measure));
            (was != is).then(|| format!("{} {is} instead of {was}", measure.label()))
        };
        let said: Vec<String> =
            ENDS.iter().filter(|it| tables::applies(self.scenario, **it)).filter_map(clause).collect();
        Some(match said.is_empty() {
            true => format!("In the end the two do not differ in what is measured here ({}).", option.name),
            false => format!("In the end, under {}: {}.", option.name, said.join("; ")),
        })
    }

    /// Everything for machines.
    pub(crate) fn json(&self) -> Value {
        let first = self
            .first
            .as_ref()
            .map(|first| json!({"day": first.at.days(), "reference": first.events[0], "option": first.events[1]}));
        let ends: serde_json::Map<String, Value> = Measure::all()
            .filter_map(|measure| {
                let [was, is] = self.sides.map(|side| side.outcome.get(measure));
                (was != is).then(|| (measure.id().to_owned(), json!({"reference": was, "option": is})))
            })
            .collect();
        json!({
            "schema": "airside-parting-1",
            "reference": self.sides[0].name,
            "option": self.sides[1].name,
            "only_under_reference": self.bought[0],
            "only_under_option": self.bought[1],
            "first": first,
            "sentences": self.sentences(),
            "measures_that_differ": ends,
        })
    }
}

/// A record by itself.
fn in_words(scenario: &Scenario, record: (SimTime, Record)) -> String {
    let names = Names(scenario);
    let behind = |genuine: bool| if genuine { "with something behind it" } else { "with nothing behind it" };
    match &record.1 {
        // The story folds these by the month.
        Record::Noticed { layer, operator, genuine, .. } => {
            let (layer, operator) = (names.layer(*layer), names.operator(*operator));
            format!("{layer} notices something about {operator}, {}", behind(*genuine))
        }
        Record::Reported { layer, operator, genuine, .. } => {
            let (layer, operator) = (names.layer(*layer), names.operator(*operator));
            format!("the desk hears from {layer} about {operator}, {}", behind(*genuine))
        }
        Record::Attempted { step, worked, .. } => {
            format!("an attempt at `{}` {}", names.step(*step), if *worked { "works" } else { "fails" })
        }
        Record::MovedOut { records } => counted(u64::from(*records), "record leaves the hub", "records leave the hub"),
        Record::Altered { item, .. } => format!("a consignment is altered (item {})", names.item(*item)),
        Record::Shipped { item } => format!("item {} leaves the hub unnoticed", names.item(*item)),
        Record::Tested { layer, caught } => {
            format!("a test item {} by {}", if *caught { "is caught" } else { "gets past" }, names.layer(*layer))
        }
        Record::BrokeIn { step, stopped, .. } => {
            let end = if *stopped { "is stopped" } else { "is not stopped" };
            format!("a break-in for `{}` {end}", names.step(*step))
        }
        Record::Reset { operator, .. } => format!("the systems of {} are set up anew", names.operator(*operator)),
        _ => {
            let line = tell(scenario, &Story::of(vec![record])).into_iter().next();
            line.map_or("something small".to_owned(), |line| line.text)
        }
    }
}

/// The same but for its numbers: a belief that is a little other is no other turning point.
fn without_numbers(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit() && *c != '.').collect()
}

fn dated(scenario: &Scenario, at: SimTime, text: &str) -> String {
    let (year, month, day) = scenario.calendar.date(at).parts();
    format!("{text} (day {}, {year}-{month:02}-{day:02})", fixed(at.days(), 0))
}
