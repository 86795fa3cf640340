//! Reads a scenario for a verb, and says what is wrong with it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::cli::diagnostics;
use crate::cli::exit::Failure;
use crate::cli::screen::Screen;
use crate::document::row_problem::Refused;
use crate::document::{
    self, Code, Diagnostic, Diagnostics, Document, FileError, Files, Folder, Path as DocumentPath, Severity, Source,
    Studied, Uncertain,
};
use crate::model::{Exercise, OptionId, Scenario, Study, World};
use crate::plan::Arrivals;
use crate::report::Input;

/// A scenario that can be run.
pub(crate) struct Loaded {
    /// The scenario, and the text that other numbers can be written into.
    pub(crate) uncertain: Uncertain,
    /// Its name: the file's, without endings.
    pub(crate) name: String,
    pub(crate) inputs: Vec<Input>,
}

/// The document's name: `eastmarch` for `scenarios/eastmarch/eastmarch.scenario.ron`.
pub(crate) fn name_of(path: &Path) -> String {
    let file = path.file_name().map_or_else(|| "scenario".to_owned(), |n| n.to_string_lossy().into_owned());
    file.split('.').next().filter(|s| !s.is_empty()).unwrap_or("scenario").to_owned()
}

/// The bytes of a file that is no document; of one that is larger than `most`, one byte more.
pub(crate) fn bytes_of(path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    let not_read = |cause| Failure::NotRead { file: path.display().to_string(), cause };
    // Opening a pipe that nobody writes to would wait for ever.
    let kind = std::fs::metadata(path).map_err(not_read)?;
    if !kind.is_file() && !kind.is_dir() && !path.starts_with("/dev") {
        return Err(not_read(std::io::Error::other("it is not an ordinary file")));
    }
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(path).map_err(not_read)?;
    opened.take(most + 1).read_to_end(&mut bytes).map_err(not_read)?;
    Ok(bytes)
}

/// Tells everything that is wrong with a table.
pub(crate) fn refused(file: &str, error: &Refused, screen: &Screen) -> Failure {
    error.to_string().lines().for_each(|line| screen.complain(format_args!("{file}: {line}\n")));
    Failure::Table { file: file.to_owned(), count: error.count() }
}

/// Where a verb writes unless it is told otherwise.
pub(crate) fn folder_of(out: Option<&PathBuf>, name: &str, verb: &str) -> PathBuf {
    out.cloned().unwrap_or_else(|| Path::new("output").join(name).join(verb))
}

/// The option that the user named, or the reference option.
pub(crate) fn option_of(scenario: &Scenario, named: Option<&str>) -> Result<OptionId, Failure> {
    let Some(name) = named else { return Ok(scenario.compare_with) };
    scenario.option(name).ok_or_else(|| {
        let names: Vec<&str> = scenario.options.iter().map(|o| o.id.as_str()).collect();
        let hint = document::closest(name, names.iter().copied());
        let hint = hint.map_or(".".to_owned(), |h| format!("; did you mean `{h}`?"));
        Failure::Usage(format!("there is no option `{name}`{hint} The scenario has: {}", names.join(", ")))
    })
}

/// The world that the user named, or the real one if there is a campaign.
pub(crate) fn world_of(scenario: &Scenario, named: Option<World>, path: &Path) -> Result<World, Failure> {
    match (named, scenario.campaign.is_some()) {
        (Some(world), true) => Ok(world),
        (None, true) => Ok(World::Real),
        (None | Some(World::Innocent), false) => Ok(World::Innocent),
        (Some(_), false) => {
            Err(Failure::Usage(format!("{} has no campaign, so its only world is the innocent one", path.display())))
        }
    }
}

/// A scenario that can be played: what cannot be planned, such as a forecast too far ahead, is found here too.
pub(crate) fn load_scenario(source: &Source, files: &dyn Files) -> (Option<Uncertain>, Diagnostics) {
    let (uncertain, mut found) = document::load_uncertain(source, files);
    let flights = |traffic: &str| DocumentPath::parse("traffic").child(traffic).child("flights");
    found.extend(uncertain.iter().flat_map(|it| unplannable(source, it.scenario(), &flights)));
    (uncertain.filter(|_| !found.has_errors()), found)
}

/// As [`load_scenario`], and the ends of its ranges are tried.
pub(crate) fn load_with_corners(source: &Source, files: &dyn Files) -> (Option<Uncertain>, Diagnostics) {
    let (uncertain, mut found) = load_scenario(source, files);
    found.extend(uncertain.iter().flat_map(|it| it.corners(&refusal).iter().cloned().collect::<Vec<_>>()));
    (uncertain.filter(|_| !found.has_errors()), found)
}

/// Why a sound scenario cannot be planned, if it cannot.
pub(crate) fn refusal(scenario: &Scenario) -> Option<String> {
    scenario.traffic.iter().find_map(|traffic| {
        let error = Arrivals::new(&traffic.flights, &scenario.calendar).err()?;
        Some(format!("`{}`: {error}", traffic.id))
    })
}

/// As [`load_scenario`], of an exercise and the scenario that it is played on.
pub(crate) fn load_exercise_document(source: &Source, files: &dyn Files) -> (Option<Exercise>, Diagnostics) {
    let (exercise, mut found) = document::load_exercise(source, files);
    let named = |_: &str| DocumentPath::parse("scenario");
    found.extend(exercise.iter().flat_map(|exercise| unplannable(source, &exercise.scenario, &named)));
    (exercise.filter(|_| !found.has_errors()), found)
}

/// As [`load_scenario`], of a study and the scenarios that it makes.
pub(crate) fn load_study_document(source: &Source, files: &dyn Files) -> (Option<Studied>, Diagnostics) {
    let (studied, mut found) = document::load_study(source, files);
    let named = |_: &str| DocumentPath::parse("scenario");
    let variants = studied.iter().flat_map(|it| &it.variants);
    found.extend(variants.flat_map(|it| unplannable(source, it.scenario(), &named)));
    (studied.filter(|_| !found.has_errors()), found)
}

/// The traffic that cannot be planned; `place` is where a document names the flights of a class.
fn unplannable(source: &Source, scenario: &Scenario, place: &dyn Fn(&str) -> DocumentPath) -> Vec<Diagnostic> {
    let refused = scenario.traffic.iter().filter_map(|traffic| {
        let error = Arrivals::new(&traffic.flights, &scenario.calendar).err()?;
        let path = place(&traffic.id);
        let span = Document::read(source, &mut Diagnostics::new()).map(|document| document.span_of(&path));
        let problem =
            Diagnostic::new(Code::DataRefused, span.unwrap_or_default(), format!("`{}`: {error}", traffic.id));
        Some(problem.help("change the months that are fitted, the filters, or when the story starts and ends").at(path))
    });
    refused.collect()
}

/// Reads and checks a scenario. Warnings and errors are printed; errors end it.
pub(crate) fn load(path: &Path, screen: &Screen) -> Result<Loaded, Failure> {
    let (uncertain, inputs) = load_with(path, screen, load_scenario)?;
    Ok(Loaded { uncertain, name: name_of(path), inputs })
}

/// Reads and checks a study, or a scenario as a study of all that is in it. Warnings and errors are printed; errors end it.
pub(crate) fn load_question(path: &Path, screen: &Screen) -> Result<(Studied, bool, Vec<Input>), Failure> {
    if read(path)?.kind() == Kind::Study {
        let (studied, inputs) = load_with(path, screen, load_study_document)?;
        return Ok((studied, true, inputs));
    }
    let (uncertain, inputs) = load_with(path, screen, load_scenario)?;
    Ok((
        Studied { study: Study::of_all(uncertain.scenario()), variants: vec![uncertain], moves: Vec::new() },
        false,
        inputs,
    ))
}

/// Reads and checks an exercise with its scenario. Warnings and errors are printed; errors end it.
pub(crate) fn load_exercise(path: &Path, screen: &Screen) -> Result<(Exercise, Vec<Input>), Failure> {
    load_with(path, screen, load_exercise_document)
}

fn load_with<T>(path: &Path, screen: &Screen, load: Load<T>) -> Result<(T, Vec<Input>), Failure> {
    let Checked { source, loaded, found, files } = read(path)?.check(load);
    if found.has_errors() || (!found.is_empty() && !screen.quiet) {
        screen.complain(diagnostics::render_all(&source, &found, screen.colour_err));
    }
    let errors = found.iter().filter(|d| d.severity() == Severity::Error).count();
    let Some(loaded) = loaded else {
        return Err(Failure::Invalid { file: path.display().to_string(), count: errors.max(1) });
    };
    let own = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let mut inputs = vec![Input::new(own, source.text().as_bytes())];
    inputs.extend(files.taken());
    Ok((loaded, inputs))
}

/// How a kind of document is loaded.
type Load<T> = fn(&Source, &dyn Files) -> (Option<T>, Diagnostics);

/// A document with everything that was found wrong with it.
pub(crate) struct Checked<T> {
    pub(crate) source: Source,
    pub(crate) loaded: Option<T>,
    pub(crate) found: Diagnostics,
    files: Watched,
}

/// A kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Scenario,
    Study,
    Exercise,
}

/// A document that has been read and not yet understood. It may be refused as text already.
pub(crate) struct Raw {
    source: Source,
    refused: Option<Diagnostic>,
    files: Watched,
}

impl Raw {
    /// What it calls itself. Anything unknown is taken for a scenario, and told that it is none.
    pub(crate) fn kind(&self) -> Kind {
        let document = Document::read(&self.source, &mut Diagnostics::new());
        match document.as_ref().and_then(Document::kind) {
            Some("Exercise") => Kind::Exercise,
            Some("Study") => Kind::Study,
            _ => Kind::Scenario,
        }
    }

    /// Finds everything that is wrong with it, and prints nothing.
    pub(crate) fn check<T>(self, load: Load<T>) -> Checked<T> {
        let Raw { source, refused, files } = self;
        let (loaded, found) = match refused {
            None => load(&source, &files),
            Some(problem) => {
                let mut found = Diagnostics::new();
                found.push(problem);
                (None, found)
            }
        };
        Checked { source, loaded, found, files }
    }
}

/// Reads a document's text.
pub(crate) fn read(path: &Path) -> Result<Raw, Failure> {
    let not_read = |cause| Failure::NotRead { file: path.display().to_string(), cause };
    // Opening a pipe that nobody writes to would wait for ever. What the system itself puts under /dev has a writer.
    let kind = std::fs::metadata(path).map_err(not_read)?;
    if !kind.is_file() && !kind.is_dir() && !path.starts_with("/dev") {
        return Err(not_read(std::io::Error::other("it is not an ordinary file")));
    }
    let file = std::fs::File::open(path).map_err(not_read)?;
    // One byte over the limit is enough for the document to be refused by its size.
    let mut bytes = Vec::new();
    file.take(document::MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(not_read)?;
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    let files = Watched { folder: Folder(folder), taken: RefCell::default() };
    match Source::from_bytes(path.display().to_string(), &bytes) {
        Ok(source) => Ok(Raw { source, refused: None, files }),
        Err(refused) => {
            let (source, problem) = *refused;
            Ok(Raw { source, refused: Some(problem), files })
        }
    }
}

/// A document's folder, with a note of every file that was read from it.
pub(crate) struct Watched {
    folder: Folder,
    taken: RefCell<BTreeMap<String, Input>>,
}

impl Watched {
    fn taken(&self) -> Vec<Input> {
        self.taken.borrow().values().cloned().collect()
    }
}

impl Files for Watched {
    fn read(&self, name: &str, most: usize) -> Result<Vec<u8>, FileError> {
        let bytes = self.folder.read(name, most)?;
        self.taken.borrow_mut().insert(name.to_owned(), Input::new(name, &bytes));
        Ok(bytes)
    }
}
