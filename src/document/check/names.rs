//! Real airports, airlines and states in a document that says that something may be going on.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::document::convert::Context;
use crate::document::tree::{Kind, Node};
use crate::document::{Code, Span};

/// A name a line; codes in capitals match only in capitals. Lines that start with # are comments.
const REAL: &str = include_str!("real_names.txt");

/// Words of the longest name.
const LONGEST: usize = 4;

/// Looks through titles, names and texts. Sources of numbers and ids of standards name what they must.
pub(super) fn check(context: &mut Context) {
    let documents = context.documents();
    let mut told = BTreeSet::new();
    let mut texts = Vec::new();
    collect(documents[0].tree().content(), &mut texts);
    for (text, span) in texts {
        if let Some(name) = real_name(text)
            && told.insert(name.clone())
        {
            let message = format!("`{name}` is the name of a real airport, airline or state");
            let help = "a document with a campaign is about a hub that does not exist: choose made-up names";
            context.report_span(Code::RealName, 0, span, message, help);
        }
    }
}

/// Depth is bounded by the scanner.
fn collect<'d>(node: &'d Node, into: &mut Vec<(&'d str, Span)>) {
    if let Kind::Text(text) = &node.kind {
        into.push((text, node.span));
    }
    for child in node.children() {
        if matches!(child.id, Some("source" | "ids" | "include")) {
            continue;
        }
        if let (Some(id), Some(key), Kind::Map(_)) = (child.id, child.key, &node.kind) {
            into.push((id, key));
        }
        collect(child.value, into);
    }
}

/// The first real name in a text, as it stands there.
fn real_name(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    for start in 0..words.len() {
        // Most words start no name.
        if !first_words().contains(words[start].to_lowercase().as_str()) {
            continue;
        }
        for length in (1..=LONGEST.min(words.len() - start)).rev() {
            let phrase = words[start..start + length].join(" ");
            if phrase.len() <= 60 && (real().contains(&phrase) || real().contains(&phrase.to_lowercase())) {
                return Some(phrase);
            }
        }
    }
    None
}

/// Codes as they are, names in small letters.
fn real() -> &'static BTreeSet<String> {
    static NAMES: OnceLock<BTreeSet<String>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let lines = REAL.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let is_code = |line: &str| line.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        lines.map(|line| if is_code(line) { line.to_owned() } else { line.to_lowercase() }).collect()
    })
}

/// The first word of every name, in small letters.
fn first_words() -> &'static BTreeSet<String> {
    static WORDS: OnceLock<BTreeSet<String>> = OnceLock::new();
    WORDS.get_or_init(|| real().iter().filter_map(|name| Some(name.split(' ').next()?.to_lowercase())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_are_found_and_parts_are_not() {
        for (text, found) in [
            ("Night shift at Heathrow", Some("Heathrow")),
            ("silk-way", Some("silk way")),
            ("a Chinese owner", Some("Chinese")),
            ("LEJ by night", Some("LEJ")),
            ("lej", None),
            ("the United States of nowhere", Some("United States")),
            ("Chinaware", None),
            ("Lakeside: one hall", None),
            ("Eastmarch", None),
            ("bay-gateway", None),
        ] {
            assert_eq!(real_name(text).as_deref(), found, "{text}");
        }
    }

    #[test]
    fn no_name_is_longer_than_what_is_looked_for() {
        for name in real() {
            assert!(name.split(' ').count() <= LONGEST, "{name}");
            assert!(name.chars().all(|c| c.is_alphanumeric() || c == ' '), "{name}");
        }
    }
}
