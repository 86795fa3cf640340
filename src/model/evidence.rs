//! What a layer's signals and silence are worth to the desk, as evidence that an operator is misused.
//!
//! The weight is computed from the layer's stated rates and from what the *desk* expects, never typed and never taken
//! from the campaign's truth. The likelihood belongs to the operator, not to the item: with `a` the share of items that
//! the desk expects altered if the operator is misused, an item raises an alarm with chance
//! `P1 = p_FA + a (p_D - p_FA)` under misuse and `p_FA` otherwise (docs/method.md, "What a signal is worth").

use crate::model::{Desk, Layer, Method, OperatorId, RunBy, Scenario, StepClass, TrafficId, Watches};
use crate::time::DAYS_PER_YEAR;

/// No single observation moves the log odds by more than this: ln 1000 \[nats\]. A stated false-alarm rate of zero would
/// otherwise make one alarm certain proof.
pub const MOST_NATS: f64 = 6.907_755_278_982_137;

/// What the desk makes of a layer, for one operator \[nats\].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Weights {
    /// One alarm, report or finding.
    pub alarm: f64,
    /// One altered item that was found on an alarm, over and above the alarm itself.
    pub find: f64,
    /// An alarm on an item that proved sound, over and above the alarm itself.
    pub no_find: f64,
    /// What a tip from a reliable source weighs over and above the alarm, and what one from another does.
    pub graded: [f64; 2],
    /// One item that was looked at without an alarm.
    pub clean_item: f64,
    /// One day without an alarm.
    pub quiet_day: f64,
    /// One audit without a finding.
    pub clean_audit: f64,
    /// Expected gain a year if the operator is misused as the desk expects.
    pub yearly_if_misused: f64,
}

impl Scenario {
    /// What the desk makes of a layer that looks at an operator. Nothing, if it does not look at it or the desk expects
    /// no step that it notices.
    pub fn weights(&self, layer: &Layer, operator: OperatorId) -> Weights {
        let Some(desk) = &self.desk else { return Weights::default() };
        if !self.watched(layer).contains(&operator) {
            return Weights::default();
        }
        let covers = self.covers_on_average(layer, operator);
        match layer.method {
            Method::PerItem { catches, false_alarms, .. } => {
                let looks = Looks {
                    covers: self.looks_at(layer, operator) * layer.mean_share(),
                    catches: catches.get(),
                    false_alarms: false_alarms.get(),
                    passing: self.items_a_day(layer, Some(operator)) * DAYS_PER_YEAR,
                };
                self.item_weights(layer, &looks, desk)
            }
            Method::Monitor { .. }
            | Method::Tip { .. }
            | Method::Whistleblower { .. }
            | Method::Intelligence { .. }
            | Method::Surveillance { .. }
            | Method::Breach { .. }
            | Method::Chart(_) => {
                let Some((r1, r0)) = self.yearly_signals(layer, operator) else { return Weights::default() };
                let alarm = ratio(r1, r0);
                let (graded, gain) = graded(&layer.method, r1, r0);
                Weights {
                    alarm,
                    graded,
                    quiet_day: -(r1 - r0) / DAYS_PER_YEAR,
                    yearly_if_misused: r1 * (alarm + gain) - (r1 - r0),
                    ..Weights::default()
                }
            }
            Method::CovertTest { .. } => Weights::default(),
            Method::Audit { schedule, finds, false_findings } => {
                let helps = self.operators[operator.index()].helps_auditors.get();
                let p0 = false_findings.get();
                let p1 = (covers * helps * finds.get()).max(p0);
                let (alarm, clean) = binary(p1, p0);
                Weights {
                    alarm,
                    clean_audit: clean,
                    yearly_if_misused: (p1 * alarm + (1.0 - p1) * clean) / schedule.interval().years(),
                    ..Weights::default()
                }
            }
        }
    }

    /// What the desk makes of a layer that looks at items, for one traffic class: the question is whether goods of this
    /// class are tampered with. Nothing, of any other layer.
    pub fn flow_weights(&self, layer: &Layer, traffic: TrafficId) -> Weights {
        let (Some(desk), Method::PerItem { catches, false_alarms, .. }) = (&self.desk, &layer.method) else {
            return Weights::default();
        };
        let class = &self.traffic[traffic.index()];
        let looks = Looks {
            covers: self.looks_at(layer, class.handled_by) * layer.mean_share(),
            catches: catches.get(),
            false_alarms: false_alarms.get(),
            passing: self.items_of_class(layer, class) * DAYS_PER_YEAR,
        };
        self.item_weights(layer, &looks, desk)
    }

    /// What the desk makes of a layer as evidence that somebody on an operator's staff has been won over. Nothing, of a
    /// layer that does not notice that.
    pub fn people_weights(&self, layer: &Layer, operator: OperatorId) -> Weights {
        match layer.method {
            Method::PerItem { .. } => Weights::default(),
            _ if layer.notices.contains(StepClass::Recruit) => self.weights(layer, operator),
            _ => Weights::default(),
        }
    }

    /// Belief that an item of a class is altered once a layer has raised an alarm on it: the likelihood is the item's
    /// own, and the prior the share of the class that the desk expects altered if the class is tampered with, times the
    /// belief that it is.
    pub fn item_belief(&self, layer: &Layer, traffic: TrafficId, flow: f64) -> f64 {
        let Method::PerItem { catches, false_alarms, .. } = &layer.method else { return flow };
        let passing = self.traffic[traffic.index()].consignments_a_day() * DAYS_PER_YEAR;
        let altered: f64 = self.desk.iter().map(|desk| altered(layer, desk)).sum();
        let prior = if passing > 0.0 { flow * (altered / passing).min(1.0) } else { 0.0 };
        let (right, wrong) = (prior * catches.get(), (1.0 - prior) * false_alarms.get());
        if right + wrong > 0.0 { right / (right + wrong) } else { 0.0 }
    }

    fn item_weights(&self, layer: &Layer, looks: &Looks, desk: &Desk) -> Weights {
        let Looks { covers, catches, false_alarms: p0, passing } = *looks;
        let altered = altered(layer, desk);
        if passing <= 0.0 || altered <= 0.0 {
            return Weights::default();
        }
        // Altered goods are found elsewhere too, now and then: a find is a rare event at either rate.
        let (r0, r1) = (desk.finds_anyway.a_year(), altered * covers * catches + desk.finds_anyway.a_year());
        if layer.watches == Watches::Acting {
            // Nobody looks at goods that do not act: there is nothing to be wrong about, and nothing to clear.
            let find = ratio(r1, r0);
            return Weights {
                find,
                quiet_day: -(r1 - r0) / DAYS_PER_YEAR,
                yearly_if_misused: r1 * find - (r1 - r0),
                ..Weights::default()
            };
        }
        // An item that is looked at is clean, rung at for nothing, or found: an alarm weighs first, and then what came
        // of it. Finds that come anyway are alarms too.
        let share = (altered / passing).min(1.0);
        let looks = passing * covers;
        let anyway = if looks > 0.0 { (r0 / looks).min(1.0) } else { 0.0 };
        let found = share * catches;
        let (q0, q1) = ((p0 + anyway).min(1.0), (p0 + share * (catches - p0) + anyway).min(1.0));
        let (alarm, clean) = binary(q1, q0);
        let (find, no_find) = binary(part(found + anyway, q1), part(anyway, q0));
        Weights {
            alarm,
            find,
            no_find,
            clean_item: clean,
            yearly_if_misused: looks
                * (q1 * alarm + (1.0 - q1) * clean + (found + anyway) * find + (q1 - found - anyway) * no_find),
            ..Weights::default()
        }
    }

    /// Signals a year about an operator that the desk expects of a layer whose signals come at a rate: if the operator
    /// is misused, and if not.
    fn yearly_signals(&self, layer: &Layer, operator: OperatorId) -> Option<(f64, f64)> {
        let covers = self.covers_on_average(layer, operator);
        match &layer.method {
            Method::Chart(chart) => {
                let years = chart.every.years();
                let misused = chart.usual + covers * (chart.if_misused - chart.usual);
                let (r1, r0) = (chart.run_length(misused), chart.run_length(chart.usual));
                Some((1.0 / (r1 * years), 1.0 / (r0 * years)))
            }
            Method::Surveillance { sees, false_alarms } => {
                let r0 = false_alarms.a_year();
                Some((r0 + self.expected(layer) * covers * sees.get(), r0))
            }
            Method::Breach { guard, false_alarms } => {
                let r0 = false_alarms.a_year();
                Some((r0 + self.expected(layer) * covers * guard.detection(), r0))
            }
            _ => {
                let (r1, r0) = layer.signal_rates(&self.operators[operator.index()])?;
                Some((r0.a_year() + covers * (r1.a_year() - r0.a_year()), r0.a_year()))
            }
        }
    }

    /// How often a year the desk expects a step that the layer notices, if an operator is misused.
    fn expected(&self, layer: &Layer) -> f64 {
        let expects = self.desk.iter().flat_map(|desk| &desk.expects);
        expects.filter(|(class, _)| layer.notices.contains(*class)).map(|(_, rate)| rate.a_year()).sum()
    }

    /// Share of misuse that the desk expects a layer to be able to notice: what has a lawful order behind it stays hidden
    /// from one that does not see purpose.
    fn visible(&self, layer: &Layer) -> f64 {
        let blind = !layer.sees_purpose && layer.notices.iter().all(StepClass::can_be_authorised);
        match &self.desk {
            Some(desk) if blind => desk.expects_authorised.complement().get(),
            _ => 1.0,
        }
    }

    /// Coverage on average over the day, in the best watched of the operator's zones, as far as the layer can notice.
    fn covers_on_average(&self, layer: &Layer, operator: OperatorId) -> f64 {
        let covers = layer.covers.get() * layer.mean_share() * self.visible(layer);
        if layer.watches != Watches::Zones {
            return covers;
        }
        let concerns = |zone: &crate::model::ZoneId| match self.zones[zone.index()].run_by {
            RunBy::Operator(o) => o == operator,
            RunBy::Hub | RunBy::Outside => true,
        };
        layer.zones.iter().filter(|(z, _)| concerns(z)).map(|(_, s)| s.get()).fold(0.0, f64::max) * covers
    }

    /// The operators that a layer's signals can be about.
    pub fn watched(&self, layer: &Layer) -> Vec<OperatorId> {
        let all = (0..self.operators.len()).map(OperatorId::from_index);
        match layer.watches {
            Watches::AllOperators => all.collect(),
            Watches::Delivered | Watches::Acting => all.filter(|o| self.items_a_day(layer, Some(*o)) > 0.0).collect(),
            Watches::Operator(o) => vec![o],
            Watches::Zones => {
                let runs = |o: &OperatorId| {
                    layer.zones.iter().any(|(z, _)| match self.zones[z.index()].run_by {
                        RunBy::Operator(by) => by == *o,
                        RunBy::Hub | RunBy::Outside => true,
                    })
                };
                all.filter(runs).collect()
            }
            Watches::System(s) => vec![self.information[s.index()].operator],
            Watches::Station(s) => all.filter(|o| self.visits_a_day(s, Some(*o)) > 0.0).collect(),
        }
    }
}

/// How a layer looks at the items of one subject.
struct Looks {
    covers: f64,
    catches: f64,
    false_alarms: f64,
    /// Items that pass in a year.
    passing: f64,
}

/// Items a year that the desk expects altered if its subject is misused, as far as a layer could notice it.
fn altered(layer: &Layer, desk: &Desk) -> f64 {
    let alters = |class: &StepClass| *class == StepClass::Alter && layer.notices.contains(*class);
    desk.expects.iter().filter(|(class, _)| alters(class)).map(|(_, rate)| rate.a_year()).sum()
}

/// What the grade of a source adds to a tip, reliable or not, and what it adds on average under misuse. Under misuse
/// true tips, r1 - r0 of them, and false ones, r0, come together.
fn graded(method: &Method, r1: f64, r0: f64) -> ([f64; 2], f64) {
    let Method::Intelligence { reliable_if_true, reliable_if_false, .. } = method else { return ([0.0; 2], 0.0) };
    let (right, wrong) = (reliable_if_true.get(), reliable_if_false.get());
    let misused = if r1 > 0.0 { ((r1 - r0) * right + r0 * wrong) / r1 } else { wrong };
    let (yes, no) = binary(misused, wrong);
    ([yes, no], misused * yes + (1.0 - misused) * no)
}

/// Weights of "yes" and "no" of an observation with chance `p1` against `p0`.
fn binary(p1: f64, p0: f64) -> (f64, f64) {
    (ratio(p1, p0), ratio(1.0 - p1, 1.0 - p0))
}

/// A part of a chance, as a share of it.
fn part(some: f64, all: f64) -> f64 {
    if all > 0.0 { (some / all).min(1.0) } else { 0.0 }
}

fn ratio(a: f64, b: f64) -> f64 {
    if a == b {
        return 0.0;
    }
    libm::log(a / b).clamp(-MOST_NATS, MOST_NATS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_rates_say_nothing_and_impossible_ones_are_capped() {
        assert_eq!(binary(0.1, 0.1), (0.0, 0.0));
        assert_eq!(ratio(0.1, 0.0), MOST_NATS);
        assert_eq!(ratio(0.0, 0.1), -MOST_NATS);
        assert_eq!(ratio(0.0, 0.0), 0.0);
    }
}
