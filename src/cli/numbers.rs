//! What a scenario's numbers rest on, for `airside check`: its assumptions, and every illustrative number.

use serde_json::{Value, json};

use crate::cli::screen::Screen;
use crate::document::{Number, Segment, Uncertain};
use crate::model::{Assumption, Grade, Range};
use crate::report::{counted, tables};

/// The assumptions; the illustrative numbers too, or how many there are.
pub(crate) fn print(uncertain: &Uncertain, every: bool, screen: &Screen) {
    let scenario = uncertain.scenario();
    screen.line(format_args!(
        "  numbers without an entry under assumptions are graded {}",
        scenario.unsourced_numbers.name()
    ));
    if !scenario.assumptions.is_empty() {
        screen.line("  assumptions (runs take the written value; --draws W draws from the ranges):");
        for a in &scenario.assumptions {
            let (written, range) = (a.shown(a.written), tables::range(a));
            screen.line(format_args!("    {}  {written}  {range}  {}  {}", a.path, a.grade.name(), a.source));
        }
    }
    let numbers: Vec<Number> = illustrative(uncertain).collect();
    let sections = sections(&numbers);
    let what = counted(numbers.len() as u64, "illustrative number", "illustrative numbers");
    if !every {
        let parts: Vec<String> = sections.iter().map(|(name, numbers)| format!("{name} {}", numbers.len())).collect();
        let parts = if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
        screen.line(format_args!("  {what}{parts} (--numbers lists them)"));
        return;
    }
    screen.line(format_args!("  {what}, besides defaults and what comes from the library:"));
    for (section, numbers) in sections {
        screen.line(format_args!("    {section}"));
        for (entry, said) in entries(numbers) {
            screen.line(format_args!("      {entry}  {}", said.join(", ")));
        }
    }
}

/// The same for machines.
pub(crate) fn record(file: &str, uncertain: &Uncertain, every: bool) -> Value {
    let scenario = uncertain.scenario();
    let numbers: Vec<Number> = illustrative(uncertain).collect();
    let mut record = json!({
        "file": file,
        "unsourced_numbers": scenario.unsourced_numbers.name(),
        "assumptions": scenario.assumptions.iter().map(assumption).collect::<Vec<Value>>(),
        "illustrative_numbers": numbers.len(),
    });
    if let (true, Value::Object(record)) = (every, &mut record) {
        let one = |n: &Number| json!({"path": n.path.to_string(), "value": n.value, "unit": n.unit});
        record.insert("illustrative".into(), numbers.iter().map(one).collect());
    }
    record
}

fn assumption(a: &Assumption) -> Value {
    let range = match a.range {
        Range::AsWritten => json!({"kind": "AsWritten"}),
        Range::Uniform { low, high } => json!({"kind": "Uniform", "low": low, "high": high}),
        Range::Triangular { low, mode, high } => json!({"kind": "Triangular", "low": low, "mode": mode, "high": high}),
        Range::Pert { low, mode, high } => json!({"kind": "Pert", "low": low, "mode": mode, "high": high}),
    };
    json!({
        "path": a.path,
        "value": a.written,
        "unit": a.unit.name(),
        "whole": a.whole,
        "range": range,
        "grade": a.grade.name(),
        "source": a.source,
    })
}

fn illustrative(uncertain: &Uncertain) -> impl Iterator<Item = Number> {
    uncertain.numbers().into_iter().filter(|number| number.grade == Grade::Illustrative)
}

/// Numbers by section, in the order of the document.
fn sections(numbers: &[Number]) -> Vec<(String, &[Number])> {
    numbers.chunk_by(|a, b| a.place().0 == b.place().0).map(|same| (same[0].place().0, same)).collect()
}

/// The entries of a section with their numbers. Numbers of a plain list stand together.
fn entries(numbers: &[Number]) -> Vec<(String, Vec<String>)> {
    let in_list = |number: &Number| matches!(number.path.segments().last(), Some(Segment::Nth(_)));
    let together = |a: &Number, b: &Number| in_list(a) && in_list(b) && a.path.parent() == b.path.parent();
    let said = |same: &[Number]| {
        let values: Vec<String> = same.iter().map(Number::shown).collect();
        let rest = same[0].place().2;
        let rest = if in_list(&same[0]) { rest.rsplit_once('.').map_or("", |(list, _)| list) } else { rest.as_str() };
        format!("{rest} {}", values.join(" ")).trim_start().to_owned()
    };
    let of_entry = |same: &[Number]| (same[0].place().1, same.chunk_by(together).map(said).collect());
    numbers.chunk_by(|a, b| a.place().1 == b.place().1).map(of_entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{NoFiles, Source, load_uncertain};

    #[test]
    fn every_illustrative_number_is_named_once_and_no_other() {
        let text = include_str!("../../scenarios/lakeside/lakeside.scenario.ron");
        let uncertain = load_uncertain(&Source::new("lakeside.ron", text), &NoFiles).0.unwrap();
        let numbers: Vec<Number> = illustrative(&uncertain).collect();
        let paths: Vec<String> = numbers.iter().map(|n| n.path.to_string()).collect();
        let has = |path: &str| paths.iter().any(|own| own == path);
        assert!(has("layers.seal-check.method.catches") && has("stations.sort.staff"), "{paths:?}");
        assert!(!has("desk.believes_at_start"), "it is a judgement");
        assert!(!paths.iter().any(|path| path.starts_with("calendar") || path.starts_with("assumptions")), "{paths:?}");
        let mut once = paths.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), paths.len());
        let sections = sections(&numbers);
        assert_eq!(sections.iter().map(|(_, numbers)| numbers.len()).sum::<usize>(), paths.len());
        let stations = entries(sections.iter().find(|(name, _)| name == "stations").unwrap().1);
        let sort = stations.iter().find(|(entry, _)| entry == "sort").unwrap();
        assert!(sort.1[0].starts_with("staff Always("), "{stations:?}");
    }

    #[test]
    fn a_plain_list_stands_together() {
        let number = |path: crate::document::Path, value| Number {
            path,
            unit: String::new(),
            value,
            grade: Grade::Illustrative,
            assumption: None,
        };
        let list = crate::document::Path::parse("traffic.web.flights.months");
        let numbers =
            [number(list.nth(1), 0.9), number(list.nth(2), 1.1), number(list.parent().unwrap().child("rate"), 8.0)];
        let said = entries(&numbers);
        assert_eq!(said, [("web".to_owned(), vec!["flights.months 0.9 1.1".to_owned(), "flights.rate 8".to_owned()])]);
    }
}
