//! Ways of noticing with parts of their own: control charts, break-ins, covert tests.

use super::{At, Context, Length};
use crate::document::{Code, shape};
use crate::model::{
    Breach, BreachResponse, ChartKind, ControlChart, Counted, Method, Path, Place, Reading, Spread, Task,
};
use crate::time::HOUR;

/// Events that an attempt can add to a count.
const MOST_ADDED: u32 = 1_000_000;
/// Mean count of a period.
const HIGHEST_COUNT: f64 = 1_000_000.0;
/// Limit of a chart, in its own unit.
const HIGHEST_LIMIT: f64 = 100.0;
/// Paths of one zone's protection, and tasks of one path.
const MOST_PATHS: usize = 50;

impl Context<'_> {
    pub(crate) fn own_method(&mut self, method: &shape::Method, at: At) -> Option<Method> {
        match method {
            shape::Method::Chart { counts, every, usual, if_misused, by } => {
                let counts = self.counted(counts, at.field("counts"));
                let place = at.field("every");
                let every = self.duration(*every, place, Length::Positive);
                if every.is_some_and(|every| every.millis() < HOUR) {
                    let message = format!("`{}` is more than a count an hour", self.written(place));
                    self.report(Code::BadDuration, place, message, "count over an hour or more");
                    return None;
                }
                let usual = self.number(*usual, at.field("usual"), 0.01, HIGHEST_COUNT);
                let place = at.field("if_misused");
                let if_misused = self.number(*if_misused, place, 0.0, HIGHEST_COUNT);
                let (usual, if_misused) = (usual?, if_misused?);
                if if_misused <= usual {
                    let message = format!("`{}` is no more than usual, and the chart sees rises", self.written(place));
                    self.report(Code::Contradiction, place, message, "write a mean count over `usual`");
                    return None;
                }
                let kind = self.chart(by, usual, if_misused, at.field("by"));
                Some(Method::Chart(ControlChart { counts: counts?, every: every?, usual, if_misused, kind: kind? }))
            }
            shape::Method::Breach { paths, response, communicates, neutralises, reading, false_alarms } => {
                let list = at.field("paths");
                self.not_empty(paths, list, "path")?;
                let read: Vec<Option<Path>> =
                    paths.iter().take(MOST_PATHS).enumerate().map(|(nth, p)| self.path(p, list.nth(nth))).collect();
                let time = self.spread(*response, at.field("response"));
                let communicates = self.share(*communicates, at.field("communicates"));
                let neutralises = self.share(*neutralises, at.field("neutralises"));
                let false_alarms = self.rate(*false_alarms, at.field("false_alarms"));
                if paths.len() > MOST_PATHS {
                    let message = format!("there are {} paths; at most {MOST_PATHS} are possible", paths.len());
                    self.report_head(Code::LimitExceeded, list, message, "join paths that are alike");
                    return None;
                }
                let paths = read.into_iter().collect::<Option<Vec<Path>>>()?;
                if paths.iter().all(|path| path.taken == 0.0) {
                    self.report_head(Code::Contradiction, list, "no path is ever taken", "give one a share over 0");
                    return None;
                }
                let guard = Breach {
                    paths,
                    response: BreachResponse { communicates: communicates?.get(), time: time? },
                    neutralises: neutralises?,
                    reading: match reading {
                        shape::Reading::Literal => Reading::Literal,
                        shape::Reading::Conditional => Reading::Conditional,
                    },
                };
                Some(Method::Breach { guard: Box::new(guard), false_alarms: false_alarms? })
            }
            shape::Method::CovertTest { of, tests, lifts, fades_half_in } => {
                let of = self.layer_id(of, at.field("of"));
                let tests = self.rate(*tests, at.field("tests"));
                let lifts = self.share(*lifts, at.field("lifts"));
                let fades = self.duration(*fades_half_in, at.field("fades_half_in"), Length::Positive);
                Some(Method::CovertTest { of: of?, tests: tests?, lifts: lifts?, fades_half_in: fades? })
            }
            _ => None,
        }
    }

    fn counted(&mut self, counts: &shape::Counts, at: At) -> Option<Counted> {
        match counts {
            shape::Counts::Uses { adds } => {
                let adds = self.count(*adds, at.field("adds"), 1, MOST_ADDED, "number of events")?;
                Some(Counted::Uses { adds })
            }
            shape::Counts::AlarmsOf(layer) => self.layer_id(layer, at.inside()).map(Counted::AlarmsOf),
        }
    }

    fn chart(&mut self, by: &shape::By, usual: f64, if_misused: f64, at: At) -> Option<ChartKind> {
        let mut sum = |limit: f64, head_start: f64| {
            let limit = self.number(limit, at.field("limit"), 0.1, HIGHEST_LIMIT)?;
            let place = at.field("head_start");
            let head_start = self.number(head_start, place, 0.0, HIGHEST_LIMIT)?;
            if head_start >= limit {
                let message = format!("`{}` is an alarm from the start", self.written(place));
                self.report(Code::Contradiction, place, message, "write less than `limit`; half of it is common");
                return None;
            }
            Some((limit, head_start))
        };
        match *by {
            shape::By::PoissonCusum { limit, head_start } => {
                let (limit, head_start) = sum(limit, head_start)?;
                Some(ChartKind::poisson_cusum(usual, if_misused, limit, head_start))
            }
            shape::By::Cusum { limit, head_start } => {
                let (limit, head_start) = sum(limit, head_start)?;
                Some(ChartKind::cusum(usual, if_misused, limit, head_start))
            }
            shape::By::Ewma { weight, limit } => {
                let weight = self.number(weight, at.field("weight"), 0.01, 1.0);
                let limit = self.number(limit, at.field("limit"), 0.1, 10.0);
                Some(ChartKind::ewma(weight?, limit?))
            }
        }
    }

    fn path(&mut self, path: &shape::Path, at: At) -> Option<Path> {
        let taken = self.share(path.taken, at.field("taken"));
        let list = at.field("tasks");
        self.not_empty(&path.tasks, list, "task")?;
        if path.tasks.len() > MOST_PATHS {
            let message = format!("there are {} tasks; at most {MOST_PATHS} are possible", path.tasks.len());
            self.report_head(Code::LimitExceeded, list, message, "join tasks that follow each other");
            return None;
        }
        let tasks: Vec<Option<Task>> = path
            .tasks
            .iter()
            .enumerate()
            .map(|(nth, task)| {
                let detects = self.share(task.detects, list.nth(nth).field("detects"));
                let delay = self.spread(task.delay, list.nth(nth).field("delay"));
                let place = match task.place {
                    shape::Place::Begin => Place::Begin,
                    shape::Place::Middle => Place::Middle,
                    shape::Place::End => Place::End,
                };
                Some(Task { detects: detects?.get(), place, delay: delay? })
            })
            .collect();
        Some(Path { name: path.name.clone(), taken: taken?.get(), tasks: tasks.into_iter().collect::<Option<_>>()? })
    }

    /// A time with its spread, in seconds.
    fn spread(&mut self, spread: shape::Spread, at: At) -> Option<Spread> {
        let mean = self.millis(spread.mean, at.field("mean"));
        let sd = self.millis(spread.deviation, at.field("deviation"));
        Some(Spread { mean: mean? / 1000.0, sd: sd? / 1000.0 })
    }
}
