//! Terms, notes and evidence in words.

use crate::chart::number::{count, fixed, percent};
use crate::measure::{Amount, Bearing, ChargedFor, DeskEvent, Evidence, Explained, Milestone, Note, Part, Reading};
use crate::model::Payer;
use crate::report::names::{Names, counted};
use crate::report::tables::plain;
use crate::time::SimTime;

/// What a term is about.
pub(super) fn part(n: Names<'_>, part: &Part) -> String {
    match part {
        Part::Layer(layer) => n.layer(*layer).to_owned(),
        Part::Recall => "the recall".to_owned(),
        Part::Operator(operator) => n.operator(*operator).to_owned(),
        Part::Traffic(traffic) => n.traffic(*traffic).to_owned(),
        Part::Station(station) => format!("{}, queue and work", n.station(*station)),
        Part::Queue(station) => format!("queue of {}", n.station(*station)),
        Part::Waits => "waits on the route".to_owned(),
        Part::After(station) => format!("after {}", n.station(*station)),
        Part::NoStation => "before the first station".to_owned(),
        Part::Step(step) => format!("{} ({})", n.step(*step), n.step_class(*step)),
        Part::Line(line) => line.name().to_owned(),
        Part::Payer(payer) => payer_name(*payer).to_owned(),
        Part::Charge(what, times) => charge(n, *what, *times),
        Part::Records(system, traffic) => format!("{} of {}", n.system(*system), n.traffic(*traffic)),
        Part::Business { rank, sightings, last } => format!(
            "business {rank}: {}, latest of {}",
            counted(u64::from(*sightings), "record", "records"),
            day(*last)
        ),
        Part::Together(one, other, traffic) => {
            format!("{} and {} of {} together", n.system(*one), n.system(*other), n.traffic(*traffic))
        }
        Part::InBoth(rank) => format!("business {rank}"),
        Part::Logged(system, traffic) => {
            format!("businesses that the logs show: {} of {}", n.system(*system), n.traffic(*traffic))
        }
        Part::Unlogged { once, twice } => format!(
            "more that these suggest: {} logged once, {} twice",
            counted(*once, "business", "businesses"),
            count(*twice)
        ),
        Part::AllCopies => "all copies".to_owned(),
        Part::LoggedOnce { once, of } => {
            format!("of {} logged, {} of businesses logged once", counted(*of, "copy", "copies"), count(*once))
        }
        Part::Rounding => "rounding in the running sum".to_owned(),
        Part::Attempt { at, worked } => format!("{}, {}", day(*at), if *worked { "worked" } else { "failed" }),
        Part::Item(item, at) => format!("item {}, {}", n.item(*item), day(*at)),
        Part::Signal { signal, operator, at } => {
            format!("signal {} about {}, {}", signal + 1, n.operator(*operator), day(*at))
        }
        Part::Case { case, operator, opened } => {
            format!("case {} on {}, since {}", n.case(*case), n.operator(*operator), day(*opened))
        }
        Part::Named(operator, at) => format!("{} is named, {}", n.operator(*operator), day(*at)),
        Part::Action(action, at) => format!("{}, {}", n.action(*action), day(*at)),
        Part::Ready(safeguard, at) => format!("{} works, {}", n.safeguard(*safeguard), day(*at)),
        Part::Under { from, to, severity, measures } => {
            let names: Vec<String> = measures.iter().map(|m| bearing(n, *m)).collect();
            let what = if names.is_empty() { "nothing".to_owned() } else { names.join(", ") };
            format!("day {} to {}: {what} (severity {})", from.day(), to.day(), plain(*severity))
        }
        Part::Held { from, to } => format!("day {} to {}", from.day(), to.day()),
        Part::Until(stone) => milestone(n, *stone),
        Part::WholeMinutes => "whole minutes that 95% of the stays reach or stay under".to_owned(),
        Part::WithinTheMinute => "the share of the minute in which the rank lies".to_owned(),
        Part::Longest => "the longest stay: the rank lies beyond two weeks".to_owned(),
    }
}

fn payer_name(payer: Payer) -> &'static str {
    match payer {
        Payer::State => "the state",
        Payer::Hub => "the hub",
        Payer::Operators => "the operators",
        Payer::Consignors => "consignors",
    }
}

fn charge(n: Names<'_>, what: ChargedFor, times: u32) -> String {
    let times = u64::from(times);
    match what {
        ChargedFor::Safeguard(safeguard) => n.safeguard(safeguard).to_owned(),
        ChargedFor::Layer(layer) => n.layer(layer).to_owned(),
        ChargedFor::Desk => "the desk".to_owned(),
        ChargedFor::Response(kind, operator) => {
            let often = if times > 1 { format!(", {} times", count(times)) } else { String::new() };
            format!("{} against {}{often}", kind.name(), n.operator(operator))
        }
        ChargedFor::FalseAlarm(layer) => {
            format!("{} of {}", counted(times, "false alarm", "false alarms"), n.layer(layer))
        }
        ChargedFor::Diverted(traffic) => {
            format!("{} of {}", counted(times, "consignment", "consignments"), n.traffic(traffic))
        }
        ChargedFor::Waiting => "queues".to_owned(),
        ChargedFor::Use(step) => format!("{} of {}", counted(times, "use", "uses"), n.step(step)),
        ChargedFor::Harm(traffic) => {
            format!("{} of {} that acted", counted(times, "item", "items"), n.traffic(traffic))
        }
    }
}

fn bearing(n: Names<'_>, bearing: Bearing) -> String {
    match bearing {
        Bearing::Watched => "watched by the desk".to_owned(),
        Bearing::Response(kind) => kind.name().to_owned(),
        Bearing::Safeguard(safeguard) => n.safeguard(safeguard).to_owned(),
    }
}

fn milestone(n: Names<'_>, stone: Milestone) -> String {
    match stone {
        Milestone::CampaignBegan => "until the campaign begins".to_owned(),
        Milestone::Noticed(layer, signal) => {
            format!("until {} notices something true (signal {})", n.layer(layer), signal + 1)
        }
        Milestone::Heard(_, signal) => format!("until the desk hears of signal {}", signal + 1),
        Milestone::Watched => "until the desk watches the campaign's operator".to_owned(),
        Milestone::CaseOpened(case) => format!("until case {} on it is opened", n.case(case)),
        Milestone::LinkFound(case) => format!("until case {} finds a link", n.case(case)),
        Milestone::Named => "until the desk names it".to_owned(),
        Milestone::Horizon => "until the end of the story".to_owned(),
    }
}

/// What stands beside the terms.
pub(super) fn note(n: Names<'_>, note: &Note) -> String {
    match note {
        Note::Belief { operator, highest, at, link } => {
            let link = if *link { "a case found a link" } else { "no case found a link" };
            format!("belief in {} was {} at most ({}); {link}", n.operator(*operator), percent(*highest), day(*at))
        }
        Note::NoTrueSignal => "no true signal reached the desk".to_owned(),
        Note::Guarded(times) => {
            format!("{} at guarded goods", counted(u64::from(*times), "more came to nothing", "more came to nothing"))
        }
        Note::Waiting(times) => {
            let waits = counted(u64::from(*times), "prepared alteration waits", "prepared alterations wait");
            format!("{waits} for goods within reach")
        }
        Note::Rank { minute, below, within, of } => format!(
            "of {} {} are shorter than {} min and {} lie within that minute",
            counted(*of, "stay", "stays"),
            count(*below),
            count(*minute),
            count(*within)
        ),
        Note::Longer { traffic, longer, of } => format!(
            "{}: {} of {} are longer ({})",
            n.traffic(*traffic),
            count(*longer),
            counted(*of, "stay", "stays"),
            percent(*longer as f64 / *of as f64)
        ),
        Note::MeanStay { traffic, stays, mean } => format!(
            "{}: {} of {} min on average",
            n.traffic(*traffic),
            counted(*stays, "stay", "stays"),
            fixed(mean.minutes(), 2)
        ),
        Note::MeanWait(station, ms) => {
            format!("queue of {}: {} min on average, all goods", n.station(*station), plain(*ms / 60_000.0))
        }
        Note::CountedOnce => "counted once".to_owned(),
    }
}

/// A kind of evidence, so many of it.
pub(super) fn evidence(n: Names<'_>, kind: Evidence, times: f64) -> String {
    let counted = |one: &str, many: &str| counted(libm::round(times) as u64, one, many);
    match kind {
        Evidence::TrueSignals(layer) => format!("{} of {}", counted("true signal", "true signals"), n.layer(layer)),
        Evidence::FalseSignals(layer) => format!("{} of {}", counted("false alarm", "false alarms"), n.layer(layer)),
        Evidence::Links => counted("stage with a link", "stages with a link"),
        Evidence::NoLinks => counted("stage without a link", "stages without a link"),
        Evidence::CleanAudits(layer) => {
            format!("{} of {}", counted("visit without a finding", "visits without a finding"), n.layer(layer))
        }
        Evidence::CleanItems(layer) => {
            format!("{} without an alarm of {}", counted("item", "items"), n.layer(layer))
        }
        Evidence::QuietDays(layer) => format!("{} of {}", counted("day of silence", "days of silence"), n.layer(layer)),
        Evidence::Fading => format!("fading, {}", counted("day", "days")),
    }
}

/// What the desk heard or did.
pub(super) fn event(n: Names<'_>, event: DeskEvent) -> String {
    match event {
        DeskEvent::Signal { signal, layer, genuine, nats, find, belief, .. } => {
            let kind = if genuine { "true" } else { "false alarm" };
            let find =
                if find == 0.0 { String::new() } else { format!(", {} of them for what was found", signed(find)) };
            format!(
                "signal {} of {} ({kind}): {} nats{find}; belief {}",
                signal + 1,
                n.layer(layer),
                signed(nats),
                percent(belief)
            )
        }
        DeskEvent::WatchBegan => "the desk begins to watch".to_owned(),
        DeskEvent::WatchEnded => "the desk stops watching".to_owned(),
        DeskEvent::CaseOpened { case, .. } => format!("case {} is opened", n.case(case)),
        DeskEvent::Stage { case, stage, link, nats, belief } => {
            let found = if link { "finds a link" } else { "finds no link" };
            let stage = n.stage(stage);
            format!("case {}: {stage} {found}: {} nats; belief {}", n.case(case), signed(nats), percent(belief))
        }
        DeskEvent::CaseClosed(case) => format!("case {} is closed", n.case(case)),
        DeskEvent::Named(rightly) => format!("the desk names it, {}", if rightly { "rightly" } else { "wrongly" }),
    }
}

/// A sum of terms in the unit of the measure, as people read it.
pub(super) fn amount(explained: &Explained, amount: Amount) -> String {
    let share = explained.measure.unit() == "share";
    match (explained.reading, amount) {
        (Reading::Itself, Amount::Real(x)) if share && x.abs() >= 5e-6 => format!("{}%", fixed(100.0 * x, 3)),
        (Reading::Itself, Amount::Real(x)) if share => percent(x),
        (Reading::Itself, Amount::Real(x)) => fixed(x, 2),
        (Reading::Itself | Reading::AnyAtAll | Reading::AMonth(_), sum) => count(sum.real() as u64),
        (Reading::Cents, sum) => format!("€{}", fixed(sum.real() / 100.0, 2)),
        (reading @ Reading::ShareOf(_), sum) => percent(reading.value(sum)),
        (reading @ Reading::Hours, sum) => format!("{} h", fixed(reading.value(sum), 2)),
        (reading @ Reading::Days, sum) => format!("{} d", fixed(reading.value(sum), 2)),
        (reading, sum) => format!("{} min", fixed(reading.value(sum), 2)),
    }
}

/// When what a term is about happened, if it has a time.
pub(super) fn when(part: &Part) -> Option<SimTime> {
    match part {
        Part::Attempt { at, .. }
        | Part::Item(_, at)
        | Part::Signal { at, .. }
        | Part::Case { opened: at, .. }
        | Part::Named(_, at)
        | Part::Action(_, at)
        | Part::Ready(_, at)
        | Part::Under { from: at, .. }
        | Part::Held { from: at, .. }
        | Part::Business { last: at, .. } => Some(*at),
        _ => None,
    }
}

/// `day 12`.
pub(super) fn day(at: SimTime) -> String {
    format!("day {}", at.day())
}

/// A number with its sign, two digits after the point.
pub(super) fn signed(x: f64) -> String {
    let text = fixed(x, 2);
    if text.starts_with('−') { text } else { format!("+{text}") }
}
