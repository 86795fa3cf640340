//! A table of worlds, options, costs and effects from elsewhere, read from a CSV with all its problems at once.
//!
//! The first line names the columns, in any order: `world`, `option`, `cost`, and `effect` (more is better) or `loss`
//! (less is better). Each further line is an option in a world. With a column `replication` a world may have several
//! runs. A column `input:NAME` holds the value of an uncertain input in the line's world. Other columns are not read.

use std::collections::BTreeMap;
use std::io::Read;

use super::clip;
use super::defect::{DefectKind, DefectReport};
use super::row_problem::{Problems, Refused};
use super::table::{Column, Limits, Table};

/// The most rows that are read.
pub const MOST_ROWS: u64 = 1_000_000;
/// The most options that a table may have.
pub const MOST_OPTIONS: usize = 100;

/// What a table says. Every option is in every run of every world.
#[derive(Clone, Debug, PartialEq)]
pub struct PsaTable {
    /// Names of the options, in the order in which they are first named.
    pub options: Vec<String>,
    /// Names of the worlds, in the order in which they are first named.
    pub worlds: Vec<String>,
    /// Runs of each world; 1 each without a column `replication`.
    pub runs: Vec<usize>,
    /// Whether there is a column `replication`.
    pub replicated: bool,
    /// Costs: world after world one row a run, with one value an option.
    pub cost: Vec<Vec<f64>>,
    /// Effects or losses, in the same order.
    pub outcome: Vec<Vec<f64>>,
    /// Whether the outcomes are losses.
    pub losses: bool,
    /// Uncertain inputs.
    pub inputs: Vec<PsaInput>,
    /// Columns that were not read.
    pub not_read: Vec<String>,
}

/// An uncertain input.
#[derive(Clone, Debug, PartialEq)]
pub struct PsaInput {
    /// Its name, without `input:`.
    pub name: String,
    /// Its value in each world.
    pub values: Vec<f64>,
}

/// At most 64 MiB and [`MOST_ROWS`].
pub fn limits() -> Limits {
    Limits { rows: MOST_ROWS, ..Limits::default() }
}

/// Reads a table.
pub fn read_psa_table<R: Read>(source: R, limits: Limits) -> Result<PsaTable, Refused> {
    let mut table = Table::open(source, limits)?;
    let mut problems = Problems::default();
    let (columns, not_read) = Columns::of(&table, &mut problems);
    let Some(columns) = columns else { return Err(problems.into()) };
    let (mut worlds, mut options, mut replications) = (Names::default(), Names::default(), Names::default());
    let mut lines: Vec<Line> = Vec::new();
    // Of each world: the line that named it first, and its inputs there.
    let mut first: Vec<(u64, Vec<f64>)> = Vec::new();
    let mut defects = DefectReport::default();
    while let Some(row) = table.next(&mut defects)? {
        let mut number = |column: &Column| {
            let found = row.text(column).parse().ok().filter(|value: &f64| value.is_finite());
            if found.is_none() {
                let (name, text) = (clip(column.name(), 40), clip(row.text(column), 40));
                problems.note(row.line, format!("{name} is `{text}`, and must be a finite number"));
            }
            found
        };
        let (cost, outcome) = (number(&columns.cost), number(&columns.outcome));
        let inputs: Option<Vec<f64>> = columns.inputs.iter().map(|(_, column)| number(column)).collect();
        let mut name = |column: &Column| {
            let text = row.text(column);
            if text.is_empty() {
                problems.note(row.line, format!("{} is empty; give it a name", column.name()));
            }
            (!text.is_empty()).then_some(text)
        };
        let (world, option) = (name(&columns.world), name(&columns.option));
        let replication = columns.replication.as_ref().map_or(Some(""), &mut name);
        let (Some(world), Some(option), Some(replication)) = (world, option, replication) else { continue };
        let (world, option) = (worlds.place(world), options.place(option));
        if let Some(inputs) = inputs {
            match first.get(world) {
                None if first.len() == world => first.push((row.line, inputs)),
                None => {}
                Some((line, known)) => {
                    let differs = known.iter().zip(&inputs).position(|(a, b)| a != b && !(a.is_nan() || b.is_nan()));
                    if let Some(at) = differs {
                        let input = clip(&columns.inputs[at].0, 40);
                        problems.note(
                            row.line,
                            format!("input `{input}` is another than in line {line}, which is in the same world"),
                        );
                    }
                }
            }
        } else if first.len() == world {
            // Told of above. The world is not to be compared with anything.
            first.push((row.line, vec![f64::NAN; columns.inputs.len()]));
        }
        let values = cost.zip(outcome).unwrap_or((f64::NAN, f64::NAN));
        lines.push(Line { world, replication: replications.place(replication), option, line: row.line, values });
    }
    for (kind, place, defect) in defects.iter() {
        let what = match kind {
            DefectKind::Ragged => "more or fewer fields than the first line".to_owned(),
            _ => format!("bytes in `{}` that are not UTF-8", clip(place, 40)),
        };
        problems.note(defect.first_line, format!("{what} (rows like this: {})", defect.count));
    }
    if lines.is_empty() && problems.is_empty() {
        problems.note(1, "there is no row below the first line".to_owned());
    }
    if options.list.len() > MOST_OPTIONS {
        problems.note(1, format!("{} options; at most {MOST_OPTIONS} are compared", options.list.len()));
    } else {
        find_gaps(&mut lines, &worlds, &options, &mut problems);
    }
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let mut runs = vec![0; worlds.list.len()];
    let rows: Vec<&[Line]> = lines.chunks_exact(options.list.len()).collect();
    rows.iter().for_each(|row| runs[row[0].world] += 1);
    let part = |pick: fn(&Line) -> f64| rows.iter().map(|row| row.iter().map(pick).collect()).collect();
    let inputs = columns.inputs.iter().enumerate();
    Ok(PsaTable {
        cost: part(|line| line.values.0),
        outcome: part(|line| line.values.1),
        losses: columns.losses,
        replicated: columns.replication.is_some(),
        inputs: inputs
            .map(|(at, (name, _))| PsaInput {
                name: name.clone(),
                values: first.iter().map(|(_, values)| values[at]).collect(),
            })
            .collect(),
        runs,
        not_read,
        options: options.list,
        worlds: worlds.list,
    })
}

/// Sorts the lines by world, replication and option, and notes what is there twice or not at all.
fn find_gaps(lines: &mut [Line], worlds: &Names, options: &Names, problems: &mut Problems) {
    lines.sort_by_key(|line| (line.world, line.replication, line.option, line.line));
    for run in lines.chunk_by(|a, b| (a.world, a.replication) == (b.world, b.replication)) {
        let mut there = vec![false; options.list.len()];
        let world = clip(&worlds.list[run[0].world], 40);
        let mut at = run[0].line;
        for line in run {
            let option = clip(&options.list[line.option], 40);
            if std::mem::replace(&mut there[line.option], true) {
                problems.note(line.line, format!("option `{option}` is in world `{world}` a second time"));
            }
            at = at.min(line.line);
        }
        for option in (0..there.len()).filter(|option| !there[*option]) {
            let option = clip(&options.list[option], 40);
            problems.note(at, format!("world `{world}` has no line for option `{option}`"));
        }
    }
}

/// Where things stand in a row.
struct Columns {
    world: Column,
    option: Column,
    replication: Option<Column>,
    cost: Column,
    outcome: Column,
    losses: bool,
    inputs: Vec<(String, Column)>,
}

/// What begins the name of an input's column.
const INPUT: &str = "input:";

impl Columns {
    /// The columns, if none is missing, and the names of those that are not read.
    fn of<R: Read>(table: &Table<R>, problems: &mut Problems) -> (Option<Columns>, Vec<String>) {
        let has = |name: &str| table.header().iter().any(|column| column == name);
        let mut column = |name: &str| table.column(name).map_err(|error| problems.note(1, error.to_string())).ok();
        let (world, option, cost) = (column("world"), column("option"), column("cost"));
        let losses = has("loss") && !has("effect");
        let outcome = column(if losses { "loss" } else { "effect" });
        let replication = if has("replication") { column("replication").map(Some) } else { Some(None) };
        let named: Vec<&String> = table.header().iter().filter(|name| name.starts_with(INPUT)).collect();
        let inputs: Option<Vec<(String, Column)>> = named
            .into_iter()
            .map(|name| column(name).map(|column| (name[INPUT.len()..].trim().to_owned(), column)))
            .collect();
        if has("loss") && has("effect") {
            problems.note(1, "there are columns `effect` and `loss`; keep one of them".to_owned());
        }
        if inputs.iter().flatten().any(|(name, _)| name.is_empty()) {
            problems.note(1, "a column is called `input:` without a name after it".to_owned());
        }
        let ours = ["world", "option", "replication", "cost", "effect", "loss"];
        let is_ours = |name: &&String| ours.contains(&name.as_str()) || name.starts_with(INPUT);
        let not_read = table.header().iter().filter(|name| !is_ours(name)).cloned().collect();
        if !problems.is_empty() {
            return (None, not_read);
        }
        let (Some(world), Some(option), Some(cost), Some(outcome)) = (world, option, cost, outcome) else {
            return (None, not_read);
        };
        let (Some(replication), Some(inputs)) = (replication, inputs) else { return (None, not_read) };
        (Some(Columns { world, option, replication, cost, outcome, losses, inputs }), not_read)
    }
}

struct Line {
    world: usize,
    replication: usize,
    option: usize,
    line: u64,
    values: (f64, f64),
}

/// Names in the order of first mention.
#[derive(Default)]
struct Names {
    list: Vec<String>,
    places: BTreeMap<String, usize>,
}

impl Names {
    fn place(&mut self, name: &str) -> usize {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        self.places.insert(name.to_owned(), self.list.len());
        self.list.push(name.to_owned());
        self.list.len() - 1
    }
}

#[cfg(test)]
#[path = "psa_table_tests.rs"]
mod tests;
