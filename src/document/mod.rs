//! The text that people write, read with all its problems at once and a place for each.
//!
//! RON (or JSON, its twin for machines) becomes a [`Tree`] with spans. Values are then taken out of it one by one through
//! [`Fields`], so that every entry of a map gives its own error; nothing stops at the first.
//!
//! ```
//! use airside::document::{Code, Diagnostics, Document, Path, Source};
//!
//! #[derive(serde::Deserialize)]
//! #[serde(deny_unknown_fields)]
//! struct Zone { staff: u32 }
//!
//! let source = Source::new("pier.ron", r#"Pier(format: 1, title: "North", zones: {"quay": (staff: 2), "shed": (staf: 3)})"#);
//! let mut found = Diagnostics::new();
//! let document = Document::read(&source, &mut found).expect("no syntax errors");
//! if let Some(mut fields) = document.fields("Pier", &mut found) {
//!     let title: Option<String> = fields.required("title");
//!     let zones: Vec<(String, Zone)> = fields.map("zones");
//!     fields.finish();
//!     assert_eq!((title.as_deref(), zones.len()), (Some("North"), 1));
//! }
//! let problem = found.iter().next().expect("`staf` is no field");
//! assert_eq!((problem.code, problem.path.to_string()), (Code::UnknownField, "zones.shed.staf".to_owned()));
//! assert_eq!(problem.help.as_deref(), Some("did you mean `staff`?"));
//! assert_eq!(source.slice(document.span_of(&Path::parse("zones.quay.staff"))), "2");
//! ```

mod audit;
mod build;
mod check;
mod code;
mod convert;
mod corner;
mod cursor;
pub mod defect;
pub mod departures;
mod diagnostic;
mod entry;
mod exercise;
pub mod extract;
mod fields;
mod files;
pub mod improvements;
mod json;
mod library;
mod limits;
mod literal;
mod load;
mod locate;
mod lookup;
pub mod monthly;
mod numbers;
mod path;
mod problem;
pub mod psa_table;
mod read;
mod repair;
pub mod row_problem;
mod scan;
mod sections;
mod shape;
mod source;
mod study;
mod suggest;
pub mod table;
mod tree;
mod uncertain;
mod variant;

pub use code::{Code, Severity};
pub use corner::Refuses;
pub use cursor::{MAX_DEPTH, MAX_NODES};
pub use diagnostic::{Diagnostic, Diagnostics, Inner, MAX_KEPT, NamedRecord, Record, RelatedRecord};
pub use entry::deserialize;
pub use exercise::load_exercise;
pub use fields::Fields;
pub use files::{FileError, Files, Folder, NoFiles};
pub use library::{LIBRARY, library_ids, library_standards};
pub use load::load_scenario;
pub use lookup::{Found, IDENTITY_FIELDS};
pub use numbers::Number;
pub use path::{Path, Segment};
pub use read::{Document, FORMAT};
pub use shape::defaults::{DEFAULTS, DefaultValue};
pub use source::{Excerpt, MAX_BYTES, Position, Source, Span};
pub use study::{Studied, load_study};
pub use suggest::closest;
pub use tree::{Child, Children, Entry, Field, Kind, Name, Node, Syntax, Tree};
pub use uncertain::{Contradiction, Uncertain, load_uncertain};

#[cfg(test)]
mod tests;

/// Text from a document, fit for a message: at most `most` characters, and nothing that could steer a terminal.
pub(crate) fn clip(text: &str, most: usize) -> String {
    let steers = |c: char| {
        (c.is_control() && c != '\t')
            || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    let mut kept: String = text.chars().take(most).map(|c| if steers(c) { '\u{FFFD}' } else { c }).collect();
    if text.chars().nth(most).is_some() {
        kept.push('…');
    }
    kept
}
