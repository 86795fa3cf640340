//! What the defenders can do, once or in answer to what they learn.

use serde::{Deserialize, Serialize};

use crate::model::{OperatorId, Probability, SafeguardId};

/// A response against a subject.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub enum Response {
    /// Keep an eye on it.
    Watch,
    /// Open a case.
    Investigate,
    /// Cut the data that it may see by a share.
    RestrictScope(Probability),
    /// Cut its access to goods by a share.
    RestrictAccess(Probability),
    /// Stop its work; its goods go elsewhere.
    Suspend,
    /// Put another operator in its place.
    Replace,
    /// Call altered goods back.
    Recall,
}

/// A response without its strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum ResponseKind {
    /// Keep an eye on it.
    Watch,
    /// Open a case.
    Investigate,
    /// Cut the data that it may see.
    RestrictScope,
    /// Cut its access to goods.
    RestrictAccess,
    /// Stop its work.
    Suspend,
    /// Put another operator in its place.
    Replace,
    /// Call altered goods back.
    Recall,
}

impl ResponseKind {
    /// How many kinds there are.
    pub const COUNT: usize = 7;

    /// As written in documents.
    pub const fn name(self) -> &'static str {
        match self {
            ResponseKind::Watch => "Watch",
            ResponseKind::Investigate => "Investigate",
            ResponseKind::RestrictScope => "RestrictScope",
            ResponseKind::RestrictAccess => "RestrictAccess",
            ResponseKind::Suspend => "Suspend",
            ResponseKind::Replace => "Replace",
            ResponseKind::Recall => "Recall",
        }
    }
}

impl Response {
    /// What kind it is.
    pub const fn kind(self) -> ResponseKind {
        match self {
            Response::Watch => ResponseKind::Watch,
            Response::Investigate => ResponseKind::Investigate,
            Response::RestrictScope(_) => ResponseKind::RestrictScope,
            Response::RestrictAccess(_) => ResponseKind::RestrictAccess,
            Response::Suspend => ResponseKind::Suspend,
            Response::Replace => ResponseKind::Replace,
            Response::Recall => ResponseKind::Recall,
        }
    }

    /// As written in documents.
    pub const fn name(self) -> &'static str {
        self.kind().name()
    }

    /// Burden of a day under the response, where a day of full exclusion counts 1 (an index; docs/method.md).
    pub fn severity(self) -> f64 {
        match self {
            Response::Watch => 0.02,
            Response::Investigate => 0.10,
            Response::RestrictScope(by) | Response::RestrictAccess(by) => 0.5 * by.get(),
            Response::Suspend | Response::Replace => 1.0,
            Response::Recall => 0.0,
        }
    }

    /// Whether it is wrongful against a subject that takes no part in a campaign.
    pub const fn is_drastic(self) -> bool {
        matches!(self, Response::RestrictScope(_) | Response::RestrictAccess(_) | Response::Suspend | Response::Replace)
    }
}

/// One thing done by the defenders: by an option on day 0, by a rule, or by people.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub enum Action {
    /// Buy a safeguard; it works once its lead time is over.
    Buy(SafeguardId),
    /// Respond against an operator.
    Respond {
        /// What is done.
        response: Response,
        /// Against whom.
        subject: OperatorId,
    },
}
