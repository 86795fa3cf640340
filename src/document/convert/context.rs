//! What every conversion needs: the documents, the names in them, and somewhere to put problems.

use std::collections::{BTreeMap, BTreeSet};

use super::At;
use crate::document::Files;
use crate::document::locate::did_you_mean;
use crate::document::tree::Kind;
use crate::document::{Code, Diagnostic, Diagnostics, Document, MAX_KEPT, Span, clip};

/// Characters of a name.
const LONGEST_NAME: usize = 80;

/// What a name can be the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Noun {
    Zone,
    Station,
    Route,
    Traffic,
    Operator,
    System,
    Step,
    Layer,
    Safeguard,
    Option,
    Objective,
    Seat,
    Inject,
    Decision,
}

impl Noun {
    /// In a sentence.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Noun::Zone => "zone",
            Noun::Station => "station",
            Noun::Route => "route",
            Noun::Traffic => "traffic class",
            Noun::Operator => "operator",
            Noun::System => "information system",
            Noun::Step => "step",
            Noun::Layer => "layer",
            Noun::Safeguard => "safeguard",
            Noun::Option => "option",
            Noun::Objective => "objective",
            Noun::Seat => "seat",
            Noun::Inject => "inject",
            Noun::Decision => "decision",
        }
    }

    /// In a sentence, several of them.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Noun::Zone => "zones",
            Noun::Station => "stations",
            Noun::Route => "routes",
            Noun::Traffic => "traffic classes",
            Noun::Operator => "operators",
            Noun::System => "information systems",
            Noun::Step => "steps",
            Noun::Layer => "layers",
            Noun::Safeguard => "safeguards",
            Noun::Option => "options",
            Noun::Objective => "objectives",
            Noun::Seat => "seats",
            Noun::Inject => "injects",
            Noun::Decision => "decisions",
        }
    }
}

/// An entry of a map of the document. The value is none if its form is wrong, which has been reported.
#[derive(Debug)]
pub(crate) struct Named<'d, T> {
    pub(crate) id: String,
    pub(crate) key: Span,
    pub(crate) at: At<'d>,
    pub(crate) value: Option<T>,
}

/// The names of one noun, in the order of the document.
#[derive(Debug, Default)]
struct Names {
    ids: Vec<String>,
    index: BTreeMap<String, usize>,
    used: BTreeSet<usize>,
    /// Something was named that there is not, so that what is unused may have been meant.
    missed: bool,
}

/// The state of a conversion.
pub(crate) struct Context<'d> {
    files: &'d dyn Files,
    documents: &'d [Document<'d>],
    found: Vec<Diagnostics>,
    names: BTreeMap<Noun, Names>,
    /// Documents and first bytes of the numbers that are counts.
    whole: BTreeSet<(usize, u32)>,
}

impl<'d> Context<'d> {
    /// `found` holds what has been found in each document so far.
    pub(crate) fn new(documents: &'d [Document<'d>], found: Vec<Diagnostics>, files: &'d dyn Files) -> Self {
        Context { files, documents, found, names: BTreeMap::new(), whole: BTreeSet::new() }
    }

    /// Notes that the number at this place is a count.
    pub(crate) fn note_whole(&mut self, at: At) {
        self.whole.insert((at.file, at.node.span.start));
    }

    /// Whether the number that begins there is a count.
    pub(crate) fn is_whole(&self, file: usize, number: Span) -> bool {
        self.whole.contains(&(file, number.start))
    }

    /// Reads what the documents name.
    pub(crate) fn files(&self) -> &'d dyn Files {
        self.files
    }

    /// What was found in each document.
    pub(crate) fn into_found(self) -> Vec<Diagnostics> {
        self.found
    }

    /// The documents.
    pub(crate) fn documents(&self) -> &'d [Document<'d>] {
        self.documents
    }

    /// Whether any document cannot be used.
    pub(crate) fn has_errors(&self) -> bool {
        self.found.iter().any(Diagnostics::has_errors)
    }

    /// Whether a problem of such a code was found anywhere.
    pub(crate) fn any_code(&self, such: impl Fn(Code) -> bool) -> bool {
        self.found.iter().flatten().any(|problem| such(problem.code))
    }

    /// What was found in one document so far.
    pub(crate) fn found(&mut self, file: usize) -> &mut Diagnostics {
        &mut self.found[file]
    }

    /// A new name. Its index, which is the same as that of an earlier one of the same name.
    pub(crate) fn define(&mut self, noun: Noun, id: &str) -> usize {
        let names = self.names.entry(noun).or_default();
        if let Some(index) = names.index.get(id) {
            return *index;
        }
        names.ids.push(id.to_owned());
        names.index.insert(id.to_owned(), names.ids.len() - 1);
        names.ids.len() - 1
    }

    /// Reports a name that could not be printed in a table or written in a path.
    pub(crate) fn good_name(&mut self, id: &str, file: usize, span: Span) {
        let what = if id.trim().is_empty() {
            "a name is empty".to_owned()
        } else if id.chars().nth(LONGEST_NAME).is_some() {
            format!("a name has more than {LONGEST_NAME} characters")
        } else if id.contains('.') || clip(id, LONGEST_NAME) != id {
            format!("the name `{}` holds a dot or a character that does not print", clip(id, LONGEST_NAME))
        } else {
            return;
        };
        self.report_span(
            Code::BadName,
            file,
            span,
            what,
            "a name is short; paths join names by dots, so it holds none",
        );
    }

    /// Whether the name is taken.
    pub(crate) fn defines(&self, noun: Noun, id: &str) -> bool {
        self.names.get(&noun).is_some_and(|names| names.index.contains_key(id))
    }

    /// The index of a name; marks it as used. None, and a report, if there is none of that name.
    pub(crate) fn resolve(&mut self, noun: Noun, id: &str, at: At) -> Option<usize> {
        let names = self.names.entry(noun).or_default();
        if let Some(index) = names.index.get(id).copied() {
            names.used.insert(index);
            return Some(index);
        }
        names.missed = true;
        if !self.is_full(at.file) {
            let names = &self.names[&noun];
            let help = match names.ids.is_empty() {
                true => format!("define it under `{}` first", section(noun)),
                false => did_you_mean(id, &names.ids, noun.words()),
            };
            self.report(Code::UnknownId, at, format!("there is no {} `{}`", noun.word(), clip(id, 60)), help);
        } else {
            self.found[at.file].omit(1);
        }
        None
    }

    /// Whether something refers to it, or may have been meant to.
    pub(crate) fn is_used(&self, noun: Noun, index: usize) -> bool {
        self.names.get(&noun).is_none_or(|names| names.missed || names.used.contains(&index))
    }

    /// Whether something refers to a name of this noun that there is not.
    pub(crate) fn missed(&self, noun: Noun) -> bool {
        self.names.get(&noun).is_some_and(|names| names.missed)
    }

    /// A problem, its place and the next step.
    pub(crate) fn report(&mut self, code: Code, at: At, message: impl Into<String>, help: impl Into<String>) {
        self.report_span(code, at.file, at.node.span, message, help);
    }

    /// As [`Context::report`], pointing at the name or bracket alone: for problems of something large.
    pub(crate) fn report_head(&mut self, code: Code, at: At, message: impl Into<String>, help: impl Into<String>) {
        self.report_span(code, at.file, at.node.head(), message, help);
    }

    /// As [`Context::report`], at a key.
    pub(crate) fn report_span(
        &mut self,
        code: Code,
        file: usize,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(file, Diagnostic::new(code, span, message).help(help));
    }

    /// A problem that was put together elsewhere; its path is filled in.
    pub(crate) fn push(&mut self, file: usize, mut problem: Diagnostic) {
        // Paths are dear in a document that is nothing but problems.
        if !self.is_full(file) {
            problem.path = self.documents[file].tree().path_at(problem.span);
        }
        self.found[file].push(problem);
    }

    /// A value as it is written, for messages; text without its quotes.
    pub(crate) fn written(&self, at: At) -> String {
        match &at.node.kind {
            Kind::Text(text) => clip(text, 40),
            _ => clip(self.documents[at.file].source().slice(at.node.span), 40),
        }
    }

    fn is_full(&self, file: usize) -> bool {
        self.found[file].len() >= MAX_KEPT
    }
}

/// Where a noun is defined.
pub(crate) const fn section(noun: Noun) -> &'static str {
    match noun {
        Noun::Zone => "zones",
        Noun::Station => "stations",
        Noun::Route => "routes",
        Noun::Traffic => "traffic",
        Noun::Operator => "operators",
        Noun::System => "information",
        Noun::Step => "campaign.steps",
        Noun::Layer => "layers",
        Noun::Safeguard => "safeguards",
        Noun::Option => "options",
        Noun::Objective => "objectives",
        Noun::Seat => "seats",
        Noun::Inject => "injects",
        Noun::Decision => "decisions",
    }
}
