//! What the calendar holds, and which comes first at one instant.

use crate::model::{CaseId, ItemId, LayerId, OperatorId, SafeguardId, StationId, StepId, TrafficId};
use crate::sim::situation::Reason;

/// An event to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// A candidate for a flight's arrival.
    Flight(TrafficId),
    /// A flight of a timetable arrives. By its number.
    Land(TrafficId, u32),
    /// A consignment has been served. By its place in the building and its stop's.
    Served(u32, u32),
    /// A consignment comes to a stop; what was before is known already. By its place in the building and the stop's.
    Comes(u32, u32),
    /// Shifts change at a station.
    Shift(StationId),
    /// A layer may raise a false alarm on goods that are not simulated. By its place among such pairs of layer and class.
    Suspect(u32),
    /// Goods that are not simulated in full come within reach of an alteration that waits.
    Reach,
    /// Altered goods that are not simulated in full come to those who look.
    Pass(ItemId),
    /// Altered goods act.
    Act(ItemId),
    /// A recalled item is found.
    RecallFinds(ItemId),
    /// The campaign begins.
    CampaignStarts,
    /// An operator is handed a demand.
    Demand(OperatorId),
    /// An attempt at a step is due.
    Attempt(StepId, u32),
    /// An attempt at a step ends.
    Finish(StepId, u32),
    /// The adversary's pause is over.
    Resume,
    /// A monitor or an informant may speak up about an operator.
    Candidate(LayerId, OperatorId),
    /// An audit of an operator.
    Audit(LayerId, OperatorId),
    /// A period of a control chart is over.
    Count(LayerId, OperatorId),
    /// A covert test.
    Test(LayerId),
    /// A signal reaches the desk. By its number.
    Report(u32),
    /// An analyst has read a signal. By its number.
    Read(u32),
    /// An analyst has finished the current stage of a case.
    StageDone(CaseId),
    /// The defenders are asked what to do.
    Decide(Reason),
    /// A safeguard is ready.
    Ready(SafeguardId),
    /// A safeguard sets up an operator's systems anew.
    Reset(SafeguardId, OperatorId),
    /// Books are closed for the day.
    DayEnd,
    /// The end of the story.
    End,
}

/// The order of kinds of event at one instant. Also the order of docs/method.md.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Phase {
    /// Arrivals, services, departures, goods that act.
    World,
    /// The adversary.
    Adversary,
    /// Layers observe.
    Layers,
    /// The desk hears and works.
    Desk,
    /// Decisions are asked for.
    Decisions,
    /// Responses take effect.
    Responses,
    /// Bookkeeping.
    Bookkeeping,
}

impl Event {
    /// Whether it is of a consignment, whose node it has.
    #[inline]
    pub(crate) fn is_of_goods(self) -> bool {
        matches!(self, Event::Served(..) | Event::Comes(..))
    }

    #[inline]
    pub(crate) fn phase(self) -> Phase {
        match self {
            Event::Flight(_)
            | Event::Land(..)
            | Event::Served(..)
            | Event::Comes(..)
            | Event::Shift(_)
            | Event::Suspect(_)
            | Event::Reach
            | Event::Pass(_)
            | Event::Act(_) => Phase::World,
            Event::CampaignStarts | Event::Demand(_) | Event::Attempt(..) | Event::Finish(..) | Event::Resume => {
                Phase::Adversary
            }
            Event::Candidate(..) | Event::Audit(..) | Event::Count(..) | Event::Test(_) => Phase::Layers,
            Event::Report(_) | Event::Read(_) | Event::StageDone(_) => Phase::Desk,
            Event::Decide(_) => Phase::Decisions,
            Event::Ready(_) | Event::Reset(..) | Event::RecallFinds(_) => Phase::Responses,
            Event::DayEnd | Event::End => Phase::Bookkeeping,
        }
    }
}
