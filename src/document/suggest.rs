//! "Did you mean": the closest of some candidates, or none.

/// Longer words are not compared; nobody mistypes them, and the work grows with the square.
const LONGEST: usize = 64;

/// The candidate closest to `word`, if one is close enough to have been meant; the first of equals.
///
/// Close enough: at most a third of the letters wrong, and no more than three. Capitals and `_` against `-` count
/// little. A candidate that contains the word, or is contained in it, is close too.
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = plain(word)?;
    let limit = (plain.len() / 3).clamp(1, 3);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        if candidate == word {
            continue;
        }
        let Some(other) = self::plain(candidate) else { continue };
        let mut apart = distance(&plain, &other);
        if apart > limit && part_of(&plain, &other) {
            apart = limit;
        }
        if apart <= limit && best.is_none_or(|(least, _)| apart < least) {
            best = Some((apart, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn plain(word: &str) -> Option<Vec<char>> {
    let letters: Vec<char> =
        word.chars().take(LONGEST + 1).flat_map(char::to_lowercase).map(|c| if c == '_' { '-' } else { c }).collect();
    (!letters.is_empty() && letters.len() <= LONGEST).then_some(letters)
}

/// Whether one of the two begins or ends with the other and is not much longer.
fn part_of(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short.len() >= 3 && short.len() * 3 >= long.len() && (long.starts_with(short) || long.ends_with(short))
}

/// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1; b.len() + 1];
        for (j, y) in b.iter().enumerate() {
            let replaced = last[j] + usize::from(x != y);
            row[j + 1] = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                row[j + 1] = row[j + 1].min(before[j - 1] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, candidates: &[&str], expected: Option<&str>) {
        assert_eq!(closest(word, candidates.iter().copied()), expected, "{word}");
    }

    #[test]
    fn the_closest_is_proposed_and_the_far_are_not() {
        check("titel", &["takes", "title"], Some("title"));
        check("catch", &["false_alarms", "catches"], Some("catches"));
        check("seal_chek", &["egress", "seal-check"], Some("seal-check"));
        check("percent", &["PerYear", "Percent"], Some("Percent"));
        check("Percnt", &["PerYear", "Percent"], Some("Percent"));
        check("mean", &["median", "mode"], None);
        check("qb", &["to", "at"], None);
        check("title", &["title"], None);
        check("", &["a"], None);
        check(&"x".repeat(100_000), &["a"], None);
    }

    #[test]
    fn distances_count_single_slips() {
        let apart = |a: &str, b: &str| distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        assert_eq!([apart("", "abc"), apart("ab", "ba"), apart("kitten", "sitting")], [3, 1, 3]);
    }
}
