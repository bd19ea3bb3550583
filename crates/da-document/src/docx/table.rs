//! Tables: rows of cells between bars. The first row is the head.

use crate::DocumentError;

use super::write::MOST;

/// More columns than these are not filled up where a row is shorter.
const MOST_FILLED: usize = 63;

/// A table as Markdown.
pub(super) fn written(rows: &[Vec<String>]) -> Result<String, DocumentError> {
    if rows.iter().flatten().all(String::is_empty) {
        // It was there for its lines.
        return Ok(String::new());
    }
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let filled = columns.min(MOST_FILLED);
    let mut out = String::new();
    for (at, row) in rows.iter().enumerate() {
        line(&mut out, row.iter().map(|cell| cell_text(cell)), filled.saturating_sub(row.len()));
        if at == 0 {
            out.push('\n');
            line(&mut out, (0..columns).map(|_| "---".to_owned()), 0);
        }
        if at + 1 < rows.len() {
            out.push('\n');
        }
        if out.len() > MOST {
            return Err(DocumentError::TooLarge(MOST as u64));
        }
    }
    Ok(out)
}

fn line(out: &mut String, cells: impl Iterator<Item = String>, missing: usize) {
    out.push('|');
    for cell in cells.chain(std::iter::repeat_n(String::new(), missing)) {
        match cell.is_empty() {
            true => out.push_str("  |"),
            false => out.push_str(&format!(" {cell} |")),
        }
    }
}

/// What stands in a cell, on one line.
fn cell_text(text: &str) -> String {
    text.replace('|', "\\|").replace("  \n", "<br>").replace('\n', "<br>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_as_long_as_the_longest() {
        let rows = [vec!["A".to_owned(), "B|C".to_owned()], vec!["x  \ny".to_owned()]];
        assert_eq!(written(&rows).unwrap(), "| A | B\\|C |\n| --- | --- |\n| x<br>y |  |");
    }
}
