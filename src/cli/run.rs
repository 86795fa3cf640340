//! `airside run`: one story, or many runs as a table.

use crate::cli::args::{Format, RunArgs};
use crate::cli::draws;
use crate::cli::exit::{Exit, Failure};
use crate::cli::input::{self, Loaded};
use crate::cli::progress::Bar;
use crate::cli::screen::{Ink, Screen};
use crate::document::Uncertain;
use crate::experiment::{Design, Fidelity};
use crate::measure::{Measure, Outcome, Story, Tally};
use crate::model::{OptionId, Scenario, World};
use crate::plan::Plan;
use crate::random::Luck;
use crate::report::narrative::{self, Line};
use crate::report::run::Told;
use crate::report::{CAVEAT, Context, Folder, Manifest, RANDOM_NUMBERS, counted, many, rare, run as report, tables};
use crate::sim::{Engine, Rules};

/// Runs the verb.
pub(crate) fn run(args: &RunArgs, screen: &Screen) -> Result<Exit, Failure> {
    let Loaded { uncertain, name, inputs } = input::load(&args.played.scenario, screen)?;
    let scenario = uncertain.scenario();
    let option = input::option_of(scenario, args.played.option.as_deref())?;
    let world = input::world_of(scenario, args.played.world.map(Into::into), &args.played.scenario)?;
    let sources = (args.played.scenario.as_path(), &uncertain);
    let (drawn, replications) = draws::drawn(args.draws, args.replications, 1, args.common.seed, sources)?;
    let folder = Folder::open(&input::folder_of(args.common.output.out.as_ref(), &name, "run"))
        .map_err(crate::report::ReportError::from)?;
    if folder.replaces() {
        screen.note(format_args!("replacing the results in {}", folder.path().display()));
    }
    let design = Design {
        options: vec![option],
        worlds: vec![world],
        draws: drawn.draws(),
        replications,
        first: 0,
        seed: args.common.seed,
        fidelity: Fidelity::Full,
    };
    let fidelity = if design.runs() == 1 { Fidelity::Full } else { args.fidelity.of(scenario, &design) };
    let design = design.with_fidelity(fidelity);
    let manifest = Manifest {
        tool: "airside",
        version: env!("CARGO_PKG_VERSION"),
        random_numbers: RANDOM_NUMBERS,
        command: "run",
        title: scenario.title.clone(),
        handling: scenario.handling.label(),
        seed: args.common.seed,
        draws_asked: None,
        draws: None,
        fidelity: (design.runs() > 1).then_some(fidelity.name()),
        drawn_from: Vec::new(),
        replications,
        arguments: Vec::new(),
        options: vec![scenario.options[option.index()].id.clone()],
        worlds: vec![world.name()],
        inputs,
        caveat: CAVEAT,
    }
    .with_draws(&drawn);
    let plan = Plan::new(scenario.clone())?;
    let context = Context {
        scenario: &plan.scenario,
        setting: format!("option {}, {} world", plan.scenario.options[option.index()].id, world.name()),
        seed: args.common.seed,
        replications,
        drawn: &drawn,
        fidelity,
        main_measure: crate::measure::Measure::CatalogueShare,
        tolerances: &[],
        digest: manifest.short_digest(),
    };
    let job = Job {
        args,
        plan: &plan,
        uncertain: &uncertain,
        option,
        world,
        design: &design,
        context: &context,
        manifest: &manifest,
        folder: &folder,
    };
    if context.runs() == 1 { job.story(screen) } else { job.many(screen) }
}

struct Job<'j> {
    args: &'j RunArgs,
    plan: &'j Plan,
    uncertain: &'j Uncertain,
    option: OptionId,
    world: World,
    design: &'j Design,
    context: &'j Context<'j>,
    manifest: &'j Manifest,
    folder: &'j Folder,
}

impl Job<'_> {
    fn story(&self, screen: &Screen) -> Result<Exit, Failure> {
        let plan = self.plan;
        let luck = Luck::new(self.args.common.seed);
        let mut engine = Engine::new(plan, self.option, self.world, luck);
        let mut watching = (Tally::new(plan), Story::default());
        engine.run(&mut Rules::new(&plan.scenario.options[self.option.index()]), &mut watching);
        let (tally, story) = watching;
        let outcome = tally.outcome();
        let told = Told { world: self.world, story: &story, outcome: &outcome, sojourns: tally.sojourns() };
        report::write_story(self.folder, self.context, self.manifest, &told)?;
        match self.args.common.output.format {
            Format::Json => screen.line(report::summary(self.context, &outcome)),
            Format::Text => {
                let lines = narrative::tell(&plan.scenario, &story);
                print_story(&plan.scenario, self.context, &lines, screen);
                print_measures(&plan.scenario, &outcome, screen);
                screen.line("");
                screen.line(report::finding(&plan.scenario, self.world, &outcome));
                draws::print(self.context, screen);
                screen.line(format_args!("Pictures and report: {}", self.folder.path().join("report.html").display()));
            }
        }
        Ok(Exit::Fine)
    }
}

impl Job<'_> {
    fn many(&self, screen: &Screen) -> Result<Exit, Failure> {
        let bar = Bar::new(self.design.work(), screen);
        let table = draws::table(
            (self.plan, self.uncertain),
            self.context.drawn,
            self.design,
            self.args.common.output.jobs,
            &bar,
        );
        bar.finish();
        let Some(table) = table? else { return Ok(Exit::Ended) };
        many::write(self.folder, self.context, self.manifest, &table, (self.world, self.option))?;
        if self.args.common.output.format == Format::Json {
            screen.line(many::summary(self.context, &table, self.world, self.option));
            return Ok(Exit::Fine);
        }
        print_heading(&self.plan.scenario, self.context, screen);
        for (title, rows) in many::rows(&self.plan.scenario, &table, self.world, self.option) {
            screen.line("");
            screen.line(screen.ink(Ink::Bold, title));
            for row in rows {
                let spread =
                    if row.spread.is_empty() { String::new() } else { format!("nine runs in ten {}", row.spread) };
                let doubt = if self.context.is_drawn() { format!("{:<48} ", doubt(&row.doubt)) } else { String::new() };
                let rest = screen.ink(Ink::Faint, &format!("{doubt}{spread}"));
                screen
                    .line(format_args!("  {:<36} {:<44} {rest}", row.measure.label(), row.mean).to_string().trim_end());
            }
        }
        screen.line("");
        if !self.context.is_drawn() {
            screen.line("Mean over the runs with its 95% interval (sampling error).");
        }
        let (scenario, file) = (&self.plan.scenario, self.args.played.scenario.display().to_string());
        for too_rare in rare::too_rare(scenario, &table, self.world, self.option) {
            screen.line(rare::advice(scenario, &file, too_rare));
        }
        draws::print(self.context, screen);
        screen.line(format_args!("Tables and report: {}", self.folder.path().join("report.html").display()));
        Ok(Exit::Fine)
    }
}

fn doubt(said: &str) -> String {
    if said.is_empty() { String::new() } else { format!("doubt {said}") }
}

fn print_heading(scenario: &Scenario, context: &Context<'_>, screen: &Screen) {
    screen.line(screen.ink(Ink::Bold, &scenario.title));
    screen.line(heading(context));
}

/// What it is that is printed, and under which circumstances.
pub(super) fn heading(context: &Context<'_>) -> String {
    let scenario = context.scenario;
    let runs = if context.runs() == 1 { String::new() } else { format!("{} · ", context.runs_in_words()) };
    format!(
        "{} · {} · {runs}seed {} · {} · {CAVEAT}",
        scenario.handling.label(),
        context.setting,
        context.seed,
        counted(scenario.calendar.horizon.days().round() as u64, "day", "days"),
    )
}

/// The timeline: a heading a month, a line an event, whose doing it is in words and colour.
fn print_story(scenario: &Scenario, context: &Context<'_>, lines: &[Line], screen: &Screen) {
    print_heading(scenario, context, screen);
    let mut month = (0, 0);
    for line in lines {
        let date = scenario.calendar.date(line.at);
        let (year, m, day) = date.parts();
        if (year, m) != month {
            month = (year, m);
            screen.line("");
            screen.line(screen.ink(Ink::Bold, &format!("{} {year}", MONTHS[m as usize - 1])));
        }
        let lane = screen.ink(Ink::Of(line.lane), &format!("{:<9}", line.lane.name()));
        let lead = 2 + 2 + 2 + 8 + 2 + 9 + 1;
        for (i, part) in wrap(&line.text, screen.width().saturating_sub(lead).max(30)).iter().enumerate() {
            let text = if line.major { part.clone() } else { screen.ink(Ink::Faint, part) };
            match i {
                0 => screen.line(format_args!("  {day:>2}  {:>8}  {lane} {text}", format!("day {}", line.at.day()))),
                _ => screen.line(format_args!("{:lead$}{text}", "")),
            }
        }
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Lines of at most `width` characters, broken at spaces.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.len() - 1;
        let line = &mut lines[last];
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

fn print_measures(scenario: &Scenario, outcome: &Outcome, screen: &Screen) {
    for (title, list) in tables::groups() {
        let list: Vec<Measure> = list.into_iter().filter(|m| tables::applies(scenario, *m)).collect();
        // Costs that are nothing say nothing.
        let list = list.into_iter().filter(|m| !m.id().starts_with("cost_") || outcome.get(*m) != 0.0);
        let rows: Vec<(&str, String)> = list.map(|m| (m.label(), tables::value(outcome, m))).collect();
        if rows.is_empty() {
            continue;
        }
        screen.line("");
        screen.line(screen.ink(Ink::Bold, title));
        for (label, value) in rows {
            screen.line(format_args!("  {label:<36} {value}"));
        }
    }
}
