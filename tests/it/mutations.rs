//! Ten thousand broken versions of the shipped documents: none may panic or hang, and what loads can be compiled.
//! (`bay-gateway` is left out: it would read its data files ten thousand times.)

use airside::document::{NoFiles, Source, load_scenario};
use airside::plan::Plan;

const MUTATIONS: u64 = 10_000;

const DOCUMENTS: [&str; 5] = [
    include_str!("../../scenarios/lakeside/lakeside.scenario.ron"),
    include_str!("../../scenarios/eastmarch/eastmarch.scenario.ron"),
    include_str!("../../scenarios/bench/hub10.scenario.ron"),
    include_str!("../documents/grammar.scenario.ron"),
    include_str!("../../scenarios/invalid/many-at-once.ron"),
];

/// Numbers at the edge of what anything can hold.
const EXTREMES: [&str; 18] = [
    "0",
    "-0",
    "-1",
    "1",
    "0.5",
    "1e-320",
    "1e308",
    "1e309",
    "-1e308",
    "4294967295",
    "4294967296",
    "65535",
    "65536",
    "18446744073709551616",
    "9007199254740993",
    "100000",
    "1e-9",
    "NaN",
];

/// A small generator of its own (SplitMix64): the same mutations on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.roll() % n.max(1) as u64) as usize
    }
}

/// Words, numbers, texts and single signs, each with its place.
fn tokens(text: &str) -> Vec<std::ops::Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'.';
        if bytes[at] == b'"' {
            at += 1 + bytes[at + 1..].iter().position(|b| *b == b'"').map_or(bytes.len() - at - 1, |end| end + 1);
        } else if word(bytes[at]) {
            while at < bytes.len() && word(bytes[at]) {
                at += 1;
            }
        } else {
            at += 1;
        }
        if !bytes[start].is_ascii_whitespace() && text.is_char_boundary(start) && text.is_char_boundary(at) {
            found.push(start..at);
        }
    }
    found
}

fn mutate(text: &str, dice: &mut Dice) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    let tokens = tokens(text);
    let range = |dice: &mut Dice, most: usize| {
        let start = dice.below(text.len());
        start..(start + 1 + dice.below(most)).min(text.len())
    };
    let is_number = |at: &&std::ops::Range<usize>| text.as_bytes()[at.start].is_ascii_digit();
    match dice.below(8) {
        0 => {
            let at = dice.below(bytes.len());
            bytes[at] ^= 1 << dice.below(8);
        }
        1 => {
            bytes.drain(range(dice, 40));
        }
        2 => {
            let piece = range(dice, 400);
            let at = dice.below(bytes.len());
            let copy = bytes[piece].to_vec();
            bytes.splice(at..at, copy);
        }
        3 | 4 => {
            let (a, b) = (tokens[dice.below(tokens.len())].clone(), tokens[dice.below(tokens.len())].clone());
            let other = text.as_bytes()[b].to_vec();
            bytes.splice(a, other);
        }
        5 | 6 => {
            // Several at once, from the back so that places stay right.
            let numbers: Vec<_> = tokens.iter().filter(is_number).cloned().collect();
            let mut chosen: Vec<usize> = (0..=dice.below(3)).map(|_| dice.below(numbers.len())).collect();
            chosen.sort_unstable();
            chosen.dedup();
            for nth in chosen.into_iter().rev() {
                bytes.splice(numbers[nth].clone(), EXTREMES[dice.below(EXTREMES.len())].bytes());
            }
        }
        _ => bytes.truncate(dice.below(text.len())),
    }
    bytes
}

#[test]
fn ten_thousand_broken_documents_crash_nothing() {
    let (mut loaded, mut refused) = (0, 0);
    for nth in 0..MUTATIONS {
        let mut dice = Dice(nth);
        let text = DOCUMENTS[dice.below(DOCUMENTS.len())];
        let Ok(source) = Source::from_bytes("mutated.ron", &mutate(text, &mut dice)) else {
            refused += 1;
            continue;
        };
        let (scenario, found) = load_scenario(&source, &NoFiles);
        assert_eq!(scenario.is_none(), found.has_errors(), "mutation {nth}");
        for one in &found {
            assert!(
                one.span.start <= one.span.end && one.span.end as usize <= source.text().len() + 1,
                "mutation {nth}"
            );
            let _ = one.record(&source);
        }
        match scenario {
            Some(scenario) => {
                loaded += 1;
                let plan = Plan::new(scenario).unwrap();
                assert!(plan.facts.worth.len() <= 5_000_000, "mutation {nth}");
            }
            None => refused += 1,
        }
    }
    // Both ways must be walked often, or the test tests nothing.
    assert!(loaded > 500 && refused > 2000, "{loaded} loaded, {refused} refused");
}

/// Lakeside with some text put in place of another.
fn with(old: &str, new: &str) -> String {
    assert_eq!(DOCUMENTS[0].matches(old).count(), 1, "{old}");
    DOCUMENTS[0].replace(old, new)
}

#[test]
fn documents_that_ask_for_too_much_are_refused_soon() {
    let many = |count: usize, one: &dyn Fn(usize) -> String| (0..count).map(one).collect::<String>();
    let texts = [
        with(
            "zones: {",
            &format!(
                "zones: {{ {}",
                many(20_000, &|n| format!("\"z{n}\": (kind: Sort, map: (0, 0), run_by: Operator(\"x{n}\")),"))
            ),
        ),
        with(
            "\"look\":      (safeguards: [",
            &format!("\"look\": (safeguards: [{}", many(100_000, &|n| format!("\"s{n}\","))),
        ),
        with("layers: [\"seal-check\", \"opening\"]", &format!("layers: [{}]", "\"seal-check\",".repeat(100_000))),
        with("\"layers.seal-check.method.catches\":", &format!("\"layers{}\":", ".a".repeat(1_000_000))),
        with("title: \"Lakeside: two operators, one hall\"", &format!("title: \"{}\"", "new ".repeat(900_000))),
        with(
            "Visit(\"unload\"), Visit(\"sort\")",
            &format!("Visit(\"unload\"), {}", "Visit(\"sort\"),".repeat(50_000).trim_end_matches(',')),
        ),
        with(
            "when: AllOf([LinkFound, From(Day(60))])",
            &format!("when: AllOf([{}])", "Signals(AtLeast(2)),".repeat(60_000)),
        ),
        with(
            "does: [Minimise(",
            &format!(
                "does: [{} Minimise(",
                many(5_000, &|n| format!(
                    "AddLayer(id: \"l{n}\", layer: (watches: AllOperators, notices: [Alter], sees_purpose: true, covers: Percent(9), report_takes: Days(1), method: Tip(true_reports: PerYear(1), false_reports: PerYear(0)), cost: EuroPerYear(0))),"
                ))
            ),
        ),
        with(
            "\"demand\":   (",
            &format!(
                "{} \"demand\":   (",
                many(8_000, &|n| format!(
                    "\"t{n}\": (class: Collect, after: AllOf([\"t{}\"]), takes: Days(1)),",
                    n + 1
                ))
            ),
        ),
        with(
            "takes: Gamma(mean: Minutes(4), shape: 2)",
            &format!("takes: Empirical([{}])", "Minutes(4),".repeat(100_000)),
        ),
        "[".repeat(3_000_000),
        "\"".repeat(3_000_001),
        format!("Scenario(format: 1, {}", "a: 1, ".repeat(200_000)),
    ];
    for (nth, text) in texts.into_iter().enumerate() {
        let (scenario, found) = load_scenario(&Source::new("large.ron", text), &NoFiles);
        assert!(!found.is_empty() || scenario.is_some(), "text {nth}");
        if let Some(scenario) = scenario {
            let _ = Plan::new(scenario);
        }
    }
}
