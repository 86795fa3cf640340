//! The campaign: an adversary's goals and steps.

use super::{At, Context, Length, Named, Noun};
use crate::document::shape::{self, Duration, Instant, Law, Share};
use crate::document::{Code, Diagnostic, clip};
use crate::model::{
    Adversary, After, Campaign, Caution, Goals, Heat, OperatorId, Repeats, Step, StepClass, StepEffect, StepId, ZoneId,
};

/// Effort of one attempt, and of a whole campaign.
const MOST_EFFORT: f64 = 1e9;

/// The campaign's fields, as far as their form is right.
#[derive(Debug)]
pub(crate) struct Raw<'d> {
    pub(crate) at: At<'d>,
    pub(crate) uses: Option<String>,
    pub(crate) elsewhere: Option<String>,
    pub(crate) says_elsewhere: bool,
    pub(crate) starts: Option<Instant>,
    pub(crate) adversary: shape::Adversary,
    pub(crate) pauses_after_alert: Option<Share>,
    pub(crate) pause_lasts: Duration,
    pub(crate) after_alert: Option<shape::Heat>,
    pub(crate) tempo: f64,
    pub(crate) budget: Option<f64>,
    pub(crate) goals: Option<shape::Goals>,
    pub(crate) steps: Vec<Named<'d, shape::Step>>,
    pub(crate) altered_goods_act_after: Option<Law<Duration>>,
    /// It says OnTrigger instead.
    pub(crate) waits_for_trigger: bool,
}

impl<'d> Context<'d> {
    /// The campaign. `handlers` are the operators that handle goods, in the order of the document.
    pub(crate) fn campaign(&mut self, raw: &Raw<'d>, handlers: &[OperatorId]) -> Option<Campaign> {
        let at = raw.at;
        let uses = raw.uses.as_ref().and_then(|name| self.operator_id(name, at.field("uses")));
        let elsewhere = match &raw.elsewhere {
            Some(name) => self.operator_id(name, at.field("elsewhere")),
            None if raw.says_elsewhere => None,
            None => self.somebody_else(uses, handlers, at),
        };
        let starts = raw.starts.and_then(|starts| self.instant(starts, at.field("starts")));
        let pauses = raw.pauses_after_alert.and_then(|share| self.share(share, at.field("pauses_after_alert")));
        let pause = self.duration(raw.pause_lasts, at.field("pause_lasts"), Length::Any);
        let goals = raw.goals.as_ref().and_then(|goals| self.goals(goals, at.field("goals")));
        if raw.steps.is_empty() {
            self.report(
                Code::Empty,
                at.field("steps"),
                "there is no step in it",
                "add a step, or write campaign: NoCampaign",
            );
        }
        let steps: Vec<Option<Step>> =
            raw.steps.iter().map(|step| self.step(&step.id, step.value.as_ref()?, step.at)).collect();
        let acts = match &raw.altered_goods_act_after {
            Some(law) => self.duration_law(law, at.field("altered_goods_act_after")).map(Some),
            None => raw.waits_for_trigger.then_some(None),
        };
        let adversary = self.adversary(&raw.adversary, at.field("adversary"));
        let heat = self.heat(raw.after_alert.as_ref(), at.field("after_alert"));
        let tempo = self.number(raw.tempo, at.field("tempo"), 0.01, 100.0);
        let budget = match raw.budget {
            Some(budget) => self.number(budget, at.field("budget"), 0.0, MOST_EFFORT).map(Some),
            None => Some(None),
        };
        let circular = self.cycles(&raw.steps);
        if let (Some(uses), Some(elsewhere)) = (uses, elsewhere)
            && uses == elsewhere
        {
            let place = at.field("elsewhere");
            let message = format!("`{}` is the operator that the campaign uses in the real world", self.written(place));
            self.report(
                Code::SameOperator,
                place,
                message,
                "name another operator: in this world suspicion has the wrong object",
            );
            return None;
        }
        if circular || raw.steps.is_empty() {
            return None;
        }
        Some(Campaign {
            uses: uses?,
            elsewhere: elsewhere?,
            starts: starts?,
            adversary: adversary?,
            heat: heat?,
            tempo: tempo?,
            budget: budget?,
            pauses_after_alert: pauses?,
            pause: pause?,
            goals: goals?,
            steps: steps.into_iter().collect::<Option<_>>()?,
            altered_goods_act_after: acts?,
        })
    }

    fn somebody_else(&mut self, uses: Option<OperatorId>, handlers: &[OperatorId], at: At) -> Option<OperatorId> {
        let other = handlers.iter().copied().find(|operator| Some(*operator) != uses);
        if other.is_none() && uses.is_some() {
            let message = "no other operator handles goods, so that nothing could happen elsewhere";
            let help = "add an operator that handles some of the traffic, or write campaign: NoCampaign";
            self.report_head(Code::SameOperator, at, message, help);
        }
        other
    }

    fn goals(&mut self, goals: &shape::Goals, at: At) -> Option<Goals> {
        let catalogue = self.share(goals.catalogue, at.field("catalogue"));
        let alter = self.share(goals.alter, at.field("alter"));
        let exploit = self.share(goals.exploit, at.field("exploit"));
        let goals = Goals { catalogue: catalogue?, alter: alter?, exploit: exploit? };
        let sum = 100.0 * (goals.catalogue.get() + goals.alter.get() + goals.exploit.get());
        if (sum - 100.0).abs() > 0.01 {
            let message = format!("the goals sum to {} %, not to 100 %", (sum * 100.0).round() / 100.0);
            self.report_head(Code::GoalsSum, at, message, "they are weights of one whole; a goal of 0 is not pursued");
            return None;
        }
        Some(goals)
    }

    fn step(&mut self, id: &str, step: &shape::Step, at: At) -> Option<Step> {
        let place = at.field("after");
        let after = match &step.after {
            shape::After::Start => Some(After::Start),
            shape::After::AllOf(names) => self.steps(names, place.inside()).map(After::AllOf),
            shape::After::AnyOf(names) => self.steps(names, place.inside()).map(After::AnyOf),
        };
        let takes = self.duration(step.takes, at.field("takes"), Length::Any);
        let succeeds = self.share(step.succeeds, at.field("succeeds"));
        let repeats = match step.repeats {
            None => Some(Repeats::Once),
            Some(repeats) => self.repeats(repeats, at.field("repeats")),
        };
        let enters = match &step.enters {
            None => Some(None),
            Some(zone) => self.resolve(Noun::Zone, zone, at.field("enters")).map(|z| Some(ZoneId::from_index(z))),
        };
        let effort = self.number(step.effort, at.field("effort"), 0.0, MOST_EFFORT);
        let effect = self.step_effect(step, at);
        let ids = self.standard_ids(&step.ids, at.field("ids"));
        Some(Step {
            id: id.to_owned(),
            class: step.class,
            after: after?,
            takes: takes?,
            succeeds: succeeds?,
            repeats: repeats?,
            enters: enters?,
            effort: effort?,
            effect: effect?,
            ids,
        })
    }

    /// What belongs to one class of steps only.
    fn step_effect(&mut self, step: &shape::Step, at: At) -> Option<StepEffect> {
        use StepClass::{Conceal, Exploit, Trigger};
        let stated = [
            ("hides", step.hides.is_some(), Conceal),
            ("lasts", step.lasts.is_some(), Conceal),
            ("sets_off", step.sets_off.is_some(), Trigger),
            ("consignors_lose", step.consignors_lose.is_some(), Exploit),
        ];
        let mut fits = true;
        for (field, given, class) in stated {
            if given && step.class != class {
                let message = format!("`{field}` belongs to steps of class {}", class.name());
                let help = format!("remove it, or write class: {}", class.name());
                self.report(Code::Contradiction, at.field(field), message, help);
                fits = false;
            }
        }
        if !fits {
            return None;
        }
        match step.class {
            Conceal => {
                let share = self.share(step.hides.unwrap_or(Share::Percent(50.0)), at.field("hides"));
                let lasts = step.lasts.unwrap_or(Duration::Days(90.0));
                let lasts = self.duration(lasts, at.field("lasts"), Length::Positive);
                Some(StepEffect::Hides { share: share?, lasts: lasts? })
            }
            Trigger => {
                let share = step.sets_off.unwrap_or(Share::Percent(100.0));
                self.share(share, at.field("sets_off")).map(StepEffect::SetsOff)
            }
            Exploit => {
                let shape::Amount::Euro(euro) = step.consignors_lose.unwrap_or(shape::Amount::Euro(0.0));
                self.money(euro, at.field("consignors_lose")).map(StepEffect::Loses)
            }
            _ => Some(StepEffect::Plain),
        }
    }

    fn adversary(&mut self, adversary: &shape::Adversary, at: At) -> Option<Adversary> {
        let mut caution = |fears: Share, loses: f64| {
            let fears = self.share(fears, at.field("fears"));
            let loses = self.number(loses, at.field("loses"), 0.0, 1000.0);
            Some(Caution { fears: fears?, loses: loses? })
        };
        match *adversary {
            shape::Adversary::Fixed => Some(Adversary::Fixed),
            shape::Adversary::Myopic { fears, loses } => caution(fears, loses).map(Adversary::Myopic),
            shape::Adversary::Quantal { fears, loses, sharpness } => {
                let caution = caution(fears, loses);
                let sharpness = self.number(sharpness, at.field("sharpness"), 0.0, 100.0);
                Some(Adversary::Quantal { caution: caution?, sharpness: sharpness? })
            }
        }
    }

    fn heat(&mut self, heat: Option<&shape::Heat>, at: At) -> Option<Heat> {
        let none = shape::defaults::none();
        let [slows, operator, goods] =
            heat.map_or([none; 3], |heat| [heat.slows, heat.changes_operator, heat.changes_goods]);
        let slows = self.share(slows, at.field("slows"));
        let changes_operator = self.share(operator, at.field("changes_operator"));
        let changes_goods = self.share(goods, at.field("changes_goods"));
        Some(Heat { slows: slows?, changes_operator: changes_operator?, changes_goods: changes_goods? })
    }

    fn repeats(&mut self, repeats: shape::Repeats, at: At) -> Option<Repeats> {
        let rate = match repeats {
            shape::Repeats::PerHour(n) => shape::Rate::PerHour(n),
            shape::Repeats::PerDay(n) => shape::Rate::PerDay(n),
            shape::Repeats::PerWeek(n) => shape::Rate::PerWeek(n),
            shape::Repeats::PerMonth(n) => shape::Rate::PerMonth(n),
            shape::Repeats::PerYear(n) => shape::Rate::PerYear(n),
            shape::Repeats::Every(interval) => return self.interval(interval, at.inside()).map(Repeats::Every),
        };
        self.rate(rate, at).map(Repeats::At)
    }

    fn steps(&mut self, names: &[String], at: At) -> Option<Vec<StepId>> {
        let some = self.not_empty(names, at, "step");
        self.no_repeats(names, at);
        let steps: Vec<Option<StepId>> = names
            .iter()
            .enumerate()
            .map(|(nth, name)| self.resolve(Noun::Step, name, at.nth(nth)).map(StepId::from_index))
            .collect();
        some?;
        steps.into_iter().collect()
    }

    /// Reports steps that wait for themselves: those that are left when all that could begin have begun. A step whose
    /// form is wrong is taken to begin.
    fn cycles(&mut self, steps: &[Named<'d, shape::Step>]) -> bool {
        let mut begun: Vec<bool> = steps.iter().map(|step| step.value.is_none()).collect();
        let known = |name: &String| steps.iter().position(|step| step.id == *name);
        let waits_for: Vec<(bool, Vec<Option<usize>>)> = steps
            .iter()
            .map(|step| match step.value.as_ref().map(|step| &step.after) {
                Some(shape::After::AllOf(names)) => (true, names.iter().map(known).collect()),
                Some(shape::After::AnyOf(names)) => (false, names.iter().map(known).collect()),
                _ => (true, Vec::new()),
            })
            .collect();
        loop {
            let mut more = false;
            for step in 0..steps.len() {
                let (all, names) = &waits_for[step];
                let is_begun = |name: &Option<usize>| name.is_none_or(|other| begun[other]);
                let begins =
                    if *all || names.is_empty() { names.iter().all(is_begun) } else { names.iter().any(is_begun) };
                if begins && !begun[step] {
                    begun[step] = true;
                    more = true;
                }
            }
            if !more {
                break;
            }
        }
        let mut circular = false;
        for (nth, step) in steps.iter().enumerate() {
            // Of the steps that never begin, those on a circle; the others only wait for one.
            let Some(circle) = circle_through(nth, &waits_for, &begun) else { continue };
            circular = true;
            // A circle is reported once, at its first step.
            if circle.iter().any(|other| *other < nth) {
                continue;
            }
            let names: Vec<String> = circle.iter().map(|other| clip(&steps[*other].id, 40)).collect();
            let message = match names.len() {
                1 => format!("`{}` waits for itself", names[0]),
                _ => format!("these steps wait for each other: {}, {}", names.join(", "), names[0]),
            };
            let place = step.at.field("after");
            let problem = Diagnostic::new(Code::StepCycle, place.node.span, message)
                .help("let one of them begin with Start, or with a step outside the circle");
            self.push(place.file, problem);
        }
        circular
    }
}

/// The shortest circle of waiting steps that leads from a step back to it.
fn circle_through(start: usize, waits_for: &[(bool, Vec<Option<usize>>)], begun: &[bool]) -> Option<Vec<usize>> {
    if begun[start] {
        return None;
    }
    let mut came_from: Vec<Option<usize>> = vec![None; begun.len()];
    let mut queue = std::collections::VecDeque::from([start]);
    while let Some(step) = queue.pop_front() {
        for next in waits_for[step].1.iter().flatten().copied().filter(|next| !begun[*next]) {
            if next == start {
                let mut circle = vec![step];
                while let Some(before) = came_from[circle[circle.len() - 1]] {
                    circle.push(before);
                }
                circle.reverse();
                return Some(circle);
            }
            if came_from[next].is_none() {
                came_from[next] = Some(step);
                queue.push_back(next);
            }
        }
    }
    None
}
