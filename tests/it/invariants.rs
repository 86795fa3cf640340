//! What holds in every scenario: properties over hubs, campaigns and layers that are made up.

use airside::measure::{Measure, Record};
use airside::model::{Line, Payer, World};
use airside::plan::Plan;
use proptest::prelude::*;

use super::rig::{Lab, Watch, watch};

/// A made-up scenario: sizes, chances, and which parts there are.
#[derive(Clone, Debug)]
struct Made {
    flights: u32,
    staff: u32,
    days: u32,
    covers: u32,
    catches: u32,
    errs: u32,
    pauses: u32,
    succeeds: u32,
    adversary: u32,
    heat: u32,
    parts: u32,
    seed: u64,
}

fn made() -> impl Strategy<Value = Made> {
    let sizes = (1..8_u32, 1..4_u32, 40..160_u32);
    let chances = (0..=100_u32, 0..=100_u32, 0..20_u32, 0..=100_u32, 1..=100_u32);
    (sizes, chances, 0..3_u32, 0..4_u32, 0..256_u32, 0..1_000_000_u64).prop_map(
        |(sizes, chances, adversary, heat, parts, seed)| {
            let ((flights, staff, days), (covers, catches, errs, pauses, succeeds)) = (sizes, chances);
            Made { flights, staff, days, covers, catches, errs, pauses, succeeds, adversary, heat, parts, seed }
        },
    )
}

impl Made {
    fn has(&self, part: u32) -> bool {
        self.parts & 1 << part != 0
    }

    /// The scenario with this coverage of its look at the gate.
    fn plan(&self, covers: u32) -> Plan {
        let Made { flights, staff, days, catches, errs, pauses, succeeds, .. } = self;
        let some = |part: u32, text: &str| if self.has(part) { text.to_owned() } else { String::new() };
        let mut steps = format!(
            r#""alter": (class: Alter, after: Start, takes: Days(1), succeeds: Percent({succeeds}), repeats: PerDay(1)),"#
        );
        steps += &some(
            0,
            r#""copy": (class: Collect, after: Start, takes: Hours(2), repeats: PerDay(0.5)), "send": (class: MoveOut, after: AllOf(["copy"]), takes: Hours(1), repeats: PerDay(0.5)),"#,
        );
        steps += &some(
            1,
            r#""order": (class: Compel, after: Start, takes: Days(2)), "use": (class: Exploit, after: AllOf(["order"]), takes: Days(1), repeats: PerMonth(1), consignors_lose: Euro(5000)),"#,
        );
        steps += &some(
            2,
            r#""wipe": (class: Conceal, after: Start, takes: Days(1), repeats: PerMonth(1), hides: Percent(50), lasts: Days(20)),"#,
        );
        steps += &some(3, r#""signal": (class: Trigger, after: Start, takes: Days(30), sets_off: Percent(50)),"#);
        let adversary =
            ["Fixed", "Myopic(fears: Percent(3), loses: 4)", "Quantal(fears: Percent(3), loses: 4, sharpness: 2)"];
        let heat = [
            "",
            "after_alert: (slows: Percent(50)),",
            "after_alert: (changes_operator: Percent(80)),",
            "after_alert: (changes_goods: Percent(80)),",
        ];
        let campaign = format!(
            "Campaign(uses: \"ours\", elsewhere: \"theirs\", starts: Days(3), pauses_after_alert: Percent({pauses}), pause_lasts: Days(20),
                adversary: {}, {} goals: (catalogue: Percent(40), alter: Percent(40), exploit: Percent(20)), steps: {{{steps}}},
                altered_goods_act_after: Exponential(mean: Days(30)))",
            adversary[self.adversary as usize], heat[self.heat as usize]
        );
        let station = |zone: &str, job: &str, staff: u32| {
            format!(r#"(zone: "{zone}", job: {job}, staff: Always({staff}), takes: Exponential(mean: Minutes(20)))"#)
        };
        let stations = format!(
            r#"{{"dock": {}, "bench": {}, "shelf": {}, "gate": {}}}"#,
            station("apron", "Unload", *staff),
            station("hall", "Sort", *staff),
            station("annex", "Sort", *staff),
            station("apron", "Load", staff + 1)
        );
        let mut layers = format!(
            r#""look": (watches: Station("gate"), notices: [Alter], sees_purpose: false, covers: Percent({covers}), report_takes: Hours(5),
                method: PerItem(catches: Percent({catches}), false_alarms: Percent({errs})), cost: EuroPerYear(1000)),"#
        );
        layers += &some(
            4,
            r#""tip": (watches: AllOperators, notices: [Alter, Collect], sees_purpose: true, covers: Percent(100), report_takes: Days(3),
            method: Tip(true_reports: PerYear(6), false_reports: PerYear(3)), cost: EuroPerYear(10)),"#,
        );
        layers += &some(
            5,
            r#""chart": (watches: AllOperators, notices: [Collect], sees_purpose: true, covers: Percent(100), report_takes: Days(1),
            method: Chart(counts: Uses(adds: 3), every: Days(2), usual: 3, if_misused: 5, by: PoissonCusum(limit: 5, head_start: 0)), cost: EuroPerYear(10)),"#,
        );
        layers += &some(
            6,
            r#""cameras": (watches: Zones, zones: {"hall": Percent(90)}, notices: [Alter], sees_purpose: false, covers: Percent(50), report_takes: Days(1),
            method: Surveillance(sees: Percent(20), false_alarms: PerYear(5)), cost: EuroPerYear(10)),"#,
        );
        let rules = r#"[(when: Belief(AtLeast(Percent(15))), then: Investigate), (when: Belief(AtLeast(Percent(60))), then: RestrictAccess(Percent(50)))]"#;
        Lab::new(*days)
            .flights(*flights)
            .with("campaign", campaign)
            .with("stations", stations)
            .with("layers", format!("{{{layers}}}"))
            .with(
                "information",
                r#"{"book": (operator: "ours", written_at: ["bench"], fields: [Parties], keeps: Days(30), value_halves_in: Days(90), held_elsewhere: Percent(10))}"#,
            )
            .with(
                "desk",
                r#"(analysts: 1, believes_at_start: Percent(5), if_misused_expects: {Alter: PerYear(50)}, forgets_half_in: Days(100), cost: EuroPerYear(5000),
                    watches_at: Percent(10), investigates_at: Percent(15), acts_at: Percent(60),
                    stages: [(name: "look", takes: Exponential(mean: Days(5)), finds_link: Percent(30))])"#,
            )
            .with("costs", "(delay: EuroPerHour(3), false_alarm: Euro(77.77), harm: Euro(12.34), responses: {Investigate: Euro(100)})")
            .with("safeguards", r#"{"slow": Own(does: [Slow(station: "gate", by: Minutes(3))], aimed_at: Everyone, paid_by: Operators, once: Euro(10), yearly: EuroPerYear(33.33), ready_after: Days(5), legal: Contract, ids: [])}"#)
            .with("options", format!(r#"{{"as-is": (safeguards: [], response: {}), "slow": (safeguards: ["slow"], response: {rules})}}"#, if self.has(7) { rules } else { "[]" }))
            .plan()
    }
}

fn whatever_happens_holds(plan: &Plan, run: &Watch, world: World) {
    let outcome = run.outcome();
    let get = |measure| outcome.get(measure);
    // In = out + in the building.
    let flow = run.story.flow;
    assert_eq!(flow.arrived as f64, get(Measure::Throughput) + get(Measure::InBuilding));
    // Both sides of the ledger, to the cent.
    let cents = |x: f64| (100.0 * x).round() as i64;
    let lines: i64 = Line::ALL.iter().map(|line| cents(get(Measure::CostOn(*line)))).sum();
    let payers: i64 = Payer::ALL.iter().map(|payer| cents(get(Measure::CostOf(*payer)))).sum();
    assert_eq!((lines, payers), (cents(get(Measure::CostTotal)), cents(get(Measure::CostTotal))));
    // What was altered was found on the way, or was shipped and is latent, found later, or has acted.
    let acted = get(Measure::Activated);
    assert!(get(Measure::Shipped) <= get(Measure::Altered) && get(Measure::Latent) + acted <= get(Measure::Shipped));
    assert!(get(Measure::Found) + get(Measure::Latent) + acted <= get(Measure::Altered));
    assert!((0.0..=1.0).contains(&get(Measure::CatalogueShare)) && (0.0..=1.0).contains(&get(Measure::ControlShare)));
    assert!(run.story.beliefs.iter().flatten().all(|belief| (0.0..=1.0).contains(belief)));
    // Time never goes back.
    assert!(run.records().windows(2).all(|pair| pair[0].0 <= pair[1].0));
    if world == World::Innocent {
        let none = [
            Measure::CatalogueShare,
            Measure::FactsKnown,
            Measure::FactsSeen,
            Measure::Altered,
            Measure::Harm,
            Measure::ControlShare,
            Measure::CostOn(Line::Losses),
            Measure::Attributed,
        ];
        assert!(none.iter().all(|measure| get(*measure) == 0.0));
        assert!(run.count(|r| matches!(r, Record::Noticed { genuine: true, .. })) == 0);
    }
    assert_eq!(run.events, outcome.model_events);
    let _ = plan;
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn goods_money_and_items_are_conserved_and_a_seed_replays(made in made()) {
        let plan = made.plan(made.covers);
        for world in World::ALL {
            for option in ["as-is", "slow"] {
                let run = watch(&plan, option, world, made.seed);
                whatever_happens_holds(&plan, &run, world);
                let again = watch(&plan, option, world, made.seed);
                prop_assert_eq!(run.canonical(), again.canonical());
            }
        }
    }

    /// Under one luck, with nobody who answers: whatever a layer catches, it catches too if it looks at more.
    #[test]
    fn who_looks_at_more_misses_no_more(made in made(), more in 0..=100_u32) {
        let quiet = Made { parts: made.parts & !(1 << 7), adversary: 0, ..made };
        let (less, more) = (quiet.covers.min(more), quiet.covers.max(more));
        let found = |covers| {
            let run = watch(&quiet.plan(covers), "as-is", World::Real, quiet.seed);
            let items = run.records().iter().filter_map(|(_, r)| if let Record::Found { item, by: Some(_) } = r { Some(*item) } else { None });
            let items: Vec<_> = items.collect();
            (items, run.outcome().get(Measure::Shipped))
        };
        let ((few, shipped), (many, left)) = (found(less), found(more));
        prop_assert!(few.iter().all(|item| many.contains(item)) && left <= shipped);
    }
}
