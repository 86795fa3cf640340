//! Who might notice: detection layers.

use crate::model::{
    Breach, ControlChart, LayerId, Money, Operator, OperatorId, Payer, Probability, Rate, StationId, StepClasses,
    SystemId, ZoneId,
};
use crate::numeric::screening::Screener;
use crate::time::{DAY, SimDuration, SimTime};

/// A way in which something may be noticed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Layer {
    /// Name in the document.
    pub id: String,
    /// What it looks at.
    pub watches: Watches,
    /// The classes of steps that it can notice.
    pub notices: StepClasses,
    /// Whether it can tell authorised use from misuse. A layer that cannot is blind to steps that a complied demand
    /// has authorised.
    pub sees_purpose: bool,
    /// Share of what passes that it looks at.
    pub covers: Probability,
    /// Of that, the share in force from a time of day on, in order from midnight. Empty: all of it, all day.
    pub hours: Vec<CoveredFrom>,
    /// For a layer that watches zones, the share of that in each; other zones are not covered.
    pub zones: Vec<(ZoneId, Probability)>,
    /// Time from noticing until the desk hears of it.
    pub report_takes: SimDuration,
    /// How it notices.
    pub method: Method,
    /// Yearly cost.
    pub cost: Money,
    /// Who pays.
    pub paid_by: Payer,
    /// Whether it works from the start. One that a safeguard brings does not.
    pub standing: bool,
}

/// From a time of day on, so much is covered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CoveredFrom {
    /// Milliseconds since midnight.
    pub from: u64,
    /// Share of the layer's coverage.
    pub share: Probability,
}

/// What a layer looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watches {
    /// Goods at a station.
    Station(StationId),
    /// An information system.
    System(SystemId),
    /// One operator.
    Operator(OperatorId),
    /// Each operator apart.
    AllOperators,
    /// Goods as their consignees receive them.
    Delivered,
    /// Altered goods as they act, wherever they are.
    Acting,
    /// What is done in zones of the hub.
    Zones,
}

/// How a layer notices.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Method {
    /// Looks at items, one by one.
    PerItem {
        /// Which items it looks at.
        picks: Picks,
        /// Chance that an altered item that is looked at raises an alarm, and is found.
        catches: Probability,
        /// Chance that an innocent item that is looked at raises one.
        false_alarms: Probability,
    },
    /// Watches a flow and rings now and then.
    Monitor {
        /// Alarms while a step that it notices goes on.
        alarms_if_misused: Rate,
        /// Alarms while nothing is wrong.
        false_alarms: Rate,
    },
    /// Comes round at intervals.
    Audit {
        /// When.
        schedule: Schedule,
        /// Chance that one audit finds what went on since the last.
        finds: Probability,
        /// Chance of a finding when nothing is wrong.
        false_findings: Probability,
    },
    /// People speak up.
    Tip {
        /// Reports while a step that it notices goes on.
        true_reports: Rate,
        /// Reports while nothing is wrong.
        false_reports: Rate,
    },
    /// Staff who know of something unlawful, and may say so.
    Whistleblower {
        /// Staff of the operator who know, while a step that the layer notices goes on.
        who_know: u32,
        /// Reports of each one who knows.
        speaks_up: Rate,
        /// How much more often they speak when they are protected.
        protection: Probability,
        /// Reports of each member of staff while nothing is wrong.
        false_reports: Rate,
    },
    /// Services that watch the adversary rather than the hub. Their tips come more often the more it does.
    Intelligence {
        /// Tips while everything that the layer notices goes on, over and above false ones.
        tips_at_full_activity: Rate,
        /// Tips with nothing behind them.
        false_tips: Rate,
        /// Chance that a true tip comes from a source that is graded reliable.
        reliable_if_true: Probability,
        /// Chance that a false one does.
        reliable_if_false: Probability,
    },
    /// Counts something in each period and rings when the counts have risen.
    Chart(ControlChart),
    /// Watches people in zones, on the spot or on recordings.
    Surveillance {
        /// Chance that an act in a zone that is watched is seen for what it is.
        sees: Probability,
        /// Alarms about an operator with nothing behind them.
        false_alarms: Rate,
    },
    /// Guards zones against break-ins.
    Breach {
        /// Paths, sensors and response.
        guard: Box<Breach>,
        /// Alarms about an operator with nothing behind them.
        false_alarms: Rate,
    },
    /// Tries another layer with items made for it. It notices nothing itself; those who miss one learn from it.
    CovertTest {
        /// The layer that looks at items and is tried.
        of: LayerId,
        /// Tests.
        tests: Rate,
        /// Share of what the layer still misses that it catches after a missed test.
        lifts: Probability,
        /// Half of what was learnt is forgotten in this time.
        fades_half_in: SimDuration,
    },
}

/// Which items a layer looks at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Picks {
    /// Each with the layer's coverage as chance.
    ByChance,
    /// So many of each flight, each of its items as likely as the next; of the flights, the share that it covers.
    PerFlight(u32),
    /// The layer's coverage of all items, most where it has found most.
    ByRisk {
        /// Share of the work that falls on all traffic classes alike.
        at_random: Probability,
        /// How often the rest is shared out anew.
        every: SimDuration,
    },
}

/// When an auditor comes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Schedule {
    /// At fixed intervals. The first visit comes at a random time within the first.
    Every {
        /// The interval.
        every: SimDuration,
        /// Whether the operator knows the date. The campaign rests over an announced audit with its pausing chance.
        announced: bool,
    },
    /// At random times that nobody can foresee: a Poisson process.
    AtRandom(Rate),
    /// At the end of some periods of a cycle, chosen as an adversary who watches the auditors likes least (Dresher's
    /// inspection game).
    Game {
        /// Length of a period.
        period: SimDuration,
        /// Periods of a cycle.
        periods: u32,
        /// Visits in a cycle.
        visits: u32,
    },
}

impl Schedule {
    /// Mean time between visits; the longest duration if there are none.
    pub fn interval(self) -> SimDuration {
        match self {
            Schedule::Every { every, .. } => every,
            Schedule::AtRandom(rate) => SimDuration::from_millis_f64(1.0 / rate.a_milli()),
            Schedule::Game { period, periods, visits } => {
                SimDuration::from_millis_f64(period.millis() as f64 * f64::from(periods) / f64::from(visits))
            }
        }
    }
}

impl Method {
    /// Every item is looked at by a person who must tell signal from noise: signal detection theory with equal
    /// variances. Detection is `Phi(d'/2 - c)` and false alarms `Phi(-d'/2 - c)`; the criterion moves with the share
    /// of items that hold something, `c = c0 + psi ln((1 - pi) / pi) / d'`, as people find less where little is to be
    /// found (psi from 0, not at all, to 1, as an ideal observer would). N. A. Macmillan and C. D. Creelman,
    /// *Detection Theory*, 2005; J. M. Wolfe et al., Nature 435, 2005.
    pub fn screening(d_prime: f64, criterion: f64, prevalence_effect: f64, prevalence: Probability) -> Self {
        let screener = Screener { sensitivity: d_prime, criterion }.at_prevalence(prevalence.get(), prevalence_effect);
        let chance = |p: f64| Probability::new(p).unwrap_or(Probability::ZERO);
        Method::PerItem {
            picks: Picks::ByChance,
            catches: chance(screener.hits()),
            false_alarms: chance(screener.false_alarms()),
        }
    }
}

impl Layer {
    /// Rates of signals about an operator at full coverage, with and without misuse. None for a layer whose signals
    /// do not come at a rate.
    pub fn signal_rates(&self, operator: &Operator) -> Option<(Rate, Rate)> {
        match self.method {
            Method::Monitor { alarms_if_misused, false_alarms } => Some((alarms_if_misused, false_alarms)),
            Method::Tip { true_reports, false_reports } => Some((true_reports, false_reports)),
            Method::Whistleblower { who_know, speaks_up, protection, false_reports } => {
                // n_w omega (1 + protection) over n_staff omega_0: those who know may say so besides.
                let background = Rate::per_day(f64::from(operator.staff) * false_reports.a_day())?;
                let speak = f64::from(who_know.min(operator.staff)) * speaks_up.a_day() * (1.0 + protection.get());
                Some((Rate::per_day(background.a_day() + speak)?, background))
            }
            Method::Intelligence { tips_at_full_activity, false_tips, .. } => {
                Some((Rate::per_day(tips_at_full_activity.a_day() + false_tips.a_day())?, false_tips))
            }
            // What is done there is noticed as it is done; at a rate come only alarms with nothing behind them.
            Method::Surveillance { false_alarms, .. } | Method::Breach { false_alarms, .. } => {
                Some((false_alarms, false_alarms))
            }
            Method::PerItem { .. } | Method::Audit { .. } | Method::Chart(_) | Method::CovertTest { .. } => None,
        }
    }

    /// Whether its signals are people who speak up, rather than a control.
    pub const fn is_tip(&self) -> bool {
        matches!(self.method, Method::Tip { .. } | Method::Whistleblower { .. } | Method::Intelligence { .. })
    }

    /// Share of its coverage that is in force at an instant.
    #[inline]
    pub fn share_at(&self, at: SimTime) -> f64 {
        if self.hours.is_empty() {
            return 1.0;
        }
        let time_of_day = at.millis() % DAY;
        self.hours.iter().take_while(|h| h.from <= time_of_day).last().map_or(1.0, |h| h.share.get())
    }

    /// The same, averaged over the day.
    pub fn mean_share(&self) -> f64 {
        if self.hours.is_empty() {
            return 1.0;
        }
        let ends = self.hours.iter().skip(1).map(|h| h.from).chain([DAY]);
        self.hours.iter().zip(ends).map(|(h, end)| h.share.get() * (end - h.from) as f64).sum::<f64>() / DAY as f64
    }

    /// Share of its coverage in a zone; 0 for a zone that it does not watch.
    pub fn share_in(&self, zone: ZoneId) -> f64 {
        self.zones.iter().find(|(z, _)| *z == zone).map_or(0.0, |(_, share)| share.get())
    }
}

/// Layers that tend to miss the same thing.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct FailTogether {
    /// The layers of the group.
    pub layers: Vec<LayerId>,
    /// Share of occasions on which one common cause decides for all of them (the beta factor).
    pub share: Probability,
}
