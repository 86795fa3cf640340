//! A queue with room for so many: Poisson arrivals, exponential services, several servers, and who finds no room is lost
//! (M/M/c/K).

/// The steady state of c servers with room for K, those in service among them.
#[derive(Clone, Debug, PartialEq)]
pub struct FiniteQueue {
    servers: u32,
    load: f64,
    shares: Vec<f64>,
}

impl FiniteQueue {
    /// `servers` >= 1 with `room` >= `servers`, under `load` >= 0 in erlangs: arrival rate times mean service time, which may
    /// exceed the servers. The share of time with n in the system is (load/min(1, c)) ... (load/min(n, c)), scaled to sum 1
    /// (D. Gross and C. M. Harris, *Fundamentals of Queueing Theory*, section 2.5). `None` outside of that, and for more
    /// room than [`MOST_ROOM`].
    pub fn new(servers: u32, room: u32, load: f64) -> Option<FiniteQueue> {
        if servers == 0 || room < servers || room > MOST_ROOM || !load.is_finite() || load < 0.0 {
            return None;
        }
        let mut shares = Vec::with_capacity(room as usize + 1);
        let mut term = 1.0;
        shares.push(term);
        for n in 1..=room {
            term *= load / f64::from(n.min(servers));
            // Only ratios matter; what is scaled away here has no share in the end.
            if term > 1e200 {
                shares.iter_mut().for_each(|share| *share *= 1e-200);
                term *= 1e-200;
            }
            shares.push(term);
        }
        let sum: f64 = shares.iter().sum();
        shares.iter_mut().for_each(|share| *share /= sum);
        Some(FiniteQueue { servers, load, shares })
    }

    /// Shares of time with 0, 1, ..., K in the system.
    pub fn shares(&self) -> &[f64] {
        &self.shares
    }

    /// The share of arrivals that is lost: of time in which the room is full, as arrivals are Poisson.
    pub fn lost(&self) -> f64 {
        self.shares[self.shares.len() - 1]
    }

    /// Arrivals that get in, a mean service time.
    pub fn throughput(&self) -> f64 {
        self.load * (1.0 - self.lost())
    }

    /// Mean number in the system.
    pub fn mean_number(&self) -> f64 {
        self.shares.iter().enumerate().map(|(n, share)| n as f64 * share).sum()
    }

    /// Mean number waiting.
    pub fn mean_queue(&self) -> f64 {
        let waiting = self.shares.iter().enumerate().skip(self.servers as usize + 1);
        waiting.map(|(n, share)| (n - self.servers as usize) as f64 * share).sum()
    }

    /// Mean time in the system of those who get in, by Little's law, in the unit of the mean `service` time; that time
    /// itself where nobody comes.
    pub fn mean_time(&self, service: f64) -> f64 {
        if self.load > 0.0 { self.mean_number() / self.throughput() * service } else { service }
    }

    /// Mean wait of those who get in, in the unit of the mean `service` time.
    pub fn mean_wait(&self, service: f64) -> f64 {
        if self.load > 0.0 { self.mean_queue() / self.throughput() * service } else { 0.0 }
    }
}

/// The most room that [`FiniteQueue::new`] accepts.
pub const MOST_ROOM: u32 = 1_000_000;

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::super::erlang;
    use super::*;

    #[test]
    fn one_server_has_the_closed_form() {
        // (1 - r) r^K / (1 - r^(K+1)) are lost; in the system are r/(1-r) - (K+1) r^(K+1)/(1 - r^(K+1)).
        for (room, load) in [(1, 0.5), (5, 0.8), (10, 1.7), (40, 3.0)] {
            let queue = FiniteQueue::new(1, room, load).unwrap();
            let power = libm::pow(load, f64::from(room));
            close(queue.lost(), (1.0 - load) * power / (1.0 - load * power), 1e-12, &(room, load));
            let number = load / (1.0 - load) - f64::from(room + 1) * load * power / (1.0 - load * power);
            close(queue.mean_number(), number, 1e-10, &(room, load));
            close(queue.mean_time(2.0) - queue.mean_wait(2.0), 2.0, 1e-12, &(room, load));
        }
        // At load 1 all counts are equally likely.
        let even = FiniteQueue::new(1, 4, 1.0).unwrap();
        assert_eq!((even.lost(), even.mean_number()), (0.2, 2.0));
    }

    #[test]
    fn no_waiting_room_is_erlangs_loss_and_endless_room_his_delay() {
        for (servers, load) in [(1, 0.8), (3, 2.7), (10, 9.0)] {
            close(FiniteQueue::new(servers, servers, load).unwrap().lost(), erlang::loss(servers, load), 1e-12, &load);
            let large = FiniteQueue::new(servers, 4000, load).unwrap();
            close(large.mean_queue(), erlang::mean_queue(servers, load), 1e-9, &load);
            close(large.mean_wait(3.0), erlang::mean_wait(servers, load, 3.0), 1e-9, &load);
        }
    }

    #[test]
    fn edges_are_as_documented() {
        assert_eq!(FiniteQueue::new(0, 3, 1.0), None);
        assert_eq!(FiniteQueue::new(3, 2, 1.0), None);
        assert_eq!(FiniteQueue::new(1, 2, f64::NAN), None);
        assert_eq!(FiniteQueue::new(1, 2, -1.0), None);
        let idle = FiniteQueue::new(2, 3, 0.0).unwrap();
        assert_eq!((idle.lost(), idle.mean_number(), idle.mean_time(2.0), idle.mean_wait(2.0)), (0.0, 0.0, 2.0, 0.0));
        let crowded = FiniteQueue::new(2, 100_000, 50.0).unwrap();
        close(crowded.throughput(), 2.0, 1e-12, &"both are always busy");
    }
}
