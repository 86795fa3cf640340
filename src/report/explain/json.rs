//! A run explained for machines: everything, in one JSON object.

use serde_json::{Map, Value, json};

use crate::measure::{
    Amount, Balance, DeskAccount, DeskEvent, Explained, ItemChain, ItemEnd, Known, KnownEvent, Measure, Outcome,
    Reading,
};
use crate::model::SystemId;
use crate::report::Context;
use crate::report::explain::{Run, chains, known, words};
use crate::report::names::Names;
use crate::time::SimTime;

/// The whole explanation, or one measure of it with all the chains.
pub(crate) fn json(context: &Context<'_>, replication: u32, run: &Run<'_>, only: Option<Measure>) -> Value {
    let names = Names(context.scenario);
    let (outcome, explanation) = (run.outcome, run.explanation);
    let mut object = Map::new();
    object.insert("scenario".into(), context.scenario.title.clone().into());
    object.insert("version".into(), env!("CARGO_PKG_VERSION").into());
    object.insert("seed".into(), context.seed.into());
    object.insert("replication".into(), replication.into());
    object.insert("setting".into(), context.setting.clone().into());
    let measures = explanation.measures.iter().filter(|explained| only.is_none_or(|m| m == explained.measure));
    let measures: Vec<Value> = measures.map(|explained| measure(names, outcome, explained)).collect();
    object.insert("measures".into(), measures.into());
    let items: Vec<Value> = explanation.items.iter().map(|chain| item(names, chain)).collect();
    object.insert("altered_goods".into(), items.into());
    let desk: Vec<Value> = explanation.desk.iter().map(|account| operator(names, account)).collect();
    object.insert("desk".into(), desk.into());
    object.insert("known".into(), of_known(names, &explanation.known));
    Value::Object(object)
}

fn measure(n: Names<'_>, outcome: &Outcome, explained: &Explained) -> Value {
    let measure = explained.measure;
    let none = explained.censored || outcome.lacks(measure);
    let terms = explained.terms.iter().map(|term| {
        json!({
            "under": term.under.as_ref().map(|under| words::part(n, under)),
            "what": words::part(n, &term.part),
            "at_ms": words::when(&term.part).map(SimTime::millis),
            "amount": number(term.amount),
        })
    });
    let (in_unit, reads) = reading(explained.reading);
    json!({
        "id": measure.id(),
        "label": measure.label(),
        "unit": measure.unit(),
        "value": if none { Value::Null } else { explained.value().into() },
        "sum": number(explained.sum()),
        "terms_in": if in_unit.is_empty() { measure.unit() } else { in_unit },
        "reads": reads,
        "terms": terms.collect::<Vec<Value>>(),
        "notes": explained.notes.iter().map(|note| words::note(n, note)).collect::<Vec<String>>(),
    })
}

/// The unit of the terms if it is not the measure's, and how the sum reads as the value.
fn reading(reading: Reading) -> (&'static str, String) {
    match reading {
        Reading::Itself => ("", "as it is".to_owned()),
        Reading::AnyAtAll => ("times", "1 if there is any".to_owned()),
        Reading::Cents => ("cents", "divided by 100".to_owned()),
        Reading::Days => ("ms", "in days".to_owned()),
        Reading::ShareOf(all) => ("ms", format!("divided by {all} ms")),
        Reading::Hours => ("ms", "in hours".to_owned()),
        Reading::Minutes => ("ms", "in minutes".to_owned()),
        Reading::MeanMinutes(of) => ("ms", format!("divided by {of} consignments, to the whole ms, in minutes")),
        Reading::AMonth(end) => ("signals", format!("divided by {} days, times 365/12", end.days())),
    }
}

fn number(amount: Amount) -> Value {
    match amount {
        Amount::Whole(n) => n.into(),
        Amount::Real(x) => x.into(),
    }
}

fn item(n: Names<'_>, chain: &ItemChain) -> Value {
    let links = chains::links(n, chain).into_iter();
    json!({
        "item": n.item(chain.item),
        "traffic": n.traffic(chain.consignment.traffic),
        "flight": chain.consignment.flight + 1,
        "consignment": chain.consignment.place + 1,
        "end": match chain.end {
            ItemEnd::InBuilding => "in building",
            ItemEnd::Latent => "latent",
            ItemEnd::Found => "found",
            ItemEnd::Acted => "acted",
        },
        "story": chains::sentence(n, chain),
        "links": links.map(|(at, what)| json!({"at_ms": at.millis(), "what": what})).collect::<Vec<Value>>(),
    })
}

fn operator(n: Names<'_>, account: &DeskAccount) -> Value {
    let events = account.events.iter().map(|(at, event)| {
        let nats = match event {
            DeskEvent::Signal { nats, .. } | DeskEvent::Stage { nats, .. } => Some(*nats),
            _ => None,
        };
        json!({"at_ms": at.millis(), "what": words::event(n, *event), "nats": nats})
    });
    json!({
        "operator": n.operator(account.operator),
        "highest_belief": account.highest.0,
        "highest_at_ms": account.highest.1.millis(),
        "link": account.link,
        "belief": balance(n, &account.balance),
        "events": events.collect::<Vec<Value>>(),
        "named": account.naming.as_ref().map(|naming| json!({
            "at_ms": naming.at.millis(),
            "rightly": naming.rightly,
            "belief": balance(n, &naming.balance),
        })),
    })
}

fn balance(n: Names<'_>, balance: &Balance) -> Value {
    let evidence = balance
        .evidence
        .iter()
        .map(|(kind, (times, nats))| json!({"what": words::evidence(n, *kind, *times), "times": times, "nats": nats}));
    json!({
        "prior_nats": balance.prior,
        "learnt_nats": balance.learnt,
        "evidence": evidence.collect::<Vec<Value>>(),
        "belief": balance.belief(),
    })
}

fn of_known(n: Names<'_>, of: &Known) -> Value {
    let systems = of.systems.iter().enumerate().map(|(s, system)| {
        json!({
            "system": n.system(SystemId::from_index(s)),
            "share": system.share,
            "passed": system.written,
            "closed": system.closed,
            "looked_through": system.looked_through,
            "copied": system.copied,
            "out": system.out,
            "businesses": system.businesses,
        })
    });
    let events = of.events.iter().map(|(at, event)| {
        let share = match event {
            KnownEvent::MovedOut { share, .. } => Some(*share),
            KnownEvent::Copied { .. } | KnownEvent::Read { .. } => None,
        };
        json!({"at_ms": at.millis(), "what": known::text(n, *event), "catalogue_share": share})
    });
    json!({"systems": systems.collect::<Vec<Value>>(), "events": events.collect::<Vec<Value>>()})
}
