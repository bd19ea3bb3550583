//! What may be said of any kind of block: when it runs, what it needs, what it undoes.

use super::condition::Switch;
use super::fault::Fault;
use super::keys::Keys;
use super::reader::Reading;
use super::{Given, Python};
use crate::yaml::{Node, Scalar, Value};

/// The modifiers of a block.
#[derive(Debug, Default)]
pub struct Modifiers {
    /// `id`.
    pub id: Option<String>,
    /// `mandatory`.
    pub mandatory: Switch,
    /// `initial`.
    pub initial: Switch,
    /// `if`: all of these must be true for the block to be used.
    pub conditions: Vec<Python>,
    /// `generic object`: the class that `x` stands for.
    pub generic_object: Option<String>,
    /// `language`, `*` for any.
    pub language: String,
    /// `event`: the actions and variables that the block answers to without defining them.
    pub events: Vec<String>,
    /// `sets`, and the variables after which the block is looked for.
    pub sets: Vec<String>,
    /// `need`, in order; those of `post` are wanted after the block did its work.
    pub need: Vec<Need>,
    /// `depends on`: variables whose change undoes what this block defines.
    pub depends_on: Vec<String>,
    /// `undefine`: variables to delete first.
    pub undefine: Vec<String>,
    /// `reconsider`.
    pub reconsider: Reconsider,
    /// `supersedes`: the ids of blocks that come after this one.
    pub supersedes: Vec<String>,
    /// `progress`, as written.
    pub progress: Option<Given>,
    /// `section`.
    pub section: Option<Given>,
    /// `role`.
    pub roles: Vec<String>,
    /// `scan for variables: False` or `only sets`.
    pub scans_for_variables: bool,
}

/// One of the things that a block needs.
#[derive(Debug, Clone)]
pub struct Need {
    /// An expression that must be evaluated.
    pub expression: Python,
    /// After the block rather than before it.
    pub post: bool,
}

/// `reconsider`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Reconsider {
    /// Nothing is reconsidered.
    #[default]
    Nothing,
    /// `True`: what the block defines is forgotten at the start of each request.
    Always,
    /// These variables are forgotten and sought again before the block runs.
    Variables(Vec<String>),
}

impl Modifiers {
    pub(super) fn read(reading: &mut Reading<'_>, keys: &Keys<'_>) -> Result<Modifiers, Fault> {
        let names = |key: &str| keys.get(key).map_or(Ok(Vec::new()), texts);
        let sets = names("sets")?;
        let only_sets = names("only sets")?;
        let events = names("event")?;
        let event_code = keys.has("event") && keys.has("code");
        let scans = keys.get("scan for variables").and_then(Node::as_bool).unwrap_or(true) && only_sets.is_empty();
        if !reading.embedded {
            reading.used.scan_off = !scans || event_code;
        }
        for name in sets.iter().chain(&only_sets).chain(&events) {
            reading.used.add(name);
        }
        Ok(Modifiers {
            id: keys.get("id").map(|node| node.key_text().trim().to_owned()),
            mandatory: Switch::read(reading, keys.get("mandatory"))?,
            initial: Switch::read(reading, keys.get("initial"))?,
            conditions: expressions(reading, keys.get("if"))?,
            // An older name means the same.
            generic_object: keys
                .get("generic object")
                .or_else(|| keys.get("generic list object"))
                .map(text)
                .transpose()?,
            language: match keys.get("language") {
                Some(node) => text(node)?,
                None => reading.language.to_owned(),
            },
            events,
            sets: sets.into_iter().chain(only_sets).collect(),
            need: needs(reading, keys.get("need"))?,
            depends_on: names("depends on")?,
            undefine: names("undefine")?,
            reconsider: reconsider(keys.get("reconsider"))?,
            supersedes: names("supersedes")?,
            progress: keys.get("progress").map(|node| Given::read(reading, node)).transpose()?,
            section: keys.get("section").map(|node| Given::read(reading, node)).transpose()?,
            roles: names("role")?,
            scans_for_variables: scans,
        })
    }
}

/// A text; other scalars become what Python's `str()` makes of them.
pub(super) fn text(node: &Node) -> Result<String, Fault> {
    match &node.value {
        Value::Scalar(Scalar::Null) => Err(Fault::at(node, "expected a text, found nothing")),
        Value::Scalar(scalar) => Ok(scalar.to_text().trim().to_owned()),
        Value::List(_) | Value::Map(_) => Err(Fault::at(node, "expected a text")),
    }
}

/// A text, or a list of texts.
pub(super) fn texts(node: &Node) -> Result<Vec<String>, Fault> {
    match &node.value {
        Value::Scalar(Scalar::Null) => Ok(Vec::new()),
        Value::List(items) => items.iter().map(text).collect(),
        _ => text(node).map(|text| vec![text]),
    }
}

/// An expression, or a list of expressions.
fn expressions(reading: &mut Reading<'_>, node: Option<&Node>) -> Result<Vec<Python>, Fault> {
    let Some(node) = node else { return Ok(Vec::new()) };
    node.as_list().unwrap_or(std::slice::from_ref(node)).iter().map(|item| reading.expression(item)).collect()
}

/// `need`: expressions, and mappings with lists of expressions under `pre` and `post`.
fn needs(reading: &mut Reading<'_>, node: Option<&Node>) -> Result<Vec<Need>, Fault> {
    let Some(node) = node else { return Ok(Vec::new()) };
    let mut needs = Vec::new();
    for item in node.as_list().unwrap_or(std::slice::from_ref(node)) {
        let Some(entries) = item.as_map() else {
            needs.push(Need { expression: reading.expression(item)?, post: false });
            continue;
        };
        for entry in entries {
            let post = match entry.key.as_text() {
                Some("pre") => false,
                Some("post") => true,
                _ => return Err(Fault::at(&entry.key, "A need can be an expression, 'pre' or 'post'.")),
            };
            for expression in expressions(reading, Some(&entry.value))? {
                needs.push(Need { expression, post });
            }
        }
    }
    Ok(needs)
}

fn reconsider(node: Option<&Node>) -> Result<Reconsider, Fault> {
    match node.map(|node| (node.as_bool(), node)) {
        None | Some((Some(false), _)) => Ok(Reconsider::Nothing),
        Some((Some(true), _)) => Ok(Reconsider::Always),
        Some((None, node)) => texts(node).map(Reconsider::Variables),
    }
}
