//! From a source to an exercise and the scenario it is played on, with everything that is wrong with either.

use super::convert::{At, Context, Named, Noun};
use super::files::{Beside, Files};
use super::load::repoint;
use super::sections::{map, required_list};
use super::{Code, Diagnostic, Diagnostics, Document, MAX_BYTES, Source, clip, shape};
use crate::model::{Exercise, Handling, Scenario};

/// Entries of any one section.
const MOST_ENTRIES: usize = 500;

/// What an exercise document says, section by section. A value is none if its form is wrong, which has been reported.
#[derive(Debug)]
pub(super) struct Sections<'d> {
    pub(super) root: At<'d>,
    pub(super) title: Option<String>,
    pub(super) handling: Option<Handling>,
    pub(super) about: shape::About,
    pub(super) length: Option<shape::Duration>,
    pub(super) agenda: shape::Agenda,
    pub(super) score: Option<shape::Score>,
    pub(super) option: Option<String>,
    pub(super) world: Option<shape::WorldChoice>,
    pub(super) story: Option<shape::Story>,
    pub(super) objectives: Vec<Named<'d, shape::Objective>>,
    pub(super) seats: Vec<Named<'d, shape::Seat>>,
    pub(super) modules: Vec<(At<'d>, Option<shape::Module>)>,
    pub(super) injects: Vec<Named<'d, shape::Inject>>,
    pub(super) decisions: Vec<Named<'d, shape::Decision>>,
}

/// Loads an exercise and the scenario that it names. There is none if something is wrong with either; there may be
/// warnings either way.
///
/// `files` reads what the document names. Problems of the scenario are told where it is named, each with its own place
/// in words.
pub fn load_exercise(source: &Source, files: &dyn Files) -> (Option<Exercise>, Diagnostics) {
    let mut found = Diagnostics::new();
    let Some(document) = Document::read(source, &mut found) else { return (None, found) };
    let documents = [document];
    let Some((sections, named)) = read(&documents[0], &mut found) else { return (None, found) };
    let scenario = named.and_then(|name| scenario(&documents[0], &name, sections.root, files, &mut found));
    let mut context = Context::new(&documents, vec![found], files);
    let exercise = build(&sections, scenario, &mut context);
    let found = context.into_found().pop().unwrap_or_default();
    (exercise.filter(|_| !found.has_errors()), found)
}

fn read<'d>(document: &'d Document<'d>, found: &mut Diagnostics) -> Option<(Sections<'d>, Option<String>)> {
    let mut fields = document.fields("Exercise", found)?;
    let root = At { file: 0, node: &document.tree().root };
    let title = fields.required("title");
    let handling = fields.required("handling");
    let length = fields.required("length");
    let scenario = fields.required("scenario");
    let sections = Sections {
        root,
        title,
        handling,
        length,
        about: fields.optional("about").unwrap_or_default(),
        agenda: fields.optional("agenda").unwrap_or_default(),
        score: fields.optional("score"),
        option: fields.required("option"),
        world: fields.required("world"),
        story: fields.required("story"),
        objectives: map(&mut fields, "objectives", 0, false),
        seats: map(&mut fields, "seats", 0, true),
        modules: required_list(&mut fields, "modules", 0),
        injects: map(&mut fields, "injects", 0, false),
        decisions: map(&mut fields, "decisions", 0, true),
    };
    fields.finish();
    Some((sections, scenario))
}

/// Loads the scenario by its name.
fn scenario(document: &Document, name: &str, root: At, files: &dyn Files, found: &mut Diagnostics) -> Option<Scenario> {
    let span = root.field("scenario").node.span;
    let mut refuse = |code, message: String| {
        let help = "name a scenario beside this document, such as \"lakeside.scenario.ron\"";
        found.push(Diagnostic::new(code, span, message).help(help).at(document.tree().path_at(span)));
    };
    let bytes = match files.open(name, MAX_BYTES) {
        Ok(bytes) => bytes,
        Err(error) => {
            refuse(Code::FileRefused, format!("`{}` cannot be used: {error}", clip(name, 80)));
            return None;
        }
    };
    match Source::from_bytes(name, &bytes) {
        Ok(source) => {
            let (scenario, inner) = super::load_scenario(&source, &Beside::new(files, name));
            repoint(document.written(), &source, &inner, span, found);
            scenario
        }
        Err(refused) => {
            refuse(Code::FileRefused, format!("`{}` cannot be used: {}", clip(name, 80), refused.1.message));
            None
        }
    }
}

/// The exercise, if all of it is right. Without its scenario, only what needs none is checked.
fn build<'d>(all: &Sections<'d>, scenario: Option<Scenario>, context: &mut Context<'d>) -> Option<Exercise> {
    let lengths = [all.objectives.len(), all.seats.len(), all.modules.len(), all.injects.len(), all.decisions.len()];
    if lengths.into_iter().any(|entries| entries > MOST_ENTRIES) {
        let message = format!("a section has more than {MOST_ENTRIES} entries");
        context.report_head(Code::LimitExceeded, all.root, message, "divide the exercise into several");
        return None;
    }
    define(all, scenario.as_ref(), context);
    super::convert::exercise(all, scenario, context)
}

/// All names, so that entries can refer to each other in any order.
fn define(all: &Sections, scenario: Option<&Scenario>, context: &mut Context) {
    let own = [
        (Noun::Objective, all.objectives.iter().map(|it| &it.id).collect::<Vec<_>>()),
        (Noun::Seat, all.seats.iter().map(|it| &it.id).collect()),
        (Noun::Inject, all.injects.iter().map(|it| &it.id).collect()),
        (Noun::Decision, all.decisions.iter().map(|it| &it.id).collect()),
    ];
    let scenarios = scenario.into_iter().flat_map(|scenario| {
        [
            (Noun::Layer, scenario.layers.iter().map(|it| &it.id).collect::<Vec<_>>()),
            (Noun::Safeguard, scenario.safeguards.iter().map(|it| &it.id).collect()),
            (Noun::Option, scenario.options.iter().map(|it| &it.id).collect()),
        ]
    });
    for (noun, ids) in own.into_iter().chain(scenarios) {
        for id in ids {
            context.define(noun, id);
        }
    }
}
