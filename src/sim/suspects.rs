//! False alarms on goods that are not simulated, what layers have looked at without one, and goods that go elsewhere.

use crate::model::{LayerId, Method, Picks, TrafficId, Watches};
use crate::plan::{Plan, Stage};
use crate::random::{Entity, Luck, Purpose, Stream, draw};
use crate::sim::engine::Engine;
use crate::sim::event::Event;
use crate::sim::intake::Handling;
use crate::sim::journeys::Journeys;
use crate::sim::record::Observer;
use crate::time::{DAY, SimDuration, SimTime};

/// A layer that may raise false alarms on a class.
#[derive(Clone, Debug)]
pub(super) struct Suspect {
    layer: LayerId,
    traffic: TrafficId,
    entity: Entity,
    stream: Stream,
    /// Candidates for a false alarm among the goods that arrive, at most.
    share: f64,
    /// Chance of a false alarm on a candidate, less what the layer covers.
    chance: f64,
    /// Visits of the layer by one consignment of the class.
    passes: f64,
    /// From arrival until the layer looks, in the mean.
    later: SimDuration,
    /// Day of the last candidate's arrival, and how many of that day's have come so far, as expected.
    day: u64,
    come: f64,
}

impl Suspect {
    /// All pairs of a layer that looks at goods and a class that passes it.
    pub(super) fn all(plan: &Plan, journeys: &Journeys, luck: Luck) -> Vec<Suspect> {
        let mut pairs = Vec::new();
        for (t, class) in plan.traffic.iter().enumerate() {
            let a_day = plan.scenario.traffic[t].consignments_a_day();
            for &layer in &class.item_layers {
                let says = &plan.scenario.layers[layer.index()];
                let Method::PerItem { picks, false_alarms, .. } = says.method else { continue };
                let (bound, chance) = match picks {
                    Picks::PerFlight(opens) => (plan.scenario.traffic[t].share_opened(opens) * false_alarms.get(), 1.0),
                    _ => {
                        let bound = plan.layers[layer.index()].false_alarm_bound;
                        (bound, if bound > 0.0 { false_alarms.get() / bound } else { 0.0 })
                    }
                };
                let passes = if a_day > 0.0 { plan.layers[layer.index()].volumes[t] / a_day } else { 0.0 };
                let traffic = TrafficId::from_index(t);
                let entity = class.entity.nth(plan.layers[layer.index()].entity.0);
                pairs.push(Suspect {
                    layer,
                    traffic,
                    entity,
                    stream: luck.stream(Purpose::TOUCHED, entity),
                    share: passes * bound,
                    chance,
                    passes,
                    later: later(plan, journeys, layer, traffic),
                    day: 0,
                    come: 0.0,
                });
            }
        }
        pairs
    }

    /// Begins with the first day.
    pub(super) fn restart(&mut self, luck: Luck) {
        (self.stream, self.day, self.come) = (luck.stream(Purpose::TOUCHED, self.entity), 0, 0.0);
    }

    /// What is drawn from now on is drawn under new luck.
    pub(super) fn rekey(&mut self, luck: Luck) {
        let position = self.stream.position();
        self.stream = luck.stream(Purpose::TOUCHED, self.entity);
        self.stream.skip_to(position);
    }

    /// Goods take other ways to the layer.
    pub(super) fn look_later(&mut self, plan: &Plan, journeys: &Journeys) {
        self.later = later(plan, journeys, self.layer, self.traffic);
    }
}

/// From arrival until a layer looks at goods of a class, in the mean.
fn later(plan: &Plan, journeys: &Journeys, layer: LayerId, traffic: TrafficId) -> SimDuration {
    let stages = &plan.traffic[traffic.index()].program.stages;
    let at = match plan.scenario.layers[layer.index()].watches {
        Watches::Station(at) => {
            stages.iter().position(|stage| matches!(stage, Stage::Visit { station, .. } if *station == at))
        }
        _ => Some(stages.len() - 1),
    };
    SimDuration::from_millis(at.map_or(0, |stage| journeys.mean(traffic, stage)))
}
impl Engine<'_> {
    /// Schedules the first goods of each class on which each layer may raise a false alarm.
    pub(crate) fn start_touched(&mut self) {
        let pairs = self.touched.as_ref().map_or(0, |touched| touched.suspects.len());
        for pair in 0..pairs {
            self.next_suspect(pair);
        }
    }

    /// Schedules the next goods on which a layer may raise a false alarm.
    fn next_suspect(&mut self, pair: usize) {
        let Some(touched) = &mut self.touched else { return };
        let suspect = &mut touched.suspects[pair];
        let intensity = &touched.intensities[suspect.traffic.index()];
        if suspect.share <= 0.0 {
            return;
        }
        let mut left = draw::exponential(suspect.stream.uniform(), 1.0);
        while suspect.day < intensity.days() {
            let all = intensity.of_day(suspect.day) * suspect.share;
            if suspect.come + left < all {
                suspect.come += left;
                let at = suspect.day * DAY + intensity.time_of_day(suspect.come / all);
                let at = SimTime::from_millis(at) + suspect.later;
                return self.calendar.schedule(at.max(self.now), Event::Suspect(pair as u32));
            }
            left -= all - suspect.come;
            (suspect.day, suspect.come) = (suspect.day + 1, 0.0);
        }
    }

    /// Goods come on which a layer may raise a false alarm: it does with the chance that the moment calls for.
    pub(crate) fn suspect<O: Observer>(&mut self, pair: u32, observer: &mut O) {
        self.flow.model_events += 1;
        let Some(touched) = &mut self.touched else { return };
        let suspect = &mut touched.suspects[pair as usize];
        let (layer, traffic, chance, u) = (suspect.layer, suspect.traffic, suspect.chance, suspect.stream.uniform());
        let operator = self.plan.scenario.traffic[traffic.index()].handled_by;
        if self.defence.works(layer) && !self.defence.is_out(operator) {
            let covers = match self.plan.scenario.layers[layer.index()].method {
                Method::PerItem { picks: Picks::ByRisk { .. }, .. } => self.share_by_risk(layer, traffic.index(), 0.0),
                _ => self.covers_now(layer),
            };
            if u < covers * chance {
                self.notice_item(layer, operator, traffic, false, observer);
            }
        }
        self.next_suspect(pair as usize);
    }

    /// A day is over, or the story: what layers have looked at without an alarm, and who went elsewhere.
    pub(crate) fn touched_day<O: Observer>(&mut self, observer: &mut O) {
        let (plan, now) = (self.plan, self.now);
        if self.touched.is_none() || now == SimTime::ZERO {
            return;
        }
        // At midnight the day that is over.
        let day = (now - SimDuration::from_millis(1)).day();
        for pair in 0..self.touched.as_ref().map_or(0, |touched| touched.suspects.len()) {
            let Some(touched) = &self.touched else { return };
            let Suspect { layer, traffic, passes, .. } = touched.suspects[pair];
            let items = touched.intensities[traffic.index()].of_day(day) * passes;
            let class = &plan.scenario.traffic[traffic.index()];
            let operator = class.handled_by;
            if !self.defence.works(layer) || self.defence.is_out(operator) {
                continue;
            }
            let Method::PerItem { picks, .. } = plan.scenario.layers[layer.index()].method else { continue };
            let covers = self.defence.covers(layer) * plan.scenario.layers[layer.index()].mean_share();
            let looked = match picks {
                Picks::ByChance => items,
                Picks::ByRisk { .. } => {
                    let share = self.share_by_risk(layer, traffic.index(), items);
                    items * share / self.covers_now(layer).max(f64::MIN_POSITIVE)
                }
                Picks::PerFlight(opens) => items * covers * class.share_opened(opens),
            };
            let cell = self.detection.cell(layer, operator);
            self.detection.clean[cell] += looked;
            self.detection.clean_flows[layer.index() * plan.traffic.len() + traffic.index()] += looked;
        }
        for t in 0..plan.traffic.len() {
            self.divert_day(TrafficId::from_index(t), day, observer);
        }
    }

    /// Goods of a class that went elsewhere on a day.
    fn divert_day<O: Observer>(&mut self, traffic: TrafficId, day: u64, observer: &mut O) {
        let plan = self.plan;
        let class = &plan.scenario.traffic[traffic.index()];
        let Handling::Leaves(share) = self.defence.handling(class.handled_by) else { return };
        let Some(touched) = &self.touched else { return };
        let Some(since) = touched.out[class.handled_by.index()] else { return };
        let part = self.now.since(since.max(SimTime::from_days(day))).millis() as f64 / DAY as f64;
        let entity = touched.classes[traffic.index()].diverted.nth(day);
        let mut stream = self.luck_of(SimTime::from_days(day)).stream(Purpose::TOUCHED, entity);
        let goods = touched.count(traffic, day, share * part, &mut stream);
        let exposed = if self.campaign_runs_through(class.handled_by) {
            draw::binomial(stream.uniform(), goods, class.sensitive.get())
        } else {
            0
        };
        self.flow.count.diverted += goods;
        self.flow.exposure_moved += exposed;
        if goods > 0 {
            self.charge_diverted(traffic, goods, observer);
        }
    }
}
