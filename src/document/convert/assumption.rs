//! What the author is not sure of. Ranges are taken from the tree: a range has the unit of the number that it is about.

use std::collections::BTreeMap;

use super::{At, Context};
use crate::document::locate::did_you_mean;
use crate::document::tree::{Kind, Node, Tree};
use crate::document::{Code, Diagnostic, Fields, Path, Span, clip};
use crate::model::{Assumption, Grade, Range, Unit};

/// Steps of the longest path that could lead anywhere.
const MOST_STEPS: usize = 64;

const RANGES: [&str; 4] = ["AsWritten", "Uniform", "Triangular", "Pert"];

/// A number as it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Written<'d> {
    unit: &'d str,
    value: f64,
    /// The number alone, without its unit.
    place: Span,
    /// Something is wrong with it, which has been reported.
    broken: bool,
    /// Only whole numbers are possible.
    whole: bool,
}

/// A piece of one of the documents, which are counted from the one that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) file: usize,
    pub(crate) span: Span,
}

/// Where an assumption stands, and what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Places {
    /// Its key.
    pub(crate) key: Place,
    /// The number, without its unit.
    pub(crate) number: Place,
}

/// The assumptions of all documents, each with its places.
pub(crate) fn convert<'d>(
    context: &mut Context<'d>,
    entries: &[(String, Span, At<'d>)],
) -> Option<Vec<(Assumption, Places)>> {
    let mut taken: BTreeMap<Place, (&str, Place)> = BTreeMap::new();
    let mut read = Vec::with_capacity(entries.len());
    for (key, span, at) in entries {
        let place = Place { file: at.file, span: *span };
        let target = target(context, key, place);
        if let Some((number, _)) = target {
            match taken.get(&number) {
                Some(first) => same_number(context, *first, (key, place)),
                None => {
                    taken.insert(number, (key, place));
                }
            }
        }
        let assumption = assumption(context, key, *at, target.map(|(_, written)| written));
        read.push(assumption.zip(target.map(|(number, _)| Places { key: place, number })));
    }
    read.into_iter().collect()
}

/// Two assumptions about one number: a draw could not obey both.
fn same_number(context: &mut Context, (first, before): (&str, Place), (second, here): (&str, Place)) {
    let message = format!("`{}` is the number that `{}` is about already", clip(second, 80), clip(first, 80));
    let problem = Diagnostic::new(Code::SameNumber, here.span, message).help("remove one of the two");
    let problem = if before.file == here.file { problem.related(before.span, "first here") } else { problem };
    context.push(here.file, problem);
}

/// An assumption: its key, its value at a place, and the number that it is about.
fn assumption<'d>(context: &mut Context<'d>, key: &str, at: At<'d>, target: Option<Written<'d>>) -> Option<Assumption> {
    let documents = context.documents();
    let document = &documents[at.file];
    let tree = document.tree();
    if context.found(at.file).has_error_within(at.node.span) {
        return None;
    }
    let Some((name, name_span)) = variant(tree, at.node) else {
        let help = "write Uniform(low: …, high: …, grade: …, source: \"…\")";
        context.report_head(Code::WrongKind, at, "a range belongs here: AsWritten, Uniform, Triangular or Pert", help);
        return None;
    };
    if !RANGES.contains(&name) {
        let known = RANGES.map(str::to_owned);
        let help = did_you_mean(name, &known, "choices");
        let message = format!("`{}` is not a range", clip(name, 40));
        context.report_span(Code::UnknownChoice, at.file, name_span, message, help);
        return None;
    }
    let mut fields = Fields::of(document.source(), tree, at.node, context.found(at.file))?;
    let needed: &[&'static str] = match name {
        "AsWritten" => &[],
        "Uniform" => &["low", "high"],
        _ => &["low", "mode", "high"],
    };
    let nodes: Vec<Option<&Node>> = needed.iter().map(|field| fields.node(field)).collect();
    let grade = fields.required::<Grade>("grade");
    let source = fields.required::<String>("source");
    fields.finish();
    for (field, node) in needed.iter().zip(&nodes) {
        if node.is_none() {
            let help = format!("add `{field}: …` within these brackets");
            context.report_head(Code::MissingField, at, format!("the field `{field}` is missing"), help);
        }
    }
    let target = target?;
    let mut values = Vec::new();
    for node in nodes {
        values.push(context.bound(At { node: node?, ..at }, target, tree));
    }
    let values = values.into_iter().collect::<Option<Vec<f64>>>()?;
    if values.windows(2).any(|pair| pair[0] > pair[1]) || (values.len() > 1 && values.first() == values.last()) {
        let message = "the range does not rise from low to high";
        let help =
            "put the values in rising order; for a number that is certain write AsWritten(grade: …, source: \"…\")";
        context.report_head(Code::RangeNotRising, at, message, help);
        return None;
    }
    if let (Some(low), Some(high)) = (values.first(), values.last())
        && !target.broken
        && !(*low..=*high).contains(&target.value)
    {
        let message = format!("the number itself, {}, lies outside this range", target.shown());
        context.report_head(Code::OutsideItsRange, at, message, "widen the range or change the number");
    }
    let range = match (name, &values[..]) {
        ("AsWritten", _) => Range::AsWritten,
        ("Uniform", &[low, high]) => Range::Uniform { low, high },
        ("Triangular", &[low, mode, high]) => Range::Triangular { low, mode, high },
        (_, &[low, mode, high]) => Range::Pert { low, mode, high },
        _ => return None,
    };
    Some(Assumption {
        path: key.to_owned(),
        range,
        unit: Unit(target.unit.to_owned()),
        written: target.value,
        whole: target.whole,
        grade: grade?,
        source: source?,
    })
}

impl Context<'_> {
    /// A bound of a range.
    fn bound(&mut self, at: At, target: Written, tree: &Tree) -> Option<f64> {
        let Some(bound) = written(tree, at.node) else {
            let help = format!("write it like the number itself: {}", target.shown());
            self.report(Code::WrongKind, at, format!("a number belongs here, not {}", at.node.called()), help);
            return None;
        };
        if bound.unit != target.unit {
            let message = match target.unit {
                "" => format!("`{}` has a unit; the number itself, {}, has none", self.written(at), target.shown()),
                _ => format!("`{}` has another unit than the number itself, {}", self.written(at), target.shown()),
            };
            self.report(Code::UnitDiffers, at, message, format!("write it in the same unit: {}", target.like()));
            return None;
        }
        if target.whole && bound.value.fract() != 0.0 {
            let message = format!("`{}` is no whole number, and this is a count", self.written(at));
            self.report(Code::WrongKind, at, message, "write whole numbers; whole numbers are drawn between them");
            return None;
        }
        if bound.unit == "Percent" && !(0.0..=100.0).contains(&bound.value) {
            let message = format!("`{}` does not lie between 0 and 100 %", self.written(at));
            self.report(Code::ShareOutOfRange, at, message, "narrow the range");
            return None;
        }
        if bound.value < 0.0 && target.value >= 0.0 {
            let message = format!("`{}` is negative", self.written(at));
            self.report(Code::NumberOutOfRange, at, message, "narrow the range to what is possible");
            return None;
        }
        Some(bound.value)
    }
}

/// The number that a path leads to, in whichever document defines it.
fn target<'d>(context: &mut Context<'d>, key: &str, named: Place) -> Option<(Place, Written<'d>)> {
    let Place { file, span: key_span } = named;
    let path: Path = key.split('.').filter(|id| !id.is_empty()).take(MOST_STEPS).collect();
    let documents = context.documents();
    let found = documents.iter().enumerate().find_map(|(nth, document)| Some((nth, document.tree().find(&path)?)));
    let Some((nth, node)) = found.filter(|_| !path.is_root()) else {
        let (reached, help) = nearest(documents[0].tree(), &path);
        let message = match reached.is_root() {
            true => format!("the path `{}` leads to nothing", clip(key, 80)),
            false => {
                format!("the path `{}` leads to nothing after `{}`", clip(key, 80), clip(&reached.to_string(), 80))
            }
        };
        context.push(file, Diagnostic::new(Code::PathNamesNothing, key_span, message).help(help));
        return None;
    };
    let number = written(documents[nth].tree(), node);
    // What is asked of the model is no doubt about the world.
    let about_the_world = !matches!(path.to_string().split('.').next(), Some("format" | "assumptions" | "calendar"));
    if number.is_none() || !about_the_world {
        let message = match number {
            Some(_) => format!("`{}` is not a number of the world", clip(key, 80)),
            None => format!("`{}` is not a number, but {}", clip(key, 80), node.called()),
        };
        let help = match inside(node) {
            inside if inside.is_empty() || !about_the_world => {
                "name a number, such as layers.….method.catches".to_owned()
            }
            inside => format!("go on to one of: {}", inside.join(", ")),
        };
        context.push(file, Diagnostic::new(Code::PathNotANumber, key_span, message).help(help));
        return None;
    }
    let number = number?;
    let broken = context.found(nth).has_error_within(node.span);
    let whole = context.is_whole(nth, number.place);
    Some((Place { file: nth, span: number.place }, Written { broken, whole, ..number }))
}

/// How far a path leads, and what could come next.
fn nearest(tree: &Tree, path: &Path) -> (Path, String) {
    let mut reached = path.clone();
    while let Some(parent) = reached.parent() {
        reached = parent;
        if let Some(node) = tree.find(&reached) {
            let wanted = path.segments()[reached.segments().len()..].first();
            let wanted = wanted.map_or(String::new(), |segment| match segment {
                crate::document::Segment::Id(id) => id.clone(),
                crate::document::Segment::Nth(n) => n.to_string(),
            });
            let names = inside(node);
            let help = match names.is_empty() {
                true => "nothing in it can be named further".to_owned(),
                false => did_you_mean(&wanted, &names, "here are"),
            };
            return (reached, help);
        }
    }
    (Path::root(), "write ids from the top, joined by dots: layers.….method.catches".to_owned())
}

/// What can be named within a value.
fn inside(node: &Node) -> Vec<String> {
    let mut node = node;
    while let Kind::Tuple { items, .. } = &node.kind
        && items.len() == 1
    {
        node = &items[0];
    }
    node.children().filter_map(|child| child.id.map(str::to_owned)).take(100).collect()
}

fn written<'d>(tree: &Tree, node: &'d Node) -> Option<Written<'d>> {
    let of = |unit, value, place| Some(Written { unit, value, place, broken: false, whole: false });
    match &node.kind {
        Kind::Number(value) => of("", *value, node.span),
        Kind::Tuple { name: Some(name), items } => match &items[..] {
            [Node { kind: Kind::Number(value), span }] => of(&*name.text, *value, *span),
            _ => None,
        },
        Kind::Map(entries) if tree.is_json() && entries.len() == 1 => {
            match (entries[0].key.text(), &entries[0].value) {
                (Some(unit), Node { kind: Kind::Number(value), span }) if unit.starts_with(char::is_uppercase) => {
                    of(unit, *value, *span)
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// The name of a variant and its place.
fn variant<'d>(tree: &Tree, node: &'d Node) -> Option<(&'d str, Span)> {
    match &node.kind {
        Kind::Map(entries) if tree.is_json() && entries.len() == 1 => {
            Some((entries[0].key.text()?, entries[0].key.span))
        }
        Kind::Ident(_) => None,
        _ => node.name(),
    }
}

impl Written<'_> {
    fn shown(self) -> String {
        match self.unit {
            "" => format!("`{}`", self.value),
            unit => format!("`{unit}({})`", self.value),
        }
    }

    fn like(self) -> String {
        match self.unit {
            "" => "a plain number".to_owned(),
            unit => format!("{unit}(…)"),
        }
    }
}
