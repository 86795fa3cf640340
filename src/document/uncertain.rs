//! A document whose uncertain numbers can be written anew: drawn values in, a scenario out.
//!
//! A world draw is the document with the drawn values in the place of its own, read again from the first byte to the
//! last check. So whoever types the values of a draw into the document gets the same scenario.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;

use super::convert::Places;
use super::files::{FileError, Files};
use super::load::{Loaded, load};
use super::{Code, Diagnostics, Path, Severity, Source, Span};
use crate::model::{Assumption, Scenario};

/// A scenario together with the text that it was read from.
#[derive(Clone, Debug)]
pub struct Uncertain {
    scenario: Scenario,
    /// The document, then what it includes.
    texts: Vec<Source>,
    /// Where the document names what it includes.
    pub(super) included_at: Vec<Span>,
    /// The places of its assumptions, in their order.
    pub(super) places: Vec<Places>,
    /// Which of the assumptions have a range.
    pub(super) ranges: Vec<usize>,
    /// All files that were read, so that none is read twice.
    files: BTreeMap<String, Vec<u8>>,
}

/// Drawn values, and what the document says to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// What kind of problem it is; none if the document is sound and something else cannot be done with it.
    pub code: Option<Code>,
    /// The value it is about.
    pub path: Path,
    /// The cause.
    pub message: String,
}

impl fmt::Display for Contradiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            Some(code) => write!(f, "{} {} at `{}`: {}", code.id(), code.slug(), self.path, self.message),
            None => f.write_str(&self.message),
        }
    }
}

/// Loads a scenario as [`super::load_scenario`] does, and keeps what is needed to write other numbers into it.
pub fn load_uncertain(source: &Source, files: &dyn Files) -> (Option<Uncertain>, Diagnostics) {
    let kept = Kept { files, read: RefCell::default() };
    let (loaded, found) = load(source, &kept);
    let uncertain = loaded.map(|Loaded { scenario, places, included }| {
        let ranged = |nth: &usize| scenario.assumptions[*nth].range.ends().is_some();
        let ranges = (0..places.len()).filter(ranged).collect();
        let (included_at, included): (Vec<Span>, Vec<Source>) = included.into_iter().unzip();
        let texts = std::iter::once(source.clone()).chain(included).collect();
        Uncertain { texts, included_at, places, ranges, files: kept.read.into_inner(), scenario }
    });
    (uncertain, found)
}

impl Uncertain {
    /// The scenario with its numbers as written.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The scenario with its numbers as written, and no more.
    pub fn into_scenario(self) -> Scenario {
        self.scenario
    }

    /// The same with costs that count for less by so much a year.
    #[must_use]
    pub fn discounted(mut self, rate: f64) -> Uncertain {
        self.scenario.costs.discount_rate = rate;
        self
    }

    /// The numbers that have a range, in the order of the document; see [`Scenario::ranges`].
    pub fn ranges(&self) -> impl ExactSizeIterator<Item = &Assumption> + Clone {
        self.ranges.iter().map(|nth| &self.scenario.assumptions[*nth])
    }

    /// The values of these numbers as written.
    pub fn as_written(&self) -> Vec<f64> {
        self.ranges().map(|range| range.written).collect()
    }

    /// The document, then what it includes.
    pub fn texts(&self) -> &[Source] {
        &self.texts
    }

    /// Bytes that are read for each draw.
    pub(super) fn bytes(&self) -> usize {
        let texts: usize = self.texts.iter().map(|text| text.text().len()).sum();
        texts + self.files.values().map(Vec::len).sum::<usize>()
    }

    /// The scenario with these values in place of the numbers that have a range, one for each, in the units of the
    /// ranges. A value that the numbers' places leave out, or that is missing, stays as it is written.
    pub fn with(&self, values: &[f64]) -> Result<Scenario, Contradiction> {
        let texts: Vec<Source> = (0..self.texts.len()).map(|file| self.rewritten(file, values)).collect();
        let (loaded, found) = load(&texts[0], &Rewritten { texts: &texts[1..], files: &self.files });
        let refused = || {
            let error = found.iter().find(|one| one.severity() == Severity::Error)?;
            let (path, message) = (error.path.clone(), error.message.clone());
            Some(Contradiction { code: Some(error.code), path, message })
        };
        let discounted = |mut scenario: Scenario| {
            scenario.costs.discount_rate = self.scenario.costs.discount_rate;
            scenario
        };
        loaded.map(|loaded| discounted(loaded.scenario)).ok_or_else(|| {
            let unseen = || Contradiction { code: None, path: Path::root(), message: "too much is wrong".to_owned() };
            refused().unwrap_or_else(unseen)
        })
    }

    /// Which of the values are needed for a contradiction: with any one of them as written there is none. `refuses`
    /// says whether there is one.
    pub fn blame(&self, values: &[f64], refuses: impl Fn(&[f64]) -> bool) -> Vec<usize> {
        let mut tried = values.to_vec();
        let mut guilty = Vec::new();
        for (nth, written) in self.as_written().into_iter().enumerate() {
            let Some(value) = tried.get(nth).copied().filter(|value| *value != written) else { continue };
            tried[nth] = written;
            if !refuses(&tried) {
                tried[nth] = value;
                guilty.push(nth);
            }
        }
        guilty
    }

    /// A document with values written into it.
    fn rewritten(&self, file: usize, values: &[f64]) -> Source {
        let source = &self.texts[file];
        let numbers = self.ranges.iter().map(|nth| self.places[*nth].number);
        let here = numbers.zip(values).filter(|(number, _)| number.file == file);
        let mut pieces: Vec<(Span, f64)> = here.map(|(number, value)| (number.span, *value)).collect();
        pieces.sort_unstable_by_key(|(span, _)| *span);
        let mut text = String::with_capacity(source.text().len() + 16 * pieces.len());
        let mut from = 0;
        for (span, value) in pieces {
            text.push_str(&source.text()[from..span.start as usize]);
            // The shortest text that is read back as the same number.
            text.push_str(&value.to_string());
            from = span.end as usize;
        }
        text.push_str(&source.text()[from..]);
        Source::new(source.name(), text)
    }
}

/// Files that are remembered.
struct Kept<'f> {
    files: &'f dyn Files,
    read: RefCell<BTreeMap<String, Vec<u8>>>,
}

impl Files for Kept<'_> {
    fn read(&self, name: &str, most: usize) -> Result<Vec<u8>, FileError> {
        let bytes = self.files.read(name, most)?;
        self.read.borrow_mut().insert(name.to_owned(), bytes.clone());
        Ok(bytes)
    }
}

/// Files that were read before, some of them with other numbers.
struct Rewritten<'u> {
    texts: &'u [Source],
    files: &'u BTreeMap<String, Vec<u8>>,
}

impl Files for Rewritten<'_> {
    fn read(&self, name: &str, most: usize) -> Result<Vec<u8>, FileError> {
        match self.texts.iter().find(|text| text.name() == name) {
            Some(text) => Ok(text.text().as_bytes().to_vec()),
            None => self.files.read(name, most),
        }
    }
}
