//! Exercises: everything that is at the table, checked against the scenario and against each other.

use super::{At, Context, Length, Named, Noun, measured};
use crate::document::exercise::Sections;
use crate::document::locate::did_you_mean;
use crate::document::{Code, clip, shape};
use crate::model::{
    About, Agenda, Decision, EvaluationTarget, Exercise, Gap, Inject, Module, Objective, OptionId, Price, Scenario,
    Score, Seat, Story, Text, TextError, World, WorldChoice,
};
use crate::time::{HOUR, MINUTE, SimDuration, SimTime};

/// Percentages that a person has typed sum to 100 up to this.
const ROUNDING: f64 = 1e-9;

/// The exercise, if all of it is right. What is wrong is reported either way.
pub(crate) fn convert(all: &Sections, scenario: Option<Scenario>, context: &mut Context) -> Option<Exercise> {
    let root = all.root;
    let length = all.length.and_then(|it| context.duration(it, root.field("length"), Length::Positive));
    let known = scenario.as_ref();
    if let (Some(own), Some(scenario)) = (all.handling, known) {
        if (own as u8) < (scenario.handling as u8) {
            let message =
                format!("the scenario is {}, and the exercise only {}", scenario.handling.label(), own.label());
            let help = "set the exercise's `handling` to that of its scenario, or a stricter one";
            context.report(Code::LooserHandling, root.field("handling"), message, help);
        }
        if scenario.desk.is_none() {
            let message = "the scenario has no desk, so that nobody would hear or decide anything";
            context.report(Code::NoDesk, root.field("scenario"), message, "add a `desk` to the scenario");
        }
    }
    let option = match (&all.option, known) {
        (Some(name), Some(_)) => context.resolve(Noun::Option, name, root.field("option")),
        _ => None,
    };
    let world = all.world.and_then(|it| context.world(it, known, root.field("world")));
    let story = all.story.as_ref().and_then(|it| context.story(it, root.field("story")));
    let agenda = context.agenda(&all.agenda, root.field("agenda"));
    let score = match &all.score {
        Some(it) => context.score(it, root.field("score")),
        None => Some(Score::of_costs()),
    };
    let objectives: Vec<Option<Objective>> = all.objectives.iter().map(|it| context.objective(it)).collect();
    let seats: Vec<Option<Seat>> = all.seats.iter().map(|it| context.seat(it)).collect();
    let some = context.not_empty(&all.seats, root.field("seats"), "seat");
    let modules = context.modules(all, known);
    let days = modules.as_deref().and_then(|list| Some((list.first()?.from, list.last()?.to)));
    let asked: Vec<Option<SimTime>> = all.decisions.iter().map(|it| context.last_day(it, days)).collect();
    let table = Table { all, modules: modules.as_deref(), days, last_days: &asked, has_scenario: known.is_some() };
    let injects: Vec<Option<Inject>> = all.injects.iter().map(|it| context.inject(it, &table)).collect();
    let decisions: Vec<Option<Decision>> =
        all.decisions.iter().zip(&asked).map(|(it, day)| context.decision(it, *day, &injects, &table)).collect();
    for (nth, seat) in all.seats.iter().enumerate() {
        if context.is_used(Noun::Seat, nth) {
            continue;
        }
        let message = format!("the seat `{}` is neither told nor asked anything", clip(&seat.id, 60));
        context.report_span(Code::NobodyReached, 0, seat.key, message, "address an inject or a decision to it");
    }
    some?;
    let exercise = Exercise {
        title: all.title.clone()?,
        handling: all.handling?,
        about: about(&all.about),
        length: length?,
        agenda: agenda?,
        scenario: scenario?,
        option: OptionId::from_index(option?),
        world: world?,
        story: story?,
        score: score?,
        objectives: objectives.into_iter().collect::<Option<_>>()?,
        seats: seats.into_iter().collect::<Option<_>>()?,
        modules: modules?,
        injects: injects.into_iter().collect::<Option<_>>()?,
        decisions: decisions.into_iter().collect::<Option<_>>()?,
    };
    let (takes, has) = (exercise.takes().minutes(), exercise.length.minutes());
    if takes > has {
        let message = format!("modules, welcome, breaks and hot wash take {takes} minutes, and the exercise has {has}");
        context.report(Code::OverLength, root.field("length"), message, "shorten a module, or take more time");
    }
    Some(exercise)
}

/// What entries need to know of the others.
pub(super) struct Table<'t, 'd> {
    pub(super) all: &'t Sections<'d>,
    pub(super) modules: Option<&'t [Module]>,
    pub(super) days: Option<(SimTime, SimTime)>,
    /// Of each decision, the day on which it is asked at the latest.
    pub(super) last_days: &'t [Option<SimTime>],
    /// Without it, its layers and safeguards are not looked for.
    pub(super) has_scenario: bool,
}

fn about(it: &shape::About) -> About {
    About {
        sponsor: it.sponsor.clone(),
        scope: it.scope.clone(),
        mission_areas: it.mission_areas.clone(),
        threat: it.threat.clone(),
        scenario: it.scenario.clone(),
        organisations: it.organisations.clone(),
        contact: it.contact.clone(),
        responsible: it.responsible.clone(),
        dates: it.dates.clone(),
        revised: it.revised.clone(),
        plans: it.plans.clone(),
        artificialities: it.artificialities.clone(),
    }
}

impl Context<'_> {
    fn world(&mut self, world: shape::WorldChoice, scenario: Option<&Scenario>, at: At) -> Option<WorldChoice> {
        let choice = match world {
            shape::WorldChoice::Real => WorldChoice::Fixed(World::Real),
            shape::WorldChoice::Innocent => WorldChoice::Fixed(World::Innocent),
            shape::WorldChoice::Elsewhere => WorldChoice::Fixed(World::Elsewhere),
            shape::WorldChoice::Drawn { real, innocent, elsewhere } => {
                let real = self.share(real, at.field("real"));
                let innocent = self.share(innocent, at.field("innocent"));
                let elsewhere = self.share(elsewhere, at.field("elsewhere"));
                let (real, innocent, elsewhere) = (real?, innocent?, elsewhere?);
                let sum = real.get() + innocent.get() + elsewhere.get();
                if (sum - 1.0).abs() > ROUNDING {
                    let message = format!("the chances of the worlds sum to {} %", (sum * 1e6).round() / 1e4);
                    self.report_head(Code::WorldsSum, at, message, "change them so that they sum to 100 %");
                    return None;
                }
                WorldChoice::Drawn { real, innocent, elsewhere }
            }
        };
        let innocent = match choice {
            WorldChoice::Fixed(world) => world == World::Innocent,
            WorldChoice::Drawn { innocent, .. } => innocent.get() >= 1.0,
        };
        if !innocent && scenario.is_some_and(|scenario| scenario.campaign.is_none()) {
            let message = "the scenario has no campaign, so that its only world is the innocent one";
            self.report_head(
                Code::NoCampaign,
                at,
                message,
                "write `world: Innocent`, or add a campaign to the scenario",
            );
            return None;
        }
        Some(choice)
    }

    fn story(&mut self, story: &shape::Story, at: At) -> Option<Story> {
        match story {
            shape::Story::Seed(seed) => Some(Story::Seed(*seed)),
            shape::Story::Quantile { of, at: share, among } => {
                let of = measured::measure(of, at.field("of"), self);
                let share = self.share(*share, at.field("at"));
                let among = self.count(*among, at.field("among"), 10, 10_000, "number of stories");
                Some(Story::Quantile { of: of?, at: share?, among: among? })
            }
        }
    }

    fn agenda(&mut self, it: &shape::Agenda, at: At) -> Option<Agenda> {
        let starts = it.starts.as_ref().map(|text| {
            let time = time_of_day(text);
            if time.is_none() {
                let message = format!("`{}` is no time of day", clip(text, 20));
                self.report(Code::BadDate, at.field("starts"), message, "write hours and minutes: \"08:30\"");
            }
            time
        });
        let mut time = |given: Option<shape::Duration>, field| match given {
            Some(it) => self.duration(it, at.field(field), Length::Any),
            None => Some(SimDuration::ZERO),
        };
        let (welcome, pause) = (time(it.welcome, "welcome"), time(it.pause, "pause"));
        let hot_wash = time(it.hot_wash, "hot_wash");
        let starts = match starts {
            Some(time) => Some(time?),
            None => None,
        };
        Some(Agenda { starts, welcome: welcome?, pause: pause?, hot_wash: hot_wash? })
    }

    fn score(&mut self, it: &shape::Score, at: At) -> Option<Score> {
        let list = at.field("prices");
        let some = self.not_empty(&it.prices, list, "price");
        let prices: Vec<Option<Price>> = it.prices.iter().map(|(id, price)| self.price(id, *price, list)).collect();
        some?;
        Some(Score { prices: prices.into_iter().collect::<Option<_>>()?, source: it.source.clone() })
    }

    fn price(&mut self, id: &str, price: shape::Price, list: At) -> Option<Price> {
        let of = measured::measure_at(id, list.key(id), self)?;
        if !Score::takes(of) {
            let message = format!("{} can have no price here: it is a day, or less of it is not better", of.label());
            let help = "price what should not be, such as catalogue_share, wrongful_actions or cost_total";
            self.report_span(Code::NoPrice, 0, list.key(id), message, help);
            return None;
        }
        let at = list.field(id);
        let each = measured::amount(price.each, of, at.field("each"), self)?;
        let shape::Amount::Euro(euro) = price.costs;
        self.money(euro, at.field("costs"))?;
        if each <= 0.0 {
            let message = "nothing has no price";
            self.report(Code::NumberOutOfRange, at.field("each"), message, "write how much has this price");
            return None;
        }
        Some(Price { measure: of, a_unit: euro / each })
    }

    fn objective(&mut self, it: &Named<shape::Objective>) -> Option<Objective> {
        let shape::Objective { text, capability, targets } = it.value.as_ref()?;
        let list = it.at.field("targets");
        let target = |(nth, target): (usize, &shape::EvaluationTarget)| {
            let shape::EvaluationTarget { text, tasks, plan } = target;
            self.not_empty(tasks, list.nth(nth).field("tasks"), "task")?;
            Some(EvaluationTarget { text: text.clone(), tasks: tasks.clone(), plan: plan.clone() })
        };
        let targets: Vec<Option<EvaluationTarget>> = targets.iter().enumerate().map(target).collect();
        Some(Objective {
            id: it.id.clone(),
            text: text.clone(),
            capability: capability.clone(),
            targets: targets.into_iter().collect::<Option<_>>()?,
        })
    }

    fn seat(&mut self, it: &Named<shape::Seat>) -> Option<Seat> {
        let shape::Seat { title, organisation, brief, knows } = it.value.as_ref()?;
        self.no_repeats(knows, it.at.field("knows"));
        Some(Seat {
            id: it.id.clone(),
            title: title.clone(),
            organisation: organisation.clone(),
            brief: brief.clone(),
            knows: knows.clone(),
        })
    }

    fn modules(&mut self, all: &Sections, scenario: Option<&Scenario>) -> Option<Vec<Module>> {
        let list = all.root.field("modules");
        self.not_empty(&all.modules, list, "module")?;
        let modules: Vec<Option<Module>> = all.modules.iter().map(|(at, it)| self.module(it.as_ref()?, *at)).collect();
        for (pair, (at, _)) in modules.windows(2).zip(&all.modules[1..]) {
            let [Some(before), Some(this)] = pair else { continue };
            if before.to != this.from {
                let (what, help) = if before.to < this.from {
                    ("leave out the days before", "begin it on the day on which the module before ends")
                } else {
                    ("go back to days of the module before", "begin it on the day on which the module before ends")
                };
                let message =
                    format!("the days of `{}` {what} {}", clip(&this.title, 40), day(this.from.max(before.to)));
                self.report(Code::ModuleDays, at.field("covers").field("from"), message, help);
            }
        }
        if let (Some(scenario), Some(Some(last)), Some((at, _))) = (scenario, modules.last(), all.modules.last()) {
            let end = SimTime::ZERO + scenario.calendar.horizon;
            if last.to > end {
                let message = format!("the story ends on {}, before this module", day(end));
                let help = format!("end it with the story, on {}", day(end));
                self.report(Code::ModuleDays, at.field("covers").field("to"), message, help);
            }
        }
        modules.into_iter().collect()
    }

    fn module(&mut self, it: &shape::Module, at: At) -> Option<Module> {
        let takes = self.duration(it.takes, at.field("takes"), Length::Positive);
        let place = at.field("covers");
        let from = self.instant(it.covers.from, place.field("from"));
        let to = self.instant(it.covers.to, place.field("to"));
        let read_aloud = self.text(&it.read_aloud, at.field("read_aloud"), false);
        let (from, to) = (from?, to?);
        if to <= from {
            let message = "the module ends before it begins";
            self.report_head(Code::ModuleDays, place, message, "write an earlier `from` or a later `to`");
            return None;
        }
        Some(Module {
            title: it.title.clone(),
            takes: takes?,
            from,
            to,
            read_aloud: read_aloud?,
            questions: it.questions.clone(),
            guidance: it.guidance.clone(),
        })
    }

    /// `with_signal`: whether there is a signal to tell of.
    pub(super) fn text(&mut self, text: &str, at: At, with_signal: bool) -> Option<Text> {
        match Text::parse(text) {
            Ok(text) if text.has(Gap::Signal) && !with_signal => {
                let help = "`{signal}` is for injects that come with one: `when: Signal(layer: …, nth: 1)`";
                self.report(Code::UnknownGap, at, "there is no signal that could fill the gap `{signal}`", help);
                None
            }
            Ok(text) => Some(text),
            Err(error) => {
                let known: Vec<String> = Gap::ALL.iter().map(|gap| gap.name().to_owned()).collect();
                let (message, help) = match &error {
                    TextError::UnknownGap(name) => (
                        format!("nothing fills the gap `{{{}}}`", clip(name, 40)),
                        did_you_mean(name, &known, "gaps that can be filled"),
                    ),
                    TextError::Unpaired => (
                        "a `{` and a `}` in this text do not belong together".to_owned(),
                        "write {{ and }} for the brackets themselves".to_owned(),
                    ),
                };
                self.report(Code::UnknownGap, at, message, help);
                None
            }
        }
    }
}

/// Reads `HH:MM`, counted from midnight.
fn time_of_day(text: &str) -> Option<SimDuration> {
    let (hours, minutes) = text.split_once(':')?;
    let number = |digits: &str, most: u64| {
        let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse::<u64>().ok().filter(|number| plain && *number <= most)
    };
    let minutes = number(minutes, 59).filter(|_| minutes.len() == 2)?;
    Some(SimDuration::from_millis(number(hours, 23)? * HOUR + minutes * MINUTE))
}

/// `day 40`.
pub(super) fn day(at: SimTime) -> String {
    format!("day {}", at.day())
}
