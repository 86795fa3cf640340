//! A scenario with other text in some of its places: what a study changes about the scenario that it names.

use super::tree::Kind;
use super::{Diagnostics, Document, FileError, Files, Path, Source, Span};

/// What is changed: by path or key, the new text.
#[derive(Clone, Debug, Default)]
pub(super) struct Changes<'t> {
    /// Values at paths.
    pub(super) values: Vec<(&'t str, &'t str)>,
    /// Entries of `assumptions`, added or in the place of those with the same key.
    pub(super) assumptions: Vec<(&'t str, &'t str)>,
}

/// Why there is no such variant: these paths lead to nothing, or into each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Refused {
    /// Places among the values.
    pub(super) nowhere: Vec<usize>,
    /// Places among the values that lie within another one.
    pub(super) overlapping: Vec<usize>,
}

/// A document and the files that it includes, with changes. What is assumed of a value that is changed is left out: it is
/// not uncertain any more.
pub(super) fn vary(texts: &[Source], changes: &Changes) -> Result<Vec<Source>, Refused> {
    let mut pieces: Vec<Vec<(Span, String)>> = vec![Vec::new(); texts.len()];
    let mut refused = Refused::default();
    let mut silent = Diagnostics::new();
    let documents: Vec<Option<Document>> = texts.iter().map(|text| Document::read(text, &mut silent)).collect();
    for (nth, (path, text)) in changes.values.iter().enumerate() {
        let path = Path::parse(path);
        let place = |document: &Option<Document>| Some(document.as_ref()?.tree().find(&path)?.span);
        match documents.iter().map(place).enumerate().find_map(|(file, span)| Some((file, span?))) {
            None => refused.nowhere.push(nth),
            Some((file, span)) if pieces[file].iter().any(|(other, _)| overlap(*other, span)) => {
                refused.overlapping.push(nth);
                let _ = file;
            }
            Some((file, span)) => pieces[file].push((span, (*text).to_owned())),
        }
    }
    if refused != Refused::default() {
        return Err(refused);
    }
    for (file, document) in documents.iter().enumerate() {
        if let Some(document) = document {
            pieces[file].extend(assumptions(document, changes, file == 0));
        }
    }
    Ok(texts.iter().zip(pieces).map(|(text, pieces)| rewritten(text, pieces)).collect())
}

/// The section `assumptions` of a document anew, if anything about it changes; the first document takes what is added.
fn assumptions(document: &Document, changes: &Changes, takes: bool) -> Option<(Span, String)> {
    let source = document.source();
    let json = document.tree().is_json();
    let quoted = |key: &str| if json { serde_json::Value::from(key).to_string() } else { format!("{key:?}") };
    let stays = |key: &str| {
        changes.assumptions.iter().all(|(other, _)| *other != key)
            && changes.values.iter().all(|(path, _)| *path != key)
    };
    let section = document.tree().find(&Path::parse("assumptions"));
    let mut entries = Vec::new();
    let mut changed = takes && !changes.assumptions.is_empty();
    if let Some(node) = section {
        if !matches!(node.kind, Kind::Map(_)) {
            return None;
        }
        for child in node.children() {
            let Some(key) = child.id else { continue };
            if stays(key) {
                entries.push(format!("{}: {}", quoted(key), source.slice(child.value.span)));
            } else {
                changed = true;
            }
        }
    }
    if !changed {
        return None;
    }
    if takes {
        entries.extend(changes.assumptions.iter().map(|(key, text)| format!("{}: {text}", quoted(key))));
    }
    let map = format!("{{\n    {}\n}}", entries.join(",\n    "));
    match section {
        Some(node) => Some((node.span, map)),
        None => {
            // After the format, which comes first.
            let format = document.tree().find(&Path::parse("format"))?.span;
            let at = Span { start: format.end, end: format.end };
            Some((at, format!(", {}: {map}", if json { "\"assumptions\"" } else { "assumptions" })))
        }
    }
}

fn overlap(a: Span, b: Span) -> bool {
    a.start < b.end && b.start < a.end
}

fn rewritten(source: &Source, mut pieces: Vec<(Span, String)>) -> Source {
    // A section of which all goes may hold a place of its own; the larger piece is the one that counts.
    pieces.sort_unstable_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    let mut text = String::with_capacity(source.text().len());
    let mut from = 0;
    for (span, piece) in pieces {
        if (span.start as usize) < from {
            continue;
        }
        text.push_str(&source.text()[from..span.start as usize]);
        text.push_str(&piece);
        from = span.end as usize;
    }
    text.push_str(&source.text()[from..]);
    Source::new(source.name(), text)
}

/// Files, some of them with other text.
pub(super) struct Over<'f> {
    pub(super) texts: &'f [Source],
    pub(super) files: &'f dyn Files,
}

impl Files for Over<'_> {
    fn read(&self, name: &str, most: usize) -> Result<Vec<u8>, FileError> {
        match self.texts.iter().find(|text| text.name() == name) {
            Some(text) => Ok(text.text().as_bytes().to_vec()),
            None => self.files.read(name, most),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"S(format: 1, calendar: (horizon: Days(9)), zones: {"a": (x: Percent(1)), "b": (x: Percent(2))},
    assumptions: {"zones.a.x": Low, /* so */ "zones.b.x": High})"#;

    fn varied(text: &str, values: &[(&str, &str)], assumptions: &[(&str, &str)]) -> Result<String, Refused> {
        let changes = Changes { values: values.to_vec(), assumptions: assumptions.to_vec() };
        vary(&[Source::new("s.ron", text)], &changes).map(|texts| texts[0].text().to_owned())
    }

    #[test]
    fn values_are_written_where_they_stand_and_are_uncertain_no_more() {
        let text = varied(TEXT, &[("calendar.horizon", "Days(3)"), ("zones.a.x", "Percent(7)")], &[]).unwrap();
        assert!(text.contains("(horizon: Days(3))") && text.contains("(x: Percent(7))"), "{text}");
        assert!(text.contains("\"zones.b.x\": High") && !text.contains("Low"), "{text}");
    }

    #[test]
    fn assumptions_are_replaced_added_and_made_where_there_are_none() {
        let text = varied(TEXT, &[], &[("zones.b.x", "Wide"), ("c", "New")]).unwrap();
        assert!(text.contains("\"zones.a.x\": Low") && text.contains("\"zones.b.x\": Wide") && !text.contains("High"));
        assert!(text.contains("\"c\": New"), "{text}");
        let bare = varied("S(format: 1, a: 2)", &[], &[("a", "New")]).unwrap();
        assert_eq!(bare, "S(format: 1, assumptions: {\n    \"a\": New\n}, a: 2)");
        assert_eq!(varied(TEXT, &[], &[]).unwrap(), TEXT);
    }

    #[test]
    fn paths_to_nothing_and_into_each_other_are_refused() {
        let refused = varied(TEXT, &[("zones.q", "1"), ("zones.a", "1"), ("zones.a.x", "2")], &[]).unwrap_err();
        assert_eq!(refused, Refused { nowhere: vec![0], overlapping: vec![2] });
    }
}
