//! `review`: earlier answers, and the ways back to them.

use da_markup::Template;

use super::fault::Fault;
use super::given::Given;
use super::python::Python;
use super::reader::Reading;
use crate::yaml::{Entry, Node, Value};

/// A line of `review`.
#[derive(Debug)]
pub struct ReviewItem {
    /// The line on which it stands.
    pub line: u32,
    /// What it is.
    pub kind: ReviewKind,
    /// What the link says.
    pub label: Option<Template>,
    /// What the link asks again, in order. The item is shown when all of them are defined.
    pub targets: Vec<ReviewTarget>,
    /// `show if`: expressions; the item is shown when all of them are true.
    pub show_if: Vec<Python>,
    /// `help`.
    pub help: Option<Template>,
    /// `button`: what stands beside a button.
    pub button: Option<Template>,
    /// `action`: what the link does instead of asking again.
    pub action: Option<String>,
    /// Every other directive, as given.
    pub more: Vec<(String, Given)>,
}

/// What a line of `review` is.
#[derive(Debug, Clone)]
pub enum ReviewKind {
    /// A link.
    Link,
    /// `note`.
    Note(Template),
    /// `html`.
    Html(Template),
    /// `raw html`.
    RawHtml(Template),
}

/// Something that a link of `review` does.
#[derive(Debug, Clone)]
pub enum ReviewTarget {
    /// Asks for a variable.
    Variable {
        /// The variable.
        variable: String,
        /// It as an expression, to see whether it is defined.
        expression: Python,
    },
    /// `recompute`, `undefine`, `invalidate`, `set`, `follow up`, or `action` with `arguments`.
    Task(Given),
}

/// Reads `review`.
pub(super) fn read(reading: &mut Reading<'_>, node: &Node) -> Result<Vec<ReviewItem>, Fault> {
    let items = node.as_list().unwrap_or(std::slice::from_ref(node));
    items.iter().map(|item| ReviewItem::read(reading, item)).collect()
}

impl ReviewItem {
    fn read(reading: &mut Reading<'_>, node: &Node) -> Result<ReviewItem, Fault> {
        let Value::Map(entries) = &node.value else {
            return Err(Fault::at(node, "Each individual field in a list of fields must be a dictionary."));
        };
        let mut item = ReviewItem {
            line: node.line,
            kind: ReviewKind::Link,
            label: None,
            targets: Vec::new(),
            show_if: Vec::new(),
            help: None,
            button: None,
            action: None,
            more: Vec::new(),
        };
        for entry in entries {
            item.entry(reading, entry)?;
        }
        Ok(item)
    }

    fn entry(&mut self, reading: &mut Reading<'_>, entry: &Entry) -> Result<(), Fault> {
        let (key, node) = (entry.key.key_text(), &entry.value);
        match key.as_str() {
            "note" => self.kind = ReviewKind::Note(reading.text(node)?),
            "html" => self.kind = ReviewKind::Html(reading.text(node)?),
            "raw html" => self.kind = ReviewKind::RawHtml(reading.text(node)?),
            "label" => self.label = Some(reading.text(node)?),
            "help" => self.help = Some(reading.text(node)?),
            "button" => self.button = Some(reading.text(node)?),
            "action" => self.action = Some(node.key_text()),
            "show if" => {
                for item in node.as_list().unwrap_or(std::slice::from_ref(node)) {
                    let code = item.get("code").unwrap_or(item);
                    self.show_if.push(reading.expression(code)?);
                }
            }
            "field" | "fields" => self.add_targets(reading, node)?,
            "css class" | "color" | "arguments" => self.more.push((key, Given::read(reading, node)?)),
            _ => {
                self.label = Some(reading.template(&key, entry.key.line)?);
                self.add_targets(reading, node)?;
            }
        }
        Ok(())
    }

    fn add_targets(&mut self, reading: &mut Reading<'_>, node: &Node) -> Result<(), Fault> {
        for item in node.as_list().unwrap_or(std::slice::from_ref(node)) {
            let target = match &item.value {
                Value::Map(_) => ReviewTarget::Task(Given::read(reading, item)?),
                _ => ReviewTarget::Variable { variable: reading.name_of(item)?, expression: reading.expression(item)? },
            };
            self.targets.push(target);
        }
        Ok(())
    }
}
