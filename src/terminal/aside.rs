//! What is said beside a session and is no part of it: for the facilitator.

use std::fmt::Write;

use crate::exercise::{Forecast, KEY_MEASURES, Session, Watching};
use crate::model::DecisionId;
use crate::report::tables;
use crate::terminal::screen::{Look, hang, wrap};
use crate::time::SimDuration;

/// What the room's clock says at `now`.
pub(crate) fn time<O: Watching>(session: &Session<'_, O>, now: SimDuration, look: Look) -> String {
    let (setup, room, module) = (session.setup(), session.room(), session.module());
    let since = SimDuration::from_millis(now.millis().saturating_sub(room.clock().millis()));
    let mut time = room.module(module);
    let part = if room.is_paused() { &mut time.talked } else { &mut time.played };
    *part = SimDuration::from_millis(part.millis() + since.millis());
    let text = format!(
        "Module {}: {:.0} of {:.0} minutes played, and {:.0} minutes talked with the clock stopped. The session has taken \
         {:.0} minutes so far.{}",
        module + 1,
        time.played.minutes(),
        setup.exercise.modules.get(module).map_or(0.0, |own| own.takes.minutes()),
        time.talked.minutes(),
        now.max(room.clock()).minutes(),
        if room.is_paused() { " The clock is stopped." } else { "" }
    );
    wrap(&text, 0, look)
}

/// What has come and what is to come, for the facilitator.
pub(crate) fn list<O: Watching>(session: &Session<'_, O>, look: Look) -> String {
    let setup = session.setup();
    let mut out = wrap("Injects, in the order of the document:", 0, look);
    for (inject, fate) in setup.exercise.injects.iter().zip(session.injects()) {
        let state = match (fate.come, fate.held, fate.skipped) {
            (Some(at), ..) => format!("came on day {}", at.day()),
            (None, _, true) => "left out".to_owned(),
            (None, true, _) => format!("kept back; {}", setup.words().when(&setup.exercise, inject)),
            (None, false, false) => setup.words().when(&setup.exercise, inject),
        };
        out.push_str(&hang(&format!("  {:<14}", inject.id), &state, look));
    }
    out.push_str(&wrap("Decisions:", 0, look));
    for (i, decision) in setup.exercise.decisions.iter().enumerate() {
        let id = DecisionId::from_index(i);
        let made = session.made().find(|(own, _)| *own == id);
        let state = match (made, session.asked(id)) {
            (Some((_, made)), _) => format!("{}, on day {}", decision.choices[made.choice].id, made.at.day()),
            (None, Some(_)) => format!("open; to be made by day {}", decision.else_asked_on.day()),
            (None, None) => format!("not asked yet; on day {} at the latest", decision.else_asked_on.day()),
        };
        out.push_str(&hang(&format!("  {:<14}", decision.id), &state, look));
    }
    out
}

/// How the story may go on, for the facilitator.
pub(crate) fn forecast<O: Watching + Sync>(session: &Session<'_, O>, look: Look) -> String {
    let setup = session.setup();
    let Some(forecast) = Forecast::aside(session) else {
        return wrap("There is nothing left to forecast.", 0, look);
    };
    let text = format!(
        "For the facilitator: {} futures from here, with the past as it truly was, each with a luck of its own \
         and the plan deciding what is left. Four in five end between the outer numbers.",
        forecast.futures
    );
    let mut out = wrap(&text, 0, look);
    for measure in KEY_MEASURES.into_iter().filter(|m| tables::applies(&setup.exercise.scenario, *m)) {
        let Some([low, _, middle, _, high]) = forecast.at_the_end(measure) else { continue };
        let text = [low, middle, high].map(|value| tables::number(measure, value));
        let _ = writeln!(out, "  {:<28} {} … {} … {}", measure.label(), text[0], text[1], text[2]);
    }
    out
}
