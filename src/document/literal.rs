//! Strings, characters and numbers as RON writes them.

use super::cursor::{Cursor, Scan};
use super::{Code, Diagnostic, Span, clip};

/// Whether a raw string comes next: `r"…"` or `r#"…"#`, but not `r#word`.
pub(super) fn is_raw_string(cursor: &Cursor) -> bool {
    let Some(rest) = cursor.rest().strip_prefix('r') else { return false };
    rest.starts_with('"') || rest.starts_with("##") || rest.starts_with("#\"")
}

/// A string with its escapes resolved.
pub(super) fn string(cursor: &mut Cursor) -> Scan<Box<str>> {
    let start = cursor.at;
    if is_raw_string(cursor) {
        return raw_string(cursor);
    }
    if !cursor.take("\"") {
        return Err(cursor.unexpected("text in double quotes", None));
    }
    let mut found = String::new();
    loop {
        found.push_str(cursor.take_while(|c| c != '"' && c != '\\'));
        match cursor.bump() {
            Some('"') => return Ok(found.into()),
            Some(_) => {
                if !line_continues(cursor) {
                    found.push(escape(cursor, true)?);
                }
            }
            None => return Err(unclosed_string(cursor, start)),
        }
    }
}

/// A character in single quotes.
pub(super) fn character(cursor: &mut Cursor) -> Scan<char> {
    let start = cursor.at;
    cursor.take("'");
    let found = match cursor.bump() {
        Some('\\') => Some(escape(cursor, false)?),
        other => other,
    };
    match found {
        Some(found) if cursor.take("'") => Ok(found),
        _ => Err(Diagnostic::new(
            Code::UnexpectedText,
            Span::new(start, start + 1),
            "this is not a single character in quotes",
        )
        .help("text is written in double quotes: \"text\"")),
    }
}

/// A number; infinity if it is too large.
pub(super) fn number(cursor: &mut Cursor) -> Scan<f64> {
    let start = cursor.at;
    let token = number_token(cursor);
    number_value(token).ok_or_else(|| {
        let found =
            Diagnostic::new(Code::BadNumber, cursor.since(start), format!("`{}` is not a number", clip(token, 40)));
        let digits = token.trim_start_matches(['+', '-']);
        let unit = digits.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '_'));
        found.help(if unit.starts_with(char::is_alphabetic) && unit.len() < digits.len() {
            "a unit goes around its number: Minutes(1.2), Percent(8)"
        } else {
            "numbers are written like 8, 0.5, 80_000 or 1.2e-3"
        })
    })
}

/// Words that are numbers, none of them finite.
pub(super) fn number_word(word: &str) -> Option<f64> {
    match word {
        "inf" | "inff32" | "inff64" => Some(f64::INFINITY),
        "NaN" | "NaNf32" | "NaNf64" => Some(f64::NAN),
        _ => None,
    }
}

/// The run of characters that could belong to a number; a sign only in front or after a decimal exponent.
fn number_token<'a>(cursor: &mut Cursor<'a>) -> &'a str {
    let rest = cursor.rest();
    let bytes = rest.as_bytes();
    let signed = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let based = matches!(bytes.get(signed..signed + 2), Some(b"0x" | b"0b" | b"0o"));
    let mut previous = ' ';
    let mut length = rest.len();
    for (index, c) in rest.char_indices() {
        let sign = matches!(c, '+' | '-') && (index == 0 || (!based && matches!(previous, 'e' | 'E')));
        if !(sign || c.is_alphanumeric() || matches!(c, '_' | '.')) {
            length = index;
            break;
        }
        previous = c;
    }
    cursor.at += length;
    &rest[..length]
}

fn number_value(token: &str) -> Option<f64> {
    let (sign, rest) = match token.as_bytes().first()? {
        b'-' => (-1.0, &token[1..]),
        b'+' => (1.0, &token[1..]),
        _ => (1.0, token),
    };
    if let Some(word) = number_word(rest) {
        return Some(sign * word);
    }
    if rest.starts_with('_') || rest.contains("._") {
        return None;
    }
    let plain = rest.replace('_', "");
    for (prefix, base) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = plain.strip_prefix(prefix) {
            let digits = &digits[..digits.find(['u', 'i']).unwrap_or(digits.len())];
            let all = !digits.is_empty() && digits.chars().all(|c| c.is_digit(base));
            // Beyond 128 bits it is far beyond what any place takes; say so there.
            return all.then(|| sign * u128::from_str_radix(digits, base).map_or(f64::MAX, |value| value as f64));
        }
    }
    let end = plain.find(['u', 'i', 'f']).unwrap_or(plain.len());
    let (digits, suffix) = plain.split_at(end);
    let known = matches!(suffix, "" | "u8" | "u16" | "u32" | "u64" | "i8" | "i16" | "i32" | "i64" | "f32" | "f64");
    let numeric = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
    if known && numeric { digits.parse::<f64>().ok().map(|value| sign * value) } else { None }
}

fn raw_string(cursor: &mut Cursor) -> Scan<Box<str>> {
    let start = cursor.at;
    cursor.take("r");
    let hashes = cursor.take_while(|c| c == '#');
    let closer = format!("\"{hashes}");
    if cursor.take("\"")
        && let Some(length) = cursor.rest().find(&closer)
    {
        let found = &cursor.rest()[..length];
        cursor.at += length + closer.len();
        return Ok(found.into());
    }
    let found = Diagnostic::new(Code::Unclosed, Span::new(start, start + 1), "this raw string is never closed");
    Err(found.help(format!("end it with `{}`", clip(&closer, 40))))
}

/// After a backslash: a line break and the blanks that follow it are nothing.
fn line_continues(cursor: &mut Cursor) -> bool {
    let found = cursor.take("\r\n") || cursor.take("\n");
    if found {
        cursor.take_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r'));
    }
    found
}

/// What follows a backslash. `joins`: several `\x` may make up one character, as in strings.
fn escape(cursor: &mut Cursor, joins: bool) -> Scan<char> {
    let start = cursor.at - 1;
    let found = match cursor.bump() {
        Some(c @ ('"' | '\'' | '\\')) => Some(c),
        Some('n') => Some('\n'),
        Some('r') => Some('\r'),
        Some('t') => Some('\t'),
        Some('0') => Some('\0'),
        Some('x') => byte_escape(cursor, joins),
        Some('u') => unicode_escape(cursor),
        _ => None,
    };
    found.ok_or_else(|| {
        let message = format!("`{}` has no meaning in text", clip(&cursor.text[start..cursor.at], 20));
        Diagnostic::new(Code::BadEscape, cursor.since(start), message)
            .help("write a backslash itself as `\\\\`, or use a raw string: r\"C:\\data\"")
    })
}

fn byte_escape(cursor: &mut Cursor, joins: bool) -> Option<char> {
    let mut bytes = Vec::new();
    loop {
        let digits = cursor.rest().get(..2)?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        cursor.at += 2;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        if let Ok(text) = std::str::from_utf8(&bytes) {
            return text.chars().next();
        }
        if !joins || bytes.len() == 4 || !cursor.take("\\x") {
            return None;
        }
    }
}

fn unicode_escape(cursor: &mut Cursor) -> Option<char> {
    if !cursor.take("{") {
        return None;
    }
    let digits = cursor.take_while(|c| c.is_ascii_hexdigit());
    if digits.len() > 6 || !cursor.take("}") {
        return None;
    }
    char::from_u32(u32::from_str_radix(digits, 16).ok()?)
}

/// An unclosed string runs to the end of the document; the end of its line is where people forgot the quote.
pub(super) fn unclosed_string(cursor: &Cursor, start: usize) -> Diagnostic {
    let line = cursor.text[start..].find(['\n', '\r']).map_or(cursor.text.len(), |length| start + length);
    Diagnostic::new(Code::Unclosed, Span::new(start, line), "this text has no closing quote")
        .help("add `\"` where the text ends; a quote within text is written `\\\"`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_ron_takes_for_numbers() {
        for (text, value) in [
            ("8", 8.0),
            ("-1_000.5", -1000.5),
            ("+.5", 0.5),
            ("1.", 1.0),
            ("1e-3", 1e-3),
            ("2E+2", 200.0),
            ("0xfF", 255.0),
            ("0b1_01", 5.0),
            ("0o17", 15.0),
            ("7u8", 7.0),
            ("0xAu16", 10.0),
            ("1.5f32", 1.5),
            ("1e400", f64::INFINITY),
            ("-inf", f64::NEG_INFINITY),
        ] {
            assert_eq!(number_value(text), Some(value), "{text}");
            let suffixed = text.ends_with("u8") || text.ends_with("u16") || text.ends_with("f32");
            let based = text.starts_with('0');
            assert!(suffixed || based || ron::from_str::<f64>(text) == Ok(value), "{text}");
        }
        for text in ["1.2h", "1..2", "--1", "_1", "1e", "0x", "0b2", "5s", ".", "1-2", "infinity", "8u7"] {
            assert_eq!(number_value(text), None, "{text}");
        }
    }

    #[test]
    fn strings_mean_what_ron_says() {
        for text in [
            r#""""#,
            r#""a\n\t\"\\\0\'""#,
            r#""\x41\u{e9}\u{1F600}""#,
            r#""\xc3\xa9""#,
            "\"a \\\n   b\"",
            "\"a\\\r\n b\"",
            r##"r"C:\data""##,
            r###"r#"say "x""#"###,
            "\"two\nlines\"",
        ] {
            let found = string(&mut Cursor::new(text)).unwrap();
            assert_eq!(&*found, ron::from_str::<String>(text).unwrap(), "{text}");
        }
    }

    #[test]
    fn broken_strings_are_broken_for_ron_too() {
        for (text, code, start, end) in [
            ("\"abc\nd", Code::Unclosed, 0, 4),
            ("\"a\\qb\"", Code::BadEscape, 2, 4),
            (r#""\u{110000}""#, Code::BadEscape, 1, 11),
            (r#""\xff""#, Code::BadEscape, 1, 5),
            ("r#\"a\"", Code::Unclosed, 0, 1),
            ("r##\"a\"#", Code::Unclosed, 0, 1),
        ] {
            let found = string(&mut Cursor::new(text)).unwrap_err();
            assert_eq!((found.code, found.span), (code, Span::new(start, end)), "{text}");
            assert!(ron::from_str::<String>(text).is_err(), "{text}");
        }
    }
}
