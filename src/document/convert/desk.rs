//! The desk.

use std::collections::BTreeMap;

use super::{At, Context, Length};
use crate::document::shape::{self, Duration, Law, Recall as RecallShape, Share, YearlyAmount};
use crate::document::{Code, Diagnostic};
use crate::model::{Desk, Probability, Rate, Recall, Stage, StepClass};

/// Analysts.
const MOST_ANALYSTS: u32 = 10_000;

/// The desk's fields, as far as their form is right.
#[derive(Debug)]
pub(crate) struct Raw<'d> {
    pub(crate) at: At<'d>,
    pub(crate) analysts: Option<u32>,
    pub(crate) believes_at_start: Option<Share>,
    pub(crate) flows_at_start: Option<Share>,
    pub(crate) people_at_start: Option<Share>,
    pub(crate) each_signal_takes: Option<Law<Duration>>,
    pub(crate) if_misused_expects: Option<BTreeMap<StepClass, shape::Rate>>,
    pub(crate) expects_authorised: Share,
    pub(crate) forgets_half_in: Option<Duration>,
    pub(crate) watches_at: Option<Share>,
    pub(crate) investigates_at: Option<Share>,
    pub(crate) acts_at: Option<Share>,
    /// Place and form of each stage.
    pub(crate) stages: Vec<(At<'d>, Option<shape::Stage>)>,
    pub(crate) recall: RecallShape,
    pub(crate) finds_anyway: shape::Rate,
    pub(crate) cost: YearlyAmount,
}

impl<'d> Context<'d> {
    pub(crate) fn desk(&mut self, raw: &Raw<'d>) -> Option<Desk> {
        let at = raw.at;
        let analysts =
            raw.analysts.and_then(|n| self.count(n, at.field("analysts"), 0, MOST_ANALYSTS, "number of analysts"));
        let prior = self.belief(raw.believes_at_start, at.field("believes_at_start"));
        let mut other_prior = |share: Option<Share>, field: &str| match share {
            None => prior,
            stated => self.belief(stated, at.field(field)),
        };
        let flow_prior = other_prior(raw.flows_at_start, "flows_at_start");
        let people_prior = other_prior(raw.people_at_start, "people_at_start");
        let each_signal_takes = match &raw.each_signal_takes {
            Some(law) => self.duration_law(law, at.field("each_signal_takes")).map(Some),
            None => Some(None),
        };
        let expects =
            raw.if_misused_expects.as_ref().and_then(|rates| self.expects(rates, at.field("if_misused_expects")));
        let expects_authorised = self.share(raw.expects_authorised, at.field("expects_authorised"));
        let forgets = raw.forgets_half_in.and_then(|d| self.duration(d, at.field("forgets_half_in"), Length::Positive));
        let watches_at = self.belief(raw.watches_at, at.field("watches_at"));
        let investigates_at = self.belief(raw.investigates_at, at.field("investigates_at"));
        let acts_at = self.belief(raw.acts_at, at.field("acts_at"));
        let rising = self.rising(watches_at, investigates_at, "watches_at", "investigates_at", at);
        let rising = self.rising(investigates_at, acts_at, "investigates_at", "acts_at", at) && rising;
        let place = at.field("stages");
        let some = self.not_empty(&raw.stages, place, "stage");
        self.stage_names(&raw.stages);
        let stages: Vec<Option<Stage>> =
            raw.stages.iter().map(|(at, stage)| self.stage(stage.as_ref()?, *at)).collect();
        let recall = {
            let place = at.field("recall");
            let finds = self.rate(raw.recall.finds, place.field("finds"));
            let traceable = self.share(raw.recall.traceable, place.field("traceable"));
            finds.zip(traceable).map(|(finds, traceable)| Recall { finds, traceable })
        };
        let finds_anyway = self.rate(raw.finds_anyway, at.field("finds_anyway"));
        let YearlyAmount::EuroPerYear(euro) = raw.cost;
        let cost = self.money(euro, at.field("cost"));
        if !rising {
            return None;
        }
        some?;
        Some(Desk {
            analysts: analysts?,
            prior: prior?,
            flow_prior: flow_prior?,
            people_prior: people_prior?,
            each_signal_takes: each_signal_takes?,
            expects: expects?,
            expects_authorised: expects_authorised?,
            forgets_half_in: forgets?,
            watches_at: watches_at?,
            investigates_at: investigates_at?,
            acts_at: acts_at?,
            stages: stages.into_iter().collect::<Option<_>>()?,
            recall: recall?,
            finds_anyway: finds_anyway?,
            cost: cost?,
        })
    }

    /// A belief that evidence can move and reach: neither never nor certain.
    pub(crate) fn belief(&mut self, share: Option<Share>, at: At) -> Option<Probability> {
        let belief = self.share(share?, at)?;
        if belief.logit().is_finite() {
            return Some(belief);
        }
        let message = format!("no evidence leads to or from a belief of `{}`", self.written(at));
        self.report(Code::Certainty, at, message, "write something between, such as Percent(1) or Percent(99)");
        None
    }

    fn expects(&mut self, rates: &BTreeMap<StepClass, shape::Rate>, at: At) -> Option<Vec<(StepClass, Rate)>> {
        let read: Vec<_> =
            rates.iter().map(|(class, rate)| Some((*class, self.rate(*rate, at.field(class.name()))?))).collect();
        read.into_iter().collect()
    }

    fn rising(
        &mut self,
        low: Option<Probability>,
        high: Option<Probability>,
        low_name: &str,
        high_name: &str,
        at: At,
    ) -> bool {
        let (Some(low), Some(high)) = (low, high) else { return true };
        if low < high {
            return true;
        }
        let (lower, upper) = (at.field(low_name), at.field(high_name));
        let message =
            format!("`{high_name}: {}` is not over `{low_name}: {}`", self.written(upper), self.written(lower));
        let problem = Diagnostic::new(Code::ThresholdsFall, upper.node.span, message)
            .help("thresholds rise: watches_at < investigates_at < acts_at")
            .related(lower.node.span, "must be lower");
        self.push(at.file, problem);
        false
    }

    fn stage(&mut self, stage: &shape::Stage, at: At) -> Option<Stage> {
        let takes = self.duration_law(&stage.takes, at.field("takes"));
        let finds_link = self.share(stage.finds_link, at.field("finds_link"));
        let false_link = self.share(stage.false_link, at.field("false_link"));
        Some(Stage { name: stage.name.clone(), takes: takes?, finds_link: finds_link?, false_link: false_link? })
    }

    fn stage_names(&mut self, stages: &[(At<'d>, Option<shape::Stage>)]) {
        let mut seen = BTreeMap::new();
        for (at, stage) in stages {
            let Some(stage) = stage else { continue };
            let place = at.field("name");
            self.good_name(&stage.name, at.file, place.node.span);
            if let Some(first) = seen.insert(stage.name.as_str(), place.node.span) {
                let message = format!("`{}` names two stages", self.written(place));
                let problem = Diagnostic::new(Code::ListedTwice, place.node.span, message)
                    .help("rename one of the two")
                    .related(first, "first here");
                self.push(at.file, problem);
            }
        }
    }
}
