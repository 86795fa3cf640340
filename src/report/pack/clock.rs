//! The room's clock: at which minute of the exercise the story reaches a day, and what the clock on the wall then says.

use crate::model::Exercise;
use crate::time::{HOUR, MINUTE, SimDuration, SimTime};

/// Milliseconds of a day of 24 hours.
const DAY: u64 = 24 * HOUR;

/// The room's clock. It starts with the welcome, and breaks count.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock<'e>(pub(super) &'e Exercise);

/// A line of an agenda.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    /// From the start of the exercise.
    pub(super) from: SimDuration,
    pub(super) to: SimDuration,
    pub(super) what: String,
}

impl Clock<'_> {
    /// When the story reaches an instant, from the start of the exercise; none if nobody is at the table then.
    pub(super) fn reaches(self, at: SimTime) -> Option<SimDuration> {
        let modules = &self.0.modules;
        let place = modules.iter().position(|module| at < module.to).or(modules.len().checked_sub(1))?;
        let module = &modules[place];
        if at < module.from || at > module.to {
            return None;
        }
        let share = at.since(module.from).millis() as f64 / module.to.since(module.from).millis().max(1) as f64;
        let into = SimDuration::from_millis_f64(share * module.takes.millis() as f64);
        Some(plus(self.begins(place), into))
    }

    /// When a module begins, by its place.
    pub(super) fn begins(self, place: usize) -> SimDuration {
        let agenda = self.0.agenda;
        let before: u64 = self.0.modules.iter().take(place).map(|it| it.takes.millis() + agenda.pause.millis()).sum();
        plus(agenda.welcome, SimDuration::from_millis(before))
    }

    /// When the last module ends.
    pub(super) fn ends(self) -> SimDuration {
        let last = self.0.modules.len().saturating_sub(1);
        self.0.modules.last().map_or(SimDuration::ZERO, |module| plus(self.begins(last), module.takes))
    }

    /// `T+00:47`, and the clock on the wall where it is known: `T+00:47 (09:17)`.
    pub(super) fn shown(self, after: SimDuration) -> String {
        let elapsed = format!("T+{}", hours(after));
        match self.0.agenda.starts {
            Some(starts) => {
                let wall = SimDuration::from_millis((starts.millis() + whole(after)) % DAY);
                format!("{elapsed} ({})", hours(wall))
            }
            None => elapsed,
        }
    }

    /// What happens when, from the welcome to the hot wash.
    pub(super) fn agenda(self) -> Vec<Slot> {
        let (exercise, agenda) = (self.0, self.0.agenda);
        let mut slots: Vec<Slot> = Vec::new();
        let mut add = |takes: SimDuration, what: String| {
            if takes > SimDuration::ZERO {
                let from = slots.last().map_or(SimDuration::ZERO, |slot| slot.to);
                slots.push(Slot { from, to: plus(from, takes), what });
            }
        };
        add(agenda.welcome, "Welcome: rules, seats, cards".to_owned());
        for (nth, module) in exercise.modules.iter().enumerate() {
            if nth > 0 {
                add(agenda.pause, "Break".to_owned());
            }
            add(module.takes, format!("Module {}: {}", nth + 1, module.title));
        }
        add(agenda.hot_wash, "Hot wash".to_owned());
        slots
    }
}

/// A length as hours and whole minutes: `00:47`.
pub(super) fn hours(length: SimDuration) -> String {
    let minutes = whole(length) / MINUTE;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// To the nearest minute \[ms\].
fn whole(length: SimDuration) -> u64 {
    length.millis().saturating_add(MINUTE / 2) / MINUTE * MINUTE
}

fn plus(a: SimDuration, b: SimDuration) -> SimDuration {
    SimDuration::from_millis(a.millis().saturating_add(b.millis()))
}
