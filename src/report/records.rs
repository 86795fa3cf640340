//! `records.jsonl`: the story's events, one JSON object a line, with names in place of ids.

use serde_json::{Map, Value, json};

use crate::measure::{Record, Story};
use crate::model::Scenario;
use crate::report::names::Names;
use crate::time::SimTime;

/// The lines, each with its line feed. Times are milliseconds since the start of the calendar.
pub(crate) fn lines(scenario: &Scenario, story: &Story) -> String {
    let names = Names(scenario);
    let mut out = String::new();
    for (at, record) in &story.records {
        out.push_str(&line(names, *at, record).to_string());
        out.push('\n');
    }
    out
}

fn line(n: Names<'_>, at: SimTime, record: &Record) -> Value {
    let (kind, rest) = match record {
        Record::CampaignBegan { operator } => ("campaign_began", json!({"operator": n.operator(*operator)})),
        Record::Demanded { operator, complied } => {
            ("demanded", json!({"operator": n.operator(*operator), "complied": complied}))
        }
        Record::Attempted { step, worked, first, .. } => {
            ("attempted", json!({"step": n.step(*step), "worked": worked, "first": first}))
        }
        Record::MovedOut { records } => ("moved_out", json!({"records": records})),
        Record::Paused { until } => ("paused", json!({"until_ms": until.millis()})),
        Record::Resumed => ("resumed", json!({})),
        Record::Altered { item, consignment } => (
            "altered",
            json!({
                "item": n.item(*item),
                "traffic": n.traffic(consignment.traffic),
                "flight": consignment.flight + 1,
                "consignment": consignment.place + 1,
            }),
        ),
        Record::Shipped { item } => ("shipped", json!({"item": n.item(*item)})),
        Record::Found { item, by } => {
            ("found", json!({"item": n.item(*item), "by": by.map_or("recall", |l| n.layer(l))}))
        }
        Record::Acted { item, harm } => ("acted", json!({"item": n.item(*item), "harm": harm})),
        Record::Triggered { acted } => ("triggered", json!({"acted": acted})),
        Record::Exploited { loss } => ("exploited", json!({"loss_euro": loss.as_euro()})),
        Record::MovedOn { operator } => ("moved_on", json!({"operator": n.operator(*operator)})),
        Record::ChangedGoods { leaves } => ("changed_goods", json!({"leaves": n.traffic(*leaves)})),
        Record::BrokeIn { step, layer, detected, stopped } => (
            "broke_in",
            json!({"step": n.step(*step), "layer": n.layer(*layer), "detected": detected, "stopped": stopped}),
        ),
        Record::Tested { layer, caught } => ("tested", json!({"layer": n.layer(*layer), "caught": caught})),
        Record::Noticed { signal, layer, operator, genuine } => (
            "noticed",
            json!({"signal": signal + 1, "layer": n.layer(*layer), "operator": n.operator(*operator), "genuine": genuine}),
        ),
        Record::Reported { signal, layer, operator, genuine, belief } => (
            "reported",
            json!({
                "signal": signal + 1,
                "layer": n.layer(*layer),
                "operator": n.operator(*operator),
                "genuine": genuine,
                "belief": belief,
            }),
        ),
        Record::WatchBegan { operator, belief } => {
            ("watch_began", json!({"operator": n.operator(*operator), "belief": belief}))
        }
        Record::WatchEnded { operator } => ("watch_ended", json!({"operator": n.operator(*operator)})),
        Record::CaseOpened { case, operator, .. } => {
            ("case_opened", json!({"case": n.case(*case), "operator": n.operator(*operator)}))
        }
        Record::StageEnded { case, stage, link, belief } => {
            ("stage_ended", json!({"case": n.case(*case), "stage": n.stage(*stage), "link": link, "belief": belief}))
        }
        Record::CaseClosed { case, operator } => {
            ("case_closed", json!({"case": n.case(*case), "operator": n.operator(*operator)}))
        }
        Record::Attributed { operator, rightly } => {
            ("attributed", json!({"operator": n.operator(*operator), "rightly": rightly}))
        }
        Record::Took { action, wrongful } => ("took", json!({"action": n.action(*action), "wrongful": wrongful})),
        Record::Reset { operator, lost } => ("reset", json!({"operator": n.operator(*operator), "lost": lost})),
        Record::Ready { safeguard, wrongful } => {
            ("ready", json!({"safeguard": n.safeguard(*safeguard), "wrongful": wrongful}))
        }
    };
    let mut object = Map::new();
    object.insert("at_ms".into(), at.millis().into());
    object.insert("event".into(), kind.into());
    if let Value::Object(rest) = rest {
        object.extend(rest);
    }
    Value::Object(object)
}
