//! A list of events as a workbook: the long form and the short form, each a sheet that prints with its marking.

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use super::column::{CATEGORIES, Column, STATUSES};
use super::event::{Msel, method};
use crate::model::{Channel, Handling};
use crate::report::handout::EXERCISE;

/// The longest text that a cell of a workbook takes \[characters\], short of what programs refuse.
pub(super) const LONGEST: usize = 32_000;

/// Behind a text that was cut off.
pub(super) const CUT: &str = " … [the rest stands in the document]";

/// Why a workbook could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the workbook could not be made: {0}")]
pub(crate) struct NotMade(String);

/// The workbook.
pub(super) fn write(msel: &Msel, handling: Handling) -> Result<Vec<u8>, NotMade> {
    let failed = |error: XlsxError| NotMade(error.to_string());
    let mut book = Workbook::new();
    let marking = format!("{EXERCISE} · {}", handling.label());
    // A day that never changes, so that the same list gives the same bytes.
    let made = ExcelDateTime::from_ymd(2000, 1, 1).map_err(failed)?;
    let properties = DocProperties::new()
        .set_title(format!("{}: master scenario events list", msel.header[0].1))
        .set_subject("For controllers and evaluators")
        .set_keywords(handling.label())
        .set_comment(&marking)
        .set_creation_datetime(&made);
    book.set_properties(&properties);
    for (name, columns) in [("MSEL long form", Column::ALL.as_slice()), ("MSEL short form", &Column::SHORT)] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).map_err(failed)?;
        fill(sheet, msel, columns, handling).map_err(failed)?;
    }
    book.save_to_buffer().map_err(failed)
}

fn fill(sheet: &mut Worksheet, msel: &Msel, columns: &[Column], handling: Handling) -> Result<(), XlsxError> {
    let plain = Format::new().set_font_size(10).set_text_wrap().set_align(FormatAlign::Top);
    let cell = plain.clone().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0xB0_B0_B0));
    let head = cell.clone().set_bold().set_background_color(Color::RGB(0xE8_EC_F0));
    let bold = Format::new().set_font_size(10).set_bold();
    let label = Format::new().set_font_size(12).set_bold().set_background_color(Color::Black);
    let label = label.set_font_color(colour(handling)).set_align(FormatAlign::Right);

    let mut row = marks(sheet, 0, handling, &bold, &label)?;
    for (name, value) in &msel.header {
        sheet.write_string_with_format(row, 0, *name, &bold)?;
        sheet.write_string_with_format(row, 1, fitting(value), &Format::new().set_font_size(10))?;
        row += 1;
    }
    let names = row;
    for (at, column) in (0u16..).zip(columns) {
        sheet.set_column_width(at, column.width())?;
        sheet.write_string_with_format(names, at, column.name(), &head)?;
    }
    let last = names + msel.events.len() as u32;
    for (row, event) in (names + 1..).zip(&msel.events) {
        for (at, column) in (0u16..).zip(columns) {
            let text = event.cell(*column);
            match (column, text.parse::<f64>()) {
                (Column::Deadline, Ok(minutes)) => sheet.write_number_with_format(row, at, minutes, &cell)?,
                // Text is written as text: what begins with `=` is no formula.
                _ => sheet.write_string_with_format(row, at, fitting(text), &cell)?,
            };
        }
    }
    marks(sheet, last + 1, handling, &bold, &label)?;
    offer(sheet, columns, names + 1, last)?;

    let strip = format!("&L&10{EXERCISE}&C&10&A, for controllers&R&12&\"Arial,Bold\"{}", handling.label());
    sheet.set_header(strip);
    sheet.set_footer(format!("&L&10{EXERCISE}&C&10&P of &N&R&12&\"Arial,Bold\"{}", handling.label()));
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(names, names)?;
    sheet.set_freeze_panes(names + 1, 1)?;
    Ok(())
}

/// A row with the marking; the number of the row below.
fn marks(sheet: &mut Worksheet, row: u32, handling: Handling, bold: &Format, label: &Format) -> Result<u32, XlsxError> {
    sheet.write_string_with_format(row, 0, EXERCISE, bold)?;
    sheet.write_string_with_format(row, 1, handling.label(), label)?;
    Ok(row + 1)
}

/// Offers what may be chosen, and refuses nothing.
fn offer(sheet: &mut Worksheet, columns: &[Column], first: u32, last: u32) -> Result<(), XlsxError> {
    const CHANNELS: [Channel; 7] = [
        Channel::Email,
        Channel::Phone,
        Channel::Radio,
        Channel::Fax,
        Channel::InPerson,
        Channel::SimCell,
        Channel::Handout,
    ];
    for (at, column) in (0u16..).zip(columns) {
        let list: Vec<&str> = match column {
            Column::Status => STATUSES.to_vec(),
            Column::Category => CATEGORIES.to_vec(),
            Column::Method => CHANNELS.map(method).to_vec(),
            _ => continue,
        };
        let choice = DataValidation::new().allow_list_strings(&list)?.show_error_message(false);
        sheet.add_data_validation(first, at, last.max(first), at, &choice)?;
    }
    Ok(())
}

/// A text that a cell takes.
pub(super) fn fitting(text: &str) -> String {
    if text.chars().count() <= LONGEST { text.to_owned() } else { text.chars().take(LONGEST).collect::<String>() + CUT }
}

/// A label's colour on black, by TLP 2.0.
fn colour(handling: Handling) -> Color {
    match handling {
        Handling::Clear => Color::White,
        Handling::Green => Color::RGB(0x33_FF_00),
        Handling::Amber | Handling::AmberStrict => Color::RGB(0xFF_C0_00),
        Handling::Red => Color::RGB(0xFF_2B_2B),
    }
}
