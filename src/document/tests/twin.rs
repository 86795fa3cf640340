//! The same mistakes in JSON are told in the same words.

use super::*;

/// What is said about [`PIER_JSON`] with the first `from` replaced.
fn check(from: &str, to: &str, expected: &[&str]) {
    checked("pier.json", PIER_JSON, from, to, expected);
}

#[test]
fn json_is_told_the_same() {
    check(
        "catches",
        "catch",
        &[
            "E0103 12:54 [\"catch\"] layers.seal-check.method.catch: there is no field `catch` here > did you mean `catches`?",
        ],
    );
    check(
        "\"zone\": \"quay\", ",
        "",
        &["E0104 6:17 [{] stations.lift.zone: the field `zone` is missing > add `zone: …` within these brackets"],
    );
    check(
        "Exponential",
        "Exponetial",
        &[
            "E0105 6:68 [\"Exponetial\"] stations.lift.takes: `Exponetial` is not a choice here > did you mean `Exponential`?",
        ],
    );
    check(
        "{\"Always\": 2}",
        "{\"Always\": 2.5}",
        &["E0106 6:54 [2.5] stations.lift.staff: expected a whole number, found `2.5` > write a whole number"],
    );
    check(
        "{\"Always\": 2}",
        "{\"Always\": -2}",
        &[
            "E0109 6:54 [-2] stations.lift.staff: `-2` does not fit here > a count is a whole number, 0 or more, and not astronomically large",
        ],
    );
    check(
        "{\"Always\": 2}",
        "\"Always\"",
        &[
            "E0106 6:43 [\"Always\"] stations.lift.staff: expected a choice with a value, found `\"Always\"` > write {\"Always\": …}",
        ],
    );
    check(
        "{\"Always\": 2}",
        "2",
        &[
            "E0106 6:43 [2] stations.lift.staff: expected a choice (a capitalised word), found `2` > say what the number counts; choices: Always, Shifts",
        ],
    );
    check(
        "{\"Always\": 2}",
        "{\"Always\": [2, 3]}",
        &["E0106 6:54 [[] stations.lift.staff: expected a whole number, found a list `[…]` > write a whole number"],
    );
    check(
        "{\"Always\": 2}",
        "{\"Always\": 2, \"Shifts\": {}}",
        &[
            "E0108 6:43 [{] stations.lift.staff: an object that stands for a choice has one key > keep one of the choices",
        ],
    );
    check(
        "\"Airside\"",
        "\"airside\"",
        &["E0105 4:32 [\"airside\"] zones.quay.kind: `airside` is not a choice here > did you mean `Airside`?"],
    );
    check(
        "\"Airside\"",
        "{\"Airside\": 3}",
        &[
            "E0106 4:44 [3] zones.quay.kind: expected a choice without a value, found `3` > write a choice without a value",
        ],
    );
    check(
        "[0, -1.5]",
        "[0]",
        &["E0108 4:50 [[] zones.quay.map: these brackets hold 1 value and need 2 > add or remove values"],
    );
    check(
        "[0, -1.5]",
        "[0, 1, 2]",
        &["E0108 4:50 [[] zones.quay.map: this list holds too many values > remove what does not belong"],
    );
    check(
        "{\"Percent\": 30}",
        "30",
        &[
            "E0106 12:65 [30] layers.seal-check.method.catches: expected a choice (a capitalised word), found `30` > say what the number counts; choices: Percent",
        ],
    );
    check(
        "{\"Percent\": 30}",
        "{\"Percent\": 130}",
        &[
            "E0110 12:65 [{\"Percent\": 130}] layers.seal-check.method.catches: 130 % is not a share > change this value",
        ],
    );
    check(
        "{\"Percent\": 30}",
        "{\"Percent\": 1e400}",
        &[
            "E0102 12:77 [1e400] layers.seal-check.method.catches: `1e400` is not a finite number > write a finite number",
        ],
    );
    check(
        "{\"Percent\": 30}",
        "null",
        &[
            "E0106 12:65 [null] layers.seal-check.method.catches: expected a choice (a capitalised word), found `null` > choices: Percent",
        ],
    );
    check(
        "\"zone\": \"quay\"",
        "\"zone\": 5",
        &["E0106 6:26 [5] stations.lift.zone: expected text in double quotes, found `5` > write text in double quotes"],
    );
    check(
        "\"sees\": true",
        "\"sees\": 1",
        &["E0106 13:39 [1] layers.seal-check.sees: expected true or false, found `1` > write true or false"],
    );
    check(
        "[\"look\"]",
        "\"look\"",
        &[
            "E0106 10:90 [\"look\"] routes.in.Detour.through: expected a list `[…]`, found `\"look\"` > put it into `[ ]`, even if it is only one",
        ],
    );
    check(
        "\"title\"",
        "\"titel\"",
        &["E0103 3:5 [\"titel\"] titel: there is no field `titel` here > did you mean `title`?"],
    );
    check(
        "\"shed\": {",
        "\"quay\": {",
        &["E0101 4:62 [\"quay\"] zones.quay: the key `quay` occurs twice > rename or remove one of the two"],
    );
    check(
        "{\"Plan\": {",
        "{\"Plam\": {",
        &["E0107 14:14 [\"Plam\"] plan: expected `Plan(…)`, found `Plam` > write `Plan` before the bracket"],
    );
    check("{\"Hub\": {", "{\"Hob\": {", &["E0107 1:2 [\"Hob\"] : this is `Hob`, not `Hub` > did you mean `Hub`?"]);
    check(
        "\"format\": 1,",
        "",
        &["E0120 1:9 [{] format: the document does not say its format > add `format: 1,` as the first field"],
    );
    check(
        "\"format\": 1",
        "\"format\": 7",
        &["E0123 2:15 [7] format: format 7 is newer than 1, the newest that airside 0.1.0 reads > use a newer airside"],
    );
    check(
        "{\"Alter\": 3",
        "{\"Altr\": 3",
        &["E0105 16:17 [\"Altr\"] weights.Altr: `Altr` is not a choice here > did you mean `Alter`?"],
    );
    check(
        "\"Late\"",
        "{\"AllOf\": [\"Late\", [\"Late\"]]}",
        &[
            "E0106 17:43 [[] rules.#1.when.#2: expected a choice (a capitalised word), found a list `[…]` > choices: Late, AllOf",
        ],
    );
}
