//! The improvement plan: drafted from what was seen, edited by people, and tried where a line names a safeguard.

use maud::{Markup, html};

use super::evidence::{Evidence, better, judged};
use crate::chart::number::{Interval as Range, euro, euro_interval};
use crate::exercise::{Debrief, Improved, Setup, TRIED_IN};
use crate::model::{Element, Improvement, ObjectiveId, Safeguard, SafeguardId, Then};
use crate::report::counted;
use crate::report::many::csv_text;
use crate::report::pack::guarded;
use crate::report::played::signed;

/// What a session calls for: a line for everything that evaluators did not rate without challenges, and for each decision
/// that is shown to be worse than another by what was known.
pub(super) fn draft(setup: &Setup, debrief: &Debrief, evidence: &Evidence) -> Vec<Improvement> {
    let mut lines = Vec::new();
    for (i, found) in evidence.objectives.iter().enumerate() {
        let objective = ObjectiveId::from_index(i);
        let line = |issue: String, reference: &str| Improvement {
            objective,
            issue,
            reference: reference.to_owned(),
            action: String::new(),
            element: None,
            owner: String::new(),
            contact: String::new(),
            start: String::new(),
            done_by: String::new(),
            safeguard: None,
        };
        lines.extend(found.areas().map(|seen| line(format!("{}: {}", seen.task, seen.text), &seen.plan)));
        lines.extend(found.reason().map(|(_, why)| line(why.to_owned(), "")));
        for looked in super::evidence::decisions(setup, debrief, objective) {
            let Some(better) = better(looked) else { continue };
            let decision = &setup.exercise.decisions[looked.expected.decision.index()];
            let bought = decision.choices[better].does.iter().find_map(|deed| match deed {
                Then::Buy(safeguard) => Some(*safeguard),
                Then::Respond(_) => None,
            });
            lines.push(Improvement { safeguard: bought, ..line(judged(setup, looked), "") });
        }
    }
    lines
}

/// Lines as people edit them in a spreadsheet.
pub(super) fn csv(setup: &Setup, lines: &[Improvement]) -> String {
    let exercise = &setup.exercise;
    let mut out = Improvement::COLUMNS.join(",") + "\n";
    for line in lines {
        let objective = &exercise.objectives[line.objective.index()];
        let safeguard = line.safeguard.map_or("", |id| &exercise.scenario.safeguards[id.index()].id);
        let cells: [&str; Improvement::COLUMNS.len()] = [
            &objective.id,
            &objective.capability,
            &line.issue,
            &line.reference,
            &line.action,
            line.element.map_or("", Element::name),
            &line.owner,
            &line.contact,
            &line.start,
            &line.done_by,
            safeguard,
        ];
        out.push_str(&cells.map(|cell| csv_text(&guarded(cell))).join(","));
        out.push('\n');
    }
    out
}

/// Safeguards that lines name, each once, in the scenario's order.
pub(super) fn named(lines: &[Improvement]) -> Vec<SafeguardId> {
    let mut all: Vec<SafeguardId> = lines.iter().filter_map(|line| line.safeguard).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The plan on a page.
pub(super) fn appendix(setup: &Setup, lines: &[Improvement], tried: &[Improved]) -> Markup {
    let exercise = &setup.exercise;
    html! {
        section {
            h2 { "Appendix A: improvement plan" }
            @if lines.is_empty() {
                p { "No line yet. Nothing was rated below P, and no decision is shown to be worse than another by what was known. \
                    Add what the hot wash found to improvement-plan.csv." }
            } @else {
                p { (assigned(lines)) }
                div.table { table {
                    thead { tr {
                        th { "core capability" } th { "issue or area for improvement" } th { "corrective action" }
                        th { "capability element" } th { "primary responsible organization" } th { "organization POC" }
                        th { "start date" } th { "completion date" }
                    } }
                    tbody { @for line in lines {
                        @let objective = &exercise.objectives[line.objective.index()];
                        tr {
                            td { (objective.capability) " (" (objective.id) ")" }
                            td { (line.issue) @if !line.reference.is_empty() { br; "Reference: " (line.reference) } }
                            td { (open(&line.action)) @if let Some(id) = line.safeguard {
                                br; "Safeguard: " (exercise.scenario.safeguards[id.index()].name())
                            } }
                            td { (line.element.map_or("open", Element::name)) }
                            td { (open(&line.owner)) } td { (open(&line.contact)) }
                            td { (open(&line.start)) } td { (open(&line.done_by)) }
                        }
                    } }
                } }
            }
            @for improved in tried { (effect(setup, improved)) }
            (offered(setup))
        }
    }
}

/// What a safeguard would have done.
fn effect(setup: &Setup, improved: &Improved) -> Markup {
    let safeguard = &setup.exercise.scenario.safeguards[improved.safeguard.index()];
    html! {
        h3 { "Tried under the same luck: " (safeguard.name()) }
        p { (verdict(improved)) }
        div.table { table {
            thead { tr { th { "world" } th { "this story, under its own luck" }
                th { "mean of " (TRIED_IN) " other stories" } } }
            tbody { @for (pair, (_, more)) in improved.same_luck.iter().zip(&improved.more) { tr {
                td { (pair.world.name()) }
                td { (signed(pair.more(setup))) }
                td { (signed(more.iter().sum::<f64>() / more.len().max(1) as f64)) }
            } } }
        } }
    }
}

/// The finding on a safeguard; it hedges where the interval spans 0.
pub(super) fn verdict(improved: &Improved) -> String {
    let about = "In this model, had it been in force from day 0 with the room's decisions as they were,";
    let of = format!("over {TRIED_IN} other stories of each world, worlds weighted as they are drawn");
    let Some((mean, interval)) = improved.mean else { return format!("{about} nothing can be said.") };
    let saves = euro_interval(Range { low: -interval.high, mid: -mean, high: -interval.low });
    let costs = euro_interval(Range { low: interval.low, mid: mean, high: interval.high });
    if interval.low == 0.0 && interval.high == 0.0 {
        format!("{about} no story would have ended otherwise ({of}).")
    } else if interval.high < 0.0 {
        format!("{about} stories would have ended better by {saves}, its own price paid ({of}).")
    } else if interval.low > 0.0 {
        format!("{about} stories would have ended worse by {costs}, its own price included ({of}).")
    } else {
        format!("{about} no difference is shown: {costs} more, its own price included ({of}).")
    }
}

/// Safeguards that a line can name.
fn offered(setup: &Setup) -> Markup {
    let money = |it: &Safeguard| {
        let (once, yearly) = (euro(it.once.as_euro()), euro(it.yearly.as_euro()));
        format!("{once} once, {yearly} a year, paid by {}", it.paid_by.name())
    };
    html! {
        h3 { "Safeguards that a line can name" }
        p.minor { "Write one of these into the column Safeguard of improvement-plan.csv and make the debrief again: the line \
            is then tried as above. A safeguard stands for an action only as far as its description fits." }
        ul { @for safeguard in &setup.exercise.scenario.safeguards {
            li { code { (safeguard.id) } @if let Some(title) = &safeguard.title { " " (title) } ": " (money(safeguard)) }
        } }
    }
}

fn assigned(lines: &[Improvement]) -> String {
    let open = lines.iter().filter(|line| !line.is_assigned()).count() as u64;
    let n = counted(lines.len() as u64, "line", "lines");
    match open {
        0 => format!("{n}, each with an action, an organization and a date."),
        _ => format!("{n}; {open} of them have no action, no organization or no date yet: nobody will mend those."),
    }
}

fn open(text: &str) -> &str {
    if text.is_empty() { "open" } else { text }
}
