//! What pages and pictures about an exercise have in common: what was played, and how its score is told.

use crate::chart::Frame;
use crate::exercise::Setup;
use crate::model::Price;
use crate::report::pictures::marking;
use crate::report::tables::{number, plain};
use crate::report::{CAVEAT, counted};

/// What was played.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Played<'s> {
    pub(crate) setup: &'s Setup,
    /// Seed of the session, or of the stories.
    pub(crate) seed: u64,
    /// Hash of the session's log or of the exercise, as far as it is told.
    pub(crate) digest: &'s str,
}

impl Played<'_> {
    /// Where a document comes from.
    pub(crate) fn origin(self) -> String {
        format!("session {} · seed {} · airside {} · {CAVEAT}", self.digest, self.seed, env!("CARGO_PKG_VERSION"))
    }

    /// What surrounds a picture.
    pub(crate) fn frame(self, name: &str, finding: String, measure: &str, unit: &str) -> Frame {
        let exercise = &self.setup.exercise;
        let days = exercise.scenario.calendar.horizon.days().round() as u64;
        Frame {
            name: name.to_owned(),
            finding,
            measure: measure.to_owned(),
            unit: unit.to_owned(),
            seed: self.seed,
            scenario: exercise.title.clone(),
            digest: self.digest.to_owned(),
            horizon: counted(days, "day", "days"),
            version: format!("airside {}", env!("CARGO_PKG_VERSION")),
            marking: marking(exercise.handling),
            ..Frame::default()
        }
    }
}

/// What a score is made of.
pub(crate) fn prices(setup: &Setup) -> String {
    let score = &setup.exercise.score;
    let price = |price: &Price| match price.measure.is_share() {
        true => format!("€{} a point of {}", plain(price.a_unit / 100.0), price.measure.label()),
        false if price.measure.unit() == "€" => format!("{} times {}", plain(price.a_unit), price.measure.label()),
        false => format!("€{} each of {}", plain(price.a_unit), price.measure.label()),
    };
    let all: Vec<String> = score.prices.iter().map(price).collect();
    format!("The score counts {} (source of the prices: {}).", all.join("; "), score.source)
}

/// A difference of scores, with its sign.
pub(crate) fn signed(value: f64) -> String {
    let text = number(crate::measure::Measure::CostTotal, value);
    if value > 0.0 { format!("+{text}") } else { text }
}
