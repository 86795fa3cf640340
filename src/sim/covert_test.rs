//! Covert tests: items made to be missed, and what those who missed them learn.

use crate::model::{LayerId, Method};
use crate::random::{Purpose, draw};
use crate::sim::engine::Engine;
use crate::sim::event::Event;
use crate::sim::record::{Observer, Record};
use crate::time::{SimDuration, SimTime};

/// What a layer has learnt from tests.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Practice {
    /// Share of what it would miss that it catches, as of the last missed test.
    lift: f64,
    as_of: SimTime,
    half: SimDuration,
}

impl Practice {
    /// The lift at an instant.
    pub(super) fn lift_at(&self, at: SimTime) -> f64 {
        if self.lift == 0.0 {
            return 0.0;
        }
        self.lift * libm::exp2(-at.since(self.as_of).days() / self.half.days())
    }
}

impl Engine<'_> {
    /// Schedules the next test, after those made so far.
    pub(super) fn next_test(&mut self, layer: LayerId) {
        let Method::CovertTest { tests, .. } = self.plan.scenario.layers[layer.index()].method else { return };
        if tests.a_milli() > 0.0 {
            let gap = draw::exponential(self.test_draw(layer, 0), 1.0 / tests.a_milli());
            self.calendar.schedule(self.now + SimDuration::from_millis_f64(gap), Event::Test(layer));
        }
    }

    fn test_draw(&self, layer: LayerId, slot: u64) -> f64 {
        let n = self.detection.tested[layer.index()];
        let mut stream = self.luck.stream(Purpose::AUDIT, self.plan.layers[layer.index()].entity.nth(u64::from(n)));
        stream.skip_to(slot);
        stream.uniform()
    }

    /// A test item comes to the layer that is tried.
    pub(crate) fn test<O: Observer>(&mut self, layer: LayerId, observer: &mut O) {
        let Method::CovertTest { of, lifts, fades_half_in, .. } = self.plan.scenario.layers[layer.index()].method
        else {
            return;
        };
        if self.defence.works(layer) && self.defence.works(of) {
            let caught = self.test_draw(layer, 1) < self.covers_now(of) * self.catches(of);
            let now = self.now;
            if !caught {
                let practice = &mut self.detection.practice[of.index()];
                let still_missed = 1.0 - practice.lift_at(now);
                practice.lift = 1.0 - still_missed * lifts.complement().get();
                practice.as_of = now;
                practice.half = fades_half_in;
            }
            observer.record(self.now, &Record::Tested { layer: of, caught });
        }
        self.detection.tested[layer.index()] += 1;
        self.next_test(layer);
    }
}
