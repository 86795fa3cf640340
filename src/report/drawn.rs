//! World draws in reports: how many there were, what they drew from, what doubt comes to, and the values themselves.

use maud::{Markup, html};
use serde_json::{Value, json};

use crate::chart::number;
use crate::experiment::{Doubt, Fidelity, WorldDraws};
use crate::measure::{Measure, Nature};
use crate::report::many::csv_text;
use crate::report::{Context, counted, tables};

/// What stands in place of doubt where each world draw has one run.
const NOT_APART: &str = "One run in each world draw: doubt and luck are not told apart.";

impl Context<'_> {
    /// Whether inputs were drawn.
    pub(crate) fn is_drawn(&self) -> bool {
        self.drawn.draws() > 0
    }

    /// Runs of each option in each world.
    pub(crate) fn runs(&self) -> u64 {
        u64::from(self.drawn.draws().max(1)) * u64::from(self.replications)
    }

    /// `200 runs`, or `20 world draws x 10 replications`.
    pub(crate) fn runs_in_words(&self) -> String {
        if !self.is_drawn() {
            return counted(self.runs(), "run", "runs");
        }
        format!(
            "{} x {}",
            counted(u64::from(self.drawn.draws()), "world draw", "world draws"),
            counted(u64::from(self.replications), "replication", "replications")
        )
    }

    /// How much of the hub was simulated, in a sentence or two.
    pub(crate) fn fidelity_in_words(&self) -> String {
        let Fidelity::Touched { pilots } = self.fidelity else {
            return "Fidelity full: every consignment was simulated.".to_owned();
        };
        format!(
            "Fidelity touched: only goods that the campaign or a layer touches were simulated. Times in the hub, \
             throughput, goods in the building and costs of delay come from {}{}, and their intervals, like those of \
             totals with delay in them, are for {}.",
            counted(
                u64::from(pilots),
                "run in full of each option in each world",
                "runs in full of each option in each world"
            ),
            if self.is_drawn() { ", in each world draw" } else { "" },
            match (self.is_drawn(), pilots) {
                (true, _) => "the world draws".to_owned(),
                (false, 1) => "that one, so that there are none".to_owned(),
                (false, pilots) => format!("those {pilots}"),
            }
        )
    }

    /// How the inputs were taken, in a sentence.
    pub(crate) fn inputs_in_words(&self) -> String {
        match (self.is_drawn(), self.scenario.ranges().count()) {
            (true, ranges) => format!(
                "{}: {} drawn anew in each world draw.",
                self.runs_in_words(),
                counted(ranges as u64, "uncertain input is", "uncertain inputs are"),
            ),
            (false, 0) => "Inputs held fixed; the document states no ranges to draw from.".to_owned(),
            (false, ranges) => format!(
                "Inputs held fixed at the written values; {} not drawn from (--draws W draws from {}).",
                counted(ranges as u64, "range is", "ranges are"),
                if ranges == 1 { "it" } else { "them" }
            ),
        }
    }
}

/// `draws.csv`: the value of each input in each world draw, as it could be typed into the document.
pub(crate) fn draws_csv(drawn: &WorldDraws) -> String {
    let mut out = String::from("draw,path,value,unit\n");
    for draw in 0..drawn.draws() {
        for (range, value) in drawn.ranges().iter().zip(drawn.values(draw)) {
            out.push_str(&format!("{draw},{},{value},{}\n", csv_text(&range.path), csv_text(range.unit.name())));
        }
    }
    out
}

/// `12 to 30 %, 62% of the variance`; nothing where no run differs from another.
pub(crate) fn in_words(measure: Measure, doubt: &Doubt) -> Option<String> {
    let share = doubt.split.share()?;
    if doubt.split.between == 0.0 {
        return Some(NOT_SHOWN.to_owned());
    }
    let (low, high) = doubt.range;
    Some(format!("{}, {} of the variance", range(measure, low, high), number::percent(share)))
}

/// What stands for doubt that the runs do not show.
pub(crate) const NOT_SHOWN: &str = "none shown beyond luck";

/// Two values of a measure in its unit.
pub(crate) fn range(measure: Measure, low: f64, high: f64) -> String {
    match (measure.nature(), measure.unit()) {
        (Nature::YesNo, _) | (_, "share") => format!("{} %", number::range(100.0 * low, 100.0 * high)),
        (Nature::Time, _) => format!("{} days", number::range(low, high)),
        (_, "€") => number::euro_range(low, high),
        (_, unit) => format!("{} {unit}", number::range(low, high)).trim_end().to_owned(),
    }
}

/// For machines.
pub(crate) fn json(doubt: &Doubt) -> Value {
    json!({
        "low": doubt.range.0,
        "high": doubt.range.1,
        "variance_of_doubt": doubt.split.between,
        "variance_of_luck": doubt.split.within,
        "share_of_variance": doubt.split.share(),
    })
}

/// The three ranges that stand beside a mean over world draws.
pub(crate) fn legend(context: &Context<'_>) -> Vec<String> {
    let mut lines = vec![
        "Mean over the world draws with its 95% interval: sampling error, which shrinks with more draws.".to_owned(),
    ];
    if context.replications > 1 {
        lines.push(
            "Doubt: nine world draws in ten have a mean in this range, luck taken out; it shrinks with better inputs alone. \
             Beside it its share of the variance of single runs (variances estimated without bias, then cut at 0); the \
             rest is luck."
                .to_owned(),
        );
    } else {
        lines.push(NOT_APART.to_owned());
    }
    lines.push("Nine runs in ten: doubt and luck together.".to_owned());
    lines
}

/// What was drawn from, a line each.
pub(crate) fn ranges(context: &Context<'_>) -> Vec<String> {
    let line = |a: &crate::model::Assumption| {
        format!("{}  {}  (as written {}; {})", a.path, tables::range(a), a.shown(a.written), a.grade.name())
    };
    context.drawn.ranges().iter().map(line).collect()
}

/// The same on a page.
pub(crate) fn section(context: &Context<'_>) -> Markup {
    html! {
        @if context.is_drawn() {
            section {
                h2 { "How sure this is" }
                p { (context.inputs_in_words()) " The values are in " code { "draws.csv" } "; whoever types those of a draw into the document has its world." }
                ul { @for line in legend(context) { li { (line) } } }
                p { "Assumption doubt is a fourth thing and has no range: worlds are compared and never averaged." }
            }
        }
    }
}
