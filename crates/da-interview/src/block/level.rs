//! What is said about the interview as a whole: blocks that are never run.

use super::question::Help;
use super::read::{Reading, get, has, keys};
use super::{Script, Text};
use crate::error::SourceError;
use crate::yaml::Node;
use da_core::Plain;

/// Something about the interview as a whole.
#[derive(Debug)]
pub(crate) enum Level {
    /// `metadata`
    Metadata(Vec<(String, Plain)>),
    /// `features`
    Features(Vec<(String, Plain)>),
    /// `sections`
    Sections(Plain),
    /// `terms` and `auto terms` without a question.
    Terms { auto: bool, terms: Vec<(String, Text)> },
    /// `interview help`
    Help(Help),
    /// `default screen parts`
    ScreenParts(Vec<(String, Text)>),
    /// `default validation messages`
    ValidationMessages(Vec<(String, String)>),
    /// `order`
    Order(Vec<String>),
    /// `on change`
    OnChange(Vec<(String, Script)>),
    /// Read, and without a meaning for what this engine does yet; the words say what.
    Unused,
}

/// Reads a block that is about the interview as a whole; none if it is an ordinary block.
pub(crate) fn read(reading: &Reading<'_>, root: &Node) -> Result<Option<Level>, SourceError> {
    if has(root, "question") {
        return Ok(None);
    }
    let alone = |key: &str| keys(root).iter().all(|known| known == key || known == "comment");
    if let Some(node) = get(root, "metadata").filter(|_| alone("metadata")) {
        return Ok(Some(Level::Metadata(map(reading, node)?)));
    }
    if let Some(node) = get(root, "features") {
        return Ok(Some(Level::Features(map(reading, node)?)));
    }
    if let Some(node) = get(root, "sections").filter(|_| !has(root, "code")) {
        return Ok(Some(Level::Sections(node.to_plain())));
    }
    for (key, auto) in [("terms", false), ("auto terms", true)] {
        if let Some(node) = get(root, key) {
            return Ok(Some(Level::Terms { auto, terms: terms(reading, node)? }));
        }
    }
    if let Some(node) = get(root, "interview help") {
        return Ok(Some(Level::Help(Help::read(reading, node)?)));
    }
    if let Some(node) = get(root, "default screen parts") {
        let parts = entries(reading, node)?.into_iter().map(|(key, value)| Ok((key, Text::read(reading, value)?)));
        return Ok(Some(Level::ScreenParts(parts.collect::<Result<_, SourceError>>()?)));
    }
    if let Some(node) = get(root, "default validation messages") {
        let messages = map(reading, node)?.into_iter().filter_map(|(key, value)| match value {
            Plain::Text(text) => Some((key, text)),
            _ => None,
        });
        return Ok(Some(Level::ValidationMessages(messages.collect())));
    }
    if let Some(node) = get(root, "order") {
        return Ok(Some(Level::Order(super::read::texts(reading, node)?)));
    }
    if let Some(node) = get(root, "on change") {
        let scripts = entries(reading, node)?.into_iter().map(|(key, value)| Ok((key, Script::read(reading, value)?)));
        return Ok(Some(Level::OnChange(scripts.collect::<Result<_, SourceError>>()?)));
    }
    let unused = [
        "translations",
        "attachment options",
        "image sets",
        "images",
        "def",
        "machine learning storage",
        "default role",
    ];
    Ok(unused.iter().any(|key| has(root, key)).then_some(Level::Unused))
}

/// The entries of a mapping, keys as text.
pub(crate) fn entries<'n>(reading: &Reading<'_>, node: &'n Node) -> Result<Vec<(String, &'n Node)>, SourceError> {
    let Some(entries) = node.as_map() else { return Err(reading.error(node, "A dictionary was expected here.")) };
    Ok(entries.iter().map(|entry| (entry.key.key_text(), &entry.value)).collect())
}

fn map(reading: &Reading<'_>, node: &Node) -> Result<Vec<(String, Plain)>, SourceError> {
    match node.to_plain() {
        Plain::Map(entries) => Ok(entries),
        _ => Err(reading.error(node, "A dictionary was expected here.")),
    }
}

/// `terms`: a mapping, or a list of mappings.
pub(crate) fn terms(reading: &Reading<'_>, node: &Node) -> Result<Vec<(String, Text)>, SourceError> {
    let mut found = Vec::new();
    for item in node.as_list().unwrap_or(std::slice::from_ref(node)) {
        for (term, definition) in entries(reading, item)? {
            found.push((term.to_lowercase(), Text::read(reading, definition)?));
        }
    }
    Ok(found)
}
