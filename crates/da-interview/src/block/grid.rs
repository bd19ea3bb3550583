//! `grid` and `item grid`: where in a grid of twelve columns something stands.

use da_markup::Template;

use super::Python;
use super::fault::Fault;
use super::reader::Reading;
use crate::yaml::{Node, Scalar, Value};

/// The parts of a place, by docassemble's names.
#[derive(Debug)]
pub struct Grid(pub Vec<(String, GridPart)>);

/// A part of a place.
#[derive(Debug)]
pub enum GridPart {
    /// A number of columns, or whether a row begins or ends here, as written.
    Fixed(Scalar),
    /// The same, from an expression.
    Code(Python),
    /// `breakpoint`: the width of the screen from which on the grid holds.
    Breakpoint(Template),
}

/// What may be said of a place.
const PARTS: [&str; 6] = ["width", "label width", "offset", "start", "end", "breakpoint"];

impl Grid {
    /// Reads a width, or a mapping of parts.
    pub(super) fn read(reading: &mut Reading<'_>, node: &Node) -> Result<Grid, Fault> {
        let Some(entries) = node.as_map() else {
            return Ok(Grid(vec![("width".to_owned(), GridPart::read(reading, node)?)]));
        };
        let mut parts = Vec::with_capacity(entries.len());
        for entry in entries {
            let name = entry.key.key_text();
            if !PARTS.contains(&name.as_str()) {
                return Err(Fault::at(&entry.key, format!("A grid cannot have the key '{name}'.")));
            }
            let part = match name.as_str() {
                "breakpoint" => GridPart::Breakpoint(reading.text(&entry.value)?),
                _ => GridPart::read(reading, &entry.value)?,
            };
            parts.push((name, part));
        }
        match parts.iter().any(|(name, _)| name == "width") {
            true => Ok(Grid(parts)),
            false => Err(Fault::at(node, "A grid must specify a width.")),
        }
    }
}

impl GridPart {
    fn read(reading: &mut Reading<'_>, node: &Node) -> Result<GridPart, Fault> {
        match &node.value {
            Value::Scalar(Scalar::Text(_)) => reading.expression(node).map(GridPart::Code),
            Value::Scalar(scalar) => Ok(GridPart::Fixed(scalar.clone())),
            Value::List(_) | Value::Map(_) => Err(Fault::at(node, "A part of a grid must be a number.")),
        }
    }
}
