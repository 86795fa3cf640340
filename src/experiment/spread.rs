//! The same work many times, on all cores, its results in order.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::experiment::Watcher;
use crate::experiment::replicate::in_threads;

/// Does `work` for 0 to `n` - 1 on `jobs` threads (0: as many as there are cores). The results are in order and do not
/// depend on the threads, if `work` depends on its number alone. `None` if the watcher ended it.
pub fn spread<T: Send>(
    jobs: usize,
    n: usize,
    watcher: &dyn Watcher,
    work: impl Fn(usize) -> T + Sync,
) -> Option<Vec<T>> {
    let (done, ended) = (AtomicU64::new(0), AtomicBool::new(false));
    let one = |i: usize| {
        if ended.load(Ordering::Relaxed) {
            return None;
        }
        let result = work(i);
        let before = done.fetch_add(1, Ordering::Relaxed);
        if !watcher.done(before + 1, n as u64) {
            ended.store(true, Ordering::Relaxed);
        }
        Some(result)
    };
    in_threads(jobs, |parallel| {
        #[cfg(feature = "parallel")]
        if parallel.is_some() {
            use rayon::prelude::*;
            return (0..n).into_par_iter().map(one).collect();
        }
        let _ = parallel;
        (0..n).map(one).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Silent;

    struct Until(u64);

    impl Watcher for Until {
        fn done(&self, work: u64, _: u64) -> bool {
            work < self.0
        }
    }

    #[test]
    fn results_are_in_order_for_any_number_of_threads() {
        let squares: Vec<usize> = (0..100).map(|i| i * i).collect();
        for jobs in [0, 1, 3] {
            assert_eq!(spread(jobs, 100, &Silent, |i| i * i), Some(squares.clone()));
        }
    }

    #[test]
    fn the_watcher_ends_it() {
        assert_eq!(spread(1, 100, &Until(5), |i| i), None);
    }
}
