//! What a document means when it leaves something out. All defaults are here, and documents are told of them from here.

use super::{Adversary, Amount, Duration, HourlyAmount, Rate, Recall, Share, Shippers, YearlyAmount};
use crate::model::{Discipline, Payer};

/// A default, for the page on the format of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DefaultValue {
    /// The field, with `*` for any name.
    pub path: &'static str,
    /// What it is when it is not written, as a document would write it; in words where no value could be written.
    pub value: &'static str,
    /// Why that.
    pub why: &'static str,
}

/// A line a default: function, type, value, path, value as text, reason.
macro_rules! defaults {
    (
        $($name:ident: $kind:ty = $value:expr, $path:literal, $text:literal, $why:literal;)*
        ; otherwise $($in_words:expr,)*
    ) => {
        $(#[doc = $why] pub(crate) fn $name() -> $kind { $value })*

        /// All defaults.
        pub const DEFAULTS: &[DefaultValue] = &[
            $(DefaultValue { path: $path, value: $text, why: $why },)*
            $($in_words,)*
        ];

        #[cfg(test)]
        mod tests {
            use super::*;

            #[test]
            fn the_text_of_each_default_reads_as_the_default() {
                $(assert_eq!(ron::from_str::<$kind>($text).unwrap(), $name(), $path);)*
            }
        }
    };
}

const fn words(path: &'static str, value: &'static str, why: &'static str) -> DefaultValue {
    DefaultValue { path, value, why }
}

defaults! {
    queue: Discipline = Discipline::Fifo, "stations.*.queue", "Fifo", "first come, first served";
    sensitive: Share = Share::Percent(0.0), "traffic.*.sensitive", "Percent(0)", "a hub may be studied without its data";
    integrity_critical: Share = Share::Percent(0.0), "traffic.*.integrity_critical", "Percent(0)", "likewise";
    shippers: Shippers = Shippers::Zipf { businesses: 500, exponent: 1.0 }, "traffic.*.shippers",
        "Zipf(businesses: 500, exponent: 1)", "few ship much and many ship little";
    priority: u32 = 0, "traffic.*.priority", "0", "all goods alike";
    one_record_tells: Share = Share::Percent(50.0), "information.*.one_record_tells", "Percent(50)",
        "a single record may be ambiguous";
    adversary: Adversary = Adversary::Fixed, "campaign.adversary", "Fixed", "a script is the same for all options";
    pause_lasts: Duration = Duration::Days(90.0), "campaign.pause_lasts", "Days(90)", "a quarter";
    none: Share = Share::Percent(0.0), "campaign.after_alert.*", "Percent(0)", "an alert only makes it pause";
    tempo: f64 = 1.0, "campaign.tempo", "1", "rates as written";
    effort: f64 = 1.0, "campaign.steps.*.effort", "1", "all attempts alike";
    succeeds: Share = Share::Percent(100.0), "campaign.steps.*.succeeds", "Percent(100)", "nothing stands in its way";
    ids: Vec<String> = Vec::new(), "campaign.steps.*.ids", "[]", "no standard need know it";
    paid_by: Payer = Payer::Hub, "layers.*.paid_by", "Hub", "the hub watches over itself";
    recall: Recall = Recall { finds: Rate::PerYear(6.0), traceable: Share::Percent(50.0) }, "desk.recall",
        "(finds: PerYear(6), traceable: Percent(50))", "a traced item is found in two months on average";
    none_authorised: Share = Share::Percent(0.0), "desk.expects_authorised", "Percent(0)", "the desk takes the rates of all layers at their word";
    finds_anyway: Rate = Rate::PerYear(0.3), "desk.finds_anyway", "PerYear(0.3)", "ordinary theft and mischief are found now and then";
    desk_cost: YearlyAmount = YearlyAmount::EuroPerYear(0.0), "desk.cost", "EuroPerYear(0)", "prices are stated or nothing";
    false_link: Share = Share::Percent(0.5), "desk.stages.*.false_link", "Percent(0.5)",
        "an inquiry sometimes finds what is not there";
    delay: HourlyAmount = HourlyAmount::EuroPerHour(0.0), "costs.delay", "EuroPerHour(0)", "prices are stated or nothing";
    false_alarm: Amount = Amount::Euro(0.0), "costs.false_alarm", "Euro(0)", "prices are stated or nothing";
    harm: Amount = Amount::Euro(0.0), "costs.harm", "Euro(0)", "prices are stated or nothing";
    criticality: f64 = 1.0, "traffic.*.criticality", "1", "all critical goods alike";
    downstream_check: Share = Share::Percent(0.0), "traffic.*.downstream_check", "Percent(0)", "nobody looks again";
    logged: Share = Share::Percent(50.0), "information.*.logged", "Percent(50)", "logs are kept in part";
    diverted: Amount = Amount::Euro(0.0), "costs.diverted", "Euro(0)", "prices are stated or nothing";
    ;otherwise
        words("traffic.*.flights", "even through day, week and year", "unless `at_night`, `hours`, `weekdays` or `months` say otherwise"),
        words("traffic.*.handled_by", "the hub itself", "only in a document without operators"),
        words("campaign", "NoCampaign", "a hub may be studied on its own"),
        words("campaign.elsewhere", "the first other operator that handles goods", "suspicion may be right and its object wrong"),
        words("campaign.budget", "no limit", "what a campaign costs its owner is seldom what stops it"),
        words("campaign.steps.*.hides", "Percent(50) for Conceal", "half of the traces"),
        words("campaign.steps.*.lasts", "Days(90) for Conceal", "a quarter"),
        words("campaign.steps.*.sets_off", "Percent(100) for Trigger", "what waits for a trigger hears it"),
        words("campaign.steps.*.consignors_lose", "Euro(0) for Exploit", "prices are stated or nothing"),
        words("campaign.steps.*.repeats", "one attempt", "a step is done once"),
        words("costs.responses.*", "Euro(0)", "prices are stated or nothing"),
        words("safeguards.*.severity", "Percent(100) if it removes an operator, Percent(0) if it is aimed at nobody, else Percent(5)", "exclusion is a full burden, a general rule a light one"),
        words("desk.flows_at_start", "as `believes_at_start`", "nothing else is known of its goods at first"),
        words("desk.people_at_start", "as `believes_at_start`", "nothing else is known of its staff at first"),
        words("desk.each_signal_takes", "no time", "signals are weighed as they come"),
        words("safeguards.*.title", "its name in the document", "a name may be plain enough"),
        words("safeguards.*.grade", "the document's `unsourced_numbers`", "as for all numbers"),
        words("safeguards.*.source", "none", "as for all numbers"),
        words("standards", "not said", "a document may have no ids"),
        words("options", "one option `as-is` that does nothing", "there is always something to run"),
        words("compare_with", "the first option", "documents list the present state first"),
}
