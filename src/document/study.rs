//! From a source to a study and the scenarios that it makes of its scenario, with everything that is wrong with them.

use super::convert::{At, Context, Named, Noun};
use super::files::{Beside, Files};
use super::load::repoint;
use super::sections::map;
use super::tree::Kind;
use super::variant::{Changes, Over, vary};
use super::{
    Code, Diagnostic, Diagnostics, Document, MAX_BYTES, Severity, Source, Span, Uncertain, clip, load_uncertain, shape,
};
use crate::model::{Handling, Payer, Study};

/// World sets of one study, and moves of its adversary.
const MOST_SETS: usize = 20;

/// What a study document says, section by section. A value is none if its form is wrong, which has been reported.
#[derive(Debug)]
pub(super) struct Sections<'d> {
    pub(super) root: At<'d>,
    pub(super) title: Option<String>,
    pub(super) handling: Option<Handling>,
    pub(super) options: Vec<String>,
    pub(super) reference: Option<String>,
    pub(super) worlds: Vec<shape::StudiedWorld>,
    pub(super) main_measure: Option<String>,
    pub(super) measures: Vec<String>,
    pub(super) targets: Vec<Named<'d, shape::Target>>,
    pub(super) tolerances: Vec<Named<'d, Vec<shape::Corner>>>,
    pub(super) perspective: Vec<Payer>,
    pub(super) price_year: Option<u32>,
    pub(super) discount_rate: Option<shape::Share>,
    pub(super) worth: Option<shape::Worth>,
    pub(super) budget: Option<shape::Amount>,
    pub(super) draws: Option<u32>,
    pub(super) replications: Option<u32>,
    pub(super) precision: Option<shape::Precision>,
    pub(super) seed: Option<u64>,
    pub(super) weights: Vec<Named<'d, shape::Share>>,
    pub(super) sets: Vec<Set<'d>>,
    pub(super) optimise: Option<shape::Optimise>,
    pub(super) adversary_wants: Option<String>,
    pub(super) moves: Vec<Set<'d>>,
}

/// An entry of `world_sets` or `adversary_moves`, its values as text.
#[derive(Debug)]
pub(super) struct Set<'d> {
    pub(super) id: String,
    pub(super) key: Span,
    pub(super) at: At<'d>,
    pub(super) title: Option<String>,
    /// Path, place and text.
    pub(super) values: Vec<(&'d str, Span, &'d str)>,
}

/// A study, and the scenarios that it compares options in.
#[derive(Clone, Debug)]
pub struct Studied {
    /// What is asked.
    pub study: Study,
    /// The scenario with the study's assumptions and horizon, then the same in each world set.
    pub variants: Vec<Uncertain>,
    /// The same with each of the adversary's moves.
    pub moves: Vec<Uncertain>,
}

/// Loads a study and the scenario that it names. There is none if something is wrong with either, or with what the study
/// changes; there may be warnings either way.
///
/// `files` reads what the documents name. Problems of the scenario are told where it is named, each with its own place in
/// words.
pub fn load_study(source: &Source, files: &dyn Files) -> (Option<Studied>, Diagnostics) {
    let mut found = Diagnostics::new();
    let Some(document) = Document::read(source, &mut found) else { return (None, found) };
    let documents = [document];
    let Some((sections, changed)) = read(&documents[0], &mut found) else { return (None, found) };
    let variants = variants(&documents[0], &sections, &changed, files, &mut found);
    let mut context = Context::new(&documents, vec![found], files);
    let study = build(&sections, variants.first(), &mut context);
    let found = context.into_found().pop().unwrap_or_default();
    let studied = study.filter(|_| !found.has_errors()).map(|study| {
        let mut variants: Vec<Uncertain> = variants.into_iter().map(|it| it.discounted(study.discount_rate)).collect();
        let moves = variants.split_off((1 + study.world_sets.len()).min(variants.len()));
        Studied { study, variants, moves }
    });
    (studied, found)
}

/// What a study changes of its scenario, whatever the world set.
struct Changed<'d> {
    scenario: Option<String>,
    /// Of `calendar.horizon` and `handling`: path, place and text.
    values: Vec<(&'static str, Span, &'d str)>,
    /// Key, place and text.
    assumptions: Vec<(&'d str, Span, &'d str)>,
}

fn read<'d>(document: &'d Document<'d>, found: &mut Diagnostics) -> Option<(Sections<'d>, Changed<'d>)> {
    let mut fields = document.fields("Study", found)?;
    let root = At { file: 0, node: &document.tree().root };
    let text = |span: Span| document.source().slice(span);
    let title = fields.required("title");
    let handling = fields.required("handling");
    let scenario = fields.required("scenario");
    let _: Option<shape::Duration> = fields.optional("horizon");
    let mut values = Vec::new();
    for (field, path) in [("horizon", "calendar.horizon"), ("handling", "handling")] {
        values.extend(fields.node(field).map(|node| (path, node.span, text(node.span))));
    }
    let assumptions = match fields.node("assumptions") {
        Some(node) if matches!(node.kind, Kind::Map(_)) => {
            node.children().filter_map(|child| Some((child.id?, child.value.span, text(child.value.span)))).collect()
        }
        Some(_) => {
            // Says what belongs there.
            let _: Vec<(String, shape::Share)> = fields.optional_map("assumptions");
            Vec::new()
        }
        None => Vec::new(),
    };
    let mut sections = Sections {
        root,
        title,
        handling,
        options: fields.optional_list("options"),
        reference: fields.optional("reference"),
        worlds: fields.optional_list("worlds"),
        main_measure: fields.optional("main_measure"),
        measures: fields.optional_list("measures"),
        targets: map(&mut fields, "targets", 0, false),
        tolerances: map(&mut fields, "tolerances", 0, false),
        perspective: fields.optional_list("perspective"),
        price_year: fields.optional("price_year"),
        discount_rate: fields.optional("discount_rate"),
        worth: fields.optional("worth"),
        budget: fields.optional("budget"),
        draws: fields.optional("draws"),
        replications: fields.optional("replications"),
        precision: fields.optional("precision"),
        seed: fields.optional("seed"),
        weights: map(&mut fields, "weights", 0, false),
        sets: Vec::new(),
        optimise: fields.optional("optimise"),
        adversary_wants: fields.optional("adversary_wants"),
        moves: Vec::new(),
    };
    sections.sets = sets(document, &mut fields, "world_sets");
    sections.moves = sets(document, &mut fields, "adversary_moves");
    fields.finish();
    Some((sections, Changed { scenario, values, assumptions }))
}

/// The entries of `world_sets` or `adversary_moves`.
fn sets<'d>(document: &'d Document<'d>, fields: &mut super::Fields<'d, '_>, section: &'static str) -> Vec<Set<'d>> {
    let text = |span: Span| document.source().slice(span);
    let Some(node) = fields.node(section) else { return Vec::new() };
    if !matches!(node.kind, Kind::Map(_)) {
        let _: Vec<(String, shape::Share)> = fields.optional_map(section);
    }
    let mut all = Vec::new();
    for child in node.children() {
        let (Some(id), Some(key)) = (child.id, child.key) else { continue };
        let at = At { file: 0, node: child.value };
        let Some(mut inner) = super::Fields::of(document.source(), document.tree(), child.value, fields.sink()) else {
            continue;
        };
        let title = inner.required("title");
        let sets = inner.node("sets");
        if sets.is_none_or(|node| !matches!(node.kind, Kind::Map(_))) {
            let _: Vec<(String, shape::Share)> = inner.map("sets");
        }
        inner.finish();
        let values = sets.into_iter().flat_map(|node| node.children());
        let values = values.filter_map(|one| Some((one.id?, one.value.span, text(one.value.span)))).collect();
        all.push(Set { id: id.to_owned(), key, at, title, values });
    }
    all
}

/// The scenario with the study's changes, and the same in each world set. All, or none.
fn variants(
    document: &Document,
    sections: &Sections,
    changed: &Changed,
    files: &dyn Files,
    found: &mut Diagnostics,
) -> Vec<Uncertain> {
    let Some(name) = &changed.scenario else { return Vec::new() };
    let span = sections.root.field("scenario").node.span;
    let mut refuse = |message: String| {
        let help = "name a scenario beside this document, such as \"lakeside.scenario.ron\"";
        found.push(Diagnostic::new(Code::FileRefused, span, message).help(help).at(document.tree().path_at(span)));
    };
    let source = match files
        .open(name, MAX_BYTES)
        .map_err(|error| error.to_string())
        .and_then(|bytes| Source::from_bytes(&**name, &bytes).map_err(|refused| refused.1.message.clone()))
    {
        Ok(source) => source,
        Err(why) => {
            refuse(format!("`{}` cannot be used: {why}", clip(name, 80)));
            return Vec::new();
        }
    };
    let files = Beside::new(files, name);
    let (plain, inner) = load_uncertain(&source, &files);
    repoint(document.written(), &source, &inner, span, found);
    let Some(plain) = plain else { return Vec::new() };
    for (section, sets) in [("world_sets", &sections.sets), ("adversary_moves", &sections.moves)] {
        if sets.len() <= MOST_SETS {
            continue;
        }
        let message = format!("there are more than {MOST_SETS} of them");
        let place = sections.root.key(section);
        found.push(Diagnostic::new(Code::LimitExceeded, place, message).help("divide the study into several"));
        return Vec::new();
    }
    let nothing = Set { id: String::new(), key: span, at: sections.root, title: None, values: Vec::new() };
    let mut all = Vec::new();
    for set in std::iter::once(&nothing).chain(&sections.sets).chain(&sections.moves) {
        all.extend(variant(document, &plain, set, changed, &files, found));
    }
    if all.len() == sections.sets.len() + sections.moves.len() + 1 { all } else { Vec::new() }
}

fn variant(
    document: &Document,
    plain: &Uncertain,
    set: &Set,
    changed: &Changed,
    files: &dyn Files,
    found: &mut Diagnostics,
) -> Option<Uncertain> {
    // Where each change is written, by its path in the scenario.
    let values: Vec<(&str, Span, &str)> = set.values.iter().copied().chain(changed.values.iter().copied()).collect();
    let assumptions: Vec<(&str, Span, &str)> = changed.assumptions.clone();
    let bare = |list: &[(&'_ str, Span, &'_ str)]| -> Vec<(String, String)> {
        list.iter().map(|(path, _, text)| ((*path).to_owned(), (*text).to_owned())).collect()
    };
    let (bare_values, bare_assumptions) = (bare(&values), bare(&assumptions));
    let changes = Changes {
        values: bare_values.iter().map(|(path, text)| (&**path, &**text)).collect(),
        // What a world set fixes is not uncertain in it.
        assumptions: bare_assumptions
            .iter()
            .filter(|(key, _)| set.values.iter().all(|(path, ..)| path != key))
            .map(|(key, text)| (&**key, &**text))
            .collect(),
    };
    let mut push = |code, span: Span, message: String, help: &str| {
        found.push(Diagnostic::new(code, span, message).help(help).at(document.tree().path_at(span)));
    };
    let texts = match vary(plain.texts(), &changes) {
        Ok(texts) => texts,
        Err(refused) => {
            for nth in refused.nowhere {
                let message = format!("the path `{}` leads to nothing in the scenario", clip(values[nth].0, 80));
                push(Code::PathNamesNothing, values[nth].1, message, "write the ids on the way to it, joined by dots");
            }
            for nth in refused.overlapping {
                let message = format!("`{}` lies within something that is changed too", clip(values[nth].0, 80));
                push(Code::SetRefused, values[nth].1, message, "change the larger of the two alone");
            }
            return None;
        }
    };
    let (varied, inner) = load_uncertain(&texts[0], &Over { texts: &texts[1..], files });
    let mut elsewhere = Diagnostics::new();
    for problem in inner.iter().filter(|one| one.severity() == Severity::Error) {
        let path = problem.path.to_string();
        let under = |place: &str| path == place || path.starts_with(&format!("{place}."));
        let value = values.iter().find(|(place, ..)| under(place));
        let assumption = assumptions.iter().find(|(key, ..)| under(&format!("assumptions.{key}")));
        match value.or(assumption) {
            Some((_, span, _)) => {
                let help = problem.help.clone().unwrap_or_else(|| "write what the scenario could say there".to_owned());
                found.push(
                    Diagnostic::new(problem.code, *span, problem.message.clone()).help(help).at(problem.path.clone()),
                );
            }
            None => elsewhere.push(problem.clone()),
        }
    }
    if !elsewhere.is_empty() {
        let place = if set.id.is_empty() { set.at.field("scenario").node.span } else { set.key };
        repoint(document.written(), &texts[0], &elsewhere, place, found);
    }
    varied
}

/// The study, if all of it is right. Without its scenario, only what needs none is checked.
fn build<'d>(all: &Sections<'d>, scenario: Option<&Uncertain>, context: &mut Context<'d>) -> Option<Study> {
    for option in scenario.iter().flat_map(|it| &it.scenario().options) {
        context.define(Noun::Option, &option.id);
    }
    for safeguard in scenario.iter().flat_map(|it| &it.scenario().safeguards) {
        context.define(Noun::Safeguard, &safeguard.id);
    }
    super::convert::study(all, scenario.map(Uncertain::scenario), context)
}
