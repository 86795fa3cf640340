//! The ends of ranges, alone and in pairs: tried before anything is run, so that no draw fails halfway.

use std::collections::BTreeSet;

use super::load::repoint;
use super::uncertain::{Contradiction, Uncertain};
use super::{Code, Diagnostic, Diagnostics, Path, clip};
use crate::model::{Assumption, Scenario};

/// Bytes of documents and data that are read again for this, at most. Single ends come before pairs.
const MOST_BYTES: usize = 48 << 20;

/// Problems that are told.
const MOST_TOLD: usize = 20;

/// What else a scenario must hold to be of use: none, or why not.
pub type Refuses<'r> = &'r dyn Fn(&Scenario) -> Option<String>;

impl Uncertain {
    /// The scenario with these values, if the document and `refuses` have nothing against it.
    pub fn sound_with(&self, values: &[f64], refuses: Refuses<'_>) -> Result<Scenario, Contradiction> {
        let scenario = self.with(values)?;
        match refuses(&scenario) {
            None => Ok(scenario),
            Some(message) => Err(Contradiction { code: None, path: Path::root(), message }),
        }
    }

    /// Values as people read them, and what is wrong with them: only those that are needed for it.
    pub fn explain(&self, values: &[f64], refuses: Refuses<'_>, contradiction: &Contradiction) -> String {
        let guilty = self.blame(values, |tried| self.sound_with(tried, refuses).is_err());
        let ranges: Vec<&Assumption> = self.ranges().collect();
        let said = guilty.iter().map(|&nth| format!("`{}` at {}", ranges[nth].path, ranges[nth].shown(values[nth])));
        format!("with {}: {contradiction}", said.collect::<Vec<_>>().join(" and "))
    }

    /// Tries the low and the high end of each range with everything else as written, all low ends, all high ends, and
    /// each pair of a low and a high end. What is wrong is told at the assumption.
    pub fn corners(&self, refuses: Refuses<'_>) -> Diagnostics {
        let written = self.as_written();
        let ends: Vec<(f64, f64)> = self.ranges().map(|range| range.range.ends().unwrap_or_default()).collect();
        let each = 0..ends.len();
        let mut search = Search { uncertain: self, refuses, guilty: BTreeSet::new(), told: Diagnostics::new() };
        let mut left = MOST_BYTES / self.bytes().max(1);
        // To find out which of many values are at fault takes as many readings.
        let mut try_out = |changes: &[(usize, f64)], search: &mut Search| {
            if left >= changes.len() {
                left -= changes.len();
                let mut values = written.clone();
                changes.iter().for_each(|(nth, value)| values[*nth] = *value);
                search.look(&values);
            }
        };
        for nth in each.clone() {
            try_out(&[(nth, ends[nth].0)], &mut search);
            try_out(&[(nth, ends[nth].1)], &mut search);
        }
        try_out(&each.clone().map(|nth| (nth, ends[nth].0)).collect::<Vec<_>>(), &mut search);
        try_out(&each.clone().map(|nth| (nth, ends[nth].1)).collect::<Vec<_>>(), &mut search);
        for low in each.clone() {
            for high in each.clone().filter(|high| *high != low) {
                let alone = |nth, end: f64| search.guilty.contains(&vec![(nth, end.to_bits())]);
                if !alone(low, ends[low].0) && !alone(high, ends[high].1) {
                    try_out(&[(low, ends[low].0), (high, ends[high].1)], &mut search);
                }
            }
        }
        search.told
    }
}

/// What has been found so far.
struct Search<'u> {
    uncertain: &'u Uncertain,
    refuses: Refuses<'u>,
    /// Values that contradict the rest between them, each with the number of its range.
    guilty: BTreeSet<Vec<(usize, u64)>>,
    told: Diagnostics,
}

impl Search<'_> {
    fn look(&mut self, values: &[f64]) {
        let Err(contradiction) = self.uncertain.sound_with(values, self.refuses) else { return };
        if self.guilty.len() == MOST_TOLD {
            return;
        }
        let refuses = |tried: &[f64]| self.uncertain.sound_with(tried, self.refuses).is_err();
        let guilty = self.uncertain.blame(values, refuses);
        let key = guilty.iter().map(|nth| (*nth, values[*nth].to_bits())).collect();
        let (Some(first), true) = (guilty.first(), self.guilty.insert(key)) else { return };
        let mut only = self.uncertain.as_written();
        guilty.iter().for_each(|nth| only[*nth] = values[*nth]);
        let contradiction = self.uncertain.sound_with(&only, self.refuses).err().unwrap_or(contradiction);
        self.tell(*first, &self.uncertain.explain(&only, self.refuses, &contradiction));
    }

    fn tell(&mut self, nth: usize, message: &str) {
        let assumption = self.uncertain.ranges[nth];
        let places = self.uncertain.places[assumption];
        let path = Path::parse("assumptions").child(&self.uncertain.scenario().assumptions[assumption].path);
        let problem = Diagnostic::new(Code::RangeContradicts, places.key.span, clip(message, 600)).at(path).help(
            "narrow the range so that every value in it is possible, or let the numbers that hang together stay as written",
        );
        let texts = self.uncertain.texts();
        match places
            .key
            .file
            .checked_sub(1)
            .and_then(|file| Some((texts.get(file + 1)?, self.uncertain.included_at.get(file)?)))
        {
            None => self.told.push(problem),
            Some((source, named)) => {
                let mut inner = Diagnostics::new();
                inner.push(problem);
                repoint(&texts[0], source, &inner, *named, &mut self.told);
            }
        }
    }
}
