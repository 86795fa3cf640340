//! Colours, type sizes and distances. To change how charts look, start here.
//!
//! The palette is Okabe and Ito's (2008), which the common forms of colour blindness tell apart. It never works alone:
//! lines also differ by dashes, marks by shape, and every line is named where it ends. Each hue has a darker twin for
//! text, since the bright ones are too pale to read on white.

/// A colour in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// How one thing is drawn throughout all charts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ink {
    /// Colour of its lines and areas.
    pub mark: Rgb,
    /// The same hue, dark enough to read on white (contrast 4.5 or more).
    pub text: Rgb,
    /// Lengths of dash and gap in pixels; empty for a full line.
    pub dash: &'static [f64],
}

const fn ink(mark: Rgb, text: Rgb, dash: &'static [f64]) -> Ink {
    Ink { mark, text, dash }
}

/// Paper.
pub const WHITE: Rgb = Rgb(255, 255, 255);
/// Titles, names and figures.
pub const TEXT: Rgb = Rgb(26, 28, 32);
/// What may be read second: subtitles, units, footers.
pub const MUTED: Rgb = Rgb(84, 88, 96);
/// Axes and leader lines.
pub const AXIS: Rgb = Rgb(134, 138, 146);
/// Grid lines.
pub const GRID: Rgb = Rgb(224, 226, 230);
/// Tinted ground behind lanes and groups.
pub const GROUND: Rgb = Rgb(244, 245, 247);

/// The campaign and what it takes.
pub const CAMPAIGN: Ink = ink(Rgb(213, 94, 0), Rgb(168, 66, 0), &[]);
/// Signals about something that is there.
pub const SIGNAL: Ink = ink(Rgb(0, 114, 178), Rgb(0, 98, 156), &[]);
/// Signals about nothing.
pub const FALSE_SIGNAL: Ink = ink(Rgb(110, 118, 130), MUTED, &[]);
/// The desk that weighs signals.
pub const DESK: Ink = ink(Rgb(204, 121, 167), Rgb(148, 58, 110), &[]);
/// What is done about it.
pub const RESPONSE: Ink = ink(Rgb(0, 158, 115), Rgb(0, 110, 80), &[]);
/// The reference option, zero and other lines to compare with.
pub const REFERENCE: Ink = ink(Rgb(64, 68, 76), Rgb(64, 68, 76), &[]);
/// Thresholds and tolerances.
pub const THRESHOLD: Ink = ink(Rgb(64, 68, 76), Rgb(64, 68, 76), &[5.0, 4.0]);
/// Goods on the move.
pub const FLOW: Ink = ink(Rgb(96, 122, 148), Rgb(54, 76, 100), &[]);

/// Members of a list beyond those that can be told apart: thin, and named together.
pub const OTHERS: Ink = ink(Rgb(110, 118, 130), MUTED, &[]);

/// Options, operators and other members of a list, in order of mention. More than six cannot be told apart.
pub const OPTIONS: [Ink; 6] = [
    ink(Rgb(0, 114, 178), Rgb(0, 98, 156), &[]),
    ink(Rgb(213, 94, 0), Rgb(168, 66, 0), &[10.0, 4.0]),
    ink(Rgb(0, 158, 115), Rgb(0, 110, 80), &[4.0, 3.0]),
    ink(Rgb(204, 121, 167), Rgb(148, 58, 110), &[14.0, 4.0, 3.0, 4.0]),
    ink(Rgb(86, 180, 233), Rgb(20, 104, 150), &[2.0, 3.0]),
    ink(Rgb(230, 159, 0), Rgb(132, 86, 0), &[14.0, 3.0, 3.0, 3.0, 3.0, 3.0]),
];

/// Ground and text for a station by its utilisation: the first row whose bound is above the share applies. The scale
/// darkens steadily, so it survives a grey printer.
pub const UTILISATION: [(f64, Rgb, Rgb); 4] = [
    (0.50, Rgb(222, 235, 246), TEXT),
    (0.80, Rgb(158, 200, 230), TEXT),
    (0.95, Rgb(24, 100, 158), WHITE),
    (f64::INFINITY, Rgb(122, 36, 0), WHITE),
];

/// From none to the most, in equal steps: white-ish to dark blue. It darkens steadily, so it survives a grey printer.
pub const MORE: [Rgb; 5] =
    [Rgb(243, 247, 251), Rgb(198, 219, 239), Rgb(116, 169, 212), Rgb(33, 104, 165), Rgb(8, 48, 107)];
/// From zero to the most above it: white-ish to blue.
pub const ABOVE_ZERO: [Rgb; 3] = [Rgb(247, 247, 247), Rgb(126, 178, 216), Rgb(0, 84, 143)];
/// From zero to the most below it: white-ish to orange. Blue and orange differ for every common colour blindness.
pub const BELOW_ZERO: [Rgb; 3] = [Rgb(247, 247, 247), Rgb(240, 166, 105), Rgb(168, 66, 0)];

/// Width of every chart in pixels; on paper 17 cm, where body text comes to about 7.5 points.
pub const WIDTH: f64 = 960.0;
/// Free space around a chart.
pub const MARGIN: f64 = 28.0;
/// Type sizes: title, and the smaller one tried before a title is cut.
pub const TITLE: [f64; 2] = [23.0, 20.0];
/// Subtitle and lane names.
pub const SUBTITLE: f64 = 15.0;
/// Names, labels, figures.
pub const BODY: f64 = 14.5;
/// Axis figures, notes and footers.
pub const SMALL: f64 = 13.0;

/// The ink for member `index` of a list: never one that another member has, but for the [`OTHERS`].
pub fn option(index: usize) -> Ink {
    OPTIONS.get(index).copied().unwrap_or(OTHERS)
}

/// The colour at `part` of a ramp, 0 to 1; what lies beyond takes the end's colour, and what is no number the first's.
pub fn shade(ramp: &[Rgb], part: f64) -> Rgb {
    let last = ramp.len().saturating_sub(1);
    let along = (if part.is_finite() { part.clamp(0.0, 1.0) } else { 0.0 }) * last as f64;
    let step = (libm::floor(along) as usize).min(last.saturating_sub(1));
    let colour = |i: usize| ramp.get(i).copied().unwrap_or(WHITE);
    let (from, to) = (colour(step), colour((step + 1).min(last)));
    let mix = |a: u8, b: u8| libm::round(f64::from(a) + (f64::from(b) - f64::from(a)) * (along - step as f64)) as u8;
    Rgb(mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2))
}

/// A colour for text that can be read on the ground given. Between dark and pale grounds only full black will do.
pub fn text_on(ground: Rgb) -> Rgb {
    let readable = [TEXT, WHITE].into_iter().find(|text| contrast(*text, ground) >= 4.5);
    readable.unwrap_or(Rgb(0, 0, 0))
}

/// Contrast ratio of two colours by WCAG 2.2: 1 for equal, 21 for black on white.
pub fn contrast(a: Rgb, b: Rgb) -> f64 {
    let luminance = |Rgb(r, g, b): Rgb| {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) }
        };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_readable_on_white_and_on_tinted_ground() {
        let inks = [CAMPAIGN, SIGNAL, FALSE_SIGNAL, DESK, RESPONSE, REFERENCE, THRESHOLD, FLOW];
        let texts = inks.iter().chain(&OPTIONS).map(|ink| ink.text).chain([TEXT, MUTED]);
        for text in texts {
            assert!(contrast(text, WHITE) >= 4.5 && contrast(text, GROUND) >= 4.5, "{text:?}");
        }
        for (_, ground, text) in UTILISATION {
            assert!(contrast(ground, text) >= 4.5, "{ground:?}");
        }
        assert!((contrast(Rgb(0, 0, 0), WHITE) - 21.0).abs() < 1e-9);
    }

    #[test]
    fn ramps_darken_steadily_and_text_is_readable_all_along() {
        for ramp in [&MORE[..], &ABOVE_ZERO, &BELOW_ZERO] {
            let shades: Vec<Rgb> = (0..=200).map(|i| shade(ramp, f64::from(i) / 200.0)).collect();
            assert!(shades.windows(2).all(|pair| contrast(pair[1], WHITE) >= contrast(pair[0], WHITE)), "{ramp:?}");
            for ground in shades {
                assert!(contrast(text_on(ground), ground) >= 4.5, "{ground:?}");
            }
            assert_eq!([shade(ramp, -1.0), shade(ramp, f64::NAN)], [ramp[0]; 2]);
            assert_eq!(shade(ramp, 9.0), ramp[ramp.len() - 1]);
        }
        assert_eq!([shade(&[], 0.5), shade(&[TEXT], 0.5)], [WHITE, TEXT]);
    }

    #[test]
    fn a_seventh_option_never_looks_like_another() {
        assert_eq!([option(0), option(6), option(99)], [OPTIONS[0], OTHERS, OTHERS]);
    }

    #[test]
    fn options_differ_by_dashes_as_well_as_by_colour() {
        for (i, a) in OPTIONS.iter().enumerate() {
            for b in &OPTIONS[i + 1..] {
                assert!(a.mark != b.mark && a.text != b.text && a.dash != b.dash);
            }
        }
    }
}
