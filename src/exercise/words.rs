//! What is shown, in words: gaps filled, deeds and figures named.

use crate::exercise::SignalSeen;
use crate::model::{
    Action, Choice, Condition, Date, DecisionId, Exercise, Gap, Inject, Money, OperatorId, Piece, Response, Scenario,
    Text, Then, When,
};
use crate::sim::Situation;
use crate::time::SimTime;

/// Words for what happens in a scenario.
#[derive(Clone, Copy, Debug)]
pub struct Words<'s>(pub &'s Scenario);

impl<'s> Words<'s> {
    /// The date of an instant.
    pub fn date(self, at: SimTime) -> Date {
        self.0.calendar.date(at)
    }

    /// An operator's name.
    pub fn operator(self, id: OperatorId) -> &'s str {
        &self.0.operators[id.index()].id
    }

    /// A signal in a sentence.
    pub fn signal(self, signal: &SignalSeen) -> String {
        format!(
            "The layer {} reports {}: noticed on day {}, heard of on day {}.",
            self.0.layers[signal.layer.index()].id,
            self.operator(signal.operator),
            signal.noticed.day(),
            signal.reported.day()
        )
    }

    /// What a choice means: the document's own words, or what it does.
    pub fn choice(self, choice: &Choice) -> String {
        if let Some(text) = &choice.text {
            return text.clone();
        }
        if choice.does.is_empty() {
            return "do nothing now".to_owned();
        }
        let deeds: Vec<String> = choice.does.iter().map(|deed| self.deed(*deed)).collect();
        deeds.join("; ")
    }

    fn deed(self, deed: Then) -> String {
        match deed {
            Then::Buy(id) => format!("buy {}", self.0.safeguards[id.index()].name()),
            Then::Respond(response) => {
                let who = "whom the desk suspects most";
                match response {
                    Response::Watch => format!("watch {who}"),
                    Response::Investigate => format!("investigate {who}"),
                    Response::RestrictScope(by) => format!("cut the data of {who} by {}", percent(by.get())),
                    Response::RestrictAccess(by) => {
                        format!("cut the access to goods of {who} by {}", percent(by.get()))
                    }
                    Response::Suspend => format!("suspend {who}"),
                    Response::Replace => format!("replace {who}"),
                    Response::Recall => "call altered goods back".to_owned(),
                }
            }
        }
    }

    /// When an inject comes.
    pub fn when(self, exercise: &Exercise, inject: &Inject) -> String {
        let name = |id: DecisionId| &exercise.decisions[id.index()];
        match &inject.when {
            When::On(at) => format!("on day {}", at.day()),
            When::Signal { layer, nth } => {
                let layer = &self.0.layers[layer.index()].id;
                format!("when the desk hears signal {nth} of {layer}")
            }
            When::NotDecided { decision, at } => {
                format!("on day {}, if {} is still open", at.day(), name(*decision).id)
            }
            When::Known(condition) => format!("once, of whom the desk suspects most: {}", known(condition)),
            When::Chosen { decision, choice, after } => {
                let decision = name(*decision);
                let choice = &decision.choices[*choice].id;
                format!("{:.0} days after {} is decided as {choice}", after.days(), decision.id)
            }
        }
    }

    /// What was done, as a clause.
    pub fn action(self, action: Action) -> String {
        match action {
            Action::Buy(id) => format!("{} is bought", self.0.safeguards[id.index()].id),
            Action::Respond { response, subject } => self.response(response, subject),
        }
    }

    /// A response in force, as a clause.
    pub fn response(self, response: Response, subject: OperatorId) -> String {
        let who = self.operator(subject);
        match response {
            Response::Watch => format!("{who} is watched"),
            Response::Investigate => format!("{who} is investigated"),
            Response::RestrictScope(by) => format!("{who} sees {} less data", percent(by.get())),
            Response::RestrictAccess(by) => format!("{who} has {} less access to goods", percent(by.get())),
            Response::Suspend => format!("{who} is suspended"),
            Response::Replace => format!("{who} is replaced"),
            Response::Recall => "altered goods are called back".to_owned(),
        }
    }

    /// A text with its gaps filled. `signal` is the one that an inject tells of.
    pub(crate) fn fill(self, text: &Text, situation: &Situation, signal: Option<&SignalSeen>) -> String {
        let mut out = String::new();
        for piece in text.pieces() {
            match piece {
                Piece::Plain(plain) => out.push_str(plain),
                Piece::Gap(gap) => out.push_str(&self.gap(*gap, situation, signal)),
            }
        }
        out
    }

    fn gap(self, gap: Gap, situation: &Situation, signal: Option<&SignalSeen>) -> String {
        let suspect = situation.prime_suspect();
        match gap {
            Gap::Day => situation.at.day().to_string(),
            Gap::Date => self.date(situation.at).to_string(),
            Gap::Signal => signal.map_or_else(String::new, |signal| self.signal(signal)),
            Gap::Signals => grouped(situation.signals.len() as u64),
            Gap::OpenCases => match situation.cases.len() {
                0 => "no".to_owned(),
                n => n.to_string(),
            },
            Gap::Suspect => suspect.map_or("nobody", |id| self.operator(id)).to_owned(),
            Gap::Belief => percent(suspect.map_or(0.0, |id| situation.operators[id.index()].belief)),
            Gap::Queue => grouped(situation.queues.iter().map(|n| u64::from(*n)).sum()),
            Gap::Cost => euro(situation.costs.iter().copied().sum()),
            Gap::Safeguards => {
                let bought: Vec<&str> =
                    situation.safeguards.iter().map(|s| self.0.safeguards[s.safeguard.index()].id.as_str()).collect();
                if bought.is_empty() { "none".to_owned() } else { bought.join(", ") }
            }
        }
    }
}

/// A condition, as a clause.
fn known(condition: &Condition) -> String {
    let list = |all: &[Condition], word: &str| all.iter().map(known).collect::<Vec<_>>().join(word);
    match condition {
        Condition::Belief(share) => format!("suspicion of {} or more", percent(share.get())),
        Condition::LinkFound => "a linking item has been found".to_owned(),
        Condition::Signals(n) => format!("{n} signals or more"),
        Condition::From(at) => format!("day {} has come", at.day()),
        Condition::AllOf(all) => list(all, " and "),
        Condition::AnyOf(all) => list(all, " or "),
        Condition::Not(one) => format!("not ({})", known(one)),
    }
}

/// A share as whole percent; never 0 % or 100 % for what is not quite that.
pub fn percent(share: f64) -> String {
    let whole = (share * 100.0).round();
    match share {
        s if s > 0.0 && whole < 1.0 => "under 1%".to_owned(),
        s if s < 1.0 && whole > 99.0 => "over 99%".to_owned(),
        _ => format!("{whole}%"),
    }
}

/// Whole euro.
pub fn euro(money: Money) -> String {
    let whole = money.cents().unsigned_abs().div_ceil(100);
    format!("{}€{}", if money.cents() < 0 { "−" } else { "" }, grouped(whole))
}

/// A whole number with thousands apart.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_rounded_and_never_feign_certainty() {
        let shares = [(0.0, "0%"), (0.0001, "under 1%"), (0.154, "15%"), (0.9999, "over 99%"), (1.0, "100%")];
        for (share, words) in shares {
            assert_eq!(percent(share), words, "{share}");
        }
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(euro(Money::euro(1234.2).unwrap()), "€1,235");
    }
}
