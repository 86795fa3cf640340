//! Whatever bytes come: no panic, no overflow, no long wait.

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;

/// Runs everything that runs on a document, on a stack as small as a thread's, and gives the codes found.
fn survive(name: &'static str, bytes: Vec<u8>) -> Vec<Code> {
    let run = move || {
        let (source, found) = match Source::from_bytes(name, &bytes) {
            Ok(source) => {
                let (source, _, found) = load(name, source.text());
                (source, found)
            }
            Err(unread) => {
                let mut found = Diagnostics::new();
                found.push(unread.1);
                (unread.0, found)
            }
        };
        for one in &found {
            let record = one.record(&source);
            assert!(record.source_line.chars().count() <= 400 && record.message.chars().count() <= 1000, "{record:?}");
            assert!(record.line >= 1 && record.column >= 1 && one.span.end as usize <= source.text().len() + 1);
        }
        found.iter().map(|one| one.code).collect()
    };
    std::thread::Builder::new().stack_size(2 << 20).spawn(run).unwrap().join().unwrap()
}

fn first(text: String) -> Code {
    let json = survive("a.json", text.clone().into_bytes());
    assert!(!json.is_empty());
    survive("a.ron", text.into_bytes())[0]
}

#[test]
fn large_and_deep_documents_are_refused_in_time() {
    let full = |part: &str| part.repeat(MAX_BYTES / part.len());
    assert_eq!(first("(".repeat(1_000_000)), Code::TooDeep);
    assert_eq!(first("[".repeat(1_000_000)), Code::TooDeep);
    assert_eq!(first("{\"a\":".repeat(500_000)), Code::TooDeep);
    assert_eq!(first("a(".repeat(1_000_000)), Code::TooDeep);
    assert_eq!(first("(a:".repeat(1_000_000)), Code::TooDeep);
    assert_eq!(first(full(",")), Code::UnexpectedText);
    assert_eq!(first(full("(,")), Code::UnexpectedText);
    assert_eq!(first(format!("[{}", full("1,"))), Code::TooLarge);
    assert_eq!(first(format!("[{}", "1,".repeat(2_000_000))), Code::TooMany);
    assert_eq!(first(full("/*")), Code::Unclosed);
    assert_eq!(first(full("#")), Code::BadAttribute);
    assert_eq!(first(full("\"")), Code::UnexpectedText);
    assert_eq!(first(format!("\"{}", "a".repeat(4_000_000))), Code::Unclosed);
    assert_eq!(first(format!("\"{}", "\\n".repeat(2_000_000))), Code::Unclosed);
    assert_eq!(first(format!("r{}", "#".repeat(4_000_000))), Code::Unclosed);
    assert_eq!(first("1".repeat(4_000_000)), Code::NotFinite);
    assert_eq!(first("x".repeat(4_000_000)), Code::WrongName);
    assert_eq!(first(" ".repeat(MAX_BYTES + 1)), Code::TooLarge);
    assert_eq!(first(String::new()), Code::UnexpectedText);
}

#[test]
fn a_document_of_nothing_but_mistakes_is_read_in_time() {
    let many =
        |entry: &str, count: usize| (0..count).map(|index| entry.replace('%', &index.to_string())).collect::<String>();
    let hub = |body: String| format!("Hub(format: 1, title: \"\", {body})");
    assert!(
        survive("a.ron", hub(format!("zones: {{{}}}", many("\"z%\": (kind: Nowhere, map: (0, 0)), ", 40_000))).into())
            .len()
            == MAX_KEPT
    );
    assert!(survive("a.ron", hub(format!("zones: {{{}}}", many("\"z\": (), ", 100_000))).into()).len() == MAX_KEPT);
    assert!(
        survive("a.ron", hub(format!("routes: {{\"in\": [{}]}}", many("Visit(inf), ", 80_000))).into()).len()
            == MAX_KEPT
    );
    assert!(survive("a.ron", hub(format!("stages: [{}]", many("(name: 1), ", 60_000))).into()).len() == MAX_KEPT);
    assert!(survive("a.ron", hub(many("f%: 1, ", 100_000)).into()).len() == MAX_KEPT);
    // One entry that is nearly the whole document, wrong at its end.
    assert_eq!(survive("a.ron", hub(format!("weights: {{{}Wrong: 1}}", many("Alter: 1, ", 1))).into()).len(), 7);
    let long = format!("routes: {{\"in\": [{} 5]}}", many("Visit(\"a\"), ", 80_000));
    assert!(!survive("a.ron", hub(long).into()).is_empty());
}

#[test]
fn the_scanner_is_what_refuses_depth() {
    let rule = |levels: usize| {
        let when = format!("{}Late{}", "AllOf([".repeat(levels), "])".repeat(levels));
        PIER.replacen("when: Late", &format!("when: {when}"), 1).into_bytes()
    };
    // Three levels of brackets are around the condition, and each step takes two more.
    assert_eq!(survive("a.ron", rule((MAX_DEPTH - 3) / 2)), []);
    assert_eq!(survive("a.ron", rule((MAX_DEPTH - 3) / 2 + 1)), [Code::TooDeep]);
}

#[test]
fn what_ron_reads_is_read() {
    for text in [
        "()",
        "( )",
        "A",
        "A()",
        "A ( )",
        "r#a-b",
        "[1,]",
        "{}",
        "{1: 2}",
        "'x'",
        "'\\''",
        "-0x1F",
        "1_0.5e-3",
        "(a: 1,)",
        "/**/A//x",
        "#![enable(implicit_some)] A",
        "#![enable(unwrap_newtypes, implicit_some,)]\n#![type = \"a\"]A",
        "true",
        "\"a\\\n   b\"",
        "((1, 2), [(), {\"a\": B(c: D(1))}])",
        "_a",
        "é",
        "Some(None)",
        "(r#a: 1)",
        "b(1)",
        "r(1)",
        "\u{2028}A\u{85}",
        "(a:b,c:d)",
        "A(b)",
        "(a::b)",
    ] {
        let ours = Tree::scan(&Source::new("a.ron", text)).is_ok();
        assert_eq!(ours, ron::from_str::<serde::de::IgnoredAny>(text).is_ok(), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        survive("a.ron", bytes.clone());
        survive("a.json", bytes);
    }

    #[test]
    fn any_tokens_are_survived(tokens in proptest::collection::vec(
        prop::sample::select(vec!["(", ")", "[", "]", "{", "}", ",", ":", "\"", "'", "\\", "r#", "#", "/*", "*/", "//", "\n", " ",
            "a", "B", "1", "-", ".", "e", "_", "é", "#![enable(", "Hub(", "format: 1", "inf", "0x", "\"a\"", "\u{FEFF}"]), 0..60)) {
        survive("a.ron", tokens.concat().into_bytes());
        survive("a.json", tokens.concat().into_bytes());
    }

    /// Up to four edits of a good document: bytes changed, pieces removed, doubled and moved.
    #[test]
    fn any_edit_of_a_document_is_survived(
        json in any::<bool>(),
        edits in proptest::collection::vec((0..4_u8, any::<Index>(), any::<Index>(), any::<u8>()), 1..5),
    ) {
        let mut bytes = if json { PIER_JSON } else { PIER }.as_bytes().to_vec();
        for (edit, one, other, byte) in edits {
            let (a, b) = (one.index(bytes.len()), other.index(bytes.len()));
            let (from, to) = (a.min(b), a.max(b).min(a.min(b) + 200));
            let piece = bytes[from..to].to_vec();
            match edit {
                0 => bytes[a] = byte,
                1 => drop(bytes.drain(from..to)),
                2 => drop(bytes.splice(from..from, piece)),
                _ => bytes.insert(b, b"()[]{},:\"\\/*'#-."[usize::from(byte) % 16]),
            }
            if bytes.is_empty() {
                bytes.push(b'(');
            }
        }
        survive(if json { "a.json" } else { "a.ron" }, bytes);
    }

    /// What the scanner takes for a document, `ron` takes for one too, and the other way round, but for ranges like
    /// `1..2`, which no document has a use for.
    #[test]
    fn edits_are_good_for_both_or_for_neither(at in any::<Index>(), byte in prop::sample::select(b"()[]{},:\"'ae1-_. \n".to_vec())) {
        let mut bytes = PIER.as_bytes().to_vec();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let text = String::from_utf8(bytes).unwrap();
        let ours = Tree::scan(&Source::new("a.ron", text.as_str()));
        let theirs = ron::Options::default().from_str::<serde::de::IgnoredAny>(&text);
        prop_assume!(!text.contains(".."));
        prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{:?}\n{:?}\n{}", ours.err(), theirs.err(), text);
    }
}
