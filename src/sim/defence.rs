//! What the defenders have in force: safeguards, responses, what they change, what they cost and whom they burden.

use crate::model::{
    Action, AimedAt, Effect, LayerId, Line, Method, Money, OperatorId, Payer, Recall, Response, SafeguardId, StationId,
    StepClass, SystemId, TrafficId, Watches,
};
use crate::plan::Plan;
use crate::sim::detail::{Bearing, Charge, ChargedFor, Detail, tell};
use crate::sim::engine::Engine;
use crate::sim::event::Event;
use crate::sim::intake::Handling;
use crate::sim::ledger::Ledger;
use crate::sim::record::{Observer, Record};
use crate::sim::situation::SafeguardView;
use crate::time::{SimDuration, SimTime};

/// The state of the defence.
#[derive(Clone, Debug, Default)]
pub(crate) struct Defence {
    safeguards: Vec<SafeguardState>,
    operators: Vec<OperatorState>,
    layers: Vec<LayerState>,
    /// Share of a record's content that is still open, by system.
    pub(super) open: Vec<f64>,
    /// How long records are kept, by system.
    keeps: Vec<SimDuration>,
    /// Share of the attempts that would work and still do, by class of step.
    unhindered: [f64; StepClass::ALL.len()],
    /// What a recall achieves.
    recall: Option<Recall>,
    /// Days times severity, of operators that take no part.
    burden: f64,
    /// What has been charged so far; yearly costs come on top (see `charge_time`).
    pub(crate) ledger: Ledger,
}

#[derive(Clone, Copy, Debug, Default)]
struct SafeguardState {
    bought: Option<SimTime>,
    ready: bool,
}

#[derive(Clone, Debug, Default)]
struct OperatorState {
    scope: f64,
    access: f64,
    heeds: f64,
    handling: Handling,
    responses: Vec<Response>,
    severity: f64,
    borne_until: SimTime,
}

impl OperatorState {
    fn restart(&mut self) {
        let mut responses = std::mem::take(&mut self.responses);
        responses.clear();
        *self = OperatorState { scope: 1.0, access: 1.0, heeds: 1.0, responses, ..OperatorState::default() };
    }
}

#[derive(Clone, Copy, Debug)]
struct LayerState {
    works_from: Option<SimTime>,
    covers: f64,
    catches: f64,
    /// Share of what it would miss that it catches all the same.
    sharper: f64,
}

impl Defence {
    pub(crate) fn restart(&mut self, plan: &Plan) {
        let s = &plan.scenario;
        self.safeguards.clear();
        self.safeguards.resize(s.safeguards.len(), SafeguardState::default());
        self.operators.resize_with(s.operators.len(), OperatorState::default);
        self.operators.iter_mut().for_each(OperatorState::restart);
        self.layers.clear();
        self.layers.extend(s.layers.iter().map(|l| LayerState {
            works_from: l.standing.then_some(SimTime::ZERO),
            covers: l.covers.get(),
            catches: match l.method {
                Method::PerItem { catches, .. } => catches.get(),
                _ => 0.0,
            },
            sharper: 0.0,
        }));
        self.open.clear();
        self.open.resize(s.information.len(), 1.0);
        self.keeps.clear();
        self.keeps.extend(s.information.iter().map(|system| system.keeps));
        self.unhindered = [1.0; StepClass::ALL.len()];
        self.recall = s.desk.as_ref().map(|desk| desk.recall);
        self.burden = 0.0;
        self.ledger = Ledger::default();
    }

    pub(crate) fn handling(&self, operator: OperatorId) -> Handling {
        self.operators[operator.index()].handling
    }

    /// Whether the operator has lost its place at the hub.
    pub(crate) fn is_out(&self, operator: OperatorId) -> bool {
        self.handling(operator) != Handling::Normal
    }

    pub(crate) fn scope(&self, operator: OperatorId) -> f64 {
        self.operators[operator.index()].scope
    }

    pub(crate) fn access(&self, operator: OperatorId) -> f64 {
        self.operators[operator.index()].access
    }

    pub(crate) fn demands_heeded(&self, operator: OperatorId) -> f64 {
        self.operators[operator.index()].heeds
    }

    pub(crate) fn open_share(&self, system: SystemId) -> f64 {
        self.open[system.index()]
    }

    pub(crate) fn keeps(&self, system: SystemId) -> SimDuration {
        self.keeps[system.index()]
    }

    pub(crate) fn unhindered(&self, class: StepClass) -> f64 {
        self.unhindered[class as usize]
    }

    pub(crate) fn recall(&self) -> Option<Recall> {
        self.recall
    }

    #[inline]
    pub(crate) fn works(&self, layer: LayerId) -> bool {
        self.layers[layer.index()].works_from.is_some()
    }

    pub(crate) fn covers(&self, layer: LayerId) -> f64 {
        self.layers[layer.index()].covers
    }

    pub(crate) fn catches(&self, layer: LayerId) -> f64 {
        let LayerState { catches, sharper, .. } = self.layers[layer.index()];
        catches + (1.0 - catches) * sharper
    }

    pub(crate) fn responses(&self, operator: OperatorId) -> &[Response] {
        &self.operators[operator.index()].responses
    }

    pub(crate) fn bought(&self) -> impl Iterator<Item = SafeguardView> {
        self.safeguards.iter().enumerate().filter_map(|(i, s)| {
            s.bought.map(|bought| SafeguardView { safeguard: SafeguardId::from_index(i), bought, ready: s.ready })
        })
    }
}

impl Engine<'_> {
    /// Does one thing on behalf of the defenders, now. Buying again what is bought, and repeating a response that is in
    /// force, changes nothing.
    pub fn apply<O: Observer>(&mut self, action: Action, observer: &mut O) {
        match action {
            Action::Buy(safeguard) => self.buy(safeguard, observer),
            Action::Respond { response, subject } => self.respond(response, subject, observer),
        }
    }

    fn buy<O: Observer>(&mut self, id: SafeguardId, observer: &mut O) {
        let state = &mut self.defence.safeguards[id.index()];
        if state.bought.is_some() {
            return;
        }
        state.bought = Some(self.now);
        let safeguard = &self.plan.scenario.safeguards[id.index()];
        let (payer, what) = (safeguard.paid_by, ChargedFor::Safeguard(id));
        self.charge(Charge { payer, line: Line::SafeguardOnce, amount: safeguard.once, what }, observer);
        observer.record(self.now, &Record::Took { action: Action::Buy(id), wrongful: false });
        self.calendar.schedule(self.now + safeguard.ready_after, Event::Ready(id));
    }

    fn respond<O: Observer>(&mut self, response: Response, subject: OperatorId, observer: &mut O) {
        let o = subject.index();
        let kind = std::mem::discriminant(&response);
        let in_force = self.defence.operators[o].responses.iter().any(|r| std::mem::discriminant(r) == kind);
        let starts = match response {
            Response::Investigate => self.open_case(subject, observer),
            _ => !in_force,
        };
        if !starts {
            return;
        }
        let wrongful = response.is_drastic() && !self.takes_part(subject);
        observer.record(self.now, &Record::Took { action: Action::Respond { response, subject }, wrongful });
        let amount = self.plan.scenario.costs.responses[response.kind() as usize];
        let what = ChargedFor::Response(response.kind(), subject);
        self.charge(Charge { payer: Payer::State, line: Line::Responses, amount, what }, observer);
        if !in_force {
            self.bear(subject, response.severity(), Some(Bearing::Response(response.kind())), observer);
            self.defence.operators[o].responses.push(response);
        }
        let state = &mut self.defence.operators[o];
        match response {
            Response::RestrictScope(by) => state.scope *= by.complement().get(),
            Response::RestrictAccess(by) => state.access *= by.complement().get(),
            Response::Suspend => self.put_out(subject, Handling::Leaves(1.0)),
            Response::Replace => self.put_out(subject, Handling::ByTheHub),
            Response::Recall => self.recall(observer),
            Response::Watch | Response::Investigate => {}
        }
        if response != Response::Watch {
            self.alert(subject, observer);
        }
    }

    fn put_out(&mut self, operator: OperatorId, handling: Handling) {
        self.cut_off(operator);
        self.defence.operators[operator.index()].handling = handling;
        if let Some(touched) = &mut self.touched {
            touched.out_from(operator, self.now);
        }
        self.watch_hold();
    }

    /// A safeguard begins to work.
    pub(crate) fn ready<O: Observer>(&mut self, id: SafeguardId, observer: &mut O) {
        let plan = self.plan;
        self.defence.safeguards[id.index()].ready = true;
        let safeguard = &plan.scenario.safeguards[id.index()];
        let mut wrongful = false;
        for &effect in &safeguard.does {
            wrongful |= matches!(effect, Effect::Remove(o, _) if !self.takes_part(o));
            self.take_effect(effect);
            if let (Effect::Minimise(..) | Effect::MinimiseAll(_), Some(touched)) = (effect, &mut self.touched) {
                touched.open_from(&self.defence.open, self.now);
            }
            if let Effect::Remove(operator, _) = effect {
                self.alert(operator, observer);
            }
        }
        self.start_resets(id);
        for o in 0..self.defence.operators.len() {
            let operator = OperatorId::from_index(o);
            if safeguard.aimed_at == AimedAt::Everyone || safeguard.aimed_at == AimedAt::Operator(operator) {
                self.bear(operator, safeguard.severity, Some(Bearing::Safeguard(id)), observer);
            }
        }
        observer.record(self.now, &Record::Ready { safeguard: id, wrongful });
    }

    fn take_effect(&mut self, effect: Effect) {
        let (now, s) = (self.now, &self.plan.scenario);
        let defence = &mut self.defence;
        match effect {
            Effect::Minimise(system, by) => defence.open[system.index()] *= by.complement().get(),
            Effect::MinimiseAll(by) => defence.open.iter_mut().for_each(|o| *o *= by.complement().get()),
            Effect::Keep(system, to) => defence.keeps[system.index()] = defence.keeps[system.index()].min(to),
            Effect::KeepAll(to) => defence.keeps.iter_mut().for_each(|keeps| *keeps = (*keeps).min(to)),
            Effect::Hinder(steps, by) => {
                steps.iter().for_each(|class| defence.unhindered[class as usize] *= by.complement().get());
            }
            // Their first ones are on the calendar.
            Effect::Reset(..) | Effect::ResetAll(_) => {}
            Effect::BlockDemands(o, by) => defence.operators[o.index()].heeds *= by.complement().get(),
            Effect::BlockAllDemands(by) => {
                defence.operators.iter_mut().for_each(|o| o.heeds *= by.complement().get());
            }
            Effect::GuardGoods(by) => defence.operators.iter_mut().for_each(|o| o.access *= by.complement().get()),
            Effect::AddLayer(layer) => defence.layers[layer.index()].works_from = Some(now),
            Effect::Cover(layer, to) => {
                let covers = &mut defence.layers[layer.index()].covers;
                *covers = covers.max(to.get());
            }
            Effect::Catch(layer, to) => {
                let catches = &mut defence.layers[layer.index()].catches;
                *catches = catches.max(to.get());
            }
            Effect::Sharpen(by) => {
                let at_station = |l: usize| matches!(s.layers[l].watches, Watches::Station(_));
                for (_, layer) in defence.layers.iter_mut().enumerate().filter(|(l, _)| at_station(*l)) {
                    layer.sharper += (1.0 - layer.sharper) * by.get();
                }
            }
            Effect::Trace(to) => {
                defence.recall.iter_mut().for_each(|r| r.traceable = if to > r.traceable { to } else { r.traceable });
            }
            Effect::HastenRecall(to) => {
                defence.recall.iter_mut().for_each(|r| r.finds = if to > r.finds { to } else { r.finds });
            }
            Effect::Slow(..) | Effect::Staff(..) => self.change_station(effect),
            Effect::SlowJob(job, by) => {
                for station in (0..s.stations.len()).filter(|i| s.stations[*i].job == job) {
                    self.change_station(Effect::Slow(StationId::from_index(station), by));
                }
            }
            Effect::Analysts(more) => {
                self.desk.analysts += more;
                self.assign();
            }
            Effect::Remove(o, share) => self.put_out(o, Handling::Leaves(share.get())),
        }
    }

    /// Changes the severity of what an operator bears from now on. Only those that take no part count; more than full
    /// exclusion nobody can bear.
    pub(crate) fn bear<O: Observer>(
        &mut self,
        operator: OperatorId,
        change: f64,
        because: Option<Bearing>,
        observer: &mut O,
    ) {
        let counts = !self.takes_part(operator);
        let state = &mut self.defence.operators[operator.index()];
        if counts {
            self.defence.burden += state.severity.clamp(0.0, 1.0) * self.now.since(state.borne_until).days();
        }
        let (from, severity) = (state.borne_until, state.severity);
        tell(observer, self.now, || Detail::Bore { operator, from, severity, counts, because, change });
        state.borne_until = self.now;
        state.severity += change;
    }

    /// Burden up to now \[subject-days\].
    pub(crate) fn burden<O: Observer>(&mut self, observer: &mut O) -> f64 {
        for o in 0..self.defence.operators.len() {
            self.bear(OperatorId::from_index(o), 0.0, None, observer);
        }
        self.defence.burden
    }

    fn charge<O: Observer>(&mut self, charge: Charge, observer: &mut O) {
        let charge = Charge { amount: self.plan.scenario.costs.present(charge.amount, self.now), ..charge };
        self.defence.ledger.charge(charge.payer, charge.line, charge.amount);
        tell(observer, self.now, || Detail::Charged(charge));
    }

    pub(crate) fn charge_false_alarm<O: Observer>(&mut self, layer: LayerId, observer: &mut O) {
        let (amount, what) = (self.plan.scenario.costs.false_alarm, ChargedFor::FalseAlarm(layer));
        self.charge(Charge { payer: Payer::Hub, line: Line::FalseAlarms, amount, what }, observer);
    }

    pub(crate) fn charge_loss<O: Observer>(&mut self, amount: Money, what: ChargedFor, observer: &mut O) {
        self.charge(Charge { payer: Payer::Consignors, line: Line::Losses, amount, what }, observer);
    }

    /// Charges for so many consignments that went elsewhere.
    pub(crate) fn charge_diverted<O: Observer>(&mut self, traffic: TrafficId, goods: u64, observer: &mut O) {
        let amount = self.plan.scenario.costs.diverted.times(goods as f64);
        let what = ChargedFor::Diverted(traffic);
        self.charge(Charge { payer: Payer::Hub, line: Line::Diverted, amount, what }, observer);
    }

    /// The ledger with everything that accrues over time charged up to now: yearly costs from purchase or start, and
    /// the hours that goods have waited.
    pub(crate) fn books(&self) -> Ledger {
        let mut ledger = self.defence.ledger.clone();
        self.accrue(|charge| ledger.charge(charge.payer, charge.line, charge.amount));
        ledger
    }

    /// Tells what has accrued, as one charge each.
    pub(crate) fn tell_accruals<O: Observer>(&self, observer: &mut O) {
        if O::EXPLAINS {
            self.accrue(|charge| observer.detail(self.now, &Detail::Charged(charge)));
        }
    }

    /// What accrues over time, up to now.
    fn accrue(&self, mut charge: impl FnMut(Charge)) {
        let s = &self.plan.scenario;
        let mut charge = |payer, line, amount, what| charge(Charge { payer, line, amount, what });
        let year = |yearly: Money, from: SimTime| s.costs.present_of_yearly(yearly, from, self.now);
        for (i, (safeguard, state)) in s.safeguards.iter().zip(&self.defence.safeguards).enumerate() {
            if let Some(bought) = state.bought {
                let what = ChargedFor::Safeguard(SafeguardId::from_index(i));
                charge(safeguard.paid_by, Line::SafeguardYearly, year(safeguard.yearly, bought), what);
            }
        }
        for (i, (layer, state)) in s.layers.iter().zip(&self.defence.layers).enumerate() {
            if let Some(from) = state.works_from {
                let what = ChargedFor::Layer(LayerId::from_index(i));
                charge(layer.paid_by, Line::Layers, year(layer.cost, from), what);
            }
        }
        if let Some(desk) = &s.desk {
            charge(Payer::State, Line::Desk, year(desk.cost, SimTime::ZERO), ChargedFor::Desk);
        }
        let waited: u64 = self.stations().map(|at| self.queued(at)).sum();
        let hours = waited as f64 / crate::time::HOUR as f64;
        // Queues are added up without their dates.
        let delay = s.costs.present_of_even(s.costs.delay_hour.times(hours), self.now);
        charge(Payer::Consignors, Line::Delay, delay, ChargedFor::Waiting);
    }
}
