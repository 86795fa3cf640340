//! The world in validated nouns: what a scenario says, with every reference resolved and every number in range.
//!
//! Values here cannot be wrong: the leaf types refuse what is out of range, ids are handed out by the loader alone,
//! and the structs cannot be built outside this crate. Read [`Scenario`] first; each file holds one noun.

mod assumption;
mod breach;
mod calendar;
mod campaign;
mod control_chart;
mod costs;
pub mod date;
mod decision;
mod designs;
mod desk;
mod effect;
mod evidence;
mod exercise;
mod hub;
mod id;
mod improvement;
mod information;
mod inject;
mod law;
mod layer;
mod load;
mod measure;
pub mod month;
mod operator;
mod option;
mod quantity;
mod response;
mod safeguard;
mod scenario;
mod score;
mod standard;
mod study;
mod text;
pub mod timetable;
pub mod tonnage;
mod traffic;

pub use assumption::{Assumption, Grade, Range, Unit};
pub use breach::{Breach, Path, Place, Reading, Response as BreachResponse, Spread, Task};
pub use calendar::Calendar;
pub use campaign::{
    Adversary, After, Campaign, Caution, Goals, Heat, PRIOR_ATTEMPTS, Repeats, Step, StepClass, StepClasses, StepEffect,
};
pub use control_chart::{ChartKind, ControlChart, Counted};
pub use costs::{Costs, Line, Payer};
pub use date::Date;
pub use decision::{Asked, Choice, Decision, Foretold};
pub use designs::Optimise;
pub use desk::{Desk, Recall, Stage};
pub use effect::Effect;
pub use evidence::{MOST_NATS, Weights};
pub use exercise::{About, Agenda, EvaluationTarget, Exercise, Knows, Module, Objective, Seat, Story, WorldChoice};
pub use hub::{Discipline, Job, Leg, Route, RunBy, Shift, Station, Zone, ZoneKind};
pub(crate) use hub::{MAX_PRIORITY, MOST_STATIONS};
pub use id::{
    CaseId, DecisionId, InjectId, ItemId, LayerId, ObjectiveId, OperatorId, OptionId, RouteId, SafeguardId, SeatId,
    StationId, StepId, SystemId, TrafficId, ZoneId,
};
pub use improvement::{Element, Improvement};
pub use information::{Field, Fields, InformationSystem};
pub use inject::{Channel, ExpectedAction, Inject, When};
pub use law::{DurationLaw, Law, LawError, MassLaw};
pub use layer::{CoveredFrom, FailTogether, Layer, Method, Picks, Schedule, Watches};
pub use measure::{Better, Measure, Nature};
pub use month::Month;
pub use operator::{Law as CompulsionLaw, Operator};
pub use option::{Condition, DefenceOption, Rule, Then};
pub use quantity::{Money, Probability, Rate};
pub use response::{Action, Response, ResponseKind};
pub use safeguard::{AimedAt, LegalBasis, Safeguard};
pub use scenario::{Handling, Scenario, World};
pub use score::{Price, Score};
pub use standard::{Catalogue, StandardId};
pub use study::{AS_WRITTEN, Bound, Corner, HalfWidth, Precision, Study, Target, Tolerance, WorldSet, Worth};
pub use text::{Gap, Piece, Text, TextError};
pub use timetable::{Timetable, TimetableError};
pub use tonnage::{MonthlyTonnage, TonnageError};
pub(crate) use traffic::factors;
pub use traffic::{Flights, Monthly, Population, Profile, Traffic};
