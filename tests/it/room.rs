//! What facilitators and evaluators do in a session: hold, release, skip, jump, pause, note, rate, override, undo; and what
//! becomes of the room's clock.

use airside::exercise::{
    self, Fork, Input, Log, Observation, Play, PlayError, Prompt, Rating, Refusal, Rest, Verdict, What, resume,
};
use airside::model::World;
use airside::time::{SimDuration, SimTime};

use crate::exercise::{NO_TIME, documents, eager, header, late, setup};

fn minutes(n: u64) -> SimDuration {
    SimDuration::from_millis(n * 60_000)
}

fn named(name: &str) -> String {
    name.to_owned()
}

fn refused(play: &mut Play<'_, Vec<u8>>, input: Input) -> Refusal {
    match play.give(input, NO_TIME) {
        Err(PlayError::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

/// Plays on until the story has come to a day, each decision at its last moment.
fn until(play: &mut Play<'_, Vec<u8>>, day: u64) {
    while play.session().prompt() != Prompt::Over && play.session().now() < SimTime::from_days(day) {
        play.give(late(0)(play.session()), NO_TIME).unwrap();
    }
}

/// Ids of the injects on the screens since a line of the log.
fn injects(play: &Play<'_, Vec<u8>>) -> Vec<String> {
    let exercise = &play.session().setup().exercise;
    let injects = play.screen().shown.iter().filter_map(|shown| match &shown.what {
        What::Inject { inject, .. } => Some(exercise.injects[inject.index()].id.clone()),
        _ => None,
    });
    injects.collect()
}

#[test]
fn an_inject_that_is_held_comes_when_it_is_released_and_one_that_is_skipped_never() {
    let setup = setup();
    let mut play = Play::begin(&setup, header(7, World::Innocent), Vec::new()).unwrap();
    play.give(Input::Hold { inject: named("press") }, NO_TIME).unwrap();
    play.give(Input::Skip { inject: named("bill") }, NO_TIME).unwrap();
    let come = |play: &Play<'_, Vec<u8>>, id: &str| {
        let place = setup.exercise.injects.iter().position(|inject| inject.id == id).unwrap();
        play.session().injects()[place].come.map(SimTime::day)
    };
    until(&mut play, 60);
    assert_eq!(come(&play, "press"), None, "it would have come on day 40");
    let day = play.session().now().day();
    play.give(Input::Release { inject: named("press") }, NO_TIME).unwrap();
    assert_eq!(injects(&play), ["press"]);
    assert_eq!(come(&play, "press"), Some(day));
    assert_eq!(refused(&mut play, Input::Release { inject: named("press") }), Refusal::Gone(named("press")));
    assert_eq!(refused(&mut play, Input::Hold { inject: named("bill") }), Refusal::Gone(named("bill")));
    assert_eq!(refused(&mut play, Input::Release { inject: named("tip") }), Refusal::NoSignal(named("tip")));
    let unknown = refused(&mut play, Input::Skip { inject: named("pres") }).to_string();
    assert!(unknown.contains("there is no inject `pres`") && unknown.contains("press"), "{unknown}");
    until(&mut play, 365);
    assert_eq!(come(&play, "bill"), None, "it was left out");
}

#[test]
fn a_jump_stops_at_the_day_or_at_what_cannot_wait() {
    let setup = setup();
    let mut play = Play::begin(&setup, header(7, World::Innocent), Vec::new()).unwrap();
    play.give(Input::Jump { day: 30 }, NO_TIME).unwrap();
    assert_eq!(play.session().now(), SimTime::from_days(30));
    play.give(Input::Jump { day: 200 }, NO_TIME).unwrap();
    let Prompt::Decide { decision, may_wait: false } = play.session().prompt() else { panic!("nothing is asked") };
    assert_eq!(setup.exercise.decisions[decision.index()].id, "first-doubt");
    assert_eq!(play.session().now(), SimTime::from_days(110));
    assert_eq!(refused(&mut play, Input::Jump { day: 200 }), Refusal::MustDecide(named("first-doubt")));
    assert!(matches!(refused(&mut play, Input::Jump { day: 50 }), Refusal::NotAhead { day: 50, now: 110, .. }));
    assert!(matches!(refused(&mut play, Input::Jump { day: 9_999 }), Refusal::NotAhead { .. }));
}

#[test]
fn the_clock_stands_while_the_room_talks_and_nothing_moves() {
    let setup = setup();
    let mut play = Play::begin(&setup, header(7, World::Innocent), Vec::new()).unwrap();
    play.give(Input::Next, minutes(4)).unwrap();
    play.give(Input::Pause, minutes(5)).unwrap();
    assert_eq!(refused(&mut play, Input::Next), Refusal::Paused);
    play.give(Input::Note { text: named("they disagree about the press") }, minutes(9)).unwrap();
    play.give(Input::Resume, minutes(15)).unwrap();
    assert_eq!(refused(&mut play, Input::Resume), Refusal::NotPaused);
    // A clock that goes back stands still.
    play.give(Input::Next, minutes(1)).unwrap();
    let module = play.session().room().module(0);
    assert_eq!((module.played, module.talked), (minutes(5), minutes(10)));
    assert_eq!(play.session().room().clock(), minutes(15));
    let log = Log::read(play.log()).unwrap();
    let clocks: Vec<SimDuration> = log.taken.iter().map(|taken| taken.clock).collect();
    assert_eq!(clocks, [4, 5, 9, 15, 15].map(minutes));
    let replayed = exercise::replay(&setup, &documents(), &log, play.log()).unwrap();
    assert_eq!(replayed.play.session().room(), play.session().room());
}

#[test]
fn what_is_taken_back_never_happened_but_stands_in_the_log() {
    let setup = setup();
    let mut play = Play::begin(&setup, header(7, World::Real), Vec::new()).unwrap();
    assert_eq!(refused(&mut play, Input::Undo), Refusal::NothingToUndo);
    let mut plain = play.clone();
    while play.session().prompt() != Prompt::Over {
        // Each input is given otherwise first, and taken back.
        let other = match play.session().prompt() {
            Prompt::Decide { .. } => eager(play.session()),
            _ => Input::Note { text: named("a slip") },
        };
        play.give(other, NO_TIME).unwrap();
        if play.session().prompt() == Prompt::Over {
            break;
        }
        play.give(Input::Undo, NO_TIME).unwrap();
        assert_eq!(play.session().now(), plain.session().now());
        assert_eq!(play.session().prompt(), plain.session().prompt());
        let input = late(2)(plain.session());
        play.give(input.clone(), NO_TIME).unwrap();
        plain.give(input, NO_TIME).unwrap();
    }
    assert_eq!(play.session().outcome(), plain.session().outcome());
    assert_eq!(play.session().given(), plain.session().given());
    let log = Log::read(play.log()).unwrap();
    assert!(log.taken.iter().filter(|taken| taken.input == Input::Undo).count() > 5);
    let replayed = exercise::replay(&setup, &documents(), &log, play.log()).unwrap();
    assert_eq!(replayed.play.log(), play.log());
    // A branch is of what stood in the end.
    let made: Vec<usize> = play.session().made().map(|(_, made)| made.choice).collect();
    let fork = Fork::at(&setup, &documents(), &log, 1, &(made[0] + 1).to_string()).unwrap();
    let branched = fork.under_the_same_luck(Rest::Sticky).unwrap();
    assert_eq!(branched.branch.play.session().outcome(), play.session().outcome());
}

#[test]
fn the_facilitator_decides_in_place_of_a_seat() {
    let setup = setup();
    let mut play = Play::begin(&setup, header(7, World::Real), Vec::new()).unwrap();
    let verdict = |choice: &str| Verdict {
        decision: named("limit"),
        choice: named(choice),
        why: Some(named("an order from above")),
        ..Verdict::default()
    };
    play.give(Input::Override(verdict("suspend")), NO_TIME).unwrap();
    let (id, made) = play.session().made().next().unwrap();
    assert!(made.overridden && made.actions.len() == 1);
    assert_eq!(setup.exercise.decisions[id.index()].id, "limit");
    until(&mut play, 365);
    assert_eq!(play.session().made().count(), 3, "what was decided is not asked again");
    assert!(matches!(
        Play::begin(&setup, header(7, World::Real), Vec::new()).unwrap().give(Input::Override(verdict("x")), NO_TIME),
        Err(PlayError::Refused(Refusal::NoChoice { .. }))
    ));
}

#[test]
fn what_is_seen_rated_and_said_is_checked_and_kept() {
    let setup = setup();
    let mut play = Play::begin(&setup, header(7, World::Real), Vec::new()).unwrap();
    let rate = |objective: &str| Input::Rate { objective: named(objective), rating: Rating::S, why: None };
    play.give(rate("fair"), NO_TIME).unwrap();
    assert!(matches!(refused(&mut play, rate("unfair")), Refusal::Unknown { noun: "objective", .. }));
    let seen = |target, task, text: &str| {
        Input::Observe(Observation { objective: named("fair"), target, task, rating: Rating::P, text: named(text) })
    };
    assert!(matches!(refused(&mut play, seen(99, 1, "x")), Refusal::Unknown { noun: "target", .. }));
    assert!(matches!(refused(&mut play, seen(0, 1, "x")), Refusal::Unknown { noun: "target", .. }));
    play.give(seen(1, 1, "they asked for proof"), NO_TIME).unwrap();
    assert_eq!(refused(&mut play, seen(1, 1, "  ")), Refusal::NoWords);
    play.give(Input::Sit { seat: named("desk"), who: named("the deputy") }, NO_TIME).unwrap();
    assert!(matches!(
        refused(&mut play, Input::Sit { seat: named("dsk"), who: named("x") }),
        Refusal::Unknown { noun: "seat", .. }
    ));
    assert_eq!(refused(&mut play, Input::Note { text: named("") }), Refusal::NoWords);
    let sure = |sure, foretold| {
        Input::Override(Verdict {
            decision: named("first-doubt"),
            choice: named("wait"),
            sure: Some(sure),
            foretold,
            ..Verdict::default()
        })
    };
    assert_eq!(refused(&mut play, sure(101, None)), Refusal::OverCertain(101));
    play.give(sure(100, None), NO_TIME).unwrap();
    assert_eq!(play.session().made().next().unwrap().1.sure, Some(100));
}

#[test]
fn before_the_truth_is_told_the_room_can_still_rate_and_note_and_nothing_else() {
    let setup = setup();
    let mut play = Play::begin(&setup, header(7, World::Real), Vec::new()).unwrap();
    while !play.screen().shown.iter().any(|shown| shown.what == What::Ended) {
        play.give(late(0)(play.session()), NO_TIME).unwrap();
    }
    assert!(play.session().outcome().is_none() && play.session().prompt() == Prompt::Next);
    let verdict = |choice: &str| Verdict { decision: named("limit"), choice: named(choice), ..Verdict::default() };
    for input in
        [Input::Override(verdict("inquire")), Input::Release { inject: named("press") }, Input::Jump { day: 9 }]
    {
        assert_eq!(refused(&mut play, input), Refusal::Ended);
    }
    let log = play.log().len();
    play.give(Input::Rate { objective: named("fair"), rating: Rating::S, why: None }, NO_TIME).unwrap();
    play.give(Input::Note { text: named("the bar has moved") }, NO_TIME).unwrap();
    assert!(play.log().len() > log && play.session().outcome().is_none());
    play.give(Input::Next, NO_TIME).unwrap();
    assert!(play.session().outcome().is_some() && play.session().prompt() == Prompt::Over);
    assert_eq!(refused(&mut play, Input::Note { text: named("late") }), Refusal::Over);
}

#[test]
fn a_session_that_was_cut_off_anywhere_goes_on_to_the_same_log() {
    let setup = setup();
    let (_, whole) = crate::exercise::session(&setup, header(7, World::Elsewhere), late(1));
    let whole = whole.into_log();
    let ends: Vec<usize> = (0..whole.len()).filter(|i| whole[*i] == b'\n').map(|i| i + 1).collect();
    for (n, cut) in ends.iter().flat_map(|end| [*end, end + 7]).filter(|cut| *cut <= whole.len()).enumerate() {
        let log = Log::read(&whole[..cut]).unwrap();
        let mut play = resume(&setup, &documents(), (&log, &whole[..cut]), whole[..log.bytes].to_vec()).unwrap();
        while play.session().prompt() != Prompt::Over {
            play.give(late(1)(play.session()), NO_TIME).unwrap();
        }
        assert!(*play.log() == whole, "cut {n} at byte {cut}");
    }
}
