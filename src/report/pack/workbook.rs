//! The list of events as a workbook, for any spreadsheet program.

use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::event::{CATEGORIES, Column, Event, STATUSES};
use super::msel::header_of;
use crate::model::{Exercise, Handling};
use crate::report::handout::EXERCISE;

/// Why a workbook could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the list of events does not fit into a workbook: {0}")]
pub(crate) struct WorkbookError(#[from] XlsxError);

/// Rows above the list: the header block, the marking, and an empty one.
const ABOVE: u32 = 6;

/// Two sheets, the long form and the short form. The same exercise gives the same bytes.
pub(super) fn workbook(exercise: &Exercise, list: &[Event]) -> Result<Vec<u8>, WorkbookError> {
    let mut workbook = Workbook::new();
    let properties = DocProperties::new()
        .set_title(format!("{}: master scenario events list", exercise.title))
        .set_subject(EXERCISE)
        .set_category(exercise.handling.label())
        .set_author(format!("airside {}", env!("CARGO_PKG_VERSION")))
        .set_comment("For controllers and evaluators, not for players.")
        // No clock is read: the same document gives the same file.
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    workbook.set_properties(&properties);
    let long: Vec<Column> = Column::ALL.to_vec();
    let sheet = fill(workbook.add_worksheet().set_name("MSEL")?, exercise, list, &long)?;
    let last = ABOVE + list.len().max(1) as u32;
    for (column, allowed) in [(Column::Status, &STATUSES[..]), (Column::Category, &CATEGORIES[..])] {
        let rule = DataValidation::new().allow_list_strings(allowed)?;
        let place = place(&long, column);
        sheet.add_data_validation(ABOVE + 1, place, last, place, &rule)?;
    }
    fill(workbook.add_worksheet().set_name("Short form")?, exercise, list, &Column::SHORT)?;
    Ok(workbook.save_to_buffer()?)
}

fn fill<'w>(
    sheet: &'w mut Worksheet,
    exercise: &Exercise,
    list: &[Event],
    columns: &[Column],
) -> Result<&'w mut Worksheet, XlsxError> {
    let bold = Format::new().set_bold();
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let cell = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_num_format("@");
    let (label, ink) = (exercise.handling.label(), colour(exercise.handling));
    let tlp = Format::new().set_bold().set_font_size(12).set_font_color(ink).set_background_color(0x00_0000);
    sheet.write_with_format(0, 0, label, &tlp)?.write_with_format(0, 1, EXERCISE, &bold)?;
    for ((name, text), row) in header_of(exercise).into_iter().zip(1..) {
        sheet.write_with_format(row, 0, name, &bold)?.write_string(row, 1, text)?;
    }
    for (column, at) in columns.iter().zip(0..) {
        sheet.write_with_format(ABOVE, at, column.head(), &head)?.set_column_width(at, width(*column))?;
        for (event, row) in list.iter().zip(ABOVE + 1..) {
            sheet.write_string_with_format(row, at, event.cell(*column), &cell)?;
        }
    }
    let last = columns.len().saturating_sub(1) as u16;
    sheet.autofilter(ABOVE, 0, ABOVE + list.len().max(1) as u32, last)?.set_freeze_panes(ABOVE + 1, 1)?;
    sheet.set_repeat_rows(ABOVE, ABOVE)?.set_landscape().set_print_fit_to_pages(1, 0).set_paper_size(9);
    // Right-justified, 12 points, on every page; an ampersand begins a command there.
    let strip = format!("&L{EXERCISE}&C{}&R&\"-,Bold\"&12{label}", exercise.title.replace('&', "&&"));
    let strip = if strip.chars().count() > 255 { format!("&L{EXERCISE}&R&\"-,Bold\"&12{label}") } else { strip };
    Ok(sheet.set_header(&strip).set_footer(&strip))
}

fn place(columns: &[Column], column: Column) -> u16 {
    columns.iter().position(|it| *it == column).unwrap_or_default() as u16
}

/// Width in characters.
const fn width(column: Column) -> f64 {
    match column {
        Column::Text | Column::Instructions => 60.0,
        Column::Synopsis | Column::ExpectedAction | Column::CriticalTasks | Column::ActualResponse => 36.0,
        Column::ScenarioTime | Column::To | Column::From | Column::Capability | Column::Handling => 22.0,
        _ => 16.0,
    }
}

/// The label's colour in TLP 2.0, on black.
const fn colour(handling: Handling) -> u32 {
    match handling {
        Handling::Clear => 0xFF_FFFF,
        Handling::Green => 0x33_FF00,
        Handling::Amber | Handling::AmberStrict => 0xFF_C000,
        Handling::Red => 0xFF_2B2B,
    }
}
