//! The lists of a DOCX file: which paragraphs are items, and what stands before them.

use std::collections::HashMap;

use roxmltree::Node;

use super::xml;
use crate::DocumentError;

/// Lists within one another have this many levels.
const LEVELS: usize = 9;

/// A list, and a level of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ListPlace {
    list: String,
    level: usize,
}

impl ListPlace {
    /// The place that the properties of a paragraph or of a style name. List 0 is none.
    pub(super) fn of(properties: Node<'_, '_>) -> Option<ListPlace> {
        let node = xml::child(properties, "numPr")?;
        let level = xml::value(node, "ilvl").and_then(|level| level.parse::<usize>().ok()).unwrap_or_default();
        Some(ListPlace { list: xml::name(xml::value(node, "numId"))?, level: level.min(LEVELS - 1) })
    }
}

/// A level of a list.
#[derive(Debug, Clone, Copy)]
struct Level {
    is_numbered: bool,
    has_mark: bool,
    start: u32,
}

const BULLETS: Level = Level { is_numbered: false, has_mark: true, start: 1 };

/// The lists of a document, by their ids.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// For each list the kind that it is of, and numbers that it begins with itself.
    lists: HashMap<String, (String, HashMap<usize, u32>)>,
    kinds: HashMap<String, [Option<Level>; LEVELS]>,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) level: usize,
    /// The number of an item in a numbered list.
    pub(super) number: Option<u32>,
    /// Items with another one stand in another list.
    pub(super) list: String,
}

impl Lists {
    pub(super) fn read(part: Option<&str>) -> Result<Lists, DocumentError> {
        let Some(text) = part else { return Ok(Lists::default()) };
        let document = xml::parse("word/numbering.xml", text)?;
        let mut read = Lists::default();
        for node in xml::children(document.root_element(), "abstractNum") {
            let Some(id) = xml::name(xml::attribute(node, "abstractNumId")) else { continue };
            let mut levels = [None; LEVELS];
            for node in xml::children(node, "lvl") {
                if let Some(place) = number(node, "ilvl").and_then(|at| levels.get_mut(at)) {
                    *place = Some(level(node));
                }
            }
            read.kinds.insert(id, levels);
        }
        for node in xml::children(document.root_element(), "num") {
            let names = (xml::attribute(node, "numId"), xml::value(node, "abstractNumId"));
            let (Some(id), Some(kind)) = (xml::name(names.0), xml::name(names.1)) else { continue };
            let start = |node| {
                let start = xml::value(node, "startOverride")?.parse().ok()?;
                Some((number(node, "ilvl")?, start))
            };
            let starts = xml::children(node, "lvlOverride").filter_map(start).collect();
            read.lists.insert(id, (kind, starts));
        }
        Ok(read)
    }
}

fn number(node: Node<'_, '_>, name: &str) -> Option<usize> {
    xml::attribute(node, name)?.parse().ok()
}

fn level(node: Node<'_, '_>) -> Level {
    let format = xml::value(node, "numFmt").unwrap_or("decimal");
    let start = xml::value(node, "start").and_then(|start| start.parse().ok()).unwrap_or(1);
    Level { is_numbered: !matches!(format, "bullet" | "none"), has_mark: format != "none", start }
}

/// The numbers that were given so far.
pub(super) struct Counting<'l> {
    lists: &'l Lists,
    /// The latest number of each level, for each list or kind of lists that counts for itself.
    latest: HashMap<String, [Option<u32>; LEVELS]>,
}

impl<'l> Counting<'l> {
    pub(super) fn new(lists: &'l Lists) -> Self {
        Counting { lists, latest: HashMap::new() }
    }

    /// The next item at a place. Nothing where no mark stands before the paragraph.
    pub(super) fn item(&mut self, place: &ListPlace) -> Option<Item> {
        let ListPlace { list, level } = place;
        let Some((kind, starts)) = self.lists.lists.get(list) else {
            // List 0 takes a paragraph out of the list of its style.
            return (list != "0").then(|| Item { level: *level, number: None, list: list.clone() });
        };
        let known = self.lists.kinds.get(kind).and_then(|levels| levels.get(*level).copied().flatten());
        let Level { is_numbered, has_mark, start } = known.unwrap_or(BULLETS);
        if !has_mark {
            return None;
        }
        // Lists of one kind go on counting, unless they say where they begin.
        let counter = if starts.is_empty() { format!("kind {kind}") } else { format!("list {list}") };
        let latest = self.latest.entry(counter).or_default();
        let begins = starts.get(level).copied().unwrap_or(start);
        let counted = latest[*level].map_or(begins, |number| number.saturating_add(1));
        latest[*level] = Some(counted);
        latest.iter_mut().skip(level + 1).for_each(|deeper| *deeper = None);
        Some(Item { level: *level, number: is_numbered.then_some(counted), list: list.clone() })
    }
}
