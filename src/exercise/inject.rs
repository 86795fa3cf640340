//! When injects come.

use crate::exercise::decision::Standing;
use crate::model::{Inject, When};
use crate::sim::{SignalView, Situation, holds};
use crate::time::SimTime;

/// What has become of an inject.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fate {
    /// When it came.
    pub come: Option<SimTime>,
    /// Whether the facilitator keeps it back.
    pub held: bool,
    /// Whether the facilitator left it out.
    pub skipped: bool,
}

impl Fate {
    /// Whether it comes by itself when it is time.
    pub(crate) fn is_open(self) -> bool {
        self.come.is_none() && !self.held && !self.skipped
    }
}

/// Whether an inject comes now. Nothing but the situation and the decisions made is looked at.
pub(crate) fn is_due(inject: &Inject, situation: &Situation, decisions: &[Standing]) -> bool {
    match &inject.when {
        When::On(at) => situation.at >= *at,
        When::Signal { .. } => signal(inject, situation).is_some(),
        When::NotDecided { decision, at } => situation.at >= *at && decisions[decision.index()].made.is_none(),
        When::Known(condition) => {
            let suspect = situation.prime_suspect();
            suspect.is_some_and(|suspect| holds(condition, situation, &situation.operators[suspect.index()]))
        }
        When::Chosen { decision, choice, after } => {
            let made = decisions[decision.index()].made.as_ref();
            made.is_some_and(|made| made.choice == *choice && situation.at >= made.at + *after)
        }
    }
}

/// The signal that an inject tells of, if it tells of one and the desk has heard it.
pub(crate) fn signal<'s>(inject: &Inject, situation: &'s Situation) -> Option<&'s SignalView> {
    let When::Signal { layer, nth } = inject.when else { return None };
    situation.signals.iter().filter(|signal| signal.layer == layer).nth(nth as usize - 1)
}

/// The instant at which the engine must stop for an inject, if it is known beforehand.
pub(crate) fn instant(inject: &Inject) -> Option<SimTime> {
    match inject.when {
        When::On(at) | When::NotDecided { at, .. } => Some(at),
        When::Signal { .. } | When::Known(_) | When::Chosen { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercise::Made;
    use crate::model::{Channel, DecisionId, LayerId, OperatorId, Text};
    use crate::time::SimDuration;

    fn inject(when: When) -> Inject {
        let text = Text::parse("").unwrap();
        Inject {
            id: "x".into(),
            to: vec![],
            from: String::new(),
            by: Channel::Email,
            when,
            synopsis: String::new(),
            text,
            expects: None,
            objective: None,
            controller: String::new(),
            guidance: String::new(),
        }
    }

    fn situation(day: u64, layers: &[usize]) -> Situation {
        let signal = |(nth, layer): (usize, &usize)| SignalView {
            signal: nth as u32,
            found: false,
            item: None,
            layer: LayerId::from_index(*layer),
            operator: OperatorId::from_index(0),
            noticed: SimTime::ZERO,
            reported: SimTime::from_days(nth as u64),
        };
        Situation {
            at: SimTime::from_days(day),
            signals: layers.iter().enumerate().map(signal).collect(),
            ..Situation::default()
        }
    }

    #[test]
    fn the_nth_signal_of_a_layer_brings_its_inject() {
        let second = inject(When::Signal { layer: LayerId::from_index(1), nth: 2 });
        assert!(!is_due(&second, &situation(9, &[1, 0, 0]), &[]));
        assert!(is_due(&second, &situation(9, &[1, 0, 1]), &[]));
        assert_eq!(signal(&second, &situation(9, &[1, 0, 1, 1])).unwrap().signal, 2);
    }

    #[test]
    fn a_contingency_inject_comes_only_if_nobody_has_decided() {
        let when = When::NotDecided { decision: DecisionId::from_index(0), at: SimTime::from_days(5) };
        let open = [Standing { asked: Some(SimTime::ZERO), made: None }];
        let closed = [Standing { asked: Some(SimTime::ZERO), made: Some(Made::default()) }];
        assert!(!is_due(&inject(when.clone()), &situation(4, &[]), &open));
        assert!(is_due(&inject(when.clone()), &situation(5, &[]), &open));
        assert!(!is_due(&inject(when), &situation(5, &[]), &closed));
    }

    #[test]
    fn an_inject_answers_a_choice_after_its_time() {
        let decision = DecisionId::from_index(0);
        let answer = inject(When::Chosen { decision, choice: 1, after: SimDuration::from_days(3) });
        let made = |choice| {
            [Standing { asked: None, made: Some(Made { at: SimTime::from_days(2), choice, ..Made::default() }) }]
        };
        assert!(!is_due(&answer, &situation(9, &[]), &[Standing::default()]));
        assert!(!is_due(&answer, &situation(9, &[]), &made(0)));
        assert!(!is_due(&answer, &situation(4, &[]), &made(1)));
        assert!(is_due(&answer, &situation(5, &[]), &made(1)));
    }

    #[test]
    fn a_condition_is_judged_for_whom_the_desk_suspects_most() {
        use crate::model::{Condition, Probability};
        let believed = |belief: &[f64]| Situation {
            operators: belief
                .iter()
                .enumerate()
                .map(|(o, belief)| crate::sim::OperatorView {
                    operator: OperatorId::from_index(o),
                    belief: *belief,
                    watched: false,
                    link: false,
                    signals: 0,
                    people: 0.0,
                    responses: vec![],
                })
                .collect(),
            ..Situation::default()
        };
        let strong = inject(When::Known(Condition::Belief(Probability::new(0.3).unwrap())));
        assert!(!is_due(&strong, &believed(&[]), &[]));
        assert!(!is_due(&strong, &believed(&[0.1, 0.29]), &[]));
        assert!(is_due(&strong, &believed(&[0.1, 0.31]), &[]));
    }
}
