//! The inverse of a distribution function, in a table.

/// Cells in each halving of the distance to an end.
const CELLS: usize = 16;
/// How often that distance is halved: what lies beyond has a chance of 1 in 65,536 at each end.
const HALVINGS: usize = 16;
/// Cells by distance from one end.
const SIDE: usize = CELLS * HALVINGS;
/// Low bits of a distance that say where in a cell it lies.
const WITHIN: u32 = 48;
/// Bits above them of the nearest cell to an end.
const FIRST: u64 = ((1023 - 1 - HALVINGS) << 4) as u64;
/// How far a cubic may be from the function, relatively.
const TOLERANCE: f64 = 1e-7;

/// An inverse distribution function as a table of cubics, for a function that is costly itself.
///
/// The distance of `u` to the nearer of 0 and 1 picks a cell: each halving of the distance has sixteen of them, so that
/// cells narrow where the function is steep. In a cell there is the cubic through the function at both ends and two
/// places between; where it is off by more than one part in ten million, and beyond the table, the caller asks the
/// function. Values never fall from one cell to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Inverse {
    /// By distance from 0, then by distance from 1, as many.
    cells: Vec<Cell>,
}

/// Coefficients of the powers of the distance from the cell's beginning, and what the value lies between.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Cell {
    powers: [f64; 4],
    low: f64,
    high: f64,
}

impl Inverse {
    /// The table of a function that does not fall.
    pub fn new(function: impl Fn(f64) -> f64) -> Inverse {
        let below = |v: f64| function(v);
        let above = |v: f64| function(1.0 - v);
        Inverse { cells: side(&below).chain(side(&above)).collect() }
    }

    /// The value at `u`, or none where the table does not know it well enough.
    #[inline]
    pub fn at(&self, u: f64) -> Option<f64> {
        // Chosen without a branch: it would be mispredicted half of the time.
        let distance = u.min(1.0 - u);
        let bits = distance.to_bits();
        let within_side = (bits >> WITHIN).wrapping_sub(FIRST) as usize;
        if within_side >= SIDE {
            return None;
        }
        let cell = self.cells.get(usize::from(u >= 0.5) * SIDE + within_side)?;
        let t = distance - f64::from_bits(bits >> WITHIN << WITHIN);
        let [a, b, c, d] = cell.powers;
        let value = a + t * (b + t * (c + t * d));
        // Of a cell that is not good enough, this is not a number.
        (!value.is_nan()).then(|| value.clamp(cell.low, cell.high))
    }
}

fn side(function: &impl Fn(f64) -> f64) -> impl Iterator<Item = Cell> {
    let start = |cell: usize| f64::from_bits((FIRST + cell as u64) << WITHIN);
    let mut before = function(start(0));
    (0..SIDE).map(move |i| {
        let (from, width) = (start(i), start(i + 1) - start(i));
        let after = function(start(i + 1));
        let cell = cell(before, after, width, |t| function(from + t * width));
        before = after;
        cell
    })
}

/// The cubic through the function at 0, 1/4, 3/4 and 1 of a cell's width.
fn cell(start: f64, end: f64, width: f64, function: impl Fn(f64) -> f64) -> Cell {
    let (one, three) = (function(0.25), function(0.75));
    // Newton's divided differences over the places, then in powers.
    let d1 = [(one - start) / 0.25, (three - one) / 0.5, (end - three) / 0.25];
    let d2 = [(d1[1] - d1[0]) / 0.75, (d1[2] - d1[1]) / 0.75];
    let d3 = d2[1] - d2[0];
    let powers = [start, d1[0] - 0.25 * d2[0] + 0.1875 * d3, d2[0] - d3, d3];
    let at = |t: f64| powers[0] + t * (powers[1] + t * (powers[2] + t * powers[3]));
    let right = function(0.5);
    let good = (at(0.5) - right).abs() <= TOLERANCE * right.abs() && start.is_finite() && end.is_finite();
    let scaled = |power: usize| if good { powers[power] / libm::pow(width, power as f64) } else { f64::NAN };
    Cell { powers: std::array::from_fn(scaled), low: start.min(end), high: start.max(end) }
}

#[cfg(test)]
mod tests {
    use super::super::check::rises;
    use super::*;
    use crate::random::draw;
    use crate::random::unit;

    type Law = (&'static str, fn(f64) -> f64);
    const LAWS: [Law; 7] = [
        ("gamma, shape 0.4", |u| draw::gamma(u, 7.0, 0.4)),
        ("gamma, shape 2", |u| draw::gamma(u, 7.0, 2.0)),
        ("gamma, shape 300", |u| draw::gamma(u, 7.0, 300.0)),
        ("erlang", |u| draw::erlang(u, 6.0, 3)),
        ("lognormal", |u| draw::lognormal(u, 2.0, 1.2)),
        ("pert", |u| draw::pert(u, 5.0, 20.0, 50.0)),
        ("constant", |_| 3.0),
    ];

    #[test]
    fn the_table_is_the_function() {
        for (name, function) in LAWS {
            let table = Inverse::new(function);
            let (mut known, mut x) = (0, 1u64);
            for _ in 0..20_000 {
                x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let u = unit(x);
                let Some(value) = table.at(u) else { continue };
                known += 1;
                let right = function(u);
                assert!((value - right).abs() <= 3.0 * TOLERANCE * right.abs(), "{name} at {u}: {value}, not {right}");
            }
            // A lognormal law is too steep for some cells near its ends.
            assert!(known > 19_600, "{name}: {known} of 20,000 were in the table");
        }
    }

    #[test]
    fn it_never_falls() {
        for (name, function) in LAWS {
            let table = Inverse::new(function);
            rises(name, |u| table.at(u).unwrap_or_else(|| function(u)));
        }
    }

    #[test]
    fn ends_are_left_to_the_function() {
        let table = Inverse::new(|u| draw::gamma(u, 1.0, 2.0));
        assert_eq!([unit(0), unit(u64::MAX), 1e-6, 1.0 - 1e-6, 0.0, 1.0, 0.5].map(|u| table.at(u)), [None; 7]);
        assert!(table.at(1e-4).is_some() && table.at(0.9999).is_some());
    }
}
