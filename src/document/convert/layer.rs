//! Detection layers and the groups that fail together.

use std::collections::{BTreeMap, BTreeSet};

use super::{At, Context, Length, Noun};
use crate::document::shape::Share;
use crate::document::{Code, shape};
use crate::model::{
    CoveredFrom, FailTogether, Layer, LayerId, Method, Picks, Probability, Schedule, StepClasses, Watches, ZoneId,
};
use crate::time::{HOUR, SimDuration};

/// Items of one flight that a layer opens.
const MOST_OPENED: u32 = 10_000;

/// Periods of a cycle of audits.
const MOST_PERIODS: u32 = 366;

const WATCHES_ALWAYS: &str = "for something that watches all the time use Monitor";

impl Context<'_> {
    /// A layer; `standing` if it works from the start.
    pub(crate) fn layer(&mut self, id: &str, layer: &shape::Layer, at: At, standing: bool) -> Option<Layer> {
        let place = at.field("watches");
        let watches = match &layer.watches {
            shape::Watches::AllOperators => Some(Watches::AllOperators),
            shape::Watches::Delivered => Some(Watches::Delivered),
            shape::Watches::Acting => Some(Watches::Acting),
            shape::Watches::Zones => Some(Watches::Zones),
            shape::Watches::Station(name) => self.station_id(name, place.inside()).map(Watches::Station),
            shape::Watches::System(name) => self.system_id(name, place.inside()).map(Watches::System),
            shape::Watches::Operator(name) => self.operator_id(name, place.inside()).map(Watches::Operator),
        };
        let some = self.not_empty(&layer.notices, at.field("notices"), "class of steps");
        self.no_repeats(&layer.notices, at.field("notices"));
        let covers = self.share(layer.covers, at.field("covers"));
        let hours = self.covered_hours(layer.hours.as_ref(), at.field("hours"));
        let zones = self.covered_zones(layer, at);
        let report_takes = self.duration(layer.report_takes, at.field("report_takes"), Length::Any);
        let method = self.method(&layer.method, at.field("method"));
        let shape::YearlyAmount::EuroPerYear(euro) = layer.cost;
        let cost = self.money(euro, at.field("cost"));
        self.fits(layer, place)?;
        some?;
        Some(Layer {
            id: id.to_owned(),
            watches: watches?,
            notices: StepClasses::of(&layer.notices),
            sees_purpose: layer.sees_purpose,
            covers: covers?,
            hours: hours?,
            zones: zones?,
            report_takes: report_takes?,
            method: method?,
            cost: cost?,
            paid_by: layer.paid_by,
            standing,
        })
    }

    fn method(&mut self, method: &shape::Method, at: At) -> Option<Method> {
        match *method {
            shape::Method::Chart { .. } | shape::Method::Breach { .. } | shape::Method::CovertTest { .. } => {
                self.own_method(method, at)
            }
            shape::Method::RiskBased { at_random, every, catches, false_alarms } => {
                let at_random = self.share(at_random, at.field("at_random"));
                let every = self.between_audits(every, at.field("every"));
                let catches = self.share(catches, at.field("catches"));
                let false_alarms = self.share(false_alarms, at.field("false_alarms"));
                let picks = Picks::ByRisk { at_random: at_random?, every: every? };
                Some(Method::PerItem { picks, catches: catches?, false_alarms: false_alarms? })
            }
            shape::Method::Surveillance { sees, false_alarms } => {
                let sees = self.share(sees, at.field("sees"));
                let false_alarms = self.rate(false_alarms, at.field("false_alarms"));
                Some(Method::Surveillance { sees: sees?, false_alarms: false_alarms? })
            }
            shape::Method::PerItem { catches, false_alarms } => {
                let catches = self.share(catches, at.field("catches"));
                let false_alarms = self.share(false_alarms, at.field("false_alarms"));
                Some(Method::PerItem { picks: Picks::ByChance, catches: catches?, false_alarms: false_alarms? })
            }
            shape::Method::PerFlight { opens, catches, false_alarms } => {
                let opens = self.count(opens, at.field("opens"), 1, MOST_OPENED, "number of items of a flight");
                let catches = self.share(catches, at.field("catches"));
                let false_alarms = self.share(false_alarms, at.field("false_alarms"));
                Some(Method::PerItem {
                    picks: Picks::PerFlight(opens?),
                    catches: catches?,
                    false_alarms: false_alarms?,
                })
            }
            shape::Method::Screening { d_prime, criterion, prevalence_effect, prevalence } => {
                let d = self.number(d_prime, at.field("d_prime"), 0.01, 10.0);
                let c = self.number(criterion, at.field("criterion"), -10.0, 10.0);
                let psi = self.number(prevalence_effect, at.field("prevalence_effect"), 0.0, 1.0);
                let place = at.field("prevalence");
                let prevalence = self.belief(Some(prevalence), place);
                Some(Method::screening(d?, c?, psi?, prevalence?))
            }
            shape::Method::Monitor { alarms_if_misused, false_alarms } => {
                let alarms_if_misused = self.rate(alarms_if_misused, at.field("alarms_if_misused"));
                let false_alarms = self.rate(false_alarms, at.field("false_alarms"));
                Some(Method::Monitor { alarms_if_misused: alarms_if_misused?, false_alarms: false_alarms? })
            }
            shape::Method::Audit { every, announced, finds, false_findings } => {
                let every = self.between_audits(every, at.field("every"));
                let finds = self.share(finds, at.field("finds"));
                let false_findings = self.share(false_findings, at.field("false_findings"));
                let schedule = Schedule::Every { every: every?, announced };
                Some(Method::Audit { schedule, finds: finds?, false_findings: false_findings? })
            }
            shape::Method::SurpriseAudit { visits, finds, false_findings } => {
                let place = at.field("visits");
                let visits = self.rate(visits, place);
                let finds = self.share(finds, at.field("finds"));
                let false_findings = self.share(false_findings, at.field("false_findings"));
                if visits.is_some_and(|visits| visits.a_day() > 24.0) {
                    let message = format!("`{}` is more than an audit an hour", self.written(place));
                    self.report(Code::RateOutOfRange, place, message, WATCHES_ALWAYS);
                    return None;
                }
                Some(Method::Audit {
                    schedule: Schedule::AtRandom(visits?),
                    finds: finds?,
                    false_findings: false_findings?,
                })
            }
            shape::Method::AuditGame { period, periods, visits, finds, false_findings } => {
                let period = self.between_audits(period, at.field("period"));
                let periods = self.count(periods, at.field("periods"), 1, MOST_PERIODS, "number of periods");
                let place = at.field("visits");
                let visits = self.count(visits, place, 1, MOST_PERIODS, "number of visits");
                let finds = self.share(finds, at.field("finds"));
                let false_findings = self.share(false_findings, at.field("false_findings"));
                let (period, periods, visits) = (period?, periods?, visits?);
                if visits > periods {
                    let message = format!("{visits} visits do not fit into {periods} periods");
                    self.report(Code::CountOutOfRange, place, message, "write at most one visit a period");
                    return None;
                }
                let schedule = Schedule::Game { period, periods, visits };
                Some(Method::Audit { schedule, finds: finds?, false_findings: false_findings? })
            }
            shape::Method::Whistleblower { who_know, speaks_up, protection, false_reports } => {
                let who_know = self.count(who_know, at.field("who_know"), 0, 1_000_000, "number of people");
                let speaks_up = self.rate(speaks_up, at.field("speaks_up"));
                let protection = self.share(protection, at.field("protection"));
                let false_reports = self.rate(false_reports, at.field("false_reports"));
                Some(Method::Whistleblower {
                    who_know: who_know?,
                    speaks_up: speaks_up?,
                    protection: protection?,
                    false_reports: false_reports?,
                })
            }
            shape::Method::Intelligence { tips_at_full_activity, false_tips, reliable_if_true, reliable_if_false } => {
                let tips = self.rate(tips_at_full_activity, at.field("tips_at_full_activity"));
                let false_tips = self.rate(false_tips, at.field("false_tips"));
                let right = self.share(reliable_if_true, at.field("reliable_if_true"));
                let wrong = self.share(reliable_if_false, at.field("reliable_if_false"));
                Some(Method::Intelligence {
                    tips_at_full_activity: tips?,
                    false_tips: false_tips?,
                    reliable_if_true: right?,
                    reliable_if_false: wrong?,
                })
            }
            shape::Method::Tip { true_reports, false_reports } => {
                let true_reports = self.rate(true_reports, at.field("true_reports"));
                let false_reports = self.rate(false_reports, at.field("false_reports"));
                Some(Method::Tip { true_reports: true_reports?, false_reports: false_reports? })
            }
        }
    }

    /// Whether what a layer looks at and how it notices go together.
    fn fits(&mut self, layer: &shape::Layer, place: At) -> Option<()> {
        use shape::{Method as How, Watches as What};
        let items = looks_at_items(&layer.method);
        let tries = matches!(layer.method, How::CovertTest { .. });
        let people = matches!(layer.method, How::Surveillance { .. } | How::Breach { .. });
        let goods = matches!(layer.watches, What::Station(_) | What::Delivered | What::Acting);
        let (message, help) = match (&layer.watches, items) {
            (_, true) if !goods => (
                "this method looks at goods, and goods are only seen at a station, on delivery or as they act",
                "write Station(\"…\"), Delivered or Acting, or choose another method",
            ),
            (What::Delivered | What::Acting, false) => (
                "at its consignees the hub sees goods and nothing else",
                "choose the method PerItem, or watch something at the hub",
            ),
            (What::Zones, _) if !people => (
                "of what is done in zones this method sees nothing",
                "choose Surveillance or Breach, or watch something else",
            ),
            (_, false) if people && !matches!(layer.watches, What::Zones) => (
                "this method watches people where they are",
                "write watches: Zones and a share for each zone under `zones`",
            ),
            (_, false) if tries && !matches!(layer.watches, What::Station(_)) => {
                ("a covert test is made where its layer looks at items", "write the Station(\"…\") of that layer")
            }
            (_, false) if layer.hours.is_some() && !people && !matches!(layer.method, How::Monitor { .. }) => (
                "`hours` says when somebody looks, and this method does not look at one time more than at another",
                "remove `hours`, or choose a method that looks at goods or people, or a Monitor",
            ),
            (What::Acting, true) if !matches!(layer.method, How::PerItem { false_alarms: Share::Percent(0.0), .. }) => {
                (
                    "goods that have not acted raise no alarm, so that there are no false ones",
                    "choose PerItem with false_alarms: Percent(0)",
                )
            }
            _ => return Some(()),
        };
        self.report(Code::Contradiction, place, message, help);
        None
    }

    /// When a layer works: from midnight on, before the first stated time as after the last.
    fn covered_hours(&mut self, hours: Option<&BTreeMap<String, Share>>, at: At) -> Option<Vec<CoveredFrom>> {
        let Some(hours) = hours else { return Some(Vec::new()) };
        self.not_empty(&hours.iter().collect::<Vec<_>>(), at, "time of day")?;
        let mut read = Vec::with_capacity(hours.len() + 1);
        let mut sound = true;
        for (time, share) in hours {
            let share = self.share(*share, at.field(time));
            match (self.time_of_day(time, at), share) {
                (Some(from), Some(share)) => read.push(CoveredFrom { from, share }),
                _ => sound = false,
            }
        }
        if let (Some(first), Some(last)) = (read.first().copied(), read.last().copied())
            && first.from > 0
        {
            read.insert(0, CoveredFrom { from: 0, share: last.share });
        }
        sound.then_some(read)
    }

    /// Which zones a layer watches, and how much of each.
    fn covered_zones(&mut self, layer: &shape::Layer, at: At) -> Option<Vec<(ZoneId, Probability)>> {
        let watches_zones = matches!(layer.watches, shape::Watches::Zones);
        let place = at.field("zones");
        let Some(zones) = &layer.zones else {
            if watches_zones {
                let help = "add zones: {\"…\": Percent(100)}, with a share for each zone that is watched";
                self.report(Code::Contradiction, at.field("watches"), "it does not say which zones", help);
                return None;
            }
            return Some(Vec::new());
        };
        if !watches_zones {
            let message = "only a layer that watches Zones has a share for each zone";
            self.report(Code::Contradiction, place, message, "remove `zones`, or write watches: Zones");
            return None;
        }
        self.not_empty(&zones.iter().collect::<Vec<_>>(), place, "zone")?;
        let read: Vec<Option<(ZoneId, Probability)>> = zones
            .iter()
            .map(|(name, share)| {
                let share = self.share(*share, place.field(name));
                let zone = self.resolve(Noun::Zone, name, place.field(name)).map(ZoneId::from_index);
                Some((zone?, share?))
            })
            .collect();
        read.into_iter().collect()
    }

    /// Time between audits.
    fn between_audits(&mut self, every: shape::Duration, place: At) -> Option<SimDuration> {
        let every = self.duration(every, place, Length::Positive)?;
        if every.millis() < HOUR {
            let message = format!("`{}` is more than an audit an hour", self.written(place));
            self.report(Code::BadDuration, place, message, WATCHES_ALWAYS);
            return None;
        }
        Some(every)
    }

    pub(crate) fn layer_id(&mut self, name: &str, at: At) -> Option<LayerId> {
        self.resolve(Noun::Layer, name, at).map(LayerId::from_index)
    }

    /// A group of layers; `taken` holds the layers of earlier groups.
    pub(crate) fn fail_together(
        &mut self,
        group: &shape::FailTogether,
        at: At,
        taken: &mut BTreeSet<LayerId>,
    ) -> Option<FailTogether> {
        let list = at.field("layers");
        let share = self.share(group.share, at.field("share"));
        self.no_repeats(&group.layers, list);
        let layers: Vec<Option<LayerId>> =
            group.layers.iter().enumerate().map(|(nth, name)| self.layer_id(name, list.nth(nth))).collect();
        if group.layers.len() < 2 {
            let message = "a group needs two layers at least";
            self.report(Code::Empty, list, message, "add a layer that fails together with it, or remove the group");
            return None;
        }
        let mut sound = true;
        for (nth, layer) in layers.iter().enumerate() {
            let Some(layer) = layer else { continue };
            if taken.contains(layer) {
                let place = list.nth(nth);
                let message = format!("`{}` is in another group already", self.written(place));
                self.report(Code::ListedTwice, place, message, "a layer shares its failures with one group only");
                sound = false;
            }
        }
        taken.extend(layers.iter().flatten());
        let layers = layers.into_iter().collect::<Option<_>>()?;
        sound.then_some(FailTogether { layers, share: share? })
    }
}

/// Whether a method looks at goods, one by one.
pub(crate) fn looks_at_items(method: &shape::Method) -> bool {
    use shape::Method::{PerFlight, PerItem, RiskBased, Screening};
    matches!(method, PerItem { .. } | PerFlight { .. } | RiskBased { .. } | Screening { .. })
}
