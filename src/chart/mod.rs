//! Pictures of results: plain figures in, the same bytes of SVG out.
//!
//! Every kind of chart is one file with one struct of plain fields and one function `chart(&self) -> Chart`. Charts
//! read statistics and never compute them: whoever fills the struct has already averaged, counted and ranked.
//!
//! | file | answers |
//! | --- | --- |
//! | [`hub_map`] | what is the hub, where do goods go, which stations are near their limit? |
//! | [`timeline`] | what happened when: campaign, signals, desk, responses? |
//! | [`suspicion`] | how much did the campaign learn, and when did the desk come to believe it? |
//! | [`sojourn`] | how long do consignments stay? |
//! | [`cost`] | what does it cost, and who pays? |
//! | [`differences`] | how do the options differ from the reference, and is that shown? |
//! | [`best`] | which option does best in how many sampled worlds, and on average? |
//! | [`exceedance`] | how probable is a loss larger than this? |
//! | [`calibration`] | how often is the desk right where it believes so much? |
//! | [`cost_effect`] | what does each option cost and avert, and which are worth a look? |
//! | [`tornado`] | how far does the outcome move if one input moves from its low to its high end? |
//! | [`screening`] | which inputs matter, and do they act alone or with others? |
//! | [`indices`] | what share of the outcome's spread, or what money, is each input worth? |
//! | [`response`] | how does the outcome follow one input, and where does an option break even? |
//! | [`by_value`] | what follows from how much a unit is worth: acceptability, expected loss? |
//! | [`matrix`] | how large is a figure, such as regret, for each option in each set of worlds? |
//! | [`ranks`] | which place does each option take under each assumption? |
//! | [`two_way`] | over two inputs, where is one option better than another, and where is that shown? |
//! | [`boxes`] | which ranges of inputs hold the cases asked for, and how purely? |
//! | [`survivors`] | which options dropped out of a race, and when? |
//! | [`fan`] | what has come of a story so far, and where do its futures lie? |
//! | [`ladder`] | how do policies compare on one measure, with a bound and the room among them? |
//! | [`parallel`] | which designs meet all targets at once? |
//!
//! All share the [`frame`] (title that states the finding, conditions, provenance, handling mark, text alternative) and
//! the [`theme`] (colours, type, distances). Below those lie the canvas over plotters, axes, label placement and the
//! measured font. [`png`] rasterises the SVG with the same font.
//!
//! Numbers that are not finite are never drawn; the foot says how many were left out.

mod area;
mod arrow;
mod axis;
pub mod best;
pub mod boxes;
pub mod by_value;
pub mod calibration;
mod canvas;
pub mod cost;
pub mod cost_effect;
mod curve_label;
pub mod differences;
pub mod exceedance;
pub mod fan;
mod fan_label;
mod font;
pub mod frame;
#[cfg(test)]
mod gallery;
mod grid;
pub mod hub_map;
pub mod indices;
#[cfg(test)]
mod inspect;
pub mod ladder;
mod lane;
pub mod matrix;
mod measure;
pub mod number;
pub mod parallel;
pub mod png;
pub mod ranks;
pub mod response;
mod room;
mod route;
pub mod screening;
mod signals;
pub mod sojourn;
mod span;
pub mod survivors;
pub mod suspicion;
pub mod theme;
pub mod timeline;
pub mod tornado;
pub mod two_way;
#[cfg(test)]
mod wild;
#[cfg(test)]
mod wild_studies;

pub use best::Best;
pub use boxes::Boxes;
pub use by_value::ByValue;
pub use calibration::Calibration;
pub use cost::Cost;
pub use cost_effect::CostEffect;
pub use differences::Differences;
pub use exceedance::Exceedance;
pub use fan::Fan;
pub use font::font_face_css;
pub use frame::{Frame, Marking};
pub use hub_map::HubMap;
pub use indices::Indices;
pub use ladder::Ladder;
pub use matrix::Matrix;
pub use number::Interval;
pub use parallel::Parallel;
pub use ranks::Ranks;
pub use response::Response;
pub use screening::Screening;
pub use sojourn::Sojourn;
pub use survivors::Survivors;
pub use suspicion::Suspicion;
pub use timeline::Timeline;
pub use tornado::Tornado;
pub use two_way::TwoWay;

/// A finished chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// File stem.
    pub name: String,
    /// The SVG without its font.
    pub svg: String,
    /// The chart in words: also the SVG's description, and the `alt` of an image.
    pub alt: String,
}

impl Chart {
    /// For a page that holds [`font_face_css`] once, however many charts follow.
    pub fn svg_inline(&self) -> &str {
        &self.svg
    }

    /// For a file of its own: carries its font along.
    pub fn svg_standalone(&self) -> String {
        let (tag, rest) = self.svg.split_once('\n').unwrap_or((&self.svg, ""));
        format!("{tag}\n<style>{}</style>\n{rest}", font_face_css())
    }
}

/// What to say at the foot about numbers that could not be drawn.
fn left_out(count: usize) -> Vec<String> {
    match count {
        0 => Vec::new(),
        1 => vec!["One value is not a finite number and is left out.".to_owned()],
        n => vec![format!("{n} values are not finite numbers and are left out.")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_carries_its_font_and_an_inline_chart_does_not() {
        let chart = inspect::frame("font").chart(50.0, "", &[], |_, _| {});
        let file = chart.svg_standalone();
        assert_eq!(file.matches("@font-face").count(), 2);
        assert!(file.len() < 80_000 && !chart.svg_inline().contains("font-face"));
        assert_eq!(file.replace(&format!("<style>{}</style>\n", font_face_css()), ""), chart.svg);
    }
}
