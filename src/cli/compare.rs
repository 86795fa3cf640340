//! `airside compare`: options against the reference, in all worlds, under the same luck, as a study or a scenario asks.

use std::path::Path;

use crate::cli::args::{CompareArgs, Draws, Format};
use crate::cli::compare_table;
use crate::cli::draws;
use crate::cli::exit::{Exit, Failure};
use crate::cli::input;
use crate::cli::progress::Bar;
use crate::cli::screen::{Ink, Screen};
use crate::document::{Studied, Uncertain};
use crate::experiment::{Comparison, Design, Enough, Fidelity, Table, WorldDraws};
use crate::measure::{Better, Measure};
use crate::model::{AS_WRITTEN, OptionId, Study, World};
use crate::plan::Plan;
use crate::report::brief::{Brief, Part, Rerun};
use crate::report::many::in_words;
use crate::report::{
    CAVEAT, Context, Folder, Input, Manifest, RANDOM_NUMBERS, ReportError, Unfinished, brief, compare as report,
    counted, drawn, findings, rare, tables, write_inputs,
};

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
    let (Studied { mut study, variants }, is_study, inputs) = input::load_question(document, screen)?;
    if study.options.len() < 2 {
        return Err(Failure::Usage(format!(
            "{} has one option only; add another under `options` to compare it with",
            document.display()
        )));
    }
    take_over(args, &mut study, is_study);
    let sources = (document, &variants[0]);
    let wanted = Draws { draws: study.draws };
    let (drawn, replications) = draws::drawn(wanted, Some(study.replications), 0, study.seed, sources)?;
    if drawn.draws() == 0 && replications < 2 {
        return Err(Failure::Usage("a comparison takes two runs at least; write --replications 2 or more".to_owned()));
    }
    let name = input::name_of(document);
    let folder = input::folder_of(args.output.out.as_ref(), &name, "compare");
    let folder = Folder::open(&folder).map_err(ReportError::from)?;
    if folder.replaces() {
        screen.note(format_args!("replacing the results in {}", folder.path().display()));
    }
    if !args.resume && Unfinished::any(&folder) {
        screen.note("a comparison was stopped there; it begins anew (--resume would have gone on with it)");
    }
    let design = Design {
        options: study.options.clone(),
        worlds: study.worlds.clone(),
        draws: study.draws,
        replications,
        seed: study.seed,
        fidelity: Fidelity::Full,
    };
    let fidelity = args.fidelity.of(variants[0].scenario(), &design);
    let job = Job { args, document, study: &study, inputs: &inputs, folder: &folder, screen };
    let design = design.with_fidelity(fidelity);
    let mut parts = Vec::new();
    let mut kept = Vec::new();
    for (nth, variant) in variants.iter().enumerate() {
        let set = nth.checked_sub(1).and_then(|nth| study.world_sets.get(nth));
        let (id, title) = set.map_or((AS_WRITTEN, "the scenario as it is written"), |set| (&set.id, &set.title));
        let Some((table, file)) = job.table(variant, &design, (nth, id))? else { return Ok(false) };
        let comparison = Comparison::of(&table, study.reference);
        let enough = file.enough().clone();
        kept.push(file);
        parts.push(Part { id: id.to_owned(), title: title.to_owned(), table, comparison, enough });
    }
    let rerun = if is_study { job.rerun(&variants[0], &design, &parts, &mut kept)? } else { None };
    let (Some(plain), false) = (parts.first(), is_study && rerun.is_none()) else { return Ok(false) };

    let plan = Plan::new(variants[0].scenario().clone())?;
    let manifest = job.manifest(&plan, &design, plain.table.drawn());
    let context = Context {
        scenario: &plan.scenario,
        setting: format!("reference option {}", plan.scenario.options[study.reference.index()].id),
        seed: study.seed,
        replications: plain.table.design().replications,
        drawn: plain.table.drawn(),
        fidelity,
        main_measure: study.main_measure,
        digest: manifest.short_digest(),
    };
    let brief = Brief { context: &context, study: &study, parts: &parts, rerun: rerun.as_ref() };
    let more = brief::best(&brief).into_iter().collect();
    report::write(&folder, &context, &plain.table, &plain.comparison, &study.measures, more)?;
    brief::write(&folder, &brief)?;
    write_inputs(&folder, &inputs)?;
    folder.write("manifest.json", manifest.json().as_bytes()).map_err(ReportError::from)?;
    for file in kept {
        let not_removed = |cause| Failure::NotWritten { file: folder.path().display().to_string(), cause };
        file.remove().map_err(not_removed)?;
    }
    if !aloud {
        return Ok(true);
    }
    match args.output.format {
        Format::Json => screen.line(report::summary(&context, &plain.table, &plain.comparison)),
        Format::Text => {
            print(&context, &plain.table, &plain.comparison, &study.measures, screen);
            screen.line("");
            brief::headline(&brief).iter().for_each(|sentence| screen.line(sentence));
            print_too_rare(&context, &plain.table, document, screen);
            draws::print(&context, screen);
            let path = |name: &str| folder.path().join(name).display().to_string();
            screen.line(format_args!("Brief: {}", path("brief.html")));
            screen.line(format_args!("Tables, pictures and report: {}", path("report.html")));
        }
    }
    Ok(true)
}

/// What the user typed goes over what the study says.
fn take_over(args: &CompareArgs, study: &mut Study, is_study: bool) {
    study.seed = args.seed.unwrap_or(study.seed);
    study.draws = args.draws.unwrap_or(study.draws);
    study.replications = match args.replications {
        Some(replications) => replications,
        None if !is_study && study.draws > 0 => 10,
        None => study.replications,
    };
}

/// What all tables of a comparison have in common.
struct Job<'j> {
    args: &'j CompareArgs,
    document: &'j Path,
    study: &'j Study,
    inputs: &'j [Input],
    folder: &'j Folder,
    screen: &'j Screen,
}

impl Job<'_> {
    /// The table of one variant of the scenario, and the file that its runs are kept in. Nothing if it was ended.
    fn table(
        &self,
        variant: &Uncertain,
        design: &Design,
        (nth, id): (usize, &str),
    ) -> Result<Option<(Table, Unfinished)>, Failure> {
        let plan = Plan::new(variant.scenario().clone())?;
        let each = if design.draws > 0 { design.replications } else { 0 };
        let of: Vec<&str> = self.inputs.iter().map(|input| input.sha256.as_str()).collect();
        let of = format!(
            "{} {} {RANDOM_NUMBERS} {id} {:?} {:?} {each} {} {:?}",
            env!("CARGO_PKG_VERSION"),
            of.join(" "),
            design.options,
            design.worlds,
            design.seed,
            design.fidelity,
        );
        // The fresh re-run is as long as what it repeats.
        let precision = self.study.precision.filter(|_| nth < RERUN);
        let enough = Enough::new(precision, self.study.main_measure, self.study.reference);
        let not_kept = |cause| Failure::NotWritten { file: self.folder.path().display().to_string(), cause };
        let mut file = Unfinished::open(self.folder, nth, &of, self.args.resume, enough).map_err(not_kept)?;
        if file.taken() > 0 {
            let runs = counted(file.taken() as u64, "finished run is", "finished runs are");
            self.screen.note(format_args!("{id}: {runs} taken over"));
        }
        let bar = Bar::new(design.work(), self.screen);
        let source = (self.document, &plan, variant);
        let table = draws::table_kept(source, design, self.args.output.jobs, &bar, &mut file);
        bar.finish();
        Ok(table?.map(|table| (table, file)))
    }

    /// The option that did best on the main measure, and the reference, once more on fresh seeds.
    fn rerun(
        &self,
        variant: &Uncertain,
        design: &Design,
        parts: &[Part],
        kept: &mut Vec<Unfinished>,
    ) -> Result<Option<Rerun>, Failure> {
        let (study, plain) = (self.study, &parts[0]);
        let world = brief::world_of(study);
        let option = best(study, &plain.table, world);
        let seed = study.seed.wrapping_add(FRESH);
        let used = plain.table.design();
        let options = vec![study.reference, option];
        let design = Design { options, seed, draws: used.draws, replications: used.replications, ..design.clone() };
        let Some((table, file)) = self.table(variant, &design, (RERUN, "fresh seeds"))? else { return Ok(None) };
        kept.push(file);
        let comparison = Comparison::of(&table, study.reference);
        Ok(Some(Rerun { option, seed, comparison }))
    }

    fn manifest(&self, plan: &Plan, design: &Design, drawn: &WorldDraws) -> Manifest {
        let scenario = &plan.scenario;
        Manifest {
            tool: "airside",
            version: env!("CARGO_PKG_VERSION"),
            random_numbers: RANDOM_NUMBERS,
            command: "compare",
            title: self.study.title.clone(),
            handling: scenario.handling.label(),
            seed: design.seed,
            draws_asked: Some(self.study.draws),
            draws: None,
            fidelity: Some(design.fidelity.name()),
            drawn_from: Vec::new(),
            replications: design.replications,
            options: design.options.iter().map(|o| scenario.options[o.index()].id.clone()).collect(),
            worlds: design.worlds.iter().map(|w| w.name()).collect(),
            inputs: self.inputs.to_vec(),
            caveat: CAVEAT,
        }
        .with_draws(drawn)
    }
}

/// Number of the file of the fresh re-run: after all world sets.
const RERUN: usize = 999;

/// What is added to the seed for the fresh re-run.
const FRESH: u64 = 1_000_000;

/// The option other than the reference with the best mean on the main measure.
fn best(study: &Study, table: &Table, world: World) -> OptionId {
    let sign = if study.main_measure.better() == Better::Higher { -1.0 } else { 1.0 };
    let mean =
        |o: OptionId| table.estimate(world, o, study.main_measure).map_or(f64::INFINITY, |it| sign * it.middle());
    let others = study.options.iter().copied().filter(|o| *o != study.reference);
    others.min_by(|a, b| mean(*a).total_cmp(&mean(*b))).unwrap_or(study.reference)
}

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
