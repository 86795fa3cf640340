//! From a source to a scenario, with everything that is wrong with it.

use std::sync::Arc;

use super::build::build;
use super::convert::{Context, Places};
use super::files::Files;
use super::sections::{self, Definitions, Header};
use super::tree::Kind;
use super::{Code, Diagnostic, Diagnostics, Document, Inner, MAX_BYTES, Source, Span, clip};
use crate::model::{Handling, Scenario};

/// Files that one document includes.
const MOST_INCLUDED: usize = 16;

/// Problems of an included file that are told; the rest is counted.
const MOST_TOLD: usize = 20;

/// Loads a scenario. There is none if something is wrong with it; there may be warnings either way.
///
/// `files` reads what the document names: the definitions that it includes and its data. All problems are found at
/// once, as far as the syntax allows: at most one of form an entry, and all of meaning.
pub fn load_scenario(source: &Source, files: &dyn Files) -> (Option<Scenario>, Diagnostics) {
    let (loaded, found) = load(source, files);
    (loaded.map(|loaded| loaded.scenario), found)
}

/// A scenario, and what is needed to write other numbers into its documents.
pub(super) struct Loaded {
    pub(super) scenario: Scenario,
    /// Those of its assumptions, in their order.
    pub(super) places: Vec<Places>,
    /// The files that it includes, each with the place that names it.
    pub(super) included: Vec<(Span, Source)>,
}

/// As [`load_scenario`].
pub(super) fn load(source: &Source, files: &dyn Files) -> (Option<Loaded>, Diagnostics) {
    let mut found = Diagnostics::new();
    let Some(document) = Document::read(source, &mut found) else { return (None, found) };
    let includes = includes(&document, files, &mut found);
    let mut places = Vec::new();
    let mut documents = vec![document];
    let mut all_found = vec![found];
    for (span, source) in &includes {
        let mut found = Diagnostics::new();
        if let Some(document) = Document::read(source, &mut found) {
            documents.push(document);
            all_found.push(found);
            places.push(*span);
        } else {
            repoint(documents[0].written(), source, &found, *span, &mut all_found[0]);
        }
    }
    let mut definitions = Definitions::default();
    let header = sections::scenario(&documents[0], &mut all_found[0], &mut definitions);
    let mut handlings = Vec::new();
    for file in 1..documents.len() {
        handlings.push(sections::shared(&documents[file], file, &mut all_found[file], &mut definitions));
    }
    let mut context = Context::new(&documents, all_found, files);
    let built = header.and_then(|header| {
        looser(&header, &handlings, &places, &mut context);
        build(&header, &definitions, &mut context)
    });
    let errors = context.has_errors();
    let mut all_found = context.into_found();
    for (document, found) in documents.iter().zip(&mut all_found) {
        document.forget_paint(found);
    }
    let mut all_found = all_found.into_iter();
    let mut found = all_found.next().unwrap_or_default();
    for ((file, inner), span) in all_found.enumerate().zip(&places) {
        repoint(documents[0].written(), documents[file + 1].written(), &inner, *span, &mut found);
    }
    let built = built.filter(|_| !errors && !found.has_errors());
    // Without errors every file that is included has become a document, in this order.
    (built.map(|(scenario, places)| Loaded { scenario, places, included: includes }), found)
}

/// Reads the files that a document includes, each with the place that names it.
fn includes(document: &Document, files: &dyn Files, found: &mut Diagnostics) -> Vec<(Span, Source)> {
    let list = document.tree().content().children().find(|child| child.id == Some("include"));
    let Some(Kind::List(items)) = list.map(|child| &child.value.kind) else { return Vec::new() };
    let mut sources: Vec<(Span, Source)> = Vec::new();
    for node in items {
        let Kind::Text(name) = &node.kind else { continue };
        let mut refuse = |code, message: String, help: &str| {
            let path = document.tree().path_at(node.span);
            found.push(Diagnostic::new(code, node.span, message).help(help).at(path));
        };
        if sources.iter().any(|(_, source)| source.name() == &**name) {
            refuse(Code::ListedTwice, format!("`{}` is included twice", clip(name, 80)), "remove one of the two");
            continue;
        }
        if sources.len() == MOST_INCLUDED {
            let message = format!("more than {MOST_INCLUDED} files are included");
            refuse(Code::LimitExceeded, message, "join some of them");
            break;
        }
        match files.open(name, MAX_BYTES) {
            Err(error) => {
                let message = format!("`{}` cannot be included: {error}", clip(name, 80));
                refuse(Code::FileRefused, message, "name a file beside this document");
            }
            Ok(bytes) => match Source::from_bytes(&**name, &bytes) {
                Ok(source) => sources.push((node.span, source)),
                Err(refused) => {
                    let (source, problem) = *refused;
                    let mut inner = Diagnostics::new();
                    inner.push(problem);
                    repoint(document.written(), &source, &inner, node.span, found);
                }
            },
        }
    }
    sources
}

/// Tells the problems of another file where `by` names it, each with its own place in it.
pub(super) fn repoint(by: &Source, source: &Source, inner: &Diagnostics, span: Span, found: &mut Diagnostics) {
    if inner.is_empty() && inner.omitted() == 0 {
        return;
    }
    let folder = &by.name()[..by.name().rfind('/').map_or(0, |slash| slash + 1)];
    let source = Arc::new(Source::new(format!("{folder}{}", source.name()), source.text()));
    for problem in inner.iter().take(MOST_TOLD) {
        let mut told = Diagnostic::new(problem.code, span, problem.message.clone()).at(problem.path.clone());
        told.help.clone_from(&problem.help);
        told.inner = Some(Box::new(Inner { source: Arc::clone(&source), problem: problem.clone() }));
        found.push(told);
    }
    let untold = inner.iter().skip(MOST_TOLD).filter(|one| one.severity() == super::Severity::Error).count();
    found.omit(untold + inner.omitted());
}

/// A document must be kept at least as close as what it includes.
fn looser(header: &Header, handlings: &[Option<Handling>], places: &[Span], context: &mut Context) {
    let Some(own) = header.handling else { return };
    for (handling, span) in handlings.iter().zip(places) {
        if let Some(handling) = handling
            && (own as u8) < (*handling as u8)
        {
            let message = format!("this file is {}, and the document is only {}", handling.label(), own.label());
            let help = "set the document's `handling` to that of the strictest file it includes";
            context.report_span(Code::LooserHandling, 0, *span, message, help);
        }
    }
}
