//! The first sheet of an XLSX file: a table with a heading, of which the columns with texts and languages are taken.
//!
//! Formulas, numbers and looks are not looked at: what is no text is empty.

use std::collections::HashMap;

use super::Entry;
use crate::xml::{Piece, pieces};

/// The columns that the table must have.
const COLUMNS: [&str; 8] =
    ["interview", "question_id", "index_num", "hash", "orig_lang", "tr_lang", "orig_text", "tr_text"];

/// Rows beyond this number are no table for translators.
const MOST_ROWS: usize = 100_000;

/// The translations in a file, or what is wrong with it.
pub(crate) fn read(file: &[u8]) -> Result<Vec<Entry>, String> {
    let wanted = |name: &str| {
        matches!(name, "xl/workbook.xml" | "xl/_rels/workbook.xml.rels" | "xl/sharedStrings.xml")
            || name.starts_with("xl/worksheets/") && name.ends_with(".xml")
    };
    let parts: HashMap<String, String> =
        da_document::archive_texts(file, wanted).map_err(|error| error.to_string())?.into_iter().collect();
    let part = |name: &str| parts.get(name).map_or("", String::as_str);
    let shared = shared_texts(part("xl/sharedStrings.xml"));
    let sheet = first_sheet(part("xl/workbook.xml"), part("xl/_rels/workbook.xml.rels"));
    let mut rows = rows(part(&sheet), &shared).into_iter();
    let heading = rows.next().unwrap_or_default();
    let mut at = HashMap::new();
    for column in COLUMNS {
        let place = heading.iter().position(|title| title == column).filter(|place| *place < 8);
        at.insert(column, place.ok_or_else(|| format!("column {column} is missing"))?);
    }
    let cell = |row: &[String], column: &str| row.get(at[column]).cloned().unwrap_or_default();
    let entries = rows.map(|row| Entry {
        original: cell(&row, "orig_text"),
        language: cell(&row, "orig_lang"),
        target: cell(&row, "tr_lang"),
        text: cell(&row, "tr_text"),
    });
    Ok(entries.filter(|entry| !entry.text.is_empty()).collect())
}

/// The file of the first sheet.
fn first_sheet(workbook: &str, relations: &str) -> String {
    let sheets = pieces(workbook).into_iter();
    let mut ids = sheets.filter_map(|piece| match piece {
        Piece::Begin(mark) if mark.name == "sheet" => mark.attribute("id"),
        _ => None,
    });
    let id = ids.next();
    let mut targets = pieces(relations).into_iter().filter_map(|piece| match piece {
        Piece::Begin(mark) if mark.name == "Relationship" && mark.attribute("Id") == id => mark.attribute("Target"),
        _ => None,
    });
    match targets.next() {
        Some(target) => target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned),
        None => "xl/worksheets/sheet1.xml".to_owned(),
    }
}

/// The texts that cells share: what is said about their sound is left out.
fn shared_texts(xml: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut said = Said::default();
    for piece in pieces(xml) {
        if matches!(&piece, Piece::End("si")) {
            texts.push(said.take());
        }
        said.take_in(&piece);
    }
    texts
}

/// The words of `t` marks.
#[derive(Default)]
struct Said {
    words: String,
    is_text: bool,
    is_sound: bool,
}

impl Said {
    fn take_in(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Begin(mark) if mark.name == "rPh" => self.is_sound = true,
            Piece::End("rPh") => self.is_sound = false,
            Piece::Begin(mark) if mark.name == "t" => self.is_text = !self.is_sound,
            Piece::End("t") => self.is_text = false,
            Piece::Text(words) if self.is_text => self.words.push_str(words),
            _ => {}
        }
    }

    fn take(&mut self) -> String {
        line_ends(&std::mem::take(&mut self.words))
    }
}

/// Office programs write a carriage return as `_x000D_`.
fn line_ends(text: &str) -> String {
    text.replace("_x000D_", "").replace("\r\n", "\n")
}

/// The texts in the cells of a sheet.
fn rows(xml: &str, shared: &[String]) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut said = Said::default();
    let (mut column, mut next) = (0, 0);
    let (mut kind, mut is_value, mut value) = (String::new(), false, String::new());
    for piece in pieces(xml) {
        said.take_in(&piece);
        match piece {
            Piece::Begin(mark) => match mark.name {
                "row" if rows.len() >= MOST_ROWS => break,
                "row" => {
                    next = 0;
                    rows.push(Vec::new());
                }
                "c" => {
                    column = mark.attribute("r").and_then(|name| column_of(&name)).unwrap_or(next);
                    next = column + 1;
                    kind = mark.attribute("t").unwrap_or_default();
                    value.clear();
                    said.take();
                }
                "v" => is_value = true,
                _ => {}
            },
            Piece::Text(words) if is_value => value.push_str(&words),
            Piece::End("v") => is_value = false,
            Piece::End("c") => {
                let text = match kind.as_str() {
                    "s" => value.trim().parse::<usize>().ok().and_then(|index| shared.get(index).cloned()),
                    "inlineStr" => Some(said.take()),
                    "str" => Some(line_ends(&value)),
                    _ => None,
                };
                if let (Some(row), Some(text)) = (rows.last_mut(), text)
                    && column < COLUMNS.len()
                {
                    row.resize(row.len().max(column + 1), String::new());
                    row[column] = text;
                }
            }
            _ => {}
        }
    }
    rows
}

/// The number of the column of a cell, from 0: `B7` is in 1.
fn column_of(cell: &str) -> Option<usize> {
    let letters = cell.chars().take_while(char::is_ascii_uppercase);
    let number = letters.take(4).fold(0, |number, letter| number * 26 + (letter as usize - 'A' as usize + 1));
    usize::checked_sub(number, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_shared_texts_texts_of_their_own_or_nothing() {
        let shared = shared_texts(
            "<sst><si><t>a</t></si><si><r><t>b</t></r><r><t xml:space=\"preserve\"> c_x000D_\n</t></r><rPh><t>no</t></rPh></si></sst>",
        );
        assert_eq!(shared, ["a", "b c\n"]);
        let sheet = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\"><v>1</v></c></row>\
                     <row><c t=\"inlineStr\"><is><t>d</t></is></c><c><v>5</v></c><c t=\"str\"><f>x</f><v>e</v></c></row></sheetData>";
        assert_eq!(rows(sheet, &shared), [vec!["a", "", "b c\n"], vec!["d", "", "e"]]);
        assert_eq!((column_of("B7"), column_of("AA1"), column_of("7")), (Some(1), Some(26), None));
    }

    #[test]
    fn what_is_no_such_file_is_refused() {
        assert_eq!(read(b"nothing"), Err("it is not a ZIP archive".to_owned()));
    }
}
