//! Stories that nobody at the table plays: whose luck each has, how it is played, and what its end costs.

use crate::exercise::players::{Kept, Players, Tail, decide, play_out};
use crate::exercise::{Made, Session, Setup, Watching};
use crate::measure::{Outcome, Tally};
use crate::model::{DecisionId, World};
use crate::random::Luck;

/// What stories are told for. Those of one purpose share no luck with those of another, nor with the session itself.
#[derive(Clone, Copy, Debug)]
pub(crate) enum For {
    /// Policies on the same stories.
    Ladder,
    /// The session's decisions under another luck.
    OtherLuck,
    /// Rehearsals.
    Rehearsal,
    /// Stories in which the desk comes to believe the same.
    Likeness,
    /// Stories beside which one is hard or easy.
    Difficulty,
    /// What a search learns from.
    Lessons,
}

impl For {
    /// The luck of the story of this number.
    pub(crate) fn luck(self, seed: u64, story: usize) -> Luck {
        let first = match self {
            For::Ladder => 0,
            For::OtherLuck => 1 << 26,
            For::Rehearsal => 1 << 27,
            For::Likeness => 1 << 28,
            For::Difficulty => 1 << 29,
            For::Lessons => 1 << 30,
        };
        // The session itself is replication 0.
        Luck::new(seed).replication(first + 1 + story as u32)
    }
}

/// A story as a policy plays it.
pub(crate) fn story(setup: &Setup, luck: Luck, players: &Players) -> Outcome {
    let mut session: Session<'_, Tally> = Session::counting(setup, setup.journeys(), luck, setup.world_under(luck));
    session.begin();
    play_out(&mut session, &Tail::Players(players));
    session.watching().outcome()
}

/// A story in which the room's decisions are made again.
pub(crate) fn again(setup: &Setup, luck: Luck, world: World, kept: &[Kept]) -> Outcome {
    let mut session: Session<'_, Tally> = Session::counting(setup, setup.journeys(), luck, world);
    session.begin();
    play_out(&mut session, &Tail::Sticky(kept));
    session.watching().outcome()
}

/// What an end costs \[€\].
pub(crate) fn score(setup: &Setup, outcome: &Outcome) -> f64 {
    setup.exercise.score.of(|measure| outcome.get(measure))
}

/// The room's decisions, to be made again.
pub(crate) fn kept<O: Watching>(setup: &Setup, session: &Session<'_, O>) -> Vec<Kept> {
    let one = |(id, made): (DecisionId, &Made)| Kept {
        at: made.at,
        input: decide(&setup.exercise.decisions[id.index()], made.choice),
    };
    session.made().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_purposes_share_a_luck() {
        let all = [For::Ladder, For::OtherLuck, For::Rehearsal, For::Likeness, For::Difficulty, For::Lessons];
        let mut lucks: Vec<Luck> = all.iter().flat_map(|of| [of.luck(7, 0), of.luck(7, 100_000)]).collect();
        lucks.push(Luck::new(7));
        for (i, luck) in lucks.iter().enumerate() {
            assert!(!lucks[..i].contains(luck), "{i}");
        }
    }
}
