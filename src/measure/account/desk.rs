//! What the desk came to believe of each operator, out of what, and whom it named.

use std::collections::BTreeMap;

use crate::measure::Measure;
use crate::measure::account::term::{Amount, Explained, Milestone, Note, Part, Reading, Term};
use crate::model::{CaseId, LayerId, OperatorId};
use crate::plan::Plan;
use crate::sim::{Because, Detail, Record};
use crate::time::SimTime;

/// What the desk came to believe of an operator.
#[derive(Clone, Debug, PartialEq)]
pub struct DeskAccount {
    /// The operator.
    pub operator: OperatorId,
    /// Where it began and where it stood at the end.
    pub balance: Balance,
    /// Highest belief, and when.
    pub highest: (f64, SimTime),
    /// Whether a case found a linking item.
    pub link: bool,
    /// What the desk heard and did about it, in order.
    pub events: Vec<(SimTime, DeskEvent)>,
    /// When the desk named it, if it did.
    pub naming: Option<Naming>,
}

/// Belief as a sum.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Balance {
    /// Log odds before anything was learnt \[nats\].
    pub prior: f64,
    /// What each kind of evidence has added, and how often.
    pub evidence: BTreeMap<Evidence, (f64, f64)>,
    /// All of it, added as it came \[nats\].
    pub learnt: f64,
}

/// A kind of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// Signals with something behind them.
    TrueSignals(LayerId),
    /// Signals with nothing behind them.
    FalseSignals(LayerId),
    /// Stages of cases that found a link.
    Links,
    /// Stages of cases that found none.
    NoLinks,
    /// Audits without a finding.
    CleanAudits(LayerId),
    /// Items looked at without an alarm.
    CleanItems(LayerId),
    /// Days without an alarm.
    QuietDays(LayerId),
    /// What was learnt fades.
    Fading,
}

/// The desk named an operator.
#[derive(Clone, Debug, PartialEq)]
pub struct Naming {
    /// When.
    pub at: SimTime,
    /// Whether it takes part.
    pub rightly: bool,
    /// Belief as a sum at that moment.
    pub balance: Balance,
    /// How many of the operator's events had happened by then.
    pub events: usize,
}

/// What the desk heard or did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DeskEvent {
    /// It heard of a signal.
    Signal {
        /// Its number.
        signal: u32,
        /// The layer.
        layer: LayerId,
        /// Whether there was something behind it.
        genuine: bool,
        /// When it was noticed.
        noticed: SimTime,
        /// What it weighed \[nats\].
        nats: f64,
        /// What a find added, within that \[nats\]; 0 if nothing was found.
        find: f64,
        /// Belief after it.
        belief: f64,
    },
    /// It began to watch the operator.
    WatchBegan,
    /// It stopped.
    WatchEnded,
    /// It opened a case.
    CaseOpened {
        /// The case.
        case: CaseId,
        /// Whether the operator takes part.
        rightly: bool,
    },
    /// A stage of a case ended.
    Stage {
        /// The case.
        case: CaseId,
        /// Which stage, from 0.
        stage: u32,
        /// Whether it found a linking item.
        link: bool,
        /// What that weighed \[nats\].
        nats: f64,
        /// Belief after it.
        belief: f64,
    },
    /// A case ended.
    CaseClosed(CaseId),
    /// It named the operator, rightly or wrongly.
    Named(bool),
}

/// The desk.
#[derive(Clone, Debug)]
pub(super) struct Desk {
    operators: Vec<DeskAccount>,
    /// When each signal was noticed, and whether there is something behind it.
    noticed: BTreeMap<u32, (SimTime, bool)>,
    /// Nats of what the next record tells, and of a find within them.
    weighed: (f64, f64),
    /// Which layers are people who speak up.
    tips: Vec<bool>,
    /// The operators that take part.
    ours: Vec<OperatorId>,
    campaign_began: Option<SimTime>,
}

impl Desk {
    pub(super) fn new(plan: &Plan, ours: Option<OperatorId>) -> Self {
        let prior = plan.scenario.desk.as_ref().map_or(f64::NEG_INFINITY, |desk| desk.prior.logit());
        let account = |o| DeskAccount {
            operator: OperatorId::from_index(o),
            balance: Balance { prior, ..Balance::default() },
            highest: (1.0 / (1.0 + libm::exp(-prior)), SimTime::ZERO),
            link: false,
            events: Vec::new(),
            naming: None,
        };
        Desk {
            operators: (0..plan.scenario.operators.len()).map(account).collect(),
            noticed: BTreeMap::new(),
            weighed: (0.0, 0.0),
            tips: plan.scenario.layers.iter().map(crate::model::Layer::is_tip).collect(),
            ours: ours.into_iter().collect(),
            campaign_began: None,
        }
    }

    pub(super) fn accounts(&self) -> &[DeskAccount] {
        &self.operators
    }

    pub(super) fn weigh(&mut self, detail: &Detail) {
        let Detail::Weighed { operator, nats, because } = *detail else { return };
        let kind = match because {
            Because::Signal { signal, layer, find, .. } => {
                self.weighed = (nats, find);
                let genuine = self.noticed.get(&signal).is_some_and(|(_, genuine)| *genuine);
                if genuine { Evidence::TrueSignals(layer) } else { Evidence::FalseSignals(layer) }
            }
            Because::Stage { link, .. } => {
                self.weighed = (nats, 0.0);
                if link { Evidence::Links } else { Evidence::NoLinks }
            }
            Because::QuietDay(layer) => Evidence::QuietDays(layer),
            Because::CleanItems(layer, _) => Evidence::CleanItems(layer),
            Because::CleanAudit(layer) => Evidence::CleanAudits(layer),
            Because::Fading => Evidence::Fading,
        };
        let times = if let Because::CleanItems(_, items) = because { items } else { 1.0 };
        let balance = &mut self.operators[operator.index()].balance;
        balance.learnt += nats;
        // What weighs nothing is no evidence.
        if nats != 0.0 {
            let (n, sum) = balance.evidence.entry(kind).or_default();
            *n += times;
            *sum += nats;
        }
    }

    pub(super) fn record(&mut self, at: SimTime, record: &Record) {
        let (nats, find) = self.weighed;
        match *record {
            Record::CampaignBegan { .. } => self.campaign_began = Some(at),
            Record::MovedOn { operator } => self.ours.push(operator),
            Record::Noticed { signal, genuine, .. } => _ = self.noticed.insert(signal, (at, genuine)),
            Record::Reported { signal, layer, operator, genuine, belief } => {
                let noticed = self.noticed.get(&signal).map_or(at, |(noticed, _)| *noticed);
                self.believe(operator, belief, at);
                self.add(at, operator, DeskEvent::Signal { signal, layer, genuine, noticed, nats, find, belief });
            }
            Record::WatchBegan { operator, .. } => self.add(at, operator, DeskEvent::WatchBegan),
            Record::WatchEnded { operator } => self.add(at, operator, DeskEvent::WatchEnded),
            Record::CaseOpened { case, operator, rightly } => {
                self.add(at, operator, DeskEvent::CaseOpened { case, rightly });
            }
            Record::StageEnded { case, stage, link, belief } => {
                let Some(operator) = self.subject(case) else { return };
                self.operators[operator.index()].link |= link;
                self.believe(operator, belief, at);
                self.add(at, operator, DeskEvent::Stage { case, stage, link, nats, belief });
            }
            Record::CaseClosed { case, operator } => self.add(at, operator, DeskEvent::CaseClosed(case)),
            Record::Attributed { operator, rightly } => {
                self.add(at, operator, DeskEvent::Named(rightly));
                let account = &mut self.operators[operator.index()];
                let (balance, events) = (account.balance.clone(), account.events.len());
                account.naming = Some(Naming { at, rightly, balance, events });
            }
            _ => {}
        }
    }

    pub(super) fn believe(&mut self, operator: OperatorId, belief: f64, at: SimTime) {
        let highest = &mut self.operators[operator.index()].highest;
        if belief > highest.0 {
            *highest = (belief, at);
        }
    }

    fn add(&mut self, at: SimTime, operator: OperatorId, event: DeskEvent) {
        self.operators[operator.index()].events.push((at, event));
    }

    fn subject(&self, case: CaseId) -> Option<OperatorId> {
        let opens =
            |(_, event): &(SimTime, DeskEvent)| matches!(event, DeskEvent::CaseOpened { case: c, .. } if *c == case);
        self.operators.iter().find(|account| account.events.iter().any(opens)).map(|account| account.operator)
    }

    /// All that the desk heard and did, by operator.
    fn events(&self) -> impl Iterator<Item = (OperatorId, SimTime, DeskEvent)> {
        self.operators
            .iter()
            .flat_map(|account| account.events.iter().map(|(at, event)| (account.operator, *at, *event)))
    }

    pub(super) fn explain(&self, measure: Measure, end: SimTime) -> Explained {
        match measure {
            Measure::FirstSignalDay | Measure::InvestigationDay | Measure::AttributionDay => self.time(measure, end),
            Measure::FalseAlarmsAMonth => self.false_alarms(end),
            Measure::DetectedByTip => {
                Explained::new(measure, Reading::AnyAtAll, self.led_to_case().into_iter().collect())
            }
            Measure::OpenCases => {
                let closed = |case| self.events().any(|(_, _, event)| event == DeskEvent::CaseClosed(case));
                let open = self.events().filter_map(|(operator, opened, event)| match event {
                    DeskEvent::CaseOpened { case, .. } if !closed(case) => {
                        let part = Part::Case { case, operator, opened };
                        Some(Term::under(Part::Operator(operator), part, Amount::ONE))
                    }
                    _ => None,
                });
                Explained::new(measure, Reading::Itself, open.collect())
            }
            _ => {
                let rightly = measure == Measure::Attributed;
                let named = self.operators.iter().filter_map(|account| {
                    let naming = account.naming.as_ref().filter(|naming| naming.rightly == rightly)?;
                    Some(Term::alone(Part::Named(account.operator, naming.at), Amount::ONE))
                });
                let mut explained = Explained::new(measure, Reading::AnyAtAll, named.collect());
                if explained.terms.len() > 1 {
                    explained.notes.push(Note::CountedOnce);
                }
                if explained.terms.is_empty() {
                    explained.notes = self.beliefs(|o| self.ours.contains(&o) == rightly);
                }
                explained
            }
        }
    }

    fn beliefs(&self, of: impl Fn(OperatorId) -> bool) -> Vec<Note> {
        let accounts = self.operators.iter().filter(|account| of(account.operator));
        accounts
            .map(|account| Note::Belief {
                operator: account.operator,
                highest: account.highest.0,
                at: account.highest.1,
                link: account.link,
            })
            .collect()
    }

    /// The last true signal before the first right case, if it came from people who speak up.
    fn led_to_case(&self) -> Option<Term> {
        let opened = self.events().filter(|(.., event)| matches!(event, DeskEvent::CaseOpened { rightly: true, .. }));
        let opened = opened.map(|(_, at, _)| at).min()?;
        let heard = self.events().filter_map(|(operator, at, event)| match event {
            DeskEvent::Signal { signal, layer, genuine: true, .. } if at <= opened => {
                Some((at, signal, layer, operator))
            }
            _ => None,
        });
        let (at, signal, layer, operator) = heard.max_by_key(|(at, signal, ..)| (*at, *signal))?;
        self.tips[layer.index()]
            .then(|| Term::under(Part::Layer(layer), Part::Signal { signal, operator, at }, Amount::ONE))
    }

    fn false_alarms(&self, end: SimTime) -> Explained {
        let mut heard: Vec<(LayerId, SimTime, u32, OperatorId)> = self
            .events()
            .filter_map(|(operator, at, event)| match event {
                DeskEvent::Signal { signal, layer, genuine: false, .. } => Some((layer, at, signal, operator)),
                _ => None,
            })
            .collect();
        heard.sort();
        let terms = heard.into_iter().map(|(layer, at, signal, operator)| {
            Term::under(Part::Layer(layer), Part::Signal { signal, operator, at }, Amount::ONE)
        });
        Explained::new(Measure::FalseAlarmsAMonth, Reading::AMonth(end), terms.collect())
    }

    /// A time as the sum of what passed between milestones.
    fn time(&self, measure: Measure, end: SimTime) -> Explained {
        let stones = self.milestones();
        let is_end = |stone: &Milestone| match measure {
            Measure::FirstSignalDay => matches!(stone, Milestone::Heard(..)),
            Measure::InvestigationDay => matches!(stone, Milestone::CaseOpened(_)),
            _ => matches!(stone, Milestone::Named),
        };
        let reached = stones.iter().find(|(_, stone)| is_end(stone)).copied();
        let (until, last) = reached.unwrap_or((end, Milestone::Horizon));
        let before = stones.into_iter().take_while(|(_, stone)| !is_end(stone));
        let mut terms = Vec::new();
        let mut from = SimTime::ZERO;
        for (at, stone) in before.chain([(until, last)]) {
            terms.push(Term::alone(Part::Until(stone), Amount::count(at.since(from).millis())));
            from = at;
        }
        let mut explained = Explained::new(measure, Reading::Days, terms);
        explained.censored = reached.is_none();
        if explained.censored {
            explained.notes = match measure {
                Measure::FirstSignalDay => vec![Note::NoTrueSignal],
                _ => self.beliefs(|o| self.ours.contains(&o)),
            };
        }
        explained
    }

    /// What brought the desk nearer to the campaign's operator, each for the first time, in order.
    fn milestones(&self) -> Vec<(SimTime, Milestone)> {
        let mut stones: Vec<(SimTime, Milestone)> = Vec::new();
        stones.extend(self.campaign_began.map(|at| (at, Milestone::CampaignBegan)));
        let first = |pick: &dyn Fn(OperatorId, DeskEvent) -> Option<Milestone>| {
            let picked = self.events().filter_map(|(operator, at, event)| Some((at, pick(operator, event)?)));
            picked.min_by_key(|(at, _)| *at)
        };
        let ours = |operator| self.ours.contains(&operator);
        let heard = self
            .events()
            .filter_map(|(_, at, event)| match event {
                DeskEvent::Signal { signal, layer, genuine: true, noticed, .. } => Some((at, signal, layer, noticed)),
                _ => None,
            })
            .min_by_key(|(at, signal, ..)| (*at, *signal));
        stones.extend(heard.map(|(_, signal, layer, noticed)| (noticed, Milestone::Noticed(layer, signal))));
        stones.extend(heard.map(|(at, signal, layer, _)| (at, Milestone::Heard(layer, signal))));
        stones.extend(first(&|operator, event| {
            (ours(operator) && event == DeskEvent::WatchBegan).then_some(Milestone::Watched)
        }));
        stones.extend(first(&|_, event| match event {
            DeskEvent::CaseOpened { case, rightly: true } => Some(Milestone::CaseOpened(case)),
            _ => None,
        }));
        stones.extend(first(&|operator, event| match event {
            DeskEvent::Stage { case, link: true, .. } if ours(operator) => Some(Milestone::LinkFound(case)),
            _ => None,
        }));
        stones.extend(first(&|_, event| (event == DeskEvent::Named(true)).then_some(Milestone::Named)));
        // Of what fell on one instant, the order above holds.
        stones.sort_by_key(|(at, _)| *at);
        stones
    }
}

impl Balance {
    /// Belief that the sum stands for.
    pub fn belief(&self) -> f64 {
        1.0 / (1.0 + libm::exp(-(self.prior + self.learnt)))
    }
}
