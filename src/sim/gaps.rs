//! Candidates of a Poisson process: the gaps between them, and the draws that tell which are kept.

use crate::plan::Sampler;
use crate::random::{Stream, unit};
use crate::time::SimDuration;

/// Candidates that are drawn at once: one by one, each would wait for its logarithm.
const AT_ONCE: usize = 128;

/// The candidates of a class of traffic, drawn ahead of their use.
#[derive(Clone, Debug)]
pub(super) struct Gaps {
    stream: Stream,
    takes: Sampler,
    /// Draws of a candidate.
    each: usize,
    /// Of each candidate the gap before it \[ms\] and, where not all are kept, the draw that decides.
    ahead: Vec<u64>,
    /// Where the next candidate stands among these.
    next: usize,
    /// Candidates that have been taken.
    number: u64,
}

impl Gaps {
    /// Candidates with a mean gap \[ms\]; not all are kept if `thinned`.
    pub(super) fn new(stream: Stream, mean: f64, thinned: bool) -> Gaps {
        let each = if thinned { 2 } else { 1 };
        Gaps { stream, takes: Sampler::Exponential(mean), each, ahead: Vec::new(), next: 0, number: 0 }
    }

    /// Takes the next candidate: the time from the one before.
    #[inline]
    pub(super) fn next(&mut self) -> SimDuration {
        if self.next >= self.ahead.len() {
            self.draw();
        }
        let gap = SimDuration::from_millis(self.ahead[self.next]);
        self.next += self.each;
        self.number += 1;
        gap
    }

    /// The draw that decides whether the candidate taken last is kept, where not all are.
    pub(super) fn choice(&self) -> f64 {
        unit(self.ahead[self.next - 1])
    }

    /// What has not been used yet is drawn from another stream: the choice of the candidate taken last, and all after it.
    pub(super) fn rekey(&mut self, stream: Stream) {
        self.stream = stream;
        self.ahead.clear();
        self.next = 0;
        if let Some(last) = self.number.checked_sub(1) {
            self.stream.skip_to(last * self.each as u64);
            self.draw();
            self.next = self.each;
        }
    }

    /// Uses the memory of others, which are no longer needed.
    pub(super) fn take_memory(&mut self, other: Gaps) {
        self.ahead = other.ahead;
        self.ahead.clear();
    }

    fn draw(&mut self) {
        self.ahead.resize(AT_ONCE * self.each, 0);
        self.stream.fill(&mut self.ahead);
        self.takes.make_durations(&mut self.ahead, self.each);
        self.next = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Entity, Luck, Purpose, draw};

    fn stream(branch: u32) -> Stream {
        Luck::new(3).branch(branch).stream(Purpose::TEST, Entity::of("gaps"))
    }

    #[test]
    fn candidates_are_those_of_the_stream_and_from_a_fork_on_those_of_the_other() {
        for thinned in [false, true] {
            let mut gaps = Gaps::new(stream(0), 9_000.0, thinned);
            let mut draws = stream(0);
            for candidate in 0..100 {
                if candidate == 70 {
                    gaps.rekey(stream(1));
                    let position = draws.position();
                    draws = stream(1);
                    draws.skip_to(position);
                    if thinned {
                        assert_eq!(gaps.choice(), draws.uniform(), "the candidate at hand");
                    }
                }
                let gap = SimDuration::from_millis_f64(draw::exponential(draws.uniform(), 9_000.0));
                assert_eq!(gaps.next(), gap, "candidate {candidate}");
                if thinned && candidate != 69 {
                    assert_eq!(gaps.choice(), draws.uniform(), "candidate {candidate}");
                }
            }
        }
    }
}
