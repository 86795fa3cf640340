//! What no reader of documents would notice: keys that occur twice, numbers that are not finite.

use std::collections::BTreeMap;

use super::tree::{Kind, Node, Tree};
use super::{Code, Diagnostic, Diagnostics, Source, Span, clip};

impl Tree {
    /// Reports duplicate keys and fields, with both places, and numbers that are not finite.
    pub fn audit(&self, source: &Source, found: &mut Diagnostics) {
        let mut problems = Vec::new();
        visit(&self.root, source, &mut problems);
        // A hostile document has a problem in every value; its paths alone would take long.
        let total = problems.len();
        for mut problem in problems.into_iter().take(super::MAX_KEPT) {
            problem.path = self.path_at(problem.span);
            found.push(problem);
        }
        found.omit(total.saturating_sub(super::MAX_KEPT));
    }
}

/// Depth is bounded by the scanner.
fn visit(node: &Node, source: &Source, found: &mut Vec<Diagnostic>) {
    match &node.kind {
        Kind::Number(number) if !number.is_finite() => found.push(
            Diagnostic::new(
                Code::NotFinite,
                node.span,
                format!("`{}` is not a finite number", clip(source.slice(node.span), 40)),
            )
            .help("write a finite number"),
        ),
        Kind::Struct { fields, .. } => {
            duplicates(fields.iter().map(|field| (&*field.name.text, field.name.span)), "field", found);
        }
        Kind::Map(entries) => {
            entries.iter().for_each(|entry| visit(&entry.key, source, found));
            let keys = entries
                .iter()
                .map(|entry| (entry.key.text().unwrap_or_else(|| source.slice(entry.key.span)), entry.key.span));
            duplicates(keys, "key", found);
        }
        _ => {}
    }
    node.children().for_each(|child| visit(child.value, source, found));
}

fn duplicates<'a>(keys: impl Iterator<Item = (&'a str, Span)>, what: &str, found: &mut Vec<Diagnostic>) {
    let mut first = BTreeMap::new();
    for (key, span) in keys {
        if let Some(before) = first.get(key) {
            found.push(
                Diagnostic::new(Code::DuplicateKey, span, format!("the {what} `{}` occurs twice", clip(key, 40)))
                    .help("rename or remove one of the two")
                    .related(*before, "first here"),
            );
        } else {
            first.insert(key, span);
        }
    }
}
