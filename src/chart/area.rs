//! Rectangles in pixels, and keeping labels out of each other's way.

/// A rectangle: left, top, right, bottom in pixels from the chart's top left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    pub(crate) x0: f64,
    pub(crate) y0: f64,
    pub(crate) x1: f64,
    pub(crate) y1: f64,
}

impl Area {
    pub(crate) fn new(x0: f64, y0: f64, x1: f64, y1: f64) -> Self {
        Area { x0, y0, x1, y1 }
    }

    pub(crate) fn width(&self) -> f64 {
        self.x1 - self.x0
    }

    pub(crate) fn height(&self) -> f64 {
        self.y1 - self.y0
    }

    /// Whether the two share more than an edge.
    pub(crate) fn overlaps(&self, other: &Area) -> bool {
        self.x0 < other.x1 && other.x0 < self.x1 && self.y0 < other.y1 && other.y0 < self.y1
    }

    pub(crate) fn contains(&self, other: &Area) -> bool {
        self.x0 <= other.x0 && self.y0 <= other.y0 && self.x1 >= other.x1 && self.y1 >= other.y1
    }

    /// Larger by `by` on every side.
    pub(crate) fn grown(&self, by: f64) -> Area {
        Area::new(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)
    }
}

/// Places for labels of height `height` in a column from `top` to `bottom`, each as near to its wish as the others
/// allow. The order of the wishes is kept. If the column is too short for all, labels run past its bottom end, so
/// callers count first.
pub(crate) fn spread(wishes: &[f64], height: f64, top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by(|a, b| wishes[*a].total_cmp(&wishes[*b]).then(a.cmp(b)));
    // Runs of touching labels: (centre of the first, how many). Runs that collide merge around their common mean.
    let mut runs: Vec<(f64, usize)> = Vec::new();
    let (low, high) = (top + height / 2.0, bottom - height / 2.0);
    let clamp = |first: f64, count: usize| first.min(high - (count - 1) as f64 * height).max(low);
    for &index in &order {
        let mut run = (clamp(wishes[index], 1), 1);
        while let Some(&(first, count)) = runs.last() {
            if first + count as f64 * height <= run.0 {
                break;
            }
            let centre = |(first, count): (f64, usize)| first + (count - 1) as f64 * height / 2.0;
            let total = count + run.1;
            let mean = (centre((first, count)) * count as f64 + centre(run) * run.1 as f64) / total as f64;
            run = (clamp(mean - (total - 1) as f64 * height / 2.0, total), total);
            runs.pop();
        }
        runs.push(run);
    }
    let mut places = vec![0.0; wishes.len()];
    let ordered = runs.iter().flat_map(|&(first, count)| (0..count).map(move |i| first + i as f64 * height));
    for (index, place) in order.iter().zip(ordered) {
        places[*index] = place;
    }
    places
}

/// Whether the segment from `a` to `b` passes through `area`.
pub(crate) fn crosses(area: &Area, a: (f64, f64), b: (f64, f64)) -> bool {
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (from, to, low, high) in [(a.0, b.0, area.x0, area.x1), (a.1, b.1, area.y0, area.y1)] {
        let run = to - from;
        if run == 0.0 {
            if from <= low || from >= high {
                return false;
            }
            continue;
        }
        let (t0, t1) = ((low - from) / run, (high - from) / run);
        enter = enter.max(t0.min(t1));
        leave = leave.min(t0.max(t1));
    }
    enter < leave
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spread_keeps_order_distance_and_bounds() {
        let cases: [&[f64]; 5] =
            [&[], &[50.0], &[50.0, 50.0, 50.0], &[0.0, 1.0, 99.0, 100.0], &[80.0, 10.0, 79.0, 78.0]];
        for wishes in cases {
            let got = spread(wishes, 10.0, 0.0, 100.0);
            let mut sorted = got.clone();
            sorted.sort_by(f64::total_cmp);
            assert!(sorted.windows(2).all(|pair| pair[1] - pair[0] >= 10.0 - 1e-9), "{got:?}");
            assert!(sorted.iter().all(|y| (5.0 - 1e-9..=95.0 + 1e-9).contains(y)), "{got:?}");
        }
        assert_eq!(spread(&[20.0, 60.0], 10.0, 0.0, 100.0), [20.0, 60.0]);
        assert_eq!(spread(&[60.0, 20.0], 10.0, 0.0, 100.0), [60.0, 20.0]);
    }

    #[test]
    fn segments_cross_only_what_they_pass_through() {
        let area = Area::new(10.0, 10.0, 20.0, 20.0);
        assert!(crosses(&area, (0.0, 15.0), (30.0, 15.0)));
        assert!(crosses(&area, (0.0, 0.0), (30.0, 30.0)));
        assert!(!crosses(&area, (0.0, 0.0), (9.0, 30.0)));
        assert!(!crosses(&area, (0.0, 20.0), (30.0, 20.0)));
        assert!(crosses(&area, (12.0, 12.0), (13.0, 13.0)));
    }
}
