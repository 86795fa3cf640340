//! Reads on past a slip of the pen, so that one missing comma or misspelt number does not hide what else is wrong.
//!
//! A slip is painted over with as many bytes as it has, so that every byte of the painted text is at its place in the
//! written one. (Lines are not: a comma may take the place of a line's end.) What is then found wrong within the paint
//! is not told.

use super::scan::scan;
use super::tree::Tree;
use super::{Code, Diagnostic, Span};

/// Slips that are told in one document. Each costs a scan of the whole text.
const MOST_SLIPS: usize = 20;

/// Bytes of a text that is read on.
const LONGEST: usize = 1 << 20;

/// A text whose slips have been painted over.
pub(super) struct Repaired {
    /// As long as what was written.
    pub(super) text: String,
    /// What it says.
    pub(super) tree: Tree,
    /// The slips, in the order of the text.
    pub(super) slips: Vec<Diagnostic>,
    /// Where there is paint.
    pub(super) painted: Vec<Span>,
}

/// Paints over the first slip of a text and those that come to light then. None if brackets or quotes are lost, or what
/// is left is no better: then nobody can say what belongs together.
pub(super) fn repair(text: &str, first: &Diagnostic) -> Option<Repaired> {
    if text.len() > LONGEST {
        return None;
    }
    let mut text = text.to_owned();
    let (mut slips, mut painted) = (vec![first.clone()], Vec::new());
    loop {
        let slip = slips.last()?;
        if !matches!(slip.code, Code::UnexpectedText | Code::BadNumber | Code::BadEscape) {
            return None;
        }
        painted.push(paint(&mut text, slip)?);
        match scan(&text) {
            Ok(tree) => return Some(Repaired { text, tree, slips, painted }),
            Err(next) => {
                if next.span.start <= slip.span.start || slips.len() == MOST_SLIPS {
                    return None;
                }
                slips.push(next);
            }
        }
    }
}

/// Paints over one slip.
fn paint(text: &mut String, slip: &Diagnostic) -> Option<Span> {
    let at = slip.span.start as usize;
    let before = text.get(..at)?.trim_end();
    let expects_value = before.ends_with([':', '(', '[', '{', ',']);
    let next = text[at..].chars().next()?;
    if !expects_value && (next.is_alphanumeric() || matches!(next, '_' | '"' | '(' | '[' | '{')) {
        // Two values in a row: a comma belongs after the first, where there is a blank.
        let end = slip.related.first().map_or(before.len(), |(span, _)| span.end as usize);
        if text.as_bytes().get(end)?.is_ascii_whitespace() {
            text.replace_range(end..end + 1, ",");
            return Some(Span::new(end, end + 1));
        }
        return None;
    }
    // A colon that nothing waits for: what is a name and what is a value is anybody's guess.
    if next == ':' {
        return None;
    }
    let end = if slip.code == Code::BadNumber { slip.span.end as usize } else { at + length(&text[at..]) };
    let paint = match (expects_value, end - at) {
        (_, 0) => return None,
        (false, length) => " ".repeat(length),
        (true, 1) => "0".to_owned(),
        (true, length) => format!("(){}", " ".repeat(length - 2)),
    };
    text.replace_range(at..end, &paint);
    Some(Span::new(at, end))
}

/// Bytes up to the comma, the closing bracket or the end of the line that ends a slip.
fn length(rest: &str) -> usize {
    let (mut depth, mut quoted) = (0_usize, false);
    for (index, c) in rest.char_indices() {
        match c {
            '\n' => return index,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ',' if depth == 0 => return index,
            ')' | ']' | '}' => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return index,
            },
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which slips are told, by the text at their place, and what the text reads as then; none if it is given up.
    fn check(text: &str, expect: Option<(&[&str], &str)>) {
        let first = scan(text).unwrap_err();
        let repaired = repair(text, &first);
        let found = repaired.as_ref().map(|it| {
            let told: Vec<&str> = it.slips.iter().map(|slip| &text[slip.span.range()]).collect();
            assert_eq!(it.text.len(), text.len());
            (told, it.text.as_str())
        });
        assert_eq!(found, expect.map(|(told, text)| (told.to_vec(), text)), "{text}");
    }

    #[test]
    fn slips_are_painted_over_and_lost_brackets_are_not() {
        check("(a: 4h, b: 2)", Some((&["4h"], "(a: (), b: 2)")));
        check("(a: 8%, b: 2)", Some((&["%"], "(a: 8 , b: 2)")));
        check("(a: 1 b: 2)", Some((&["b"], "(a: 1,b: 2)")));
        check("(a: 1\n b: 4h c: [%])", Some((&["b", "4h", "c", "%"], "(a: 1, b: (),c: [0])")));
        check("(a: “x”, b: 2)", Some((&["“"], "(a: ()     , b: 2)")));
        check("(a: (1, b: 2)", None);
        check("(a: 1: 2)", None);
        check("(a: \"x, b: 2)", None);
        // Nothing to put a comma into.
        check("(a: 1\"b\")", None);
    }

    #[test]
    fn many_slips_end_it() {
        let text = format!("[{}]", "4h, ".repeat(MOST_SLIPS + 1));
        assert!(repair(&text, &scan(&text).unwrap_err()).is_none());
        let text = format!("[{}]", "4h, ".repeat(MOST_SLIPS));
        assert_eq!(repair(&text, &scan(&text).unwrap_err()).unwrap().slips.len(), MOST_SLIPS);
    }
}
