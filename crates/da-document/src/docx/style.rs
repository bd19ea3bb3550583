//! The styles of a DOCX file: which paragraphs are headings or quotations, and which texts are bold.

use std::collections::HashMap;

use roxmltree::Node;

use super::lists::ListPlace;
use super::xml;
use crate::DocumentError;

/// Styles that are based on one another are followed this far.
const LONGEST_CHAIN: usize = 20;

/// How a text looks, as far as Markdown can say it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) struck: bool,
    pub(super) raised: bool,
    pub(super) lowered: bool,
    pub(super) code: bool,
}

/// What a paragraph is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Kind {
    #[default]
    Plain,
    /// A heading of level 1 to 6.
    Heading(u8),
    Quote,
    Code,
}

/// What a style says itself, and what it is based on.
#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    kind: Option<Kind>,
    code: bool,
    bold: Option<bool>,
    italic: Option<bool>,
    struck: Option<bool>,
    list: Option<ListPlace>,
}

/// The styles of a document, by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles(HashMap<String, Style>);

impl Styles {
    pub(super) fn read(part: Option<&str>) -> Result<Styles, DocumentError> {
        let Some(text) = part else { return Ok(Styles::default()) };
        let document = xml::parse("word/styles.xml", text)?;
        let styles = xml::children(document.root_element(), "style");
        Ok(Styles(styles.filter_map(|node| Some((xml::name(xml::attribute(node, "styleId"))?, style(node)))).collect()))
    }

    /// A style and those that it is based on.
    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = &'s Style> {
        let mut next = id;
        std::iter::from_fn(move || {
            let style = self.0.get(next.take()?)?;
            next = style.based_on.as_deref();
            Some(style)
        })
        .take(LONGEST_CHAIN)
    }

    /// What a paragraph with these properties is.
    pub(super) fn kind(&self, properties: Option<Node<'_, '_>>) -> Kind {
        let Some(properties) = properties else { return Kind::Plain };
        let own = xml::value(properties, "outlineLvl").and_then(outline);
        let of_style = || self.chain(xml::value(properties, "pStyle")).find_map(|style| style.kind);
        own.or_else(of_style).unwrap_or_default()
    }

    /// The list that the style of a paragraph belongs to.
    pub(super) fn list(&self, properties: Node<'_, '_>) -> Option<ListPlace> {
        self.chain(xml::value(properties, "pStyle")).find_map(|style| style.list.clone())
    }

    /// How a run with these properties looks. What the style of its paragraph says is a matter of the paragraph.
    pub(super) fn look(&self, properties: Option<Node<'_, '_>>) -> Look {
        let Some(properties) = properties else { return Look::default() };
        let name = xml::value(properties, "rStyle");
        let of_style = |says: fn(&Style) -> Option<bool>| self.chain(name).find_map(says).unwrap_or_default();
        let position = xml::value(properties, "vertAlign");
        Look {
            bold: xml::switch(properties, "b").unwrap_or_else(|| of_style(|style| style.bold)),
            italic: xml::switch(properties, "i").unwrap_or_else(|| of_style(|style| style.italic)),
            struck: xml::switch(properties, "strike").unwrap_or_else(|| of_style(|style| style.struck)),
            raised: position == Some("superscript"),
            lowered: position == Some("subscript"),
            code: of_style(|style| style.code.then_some(true)),
        }
    }
}

fn style(node: Node<'_, '_>) -> Style {
    let name = xml::value(node, "name").unwrap_or_default().to_lowercase();
    let paragraph = xml::child(node, "pPr");
    let run = xml::child(node, "rPr");
    let says = |name| run.and_then(|run| xml::switch(run, name));
    Style {
        based_on: xml::name(xml::value(node, "basedOn")),
        kind: named(&name).or_else(|| paragraph.and_then(|node| xml::value(node, "outlineLvl")).and_then(outline)),
        code: matches!(name.as_str(), "html code" | "verbatim char" | "source text" | "code char"),
        bold: says("b"),
        italic: says("i"),
        struck: says("strike"),
        list: paragraph.and_then(ListPlace::of),
    }
}

/// What word processors mean by a name, in whatever language they show it.
fn named(name: &str) -> Option<Kind> {
    match name {
        "title" => Some(Kind::Heading(1)),
        "subtitle" => Some(Kind::Heading(2)),
        "quote" | "intense quote" | "block text" | "quotations" => Some(Kind::Quote),
        "html preformatted" | "source code" | "preformatted text" => Some(Kind::Code),
        _ => name.strip_prefix("heading ").and_then(|level| level.parse::<u8>().ok()).map(heading),
    }
}

fn heading(level: u8) -> Kind {
    Kind::Heading(level.clamp(1, 6))
}

/// Levels of an outline count from 0; the tenth is that of plain text.
fn outline(level: &str) -> Option<Kind> {
    match level.parse::<u8>().ok()? {
        level @ 0..=8 => Some(heading(level + 1)),
        9 => Some(Kind::Plain),
        _ => None,
    }
}
