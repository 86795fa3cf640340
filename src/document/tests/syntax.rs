//! What is said about text that is no document, or a document of another format.

use super::*;

/// What is said about [`PIER`] with the first `from` replaced.
fn check(from: &str, to: &str, expected: &[&str]) {
    checked("pier.ron", PIER, from, to, expected);
}

#[test]
fn what_is_not_ron_is_named_once_at_its_place() {
    check(
        "remark */",
        "remark",
        &[
            "E0002 8:44 [/*] zones: this comment is never closed > end it with `*/`; a comment within a comment needs its own end",
        ],
    );
    check(
        "zones: {",
        "zones: [",
        &["E0001 7:15 [:] zones: expected `,`, found `:` > a list `[ ]` holds values only; keys go into `{ }`"],
    );
    check(
        "0x3",
        "0x3.5",
        &[
            "E0004 22:22 [0x3.5] weights.Alter: `0x3.5` is not a number > a unit goes around its number: Minutes(1.2), Percent(8)",
        ],
    );
    check(
        "title: \"Pier",
        "title: \"Pi\\er",
        &[
            "E0005 5:15 [\\e] title: `\\e` has no meaning in text > write a backslash itself as `\\\\`, or use a raw string: r\"C:\\data\"",
        ],
    );
    check(
        ",\n)\n",
        "",
        &["E0002 3:4 [(] : this `(` is never closed > add the missing `)`; it may belong well before the end"],
    );
    check(
        "zones: {",
        "zones: (",
        &[
            "E0001 7:15 [:] zones: expected `,`, found `:` > in `( )` fields are written without quotes; names you choose go into `{ }`",
        ],
    );
    check(
        "Shifts({",
        "Shifts((",
        &[
            "E0001 12:54 [:] stations.look.staff: expected `,`, found `:` > in `( )` fields are written without quotes; names you choose go into `{ }`",
        ],
    );
    check(
        "mean: Minutes(1.2)",
        "mean: 1.2h",
        &[
            "E0004 11:75 [1.2h] stations.lift.takes.mean: `1.2h` is not a number > a unit goes around its number: Minutes(1.2), Percent(8)",
        ],
    );
    check(
        "Percent(8)",
        "8%",
        &[
            "E0001 15:46 [%] routes.in: expected `,` or `)`, found `%` > a unit goes around its number: Percent(8), Euro(80_000)",
        ],
    );
    check(
        "Percent(8),",
        "Percent(8)",
        &[
            "E0001 15:56 [through] routes.in: expected `,` or `)`, found `through` > a comma is missing after the entry before",
        ],
    );
    check(
        "\"06:00\"",
        "06:00",
        &[
            "E0001 12:52 [:] stations.look.staff: expected `,`, found `:` > a time of day is written in quotes: \"06:00\"",
        ],
    );
    check(
        "title: ",
        "title = ",
        &["E0001 5:11 [=] : expected `:` after `title`, found `=` > a field is written `name: value`"],
    );
    check(
        "\"quay\": (",
        "“quay”: (",
        &["E0001 7:9 [“] zones: expected a value, found `“` > use plain double quotes: \"text\""],
    );
    check(
        "\"seal-check\"",
        "seal-check",
        &[
            "E0001 18:9 [seal-check] layers: `seal-check` is not a word of the grammar > a name you choose is written in double quotes: \"seal-check\"",
        ],
    );
    check(
        "(kind: Airside",
        "(\"kind\": Airside",
        &[
            "E0001 7:24 [:] zones.quay: expected `,`, found `:` > in `( )` fields are written without quotes; names you choose go into `{ }`",
        ],
    );
    check(
        "(4, 0)),",
        "(4, 0),",
        &[
            "E0003 9:5 [}] zones.shed: this `}` does not fit the `(` that is open > close with `)` first, or remove this `}`",
        ],
    );
    check(
        "\"shed\":",
        "\"shed:",
        &[
            "E0002 8:9 [\"shed: (kind: Sort, map: (4, 0…] zones: this text has no closing quote > add `\"` where the text ends; a quote within text is written `\\\"`",
        ],
    );
    check(
        "Plan(",
        "Plan(((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((",
        &[
            "E0009 20:78 [(] plan: brackets are nested more than 64 levels deep here > close the brackets that are open, or build this from named parts",
        ],
    );
    check(
        "implicit_some",
        "implicit",
        &["E0006 2:11 [implicit] : there is no extension `implicit` > remove this line"],
    );
    check(
        "rules: [",
        "rules: Leave [",
        &["E0001 23:18 [[] : expected `,` or `)`, found `[` > a comma is missing after the entry before"],
    );
}

#[test]
fn another_format_is_refused_before_anything_is_read() {
    check(
        "format: 1,",
        "",
        &["E0120 3:1 [Hub] format: the document does not say its format > add `format: 1,` as the first field"],
    );
    check(
        "format: 1,",
        "format: 0,",
        &[
            "E0122 4:13 [0] format: format 0 is older than 1, which airside 0.1.0 reads > write `format: 1`, then check it again: what has changed since is reported with its place",
        ],
    );
    check(
        "format: 1,",
        "format: 2,",
        &["E0123 4:13 [2] format: format 2 is newer than 1, the newest that airside 0.1.0 reads > use a newer airside"],
    );
    check(
        "format: 1,",
        "format: \"1\",",
        &["E0106 4:13 [\"1\"] format: the format is a whole number, not text in quotes > write `format: 1`"],
    );
    check(
        "format: 1,",
        "note: 1, format: 1,",
        &[
            "E0103 4:5 [note] note: there is no field `note` here > fields here: format, layers, plan, routes, rules, stages, stations, title, weights, zones",
            "E0121 4:14 [format] format: the format comes first: it says how to read the rest > move it to the top",
        ],
    );
}
