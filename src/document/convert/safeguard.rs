//! Safeguards and what they change.

use super::{At, Context, Layers, Length, Noun};
use crate::document::shape::{self, Share};
use crate::document::{Code, clip};
use crate::model::{AimedAt, Effect, Grade, Layer, Safeguard};

/// Characters of a safeguard's title.
const LONGEST_TITLE: usize = 80;

fn is_line(title: &str) -> bool {
    !title.trim().is_empty() && clip(title, LONGEST_TITLE) == title
}

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

impl Context<'_> {
    /// A safeguard stated in full.
    pub(crate) fn safeguard(
        &mut self,
        id: &str,
        safeguard: &shape::Safeguard,
        at: At,
        layers: &Layers,
        from_library: bool,
        unsourced: Option<Grade>,
    ) -> Option<Safeguard> {
        let shape::Safeguard::Own {
            title,
            does,
            aimed_at,
            severity,
            paid_by,
            once,
            yearly,
            ready_after,
            legal,
            ids,
            grade,
            source,
        } = safeguard
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
        if title.as_ref().is_some_and(|title| !is_line(title)) {
            let help = format!("write a line of at most {LONGEST_TITLE} characters");
            self.report(Code::BadName, at.field("title"), "the title is empty, too long, or does not print", help);
        }
        let ids = self.standard_ids(ids, at.field("ids"));
        some?;
        Some(Safeguard {
            id: id.to_owned(),
            title: title.clone(),
            does: effects.into_iter().collect::<Option<_>>()?,
            aimed_at: aimed?,
            severity: severity?.get(),
            paid_by: *paid_by,
            once: once?,
            yearly: yearly?,
            ready_after: ready_after?,
            legal: *legal,
            ids,
            grade: grade.or(unsourced)?,
            source: source.clone(),
            from_library,
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
