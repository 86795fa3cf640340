//! What the engine's tests run on: documents as plans, and runs written down.

use airside::document::{Files, NoFiles, Severity, Source, load_scenario};
use airside::measure::{Outcome, Story, Tally};
use airside::model::{OptionId, Scenario, StationId, TrafficId, World};
use airside::plan::Plan;
use airside::random::Luck;
use airside::sim::{Closing, Consignment, Day, Engine, Observer, Policy, Progress, Record, Rules, Situation};
use airside::time::SimTime;

/// The scenario of a document; warnings are no matter here.
#[track_caller]
pub(crate) fn scenario_with(text: &str, files: &dyn Files) -> Scenario {
    let (scenario, found) = load_scenario(&Source::new("test.ron", text), files);
    let errors = found.iter().filter(|d| d.severity() == Severity::Error);
    let said: Vec<String> = errors.map(|d| format!("{}: {}", d.path, d.message)).collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
    scenario.unwrap()
}

#[track_caller]
pub(crate) fn scenario(text: &str) -> Scenario {
    scenario_with(text, &NoFiles)
}

/// The text of a shipped document: `text_of("lakeside/lakeside")`.
pub(crate) fn text_of(name: &str) -> String {
    let path = format!("{}/scenarios/{name}.scenario.ron", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// Lakeside, cut to so many days.
pub(crate) fn lakeside(days: u64) -> Scenario {
    let mut scenario = scenario(&text_of("lakeside/lakeside"));
    scenario.calendar.horizon = airside::time::SimDuration::from_days(days);
    scenario
}

#[track_caller]
pub(crate) fn plan(scenario: Scenario) -> Plan {
    Plan::new(scenario).unwrap()
}

/// A small hub of two operators, section by section. Goods of "ours" pass dock, bench and gate; goods of "theirs" pass
/// dock, shelf and gate. All of them are sensitive and critical. Nobody waits.
#[derive(Clone)]
pub(crate) struct Lab(Vec<(&'static str, String)>);

impl Lab {
    pub(crate) fn new(days: u32) -> Lab {
        let parts = [
            ("format", "1".to_owned()),
            ("title", "\"Lab\"".to_owned()),
            ("handling", "Clear".to_owned()),
            ("calendar", format!("(starts: \"2031-01-06\", horizon: Days({days}), warm_up: Days(0))")),
            ("unsourced_numbers", "Illustrative".to_owned()),
            (
                "zones",
                r#"{
                    "apron": (kind: Airside, map: (0, 0), run_by: Hub),
                    "hall":  (kind: Sort, map: (4, 0), run_by: Operator("ours")),
                    "annex": (kind: Sort, map: (4, 2), run_by: Operator("theirs")),
                    "out":   (kind: Downstream, map: (8, 0), run_by: Outside),
                }"#
                .to_owned(),
            ),
            (
                "stations",
                r#"{
                    "dock":  (zone: "apron", job: Unload, staff: Always(50), takes: Fixed(Minutes(1))),
                    "bench": (zone: "hall",  job: Sort,   staff: Always(50), takes: Fixed(Minutes(1))),
                    "shelf": (zone: "annex", job: Sort,   staff: Always(50), takes: Fixed(Minutes(1))),
                    "gate":  (zone: "apron", job: Load,   staff: Always(50), takes: Fixed(Minutes(1))),
                }"#
                .to_owned(),
            ),
            (
                "routes",
                r#"{
                    "our-way":   [Visit("dock"), Visit("bench"), Visit("gate"), Leave("out")],
                    "their-way": [Visit("dock"), Visit("shelf"), Visit("gate"), Leave("out")],
                }"#
                .to_owned(),
            ),
            (
                "operators",
                r#"{
                    "ours":   (staff: 9, helps_auditors: Percent(100), law: Applies(demands: PerYear(6), complied_with: Percent(50))),
                    "theirs": (staff: 9, helps_auditors: Percent(100), law: Applies(demands: PerYear(6), complied_with: Percent(50))),
                }"#
                .to_owned(),
            ),
        ];
        Lab(parts.to_vec()).flights(24)
    }

    /// Flights of one consignment a day, for each operator.
    pub(crate) fn flights(self, a_day: u32) -> Lab {
        let class = |name: &str, way: &str, by: &str| {
            format!(
                r#""{name}": (route: "{way}", flights: Poisson(rate: PerDay({a_day})), per_flight: 1, handled_by: "{by}",
                    sensitive: Percent(100), integrity_critical: Percent(100), shippers: Zipf(businesses: 50, exponent: 1.0)),"#
            )
        };
        let traffic = class("our-goods", "our-way", "ours") + &class("their-goods", "their-way", "theirs");
        self.with("traffic", format!("{{{traffic}}}"))
    }

    /// Writes a section anew.
    pub(crate) fn with(mut self, section: &'static str, text: impl Into<String>) -> Lab {
        self.0.retain(|(name, _)| *name != section);
        self.0.push((section, text.into()));
        self
    }

    /// A campaign through "ours" from day 0 with these steps; altered goods act after a time drawn from `acts`.
    pub(crate) fn campaign(self, steps: &str, pauses: u32, acts: &str) -> Lab {
        self.with(
            "campaign",
            format!(
                "Campaign(uses: \"ours\", elsewhere: \"theirs\", starts: Days(0), pauses_after_alert: Percent({pauses}),
                    pause_lasts: Days(60), goals: (catalogue: Percent(50), alter: Percent(50), exploit: Percent(0)),
                    steps: {{{steps}}}, altered_goods_act_after: {acts})"
            ),
        )
    }

    pub(crate) fn text(&self) -> String {
        let sections: Vec<String> = self.0.iter().map(|(name, text)| format!("{name}: {text},\n")).collect();
        format!("Scenario({})", sections.concat())
    }

    #[track_caller]
    pub(crate) fn scenario(&self) -> Scenario {
        scenario(&self.text())
    }

    #[track_caller]
    pub(crate) fn plan(&self) -> Plan {
        plan(self.scenario())
    }
}

/// What moved.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Move {
    Flight(TrafficId, u32),
    Stage(Consignment, Option<StationId>),
    Left(Consignment, SimTime),
}

/// Everything that an observer is told.
#[derive(Clone, Debug)]
pub(crate) struct Watch {
    pub(crate) story: Story,
    pub(crate) tally: Tally,
    pub(crate) moves: Vec<(SimTime, Move)>,
    /// Model events as the engine counts them.
    pub(crate) events: u64,
}

impl Watch {
    pub(crate) fn new(plan: &Plan) -> Watch {
        Watch { story: Story::default(), tally: Tally::new(plan), moves: Vec::new(), events: 0 }
    }

    pub(crate) fn outcome(&self) -> Outcome {
        self.tally.outcome()
    }

    pub(crate) fn records(&self) -> &[(SimTime, Record)] {
        &self.story.records
    }

    /// What moved, by time. Each consignment's are told in their order, and not those of all.
    pub(crate) fn in_order(&self) -> Vec<(SimTime, Move)> {
        let mut moves = self.moves.clone();
        moves.sort_by_key(|(at, _)| *at);
        moves
    }

    /// When the records that `is` picks were made, in days.
    pub(crate) fn days_of(&self, is: impl Fn(&Record) -> bool) -> Vec<f64> {
        self.records().iter().filter(|(_, record)| is(record)).map(|(at, _)| at.days()).collect()
    }

    pub(crate) fn count(&self, is: impl Fn(&Record) -> bool) -> usize {
        self.records().iter().filter(|(_, record)| is(record)).count()
    }

    /// All of it as text: numbers are written so that different bits read differently.
    pub(crate) fn canonical(&self) -> String {
        use std::fmt::Write;
        let mut text = String::new();
        for (at, record) in self.records() {
            writeln!(text, "{} {record:?}", at.millis()).unwrap();
        }
        let Story { catalogue, beliefs, in_building, ledger, stations, flow, .. } = &self.story;
        writeln!(text, "{catalogue:?}\n{beliefs:?}\n{in_building:?}\n{ledger:?}\n{stations:?}\n{flow:?}").unwrap();
        let outcome = self.outcome();
        let bits: Vec<u64> = outcome.values().iter().map(|v| v.to_bits()).collect();
        writeln!(text, "{bits:x?} {} {} {}", outcome.model_events, outcome.sojourns, outcome.sojourn_sum).unwrap();
        text
    }
}

impl Observer for Watch {
    fn flight(&mut self, at: SimTime, traffic: TrafficId, consignments: u32) {
        self.moves.push((at, Move::Flight(traffic, consignments)));
    }

    fn stage(&mut self, at: SimTime, consignment: Consignment, station: Option<StationId>) {
        self.moves.push((at, Move::Stage(consignment, station)));
    }

    fn left(&mut self, at: SimTime, consignment: Consignment, arrived: SimTime) {
        self.tally.left(at, consignment, arrived);
        self.moves.push((at, Move::Left(consignment, arrived)));
    }

    fn record(&mut self, at: SimTime, record: &Record) {
        self.tally.record(at, record);
        self.story.record(at, record);
    }

    fn day(&mut self, at: SimTime, day: &Day<'_>) {
        self.tally.day(at, day);
        self.story.day(at, day);
    }

    fn closed(&mut self, at: SimTime, closing: &Closing<'_>) {
        self.events = closing.model_events;
        self.tally.closed(at, closing);
        self.story.closed(at, closing);
    }
}

/// The option with this name, or the one that others are compared with.
#[track_caller]
pub(crate) fn option(plan: &Plan, name: &str) -> OptionId {
    if name.is_empty() { plan.scenario.compare_with } else { plan.scenario.option(name).unwrap() }
}

/// One run under an option's own rules, with all that moved.
#[track_caller]
pub(crate) fn watch(plan: &Plan, name: &str, world: World, seed: u64) -> Watch {
    let option = option(plan, name);
    let mut watch = Watch::new(plan);
    let mut policy = Rules::new(&plan.scenario.options[option.index()]);
    Engine::new(plan, option, world, Luck::new(seed)).run(&mut policy, &mut watch);
    watch
}

/// One run without what moved, which is most of the memory.
#[track_caller]
pub(crate) fn run(plan: &Plan, name: &str, world: World, seed: u64) -> (Outcome, Story) {
    let option = option(plan, name);
    let mut seen = (Tally::new(plan), Story::default());
    let mut policy = Rules::new(&plan.scenario.options[option.index()]);
    Engine::new(plan, option, world, Luck::new(seed)).run(&mut policy, &mut seen);
    (seen.0.outcome(), seen.1)
}

/// One step, with an answer if one is asked for. Whether there is more.
pub(crate) fn step(engine: &mut Engine<'_>, policy: &mut Rules<'_>, observer: &mut impl Observer) -> bool {
    match engine.step(observer) {
        Progress::Advanced => true,
        Progress::Finished => false,
        Progress::AwaitingDecision(_) => {
            let (mut situation, mut actions) = (Situation::default(), Vec::new());
            engine.look(&mut situation);
            policy.decide(&situation, &mut actions);
            engine.answer(&actions, observer);
            true
        }
    }
}

/// Asserts that a sample mean lies within `errors` of its standard errors of `expect`.
#[track_caller]
pub(crate) fn near(what: &str, sample: &[f64], expect: f64, errors: f64) {
    let summary = airside::stats::Summary::of(sample).unwrap();
    let (mean, error) = (summary.mean(), summary.standard_error());
    assert!(error > 0.0, "{what}: the sample does not vary");
    assert!((mean - expect).abs() <= errors * error, "{what}: {mean} +- {error}, expected {expect}");
}
