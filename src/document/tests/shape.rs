//! What is said about values that are not of the form that is asked for.

use super::*;

/// What is said about [`PIER`] with the first `from` replaced.
fn check(from: &str, to: &str, expected: &[&str]) {
    checked("pier.ron", PIER, from, to, expected);
}

#[test]
fn a_wrong_shape_is_explained_in_the_words_of_the_document() {
    check(
        "catches",
        "catch",
        &[
            "E0103 18:40 [catch] layers.seal-check.method.catch: there is no field `catch` here > did you mean `catches`?",
        ],
    );
    check(
        "zone: \"quay\", ",
        "",
        &["E0104 11:17 [(] stations.lift.zone: the field `zone` is missing > add `zone: …` within these brackets"],
    );
    check(
        "Exponential",
        "Exponetial",
        &[
            "E0105 11:57 [Exponetial] stations.lift.takes: `Exponetial` is not a choice here > did you mean `Exponential`?",
        ],
    );
    check(
        "Always(2)",
        "Always(2.5)",
        &[
            "E0106 11:46 [2.5] stations.lift.staff: `2.5` cannot be read here > write a whole number, without a fraction",
        ],
    );
    check(
        "Always(2)",
        "Always(-2)",
        &[
            "E0109 11:46 [-2] stations.lift.staff: `-2` does not fit here > a count is a whole number, 0 or more, and not astronomically large",
        ],
    );
    check(
        "Always(2)",
        "Always",
        &["E0106 11:39 [Always] stations.lift.staff: `Always` needs a value in brackets > write `Always(…)`"],
    );
    check(
        "Always(2)",
        "2",
        &[
            "E0106 11:39 [2] stations.lift.staff: expected a choice (a capitalised word), found `2` > say what the number counts; choices: Always, Shifts",
        ],
    );
    check(
        "Always(2)",
        "\"Always\"",
        &[
            "E0106 11:39 [\"Always\"] stations.lift.staff: expected a choice (a capitalised word), found `\"Always\"` > write `Always` without quotes",
        ],
    );
    check(
        "Always(2)",
        "Always(2, 3)",
        &[
            "E0108 11:39 [Always] stations.lift.staff: these brackets hold too many values > remove what does not belong; a fraction is written with a point: 1.2",
        ],
    );
    check(
        "Always(2)",
        "Always(\"2\")",
        &[
            "E0106 11:46 [\"2\"] stations.lift.staff: expected a whole number, found `\"2\"` > write the number without quotes",
        ],
    );
    check(
        "Airside",
        "Airside(3)",
        &["E0108 7:24 [Airside] zones.quay.kind: `Airside` takes no values > write `Airside` without brackets"],
    );
    check(
        "Airside",
        "\"Airside\"",
        &[
            "E0106 7:24 [\"Airside\"] zones.quay.kind: expected a choice (a capitalised word), found `\"Airside\"` > write `Airside` without quotes",
        ],
    );
    check(
        "(0, -1.5)",
        "(0)",
        &["E0108 7:38 [(] zones.quay.map: these brackets hold 1 value and need 2 > add or remove values"],
    );
    check(
        "(0, -1.5)",
        "(0, 1, 2)",
        &["E0108 7:38 [(] zones.quay.map: these brackets hold too many values > remove what does not belong"],
    );
    check(
        "(0, -1.5)",
        "[0, 1]",
        &["E0106 7:38 [[] zones.quay.map: expected brackets `(…)`, found a list `[…]` > write brackets `(…)`"],
    );
    check(
        "(0, -1.5)",
        "(0, up)",
        &["E0106 7:42 [up] zones.quay.map.#2: expected a number, found `up` > write a number"],
    );
    check(
        "Percent(30)",
        "30",
        &[
            "E0106 18:49 [30] layers.seal-check.method.catches: expected a choice (a capitalised word), found `30` > say what the number counts; choices: Percent",
        ],
    );
    check(
        "Percent(30)",
        "Percent(130)",
        &["E0110 18:49 [Percent(130)] layers.seal-check.method.catches: 130 % is not a share > change this value"],
    );
    check(
        "Percent(30)",
        "Percnt(30)",
        &[
            "E0105 18:49 [Percnt] layers.seal-check.method.catches: `Percnt` is not a choice here > did you mean `Percent`?",
        ],
    );
    check(
        "Percent(30)",
        "Percent(1e400)",
        &[
            "E0102 18:57 [1e400] layers.seal-check.method.catches: `1e400` is not a finite number > write a finite number",
        ],
    );
    check(
        "Percent(30)",
        "Percent(NaN)",
        &["E0102 18:57 [NaN] layers.seal-check.method.catches: `NaN` is not a finite number > write a finite number"],
    );
    check(
        "zone: \"quay\"",
        "zone: quay",
        &[
            "E0106 11:24 [quay] stations.lift.zone: expected text in double quotes, found `quay` > write it in quotes: \"quay\"",
        ],
    );
    check(
        "zone: \"quay\"",
        "zone: 5",
        &[
            "E0106 11:24 [5] stations.lift.zone: expected text in double quotes, found `5` > write text in double quotes",
        ],
    );
    check(
        "sees: true",
        "sees: yes",
        &["E0106 18:91 [yes] layers.seal-check.sees: expected true or false, found `yes` > write true or false"],
    );
    check(
        "sees: true",
        "sees: 1",
        &["E0106 18:91 [1] layers.seal-check.sees: expected true or false, found `1` > write true or false"],
    );
    check(
        "[\"look\"]",
        "\"look\"",
        &[
            "E0106 15:66 [\"look\"] routes.in.Detour.through: expected a list `[…]`, found `\"look\"` > put it into `[ ]`, even if it is only one",
        ],
    );
    check(
        "[Visit(\"lift\")",
        "[Visit(lift)",
        &[
            "E0106 15:22 [lift] routes.in.lift: expected text in double quotes, found `lift` > write it in quotes: \"lift\"",
        ],
    );
    check("title:", "titel:", &["E0103 5:5 [titel] titel: there is no field `titel` here > did you mean `title`?"]);
    check(
        "title:",
        "colour: Red, title:",
        &[
            "E0103 5:5 [colour] colour: there is no field `colour` here > fields here: format, layers, plan, routes, rules, stages, stations, title, weights, zones",
        ],
    );
    check(
        "    title: \"Pier \\\"North\\\"\",\n",
        "",
        &["E0104 3:1 [Hub] title: the field `title` is missing > add `title: …` within these brackets"],
    );
    check(
        "\"shed\"",
        "\"quay\"",
        &["E0101 8:9 [\"quay\"] zones.quay: the key `quay` occurs twice > rename or remove one of the two"],
    );
    check(
        "kind: Airside",
        "kind: Airside, kind: Sort",
        &["E0101 7:33 [kind] zones.quay.kind: the field `kind` occurs twice > rename or remove one of the two"],
    );
    check(
        "\"quay\": (",
        "quay: (",
        &[
            "E0106 7:9 [quay] zones.quay: expected a name in double quotes, found a bare word > write it in quotes: \"quay\"",
        ],
    );
    check(
        "Plan(",
        "Plam(",
        &["E0107 20:11 [Plam] plan: expected `Plan(…)`, found `Plam` > write `Plan` before the bracket"],
    );
    check("Hub(", "Hob(", &["E0107 3:1 [Hob] : this is `Hob`, not `Hub` > did you mean `Hub`?"]);
    check(
        "stages: [(",
        "stages: [(name: \"x\"), (",
        &["E0104 21:14 [(] stages.x.finds: the field `finds` is missing > add `finds: …` within these brackets"],
    );
    check(
        "Minutes(16)",
        "Minutes(0x10)",
        &[
            "E0106 20:48 [0x10] plan.steps.copy.takes: `0x10` cannot be read here > write the number in plain decimal digits",
        ],
    );
    check(
        "0x3",
        "3_000_000_000_000",
        &[
            "E0109 22:22 [3_000_000_000_000] weights.Alter: `3_000_000_000_000` does not fit here > a count is a whole number, 0 or more, and not astronomically large",
        ],
    );
    check(
        "Late",
        "AllOf([Late, [Late]])",
        &[
            "E0106 23:33 [[] rules.#1.when.#2: expected a choice (a capitalised word), found a list `[…]` > choices: Late, AllOf",
        ],
    );
    check(
        "{Alter: 0x3",
        "{Altr: 0x3",
        &["E0105 22:15 [Altr] weights.Altr: `Altr` is not a choice here > did you mean `Alter`?"],
    );
    check(
        "{Alter: 0x3",
        "{\"Alter\": 0x3",
        &[
            "E0106 22:15 [\"Alter\"] weights.Alter: expected a choice (a capitalised word), found `\"Alter\"` > write `Alter` without quotes",
        ],
    );
    check("(takes: Minutes(2))", "Step(takes: Minutes(2))", &[]);
    check(
        "(takes: Minutes(2))",
        "Setp(takes: Minutes(2))",
        &[
            "E0107 20:62 [Setp] plan.steps.send: expected `Step(…)`, found `Setp` > write `Step` or no name at all before the bracket",
        ],
    );
    check(
        "(takes: Minutes(2))",
        "[]",
        &["E0106 20:62 [[] plan.steps.send: expected brackets `(…)`, found a list `[…]` > write brackets `(…)`"],
    );
    check(
        "(takes: Minutes(2))",
        "{\"takes\": Minutes(2)}",
        &[
            "E0106 20:62 [{] plan.steps.send: expected brackets `(…)`, found a map `{…}` > fixed fields go into `( )`, without quotes: (name: …)",
        ],
    );
    check(
        "mean: Minutes(1.2)",
        "mean: Minutes(1,2)",
        &[
            "E0108 11:75 [Minutes] stations.lift.takes.mean: these brackets hold too many values > remove what does not belong; a fraction is written with a point: 1.2",
        ],
    );
    check("(4, 0)),", "(4, 0))\n", &[]);
}

#[test]
fn every_entry_gives_its_own_error() {
    let text = PIER
        .replace("kind: Airside", "kind: Seaside")
        .replace("Always(2)", "Always(two)")
        .replace("Percent(5)", "5")
        .replace("Minutes(16)", "Hours(16)")
        .replace("then: Percent(2)", "then: Percent(-2)");
    let (source, hub, found) = load("pier.ron", &text);
    let places: Vec<_> = found.iter().map(|one| format!("{} {}", one.code.id(), one.path)).collect();
    let expected = [
        "E0105 zones.quay.kind",
        "E0106 stations.lift.staff",
        "E0105 plan.steps.copy.takes",
        "E0106 stages.triage.finds",
        "E0110 rules.#2.then",
    ];
    assert_eq!(places, expected, "{:#?}", told(&source, &found));
    let left = (hub.zones.len(), hub.stations.len(), hub.steps.len(), hub.stages.len(), hub.rules.len());
    assert_eq!(left, (1, 1, 1, 1, 1));
}

#[test]
fn related_places_are_given() {
    let (source, _, found) = load("pier.ron", &PIER.replace("\"shed\": (kind", "\"quay\": (kind"));
    let related = &found.iter().next().unwrap().related;
    let first = source.position(related[0].0.start);
    assert_eq!((first.line, first.column, related[0].1.as_str()), (7, 9, "first here"));
}
