//! What the uninvolved bore, and which acts against them were wrongful.

use crate::measure::Measure;
use crate::measure::account::term::{Amount, Explained, Part, Reading, Term};
use crate::plan::Plan;
use crate::sim::{Bearing, Detail, Record};
use crate::time::SimTime;

/// What operators that take no part bore.
#[derive(Clone, Debug)]
pub(super) struct Burdens {
    /// What each operator bears just now.
    bears: Vec<Vec<Bearing>>,
    terms: Vec<Term>,
    wrongful: Vec<Term>,
}

impl Burdens {
    pub(super) fn new(plan: &Plan) -> Self {
        Burdens { bears: vec![Vec::new(); plan.scenario.operators.len()], terms: Vec::new(), wrongful: Vec::new() }
    }

    pub(super) fn bear(&mut self, to: SimTime, detail: &Detail) {
        let Detail::Bore { operator, from, severity, counts, because, change } = *detail else { return };
        let bears = &mut self.bears[operator.index()];
        let severity = severity.clamp(0.0, 1.0);
        let days = severity * to.since(from).days();
        if counts && days != 0.0 {
            let measures = bears.clone();
            let part = Part::Under { from, to, severity, measures };
            self.terms.push(Term::under(Part::Operator(operator), part, Amount::Real(days)));
        }
        match because {
            Some(bearing) if change > 0.0 => bears.push(bearing),
            Some(bearing) if change < 0.0 => bears.retain(|b| *b != bearing),
            _ => {}
        }
    }

    pub(super) fn record(&mut self, at: SimTime, record: &Record) {
        match *record {
            Record::Took { action, wrongful: true } => self.wrong(Part::Action(action, at)),
            Record::Ready { safeguard, wrongful: true } => self.wrong(Part::Ready(safeguard, at)),
            _ => {}
        }
    }

    fn wrong(&mut self, part: Part) {
        self.wrongful.push(Term::alone(part, Amount::ONE));
    }

    pub(super) fn explain(&self, measure: Measure) -> Explained {
        let terms = if measure == Measure::Burden { &self.terms } else { &self.wrongful };
        Explained::new(measure, Reading::Itself, terms.clone())
    }
}
