//! What is said when the story has ended.

use crate::measure::Measure;
use crate::model::{Exercise, World, WorldChoice};

/// The measures that a summary shows: what was lost, who was wronged, what it cost.
pub const KEY_MEASURES: [Measure; 9] = [
    Measure::CatalogueShare,
    Measure::Shipped,
    Measure::Harm,
    Measure::InvestigationDay,
    Measure::Attributed,
    Measure::WronglyAttributed,
    Measure::WrongfulActions,
    Measure::Burden,
    Measure::CostTotal,
];

/// What was true, in a sentence.
pub fn truth(exercise: &Exercise, world: World) -> String {
    let scenario = &exercise.scenario;
    let Some(campaign) = &scenario.campaign else { return "Nothing was going on.".to_owned() };
    let name = |id: crate::model::OperatorId| &scenario.operators[id.index()].id;
    match world {
        World::Real => format!("Something was going on, through {}.", name(campaign.uses)),
        World::Innocent => "Nothing was going on. Every sign was a false one.".to_owned(),
        World::Elsewhere => {
            format!("Something was going on, and not where one would look first: through {}.", name(campaign.elsewhere))
        }
    }
}

/// How the world was found, in a sentence.
pub fn how_found(exercise: &Exercise) -> String {
    let percent = crate::exercise::percent;
    match exercise.world {
        WorldChoice::Fixed(_) => "The exercise is always played in this world.".to_owned(),
        WorldChoice::Drawn { real, innocent, elsewhere } => format!(
            "The seed drew it: real {}, innocent {}, elsewhere {}.",
            percent(real.get()),
            percent(innocent.get()),
            percent(elsewhere.get())
        ),
    }
}
