//! From JSON text to the same tree: objects are maps, and choices are objects with one key.

use super::cursor::{Cursor, Open, Scan};
use super::tree::{Entry, Kind, Node, Syntax, Tree};
use super::{Code, Diagnostic, Span, clip};

/// Scans a JSON document.
pub(super) fn scan(text: &str) -> Scan<Tree> {
    let mut cursor = Cursor::new(text);
    blank(&mut cursor);
    let root = value(&mut cursor, None)?;
    blank(&mut cursor);
    match cursor.peek() {
        None => Ok(Tree { root, syntax: Syntax::Json }),
        Some(_) => Err(cursor.unexpected("the end of the document", None)),
    }
}

fn blank(cursor: &mut Cursor) {
    cursor.take_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r'));
}

fn value(cursor: &mut Cursor, open: Option<&Open>) -> Scan<Node> {
    let start = cursor.at;
    match cursor.peek() {
        Some('{') => object(cursor),
        Some('[') => list(cursor),
        Some('"') => text(cursor),
        Some('0'..='9' | '-') => number(cursor),
        Some('a'..='z' | 'A'..='Z') => {
            let word = cursor.take_while(char::is_alphanumeric);
            if !matches!(word, "true" | "false" | "null") {
                let message = format!("`{}` is not a value", clip(word, 40));
                return Err(Diagnostic::new(Code::UnexpectedText, cursor.since(start), message)
                    .help("JSON knows true, false and null; a choice is written in quotes"));
            }
            cursor.node(start, Kind::Ident(word.into()))
        }
        Some('/') => Err(cursor.unexpected("a value", open).help("JSON has no comments; RON has")),
        _ => Err(cursor.unexpected("a value", open)),
    }
}

fn object(cursor: &mut Cursor) -> Scan<Node> {
    let start = cursor.at;
    let open = cursor.open()?;
    let mut entries = Vec::new();
    blank(cursor);
    while !cursor.close(&open) {
        if cursor.peek() != Some('"') {
            return Err(cursor.unexpected("a key in double quotes", Some(&open)));
        }
        let key = text(cursor)?;
        blank(cursor);
        if !cursor.take(":") {
            return Err(cursor.unexpected("`:` after the key", Some(&open)).related(key.span, "the key"));
        }
        blank(cursor);
        let value = value(cursor, Some(&open)).map_err(|mut found| {
            found.path.prepend(&clip(key.text().unwrap_or_default(), 60));
            found
        })?;
        entries.push(Entry { key, value });
        separator(cursor, &open)?;
    }
    cursor.node(start, Kind::Map(entries))
}

fn list(cursor: &mut Cursor) -> Scan<Node> {
    let start = cursor.at;
    let open = cursor.open()?;
    let mut items = Vec::new();
    blank(cursor);
    while !cursor.close(&open) {
        items.push(value(cursor, Some(&open))?);
        separator(cursor, &open)?;
    }
    cursor.node(start, Kind::List(items))
}

/// After a value: a comma and something after it, or the closing bracket next.
fn separator(cursor: &mut Cursor, open: &Open) -> Scan<()> {
    blank(cursor);
    let comma = cursor.here();
    if !cursor.take(",") {
        return match cursor.peek() {
            Some(next) if next == open.closer => Ok(()),
            _ => Err(cursor.unexpected(&format!("`,` or `{}`", open.closer), Some(open))),
        };
    }
    blank(cursor);
    if cursor.peek() == Some(open.closer) {
        let message = format!("JSON allows no comma before `{}`", open.closer);
        return Err(Diagnostic::new(Code::UnexpectedText, comma, message).help("remove the comma"));
    }
    Ok(())
}

/// A string; the grammar's fine points are left to `serde_json`, which is asked about the string alone.
fn text(cursor: &mut Cursor) -> Scan<Node> {
    let start = cursor.at;
    cursor.bump();
    loop {
        cursor.take_while(|c| c != '"' && c != '\\');
        match cursor.bump() {
            Some('"') => break,
            Some(_) => {
                cursor.bump();
            }
            None => {
                let line = cursor.text[start..].find(['\n', '\r']).map_or(cursor.text.len(), |length| start + length);
                return Err(Diagnostic::new(Code::Unclosed, Span::new(start, line), "this text has no closing quote")
                    .help("add `\"` where the text ends"));
            }
        }
    }
    let found = serde_json::from_str::<Box<str>>(&cursor.text[start..cursor.at]).map_err(|error| {
        let message = super::problem::without_place(&error);
        Diagnostic::new(Code::BadEscape, cursor.since(start), format!("this is not JSON text: {message}"))
            .help("a line break within text is written `\\n`, a backslash `\\\\`")
    })?;
    cursor.node(start, Kind::Text(found))
}

fn number(cursor: &mut Cursor) -> Scan<Node> {
    let start = cursor.at;
    let token = cursor.take_while(|c| c.is_alphanumeric() || matches!(c, '.' | '+' | '-' | '_'));
    let digits = token.strip_prefix('-').unwrap_or(token);
    let whole = digits.bytes().take_while(u8::is_ascii_digit).count();
    let fraction = digits[whole..].strip_prefix('.');
    let good = (whole == 1 || (whole > 1 && !digits.starts_with('0')))
        && fraction.is_none_or(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
    match token.parse::<f64>() {
        Ok(found) if good => cursor.node(start, Kind::Number(found)),
        _ => {
            let message = format!("`{}` is not a number", clip(token, 40));
            Err(Diagnostic::new(Code::BadNumber, cursor.since(start), message)
                .help("JSON numbers are written like 8, 0.5 or 1.2e-3"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, code: Code, place: &str) {
        let found = scan(text).unwrap_err();
        assert_eq!((found.code, &text[found.span.range()]), (code, place), "{text}: {found:?}");
        assert!(serde_json::from_str::<serde_json::Value>(text).is_err(), "{text}");
    }

    #[test]
    fn json_is_read() {
        let text = r#" {"a": {"Percent": 8.5e0}, "b": ["x\u00e9\"", true, null, -1]} "#;
        let Kind::Map(entries) = scan(text).unwrap().root.kind else { panic!() };
        assert_eq!(entries.iter().map(|entry| entry.key.text()).collect::<Vec<_>>(), [Some("a"), Some("b")]);
        let Kind::List(items) = &entries[1].value.kind else { panic!() };
        assert_eq!(items[0].text(), Some("xé\""));
    }

    #[test]
    fn what_is_not_json_is_named_at_its_place() {
        check("", Code::UnexpectedText, "");
        check("{\"a\": 1,}", Code::UnexpectedText, ",");
        check("{a: 1}", Code::UnexpectedText, "a");
        check("{\"a\" 1}", Code::UnexpectedText, "1");
        check("[1 2]", Code::UnexpectedText, "2");
        check("[1}", Code::MismatchedBracket, "}");
        check("[[1]", Code::Unclosed, "[");
        check("[1] x", Code::UnexpectedText, "x");
        check("[01]", Code::BadNumber, "01");
        check("[1_0]", Code::BadNumber, "1_0");
        check("[1.]", Code::BadNumber, "1.");
        check("[NaN]", Code::UnexpectedText, "NaN");
        check("\"a\\q\"", Code::BadEscape, "\"a\\q\"");
        check("\"a\\", Code::Unclosed, "\"a\\");
        check("[1, // no\n2]", Code::UnexpectedText, "/");
    }
}
