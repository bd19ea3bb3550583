//! What stands in a paragraph: texts with their looks, links, breaks, notes and pictures.

use std::rc::Rc;

use roxmltree::Node;

use super::notes::{NoteKind, Notes};
use super::parts::Targets;
use super::style::{Look, Styles};
use super::xml;

/// Fields within one another are followed this far.
const MOST_FIELDS: usize = 32;

/// A piece of a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Inline {
    Text {
        text: String,
        look: Look,
        link: Option<Rc<str>>,
    },
    /// A new line in the paragraph.
    Break,
    /// A note, by its number.
    Note(usize),
    Picture {
        told: String,
        target: Rc<str>,
    },
}

/// A field of the word processor: what it is told, then what it shows.
struct Field {
    told: String,
    is_shown: bool,
    link: Option<Rc<str>>,
}

/// Reads the paragraphs of a part.
pub(super) struct Reader<'r> {
    pub(super) styles: &'r Styles,
    pub(super) targets: &'r Targets,
    /// The notes that were met; in a note there are none.
    pub(super) notes: Option<&'r mut Notes>,
    /// A field may go on over several paragraphs.
    fields: Vec<Field>,
    pieces: Vec<Inline>,
}

impl<'r> Reader<'r> {
    pub(super) fn new(styles: &'r Styles, targets: &'r Targets, notes: Option<&'r mut Notes>) -> Self {
        Reader { styles, targets, notes, fields: Vec::new(), pieces: Vec::new() }
    }

    /// The pieces of a paragraph.
    pub(super) fn read(&mut self, paragraph: Node<'_, '_>) -> Vec<Inline> {
        self.all(paragraph, None);
        std::mem::take(&mut self.pieces)
    }

    fn all(&mut self, node: Node<'_, '_>, link: Option<&Rc<str>>) {
        for child in node.children().filter(Node::is_element) {
            match child.tag_name().name() {
                "r" => self.run(child, link),
                "hyperlink" => {
                    let target = self.hyperlink(child);
                    self.all(child, target.as_ref().or(link));
                }
                "fldSimple" => {
                    let target = xml::attribute(child, "instr").and_then(address);
                    self.all(child, target.as_ref().or(link));
                }
                "ins" | "moveTo" | "smartTag" | "sdt" | "sdtContent" | "customXml" | "bdo" | "dir" => {
                    self.all(child, link);
                }
                "oMath" | "oMathPara" => self.formula(child, link),
                _ => {}
            }
        }
    }

    fn hyperlink(&self, node: Node<'_, '_>) -> Option<Rc<str>> {
        let target = xml::attribute(node, "id").and_then(|id| self.targets.get(id));
        target.or_else(|| xml::attribute(node, "anchor").map(|anchor| Rc::from(format!("#{anchor}"))))
    }

    fn formula(&mut self, node: Node<'_, '_>, link: Option<&Rc<str>>) {
        for part in node.descendants().filter(|part| xml::is(*part, "t")) {
            self.text(part.text().unwrap_or_default(), Look::default(), link);
        }
    }

    fn run(&mut self, run: Node<'_, '_>, link: Option<&Rc<str>>) {
        let properties = xml::child(run, "rPr");
        if properties.and_then(|properties| xml::switch(properties, "vanish")) == Some(true) {
            return;
        }
        let look = self.styles.look(properties);
        self.content(run, look, link);
    }

    fn content(&mut self, run: Node<'_, '_>, look: Look, link: Option<&Rc<str>>) {
        for child in run.children().filter(Node::is_element) {
            match child.tag_name().name() {
                "t" => self.text(child.text().unwrap_or_default(), look, link),
                "tab" | "ptab" => self.text(" ", look, link),
                "noBreakHyphen" => self.text("-", look, link),
                "br" if matches!(xml::attribute(child, "type"), Some("page" | "column")) => {}
                "br" | "cr" => self.piece(Inline::Break),
                "fldChar" => self.field(xml::attribute(child, "fldCharType").unwrap_or_default()),
                "instrText" => {
                    if let Some(field) = self.fields.last_mut().filter(|field| !field.is_shown) {
                        field.told.push_str(child.text().unwrap_or_default());
                    }
                }
                "footnoteReference" => self.note(NoteKind::Foot, child),
                "endnoteReference" => self.note(NoteKind::End, child),
                "drawing" | "pict" | "object" => self.picture(child),
                "AlternateContent" => {
                    let chosen = xml::child(child, "Choice").or_else(|| xml::child(child, "Fallback"));
                    chosen.into_iter().for_each(|chosen| self.content(chosen, look, link));
                }
                _ => {}
            }
        }
    }

    fn text(&mut self, text: &str, look: Look, link: Option<&Rc<str>>) {
        let link = link.or_else(|| self.fields.iter().rev().find_map(|field| field.link.as_ref())).cloned();
        self.piece(Inline::Text { text: text.to_owned(), look, link });
    }

    /// Adds a piece, unless it belongs to what a field is told.
    fn piece(&mut self, piece: Inline) {
        if self.fields.iter().all(|field| field.is_shown) {
            self.pieces.push(piece);
        }
    }

    fn field(&mut self, what: &str) {
        match what {
            "begin" if self.fields.len() < MOST_FIELDS => {
                self.fields.push(Field { told: String::new(), is_shown: false, link: None });
            }
            "begin" => {}
            "separate" => {
                if let Some(field) = self.fields.last_mut() {
                    field.is_shown = true;
                    field.link = address(&field.told);
                }
            }
            _ => drop(self.fields.pop()),
        }
    }

    fn note(&mut self, kind: NoteKind, node: Node<'_, '_>) {
        let number = match (&mut self.notes, xml::attribute(node, "id")) {
            (Some(notes), Some(id)) => notes.number(kind, id),
            _ => return,
        };
        self.piece(Inline::Note(number));
    }

    fn picture(&mut self, node: Node<'_, '_>) {
        let told = node.descendants().find(|part| xml::is(*part, "docPr"));
        let told = told.and_then(|part| xml::attribute(part, "descr")).unwrap_or_default();
        let named = |part: Node<'_, '_>| match part.tag_name().name() {
            "blip" => xml::attribute(part, "embed").and_then(|id| self.targets.get(id)),
            "imagedata" => xml::attribute(part, "id").and_then(|id| self.targets.get(id)),
            _ => None,
        };
        if let Some(target) = node.descendants().filter(Node::is_element).find_map(named) {
            self.piece(Inline::Picture { told: told.to_owned(), target });
        }
    }
}

/// The address that a field leads to: `HYPERLINK "https://example.com"`, or with `\l` a place in the document.
fn address(told: &str) -> Option<Rc<str>> {
    let rest = told.trim().strip_prefix("HYPERLINK")?.trim();
    let (is_place, rest) = match rest.strip_prefix("\\l") {
        Some(rest) => (true, rest.trim()),
        None => (false, rest),
    };
    let target = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or_default(),
        None => rest.split_whitespace().next().unwrap_or_default(),
    };
    match (target.is_empty(), is_place) {
        (true, _) => None,
        (false, true) => Some(Rc::from(format!("#{target}"))),
        (false, false) => Some(Rc::from(target)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_leads_to_an_address_or_to_a_place_in_the_document() {
        let lead = |told| address(told).map(|address| address.to_string());
        assert_eq!(
            lead(r#" HYPERLINK "https://example.com/a b" \o "Tip" "#).as_deref(),
            Some("https://example.com/a b")
        );
        assert_eq!(lead(r#"HYPERLINK \l "Terms""#).as_deref(), Some("#Terms"));
        assert_eq!(lead("HYPERLINK https://example.com").as_deref(), Some("https://example.com"));
        assert_eq!((lead("PAGE"), lead("HYPERLINK")), (None, None));
    }
}
