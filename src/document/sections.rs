//! The sections of a document, read into shapes with the place of every entry.

use serde::de::DeserializeOwned;

use super::convert::{At, Named, RawCampaign, RawDesk};
use super::shape::{self, defaults};
use super::tree::{Kind, Node};
use super::{Diagnostics, Document, Fields};
use crate::model::{Grade, Handling};

/// What a scenario and the files that it includes define.
#[derive(Debug, Default)]
pub(super) struct Definitions<'d> {
    pub(super) zones: Vec<Named<'d, shape::Zone>>,
    pub(super) stations: Vec<Named<'d, shape::Station>>,
    pub(super) routes: Vec<Named<'d, Vec<shape::Leg>>>,
    pub(super) traffic: Vec<Named<'d, shape::Traffic>>,
    pub(super) operators: Vec<Named<'d, shape::Operator>>,
    pub(super) information: Vec<Named<'d, shape::InformationSystem>>,
    pub(super) layers: Vec<Named<'d, shape::Layer>>,
    pub(super) safeguards: Vec<Named<'d, shape::Safeguard>>,
    pub(super) options: Vec<Named<'d, shape::DefenceOption>>,
    /// The assumptions' values are taken from the tree.
    pub(super) assumptions: Vec<(String, super::Span, At<'d>)>,
}

/// What the scenario alone says.
#[derive(Debug)]
pub(super) struct Header<'d> {
    pub(super) root: At<'d>,
    pub(super) title: Option<String>,
    pub(super) handling: Option<Handling>,
    pub(super) calendar: Option<shape::Calendar>,
    pub(super) unsourced_numbers: Option<Grade>,
    pub(super) standards: Option<String>,
    pub(super) campaign: Option<RawCampaign<'d>>,
    pub(super) desk: Option<RawDesk<'d>>,
    pub(super) costs: Option<shape::Costs>,
    pub(super) fail_together: Vec<(At<'d>, Option<shape::FailTogether>)>,
    pub(super) compare_with: Option<String>,
}

/// Reads the document that was asked for.
pub(super) fn scenario<'d>(
    document: &'d Document<'d>,
    found: &mut Diagnostics,
    definitions: &mut Definitions<'d>,
) -> Option<Header<'d>> {
    let mut fields = document.fields("Scenario", found)?;
    let root = At { file: 0, node: &document.tree().root };
    let title = fields.required("title");
    let handling = fields.required("handling");
    let calendar = fields.required("calendar");
    let unsourced_numbers = fields.required("unsourced_numbers");
    let standards = fields.optional("standards");
    let _: Vec<String> = fields.optional_list("include");
    let alone = fields.node("include").is_none();
    sections(&mut fields, 0, alone, definitions);
    let campaign = campaign(&mut fields, document.tree().is_json());
    let desk = desk(&mut fields);
    let costs = fields.optional("costs");
    let fail_together = list(&mut fields, "fail_together", 0);
    let compare_with = fields.optional("compare_with");
    fields.finish();
    Some(Header {
        root,
        title,
        handling,
        calendar,
        unsourced_numbers,
        standards,
        campaign,
        desk,
        costs,
        fail_together,
        compare_with,
    })
}

/// Reads an included document; gives its handling.
pub(super) fn shared<'d>(
    document: &'d Document<'d>,
    file: usize,
    found: &mut Diagnostics,
    definitions: &mut Definitions<'d>,
) -> Option<Handling> {
    let mut fields = document.fields("Shared", found)?;
    let handling = fields.required("handling");
    sections(&mut fields, file, false, definitions);
    fields.finish();
    handling
}

/// The sections that scenarios and included documents have in common. `alone`: nothing comes from elsewhere.
fn sections<'d>(fields: &mut Fields<'d, '_>, file: usize, alone: bool, into: &mut Definitions<'d>) {
    into.zones.extend(map(fields, "zones", file, alone));
    into.stations.extend(map(fields, "stations", file, alone));
    into.routes.extend(map(fields, "routes", file, alone));
    into.traffic.extend(map(fields, "traffic", file, alone));
    into.operators.extend(map(fields, "operators", file, false));
    into.information.extend(map(fields, "information", file, false));
    into.layers.extend(map(fields, "layers", file, false));
    into.safeguards.extend(map(fields, "safeguards", file, false));
    into.options.extend(map(fields, "options", file, false));
    if let Some(node) = fields.node("assumptions") {
        if !matches!(node.kind, Kind::Map(_)) {
            // Says what belongs there.
            let _: Vec<(String, shape::Share)> = fields.optional_map("assumptions");
        }
        let entries = node.children().filter_map(|child| Some((child.id?.to_owned(), child.key?, child.value)));
        into.assumptions.extend(entries.map(|(id, key, node)| (id, key, At { file, node })));
    }
}

fn campaign<'d>(fields: &mut Fields<'d, '_>, is_json: bool) -> Option<RawCampaign<'d>> {
    let node = fields.node("campaign")?;
    let bare = is_json || matches!(node.kind, Kind::Ident(_));
    if bare && node.text() == Some("NoCampaign") {
        return None;
    }
    let mut inner = fields.nested("campaign", "Campaign")?;
    let mut raw = RawCampaign {
        at: At { file: 0, node },
        uses: inner.required("uses"),
        says_elsewhere: inner.node("elsewhere").is_some(),
        elsewhere: inner.optional("elsewhere"),
        starts: inner.required("starts"),
        adversary: inner.optional("adversary").unwrap_or_else(defaults::adversary),
        pauses_after_alert: inner.required("pauses_after_alert"),
        pause_lasts: inner.optional("pause_lasts").unwrap_or_else(defaults::pause_lasts),
        after_alert: inner.optional("after_alert"),
        tempo: inner.optional("tempo").unwrap_or_else(defaults::tempo),
        budget: inner.optional("budget"),
        goals: inner.required("goals"),
        steps: map(&mut inner, "steps", 0, true),
        waits_for_trigger: inner
            .node("altered_goods_act_after")
            .is_some_and(|node| (is_json || matches!(node.kind, Kind::Ident(_))) && node.text() == Some("OnTrigger")),
        altered_goods_act_after: None,
    };
    if !raw.waits_for_trigger {
        raw.altered_goods_act_after = inner.required("altered_goods_act_after");
    }
    inner.finish();
    Some(raw)
}

fn desk<'d>(fields: &mut Fields<'d, '_>) -> Option<RawDesk<'d>> {
    let node = fields.node("desk")?;
    let mut inner = fields.nested("desk", "Desk")?;
    let raw = RawDesk {
        at: At { file: 0, node },
        analysts: inner.required("analysts"),
        believes_at_start: inner.required("believes_at_start"),
        flows_at_start: inner.optional("flows_at_start"),
        people_at_start: inner.optional("people_at_start"),
        each_signal_takes: inner.optional("each_signal_takes"),
        if_misused_expects: inner.required("if_misused_expects"),
        expects_authorised: inner.optional("expects_authorised").unwrap_or_else(defaults::none_authorised),
        forgets_half_in: inner.required("forgets_half_in"),
        watches_at: inner.required("watches_at"),
        investigates_at: inner.required("investigates_at"),
        acts_at: inner.required("acts_at"),
        stages: required_list(&mut inner, "stages", 0),
        recall: inner.optional("recall").unwrap_or_else(defaults::recall),
        finds_anyway: inner.optional("finds_anyway").unwrap_or_else(defaults::finds_anyway),
        cost: inner.optional("cost").unwrap_or_else(defaults::desk_cost),
    };
    inner.finish();
    Some(raw)
}

/// The entries of a map with their places. A key that occurs twice counts once; that it does has been reported.
pub(super) fn map<'d, T: DeserializeOwned>(
    fields: &mut Fields<'d, '_>,
    name: &'static str,
    file: usize,
    needed: bool,
) -> Vec<Named<'d, T>> {
    let read = if needed { fields.map::<T>(name) } else { fields.optional_map::<T>(name) };
    let Some(Node { kind: Kind::Map(entries), .. }) = fields.node(name) else { return Vec::new() };
    let mut read = read.into_iter().peekable();
    let mut seen = std::collections::BTreeSet::new();
    let mut named = Vec::with_capacity(entries.len());
    for entry in entries {
        let Kind::Text(id) = &entry.key.kind else { continue };
        // What was read is a part of what is there, in the same order.
        let broken = fields.sink().has_error_within(entry.value.span);
        let value = if broken { None } else { read.next_if(|(key, _)| **key == **id).map(|(_, value)| value) };
        if seen.insert(id) {
            named.push(Named { id: id.to_string(), key: entry.key.span, at: At { file, node: &entry.value }, value });
        }
    }
    named
}

fn list<'d, T: DeserializeOwned>(
    fields: &mut Fields<'d, '_>,
    name: &'static str,
    file: usize,
) -> Vec<(At<'d>, Option<T>)> {
    let read = fields.optional_list::<T>(name);
    places(fields, name, file, read)
}

pub(super) fn required_list<'d, T: DeserializeOwned>(
    fields: &mut Fields<'d, '_>,
    name: &'static str,
    file: usize,
) -> Vec<(At<'d>, Option<T>)> {
    let read = fields.list::<T>(name);
    places(fields, name, file, read)
}

/// The elements of a list with their places.
fn places<'d, T>(
    fields: &mut Fields<'d, '_>,
    name: &'static str,
    file: usize,
    read: Vec<T>,
) -> Vec<(At<'d>, Option<T>)> {
    let Some(Node { kind: Kind::List(items), .. }) = fields.node(name) else { return Vec::new() };
    let mut read = read.into_iter();
    let mut placed = Vec::with_capacity(items.len());
    for node in items {
        let broken = fields.sink().has_error_within(node.span);
        placed.push((At { file, node }, if broken { None } else { read.next() }));
    }
    placed
}
