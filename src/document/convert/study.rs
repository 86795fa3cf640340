//! Studies: what is compared, on what, and how exactly.

use super::measured::{amount, measure, measure_at, optimise, target, tolerances};
use super::{At, Context, Noun};
use crate::document::locate::did_you_mean;
use crate::document::study::Sections;
use crate::document::{Code, clip, shape};
use crate::model::{
    AS_WRITTEN, HalfWidth, Measure, OptionId, Payer, Precision, Scenario, Study, Target, World, WorldSet, Worth,
};

/// Percentages that a person has typed sum to 100 up to this.
const ROUNDING: f64 = 1e-9;
/// Runs of one option in one world.
const MOST_RUNS: u32 = 1_000_000;
/// The study, if all of it is right. What is wrong is reported either way.
pub(crate) fn convert(all: &Sections, scenario: Option<&Scenario>, context: &mut Context) -> Option<Study> {
    let root = all.root;
    if let (Some(own), Some(scenario)) = (all.handling, scenario)
        && (own as u8) < (scenario.handling as u8)
    {
        let message = format!("the scenario is {}, and the study only {}", scenario.handling.label(), own.label());
        let help = "set the study's `handling` to that of its scenario, or a stricter one";
        context.report(Code::LooserHandling, root.field("handling"), message, help);
    }
    let options = options(all, scenario, context);
    let worlds = worlds(all, scenario, context);
    let main_measure = match &all.main_measure {
        Some(id) => measure(id, root.field("main_measure"), context),
        None => Some(Measure::CatalogueShare),
    };
    let measures = measures(all, main_measure, context);
    let targets: Vec<Option<Target>> = all
        .targets
        .iter()
        .map(|it| {
            let measure = measure_at(&it.id, it.key, context)?;
            target(it.value?, measure, it.at, context)
        })
        .collect();
    let tolerances = tolerances(all, context);
    context.no_repeats(&all.perspective, root.field("perspective"));
    let price_year = all.price_year.and_then(|year| {
        context.count(year, root.field("price_year"), 1900, 2200, "year of prices").map(|year| year as u16)
    });
    let discount_rate = match all.discount_rate {
        Some(rate) => context.share(rate, root.field("discount_rate")).map(|rate| rate.get()),
        None => Some(0.0),
    };
    let worth = match (&all.worth, main_measure) {
        (Some(worth), Some(measure)) => worth_of(worth, measure, root.field("worth"), context),
        _ => None,
    };
    let budget =
        all.budget.and_then(|shape::Amount::Euro(euro)| context.money(euro, root.field("budget")).map(|_| euro));
    let draws =
        all.draws.map_or(Some(0), |n| context.count(n, root.field("draws"), 0, 100_000, "number of world draws"));
    let least = if draws.unwrap_or(0) == 0 { 2 } else { 1 };
    let default = if draws.unwrap_or(0) == 0 { 50 } else { 10 };
    let replications = all.replications.map_or(Some(default), |n| {
        context.count(n, root.field("replications"), least, MOST_RUNS, "number of replications")
    });
    let precision = all.precision.and_then(|it| precision(it, main_measure?, root.field("precision"), context));
    if let (Some(draws), Some(replications)) = (draws, replications) {
        amount_of_work(all, draws, replications, scenario, context);
    }
    let mut named = |sets: &[crate::document::study::Set<'_>]| -> Vec<WorldSet> {
        sets.iter()
            .map(|set| {
                context.good_name(&set.id, 0, set.key);
                let sets = set.values.iter().map(|(path, _, text)| ((*path).to_owned(), (*text).to_owned())).collect();
                WorldSet { id: set.id.clone(), title: set.title.clone().unwrap_or_default(), sets }
            })
            .collect()
    };
    let (sets, adversary_moves) = (named(&all.sets), named(&all.moves));
    let adversary_wants = match &all.adversary_wants {
        Some(id) => measure(id, root.field("adversary_wants"), context),
        None => Some(Measure::CatalogueShare),
    };
    let optimise = match (&all.optimise, main_measure, options.as_ref()) {
        (Some(asked), Some(measure), Some((_, reference))) => {
            Some(optimise(asked, (measure, *reference), root.field("optimise"), context)?)
        }
        _ => None,
    };
    let weights = weights(all, &sets, context);
    let (options, reference) = options?;
    Some(Study {
        title: all.title.clone()?,
        handling: all.handling?,
        options,
        reference,
        worlds: worlds?,
        main_measure: main_measure?,
        measures: measures?,
        targets: targets.into_iter().collect::<Option<_>>()?,
        tolerances: tolerances?,
        perspective: if all.perspective.is_empty() { Payer::ALL.to_vec() } else { all.perspective.clone() },
        price_year,
        discount_rate: discount_rate?,
        worth,
        budget,
        draws: draws?,
        replications: replications?,
        precision,
        seed: all.seed.unwrap_or(1),
        optimise,
        adversary_moves,
        adversary_wants: adversary_wants?,
        world_sets: sets,
        weights,
    })
}

fn options(all: &Sections, scenario: Option<&Scenario>, context: &mut Context) -> Option<(Vec<OptionId>, OptionId)> {
    let scenario = scenario?;
    let list = all.root.field("options");
    context.no_repeats(&all.options, list);
    let named: Vec<Option<usize>> =
        all.options.iter().enumerate().map(|(n, id)| context.resolve(Noun::Option, id, list.nth(n))).collect();
    let named: Vec<OptionId> = named.into_iter().map(|it| it.map(OptionId::from_index)).collect::<Option<_>>()?;
    let options =
        if named.is_empty() { (0..scenario.options.len()).map(OptionId::from_index).collect() } else { named };
    let reference = match &all.reference {
        Some(id) => OptionId::from_index(context.resolve(Noun::Option, id, all.root.field("reference"))?),
        None => scenario.compare_with,
    };
    if options.len() < 2 {
        let message = "there is but one option, and nothing to compare it with";
        context.report_head(
            Code::NothingToCompare,
            list,
            message,
            "name two options or more, the reference among them",
        );
        return None;
    }
    if !options.contains(&reference) {
        let id = &scenario.options[reference.index()].id;
        let message = format!("the reference option `{}` is not among the options", clip(id, 60));
        context.report_head(Code::NothingToCompare, list, message, "add it to `options`, or name another `reference`");
        return None;
    }
    Some((options, reference))
}

fn worlds(all: &Sections, scenario: Option<&Scenario>, context: &mut Context) -> Option<Vec<World>> {
    let campaign = scenario?.campaign.is_some();
    let named: Vec<World> = all
        .worlds
        .iter()
        .map(|world| match world {
            shape::StudiedWorld::Real => World::Real,
            shape::StudiedWorld::Innocent => World::Innocent,
            shape::StudiedWorld::Elsewhere => World::Elsewhere,
        })
        .collect();
    let list = all.root.field("worlds");
    context.no_repeats(&named, list);
    if named.iter().any(|world| *world != World::Innocent) && !campaign {
        let message = "the scenario has no campaign, so that its only world is the innocent one";
        context.report(Code::NoCampaign, list, message, "leave `worlds` out, or add a campaign to the scenario");
        return None;
    }
    Some(match (named.is_empty(), campaign) {
        (false, _) => named,
        (true, true) => World::ALL.to_vec(),
        (true, false) => vec![World::Innocent],
    })
}

fn measures(all: &Sections, main: Option<Measure>, context: &mut Context) -> Option<Vec<Measure>> {
    let list = all.root.field("measures");
    context.no_repeats(&all.measures, list);
    let named: Vec<Option<Measure>> =
        all.measures.iter().enumerate().map(|(n, id)| measure(id, list.nth(n), context)).collect();
    let named: Vec<Measure> = named.into_iter().collect::<Option<_>>()?;
    let rest = if named.is_empty() { Study::SHOWN.to_vec() } else { named };
    let main = main?;
    Some(std::iter::once(main).chain(rest.into_iter().filter(|it| *it != main)).collect())
}

fn worth_of(worth: &shape::Worth, measure: Measure, at: At, context: &mut Context) -> Option<Worth> {
    let averting = amount(worth.averting, measure, at.field("averting"), context)?;
    let shape::Amount::Euro(euro) = worth.is;
    context.money(euro, at.field("is"))?;
    if averting <= 0.0 {
        let message = "nothing is averted, so that nothing can be worth anything";
        context.report(
            Code::NumberOutOfRange,
            at.field("averting"),
            message,
            "write how much is averted, such as Percent(1)",
        );
        return None;
    }
    Some(Worth { a_unit: euro / averting, averting, source: worth.source.clone() })
}

fn precision(it: shape::Precision, measure: Measure, at: At, context: &mut Context) -> Option<Precision> {
    let place = at.field("half_width");
    let half_width = match it.half_width {
        shape::HalfWidth::OfReference(share) => HalfWidth::OfReference(context.share(share, place)?.get()),
        shape::HalfWidth::Absolute(level) => HalfWidth::Absolute(amount(level, measure, place.inside(), context)?),
    };
    let (HalfWidth::OfReference(width) | HalfWidth::Absolute(width)) = half_width;
    if width <= 0.0 {
        let message = "no number of runs gives an interval of no width";
        context.report(
            Code::NumberOutOfRange,
            place,
            message,
            "write how wide it may be, such as OfReference(Percent(10))",
        );
        return None;
    }
    let at_most = context.count(it.at_most, at.field("at_most"), 2, MOST_RUNS, "number of runs")?;
    Some(Precision { half_width, at_most })
}

fn amount_of_work(all: &Sections, draws: u32, replications: u32, scenario: Option<&Scenario>, context: &mut Context) {
    let units = match all.precision {
        Some(precision) => precision.at_most,
        None if draws > 0 => draws,
        None => replications,
    };
    let each = if draws > 0 { u64::from(replications) } else { 1 };
    if u64::from(units) * each > u64::from(MOST_RUNS) {
        let message = format!("that is more than {MOST_RUNS} runs of each option in each world");
        context.report_span(Code::LimitExceeded, 0, all.root.key("replications"), message, "lower one of the numbers");
    }
    if draws == 1 {
        let message = "one world draw says nothing of doubt";
        context.report(
            Code::CountOutOfRange,
            all.root.field("draws"),
            message,
            "write 2 or more, or 0 for numbers as written",
        );
    }
    if draws > 0 && scenario.is_some_and(|scenario| scenario.ranges().next().is_none()) {
        let message = "neither the study nor its scenario has a range to draw from";
        let help = "write one under `assumptions`, such as Uniform(low: …, high: …, …)";
        context.report(Code::Empty, all.root.field("draws"), message, help);
    }
}

fn weights(all: &Sections, sets: &[WorldSet], context: &mut Context) -> Option<Vec<f64>> {
    if all.weights.is_empty() {
        return None;
    }
    let known: Vec<String> =
        std::iter::once(AS_WRITTEN.to_owned()).chain(sets.iter().map(|set| set.id.clone())).collect();
    let mut weights = vec![0.0; known.len()];
    for it in &all.weights {
        match known.iter().position(|id| *id == it.id) {
            Some(nth) => weights[nth] = context.share(it.value?, it.at)?.get(),
            None => {
                let message = format!("there is no world set `{}`", clip(&it.id, 60));
                let help = did_you_mean(&it.id, &known, "world sets");
                context.report_span(Code::UnknownId, 0, it.key, message, help);
                return None;
            }
        }
    }
    let sum: f64 = weights.iter().sum();
    if (sum - 1.0).abs() > ROUNDING {
        let message = format!("the weights sum to {} %", (sum * 1e6).round() / 1e4);
        context.report_head(
            Code::WeightsSum,
            all.root.field("weights"),
            message,
            "change them so that they sum to 100 %",
        );
        return None;
    }
    Some(weights)
}
