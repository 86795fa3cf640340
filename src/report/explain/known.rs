//! How the catalogue came to be known: written, looked through, copied, moved out.

use crate::chart::number::{count, percent};
use crate::measure::{Known, KnownEvent};
use crate::model::SystemId;
use crate::report::explain::Row;
use crate::report::explain::words::day;
use crate::report::names::{Names, counted};
use crate::time::SimTime;

/// A row a system; with all, a row an event too.
pub(super) fn rows(names: Names<'_>, known: &Known, all: bool) -> Vec<Row> {
    let used = known.systems.iter().enumerate().filter(|(_, system)| system.written > 0);
    let used: Vec<_> = used.collect();
    if used.is_empty() {
        return Vec::new();
    }
    let mut rows = vec![Row::Gap, Row::Title("How the catalogue came to be known".to_owned())];
    for (s, system) in used {
        let name = names.system(SystemId::from_index(s));
        rows.push(Row::Subtitle(format!("through {name}: {}", percent(system.share))));
        let mut step = |n: u64, text: &str| rows.push(Row::Term(count(n), text.to_owned()));
        step(system.written, "times it was to record sensitive goods of the operator");
        step(system.written - system.closed, "of these records say enough to be worth copying");
        step(system.looked_through, "of these were still kept when the campaign looked");
        step(system.copied, "of these were copied: young enough, and within its scope");
        step(system.out, "of these left the hub");
        step(system.businesses, "businesses are in them");
    }
    let out = |(_, event): &&(SimTime, KnownEvent)| matches!(event, KnownEvent::MovedOut { .. });
    let loads = known.events.iter().filter(out).count() as u64;
    if all {
        rows.extend(known.events.iter().map(|(at, event)| Row::Event(day(*at), text(names, *event))));
    } else if !known.events.is_empty() {
        let copies = known.events.len() as u64 - loads;
        let text = format!(
            "copied {}, moved out {}; --measure catalogue_share tells each",
            counted(copies, "time", "times"),
            counted(loads, "time", "times")
        );
        rows.push(Row::Note(text));
    }
    rows
}

/// A copy or a departure in words.
pub(super) fn text(n: Names<'_>, event: KnownEvent) -> String {
    match event {
        KnownEvent::Copied { system, kept, copied } => {
            format!("{} of {} records of {} are copied", count(copied.into()), count(kept.into()), n.system(system))
        }
        KnownEvent::Read { zone, copied } => {
            format!("{} read in {}", counted(copied.into(), "label is", "labels are"), n.zone(zone))
        }
        KnownEvent::MovedOut { records, businesses, share } => format!(
            "{} out, with {}; {} of the catalogue is known",
            counted(records.into(), "copy goes", "copies go"),
            counted(businesses.into(), "business new to it", "businesses new to it"),
            percent(share)
        ),
    }
}
