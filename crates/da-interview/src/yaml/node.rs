//! [`Node`]: a value in a YAML text together with its place.

use da_core::Plain;

use super::{KeyLine, Scalar};

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The line in the file on which the content begins (for a block of text, the line after its `|`).
    pub line: u32,
    /// The column; the first is 1.
    pub column: u32,
    /// The value.
    pub value: Value,
}

/// What a node holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A value without parts.
    Scalar(Scalar),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping, in the order in which it was written. Keys are unique.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key, nearly always a text.
    pub key: Node,
    /// The value.
    pub value: Node,
}

impl Node {
    /// The text, if this is text.
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(Scalar::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The scalar, if this is one.
    pub fn as_scalar(&self) -> Option<&Scalar> {
        match &self.value {
            Value::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// The truth value, if this is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Scalar(Scalar::Bool(value)) => Some(value),
            _ => None,
        }
    }

    /// The items, if this is a list.
    pub fn as_list(&self) -> Option<&[Node]> {
        match &self.value {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// The entries, if this is a mapping.
    pub fn as_map(&self) -> Option<&[Entry]> {
        match &self.value {
            Value::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// Whether this is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self.value, Value::Scalar(Scalar::Null))
    }

    /// The value of a text key, if this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_map()?.iter().find(|entry| entry.key.as_text() == Some(key)).map(|entry| &entry.value)
    }

    /// A value that was never written, as if it stood on line `line`.
    pub fn from_plain(plain: &Plain, line: u32) -> Node {
        let value = match plain {
            Plain::Null => Value::Scalar(Scalar::Null),
            Plain::Bool(value) => Value::Scalar(Scalar::Bool(*value)),
            Plain::Int(value) => Value::Scalar(Scalar::Int(*value)),
            Plain::BigInt(digits) => Value::Scalar(Scalar::BigInt(digits.clone())),
            Plain::Float(value) => Value::Scalar(Scalar::Float(*value)),
            Plain::Text(text) => Value::Scalar(Scalar::Text(text.clone())),
            Plain::List(items) => Value::List(items.iter().map(|item| Node::from_plain(item, line)).collect()),
            Plain::Map(entries) => {
                let entry = |(key, value): &(String, Plain)| Entry {
                    key: Node { line, column: 1, value: Value::Scalar(Scalar::Text(key.clone())) },
                    value: Node::from_plain(value, line),
                };
                Value::Map(entries.iter().map(entry).collect())
            }
        };
        Node { line, column: 1, value }
    }

    /// The value without places. Dates become texts in ISO form; keys that are no texts become what
    /// Python's `str()` makes of them.
    pub fn to_plain(&self) -> Plain {
        match &self.value {
            Value::Scalar(scalar) => scalar.into(),
            Value::List(items) => Plain::List(items.iter().map(Node::to_plain).collect()),
            Value::Map(entries) => {
                Plain::Map(entries.iter().map(|entry| (entry.key.key_text(), entry.value.to_plain())).collect())
            }
        }
    }

    /// The text of a key: what Python's `str()` makes of it.
    pub fn key_text(&self) -> String {
        match &self.value {
            Value::Scalar(scalar) => scalar.to_text().into_owned(),
            Value::List(items) => format!("({})", items.iter().map(Node::key_text).collect::<Vec<_>>().join(", ")),
            Value::Map(_) => "{}".to_owned(),
        }
    }

    pub(super) fn key_lines(&self, path: &mut Vec<String>, lines: &mut Vec<KeyLine>) {
        match &self.value {
            Value::Scalar(_) => {}
            Value::List(items) => {
                for (number, item) in items.iter().enumerate() {
                    path.push(number.to_string());
                    item.key_lines(path, lines);
                    path.pop();
                }
            }
            Value::Map(entries) => {
                for entry in entries {
                    path.push(entry.key.key_text());
                    lines.push(KeyLine { path: path.clone(), line: entry.key.line });
                    entry.value.key_lines(path, lines);
                    path.pop();
                }
            }
        }
    }
}

impl From<&Scalar> for Plain {
    fn from(scalar: &Scalar) -> Self {
        match scalar {
            Scalar::Null => Plain::Null,
            Scalar::Bool(value) => Plain::Bool(*value),
            Scalar::Int(value) => Plain::Int(*value),
            Scalar::BigInt(text) => Plain::BigInt(text.clone()),
            Scalar::Float(value) => Plain::Float(*value),
            Scalar::Text(text) | Scalar::Date(text) | Scalar::Timestamp(text) => Plain::Text(text.clone()),
        }
    }
}
