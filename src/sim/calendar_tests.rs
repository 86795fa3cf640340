//! Tests of the future event list: whatever the layout of slots, events come in their order.

use super::*;
use crate::model::{StationId, TrafficId};

fn tag(event: Event) -> u32 {
    match event {
        Event::Land(_, n) | Event::Served(_, n) => n,
        Event::Shift(s) => 1_000 + s.0,
        Event::DayEnd => 2_000,
        other => panic!("{other:?}"),
    }
}

#[test]
fn events_come_by_time_then_phase_then_order_of_scheduling() {
    let mut calendar = Calendar::default();
    let at = SimTime::from_millis;
    calendar.schedule(at(5), Event::DayEnd);
    calendar.schedule(at(5), Event::Land(TrafficId(0), 1));
    calendar.schedule(at(9), Event::Land(TrafficId(0), 4));
    calendar.schedule(at(5), Event::Shift(StationId(2)));
    calendar.schedule(at(5), Event::Land(TrafficId(0), 3));
    calendar.schedule(at(1), Event::Land(TrafficId(0), 0));
    calendar.schedule(SimTime::NEVER, Event::Land(TrafficId(0), 9));
    let order: Vec<_> = std::iter::from_fn(|| calendar.pop()).map(|(t, e, _)| (t.millis(), tag(e))).collect();
    assert_eq!(order, [(1, 0), (5, 1), (5, 1_002), (5, 3), (5, 2_000), (9, 4)]);
}

#[test]
fn a_long_shuffled_schedule_comes_out_sorted() {
    let mut calendar = Calendar::default();
    let mut x = 1u32;
    for n in 0..10_000 {
        x = x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        calendar.schedule(SimTime::from_millis(u64::from(x >> 22)), Event::Land(TrafficId(0), n));
    }
    let popped: Vec<_> = std::iter::from_fn(|| calendar.pop()).map(|(t, e, _)| (t, tag(e))).collect();
    assert_eq!(popped.len(), 10_000);
    assert!(popped.windows(2).all(|w| w[0] < w[1]), "time rises, and the order of scheduling within a time");
}

/// Goods that arrive, wait for each other, are served one at a time, and leave, among other events.
#[test]
fn goods_keep_their_node_from_arrival_to_leaving() {
    let mut calendar = Calendar::default();
    let (mut queue, mut left) = (std::collections::VecDeque::new(), Vec::new());
    let (mut server, mut last) = (None, NONE);
    (0..500).for_each(|n| calendar.schedule(SimTime::from_millis(n * n % 977), Event::Land(TrafficId(0), n as u32)));
    let forever = Spot { at: 500, node: calendar.admit() };
    calendar.serve(forever, 500, SimTime::NEVER);
    while let Some((now, event, node)) = calendar.pop() {
        match event {
            Event::Served(at, stop) => {
                assert_eq!(server.take(), Some((Spot { at, node }, stop)));
                assert_eq!(calendar.of_goods(node), (event, now));
                left.push(stop);
                calendar.dismiss(node);
            }
            Event::Land(_, number) => {
                let spot = Spot { at: number, node: calendar.admit() };
                let others = queue.iter().map(|(spot, ..): &(Spot, u32, SimTime)| *spot);
                assert!(
                    others.chain(server.map(|(spot, _)| spot)).chain([forever]).all(|other| other.node != spot.node)
                );
                calendar.wait(spot, number, now, last);
                queue.push_back((spot, number, now));
                last = spot.node;
            }
            other => panic!("{other:?}"),
        }
        if server.is_none()
            && let Some((spot, stop, since)) = queue.pop_front()
        {
            let behind = queue.front().map_or(NONE, |(next, ..)| next.node);
            assert_eq!(calendar.waiting(spot.node), (spot, stop, since, behind));
            last = if behind == NONE { NONE } else { last };
            server = Some((spot, stop));
            calendar.serve(spot, stop, SimTime::from_millis(now.millis() + u64::from(stop) % 5));
        } else if let Some((spot, stop)) = server {
            assert_eq!(calendar.of_goods(spot.node).0, Event::Served(spot.at, stop));
        }
    }
    let mut by_arrival: Vec<u32> = (0..500).collect();
    by_arrival.sort_by_key(|n| (u64::from(*n) * u64::from(*n) % 977, *n));
    assert_eq!(left, by_arrival);
    assert!(calendar.admit() <= 501, "nodes are used again");
}

/// A slot of very many events becomes a heap; others come to it, and to earlier slots, while it is taken from.
#[test]
fn a_crowd_in_one_slot_keeps_its_order_as_others_come() {
    use std::collections::BTreeSet;
    let mut calendar = Calendar::default();
    let mut reference = BTreeSet::new();
    let mut n = 0;
    let mut add = |calendar: &mut Calendar, reference: &mut BTreeSet<_>, at: u64| {
        calendar.schedule(SimTime::from_millis(at), Event::Land(TrafficId(0), n));
        reference.insert((at, n));
        n += 1;
    };
    // Slots are 1,024 ms long at first.
    let crowded = 10 << FIRST_SHIFT;
    (0..200).for_each(|i| add(&mut calendar, &mut reference, crowded + i * 7 % 1_000));
    for at in [5, 3_000, 4_000, crowded + 2_000, 1 << 40] {
        add(&mut calendar, &mut reference, at);
    }
    let mut turn = 0;
    while let Some((at, event, _)) = calendar.pop() {
        assert_eq!(Some((at.millis(), tag(event))), reference.pop_first(), "turn {turn}");
        turn += 1;
        if turn < 150 {
            for later in [0, 1, 40, 3_000] {
                add(&mut calendar, &mut reference, at.millis() + later * (turn % 5));
            }
        }
    }
    assert!(reference.is_empty() && turn > 700);
}

/// Against a sorted set: goods and other events, dense and sparse times, bursts at one instant, events far beyond the ring, and many changes
/// of the layout.
#[test]
fn no_layout_of_slots_changes_the_order() {
    use std::collections::BTreeSet;
    let mut calendar = Calendar::default();
    for (run, spread) in [1 << 6, 1 << 14, 1 << 34, 1 << 20].into_iter().enumerate() {
        calendar.clear();
        let (mut x, mut now, mut n) = (run as u64 + 1, 0, 0_u32);
        let mut reference = BTreeSet::new();
        let mut layouts = BTreeSet::new();
        for turn in 0..150_000 {
            // Half-way through, things take longer.
            let spread = if turn < 75_000 { spread } else { spread << 6 };
            x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let more = match turn {
                0 => 600,
                _ if turn % 40_000 < 20_000 => 1 + (x >> 63),
                _ => u64::from(!(x >> 40).is_multiple_of(3)),
            };
            for i in 0..more {
                let far = if (x >> 20).is_multiple_of(7) { spread * 5_000 } else { spread };
                let at = if x >> 61 == 0 { now } else { now + (x >> 11).wrapping_mul(i + 1) % far };
                if n.is_multiple_of(3) {
                    let node = calendar.admit();
                    calendar.serve(Spot { at: n, node }, n, SimTime::from_millis(at));
                } else {
                    calendar.schedule(SimTime::from_millis(at), Event::Land(TrafficId(0), n));
                }
                reference.insert((at, n));
                n += 1;
            }
            let Some((at, event, node)) = calendar.pop() else { break };
            now = at.millis();
            assert_eq!(Some((now, tag(event))), reference.pop_first(), "run {run}, turn {turn}");
            layouts.insert((calendar.ring.shift(), calendar.ring.length()));
            match event {
                // Served once more, or gone. Among others at one instant, goods come as they were admitted.
                Event::Served(at, number) if x >> 62 == 0 => {
                    let until = now + (x >> 9) % (2 * spread);
                    calendar.serve(Spot { at, node }, number, SimTime::from_millis(until));
                    reference.insert((until, number));
                }
                Event::Served(..) => calendar.dismiss(node),
                _ => {}
            }
        }
        while let Some((at, event, _)) = calendar.pop() {
            assert_eq!(Some((at.millis(), tag(event))), reference.pop_first(), "run {run}, at its end");
            layouts.insert((calendar.ring.shift(), calendar.ring.length()));
        }
        assert!(reference.is_empty(), "run {run}");
        assert!(layouts.len() > 1, "run {run}: the layout never changed");
    }
}
