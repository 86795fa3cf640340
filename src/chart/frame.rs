//! What surrounds every chart: the finding above, the conditions below, the handling mark, and the same in words.

use crate::chart::Chart;
use crate::chart::area::Area;
use crate::chart::canvas::{self, Anchor, Canvas, FINE, Type, clean};
use crate::chart::font;
use crate::chart::number::count;
use crate::chart::theme::{AXIS, MARGIN, MUTED, Rgb, SMALL, SUBTITLE, TEXT, TITLE, WHITE, WIDTH};

/// Title, conditions and provenance of a chart. Every field but `setting` and `notes` should be filled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    /// File stem, and the stem of ids inside the SVG, so unique within one page: `timeline`.
    pub name: String,
    /// The title: what the picture shows, as a sentence. Two lines at most; what is longer is cut and kept whole in
    /// the text alternative.
    pub finding: String,
    /// What is plotted: `Time from acceptance to departure`.
    pub measure: String,
    /// Its unit in words: `minutes`.
    pub unit: String,
    /// Which option, world or reference this is about: `option: seal checks; world: real`. May be empty.
    pub setting: String,
    /// How many there are of `n_of`.
    pub n: u64,
    /// What `n` counts: `runs`, `consignments`.
    pub n_of: String,
    /// The seed of the luck.
    pub seed: u64,
    /// The scenario's title, or a table's name.
    pub scenario: String,
    /// First digits of the scenario's or table's hash.
    pub digest: String,
    /// How much simulated time: `730 days`. Empty for figures from a table, which the foot then calls so.
    pub horizon: String,
    /// Tool and version: `airside 0.1.0`.
    pub version: String,
    /// How the sheet may be passed on.
    pub marking: Marking,
    /// Further sentences for the foot, such as the meaning of intervals.
    pub notes: Vec<String>,
}

/// Traffic Light Protocol 2.0 (FIRST, 2022): how far information may be passed on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Marking {
    /// No limit.
    #[default]
    Clear,
    /// Within the community.
    Green,
    /// Within the organisation and its clients.
    Amber,
    /// Within the organisation only.
    AmberStrict,
    /// Only those present.
    Red,
}

impl Marking {
    /// The label, to the letter of the standard.
    pub fn label(self) -> &'static str {
        match self {
            Marking::Clear => "TLP:CLEAR",
            Marking::Green => "TLP:GREEN",
            Marking::Amber => "TLP:AMBER",
            Marking::AmberStrict => "TLP:AMBER+STRICT",
            Marking::Red => "TLP:RED",
        }
    }

    /// The label's colour on black, as the standard gives it.
    pub fn colour(self) -> Rgb {
        match self {
            Marking::Clear => WHITE,
            Marking::Green => Rgb(0x33, 0xff, 0x00),
            Marking::Amber | Marking::AmberStrict => Rgb(0xff, 0xc0, 0x00),
            Marking::Red => Rgb(0xff, 0x2b, 0x2b),
        }
    }
}

/// What a model's picture must always say.
const CAVEAT: &str = "Model result, not a forecast.";
const FOOT_LINE: f64 = 18.0;

impl Frame {
    /// Draws the frame around a plot of the given height. `paint` gets the area from margin to margin; `words` are the
    /// plotted figures in words, and `notes` what the chart itself has to add at the foot.
    pub(crate) fn chart(
        &self,
        height: f64,
        words: &str,
        notes: &[String],
        paint: impl FnOnce(&Canvas<'_>, Area),
    ) -> Chart {
        let badge = Type::bold(SMALL, self.marking.colour());
        let badge_width = badge.width(self.marking.label()) + 16.0;
        let room = WIDTH - 2.0 * MARGIN - badge_width - 24.0;
        let (title, lines) = self.title(room);
        let under = self.subtitle();
        let subtitle = font::wrap(&under, SUBTITLE, false, WIDTH - 2.0 * MARGIN, 2);
        let foot = self.foot(notes);

        let first = 22.0 + title.size;
        let title_step = title.size * 1.28;
        let subtitle_first = first + title_step * (lines.len().max(1) as f64 - 1.0) + 27.0;
        let plot_top = subtitle_first + 21.0 * (subtitle.len() as f64 - 1.0) + 20.0;
        let foot_top = plot_top + height + 14.0;
        let total = libm::ceil(foot_top + 22.0 + FOOT_LINE * foot.len() as f64 - 4.0);

        let body = canvas::draw(WIDTH, total, |canvas| {
            for (i, line) in lines.iter().enumerate() {
                canvas.text(MARGIN, first + i as f64 * title_step, line, title, Anchor::Start);
            }
            for (i, line) in subtitle.iter().enumerate() {
                let kind = Type::regular(SUBTITLE, MUTED);
                canvas.text(MARGIN, subtitle_first + i as f64 * 21.0, line, kind, Anchor::Start);
            }
            let right = WIDTH - MARGIN;
            canvas.rect(Area::new(right - badge_width, 22.0, right, 45.0), Rgb(0, 0, 0));
            canvas.text_mid(right - badge_width / 2.0, 33.5, self.marking.label(), badge, Anchor::Middle);

            paint(canvas, Area::new(MARGIN, plot_top, WIDTH - MARGIN, plot_top + height));

            canvas.line(&[(MARGIN, foot_top), (right, foot_top)], AXIS, 0.75);
            let mut y = foot_top + 20.0;
            for (i, line) in foot.iter().enumerate() {
                let mut x = MARGIN;
                if i == 0 {
                    let bold = Type::bold(SMALL, TEXT);
                    x = canvas.text(x, y, CAVEAT, bold, Anchor::Start).x1 + 8.0;
                }
                canvas.text(x, y, line, Type::regular(SMALL, MUTED), Anchor::Start);
                y += FOOT_LINE;
            }
        });
        let alt = self.alternative(&under, words, notes);
        Chart { svg: self.svg(total, &body, &alt), name: stem(&self.name), alt }
    }

    fn title(&self, room: f64) -> (Type, Vec<String>) {
        let finding = clean(&self.finding);
        let lines_at = |size: f64| font::wrap(&finding, size, true, room, 3).len();
        // One line, if need be in the smaller size; then two; then two that are cut.
        let size = [1, 2].into_iter().find_map(|most| TITLE.into_iter().find(|size| lines_at(*size) <= most));
        let size = size.unwrap_or(TITLE[1]);
        (Type::bold(size, TEXT), font::balance(&finding, size, true, room, 2))
    }

    fn subtitle(&self) -> String {
        let measure =
            if self.unit.is_empty() { self.measure.clone() } else { format!("{}, {}", self.measure, self.unit) };
        let sample = format!("n = {} {}, seed {}", count(self.n), self.n_of, self.seed);
        let parts = [clean(&measure), clean(&self.setting), clean(&sample)];
        parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" · ")
    }

    /// The foot's lines; the first leaves room for the caveat.
    fn foot(&self, notes: &[String]) -> Vec<String> {
        let room = WIDTH - 2.0 * MARGIN;
        let caveat = font::width(CAVEAT, SMALL, true) + 8.0;
        let digest = if self.digest.is_empty() { String::new() } else { format!(" ({})", self.digest) };
        let source = match self.horizon.is_empty() {
            true => format!("Table {}{digest} · {}", clean(&self.scenario), clean(&self.version)),
            false => format!(
                "Scenario {}{digest} · horizon {} · {}",
                clean(&self.scenario),
                clean(&self.horizon),
                clean(&self.version)
            ),
        };
        let mut lines = vec![font::shorten(&source, SMALL, false, room - caveat)];
        let all = notes.iter().chain(&self.notes).map(|note| clean(note)).collect::<Vec<_>>().join(" ");
        lines.extend(font::wrap(&all, SMALL, false, room, 6));
        lines
    }

    fn alternative(&self, subtitle: &str, words: &str, notes: &[String]) -> String {
        let parts = [&self.finding, subtitle, words].into_iter().map(clean).chain(notes.iter().map(|note| clean(note)));
        let sentence = |text: String| {
            let ends = text.is_empty() || text.ends_with(['.', '!', '?']);
            if ends { text } else { text + "." }
        };
        let all = parts.chain(self.notes.iter().map(|note| clean(note)));
        let mut text = all.map(sentence).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        let source = match self.horizon.is_empty() {
            true => format!("Table {}", clean(&self.scenario)),
            false => format!("Scenario {}, horizon {}", clean(&self.scenario), clean(&self.horizon)),
        };
        text.push_str(&format!(" {source}. {CAVEAT} {}.", self.marking.label()));
        text
    }

    fn svg(&self, height: f64, body: &str, alt: &str) -> String {
        let stem = stem(&self.name);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {} {}\" \
             role=\"img\" aria-labelledby=\"{stem}-title {stem}-desc\">\n<title id=\"{stem}-title\">{}</title>\n\
             <desc id=\"{stem}-desc\">{}</desc>\n{body}</svg>\n",
            WIDTH * FINE,
            height * FINE,
            escape(&clean(&self.finding)),
            escape(alt)
        )
    }
}

/// Letters, digits and hyphens only: fit for a file name and an id.
fn stem(name: &str) -> String {
    let text: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let text = text.trim_matches('-').to_owned();
    if text.is_empty() { "chart".to_owned() } else { text }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::inspect;

    fn frame(finding: &str) -> Frame {
        Frame { finding: finding.into(), name: "a/b <c>".into(), ..inspect::frame("x") }
    }

    #[test]
    fn hostile_and_long_texts_stay_inside_and_well_formed() {
        let long = "Fumigation of cold-chain consignments <&\"'> ".repeat(20);
        for finding in ["", "Short.", long.as_str(), &"W".repeat(500), "\u{0}\u{1b}[31m\u{202e}gnitirw"] {
            let mut frame = frame(finding);
            frame.scenario = long.clone();
            frame.measure = long.clone();
            frame.notes = vec![long.clone(); 9];
            let chart = frame.chart(100.0, "", &[], |_, _| {});
            inspect::check(&chart);
            assert_eq!(chart.name, "a-b--c");
        }
    }

    #[test]
    fn the_frame_says_what_a_reader_must_know() {
        let chart =
            frame("Seal checks halve the share").chart(100.0, "Nothing plotted", &["A note.".into()], |_, _| {});
        for part in [
            "n = 1,000 runs, seed 7",
            "Model result, not a forecast.",
            "TLP:CLEAR",
            "730 days",
            "airside 0.1.0",
            "A note.",
        ] {
            assert!(chart.svg.contains(part), "{part}");
        }
        assert!(chart.alt.starts_with("Seal checks halve the share. ") && chart.alt.contains("Nothing plotted."));
    }
}
