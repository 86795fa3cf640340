//! Ordinary, crowded, empty and hostile maps of the hub.

use super::{Dice, LONG, frame};
use crate::chart::HubMap;
use crate::chart::hub_map::{Flow, Station, Zone};

pub(crate) fn hub_maps() -> Vec<(&'static str, HubMap)> {
    let station = |name: &str, utilisation| Station { name: name.into(), utilisation };
    let zone = |name: &str, kind: &str, operator: &str, at, stations: Vec<Station>| Zone {
        name: name.into(),
        kind: kind.into(),
        operator: operator.into(),
        at,
        stations,
    };
    let flow = |from, to, per_day| Flow { from, to, per_day };
    let named = |name| {
        let finding = "Screening works at 91% of what it can do; the bonded store has room";
        frame(name, finding, "Utilisation of stations and flow between zones", "consignments a day", "option: as today")
    };
    let ordinary = vec![
        zone("Apron", "airside", "Carrier 01", (0.0, 5.0), vec![station("Unloading", 0.62), station("Loading", 0.55)]),
        zone(
            "Import hall",
            "airside",
            "Handler",
            (4.0, 2.0),
            vec![station("Screening", 0.91), station("Secondary", 0.72)],
        ),
        zone("Export hall", "airside", "Handler", (4.0, 8.0), vec![station("Sorting", 0.44)]),
        zone("Bonded store", "controlled", "Customs agent", (8.0, 2.0), vec![station("Release", 0.31)]),
        zone(
            "Truck dock",
            "landside",
            "Forwarder",
            (9.0, 8.0),
            vec![station("Acceptance", 0.83), station("Seal check", 1.04)],
        ),
    ];
    let ordinary_flows = vec![
        flow(0, 1, 2400.0),
        flow(1, 3, 900.0),
        flow(1, 2, 1300.0),
        flow(2, 0, 2350.0),
        flow(3, 4, 880.0),
        flow(4, 2, 1010.0),
        flow(1, 4, 160.0),
    ];
    let mut dice = Dice(3);
    let crowd = |at: &dyn Fn(usize) -> (f64, f64), dice: &mut Dice, long: bool| {
        let zones: Vec<Zone> = (0..12)
            .map(|i| {
                let stations = (0..i % 5)
                    .map(|s| {
                        station(if long { LONG } else { "Weighing and labelling" }, dice.next() * 1.2 + s as f64 * 0.01)
                    })
                    .collect();
                let name = if long { LONG.to_owned() } else { format!("Zone number {}", i + 1) };
                zone(&name, "controlled area", if long { LONG } else { "Handling agent 02" }, at(i), stations)
            })
            .collect();
        let flows: Vec<Flow> =
            (0..20).map(|i| flow(i % 12, (i * 5 + 3) % 12, dice.next() * dice.next() * 2500.0)).collect();
        (zones, flows)
    };
    let scattered = crowd(&|i| ((i * 37 % 100) as f64, (i * 53 % 100) as f64), &mut dice, false);
    let long = crowd(&|i| ((i % 4) as f64, (i / 4) as f64), &mut dice, true);
    let line = crowd(&|i| (i as f64, 1.0), &mut dice, false);
    let spot = crowd(&|_| (1.0, 1.0), &mut dice, false);
    let map = |name, zones: Vec<Zone>, flows: Vec<Flow>| HubMap { frame: named(name), zones, flows };
    vec![
        ("ordinary", map("hub-ordinary", ordinary.clone(), ordinary_flows)),
        (
            "three in a line",
            map(
                "hub-three",
                ordinary[..3].iter().cloned().enumerate().map(|(i, z)| Zone { at: (i as f64, 1.0), ..z }).collect(),
                vec![flow(0, 1, 40.0), flow(1, 2, 40.0), flow(2, 0, 0.0), flow(0, 2, f64::NAN)],
            ),
        ),
        ("scattered", map("hub-scattered", scattered.0, scattered.1)),
        ("long names", map("hub-long", long.0, long.1)),
        ("collinear", map("hub-line", line.0, line.1)),
        ("one spot", map("hub-spot", spot.0, spot.1)),
        ("one zone", map("hub-one", ordinary[..1].to_vec(), vec![flow(0, 0, 3.0), flow(0, 9, 3.0)])),
        ("empty", map("hub-empty", vec![], vec![flow(0, 1, 1.0)])),
    ]
}
