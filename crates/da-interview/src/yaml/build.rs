//! Builds [`Node`]s from the parser's events, one document at a time.
//!
//! It recurses nowhere without a depth limit, and aliases cannot make a small text a large tree.

use std::borrow::Cow;
use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, StrInput, Tag};

use super::repair::repaired;
use super::{Entry, Node, Scalar, Value, YamlError, scalar};

/// Lists and mappings inside one another.
const MAX_DEPTH: usize = 64;
/// Nodes of one document, aliases expanded.
const MAX_NODES: usize = 200_000;

/// Reads one document whose first line is line `first_line` of its file; `None` when it is empty.
pub(super) fn node(text: &str, first_line: u32) -> Result<Option<Node>, YamlError> {
    refuse_control_characters(text, first_line)?;
    match read(text, first_line) {
        Err(fault) => match repaired(text) {
            Some(text) => read(&text, first_line),
            None => Err(fault),
        },
        read => read,
    }
}

fn read(text: &str, first_line: u32) -> Result<Option<Node>, YamlError> {
    let mut builder =
        Builder { parser: Parser::new_from_str(text), first_line, anchors: HashMap::new(), nodes: 0, depth: 0 };
    let mut root = None;
    loop {
        let (event, mark) = builder.next()?;
        match event {
            Event::StreamEnd => return Ok(root),
            Event::StreamStart | Event::Nothing | Event::DocumentStart(_) | Event::DocumentEnd => {}
            _ if root.is_some() => return Err(builder.error(mark, "expected a single document, but found another")),
            event => root = Some(builder.build(event, mark)?),
        }
    }
}

/// The parser takes a NUL for the end of the text; YAML forbids control characters altogether.
fn refuse_control_characters(text: &str, first_line: u32) -> Result<(), YamlError> {
    for (number, line) in (first_line..).zip(text.split('\n')) {
        let bad = |c: char| (c.is_control() && c != '\t' && c != '\u{85}') || matches!(c, '\u{fffe}' | '\u{ffff}');
        if let Some(at) = line.chars().position(bad) {
            let column = u32::try_from(at + 1).unwrap_or(u32::MAX);
            let message = "special characters are not allowed".to_owned();
            return Err(YamlError { line: number, column, message });
        }
    }
    Ok(())
}

struct Builder<'input> {
    parser: Parser<'input, StrInput<'input>>,
    first_line: u32,
    anchors: HashMap<usize, (Node, usize)>,
    nodes: usize,
    depth: usize,
}

impl<'input> Builder<'input> {
    fn next(&mut self) -> Result<(Event<'input>, Marker), YamlError> {
        match self.parser.next_event() {
            None => Ok((Event::StreamEnd, Marker::new(0, 1, 0))),
            Some(Ok((event, span))) => Ok((event, span.start)),
            Some(Err(error)) => Err(self.error(*error.marker(), error.info())),
        }
    }

    fn build(&mut self, event: Event<'input>, mark: Marker) -> Result<Node, YamlError> {
        self.count(1, mark)?;
        let before = self.nodes;
        let mut line = self.line(mark);
        let (value, anchor) = match event {
            Event::Alias(id) => return self.alias(id, mark),
            Event::Scalar(text, style, anchor, tag) => {
                if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
                    line = first_line_of_block(&text, line);
                }
                (Value::Scalar(self.scalar(&text, style, tag, mark)?), anchor)
            }
            Event::SequenceStart(anchor, tag) => {
                let tag = self.standard_tag(tag, &["seq", "omap"], mark)?;
                let items = self.nested(mark, Self::list)?;
                (if tag == Some("omap") { Value::Map(self.ordered(items, mark)?) } else { Value::List(items) }, anchor)
            }
            Event::MappingStart(anchor, tag) => {
                self.expect_tag(tag, &["map", "omap"], mark)?;
                (Value::Map(self.nested(mark, Self::map)?), anchor)
            }
            _ => return Err(self.error(mark, "unexpected end of the document")),
        };
        let node = Node { line, column: column(mark), value };
        if anchor > 0 {
            self.anchors.insert(anchor, (node.clone(), self.nodes - before + 1));
        }
        Ok(node)
    }

    fn nested<T>(
        &mut self,
        mark: Marker,
        inner: impl FnOnce(&mut Self) -> Result<T, YamlError>,
    ) -> Result<T, YamlError> {
        if self.depth == MAX_DEPTH {
            return Err(self.error(mark, "lists and dictionaries are nested too deeply"));
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    fn list(&mut self) -> Result<Vec<Node>, YamlError> {
        let mut items = Vec::new();
        loop {
            let (event, mark) = self.next()?;
            if event == Event::SequenceEnd {
                return Ok(items);
            }
            items.push(self.build(event, mark)?);
        }
    }

    fn map(&mut self) -> Result<Vec<Entry>, YamlError> {
        let mut keys = std::collections::HashSet::new();
        let mut entries: Vec<Entry> = Vec::new();
        let mut merged: Vec<Entry> = Vec::new();
        loop {
            let (event, mark) = self.next()?;
            if event == Event::MappingEnd {
                break;
            }
            let is_merge = matches!(&event, Event::Scalar(text, ScalarStyle::Plain, _, None) if text == "<<");
            let key = self.build(event, mark)?;
            let (event, value_mark) = self.next()?;
            let value = self.build(event, value_mark)?;
            if is_merge {
                self.merge(value, &mut merged, value_mark)?;
            } else if keys.insert(key_identity(&key)) {
                entries.push(Entry { key, value });
            } else {
                return Err(self.error(mark, &format!("found duplicate key \"{}\"", key.key_text())));
            }
        }
        // What is written here wins over what is merged in; what is merged first wins over what comes later.
        for entry in merged {
            if keys.insert(key_identity(&entry.key)) {
                entries.push(entry);
            }
        }
        Ok(entries)
    }

    /// The mapping that a list of mappings of one entry each writes (`!!omap`).
    fn ordered(&self, items: Vec<Node>, mark: Marker) -> Result<Vec<Entry>, YamlError> {
        let mut keys = std::collections::HashSet::new();
        let mut entries = Vec::with_capacity(items.len());
        for item in items {
            let Value::Map(one) = item.value else {
                return Err(self.error(mark, "expected a mapping of one entry in an ordered mapping"));
            };
            for entry in one {
                if !keys.insert(key_identity(&entry.key)) {
                    return Err(self.error(mark, &format!("found duplicate key \"{}\"", entry.key.key_text())));
                }
                entries.push(entry);
            }
        }
        Ok(entries)
    }

    fn merge(&self, value: Node, merged: &mut Vec<Entry>, mark: Marker) -> Result<(), YamlError> {
        match value.value {
            Value::Map(entries) => merged.extend(entries),
            Value::List(items) => {
                for item in items {
                    let Value::Map(entries) = item.value else {
                        return Err(self.error(mark, "expected a mapping for merging"));
                    };
                    merged.extend(entries);
                }
            }
            Value::Scalar(_) => {
                return Err(self.error(mark, "expected a mapping or list of mappings for merging"));
            }
        }
        Ok(())
    }

    fn alias(&mut self, id: usize, mark: Marker) -> Result<Node, YamlError> {
        let Some((node, size)) = self.anchors.get(&id) else {
            return Err(self.error(mark, "found an alias to something that is not complete"));
        };
        let (node, size) = (node.clone(), *size);
        self.count(size, mark)?;
        // A copy may stand deeper than the original did.
        if self.depth + height(&node) > MAX_DEPTH {
            return Err(self.error(mark, "lists and dictionaries are nested too deeply"));
        }
        Ok(node)
    }

    fn count(&mut self, nodes: usize, mark: Marker) -> Result<(), YamlError> {
        self.nodes = self.nodes.saturating_add(nodes);
        if self.nodes > MAX_NODES {
            return Err(self.error(mark, "the document is too large once its aliases are expanded"));
        }
        Ok(())
    }

    fn scalar(
        &self,
        text: &str,
        style: ScalarStyle,
        tag: Option<Cow<'_, Tag>>,
        mark: Marker,
    ) -> Result<Scalar, YamlError> {
        const TAGS: [&str; 6] = ["str", "int", "float", "bool", "null", "timestamp"];
        let Some(tag) = self.standard_tag(tag, &TAGS, mark)? else {
            let plain = style == ScalarStyle::Plain;
            return Ok(if plain { Scalar::resolve(text) } else { Scalar::Text(text.to_owned()) });
        };
        let value = match tag {
            "int" => scalar::integer(text),
            "float" => scalar::float(text).or_else(|| text.parse().ok()).map(Scalar::Float),
            "timestamp" => scalar::timestamp(text),
            "bool" | "null" => Some(Scalar::resolve(text)).filter(|s| matches!(s, Scalar::Bool(_) | Scalar::Null)),
            _ => Some(Scalar::Text(text.to_owned())),
        };
        value.ok_or_else(|| self.error(mark, &format!("{text:?} is not a value of the type !!{tag}")))
    }

    fn expect_tag(&self, tag: Option<Cow<'_, Tag>>, allowed: &[&'static str], mark: Marker) -> Result<(), YamlError> {
        self.standard_tag(tag, allowed, mark).map(|_| ())
    }

    /// The name of a standard tag, `None` for none (or for `!`, which means the default for quoted text).
    fn standard_tag<'t>(
        &self,
        tag: Option<Cow<'_, Tag>>,
        allowed: &[&'t str],
        mark: Marker,
    ) -> Result<Option<&'t str>, YamlError> {
        let Some(tag) = tag else { return Ok(None) };
        let name = match (tag.handle.as_str(), tag.suffix.as_str()) {
            ("tag:yaml.org,2002:" | "!!", name) => Some(name),
            ("" | "!", name) => name.strip_prefix("tag:yaml.org,2002:"),
            _ => None,
        };
        match name.and_then(|name| allowed.iter().find(|known| **known == name)) {
            Some(known) => Ok(Some(known)),
            None => Err(self.error(mark, &format!("could not determine a constructor for the tag '{tag}'"))),
        }
    }

    fn error(&self, mark: Marker, message: &str) -> YamlError {
        YamlError { line: self.line(mark), column: column(mark), message: message.to_owned() }
    }

    fn line(&self, mark: Marker) -> u32 {
        let inside = u32::try_from(mark.line().saturating_sub(1)).unwrap_or(u32::MAX);
        self.first_line.saturating_add(inside)
    }
}

/// The parser marks a block of text at its first line that is not blank, and an empty one at its `|`.
fn first_line_of_block(text: &str, marked: u32) -> u32 {
    let rest = text.trim_start_matches('\n');
    if rest.is_empty() {
        return marked.saturating_add(1);
    }
    marked.saturating_sub(u32::try_from(text.len() - rest.len()).unwrap_or(0))
}

fn column(mark: Marker) -> u32 {
    u32::try_from(mark.col()).unwrap_or(u32::MAX).saturating_add(1)
}

/// Lists and mappings inside one another in a node that is already built, so never more than the limit.
fn height(node: &Node) -> usize {
    match &node.value {
        Value::Scalar(_) => 0,
        Value::List(items) => 1 + items.iter().map(height).max().unwrap_or(0),
        Value::Map(entries) => 1 + entries.iter().map(|entry| height(&entry.value)).max().unwrap_or(0),
    }
}

/// Two keys are the same key exactly when these texts are.
fn key_identity(key: &Node) -> String {
    match &key.value {
        Value::Scalar(Scalar::Text(text)) => format!("'{text}"),
        other => format!("{other:?}"),
    }
}
