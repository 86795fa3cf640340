//! Steps that need other steps: the exact chance that each is reached, and the naive one.
//!
//! A step is reached if it works, with a chance of its own and independently of the others, and what it needs is
//! reached. What several steps share counts once. Steps that need each other in a circle are not reached by that alone.

/// Most steps of a graph.
pub const MOST_STEPS: usize = 1024;

/// Most looks at a step or a need that [`StepGraph::exact`] takes before it gives up.
const MOST_WORK: u64 = 1_000_000_000;

/// Most outcomes of uncertain steps that it tells apart: as many as 20 uncertain steps have.
const MOST_BRANCHES: u64 = 1 << 21;

/// What must be reached before a step: other steps by index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Needs {
    /// All of them; none needed if empty.
    All(Vec<usize>),
    /// Any of them; never met if empty.
    Any(Vec<usize>),
}

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Chance that it works once it is tried.
    pub works: f64,
    /// What it needs.
    pub needs: Needs,
}

/// Steps whose needs name each other by index.
#[derive(Clone, Debug, PartialEq)]
pub struct StepGraph {
    steps: Vec<Step>,
}

impl StepGraph {
    /// `None` if a need names no step, a chance is outside 0..=1, or there are more than 1,024 steps.
    pub fn new(steps: Vec<Step>) -> Option<StepGraph> {
        let n = steps.len();
        let sound = |step: &Step| (0.0..=1.0).contains(&step.works) && step.needs.list().iter().all(|&need| need < n);
        (n <= MOST_STEPS && steps.iter().all(sound)).then_some(StepGraph { steps })
    }

    /// The steps.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Which steps are reached when `works` says which would work: the least solution, found by working forward from
    /// steps that need nothing. Steps beyond the list do not work.
    pub fn reached(&self, works: &[bool]) -> Vec<bool> {
        self.reached_in(works).0
    }

    /// Exact chance that `step` is reached. Uncertain steps on the way to it are decided one by one, and no further once
    /// the rest does not matter. `None` for an unknown step, or where more than two million such branches are met: 20
    /// uncertain steps of some dozens are no trouble, and many more are none where few of them matter at a time.
    pub fn exact(&self, step: usize) -> Option<f64> {
        let before = self.leads_to(step)?;
        let uncertain = |&i: &usize| before[i] && self.steps[i].works > 0.0 && self.steps[i].works < 1.0;
        let open: Vec<usize> = (0..self.steps.len()).filter(uncertain).collect();
        let mut search = Search { branches: 0, work: 0 };
        // Certain steps are decided from the start; those that do not lead there are left out.
        let at_best: Vec<bool> = (0..self.steps.len()).map(|i| before[i] && self.steps[i].works > 0.0).collect();
        let at_worst: Vec<bool> = (0..self.steps.len()).map(|i| before[i] && self.steps[i].works >= 1.0).collect();
        self.decide(step, &open, at_worst, at_best, &mut search)
    }

    /// The value from below that takes everything a step needs as independent: products for all, 1 - product (1 - p) for
    /// any. Wrong where steps are shared, and shown beside [`StepGraph::exact`] for that. `None` for an unknown step or if
    /// there is a circle on the way to it.
    pub fn naive(&self, step: usize) -> Option<f64> {
        let before = self.leads_to(step)?;
        let mut values: Vec<Option<f64>> = vec![None; self.steps.len()];
        loop {
            let mut grown = false;
            for i in (0..self.steps.len()).filter(|&i| before[i]) {
                if values[i].is_some() {
                    continue;
                }
                let Step { works, needs } = &self.steps[i];
                let Some(known) = needs.list().iter().map(|&need| values[need]).collect::<Option<Vec<f64>>>() else {
                    continue;
                };
                let chance = match needs {
                    Needs::All(_) => known.iter().product::<f64>(),
                    Needs::Any(_) => 1.0 - known.iter().map(|p| 1.0 - p).product::<f64>(),
                };
                values[i] = Some(works * chance);
                grown = true;
            }
            if values[step].is_some() || !grown {
                return values[step];
            }
        }
    }

    /// The chance given what is decided: `at_worst` says what surely works, `at_best` what may.
    fn decide(
        &self,
        step: usize,
        open: &[usize],
        at_worst: Vec<bool>,
        at_best: Vec<bool>,
        search: &mut Search,
    ) -> Option<f64> {
        search.branches += 1;
        if search.branches > MOST_BRANCHES || search.work > MOST_WORK {
            return None;
        }
        let (best, looks) = self.reached_in(&at_best);
        search.work += looks;
        if !best[step] {
            return Some(0.0);
        }
        let (worst, looks) = self.reached_in(&at_worst);
        search.work += looks;
        if worst[step] {
            return Some(1.0);
        }
        // Steps that cannot be reached any more decide nothing.
        let at = open.iter().position(|&i| best[i])?;
        let (next, rest) = (open[at], &open[at + 1..]);
        let (mut works, mut fails) = (at_worst.clone(), at_best.clone());
        works[next] = true;
        fails[next] = false;
        let p = self.steps[next].works;
        let if_works = self.decide(step, rest, works, at_best, search)?;
        let if_fails = self.decide(step, rest, at_worst, fails, search)?;
        Some(p * if_works + (1.0 - p) * if_fails)
    }

    /// Which steps are reached, and the number of looks that took. Sweeps go forwards and backwards by turns, so that
    /// steps in either order take few.
    fn reached_in(&self, works: &[bool]) -> (Vec<bool>, u64) {
        let mut reached = vec![false; self.steps.len()];
        let mut looks = 0;
        loop {
            let forwards = self.sweep(0..self.steps.len(), works, &mut reached, &mut looks);
            if !forwards || !self.sweep((0..self.steps.len()).rev(), works, &mut reached, &mut looks) {
                return (reached, looks);
            }
        }
    }

    /// Adds what is reached from what is, in this order; whether anything was.
    fn sweep(&self, order: impl Iterator<Item = usize>, works: &[bool], reached: &mut [bool], looks: &mut u64) -> bool {
        let mut grown = false;
        for i in order {
            *looks += 1;
            if !reached[i] && works.get(i) == Some(&true) {
                *looks += self.steps[i].needs.list().len() as u64;
                if self.steps[i].needs.met(reached) {
                    reached[i] = true;
                    grown = true;
                }
            }
        }
        grown
    }

    /// Which steps lead to `step`, itself among them; `None` if there is no such step.
    fn leads_to(&self, step: usize) -> Option<Vec<bool>> {
        let mut before = vec![false; self.steps.len()];
        *before.get_mut(step)? = true;
        let mut todo = vec![step];
        while let Some(one) = todo.pop() {
            for &need in self.steps[one].needs.list() {
                if !std::mem::replace(&mut before[need], true) {
                    todo.push(need);
                }
            }
        }
        Some(before)
    }
}

impl Needs {
    fn list(&self) -> &[usize] {
        match self {
            Needs::All(list) | Needs::Any(list) => list,
        }
    }

    fn met(&self, reached: &[bool]) -> bool {
        match self {
            Needs::All(list) => list.iter().all(|&need| reached[need]),
            Needs::Any(list) => list.iter().any(|&need| reached[need]),
        }
    }
}

/// How far the conditioning has got.
struct Search {
    branches: u64,
    work: u64,
}

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::*;

    fn graph(steps: &[(f64, Needs)]) -> StepGraph {
        StepGraph::new(steps.iter().map(|(works, needs)| Step { works: *works, needs: needs.clone() }).collect())
            .unwrap()
    }

    fn leaf(works: f64) -> (f64, Needs) {
        (works, Needs::All(vec![]))
    }

    #[test]
    fn trees_need_no_conditioning() {
        // (0 and 1) or 2, then 0.5.
        let tree =
            graph(&[leaf(0.8), leaf(0.9), leaf(0.1), (1.0, Needs::All(vec![0, 1])), (0.5, Needs::Any(vec![2, 3]))]);
        close(tree.exact(4).unwrap(), 0.5 * (1.0 - 0.28 * 0.9), 1e-14, &());
        close(tree.naive(4).unwrap(), tree.exact(4).unwrap(), 1e-14, &());
    }

    #[test]
    fn what_is_shared_counts_once() {
        // A bridge: two paths that share their middle, and the same by listing all outcomes.
        let bridge = graph(&[
            leaf(0.5),
            leaf(0.6),
            (0.7, Needs::All(vec![0])),
            (0.8, Needs::Any(vec![1, 2])),
            (0.9, Needs::Any(vec![2, 3])),
        ]);
        let mut sum = 0.0;
        for outcome in 0..32_u32 {
            let works: Vec<bool> = (0..5).map(|i| outcome >> i & 1 == 1).collect();
            if bridge.reached(&works)[4] {
                let chance = |(step, &works): (&Step, &bool)| if works { step.works } else { 1.0 - step.works };
                sum += bridge.steps().iter().zip(&works).map(chance).product::<f64>();
            }
        }
        close(bridge.exact(4).unwrap(), sum, 1e-14, &());
        assert!(bridge.naive(4).unwrap() > sum + 1e-3);
    }

    #[test]
    fn circles_give_no_way_in() {
        let circle = graph(&[(0.9, Needs::Any(vec![1, 2])), (0.9, Needs::Any(vec![0])), leaf(0.5)]);
        close(circle.exact(1).unwrap(), 0.405, 1e-14, &());
        assert_eq!(circle.naive(1), None);
        assert_eq!(graph(&[(1.0, Needs::All(vec![0]))]).exact(0), Some(0.0));
    }

    #[test]
    fn long_chains_are_cheap_and_tangles_are_refused() {
        let chain: Vec<(f64, Needs)> =
            (0..200).map(|i| if i == 0 { leaf(0.99) } else { (0.99, Needs::All(vec![i - 1])) }).collect();
        close(graph(&chain).exact(199).unwrap(), libm::pow(0.99, 200.0), 1e-12, &());
        let backwards: Vec<(f64, Needs)> =
            (0..200).map(|i| if i == 199 { leaf(0.99) } else { (0.99, Needs::All(vec![i + 1])) }).collect();
        close(graph(&backwards).exact(0).unwrap(), libm::pow(0.99, 200.0), 1e-12, &());
        // Any two of sixty leaves in a ring of pairs: too many outcomes to tell apart.
        let mut tangle: Vec<(f64, Needs)> = (0..60).map(|_| leaf(0.5)).collect();
        tangle.extend((0..60).map(|i| (1.0, Needs::Any(vec![i, (i * 7 + 1) % 60, (i * 11 + 5) % 60]))));
        tangle.push((1.0, Needs::All((60..120).collect())));
        assert_eq!(graph(&tangle).exact(120), None);
    }

    #[test]
    fn edges_are_as_documented() {
        let step = |works, needs| StepGraph::new(vec![Step { works, needs }]);
        assert_eq!((step(0.5, Needs::All(vec![1])), step(1.5, Needs::All(vec![]))), (None, None));
        assert_eq!(step(0.5, Needs::Any(vec![])).unwrap().exact(0), Some(0.0));
        assert_eq!(graph(&[leaf(0.5)]).exact(7), None);
        assert_eq!(graph(&[leaf(0.5)]).reached(&[]), [false]);
    }
}
