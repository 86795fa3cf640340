//! When what happens in the room: an agenda from welcome to hot wash, and the room's minute of any day of the story.

use crate::model::Exercise;
use crate::time::{SimDuration, SimTime};

/// A line of the agenda, counted from the start of the exercise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) from: SimDuration,
    pub(crate) to: SimDuration,
    pub(crate) activity: String,
}

/// All that is planned, in order.
pub(crate) fn agenda(exercise: &Exercise) -> Vec<Slot> {
    let mut slots: Vec<Slot> = Vec::new();
    let mut add = |takes: SimDuration, activity: String| {
        let from = slots.last().map_or(SimDuration::ZERO, |slot| slot.to);
        if takes > SimDuration::ZERO {
            slots.push(Slot { from, to: SimDuration::from_millis(from.millis() + takes.millis()), activity });
        }
    };
    add(exercise.agenda.welcome, "Welcome: rules, seats, cards".to_owned());
    for (i, module) in exercise.modules.iter().enumerate() {
        if i > 0 {
            add(exercise.agenda.pause, "Break".to_owned());
        }
        add(module.takes, format!("Module {}: {}", i + 1, module.title));
    }
    add(exercise.agenda.hot_wash, "Hot wash".to_owned());
    slots
}

/// The module, from 0, whose days an instant lies in, and when that is in the room, counted from the start of the exercise.
pub(crate) fn in_the_room(exercise: &Exercise, at: SimTime) -> Option<(usize, SimDuration)> {
    let mut before = exercise.agenda.welcome.millis();
    let last = exercise.modules.len().saturating_sub(1);
    for (i, module) in exercise.modules.iter().enumerate() {
        if (module.from..module.to).contains(&at) || (i == last && at == module.to) {
            let share = at.since(module.from).millis() as f64 / module.to.since(module.from).millis().max(1) as f64;
            let passed = (share * module.takes.millis() as f64) as u64;
            return Some((i, SimDuration::from_millis(before + passed)));
        }
        before += module.takes.millis() + exercise.agenda.pause.millis();
    }
    None
}

/// A time from the start of the exercise: `1:05`, and behind it the wall clock's, if the exercise says when it starts.
pub(crate) fn planned(exercise: &Exercise, at: SimDuration) -> String {
    const DAY: u64 = 24 * 60 * 60_000;
    match exercise.agenda.starts {
        Some(starts) => {
            let wall = SimDuration::from_millis((starts.millis() + at.millis()) % DAY);
            format!("{} ({:0>5})", clock(at), clock(wall))
        }
        None => clock(at),
    }
}

/// `1:05`: hours and minutes.
fn clock(time: SimDuration) -> String {
    let minutes = time.millis() / 60_000;
    format!("{}:{:02}", minutes / 60, minutes % 60)
}
