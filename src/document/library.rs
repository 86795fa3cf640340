//! The shipped safeguards. They are a document of the same grammar, read by the same code.

use std::sync::OnceLock;

use super::{Diagnostics, Document, Source, shape};

/// The text of the library.
pub const LIBRARY: &str = include_str!("library.ron");

/// The ids that `Library("…")` takes, in the library's order.
pub fn library_ids() -> impl Iterator<Item = &'static str> {
    shipped().iter().map(|(id, _)| id.as_str())
}

/// The shipped safeguards.
pub(super) fn shipped() -> &'static [(String, shape::Safeguard)] {
    static SHIPPED: OnceLock<Vec<(String, shape::Safeguard)>> = OnceLock::new();
    SHIPPED.get_or_init(|| read(&mut Diagnostics::new()))
}

fn read(found: &mut Diagnostics) -> Vec<(String, shape::Safeguard)> {
    let source = Source::new("library.ron", LIBRARY);
    let Some(document) = Document::read(&source, found) else { return Vec::new() };
    let Some(mut fields) = document.fields("Library", found) else { return Vec::new() };
    let safeguards = fields.map("safeguards");
    fields.finish();
    safeguards
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_is_read_without_a_problem() {
        let mut found = Diagnostics::new();
        let safeguards = read(&mut found);
        assert!(found.is_empty(), "{found:?}");
        assert!(safeguards.len() >= 9);
        assert!(safeguards.iter().all(|(_, safeguard)| matches!(safeguard, shape::Safeguard::Own { .. })));
    }
}
