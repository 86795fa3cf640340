//! Tests of the whole module: a small document of our own shapes, and what is said about its mistakes.

use serde::Deserialize;

use super::*;

mod hostile;
mod shape;
mod syntax;
mod twin;

/// A document that uses every construct of the grammar.
const PIER: &str = r##"// Pier: a made-up hub for tests. /* a /* nested */ comment */
#![enable(implicit_some)]
Hub(
    format: 1,
    title: "Pier \"North\"",
    zones: {
        "quay": (kind: Airside, map: (0, -1.5)),
        "shed": (kind: Sort, map: (4, 0)), /* one /* nested */ remark */
    },
    stations: {
        "lift": (zone: "quay", staff: Always(2), takes: Exponential(mean: Minutes(1.2))),
        "look": (zone: "shed", staff: Shifts({"06:00": 2, "22:00": 3}), takes: Uniform(low: Minutes(0.5), high: Minutes(1e0))),
    },
    routes: {
        "in": [Visit("lift"), Detour(share: Percent(8), through: ["look"]), Wait(Uniform(low: Minutes(60), high: Minutes(2_40))), Leave],
    },
    layers: {
        "seal-check": (method: PerItem(catches: Percent(30), alarms: Percent(0.1)), sees: true, note: r#"raw "text""#),
    },
    plan: Plan(steps: {"copy": (takes: Minutes(16)), "send": (takes: Minutes(2))}),
    stages: [(name: "triage", finds: Percent(5)), (name: "inquiry", finds: Percent(30))],
    weights: {Alter: 0x3, Copy: 1},
    rules: [(when: Late, then: Percent(1)), (when: Late, then: Percent(2))],
)
"##;

/// The same document for machines.
const PIER_JSON: &str = r#"{"Hub": {
    "format": 1,
    "title": "Pier \"North\"",
    "zones": {"quay": {"kind": "Airside", "map": [0, -1.5]}, "shed": {"kind": "Sort", "map": [4, 0]}},
    "stations": {
        "lift": {"zone": "quay", "staff": {"Always": 2}, "takes": {"Exponential": {"mean": {"Minutes": 1.2}}}},
        "look": {"zone": "shed", "staff": {"Shifts": {"06:00": 2, "22:00": 3}},
                 "takes": {"Uniform": {"low": {"Minutes": 0.5}, "high": {"Minutes": 1e0}}}}
    },
    "routes": {"in": [{"Visit": "lift"}, {"Detour": {"share": {"Percent": 8}, "through": ["look"]}},
                      {"Wait": {"Uniform": {"low": {"Minutes": 60}, "high": {"Minutes": 240}}}}, "Leave"]},
    "layers": {"seal-check": {"method": {"PerItem": {"catches": {"Percent": 30}, "alarms": {"Percent": 0.1}}},
                              "sees": true, "note": "raw \"text\""}},
    "plan": {"Plan": {"steps": {"copy": {"takes": {"Minutes": 16}}, "send": {"takes": {"Minutes": 2}}}}},
    "stages": [{"name": "triage", "finds": {"Percent": 5}}, {"name": "inquiry", "finds": {"Percent": 30}}],
    "weights": {"Alter": 3, "Copy": 1},
    "rules": [{"when": "Late", "then": {"Percent": 1}}, {"when": "Late", "then": {"Percent": 2}}]
}}"#;

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "Number")]
struct Percent(f64);

#[derive(Deserialize)]
enum Number {
    Percent(f64),
}

impl TryFrom<Number> for Percent {
    type Error = String;

    fn try_from(Number::Percent(value): Number) -> Result<Percent, String> {
        if (0.0..=100.0).contains(&value) { Ok(Percent(value)) } else { Err(format!("{value} % is not a share")) }
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
enum Length {
    Minutes(f64),
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Zone {
    kind: ZoneKind,
    map: (f64, f64),
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
enum ZoneKind {
    Airside,
    Sort,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
enum Staff {
    Always(u32),
    Shifts(std::collections::BTreeMap<String, u32>),
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
enum Spread {
    Exponential { mean: Length },
    Uniform { low: Length, high: Length },
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Station {
    zone: String,
    staff: Staff,
    takes: Spread,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
enum Stage {
    Visit(String),
    Detour { share: Percent, through: Vec<String> },
    Wait(Spread),
    Leave,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Layer {
    method: Method,
    sees: bool,
    note: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
enum Method {
    PerItem { catches: Percent, alarms: Percent },
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    takes: Length,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    name: String,
    finds: Percent,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
enum Class {
    Alter,
    Copy,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    when: When,
    then: Percent,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
enum When {
    Late,
    AllOf(Vec<When>),
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Hub {
    title: Option<String>,
    zones: Vec<(String, Zone)>,
    stations: Vec<(String, Station)>,
    routes: Vec<(String, Vec<Stage>)>,
    layers: Vec<(String, Layer)>,
    steps: Vec<(String, Step)>,
    stages: Vec<Named>,
    weights: Option<std::collections::BTreeMap<Class, u32>>,
    rules: Vec<Rule>,
}

fn load(name: &str, text: &str) -> (Source, Hub, Diagnostics) {
    let source = Source::new(name, text);
    let mut found = Diagnostics::new();
    let mut hub = Hub::default();
    if let Some(document) = Document::read(&source, &mut found)
        && let Some(mut fields) = document.fields("Hub", &mut found)
    {
        hub.title = fields.required("title");
        hub.zones = fields.map("zones");
        hub.stations = fields.map("stations");
        hub.routes = fields.map("routes");
        hub.layers = fields.map("layers");
        if let Some(mut plan) = fields.nested("plan", "Plan") {
            hub.steps = plan.map("steps");
            plan.finish();
        }
        hub.stages = fields.list("stages");
        hub.weights = fields.optional("weights");
        hub.rules = fields.optional_list("rules");
        fields.finish();
    }
    (source, hub, found)
}

/// What is said about a text with the first `from` replaced.
fn checked(name: &str, text: &str, from: &str, to: &str, expected: &[&str]) {
    assert!(text.contains(from), "{from}");
    let (source, _, found) = load(name, &text.replacen(from, to, 1));
    assert_eq!(told(&source, &found), expected, "{from} -> {to}");
}

/// One line a problem: code, place, the text at the place, path, cause, next step.
fn told(source: &Source, found: &Diagnostics) -> Vec<String> {
    let tell = |one: &Diagnostic| {
        let at = source.position(one.span.start);
        let shown = clip(source.slice(one.span), 30).replace('\n', "⏎");
        let help = one.help.as_deref().unwrap_or("-");
        format!("{} {}:{} [{shown}] {}: {} > {help}", one.code.id(), at.line, at.column, one.path, one.message)
    };
    found.iter().map(tell).collect()
}

#[test]
fn both_ways_to_write_a_document_mean_the_same() {
    let (source, hub, found) = load("pier.ron", PIER);
    assert_eq!(told(&source, &found), Vec::<String>::new());
    let (source, twin, found) = load("pier.json", PIER_JSON);
    assert_eq!(told(&source, &found), Vec::<String>::new());
    assert_eq!(hub, twin);
    assert_eq!(hub.stations[1].0, "look");
    assert_eq!(hub.steps[0].1.takes, Length::Minutes(16.0));
}

#[test]
fn a_path_leads_to_the_same_value_in_both() {
    let (ron, json) = (Source::new("pier.ron", PIER), Source::new("pier.json", PIER_JSON));
    let (ron_tree, json_tree) = (Tree::scan(&ron).unwrap(), Tree::scan(&json).unwrap());
    for (path, in_ron, in_json) in [
        ("title", "\"Pier \\\"North\\\"\"", "\"Pier \\\"North\\\"\""),
        ("layers.seal-check.method.catches", "Percent(30)", "{\"Percent\": 30}"),
        ("stations.lift.takes.mean", "Minutes(1.2)", "{\"Minutes\": 1.2}"),
        ("stations.look.staff.06:00", "2", "2"),
        ("routes.in.lift", "Visit(\"lift\")", "{\"Visit\": \"lift\"}"),
        ("routes.in.look.share", "Percent(8)", "{\"Percent\": 8}"),
        ("routes.in.Wait.high", "Minutes(2_40)", "{\"Minutes\": 240}"),
        ("routes.in.Leave", "Leave", "\"Leave\""),
        ("stages.inquiry.finds", "Percent(30)", "{\"Percent\": 30}"),
        ("plan.steps.copy.takes", "Minutes(16)", "{\"Minutes\": 16}"),
        ("weights.Alter", "0x3", "3"),
    ] {
        let path = Path::parse(path);
        for (source, tree, expected) in [(&ron, &ron_tree, in_ron), (&json, &json_tree, in_json)] {
            let node = tree.find(&path).unwrap_or_else(|| panic!("{path} in {}", source.name()));
            assert_eq!(source.slice(node.span), expected, "{path}");
            assert_eq!(tree.path_at(node.span), path, "back from {path} in {}", source.name());
        }
    }
    for path in ["routes.in.#1", "layers.egress", "rules.Late.then.x", "title.x", "stages.2"] {
        assert!(ron_tree.find(&Path::parse(path)).is_none(), "{path}");
        assert!(json_tree.find(&Path::parse(path)).is_none(), "{path}");
    }
    let second = Path::parse("rules").nth(2).child("then");
    assert_eq!(ron.slice(ron_tree.span_of(&second)), "Percent(2)");
    assert_eq!(ron_tree.path_at(ron_tree.span_of(&second)), second);
}

#[test]
fn what_is_not_there_is_pointed_at_by_what_is_nearest() {
    let source = Source::new("pier.ron", PIER);
    let tree = Tree::scan(&source).unwrap();
    for (path, place) in [
        ("", "Hub"),
        ("layers.egress.method", "layers"),
        ("layers.seal-check.cost", "\"seal-check\""),
        ("nothing.at.all", "Hub"),
        ("routes.in.lift.x", "\"lift\""),
    ] {
        assert_eq!(source.slice(tree.span_of(&Path::parse(path))), place, "{path}");
    }
    assert_eq!(tree.key_span(&Path::parse("stages.triage")).map(|span| source.slice(span)), Some("\"triage\""));
}
