//! Ids of standards.

use super::{At, Context};
use crate::document::{Code, clip};
use crate::model::{Catalogue, StandardId};

impl Context<'_> {
    /// Ids of standards. One of an unknown form is kept as written, and warned about.
    pub(crate) fn standard_ids(&mut self, ids: &[String], at: At) -> Vec<StandardId> {
        let ids: Vec<StandardId> = ids.iter().map(|id| StandardId::new(id)).collect();
        for (nth, id) in ids.iter().enumerate() {
            if id.catalogue() == Catalogue::Unknown {
                let message = format!("`{}` has the form of no id that is known here", clip(id.text(), 60));
                let help = "write T1213.006 or M1047 (ATT&CK), CAPEC-439, D3-UBA (D3FEND), AU-6(3) (SP 800-53), HUB-C1 for one of \
                            your own, or the name of a scheme such as TAPA FSR";
                self.report(Code::UnknownStandard, at.nth(nth), message, help);
            }
        }
        ids
    }
}
