//! The shipped safeguards. They are a document of the same grammar, read by the same code.

use std::sync::OnceLock;

use super::{Diagnostics, Document, Source, shape};

/// The text of the library.
pub const LIBRARY: &str = include_str!("library.ron");

/// Which versions of the standards the library's ids are from.
pub fn library_standards() -> &'static str {
    &shipped_library().1
}

/// The ids that `Library("…")` takes, in the library's order.
pub fn library_ids() -> impl Iterator<Item = &'static str> {
    shipped().iter().map(|(id, _)| id.as_str())
}

/// The shipped safeguards.
pub(super) fn shipped() -> &'static [(String, shape::Safeguard)] {
    &shipped_library().0
}

/// Safeguards by id, and what the library says of standards.
type Shipped = (Vec<(String, shape::Safeguard)>, String);

fn shipped_library() -> &'static Shipped {
    static SHIPPED: OnceLock<Shipped> = OnceLock::new();
    SHIPPED.get_or_init(|| read(&mut Diagnostics::new()))
}

fn read(found: &mut Diagnostics) -> Shipped {
    let source = Source::new("library.ron", LIBRARY);
    let Some(document) = Document::read(&source, found) else { return Shipped::default() };
    let Some(mut fields) = document.fields("Library", found) else { return Shipped::default() };
    let standards = fields.required("standards").unwrap_or_default();
    let safeguards = fields.map("safeguards");
    fields.finish();
    (safeguards, standards)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_is_read_without_a_problem() {
        let mut found = Diagnostics::new();
        let (safeguards, standards) = read(&mut found);
        assert!(found.is_empty(), "{found:?}");
        assert!(safeguards.len() >= 26 && standards.contains("D3FEND"));
        for (id, safeguard) in &safeguards {
            let shape::Safeguard::Own { title, grade, source, .. } = safeguard else { panic!("{id} is no definition") };
            assert!(title.is_some() && grade.is_some() && source.is_some(), "{id} lacks title, grade or source");
        }
    }
}
