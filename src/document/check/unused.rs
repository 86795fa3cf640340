//! Definitions that nothing refers to, and stations that no goods can come to.

use std::collections::BTreeSet;

use super::Checked;
use crate::document::Code;
use crate::document::convert::{Context, Named, Noun};
use crate::document::shape::{Leg, Share};

pub(super) fn check<'d>(checked: &Checked<'_, 'd>, context: &mut Context<'d>) {
    let all = checked.all;
    unused(&all.zones, Noun::Zone, "put a station into it, let goods leave to it, or remove it", context);
    unused(&all.routes, Noun::Route, "name it as the `route` of a traffic class, or remove it", context);
    unused(&all.operators, Noun::Operator, "let it run a zone or handle traffic, or remove it", context);
    unused(&all.safeguards, Noun::Safeguard, "name it in the `safeguards` of an option, or remove it", context);
    let visited: BTreeSet<&str> = all
        .routes
        .iter()
        .flat_map(|route| route.value.iter().flatten())
        .flat_map(|leg| match leg {
            Leg::Visit(station) => std::slice::from_ref(station),
            Leg::Detour { through, .. } => through,
            Leg::Wait(_) | Leg::Leave(_) => &[],
        })
        .map(String::as_str)
        .collect();
    for station in all.stations.iter().filter(|station| station.at.file == 0) {
        if !visited.contains(station.id.as_str()) && !context.missed(Noun::Station) {
            let message = format!("no route visits the station `{}`", station.id);
            let help = "add Visit(\"…\") with its name to a route, or remove it";
            context.report_span(Code::Unreachable, 0, station.key, message, help);
        }
    }
    for (at, group) in &checked.header.fail_together {
        if let Some(group) = group
            && group.share == Share::Percent(0.0)
        {
            let message = "this group does nothing: its share is 0 %";
            context.report(Code::Unused, at.field("share"), message, "write a share over 0, or remove the group");
        }
    }
}

/// What an included file defines is there for other documents too.
fn unused<'d, T>(entries: &[Named<'d, T>], noun: Noun, help: &str, context: &mut Context<'d>) {
    for (index, entry) in entries.iter().enumerate() {
        if entry.at.file == 0 && !context.is_used(noun, index) {
            let message = format!("nothing refers to the {} `{}`", noun.word(), entry.id);
            context.report_span(Code::Unused, 0, entry.key, message, help);
        }
    }
}
