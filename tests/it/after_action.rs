//! The after-action report and its improvement plan: drafted from a session, edited by people, tried under the same luck.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::packed::readable;

/// A folder with a session of lakeside on a hub with a tenth of the goods, as evaluators have seen it.
struct Room(tempfile::TempDir);

const SCRIPT: &str = "\
:sit desk Table one
:note The lamp at the back does not work.
next
:observe share 1.1 S \"=2+2\" is what they wrote, and nobody read it
:observe fair 1.2 P they asked what a wrong measure costs
:rate share M the first sign went round as a fact
:rate fair S =1+1 was all the ground that was given
";

impl Room {
    fn new() -> Room {
        let room = Room(tempfile::tempdir().unwrap());
        for name in ["lakeside.exercise.ron", "lakeside.scenario.ron"] {
            let text = fs::read_to_string(format!("scenarios/lakeside/{name}")).unwrap();
            let fewer = text.replace("per_flight: 10,", "per_flight: 1,").replace("per_flight: 8,", "per_flight: 1,");
            fs::write(room.path(name), fewer).unwrap();
        }
        fs::write(room.path("begin.txt"), SCRIPT).unwrap();
        let (code, _, wrong) =
            room.airside(&["exercise", "lakeside.exercise.ron", "--script", "begin.txt", "--seed", "7", "--out", "s"]);
        // The answers end before the story does.
        assert_eq!(code, 0, "{wrong}");
        room.fine(&["exercise", "--resume", "s/session.jsonl", "--auto", "plan"]);
        room
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn airside(&self, args: &[&str]) -> (i32, String, String) {
        let done = Command::new(env!("CARGO_BIN_EXE_airside")).args(args).current_dir(self.0.path()).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
    }

    #[track_caller]
    fn fine(&self, args: &[&str]) -> String {
        let (code, said, wrong) = self.airside(args);
        assert_eq!(code, 0, "{said}{wrong}");
        said
    }
}

const DEBRIEF: [&str; 2] = ["debrief", "s/session.jsonl"];

#[test]
fn a_report_says_what_was_seen_and_its_plan_is_the_peoples() {
    let room = Room::new();
    let said = room.fine(&[DEBRIEF[0], DEBRIEF[1], "--jobs", "1"]);
    assert!(said.contains("a draft to be edited"), "{said}");
    let on_one_thread = room.read("s/debrief/debrief.json");
    let report = readable(room.read("s/debrief/after-action-report.html").as_bytes());
    for wanted in [
        "Exercise Name Lakeside in 45 minutes",
        "Table 1: analysis of core capabilities",
        "they asked what a wrong measure costs",
        "is what they wrote, and nobody read it",
        "Rated M, performed with major challenges: the first sign went round as a fact",
        "Appendix A: improvement plan",
        "Table one",
        "The lamp at the back does not work.",
        "Handle as TLP:CLEAR",
    ] {
        assert!(report.contains(wanted), "{wanted}: {report}");
    }
    let page = room.read("s/debrief/after-action-report.html");
    assert!(page.matches("DRAFT").count() >= 3 && page.matches("EXERCISE EXERCISE EXERCISE").count() == 2);
    let draft = room.read("s/debrief/improvement-plan.csv");
    assert!(draft.starts_with("Objective,Core Capability,Issue/Area for Improvement,"), "{draft}");
    assert!(draft.contains(",'=1+1 was all the ground"), "no cell begins like a formula: {draft}");
    assert!(draft.contains("nobody read it") && !draft.contains("what a wrong measure costs"), "{draft}");

    // A line more, as a spreadsheet of another country saves it.
    let edited = "\u{feff}Objective;Issue/Area for Improvement;Corrective Action;Capability Element;\
                  Primary Responsible Organization;Completion Date;Safeguard\n\
                  share;nobody had a line to speak up;give staff one;Planning;the hub;June;hot-line\n\
                  fair;measures were not priced;price them;;;;\n";
    fs::write(room.path("s/debrief/improvement-plan.csv"), edited).unwrap();
    let said = room.fine(&[DEBRIEF[0], DEBRIEF[1], "--final", "--jobs", "2"]);
    assert!(said.contains("as it was edited"), "{said}");
    assert_eq!(room.read("s/debrief/improvement-plan.csv"), edited, "it is not touched");
    let page = room.read("s/debrief/after-action-report.html");
    let report = readable(page.as_bytes());
    assert!(!page.contains("DRAFT"), "it is final");
    assert!(report.contains("2 lines; 1 of them have no action, no organization or no date"), "{report}");
    assert!(report.contains("Tried under the same luck: hot-line"), "{report}");
    assert!(report.contains("In this model, had it been in force from day 0"), "{report}");
    assert_eq!(on_one_thread, room.read("s/debrief/debrief.json"), "on two threads as on one");
}

#[test]
fn a_plan_that_cannot_be_read_is_told_before_anything_is_played() {
    let room = Room::new();
    fs::create_dir_all(room.path("s/debrief")).unwrap();
    let wrong_plan = "Objective,Issue/Area for Improvement,Safeguard\nshare,late,hotline\nfiar,x,\n";
    fs::write(room.path("s/debrief/improvement-plan.csv"), wrong_plan).unwrap();
    let (code, _, wrong) = room.airside(&DEBRIEF);
    assert_eq!(code, 3, "{wrong}");
    assert!(wrong.contains("line 2: there is no safeguard `hotline` (did you mean `hot-line`?)"), "{wrong}");
    assert!(wrong.contains("line 3: there is no objective `fiar` (did you mean `fair`?)"), "{wrong}");
    assert!(!room.path("s/debrief/debrief.html").exists(), "nothing was written");
}
