//! Reading forward through a text within limits; what the scanners of RON and JSON share.

use super::tree::{Kind, Node};
use super::{Code, Diagnostic, Span, clip};

/// How deep brackets may nest. The deepest sensible document needs about a dozen levels.
pub const MAX_DEPTH: usize = 64;

/// How many values a document may hold. Bounds memory: a value takes about a hundred bytes.
pub const MAX_NODES: usize = 250_000;

/// The result of reading something; the first syntax error ends it.
pub(super) type Scan<T> = Result<T, Diagnostic>;

/// A place in a text.
#[derive(Clone)]
pub(super) struct Cursor<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    depth: usize,
    nodes: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Cursor<'a> {
        Cursor { text, at: 0, depth: 0, nodes: 0 }
    }

    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn bump(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// Steps over `expected` if it comes next.
    pub(super) fn take(&mut self, expected: &str) -> bool {
        let found = self.rest().starts_with(expected);
        if found {
            self.at += expected.len();
        }
        found
    }

    /// Steps over all characters that are `wanted`.
    pub(super) fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let found = &rest[..rest.find(|c| !wanted(c)).unwrap_or(rest.len())];
        self.at += found.len();
        found
    }

    pub(super) fn since(&self, start: usize) -> Span {
        Span::new(start, self.at)
    }

    /// The next character, or nothing at the end.
    pub(super) fn here(&self) -> Span {
        Span::new(self.at, self.at + self.peek().map_or(0, char::len_utf8))
    }

    /// Counts a value against the limit.
    pub(super) fn node(&mut self, start: usize, kind: Kind) -> Scan<Node> {
        self.nodes += 1;
        let span = self.since(start);
        if self.nodes > MAX_NODES {
            return Err(Diagnostic::new(
                Code::TooMany,
                Span::new(start, start + 1),
                format!("the document holds more than {MAX_NODES} values"),
            )
            .help("keep data in a CSV file beside the document and refer to it"));
        }
        Ok(Node { span, kind })
    }

    /// Steps over an opening bracket and counts the level against the limit; `close` ends the level.
    pub(super) fn open(&mut self) -> Scan<Open> {
        let span = self.here();
        let bracket = self.bump().unwrap_or_default();
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Diagnostic::new(
                Code::TooDeep,
                span,
                format!("brackets are nested more than {MAX_DEPTH} levels deep here"),
            )
            .help("close the brackets that are open, or build this from named parts"));
        }
        let closer = match bracket {
            '(' => ')',
            '[' => ']',
            _ => '}',
        };
        Ok(Open { bracket, closer, span })
    }

    /// Steps over the closing bracket if it comes next.
    pub(super) fn close(&mut self, open: &Open) -> bool {
        let found = self.peek() == Some(open.closer);
        if found {
            self.at += 1;
            self.depth -= 1;
        }
        found
    }

    /// Something stands here that cannot: `wanted` says what could. `open` is the bracket around it.
    pub(super) fn unexpected(&self, wanted: &str, open: Option<&Open>) -> Diagnostic {
        let Some(next) = self.peek() else {
            return match open {
                Some(open) => {
                    Diagnostic::new(Code::Unclosed, open.span, format!("this `{}` is never closed", open.bracket))
                        .help(format!("add the missing `{}`; it may belong well before the end", open.closer))
                        .related(self.here(), "the document ends here")
                }
                None => {
                    Diagnostic::new(Code::UnexpectedText, self.here(), format!("the document ends before {wanted}"))
                }
            };
        };
        if let (')' | ']' | '}', Some(open)) = (next, open) {
            let message = format!("this `{next}` does not fit the `{}` that is open", open.bracket);
            return Diagnostic::new(Code::MismatchedBracket, self.here(), message)
                .help(format!("close with `{}` first, or remove this `{next}`", open.closer))
                .related(open.span, "opened here");
        }
        let word = self.word();
        let message = format!("expected {wanted}, found `{}`", clip(word, 40));
        let found = Diagnostic::new(Code::UnexpectedText, Span::new(self.at, self.at + word.len()), message);
        match remedy(next) {
            Some(help) => found.help(help),
            None => found,
        }
    }

    /// The run of letters and digits here, or one character.
    fn word(&self) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        &rest[..length.max(self.here().range().len())]
    }
}

/// A bracket that is open.
pub(super) struct Open {
    pub(super) bracket: char,
    pub(super) closer: char,
    pub(super) span: Span,
}

/// What people mean by characters that the grammar does not have.
fn remedy(found: char) -> Option<&'static str> {
    Some(match found {
        '=' => "a field is written `name: value`",
        ';' => "entries are separated by commas",
        '“' | '”' | '„' | '‘' | '’' | '«' | '»' | '`' => "use plain double quotes: \"text\"",
        '\'' => "text is written in double quotes: \"text\"",
        '%' | '€' | '$' => "a unit goes around its number: Percent(8), Euro(80_000)",
        '#' => "a comment starts with //",
        '.' | '-' | '+' => "a name you choose is written in double quotes: \"seal-check\"",
        _ => return None,
    })
}
