//! What the desk came to believe, out of what, and how it came to name somebody.

use crate::chart::number::{count, percent};
use crate::measure::{Balance, DeskAccount, DeskEvent};
use crate::report::explain::Row;
use crate::report::explain::words::{self, day, signed};
use crate::report::names::{Names, counted};
use crate::time::SimTime;

/// Kinds of evidence that are told unless all are asked for.
const FEW: usize = 4;
/// Nats from which on a signal is told apart.
const HEAVY: f64 = 0.5;

/// The desk's account of each operator.
pub(super) fn rows(names: Names<'_>, desk: &[DeskAccount], all: bool) -> Vec<Row> {
    let Some(says) = &names.0.desk else { return Vec::new() };
    let mut rows = vec![Row::Gap, Row::Title("What the desk came to believe".to_owned())];
    rows.push(Row::Note(format!(
        "log odds in nats; the desk watches at {} and names at {}, if a case found a link",
        percent(says.watches_at.get()),
        percent(says.acts_at.get())
    )));
    for account in desk {
        let (highest, at) = account.highest;
        rows.push(Row::Subtitle(format!(
            "{}: {} at the start, {} at most on {}, {} at the end",
            names.operator(account.operator),
            percent(says.prior.get()),
            percent(highest),
            day(at),
            percent(account.balance.belief())
        )));
        rows.extend(balance(names, &account.balance, all));
        if all {
            rows.extend(account.events.iter().map(|(at, event)| Row::Event(day(*at), words::event(names, *event))));
        }
        if let Some(naming) = &account.naming {
            let rightly = if naming.rightly { "rightly" } else { "wrongly" };
            let who = names.operator(account.operator);
            rows.push(Row::Subtitle(format!("{who} is {rightly} named on {}, out of", day(naming.at))));
            rows.extend(balance(names, &naming.balance, true));
            if !all {
                rows.extend(turns(names, &account.events[..naming.events]));
            }
        }
    }
    rows
}

/// What turned the story before a naming: signals that weigh little are counted together.
fn turns(names: Names<'_>, events: &[(SimTime, DeskEvent)]) -> Vec<Row> {
    let mut rows = Vec::new();
    let (mut left_out, mut together) = (0, 0.0);
    for (at, event) in events {
        match event {
            DeskEvent::Signal { nats, .. } if nats.abs() < HEAVY => {
                left_out += 1;
                together += nats;
            }
            _ => rows.push(Row::Event(day(*at), words::event(names, *event))),
        }
    }
    if left_out > 0 {
        let lighter = counted(left_out, "lighter signal", "lighter signals");
        rows.push(Row::Note(format!("{lighter}, {} nats together; --measure attributed tells all", signed(together))));
    }
    rows
}

/// Belief as a sum: prior, evidence by kind, and what it comes to.
fn balance(names: Names<'_>, balance: &Balance, all: bool) -> Vec<Row> {
    let mut kinds: Vec<_> = balance.evidence.iter().collect();
    kinds.sort_by(|a, b| b.1.1.abs().total_cmp(&a.1.1.abs()));
    let rest = kinds.split_off(if all { kinds.len() } else { FEW.min(kinds.len()) });
    let mut rows = vec![Row::Term(signed(balance.prior), "before anything was learnt".to_owned())];
    rows.extend(
        kinds.iter().map(|(kind, (times, nats))| Row::Term(signed(*nats), words::evidence(names, **kind, *times))),
    );
    if !rest.is_empty() {
        let nats = rest.iter().map(|(_, (_, nats))| nats).sum();
        rows.push(Row::Term(signed(nats), format!("{} more kinds", count(rest.len() as u64))));
    }
    let odds = balance.prior + balance.learnt;
    rows.push(Row::Term(signed(odds), format!("log odds: belief is {}", percent(balance.belief()))));
    rows
}
