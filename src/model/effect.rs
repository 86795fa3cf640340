//! What a safeguard changes once it is ready.

use crate::model::{
    Job, Layer, LayerId, Method, OperatorId, Probability, Rate, Scenario, Schedule, StationId, StepClass, StepClasses,
    SystemId,
};
use crate::time::SimDuration;

/// A change that a safeguard makes.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Effect {
    /// Records of a system show less: their exposure falls by a share.
    Minimise(SystemId, Probability),
    /// Records of every system show less.
    MinimiseAll(Probability),
    /// A system keeps records no longer than this.
    Keep(SystemId, SimDuration),
    /// No system keeps records longer than this.
    KeepAll(SimDuration),
    /// A share of unlawful demands to an operator is blocked.
    BlockDemands(OperatorId, Probability),
    /// A share of demands to any operator is blocked.
    BlockAllDemands(Probability),
    /// Attempts at steps of these classes work less often, by a share; what a complied demand covers is not hindered.
    Hinder(StepClasses, Probability),
    /// An operator's systems are set up anew at this interval: what is held there covertly is lost.
    Reset(OperatorId, SimDuration),
    /// The systems of every operator are.
    ResetAll(SimDuration),
    /// Access to goods falls by a share, at every operator: an attempt to alter finds no target with this chance.
    GuardGoods(Probability),
    /// A detection layer starts to work.
    AddLayer(LayerId),
    /// A layer looks at this share of what passes.
    Cover(LayerId, Probability),
    /// A per-item layer catches with this chance.
    Catch(LayerId, Probability),
    /// Every per-item layer at a station misses less, by a share.
    Sharpen(Probability),
    /// A recall can trace this share of altered goods.
    Trace(Probability),
    /// A recall finds traced goods at this rate.
    HastenRecall(Rate),
    /// Each service at a station takes so much longer.
    Slow(StationId, SimDuration),
    /// Each service at every station of a job takes so much longer.
    SlowJob(Job, SimDuration),
    /// A station has so many more servers at all times.
    Staff(StationId, u32),
    /// The desk has so many more analysts.
    Analysts(u32),
    /// An operator leaves the hub; a share of its goods moves to another hub, the rest is handled by the hub itself.
    Remove(OperatorId, Probability),
}

impl Effect {
    /// What it does, as a clause of a table.
    pub fn in_words(self, scenario: &Scenario) -> String {
        let operator = |id: OperatorId| &scenario.operators[id.index()].id;
        let system = |id: SystemId| &scenario.information[id.index()].id;
        let station = |id: StationId| &scenario.stations[id.index()].id;
        let layer = |id: LayerId| &scenario.layers[id.index()];
        match self {
            Effect::Minimise(id, by) => format!("records of {} show {} less", system(id), percent(by)),
            Effect::MinimiseAll(by) => format!("records show {} less", percent(by)),
            Effect::Keep(id, to) => format!("{} keeps records for {} at most", system(id), length(to)),
            Effect::KeepAll(to) => format!("records are kept for {} at most", length(to)),
            Effect::BlockDemands(id, by) => {
                format!("{} of the demands to {} have no effect", percent(by), operator(id))
            }
            Effect::BlockAllDemands(by) => format!("{} of all demands have no effect", percent(by)),
            Effect::Hinder(steps, by) => format!("attempts at {} work {} less often", list(steps), percent(by)),
            Effect::Reset(id, every) => format!("the systems of {} are reset every {}", operator(id), length(every)),
            Effect::ResetAll(every) => format!("systems are reset every {}", length(every)),
            Effect::GuardGoods(by) => format!("{} of the alterations find no goods", percent(by)),
            Effect::AddLayer(id) => format!("brings a layer: {}", brought(layer(id))),
            Effect::Cover(id, to) => format!("{} looks at {}", layer(id).id, percent(to)),
            Effect::Catch(id, to) => format!("{} catches {}", layer(id).id, percent(to)),
            Effect::Sharpen(by) => format!("checks of goods at stations miss {} less", percent(by)),
            Effect::Trace(to) => format!("a recall can trace {}", percent(to)),
            Effect::HastenRecall(to) => format!("a recall finds what it traced at {} a year", plain(to.a_year())),
            Effect::Slow(id, by) => format!("each consignment takes {} longer at {}", length(by), station(id)),
            Effect::SlowJob(job, by) => {
                format!("each consignment takes {} longer at {} stations", length(by), job.name())
            }
            Effect::Staff(id, more) => format!("{more} more at {}", station(id)),
            Effect::Analysts(more) => format!("{more} more analysts"),
            Effect::Remove(id, moves) => {
                format!("{} leaves; {} of its goods go elsewhere", operator(id), percent(moves))
            }
        }
    }

    /// The time that it adds to each consignment at a station, if it does.
    pub fn delay(self) -> Option<SimDuration> {
        match self {
            Effect::Slow(_, by) | Effect::SlowJob(_, by) => Some(by),
            _ => None,
        }
    }
}

fn brought(layer: &Layer) -> String {
    let (steps, covers) = (list(layer.notices), percent(layer.covers));
    let yearly = |rightly: Rate, falsely: Rate| {
        format!("{} a year if misused, {} if not", plain(rightly.a_year()), plain(falsely.a_year()))
    };
    let words = match &layer.method {
        Method::PerItem { catches, false_alarms, .. } => {
            let (catches, errs) = (percent(*catches), percent(*false_alarms));
            format!("a look at items for {steps}, covers {covers}, catches {catches}, errs with {errs}")
        }
        Method::Monitor { alarms_if_misused, false_alarms } => {
            format!("a monitor for {steps}, covers {covers}, alarms {}", yearly(*alarms_if_misused, *false_alarms))
        }
        Method::Audit { schedule, finds, .. } => {
            let known = if matches!(schedule, Schedule::Every { announced: true, .. }) { "announced " } else { "" };
            let (every, finds) = (length(schedule.interval()), percent(*finds));
            format!("an {known}audit every {every} for {steps}, covers {covers}, finds {finds}")
        }
        Method::Tip { true_reports, false_reports } => {
            format!("tips for {steps}, covers {covers}, {}", yearly(*true_reports, *false_reports))
        }
        Method::Whistleblower { who_know, .. } => format!("whistleblowers for {steps}, {who_know} who know"),
        Method::Intelligence { tips_at_full_activity, false_tips, .. } => {
            format!("intelligence for {steps}, tips {}", yearly(*tips_at_full_activity, *false_tips))
        }
        Method::Chart(chart) => {
            let (usual, misused) = (plain(chart.usual), plain(chart.if_misused));
            let every = length(chart.every);
            format!("a control chart for {steps}, counts {usual} every {every}, {misused} if misused, covers {covers}")
        }
        Method::Surveillance { sees, false_alarms } => {
            let (sees, falsely) = (percent(*sees), plain(false_alarms.a_year()));
            format!("people who watch zones for {steps}, covers {covers}, see {sees}, err {falsely} times a year")
        }
        Method::Breach { guard, .. } => {
            let stops = plain(100.0 * guard.effectiveness());
            format!("a guard against break-ins for {steps}, covers {covers}, stops {stops} %")
        }
        Method::CovertTest { tests, lifts, .. } => {
            let (tests, lifts) = (plain(tests.a_year()), percent(*lifts));
            format!("{tests} covert tests a year, each that is missed lifts what is caught by {lifts} of the rest")
        }
    };
    format!("{words}{}", if layer.sees_purpose { ", sees purpose" } else { "" })
}

fn list(steps: StepClasses) -> String {
    let names: Vec<&str> = steps.iter().map(StepClass::name).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

fn percent(share: Probability) -> String {
    format!("{} %", plain(share.get() * 100.0))
}

/// A length of time in the largest unit of which it is at least one.
fn length(time: SimDuration) -> String {
    let seconds = time.millis() as f64 / 1000.0;
    let units = [(86_400.0, "day"), (3_600.0, "hour"), (60.0, "minute"), (1.0, "second")];
    let (one, name) = units.into_iter().find(|(one, _)| seconds >= *one).unwrap_or((1.0, "second"));
    let number = seconds / one;
    format!("{} {name}{}", plain(number), if number == 1.0 { "" } else { "s" })
}

/// A number with two decimals at most.
fn plain(number: f64) -> String {
    format!("{}", (number * 100.0).round() / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_in_units_that_people_use() {
        let shown = [(90, "90 days"), (1, "1 day")].map(|(days, text)| (SimDuration::from_days(days), text));
        let short = [(90_000, "1.5 minutes"), (3_600_000, "1 hour"), (10_000, "10 seconds"), (0, "0 seconds")];
        let short = short.map(|(ms, text)| (SimDuration::from_millis(ms), text));
        for (time, text) in shown.into_iter().chain(short) {
            assert_eq!(length(time), text);
        }
    }
}
