//! Where in an entry an objection belongs. Readers say how far they had read; the tree says what stands there.

use super::problem::{self, A_CHOICE, Problem};
use super::suggest::closest;
use super::tree::{Kind, Node, Tree};
use super::{Code, Diagnostic, Source, Span, clip};

/// At most this many known names are listed.
const MOST_LISTED: usize = 16;

/// A diagnostic for an objection to `entry`, raised when the reader had read up to byte `read`.
///
/// `choices` finds out which choices exist at a value that should have been one.
pub(super) fn describe(
    source: &Source,
    tree: &Tree,
    entry: &Node,
    problem: Problem,
    read: usize,
    choices: impl Fn(&Node) -> Vec<String>,
) -> Diagnostic {
    // JSON's reader has looked at the first byte of a value that is no choice; other objections leave it unread.
    let looked = tree.is_json() && problem == Problem::WrongKind(A_CHOICE.to_owned());
    let around = around(tree, entry, read, usize::from(looked));
    let innermost = around.last().copied().unwrap_or(entry);
    let found = match &problem {
        Problem::UnknownField { found, known } => {
            let span = key_named(&around, found).unwrap_or(innermost.head());
            Diagnostic::new(Code::UnknownField, span, format!("there is no field `{}` here", clip(found, 40)))
                .help(did_you_mean(found, known, "fields here"))
        }
        Problem::MissingField(field) => {
            let ends = around.iter().rev().find(|node| closes_at(tree, node, read) && !has_key(node, field));
            let node = ends.copied().unwrap_or(innermost);
            Diagnostic::new(Code::MissingField, node.head(), format!("the field `{field}` is missing"))
                .help(format!("add `{field}: …` within these brackets"))
        }
        Problem::DuplicateField(field) => {
            let span = key_named(&around, field).unwrap_or(innermost.head());
            Diagnostic::new(Code::DuplicateKey, span, format!("the field `{field}` occurs twice"))
                .help("rename or remove one of the two")
        }
        Problem::UnknownChoice { found, known } => {
            let span = word_named(tree, &around, found).unwrap_or(innermost.head());
            Diagnostic::new(Code::UnknownChoice, span, format!("`{}` is not a choice here", clip(found, 40)))
                .help(did_you_mean(found, known, "choices"))
        }
        Problem::WrongName { wanted, found } => {
            let span = word_named(tree, &around, found).unwrap_or(innermost.head());
            Diagnostic::new(Code::WrongName, span, format!("expected `{wanted}(…)`, found `{}`", clip(found, 40)))
                .help(format!("write `{wanted}` or no name at all before the bracket"))
        }
        Problem::WrongLength { wanted, found } => {
            let node = around.iter().rev().find(|node| closes_at(tree, node, read)).copied().unwrap_or(innermost);
            let message = format!("these brackets hold {} and need {}", values(*found), needed(wanted));
            Diagnostic::new(Code::WrongLength, node.head(), message).help("add or remove values")
        }
        Problem::OutOfRange => {
            let node = innermost;
            let message = format!("{} does not fit here", shown(source, node));
            Diagnostic::new(Code::OutOfRange, node.span, message)
                .help("a count is a whole number, 0 or more, and not astronomically large")
        }
        // JSON's reader says the same of a value that is no choice and of a choice that has a second key.
        Problem::WrongKind(wanted) if looked && second_key(&around) => misfit(source, tree, &around, read),
        Problem::WrongKind(wanted) => wrong_kind(source, innermost, wanted, choices),
        Problem::Misfit => misfit(source, tree, &around, read),
        Problem::Refused(message) => {
            Diagnostic::new(Code::BadValue, innermost.span, clip(message, 400)).help("change this value")
        }
        Problem::Other(message) => Diagnostic::new(Code::BadShape, innermost.head(), clip(message, 400))
            .help("compare with the same entry of a shipped scenario"),
    };
    let path = match &problem {
        Problem::MissingField(field) => tree.path_at(found.span).child(field),
        _ => tree.path_at(found.span),
    };
    found.at(path)
}

/// Proposes the closest of `known`, or lists them.
pub(super) fn did_you_mean(found: &str, known: &[String], what: &str) -> String {
    match closest(found, known.iter().map(String::as_str)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => listed(known, what),
    }
}

fn listed(known: &[String], what: &str) -> String {
    if known.is_empty() {
        return format!("{what}: none");
    }
    let names: Vec<_> = known.iter().take(MOST_LISTED).map(String::as_str).collect();
    let more = if known.len() > MOST_LISTED { ", …" } else { "" };
    format!("{what}: {}{more}", names.join(", "))
}

fn wrong_kind(source: &Source, node: &Node, wanted: &str, choices: impl Fn(&Node) -> Vec<String>) -> Diagnostic {
    // What was found is said by the tree, in one way for both readers.
    let wanted = wanted.split_once(", not ").map_or(wanted, |(wanted, _)| wanted);
    if let (Kind::Ident(word), true) = (&node.kind, wanted.starts_with("brackets")) {
        return Diagnostic::new(Code::WrongKind, node.span, format!("`{}` needs a value in brackets", clip(word, 40)))
            .help(format!("write `{}(…)`", clip(word, 40)));
    }
    let message = format!("expected {}, found {}", clip(wanted, 120), shown(source, node));
    let found = Diagnostic::new(Code::WrongKind, node.head(), message);
    if wanted == A_CHOICE {
        let known = choices(node);
        return match (&node.kind, node.text().filter(|text| known.iter().any(|one| one == text))) {
            (_, Some(text)) => found.help(format!("write `{text}` without quotes")),
            (Kind::Number(_), _) if !known.is_empty() => {
                found.help(format!("say what the number counts; {}", listed(&known, "choices")))
            }
            _ if known.is_empty() => found.help("names from a fixed list are written without quotes"),
            _ => found.help(listed(&known, "choices")),
        };
    }
    match (&node.kind, wanted) {
        (Kind::Text(text), problem::WITH_VALUE) => found.help(format!("write {{\"{}\": …}}", clip(text, 40))),
        (Kind::Ident(text), _) if wanted.starts_with("text") => found.help(format!("write it in quotes: \"{text}\"")),
        (Kind::Text(_), _) if wanted.contains("number") => found.help("write the number without quotes"),
        (Kind::Struct { .. } | Kind::Tuple { .. }, _) if wanted.starts_with("a map") => {
            found.help("names you choose go into `{ }`, each in quotes: {\"name\": …}")
        }
        (Kind::Map(_), _) if wanted.starts_with("brackets") => {
            found.help("fixed fields go into `( )`, without quotes: (name: …)")
        }
        (Kind::Number(_) | Kind::Tuple { .. }, "a number") => found.help("write a plain number here"),
        (_, _) if wanted.starts_with("a list") => found.help("put it into `[ ]`, even if it is only one"),
        _ => found.help(format!("write {wanted}")),
    }
}

/// The reader wanted a comma or the end of brackets where the text goes on.
fn misfit(source: &Source, tree: &Tree, around: &[&Node], read: usize) -> Diagnostic {
    let inside = |node: &Node| (node.span.start as usize) < read && (!tree.is_json() || is_bracketed(node));
    let node = around.iter().rev().find(|node| inside(node)).or(around.first());
    let Some(node) = node else {
        return Diagnostic::new(Code::BadShape, Span::default(), "something does not belong here");
    };
    match &node.kind {
        Kind::Number(_) => {
            let found =
                Diagnostic::new(Code::WrongKind, node.span, format!("{} cannot be read here", shown(source, node)));
            let written = source.slice(node.span);
            found.help(if written.contains(['.', 'e', 'E']) && !written.contains('x') {
                "write a whole number, without a fraction"
            } else {
                "write the number in plain decimal digits"
            })
        }
        Kind::Struct { .. } | Kind::Tuple { .. } if node.name().is_some_and(|(_, name)| name.end as usize >= read) => {
            let name = node.name().map_or("", |(name, _)| name);
            Diagnostic::new(Code::WrongLength, node.head(), format!("`{}` takes no values", clip(name, 40)))
                .help(format!("write `{}` without brackets", clip(name, 40)))
        }
        Kind::List(_) => Diagnostic::new(Code::WrongLength, node.head(), "this list holds too many values")
            .help("remove what does not belong"),
        Kind::Map(_) => {
            Diagnostic::new(Code::WrongLength, node.head(), "an object that stands for a choice has one key")
                .help("keep one of the choices")
        }
        Kind::Tuple { items, .. } => {
            let found = Diagnostic::new(Code::WrongLength, node.head(), "these brackets hold too many values");
            match items.as_slice() {
                [Node { kind: Kind::Number(_), .. }, Node { kind: Kind::Number(_), .. }] => {
                    found.help("remove what does not belong; a fraction is written with a point: 1.2")
                }
                _ => found.help("remove what does not belong"),
            }
        }
        _ => Diagnostic::new(Code::WrongKind, node.head(), format!("{} cannot be read here", shown(source, node)))
            .help("compare with the same entry of a shipped scenario"),
    }
}

/// The values and keys that hold or end at byte `read`, outermost first. White space and a comma may lie between.
fn around<'t>(tree: &Tree, entry: &'t Node, read: usize, looked: usize) -> Vec<&'t Node> {
    let mut found = vec![entry];
    let mut node = entry;
    while let Some(inner) = last_begun(node, read.saturating_sub(looked)) {
        // Behind the closing bracket it is the whole that is objected to.
        if node.span.end as usize <= read {
            break;
        }
        // Past its end the reader objects to the value itself, unless it has come to what closes the parent.
        if (inner.span.end as usize) < read && closes_at(tree, node, read) {
            break;
        }
        found.push(inner);
        node = inner;
    }
    found
}

/// The last key or value within `node` that starts at or before `read`.
fn last_begun(node: &Node, read: usize) -> Option<&Node> {
    let begun = |node: &Node| node.span.start as usize <= read;
    if let Kind::Map(entries) = &node.kind {
        let entry = entries.iter().take_while(|entry| begun(&entry.key)).last()?;
        return Some(if begun(&entry.value) { &entry.value } else { &entry.key });
    }
    node.children().map(|child| child.value).take_while(|value| begun(value)).last()
}

/// Whether the reader stood where objections to the whole of a node are raised: before the closing bracket in RON,
/// behind it in JSON.
fn closes_at(tree: &Tree, node: &Node, read: usize) -> bool {
    is_bracketed(node) && node.span.end as usize == read + usize::from(!tree.is_json())
}

/// Whether the innermost value is the first of several in an object that stands for a choice.
fn second_key(around: &[&Node]) -> bool {
    let [.., Node { kind: Kind::Map(entries), .. }, inner] = around else { return false };
    let choice = |key: &Node| matches!(&key.kind, Kind::Text(text) if text.starts_with(char::is_uppercase));
    entries.len() > 1 && choice(&entries[0].key) && std::ptr::eq(&entries[0].value, *inner)
}

fn is_bracketed(node: &Node) -> bool {
    !matches!(node.kind, Kind::Text(_) | Kind::Number(_) | Kind::Char(_) | Kind::Ident(_))
}

fn has_key(node: &Node, name: &str) -> bool {
    node.children().any(|child| child.id == Some(name))
}

/// The last key of that name, looking from the inside out.
fn key_named(around: &[&Node], name: &str) -> Option<Span> {
    around.iter().rev().find_map(|node| {
        let same = node.children().filter(|child| child.id == Some(name));
        same.last()?.key
    })
}

/// The word of that name before a bracket, or bare; in JSON the string or the only key.
fn word_named(tree: &Tree, around: &[&Node], name: &str) -> Option<Span> {
    around.iter().rev().find_map(|node| {
        let own = node.name().filter(|(own, _)| *own == name).map(|(_, span)| span);
        let text = || (node.text() == Some(name)).then_some(node.span);
        let variant = || tree.json_variant(node).filter(|(own, ..)| *own == name).map(|(.., span)| span);
        let key = || node.children().filter(|child| child.id == Some(name)).last()?.key;
        own.or_else(text).or_else(variant).or_else(key)
    })
}

fn values(count: usize) -> String {
    match count {
        1 => "1 value".to_owned(),
        _ => format!("{count} values"),
    }
}

/// How many values serde says that it wants: the number at the end of its words.
fn needed(wanted: &str) -> String {
    let number = wanted.split(|c: char| !c.is_ascii_digit()).rfind(|digits| !digits.is_empty());
    number.map_or_else(|| clip(wanted, 80), str::to_owned)
}

/// A value in a message: short ones as they are written, others by what they are called.
fn shown(source: &Source, node: &Node) -> String {
    match &node.kind {
        Kind::Text(_) | Kind::Number(_) | Kind::Ident(_) | Kind::Char(_) => {
            format!("`{}`", clip(source.slice(node.span), 40))
        }
        _ => node.called().to_owned(),
    }
}
