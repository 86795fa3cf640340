//! Break-ins as a race: who guards a zone against people that have no business in it.

use crate::model::Probability;
use crate::numeric::breach::interruption;
pub use crate::numeric::breach::{Duration as Spread, Place, Reading, Response, Task};

/// The protection of a zone against a break-in: paths with sensors and delays, and a response.
///
/// Times are in seconds.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Breach {
    /// The ways in. There is at least one.
    pub paths: Vec<Path>,
    /// Who comes, and how long it takes.
    pub response: Response,
    /// Chance that a response which comes in time stops the attempt.
    pub neutralises: Probability,
    /// How the chance of communication is read.
    pub reading: Reading,
}

/// A way in.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// Name in the document.
    pub name: String,
    /// How often it is taken, in proportion to the other paths' shares. An adversary that chooses takes the way that it
    /// holds for the weakest instead.
    pub taken: f64,
    /// What has to be done on it, in order.
    pub tasks: Vec<Task>,
}

impl Path {
    /// Chance that the response comes in time.
    pub fn interruption(&self, breach: &Breach) -> f64 {
        interruption(&self.tasks, &breach.response, breach.reading)
    }

    /// Chance that any sensor on it detects.
    pub fn detection(&self) -> f64 {
        1.0 - self.tasks.iter().map(|task| 1.0 - task.detects).product::<f64>()
    }
}

impl Breach {
    /// The path that is taken, by a uniform number.
    pub fn path_by(&self, u: f64) -> &Path {
        let mut left = u * self.paths.iter().map(|p| p.taken).sum::<f64>();
        for path in &self.paths {
            left -= path.taken;
            if left < 0.0 {
                return path;
            }
        }
        &self.paths[self.paths.len() - 1]
    }

    /// The path on which the response is least likely to come in time; the first among equals.
    pub fn weakest(&self) -> &Path {
        let mut weakest = &self.paths[0];
        for path in &self.paths[1..] {
            if path.interruption(self) < weakest.interruption(self) {
                weakest = path;
            }
        }
        weakest
    }

    /// Chance that any sensor detects, over the paths as they are taken.
    pub fn detection(&self) -> f64 {
        self.mean(Path::detection)
    }

    /// Chance that an attempt is stopped, P_E = P_I P_N, over the paths as they are taken.
    pub fn effectiveness(&self) -> f64 {
        self.mean(|path| path.interruption(self)) * self.neutralises.get()
    }

    fn mean(&self, of: impl Fn(&Path) -> f64) -> f64 {
        let total: f64 = self.paths.iter().map(|p| p.taken).sum();
        self.paths.iter().map(|path| path.taken * of(path)).sum::<f64>() / total
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(name: &str, taken: f64, detects: f64) -> Path {
        let delay = Spread { mean: 100.0, sd: 0.0 };
        Path { name: name.to_owned(), taken, tasks: vec![Task { detects, place: Place::Begin, delay }] }
    }

    #[test]
    fn paths_are_taken_in_proportion_and_the_weakest_is_the_least_guarded() {
        let response = Response { communicates: 1.0, time: Spread { mean: 60.0, sd: 0.0 } };
        let breach = Breach {
            paths: vec![path("door", 3.0, 0.8), path("roof", 1.0, 0.2)],
            response,
            neutralises: Probability::percent(50.0).unwrap(),
            reading: Reading::Literal,
        };
        let taken: Vec<&str> = [0.0, 0.74, 0.76, 1.0].iter().map(|u| breach.path_by(*u).name.as_str()).collect();
        assert_eq!(taken, ["door", "door", "roof", "roof"]);
        assert_eq!(breach.weakest().name, "roof");
        assert!((breach.detection() - 0.65).abs() < 1e-12);
        assert!((breach.effectiveness() - 0.325).abs() < 1e-12);
    }
}
