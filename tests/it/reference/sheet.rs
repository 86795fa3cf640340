//! What a case was checked for: one list from which the tests judge and the validation page is written.

use std::sync::OnceLock;

use airside::random::{Entity, Luck, Purpose, Stream};
use airside::stats::Summary;
use serde_json::Value;

use super::{number, whole};

/// One number compared with another.
#[derive(Clone, Debug)]
pub(super) struct Check {
    pub(super) what: String,
    pub(super) expected: f64,
    pub(super) got: f64,
    pub(super) tolerance: f64,
    pub(super) simulated: bool,
}

impl Check {
    pub(super) fn is_met(&self) -> bool {
        (self.expected - self.got).abs() <= self.tolerance
    }
}

/// A case under examination.
pub(super) struct Sheet {
    pub(super) case: Value,
    checks: Vec<Check>,
}

impl Sheet {
    /// Compares with the number at `pointer`, by the case's own tolerance.
    pub(super) fn meets(&mut self, pointer: &str, got: f64) {
        let expected = number(&self.case, pointer);
        let tolerance = self.tolerance(expected);
        self.compares(pointer, expected, got, tolerance);
    }

    /// Compares with a number that the file does not hold as such: a note's, or one that another form gives.
    pub(super) fn compares(&mut self, what: &str, expected: f64, got: f64, tolerance: f64) {
        self.push(what, expected, got, tolerance, false);
    }

    /// Compares a simulated mean with the number at `pointer` by four standard errors, and the case's own tolerance for
    /// the digits that were printed.
    pub(super) fn simulates(&mut self, pointer: &str, sample: &Summary) {
        let expected = number(&self.case, pointer);
        self.agrees(sample, expected, self.tolerance(expected), pointer);
    }

    /// Compares a simulated mean with `expected` by four standard errors; `printed` is what half a unit of the expected
    /// value's last digit may add.
    pub(super) fn agrees(&mut self, sample: &Summary, expected: f64, printed: f64, what: &str) {
        self.push(what, expected, sample.mean(), printed + 4.0 * sample.standard_error(), true);
    }

    /// Compares a simulated mean by a tolerance that the case states itself.
    pub(super) fn accepts(&mut self, what: &str, expected: f64, sample: &Summary, tolerance: f64) {
        self.push(what, expected, sample.mean(), tolerance, true);
    }

    /// As often as the case asks.
    pub(super) fn simulate(&self, part: &str, replication: impl FnMut(&mut Stream) -> f64) -> Summary {
        self.simulate_times(whole(&self.case, "/monte_carlo/replications"), part, replication)
    }

    pub(super) fn simulate_times(
        &self,
        times: u64,
        part: &str,
        mut replication: impl FnMut(&mut Stream) -> f64,
    ) -> Summary {
        let mut stream = self.stream(part);
        let values: Vec<f64> = (0..times).map(|_| replication(&mut stream)).collect();
        Summary::of(&values).unwrap()
    }

    /// The luck of a part of the case, always the same.
    pub(super) fn stream(&self, part: &str) -> Stream {
        let case = Entity::of(self.case["id"].as_str().unwrap());
        Luck::new(1).stream(Purpose::TEST, case.with(part))
    }

    fn tolerance(&self, expected: f64) -> f64 {
        let [abs, rel] = ["abs", "rel"].map(|kind| number(&self.case, &format!("/tolerance_analytic/{kind}")));
        // What an exact comparison leaves to rounding.
        (abs + rel * expected.abs()).max(1e-15)
    }

    fn push(&mut self, what: &str, expected: f64, got: f64, tolerance: f64, simulated: bool) {
        let what = self.label(what);
        self.checks.push(Check { what, expected, got, tolerance, simulated });
    }

    /// A pointer without its beginning, and with the input's value in place of a number in a list.
    fn label(&self, what: &str) -> String {
        let what = what.trim_start_matches("/expected").trim_start_matches('/');
        let (before, last) = what.rsplit_once('/').map_or(("", what), |(before, last)| (before, last));
        let lists = ["mu", "starts", "n_m", "laws", "T", "m", "n"];
        let input = last.parse::<usize>().ok().and_then(|i| {
            lists.iter().find_map(|name| self.case["inputs"][name].get(i).map(|value| (name, value.to_string())))
        });
        match input {
            Some((name, value)) => format!("{before} {name} = {}", value.replace('"', "")).trim_start().to_owned(),
            None => what.to_owned(),
        }
    }
}

/// A case of `security-cases.json` and how it is checked. It is checked once, whoever asks first.
pub(super) struct Entry {
    pub(super) id: &'static str,
    run: fn(&mut Sheet),
    checks: OnceLock<Vec<Check>>,
}

impl Entry {
    pub(super) const fn new(id: &'static str, run: fn(&mut Sheet)) -> Entry {
        Entry { id, run, checks: OnceLock::new() }
    }

    pub(super) fn case(&self) -> Value {
        super::case("security-cases", self.id)
    }

    pub(super) fn checks(&self) -> &[Check] {
        self.checks.get_or_init(|| {
            let mut sheet = Sheet { case: self.case(), checks: Vec::new() };
            (self.run)(&mut sheet);
            sheet.checks
        })
    }
}

/// Asserts that the case with this id has checks, and that each is met.
#[track_caller]
pub(super) fn holds(entries: &[Entry], id: &str) {
    let entry = entries.iter().find(|entry| entry.id == id).unwrap();
    assert!(!entry.checks().is_empty(), "{id} is not checked");
    for check in entry.checks() {
        assert!(check.is_met(), "{id}: {check:?}");
    }
}
