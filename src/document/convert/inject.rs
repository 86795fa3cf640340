//! Injects of an exercise: when they come and whom they reach.

use super::exercise::{Table, day};
use super::{At, Context, Length, Named, Noun};
use crate::document::{Code, clip, shape};
use crate::model::{Condition, DecisionId, ExpectedAction, Inject, Knows, LayerId, Module, ObjectiveId, SeatId, When};
use crate::time::{SimDuration, SimTime};

impl Context<'_> {
    pub(super) fn inject(&mut self, it: &Named<shape::Inject>, table: &Table) -> Option<Inject> {
        let shape = it.value.as_ref()?;
        let list = it.at.field("to");
        let some = self.not_empty(&shape.to, list, "seat");
        self.no_repeats(&shape.to, list);
        let to: Vec<Option<SeatId>> = shape
            .to
            .iter()
            .enumerate()
            .map(|(nth, name)| self.resolve(Noun::Seat, name, list.nth(nth)).map(SeatId::from_index))
            .collect();
        let when = self.when(&shape.when, it.at.field("when"), table);
        let with_signal = matches!(shape.when, shape::When::Signal { .. });
        let text = self.text(&shape.text, it.at.field("text"), with_signal);
        let place = it.at.field("objective");
        let objective = shape.objective.as_ref().map(|name| self.resolve(Noun::Objective, name, place));
        let expects = shape.expects.as_ref().map(|expected| {
            let within = self.duration(expected.within, it.at.field("expects").field("within"), Length::Positive)?;
            Some(ExpectedAction { action: expected.action.clone(), within })
        });
        some?;
        Some(Inject {
            id: it.id.clone(),
            to: to.into_iter().collect::<Option<_>>()?,
            from: shape.from.clone(),
            by: shape.by,
            when: when?,
            synopsis: shape.synopsis.clone(),
            text: text?,
            expects: match expects {
                Some(expected) => Some(expected?),
                None => None,
            },
            objective: match objective {
                Some(index) => Some(ObjectiveId::from_index(index?)),
                None => None,
            },
            controller: shape.controller.clone(),
            guidance: shape.guidance.clone(),
        })
    }

    fn when(&mut self, when: &shape::When, at: At, table: &Table) -> Option<When> {
        match when {
            shape::When::On(instant) => {
                self.attended(*instant, at.inside(), table.days, "the inject would never come").map(When::On)
            }
            shape::When::Signal { layer, nth } => {
                let id = match table.has_scenario {
                    true => self.resolve(Noun::Layer, layer, at.field("layer")),
                    false => None,
                };
                let nth = self.count(*nth, at.field("nth"), 1, 1_000_000, "signals");
                Some(When::Signal { layer: LayerId::from_index(id?), nth: nth? })
            }
            shape::When::NotDecided { decision, by } => {
                let id = self.resolve(Noun::Decision, decision, at.field("decision"));
                let by = self.duration(*by, at.field("by"), Length::Positive);
                let (id, instant) = (id?, instant_of(by?, table.modules?)?);
                if let Some(Some(last)) = table.last_days.get(id).filter(|last| last.is_some_and(|day| day < instant)) {
                    let minute = self.written(at.field("by"));
                    let message = format!(
                        "this never comes: `{}` is decided by {}, and {minute} of the session is {}",
                        clip(decision, 40),
                        day(*last),
                        day(instant)
                    );
                    let help = "name an earlier minute, or ask the decision later with `else_asked_on`";
                    self.report_head(Code::TooLate, at, message, help);
                }
                Some(When::NotDecided { decision: DecisionId::from_index(id), at: instant })
            }
            shape::When::Known(condition) => {
                let known = self.condition(condition, at.inside())?;
                self.somebody_knows(&known, at, table);
                Some(When::Known(known))
            }
            shape::When::Chosen { decision, choice, after } => {
                let id = self.resolve(Noun::Decision, decision, at.field("decision"));
                let after = self.duration(*after, at.field("after"), Length::Any);
                let id = id?;
                let choices = &table.all.decisions.get(id)?.value.as_ref()?.choices;
                let choice = self.choice_named(choice, choices, at.field("choice"));
                Some(When::Chosen { decision: DecisionId::from_index(id), choice: choice?, after: after? })
            }
        }
    }

    /// A condition must rest on what somebody at the table could know, or its inject would tell the room of things that
    /// nobody in the story has seen.
    fn somebody_knows(&mut self, condition: &Condition, at: At, table: &Table) {
        for what in needed(condition) {
            let knows = |seat: &Named<shape::Seat>| seat.value.as_ref().is_none_or(|seat| seat.knows.contains(&what));
            if !table.all.seats.iter().any(knows) {
                let message = format!("no seat knows {what:?}, on which this inject waits");
                let help = format!("add {what:?} to what a seat `knows`, or wait for something that a seat can see");
                self.report_head(Code::NobodyKnows, at, message, help);
            }
        }
    }
}

/// What somebody has to know for a condition to hold.
fn needed(condition: &Condition) -> Vec<Knows> {
    let mut all = match condition {
        Condition::Belief(_) => vec![Knows::Belief],
        Condition::LinkFound => vec![Knows::Cases],
        Condition::Signals(_) => vec![Knows::Signals],
        Condition::From(_) => Vec::new(),
        Condition::AllOf(list) | Condition::AnyOf(list) => list.iter().flat_map(needed).collect(),
        Condition::Not(one) => needed(one),
    };
    all.sort_unstable();
    all.dedup();
    all
}

/// The instant of the story that the modules give to a minute of the room; the end of the last, if it lies behind it.
fn instant_of(minute: SimDuration, modules: &[Module]) -> Option<SimTime> {
    let mut before = 0;
    for module in modules {
        let takes = module.takes.millis();
        if minute.millis() <= before + takes {
            let share = (minute.millis() - before) as f64 / takes as f64;
            let days = module.to.since(module.from).millis() as f64;
            return Some(module.from + SimDuration::from_millis_f64(share * days));
        }
        before += takes;
    }
    modules.last().map(|last| last.to)
}
