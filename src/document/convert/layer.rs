//! Detection layers and the groups that fail together.

use std::collections::BTreeSet;

use super::{At, Context, Length, Noun};
use crate::document::{Code, shape};
use crate::model::{FailTogether, Layer, LayerId, Method, StepClasses, Watches};
use crate::time::HOUR;

impl Context<'_> {
    /// A layer; `standing` if it works from the start.
    pub(crate) fn layer(&mut self, id: &str, layer: &shape::Layer, at: At, standing: bool) -> Option<Layer> {
        let place = at.field("watches");
        let watches = match &layer.watches {
            shape::Watches::AllOperators => Some(Watches::AllOperators),
            shape::Watches::Station(name) => self.station_id(name, place.inside()).map(Watches::Station),
            shape::Watches::System(name) => self.system_id(name, place.inside()).map(Watches::System),
            shape::Watches::Operator(name) => self.operator_id(name, place.inside()).map(Watches::Operator),
        };
        let some = self.not_empty(&layer.notices, at.field("notices"), "class of steps");
        self.no_repeats(&layer.notices, at.field("notices"));
        let covers = self.share(layer.covers, at.field("covers"));
        let report_takes = self.duration(layer.report_takes, at.field("report_takes"), Length::Any);
        let method = self.method(&layer.method, at.field("method"));
        let shape::YearlyAmount::EuroPerYear(euro) = layer.cost;
        let cost = self.money(euro, at.field("cost"));
        if matches!(layer.method, shape::Method::PerItem { .. }) && !matches!(layer.watches, shape::Watches::Station(_))
        {
            let message = "PerItem looks at goods, and goods are only seen at a station";
            self.report(Code::Contradiction, place, message, "write Station(\"…\"), or choose another method");
            return None;
        }
        some?;
        Some(Layer {
            id: id.to_owned(),
            watches: watches?,
            notices: StepClasses::of(&layer.notices),
            sees_purpose: layer.sees_purpose,
            covers: covers?,
            report_takes: report_takes?,
            method: method?,
            cost: cost?,
            paid_by: layer.paid_by,
            standing,
        })
    }

    fn method(&mut self, method: &shape::Method, at: At) -> Option<Method> {
        match *method {
            shape::Method::PerItem { catches, false_alarms } => {
                let catches = self.share(catches, at.field("catches"));
                let false_alarms = self.share(false_alarms, at.field("false_alarms"));
                Some(Method::PerItem { catches: catches?, false_alarms: false_alarms? })
            }
            shape::Method::Monitor { alarms_if_misused, false_alarms } => {
                let alarms_if_misused = self.rate(alarms_if_misused, at.field("alarms_if_misused"));
                let false_alarms = self.rate(false_alarms, at.field("false_alarms"));
                Some(Method::Monitor { alarms_if_misused: alarms_if_misused?, false_alarms: false_alarms? })
            }
            shape::Method::Audit { every, announced, finds, false_findings } => {
                let place = at.field("every");
                let every = self.duration(every, place, Length::Positive);
                let finds = self.share(finds, at.field("finds"));
                let false_findings = self.share(false_findings, at.field("false_findings"));
                if every.is_some_and(|every| every.millis() < HOUR) {
                    let message = format!("`{}` is more than an audit an hour", self.written(place));
                    self.report(
                        Code::BadDuration,
                        place,
                        message,
                        "for something that watches all the time use Monitor",
                    );
                    return None;
                }
                Some(Method::Audit { every: every?, announced, finds: finds?, false_findings: false_findings? })
            }
            shape::Method::Tip { true_reports, false_reports } => {
                let true_reports = self.rate(true_reports, at.field("true_reports"));
                let false_reports = self.rate(false_reports, at.field("false_reports"));
                Some(Method::Tip { true_reports: true_reports?, false_reports: false_reports? })
            }
        }
    }

    pub(crate) fn layer_id(&mut self, name: &str, at: At) -> Option<LayerId> {
        self.resolve(Noun::Layer, name, at).map(LayerId::from_index)
    }

    /// A group of layers; `taken` holds the layers of earlier groups.
    pub(crate) fn fail_together(
        &mut self,
        group: &shape::FailTogether,
        at: At,
        taken: &mut BTreeSet<LayerId>,
    ) -> Option<FailTogether> {
        let list = at.field("layers");
        let share = self.share(group.share, at.field("share"));
        self.no_repeats(&group.layers, list);
        let layers: Vec<Option<LayerId>> =
            group.layers.iter().enumerate().map(|(nth, name)| self.layer_id(name, list.nth(nth))).collect();
        if group.layers.len() < 2 {
            let message = "a group needs two layers at least";
            self.report(Code::Empty, list, message, "add a layer that fails together with it, or remove the group");
            return None;
        }
        let mut sound = true;
        for (nth, layer) in layers.iter().enumerate() {
            let Some(layer) = layer else { continue };
            if taken.contains(layer) {
                let place = list.nth(nth);
                let message = format!("`{}` is in another group already", self.written(place));
                self.report(Code::ListedTwice, place, message, "a layer shares its failures with one group only");
                sound = false;
            }
        }
        taken.extend(layers.iter().flatten());
        let layers = layers.into_iter().collect::<Option<_>>()?;
        sound.then_some(FailTogether { layers, share: share? })
    }
}
