//! Dense ids. Inside the crate nothing is looked up by its name.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub(crate) u32);

        impl $name {
            /// The place in the list that the id belongs to.
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            pub(crate) const fn from_index(index: usize) -> Self {
                $name(index as u32)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    /// A zone of the hub.
    ZoneId;
    /// A station of the hub.
    StationId;
    /// A route through the hub.
    RouteId;
    /// A traffic class.
    TrafficId;
    /// An operator.
    OperatorId;
    /// An information system.
    SystemId;
    /// A step of the campaign.
    StepId;
    /// A detection layer.
    LayerId;
    /// A safeguard.
    SafeguardId;
    /// An option.
    OptionId;
    /// A case at the desk, counted within one replication.
    CaseId;
    /// An altered consignment, counted within one replication.
    ItemId;
    /// A seat of an exercise.
    SeatId;
    /// An inject of an exercise.
    InjectId;
    /// A decision of an exercise.
    DecisionId;
    /// An objective of an exercise.
    ObjectiveId;
}
