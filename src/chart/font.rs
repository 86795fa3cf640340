//! The embedded font: measured here, drawn by plotters and resvg, carried along by SVG and HTML.
//!
//! Text stays text (it can be selected, searched and read aloud) and the font travels with it as WOFF2: about 53 kB a
//! file. Outlining would cost about as much on a crowded chart and lose all three.

use std::sync::OnceLock;

use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};

/// What SVG asks for. Inter is embedded; the others serve where a viewer strips embedded fonts.
pub(crate) const FAMILY: &str = "Inter, Helvetica, Arial, sans-serif";

const REGULAR: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.ttf");
const REGULAR_WEB: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.woff2");
const BOLD_WEB: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.woff2");

/// Font units in an em, and from the highest ascender to the lowest descender. plotters scales by the latter, so text
/// "of size 2478" has one pixel a font unit, and its integer widths are exact.
const EM: f64 = 2048.0;
const ASCENT_TO_DESCENT: f64 = 2478.0;

/// Height of capitals and digits, as a share of the font size.
pub(crate) const CAP: f64 = 0.728;
/// How far descenders reach below the baseline, as a share of the font size.
pub(crate) const DESCENT: f64 = 0.21;

/// The two faces as raw TrueType, for rasterising.
pub(crate) fn faces() -> [&'static [u8]; 2] {
    [REGULAR, BOLD]
}

/// Makes the font known to plotters. Cheap after the first call.
pub(crate) fn register() {
    static DONE: OnceLock<()> = OnceLock::new();
    DONE.get_or_init(|| {
        for family in [FAMILY, "Inter", "sans-serif"] {
            // The only error is an unreadable font; a test measures with both faces.
            let _ = register_font(family, FontStyle::Normal, REGULAR);
            let _ = register_font(family, FontStyle::Bold, BOLD);
        }
    });
}

/// Width of `text` in pixels. Kerning is left out, so this is an upper bound to within a hair.
pub(crate) fn width(text: &str, size: f64, bold: bool) -> f64 {
    register();
    let style = if bold { FontStyle::Bold } else { FontStyle::Normal };
    let font = FontDesc::new(FontFamily::Name(FAMILY), ASCENT_TO_DESCENT, style);
    let units = font.layout_box(text).map_or(0, |((x0, _), (x1, _))| x1 - x0);
    f64::from(units) * size / EM
}

/// `text` cut to `room` pixels, with an ellipsis where something is missing.
pub(crate) fn shorten(text: &str, size: f64, bold: bool, room: f64) -> String {
    if width(text, size, bold) <= room {
        return text.to_owned();
    }
    let mut kept: String = text.to_owned();
    while kept.pop().is_some() {
        let candidate = format!("{}…", kept.trim_end_matches([' ', ',', '·', ':', ';']));
        if width(&candidate, size, bold) <= room {
            return candidate;
        }
    }
    "…".to_owned()
}

/// `text` cut in its middle to `room` pixels, for names that differ at their ends.
pub(crate) fn shorten_middle(text: &str, size: f64, bold: bool, room: f64) -> String {
    let all: Vec<char> = text.chars().collect();
    let mut kept = all.len();
    while width(text, size, bold) > room && kept > 0 {
        kept -= 1;
        let (head, tail) = (kept - kept * 2 / 5, kept * 2 / 5);
        let part = |chars: &[char]| chars.iter().collect::<String>();
        let candidate = format!("{}…{}", part(&all[..head]).trim_end(), part(&all[all.len() - tail..]).trim_start());
        if width(&candidate, size, bold) <= room {
            return candidate;
        }
    }
    text.to_owned()
}

/// `text` broken at spaces and after hyphens into at most `lines` lines of `room` pixels; the last ends in an ellipsis
/// if need be.
pub(crate) fn wrap(text: &str, size: f64, bold: bool, room: f64, lines: usize) -> Vec<String> {
    let mut done: Vec<String> = Vec::new();
    // Each piece keeps its hyphen or its space.
    let pieces: Vec<&str> = text.split_inclusive([' ', '-', '/']).collect();
    let mut rest = pieces.as_slice();
    while !rest.is_empty() && done.len() + 1 < lines {
        let mut taken = 1;
        while taken < rest.len() && width(rest[..=taken].concat().trim(), size, bold) <= room {
            taken += 1;
        }
        done.push(shorten(rest[..taken].concat().trim(), size, bold, room));
        rest = &rest[taken..];
    }
    if !rest.is_empty() && lines > 0 {
        done.push(shorten(rest.concat().trim(), size, bold, room));
    }
    done.retain(|line| !line.is_empty());
    done
}

/// Like [`wrap`], with the lines as equal as can be, for titles.
pub(crate) fn balance(text: &str, size: f64, bold: bool, room: f64, lines: usize) -> Vec<String> {
    let wanted = wrap(text, size, bold, room, lines + 1).len();
    if wanted < 2 || wanted > lines {
        return wrap(text, size, bold, room, lines);
    }
    let mut narrow = room;
    while wrap(text, size, bold, narrow - 8.0, wanted + 1).len() == wanted && narrow > room / 3.0 {
        narrow -= 8.0;
    }
    wrap(text, size, bold, narrow, lines)
}

/// Style sheet that carries both faces. An HTML page with inline charts needs it once.
pub fn font_face_css() -> String {
    let face = |weight: u32, data: &[u8]| {
        format!(
            "@font-face{{font-family:Inter;font-weight:{weight};font-style:normal;src:url(data:font/woff2;base64,{}) \
             format(\"woff2\")}}",
            base64(data)
        )
    };
    face(400, REGULAR_WEB) + "\n" + &face(700, BOLD_WEB)
}

fn base64(data: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(data.len().div_ceil(3) * 4);
    for chunk in data.chunks(3) {
        let bits = chunk.iter().enumerate().fold(0u32, |bits, (i, byte)| bits | u32::from(*byte) << (16 - 8 * i));
        for i in 0..4 {
            let digit = if i <= chunk.len() { ALPHABET[(bits >> (18 - 6 * i) & 63) as usize] } else { b'=' };
            out.push(char::from(digit));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_agrees_with_the_examples_of_rfc_4648() {
        let pairs =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE=")];
        for (plain, coded) in pairs {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn both_faces_are_measured_and_bold_is_wider() {
        let (regular, bold) = (width("Consignments", 20.0, false), width("Consignments", 20.0, true));
        assert!(regular > 100.0 && bold > regular && bold < 160.0, "{regular} {bold}");
        // A thousand figures are as wide as one, a thousand times: nothing is rounded on the way.
        assert!((width(&"8".repeat(1000), 10.0, false) - 1000.0 * width("8", 10.0, false)).abs() < 1e-6);
    }

    #[test]
    fn wrapped_lines_fit_and_lose_words_only_with_an_ellipsis() {
        let text = "Fumigation certificates and other papers that nobody has looked at since the spring of last year";
        for lines in 1..6 {
            let got = wrap(text, 14.0, false, 200.0, lines);
            assert!(got.len() <= lines && got.iter().all(|line| width(line, 14.0, false) <= 200.0), "{got:?}");
            let whole = got.join(" ").replace("- ", "-") == text;
            assert!(whole || got.concat().contains('…'), "{got:?}");
        }
        assert!(wrap("", 14.0, false, 200.0, 2).is_empty());
        assert_eq!(wrap(&"W".repeat(90), 14.0, false, 60.0, 2).len(), 1);
        assert_eq!(wrap("cold-chain hall", 14.0, false, 50.0, 3), ["cold-", "chain", "hall"]);
    }

    #[test]
    fn titles_break_into_lines_of_like_length_and_names_keep_their_ends() {
        let got = balance("Belief in Carrier 03 passes the threshold to act on day 402 with 41%", 20.0, true, 600.0, 2);
        assert!(got.len() == 2 && got[1].len() > 25, "{got:?}");
        let got = shorten_middle("Forwarder of perishables 13", 14.0, false, 120.0);
        assert!(got.starts_with("Forw") && got.ends_with(" 13") && got.contains('…'), "{got}");
    }
}
