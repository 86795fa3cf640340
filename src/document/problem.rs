//! What a reader of values objects to, told apart: `ron` says it in types, `serde_json` in serde's fixed sentences.

use ron::error::Error as Ron;

/// An objection, without its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    UnknownField {
        found: String,
        known: Vec<String>,
    },
    MissingField(String),
    UnknownChoice {
        found: String,
        known: Vec<String>,
    },
    DuplicateField(String),
    WrongName {
        wanted: String,
        found: String,
    },
    /// What belongs here, in words.
    WrongKind(String),
    WrongLength {
        wanted: String,
        found: usize,
    },
    /// A whole number that does not fit.
    OutOfRange,
    /// A value that its own type refuses.
    Refused(String),
    /// Brackets or commas: well formed, but something else belongs here.
    Misfit,
    Other(String),
}

/// A choice that holds something, said of JSON only.
pub(super) const WITH_VALUE: &str = "a choice with a value";

/// A choice, in words that [`super::locate`] recognises.
pub(super) const A_CHOICE: &str = "a choice (a capitalised word)";

impl Problem {
    pub(super) fn from_ron(error: Ron) -> Problem {
        let kind = |wanted: &str| Problem::WrongKind(wanted.to_owned());
        match error {
            Ron::NoSuchStructField { expected, found, .. } => Problem::UnknownField { found, known: owned(expected) },
            Ron::NoSuchEnumVariant { expected, found, .. } => Problem::UnknownChoice { found, known: owned(expected) },
            Ron::MissingStructField { field, .. } => Problem::MissingField(field.to_owned()),
            Ron::DuplicateStructField { field, .. } => Problem::DuplicateField(field.to_owned()),
            Ron::ExpectedDifferentStructName { expected, found } => {
                Problem::WrongName { wanted: expected.to_owned(), found }
            }
            Ron::ExpectedDifferentLength { expected, found } => Problem::WrongLength { wanted: expected, found },
            Ron::InvalidValueForType { expected, found } => {
                Problem::WrongKind(format!("{}, not {found}", without_type(&expected)))
            }
            Ron::Message(message) => Problem::from_sentence(&message),
            Ron::IntegerOutOfBounds => Problem::OutOfRange,
            Ron::ExpectedArray => kind("a list `[…]`"),
            Ron::ExpectedMap => kind("a map `{…}`"),
            Ron::ExpectedString => kind("text in double quotes"),
            Ron::ExpectedBoolean => kind("true or false"),
            Ron::ExpectedChar => kind("a character in single quotes"),
            Ron::ExpectedFloat => kind("a number"),
            Ron::ExpectedInteger => kind("a whole number"),
            Ron::ExpectedIdentifier | Ron::SuggestRawIdentifier(_) | Ron::InvalidIdentifier(_) => kind(A_CHOICE),
            Ron::ExpectedStructLike | Ron::ExpectedNamedStructLike(_) => kind("brackets `(…)`"),
            Ron::ExpectedUnit => kind("empty brackets `()`"),
            Ron::ExpectedOption => kind("`Some(…)` or `None`"),
            Ron::ExpectedComma
            | Ron::ExpectedArrayEnd
            | Ron::ExpectedMapEnd
            | Ron::ExpectedMapColon
            | Ron::ExpectedStructLikeEnd
            | Ron::ExpectedOptionEnd
            | Ron::TrailingCharacters => Problem::Misfit,
            other => Problem::Other(other.to_string()),
        }
    }

    pub(super) fn from_json(error: &serde_json::Error) -> Problem {
        Problem::from_sentence(&without_place(error))
    }

    /// Serde's own sentences, as its `de::Error` writes them; anything else is a type's own objection.
    fn from_sentence(message: &str) -> Problem {
        let known = |rest: &str| ticked(rest).into_iter().skip(1).collect();
        let first = |rest: &str| ticked(rest).into_iter().next().unwrap_or_default();
        if let Some(rest) = message.strip_prefix("unknown field ") {
            Problem::UnknownField { found: first(rest), known: known(rest) }
        } else if let Some(rest) = message.strip_prefix("unknown variant ") {
            Problem::UnknownChoice { found: first(rest), known: known(rest) }
        } else if let Some(rest) = message.strip_prefix("missing field ") {
            Problem::MissingField(first(rest))
        } else if let Some(rest) = message.strip_prefix("duplicate field ") {
            Problem::DuplicateField(first(rest))
        } else if let Some(rest) = message.strip_prefix("invalid length ") {
            let (found, wanted) = rest.split_once(", expected ").unwrap_or((rest, "another number"));
            Problem::WrongLength { wanted: wanted.to_owned(), found: found.parse().unwrap_or_default() }
        } else if let Some(rest) =
            message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: "))
        {
            let (found, wanted) = rest.rsplit_once(", expected ").unwrap_or((rest, "something else"));
            if found.starts_with("integer `") && is_whole(wanted) {
                return Problem::OutOfRange;
            }
            Problem::WrongKind(format!("{}, not {found}", without_type(wanted)))
        } else if message == "expected value" {
            Problem::WrongKind(A_CHOICE.to_owned())
        } else if message == "trailing characters" {
            Problem::Misfit
        } else {
            Problem::Refused(message.to_owned())
        }
    }
}

/// A `serde_json` message without the line and column, which count from the start of a piece.
pub(super) fn without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    message.strip_suffix(&place).map_or(message.clone(), str::to_owned)
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// What stands between backticks.
fn ticked(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn is_whole(wanted: &str) -> bool {
    matches!(wanted, "u8" | "u16" | "u32" | "u64" | "usize" | "i8" | "i16" | "i32" | "i64" | "isize")
}

/// Names of our own types mean nothing to the writer of a document.
fn without_type(wanted: &str) -> &str {
    match wanted {
        "f64" | "f32" => "a number",
        _ if is_whole(wanted) => "a whole number",
        "a string" | "a borrowed string" => "text in double quotes",
        "a boolean" => "true or false",
        "a sequence" => "a list `[…]`",
        "a map" => "a map `{…}`",
        "variant identifier" => A_CHOICE,
        "newtype variant" | "tuple variant" | "struct variant" => WITH_VALUE,
        "unit" | "unit variant" => "a choice without a value",
        _ if wanted.starts_with("struct ") => "brackets with fields",
        _ if wanted.starts_with("enum ") => A_CHOICE,
        _ if wanted.starts_with("tuple") => "a fixed number of values in brackets",
        _ => wanted,
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Point {
        x: u8,
        y: Vec<(f64, f64)>,
        kind: Option<Kind>,
    }

    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    enum Kind {
        Round,
        Square(u8),
    }

    /// RON and JSON of the same mistake must be told apart alike.
    fn check(ron: &str, json: &str, expected: Problem) {
        let found = Problem::from_ron(ron::from_str::<Point>(ron).unwrap_err().code);
        assert_eq!(found, expected, "{ron}");
        assert_eq!(Problem::from_json(&serde_json::from_str::<Point>(json).unwrap_err()), expected, "{json}");
    }

    #[test]
    fn both_readers_objections_are_told_apart_alike() {
        let known = |names: &[&str]| owned(names);
        check(
            "(x: 1, z: 2)",
            r#"{"x": 1, "z": 2}"#,
            Problem::UnknownField { found: "z".into(), known: known(&["x", "y", "kind"]) },
        );
        check("(x: 1)", r#"{"x": 1}"#, Problem::MissingField("y".into()));
        check("(x: 1, x: 2)", r#"{"x": 1, "x": 2}"#, Problem::DuplicateField("x".into()));
        check("(x: 300)", r#"{"x": 300}"#, Problem::OutOfRange);
        check("(x: -1)", r#"{"x": -1}"#, Problem::OutOfRange);
        check(
            "(x: 1, y: [], kind: Some(Rund))",
            r#"{"x": 1, "y": [], "kind": "Rund"}"#,
            Problem::UnknownChoice { found: "Rund".into(), known: known(&["Round", "Square"]) },
        );
        check("(x: 1, y: [], kind: Some(5))", r#"{"x": 1, "y": [], "kind": 5}"#, Problem::WrongKind(A_CHOICE.into()));
    }

    #[test]
    fn a_message_is_freed_from_its_place() {
        let error = serde_json::from_str::<u8>("\n 300").unwrap_err();
        assert_eq!(without_place(&error), "invalid value: integer `300`, expected u8");
    }
}
