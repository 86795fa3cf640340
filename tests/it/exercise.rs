//! A session of lakeside replays byte for byte, branches under the same luck, and believes no other log.

use std::fs;
use std::io::{self, Write};

use airside::document::{Folder, Source, load_exercise};
use airside::exercise::{
    self, Damage, Digest, Durable, FORMAT, Fork, Header, Input, Log, Play, PlayError, Prompt, Refusal, ReplayError,
    Rest, Screen, Session, Setup, Verdict, digest,
};
use airside::model::{DecisionId, World};
use airside::time::SimDuration;

/// A room in which no time passes.
pub(crate) const NO_TIME: SimDuration = SimDuration::ZERO;

pub(crate) const FOLDER: &str = "scenarios/lakeside";
pub(crate) const FILES: [&str; 3] = ["lakeside.exercise.ron", "lakeside.scenario.ron", "lakeside.answers.txt"];

pub(crate) fn setup() -> Setup {
    let text = fs::read_to_string(format!("{FOLDER}/{}", FILES[0])).unwrap();
    let (exercise, found) = load_exercise(&Source::new(FILES[0], &text), &Folder(FOLDER.into()));
    Setup::new(exercise.unwrap_or_else(|| panic!("{found:?}"))).unwrap()
}

pub(crate) fn documents() -> Vec<Digest> {
    FILES[..2].iter().map(|file| digest(*file, &fs::read(format!("{FOLDER}/{file}")).unwrap())).collect()
}

pub(crate) fn header(seed: u64, world: World) -> Header {
    let (version, exercise) = (env!("CARGO_PKG_VERSION").to_owned(), FILES[0].to_owned());
    Header {
        format: FORMAT,
        version,
        exercise,
        handling: "TLP:CLEAR".into(),
        documents: documents(),
        seed,
        named: true,
        world,
    }
}

fn decide(setup: &Setup, id: DecisionId, choice: usize, why: &str) -> Input {
    let decision = &setup.exercise.decisions[id.index()];
    let choice = decision.choices[choice].id.clone();
    Input::Decide(Verdict { decision: decision.id.clone(), choice, why: Some(why.to_owned()), ..Verdict::default() })
}

/// A room that takes its time until the last moment, and then the choice of this place.
pub(crate) fn late(choice: usize) -> impl Fn(&Session<'_>) -> Input {
    move |session| match session.prompt() {
        Prompt::Decide { decision, may_wait: false } => {
            decide(session.setup(), decision, choice, "the \"last\" moment")
        }
        _ => Input::Next,
    }
}

/// A room that decides whatever it is asked at once: the second choice.
pub(crate) fn eager(session: &Session<'_>) -> Input {
    match session.prompt() {
        Prompt::Decide { decision, .. } => decide(session.setup(), decision, 1, ""),
        _ => Input::Next,
    }
}

/// A session with all its screens.
pub(crate) fn session(
    setup: &Setup,
    header: Header,
    room: impl Fn(&Session<'_>) -> Input,
) -> (Vec<Screen>, Play<'_, Vec<u8>>) {
    let mut play = Play::begin(setup, header, Vec::new()).unwrap();
    let mut screens = vec![play.screen().clone()];
    while play.session().prompt() != Prompt::Over {
        let input = room(play.session());
        screens.push(play.give(input, NO_TIME).unwrap().clone());
    }
    (screens, play)
}

fn log_of(setup: &Setup) -> Vec<u8> {
    session(setup, header(7, World::Real), eager).1.into_log()
}

fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split_inclusive(|b| *b == b'\n').collect()
}

#[test]
fn a_session_replays_byte_for_byte() {
    let setup = setup();
    for world in World::ALL {
        for (seed, choice) in [(7, 1), (8, 0)] {
            let (screens, play) = session(&setup, header(seed, world), late(choice));
            let log = Log::read(play.log()).unwrap();
            let replayed = exercise::replay(&setup, &documents(), &log, play.log()).unwrap();
            assert_eq!(replayed.play.log(), play.log());
            assert!(replayed.screens.iter().map(|seen| &seen.screen).eq(&screens), "the same screens");
            assert_eq!(replayed.play.session().outcome(), play.session().outcome());
            assert_eq!(replayed.play.session().story().records, play.session().story().records);
        }
    }
}

#[test]
fn any_changed_byte_is_found_in_its_line() {
    let log = log_of(&setup());
    for at in 0..log.len() {
        let mut changed = log.clone();
        changed[at] ^= 1;
        let line = 1 + log[..at].iter().filter(|b| **b == b'\n').count();
        assert_eq!(Log::read(&changed).unwrap_err().line, line, "byte {at}");
    }
}

#[test]
fn a_log_that_is_forged_with_right_hashes_is_not_believed() {
    const DOUBT: &str = "\"decision\":\"first-doubt\",\"choice\":\"inquire\"";
    let setup = setup();
    let log = log_of(&setup);
    let sha = |text: &str| digest("", text.as_bytes()).sha256;
    let forge = |from: &str, to: &str| {
        let (mut forged, mut before, mut own_before) = (String::new(), String::new(), String::new());
        for line in lines(&log) {
            let line = String::from_utf8(line.to_vec()).unwrap();
            let text = line.rsplit_once(",\"own\":").unwrap().0;
            let text = text
                .replace(from, to)
                .replace(&format!("\"before\":\"{before}\""), &format!("\"before\":\"{own_before}\""));
            before = sha(line.trim_end());
            let own = format!("{text},\"own\":\"{}\"}}", sha(&text));
            own_before = sha(&own);
            forged.push_str(&own);
            forged.push('\n');
        }
        let read = Log::read(forged.as_bytes()).unwrap();
        exercise::replay(&setup, &documents(), &read, forged.as_bytes()).unwrap_err()
    };
    let first = lines(&log).iter().position(|line| String::from_utf8_lossy(line).contains(DOUBT)).unwrap() + 1;
    assert_eq!(forge(DOUBT, &DOUBT.replace("inquire", "ask-why")), ReplayError::Differs { line: first + 1 });
    assert!(
        matches!(forge(DOUBT, &DOUBT.replace("inquire", "no-such")), ReplayError::Impossible { line, .. } if line == first)
    );
    let end = lines(&log).len();
    assert_eq!(forge("\"wrongful_actions\":0.0", "\"wrongful_actions\":1.0"), ReplayError::Differs { line: end });
}

#[test]
fn a_torn_last_line_is_told_and_the_rest_replays() {
    let setup = setup();
    let log = log_of(&setup);
    let first = lines(&log)[0].len();
    for cut in [first, first + 1, log.len() / 2, log.len() - 1] {
        let read = Log::read(&log[..cut]).unwrap();
        let whole = log[..cut].iter().rposition(|b| *b == b'\n').unwrap() + 1;
        assert_eq!((read.bytes, read.torn.map(|t| t.bytes)), (whole, (cut > whole).then(|| cut - whole)));
        let replayed = exercise::replay(&setup, &documents(), &read, &log[..cut]).unwrap();
        // Up to an end that was torn off, which the replay comes to again.
        assert_eq!(replayed.play.log()[..whole], log[..whole]);
    }
    assert_eq!(Log::read(&log[..first - 1]).unwrap_err().damage, Damage::NoHeader);
}

#[test]
fn a_log_of_other_documents_or_another_version_is_refused() {
    let setup = setup();
    let bytes = log_of(&setup);
    let told = |change: &dyn Fn(&mut Header)| {
        let mut log = Log::read(&bytes).unwrap();
        change(&mut log.header);
        exercise::replay(&setup, &documents(), &log, &bytes).unwrap_err().to_string()
    };
    assert!(told(&|h| h.version = "0.0.9".into()).contains("played with airside 0.0.9"));
    assert!(told(&|h| h.format = 99).contains("format 99"));
    assert!(told(&|h| h.documents[1] = digest(FILES[1], b"other")).ends_with("played: lakeside.scenario.ron"));
    assert!(told(&|h| h.documents.truncate(1)).ends_with("played: lakeside.scenario.ron"));
}

#[test]
fn a_branch_with_the_same_choice_is_the_session_and_another_shares_its_past() {
    let setup = setup();
    for room in [late(1), late(2)] {
        let (screens, play) = session(&setup, header(7, World::Real), room);
        let log = Log::read(play.log()).unwrap();
        for (n, (id, made)) in play.session().made().enumerate() {
            let choices = &setup.exercise.decisions[id.index()].choices;
            let branch = |choice: &str| {
                let fork = Fork::at(&setup, &documents(), &log, n + 1, choice).unwrap();
                fork.under_the_same_luck(Rest::Sticky).unwrap()
            };
            for same in [choices[made.choice].id.clone(), (made.choice + 1).to_string()] {
                let same = branch(&same);
                assert_eq!((same.branch.play.log(), same.session.play.log()), (play.log(), play.log()));
                assert_eq!(same.branch.screens, same.session.screens);
                assert_eq!(same.branch.play.session().story().records, play.session().story().records);
            }
            let other = branch(&choices[(made.choice + 1) % choices.len()].id);
            assert_eq!(other.session.play.log(), play.log());
            let shown: Vec<&Screen> = other.branch.screens.iter().map(|seen| &seen.screen).collect();
            assert!(shown[..other.shared].iter().copied().eq(&screens[..other.shared]), "they share the past");
            assert_ne!(shown[other.shared], &screens[other.shared], "and then they do not");
            let past = |play: &Play<'_, Vec<u8>>| -> Vec<_> {
                play.session().story().records.iter().filter(|(at, _)| *at < made.at).cloned().collect()
            };
            assert_eq!(past(&other.branch.play), past(&play));
            let decided =
                |play: &Play<'_, Vec<u8>>| play.session().made().map(|(id, made)| (id, made.choice)).collect();
            let (was, would): (Vec<_>, Vec<_>) = (decided(&play), decided(&other.branch.play));
            let differ: Vec<_> = was.iter().filter(|made| !would.contains(made)).map(|(id, _)| *id).collect();
            assert_eq!(differ, [id], "what the room did later, it does again");
        }
    }
}

#[test]
fn a_clone_goes_on_as_the_session_does() {
    let setup = setup();
    let mut play = Play::begin(&setup, header(7, World::Elsewhere), Vec::new()).unwrap();
    let mut clones = Vec::new();
    while play.session().prompt() != Prompt::Over {
        clones.push(play.clone());
        play.give(eager(play.session()), NO_TIME).unwrap();
    }
    for mut clone in clones {
        while clone.session().prompt() != Prompt::Over {
            clone.give(eager(clone.session()), NO_TIME).unwrap();
        }
        assert_eq!(clone.log(), play.log());
    }
}

#[test]
fn every_decision_is_asked_at_the_latest_on_its_last_day() {
    let setup = setup();
    for (seed, world) in [(1, World::Innocent), (2, World::Real), (7, World::Elsewhere)] {
        let (_, play) = session(&setup, header(seed, world), |session| {
            if let Prompt::Decide { decision, may_wait } = session.prompt() {
                let last = setup.exercise.decisions[decision.index()].else_asked_on;
                assert!(if may_wait { session.now() < last } else { session.now() == last });
            }
            late(0)(session)
        });
        let made: Vec<_> = play.session().made().map(|(id, made)| (id.index(), made.at)).collect();
        let mut last: Vec<_> = setup.exercise.decisions.iter().enumerate().collect();
        last.sort_by_key(|(_, decision)| decision.else_asked_on);
        let last = last.iter().map(|(i, decision)| (*i, decision.else_asked_on));
        assert!(last.eq(made), "seed {seed}");
    }
}

#[test]
fn what_is_not_taken_leaves_no_trace() {
    let setup = setup();
    let mut play = Play::begin(&setup, header(7, World::Real), Vec::new()).unwrap();
    let wrong = |decision: &str, choice: &str| {
        Input::Decide(Verdict { decision: decision.into(), choice: choice.into(), ..Verdict::default() })
    };
    loop {
        let (log, screen, prompt) = (play.log().clone(), play.screen().clone(), play.session().prompt());
        let mut tries = vec![wrong("no-such", "wait"), wrong("", "")];
        match prompt {
            Prompt::Over => tries.push(Input::Next),
            Prompt::Next => tries.push(wrong("first-doubt", "wait")),
            Prompt::Decide { decision, may_wait } => {
                tries.push(wrong(&setup.exercise.decisions[decision.index()].id, "no-such"));
                tries.extend((!may_wait).then_some(Input::Next));
            }
        }
        for input in tries {
            let Err(PlayError::Refused(why)) = play.give(input, NO_TIME) else { panic!("taken") };
            assert_eq!(why == Refusal::Over, prompt == Prompt::Over);
            assert!(*play.log() == log && *play.screen() == screen && play.session().prompt() == prompt);
        }
        if prompt == Prompt::Over {
            return;
        }
        play.give(late(1)(play.session()), NO_TIME).unwrap();
    }
}

/// A disk that fills up, and remembers what is safe on it.
struct Disk {
    bytes: Vec<u8>,
    safe: usize,
    room: usize,
}

impl Write for Disk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = bytes.len().min(self.room - self.bytes.len());
        self.bytes.extend(&bytes[..n]);
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Durable for Disk {
    fn sync(&mut self) -> io::Result<()> {
        self.safe = self.bytes.len();
        Ok(())
    }
}

#[test]
fn nothing_happens_before_its_line_is_safe() {
    let setup = setup();
    let disk = Disk { bytes: Vec::new(), safe: 0, room: 2_000 };
    let mut play = Play::begin(&setup, header(7, World::Real), disk).unwrap();
    for n in 1.. {
        assert_eq!((lines(&play.log().bytes).len(), play.log().safe), (n, play.log().bytes.len()));
        let (at, prompt) = (play.session().now(), play.session().prompt());
        if let Err(error) = play.give(late(0)(play.session()), NO_TIME) {
            assert!(matches!(error, PlayError::Log(_)) && n > 3);
            assert_eq!((play.session().now(), play.session().prompt()), (at, prompt), "it stands as it stood");
            assert_eq!(Log::read(&play.log().bytes).unwrap().taken.len(), n - 1);
            return;
        }
    }
}
