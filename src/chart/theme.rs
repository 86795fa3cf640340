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
