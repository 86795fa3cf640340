//! Ways that goods took through a hub in runs in which each of them was simulated.

use crate::model::{StationId, TrafficId};
use crate::plan::{Plan, Stage};
use crate::sim::record::{Consignment, Observer};
use crate::time::SimTime;

/// Journeys kept of each class, about.
const KEPT: f64 = 4096.0;

/// Goods did not come to this stage.
const SKIPPED: u64 = u64::MAX;

/// Journeys of each traffic class, as they were in a pilot run: what goods that are not simulated in full draw from.
#[derive(Clone, Debug, PartialEq)]
pub struct Journeys {
    classes: Vec<Ways>,
}

/// Journeys of a class.
#[derive(Clone, Debug, Default, PartialEq)]
struct Ways {
    /// Stages of its route.
    width: usize,
    /// By journey and stage: when the stage was over, since arrival \[ms\]. The last stage is leaving.
    over: Vec<u64>,
    /// The longest.
    longest: u64,
    /// Mean time until each stage was over, of those who came to it \[ms\].
    mean: Vec<u64>,
}

impl Journeys {
    /// Whether there is at least one journey of a class.
    pub(crate) fn has(&self, traffic: TrafficId) -> bool {
        !self.classes[traffic.index()].over.is_empty()
    }

    /// The longest journey of a class \[ms\].
    pub(crate) fn longest(&self, traffic: TrafficId) -> u64 {
        self.classes[traffic.index()].longest
    }

    /// The journey that a uniform picks, of a class that has some.
    #[inline]
    pub(crate) fn pick(&self, traffic: TrafficId, u: f64) -> Journey<'_> {
        let ways = &self.classes[traffic.index()];
        let journeys = ways.over.len() / ways.width;
        let at = ((u * journeys as f64) as usize).min(journeys.saturating_sub(1));
        Journey { over: &ways.over[at * ways.width..][..ways.width] }
    }

    /// Mean time from arrival until a stage of a class is over \[ms\].
    pub(crate) fn mean(&self, traffic: TrafficId, stage: usize) -> u64 {
        self.classes[traffic.index()].mean.get(stage).copied().unwrap_or(0)
    }
}

/// One way through the hub.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Journey<'j> {
    over: &'j [u64],
}

impl Journey<'_> {
    /// When a stage was over, since arrival \[ms\]; none if it was skipped.
    #[inline]
    pub(crate) fn over(&self, stage: usize) -> Option<u64> {
        self.over.get(stage).copied().filter(|at| *at != SKIPPED)
    }

    /// When a stage began: as the one before was over.
    pub(crate) fn began(&self, stage: usize) -> u64 {
        (0..stage).rev().find_map(|before| self.over(before)).unwrap_or(0)
    }

    /// When the goods left.
    pub(crate) fn left(&self) -> u64 {
        self.over.last().copied().unwrap_or(0)
    }
}

/// Watches a full run of a plan and keeps some of the journeys, the same share of each class.
#[derive(Clone, Debug)]
pub struct Scout<'p> {
    plan: &'p Plan,
    /// By class: one in so many is followed.
    every: Vec<u64>,
    counting_from: SimTime,
    /// Those that are followed and have not left: few.
    under_way: Vec<Followed>,
    ways: Vec<Ways>,
}

/// A consignment that is followed: the stage that may come next, and when the stages before were over \[ms\].
#[derive(Clone, Debug)]
struct Followed {
    consignment: Consignment,
    next: usize,
    over: Vec<u64>,
}

impl<'p> Scout<'p> {
    /// To watch a run of a plan.
    pub fn new(plan: &'p Plan) -> Self {
        let days = plan.end.days();
        let every = plan.scenario.traffic.iter().map(|t| (t.consignments_a_day() * days / KEPT).ceil().max(1.0) as u64);
        Scout {
            plan,
            every: every.collect(),
            counting_from: SimTime::ZERO + plan.scenario.calendar.warm_up,
            under_way: Vec::new(),
            ways: plan.traffic.iter().map(|t| Ways { width: t.program.stages.len(), ..Ways::default() }).collect(),
        }
    }

    /// What was seen.
    pub fn journeys(mut self) -> Journeys {
        for ways in &mut self.ways {
            let of_stage = |stage: usize| {
                let over = ways.over.iter().skip(stage).step_by(ways.width.max(1)).filter(|at| **at != SKIPPED);
                let (n, sum) = over.fold((0_u64, 0_u128), |(n, sum), at| (n + 1, sum + u128::from(*at)));
                if n == 0 { 0 } else { (sum / u128::from(n)) as u64 }
            };
            ways.mean = (0..ways.width).map(of_stage).collect();
            ways.longest = ways.over.iter().copied().filter(|at| *at != SKIPPED).max().unwrap_or(0);
        }
        Journeys { classes: self.ways }
    }

    /// Whether a consignment is among those that are followed.
    #[inline]
    fn follows(&self, consignment: Consignment) -> bool {
        // Flights differ in size; a stride over flight and place that shares no factor with it spreads well.
        let number = u64::from(consignment.flight) * 7919 + u64::from(consignment.place);
        number.is_multiple_of(self.every[consignment.traffic.index()])
    }
}

impl Observer for Scout<'_> {
    fn stage(&mut self, at: SimTime, consignment: Consignment, station: Option<StationId>) {
        if !self.follows(consignment) {
            return;
        }
        let stages = &self.plan.traffic[consignment.traffic.index()].program.stages;
        let at_hand = self.under_way.iter().position(|followed| followed.consignment == consignment);
        let at_hand = at_hand.unwrap_or_else(|| {
            self.under_way.push(Followed { consignment, next: 0, over: vec![SKIPPED; stages.len()] });
            self.under_way.len() - 1
        });
        let Followed { next, over, .. } = &mut self.under_way[at_hand];
        let is_it = |stage: &Stage| match (stage, station) {
            (Stage::Visit { station, .. }, Some(at)) => *station == at,
            (Stage::Wait { .. }, None) => true,
            _ => false,
        };
        if let Some(ahead) = stages[*next..].iter().position(is_it) {
            over[*next + ahead] = at.millis();
            *next += ahead + 1;
        }
    }

    fn left(&mut self, at: SimTime, consignment: Consignment, arrived: SimTime) {
        if !self.follows(consignment) {
            return;
        }
        let Some(at_hand) = self.under_way.iter().position(|it| it.consignment == consignment) else { return };
        let mut over = self.under_way.swap_remove(at_hand).over;
        if arrived < self.counting_from {
            return;
        }
        if let Some(last) = over.last_mut() {
            *last = at.millis();
        }
        let since = |at: u64| if at == SKIPPED { SKIPPED } else { at - arrived.millis() };
        self.ways[consignment.traffic.index()].over.extend(over.into_iter().map(since));
    }
}
