//! A run explained for people: each measure's terms, and the chains of events behind them.

mod chains;
mod desk;
mod json;
mod known;
mod words;

use crate::chart::number::count;
use crate::measure::{Amount, Explained, Explanation, Fault, Faulty, Measure, Outcome, Part, Reading, Term};
use crate::model::Scenario;
use crate::report::names::{Names, counted};
use crate::report::tables;

pub(crate) use json::json;

/// A row of text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Row {
    /// Room.
    Gap,
    /// What the next rows are about.
    Title(String),
    /// The same, within a part.
    Subtitle(String),
    /// An amount and what it is.
    Term(String, String),
    /// A day and what happened.
    Event(String, String),
    /// A remark.
    Note(String),
}

/// A run, what it came to, and why.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run<'e> {
    pub(crate) scenario: &'e Scenario,
    pub(crate) outcome: &'e Outcome,
    pub(crate) explanation: &'e Explanation,
}

/// Rows of terms that are shown of a measure unless it is asked for.
const FEW: usize = 4;

/// Every measure with its largest terms, then goods, desk and catalogue in short.
pub(crate) fn overview(e: &Run<'_>) -> Vec<Row> {
    let names = Names(e.scenario);
    let mut rows = Vec::new();
    for (title, list) in tables::groups() {
        let list: Vec<Measure> = list.into_iter().filter(|m| tables::applies(e.scenario, *m)).collect();
        if list.is_empty() {
            continue;
        }
        rows.extend([Row::Gap, Row::Title(title.to_owned())]);
        for measure in list {
            let explained = e.explanation.of(measure);
            rows.push(Row::Subtitle(heading(e, explained)));
            rows.extend(few_terms(names, explained));
            rows.extend(explained.notes.iter().take(FEW).map(|note| Row::Note(words::note(names, note))));
        }
    }
    rows.extend(known::rows(names, &e.explanation.known, false));
    rows.extend(chains::rows(names, &e.explanation.items, false));
    rows.extend(desk::rows(names, &e.explanation.desk, false));
    rows
}

/// One measure with all its terms, and what led to them.
pub(crate) fn measure(e: &Run<'_>, measure: Measure) -> Vec<Row> {
    let names = Names(e.scenario);
    let explained = e.explanation.of(measure);
    let mut rows = vec![Row::Gap, Row::Title(heading(e, explained)), Row::Note(measure.definition().to_owned())];
    for (under, sum, terms) in grouped(explained) {
        if let Some(under) = under {
            let text = format!("{} ({})", words::part(names, under), how_many(terms.len()));
            rows.push(Row::Subtitle(format!("{}: {}", text, words::amount(explained, sum))));
        }
        rows.extend(terms.iter().map(|term| row(names, explained, term, false)));
    }
    rows.extend(explained.notes.iter().map(|note| Row::Note(words::note(names, note))));
    match measure {
        Measure::CatalogueShare
        | Measure::FactsKnown
        | Measure::FactsSeen
        | Measure::FactsSeenEstimate
        | Measure::LoggedCoverage => rows.extend(known::rows(names, &e.explanation.known, true)),
        Measure::Altered | Measure::Shipped | Measure::Found | Measure::Latent | Measure::Activated | Measure::Harm => {
            let items = explained.terms.iter().filter_map(|term| match term.part {
                Part::Item(item, _) => Some(e.explanation.items[item.index()].clone()),
                _ => None,
            });
            rows.extend(chains::rows(names, &items.collect::<Vec<_>>(), true));
        }
        Measure::InvestigationDay | Measure::AttributionDay | Measure::Attributed | Measure::WronglyAttributed => {
            rows.extend(desk::rows(names, &e.explanation.desk, true))
        }
        _ => {}
    }
    rows
}

/// Where an explanation went wrong.
pub(crate) fn fault(scenario: &Scenario, fault: &Fault) -> String {
    let what = match fault.of {
        Faulty::Measure(measure) => measure.id().to_owned(),
        Faulty::Belief(operator) => format!("belief in {}", Names(scenario).operator(operator)),
    };
    format!("{what}: reported {:e}, its terms come to {:e}", fault.reported, fault.explained)
}

/// `goods altered: 14 (altered, 14 terms)`.
fn heading(e: &Run<'_>, explained: &Explained) -> String {
    let measure = explained.measure;
    let value = match explained.reading {
        Reading::Cents => words::amount(explained, explained.sum()),
        _ => tables::value(e.outcome, measure),
    };
    let terms = match explained.terms.len() {
        0 => String::new(),
        n => format!(", {}", how_many(n)),
    };
    format!("{}: {value} ({}{terms})", measure.label(), measure.id())
}

fn how_many(terms: usize) -> String {
    counted(terms as u64, "term", "terms")
}

/// Terms by group, in the order in which groups come first.
fn grouped(explained: &Explained) -> Vec<(Option<&Part>, Amount, Vec<&Term>)> {
    let mut groups: Vec<(Option<&Part>, Amount, Vec<&Term>)> = Vec::new();
    for term in &explained.terms {
        match groups.iter_mut().find(|(under, ..)| *under == term.under.as_ref()) {
            Some((_, sum, terms)) => {
                *sum = sum.plus(term.amount);
                terms.push(term);
            }
            None => groups.push((term.under.as_ref(), term.amount, vec![term])),
        }
    }
    groups
}

/// All terms if they are few; else the largest groups, or the largest terms of the only group.
fn few_terms(names: Names<'_>, explained: &Explained) -> Vec<Row> {
    let groups = grouped(explained);
    if explained.terms.len() <= FEW + 1 {
        return explained.terms.iter().map(|term| row(names, explained, term, true)).collect();
    }
    let mut rows: Vec<(Amount, Row)> = match groups.as_slice() {
        // Rounding is no group that could be set beside another.
        [(_, _, terms)] | [(_, _, terms), (None, ..)] => {
            terms.iter().map(|term| (term.amount, row(names, explained, term, true))).collect()
        }
        many => many
            .iter()
            .map(|(under, sum, terms)| match (under, terms.as_slice()) {
                (Some(under), more) if more.len() > 1 => {
                    let text = format!("{} ({})", words::part(names, under), how_many(more.len()));
                    (*sum, Row::Term(words::amount(explained, *sum), text))
                }
                (_, terms) => (*sum, row(names, explained, terms[0], true)),
            })
            .collect(),
    };
    // Of equals the first comes first.
    rows.sort_by(|a, b| b.0.real().abs().total_cmp(&a.0.real().abs()));
    let rest = rows.split_off(FEW.min(rows.len()));
    let mut rows: Vec<Row> = rows.into_iter().map(|(_, row)| row).collect();
    if !rest.is_empty() {
        let sum = rest.iter().fold(Amount::Whole(0), |sum, (amount, _)| sum.plus(*amount));
        rows.push(Row::Term(words::amount(explained, sum), format!("{} more", count(rest.len() as u64))));
    }
    rows
}

/// A term, with the name of its group or without.
fn row(names: Names<'_>, explained: &Explained, term: &Term, with_group: bool) -> Row {
    let text = words::part(names, &term.part);
    let text = match (&term.under, with_group) {
        (Some(under), true) => format!("{}: {text}", words::part(names, under)),
        _ => text,
    };
    Row::Term(words::amount(explained, term.amount), text)
}
