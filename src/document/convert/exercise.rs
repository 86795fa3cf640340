//! Exercises: everything that is at the table, checked against the scenario and against each other.

use super::{At, Context, Length, Named, Noun};
use crate::document::exercise::Sections;
use crate::document::locate::did_you_mean;
use crate::document::{Code, clip, shape};
use crate::model::{
    Decision, Exercise, Gap, Inject, Module, Objective, OptionId, Scenario, Seat, Story, Text, TextError, World,
    WorldChoice,
};
use crate::time::{SimDuration, SimTime};

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
    let objectives: Vec<Option<Objective>> = all.objectives.iter().map(objective).collect();
    let seats: Vec<Option<Seat>> = all.seats.iter().map(|it| context.seat(it)).collect();
    let some = context.not_empty(&all.seats, root.field("seats"), "seat");
    let modules = context.modules(all, known, length);
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
    Some(Exercise {
        title: all.title.clone()?,
        handling: all.handling?,
        length: length?,
        scenario: scenario?,
        option: OptionId::from_index(option?),
        world: world?,
        story: story?,
        objectives: objectives.into_iter().collect::<Option<_>>()?,
        seats: seats.into_iter().collect::<Option<_>>()?,
        modules: modules?,
        injects: injects.into_iter().collect::<Option<_>>()?,
        decisions: decisions.into_iter().collect::<Option<_>>()?,
    })
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

fn objective(it: &Named<shape::Objective>) -> Option<Objective> {
    let shape::Objective { text, capability } = it.value.as_ref()?;
    Some(Objective { id: it.id.clone(), text: text.clone(), capability: capability.clone() })
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
            shape::Story::Quantile { .. } => {
                let message = "a story cannot be picked by its difficulty in this version";
                self.report_head(Code::NotYet, at, message, "name a seed: `story: Seed(7)`");
                None
            }
        }
    }

    fn seat(&mut self, it: &Named<shape::Seat>) -> Option<Seat> {
        let shape::Seat { title, knows } = it.value.as_ref()?;
        self.no_repeats(knows, it.at.field("knows"));
        Some(Seat { id: it.id.clone(), title: title.clone(), knows: knows.clone() })
    }

    fn modules(
        &mut self,
        all: &Sections,
        scenario: Option<&Scenario>,
        length: Option<SimDuration>,
    ) -> Option<Vec<Module>> {
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
        let modules: Vec<Module> = modules.into_iter().collect::<Option<_>>()?;
        let sum: f64 = modules.iter().map(|m| m.takes.minutes()).sum();
        if let Some(length) = length.filter(|length| sum > length.minutes()) {
            let message = format!("the modules take {sum} minutes, and the exercise has {}", length.minutes());
            self.report(Code::OverLength, all.root.field("length"), message, "shorten a module, or take more time");
        }
        Some(modules)
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

/// `day 40`.
pub(super) fn day(at: SimTime) -> String {
    format!("day {}", at.day())
}
