//! Figures as people read them: thousands apart, few digits, units in words.

/// No-break space: a figure and its unit stay on one line.
const NB: char = '\u{a0}';

/// Average, or another estimate, with the interval that belongs to it. An exact value has three equal parts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Estimate.
    pub mid: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// An interval from `low` to `high` around `mid`.
    pub fn new(low: f64, mid: f64, high: f64) -> Self {
        Interval { low, mid, high }
    }

    /// A value without uncertainty, as from a single run's ledger.
    pub fn exact(value: f64) -> Self {
        Interval::new(value, value, value)
    }

    /// Whether low and high are one.
    pub fn is_exact(&self) -> bool {
        self.low == self.high
    }

    /// Whether zero lies inside, so that not even the sign is shown.
    pub fn spans_zero(&self) -> bool {
        self.low <= 0.0 && self.high >= 0.0
    }

    /// Whether all three are numbers.
    pub fn is_finite(&self) -> bool {
        self.low.is_finite() && self.mid.is_finite() && self.high.is_finite()
    }
}

/// A whole number with thousands apart: `1,234,567`.
pub fn count(value: u64) -> String {
    group(&value.to_string())
}

/// A number with `decimals` digits after the point, thousands apart, and a true minus sign. Never `-0`.
pub fn fixed(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "not a number".to_owned();
    }
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let zero = text.bytes().all(|b| matches!(b, b'0' | b'.'));
    let sign = if value < 0.0 && !zero { "−" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{fraction}", group(whole))
}

/// A number with about three digits, in thousands, millions and so on when large: `0.042`, `7.25`, `1,250`, `3.1 M`.
pub fn figure(value: f64) -> String {
    let scale = Scale::of(value.abs());
    let shown = value.abs() / scale.by;
    // Whole numbers are counts more often than not: 40, not 40.0.
    let decimals = if scale.word.is_empty() && shown == libm::floor(shown) { 0 } else { decimals_for(shown, 3) };
    scale.format(value, decimals, true)
}

/// A round number for the tick of a logarithmic axis: `0.5`, `2,000`, `10 k`, `1 M`.
pub(crate) fn tick(value: f64) -> String {
    let scale = if value < 1e-3 { Scale::of(value) } else { Scale::money(value) };
    scale.format(value, decimals_for(value / scale.by, 1), true)
}

/// Euro: `€950`, `€1.2 M`, `−€3.4 k`.
pub fn euro(value: f64) -> String {
    let scale = if value.abs() < 1e-3 { Scale::plain() } else { Scale::money(value.abs()) };
    sign_before_euro(&scale.format(value, decimals_for(value.abs() / scale.by, 2).min(2), true))
}

/// A share as a percentage with up to two digits that matter: `12%`, `0.4%`, `99.6%`.
pub fn percent(share: f64) -> String {
    let value = share * 100.0;
    let from_end = value.abs().min((100.0 - value).abs());
    let decimals = if from_end == 0.0 || from_end >= 9.95 { 0 } else { decimals_for(from_end, 1).min(3) };
    if value != 0.0 && fixed(value.abs(), decimals).bytes().all(|b| !matches!(b, b'1'..=b'9')) {
        return if value > 0.0 { "<0.001%".to_owned() } else { ">−0.001%".to_owned() };
    }
    format!("{}%", fixed(value, decimals))
}

/// An interval as `12.4 (8.1 to 16.7)`, rounded to two digits of its half-width; an exact value stands alone.
pub fn interval(value: Interval) -> String {
    interval_with(value, Scale::of, |text| text.to_owned())
}

/// An interval in euro: `€1.2 M (0.9 to 1.5 M)`.
pub fn euro_interval(value: Interval) -> String {
    interval_with(value, Scale::money, sign_before_euro)
}

/// A range as `8.1 to 16.7`, rounded as [`interval`] would.
pub fn range(low: f64, high: f64) -> String {
    range_with(low, high, Scale::of, str::to_owned)
}

/// An interval of shares: `3.6% (1.6% to 7.6%)`, rounded as [`interval`] would.
pub fn percent_interval(value: Interval) -> String {
    let decimals = decimals_for((value.high - value.low) * 50.0, 2).min(3);
    let [low, mid, high] = [value.low, value.mid, value.high].map(|share| fixed(share * 100.0, decimals));
    format!("{mid}% ({low}% to {high}%)")
}

/// A range in euro: `€0.9 to 1.5 M`.
pub fn euro_range(low: f64, high: f64) -> String {
    range_with(low, high, Scale::money, sign_before_euro)
}

fn range_with(low: f64, high: f64, scale: fn(f64) -> Scale, dress: fn(&str) -> String) -> String {
    let scale = readable(low.abs().max(high.abs()), scale);
    if low == high {
        return dress(&scale.format(low, decimals_for(low.abs() / scale.by, 3), true));
    }
    let decimals = decimals_for((high - low) / 2.0 / scale.by, 2);
    format!("{} to {}", dress(&scale.format(low, decimals, false)), scale.format(high, decimals, true))
}

/// Zeros after the point are read more surely than powers of ten, while they can be counted.
fn readable(size: f64, scale: fn(f64) -> Scale) -> Scale {
    if (1e-6..1e-3).contains(&size) { Scale::plain() } else { scale(size) }
}

fn interval_with(value: Interval, scale: fn(f64) -> Scale, dress: fn(&str) -> String) -> String {
    let scale = readable(value.low.abs().max(value.mid.abs()).max(value.high.abs()), scale);
    if value.is_exact() {
        return dress(&scale.format(value.mid, decimals_for(value.mid.abs() / scale.by, 3), true));
    }
    let decimals = decimals_for((value.high - value.low) / 2.0 / scale.by, 2);
    let (low, high) = (scale.format(value.low, decimals, false), scale.format(value.high, decimals, true));
    format!("{} ({low} to {high})", dress(&scale.format(value.mid, decimals, true)))
}

fn sign_before_euro(text: &str) -> String {
    text.strip_prefix('−').map_or_else(|| format!("€{text}"), |rest| format!("−€{rest}"))
}

/// Decimals that leave `digits` figures that matter, at most 12.
pub(crate) fn decimals_for(value: f64, digits: i32) -> usize {
    if value <= 0.0 || !value.is_finite() {
        return 0;
    }
    // Rounding may carry into a new digit (0.0996 -> 0.100), hence the half unit.
    let magnitude = libm::floor(libm::log10(value * (1.0 + 0.5 * libm::pow(10.0, -f64::from(digits)))));
    (f64::from(digits - 1) - magnitude).clamp(0.0, 12.0) as usize
}

/// What a number is divided by, and the word for it, with the space before.
pub(crate) struct Scale {
    pub(crate) by: f64,
    pub(crate) word: String,
}

impl Scale {
    /// For plain numbers: words from a hundred thousand on, powers of ten beyond trillions and below a thousandth.
    pub(crate) fn of(size: f64) -> Self {
        if (1e-3..99_999.5).contains(&size) || size == 0.0 { Scale::plain() } else { Scale::money(size) }
    }

    fn money(size: f64) -> Self {
        if !size.is_finite() || size == 0.0 {
            return Scale::plain();
        }
        if !(1e-3..999.5e12).contains(&size) {
            let power = libm::floor(libm::log10(size));
            return Scale { by: libm::pow(10.0, power), word: format!("×10{}", superior(power as i32)) };
        }
        let steps = [(999.5e9, 1e12, "trillion"), (999.5e6, 1e9, "bn"), (999.5e3, 1e6, "M"), (9999.5, 1e3, "k")];
        let step = steps.into_iter().find(|(from, _, _)| size >= *from);
        step.map_or_else(Scale::plain, |(_, by, word)| Scale { by, word: format!("{NB}{word}") })
    }

    fn plain() -> Self {
        Scale { by: 1.0, word: String::new() }
    }

    fn format(&self, value: f64, decimals: usize, with_word: bool) -> String {
        let text = fixed(value / self.by, decimals);
        if with_word { text + &self.word } else { text }
    }
}

/// A whole number in raised figures.
fn superior(value: i32) -> String {
    let raise = |c: char| match c {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        digit => char::from_u32(u32::from(digit) - u32::from('0') + 0x2070).unwrap_or(digit),
    };
    value.to_string().chars().map(raise).collect()
}

fn group(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(got: String, want: &str) {
        assert_eq!(got.replace(NB, " "), want);
    }

    #[test]
    fn numbers_read_as_people_write_them() {
        check(count(1_234_567), "1,234,567");
        check(fixed(-0.001, 2), "0.00");
        check(fixed(-1234.5, 1), "−1,234.5");
        for (value, want) in
            [(0.0, "0"), (40.0, "40"), (0.04249, "0.0425"), (7.25, "7.25"), (1250.4, "1,250"), (99_999.0, "99,999")]
        {
            check(figure(value), want);
        }
        for (value, want) in
            [(123_456.0, "123 k"), (3.1e6, "3.10 M"), (-2e9, "−2.00 bn"), (5e15, "5.00×10¹⁵"), (1.25e-9, "1.25×10⁻⁹")]
        {
            check(figure(value), want);
        }
        for (value, want) in
            [(950.0, "€950"), (0.5, "€0.50"), (12_300.0, "€12 k"), (1_234_000.0, "€1.2 M"), (-3400.0, "−€3,400")]
        {
            check(euro(value), want);
        }
        for (share, want) in [
            (0.0, "0%"),
            (0.123, "12%"),
            (0.004, "0.4%"),
            (0.996, "99.6%"),
            (1.0, "100%"),
            (1e-9, "<0.001%"),
            (1.34, "134%"),
        ] {
            check(percent(share), want);
        }
    }

    #[test]
    fn rounding_follows_the_interval() {
        check(interval(Interval::new(8.123, 12.41, 16.7)), "12.4 (8.1 to 16.7)");
        check(interval(Interval::new(-18.04, -12.0, 118.0)), "−12 (−18 to 118)");
        check(interval(Interval::exact(3.0)), "3.00");
        check(euro_interval(Interval::new(0.9e6, 1.2e6, 1.5e6)), "€1.20 M (0.90 to 1.50 M)");
        check(euro_interval(Interval::new(-1.5e6, -1.2e6, -0.9e6)), "−€1.20 M (−1.50 to −0.90 M)");
        check(interval(Interval::new(f64::NAN, 1.0, 2.0)), "1 (not a number to 2)");
        check(percent_interval(Interval::new(0.0163, 0.0361, 0.0762)), "3.6% (1.6% to 7.6%)");
        check(percent_interval(Interval::new(0.31, 0.45, 0.6)), "45% (31% to 60%)");
        check(range(8.123, 16.7), "8.1 to 16.7");
        check(range(-0.56, 0.0), "−0.56 to 0.00");
        check(range(3.0, 3.0), "3.00");
        check(euro_range(0.9e6, 1.5e6), "€0.90 to 1.50 M");
        check(euro_range(-1.5e6, -0.9e6), "−€1.50 to −0.90 M");
    }
}
