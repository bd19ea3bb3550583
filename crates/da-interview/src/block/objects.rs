//! `objects`: variables and the classes that they are made from.

use super::fault::Fault;
use super::python::Python;
use super::reader::Reading;
use super::used::normal;
use crate::yaml::{Node, Value};

/// An object to be made when its variable is wanted.
#[derive(Debug, Clone)]
pub struct ObjectSpec {
    /// The variable.
    pub variable: String,
    /// The class, or `Class.using(...)`: an expression.
    pub class: Python,
}

/// Reads a mapping, or a list of mappings, from variables to classes.
pub(super) fn read(reading: &mut Reading<'_>, node: &Node) -> Result<Vec<ObjectSpec>, Fault> {
    let mut objects = Vec::new();
    for item in node.as_list().unwrap_or(std::slice::from_ref(node)) {
        let Value::Map(entries) = &item.value else {
            return Err(Fault::at(item, "An objects block must be a list of dictionaries or a dictionary."));
        };
        for entry in entries {
            let variable = normal(&reading.name_of(&entry.key)?);
            reading.used.add(&variable);
            let class = reading.expression(&entry.value)?;
            objects.push(ObjectSpec { variable, class });
        }
    }
    Ok(objects)
}
