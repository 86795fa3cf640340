//! The room's clock: how long people have played, and how long they have stopped it to talk.

use crate::time::SimDuration;

/// The room's two times, by module. It reads no clock: whoever calls says what time it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Room {
    clock: SimDuration,
    paused: bool,
    modules: Vec<ModuleTime>,
}

/// How long the room was in a module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ModuleTime {
    /// With the clock running.
    pub played: SimDuration,
    /// With the clock stopped.
    pub talked: SimDuration,
}

impl Room {
    /// Time goes on to `clock`, counted from the session's start, in a module. It never goes back.
    pub(crate) fn pass(&mut self, clock: SimDuration, module: usize) {
        let passed = SimDuration::from_millis(clock.millis().saturating_sub(self.clock.millis()));
        self.clock = self.clock.max(clock);
        if self.modules.len() <= module {
            self.modules.resize(module + 1, ModuleTime::default());
        }
        let time = &mut self.modules[module];
        let part = if self.paused { &mut time.talked } else { &mut time.played };
        *part = SimDuration::from_millis(part.millis() + passed.millis());
    }

    pub(crate) fn pause(&mut self) {
        self.paused = true;
    }

    pub(crate) fn resume(&mut self) {
        self.paused = false;
    }

    /// Whether the clock stands.
    pub fn is_paused(&self) -> bool {
        self.paused
    }

    /// Time since the session's start, talk included.
    pub fn clock(&self) -> SimDuration {
        self.clock
    }

    /// Time spent in a module.
    pub fn module(&self, module: usize) -> ModuleTime {
        self.modules.get(module).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn talk_is_told_apart_and_the_clock_never_goes_back() {
        let minutes = |n: u64| SimDuration::from_millis(n * 60_000);
        let mut room = Room::default();
        room.pass(minutes(5), 0);
        room.pause();
        room.pass(minutes(8), 0);
        room.pass(minutes(6), 0);
        room.resume();
        room.pass(minutes(9), 1);
        assert_eq!(room.module(0), ModuleTime { played: minutes(5), talked: minutes(3) });
        assert_eq!(room.module(1), ModuleTime { played: minutes(1), talked: minutes(0) });
        assert_eq!(room.clock(), minutes(9));
    }
}
