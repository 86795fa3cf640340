//! What people at the table see holds nothing of the truth, and the program loses nothing that they type.

use std::fs;
use std::path::Path;

use airside::exercise::{Log, Screen, View, truth};
use airside::measure::{Record, Story};
use airside::model::World;
use airside::plan::Plan;
use airside::random::Luck;
use airside::sim::{CaseView, Engine, FlowView, OperatorView, Progress, SafeguardView, SignalView, Situation};
use airside::time::SimTime;
use assert_cmd::Command;

use super::exercise::{FILES, FOLDER, eager, header, late, session, setup};
use super::rig::{lakeside, plan};

/// Every field by its name, and no `..`: whoever adds one must come here, and ask whether defenders could know it.
#[test]
fn a_situation_has_no_field_of_the_truth() {
    let Situation { at: _, operators, cases, signals, flows, queues: _, safeguards, costs: _ } = Situation::default();
    // Reported by somebody, believed by the desk, done by the defenders.
    for OperatorView { operator: _, belief: _, watched: _, link: _, signals: _, people: _, responses: _ } in operators {
    }
    for FlowView { traffic: _, belief: _, signals: _ } in flows {}
    for CaseView { case: _, operator: _, stage: _, in_work: _ } in cases {}
    // `found` is said of an altered item that lies open on a table. Whether a signal is genuine is not here.
    for SignalView { signal: _, layer: _, operator: _, found: _, item: _, noticed: _, reported: _ } in signals {}
    for SafeguardView { safeguard: _, bought: _, ready: _ } in safeguards {}
    let _ = |view: View| {
        let View { seat: _, at: _, signals: _, cases: _, beliefs: _, queues: _, costs: _, measures: _ } = view;
    };
}

/// When something that can be seen came differently first: a signal reached the desk, or an item was found.
fn first_difference(one: &[(SimTime, Record)], other: &[(SimTime, Record)]) -> SimTime {
    let seen = |records: &[(SimTime, Record)]| -> Vec<_> {
        let seen = records.iter().filter_map(|(at, record)| match record {
            Record::Reported { layer, operator, .. } => Some((*at, Some(*layer), Some(*operator))),
            Record::Found { by, .. } => Some((*at, *by, None)),
            _ => None,
        });
        seen.collect()
    };
    let (one, other) = (seen(one), seen(other));
    let same = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let at = |list: &[(SimTime, _, _)]| list.get(same).map_or(SimTime::from_days(365), |(at, ..)| *at);
    at(&one).min(at(&other))
}

#[test]
fn seats_see_the_same_in_all_worlds_until_a_signal_differs() {
    let setup = setup();
    let (mut alike, mut different) = (0, 0);
    for seed in 1..=6 {
        let [real, innocent, elsewhere] = World::ALL.map(|world| session(&setup, header(seed, world), late(0)));
        for ((screens, play), (others, other)) in [(&real, &innocent), (&real, &elsewhere), (&innocent, &elsewhere)] {
            let until = first_difference(&play.session().story().records, &other.session().story().records);
            let before = |screens: &[Screen]| -> Vec<Screen> {
                screens.iter().filter(|screen| screen.at < until).cloned().collect()
            };
            assert_eq!(before(screens), before(others), "seed {seed}, until day {}", until.day());
            alike += before(screens).len();
            different += usize::from(screens[..screens.len() - 1] != others[..others.len() - 1]);
        }
    }
    assert!(alike > 20 && different > 5, "{alike} screens alike, {different} pairs of sessions different");
}

/// All situations of a run in which nobody does anything.
fn situations(plan: &Plan) -> Vec<Situation> {
    let mut engine = Engine::new(plan, plan.scenario.option("as-today").unwrap(), World::Real, Luck::new(3));
    let (mut all, mut story) = (Vec::new(), Story::default());
    loop {
        match engine.step(&mut story) {
            Progress::Advanced => {}
            Progress::Finished => return all,
            Progress::AwaitingDecision(_) => {
                let mut situation = Situation::default();
                engine.look(&mut situation);
                all.push(situation);
                engine.answer(&[], &mut story);
            }
        }
    }
}

/// A price that is paid for false signals alone would tell which they are.
#[test]
fn the_bill_does_not_tell_which_signals_are_false() {
    let mut dear = lakeside(150);
    dear.costs.false_alarm = airside::model::Money::euro(1e6).unwrap();
    let (cheap, dear) = (situations(&plan(lakeside(150))), situations(&plan(dear)));
    assert!(cheap.iter().any(|situation| situation.signals.len() > 5));
    assert!(cheap == dear);
}

#[track_caller]
fn holds_no_truth(text: &str) {
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        let word = word.to_lowercase();
        assert!(
            !["real", "innocent", "elsewhere", "genuine", "world", "seed"].contains(&word.as_str()),
            "{word}: {text}"
        );
    }
}

#[test]
fn the_truth_is_told_at_the_end_and_not_before() {
    let setup = setup();
    for world in World::ALL {
        let (screens, _) = session(&setup, header(7, world), eager);
        let (last, before) = screens.split_last().unwrap();
        before.iter().for_each(|screen| holds_no_truth(&format!("{screen:?}")));
        assert!(format!("{last:?}").contains(&format!("{world:?}")));
    }
}

fn airside(args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("airside").unwrap();
    command.args(args).env_remove("COLUMNS").env("NO_COLOR", "1");
    command
}

/// What the program says, and its exit code.
fn said(command: &mut Command) -> (String, String, i32) {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

/// A folder with lakeside in it, and the paths of its exercise, its answers and a log to be.
fn room() -> (tempfile::TempDir, [String; 4]) {
    let folder = tempfile::tempdir().unwrap();
    for file in FILES {
        fs::copy(Path::new(FOLDER).join(file), folder.path().join(file)).unwrap();
    }
    let paths = [FILES[0], FILES[2], "out", "out/session.jsonl"].map(|p| folder.path().join(p).display().to_string());
    (folder, paths)
}

#[test]
fn the_program_replays_what_it_has_shown() {
    let (_folder, [exercise, answers, out, log]) = room();
    let play = ["exercise", &exercise, "--script", &answers, "--out", &out];
    let (shown, aside, code) = said(&mut airside(&play));
    assert_eq!(code, 0, "{aside}");
    assert!(aside.contains("Hint:"), "help is no part of the session");
    assert_eq!(said(&mut airside(&["replay", &log])).0, shown);
    // Lines fit the narrowest screen; an answer is as long as whoever typed it likes.
    let long: Vec<&str> = shown.lines().filter(|l| l.chars().count() > 80 && !l.starts_with("> ")).collect();
    assert!(long.is_empty(), "{long:?}");
    let (before, after) = shown.split_once("The story is over").unwrap();
    let setup = setup();
    holds_no_truth(before);
    let told = |text: &str, world| text.contains(truth(&setup.exercise, world).split('.').next().unwrap());
    assert!(World::ALL.iter().all(|world| !told(before, *world)));
    assert!(World::ALL.iter().any(|world| told(after, *world)));
    // An earlier log is kept, and the same answers give the same bytes.
    assert!(said(&mut airside(&play)).1.contains("session-1.jsonl"));
    assert_eq!(fs::read(&log).unwrap(), fs::read(log.replace("session", "session-1")).unwrap());
    // The same choice is the same story; another one is named.
    let branch = |choice: &str| said(&mut airside(&["replay", &log, "--branch", "1", "--choose", choice]));
    assert!(branch("inquire").0.contains("inquire, day "));
    let (_, aside, code) = branch("no-such");
    assert_eq!((code, aside.contains("wait, inquire, ask-why")), (2, true), "{aside}");
}

#[test]
fn a_log_that_does_not_fit_is_refused_with_its_place() {
    let (folder, [exercise, answers, out, log]) = room();
    assert_eq!(said(&mut airside(&["exercise", &exercise, "--script", &answers, "--out", &out])).2, 0);
    let bytes = fs::read(&log).unwrap();
    let verify = || said(&mut airside(&["replay", "--verify", &log]));
    assert_eq!((verify().2, verify().0.contains("whole; ")), (0, true));
    let fourth = bytes.iter().enumerate().filter(|(_, b)| **b == b'\n').nth(2).unwrap().0 + 40;
    let mut changed = bytes.clone();
    changed[fourth] ^= 1;
    fs::write(&log, &changed).unwrap();
    assert_eq!((verify().2, verify().1.contains("line 4 has been changed")), (5, true), "{:?}", verify());
    fs::write(&log, &bytes[..fourth]).unwrap();
    let (said_of, aside, code) = verify();
    assert_eq!((code, said_of.contains("torn"), aside.contains("line 4 is torn")), (0, true, true), "{said_of}{aside}");
    fs::write(&log, &bytes).unwrap();
    let scenario = folder.path().join(FILES[1]);
    fs::write(&scenario, fs::read_to_string(&scenario).unwrap() + "// a remark\n").unwrap();
    assert_eq!((verify().2, verify().1.contains("played: lakeside.scenario.ron")), (5, true), "{:?}", verify());
}

/// What the program wrote and showed, for these answers at the keyboard.
fn typed(answers: &str) -> (String, String, Log) {
    let (_folder, [exercise, _, out, log]) = room();
    let (shown, aside, code) = said(airside(&["exercise", &exercise, "--out", &out]).write_stdin(answers.to_owned()));
    assert_eq!(code, 0, "{aside}");
    (shown, aside, Log::read(&fs::read(log).unwrap()).unwrap())
}

#[test]
fn what_is_not_understood_changes_nothing() {
    // The first Enter follows what is read aloud; whatever is typed there is the next answer.
    let right = typed("\n\n2 look at it\n");
    let wrong = typed(
        "2\nwhat?\n?\n\n\u{7}\n0\n4\nsuspend\nnext time perhaps\nhelp us\nquit it\n?\n2 look at it\n1 too late\n",
    );
    // How long people took is theirs.
    let inputs = |log: &Log| -> Vec<_> { log.taken.iter().map(|taken| (taken.at, taken.input.clone())).collect() };
    assert_eq!((&right.0, inputs(&right.2)), (&wrong.0, inputs(&wrong.2)));
    assert!(wrong.1.contains("Nothing is asked now") && wrong.1.contains("That is no choice"), "{}", wrong.1);
    // The answers ended in the middle; all of them are kept.
    assert_eq!((right.2.taken.len(), &right.2.end, right.2.torn), (2, &None, None));
    assert!(right.0.contains("not been played to its end"));
    assert_eq!(inputs(&typed("\n\n2 look at it\nq\n1\n").2), inputs(&right.2));
}

#[test]
fn a_log_that_cannot_be_written_is_told_before_anything_is_played() {
    let (_folder, [exercise, answers, out, _]) = room();
    fs::write(&out, "in the way").unwrap();
    let (shown, aside, code) = said(&mut airside(&["exercise", &exercise, "--script", &answers, "--out", &out]));
    assert_eq!((shown.as_str(), code, aside.contains("cannot write")), ("", 4, true), "{aside}");
    let wrong = format!("{answers}.none");
    assert_eq!(said(&mut airside(&["exercise", &exercise, "--script", &wrong, "--out", &out])).2, 2);
}
