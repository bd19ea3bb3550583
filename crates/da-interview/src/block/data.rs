//! `variable name` with `data`, `data from code`, or `objects from file`.

use super::Given;
use super::fault::Fault;
use super::given::key_of;
use super::keys::Keys;
use super::python::Python;
use super::reader::Reading;
use crate::yaml::{Node, Scalar, Value};

/// A variable whose value stands in the block.
#[derive(Debug)]
pub enum Data {
    /// `data`: the value, its texts templates.
    Value {
        /// The variable.
        variable: String,
        /// The value.
        value: Given,
        /// `use objects`: lists and mappings become `DAList` and `DADict`, or `objects`.
        use_objects: Option<Given>,
        /// `gathered`: whether lists count as complete.
        gathered: bool,
    },
    /// `data from code`: the texts are expressions.
    FromCode {
        /// The variable.
        variable: String,
        /// The value.
        value: CodeTree,
        /// `use objects`.
        use_objects: Option<Given>,
        /// `gathered`.
        gathered: bool,
    },
    /// `objects from file`: variables and the files that they are read from.
    ObjectsFromFile {
        /// Pairs of variable and file.
        variables: Vec<(String, String)>,
        /// `use objects`.
        use_objects: Option<Given>,
        /// `gathered`.
        gathered: bool,
    },
}

/// A value whose leaves are expressions.
#[derive(Debug)]
pub enum CodeTree {
    /// An expression.
    Leaf(Python),
    /// A word that says of which class an object is.
    Word(String),
    /// A list.
    List(Vec<CodeTree>),
    /// A mapping.
    Map(Vec<(Scalar, CodeTree)>),
}

impl Data {
    /// Reads the block if it is one of these.
    pub(super) fn read(reading: &mut Reading<'_>, keys: &Keys<'_>) -> Result<Option<Data>, Fault> {
        let use_objects = keys.get("use objects").map(|node| Given::read(reading, node)).transpose()?;
        let gathered = keys.get("gathered").and_then(Node::as_bool).unwrap_or(true);
        let variable = keys.get("variable name").map(|node| reading.name_of(node)).transpose()?;
        if let Some(node) = keys.get("objects from file") {
            return Ok(Some(Data::ObjectsFromFile { variables: files(reading, node)?, use_objects, gathered }));
        }
        let (Some(variable), Some((key, node))) = (variable, keys.first_of(&["data", "data from code"])) else {
            return Ok(None);
        };
        reading.used.add(&variable);
        let names_classes = keys.get("use objects").and_then(Node::as_text) == Some("objects");
        Ok(Some(if key == "data" {
            Data::Value { variable, value: Given::read_data(reading, node)?, use_objects, gathered }
        } else {
            Data::FromCode { variable, value: CodeTree::read(reading, node, names_classes)?, use_objects, gathered }
        }))
    }
}

fn files(reading: &mut Reading<'_>, node: &Node) -> Result<Vec<(String, String)>, Fault> {
    let mut variables = Vec::new();
    for item in node.as_list().unwrap_or(std::slice::from_ref(node)) {
        for entry in item.as_map().unwrap_or_default() {
            let variable = reading.name_of(&entry.key)?;
            reading.used.add(&variable);
            variables.push((variable, entry.value.key_text()));
        }
    }
    Ok(variables)
}

impl CodeTree {
    /// With `names_classes`, `object` and `module` of what describes an object are words, not expressions.
    fn read(reading: &mut Reading<'_>, node: &Node, names_classes: bool) -> Result<CodeTree, Fault> {
        let mut inner = |node: &Node| CodeTree::read(reading, node, names_classes);
        Ok(match &node.value {
            Value::Scalar(_) => CodeTree::Leaf(reading.expression(node)?),
            Value::List(items) => CodeTree::List(items.iter().map(inner).collect::<Result<_, _>>()?),
            Value::Map(entries) => {
                let has = |key: &str| node.get(key).is_some();
                let is_object = names_classes && has("object") && (has("item") || has("items"));
                let mut map = Vec::with_capacity(entries.len());
                for entry in entries {
                    let value = match entry.key.as_text() {
                        Some("object" | "module") if is_object => CodeTree::Word(entry.value.key_text()),
                        _ => inner(&entry.value)?,
                    };
                    map.push((key_of(&entry.key), value));
                }
                CodeTree::Map(map)
            }
        })
    }
}
