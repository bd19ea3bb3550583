//! YAML as docassemble reads it: YAML 1.2 with ruamel.yaml's scalars, a file cut into parts at its
//! `---` lines, every node with the line that it stands on.
//!
//! Any text gives nodes or a [`YamlError`], never a panic and never more nodes than a limit allows.

mod build;
mod node;
mod repair;
mod scalar;
mod split;

use da_core::Plain;

pub use node::{Entry, Node, Value};
pub use scalar::Scalar;

/// A text is not YAML, or not what is expected of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct YamlError {
    /// The line in the whole text; the first is 1.
    pub line: u32,
    /// The column; the first is 1.
    pub column: u32,
    /// What is wrong.
    pub message: String,
}

/// One part of a file: what stands between two `---` lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The first line of the part in the file.
    pub line: u32,
    /// The text of the part.
    pub source: String,
    /// Its content, always a mapping.
    pub root: Node,
}

/// Cuts a file into its parts and reads each of them. Empty parts are left out.
///
/// # Errors
/// The first part that is not a mapping in good YAML.
///
/// ```
/// let documents = da_interview::yaml::parse("question: A\n---\nquestion: B\n").unwrap();
/// assert_eq!(documents.len(), 2);
/// assert_eq!(documents[1].root.get("question").unwrap().line, 3);
/// ```
pub fn parse(text: &str) -> Result<Vec<Document>, YamlError> {
    each(text).collect()
}

/// The parts of a file, one by one: a part in bad YAML does not spoil the others.
pub(crate) fn each(text: &str) -> impl Iterator<Item = Result<Document, YamlError>> {
    split::parts(text).into_iter().filter_map(|part| {
        let root = match build::node(&part.text, part.line) {
            Ok(root) => root?,
            Err(error) => return Some(Err(error)),
        };
        match root.value {
            Value::Map(_) => Some(Ok(Document { line: part.line, source: part.text, root })),
            Value::Scalar(Scalar::Null) => None,
            _ => {
                let message = "A block must be in the form of a dictionary.".to_owned();
                Some(Err(YamlError { line: root.line, column: root.column, message }))
            }
        }
    })
}

/// Cuts a text into its parts and reads each of them, whatever it holds. Empty parts are left out.
///
/// # Errors
/// The first part that is not good YAML.
pub fn values(text: &str) -> Result<Vec<Plain>, YamlError> {
    let mut values = Vec::new();
    for part in split::parts(text) {
        if let Some(root) = build::node(&part.text, part.line)? {
            values.push(root.to_plain());
        }
    }
    Ok(values)
}

/// Reads a text that is one document, such as a configuration file: its value, and the line of
/// every key, so that a complaint about a key can say where it stands. An empty text is an empty mapping.
///
/// # Errors
/// The text is not one document in good YAML.
pub fn parse_plain(text: &str) -> Result<(Plain, Vec<KeyLine>), YamlError> {
    let Some(root) = build::node(&split::normalise(text), 1)? else { return Ok((Plain::Map(Vec::new()), Vec::new())) };
    let mut lines = Vec::new();
    root.key_lines(&mut Vec::new(), &mut lines);
    let plain = match root.to_plain() {
        Plain::Null => Plain::Map(Vec::new()),
        plain => plain,
    };
    Ok((plain, lines))
}

/// Where a key of a mapping stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyLine {
    /// The keys that lead to it, itself last. Items of lists appear by their number, from 0.
    pub path: Vec<String>,
    /// Its line.
    pub line: u32,
}

#[cfg(test)]
mod tests;
