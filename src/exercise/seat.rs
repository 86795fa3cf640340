//! What a seat sees. Everything here is made from a `Situation`; nothing here can hold the truth.

use serde::Serialize;

use crate::model::{Knows, LayerId, Money, OperatorId, Payer, Response, SafeguardId, Seat, SeatId};
use crate::sim::{CaseView, OperatorView, SafeguardView, SignalView, Situation};
use crate::time::SimTime;

/// What one seat sees at an instant. What it may not know is none.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct View {
    /// Whose view it is.
    pub seat: SeatId,
    /// Now.
    pub at: SimTime,
    /// Signals that have reached the desk, oldest first.
    pub signals: Option<Vec<SignalSeen>>,
    /// Open cases, oldest first.
    pub cases: Option<Vec<CaseSeen>>,
    /// What the desk believes, by operator.
    pub beliefs: Option<Vec<BeliefSeen>>,
    /// Goods waiting, by station.
    pub queues: Option<Vec<u32>>,
    /// Costs so far, by payer.
    pub costs: Option<[Money; Payer::ALL.len()]>,
    /// What is in force.
    pub measures: Option<MeasuresSeen>,
}

/// A signal, as it was reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "named as the fields of `SignalView`")]
pub struct SignalSeen {
    pub layer: LayerId,
    pub operator: OperatorId,
    pub noticed: SimTime,
    pub reported: SimTime,
}

/// An open case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "named as the fields of `CaseView`")]
pub struct CaseSeen {
    pub operator: OperatorId,
    pub stage: u32,
    pub in_work: bool,
}

/// What the desk makes of an operator.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[allow(missing_docs, reason = "named as the fields of `OperatorView`")]
pub struct BeliefSeen {
    pub operator: OperatorId,
    pub belief: f64,
    pub watched: bool,
    pub link: bool,
}

/// What is in force.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MeasuresSeen {
    /// Safeguards bought, and whether they work yet.
    pub safeguards: Vec<(SafeguardId, bool)>,
    /// Responses in force.
    pub responses: Vec<(OperatorId, Response)>,
}

impl View {
    /// What a seat sees of a situation.
    pub fn of(id: SeatId, seat: &Seat, situation: &Situation) -> View {
        // Taken apart in full: whoever adds a field to a situation has to say here who may see it.
        let Situation { at, operators, cases, signals, queues, safeguards, costs, flows: _ } = situation;
        let knows = |what| seat.knows.contains(&what);
        View {
            seat: id,
            at: *at,
            signals: knows(Knows::Signals).then(|| signals.iter().map(SignalSeen::of).collect()),
            cases: knows(Knows::Cases).then(|| cases.iter().map(CaseSeen::of).collect()),
            beliefs: knows(Knows::Belief).then(|| operators.iter().map(BeliefSeen::of).collect()),
            queues: knows(Knows::Queues).then(|| queues.clone()),
            costs: knows(Knows::Costs).then_some(*costs),
            measures: knows(Knows::Measures).then(|| MeasuresSeen::of(safeguards, operators, cases)),
        }
    }
}

impl SignalSeen {
    pub(crate) fn of(view: &SignalView) -> Self {
        let SignalView { signal: _, layer, operator, found: _, noticed, reported, item: _ } = *view;
        SignalSeen { layer, operator, noticed, reported }
    }
}

impl CaseSeen {
    fn of(view: &CaseView) -> Self {
        let CaseView { case: _, operator, stage, in_work } = *view;
        CaseSeen { operator, stage, in_work }
    }
}

impl BeliefSeen {
    fn of(view: &OperatorView) -> Self {
        let OperatorView { operator, belief, watched, link, signals: _, people: _, responses: _ } = *view;
        BeliefSeen { operator, belief, watched, link }
    }
}

impl MeasuresSeen {
    /// An inquiry is in force as long as there is a case.
    fn of(safeguards: &[SafeguardView], operators: &[OperatorView], cases: &[CaseView]) -> Self {
        let bought = safeguards.iter().map(|view| {
            let SafeguardView { safeguard, bought: _, ready } = *view;
            (safeguard, ready)
        });
        let in_force = |operator: OperatorId, response: &Response| {
            *response != Response::Investigate || cases.iter().any(|case| case.operator == operator)
        };
        let of = |o: &OperatorView| -> Vec<(OperatorId, Response)> {
            o.responses.iter().filter(|it| in_force(o.operator, it)).map(|it| (o.operator, *it)).collect()
        };
        let responses = operators.iter().flat_map(of);
        MeasuresSeen { safeguards: bought.collect(), responses: responses.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CaseId;

    fn situation() -> Situation {
        let operator = OperatorId::from_index(0);
        Situation {
            at: SimTime::from_days(3),
            operators: vec![OperatorView {
                operator,
                belief: 0.25,
                watched: true,
                link: false,
                signals: 1,
                people: 0.1,
                responses: vec![Response::Watch],
            }],
            cases: vec![CaseView { case: CaseId::from_index(0), operator, stage: 1, in_work: true }],
            signals: vec![SignalView {
                signal: 4,
                found: false,
                item: None,
                layer: LayerId::from_index(2),
                operator,
                noticed: SimTime::from_days(1),
                reported: SimTime::from_days(2),
            }],
            flows: Vec::new(),
            queues: vec![5, 0],
            safeguards: vec![SafeguardView {
                safeguard: SafeguardId::from_index(1),
                bought: SimTime::ZERO,
                ready: false,
            }],
            costs: [Money::ZERO; 4],
        }
    }

    fn seat(knows: &[Knows]) -> Seat {
        Seat {
            id: "a".into(),
            title: "A".into(),
            organisation: String::new(),
            brief: String::new(),
            knows: knows.to_vec(),
        }
    }

    #[test]
    fn a_seat_sees_what_it_may_know_and_nothing_else() {
        let nothing = View::of(SeatId::from_index(0), &seat(&[]), &situation());
        // In full, so that a new field has to be thought of here too.
        let View { seat: _, at, signals, cases, beliefs, queues, costs, measures } = nothing;
        assert_eq!((at, signals, cases, beliefs), (SimTime::from_days(3), None, None, None));
        assert_eq!((queues, costs, measures), (None, None, None));
        let some = View::of(SeatId::from_index(0), &seat(&[Knows::Belief, Knows::Queues]), &situation());
        assert_eq!(some.beliefs.as_ref().map(|list| list[0].belief), Some(0.25));
        assert_eq!(some.queues, Some(vec![5, 0]));
        assert!(some.signals.is_none() && some.measures.is_none());
    }

    #[test]
    fn a_view_says_what_was_reported_and_not_what_is_true() {
        let all = [Knows::Signals, Knows::Cases, Knows::Belief, Knows::Queues, Knows::Costs, Knows::Measures];
        let view = View::of(SeatId::from_index(0), &seat(&all), &situation());
        let text = serde_json::to_string(&view).unwrap();
        let mut names: Vec<&str> = text.split('"').skip(1).step_by(2).collect();
        names.sort_unstable();
        names.dedup();
        let known = [
            "Watch",
            "at",
            "belief",
            "beliefs",
            "cases",
            "costs",
            "in_work",
            "layer",
            "link",
            "measures",
            "noticed",
            "operator",
            "queues",
            "reported",
            "responses",
            "safeguards",
            "seat",
            "signals",
            "stage",
            "watched",
        ];
        assert_eq!(names, known);
    }
}
