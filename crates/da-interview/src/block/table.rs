//! `table`: rows of a list as text.

use da_markup::Template;

use super::fault::Fault;
use super::keys::Keys;
use super::modifier::texts;
use super::python::Python;
use super::reader::Reading;
use super::{Condition, Given};
use crate::yaml::{Node, Value};

/// A table.
#[derive(Debug)]
pub struct Table {
    /// The variable that holds it.
    pub variable: String,
    /// `rows`: an expression.
    pub rows: Python,
    /// The columns: header and expression in `row_item` and `row_index`.
    pub columns: Vec<(Template, Python)>,
    /// `edit`: the attributes to ask for, or none when the table cannot be edited.
    pub edit: Option<Vec<String>>,
    /// `edit: True`: rows can be edited, with what the object itself needs.
    pub editable: bool,
    /// `edit header`.
    pub edit_header: Option<Template>,
    /// `delete buttons`: whether rows can be deleted; so can those of a table that can be edited.
    pub delete_buttons: bool,
    /// `require gathered`.
    pub require_gathered: bool,
    /// `show incomplete`.
    pub show_incomplete: bool,
    /// `not available label`.
    pub not_available_label: Option<Template>,
    /// `show if empty`: what stands there when there are no rows.
    pub show_if_empty: Option<Given>,
    /// `indent`.
    pub indent: bool,
    /// `confirm`.
    pub confirm: bool,
    /// `allow reordering`.
    pub allow_reordering: bool,
    /// `read only`: the attribute that tells which rows cannot be edited.
    pub read_only: Option<String>,
    /// `sort key`, `filter`.
    pub sort_key: Option<Python>,
    /// `sort reverse`.
    pub sort_reverse: Option<Condition>,
    /// `filter`.
    pub filter: Option<Python>,
}

impl Table {
    /// Reads the block if it is a table.
    pub(super) fn read(reading: &mut Reading<'_>, keys: &Keys<'_>) -> Result<Option<Table>, Fault> {
        let (Some(table), Some(rows), Some(columns)) = (keys.get("table"), keys.get("rows"), keys.get("columns"))
        else {
            return Ok(None);
        };
        let variable = reading.name_of(table)?;
        reading.used.add(&variable);
        let flag = |key: &str, default: bool| keys.get(key).and_then(Node::as_bool).unwrap_or(default);
        let edit = keys.get("edit");
        Ok(Some(Table {
            variable,
            rows: reading.expression(rows)?,
            columns: columns_of(reading, columns)?,
            editable: edit.is_some_and(|node| node.as_bool() != Some(false)),
            edit: edit.filter(|node| node.as_bool().is_none()).map(texts).transpose()?,
            edit_header: keys.get("edit header").map(|node| reading.text(node)).transpose()?,
            delete_buttons: flag("delete buttons", edit.is_some_and(|node| node.as_bool() != Some(false))),
            require_gathered: flag("require gathered", true),
            show_incomplete: flag("show incomplete", false),
            not_available_label: keys.get("not available label").map(|node| reading.text(node)).transpose()?,
            show_if_empty: keys.get("show if empty").map(|node| Given::read(reading, node)).transpose()?,
            indent: flag("indent", false),
            confirm: flag("confirm", false),
            allow_reordering: flag("allow reordering", false),
            read_only: keys.get("read only").map(Node::key_text),
            sort_key: keys.get("sort key").map(|node| reading.expression(node)).transpose()?,
            sort_reverse: keys.get("sort reverse").map(|node| Condition::read(reading, node)).transpose()?,
            filter: keys.get("filter").map(|node| reading.expression(node)).transpose()?,
        }))
    }
}

/// `- Header: expression`, or `- header: Header` with `cell: expression`.
fn columns_of(reading: &mut Reading<'_>, node: &Node) -> Result<Vec<(Template, Python)>, Fault> {
    let mut columns = Vec::new();
    for item in node.as_list().unwrap_or(std::slice::from_ref(node)) {
        if let (Some(header), Some(cell)) = (item.get("header"), item.get("cell")) {
            columns.push((reading.text(header)?, reading.expression(cell)?));
            continue;
        }
        let Value::Map(entries) = &item.value else {
            return Err(Fault::at(item, "A column of a table must be a dictionary."));
        };
        for entry in entries {
            columns.push((reading.template(&entry.key.key_text(), entry.key.line)?, reading.expression(&entry.value)?));
        }
    }
    Ok(columns)
}
