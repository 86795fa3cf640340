//! Multilevel splitting: a small probability as a product of larger ones, from paths that are cloned where they get closer.
//!
//! A path has a height, and what is asked for is the chance that it ever gets to the last of some rising levels. In
//! stage k a fixed number of paths (the effort) goes on from the states in which paths of stage k - 1 first stood at
//! level k - 1, each under luck of its own. The product of the shares that reach their next level is unbiased, whatever
//! the levels, the height and the effort, if none of them depends on the luck of the estimate (M. J. J. Garvels, *The
//! splitting method in rare event simulation*, University of Twente, 2000; P. L'Ecuyer, V. Demers and B. Tuffin, ACM
//! Transactions on Modeling and Computer Simulation 17, 2007). Two things make it so. Given the states at a level, each
//! next path has the law of a path from the state that it was cloned from. And each state has the same expected number
//! of clones, which the drawn start of their assignment sees to.
//!
//! The shares of one estimate are not independent of each other, so an error comes from independent repetitions only.

/// A path that can be cloned and go on otherwise. A clone goes on as the original would until one of them is forked.
pub trait Path: Clone {
    /// Goes on until it stands at a height of at least `level`, or has ended. Whether it got there.
    fn climb(&mut self, level: f64) -> bool;

    /// The greatest height so far.
    fn height(&self) -> f64;

    /// Draws from now on under another branch of luck, whose number is 1 or more and used once.
    fn fork(&mut self, branch: u32);

    /// Steps so far, with those before it was cloned.
    fn steps(&self) -> u64;
}

/// Rising finite heights, one at least; the last is the one that is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Levels(Vec<f64>);

impl Levels {
    /// `None` unless they rise, are finite, and there is one.
    pub fn new(levels: Vec<f64>) -> Option<Levels> {
        let rise = levels.windows(2).all(|pair| pair[0] < pair[1]);
        (!levels.is_empty() && rise && levels.iter().all(|level| level.is_finite())).then_some(Levels(levels))
    }

    /// The heights, rising.
    pub fn as_slice(&self) -> &[f64] {
        &self.0
    }
}

/// One estimate by splitting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// Paths in each stage.
    pub effort: u32,
    /// Of these, how many got to the next level; 0 from where none did.
    pub reached: Vec<u32>,
    /// Steps of all paths.
    pub steps: u64,
}

impl Split {
    /// The estimate: the product of the shares.
    pub fn probability(&self) -> f64 {
        self.reached.iter().fold(1.0, |product, reached| product * f64::from(*reached) / f64::from(self.effort))
    }
}

/// Estimates the chance of reaching the last level with `effort` paths a stage. `start(i)` makes the i-th path, with the
/// luck of branch i + 1 from its beginning; `shift()` is a uniform number that nothing else draws, one a stage.
pub fn split<P: Path>(
    levels: &Levels,
    effort: u32,
    mut start: impl FnMut(u32) -> P,
    mut shift: impl FnMut() -> f64,
) -> Split {
    let effort = effort.max(1);
    let mut split = Split { effort, reached: vec![0; levels.0.len()], steps: 0 };
    let mut standing: Vec<P> = Vec::new();
    for (stage, &level) in levels.0.iter().enumerate() {
        let first = first_parent(&mut shift, standing.len());
        let mut next = Vec::new();
        for i in 0..effort {
            let mut path = match stage {
                0 => start(i),
                _ => child(&standing, first, stage, effort, i),
            };
            let before = if stage == 0 { 0 } else { path.steps() };
            let there = path.climb(level);
            split.steps += path.steps() - before;
            if there {
                next.push(path);
            }
        }
        split.reached[stage] = next.len() as u32;
        if next.is_empty() {
            break;
        }
        standing = next;
    }
    split
}

/// What a pilot found.
#[derive(Clone, Debug, PartialEq)]
pub struct Pilot {
    /// Levels that about the same share of paths should reach from one to the next.
    pub levels: Levels,
    /// Steps of all its paths.
    pub steps: u64,
    /// Mean steps of a path from its beginning to its end.
    pub path_steps: f64,
}

/// Chooses levels up to `target` so that about `share` of the paths gets from one to the next. Its own paths must have
/// another luck than those of the estimate, which is then unbiased for whatever levels come out. Where no path gets
/// further, the target is the next level. `None` if the target is not finite.
pub fn pilot<P: Path>(
    target: f64,
    share: f64,
    effort: u32,
    mut start: impl FnMut(u32) -> P,
    mut shift: impl FnMut() -> f64,
) -> Option<Pilot> {
    let effort = effort.max(1);
    let (mut levels, mut standing, mut steps, mut path_steps) = (Vec::new(), Vec::new(), 0, 0.0);
    for stage in 0..MOST_LEVELS - 1 {
        let first = first_parent(&mut shift, standing.len());
        // A path is made twice: once to its end, to learn how high it gets, and once to the level that follows from it.
        let mut make = |i| if stage == 0 { start(i) } else { child(&standing, first, stage, effort, i) };
        let mut heights = Vec::new();
        for i in 0..effort {
            let mut path = make(i);
            let before = if stage == 0 { 0 } else { path.steps() };
            path.climb(f64::INFINITY);
            steps += path.steps() - before;
            heights.push(path.height());
        }
        if stage == 0 {
            path_steps = steps as f64 / f64::from(effort);
        }
        let below = levels.last().copied().unwrap_or(f64::NEG_INFINITY);
        let Some(level) = next_level(&heights, share, below).filter(|level| *level < target) else { break };
        let mut next = Vec::new();
        for i in (0..effort).filter(|i| heights[*i as usize] >= level) {
            let mut path = make(i);
            let before = if stage == 0 { 0 } else { path.steps() };
            path.climb(level);
            steps += path.steps() - before;
            next.push(path);
        }
        levels.push(level);
        standing = next;
    }
    levels.push(target);
    Some(Pilot { levels: Levels::new(levels)?, steps, path_steps })
}

/// Levels that a pilot sets at most. With a share of a fifth they lead down to 10^-44.
const MOST_LEVELS: usize = 64;

/// A clone of one of the states at a level: clones are dealt out in turn, from the `first` state on.
fn child<P: Path>(standing: &[P], first: usize, stage: usize, effort: u32, i: u32) -> P {
    let mut path = standing[(first + i as usize) % standing.len()].clone();
    path.fork((stage as u32).saturating_mul(effort).saturating_add(i).saturating_add(1));
    path
}

fn first_parent(shift: &mut impl FnMut() -> f64, states: usize) -> usize {
    ((shift() * states as f64) as usize).min(states.saturating_sub(1))
}

/// The greatest height over `below` that the share of the paths got to; if that many share one at or under it, the least
/// over it. `None` if there is none.
fn next_level(heights: &[f64], share: f64, below: f64) -> Option<f64> {
    let mut sorted = heights.to_vec();
    sorted.sort_unstable_by(|a, b| b.total_cmp(a));
    let place = (share * sorted.len() as f64) as usize;
    let wanted = sorted[place.clamp(1, sorted.len()) - 1];
    if wanted > below { Some(wanted) } else { sorted.into_iter().rev().find(|height| *height > below) }
}

#[cfg(test)]
mod tests;
