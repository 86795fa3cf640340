//! Values of measures, in words that fit their units: targets, tolerances, and what is chosen among.

use super::{At, Context, Named, Noun};
use crate::document::locate::did_you_mean;
use crate::document::study::Sections;
use crate::document::{Code, Span, clip, shape};
use crate::model::{Bound, Corner, Measure, Optimise, OptionId, SafeguardId, Target, Tolerance};

/// Safeguards that designs are made of: as many as a design has bits.
const MOST_SAFEGUARDS: usize = 64;

pub(super) fn measure(id: &str, at: At, context: &mut Context) -> Option<Measure> {
    measure_at(id, at.node.span, context)
}

pub(super) fn measure_at(id: &str, span: Span, context: &mut Context) -> Option<Measure> {
    let measure = Measure::by_id(id);
    if measure.is_none() {
        let known: Vec<String> = Measure::all().map(|it| it.id().to_owned()).collect();
        let help = did_you_mean(id, &known, "measures");
        context.report_span(Code::UnknownId, 0, span, format!("there is no measure `{}`", clip(id, 60)), help);
    }
    measure
}

/// A value in the unit of its measure.
pub(super) fn amount(level: shape::Level, measure: Measure, at: At, context: &mut Context) -> Option<f64> {
    let share = measure.is_share();
    let (value, fits, wanted) = match (level, measure.unit()) {
        (shape::Level::Percent(n), _) if share => (n / 100.0, true, ""),
        (shape::Level::Days(n), "day" | "subject-days") => (n, true, ""),
        (shape::Level::Hours(n), "h") => (n, true, ""),
        (shape::Level::Minutes(n), "min") => (n, true, ""),
        (shape::Level::Hours(n), "min") => (60.0 * n, true, ""),
        (shape::Level::Euro(n), "€") => (n, true, ""),
        (shape::Level::Number(n), unit) if !share && !["day", "subject-days", "h", "min", "€"].contains(&unit) => {
            (n, true, "")
        }
        (_, "day" | "subject-days") => (0.0, false, "Days(…)"),
        (_, "h") => (0.0, false, "Hours(…)"),
        (_, "min") => (0.0, false, "Minutes(…)"),
        (_, "€") => (0.0, false, "Euro(…)"),
        _ if share => (0.0, false, "Percent(…)"),
        _ => (0.0, false, "Number(…)"),
    };
    if !fits {
        let message = format!("`{}` is not in the unit of {}", context.written(at), measure.label());
        context.report(Code::UnitOfMeasure, at, message, format!("write {wanted}"));
        return None;
    }
    context.number(value, at, 0.0, 1e15)
}

/// A side of a value, in the unit of its measure.
pub(super) fn target(target: shape::Target, measure: Measure, at: At, context: &mut Context) -> Option<Target> {
    let (bound, level) = match target {
        shape::Target::AtMost(level) => (Bound::AtMost, level),
        shape::Target::AtLeast(level) => (Bound::AtLeast, level),
    };
    Some(Target { measure, bound, value: amount(level, measure, at, context)? })
}

pub(super) fn tolerances(all: &Sections, context: &mut Context) -> Option<Vec<Tolerance>> {
    let one = |it: &Named<'_, Vec<shape::Corner>>, context: &mut Context| {
        let measure = measure_at(&it.id, it.key, context)?;
        let corner = |(n, corner): (usize, &shape::Corner)| {
            let at = it.at.nth(n);
            let value = amount(corner.more_than, measure, at.field("more_than"), context);
            let in_at_most = context.share(corner.in_at_most, at.field("in_at_most"));
            Some(Corner { value: value?, in_at_most: in_at_most?.get() })
        };
        let corners: Vec<Option<Corner>> = it.value.as_ref()?.iter().enumerate().map(corner).collect();
        let corners: Vec<Corner> = corners.into_iter().collect::<Option<_>>()?;
        if corners.is_empty() {
            let help = "write one, such as (more_than: Percent(20), in_at_most: Percent(5))";
            context.report(Code::Empty, it.at, "there is nothing that would be tolerated or not", help);
            return None;
        }
        if let Some(n) =
            corners.windows(2).position(|two| two[0].value >= two[1].value || two[0].in_at_most < two[1].in_at_most)
        {
            let message = "a larger value must be listed after a smaller one, and be tolerated no more often";
            let help = "order the list by `more_than`, with shares that fall";
            context.report(Code::NotFalling, it.at.nth(n + 1), message, help);
            return None;
        }
        Some(Tolerance { measure, corners })
    };
    let all: Vec<Option<Tolerance>> = all.tolerances.iter().map(|it| one(it, context)).collect();
    all.into_iter().collect()
}

pub(super) fn optimise(
    asked: &shape::Optimise,
    (measure, reference): (Measure, OptionId),
    at: At,
    context: &mut Context,
) -> Option<Optimise> {
    let list = at.field("among");
    context.no_repeats(&asked.among, list);
    let among: Vec<Option<usize>> =
        asked.among.iter().enumerate().map(|(n, id)| context.resolve(Noun::Safeguard, id, list.nth(n))).collect();
    let among: Option<Vec<SafeguardId>> = among.into_iter().map(|it| it.map(SafeguardId::from_index)).collect();
    if asked.among.is_empty() || asked.among.len() > MOST_SAFEGUARDS {
        let message = format!("{} safeguards are listed", asked.among.len());
        let help = format!("list 1 to {MOST_SAFEGUARDS} safeguards of the scenario");
        context.report(Code::CountOutOfRange, list, message, help);
        return None;
    }
    let on_top_of = match &asked.on_top_of {
        Some(id) => OptionId::from_index(context.resolve(Noun::Option, id, at.field("on_top_of"))?),
        None => reference,
    };
    let delta = amount(asked.delta, measure, at.field("delta"), context)?;
    if delta <= 0.0 {
        let message = "no number of runs tells designs apart that differ in nothing";
        let help = "write the smallest difference that is worth telling, such as Percent(2)";
        context.report(Code::NumberOutOfRange, at.field("delta"), message, help);
        return None;
    }
    let most = asked.among.len() as u32;
    let at_most = asked
        .at_most
        .map_or(Some(most), |n| context.count(n, at.field("at_most"), 1, most, "number of safeguards of a design"))?;
    let limits = at.field("limits");
    let limit = |(id, wanted): (&String, &shape::Target)| {
        let measure = measure_at(id, limits.key(id), context)?;
        target(*wanted, measure, limits.field(id), context)
    };
    let limits: Vec<Option<Target>> = asked.limits.iter().map(limit).collect();
    Some(Optimise {
        among: among?,
        on_top_of,
        delta,
        at_most: at_most as usize,
        limits: limits.into_iter().collect::<Option<_>>()?,
    })
}
