//! The fields of a form.

use super::choice::Choices;
use super::read::{Reading, text};
use super::variable::{Variables, normalise};
use super::{Expression, Text};
use crate::error::SourceError;
use crate::yaml::{Node, Scalar, Value};

/// The fields of a form: written down, or made by code.
#[derive(Debug)]
pub(crate) struct FieldList {
    pub(crate) entries: Vec<Entry>,
}

/// One of them.
#[derive(Debug)]
pub(crate) enum Entry {
    /// A field.
    Field(Box<Field>),
    /// A text among the fields.
    Note(Box<Note>),
    /// Fields that code makes.
    Code,
}

/// A text among the fields.
#[derive(Debug)]
pub(crate) struct Note {
    pub(crate) text: Text,
    /// `note`, `html` or `raw html`.
    pub(crate) kind: &'static str,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) options: Vec<(String, Node)>,
}

/// A field.
#[derive(Debug)]
pub(crate) struct Field {
    /// The variable, as the interview writes it.
    pub(crate) variable: String,
    /// The label; none for `no label`, empty included.
    pub(crate) label: Option<Text>,
    /// The datatype, if one was written.
    pub(crate) datatype: Option<String>,
    /// The input type, if one was written.
    pub(crate) input_type: Option<String>,
    pub(crate) required: Flag,
    pub(crate) default: Option<Text>,
    /// A default that is not a text (a list, a mapping, a number), as it was written.
    pub(crate) plain_default: Option<Node>,
    pub(crate) code_default: Option<Expression>,
    pub(crate) hint: Option<Text>,
    pub(crate) help: Option<Text>,
    /// `min`, `max`, `minlength`, `maxlength`, `step`, ..., by docassemble's name.
    pub(crate) limits: Vec<(&'static str, Text)>,
    pub(crate) choices: Option<Choices>,
    /// `exclude`: values that are left out of the choices.
    pub(crate) exclude: Vec<Expression>,
    pub(crate) none_of_the_above: Option<Node>,
    pub(crate) all_of_the_above: Option<Node>,
    pub(crate) shuffle: bool,
    pub(crate) conditions: Vec<Condition>,
    /// `validation messages`
    pub(crate) validation_messages: Vec<(String, Text)>,
    pub(crate) disable_others: bool,
    /// Other modifiers, as they were written.
    pub(crate) options: Vec<(String, Node)>,
}

/// A modifier that is true, false, or decided by code.
#[derive(Debug)]
pub(crate) enum Flag {
    /// As written.
    Fixed(bool),
    /// By code.
    Code(Expression),
}

/// When a field is shown.
#[derive(Debug)]
pub(crate) enum Condition {
    /// On another field of the screen.
    Value { variable: String, value: Text, sign: bool },
    /// On an expression of JavaScript.
    Script { expression: Text, sign: bool, disables: bool },
    /// On code, before the screen is shown.
    Code { expression: Expression, sign: bool },
}

/// Modifiers that have a meaning of their own here.
const LIMITS: [&str; 9] =
    ["min", "max", "minlength", "maxlength", "step", "scale", "accept", "currency symbol", "rows"];

/// Modifiers that no label can be called.
const MODIFIERS: [&str; 71] = [
    "accept",
    "address autocomplete",
    "all of the above",
    "allow privileges",
    "allow users",
    "check others",
    "choices",
    "code",
    "css class",
    "currency symbol",
    "datatype",
    "default",
    "disable if",
    "disable others",
    "enable if",
    "exclude",
    "field",
    "field metadata",
    "file css class",
    "floating label",
    "grid",
    "group",
    "help",
    "help generator",
    "hide if",
    "hint",
    "html",
    "image upload type",
    "inline",
    "inline width",
    "input type",
    "item grid",
    "js disable if",
    "js enable if",
    "js hide if",
    "js show if",
    "keywords",
    "label",
    "label above field",
    "max",
    "maximum image size",
    "maxlength",
    "min",
    "minlength",
    "ml group",
    "no label",
    "none of the above",
    "note",
    "object labeler",
    "pen color",
    "permissions",
    "persistent",
    "private",
    "raw html",
    "required",
    "rows",
    "scale",
    "show if",
    "shuffle",
    "step",
    "trigger at",
    "uncheck others",
    "under text",
    "under-text",
    "using",
    "validate",
    "validation code",
    "validation messages",
    "action",
    "image generator",
    "aota",
];

impl FieldList {
    pub(crate) fn read(reading: &Reading<'_>, node: &Node, variables: &mut Variables) -> Result<Self, SourceError> {
        let nodes = node.as_list().unwrap_or(std::slice::from_ref(node));
        let mut entries = Vec::new();
        for item in nodes {
            if item.as_map().is_none() {
                return Err(reading
                    .error(item, "Each individual field in a list of fields must be expressed as a dictionary item."));
            }
            entries.push(Entry::read(reading, item, variables)?);
        }
        Ok(FieldList { entries })
    }
}

impl Entry {
    fn read(reading: &Reading<'_>, node: &Node, variables: &mut Variables) -> Result<Self, SourceError> {
        let only = node.as_map().map_or(0, <[_]>::len) == 1;
        if let (Some(code), true) = (get(node, "code"), only) {
            let expression = Expression::read(reading, code)?;
            variables.scan_expression(reading, &expression)?;
            return Ok(Entry::Code);
        }
        let (label, variable) = label_and_variable(reading, node)?;
        if variable.is_none() {
            for kind in ["note", "html", "raw html"] {
                if let Some(content) = get(node, kind) {
                    let conditions = conditions(reading, node, variables)?;
                    let text = Text::read(reading, content)?;
                    return Ok(Entry::Note(Box::new(Note { text, kind, conditions, options: options(node) })));
                }
            }
        }
        let Some(variable) = variable else { return Err(reading.error(node, "A field must have a variable.")) };
        Ok(Entry::Field(Box::new(Field::read(reading, node, label, variable, variables)?)))
    }
}

/// The value of a key, which is written as it stands here: `Code` is a label, `code` is none.
fn get<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    node.get(key).filter(|value| !value.is_null())
}

/// The label and the variable: `label` and `field`, `no label`, or the first key that is no modifier.
fn label_and_variable(reading: &Reading<'_>, node: &Node) -> Result<(Option<Text>, Option<String>), SourceError> {
    if let Some(field) = get(node, "field") {
        let label = get(node, "label").map(|label| Text::read(reading, label)).transpose()?;
        return Ok((label, Some(text(reading, field)?)));
    }
    for entry in node.as_map().unwrap_or_default() {
        let key = entry.key.key_text();
        if key == "no label" {
            let variable = if entry.value.is_null() { None } else { Some(text(reading, &entry.value)?) };
            return Ok((None, variable));
        }
        if !MODIFIERS.contains(&&*key) {
            let label = Text::new(reading, &key, entry.key.line)?;
            return match &entry.value.value {
                Value::Scalar(Scalar::Null) => Ok((Some(label), None)),
                Value::Scalar(_) => Ok((Some(label), Some(text(reading, &entry.value)?))),
                _ => Err(reading.error(&entry.key, format!("The field {key:?} must name a variable."))),
            };
        }
    }
    Ok((None, None))
}

impl Field {
    fn read(
        reading: &Reading<'_>,
        node: &Node,
        label: Option<Text>,
        variable: String,
        variables: &mut Variables,
    ) -> Result<Self, SourceError> {
        let word = |key: &str| get(node, key).map(|part| text(reading, part)).transpose();
        let part = |key: &str| {
            get(node, key).filter(|part| part.as_scalar().is_some()).map(|part| Text::read(reading, part)).transpose()
        };
        let flag = |key: &str| get(node, key).is_some_and(|part| part.as_bool() != Some(false));
        let datatype = word("datatype")?;
        let (code_default, plain_default, default) = default(reading, node)?;
        let variable = normalise(&variable);
        variables.declare(&variable);
        if datatype.as_deref().is_some_and(is_many) {
            variables.declare(&format!("{variable}.gathered"));
        }
        let mut limits = Vec::new();
        for key in LIMITS {
            if let Some(limit) = part(key)? {
                limits.push((key, limit));
            }
        }
        let choices = get(node, "choices").map(|list| Choices::read(reading, list, variables)).transpose()?;
        let code =
            get(node, "code").filter(|_| choices.is_none()).map(|code| Expression::read(reading, code)).transpose()?;
        let choices = choices.or_else(|| code.map(|code| Choices { parts: vec![super::ChoiceSource::Code(code)] }));
        let exclude = get(node, "exclude").map_or(Ok(Vec::new()), |list| {
            list.as_list()
                .unwrap_or(std::slice::from_ref(list))
                .iter()
                .map(|code| Expression::read(reading, code))
                .collect()
        })?;
        Ok(Field {
            variable,
            label,
            datatype,
            input_type: word("input type")?,
            required: Flag::read(reading, get(node, "required"), variables)?,
            default,
            plain_default,
            code_default,
            hint: part("hint")?,
            help: part("help")?,
            limits,
            choices,
            exclude,
            none_of_the_above: get(node, "none of the above").cloned(),
            all_of_the_above: get(node, "all of the above").cloned(),
            shuffle: flag("shuffle"),
            conditions: conditions(reading, node, variables)?,
            validation_messages: messages(reading, node)?,
            disable_others: flag("disable others"),
            options: options(node),
        })
    }
}

/// Datatypes whose value is a group of choices.
pub(crate) fn is_many(datatype: &str) -> bool {
    matches!(datatype, "checkboxes" | "multiselect" | "object_checkboxes" | "object_multiselect")
}

type Defaults = (Option<Expression>, Option<Node>, Option<Text>);

/// `default`: code, something that is no text, or a text.
fn default(reading: &Reading<'_>, node: &Node) -> Result<Defaults, SourceError> {
    let Some(default) = get(node, "default") else { return Ok((None, None, None)) };
    if let Some(code) = get(default, "code") {
        return Ok((Some(Expression::read(reading, code)?), None, None));
    }
    match &default.value {
        Value::Scalar(Scalar::Text(_)) => Ok((None, None, Some(Text::read(reading, default)?))),
        _ => Ok((None, Some(default.clone()), None)),
    }
}

impl Flag {
    /// True unless it says otherwise.
    fn read(reading: &Reading<'_>, node: Option<&Node>, variables: &mut Variables) -> Result<Self, SourceError> {
        let Some(node) = node else { return Ok(Flag::Fixed(true)) };
        if let Some(value) = node.as_bool() {
            return Ok(Flag::Fixed(value));
        }
        let code = get(node, "code").unwrap_or(node);
        let expression = Expression::read(reading, code)?;
        variables.scan_expression(reading, &expression)?;
        Ok(Flag::Code(expression))
    }
}

fn messages(reading: &Reading<'_>, node: &Node) -> Result<Vec<(String, Text)>, SourceError> {
    let Some(map) = get(node, "validation messages") else { return Ok(Vec::new()) };
    super::level::entries(reading, map)?
        .into_iter()
        .map(|(name, message)| Ok((name, Text::read(reading, message)?)))
        .collect()
}

fn conditions(reading: &Reading<'_>, node: &Node, variables: &mut Variables) -> Result<Vec<Condition>, SourceError> {
    let mut found = Vec::new();
    for (key, sign) in [("show if", true), ("hide if", false), ("enable if", true), ("disable if", false)] {
        let Some(condition) = get(node, key) else { continue };
        if let Some(code) = get(condition, "code") {
            let expression = Expression::read(reading, code)?;
            variables.scan_expression(reading, &expression)?;
            found.push(Condition::Code { expression, sign });
        } else if let (Some(variable), Some(value)) = (get(condition, "variable"), condition.get("is")) {
            let variable = normalise(&text(reading, variable)?);
            found.push(Condition::Value { variable, value: Text::read(reading, value)?, sign });
        } else {
            let variable = normalise(&text(reading, condition)?);
            found.push(Condition::Value { variable, value: Text::literal("True"), sign });
        }
    }
    for (key, sign, disables) in [
        ("js show if", true, false),
        ("js hide if", false, false),
        ("js enable if", true, true),
        ("js disable if", false, true),
    ] {
        if let Some(condition) = get(node, key) {
            found.push(Condition::Script { expression: Text::read(reading, condition)?, sign, disables });
        }
    }
    Ok(found)
}

/// Modifiers that are passed on as they were written.
fn options(node: &Node) -> Vec<(String, Node)> {
    const KEPT: [&str; 17] = [
        "grid",
        "item grid",
        "address autocomplete",
        "label above field",
        "floating label",
        "css class",
        "file css class",
        "inline",
        "inline width",
        "pen color",
        "under text",
        "uncheck others",
        "check others",
        "object labeler",
        "field metadata",
        "maximum image size",
        "image upload type",
    ];
    let entries = node.as_map().unwrap_or_default().iter();
    let named = entries.map(|entry| (entry.key.key_text().trim().to_lowercase(), &entry.value));
    named.filter(|(key, _)| KEPT.contains(&key.as_str())).map(|(key, value)| (key, value.clone())).collect()
}
