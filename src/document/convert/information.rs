//! Information systems.

use std::collections::BTreeMap;

use super::{At, Context, Length};
use crate::document::{Code, shape};
use crate::model::{Fields, InformationSystem, Probability, StationId, SystemId};

impl Context<'_> {
    pub(crate) fn system(&mut self, id: &str, system: &shape::InformationSystem, at: At) -> Option<InformationSystem> {
        let operator = self.operator_id(&system.operator, at.field("operator"));
        let list = at.field("written_at");
        let some = self.not_empty(&system.written_at, list, "station");
        self.no_repeats(&system.written_at, list);
        let written_at: Vec<Option<StationId>> =
            system.written_at.iter().enumerate().map(|(nth, name)| self.station_id(name, list.nth(nth))).collect();
        let any = self.not_empty(&system.fields, at.field("fields"), "field class");
        self.no_repeats(&system.fields, at.field("fields"));
        let keeps = self.duration(system.keeps, at.field("keeps"), Length::Any);
        let value_halves_in = self.duration(system.value_halves_in, at.field("value_halves_in"), Length::Positive);
        let held_elsewhere = self.share(system.held_elsewhere, at.field("held_elsewhere"));
        let one_record_tells = self.share(system.one_record_tells, at.field("one_record_tells"));
        let logged = self.share(system.logged, at.field("logged"));
        let adds_with = self.adds_with(id, &system.adds_with, at.field("adds_with"));
        some.and(any)?;
        Some(InformationSystem {
            id: id.to_owned(),
            operator: operator?,
            written_at: written_at.into_iter().collect::<Option<_>>()?,
            fields: Fields::of(&system.fields),
            keeps: keeps?,
            value_halves_in: value_halves_in?,
            held_elsewhere: held_elsewhere?,
            one_record_tells: one_record_tells?,
            logged: logged?,
            adds_with: adds_with?,
        })
    }

    fn adds_with(
        &mut self,
        own: &str,
        others: &BTreeMap<String, shape::Share>,
        at: At,
    ) -> Option<Vec<(SystemId, Probability)>> {
        let read: Vec<Option<(SystemId, Probability)>> = others
            .iter()
            .map(|(name, share)| {
                let place = at.field(name);
                let share = self.share(*share, place);
                let system = self.system_id(name, place);
                if name == own {
                    self.report(Code::Contradiction, place, "it adds nothing to itself", "name another system");
                    return None;
                }
                Some((system?, share?))
            })
            .collect();
        read.into_iter().collect()
    }
}
