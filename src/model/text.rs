//! Text with gaps that the story fills in.

/// A text of an exercise: what is written, and what is filled in when it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pieces: Vec<Piece>,
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// As written.
    Plain(String),
    /// Filled in.
    Gap(Gap),
}

/// What can be filled in: the closed list. All of it could be known to somebody in the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// The day of the story, counted from 0.
    Day,
    /// The date.
    Date,
    /// The signal that the inject tells of. Only in injects that come with one.
    Signal,
    /// How many signals the desk has heard.
    Signals,
    /// How many cases are open.
    OpenCases,
    /// The operator that the desk suspects most.
    Suspect,
    /// How strongly the desk suspects that operator.
    Belief,
    /// How many consignments wait at the stations.
    Queue,
    /// What everything has cost so far.
    Cost,
    /// The safeguards that have been bought.
    Safeguards,
}

/// Why a text is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// A gap has a name that nothing fills.
    #[error("nothing fills the gap `{{{0}}}`")]
    UnknownGap(String),
    /// A bracket is opened and not closed, or the other way round.
    #[error("a `{{` and a `}}` do not belong together; write `{{{{` and `}}}}` for the brackets themselves")]
    Unpaired,
}

impl Gap {
    /// All of them.
    pub const ALL: [Gap; 10] = [
        Gap::Day,
        Gap::Date,
        Gap::Signal,
        Gap::Signals,
        Gap::OpenCases,
        Gap::Suspect,
        Gap::Belief,
        Gap::Queue,
        Gap::Cost,
        Gap::Safeguards,
    ];

    /// As written between brackets.
    pub const fn name(self) -> &'static str {
        match self {
            Gap::Day => "day",
            Gap::Date => "date",
            Gap::Signal => "signal",
            Gap::Signals => "signals",
            Gap::OpenCases => "open_cases",
            Gap::Suspect => "suspect",
            Gap::Belief => "belief",
            Gap::Queue => "queue",
            Gap::Cost => "cost",
            Gap::Safeguards => "safeguards",
        }
    }
}

impl Text {
    /// Takes a text apart: `{name}` is a gap, `{{` and `}}` are brackets.
    pub fn parse(text: &str) -> Result<Text, TextError> {
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            plain.push_str(&rest[..at]);
            rest = &rest[at..];
            if let Some(after) = rest.strip_prefix("{{") {
                plain.push('{');
                rest = after;
            } else if let Some(after) = rest.strip_prefix("}}") {
                plain.push('}');
                rest = after;
            } else {
                let inner = rest.strip_prefix('{').ok_or(TextError::Unpaired)?;
                let (name, after) = inner.split_once('}').ok_or(TextError::Unpaired)?;
                if name.contains('{') {
                    return Err(TextError::Unpaired);
                }
                let gap = Gap::ALL.into_iter().find(|gap| gap.name() == name);
                let gap = gap.ok_or_else(|| TextError::UnknownGap(name.to_owned()))?;
                if !plain.is_empty() {
                    pieces.push(Piece::Plain(std::mem::take(&mut plain)));
                }
                pieces.push(Piece::Gap(gap));
                rest = after;
            }
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            pieces.push(Piece::Plain(plain));
        }
        Ok(Text { pieces })
    }

    /// As it is written, gaps between brackets.
    pub fn written(&self) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Plain(plain) => plain.replace('{', "{{").replace('}', "}}"),
            Piece::Gap(gap) => format!("{{{}}}", gap.name()),
        };
        self.pieces.iter().map(piece).collect()
    }

    /// Its pieces, in order.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Whether it has such a gap.
    pub fn has(&self, gap: Gap) -> bool {
        self.pieces.contains(&Piece::Gap(gap))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_apart() {
        let text = Text::parse("{day}: {{so}} {open_cases} cases").unwrap();
        assert_eq!(
            text.pieces(),
            [
                Piece::Gap(Gap::Day),
                Piece::Plain(": {so} ".to_owned()),
                Piece::Gap(Gap::OpenCases),
                Piece::Plain(" cases".to_owned()),
            ]
        );
        assert!(text.has(Gap::Day) && !text.has(Gap::Signal));
        assert_eq!(text.written(), "{day}: {{so}} {open_cases} cases");
        assert_eq!(Text::parse("").unwrap().pieces(), []);
    }

    #[test]
    fn what_nothing_fills_is_refused() {
        assert_eq!(Text::parse("{world}"), Err(TextError::UnknownGap("world".to_owned())));
        for text in ["{", "}", "{day", "day}", "{ {day}", "{}}"] {
            assert!(Text::parse(text).is_err(), "{text}");
        }
    }
}
