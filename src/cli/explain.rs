//! `airside explain`: what each measure of one run is made of, and what led to it.

use crate::cli::args::{ExplainArgs, Format};
use crate::cli::exit::{Exit, Failure};
use crate::cli::input::{self, Loaded};
use crate::cli::run::{heading, wrap};
use crate::cli::screen::{Ink, Screen};
use crate::document;
use crate::experiment::WorldDraws;
use crate::measure::{Account, Measure, Story, Tally};
use crate::model::{OptionId, World};
use crate::plan::Plan;
use crate::random::Luck;
use crate::report::explain::{self, Row, Run};
use crate::report::parting::{Parting, Side};
use crate::report::{CAVEAT, Context};
use crate::sim::{Engine, Rules};

/// Terms and chains are made to be read beside each other: lines are no longer than this.
const WIDTH: usize = 80;

/// Runs the verb.
pub(crate) fn run(args: &ExplainArgs, screen: &Screen) -> Result<Exit, Failure> {
    let Loaded { uncertain, .. } = input::load(&args.played.scenario, screen)?;
    let scenario = uncertain.into_scenario();
    let option = input::option_of(&scenario, args.played.option.as_deref())?;
    let world = input::world_of(&scenario, args.played.world.map(Into::into), &args.played.scenario)?;
    let only = args.measure.as_deref().map(measure_of).transpose()?;
    let against = args.against.as_deref().map(|name| input::option_of(&scenario, Some(name))).transpose()?;
    let plan = Plan::new(scenario)?;
    if let Some(reference) = against {
        return part(args, &plan, world, [reference, option], screen);
    }
    let luck = Luck::new(args.seed).replication(args.replication);
    let mut watching = (Tally::new(&plan), Account::new(&plan, world));
    let mut rules = Rules::new(&plan.scenario.options[option.index()]);
    Engine::new(&plan, option, world, luck).run(&mut rules, &mut watching);
    let (outcome, explanation) = (watching.0.outcome(), watching.1.explain());
    let faults = explanation.faults(&outcome);
    if !faults.is_empty() {
        let why: Vec<String> = faults.iter().map(|fault| explain::fault(&plan.scenario, fault)).collect();
        return Err(Failure::NotVerified {
            file: args.played.scenario.display().to_string(),
            why: format!("the terms do not lead to what is reported: {}", why.join("; ")),
        });
    }
    let mut setting = format!("option {}, {} world", plan.scenario.options[option.index()].id, world.name());
    if args.replication > 0 {
        setting.push_str(&format!(", replication {}", args.replication));
    }
    let scenario = &plan.scenario;
    let drawn = &WorldDraws::none();
    let context = Context {
        scenario,
        setting,
        seed: args.seed,
        replications: 1,
        drawn,
        fidelity: crate::experiment::Fidelity::Full,
        main_measure: crate::measure::Measure::CatalogueShare,
        tolerances: &[],
        digest: String::new(),
    };
    let run = Run { scenario, outcome: &outcome, explanation: &explanation };
    if args.format == Format::Json {
        screen.line(explain::json(&context, args.replication, &run, only));
        return Ok(Exit::Fine);
    }
    say(&scenario.title, 0, Ink::Bold, screen);
    say(&heading(&context), 0, Ink::Plain, screen);
    let rows = only.map_or_else(|| explain::overview(&run), |measure| explain::measure(&run, measure));
    print(&rows, screen);
    screen.line("");
    say("All terms add up to what `airside run` reports, to the last unit.", 0, Ink::Faint, screen);
    if only.is_none() {
        say("--measure ID tells all terms of a measure; --format json tells everything.", 0, Ink::Faint, screen);
    }
    Ok(Exit::Fine)
}

/// Two options under the same luck: where their runs part, and what it led to.
fn part(
    args: &ExplainArgs,
    plan: &Plan,
    world: World,
    options: [OptionId; 2],
    screen: &Screen,
) -> Result<Exit, Failure> {
    let scenario = &plan.scenario;
    let name = |option: OptionId| scenario.options[option.index()].id.as_str();
    if options[0] == options[1] {
        return Err(Failure::Usage(format!(
            "both options are `{}`; name another one with --option or --against",
            name(options[0])
        )));
    }
    let luck = Luck::new(args.seed).replication(args.replication);
    let runs = options.map(|option| {
        let mut watching = (Tally::new(plan), Story::default());
        Engine::new(plan, option, world, luck).run(&mut Rules::new(&scenario.options[option.index()]), &mut watching);
        (watching.0.outcome(), watching.1)
    });
    let side = |nth: usize| Side { name: name(options[nth]), outcome: &runs[nth].0, story: &runs[nth].1 };
    let parting = Parting::of(scenario, [side(0), side(1)]);
    if args.format == Format::Json {
        screen.line(parting.json());
        return Ok(Exit::Fine);
    }
    say(&scenario.title, 0, Ink::Bold, screen);
    let replication = if args.replication > 0 { format!(", replication {}", args.replication) } else { String::new() };
    let setting = format!(
        "option {} against {}, {} world, seed {}{replication} · {CAVEAT}",
        name(options[1]),
        name(options[0]),
        world.name(),
        args.seed
    );
    say(&setting, 0, Ink::Plain, screen);
    screen.line("");
    parting.sentences().iter().for_each(|sentence| say(sentence, 0, Ink::Plain, screen));
    screen.line("");
    say("One run of each: an example of how the options differ, and no evidence of how often.", 0, Ink::Faint, screen);
    Ok(Exit::Fine)
}

/// The measure that the user named.
fn measure_of(named: &str) -> Result<Measure, Failure> {
    Measure::by_id(named).ok_or_else(|| {
        let hint = document::closest(named, Measure::all().map(Measure::id));
        let hint = hint.map_or(".".to_owned(), |h| format!("; did you mean `{h}`?"));
        let ids: Vec<&str> = Measure::all().map(Measure::id).collect();
        Failure::Usage(format!("there is no measure `{named}`{hint} There are: {}", ids.join(", ")))
    })
}

/// Columns of an amount, and of a day.
const AMOUNT: usize = 16;
const DAY: usize = 16;

fn print(rows: &[Row], screen: &Screen) {
    for row in rows {
        match row {
            Row::Gap => screen.line(""),
            Row::Title(text) => say(text, 0, Ink::Bold, screen),
            Row::Subtitle(text) => say(text, 2, Ink::Plain, screen),
            Row::Term(amount, text) => beside(&format!("{amount:>AMOUNT$}  "), text, screen),
            Row::Event(day, text) => beside(&format!("    {day:<DAY$}"), text, screen),
            Row::Note(text) => say(text, 4, Ink::Faint, screen),
        }
    }
}

/// Text from a column on; what does not fit goes on two columns further in.
fn say(text: &str, indent: usize, ink: Ink, screen: &Screen) {
    for (i, part) in wrap(text, width(screen) - indent - 2).iter().enumerate() {
        let indent = if i == 0 { indent } else { indent + 2 };
        screen.line(format_args!("{:indent$}{}", "", screen.ink(ink, part)));
    }
}

/// Text beside what it belongs to.
fn beside(lead: &str, text: &str, screen: &Screen) {
    let column = lead.chars().count();
    for (i, part) in wrap(text, width(screen).saturating_sub(column)).iter().enumerate() {
        if i == 0 {
            screen.line(format_args!("{lead}{part}"))
        } else {
            screen.line(format_args!("{:column$}{part}", ""))
        }
    }
}

fn width(screen: &Screen) -> usize {
    screen.width().min(WIDTH)
}
