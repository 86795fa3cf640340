//! What a study asks, made ready to be run: the verbs that run a study share it.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::cli::args::{Draws, Format, Posed};
use crate::cli::draws;
use crate::cli::exit::Failure;
use crate::cli::input;
use crate::cli::progress::{Bar, end_in_order};
use crate::cli::screen::Screen;
use crate::document::{Studied, Uncertain};
use crate::experiment::{Comparison, Design, Enough, Fidelity, Table, WorldDraws, needs_every_consignment};
use crate::measure::Better;
use crate::model::{AS_WRITTEN, Assumption, OptionId, Precision, Scenario, Study};
use crate::plan::Plan;
use crate::report::brief::{Part, world_of};
use crate::report::{
    CAVEAT, Context, Folder, Input, Manifest, Paper, RANDOM_NUMBERS, ReportError, Unfinished, counted, write_inputs,
};

/// A study, or a scenario as a study of all that is in it, with what the user typed taken over.
pub(crate) struct Question<'q> {
    pub(crate) study: Study,
    /// The scenario as written, then in each world set.
    pub(crate) variants: Vec<Uncertain>,
    /// The scenario as written with each move of the adversary.
    pub(crate) moves: Vec<Uncertain>,
    pub(crate) is_study: bool,
    pub(crate) document: PathBuf,
    pub(crate) folder: Folder,
    pub(crate) design: Design,
    verb: &'static str,
    inputs: Vec<Input>,
    posed: &'q Posed,
    pub(crate) screen: &'q Screen,
    kept: Vec<Unfinished>,
    /// What else was asked of the verb, as it would be typed, so that it can be asked again.
    pub(crate) arguments: Vec<String>,
}

impl<'q> Question<'q> {
    /// Reads, checks, and opens the folder of results. `verb` names it, and what is run.
    pub(crate) fn pose(
        document: &Path,
        posed: &'q Posed,
        verb: &'static str,
        screen: &'q Screen,
    ) -> Result<Question<'q>, Failure> {
        let (Studied { mut study, variants, moves }, is_study, inputs) = input::load_question(document, screen)?;
        if study.options.len() < 2 {
            return Err(Failure::Usage(format!(
                "{} has one option only; add another under `options` to compare it with",
                document.display()
            )));
        }
        take_over(posed, &mut study, is_study);
        let wanted = Draws { draws: study.draws };
        let sources = (document, &variants[0]);
        let (drawn, replications) = draws::drawn(wanted, Some(study.replications), 0, study.seed, sources)?;
        if drawn.draws() == 0 && replications < 2 {
            let message = "a comparison takes two runs at least; write --replications 2 or more";
            return Err(Failure::Usage(message.to_owned()));
        }
        end_in_order();
        let folder = input::folder_of(posed.output.out.as_ref(), &input::name_of(document), verb);
        let folder = Folder::open(&folder).map_err(ReportError::from)?;
        if folder.replaces() {
            screen.note(format_args!("replacing the results in {}", folder.path().display()));
        }
        if !posed.resume && Unfinished::any(&folder) {
            screen.note("work was stopped there; it begins anew (--resume would have gone on with it)");
        }
        let design = Design {
            options: study.options.clone(),
            worlds: study.worlds.clone(),
            draws: study.draws,
            replications,
            first: 0,
            seed: study.seed,
            fidelity: Fidelity::Full,
        };
        let fidelity = posed.fidelity.of(variants[0].scenario(), &design);
        Ok(Question {
            study,
            variants,
            moves,
            is_study,
            document: document.to_owned(),
            folder,
            design: design.with_fidelity(fidelity),
            verb,
            inputs,
            posed,
            screen,
            kept: Vec::new(),
            arguments: Vec::new(),
        })
    }

    /// Draws inputs so often, with so many runs in each draw, where the study says nothing of it.
    pub(crate) fn draw(&mut self, draws: u32, replications: u32) {
        self.study.draws = draws;
        self.study.replications = replications;
        self.design = Design { draws, replications, ..self.design.clone() };
        self.expect(self.study.options.len());
    }

    /// Takes inputs as written, with so many runs; `typed` are the world draws that the user asked for.
    pub(crate) fn hold(&mut self, typed: Option<u32>, replications: u32) -> Result<(), Failure> {
        if typed.is_some_and(|draws| draws > 0) {
            let message = format!("`airside {}` takes inputs as written; leave --draws out", self.verb);
            return Err(Failure::Usage(message));
        }
        self.several(replications)?;
        self.draw(0, replications);
        Ok(())
    }

    /// Refuses a single run, of which nothing can be said.
    pub(crate) fn several(&self, replications: u32) -> Result<(), Failure> {
        match replications {
            0 | 1 => Err(Failure::Usage("it takes two runs at least; write --replications 2 or more".to_owned())),
            _ => Ok(()),
        }
    }

    /// The inputs that have a range, of which there must be one.
    pub(crate) fn ranges(&self) -> Result<Vec<Assumption>, Failure> {
        let ranges: Vec<Assumption> = self.variants[0].ranges().cloned().collect();
        match ranges.is_empty() {
            false => Ok(ranges),
            true => Err(Failure::Usage(format!(
                "{} has no ranges under `assumptions`; write one, such as Uniform(low: …, high: …, …)",
                self.document.display()
            ))),
        }
    }

    /// Chooses the fidelity for so many options.
    pub(crate) fn expect(&mut self, options: usize) {
        let design = Design { options: vec![self.study.reference; options], ..self.design.clone() };
        // A few pilot runs behind many single ones would be taken for as many.
        let fidelity = match needs_every_consignment(self.study.main_measure) {
            true => Fidelity::Full,
            false => self.posed.fidelity.of(self.variants[0].scenario(), &design),
        };
        self.design = self.design.clone().with_fidelity(fidelity);
    }

    /// Runs of a plan of one's own, with inputs as written, kept in the `file`-th file. Nothing if it was ended.
    pub(crate) fn replicate(
        &mut self,
        plan: &Plan,
        design: &Design,
        (file, id): (usize, &str),
    ) -> Result<Option<Table>, Failure> {
        let mut kept = self.keeper(design, (file, id), None, None)?;
        let bar = Bar::new(design.work(), self.screen);
        let none = |_: u32| WorldDraws::none();
        let source = (&*self.document, plan, &self.variants[0]);
        let table = draws::table_kept(source, design, self.posed.output.jobs, &bar, &mut kept, &none);
        bar.finish();
        self.kept.push(kept);
        table.map(|table| self.told(table))
    }

    /// Says how to go on if there is no table.
    fn told(&self, table: Option<Table>) -> Option<Table> {
        if table.is_none() {
            let folder = self.folder.path().display();
            self.screen.note(format_args!("stopped; finished runs are kept in {folder}: --resume goes on with them"));
        }
        table
    }

    /// Why nothing can be said if some run lacks the main measure.
    pub(crate) fn lacking(&self) -> Failure {
        let measure = self.study.main_measure.id();
        Failure::Usage(format!("some runs lack `{measure}`, so that nothing can be said of it over all of them"))
    }

    /// All options in all worlds, in the scenario as written and in each world set. Nothing if it was ended.
    pub(crate) fn parts(&mut self) -> Result<Option<Vec<Part>>, Failure> {
        let mut parts = Vec::new();
        for nth in 0..self.variants.len() {
            let set = nth.checked_sub(1).and_then(|nth| self.study.world_sets.get(nth));
            let named = set.map_or((AS_WRITTEN, "the scenario as it is written"), |set| (&set.id, &set.title));
            let (id, title) = (named.0.to_owned(), named.1.to_owned());
            let design = self.design.clone();
            let precision = self.study.precision;
            let Some((table, enough)) = self.table(nth, &design, (nth, &id), precision)? else { return Ok(None) };
            let comparison = Comparison::of(&table, self.study.reference);
            parts.push(Part { id, title, table, comparison, enough });
        }
        Ok(Some(parts))
    }

    /// The table of one variant of the scenario, whose runs are kept in the `file`-th file, which is of what `id` says.
    /// Nothing if it was ended.
    pub(crate) fn table(
        &mut self,
        variant: usize,
        design: &Design,
        (file, id): (usize, &str),
        precision: Option<Precision>,
    ) -> Result<Option<(Table, Enough)>, Failure> {
        self.run(variant, design, (file, id), precision, None)
    }

    /// Some options at points of the scenario's inputs, in one world. What is run is kept in the `file`-th file, which is of
    /// what `id` says. Nothing if it was ended.
    pub(crate) fn at_points(
        &mut self,
        points: &WorldDraws,
        options: &[OptionId],
        (file, id): (usize, &str),
    ) -> Result<Option<Table>, Failure> {
        let worlds = vec![world_of(&self.study)];
        let design = Design { options: options.to_vec(), worlds, draws: points.draws(), ..self.design.clone() };
        // The kind is the same for all that one page tells of.
        let fidelity = match self.design.fidelity {
            Fidelity::Full => Fidelity::Full,
            Fidelity::Touched { .. } => Fidelity::touched(&design),
        };
        let design = design.with_fidelity(fidelity);
        Ok(self.run(0, &design, (file, id), None, Some(points))?.map(|(table, _)| table))
    }

    fn run(
        &mut self,
        variant: usize,
        design: &Design,
        (file, id): (usize, &str),
        precision: Option<Precision>,
        points: Option<&WorldDraws>,
    ) -> Result<Option<(Table, Enough)>, Failure> {
        let variant = &self.variants[variant];
        let plan = Plan::new(variant.scenario().clone())?;
        let mut kept = self.keeper(design, (file, id), precision, points)?;
        let bar = Bar::new(design.work(), self.screen);
        let source = (&*self.document, &plan, variant);
        let drawn = |n: u32| match points {
            Some(points) => points.clone(),
            None => WorldDraws::of(variant.scenario(), n, design.seed),
        };
        let table = draws::table_kept(source, design, self.posed.output.jobs, &bar, &mut kept, &drawn);
        bar.finish();
        let enough = kept.enough().clone();
        self.kept.push(kept);
        Ok(self.told(table?).map(|table| (table, enough)))
    }

    /// A file for finished runs of a design.
    fn keeper(
        &self,
        design: &Design,
        (file, id): (usize, &str),
        precision: Option<Precision>,
        points: Option<&WorldDraws>,
    ) -> Result<Unfinished, Failure> {
        let each = if design.draws > 0 { design.replications } else { 0 };
        let of: Vec<&str> = self.inputs.iter().map(|input| input.sha256.as_str()).collect();
        let of = format!(
            "{} {} {RANDOM_NUMBERS} {id} {:?} {:?} {each} {} {:?} {}",
            env!("CARGO_PKG_VERSION"),
            of.join(" "),
            design.options,
            design.worlds,
            design.seed,
            design.fidelity,
            points.map_or(String::new(), digest),
        );
        let enough = Enough::new(precision, self.study.main_measure, self.study.reference);
        let not_kept = |cause| Failure::NotWritten { file: self.folder.path().display().to_string(), cause };
        let kept = Unfinished::open(&self.folder, file, &of, self.posed.resume, enough).map_err(not_kept)?;
        if kept.taken() > 0 {
            let runs = counted(kept.taken() as u64, "finished run is", "finished runs are");
            self.screen.note(format_args!("{id}: {runs} taken over"));
        }
        Ok(kept)
    }

    /// What all pages and pictures of the results need to know.
    pub(crate) fn context<'c>(
        &'c self,
        scenario: &'c Scenario,
        drawn: &'c WorldDraws,
        replications: u32,
    ) -> Context<'c> {
        Context {
            scenario,
            setting: format!("reference option {}", scenario.options[self.study.reference.index()].id),
            seed: self.study.seed,
            replications,
            drawn,
            fidelity: self.design.fidelity,
            main_measure: self.study.main_measure,
            tolerances: &self.study.tolerances,
            digest: self.inputs.first().map_or(String::new(), |input| input.sha256.chars().take(8).collect()),
        }
    }

    /// Writes what was found and, `aloud`, prints it.
    pub(crate) fn deliver(&self, context: &Context<'_>, paper: &Paper, aloud: bool) -> Result<(), Failure> {
        paper.write(&self.folder, context)?;
        if aloud && self.posed.output.format == Format::Json {
            self.screen.line(&paper.summary);
        } else if aloud {
            self.screen.paper(context, paper);
            draws::print(context, self.screen);
            let report = self.folder.path().join("report.html");
            self.screen.line(format_args!("Tables, pictures and report: {}", report.display()));
        }
        Ok(())
    }

    /// The results are written: the documents and the manifest go beside them, and what was kept goes.
    pub(crate) fn finish(&mut self, drawn: &WorldDraws) -> Result<(), Failure> {
        write_inputs(&self.folder, &self.inputs)?;
        let manifest = self.manifest(drawn);
        self.folder.write("manifest.json", manifest.json().as_bytes()).map_err(ReportError::from)?;
        self.kept.clear();
        let not_removed = |cause| Failure::NotWritten { file: self.folder.path().display().to_string(), cause };
        Unfinished::remove_all(&self.folder).map_err(not_removed)
    }

    fn manifest(&self, drawn: &WorldDraws) -> Manifest {
        let (scenario, design) = (self.variants[0].scenario(), &self.design);
        Manifest {
            tool: "airside",
            version: env!("CARGO_PKG_VERSION"),
            random_numbers: RANDOM_NUMBERS,
            command: self.verb,
            title: self.study.title.clone(),
            handling: scenario.handling.label(),
            seed: design.seed,
            draws_asked: Some(self.study.draws),
            draws: None,
            fidelity: Some(design.fidelity.name()),
            drawn_from: Vec::new(),
            replications: design.replications,
            arguments: self.arguments.clone(),
            options: design.options.iter().map(|o| scenario.options[o.index()].id.clone()).collect(),
            worlds: design.worlds.iter().map(|w| w.name()).collect(),
            inputs: self.inputs.clone(),
            caveat: CAVEAT,
        }
        .with_draws(drawn)
    }
}

/// The option other than the reference with the best mean on the main measure.
pub(crate) fn best(study: &Study, table: &Table) -> OptionId {
    let (world, main) = (world_of(study), study.main_measure);
    let sign = if main.better() == Better::Higher { -1.0 } else { 1.0 };
    let mean = |o: OptionId| table.estimate(world, o, main).map_or(f64::INFINITY, |it| sign * it.middle());
    let others = study.options.iter().copied().filter(|o| *o != study.reference);
    others.min_by(|a, b| mean(*a).total_cmp(&mean(*b))).unwrap_or(study.reference)
}

/// What tells points from other points.
fn digest(points: &WorldDraws) -> String {
    let mut hash = Sha256::new();
    for value in (0..points.draws()).flat_map(|draw| points.values(draw)) {
        hash.update(value.to_bits().to_le_bytes());
    }
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

/// What the user typed goes over what the study says.
fn take_over(posed: &Posed, study: &mut Study, is_study: bool) {
    study.seed = posed.seed.unwrap_or(study.seed);
    study.draws = posed.draws.unwrap_or(study.draws);
    study.replications = match posed.replications {
        Some(replications) => replications,
        None if !is_study && study.draws > 0 => 10,
        None => study.replications,
    };
}
