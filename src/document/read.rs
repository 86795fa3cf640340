//! From a source to something that values can be taken out of: scanned, audited, and of a format that is known.

use std::borrow::Cow;

use serde::de::DeserializeOwned;

use super::fields::named;
use super::locate::did_you_mean;
use super::repair::{Repaired, repair};
use super::tree::{Kind, Node, Tree};
use super::{Code, Diagnostic, Diagnostics, Fields, Path, Source, Span, clip, entry, json, scan};

/// The format of documents that this version reads.
pub const FORMAT: u32 = 1;

impl Tree {
    /// Scans RON or, by the source's name, JSON. The error is the first place that is neither.
    pub fn scan(source: &Source) -> Result<Tree, Diagnostic> {
        if let Some(refusal) = source.refusal() {
            return Err(refusal);
        }
        if source.is_json() { json::scan(source.text()) } else { scan::scan(source.text()) }
    }
}

/// A document that is well formed.
#[derive(Clone, Debug)]
pub struct Document<'s> {
    written: &'s Source,
    source: Cow<'s, Source>,
    tree: Tree,
    /// Where slips were painted over: what is found wrong there is not told.
    painted: Vec<Span>,
}

impl<'s> Document<'s> {
    /// Scans a source and reports what is wrong with its syntax, its keys and its numbers. After a slip that can be
    /// painted over the rest is read as if it were not there; with brackets or quotes lost there is no document.
    pub fn read(source: &'s Source, found: &mut Diagnostics) -> Option<Document<'s>> {
        let problem = match Tree::scan(source) {
            Ok(tree) => {
                tree.audit(source, found);
                return Some(Document { written: source, source: Cow::Borrowed(source), tree, painted: Vec::new() });
            }
            Err(problem) => problem,
        };
        let repaired = if source.is_json() { None } else { repair(source.text(), &problem) };
        let Some(Repaired { text, tree, slips, painted }) = repaired else {
            found.push(problem);
            return None;
        };
        for slip in slips {
            found.push(slip);
        }
        let repaired = Cow::Owned(Source::new(source.name(), text));
        tree.audit(&repaired, found);
        Some(Document { written: source, source: repaired, tree, painted })
    }

    /// As it was written: for lines and columns.
    pub fn written(&self) -> &'s Source {
        self.written
    }

    /// Its text, with slips painted over.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Forgets what was found wrong within paint, which nobody has written.
    pub(super) fn forget_paint(&self, found: &mut Diagnostics) {
        if !self.painted.is_empty() {
            let slip = |code| matches!(code, Code::UnexpectedText | Code::BadNumber | Code::BadEscape);
            found.retain(|one| slip(one.code) || !self.painted.iter().any(|paint| paint.covers(one.span)));
        }
    }

    /// Its tree.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// What it calls itself: `Scenario`, `Study`, `Exercise`; none if it does not say.
    pub fn kind(&self) -> Option<&str> {
        named(&self.tree, &self.tree.root).map(|(name, _)| name)
    }

    /// Where to point for a path; see [`Tree::span_of`].
    pub fn span_of(&self, path: &Path) -> Span {
        self.tree.span_of(path)
    }

    /// Reads any node of its tree as a `T`.
    pub fn deserialize<T: DeserializeOwned>(&self, node: &Node) -> Result<T, Diagnostic> {
        entry::deserialize(&self.source, &self.tree, node)
    }

    /// A problem about the value at a path.
    pub fn problem(&self, code: Code, path: &Path, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, self.span_of(path), message).at(path.clone())
    }

    /// Its fields, if it is a `kind` of a format that is known. Anything else is reported, and nothing more is read: a
    /// document of another format would only give misleading errors.
    pub fn fields<'f>(&self, kind: &str, found: &'f mut Diagnostics) -> Option<Fields<'_, 'f>> {
        if let Some((own, span)) = named(&self.tree, &self.tree.root)
            && own != kind
        {
            let known = [kind.to_owned()];
            let help = match own {
                "Shared" => "it is a part that scenarios include; check a scenario that does".to_owned(),
                "Study" => "a study is compared by `airside compare`; name its file `….study.ron`".to_owned(),
                "Exercise" => "an exercise is played by `airside exercise`; name its file `….exercise.ron`".to_owned(),
                _ => did_you_mean(own, &known, "expected"),
            };
            let message = format!("this is `{}`, not `{kind}`", clip(own, 40));
            found.push(Diagnostic::new(Code::WrongName, span, message).help(help));
            return None;
        }
        let refused = self.format_refusal(found);
        let mut fields = Fields::of(&self.source, &self.tree, self.tree.content(), found)?;
        fields.node("format");
        (!refused).then_some(fields)
    }

    /// Reports what is wrong with `format`; whether the rest should not be read.
    fn format_refusal(&self, found: &mut Diagnostics) -> bool {
        let content = self.tree.content();
        let place = content.children().enumerate().find(|(_, child)| child.id == Some("format"));
        let Some((index, child)) = place else {
            if matches!(content.kind, Kind::Struct { .. } | Kind::Map(_)) {
                found.push(
                    Diagnostic::new(Code::FormatMissing, content.head(), "the document does not say its format")
                        .help(format!("add `format: {FORMAT},` as the first field"))
                        .at(Path::parse("format")),
                );
            }
            return false;
        };
        let span = child.value.span;
        let add = |code, message: String, help: String| {
            Diagnostic::new(code, span, message).help(help).at(Path::parse("format"))
        };
        let Kind::Number(format) = child.value.kind else {
            let message = format!("the format is a whole number, not {}", child.value.called());
            found.push(add(Code::WrongKind, message, format!("write `format: {FORMAT}`")));
            return true;
        };
        let current = f64::from(FORMAT);
        let version = env!("CARGO_PKG_VERSION");
        if format == current {
            // Programs that write JSON do not always keep the order of keys.
            if index > 0 && !self.tree.is_json() {
                let message = "the format comes first: it says how to read the rest".to_owned();
                let span = child.key.unwrap_or(span);
                found.push(Diagnostic { span, ..add(Code::FormatNotFirst, message, "move it to the top".to_owned()) });
            }
            return false;
        }
        let written = clip(self.source.slice(span), 20);
        if format < current {
            found.push(add(
                Code::FormatOld,
                format!("format {written} is older than {FORMAT}, which airside {version} reads"),
                format!(
                    "write `format: {FORMAT}`, then check it again: what has changed since is reported with its place"
                ),
            ));
        } else if !self.tree.is_json() || format.is_finite() {
            found.push(add(
                Code::FormatNew,
                format!("format {written} is newer than {FORMAT}, the newest that airside {version} reads"),
                "use a newer airside".to_owned(),
            ));
        }
        true
    }
}
