//! Decisions of an exercise: when they are asked, and what a choice does.

use super::exercise::{Table, day};
use super::{At, Context, Length, Named, Noun, measured};
use crate::document::locate::did_you_mean;
use crate::document::{Code, clip, shape};
use crate::model::{
    Asked, Choice, Decision, Foretold, Inject, InjectId, Nature, ObjectiveId, Response, SafeguardId, SeatId, Then, When,
};
use crate::time::SimTime;

impl Context<'_> {
    /// An instant at which somebody is at the table.
    pub(super) fn attended(
        &mut self,
        it: shape::Instant,
        at: At,
        days: Option<(SimTime, SimTime)>,
        what: &str,
    ) -> Option<SimTime> {
        let instant = self.instant(it, at)?;
        if let Some((from, to)) = days
            && !(from..to).contains(&instant)
        {
            let message = format!("no module covers {}, so that {what}", day(instant));
            let help = format!("name a day from {} on and before {}", day(from), day(to));
            self.report(Code::NeverAsked, at, message, help);
            return None;
        }
        Some(instant)
    }

    pub(super) fn last_day(
        &mut self,
        it: &Named<shape::Decision>,
        days: Option<(SimTime, SimTime)>,
    ) -> Option<SimTime> {
        let what = "the decision might never be asked";
        self.attended(it.value.as_ref()?.else_asked_on, it.at.field("else_asked_on"), days, what)
    }

    pub(super) fn decision(
        &mut self,
        it: &Named<shape::Decision>,
        last: Option<SimTime>,
        injects: &[Option<Inject>],
        table: &Table,
    ) -> Option<Decision> {
        let shape = it.value.as_ref()?;
        let at = it.at;
        let seat = self.resolve(Noun::Seat, &shape.seat, at.field("seat"));
        let asked = self.asked(&shape.asked, at.field("asked"), last, injects, table);
        let takes = self.duration(shape.takes, at.field("takes"), Length::Positive);
        let place = at.field("objective");
        let objective = shape.objective.as_ref().map(|name| self.resolve(Noun::Objective, name, place));
        let place = at.field("choices");
        if shape.choices.len() < 2 {
            let message = "a decision with fewer than two choices leaves nothing to decide";
            self.report(Code::OneChoice, place, message, "add a choice; `\"wait\": (does: [])` is one");
        }
        let choices: Vec<Option<Choice>> =
            shape.choices.iter().map(|(id, choice)| self.choice(id, choice, place.field(id), table)).collect();
        let expected =
            shape.expected.as_ref().map(|name| self.choice_named(name, &shape.choices, at.field("expected")));
        let foretell = shape.foretell.as_ref().map(|it| self.foretell(it, at.field("foretell")));
        Some(Decision {
            id: it.id.clone(),
            seat: SeatId::from_index(seat?),
            question: shape.question.clone(),
            asked: asked?,
            else_asked_on: last?,
            takes: takes?,
            objective: match objective {
                Some(index) => Some(ObjectiveId::from_index(index?)),
                None => None,
            },
            choices: choices.into_iter().collect::<Option<_>>()?,
            expected: match expected {
                Some(index) => Some(index?),
                None => None,
            },
            hint: shape.hint.clone(),
            foretell: match foretell {
                Some(it) => Some(it?),
                None => None,
            },
            guidance: shape.guidance.clone(),
        })
    }

    fn asked(
        &mut self,
        asked: &shape::Asked,
        at: At,
        last: Option<SimTime>,
        injects: &[Option<Inject>],
        table: &Table,
    ) -> Option<Asked> {
        match asked {
            shape::Asked::AfterInject(name) => {
                let id = self.resolve(Noun::Inject, name, at.inside())?;
                if let (Some(Some(Inject { when: When::On(comes), .. })), Some(last)) = (injects.get(id), last)
                    && *comes > last
                {
                    let inject = clip(&table.all.injects[id].id, 40);
                    let message =
                        format!("`{inject}` comes on {}; by then this is decided, on {}", day(*comes), day(last));
                    self.report_head(Code::TooLate, at, message, "write a later `else_asked_on`, or an earlier inject");
                }
                Some(Asked::AfterInject(InjectId::from_index(id)))
            }
            shape::Asked::On(instant) => {
                let instant = self.attended(*instant, at.inside(), table.days, "the question would never come")?;
                if last.is_some_and(|last| last < instant) {
                    let message = format!("it is asked first on {}, after `else_asked_on`", day(instant));
                    self.report(
                        Code::Contradiction,
                        at,
                        message,
                        "write the same day in both, or a later `else_asked_on`",
                    );
                    return None;
                }
                Some(Asked::On(instant))
            }
        }
    }

    fn foretell(&mut self, it: &shape::Foretold, at: At) -> Option<Foretold> {
        let of = measured::measure(&it.measure, at.field("measure"), self)?;
        if of.nature() == Nature::Time {
            let message = format!("{} may lie beyond the end of the story, where nothing can come true", of.label());
            let help = "foretell a measure that every story has, such as attributed or catalogue_share";
            self.report(Code::NotForetold, at.field("measure"), message, help);
            return None;
        }
        let comes_true = measured::target(it.is, of, at.field("is"), self)?;
        Some(Foretold { text: it.text.clone(), comes_true })
    }

    pub(super) fn choice_named(&mut self, name: &str, choices: &[(String, shape::Choice)], at: At) -> Option<usize> {
        let found = choices.iter().position(|(id, _)| id == name);
        if found.is_none() {
            let known: Vec<String> = choices.iter().map(|(id, _)| id.clone()).collect();
            let help = did_you_mean(name, &known, "choices");
            self.report(Code::UnknownId, at, format!("there is no choice `{}`", clip(name, 60)), help);
        }
        found
    }

    fn choice(&mut self, id: &str, choice: &shape::Choice, at: At, table: &Table) -> Option<Choice> {
        let list = at.field("does");
        let deeds: Vec<Option<Then>> =
            choice.does.iter().enumerate().map(|(nth, deed)| self.deed(deed, list.nth(nth), table)).collect();
        Some(Choice { id: id.to_owned(), text: choice.text.clone(), does: deeds.into_iter().collect::<Option<_>>()? })
    }

    fn deed(&mut self, deed: &shape::Deed, at: At, table: &Table) -> Option<Then> {
        match deed {
            shape::Deed::Buy(name) => match table.has_scenario {
                true => self.resolve(Noun::Safeguard, name, at.inside()).map(SafeguardId::from_index).map(Then::Buy),
                false => None,
            },
            shape::Deed::Respond(response) => {
                let place = at.inside().inside();
                Some(Then::Respond(match response {
                    shape::Response::Watch => Response::Watch,
                    shape::Response::Investigate => Response::Investigate,
                    shape::Response::RestrictScope(by) => Response::RestrictScope(self.share(*by, place)?),
                    shape::Response::RestrictAccess(by) => Response::RestrictAccess(self.share(*by, place)?),
                    shape::Response::Suspend => Response::Suspend,
                    shape::Response::Replace => Response::Replace,
                    shape::Response::Recall => Response::Recall,
                }))
            }
        }
    }
}
