//! From RON text to a tree. Accepts what the `ron` crate accepts for data, reports the first thing that is not RON, and
//! stays within limits whatever it is given.

use ron::extensions::Extensions;

use super::cursor::{Cursor, Open, Scan};
use super::literal;
use super::tree::{Entry, Field, Kind, Name, Node, Syntax, Tree};
use super::{Code, Diagnostic, Span, clip};

/// Scans a RON document.
pub(super) fn scan(text: &str) -> Scan<Tree> {
    let mut cursor = Cursor::new(text);
    blank(&mut cursor)?;
    let mut extensions = Extensions::empty();
    while cursor.peek() == Some('#') {
        extensions |= attribute(&mut cursor)?;
        blank(&mut cursor)?;
    }
    let root = value(&mut cursor, None)?;
    blank(&mut cursor)?;
    match cursor.peek() {
        None => Ok(Tree { root, syntax: Syntax::Ron(extensions) }),
        Some(_) => {
            let found = cursor.unexpected("the end of the document", None);
            Err(found.related(
                Span::new(root.span.end as usize - 1, root.span.end as usize),
                "the document is complete here",
            ))
        }
    }
}

/// Steps over white space and comments.
fn blank(cursor: &mut Cursor) -> Scan<()> {
    loop {
        cursor.take_while(|c| {
            matches!(c, ' ' | '\t'..='\r' | '\u{85}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}')
        });
        if cursor.rest().starts_with("//") {
            cursor.take_while(|c| c != '\n');
        } else if cursor.rest().starts_with("/*") {
            block_comment(cursor)?;
        } else {
            return Ok(());
        }
    }
}

/// Steps over a comment in `/* */`, which may hold others.
fn block_comment(cursor: &mut Cursor) -> Scan<()> {
    let start = cursor.at;
    let mut level = 0_usize;
    loop {
        if cursor.take("/*") {
            level += 1;
        } else if cursor.take("*/") {
            level -= 1;
            if level == 0 {
                return Ok(());
            }
        } else {
            cursor.bump();
            cursor.take_while(|c| c != '/' && c != '*');
            if cursor.peek().is_none() {
                return Err(Diagnostic::new(
                    Code::Unclosed,
                    Span::new(start, start + 2),
                    "this comment is never closed",
                )
                .help("end it with `*/`; a comment within a comment needs its own end"));
            }
        }
    }
}

/// `#![enable(a, b)]`, or `#!\[type = ".."\]` and `#![schema = ".."]`, which tell editors something and us nothing.
fn attribute(cursor: &mut Cursor) -> Scan<Extensions> {
    let start = cursor.at;
    let mut extensions = Extensions::empty();
    let mut good = true;
    for mark in ["#", "!", "["] {
        good = good && cursor.take(mark);
        blank(cursor)?;
    }
    let word = cursor.take_while(continues_ident);
    blank(cursor)?;
    match word {
        "enable" if good && cursor.take("(") => loop {
            blank(cursor)?;
            let name_at = cursor.at;
            let name = cursor.take_while(continues_ident);
            if name.is_empty() {
                good = cursor.take(")");
                break;
            }
            extensions |= Extensions::from_ident(name).ok_or_else(|| {
                let message = format!("there is no extension `{}`", clip(name, 40));
                Diagnostic::new(Code::BadAttribute, cursor.since(name_at), message).help("remove this line")
            })?;
            blank(cursor)?;
            if !cursor.take(",") {
                good = cursor.take(")");
                break;
            }
        },
        "type" | "schema" if good && cursor.take("=") => {
            blank(cursor)?;
            literal::string(cursor)?;
        }
        _ => good = false,
    }
    blank(cursor)?;
    if good && cursor.take("]") {
        return Ok(extensions);
    }
    Err(Diagnostic::new(Code::BadAttribute, Span::new(start, start + 1), "this is not a known attribute")
        .help("a comment starts with //; an attribute reads #![enable(implicit_some)]"))
}

/// One value; `open` is the bracket around it.
fn value(cursor: &mut Cursor, open: Option<&Open>) -> Scan<Node> {
    let start = cursor.at;
    match cursor.peek() {
        Some('(') => brackets(cursor, start, None),
        Some('[') => list(cursor),
        Some('{') => map(cursor),
        Some('"') => text(cursor),
        Some('r') if literal::is_raw_string(cursor) => text(cursor),
        Some('\'') => {
            let found = literal::character(cursor)?;
            cursor.node(start, Kind::Char(found))
        }
        Some('0'..='9' | '+' | '-' | '.') => {
            let found = literal::number(cursor)?;
            cursor.node(start, Kind::Number(found))
        }
        Some(c) if starts_ident(c) => {
            let name = ident(cursor)?;
            if let Some(number) = literal::number_word(&name.text) {
                return cursor.node(start, Kind::Number(number));
            }
            let end = cursor.at;
            blank(cursor)?;
            if cursor.peek() == Some('(') {
                return brackets(cursor, start, Some(name));
            }
            cursor.at = end;
            cursor.node(start, Kind::Ident(name.text))
        }
        _ => Err(cursor.unexpected("a value", open)),
    }
}

fn text(cursor: &mut Cursor) -> Scan<Node> {
    let start = cursor.at;
    let found = literal::string(cursor)?;
    cursor.node(start, Kind::Text(found))
}

/// `(…)`: with fields if the first thing in it is a word and a colon, else with values.
fn brackets(cursor: &mut Cursor, start: usize, name: Option<Name>) -> Scan<Node> {
    let open = cursor.open()?;
    blank(cursor)?;
    if is_field(cursor) {
        let mut fields = Vec::new();
        while !cursor.close(&open) {
            let field = field(cursor, &open)?;
            separator(cursor, &open, &field.value)?;
            fields.push(field);
        }
        return cursor.node(start, Kind::Struct { name, fields });
    }
    let mut items = Vec::new();
    while !cursor.close(&open) {
        let item = value(cursor, Some(&open))?;
        separator(cursor, &open, &item)?;
        items.push(item);
    }
    cursor.node(start, Kind::Tuple { name, items })
}

fn field(cursor: &mut Cursor, open: &Open) -> Scan<Field> {
    if cursor.peek() == Some('"') {
        let found = cursor.unexpected("a field", Some(open));
        return Err(found.help("in `( )` fields are written without quotes; names you choose go into `{ }`"));
    }
    if !cursor.peek().is_some_and(starts_ident) {
        return Err(cursor.unexpected("a field `name: value`", Some(open)));
    }
    let name = ident(cursor)?;
    blank(cursor)?;
    if !cursor.take(":") {
        let found = cursor.unexpected(&format!("`:` after `{}`", clip(&name.text, 40)), Some(open));
        return Err(found.related(name.span, "this field has no value"));
    }
    blank(cursor)?;
    match value(cursor, Some(open)) {
        Ok(value) => Ok(Field { name, value }),
        Err(found) => Err(under(found, &name.text)),
    }
}

fn map(cursor: &mut Cursor) -> Scan<Node> {
    let start = cursor.at;
    let open = cursor.open()?;
    let mut entries = Vec::new();
    blank(cursor)?;
    while !cursor.close(&open) {
        let key = value(cursor, Some(&open))?;
        blank(cursor)?;
        if !cursor.take(":") {
            runaway(cursor, &key)?;
            let found = cursor.unexpected("`:` and a value after the key", Some(&open));
            return Err(found.related(key.head(), "the key"));
        }
        blank(cursor)?;
        let value = value(cursor, Some(&open)).map_err(|found| under(found, key.text().unwrap_or("?")))?;
        separator(cursor, &open, &value)?;
        entries.push(Entry { key, value });
    }
    cursor.node(start, Kind::Map(entries))
}

fn list(cursor: &mut Cursor) -> Scan<Node> {
    let start = cursor.at;
    let open = cursor.open()?;
    let mut items = Vec::new();
    blank(cursor)?;
    while !cursor.close(&open) {
        let item = value(cursor, Some(&open))?;
        separator(cursor, &open, &item)?;
        items.push(item);
    }
    cursor.node(start, Kind::List(items))
}

/// After a value: a comma, or the closing bracket next.
fn separator(cursor: &mut Cursor, open: &Open, last: &Node) -> Scan<()> {
    blank(cursor)?;
    if cursor.take(",") {
        return blank(cursor);
    }
    let Some(next) = cursor.peek() else { return Err(cursor.unexpected("`,`", Some(open))) };
    if next == open.closer {
        return Ok(());
    }
    runaway(cursor, last)?;
    if next == ':' {
        return Err(cursor.unexpected("`,`", Some(open)).help(match (&last.kind, open.bracket) {
            (Kind::Number(_), _) => "a time of day is written in quotes: \"06:00\"",
            (Kind::Text(_), '(') => "in `( )` fields are written without quotes; names you choose go into `{ }`",
            (_, '[') => "a list `[ ]` holds values only; keys go into `{ }`",
            _ => "one name, one colon, one value",
        }));
    }
    let found = cursor.unexpected(&format!("`,` or `{}`", open.closer), Some(open));
    let begins = starts_ident(next) || next.is_ascii_digit() || matches!(next, '"' | '(' | '[' | '{');
    if !begins {
        return Err(found);
    }
    let end = last.span.end as usize;
    Err(found.help("a comma is missing after the entry before").related(Span::new(end - 1, end), "add `,` after this"))
}

/// A string that runs over lines and is followed by something odd has most likely lost its closing quote.
fn runaway(cursor: &Cursor, last: &Node) -> Scan<()> {
    let Kind::Text(text) = &last.kind else { return Ok(()) };
    let start = last.span.start as usize;
    match text.contains('\n') && cursor.text[start..].starts_with('"') {
        true => Err(literal::unclosed_string(cursor, start).related(cursor.here(), "read as text up to here")),
        false => Ok(()),
    }
}

/// A word, plain or raw (`r#word`).
fn ident(cursor: &mut Cursor) -> Scan<Name> {
    let start = cursor.at;
    let raw = cursor.take("r#");
    let text = cursor.take_while(|c| continues_ident(c) || (raw && matches!(c, '.' | '+' | '-')));
    // The reader refuses `seal-check` as a bare word; nobody types it meaning anything but a name.
    if !raw && matches!(cursor.peek(), Some('-' | '.' | '+')) || text.is_empty() {
        cursor.take_while(|c| continues_ident(c) || matches!(c, '.' | '+' | '-'));
        let whole = &cursor.text[start..cursor.at];
        let message = format!("`{}` is not a word of the grammar", clip(whole, 40));
        return Err(Diagnostic::new(Code::UnexpectedText, cursor.since(start), message)
            .help(format!("a name you choose is written in double quotes: \"{}\"", clip(whole, 40))));
    }
    Ok(Name { span: cursor.since(start), text: text.into() })
}

/// Whether a word and a colon come next.
fn is_field(cursor: &Cursor) -> bool {
    let mut ahead = cursor.clone();
    ahead.peek().is_some_and(starts_ident)
        && !literal::is_raw_string(&ahead)
        && ident(&mut ahead).is_ok()
        && blank(&mut ahead).is_ok()
        && ahead.take(":")
}

fn under(mut found: Diagnostic, id: &str) -> Diagnostic {
    found.path.prepend(&clip(id, 60));
    found
}

fn starts_ident(c: char) -> bool {
    c == '_' || c.is_alphabetic()
}

fn continues_ident(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}
