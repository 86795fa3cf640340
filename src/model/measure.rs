//! The outcome measures: name, unit, direction and definition, once for charts, tables and the method page.

use crate::model::{Line, Payer};

/// An outcome measure of one replication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Share of the catalogue that the adversary knows.
    CatalogueShare,
    /// Facts known and fresh.
    FactsKnown,
    /// Businesses of which records have left.
    FactsSeen,
    /// What the logs suggest for it.
    FactsSeenEstimate,
    /// Share of the copies that are of businesses which the logs show.
    LoggedCoverage,
    /// Attempts to alter goods.
    AlterationsAttempted,
    /// Goods altered.
    Altered,
    /// Altered goods that left unnoticed.
    Shipped,
    /// Altered goods found in time.
    Found,
    /// Altered goods that have not acted.
    Latent,
    /// Altered goods that acted.
    Activated,
    /// Harm index.
    Harm,
    /// Share of the time in which the campaign held its operator.
    ControlShare,
    /// Day of the first true signal.
    FirstSignalDay,
    /// Day of the first case about the right operator.
    InvestigationDay,
    /// Whether people led to the first case about the right operator.
    DetectedByTip,
    /// Day of the right attribution.
    AttributionDay,
    /// Whether the right operator was named.
    Attributed,
    /// Whether a wrong one was.
    WronglyAttributed,
    /// False alarms a month.
    FalseAlarmsAMonth,
    /// Analysts' time on false alarms.
    FalseAlarmHours,
    /// Drastic acts against the uninvolved.
    WrongfulActions,
    /// Burden on the uninvolved.
    Burden,
    /// Mean time in the hub.
    MeanSojourn,
    /// 95th percentile of the time in the hub.
    P95Sojourn,
    /// Consignments out.
    Throughput,
    /// Consignments lost to the hub.
    ThroughputLost,
    /// Exposure moved to another hub.
    ExposureMoved,
    /// Consignments in the building.
    InBuilding,
    /// Cases still open.
    OpenCases,
    /// All costs.
    CostTotal,
    /// What one payer pays.
    CostOf(Payer),
    /// What is paid on one line of the ledger.
    CostOn(Line),
}

/// Which direction is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// Less of it.
    Lower,
    /// More of it.
    Higher,
    /// Neither: it describes.
    Neither,
}

/// How a measure's values are to be treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// A number; means and differences make sense.
    Number,
    /// 0 or 1; its mean is a probability.
    YesNo,
    /// A day that may lie beyond the horizon; then it is censored, and a mean of what was seen would mislead.
    Time,
}

/// Everything said about a measure.
struct Entry {
    measure: Measure,
    id: &'static str,
    label: &'static str,
    unit: &'static str,
    better: Better,
    nature: Nature,
    definition: &'static str,
}

impl Measure {
    /// How many there are.
    pub const COUNT: usize = ENTRIES.len();

    /// All measures in the order of tables.
    pub fn all() -> impl Iterator<Item = Measure> {
        ENTRIES.iter().map(|e| e.measure)
    }

    /// The measure with this id.
    pub fn by_id(id: &str) -> Option<Measure> {
        ENTRIES.iter().find(|e| e.id == id).map(|e| e.measure)
    }

    /// Place in tables.
    pub fn index(self) -> usize {
        match self {
            Measure::CostOf(payer) => COSTS_FROM + payer as usize,
            Measure::CostOn(line) => COSTS_FROM + Payer::ALL.len() + line as usize,
            plain => ENTRIES.iter().position(|e| e.measure == plain).unwrap_or(0),
        }
    }

    /// Name in files, such as `catalogue_share`.
    pub fn id(self) -> &'static str {
        self.entry().id
    }

    /// Name for people.
    pub fn label(self) -> &'static str {
        self.entry().label
    }

    /// Unit; empty for a plain count.
    pub fn unit(self) -> &'static str {
        self.entry().unit
    }

    /// Which direction is better.
    pub fn better(self) -> Better {
        self.entry().better
    }

    /// How its values are to be treated.
    pub fn nature(self) -> Nature {
        self.entry().nature
    }

    /// Whether its mean is a share or a probability, so that differences are in points.
    pub fn is_share(self) -> bool {
        self.unit() == "share" || self.nature() == Nature::YesNo
    }

    /// What it counts, in a sentence.
    pub fn definition(self) -> &'static str {
        self.entry().definition
    }

    fn entry(self) -> &'static Entry {
        &ENTRIES[self.index()]
    }
}

macro_rules! entries {
    ($($measure:expr, $id:literal, $label:literal, $unit:literal, $better:ident, $nature:ident, $definition:literal;)*) => {
        &[$(Entry {
            measure: $measure,
            id: $id,
            label: $label,
            unit: $unit,
            better: Better::$better,
            nature: Nature::$nature,
            definition: $definition,
        }),*]
    };
}

use Measure::*;

/// Where the cost columns begin.
const COSTS_FROM: usize = 31;

const ENTRIES: &[Entry] = entries! {
    CatalogueShare, "catalogue_share", "catalogue known", "share", Lower, Number,
        "Value of the facts that the adversary knows at the horizon, faded by their age, as a share of the value in the hub's data.";
    FactsKnown, "facts_known", "facts known and fresh", "facts", Lower, Number,
        "Businesses that the adversary more likely knows than not, from records younger than their half-life.";
    FactsSeen, "facts_seen", "businesses in copies", "facts", Lower, Number,
        "Businesses of which at least one record left the hub, by system and traffic class.";
    FactsSeenEstimate, "facts_seen_estimate", "businesses in copies, by the logs", "facts", Neither, Number,
        "What defenders would estimate from the logs for the businesses in copies: Chao's lower bound from how often each business was logged.";
    LoggedCoverage, "logged_coverage", "copies of businesses that the logs know", "share", Neither, Number,
        "Good and Turing's estimate, from the logs, of the share of copies that are of businesses which the logs show.";
    AlterationsAttempted, "alterations_attempted", "alterations attempted", "", Lower, Number,
        "Attempts to alter goods that ran to their end, whether or not they worked.";
    Altered, "altered", "goods altered", "consignments", Lower, Number,
        "Consignments that were altered in the hub.";
    Shipped, "shipped", "altered goods shipped", "consignments", Lower, Number,
        "Altered consignments that left the hub unnoticed.";
    Found, "found", "altered goods found", "consignments", Higher, Number,
        "Altered consignments that a layer or a recall found before they acted.";
    Latent, "latent", "altered goods latent", "consignments", Lower, Number,
        "Altered consignments outside at the horizon that have not acted yet.";
    Activated, "activated", "altered goods that acted", "consignments", Lower, Number,
        "Altered consignments that acted before the horizon.";
    Harm, "harm", "harm index", "", Lower, Number,
        "Sum over altered goods that acted of the criticality of their class, less what is averted because somebody looks again downstream.";
    ControlShare, "control_share", "time with a hold", "share", Lower, Number,
        "Share of the story, from the warm-up on, in which a Recruit or Compel step of the campaign has worked and still holds.";
    FirstSignalDay, "first_signal_day", "first true signal", "day", Lower, Time,
        "Day on which the desk first heard a signal with something behind it.";
    InvestigationDay, "investigation_day", "investigation", "day", Lower, Time,
        "Day on which the first case about the campaign's operator was opened.";
    DetectedByTip, "detected_by_tip", "case opened on a tip", "probability", Neither, YesNo,
        "Of runs with a case about the campaign's operator: whether the true signal before it came from people who speak up (tips, whistleblowers, services) and not from a control.";
    AttributionDay, "attribution_day", "attribution", "day", Lower, Time,
        "Day on which the desk rightly named the campaign's operator.";
    Attributed, "attributed", "rightly attributed", "probability", Higher, YesNo,
        "Whether the desk rightly named the campaign's operator before the horizon.";
    WronglyAttributed, "wrongly_attributed", "wrongly attributed", "probability", Lower, YesNo,
        "Whether the desk named an operator that takes no part.";
    FalseAlarmsAMonth, "false_alarms_a_month", "false alarms", "a month", Lower, Number,
        "Signals with nothing behind them that reached the desk, for each 30.4 days.";
    FalseAlarmHours, "false_alarm_hours", "analysts' time on false alarms", "h", Lower, Number,
        "Hours that analysts spent on signals with nothing behind them.";
    WrongfulActions, "wrongful_actions", "wrongful actions", "actions", Lower, Number,
        "Restrictions, suspensions, replacements and removals of operators that take no part in a campaign.";
    Burden, "burden", "burden on the uninvolved", "subject-days", Lower, Number,
        "Days that operators which take no part spent under measures, times the severity of the measures.";
    MeanSojourn, "mean_sojourn_min", "mean time in the hub", "min", Lower, Number,
        "Mean time from arrival to departure of consignments that arrived after the warm-up and left by the horizon.";
    P95Sojourn, "p95_sojourn_min", "95th percentile of time in the hub", "min", Lower, Number,
        "95th percentile of the same times, to the minute.";
    Throughput, "throughput", "consignments out", "consignments", Higher, Number,
        "Consignments that left the hub by the horizon.";
    ThroughputLost, "throughput_lost", "consignments lost to the hub", "consignments", Lower, Number,
        "Consignments that went to another hub or were turned away because of a measure.";
    ExposureMoved, "exposure_moved", "exposure moved elsewhere", "consignments", Lower, Number,
        "Sensitive consignments of the campaign's operator that went to another hub: exposed there, not protected.";
    InBuilding, "in_building", "consignments in the building", "consignments", Neither, Number,
        "Consignments that had arrived and not left at the horizon.";
    OpenCases, "open_cases", "open cases", "cases", Neither, Number,
        "Cases not closed at the horizon.";
    CostTotal, "cost_total", "total cost", "€", Lower, Number,
        "All costs of the ledger.";
    CostOf(Payer::State), "cost_state", "cost to the state", "€", Lower, Number, "What the state pays.";
    CostOf(Payer::Hub), "cost_hub", "cost to the hub", "€", Lower, Number, "What the hub pays.";
    CostOf(Payer::Operators), "cost_operators", "cost to the operators", "€", Lower, Number, "What the operators pay.";
    CostOf(Payer::Consignors), "cost_consignors", "cost to consignors", "€", Lower, Number, "What those who ship pay.";
    CostOn(Line::SafeguardOnce), "cost_safeguards_once", "safeguards (once)", "€", Lower, Number,
        "Safeguards, paid when bought.";
    CostOn(Line::SafeguardYearly), "cost_safeguards_yearly", "safeguards (yearly)", "€", Lower, Number,
        "Safeguards, by the year from purchase.";
    CostOn(Line::Layers), "cost_layers", "detection layers", "€", Lower, Number,
        "Detection layers, by the year from when they work.";
    CostOn(Line::Desk), "cost_desk", "desk", "€", Lower, Number, "The desk, by the year.";
    CostOn(Line::Delay), "cost_delay", "waiting goods", "€", Lower, Number, "Hours that consignments waited in queues.";
    CostOn(Line::FalseAlarms), "cost_false_alarms", "false alarms", "€", Lower, Number, "Work on false alarms.";
    CostOn(Line::Diverted), "cost_diverted", "diverted trade", "€", Lower, Number,
        "Consignments that went elsewhere.";
    CostOn(Line::Responses), "cost_responses", "responses", "€", Lower, Number,
        "Inquiries, restrictions, suspensions, replacements and recalls, each when it is ordered.";
    CostOn(Line::Losses), "cost_losses", "losses of consignors", "€", Lower, Number,
        "What consignors lose when the catalogue is used against them and when altered goods act.";
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_stands_where_its_index_says_and_has_an_id_of_its_own() {
        let mut ids: Vec<_> = Measure::all().map(Measure::id).collect();
        for (i, m) in Measure::all().enumerate() {
            assert_eq!(m.index(), i, "{m:?}");
            assert_eq!(Measure::by_id(m.id()), Some(m));
            assert!(m.definition().ends_with('.'), "{m:?}");
        }
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), Measure::COUNT);
    }
}
