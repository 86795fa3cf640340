//! Ordinary, crowded, empty and hostile timelines.

use super::{Dice, LONG, frame};
use crate::chart::Timeline;
use crate::chart::timeline::{Moment, Signal};

pub(crate) fn timelines() -> Vec<(&'static str, Timeline)> {
    let at = |day: f64, text: &str| Moment { day, text: text.into(), ..Moment::default() };
    let lasting = |day: f64, until: f64, text: &str| Moment { day, until: Some(until), text: text.into(), major: true };
    let mut dice = Dice(11);
    let mut signals = |n: usize, share: f64, days: f64| -> Vec<Signal> {
        (0..n).map(|_| Signal { day: dice.next() * days, is_true: dice.next() < share }).collect()
    };
    let named = |name, finding| frame(name, finding, "Story of one run", "days", "option: seal checks; world: real");
    let ordinary = Timeline {
        frame: named("timeline-ordinary", "The desk acts on day 402, after 41% of the catalogue is gone"),
        days: 730.0,
        campaign: vec![
            at(12.0, "Operator compelled"),
            at(30.0, "Cataloguing begins"),
            at(188.0, "A quarter catalogued"),
            Moment { major: true, ..at(301.0, "First consignment altered") },
            at(344.0, "Altered goods leave"),
            at(402.5, "Campaign falls silent"),
        ],
        signals: signals(74, 0.3, 730.0),
        desk: vec![at(96.0, "Watch"), at(240.0, "Investigate"), at(260.0, "Interview"), at(402.0, "Act")],
        responses: vec![
            lasting(245.0, 300.0, "Random openings doubled"),
            lasting(402.0, 730.0, "Operator suspended"),
            lasting(640.0, 730.0, "Access rules rewritten"),
        ],
    };
    let crowded_lane = |n: usize, days: f64, dice: &mut Dice| -> Vec<Moment> {
        (0..n)
            .map(|i| Moment {
                day: dice.next() * days,
                until: (i % 3 == 0).then(|| dice.next() * days),
                text: format!("Case {} {}", i + 1, ["opened", "closed for want of evidence", LONG][i % 3]),
                major: i % 9 == 0,
            })
            .collect()
    };
    let mut more = Dice(5);
    let crowded = Timeline {
        frame: named(
            "timeline-crowded",
            "2,000 signals, most of them false, keep the desk busy for two years without a single decision that lasts",
        ),
        days: 730.0,
        campaign: crowded_lane(40, 730.0, &mut more),
        signals: signals(2000, 0.06, 730.0),
        desk: crowded_lane(120, 730.0, &mut more),
        responses: crowded_lane(14, 730.0, &mut more),
    };
    let quiet = Timeline {
        frame: named("timeline-quiet", "Without a campaign the desk sees only false signals"),
        days: 730.0,
        campaign: vec![],
        signals: signals(180, 0.0, 730.0),
        desk: vec![at(730.0, "Quarterly review finds nothing to do")],
        responses: vec![],
    };
    let edges = Timeline {
        frame: named("timeline-edges", "Everything at the edges"),
        days: 1.0,
        campaign: vec![
            at(0.0, "At the very start"),
            at(1.0, "At the very end"),
            at(f64::NAN, "never"),
            at(0.5, LONG),
            lasting(0.99, 0.2, "Ends before it begins"),
        ],
        signals: vec![
            Signal { day: 0.0, is_true: true },
            Signal { day: 1.0, is_true: false },
            Signal { day: f64::INFINITY, is_true: true },
        ],
        desk: vec![],
        responses: vec![lasting(0.0, 1.0, "In force throughout")],
    };
    let none = Timeline {
        frame: named("timeline-empty", "Nothing happened in two years"),
        days: 730.0,
        campaign: vec![],
        signals: vec![],
        desk: vec![],
        responses: vec![],
    };
    vec![("ordinary", ordinary), ("crowded", crowded), ("quiet", quiet), ("edges", edges), ("empty", none)]
}
