//! Tests of the future event list: whatever the layout of slots, events come in their order.

use super::*;
use crate::model::{StationId, TrafficId};

fn tag(event: Event) -> u32 {
    match event {
        Event::Land(_, n) => n,
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
    let order: Vec<_> = std::iter::from_fn(|| calendar.pop()).map(|(t, e)| (t.millis(), tag(e))).collect();
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
    let popped: Vec<_> = std::iter::from_fn(|| calendar.pop()).map(|(t, e)| (t, tag(e))).collect();
    assert_eq!(popped.len(), 10_000);
    assert!(popped.windows(2).all(|w| w[0] < w[1]), "time rises, and the order of scheduling within a time");
}

/// Goods that arrive, wait for each other, are served one at a time, and leave, among other events.
#[test]
fn goods_keep_their_place_from_arrival_to_leaving() {
    let mut calendar = Calendar::default();
    let (mut queue, mut left) = (std::collections::VecDeque::new(), Vec::new());
    let (mut server, mut last) = (None, None);
    (0..500).for_each(|n| calendar.schedule(SimTime::from_millis(n * n % 977), Event::Land(TrafficId(0), n as u32)));
    while let Some((now, event)) = calendar.pop() {
        let (served, arrived) = match event {
            Event::Served(goods, stop) => (Some((goods, stop)), None),
            Event::Land(_, number) => (None, Some((calendar.admit(), number))),
            other => panic!("{other:?}"),
        };
        if let Some(one) = served {
            assert_eq!((server, calendar.stop_of(one.0)), (Some(one), one.1));
            left.push(one.1);
            calendar.dismiss(one.0);
            server = None;
        }
        if let Some((goods, stop)) = arrived {
            calendar.wait(goods, stop, now, last.unwrap_or(NONE));
            assert!(!queue.iter().chain(&server.map(|it| (it, now))).any(|((other, _), _)| *other == goods));
            queue.push_back(((goods, stop), now));
            last = Some(goods);
        }
        if let (None, Some((first, since))) = (server, queue.front().copied()) {
            assert_eq!(calendar.waiting(first.0), (since, queue.get(1).map_or(NONE, |(next, _)| next.0)));
            queue.pop_front();
            last = last.filter(|last| *last != first.0);
            server = Some(first);
            calendar.serve(first.0, first.1, SimTime::from_millis(now.millis() + u64::from(first.1) % 5));
        }
    }
    let mut by_arrival: Vec<u32> = (0..500).collect();
    by_arrival.sort_by_key(|n| (u64::from(*n) * u64::from(*n) % 977, *n));
    assert_eq!(left, by_arrival);
    assert!(calendar.admit() < 500, "places are used again");
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
    while let Some((at, event)) = calendar.pop() {
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

/// Against a sorted set: dense and sparse times, bursts at one instant, events far beyond the ring, and many changes
/// of the layout.
#[test]
fn no_layout_of_slots_changes_the_order() {
    use std::collections::BTreeSet;
    let mut calendar = Calendar::default();
    let mut layouts = BTreeSet::new();
    for (run, spread) in [1 << 6, 1 << 14, 1 << 34, 1 << 20].into_iter().enumerate() {
        calendar.clear();
        let (mut x, mut now, mut n) = (run as u64 + 1, 0, 0_u32);
        let mut reference = BTreeSet::new();
        for turn in 0..150_000 {
            x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let more = match turn {
                0 => 600,
                _ if turn % 40_000 < 20_000 => 1 + (x >> 63),
                _ => u64::from(!(x >> 40).is_multiple_of(3)),
            };
            for i in 0..more {
                let far = if (x >> 20).is_multiple_of(7) { spread * 5_000 } else { spread };
                let at = if x >> 61 == 0 { now } else { now + (x >> 11).wrapping_mul(i + 1) % far };
                calendar.schedule(SimTime::from_millis(at), Event::Land(TrafficId(0), n));
                reference.insert((at, n));
                n += 1;
            }
            let Some((at, event)) = calendar.pop() else { break };
            now = at.millis();
            assert_eq!(Some((now, tag(event))), reference.pop_first(), "run {run}, turn {turn}");
            layouts.insert((calendar.ring.shift(), calendar.ring.length()));
        }
        let rest: Vec<_> = std::iter::from_fn(|| calendar.pop()).map(|(t, e)| (t.millis(), tag(e))).collect();
        assert!(rest.iter().copied().eq(reference), "run {run}");
    }
    assert!(layouts.len() > 7, "more layouts than one at the start and one later of each run: {layouts:?}");
}
