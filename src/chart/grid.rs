//! Cells of a grid for points on a map: order is kept, overlaps are not.

/// At most this many columns, or boxes would be too narrow for names.
const COLUMNS: usize = 4;

/// A (column, row) for each point; no two are the same. Points that lie on one line, or on one spot, are laid out in
/// reading order along it.
pub(crate) fn cells(points: &[(f64, f64)]) -> Vec<(usize, usize)> {
    if points.is_empty() {
        return Vec::new();
    }
    let points: Vec<(f64, f64)> = points.iter().map(|p| (finite(p.0), finite(p.1))).collect();
    let (x, y) = (range(points.iter().map(|p| p.0)), range(points.iter().map(|p| p.1)));
    let (wide, tall) = (x.1 - x.0, y.1 - y.0);
    let across = wide >= tall;
    let flat = if across { tall <= wide * 0.12 } else { wide <= tall * 0.12 };
    let cells = if flat { along_line(&points, across) } else { nearest(&points, x, y) };
    without_gaps(&cells)
}

fn finite(value: f64) -> f64 {
    if value.is_finite() { value } else { 0.0 }
}

fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)))
}

fn along_line(points: &[(f64, f64)], across: bool) -> Vec<(usize, usize)> {
    let key = |i: usize| if across { points[i].0 } else { points[i].1 };
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by(|a, b| key(*a).total_cmp(&key(*b)).then(a.cmp(b)));
    // Rows of equal length look calmer than a full row and a rest.
    let count = points.len();
    let rows = count.div_ceil(COLUMNS);
    let columns = count.div_ceil(rows);
    let mut cells = vec![(0, 0); count];
    for (place, index) in order.into_iter().enumerate() {
        cells[index] = if across { (place % columns, place / columns) } else { (place / rows, place % rows) };
    }
    if !across && rows == 1 {
        // A few points one above the other stay so.
        cells = cells.into_iter().map(|(column, row)| (row, column)).collect();
    }
    cells
}

/// The grid, and the assignment to its cells, that moves points least: start in order, then swap and shift while it
/// helps.
fn nearest(points: &[(f64, f64)], x: (f64, f64), y: (f64, f64)) -> Vec<(usize, usize)> {
    let count = points.len();
    let mut best: Option<(f64, Vec<(usize, usize)>)> = None;
    for columns in 2..=COLUMNS {
        for rows in 2..=count.div_ceil(columns).max(2) + 1 {
            if columns * rows < count {
                continue;
            }
            let wish = |p: &(f64, f64)| {
                let u = (p.0 - x.0) / (x.1 - x.0) * (columns - 1) as f64;
                let v = (p.1 - y.0) / (y.1 - y.0) * (rows - 1) as f64;
                (u, v)
            };
            let wishes: Vec<(f64, f64)> = points.iter().map(wish).collect();
            let (moved, cells) = assign(&wishes, columns, rows);
            // Distances as shares of the map, so that grids compare; empty cells cost a little, rows more than
            // columns because pages are wide.
            let empty = (columns * rows - count) as f64;
            let price = moved / ((columns - 1) * (rows - 1)) as f64 + 0.035 * empty + 0.05 * rows as f64;
            if best.as_ref().is_none_or(|(least, _)| price < *least - 1e-9) {
                best = Some((price, cells));
            }
        }
    }
    best.map_or_else(|| along_line(points, true), |(_, cells)| cells)
}

fn assign(wishes: &[(f64, f64)], columns: usize, rows: usize) -> (f64, Vec<(usize, usize)>) {
    let price = |i: usize, cell: usize| {
        let (dx, dy) = (wishes[i].0 - (cell % columns) as f64, wishes[i].1 - (cell / columns) as f64);
        dx * dx + dy * dy
    };
    let mut cell_of: Vec<usize> = Vec::new();
    for i in 0..wishes.len() {
        let free = (0..columns * rows).filter(|cell| !cell_of.contains(cell));
        let nearest = free.min_by(|a, b| price(i, *a).total_cmp(&price(i, *b)));
        cell_of.push(nearest.unwrap_or(0));
    }
    let mut better = true;
    while better {
        better = false;
        for i in 0..wishes.len() {
            for cell in 0..columns * rows {
                let (here, other) = (cell_of[i], cell_of.iter().position(|taken| *taken == cell));
                let gain = match other {
                    Some(j) => price(i, here) + price(j, cell) - price(i, cell) - price(j, here),
                    None => price(i, here) - price(i, cell),
                };
                if gain > 1e-9 {
                    if let Some(j) = other {
                        cell_of[j] = here;
                    }
                    cell_of[i] = cell;
                    better = true;
                }
            }
        }
    }
    let moved = cell_of.iter().enumerate().map(|(i, cell)| price(i, *cell)).sum();
    (moved, cell_of.into_iter().map(|cell| (cell % columns, cell / columns)).collect())
}

/// Closes up columns and rows that stayed empty.
fn without_gaps(cells: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let close = |mut used: Vec<usize>| {
        used.sort_unstable();
        used.dedup();
        used
    };
    let columns = close(cells.iter().map(|cell| cell.0).collect());
    let rows = close(cells.iter().map(|cell| cell.1).collect());
    let index = |used: &[usize], value: usize| used.iter().position(|u| *u == value).unwrap_or(0);
    cells.iter().map(|cell| (index(&columns, cell.0), index(&rows, cell.1))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(points: &[(f64, f64)]) -> Vec<(usize, usize)> {
        let got = cells(points);
        let mut sorted = got.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), points.len(), "each has its own cell: {got:?}");
        assert!(got.iter().all(|cell| cell.0 < COLUMNS));
        got
    }

    #[test]
    fn order_on_the_map_is_kept() {
        assert_eq!(check(&[(0.0, 0.0), (10.0, 0.0), (0.0, 8.0), (10.0, 8.0)]), [(0, 0), (1, 0), (0, 1), (1, 1)]);
        assert_eq!(check(&[(3.0, 5.0), (1.0, 5.0), (2.0, 5.0)]), [(2, 0), (0, 0), (1, 0)]);
        assert_eq!(check(&[(5.0, 3.0), (5.0, 1.0), (5.0, 2.0)]), [(0, 2), (0, 0), (0, 1)]);
    }

    #[test]
    fn any_number_anywhere_finds_room() {
        for count in 0..30_u32 {
            check(&vec![(4.0, 4.0); count as usize]);
            check(&(0..count).map(|i| (f64::from(i), f64::from(i))).collect::<Vec<_>>());
            check(&(0..count).map(|i| (f64::from(i * 7 % 5), f64::from(i * 11 % 7))).collect::<Vec<_>>());
            check(&(0..count).map(|i| (f64::NAN, f64::from(i))).collect::<Vec<_>>());
        }
    }
}
