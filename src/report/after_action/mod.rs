//! The after-action report with its improvement plan, in HSEEP's form. People rate; the simulation supplies evidence.

mod evidence;
mod plan;

use maud::{Markup, html};

use crate::exercise::{Debrief, Improved, KEY_MEASURES, Made, Rating, Session, Watching};
use crate::model::{DecisionId, Improvement, ObjectiveId, SafeguardId};
use crate::report::debrief::words;
use crate::report::handout::Handout;
use crate::report::pack::{Public, definitions, overview};
use crate::report::played::{Played, prices};
use crate::report::{counted, tables};
use evidence::{Evidence, better, decisions, judged};

/// What an after-action report is made from.
pub(crate) struct AfterAction<'a> {
    of: Played<'a>,
    debrief: &'a Debrief,
    made: Vec<(DecisionId, Made)>,
    injects: Vec<(u64, String)>,
    evidence: Evidence,
    /// Minutes of each module with the clock running, and with it stopped to talk.
    minutes: Vec<(f64, f64)>,
}

impl<'a> AfterAction<'a> {
    /// Of a session and its debrief.
    pub(crate) fn of<O: Watching>(of: Played<'a>, session: &Session<'_, O>, debrief: &'a Debrief) -> Self {
        let injects = of.setup.exercise.injects.iter().zip(session.injects());
        let came = injects
            .filter_map(|(inject, fate)| Some((fate.come?.day(), format!("{}, from {}", inject.id, inject.from))));
        AfterAction {
            of,
            debrief,
            made: session.made().map(|(id, made)| (id, made.clone())).collect(),
            injects: came.collect(),
            evidence: Evidence::of(session),
            minutes: (0..of.setup.exercise.modules.len())
                .map(|module| session.room().module(module))
                .map(|time| (time.played.minutes(), time.talked.minutes()))
                .collect(),
        }
    }

    /// Lines that the session calls for.
    pub(crate) fn draft(&self) -> Vec<Improvement> {
        plan::draft(self.of.setup, self.debrief, &self.evidence)
    }

    /// Lines as people edit them in a spreadsheet.
    pub(crate) fn csv(&self, lines: &[Improvement]) -> String {
        plan::csv(self.of.setup, lines)
    }

    /// The report with a plan, whose safeguards were tried. It is a draft until somebody says that it is final.
    pub(crate) fn html(&self, lines: &[Improvement], tried: &[Improved], is_final: bool) -> String {
        let exercise = &self.of.setup.exercise;
        let body = html! {
            section { p.minor { "Handle as " (exercise.handling.label()) ". Show it to those who need it to mend what it names; \
                it tells what was true in the story, so not to anybody who will still play it." } }
            (overview(&Public::of(exercise)))
            (self.summary(lines, tried))
            (self.ratings())
            @for objective in (0..exercise.objectives.len()).map(ObjectiveId::from_index) { (self.objective(objective)) }
            (plan::appendix(self.of.setup, lines, tried))
            (self.participants())
            (self.events())
        };
        let handout = Handout {
            title: &exercise.title,
            document: "After-action report and improvement plan",
            edition: if is_final { "" } else { "DRAFT" },
            handling: exercise.handling,
            lead: "",
            origin: &self.of.origin(),
        };
        handout.page(&body)
    }

    /// Who reads nothing else reads this.
    fn summary(&self, lines: &[Improvement], tried: &[Improved]) -> Markup {
        let setup = self.of.setup;
        let rated = self.evidence.objectives.iter().filter(|it| it.rated.is_some()).count();
        let seen: usize = self.evidence.objectives.iter().map(|it| it.seen.len()).sum();
        let strengths: usize = self.evidence.objectives.iter().map(|it| it.strengths().count()).sum();
        let shown = self.debrief.decisions.iter().filter(|looked| better(looked).is_some()).count();
        html! {
            section {
                h2 { "Executive summary" }
                p { (words::lead(setup, self.debrief)) }
                p { "Evaluators rated " (rated) " of " (counted(setup.exercise.objectives.len() as u64, "objective", "objectives"))
                    " and noted " (counted(seen as u64, "observation", "observations")) ": " (strengths)
                    " without challenges, " (seen - strengths) " to improve. Of "
                    (counted(self.debrief.decisions.len() as u64, "decision", "decisions"))
                    ", " (shown) " are shown to be worse than another choice by what their seat knew." }
                @for sentence in words::luck(setup, self.debrief).iter().take(1) { p { (sentence) } }
                p { "The improvement plan has " (counted(lines.len() as u64, "line", "lines")) "; "
                    (counted(tried.len() as u64, "safeguard", "safeguards")) " of it "
                    (if tried.len() == 1 { "was" } else { "were" }) " tried under the same luck." }
            }
        }
    }

    fn ratings(&self) -> Markup {
        let exercise = &self.of.setup.exercise;
        html! {
            section {
                h2 { "Table 1: analysis of core capabilities" }
                div.table { table {
                    thead { tr { th { "objective" } th { "core capability" } @for rating in Rating::ALL { th { (rating.words()) " (" (rating.letter()) ")" } } } }
                    tbody { @for (objective, found) in exercise.objectives.iter().zip(&self.evidence.objectives) { tr {
                        td { (objective.text) } td { (objective.capability) }
                        @for rating in Rating::ALL {
                            td { @if found.rated.as_ref().is_some_and(|(own, _)| *own == rating) { (rating.letter()) } }
                        }
                    } } }
                } }
                p.minor { "People rate; the program does not. A row without a letter was not rated." }
                (definitions())
            }
        }
    }

    fn objective(&self, id: ObjectiveId) -> Markup {
        let (setup, exercise) = (self.of.setup, &self.of.setup.exercise);
        let (objective, found) = (&exercise.objectives[id.index()], &self.evidence.objectives[id.index()]);
        let to_mend: Vec<_> = decisions(setup, self.debrief, id).filter(|looked| better(looked).is_some()).collect();
        html! {
            section {
                h2 { (objective.text) }
                p { "Core capability: " (objective.capability) ". "
                    @match &found.rated {
                        Some((rating, why)) => {
                            "Rated " (rating.letter()) ", " (rating.words()) @if let Some(why) = why { ": " (why) } "."
                        }
                        None => "Not rated.",
                    }
                }
                h3 { "Strengths" }
                @if found.strengths().next().is_none() { p { "None was noted." } }
                ol { @for seen in found.strengths() { li { (seen.text) " (" (seen.task) ")" } } }
                h3 { "Areas for improvement" }
                @if found.areas().next().is_none() && found.reason().is_none() && to_mend.is_empty() { p { "None was noted." } }
                ol {
                    @if let Some((rating, why)) = found.reason() { li { (why) " (" (rating.letter()) ", of the objective as a whole)" } }
                    @for seen in found.areas() { li {
                        (seen.text) " (" (seen.rating.letter()) ")"
                        br; "Reference: " (if seen.plan.is_empty() { "none named" } else { &seen.plan })
                        br; "Analysis: the task was to " (lower(&seen.task)) ", for the target: " (lower(&seen.target)) "."
                    } }
                    @for looked in &to_mend { li {
                        (judged(setup, looked))
                        br; "Reference: the simulation, by what the seat knew"
                        br; "Analysis: under the session's own luck: " (words::realised(setup, looked))
                    } }
                }
                h3 { "What the simulation says of its decisions" }
                @if decisions(setup, self.debrief, id).next().is_none() { p { "No decision practised it." } }
                ul { @for looked in decisions(setup, self.debrief, id) { li { (judged(setup, looked)) } } }
            }
        }
    }

    fn participants(&self) -> Markup {
        let exercise = &self.of.setup.exercise;
        html! {
            section {
                h2 { "Appendix B: exercise participants" }
                div.table { table {
                    thead { tr { th { "seat" } th { "organization" } th { "who sat there, as the room called them" } } }
                    tbody { @for (seat, sat) in exercise.seats.iter().zip(&self.evidence.sat) { tr {
                        td { (seat.title) } td { (seat.organisation) }
                        td { (if sat.is_empty() { "not noted".to_owned() } else { sat.join(", then ") }) }
                    } } }
                } }
                p.minor { "Decisions are a seat's, and ratings the team's; nothing in this report is about a person." }
            }
        }
    }

    fn events(&self) -> Markup {
        let exercise = &self.of.setup.exercise;
        let mut rows: Vec<(u64, u8, String)> =
            self.injects.iter().map(|(day, inject)| (*day, 0, format!("inject {inject}"))).collect();
        rows.extend(self.made.iter().map(|(id, made)| {
            let decision = &exercise.decisions[id.index()];
            let why = made.why.as_ref().map_or(String::new(), |why| format!(" — {why}"));
            let whose = if made.overridden { " (by the facilitator)" } else { "" };
            (made.at.day(), 1, format!("decision {}: {}{whose}{why}", decision.id, decision.choices[made.choice].id))
        }));
        rows.sort();
        let scenario = &exercise.scenario;
        html! {
            section {
                h2 { "Appendix C: events and the end" }
                div.table { table {
                    thead { tr { th { "day" } th { "what" } } }
                    tbody { @for (day, _, what) in rows { tr { td { (day) } td { (what) } } } }
                } }
                @if !self.evidence.handled.is_empty() {
                    h3 { "What the facilitator did with injects" }
                    ul { @for (clock, text) in &self.evidence.handled { li { (format!("{:.0} min: ", clock.minutes())) (text) } } }
                }
                @if !self.evidence.notes.is_empty() {
                    h3 { "Notes" }
                    ul { @for (clock, text) in &self.evidence.notes { li { (format!("{:.0} min: ", clock.minutes())) (text) } } }
                }
                h3 { "Time of the room" }
                div.table { table {
                    thead { tr { th { "module" } th { "planned" } th { "played" } th { "talked, with the clock stopped" } } }
                    tbody { @for (module, (played, talked)) in exercise.modules.iter().zip(&self.minutes) { tr {
                        td { (module.title) } td { (format!("{:.0} min", module.takes.minutes())) }
                        td { (format!("{played:.0} min")) } td { (format!("{talked:.0} min")) }
                    } } }
                } }
                h3 { "How the story ended" }
                div.table { table { tbody { @for measure in KEY_MEASURES.into_iter().filter(|m| tables::applies(scenario, *m)) { tr {
                    th { (measure.label()) } td { (tables::value(&self.debrief.outcome, measure)) }
                } } } } }
                p.minor { (prices(self.of.setup)) }
            }
        }
    }
}

/// Safeguards that lines name, each once.
pub(crate) fn named(lines: &[Improvement]) -> Vec<SafeguardId> {
    plan::named(lines)
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
