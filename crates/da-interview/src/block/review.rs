//! `review`: earlier answers, with links to change them.

use super::read::{Reading, get, texts};
use super::variable::Variables;
use super::{Expression, Text};
use crate::error::SourceError;
use crate::yaml::Node;

/// The controls of a review screen.
#[derive(Debug)]
pub(crate) struct Review {
    pub(crate) items: Vec<ReviewItem>,
    pub(crate) variable: Option<String>,
}

/// One of its items.
#[derive(Debug)]
pub(crate) struct ReviewItem {
    /// The label of the link or button; none for a note.
    pub(crate) label: Option<Text>,
    /// The variables that the link asks for again.
    pub(crate) fields: Vec<String>,
    /// What must be defined for the item to be shown.
    pub(crate) needs: Vec<Expression>,
    /// What stands beside a button, or the text of a note.
    pub(crate) text: Option<Text>,
    /// The text is HTML.
    pub(crate) is_html: bool,
    /// Further conditions.
    pub(crate) show_if: Vec<Expression>,
}

impl Review {
    pub(crate) fn read(
        reading: &Reading<'_>,
        node: &Node,
        variable: Option<String>,
        variables: &mut Variables,
    ) -> Result<Self, SourceError> {
        let nodes = node.as_list().unwrap_or(std::slice::from_ref(node));
        let items: Result<Vec<_>, _> = nodes.iter().map(|item| ReviewItem::read(reading, item, variables)).collect();
        Ok(Review { items: items?, variable })
    }
}

impl ReviewItem {
    fn read(reading: &Reading<'_>, node: &Node, variables: &mut Variables) -> Result<Self, SourceError> {
        let part = |key: &str| get(node, key).map(|part| Text::read(reading, part)).transpose();
        let mut item = ReviewItem {
            label: part("label")?,
            fields: Vec::new(),
            needs: Vec::new(),
            text: None,
            is_html: get(node, "html").is_some(),
            show_if: Vec::new(),
        };
        item.text = [part("note")?, part("html")?, part("button")?].into_iter().flatten().next();
        if let Some(fields) = get(node, "field").or_else(|| get(node, "fields")) {
            item.fields(reading, fields)?;
        } else if item.label.is_none()
            && item.text.is_none()
            && let Some(entry) = node.as_map().and_then(|entries| entries.first())
        {
            item.label = Some(Text::new(reading, &entry.key.key_text(), entry.key.line)?);
            item.fields(reading, &entry.value)?;
        }
        if let Some(condition) = get(node, "show if") {
            for code in condition.as_list().unwrap_or(std::slice::from_ref(condition)) {
                item.show_if.push(Expression::read(reading, code)?);
            }
        }
        item.show_if.iter().try_for_each(|code| variables.scan_expression(reading, code))?;
        Ok(item)
    }

    fn fields(&mut self, reading: &Reading<'_>, node: &Node) -> Result<(), SourceError> {
        let nodes = node.as_list().unwrap_or(std::slice::from_ref(node));
        for item in nodes.iter().filter(|item| item.as_scalar().is_some()) {
            for name in texts(reading, item)? {
                self.needs.push(Expression::compile(reading, &name, item.line)?);
                self.fields.push(name);
            }
        }
        Ok(())
    }
}
