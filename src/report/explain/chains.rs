//! What happened to altered goods, as a sentence and link by link.

use std::collections::BTreeSet;

use crate::chart::number::{count, percent};
use crate::measure::{ItemChain, ItemEnd, Link, Look};
use crate::report::explain::Row;
use crate::report::explain::words::day;
use crate::report::names::{Names, counted};
use crate::time::SimTime;

/// Chains that are told unless all are asked for.
const FEW: usize = 5;

/// Chains of altered goods. Those that acted come first if not all are told.
pub(super) fn rows(names: Names<'_>, items: &[ItemChain], all: bool) -> Vec<Row> {
    if items.is_empty() {
        return Vec::new();
    }
    let mut rows = vec![Row::Gap, Row::Title("What happened to altered goods".to_owned())];
    let mut told: Vec<&ItemChain> = items.iter().collect();
    if !all {
        told.sort_by_key(|chain| std::cmp::Reverse(chain.end));
        told.truncate(FEW);
    }
    for chain in &told {
        rows.push(Row::Subtitle(sentence(names, chain)));
        if all {
            rows.extend(links(names, chain).into_iter().map(|(at, text)| Row::Event(at.to_string(), text)));
        }
    }
    let left_out = items.len() - told.len();
    if left_out > 0 {
        let more = counted(left_out as u64, "more item", "more items");
        rows.push(Row::Note(format!("{more}; --measure altered tells all, link by link")));
    }
    rows
}

/// `item 3 (consignment 5 of parcels flight 12): arrived, recorded, altered, missed by seal-check, delivered, acts on day 412`.
pub(super) fn sentence(n: Names<'_>, chain: &ItemChain) -> String {
    let c = chain.consignment;
    let mut parts: Vec<String> = Vec::new();
    let mut recorded = BTreeSet::new();
    let mut missed: Vec<&str> = Vec::new();
    for (at, link) in &chain.links {
        let said = match *link {
            Link::Arrived => Some(format!("arrived on {}", day(*at))),
            Link::Recorded { open: true, system, .. } => {
                recorded.insert(system).then(|| format!("recorded by {}", n.system(system)))
            }
            Link::Altered(_) => Some("altered".to_owned()),
            Link::Looked(layer, Look::Tried { caught: false, .. })
                if chain.end != ItemEnd::Acted || !acted_before(chain, *at) =>
            {
                missed.push(n.layer(layer));
                None
            }
            Link::Left => Some("delivered".to_owned()),
            Link::Found(by) => {
                Some(format!("found by {} on {}", by.map_or("the recall", |layer| n.layer(layer)), day(*at)))
            }
            Link::Acted => Some(format!("active on {}", day(*at))),
            _ => None,
        };
        if let Some(said) = said {
            if !missed.is_empty() {
                parts.push(format!("missed by {}", list(&std::mem::take(&mut missed))));
            }
            parts.push(said);
        }
    }
    if !missed.is_empty() {
        parts.push(format!("missed by {}", list(&missed)));
    }
    match chain.end {
        ItemEnd::InBuilding => parts.push("still in the building".to_owned()),
        ItemEnd::Latent => parts.push("latent at the end".to_owned()),
        ItemEnd::Found | ItemEnd::Acted => {}
    }
    let flight = format!("{} flight {}", n.traffic(c.traffic), count(u64::from(c.flight) + 1));
    format!("item {} (consignment {} of {flight}): {}", n.item(chain.item), c.place + 1, parts.join(", "))
}

/// Whether it had acted by then: what is heard of it later is no miss.
fn acted_before(chain: &ItemChain, at: SimTime) -> bool {
    chain.links.iter().any(|(t, link)| *link == Link::Acted && *t <= at)
}

/// What happened, a line an instant.
pub(super) fn links(n: Names<'_>, chain: &ItemChain) -> Vec<(SimTime, String)> {
    let mut lines: Vec<(SimTime, Vec<String>)> = Vec::new();
    let mut caught = None;
    for (at, link) in &chain.links {
        // That a layer caught it has been said, with its chance.
        if matches!(link, Link::Found(by) if by.is_some() && *by == caught) {
            continue;
        }
        if let Link::Looked(layer, Look::Tried { caught: true, .. }) = link {
            caught = Some(*layer);
        }
        let text = link_text(n, *link);
        match lines.last_mut() {
            Some((last, texts)) if last == at => texts.push(text),
            _ => lines.push((*at, vec![text])),
        }
    }
    lines.into_iter().map(|(at, texts)| (at, texts.join("; "))).collect()
}

fn link_text(n: Names<'_>, link: Link) -> String {
    match link {
        Link::Arrived => "its flight arrives".to_owned(),
        Link::Passed(Some(station)) => format!("done at {}", n.station(station)),
        Link::Passed(None) => "done with a wait".to_owned(),
        Link::Recorded { station, system, open: true } => {
            format!("recorded by {} at {}", n.system(system), n.station(station))
        }
        Link::Recorded { system, .. } => format!("{} records too little to be worth copying", n.system(system)),
        Link::Altered(Some((step, prepared))) => {
            format!("altered (step {}, class {}, ready on {})", n.step(step), n.step_class(step), day(prepared))
        }
        Link::Altered(None) => "altered".to_owned(),
        Link::Looked(layer, Look::NotPicked) => format!("not picked by {}", n.layer(layer)),
        Link::Looked(layer, Look::Tried { caught, chance, together }) => {
            let what = if caught { "caught" } else { "missed" };
            let together = if together { ", by one draw with its group" } else { "" };
            format!("{what} by {} (chance to catch {}{together})", n.layer(layer), percent(chance))
        }
        Link::Left => "leaves the hub unnoticed".to_owned(),
        Link::WillAct(until) => format!("would act on {}", day(until)),
        Link::Traced(Some(found)) => format!("the recall can trace it, and would find it on {}", day(found)),
        Link::Traced(None) => "the recall cannot trace it".to_owned(),
        Link::Found(by) => format!("found by {}", by.map_or("the recall", |layer| n.layer(layer))),
        Link::Acted => "acts".to_owned(),
        Link::Triggered => "because of a trigger".to_owned(),
    }
}

/// `a`, `a and b`, `a, b and c`.
fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
