//! Control charts: layers that count something in each period and ring when the counts have risen.

use crate::model::LayerId;
use crate::numeric::cusum::{Cusum, poisson_reference};
use crate::numeric::ewma::{Ewma, Side};
use crate::time::SimDuration;

/// A control chart over counts.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct ControlChart {
    /// What is counted.
    pub counts: Counted,
    /// Length of a period. At its end the chart looks at the count.
    pub every: SimDuration,
    /// Mean count of a period while nothing is wrong.
    pub usual: f64,
    /// Mean count of a period under misuse, as the desk expects it.
    pub if_misused: f64,
    /// Which chart.
    pub kind: ChartKind,
}

/// What a chart counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Ordinary events, on average as many as usual, and so many more for each attempt at a step that the layer
    /// notices.
    Uses {
        /// What an attempt adds.
        adds: u32,
    },
    /// Alarms of another layer, right and wrong ones.
    AlarmsOf(LayerId),
}

/// Which chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ChartKind {
    /// Sum of counts less a reference value between the two means.
    PoissonCusum(Cusum),
    /// The same of counts in standard deviations, the root of the usual mean, from that mean.
    Cusum(Cusum),
    /// Weighted moving average of the same.
    Ewma(Ewma),
}

impl ChartKind {
    /// A Poisson CUSUM with k = (mu1 - mu0) / ln(mu1 / mu0) (J. M. Lucas, Technometrics 27, 1985), rounded to tenths, or
    /// to halves for a limit over 40, as charts are kept on a lattice. Limit and head start are counts.
    pub fn poisson_cusum(usual: f64, if_misused: f64, limit: f64, head_start: f64) -> Self {
        let parts = if limit <= 40.0 { 10.0 } else { 2.0 };
        let round = |x: f64| libm::round(x * parts) / parts;
        // Rounding must not put the reference on one of the means.
        let reference = round(poisson_reference(usual, if_misused)).max(1.0 / parts);
        ChartKind::PoissonCusum(Cusum { reference, limit, head_start: round(head_start) })
    }

    /// A CUSUM of standardised counts with k half of the shift. Limit and head start are in standard deviations.
    pub fn cusum(usual: f64, if_misused: f64, limit: f64, head_start: f64) -> Self {
        let reference = 0.5 * (if_misused - usual) / usual.sqrt();
        ChartKind::Cusum(Cusum { reference, limit, head_start })
    }

    /// An EWMA of standardised counts that sees rises. The limit is in standard deviations of the average.
    pub fn ewma(weight: f64, limit: f64) -> Self {
        ChartKind::Ewma(Ewma { lambda: weight, width: limit, head_start: 0.0, side: Side::Upper })
    }
}

impl ControlChart {
    /// Where the chart's figure starts, and starts again after an alarm.
    pub fn start(&self) -> f64 {
        match self.kind {
            ChartKind::PoissonCusum(c) | ChartKind::Cusum(c) => c.head_start,
            ChartKind::Ewma(e) => e.head_start,
        }
    }

    /// The chart's figure after a period's count.
    pub fn next(&self, figure: f64, count: f64) -> f64 {
        match self.kind {
            ChartKind::PoissonCusum(c) => c.next(figure, count),
            ChartKind::Cusum(c) => c.next(figure, self.standard(count)),
            ChartKind::Ewma(e) => e.next(figure, self.standard(count)),
        }
    }

    /// Whether a figure is an alarm.
    pub fn alarms(&self, figure: f64) -> bool {
        match self.kind {
            ChartKind::PoissonCusum(c) | ChartKind::Cusum(c) => c.alarms(figure),
            ChartKind::Ewma(e) => e.alarms(figure),
        }
    }

    /// Mean number of periods until an alarm while counts have this mean: exact for a Poisson CUSUM, for the others
    /// with normal counts of the usual standard deviation.
    pub fn run_length(&self, mean: f64) -> f64 {
        match self.kind {
            ChartKind::PoissonCusum(c) => c.poisson_run_length(mean).mean(),
            ChartKind::Cusum(c) => c.normal_run_length(self.standard(mean)).mean(),
            ChartKind::Ewma(e) => e.normal_run_length(self.standard(mean)).mean(),
        }
    }

    fn standard(&self, count: f64) -> f64 {
        (count - self.usual) / self.usual.sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(kind: ChartKind, usual: f64, if_misused: f64) -> ControlChart {
        let counts = Counted::Uses { adds: 1 };
        ControlChart { counts, every: SimDuration::from_days(7), usual, if_misused, kind }
    }

    /// Published run lengths through the chart as documents state it: D. C. Montgomery, *Introduction to Statistical
    /// Quality Control*, for k = 0.5 and h = 4 or 5 (half of the two-sided chart's rate a side).
    #[test]
    fn standardised_charts_keep_their_published_run_lengths() {
        let check = |limit, shift: f64, two_sided: f64| {
            let usual: f64 = 25.0;
            let one_sigma = usual + usual.sqrt();
            let it = chart(ChartKind::cusum(usual, one_sigma, limit, 0.0), usual, one_sigma);
            let got = it.run_length(usual + shift * usual.sqrt());
            assert!((got / two_sided - 1.0).abs() < 0.01, "h {limit}, shift {shift}: {got}");
        };
        // In control a side alone alarms half as often; far out of control the other side never does.
        check(4.0, 0.0, 2.0 * 168.0);
        check(5.0, 0.0, 2.0 * 465.0);
        check(4.0, 1.0, 8.38);
        check(5.0, 1.0, 10.4);
    }

    #[test]
    fn a_chart_of_counts_takes_a_reference_between_the_means() {
        let kind = ChartKind::poisson_cusum(4.0, 8.0, 10.0, 5.0);
        let ChartKind::PoissonCusum(cusum) = kind else { panic!("a Poisson CUSUM") };
        // 4 / ln 2 = 5.77
        assert_eq!((cusum.reference, cusum.head_start), (5.8, 5.0));
        let it = chart(kind, 4.0, 8.0);
        assert_eq!(it.start(), 5.0);
        assert!((it.next(5.0, 8.0) - 7.2).abs() < 1e-12 && it.next(0.0, 3.0) == 0.0);
        assert!(it.alarms(10.0) && !it.alarms(9.99));
        assert!(it.run_length(8.0) < it.run_length(6.0) && it.run_length(6.0) < it.run_length(4.0));
    }
}
