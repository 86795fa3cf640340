//! Ways for arrows between boxes: level and upright lines in the gaps, few bends, none on top of another.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::chart::area::Area;

/// Distance between lanes in pixels; arrows are thinner.
pub(crate) const LATTICE: f64 = 12.0;
/// Lanes keep this far from boxes, which is also the room for an arrow's head.
const CLEAR: f64 = 13.0;
/// Ways leave a box no nearer to its corners than this.
const CORNER: f64 = 13.0;

/// Prices of a step, a bend, a crossing, and of running on top of another way.
const STEP: u32 = 2;
const BEND: u32 = 20;
const CROSSING: u32 = 24;
const SHARING: u32 = 2_000;
/// Price of a step right beside another way, and one further off: figures need room.
const BESIDE: [u32; 2] = [3, 1];

/// A page with boxes on it, and the ways found so far.
pub(crate) struct Router {
    page: Area,
    boxes: Vec<Area>,
    columns: usize,
    rows: usize,
    blocked: Vec<bool>,
    /// Ways that pass a lattice point level, and upright.
    used: Vec<[u8; 2]>,
    ports: Vec<(f64, f64)>,
}

/// Where a way may leave or enter a box: a point on its edge, the lattice point before it, the direction outward.
struct Port {
    edge: (f64, f64),
    point: usize,
    direction: usize,
    /// Distance from the middle of the side, in lattice steps; ways prefer the middle.
    off: u32,
}

/// Right, down, left, up.
const MOVES: [(i64, i64); 4] = [(1, 0), (0, 1), (-1, 0), (0, -1)];

impl Router {
    pub(crate) fn new(page: Area, boxes: &[Area]) -> Self {
        let columns = libm::floor(page.width() / LATTICE) as usize + 1;
        let rows = libm::floor(page.height() / LATTICE) as usize + 1;
        let mut router = Router {
            page,
            boxes: boxes.to_vec(),
            columns,
            rows,
            blocked: vec![false; columns * rows],
            used: vec![[0, 0]; columns * rows],
            ports: Vec::new(),
        };
        for point in 0..columns * rows {
            let (x, y) = router.place(point);
            let near = |b: &Area| x > b.x0 - CLEAR && x < b.x1 + CLEAR && y > b.y0 - CLEAR && y < b.y1 + CLEAR;
            router.blocked[point] = boxes.iter().any(near);
        }
        router
    }

    /// The cheapest way from one box to another, as corners from edge to edge. Later ways pay for crossing it.
    pub(crate) fn way(&mut self, from: usize, to: usize) -> Option<Vec<(f64, f64)>> {
        let (starts, goals) = (self.ports_of(from), self.ports_of(to));
        let size = self.columns * self.rows * 4;
        let (mut cost, mut came) = (vec![u32::MAX; size], vec![usize::MAX; size]);
        let mut open = BinaryHeap::new();
        for port in &starts {
            let state = port.point * 4 + port.direction;
            let price = port.off + self.price(port.point, port.direction);
            if price < cost[state] {
                cost[state] = price;
                open.push(Reverse((price, state)));
            }
        }
        let mut best: Option<(u32, usize, usize)> = None;
        while let Some(Reverse((price, state))) = open.pop() {
            if price > cost[state] || best.is_some_and(|(bound, ..)| price >= bound) {
                continue;
            }
            let (point, heading) = (state / 4, state % 4);
            for (index, goal) in goals.iter().enumerate().filter(|(_, goal)| goal.point == point) {
                // To enter is to move against the outward direction.
                let bend = if (goal.direction + 2) % 4 == heading { 0 } else { BEND };
                let total = price + goal.off + bend;
                if heading != goal.direction && best.is_none_or(|(bound, ..)| total < bound) {
                    best = Some((total, state, index));
                }
            }
            for direction in (0..4).filter(|direction| *direction != (heading + 2) % 4) {
                let Some(next) = self.step(point, direction) else { continue };
                let bend = if direction == heading { 0 } else { BEND };
                let total = price + STEP + bend + self.price(next, direction);
                let state_next = next * 4 + direction;
                if total < cost[state_next] {
                    cost[state_next] = total;
                    came[state_next] = state;
                    open.push(Reverse((total, state_next)));
                }
            }
        }
        let (_, mut state, goal) = best?;
        let mut states = vec![state];
        while came[state] != usize::MAX {
            state = came[state];
            states.push(state);
        }
        states.reverse();
        let start = starts.iter().find(|port| port.point * 4 + port.direction == states[0])?;
        self.keep(&states, goals[goal].direction);
        self.ports.extend([start.edge, goals[goal].edge]);
        let mut path = vec![start.edge];
        path.extend(states.iter().map(|state| self.place(state / 4)));
        path.push(goals[goal].edge);
        Some(corners(&path))
    }

    fn place(&self, point: usize) -> (f64, f64) {
        let (column, row) = (point % self.columns, point / self.columns);
        (self.page.x0 + column as f64 * LATTICE, self.page.y0 + row as f64 * LATTICE)
    }

    fn step(&self, point: usize, direction: usize) -> Option<usize> {
        let (dx, dy) = MOVES[direction];
        let column = usize::try_from((point % self.columns) as i64 + dx).ok().filter(|c| *c < self.columns)?;
        let row = usize::try_from((point / self.columns) as i64 + dy).ok().filter(|r| *r < self.rows)?;
        let next = row * self.columns + column;
        (!self.blocked[next]).then_some(next)
    }

    fn price(&self, point: usize, direction: usize) -> u32 {
        let along = direction % 2;
        let [level, upright] = self.used[point];
        let (same, other) = if along == 0 { (level, upright) } else { (upright, level) };
        u32::from(same) * SHARING + u32::from(other) * CROSSING + self.crowding(point, along)
    }

    fn crowding(&self, point: usize, along: usize) -> u32 {
        let (step, place, end) = if along == 0 {
            (self.columns, point / self.columns, self.rows)
        } else {
            (1, point % self.columns, self.columns)
        };
        let mut price = 0;
        for (distance, beside) in (1..).zip(BESIDE) {
            let before = place >= distance && self.used[point - distance * step][along] > 0;
            let after = place + distance < end && self.used[point + distance * step][along] > 0;
            price += (u32::from(before) + u32::from(after)) * beside;
        }
        price
    }

    /// Marks a way as taken; at a bend both directions are.
    fn keep(&mut self, states: &[usize], goal_direction: usize) {
        for (i, state) in states.iter().enumerate() {
            let leaving = states.get(i + 1).map_or(goal_direction, |next| next % 4);
            let used = &mut self.used[state / 4];
            used[state % 2] = used[state % 2].saturating_add(1);
            if leaving % 2 != state % 2 {
                used[leaving % 2] = used[leaving % 2].saturating_add(1);
            }
        }
    }

    fn ports_of(&self, index: usize) -> Vec<Port> {
        let area = self.boxes[index];
        let mut ports = Vec::new();
        for point in (0..self.columns * self.rows).filter(|point| !self.blocked[*point]) {
            let (x, y) = self.place(point);
            let level = y >= area.y0 + CORNER && y <= area.y1 - CORNER;
            let upright = x >= area.x0 + CORNER && x <= area.x1 - CORNER;
            // The first free lattice line outside the box on each side.
            let near = |distance: f64| (CLEAR..CLEAR + LATTICE).contains(&distance);
            let (direction, edge, off) = if level && near(x - area.x1) {
                (0, (area.x1, y), y - (area.y0 + area.y1) / 2.0)
            } else if upright && near(y - area.y1) {
                (1, (x, area.y1), x - (area.x0 + area.x1) / 2.0)
            } else if level && near(area.x0 - x) {
                (2, (area.x0, y), y - (area.y0 + area.y1) / 2.0)
            } else if upright && near(area.y0 - y) {
                (3, (x, area.y0), x - (area.x0 + area.x1) / 2.0)
            } else {
                continue;
            };
            let apart = |port: &(f64, f64)| libm::fabs(port.0 - edge.0) + libm::fabs(port.1 - edge.1);
            let nearest = self.ports.iter().map(apart).fold(f64::INFINITY, f64::min);
            let taken = match nearest {
                ..11.0 => SHARING,
                ..35.0 => 8,
                _ => 0,
            };
            let off = libm::floor(libm::fabs(off) / LATTICE) as u32 + taken;
            ports.push(Port { edge, point, direction, off });
        }
        ports
    }
}

/// Only the points where the path bends, and its ends.
fn corners(path: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut kept: Vec<(f64, f64)> = Vec::new();
    for point in path {
        while let [.., a, b] = kept.as_slice() {
            let straight = (a.0 == b.0 && b.0 == point.0) || (a.1 == b.1 && b.1 == point.1);
            if straight {
                kept.pop();
            } else {
                break;
            }
        }
        if kept.last() != Some(point) {
            kept.push(*point);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::area::crosses;

    fn boxes() -> Vec<Area> {
        let at = |x: f64, y: f64| Area::new(x, y, x + 150.0, y + 90.0);
        vec![at(40.0, 40.0), at(280.0, 40.0), at(520.0, 40.0), at(40.0, 220.0), at(520.0, 220.0)]
    }

    #[test]
    fn ways_are_level_and_upright_and_touch_no_other_box() {
        let boxes = boxes();
        let mut router = Router::new(Area::new(0.0, 0.0, 720.0, 360.0), &boxes);
        for from in 0..boxes.len() {
            for to in (0..boxes.len()).filter(|to| *to != from) {
                let way = router.way(from, to).expect("a way");
                for pair in way.windows(2) {
                    assert!(pair[0].0 == pair[1].0 || pair[0].1 == pair[1].1, "{way:?}");
                    assert!(boxes.iter().all(|b| !crosses(b, pair[0], pair[1])), "{from} to {to}: {way:?}");
                }
            }
        }
    }

    #[test]
    fn neighbours_are_joined_by_a_straight_line_and_there_and_back_lie_apart() {
        let mut router = Router::new(Area::new(0.0, 0.0, 720.0, 360.0), &boxes());
        let (there, back) = (router.way(0, 1).expect("a way"), router.way(1, 0).expect("a way"));
        assert_eq!((there.len(), back.len()), (2, 2));
        assert_ne!(there[0].1, back[0].1);
    }

    #[test]
    fn boxed_in_means_no_way_rather_than_a_wrong_one() {
        let page = Area::new(0.0, 0.0, 100.0, 100.0);
        let mut router = Router::new(page, &[page, Area::new(10.0, 10.0, 20.0, 20.0)]);
        assert!(router.way(0, 1).is_none());
    }
}
