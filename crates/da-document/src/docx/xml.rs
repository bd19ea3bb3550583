//! The XML of a part: read whole, with limits, and looked at by local names.
//!
//! Word processors write the same names in two namespaces (ISO 29500 transitional and strict), so the namespace says nothing here.
//! Declarations of types are refused, so nothing is expanded.

use roxmltree::{Document, Node, ParsingOptions};

use super::tags;
use crate::DocumentError;

/// More elements and texts than these are not read from one part.
const MOST_NODES: u32 = 1 << 21;

/// Reads the XML of a part of this name.
pub(super) fn parse<'x>(name: &str, xml: &'x str) -> Result<Document<'x>, DocumentError> {
    tags::check(xml)?;
    let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(xml, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => DocumentError::TooMany,
        _ => DocumentError::NoXml(name.to_owned()),
    })
}

/// What a walk through a tree comes by.
pub(super) enum Step<'a, 'x> {
    /// An element begins.
    Open,
    /// An element ends.
    Close(Node<'a, 'x>),
    /// A text.
    Text(&'a str),
}

/// Walks through what is below a node, in the order of the text, as long as `visit` says so. It does not recurse.
pub(super) fn walk<'a, 'x>(root: Node<'a, 'x>, visit: &mut dyn FnMut(Step<'a, 'x>) -> bool) -> bool {
    let mut next = root.first_child();
    while let Some(node) = next {
        let goes_on = match (node.is_element(), node.text()) {
            (true, _) => visit(Step::Open),
            (false, Some(text)) if node.is_text() => visit(Step::Text(text)),
            _ => true,
        };
        if !goes_on {
            return false;
        }
        next = node.first_child();
        let mut at = node;
        while next.is_none() {
            if at.is_element() && !visit(Step::Close(at)) {
                return false;
            }
            next = at.next_sibling();
            match at.parent() {
                _ if next.is_some() => {}
                Some(parent) if parent != root => at = parent,
                _ => return true,
            }
        }
    }
    true
}

/// Whether an element has this name.
pub(super) fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

/// The first child of this name.
pub(super) fn child<'a, 'x>(node: Node<'a, 'x>, name: &str) -> Option<Node<'a, 'x>> {
    node.children().find(|child| is(*child, name))
}

/// The children of this name.
pub(super) fn children<'a, 'x>(node: Node<'a, 'x>, name: &'static str) -> impl Iterator<Item = Node<'a, 'x>> {
    node.children().filter(move |child| is(*child, name))
}

/// An attribute, by its local name.
pub(super) fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// The names by which parts of a document find one another have no more bytes. They are looked up wherever they are used.
const LONGEST_NAME: usize = 255;

/// A name by which something is found, unless it is none.
pub(super) fn name(said: Option<&str>) -> Option<String> {
    said.filter(|said| said.len() <= LONGEST_NAME).map(str::to_owned)
}

/// The attribute `val` of the first child of this name.
pub(super) fn value<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    child(node, name).and_then(|child| attribute(child, "val"))
}

/// What a child of this name switches on or off; nothing where there is none.
pub(super) fn switch(node: Node<'_, '_>, name: &str) -> Option<bool> {
    let child = child(node, name)?;
    Some(!matches!(attribute(child, "val"), Some("0" | "false" | "off" | "none")))
}
