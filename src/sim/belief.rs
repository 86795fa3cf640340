//! What the desk believes of one kind of subject, and how signals that come together share their weight.

/// Beliefs about the subjects of one kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct Track {
    prior: f64,
    /// Learnt of each over the prior, decayed \[nats\].
    learnt: Vec<f64>,
    /// Signals about each.
    pub(crate) heard: Vec<u32>,
}

impl Track {
    /// `prior` is the log odds of each before any signal.
    pub(super) fn restart(&mut self, subjects: usize, prior: f64) {
        self.prior = prior;
        self.learnt.clear();
        self.learnt.resize(subjects, 0.0);
        self.heard.clear();
        self.heard.resize(subjects, 0);
    }

    /// Belief about one. Made when it is asked for, which is rare; learning is not.
    pub(crate) fn belief(&self, subject: usize) -> f64 {
        logistic(self.prior + self.learnt[subject])
    }

    pub(super) fn hear(&mut self, subject: usize, nats: f64) {
        self.heard[subject] += 1;
        self.learn(subject, nats);
    }

    pub(super) fn learn(&mut self, subject: usize, nats: f64) {
        self.learnt[subject] += nats;
    }

    /// A day passes: what was learnt fades to the share `left` of it, and `nats` come to it.
    pub(super) fn pass_day(&mut self, subject: usize, left: f64, nats: f64) {
        let fades = self.learnt[subject] * (left - 1.0);
        self.learn(subject, fades + nats);
    }
}

/// Belief at these log odds.
pub(super) fn logistic(nats: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-nats))
}

/// Signals about one subject from layers that fail together: n of them weigh as much as their sum over
/// 1 + (n - 1) rho, as the mean of equally correlated observations does (the design effect of L. Kish, *Survey
/// Sampling*, 1965).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shared {
    sum: f64,
    n: f64,
    counted: f64,
}

impl Shared {
    /// What one more signal adds.
    pub(super) fn add(&mut self, nats: f64, rho: f64) -> f64 {
        self.n += 1.0;
        self.sum += nats;
        let counts = self.sum / (1.0 + (self.n - 1.0).max(0.0) * rho);
        let more = counts - self.counted;
        self.counted = counts;
        more
    }

    /// A day passes.
    pub(super) fn fade(&mut self, left: f64) {
        self.sum *= left;
        self.n *= left;
        self.counted *= left;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn correlated_signals_weigh_less_together() {
        let total = |rho| {
            let mut shared = Shared::default();
            (0..4).map(|_| shared.add(0.5, rho)).sum::<f64>()
        };
        // Independent: the sum. The same thing heard four times: one of them.
        assert!((total(0.0) - 2.0).abs() < 1e-12 && (total(1.0) - 0.5).abs() < 1e-12);
        assert!((total(0.25) - 2.0 / 1.75).abs() < 1e-12);
    }

    #[test]
    fn what_has_faded_is_not_shared_with() {
        let mut shared = Shared::default();
        assert_eq!(shared.add(1.0, 0.5), 1.0);
        shared.fade(1e-9);
        assert!((shared.add(1.0, 0.5) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn beliefs_start_at_the_prior_and_fade_back_to_it() {
        let mut track = Track::default();
        track.restart(2, libm::log(0.2 / 0.8));
        track.hear(1, libm::log(4.0));
        assert!((track.belief(0) - 0.2).abs() < 1e-12 && (track.belief(1) - 0.5).abs() < 1e-12);
        (0..400).for_each(|_| track.pass_day(1, 0.9, 0.0));
        assert!((track.belief(1) - 0.2).abs() < 1e-9 && track.heard == [0, 1]);
    }
}
