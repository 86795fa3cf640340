//! What a safeguard changes.

use super::{At, Context, Length};
use crate::document::Code;
use crate::document::shape;
use crate::model::{Effect, LayerId, StepClass, StepClasses};

/// What effects need to know about a document's layers.
pub(crate) struct Layers<'l> {
    /// Whether each one looks at items, by index; unknown if its form is wrong.
    pub(crate) per_item: &'l [Option<bool>],
}

impl Context<'_> {
    /// A change that a safeguard makes.
    pub(crate) fn effect(&mut self, effect: &shape::Effect, at: At, layers: &Layers) -> Option<Effect> {
        Some(match effect {
            shape::Effect::Minimise { system, by } => {
                let system = self.system_id(system, at.field("system"));
                let by = self.share(*by, at.field("by"));
                Effect::Minimise(system?, by?)
            }
            shape::Effect::MinimiseAll { by } => Effect::MinimiseAll(self.share(*by, at.field("by"))?),
            shape::Effect::BlockDemands { operator, by } => {
                let operator = self.operator_id(operator, at.field("operator"));
                let by = self.share(*by, at.field("by"));
                Effect::BlockDemands(operator?, by?)
            }
            shape::Effect::BlockAllDemands { by } => Effect::BlockAllDemands(self.share(*by, at.field("by"))?),
            shape::Effect::Keep { system, to } => {
                let system = self.system_id(system, at.field("system"));
                let to = self.duration(*to, at.field("to"), Length::Any);
                Effect::Keep(system?, to?)
            }
            shape::Effect::KeepAll { to } => Effect::KeepAll(self.duration(*to, at.field("to"), Length::Any)?),
            shape::Effect::Hinder { steps, by } => {
                let steps = self.hindered(steps, at.field("steps"));
                let by = self.share(*by, at.field("by"));
                Effect::Hinder(steps?, by?)
            }
            shape::Effect::Reset { operator, every } => {
                let operator = self.operator_id(operator, at.field("operator"));
                let every = self.interval(*every, at.field("every"));
                Effect::Reset(operator?, every?)
            }
            shape::Effect::ResetAll { every } => Effect::ResetAll(self.interval(*every, at.field("every"))?),
            shape::Effect::GuardGoods { by } => Effect::GuardGoods(self.share(*by, at.field("by"))?),
            // The layer itself is converted with all other layers.
            shape::Effect::AddLayer { id, .. } => Effect::AddLayer(self.layer_id(id, at.field("id"))?),
            shape::Effect::Cover { layer, to } => {
                let layer = self.layer_id(layer, at.field("layer"));
                let to = self.share(*to, at.field("to"));
                Effect::Cover(layer?, to?)
            }
            shape::Effect::Catch { layer, to } => {
                let place = at.field("layer");
                let layer = self.layer_id(layer, place);
                let to = self.share(*to, at.field("to"));
                let layer: LayerId = layer?;
                if layers.per_item.get(layer.index()) == Some(&Some(false)) {
                    let message = format!("`{}` does not look at items, so that it catches none", self.written(place));
                    self.report(Code::Contradiction, place, message, "name a layer whose method is PerItem");
                    return None;
                }
                Effect::Catch(layer, to?)
            }
            shape::Effect::Sharpen { by } => Effect::Sharpen(self.share(*by, at.field("by"))?),
            shape::Effect::Trace { to } => Effect::Trace(self.share(*to, at.field("to"))?),
            shape::Effect::HastenRecall { to } => Effect::HastenRecall(self.rate(*to, at.field("to"))?),
            shape::Effect::Slow { station, by } => {
                let station = self.station_id(station, at.field("station"));
                let by = self.duration(*by, at.field("by"), Length::Any);
                Effect::Slow(station?, by?)
            }
            shape::Effect::SlowJob { job, by } => {
                Effect::SlowJob(*job, self.duration(*by, at.field("by"), Length::Any)?)
            }
            shape::Effect::Staff { station, more } => {
                let station = self.station_id(station, at.field("station"));
                let more = self.count(*more, at.field("more"), 1, 1000, "number of additional servers");
                Effect::Staff(station?, more?)
            }
            shape::Effect::Analysts { more } => {
                Effect::Analysts(self.count(*more, at.field("more"), 1, 1000, "number of additional analysts")?)
            }
            shape::Effect::Remove { operator, moves_elsewhere } => {
                let operator = self.operator_id(operator, at.field("operator"));
                let moves = self.share(*moves_elsewhere, at.field("moves_elsewhere"));
                Effect::Remove(operator?, moves?)
            }
        })
    }

    fn hindered(&mut self, steps: &[StepClass], at: At) -> Option<StepClasses> {
        self.not_empty(steps, at, "class of steps")?;
        self.no_repeats(steps, at);
        if let Some(nth) = steps.iter().position(|class| *class == StepClass::Compel) {
            let message = "a demand is not an attempt that could be hindered";
            self.report(Code::Contradiction, at.nth(nth), message, "use BlockDemands or BlockAllDemands for it");
            return None;
        }
        Some(StepClasses::of(steps))
    }
}
