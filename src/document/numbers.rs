//! The numbers that a document states, each with how well it is known: what a conclusion may hang on.

use std::collections::BTreeMap;

use super::convert::Place;
use super::tree::{Kind, Node, Tree};
use super::uncertain::Uncertain;
use super::{Diagnostics, Document, Path, Segment};
use crate::model::Grade;

/// A number of the world, as a document states it.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// The path of ids to it; elements without a name are counted.
    pub path: Path,
    /// The variant that it is written with, such as `Percent`; empty for a shape or a count.
    pub unit: String,
    /// The number.
    pub value: f64,
    /// How well it is known: as its assumption says, or as the document says of all others.
    pub grade: Grade,
    /// Its assumption, if it has one: its place in [`Scenario::assumptions`](crate::model::Scenario::assumptions).
    pub assumption: Option<usize>,
}

/// Sections whose numbers are asked for, chosen, or only drawn on a map, and so rest on nothing.
const NOT_OF_THE_WORLD: [&str; 5] = ["format", "calendar", "zones", "options", "assumptions"];

impl Uncertain {
    /// All numbers of the world that are written in the document and in what it includes, in the order of the text.
    /// What is left out of the document takes defaults, which are not here, and nor are the numbers of the library.
    pub fn numbers(&self) -> Vec<Number> {
        let assumed: BTreeMap<Place, usize> =
            self.places.iter().enumerate().map(|(nth, places)| (places.number, nth)).collect();
        let mut numbers = Vec::new();
        for (file, source) in self.texts().iter().enumerate() {
            let Some(document) = Document::read(source, &mut Diagnostics::new()) else { continue };
            let tree = document.tree();
            let sections =
                tree.content().children().filter(|child| child.id.is_none_or(|id| !NOT_OF_THE_WORLD.contains(&id)));
            for section in sections {
                written(tree, section.value, "", &mut |node, unit, value| {
                    let assumption = assumed.get(&Place { file, span: node.span }).copied();
                    let grade = assumption
                        .map_or(self.scenario().unsourced_numbers, |nth| self.scenario().assumptions[nth].grade);
                    numbers.push(Number {
                        path: tree.path_at(node.span),
                        unit: unit.to_owned(),
                        value,
                        grade,
                        assumption,
                    });
                });
            }
        }
        numbers
    }
}

/// Calls `found` for each number within a node, with the variant that it is written with. Depth is bounded by the scanner.
fn written<'t>(tree: &Tree, node: &'t Node, unit: &'t str, found: &mut dyn FnMut(&Node, &str, f64)) {
    match &node.kind {
        Kind::Number(value) => found(node, unit, *value),
        Kind::Tuple { name: Some(name), items } if items.len() == 1 => written(tree, &items[0], &name.text, found),
        _ => match tree.json_variant(node) {
            Some((name, value, _)) => written(tree, value, name, found),
            None => node.children().for_each(|child| written(tree, child.value, "", found)),
        },
    }
}

impl Number {
    /// As it is written in the document: `Percent(30)`.
    pub fn shown(&self) -> String {
        if self.unit.is_empty() { self.value.to_string() } else { format!("{}({})", self.unit, self.value) }
    }

    /// Its section, the entry in that section, and the way from there.
    pub fn place(&self) -> (String, String, String) {
        let text = |segment: &Segment| match segment {
            Segment::Id(id) => id.clone(),
            Segment::Nth(n) => format!("#{n}"),
        };
        let mut steps = self.path.segments().iter().map(text);
        let (section, entry) = (steps.next().unwrap_or_default(), steps.next().unwrap_or_default());
        (section, entry, steps.collect::<Vec<_>>().join("."))
    }
}
