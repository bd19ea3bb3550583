//! A block that asks something of a person, or tells something.

use super::control::Control;
use super::level::terms;
use super::read::{Reading, get};
use super::variable::Variables;
use super::{Expression, Script, Text};
use crate::error::SourceError;
use crate::yaml::Node;

/// A question: its texts and its controls.
#[derive(Debug)]
pub(crate) struct Question {
    /// `question`.
    pub(crate) text: Text,
    /// The texts beside it, by docassemble's name (`subquestion`, `under`, `right`, `continue button
    /// label`, `css`, `script`, ...).
    pub(crate) parts: Vec<(&'static str, Text)>,
    /// `help`.
    pub(crate) help: Option<Help>,
    /// `terms` and `auto terms` of this question.
    pub(crate) terms: Terms,
    /// `prevent going back`.
    pub(crate) prevents_going_back: bool,
    /// `reload`: seconds, if the page loads itself again.
    pub(crate) reload: Option<Expression>,
    /// `track location`.
    pub(crate) tracks_location: bool,
    /// The controls.
    pub(crate) control: Control,
}

/// `help`.
#[derive(Debug)]
pub(crate) struct Help {
    pub(crate) label: Option<Text>,
    pub(crate) heading: Option<Text>,
    pub(crate) content: Text,
}

/// Terms and their explanations.
#[derive(Debug, Default)]
pub(crate) struct Terms {
    pub(crate) plain: Vec<(String, Text)>,
    pub(crate) auto: Vec<(String, Text)>,
}

/// Texts that a question may have beside its own.
const PARTS: [&str; 13] = [
    "subquestion",
    "under",
    "right",
    "continue button label",
    "continue button color",
    "css",
    "script",
    "back button label",
    "corner back button label",
    "resume button label",
    "css class",
    "table css class",
    "decoration",
];

impl Question {
    pub(crate) fn read(reading: &Reading<'_>, root: &Node, variables: &mut Variables) -> Result<Self, SourceError> {
        let question = get(root, "question").map_or(Ok(Text::literal("")), |node| Text::read(reading, node))?;
        let mut parts = Vec::new();
        for key in PARTS {
            if let Some(node) = get(root, key).filter(|node| node.as_scalar().is_some()) {
                parts.push((key, Text::read(reading, node)?));
            }
        }
        let flag = |key: &str| get(root, key).and_then(Node::as_bool) == Some(true);
        if let Some(node) = get(root, "validation code") {
            let script = Script::read(reading, node)?;
            variables.scan(reading, &script.source, script.line)?;
        }
        Ok(Question {
            text: question,
            parts,
            help: get(root, "help").map(|node| Help::read(reading, node)).transpose()?,
            terms: Terms {
                plain: get(root, "terms").map_or(Ok(Vec::new()), |node| terms(reading, node))?,
                auto: get(root, "auto terms").map_or(Ok(Vec::new()), |node| terms(reading, node))?,
            },
            prevents_going_back: flag("prevent going back"),
            reload: get(root, "reload")
                .filter(|node| node.as_bool() != Some(true))
                .map(|node| Expression::read(reading, node))
                .transpose()?,
            tracks_location: flag("track location"),
            control: Control::read(reading, root, variables)?,
        })
    }

    /// One of the texts beside the question.
    pub(crate) fn part(&self, name: &str) -> Option<&Text> {
        self.parts.iter().find(|(known, _)| *known == name).map(|(_, text)| text)
    }
}

impl Help {
    /// Reads `help`: a text, or a mapping of `label`, `heading` and `content`.
    pub(crate) fn read(reading: &Reading<'_>, node: &Node) -> Result<Self, SourceError> {
        if node.as_map().is_none() {
            return Ok(Help { label: None, heading: None, content: Text::read(reading, node)? });
        }
        let part = |key: &str| get(node, key).map(|part| Text::read(reading, part)).transpose();
        Ok(Help {
            label: part("label")?,
            heading: part("heading")?,
            content: part("content")?.unwrap_or_else(|| Text::literal("")),
        })
    }
}
