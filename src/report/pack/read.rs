//! A list of events that was edited in a spreadsheet program, as the rows of its sheet.

use super::event::Column;

/// A list as it was edited: its columns, and its rows with one text for each of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sheet {
    pub(super) columns: Vec<Column>,
    /// Heads that no column of the list has.
    pub(super) others: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

/// Why rows are no list.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ListError {
    #[error("no row of it has the head `{}` beside `{}`; keep the list's first row as it was exported", Column::Number.head(), Column::Text.head())]
    NoHead,
    #[error("the column `{0}` is there twice; delete one of them")]
    Twice(&'static str),
}

/// Finds the list among rows: it begins with its heads, wherever they stand.
pub(crate) fn list_of(rows: &[Vec<String>]) -> Result<Sheet, ListError> {
    let is_head = |row: &Vec<String>| {
        [Column::Number, Column::Text].iter().all(|column| row.iter().any(|cell| column.head() == cell.trim()))
    };
    let head = rows.iter().position(is_head).ok_or(ListError::NoHead)?;
    let mut sheet = Sheet::default();
    let mut places = Vec::new();
    for (place, cell) in rows[head].iter().enumerate() {
        match Column::ALL.into_iter().find(|column| column.head() == cell.trim()) {
            Some(column) if sheet.columns.contains(&column) => return Err(ListError::Twice(column.head())),
            Some(column) => {
                sheet.columns.push(column);
                places.push(place);
            }
            None if cell.trim().is_empty() => {}
            None => sheet.others.push(cell.trim().to_owned()),
        }
    }
    let row = |row: &Vec<String>| -> Vec<String> {
        places.iter().map(|place| row.get(*place).map_or_else(String::new, |cell| plain(cell))).collect()
    };
    sheet.rows = rows[head + 1..].iter().map(row).filter(|row| row.iter().any(|cell| !cell.is_empty())).collect();
    Ok(sheet)
}

/// A cell without what spreadsheet programs do to it.
fn plain(cell: &str) -> String {
    let text = cell.replace("\r\n", "\n").replace('\r', "\n").replace('\u{a0}', " ");
    let text = text.replace("_x000D_", "");
    let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    lines.join("\n")
}
