//! Control charts at work: the counts of each period, and what the chart would say without the campaign.

use crate::model::{Counted, LayerId, Method, OperatorId, StepId};
use crate::random::{Purpose, draw};
use crate::sim::engine::Engine;
use crate::sim::event::Event;
use crate::sim::record::Observer;

/// A chart about one operator.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ChartState {
    /// Counted in this period with nothing behind it; for ordinary uses drawn at the period's end.
    usual: u32,
    /// Counted besides because of the campaign.
    added: u32,
    figure: f64,
    /// The figure if nothing had been added since the chart was started: an alarm that it would have raised too is a
    /// false one.
    innocent: f64,
}

impl Engine<'_> {
    pub(super) fn start_chart(&mut self, layer: LayerId, operator: OperatorId) {
        let Method::Chart(chart) = self.plan.scenario.layers[layer.index()].method else { return };
        self.restart_chart(layer, operator, chart.start());
        self.calendar.schedule(self.now + chart.every, Event::Count(layer, operator));
    }

    fn restart_chart(&mut self, layer: LayerId, operator: OperatorId, start: f64) {
        let cell = self.detection.cell(layer, operator);
        self.detection.charts[cell] = ChartState { usual: 0, added: 0, figure: start, innocent: start };
    }

    /// A period is over: the chart looks at its count.
    pub(crate) fn count_period<O: Observer>(&mut self, layer: LayerId, operator: OperatorId, observer: &mut O) {
        let Method::Chart(chart) = self.plan.scenario.layers[layer.index()].method else { return };
        self.calendar.schedule(self.now + chart.every, Event::Count(layer, operator));
        let cell = self.detection.cell(layer, operator);
        let n = self.detection.drawn[cell];
        self.detection.drawn[cell] += 1;
        if !self.defence.works(layer) || self.defence.is_out(operator) {
            return self.restart_chart(layer, operator, chart.start());
        }
        let mut stream = self.luck.stream(Purpose::TIP, self.pair_entity(layer, operator).nth(u64::from(n)));
        let (ordinary, extra) = (stream.uniform(), stream.uniform());
        let covers = self.covers_now(layer);
        let ChartState { usual, added, figure, innocent } = self.detection.charts[cell];
        let added = draw::binomial(extra, u64::from(added), covers) as f64;
        let usual = match chart.counts {
            Counted::Uses { .. } => draw::poisson(ordinary, chart.usual),
            Counted::AlarmsOf(_) => draw::binomial(ordinary, u64::from(usual), covers),
        } as f64;
        let (figure, innocent) = (chart.next(figure, usual + added), chart.next(innocent, usual));
        self.detection.charts[cell] = ChartState { usual: 0, added: 0, figure, innocent };
        if chart.alarms(figure) {
            self.restart_chart(layer, operator, chart.start());
            self.notice(layer, operator, !chart.alarms(innocent), observer);
        }
    }

    /// An attempt at a step shows in the counts of those charts that could notice it.
    pub(crate) fn count_attempt(&mut self, step: StepId, operator: OperatorId) {
        let plan = self.plan;
        let traces = self.traces();
        for &layer in &plan.charts {
            let Method::Chart(chart) = plan.scenario.layers[layer.index()].method else { continue };
            let Counted::Uses { adds } = chart.counts else { continue };
            if plan.layers[layer.index()].watched.contains(&operator) && self.shows(step, layer) {
                let cell = self.detection.cell(layer, operator);
                self.detection.charts[cell].added += libm::round(f64::from(adds) * traces) as u32;
            }
        }
    }

    /// An alarm of a layer shows in the charts that count its alarms.
    pub(super) fn count_alarm(&mut self, of: LayerId, operator: OperatorId, genuine: bool) {
        let plan = self.plan;
        for &layer in &plan.charts {
            let Method::Chart(chart) = plan.scenario.layers[layer.index()].method else { continue };
            if chart.counts == Counted::AlarmsOf(of) {
                let cell = self.detection.cell(layer, operator);
                let state = &mut self.detection.charts[cell];
                if genuine { state.added += 1 } else { state.usual += 1 }
            }
        }
    }
}
