//! When injects come.

use crate::exercise::decision::Standing;
use crate::model::{Inject, When};
use crate::sim::{SignalView, Situation};
use crate::time::SimTime;

/// Whether an inject comes now. Nothing but the situation and the decisions made is looked at.
pub(crate) fn is_due(inject: &Inject, situation: &Situation, decisions: &[Standing]) -> bool {
    match inject.when {
        When::On(at) => situation.at >= at,
        When::Signal { .. } => signal(inject, situation).is_some(),
        When::NotDecided { decision, at } => situation.at >= at && decisions[decision.index()].made.is_none(),
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
        When::Signal { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercise::Made;
    use crate::model::{Channel, DecisionId, LayerId, OperatorId, Text};

    fn inject(when: When) -> Inject {
        let text = Text::parse("").unwrap();
        Inject { id: "x".into(), to: vec![], from: String::new(), by: Channel::Email, when, text }
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
        let open = [Standing { asked: true, made: None }];
        let made = Made { at: SimTime::ZERO, choice: 0, why: None, actions: vec![] };
        let closed = [Standing { asked: true, made: Some(made) }];
        assert!(!is_due(&inject(when), &situation(4, &[]), &open));
        assert!(is_due(&inject(when), &situation(5, &[]), &open));
        assert!(!is_due(&inject(when), &situation(5, &[]), &closed));
    }
}
