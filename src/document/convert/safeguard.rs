//! Safeguards and what they change.

use super::{At, Context, Length, Noun};
use crate::document::Code;
use crate::document::shape::{self, Share};
use crate::model::{AimedAt, Effect, Layer, LayerId, Safeguard};

/// Burden of a safeguard that says nothing of it, by what it does and whom it is aimed at.
fn usual_severity(does: &[shape::Effect], aimed_at: &shape::AimedAt) -> Share {
    if does.iter().any(|effect| matches!(effect, shape::Effect::Remove { .. })) {
        Share::Percent(100.0)
    } else if matches!(aimed_at, shape::AimedAt::Nobody) {
        Share::Percent(0.0)
    } else {
        Share::Percent(5.0)
    }
}

/// What effects need to know about a document's layers.
pub(crate) struct Layers<'l> {
    /// Whether each one looks at items, by index; unknown if its form is wrong.
    pub(crate) per_item: &'l [Option<bool>],
}

impl Context<'_> {
    /// A safeguard stated in full.
    pub(crate) fn safeguard(
        &mut self,
        id: &str,
        safeguard: &shape::Safeguard,
        at: At,
        layers: &Layers,
        from_library: bool,
    ) -> Option<Safeguard> {
        let shape::Safeguard::Own { does, aimed_at, severity, paid_by, once, yearly, ready_after, legal, ids } =
            safeguard
        else {
            return None;
        };
        let place = at.field("does");
        let some = self.not_empty(does, place, "effect");
        let effects: Vec<Option<Effect>> =
            does.iter().enumerate().map(|(nth, effect)| self.effect(effect, place.nth(nth), layers)).collect();
        let aimed = match aimed_at {
            shape::AimedAt::Everyone => Some(AimedAt::Everyone),
            shape::AimedAt::Nobody => Some(AimedAt::Nobody),
            shape::AimedAt::Operator(name) => {
                self.operator_id(name, at.field("aimed_at").inside()).map(AimedAt::Operator)
            }
        };
        let severity = self.share(severity.unwrap_or_else(|| usual_severity(does, aimed_at)), at.field("severity"));
        let shape::Amount::Euro(euro) = *once;
        let once = self.money(euro, at.field("once"));
        let shape::YearlyAmount::EuroPerYear(euro) = *yearly;
        let yearly = self.money(euro, at.field("yearly"));
        let ready_after = self.duration(*ready_after, at.field("ready_after"), Length::Any);
        some?;
        Some(Safeguard {
            id: id.to_owned(),
            does: effects.into_iter().collect::<Option<_>>()?,
            aimed_at: aimed?,
            severity: severity?.get(),
            paid_by: *paid_by,
            once: once?,
            yearly: yearly?,
            ready_after: ready_after?,
            legal: *legal,
            ids: ids.clone(),
            from_library,
        })
    }

    fn effect(&mut self, effect: &shape::Effect, at: At, layers: &Layers) -> Option<Effect> {
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
            shape::Effect::Slow { station, by } => {
                let station = self.station_id(station, at.field("station"));
                let by = self.duration(*by, at.field("by"), Length::Any);
                Effect::Slow(station?, by?)
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

    /// The names of the layers that a safeguard brings; a report for each that is taken.
    pub(crate) fn define_layers(&mut self, safeguard: &shape::Safeguard, at: At) {
        for (id, _, place) in brought(safeguard, at) {
            if self.defines(Noun::Layer, id) {
                let message = format!("there is a layer `{}` already", crate::document::clip(id, 60));
                self.report(Code::DefinedTwice, place.field("id"), message, "give the layer another name");
            }
            self.good_name(id, at.file, place.field("id").node.span);
            self.define(Noun::Layer, id);
        }
    }

    /// The layers that a safeguard brings, in the order in which they were named.
    pub(crate) fn brought_layers(&mut self, safeguard: &shape::Safeguard, at: At) -> Vec<Option<Layer>> {
        brought(safeguard, at).map(|(id, layer, place)| self.layer(id, layer, place.field("layer"), false)).collect()
    }
}

/// The layers that a safeguard brings.
pub(crate) fn brought_shapes(safeguard: &shape::Safeguard) -> impl Iterator<Item = &shape::Layer> {
    let does: &[shape::Effect] = match safeguard {
        shape::Safeguard::Own { does, .. } => does,
        shape::Safeguard::Library(_) => &[],
    };
    does.iter().filter_map(|effect| match effect {
        shape::Effect::AddLayer { layer, .. } => Some(&**layer),
        _ => None,
    })
}

/// Where each of them stands.
pub(crate) fn brought_places<'d>(safeguard: &shape::Safeguard, at: At<'d>) -> Vec<At<'d>> {
    brought(safeguard, at).map(|(.., place)| place.field("layer")).collect()
}

fn brought<'s, 'd>(
    safeguard: &'s shape::Safeguard,
    at: At<'d>,
) -> impl Iterator<Item = (&'s str, &'s shape::Layer, At<'d>)> + use<'s, 'd> {
    let does: &[shape::Effect] = match safeguard {
        shape::Safeguard::Own { does, .. } => does,
        shape::Safeguard::Library(_) => &[],
    };
    let place = at.field("does");
    does.iter().enumerate().filter_map(move |(nth, effect)| match effect {
        shape::Effect::AddLayer { id, layer } => Some((id.as_str(), &**layer, place.nth(nth))),
        _ => None,
    })
}
