//! The brief of a comparison: two pages that cannot be misread, and an annex. Sentences hedge by rule.

mod block;
mod by_value;
mod doubts;
mod money;
mod reached;
mod words;

use crate::chart::number::percent;
use crate::chart::{Best, Chart, best as best_chart};
use crate::experiment::{Comparison, Enough, Standing, Table};
use crate::measure::Measure;
use crate::model::{OptionId, Study, World};
use crate::report::{Context, Folder, ReportError, compare, pictures};
use block::Block;
pub(crate) use by_value::ByValue;
pub(crate) use money::cost_of;
pub(crate) use words::{headline, listed};

/// What was found in the scenario as it is written, or in one world set.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) table: Table,
    pub(crate) comparison: Comparison,
    pub(crate) enough: Enough,
}

/// The option that did best, and the reference, on fresh seeds.
#[derive(Debug)]
pub(crate) struct Rerun {
    pub(crate) option: OptionId,
    pub(crate) seed: u64,
    pub(crate) comparison: Comparison,
}

/// Everything that a brief is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Brief<'b> {
    pub(crate) context: &'b Context<'b>,
    pub(crate) study: &'b Study,
    /// The scenario as it is written comes first.
    pub(crate) parts: &'b [Part],
    pub(crate) rerun: Option<&'b Rerun>,
}

impl Brief<'_> {
    fn plain(&self) -> &Part {
        &self.parts[0]
    }

    fn name(&self, option: OptionId) -> &str {
        &self.context.scenario.options[option.index()].id
    }

    fn others(&self) -> impl Iterator<Item = OptionId> + '_ {
        self.study.options.iter().copied().filter(|o| *o != self.study.reference)
    }

    fn main(&self) -> Measure {
        self.study.main_measure
    }
}

/// The world that the main measure is read in: the real one if it is among those of the study.
pub(crate) fn world_of(study: &Study) -> World {
    if study.worlds.contains(&World::Real) { World::Real } else { study.worlds[0] }
}

/// The charts that are the brief's own.
#[derive(Debug)]
pub(crate) struct Pictures {
    best: Option<Chart>,
    by_value: Option<ByValue>,
}

impl Pictures {
    /// Counts and draws.
    pub(crate) fn of(brief: &Brief<'_>) -> Pictures {
        Pictures { best: best(brief), by_value: ByValue::of(brief) }
    }

    /// All of them.
    pub(crate) fn charts(&self) -> Vec<Chart> {
        self.best.iter().chain(self.by_value.iter().flat_map(|it| &it.charts)).cloned().collect()
    }
}

/// Writes `brief.html`, `brief.md` and their tables.
pub(crate) fn write(folder: &Folder, brief: &Brief<'_>, pictures: &Pictures) -> Result<(), ReportError> {
    let (front, annex) = (front(brief), annex(brief, pictures));
    folder.write("brief.html", block::page(brief, &front, &annex).as_bytes())?;
    folder.write("brief.md", block::markdown(brief, &front, &annex).as_bytes())?;
    folder.write("options.csv", words::options_csv(brief).as_bytes())?;
    match money::worlds_csv(brief) {
        Some(text) => folder.write("worlds.csv", text.as_bytes())?,
        None => folder.leave_out("worlds.csv")?,
    }
    if brief.parts.len() > 1 {
        folder.write("world-sets.csv", doubts::csv(brief).as_bytes())?;
    } else {
        folder.leave_out("world-sets.csv")?;
    }
    Ok(())
}

/// The two pages.
fn front(brief: &Brief<'_>) -> Vec<Block> {
    let plain = brief.plain();
    let difference = compare::difference_chart(brief.context, &plain.table, &plain.comparison, brief.main());
    let mut blocks = vec![Block::Bullets(headline(brief))];
    blocks.extend(money::blocks(brief));
    blocks.extend(difference.map(Block::Figure));
    blocks.push(Block::Heading("The options side by side".to_owned()));
    blocks.push(words::side_by_side(brief, true));
    blocks
}

/// In how many units each option does best, if any differs.
fn best(brief: &Brief<'_>) -> Option<Chart> {
    let (world, main) = (world_of(brief.study), brief.main());
    let standing = Standing::of(&brief.plain().table, world, main).filter(|it| !it.all_equal())?;
    let options = &brief.plain().table.design().options;
    let units = if standing.are_draws { "sampled worlds" } else { "runs (luck alone)" };
    let leader = brief.name(options[standing.leader]);
    let finding = format!(
        "{leader} does best on {} in {} of the {units}, and on average",
        main.label(),
        percent(standing.best_in[standing.leader])
    );
    let measure = format!("Which option does best on {} in the {} world", main.label(), world.name());
    let mut frame = pictures::frame(brief.context, "best", finding, &measure, "share");
    frame.notes.push("Rank: options that are not shown to differ share one, such as 1=. The share that does best says how often, and not by how much.".to_owned());
    let row = |(nth, option): (usize, &OptionId)| best_chart::Row {
        option: brief.name(*option).to_owned(),
        share: standing.best_in[nth],
        best_on_average: nth == standing.leader,
        rank: standing.rank_in_words(nth),
    };
    Some(Best { frame, units: units.to_owned(), rows: options.iter().enumerate().map(row).collect() }.chart())
}

/// What an analyst reads.
fn annex(brief: &Brief<'_>, own: &Pictures) -> Vec<Block> {
    let plain = brief.plain();
    let exceedances = pictures::exceedances(brief.context, &plain.table, &brief.study.options, world_of(brief.study));
    let mut blocks = words::how_sure(brief);
    blocks.push(Block::Heading("All measures side by side".to_owned()));
    blocks.push(words::side_by_side(brief, false));
    blocks.extend(doubts::blocks(brief));
    blocks.extend(reached::targets(brief));
    blocks.extend(reached::tolerances(brief));
    blocks.extend(own.best.iter().cloned().chain(exceedances.into_iter().take(1)).map(Block::Figure));
    blocks.extend(own.by_value.iter().flat_map(|it| it.blocks(brief)));
    blocks.extend(doubts::inputs(brief));
    blocks.extend(words::all_differences(brief));
    blocks.extend(words::warnings(brief));
    blocks.push(words::method(brief));
    blocks
}
