//! A run in sentences.

use std::collections::{BTreeMap, BTreeSet};

use crate::chart::number::{count, percent};
use crate::measure::{Record, Story};
use crate::model::{LayerId, Scenario, StepId};
use crate::report::names::{Names, counted};
use crate::time::SimTime;

/// Whose doing a line of the story is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Lane {
    /// What the adversary does. The desk does not see it.
    Campaign,
    /// What a layer reports.
    Signal,
    /// What the desk makes of it.
    Desk,
    /// What is done about it.
    Response,
}

impl Lane {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Lane::Campaign => "campaign",
            Lane::Signal => "signal",
            Lane::Desk => "desk",
            Lane::Response => "response",
        }
    }
}

/// One line of the story.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    pub(crate) at: SimTime,
    pub(crate) lane: Lane,
    pub(crate) text: String,
    /// Whether it turns the story; others may be left out where room is short.
    pub(crate) major: bool,
}

/// The story. What happens often is folded into one line a month: false alarms by layer, and the campaign's further
/// attempts by step.
pub(crate) fn tell(scenario: &Scenario, story: &Story) -> Vec<Line> {
    let mut teller = Teller {
        scenario,
        names: Names(scenario),
        lines: Vec::new(),
        month: (0, 0),
        often: Often::default(),
        told: BTreeSet::new(),
        begun: BTreeSet::new(),
        broken: BTreeSet::new(),
    };
    for (at, record) in &story.records {
        teller.turn_to(*at);
        teller.hear(*at, record);
    }
    teller.fold();
    teller.lines
}

struct Teller<'s> {
    scenario: &'s Scenario,
    names: Names<'s>,
    lines: Vec<Line>,
    /// Year and month of the record before.
    month: (i32, u32),
    often: Often,
    /// Layers whose first true signal has been told.
    told: BTreeSet<LayerId>,
    /// Steps whose first success has been told.
    begun: BTreeSet<StepId>,
    /// How break-ins for a step have been told to end.
    broken: BTreeSet<(StepId, usize)>,
}

/// How a break-in ends: said of one, and of several together.
const BREAK_INS: [(&str, &str); 3] = [
    ("is stopped", "stopped"),
    ("sets off an alarm and is not stopped in time", "noticed too late"),
    ("gets past unnoticed", "unnoticed"),
];

/// What has happened often this month.
#[derive(Default)]
struct Often {
    false_alarms: BTreeMap<LayerId, u64>,
    /// Further attempts that worked, and failures, by step.
    attempts: BTreeMap<StepId, (u64, u64)>,
    /// Break-ins, as they ended.
    break_ins: [u64; BREAK_INS.len()],
    /// Items made to try a layer: caught, and all.
    tests: BTreeMap<LayerId, (u64, u64)>,
    records: u64,
    altered: u64,
    shipped: u64,
    last: SimTime,
}

impl Teller<'_> {
    fn say(&mut self, at: SimTime, lane: Lane, major: bool, text: String) {
        self.lines.push(Line { at, lane, text, major });
    }

    /// A new month: what happened often in the last one is told first.
    fn turn_to(&mut self, at: SimTime) {
        let (year, month, _) = self.scenario.calendar.date(at).parts();
        if (year, month) != self.month {
            self.fold();
            self.month = (year, month);
        }
        self.often.last = at;
    }

    fn fold(&mut self) {
        let often = std::mem::take(&mut self.often);
        let mut parts: Vec<String> = Vec::new();
        for (step, (worked, failed)) in &often.attempts {
            let times = |n: u64| if n == 1 { "once".to_owned() } else { format!("{n} times") };
            let name = self.names.step(*step);
            parts.push(match (worked, failed) {
                (0, f) => format!("{name} fails {}", times(*f)),
                (w, 0) => format!("{name} works {} more", times(*w)),
                (w, f) => format!("{name} works {} more and fails {}", times(*w), times(*f)),
            });
        }
        let break_ins: Vec<String> = BREAK_INS
            .iter()
            .zip(often.break_ins)
            .filter(|(_, n)| *n > 0)
            .map(|((_, end), n)| format!("{} {end}", counted(n, "break-in", "break-ins")))
            .collect();
        parts.extend(break_ins);
        if often.records > 0 {
            parts.push(counted(often.records, "record leaves", "records leave"));
        }
        if often.altered > 0 {
            parts.push(format!("{} altered", counted(often.altered, "consignment", "consignments")));
        }
        if often.shipped > 0 {
            parts.push(format!("{} out unnoticed", counted(often.shipped, "item goes", "items go")));
        }
        if !parts.is_empty() {
            self.say(often.last, Lane::Campaign, false, format!("this month: {}", parts.join(", ")));
        }
        let total: u64 = often.false_alarms.values().sum();
        if total > 0 {
            let layers: Vec<String> =
                often.false_alarms.iter().map(|(layer, n)| format!("{} {n}", self.names.layer(*layer))).collect();
            let text = format!("this month: {} ({})", counted(total, "false alarm", "false alarms"), layers.join(", "));
            self.say(often.last, Lane::Signal, false, text);
        }
        let tests = often.tests.iter().map(|(layer, (caught, all))| {
            format!("{} catches {caught} of {}", self.names.layer(*layer), counted(*all, "test item", "test items"))
        });
        let tests: Vec<String> = tests.collect();
        if !tests.is_empty() {
            self.say(often.last, Lane::Signal, false, format!("this month: {}", tests.join(", ")));
        }
    }

    fn hear(&mut self, at: SimTime, record: &Record) {
        let n = self.names;
        match *record {
            Record::CampaignBegan { operator } => {
                self.say(at, Lane::Campaign, true, format!("begins through {}", n.operator(operator)));
            }
            Record::Demanded { operator, complied } => {
                let text =
                    if complied { "complies with a demand for help" } else { "is handed a demand and does not comply" };
                self.say(at, Lane::Campaign, complied, format!("{} {text}", n.operator(operator)));
            }
            Record::Attempted { step, worked: true, first: true, .. } => {
                let when = if self.begun.insert(step) { "for the first time" } else { "again, after a reset" };
                self.say(at, Lane::Campaign, true, format!("{} works {when}", n.step(step)));
            }
            Record::Attempted { step, worked, .. } => {
                let (again, failed) = self.often.attempts.entry(step).or_default();
                *if worked { again } else { failed } += 1;
            }
            Record::MovedOut { records } => self.often.records += u64::from(records),
            Record::Paused { until } => {
                self.say(at, Lane::Campaign, true, format!("lies low until day {}", until.day()));
            }
            Record::Resumed => self.say(at, Lane::Campaign, true, "goes on".to_owned()),
            Record::Altered { item, consignment } if n.item(item) == 1 => {
                let (traffic, place) = (n.traffic(consignment.traffic), consignment.place + 1);
                let text =
                    format!("consignment {place} of {traffic} flight {} is altered (item 1)", consignment.flight + 1);
                self.say(at, Lane::Campaign, true, text);
            }
            Record::Altered { .. } => self.often.altered += 1,
            Record::Shipped { item } if n.item(item) == 1 => {
                self.say(at, Lane::Campaign, true, "item 1 leaves the hub unnoticed".to_owned());
            }
            Record::Shipped { .. } => self.often.shipped += 1,
            Record::Found { item, by } => {
                let by = by.map_or("the recall", |l| n.layer(l));
                self.say(at, Lane::Response, true, format!("item {} is found by {by}", n.item(item)));
            }
            Record::Triggered { acted } => {
                let text = format!("a trigger makes {} act", counted(u64::from(acted), "item", "items"));
                self.say(at, Lane::Campaign, true, text);
            }
            Record::Exploited { loss } => {
                self.say(
                    at,
                    Lane::Campaign,
                    true,
                    format!("what is known is used: consignors lose {} €", count(libm::round(loss.as_euro()) as u64)),
                );
            }
            Record::MovedOn { operator } => {
                self.say(at, Lane::Campaign, true, format!("moves on to {}", n.operator(operator)));
            }
            Record::ChangedGoods { leaves } => {
                self.say(at, Lane::Campaign, true, format!("leaves {} alone from now on", n.traffic(leaves)));
            }
            Record::Acted { item, .. } => self.say(at, Lane::Campaign, true, format!("item {} acts", n.item(item))),
            Record::Noticed { .. } => {}
            Record::BrokeIn { step, layer, detected, stopped } => {
                let end = match (detected, stopped) {
                    (_, true) => 0,
                    (true, false) => 1,
                    (false, false) => 2,
                };
                if self.broken.insert((step, end)) {
                    let text = format!("a break-in for {} {} ({})", n.step(step), BREAK_INS[end].0, n.layer(layer));
                    self.say(at, Lane::Campaign, stopped, text);
                } else {
                    self.often.break_ins[end] += 1;
                }
            }
            Record::Tested { layer, caught } => {
                let (right, all) = self.often.tests.entry(layer).or_default();
                *right += u64::from(caught);
                *all += 1;
            }
            Record::Reported { layer, genuine: false, .. } => {
                *self.often.false_alarms.entry(layer).or_default() += 1;
            }
            Record::Reported { layer, operator, genuine: true, belief, .. } => {
                let first = self.told.insert(layer);
                let text =
                    format!("{} reports {}; belief is {}", n.layer(layer), n.operator(operator), percent(belief));
                self.say(at, Lane::Signal, first, text);
            }
            Record::WatchBegan { operator, belief } => {
                self.say(
                    at,
                    Lane::Desk,
                    true,
                    format!("watches {}, at a belief of {}", n.operator(operator), percent(belief)),
                );
            }
            Record::WatchEnded { operator } => {
                self.say(at, Lane::Desk, false, format!("stops watching {}", n.operator(operator)));
            }
            Record::CaseOpened { case, operator, .. } => {
                self.say(at, Lane::Desk, true, format!("opens case {} on {}", n.case(case), n.operator(operator)));
            }
            Record::StageEnded { case, stage, link, belief } => {
                let found = if link { "finds a linking item" } else { "finds no link" };
                let text = format!("case {}: {} {found}; belief is {}", n.case(case), n.stage(stage), percent(belief));
                self.say(at, Lane::Desk, link || stage as usize + 1 == n.stages(), text);
            }
            Record::CaseClosed { case, operator } => {
                self.say(at, Lane::Desk, false, format!("closes case {} on {}", n.case(case), n.operator(operator)));
            }
            Record::Attributed { operator, rightly } => {
                let aside = if rightly { "rightly" } else { "wrongly" };
                self.say(at, Lane::Desk, true, format!("names {} ({aside})", n.operator(operator)));
            }
            Record::Took { action, wrongful } => {
                let aside = if wrongful { ", though it takes no part" } else { "" };
                self.say(at, Lane::Response, true, format!("{}{aside}", n.action(action)));
            }
            Record::Reset { operator, lost: true } => {
                let text = format!("the systems of {} are reset: what was held there is lost", n.operator(operator));
                self.say(at, Lane::Response, true, text);
            }
            Record::Reset { lost: false, .. } => {}
            Record::Ready { safeguard, wrongful } => {
                let aside = if wrongful { ", against an operator that takes no part" } else { "" };
                self.say(at, Lane::Response, true, format!("{} works{aside}", n.safeguard(safeguard)));
            }
        }
    }
}
