//! The text of a DOCX file as Markdown: headings, paragraphs, lists, tables, links and notes.
//!
//! How a page looks is not kept, nor what stands at its edges.

use roxmltree::Node;

use super::inline::{Inline, Reader};
use super::lists::{Counting, Item, ListPlace, Lists};
use super::notes::{NoteKind, Notes};
use super::parts::{BODY, Parts};
use super::style::{Kind, Look, Styles};
use super::write::{self, MOST};
use super::{table, xml};
use crate::DocumentError;

/// Cells of a table, with those that others stretch over.
const MOST_CELLS: usize = 1 << 20;

/// The text of a DOCX file as Markdown.
///
/// # Errors
/// [`DocumentError`] for what is no DOCX file, or is larger than what is read or written.
pub fn markdown(file: &[u8]) -> Result<String, DocumentError> {
    let parts = Parts::unpack(file)?;
    let styles = Styles::read(parts.get("word/styles.xml"))?;
    let lists = Lists::read(parts.get("word/numbering.xml"))?;
    let targets = parts.targets(BODY)?;
    let mut notes = Notes::default();
    let mut counting = Counting::new(&lists);
    let mut blocks = Blocks::default();
    let document = xml::parse(BODY, parts.get(BODY).unwrap_or_default())?;
    if let Some(body) = xml::child(document.root_element(), "body") {
        let reader = Reader::new(&styles, &targets, Some(&mut notes));
        Converter { reader, counting: &mut counting, blocks: &mut blocks }.all(body)?;
    }
    for note in told_notes(&parts, &styles, &mut counting, &notes)? {
        blocks.add(&note)?;
    }
    Ok(blocks.end())
}

/// A text without any marks as Markdown that shows the same: its paragraphs, and its lines in them.
///
/// # Errors
/// [`DocumentError::TooLarge`].
///
/// ```
/// let text = "1. Who *pays*\n2. Who waits\n\nEnd\n";
/// assert_eq!(da_document::markdown_of_text(text).unwrap(), "1\\. Who \\*pays\\*  \n2\\. Who waits\n\nEnd\n");
/// ```
pub fn markdown_of_text(text: &str) -> Result<String, DocumentError> {
    let mut blocks = Blocks::default();
    let mut pieces = Vec::new();
    for line in text.lines().chain([""]) {
        if line.trim().is_empty() {
            blocks.add(&write::paragraph(std::mem::take(&mut pieces))?)?;
            continue;
        }
        if !pieces.is_empty() {
            pieces.push(Inline::Break);
        }
        pieces.push(Inline::Text { text: line.to_owned(), look: Look::default(), link: None });
    }
    Ok(blocks.end())
}

/// The notes that were referred to, by their numbers.
fn told_notes(
    parts: &Parts,
    styles: &Styles,
    counting: &mut Counting<'_>,
    notes: &Notes,
) -> Result<Vec<String>, DocumentError> {
    let mut told: Vec<(usize, String)> = Vec::new();
    let mut length = 0;
    for kind in NoteKind::ALL {
        let Some(text) = parts.get(kind.part()) else { continue };
        let targets = parts.targets(kind.part())?;
        let document = xml::parse(kind.part(), text)?;
        for node in xml::children(document.root_element(), kind.element()) {
            let id = xml::attribute(node, "id").unwrap_or_default();
            let Some(number) = notes.known(kind, id) else { continue };
            let mut blocks = Blocks::default();
            let reader = Reader::new(styles, &targets, None);
            Converter { reader, counting, blocks: &mut blocks }.all(node)?;
            let note = format!("[^{number}]: {}", behind("    ", blocks.end().trim_end())?);
            length += note.len();
            if length > MOST {
                return Err(DocumentError::TooLarge(MOST as u64));
            }
            told.push((number, note));
        }
    }
    told.sort_by_key(|(number, _)| *number);
    told.dedup_by_key(|(number, _)| *number);
    Ok(told.into_iter().map(|(_, text)| text).collect())
}

/// A text whose lines stand behind something, but for the first and for empty ones.
fn behind(before: &str, text: &str) -> Result<String, DocumentError> {
    // A line is short, and what stands before it need not be.
    let lines = text.bytes().filter(|byte| *byte == b'\n').count();
    if text.len().saturating_add(lines.saturating_mul(before.len())) > MOST {
        return Err(DocumentError::TooLarge(MOST as u64));
    }
    let mut out = String::with_capacity(text.len() + lines * before.len());
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
            out.push_str(if line.is_empty() { before.trim_end() } else { before });
        }
        out.push_str(line);
    }
    Ok(out)
}

/// Goes through what stands below one another.
struct Converter<'c, 'l> {
    reader: Reader<'c>,
    counting: &'c mut Counting<'l>,
    blocks: &'c mut Blocks,
}

impl Converter<'_, '_> {
    fn all(&mut self, node: Node<'_, '_>) -> Result<(), DocumentError> {
        for child in node.children().filter(Node::is_element) {
            match child.tag_name().name() {
                "p" => self.paragraph(child)?,
                "tbl" => {
                    let rows = self.rows(child)?;
                    self.blocks.add(&table::written(&rows)?)?;
                }
                "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" => self.all(child)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, node: Node<'_, '_>) -> Result<(), DocumentError> {
        let properties = xml::child(node, "pPr");
        let kind = self.reader.styles.kind(properties);
        let place = properties.and_then(|properties| match ListPlace::of(properties) {
            None => self.reader.styles.list(properties),
            own => own,
        });
        let pieces = self.reader.read(node);
        // The place in a list counts even where nothing is said.
        let is_list = kind == Kind::Plain || kind == Kind::Quote;
        let item = place.filter(|_| is_list).and_then(|place| self.counting.item(&place));
        match (kind, item) {
            (Kind::Code, _) => self.blocks.code(&write::bare(&pieces))?,
            (_, Some(item)) => self.blocks.item(&item, &write::paragraph(pieces)?)?,
            (Kind::Heading(level), None) => {
                let text = write::paragraph(pieces)?.replace("  \n", " ");
                if !text.is_empty() {
                    self.blocks.add(&format!("{} {text}", "#".repeat(level.into())))?;
                }
            }
            (Kind::Quote, None) => self.blocks.quote(&write::paragraph(pieces)?)?,
            (Kind::Plain, None) => self.blocks.add(&write::paragraph(pieces)?)?,
        }
        self.boxes(node)
    }

    /// The text boxes of a paragraph come after it.
    fn boxes(&mut self, node: Node<'_, '_>) -> Result<(), DocumentError> {
        let mut has_choice = false;
        for child in node.children().filter(Node::is_element) {
            has_choice |= xml::is(child, "Choice");
            match child.tag_name().name() {
                "txbxContent" => self.all(child)?,
                // It says the same once more, for those who know nothing better.
                "Fallback" if has_choice => {}
                "del" | "moveFrom" => {}
                _ => self.boxes(child)?,
            }
        }
        Ok(())
    }

    /// The rows of a table, each with its cells.
    fn rows(&mut self, table: Node<'_, '_>) -> Result<Vec<Vec<String>>, DocumentError> {
        let (mut rows, mut count) = (Vec::new(), 0);
        for row in xml::children(table, "tr") {
            let mut cells = Vec::new();
            for node in xml::children(row, "tc") {
                let properties = xml::child(node, "tcPr");
                let span = properties.and_then(|node| xml::value(node, "gridSpan")).and_then(|span| span.parse().ok());
                let merged = properties.and_then(|node| xml::child(node, "vMerge"));
                let goes_on = merged.is_some_and(|node| xml::attribute(node, "val") != Some("restart"));
                let mut lines = Vec::new();
                if !goes_on {
                    self.cell(node, &mut lines)?;
                }
                count += usize::clamp(span.unwrap_or(1), 1, 63);
                if count > MOST_CELLS {
                    return Err(DocumentError::TooMany);
                }
                cells.push(lines.join("\n"));
                cells.extend(std::iter::repeat_n(String::new(), usize::clamp(span.unwrap_or(1), 1, 63) - 1));
            }
            rows.push(cells);
        }
        Ok(rows)
    }

    /// The paragraphs of a cell, and those of tables in it.
    fn cell(&mut self, node: Node<'_, '_>, lines: &mut Vec<String>) -> Result<(), DocumentError> {
        for child in node.children().filter(Node::is_element) {
            match child.tag_name().name() {
                "p" => {
                    let pieces: Vec<Inline> = self.reader.read(child);
                    let line = write::paragraph(pieces)?;
                    if !line.is_empty() {
                        lines.push(line);
                    }
                }
                "tbl" | "tr" | "tc" | "sdt" | "sdtContent" | "customXml" | "ins" => self.cell(child, lines)?,
                _ => {}
            }
        }
        Ok(())
    }
}

/// What was written last.
#[derive(Debug, Default, PartialEq)]
enum Last {
    #[default]
    Nothing,
    Block,
    Quote,
    Code,
    /// An item, of which list, and how far to the right its text and those of the levels above it stand.
    Item(Item, Vec<usize>),
}

/// Blocks of Markdown, one after another.
#[derive(Debug, Default)]
struct Blocks {
    out: String,
    last: Last,
}

impl Blocks {
    /// Adds a block, unless it is empty.
    fn add(&mut self, text: &str) -> Result<(), DocumentError> {
        if text.is_empty() {
            return Ok(());
        }
        self.put("\n\n", text, Last::Block)
    }

    fn quote(&mut self, text: &str) -> Result<(), DocumentError> {
        if text.is_empty() {
            return Ok(());
        }
        let between = if self.last == Last::Quote { "\n>\n" } else { "\n\n" };
        self.put(between, &format!("> {}", behind("> ", text)?), Last::Quote)
    }

    /// Adds lines of code. Paragraphs of code that follow one another are one block.
    fn code(&mut self, text: &str) -> Result<(), DocumentError> {
        let between = if self.last == Last::Code { "\n" } else { "\n\n" };
        self.put(between, &format!("    {}", behind("    ", text)?), Last::Code)
    }

    fn item(&mut self, item: &Item, text: &str) -> Result<(), DocumentError> {
        let (mut widths, between) = match std::mem::take(&mut self.last) {
            Last::Item(before, widths) => {
                let is_other = item.level == 0 && before.list != item.list;
                // Markdown joins lists that follow one another, if nothing stands between them.
                let between = if is_other { "\n\n<!-- -->\n\n" } else { "\n" };
                (widths, between)
            }
            _ => (Vec::new(), "\n\n"),
        };
        widths.truncate(item.level);
        let indent: usize = widths.iter().sum();
        let mark = item.number.map_or_else(|| "-".to_owned(), |number| format!("{number}."));
        let width = (mark.len() + 1).max(4);
        let text = format!("{}{mark:<width$}{}", " ".repeat(indent), behind(&" ".repeat(indent + width), text)?);
        widths.push(width);
        self.put(between, text.trim_end(), Last::Item(item.clone(), widths))
    }

    fn put(&mut self, between: &str, text: &str, last: Last) -> Result<(), DocumentError> {
        if !self.out.is_empty() {
            self.out.push_str(between);
        }
        self.out.push_str(text);
        self.last = last;
        if self.out.len() > MOST { Err(DocumentError::TooLarge(MOST as u64)) } else { Ok(()) }
    }

    fn end(mut self) -> String {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stand_behind_something_as_long_as_there_is_room() {
        assert_eq!(behind("> ", "a\n\nb").unwrap(), "a\n>\n> b");
        let before = " ".repeat(100);
        assert_eq!(behind(&before, &"\n".repeat(400_000)), Err(DocumentError::TooLarge(MOST as u64)));
    }
}
