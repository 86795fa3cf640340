//! Steady states of queues with Poisson arrivals: Erlang's formulas and Pollaczek and Khinchine's.
//!
//! The load is in erlangs: arrival rate times mean service time. Times are in whatever unit the service time has.

/// Share of arrivals lost when `servers` have no queue (Erlang B), by the usual recursion
/// B(0) = 1, B(k) = load B(k-1) / (k + load B(k-1)). A load that is not positive loses none.
pub fn loss(servers: u32, load: f64) -> f64 {
    if load.is_nan() || load <= 0.0 {
        return if servers == 0 { 1.0 } else { 0.0 };
    }
    // The reciprocal's recursion, 1/B(k) = 1 + k/load 1/B(k-1), has only positive terms and overflows harmlessly.
    1.0 / (1..=servers).fold(1.0, |inverse, k| 1.0 + f64::from(k) / load * inverse)
}

/// Share of arrivals that wait when `servers` have an endless queue (Erlang C), c B / (c - load (1 - B)); 1 where the
/// load reaches the number of servers, as the queue then grows without end.
pub fn waiting(servers: u32, load: f64) -> f64 {
    let c = f64::from(servers);
    if load >= c {
        return 1.0;
    }
    let lost = loss(servers, load);
    c * lost / (c - load.max(0.0) * (1.0 - lost))
}

/// Mean wait of all arrivals, C / (c - load) times the mean `service` time; infinite where the load reaches the
/// number of servers.
pub fn mean_wait(servers: u32, load: f64, service: f64) -> f64 {
    let spare = f64::from(servers) - load;
    if spare > 0.0 { waiting(servers, load) * service / spare } else { f64::INFINITY }
}

/// Mean number waiting, load C / (c - load) by Little's law; infinite where the load reaches the number of servers.
pub fn mean_queue(servers: u32, load: f64) -> f64 {
    // A wait in units of the service time, times the load, is the rate times the wait.
    if load > 0.0 { load * mean_wait(servers, load, 1.0) } else { 0.0 }
}

/// Mean time in the system, wait and service; infinite where the load reaches the number of servers.
pub fn mean_time(servers: u32, load: f64, service: f64) -> f64 {
    mean_wait(servers, load, service) + service
}

/// Mean number in the system, those who wait and those who are served; infinite where the load reaches the number of
/// servers.
pub fn mean_number(servers: u32, load: f64) -> f64 {
    mean_queue(servers, load) + load.max(0.0)
}

/// Share of arrivals whose wait is at most `t`, 1 - C exp(-(c - load) t / service), first come first served.
pub fn served_within(servers: u32, load: f64, service: f64, t: f64) -> f64 {
    let spare = f64::from(servers) - load;
    if t < 0.0 || spare <= 0.0 { 0.0 } else { 1.0 - waiting(servers, load) * libm::exp(-spare * t / service) }
}

/// Mean wait before one server with any law of service: rate `E[S]`^2 (1 + scv) / (2 (1 - rho)), where `scv` is the
/// variance of the service time over its squared mean (1 exponential, 0 constant) and rho = rate `E[S]`. Infinite from
/// rho = 1 on.
pub fn pollaczek_khinchine(rate: f64, mean_service: f64, scv: f64) -> f64 {
    let busy = rate * mean_service;
    if busy < 1.0 { busy * mean_service * (1.0 + scv) / (2.0 * (1.0 - busy)) } else { f64::INFINITY }
}

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::*;

    #[test]
    fn the_recursion_is_the_definition() {
        for (servers, load) in [(1, 0.8), (3, 2.7), (14, 10.0), (55, 48.0), (8, 30.0)] {
            // B = (a^c/c!) / sum of a^k/k!
            let terms: Vec<f64> = (0..=servers)
                .scan(1.0, |term, k| {
                    *term *= if k == 0 { 1.0 } else { load / f64::from(k) };
                    Some(*term)
                })
                .collect();
            close(loss(servers, load), terms[servers as usize] / terms.iter().sum::<f64>(), 1e-13, &(servers, load));
        }
    }

    #[test]
    fn one_server_has_closed_forms() {
        for load in [0.01, 0.5, 0.9, 0.999] {
            close(waiting(1, load), load, 1e-12, &load);
            close(mean_wait(1, load, 2.0), 2.0 * load / (1.0 - load), 1e-11, &load);
            close(mean_wait(1, load, 2.0), pollaczek_khinchine(load / 2.0, 2.0, 1.0), 1e-11, &load);
        }
    }

    #[test]
    fn large_systems_stay_finite() {
        assert!((0.0..1e-100).contains(&loss(10_000, 5_000.0)));
        assert!((0.0..=1.0).contains(&waiting(100_000, 99_900.0)));
        assert_eq!(loss(u32::from(u16::MAX), 1e-3), 0.0);
    }

    #[test]
    fn overload_and_idleness_are_as_documented() {
        assert_eq!(
            (waiting(3, 3.0), mean_wait(3, 4.0, 1.0), served_within(3, 3.0, 1.0, 9.0)),
            (1.0, f64::INFINITY, 0.0)
        );
        assert_eq!((loss(0, 2.0), loss(3, 0.0), waiting(3, 0.0), mean_queue(3, 0.0)), (1.0, 0.0, 0.0, 0.0));
        assert_eq!((mean_time(3, 3.0, 2.0), mean_number(3, 3.0)), (f64::INFINITY, f64::INFINITY));
        assert_eq!((mean_time(3, 0.0, 2.0), mean_number(3, 0.0)), (2.0, 0.0));
        assert_eq!((waiting(0, 0.0), mean_wait(0, 1.0, 1.0)), (1.0, f64::INFINITY));
        assert_eq!((pollaczek_khinchine(1.0, 1.0, 0.0), pollaczek_khinchine(0.0, 1.0, 1.0)), (f64::INFINITY, 0.0));
    }
}
