//! The parts of a DOCX file that its text comes from, and what their relationships lead to.

use std::collections::HashMap;
use std::rc::Rc;

use super::xml;
use crate::{DocumentError, archive};

/// Where the text itself stands.
pub(super) const BODY: &str = "word/document.xml";

/// A target longer than this is no address.
const LONGEST_TARGET: usize = 2000;

/// The texts of the parts, by name.
pub(super) struct Parts(HashMap<String, String>);

impl Parts {
    pub(super) fn unpack(file: &[u8]) -> Result<Parts, DocumentError> {
        let wanted = |name: &str| {
            let part = name.strip_prefix("word/").unwrap_or_default();
            matches!(part, "document.xml" | "styles.xml" | "numbering.xml" | "footnotes.xml" | "endnotes.xml")
                || part.starts_with("_rels/")
        };
        let parts = Parts(archive::archive_texts(file, wanted)?.into_iter().collect());
        if parts.get(BODY).is_some() { Ok(parts) } else { Err(DocumentError::NoPart(BODY)) }
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// What the relationships of a part lead to, by their names in it.
    pub(super) fn targets(&self, part: &str) -> Result<Targets, DocumentError> {
        let name = part.replacen("word/", "word/_rels/", 1) + ".rels";
        let Some(text) = self.get(&name) else { return Ok(Targets::default()) };
        let document = xml::parse(&name, text)?;
        let relationships = xml::children(document.root_element(), "Relationship");
        let entry = |node| {
            let (id, target) = (xml::attribute(node, "Id")?, xml::attribute(node, "Target")?);
            (target.len() <= LONGEST_TARGET).then(|| (id.to_owned(), Rc::from(target)))
        };
        Ok(Targets(relationships.filter_map(entry).collect()))
    }
}

/// Addresses and files that a part names by an id.
#[derive(Default)]
pub(super) struct Targets(HashMap<String, Rc<str>>);

impl Targets {
    pub(super) fn get(&self, id: &str) -> Option<Rc<str>> {
        self.0.get(id).cloned()
    }
}
