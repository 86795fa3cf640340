//! Teams that played the same story, side by side; and safeguards that a session is tried with afterwards.

use std::fs;

use airside::document::improvements::read_improvements;
use airside::exercise::{Improved, League, OTHER_LUCK, Play, Session, Setup, TRIED_IN};
use airside::experiment::Silent;
use airside::model::{Element, SafeguardId, World};

use crate::debrief::quiet;
use crate::exercise::{FOLDER, eager, header, late, session};

/// The safeguard of this name, as an improvement plan names it.
fn safeguard(setup: &Setup, id: &str) -> SafeguardId {
    let text = format!("Objective,Issue/Area for Improvement,Safeguard\n{},a,{id}\n", setup.exercise.objectives[0].id);
    read_improvements(text.as_bytes(), &setup.exercise).unwrap()[0].safeguard.unwrap()
}

#[test]
fn teams_with_the_same_decisions_differ_by_nothing_and_luck_stays_apart() {
    let setup = quiet();
    let play = |choice: usize| session(&setup, header(7, World::Real), late(choice)).1;
    let plays: Vec<Play<'_, Vec<u8>>> = vec![play(0), play(1), play(0)];
    let teams: Vec<(String, &Session<'_>)> =
        plays.iter().enumerate().map(|(i, play)| (format!("team {i}"), play.session())).collect();
    let league = League::of(&setup, &teams, 0, &Silent).unwrap();
    assert_eq!(league.teams[0].others, league.teams[2].others);
    assert_eq!(league.teams[0].skill, league.teams[2].skill);
    for (team, play) in league.teams.iter().zip(&plays) {
        assert_eq!(team.outcome, play.session().outcome().unwrap().1);
        assert_eq!(team.score, setup.exercise.score.of(|measure| team.outcome.get(measure)));
        assert_eq!(team.others.iter().map(|(_, scores)| scores.len()).collect::<Vec<_>>(), [OTHER_LUCK; 3]);
        assert!((0.0..=1.0).contains(&team.luck));
    }
    let first = league.first().unwrap();
    let (mean, interval) = league.behind(&setup, first).unwrap();
    assert_eq!((mean, interval.low, interval.high), (0.0, 0.0, 0.0));
    let other = if first == 1 { 0 } else { 1 };
    let (mean, interval) = league.behind(&setup, other).unwrap();
    assert!(mean > 0.0 && interval.low < mean && mean < interval.high, "{mean} {interval:?}");
    assert_eq!(league.differ().len(), setup.exercise.decisions.len(), "late(0) and late(1) never agree");
    let alone = League::of(&setup, &teams[1..2], 1, &Silent).unwrap();
    assert_eq!(alone.teams[0].others, league.teams[1].others, "the stories of a team hang on no other team");
    let elsewhere = session(&setup, header(7, World::Elsewhere), late(0)).1;
    let mixed = [teams[0].clone(), ("other".to_owned(), elsewhere.session())];
    assert!(League::of(&setup, &mixed, 1, &Silent).is_none(), "another world is another story");
}

#[test]
fn a_safeguard_that_is_there_already_changes_nothing_and_another_what_it_is_for() {
    let mut exercise = quiet().exercise;
    let own = safeguard(&quiet(), "hot-line");
    exercise.scenario.options[exercise.option.index()].safeguards.push(own);
    let setup = Setup::new(exercise).unwrap();
    let (_, play) = session(&setup, header(7, World::Real), eager);
    let tried = [own, safeguard(&setup, "expel")];
    let improved = Improved::of(&setup, play.session(), &tried, 0, &Silent).unwrap().unwrap();
    let [same, expel] = improved.as_slice() else { panic!("{}", improved.len()) };
    let (world, outcome) = play.session().outcome().unwrap();
    for pair in &same.same_luck {
        assert_eq!(pair.without, pair.with, "{:?}", pair.world);
        if pair.world == world {
            assert_eq!(pair.without, outcome, "it is the session itself");
        }
    }
    assert!(same.more.iter().all(|(_, more)| more.len() == TRIED_IN && more.iter().all(|it| *it == 0.0)));
    let innocent = expel.more.iter().find(|(world, _)| *world == World::Innocent).unwrap();
    assert!(innocent.1.iter().all(|more| *more >= 4e6), "nobody is to be expelled, and the law costs four million");
    let (mean, interval) = expel.mean.unwrap();
    assert!(interval.low > 0.0 && mean > interval.low);
    let alone = Improved::of(&setup, play.session(), &tried[1..], 1, &Silent).unwrap().unwrap();
    assert_eq!(alone[0].more, expel.more, "tried by itself, on one thread");
}

const HEAD: &str = "Objective;Issue/Area for Improvement;Corrective Action;Capability Element;Safeguard;Owner\n";

fn read(rows: &str) -> Result<Vec<airside::model::Improvement>, String> {
    let text = format!("\u{feff}{HEAD}{rows}");
    read_improvements(text.as_bytes(), &quiet().exercise).map_err(|error| error.to_string())
}

#[test]
fn an_improvement_plan_is_read_as_a_spreadsheet_leaves_it() {
    let objective = &quiet().exercise.objectives[0].id;
    let rows = format!("{objective};\"Late; and\nunclear\";'=1+1;organisation;hot-line;x\n;;;;;\n{objective};b;;;;\n");
    let lines = read(&rows).unwrap();
    assert_eq!(lines.len(), 2, "an empty row is none");
    assert_eq!((lines[0].issue.as_str(), lines[0].action.as_str()), ("Late; and\nunclear", "=1+1"));
    assert_eq!(lines[0].element, Some(Element::Organization));
    assert_eq!(lines[0].safeguard, Some(safeguard(&quiet(), "hot-line")));
    assert_eq!((lines[1].element, lines[1].safeguard, lines[1].is_assigned()), (None, None, false));
}

#[test]
fn all_that_is_wrong_with_an_improvement_plan_is_told_at_once() {
    let objective = quiet().exercise.objectives[0].id.clone();
    let said = read(&format!("{objective};;;;;\nnobody;b;;Tools;hotline;\n{objective};b\n")).unwrap_err();
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 5, "{said}");
    assert!(lines[0].starts_with("line 2: Issue/Area for Improvement is empty"), "{said}");
    assert!(lines[1].starts_with("line 3: there is no objective `nobody`"), "{said}");
    assert!(lines[2].contains("must be one of: Planning, Organization, Equipment, Training, Exercise"), "{said}");
    assert!(lines[3].contains("there is no safeguard `hotline` (did you mean `hot-line`?)"), "{said}");
    assert!(lines[4].starts_with("line 4: more or fewer fields"), "{said}");
    let said = read_improvements("Objective,Isue/Area for Improvement\n".as_bytes(), &quiet().exercise).unwrap_err();
    assert!(said.to_string().contains("did you mean `Isue/Area for Improvement`?"), "{said}");
    let endless = "x".repeat(2 << 20);
    assert!(read(&endless).unwrap_err().contains("larger than"));
}

fn airside(args: &[&str]) -> (i32, String, String) {
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_airside")).args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
}

#[test]
fn the_verb_names_teams_and_refuses_what_cannot_be_compared() {
    let folder = tempfile::tempdir().unwrap();
    let exercise = format!("{FOLDER}/lakeside.exercise.ron");
    let path = |name: &str| folder.path().join(name).display().to_string();
    for (team, policy, seed) in [("red", "plan", "3"), ("blue", "nothing", "3"), ("late", "plan", "4")] {
        let (code, _, wrong) =
            airside(&["exercise", &exercise, "--auto", policy, "--seed", seed, "--out", &path(team), "--quiet"]);
        assert_eq!(code, 0, "{wrong}");
    }
    let (red, blue, late) = (path("red/session.jsonl"), path("blue/session.jsonl"), path("late/session.jsonl"));
    let (code, said, wrong) = airside(&["league", &red, &format!("Blue Team={blue}"), "--out", &path("league")]);
    assert_eq!(code, 0, "{wrong}");
    assert!(said.contains("red") && said.contains("Blue Team") && said.contains("never persons"), "{said}");
    let page = fs::read_to_string(path("league/league.html")).unwrap();
    assert!(page.contains("TLP:CLEAR") && page.contains("EXERCISE EXERCISE EXERCISE") && page.contains("seed 3"));
    let told: serde_json::Value = serde_json::from_slice(&fs::read(path("league/league.json")).unwrap()).unwrap();
    assert_eq!(told["teams"].as_array().unwrap().len(), 2);
    let (code, _, wrong) = airside(&["league", &red, &late, "--out", &path("none")]);
    assert!(code == 2 && wrong.contains("another story (seed)"), "{wrong}");
    let (code, _, wrong) = airside(&["league", &red, &format!("red={blue}"), "--out", &path("none")]);
    assert!(code == 2 && wrong.contains("two teams are called red"), "{wrong}");
    assert!(!folder.path().join("none").exists(), "nothing is written");
}
