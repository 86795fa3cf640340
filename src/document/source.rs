//! A document's text, and where a byte of it stands: line and column as an editor shows them.

use std::ops::Range;

use super::diagnostic::Diagnostic;
use super::{Code, clip};

/// The largest document that is read \[bytes\]. A scenario is some ten kilobytes; 4 MiB leave room for lists of data.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// Characters are counted once per block, so that a column far into a long line is found without walking there.
const BLOCK: usize = 1024;

/// A range of bytes in a document: `start` included, `end` not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The bytes from `start` to before `end`. Documents are at most [`MAX_BYTES`] long, so 32 bits suffice.
    pub fn new(start: usize, end: usize) -> Span {
        let cut = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        Span { start: cut(start), end: cut(end.max(start)) }
    }

    /// As a range for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether `other` lies within.
    pub fn covers(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// Line and column, both from 1; columns are characters, a tab is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

/// A named document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    name: String,
    text: String,
    /// Byte at which each line starts.
    lines: Vec<usize>,
    /// Characters that start before byte `i * BLOCK`.
    characters: Vec<usize>,
}

impl Source {
    /// A document from text. A byte order mark at the start is dropped.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Source {
        let mut text = text.into();
        if text.starts_with('\u{FEFF}') {
            text.drain(..'\u{FEFF}'.len_utf8());
        }
        let bytes = text.as_bytes();
        let mut lines = vec![0];
        lines.extend(bytes.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(i, _)| i + 1));
        let mut characters = vec![0];
        for block in bytes.chunks(BLOCK) {
            characters.push(characters[characters.len() - 1] + starts_in(block));
        }
        Source { name: name.into(), text, lines, characters }
    }

    /// A document from what a file holds. If that is no text of a size that is read, the reason comes with as much of
    /// the text as can be shown.
    pub fn from_bytes(name: impl Into<String>, bytes: &[u8]) -> Result<Source, Box<(Source, Diagnostic)>> {
        let name = name.into();
        if bytes.len() > MAX_BYTES {
            return Err(Box::new((Source::new(name, ""), too_large(bytes.len()))));
        }
        let error = match std::str::from_utf8(bytes) {
            Ok(text) => return Ok(Source::new(name, text)),
            Err(error) => error,
        };
        let wide = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
        let source = Source::new(name, String::from_utf8_lossy(bytes));
        // What precedes the first bad byte is unchanged by the repair, except for a dropped mark.
        let mark = if bytes.starts_with("\u{FEFF}".as_bytes()) { 3 } else { 0 };
        let at = error.valid_up_to().saturating_sub(mark);
        let found = Diagnostic::new(Code::NotUtf8, Span::new(at, at + 1), "this is not UTF-8 text").help(if wide {
            "the file is UTF-16; save it as UTF-8"
        } else {
            "save the file as UTF-8"
        });
        Err(Box::new((source, found)))
    }

    /// The name it was given, usually the path of its file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// All of the text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it is JSON, by its name; everything else is RON.
    pub fn is_json(&self) -> bool {
        self.name.len() >= 5 && self.name.as_bytes()[self.name.len() - 5..].eq_ignore_ascii_case(b".json")
    }

    /// The text within a span; a span outside the text, or through a character, is narrowed.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[self.floor(span.start as usize)..self.floor(span.end as usize)]
    }

    /// Where a byte stands. One past the end is the place after the last character.
    pub fn position(&self, byte: u32) -> Position {
        let byte = self.floor(byte as usize);
        let line = self.lines.partition_point(|start| *start <= byte);
        let start = self.lines[line - 1];
        Position { line, column: 1 + self.characters_before(byte) - self.characters_before(start) }
    }

    /// The bytes of a line (from 1), without its line break; none beyond the last.
    pub fn line_span(&self, line: usize) -> Option<Span> {
        let start = *self.lines.get(line.checked_sub(1)?)?;
        let end = self.lines.get(line).map_or(self.text.len(), |next| next - 1);
        let text = &self.text[start..end];
        Some(Span::new(start, start + text.strip_suffix('\r').unwrap_or(text).len()))
    }

    /// A refusal when the text is longer than [`MAX_BYTES`].
    pub fn refusal(&self) -> Option<Diagnostic> {
        (self.text.len() > MAX_BYTES).then(|| too_large(self.text.len()))
    }

    /// The line that `span` starts in, with at most `width` characters of it around the start, for display.
    pub fn excerpt(&self, span: Span, width: usize) -> Excerpt {
        let start = self.floor(span.start as usize);
        let line = self.lines.partition_point(|first| *first <= start);
        let whole = self.line_span(line).unwrap_or_default().range();
        // A start on the line break itself belongs to the end of its line.
        let start = start.min(whole.end).max(whole.start);
        let mut from = start;
        let mut before = self.text[whole.start..start].char_indices().rev();
        for _ in 0..width / 2 {
            match before.next() {
                Some((index, _)) => from = whole.start + index,
                None => break,
            }
        }
        let to = self.text[from..whole.end].char_indices().nth(width).map_or(whole.end, |(index, _)| from + index);
        Excerpt { line, span: Span::new(from, to), cut_before: from > whole.start, cut_after: to < whole.end }
    }

    fn characters_before(&self, byte: usize) -> usize {
        let block = byte / BLOCK;
        self.characters[block] + starts_in(&self.text.as_bytes()[block * BLOCK..byte])
    }

    /// The nearest start of a character at or before `byte`.
    fn floor(&self, byte: usize) -> usize {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    }
}

/// A piece of one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The line, from 1.
    pub line: usize,
    /// The bytes shown.
    pub span: Span,
    /// Whether the line has more to the left.
    pub cut_before: bool,
    /// Whether the line has more to the right.
    pub cut_after: bool,
}

impl Excerpt {
    /// The piece as text to print: dots where it was cut, nothing that could steer a terminal.
    pub fn shown(&self, source: &Source) -> String {
        let dots = |cut: bool| if cut { "…" } else { "" };
        format!("{}{}{}", dots(self.cut_before), clip(source.slice(self.span), usize::MAX), dots(self.cut_after))
    }
}

/// Characters that start in these bytes of UTF-8: all bytes but continuations.
fn starts_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count()
}

fn too_large(bytes: usize) -> Diagnostic {
    Diagnostic::new(
        Code::TooLarge,
        Span::default(),
        format!("the document has {bytes} bytes; at most {MAX_BYTES} (4 MiB) are read"),
    )
    .help("keep data in a CSV file beside the document and refer to it")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, byte: u32, line: usize, column: usize) {
        assert_eq!(Source::new("a.ron", text).position(byte), Position { line, column }, "{text:?} at {byte}");
    }

    #[test]
    fn positions_count_characters_from_one() {
        check("", 0, 1, 1);
        check("ab\ncd", 0, 1, 1);
        check("ab\ncd", 2, 1, 3);
        check("ab\ncd", 3, 2, 1);
        check("ab\ncd", 5, 2, 3);
        check("ab\ncd", 99, 2, 3);
        check("a\n", 2, 2, 1);
        check("\t\tx", 2, 1, 3);
        check("é€x", 5, 1, 3);
        check("é€x", 3, 1, 2);
        check("\u{FEFF}ab", 1, 1, 2);
    }

    #[test]
    fn columns_are_right_far_into_a_line_of_many_blocks() {
        let text = format!("first\n{}x", "é".repeat(5000));
        check(&text, 6 + 10_000, 2, 5001);
    }

    #[test]
    fn lines_come_without_their_breaks() {
        let source = Source::new("a.ron", "one\r\ntwo\n");
        let text = |line| source.line_span(line).map(|span| source.slice(span));
        assert_eq!([text(0), text(1), text(2), text(3), text(4)], [None, Some("one"), Some("two"), Some(""), None]);
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let source = Source::new("a.ron", format!("{}é!{}", "a".repeat(1000), "b".repeat(1000)));
        let piece = source.excerpt(Span::new(1002, 1003), 8);
        assert_eq!(piece.shown(&source), "…aaaé!bbb…");
        let whole = Source::new("a.ron", "x\u{1b}y").excerpt(Span::new(0, 1), 8);
        assert_eq!(whole.shown(&Source::new("a.ron", "x\u{1b}y")), "x\u{FFFD}y");
    }

    #[test]
    fn other_encodings_are_named() {
        let (source, found) = *Source::from_bytes("a.ron", b"ab\xFFcd").unwrap_err();
        assert_eq!((found.code, found.span), (Code::NotUtf8, Span::new(2, 3)));
        assert_eq!(source.text(), "ab\u{FFFD}cd");
        let wide = Source::from_bytes("a.ron", b"\xFF\xFEa\0").unwrap_err();
        assert!(wide.1.help.unwrap().contains("UTF-16"));
        let large = Source::from_bytes("a.ron", &vec![b' '; MAX_BYTES + 1]).unwrap_err();
        assert_eq!(large.1.code, Code::TooLarge);
    }
}
