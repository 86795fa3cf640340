//! One value out of a document, read on its own: one objection a value, with its place in the whole.

use ron::Options;
use ron::extensions::Extensions;
use serde::de::DeserializeOwned;

use super::cursor::MAX_DEPTH;
use super::locate::describe;
use super::problem::Problem;
use super::tree::{Node, Syntax, Tree};
use super::{Diagnostic, Source};

/// The reader counts several calls a level of brackets; the scanner's limit must be the one that people meet.
const RECURSION: usize = 6 * MAX_DEPTH;

/// Reads a node of a tree as a `T`; the error points into the whole document.
pub fn deserialize<T: DeserializeOwned>(source: &Source, tree: &Tree, node: &Node) -> Result<T, Diagnostic> {
    let text = source.slice(node.span);
    read::<T>(tree.syntax, text).map_err(|(problem, at)| {
        let start = node.span.start as usize;
        describe(source, tree, node, problem, start + at, |value| choices::<T>(tree.syntax, text, start, value))
    })
}

/// The objection, and how many bytes had been read.
fn read<T: DeserializeOwned>(syntax: Syntax, text: &str) -> Result<T, (Problem, usize)> {
    match syntax {
        Syntax::Ron(extensions) => options(extensions).from_str(text).map_err(|error| {
            let end = error.span.end;
            let line = line_start(text, end.line);
            let at = text[line..].char_indices().nth(end.col - 1).map_or(text.len(), |(index, _)| line + index);
            (Problem::from_ron(error.code), at)
        }),
        Syntax::Json => serde_json::from_str(text).map_err(|error| {
            let at = line_start(text, error.line()) + error.column();
            (Problem::from_json(&error), at.min(text.len()))
        }),
    }
}

fn options(extensions: Extensions) -> Options {
    Options::default().with_recursion_limit(RECURSION).with_default_extension(extensions)
}

/// Which choices exist at `value`: the reader is asked again with a word there that cannot be one, and lists them.
fn choices<T: DeserializeOwned>(syntax: Syntax, text: &str, start: usize, value: &Node) -> Vec<String> {
    let probe = match syntax {
        Syntax::Ron(_) => "_nothing",
        Syntax::Json => "\"_nothing\"",
    };
    let mut asked = String::with_capacity(text.len() + probe.len());
    asked.push_str(&text[..value.span.start as usize - start]);
    asked.push_str(probe);
    asked.push_str(&text[value.span.end as usize - start..]);
    match read::<T>(syntax, &asked) {
        Err((Problem::UnknownChoice { found, known }, _)) if found == "_nothing" => known,
        _ => Vec::new(),
    }
}

fn line_start(text: &str, line: usize) -> usize {
    match line.checked_sub(2) {
        Some(nth) => text.match_indices('\n').nth(nth).map_or(text.len(), |(index, _)| index + 1),
        None => 0,
    }
}
