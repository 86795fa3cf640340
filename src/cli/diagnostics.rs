//! Diagnostics for people: place, source line with a caret, cause, next step, related places.

use std::fmt;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan,
    SpanContents,
};

use crate::document::{Diagnostic, Diagnostics, Excerpt, Severity, Source, Span, clip};

/// How wide messages are set.
const WIDTH: usize = 100;

/// How much of a long source line is shown.
const LINE_WIDTH: usize = 120;

/// One diagnostic.
pub(crate) fn render(source: &Source, found: &Diagnostic, colour: bool) -> String {
    if let Some(inner) = &found.inner {
        let at = source.position(found.span.start);
        let place = format!("{}:{}:{}", source.name(), at.line, at.column);
        return render(&inner.source, &inner.problem, colour) + &format!("  this file is named in {place}\n");
    }
    let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        .with_width(WIDTH)
        .with_context_lines(1)
        .without_syntax_highlighting();
    let mut text = String::new();
    match handler.render_report(&mut text, &Report::new(source, found)) {
        Ok(()) => text,
        // Better a plain line than none.
        Err(fmt::Error) => {
            let at = source.position(found.span.start);
            format!("{}:{}:{}: {} {}\n", source.name(), at.line, at.column, found.code.id(), found.message)
        }
    }
}

/// All diagnostics of a document and a line that counts them; nothing if there are none.
pub(crate) fn render_all(source: &Source, found: &Diagnostics, colour: bool) -> String {
    let mut text: String = found.iter().map(|one| render(source, one, colour) + "\n").collect();
    if !found.is_empty() {
        text.push_str(&summary(source, found));
    }
    text
}

fn summary(source: &Source, found: &Diagnostics) -> String {
    let warnings = found.iter().filter(|one| one.severity() == Severity::Warning).count();
    let plural = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let more = match found.omitted() {
        0 => String::new(),
        omitted => format!(" and {omitted} more that are not shown"),
    };
    let errors = plural(found.len() - warnings, "error");
    format!("{}: {errors}, {}{more}\n", source.name(), plural(warnings, "warning"))
}

/// A diagnostic as miette wants it, over the few lines that it shows.
#[derive(Debug)]
struct Report<'a> {
    found: &'a Diagnostic,
    shown: Shown<'a>,
    labels: Vec<LabeledSpan>,
}

impl<'a> Report<'a> {
    fn new(source: &'a Source, found: &'a Diagnostic) -> Report<'a> {
        let mut shown = Shown { name: source.name(), text: String::new(), lines: Vec::new() };
        let mut places: Vec<(Span, Option<&str>)> = vec![(found.span, None)];
        places.extend(found.related.iter().map(|(span, message)| (*span, Some(message.as_str()))));
        // Neighbouring lines are shown together as they stand; otherwise the place itself comes first.
        let mut lines: Vec<_> = places.iter().map(|(span, _)| source.position(span.start).line).collect();
        lines.sort_unstable();
        lines.dedup();
        if lines.len() > 1 && lines.windows(2).all(|pair| pair[0] + 1 == pair[1]) {
            places.sort_by_key(|(span, _)| span.start);
        }
        let mut labels = Vec::new();
        for (span, message) in places {
            let (offset, length) = shown.add(source, span);
            labels.push(match message {
                Some(message) => LabeledSpan::new(Some(message.to_owned()), offset, length),
                None => LabeledSpan::new_primary_with_span(None, (offset, length)),
            });
        }
        Report { found, shown, labels }
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.found.message)
    }
}

impl std::error::Error for Report<'_> {}

impl miette::Diagnostic for Report<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        Some(Box::new(format!("{} {}", self.found.code.id(), self.found.code.slug())))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.found.severity() {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.found.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.shown)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

/// A text of its own made of the lines that are shown, each cut around its place and safe to print.
#[derive(Debug)]
struct Shown<'a> {
    name: &'a str,
    text: String,
    lines: Vec<Line>,
}

#[derive(Debug)]
struct Line {
    /// Where the line starts in the shown text.
    start: usize,
    /// What of the document it shows.
    piece: Excerpt,
    /// Labels in it: offset in the shown text and column in the document, from 0.
    columns: Vec<(usize, usize)>,
}

impl Shown<'_> {
    /// Adds the line of a place, unless it is there; gives the place in the shown text.
    fn add(&mut self, source: &Source, span: Span) -> (usize, usize) {
        let there = self.lines.last().is_some_and(|line| {
            let (shown, at) = (line.piece.span, span.start);
            shown.start <= at && (at < shown.end || (at == shown.end && !line.piece.cut_after))
        });
        if !there {
            let piece = source.excerpt(span, LINE_WIDTH);
            let start = self.text.len();
            self.text.push_str(&piece.shown(source));
            self.text.push('\n');
            self.lines.push(Line { start, piece, columns: Vec::new() });
        }
        let Some(line) = self.lines.last_mut() else { return (0, 0) };
        let bytes = line.piece.span;
        // Replaced characters may be longer than what they stand for.
        let length = |start: u32, end: u32| clip(source.slice(Span { start, end }), usize::MAX).len();
        let dots = if line.piece.cut_before { '…'.len_utf8() } else { 0 };
        let begin = span.start.clamp(bytes.start, bytes.end);
        let end = span.end.clamp(begin, bytes.end);
        let offset = line.start + dots + length(bytes.start, begin);
        line.columns.push((offset, source.position(span.start).column - 1));
        (offset, length(begin, end))
    }
}

impl SourceCode for Shown<'_> {
    fn read_span<'b>(
        &'b self,
        span: &SourceSpan,
        before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'b> + 'b>, MietteError> {
        let line_of = |offset: usize| self.lines.partition_point(|line| line.start <= offset).checked_sub(1);
        let last = span.offset() + span.len().saturating_sub(1);
        let (Some(first), Some(last)) = (line_of(span.offset()), line_of(last)) else {
            return Err(MietteError::OutOfBounds);
        };
        let lines = &self.lines[first..=last];
        // Lines that do not follow each other must not be joined into one snippet.
        if lines.windows(2).any(|pair| pair[0].piece.line + 1 != pair[1].piece.line) {
            return Err(MietteError::OutOfBounds);
        }
        let end = self.lines.get(last + 1).map_or(self.text.len(), |next| next.start);
        let start = lines[0].start;
        // Without context, miette asks for the place of the caret rather than for lines to print.
        let column = match before {
            0 => lines[0].columns.iter().find(|(offset, _)| *offset == span.offset()).map_or(0, |(_, column)| *column),
            _ => 0,
        };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.to_owned(),
            &self.text.as_bytes()[start..end],
            (start, end - start).into(),
            lines[0].piece.line - 1,
            column,
            lines.len(),
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Code, Document};

    fn check(found: Diagnostic, text: &str, expected: &str) {
        let shown = render(&Source::new("pier.ron", text), &found, false);
        let trimmed: Vec<_> = shown.lines().map(str::trim_end).collect();
        assert_eq!(trimmed.join("\n").trim_matches('\n'), expected.trim_matches('\n'), "\n{shown}");
    }

    #[test]
    fn place_cause_and_next_step_are_shown() {
        let found = Diagnostic::new(Code::UnknownField, Span::new(5, 10), "there is no field `catch` here")
            .help("did you mean `catches`?");
        check(
            found,
            "(\n  (catch: 3),\n)",
            "
E0103 unknown-field

  × there is no field `catch` here
   ╭─[pier.ron:2:4]
 2 │   (catch: 3),
   ·    ─────
   ╰────
  help: did you mean `catches`?
",
        );
    }

    #[test]
    fn related_places_are_labelled() {
        let text = "{\n\t\"a\": 1,\n  \"b\": 2,\n  \"b\": 3,\n\n\n  \"a\": 4,\n}";
        let found = |start, first| {
            Diagnostic::new(Code::DuplicateKey, Span::new(start, start + 3), "twice")
                .related(Span::new(first, first + 3), "first here")
        };
        check(
            found(23, 13),
            text,
            "
E0101 duplicate-key

  × twice
   ╭─[pier.ron:4:3]
 3 │   \"b\": 2,
   ·   ─┬─
   ·    ╰── first here
 4 │   \"b\": 3,
   ·   ───
   ╰────
",
        );
        check(
            found(35, 3),
            text,
            "
E0101 duplicate-key

  × twice
   ╭─[pier.ron:7:3]
 7 │   \"a\": 4,
   ·   ───
   ╰────
   ╭─[pier.ron:2:2]
 2 │     \"a\": 1,
   ·     ─┬─
   ·      ╰── first here
   ╰────
",
        );
    }

    #[test]
    fn long_lines_are_cut_around_the_caret() {
        let text = format!("[{}\u{1b}x{}]", "1, ".repeat(300_000), ", 2".repeat(100_000));
        let found = Diagnostic::new(Code::UnexpectedText, Span::new(900_002, 900_003), "expected a value, found `x`")
            .related(Span::new(0, 1), "opened here");
        let shown = render(&Source::new("pier.ron", text), &found, false);
        let lines: Vec<_> = shown.lines().collect();
        assert!(lines.iter().all(|line| line.chars().count() < LINE_WIDTH + 20), "{shown}");
        assert_eq!(lines[3], "   ╭─[pier.ron:1:900003]");
        let (caret, x) = (lines[5].chars().position(|c| c == '─'), lines[4].chars().position(|c| c == 'x'));
        assert!(caret.is_some() && caret == x, "{shown}");
        assert!(lines[4].contains("\u{FFFD}x") && lines[10].contains("opened here"), "{shown}");
    }

    #[test]
    fn the_end_of_a_document_can_be_pointed_at() {
        let at_end = |text: &str, byte, line: &str| {
            let place = format!("   ╭─[pier.ron:{line}:1]\n {line} │\n   · ▲\n   ╰────");
            let found = Diagnostic::new(Code::UnexpectedText, Span::new(byte, byte), "nothing");
            check(found, text, &format!("E0001 unexpected-text\n\n  × nothing\n{place}"));
        };
        at_end("", 0, "1");
        at_end("(1\n", 3, "2");
    }

    proptest::proptest! {
        #[test]
        fn any_place_in_any_text_can_be_shown(text in "[a\u{e9}\u{4e16}\t\n\r\u{1b}\u{202e} ]{0,300}", a in 0..700_usize, b in 0..700_usize, c in 0..700_usize) {
            let found = Diagnostic::new(Code::WrongKind, Span::new(a, b), "x").related(Span::new(c, c + 3), "y");
            let shown = render(&Source::new("pier.ron", text), &found, false);
            proptest::prop_assert!(shown.contains("╭─[pier.ron:") && !shown.contains(['\u{1b}', '\u{202e}']), "{}", shown);
        }
    }

    #[test]
    fn a_problem_in_an_included_file_is_shown_where_it_is() {
        let text = include_str!("../../scenarios/invalid/shared-hub.ron")
            .replace("format: 1,", "format: 1, include: [\"more.ron\"],");
        let source = Source::new("docks/pier.ron", text);
        let more =
            "Shared(format: 1, handling: Clear,\n  zones: {\"yard\": (kind: Srot, map: (9, 9), run_by: Hub)},\n)";
        let files = std::collections::BTreeMap::from([("more.ron".to_owned(), more.as_bytes().to_vec())]);
        let (_, found) = crate::document::load_scenario(&source, &files);
        let shown = render_all(&source, &found, false);
        let record = found.iter().next().map(|one| one.record(&source)).unwrap();
        assert_eq!((record.file.as_str(), record.line, record.column), ("docks/more.ron", 2, 26));
        assert_eq!(record.named_in.len(), 1, "{shown}");
        assert_eq!((record.named_in[0].file.as_str(), record.named_in[0].line), ("docks/pier.ron", 3));
        assert!(shown.contains("[docks/more.ron:2:26]") && shown.contains("named in docks/pier.ron:3:"), "{shown}");
    }

    #[test]
    fn colour_is_given_only_when_asked_for() {
        let source = Source::new("pier.ron", "Hub(format: 1");
        let mut found = Diagnostics::new();
        assert!(Document::read(&source, &mut found).is_none());
        assert!(render_all(&source, &found, true).contains('\u{1b}'));
        let plain = render_all(&source, &found, false);
        assert!(!plain.contains('\u{1b}') && plain.ends_with("pier.ron: 1 error, 0 warnings\n"), "{plain}");
    }
}
