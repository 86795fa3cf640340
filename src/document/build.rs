//! A scenario put together from its definitions: names first, then every entry, then what holds them together.

use std::collections::BTreeSet;

use super::check::Checked;
use super::convert::{self, At, Context, HUB, Layers, Named, Noun, Places, hub_itself};
use super::limits;
use super::locate::did_you_mean;
use super::sections::{Definitions, Header};
use super::{Code, clip, library, shape};
use crate::model::{Costs, DefenceOption, Layer, OperatorId, OptionId, Safeguard, Scenario, ZoneKind};

/// The option of a document that has none.
const AS_IS: &str = "as-is";

/// Characters of a title.
const LONGEST_TITLE: usize = 200;

/// The scenario, if all of it is right, and the places of its assumptions, in their order. What is wrong is reported
/// either way.
pub(super) fn build<'d>(
    header: &Header<'d>,
    all: &Definitions<'d>,
    context: &mut Context<'d>,
) -> Option<(Scenario, Vec<Places>)> {
    limits::sections(all, header, context)?;
    let stated = stated(&all.safeguards, context);
    define(header, all, &stated, context);

    title(header, context);
    let calendar = header.calendar.as_ref().and_then(|it| context.calendar(it, header.root.field("calendar")));
    let zones = entries(&all.zones, context, |c, it, id, at| c.zone(id, it, at));
    let stations = entries(&all.stations, context, |c, it, id, at| c.station(id, it, at));
    let kinds: Vec<Option<ZoneKind>> = all.zones.iter().map(|zone| zone.value.as_ref().map(|it| it.kind)).collect();
    let routes = entries(&all.routes, context, |c, it, id, at| c.route(id, it, at, &kinds));
    let implicit = all.operators.is_empty().then(|| OperatorId::from_index(0));
    let traffic = entries(&all.traffic, context, |c, it, id, at| c.traffic(id, it, at, implicit));
    let operators = match implicit {
        Some(_) => Some(vec![hub_itself()]),
        None => entries(&all.operators, context, |c, it, id, at| c.operator(id, it, at)),
    };
    let information = entries(&all.information, context, |c, it, id, at| c.system(id, it, at));
    let handlers = handlers(all);
    let campaign = header.campaign.as_ref().map(|raw| context.campaign(raw, &handlers));
    let layers = layers(all, &stated, context);
    let fail_together = groups(header, context);
    let desk = header.desk.as_ref().map(|raw| context.desk(raw));
    let costs = match &header.costs {
        Some(costs) => context.costs(costs, header.root.field("costs")),
        None => Some(Costs::default()),
    };
    let safeguards = safeguards(&stated, all, header, context);
    let options = match all.options.is_empty() {
        true => Some(vec![DefenceOption { id: AS_IS.to_owned(), safeguards: Vec::new(), rules: Vec::new() }]),
        false => entries(&all.options, context, |c, it, id, at| c.option(id, it, at)),
    };
    let compare_with = match &header.compare_with {
        Some(name) => context.resolve(Noun::Option, name, header.root.field("compare_with")),
        None => Some(0),
    };
    // Last of all: by now it is known which numbers are counts.
    let assumptions = convert::assumptions(context, &all.assumptions);
    let layer_places: Vec<At<'d>> = places(all, &stated);
    let checked = Checked { header, all, layers: &layer_places };
    checked.references(context);
    if context.has_errors() {
        return None;
    }
    let (assumptions, places) = assumptions?.into_iter().unzip();
    let scenario = Scenario {
        title: header.title.clone()?,
        handling: header.handling?,
        calendar: calendar?,
        unsourced_numbers: header.unsourced_numbers?,
        standards: header.standards.clone(),
        zones: zones?,
        stations: stations?,
        routes: routes?,
        traffic: traffic?,
        operators: operators?,
        information: information?,
        campaign: all_or_none(campaign)?,
        layers: layers?,
        fail_together: fail_together?,
        desk: all_or_none(desk)?,
        costs: costs?,
        safeguards: safeguards?,
        options: options?,
        compare_with: OptionId::from_index(compare_with?),
        assumptions,
    };
    limits::work(all, header, &scenario, context)?;
    checked.figures(&scenario, context);
    Some((scenario, places))
}

/// A title goes over charts and pages.
fn title<'d>(header: &Header<'d>, context: &mut Context<'d>) {
    let Some(title) = &header.title else { return };
    if title.trim().is_empty() || clip(title, LONGEST_TITLE) != **title {
        let message = "the title is empty, too long, or holds a character that does not print";
        let help = format!("write a line of at most {LONGEST_TITLE} characters");
        context.report(Code::BadName, header.root.field("title"), message, help);
    }
}

/// A safeguard as it is stated, by the document or by the library.
struct Stated<'d> {
    id: String,
    at: At<'d>,
    shape: Option<shape::Safeguard>,
    from_library: bool,
}

fn stated<'d>(safeguards: &[Named<'d, shape::Safeguard>], context: &mut Context<'d>) -> Vec<Stated<'d>> {
    let stated = |named: &Named<'d, shape::Safeguard>| {
        let own = |shape, from_library| Stated { id: named.id.clone(), at: named.at, shape, from_library };
        match &named.value {
            Some(shape::Safeguard::Library(id)) => {
                let shipped = library::shipped().iter().find(|(own, _)| own == id);
                if shipped.is_none() {
                    let known: Vec<String> = library::library_ids().map(str::to_owned).collect();
                    let help = did_you_mean(id, &known, "the library has");
                    let message = format!("the library has no safeguard `{}`", clip(id, 60));
                    context.report(Code::UnknownId, named.at.inside(), message, help);
                }
                own(shipped.map(|(_, shape)| shape.clone()), true)
            }
            shape => own(shape.clone(), false),
        }
    };
    safeguards.iter().map(stated).collect()
}

/// All names, so that entries can refer to each other in any order.
fn define<'d>(header: &Header<'d>, all: &Definitions<'d>, safeguards: &[Stated<'d>], context: &mut Context<'d>) {
    names(Noun::Zone, &all.zones, context);
    names(Noun::Station, &all.stations, context);
    names(Noun::Route, &all.routes, context);
    names(Noun::Traffic, &all.traffic, context);
    names(Noun::Operator, &all.operators, context);
    if all.operators.is_empty() {
        context.define(Noun::Operator, HUB);
    }
    names(Noun::System, &all.information, context);
    names(Noun::Layer, &all.layers, context);
    names(Noun::Safeguard, &all.safeguards, context);
    for stated in safeguards {
        if let Some(shape) = &stated.shape {
            context.define_layers(shape, stated.at);
        }
    }
    names(Noun::Option, &all.options, context);
    if all.options.is_empty() {
        context.define(Noun::Option, AS_IS);
    }
    if let Some(campaign) = &header.campaign {
        names(Noun::Step, &campaign.steps, context);
    }
}

fn names<'d, T>(noun: Noun, entries: &[Named<'d, T>], context: &mut Context<'d>) {
    for entry in entries {
        context.good_name(&entry.id, entry.at.file, entry.key);
        if context.defines(noun, &entry.id) {
            let message = format!("there is a {} `{}` already, in another file", noun.word(), clip(&entry.id, 60));
            context.report_span(
                Code::DefinedTwice,
                entry.at.file,
                entry.key,
                message,
                "rename or remove one of the two",
            );
        }
        context.define(noun, &entry.id);
    }
}

/// Converts all entries of a section; none if one of them is wrong.
fn entries<'d, T, M>(
    section: &[Named<'d, T>],
    context: &mut Context<'d>,
    convert: impl Fn(&mut Context<'d>, &T, &str, At<'d>) -> Option<M>,
) -> Option<Vec<M>> {
    let read: Vec<Option<M>> =
        section.iter().map(|entry| convert(context, entry.value.as_ref()?, &entry.id, entry.at)).collect();
    read.into_iter().collect()
}

/// The operators that handle goods, in the order of the document.
fn handlers(all: &Definitions) -> Vec<OperatorId> {
    let handles = |id: &str| {
        all.traffic.iter().filter_map(|traffic| traffic.value.as_ref()?.handled_by.as_deref()).any(|by| by == id)
    };
    let operators = all.operators.iter().enumerate().filter(|(_, operator)| handles(&operator.id));
    operators.map(|(index, _)| OperatorId::from_index(index)).collect()
}

/// The standing layers, then those that safeguards bring, in the order of their names.
fn layers<'d>(all: &Definitions<'d>, safeguards: &[Stated<'d>], context: &mut Context<'d>) -> Option<Vec<Layer>> {
    let standing = entries(&all.layers, context, |c, it, id, at| c.layer(id, it, at, true));
    let brought: Vec<Option<Layer>> = safeguards
        .iter()
        .filter_map(|stated| Some((stated.shape.as_ref()?, stated.at)))
        .flat_map(|(shape, at)| context.brought_layers(shape, at))
        .collect();
    let mut layers = standing?;
    layers.extend(brought.into_iter().collect::<Option<Vec<_>>>()?);
    Some(layers)
}

/// Where each layer stands, in the same order.
fn places<'d>(all: &Definitions<'d>, safeguards: &[Stated<'d>]) -> Vec<At<'d>> {
    let standing = all.layers.iter().map(|layer| layer.at);
    let brought = safeguards.iter().filter_map(|stated| Some((stated.shape.as_ref()?, stated.at)));
    standing.chain(brought.flat_map(|(shape, at)| convert::brought_places(shape, at))).collect()
}

fn groups<'d>(header: &Header<'d>, context: &mut Context<'d>) -> Option<Vec<crate::model::FailTogether>> {
    let mut taken = BTreeSet::new();
    let read: Vec<_> = header
        .fail_together
        .iter()
        .map(|(at, group)| context.fail_together(group.as_ref()?, *at, &mut taken))
        .collect();
    read.into_iter().collect()
}

fn safeguards<'d>(
    safeguards: &[Stated<'d>],
    all: &Definitions<'d>,
    header: &Header<'d>,
    context: &mut Context<'d>,
) -> Option<Vec<Safeguard>> {
    let standing = all.layers.iter().map(|layer| layer.value.as_ref().map(|it| convert::looks_at_items(&it.method)));
    let brought = safeguards.iter().filter_map(|stated| stated.shape.as_ref()).flat_map(convert::brought_shapes);
    let per_item: Vec<Option<bool>> =
        standing.chain(brought.map(|layer| Some(convert::looks_at_items(&layer.method)))).collect();
    let layers = Layers { per_item: &per_item };
    let read: Vec<Option<Safeguard>> = safeguards
        .iter()
        .map(|stated| {
            let (shape, grade) = (stated.shape.as_ref()?, header.unsourced_numbers);
            context.safeguard(&stated.id, shape, stated.at, &layers, stated.from_library, grade)
        })
        .collect();
    read.into_iter().collect()
}

/// Nothing is fine; something that is wrong is not.
fn all_or_none<T>(it: Option<Option<T>>) -> Option<Option<T>> {
    match it {
        Some(None) => None,
        Some(some) => Some(some),
        None => Some(None),
    }
}
