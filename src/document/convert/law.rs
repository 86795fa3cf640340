//! Distributions whose parameters make one.

use super::{At, Context};
use crate::document::shape::{Duration, Law as Shape, Mass};
use crate::document::{Code, clip};
use crate::model::{DurationLaw, Law, LawError, MassLaw};

impl Context<'_> {
    pub(crate) fn duration_law(&mut self, law: &Shape<Duration>, at: At) -> Option<DurationLaw> {
        self.law(law, at, Context::millis).map(DurationLaw)
    }

    pub(crate) fn mass_law(&mut self, law: &Shape<Mass>, at: At) -> Option<MassLaw> {
        self.law(law, at, Context::kilograms).map(MassLaw)
    }

    /// A law of quantities that `read` turns into plain numbers.
    fn law<Q: Copy>(&mut self, law: &Shape<Q>, at: At, read: fn(&mut Self, Q, At) -> Option<f64>) -> Option<Law> {
        let mut one = |value: &Q, field: &str| read(self, *value, at.field(field));
        // The parameter that an objection is most likely about.
        let (made, about) = match law {
            Shape::Fixed(value) => (Law::fixed(read(self, *value, at.inside())?), ""),
            Shape::Exponential { mean } => (Law::exponential(one(mean, "mean")?), "mean"),
            Shape::Uniform { low, high } => {
                let (low, high) = (one(low, "low"), one(high, "high"));
                (Law::uniform(low?, high?), "high")
            }
            Shape::Triangular { low, mode, high } => {
                let (low, mode, high) = (one(low, "low"), one(mode, "mode"), one(high, "high"));
                let (low, mode, high) = (low?, mode?, high?);
                (Law::triangular(low, mode, high), not_rising(low, mode))
            }
            Shape::Pert { low, mode, high } => {
                let (low, mode, high) = (one(low, "low"), one(mode, "mode"), one(high, "high"));
                let (low, mode, high) = (low?, mode?, high?);
                (Law::pert(low, mode, high), not_rising(low, mode))
            }
            Shape::Lognormal { median, p95 } => {
                let (median, p95) = (one(median, "median"), one(p95, "p95"));
                let (median, p95) = (median?, p95?);
                (Law::lognormal(median, p95), if median > 0.0 { "p95" } else { "median" })
            }
            Shape::Weibull { mean, shape } => {
                let mean = one(mean, "mean")?;
                (Law::weibull(mean, *shape), if mean > 0.0 { "shape" } else { "mean" })
            }
            Shape::Gamma { mean, shape } => {
                let mean = one(mean, "mean")?;
                (Law::gamma(mean, *shape), if mean > 0.0 { "shape" } else { "mean" })
            }
            Shape::Erlang { mean, stages } => {
                let mean = one(mean, "mean")?;
                self.note_whole(at.field("stages"));
                (Law::erlang(mean, *stages), if mean > 0.0 { "stages" } else { "mean" })
            }
            Shape::Empirical(values) => {
                let list = at.inside();
                let read: Vec<_> =
                    values.iter().enumerate().map(|(nth, value)| read(self, *value, list.nth(nth))).collect();
                (Law::empirical(read.into_iter().collect::<Option<_>>()?), "")
            }
        };
        made.map_err(|error| self.impossible(error, at, about)).ok()
    }

    fn impossible(&mut self, error: LawError, at: At, about: &str) {
        let place = if about.is_empty() { at } else { at.field(about) };
        let message = format!("no such distribution can be made with `{}`: {error}", clip(&self.written(place), 40));
        let help = match error {
            LawError::NotPositive | LawError::Negative => "write a value over 0",
            LawError::NotRising => "put the values in rising order; for a value that never varies write Fixed(…)",
            LawError::PercentileUnderMedian => "the 95th percentile is the value that only one in twenty exceeds",
            LawError::Shape => "1 is the exponential; 2 or 3 is common",
            LawError::Empty => "list at least one value",
        };
        self.report(Code::ImpossibleLaw, place, message, help);
    }
}

fn not_rising(low: f64, mode: f64) -> &'static str {
    if mode < low { "mode" } else { "high" }
}
