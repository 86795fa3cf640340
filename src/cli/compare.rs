//! `airside compare`: options against the reference, in all worlds, under the same luck, as a study or a scenario asks.

use std::path::Path;

use crate::cli::args::{CompareArgs, Format};
use crate::cli::compare_table;
use crate::cli::draws;
use crate::cli::exit::{Exit, Failure};
use crate::cli::question::{Question, best};
use crate::cli::screen::{Ink, Screen};
use crate::experiment::{Comparison, Design, Table};
use crate::measure::Measure;
use crate::plan::Plan;
use crate::report::brief::{Brief, Part, Rerun};
use crate::report::many::in_words;
use crate::report::{CAVEAT, Context, brief, compare as report, counted, drawn, findings, rare, tables};

/// Runs the verb.
pub(crate) fn run(args: &CompareArgs, screen: &Screen) -> Result<Exit, Failure> {
    match (&args.document, &args.table.from) {
        (_, Some(table)) => compare_table::run(args, table, screen),
        (Some(document), None) => {
            args.table.without_table()?;
            Ok(if compare(args, document, screen, true)? { Exit::Fine } else { Exit::Ended })
        }
        (None, None) => Err(Failure::Usage("name a study or a scenario, or a table with --from".to_owned())),
    }
}

/// Compares and writes; whether it came to an end. `aloud`: results go to standard output too.
pub(crate) fn compare(args: &CompareArgs, document: &Path, screen: &Screen, aloud: bool) -> Result<bool, Failure> {
    let mut question = Question::pose(document, &args.posed, "compare", screen)?;
    let Some(parts) = question.parts()? else { return Ok(false) };
    let plain = &parts[0];
    let rerun = if question.is_study { rerun(&mut question, plain)? } else { None };
    if question.is_study && rerun.is_none() {
        return Ok(false);
    }

    let plan = Plan::new(question.variants[0].scenario().clone())?;
    let context = question.context(&plan.scenario, plain.table.drawn(), plain.table.design().replications);
    let (study, folder) = (&question.study, &question.folder);
    let brief = Brief { context: &context, study, parts: &parts, rerun: rerun.as_ref() };
    let pictures = brief::Pictures::of(&brief);
    report::write(folder, &context, &plain.table, &plain.comparison, &study.measures, pictures.charts())?;
    brief::write(folder, &brief, &pictures)?;
    if aloud && args.posed.output.format == Format::Json {
        screen.line(report::summary(&context, &plain.table, &plain.comparison));
    } else if aloud {
        print(&context, &plain.table, &plain.comparison, &study.measures, screen);
        screen.line("");
        brief::headline(&brief).iter().for_each(|sentence| screen.line(sentence));
        print_too_rare(&context, &plain.table, document, screen);
        draws::print(&context, screen);
        let path = |name: &str| folder.path().join(name).display().to_string();
        screen.line(format_args!("Brief: {}", path("brief.html")));
        screen.line(format_args!("Tables, pictures and report: {}", path("report.html")));
    }
    question.finish(plain.table.drawn())?;
    Ok(true)
}

/// The option that did best on the main measure, and the reference, once more on fresh seeds. Nothing if it was ended.
fn rerun(question: &mut Question<'_>, plain: &Part) -> Result<Option<Rerun>, Failure> {
    let reference = question.study.reference;
    let option = best(&question.study, &plain.table);
    let seed = question.study.seed.wrapping_add(FRESH);
    let used = plain.table.design();
    let options = vec![reference, option];
    let design =
        Design { options, seed, draws: used.draws, replications: used.replications, ..question.design.clone() };
    // It is as long as what it repeats, and asks for no precision of its own.
    let Some((table, _)) = question.table(0, &design, (RERUN, "fresh seeds"), None)? else { return Ok(None) };
    Ok(Some(Rerun { option, seed, comparison: Comparison::of(&table, reference) }))
}

/// Number of the file of the fresh re-run: after all world sets.
const RERUN: usize = 999;

/// What is added to the seed for the fresh re-run.
const FRESH: u64 = 1_000_000;

/// For each outcome that was too rare to count in some option and world, how to look for it in the first of them.
fn print_too_rare(context: &Context<'_>, table: &Table, document: &Path, screen: &Screen) {
    let (scenario, file) = (context.scenario, document.display().to_string());
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
fn print(context: &Context<'_>, table: &Table, comparison: &Comparison, measures: &[Measure], screen: &Screen) {
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
        for measure in measures.iter().copied().filter(|m| tables::applies(context.scenario, *m)) {
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
