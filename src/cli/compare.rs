//! `airside compare`: options against the reference, in all worlds, under the same luck.

use std::path::Path;

use crate::cli::args::{CompareArgs, Format};
use crate::cli::compare_table;
use crate::cli::draws;
use crate::cli::exit::{Exit, Failure};
use crate::cli::input::{self, Loaded};
use crate::cli::progress::Bar;
use crate::cli::screen::{Ink, Screen};
use crate::experiment::{Comparison, Design, Table};
use crate::plan::Plan;
use crate::report::many::in_words;
use crate::report::{
    CAVEAT, Context, Folder, Manifest, RANDOM_NUMBERS, ReportError, compare as report, counted, drawn, findings, rare,
    tables,
};

/// Runs the verb.
pub(crate) fn run(args: &CompareArgs, screen: &Screen) -> Result<Exit, Failure> {
    match (&args.scenario, &args.table.from) {
        (_, Some(table)) => compare_table::run(args, table, screen),
        (Some(scenario), None) => {
            args.table.without_table()?;
            run_scenario(args, scenario, screen)
        }
        (None, None) => Err(Failure::Usage("name a scenario, or a table with --from".to_owned())),
    }
}

fn run_scenario(args: &CompareArgs, path: &Path, screen: &Screen) -> Result<Exit, Failure> {
    let Loaded { uncertain, name, inputs } = input::load(path, screen)?;
    let scenario = uncertain.scenario();
    if scenario.options.len() < 2 {
        return Err(Failure::Usage(format!(
            "{} has one option only; add another under `options` to compare it with",
            path.display()
        )));
    }
    let sources = (path, &uncertain);
    let (drawn, replications) = draws::drawn(args.draws, args.replications, 50, args.common.seed, sources)?;
    if drawn.draws() == 0 && replications < 2 {
        return Err(Failure::Usage("a comparison takes two runs at least; write --replications 2 or more".to_owned()));
    }
    let folder = input::folder_of(args.common.out.as_ref(), &name, "compare");
    let folder = Folder::open(&folder).map_err(ReportError::from)?;
    if folder.replaces() {
        screen.note(format_args!("replacing the results in {}", folder.path().display()));
    }
    let design = Design::full(scenario, replications, args.common.seed).with_draws(drawn.draws());
    let fidelity = args.fidelity.of(scenario, &design);
    let design = design.with_fidelity(fidelity);
    let manifest = Manifest {
        tool: "airside",
        version: env!("CARGO_PKG_VERSION"),
        random_numbers: RANDOM_NUMBERS,
        command: "compare",
        title: scenario.title.clone(),
        handling: scenario.handling.label(),
        seed: design.seed,
        draws: None,
        fidelity: Some(fidelity.name()),
        drawn_from: Vec::new(),
        replications: design.replications,
        options: scenario.options.iter().map(|o| o.id.clone()).collect(),
        worlds: design.worlds.iter().map(|w| w.name()).collect(),
        inputs,
        caveat: CAVEAT,
    }
    .with_draws(&drawn);
    let plan = Plan::new(scenario.clone())?;
    let reference = plan.scenario.compare_with;
    let context = Context {
        scenario: &plan.scenario,
        setting: format!("reference option {}", plan.scenario.options[reference.index()].id),
        seed: design.seed,
        replications: design.replications,
        drawn: &drawn,
        fidelity,
        digest: manifest.short_digest(),
    };
    let bar = Bar::new(design.work(), screen);
    let table = draws::table((&plan, &uncertain), &drawn, &design, args.common.jobs, &bar);
    bar.finish();
    let Some(table) = table? else { return Ok(Exit::Ended) };
    let comparison = Comparison::of(&table, reference);
    report::write(&folder, &context, &manifest, &table, &comparison)?;
    match args.common.format {
        Format::Json => screen.line(report::summary(&context, &table, &comparison)),
        Format::Text => {
            print(&context, &table, &comparison, screen);
            screen.line("");
            for sentence in findings::sentences(&context, &comparison) {
                screen.line(sentence);
            }
            print_too_rare(&context, &table, path, screen);
            draws::print(&context, screen);
            screen.line(format_args!("Tables, pictures and report: {}", folder.path().join("report.html").display()));
        }
    }
    Ok(Exit::Fine)
}

/// For each outcome that was too rare to count in some option and world, how to look for it in the first of them.
fn print_too_rare(context: &Context<'_>, table: &Table, path: &Path, screen: &Screen) {
    let (scenario, file) = (context.scenario, path.display().to_string());
    let mut told = Vec::new();
    for &world in &table.design().worlds {
        for &option in &table.design().options {
            for too_rare in rare::too_rare(scenario, table, world, option) {
                if !told.contains(&too_rare.quantity) {
                    told.push(too_rare.quantity);
                    screen.line(rare::advice(scenario, &file, too_rare));
                }
            }
        }
    }
}

/// A block a world: a row for each measure and option.
fn print(context: &Context<'_>, table: &Table, comparison: &Comparison, screen: &Screen) {
    screen.line(screen.ink(Ink::Bold, &context.scenario.title));
    screen.line(format_args!(
        "{} · {} · {} · seed {} · {CAVEAT}",
        context.scenario.handling.label(),
        context.setting,
        match context.is_drawn() {
            true => format!("{} of each option in each world", context.runs_in_words()),
            false => counted(context.runs(), "run of each option in each world", "runs of each option in each world"),
        },
        context.seed,
    ));
    for &world in &table.design().worlds {
        screen.line("");
        screen.line(screen.ink(Ink::Bold, &format!("In the {} world", world.name())));
        for measure in report::SHOWN.into_iter().filter(|m| tables::applies(context.scenario, *m)) {
            for (i, &option) in table.design().options.iter().enumerate() {
                let label = if i == 0 { measure.label() } else { "" };
                let figures = table.estimate(world, option, measure);
                let figures = figures.map_or(tables::lacking(measure).to_owned(), |e| in_words(measure, &e));
                let doubt = table.doubt(world, option, measure);
                let doubt = doubt.and_then(|it| drawn::in_words(measure, &it));
                let doubt = doubt.map_or(String::new(), |said| format!("doubt {said}"));
                let id = &context.scenario.options[option.index()].id;
                let line = format!("  {label:<26} {id:<18} {figures:<40} {}", screen.ink(Ink::Faint, &doubt));
                screen.line(if doubt.is_empty() { line.trim_end() } else { &line });
            }
        }
        for note in findings::mix_notes(context, table, comparison, world) {
            screen.line(format_args!("  {note}"));
        }
    }
}
