//! Work that comes to stations and systems: too much, or none.

use super::{Checked, percent, two};
use crate::document::Code;
use crate::document::convert::Context;
use crate::model::{InformationSystem, Scenario, StationId};

pub(super) fn check<'d>(checked: &Checked<'_, 'd>, scenario: &Scenario, context: &mut Context<'d>) {
    for (index, (station, entry)) in scenario.stations.iter().zip(&checked.all.stations).enumerate() {
        let id = StationId::from_index(index);
        let utilisation = scenario.utilisation(id);
        if utilisation >= 1.0 {
            let visits = two(scenario.visits_a_day(id, None));
            let minutes = two(station.takes.mean().minutes());
            let servers = two(station.mean_servers());
            let message = format!(
                "`{}` is overloaded: its utilisation is {} % ({visits} visits a day of {minutes} min on average, {servers} servers)",
                station.id,
                percent(utilisation)
            );
            let least = (utilisation * station.mean_servers()).floor() + 1.0;
            let help = format!("its queue grows without end; {least} servers would keep up, or less traffic");
            context.report_span(Code::Overloaded, entry.at.file, entry.key, message, help);
        }
    }
    for (system, entry) in scenario.information.iter().zip(&checked.all.information) {
        if !records(scenario, system) {
            let operator = &scenario.operators[system.operator.index()].id;
            let message =
                format!("`{}` never records anything: no goods of `{operator}` pass where it is written", system.id);
            let help = "add a station that they pass to `written_at`, or name another operator";
            context.report_span(Code::SilentSystem, entry.at.file, entry.key, message, help);
        }
    }
}

fn records(scenario: &Scenario, system: &InformationSystem) -> bool {
    system.written_at.iter().any(|at| scenario.visits_a_day(*at, Some(system.operator)) > 0.0)
}
