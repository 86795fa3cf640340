//! What is wrong with a document: the place, the cause and the next step.

use std::sync::Arc;

use serde::Serialize;

use super::code::{Code, Severity};
use super::path::Path;
use super::source::{Source, Span};

/// How many diagnostics of one document are kept; the rest is counted.
pub const MAX_KEPT: usize = 1000;

/// How much of a long source line a machine is sent.
const RECORD_WIDTH: usize = 240;

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of problem; says the severity too.
    pub code: Code,
    /// The value it is about, as far as that is known.
    pub path: Path,
    /// The place to look at.
    pub span: Span,
    /// The cause.
    pub message: String,
    /// The next step.
    pub help: Option<String>,
    /// Other places that belong to it, and why.
    pub related: Vec<(Span, String)>,
    /// The problem itself, if it lies in a file that is named here. Cause and next step are the same.
    pub inner: Option<Box<Inner>>,
}

/// A problem in a file that a document names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inner {
    /// The file.
    pub source: Arc<Source>,
    /// The problem, with its place there.
    pub problem: Diagnostic,
}

impl Diagnostic {
    /// A problem at a place, with its cause.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            path: Path::root(),
            span,
            message: message.into(),
            help: None,
            related: Vec::new(),
            inner: None,
        }
    }

    /// With the path of the value it is about.
    #[must_use]
    pub fn at(mut self, path: Path) -> Diagnostic {
        self.path = path;
        self
    }

    /// With a next step.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// With another place that belongs to it.
    #[must_use]
    pub fn related(mut self, span: Span, message: impl Into<String>) -> Diagnostic {
        self.related.push((span, message.into()));
        self
    }

    /// Error or warning.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// The form for machines.
    pub fn record(&self, source: &Source) -> Record {
        if let Some(inner) = &self.inner {
            let mut record = inner.problem.record(&inner.source);
            let place = source.position(self.span.start);
            let named = NamedRecord { file: source.name().to_owned(), line: place.line, column: place.column };
            record.named_in.insert(0, named);
            return record;
        }
        let (start, end) = (source.position(self.span.start), source.position(self.span.end));
        let related = self.related.iter().map(|(span, message)| {
            let (start, end) = (source.position(span.start), source.position(span.end));
            RelatedRecord {
                line: start.line,
                column: start.column,
                end_line: end.line,
                end_column: end.column,
                message: message.clone(),
            }
        });
        Record {
            code: self.code.id(),
            slug: self.code.slug(),
            severity: self.severity(),
            file: source.name().to_owned(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            path: self.path.to_string(),
            message: self.message.clone(),
            help: self.help.clone(),
            related: related.collect(),
            source_line: source.excerpt(self.span, RECORD_WIDTH).shown(source),
            named_in: Vec::new(),
        }
    }
}

/// A diagnostic as JSON. Lines and columns count from 1, columns are characters, ends are exclusive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "named as the fields of a diagnostic")]
pub struct Record {
    pub code: &'static str,
    pub slug: &'static str,
    pub severity: Severity,
    pub file: String,
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
    pub path: String,
    pub message: String,
    pub help: Option<String>,
    pub related: Vec<RelatedRecord>,
    /// The line that holds the start; a long one is cut around it.
    pub source_line: String,
    /// For a problem in a file that the document names: where, and from the outermost document on if there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub named_in: Vec<NamedRecord>,
}

/// Where a document names another as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "named as the fields of a record")]
pub struct NamedRecord {
    pub file: String,
    pub line: usize,
    pub column: usize,
}

/// A related place as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "named as the fields of a record")]
pub struct RelatedRecord {
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
    pub message: String,
}

/// The problems of one document, in the order of their places.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    kept: Vec<Diagnostic>,
    omitted: usize,
    errors: usize,
}

impl Diagnostics {
    /// None yet.
    pub fn new() -> Diagnostics {
        Diagnostics::default()
    }

    /// Adds one. The same code at the same place is added once; beyond [`MAX_KEPT`] the last warning, or else the last
    /// error, gives way.
    pub fn push(&mut self, found: Diagnostic) {
        let key = |it: &Diagnostic| (it.span, it.code);
        let at = self.kept.partition_point(|kept| key(kept) <= key(&found));
        let same = self.kept[..at].iter().rev().take_while(|kept| key(kept) == key(&found));
        // Missing fields share the place of what lacks them.
        if same.into_iter().any(|kept| kept.message == found.message || found.code == Code::DuplicateKey) {
            return;
        }
        self.errors += usize::from(found.severity() == Severity::Error);
        self.kept.insert(at, found);
        if self.kept.len() > MAX_KEPT {
            let last_warning = self.kept.iter().rposition(|kept| kept.severity() == Severity::Warning);
            self.kept.remove(last_warning.unwrap_or(self.kept.len() - 1));
            self.omitted += 1;
        }
    }

    /// Forgets those that are not `wanted`.
    pub(super) fn retain(&mut self, wanted: impl Fn(&Diagnostic) -> bool) {
        let errors = |kept: &[Diagnostic]| kept.iter().filter(|one| one.severity() == Severity::Error).count();
        let before = errors(&self.kept);
        self.kept.retain(wanted);
        self.errors -= before - errors(&self.kept);
    }

    /// Counts errors that were found and are not worth keeping.
    pub(super) fn omit(&mut self, errors: usize) {
        self.errors += errors;
        self.omitted += errors;
    }

    /// Whether the document cannot be used.
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// Whether an error has been found in these bytes: what lies there is not worth a second opinion.
    pub fn has_error_within(&self, span: Span) -> bool {
        let from = self.kept.partition_point(|kept| kept.span.start < span.start);
        let near = self.kept[from..].iter().take_while(|kept| kept.span.start < span.end);
        near.into_iter().any(|kept| kept.severity() == Severity::Error && span.covers(kept.span))
    }

    /// All that are kept, by place.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.kept.iter()
    }

    /// How many are kept.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// How many more were found than are kept.
    pub fn omitted(&self) -> usize {
        self.omitted
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, found: I) {
        found.into_iter().for_each(|one| self.push(one));
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_sorted_by_place_and_said_once() {
        let mut found = Diagnostics::new();
        for (start, message) in [(7, "b"), (3, "a"), (7, "b"), (7, "c")] {
            found.push(Diagnostic::new(Code::WrongKind, Span::new(start, start + 1), message));
        }
        let said: Vec<_> = found.iter().map(|one| (one.span.start, one.message.as_str())).collect();
        assert_eq!(said, [(3, "a"), (7, "b"), (7, "c")]);
        assert!(found.has_errors());
        assert!(found.has_error_within(Span::new(3, 4)) && !found.has_error_within(Span::new(4, 7)));
    }

    #[test]
    fn more_than_the_limit_is_counted_and_the_first_places_stay() {
        let mut found = Diagnostics::new();
        for start in (0..MAX_KEPT + 5).rev() {
            found.push(Diagnostic::new(Code::WrongKind, Span::new(start, start + 1), "x"));
        }
        assert_eq!((found.len(), found.omitted()), (MAX_KEPT, 5));
        assert_eq!(found.iter().next().unwrap().span.start, 0);
    }

    #[test]
    fn a_record_holds_what_an_editor_needs() {
        let source = Source::new("hub.ron", "a\n  é: \"x\",\n");
        let found = Diagnostic::new(Code::UnknownField, Span::new(4, 6), "no such field")
            .help("drop it")
            .at(Path::parse("a.b"))
            .related(Span::new(0, 1), "in here");
        let json = serde_json::to_string(&found.record(&source)).unwrap();
        assert_eq!(
            json,
            r#"{"code":"E0103","slug":"unknown-field","severity":"error","file":"hub.ron","line":2,"column":3,"end_line":2,"end_column":4,"path":"a.b","message":"no such field","help":"drop it","related":[{"line":1,"column":1,"end_line":1,"end_column":2,"message":"in here"}],"source_line":"  é: \"x\","}"#
        );
    }
}
