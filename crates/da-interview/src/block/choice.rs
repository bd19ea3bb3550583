//! Choices, of a field or of a multiple choice question.

use super::read::{Reading, get, text};
use super::variable::Variables;
use super::{Expression, Text};
use crate::error::SourceError;
use crate::yaml::{Entry, Node, Scalar, Value};
use da_core::Plain;

/// Where the choices come from.
#[derive(Debug, Default)]
pub(crate) struct Choices {
    /// The parts, in the order in which they are shown.
    pub(crate) parts: Vec<ChoiceSource>,
}

/// A part of the choices.
#[derive(Debug)]
pub(crate) enum ChoiceSource {
    /// One that was written down.
    Listed(Box<Choice>),
    /// As many as code gives.
    Code(Expression),
}

/// A choice that was written down.
#[derive(Debug)]
pub(crate) struct Choice {
    pub(crate) label: Text,
    pub(crate) value: Embedded,
    pub(crate) help: Option<Text>,
    pub(crate) color: Option<Text>,
    pub(crate) css_class: Option<Text>,
    pub(crate) image: Option<Text>,
    pub(crate) group: Option<Text>,
    /// `show if`: the choice is there only if this is true.
    pub(crate) show_if: Option<Expression>,
    /// `default`: chosen unless the person says otherwise.
    pub(crate) default: Option<Plain>,
    /// `key` and `label` were given separately.
    pub(crate) is_manual: bool,
}

/// What choosing does.
#[derive(Debug)]
pub(crate) enum Embedded {
    /// Stores a value.
    Value(Scalar),
    /// Stores the value of a template.
    Text(Text),
    /// Leads to an embedded block, by its place among all blocks.
    Block(usize),
}

/// What an exit button does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExitKind {
    Exit,
    Logout,
    ExitLogout,
    Leave,
    Restart,
    Refresh,
    Signin,
    Register,
    NewSession,
    Continue,
}

impl ExitKind {
    /// By docassemble's word.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "exit" => ExitKind::Exit,
            "logout" => ExitKind::Logout,
            "exit_logout" => ExitKind::ExitLogout,
            "leave" => ExitKind::Leave,
            "restart" => ExitKind::Restart,
            "refresh" => ExitKind::Refresh,
            "signin" => ExitKind::Signin,
            "register" => ExitKind::Register,
            "new_session" => ExitKind::NewSession,
            "continue" => ExitKind::Continue,
            _ => return None,
        })
    }
}

/// Keys of a choice that are not its label.
const DETAILS: [&str; 8] = ["default", "help", "image", "color", "css class", "group", "show if", "url"];

impl Choices {
    /// Reads `choices` or `buttons`: a list, a mapping, or `code`.
    pub(crate) fn read(reading: &Reading<'_>, node: &Node, variables: &mut Variables) -> Result<Self, SourceError> {
        let mut choices = Choices::default();
        match &node.value {
            Value::List(items) => {
                items.iter().try_for_each(|item| choices.item(reading, item, variables))?;
            }
            Value::Map(_) => choices.item(reading, node, variables)?,
            // Of objects: an expression for the list of them.
            Value::Scalar(_) => {
                let expression = Expression::read(reading, node)?;
                variables.scan_expression(reading, &expression)?;
                choices.parts.push(ChoiceSource::Code(expression));
            }
        }
        Ok(choices)
    }

    fn item(&mut self, reading: &Reading<'_>, node: &Node, variables: &mut Variables) -> Result<(), SourceError> {
        match &node.value {
            Value::Scalar(scalar) => {
                let label = Text::read(reading, node)?;
                let value = if label.is_template() {
                    Embedded::Text(label.clone())
                } else {
                    Embedded::Value(as_choice(scalar))
                };
                self.parts.push(ChoiceSource::Listed(Box::new(Choice::new(label, value))));
            }
            Value::List(pair) => {
                let [value, label, ..] = &pair[..] else {
                    return Err(reading.error(node, "A choice that is a list must have a value and a label."));
                };
                let label = Text::read(reading, label)?;
                let value = value.as_scalar().cloned().unwrap_or(Scalar::Null);
                self.parts.push(ChoiceSource::Listed(Box::new(Choice::new(label, Embedded::Value(value)))));
            }
            Value::Map(entries) => self.map(reading, node, entries, variables)?,
        }
        Ok(())
    }

    fn map(
        &mut self,
        reading: &Reading<'_>,
        node: &Node,
        entries: &[Entry],
        variables: &mut Variables,
    ) -> Result<(), SourceError> {
        if let (Some(code), 1) = (node.get("code"), entries.len())
            && code.as_scalar().is_some()
        {
            let expression = Expression::read(reading, code)?;
            variables.scan_expression(reading, &expression)?;
            self.parts.push(ChoiceSource::Code(expression));
            return Ok(());
        }
        let mut made = Vec::new();
        if let (Some(label), Some(value)) = (node.get("label"), node.get("value")) {
            let mut choice = Choice::new(Text::read(reading, label)?, value_of(reading, value, Some(node), variables)?);
            choice.is_manual = true;
            made.push(choice);
        } else {
            for entry in entries.iter().filter(|entry| !DETAILS.contains(&&*entry.key.key_text().to_lowercase())) {
                let label = Text::new(reading, &entry.key.key_text(), entry.key.line)?;
                made.push(Choice::new(label, value_of(reading, &entry.value, Some(node), variables)?));
            }
        }
        for mut choice in made {
            choice.details(reading, node)?;
            self.parts.push(ChoiceSource::Listed(Box::new(choice)));
        }
        Ok(())
    }
}

impl Choice {
    fn new(label: Text, value: Embedded) -> Self {
        Choice {
            label,
            value,
            help: None,
            color: None,
            css_class: None,
            image: None,
            group: None,
            show_if: None,
            default: None,
            is_manual: false,
        }
    }

    fn details(&mut self, reading: &Reading<'_>, node: &Node) -> Result<(), SourceError> {
        let part = |key: &str| {
            get(node, key).filter(|part| part.as_scalar().is_some()).map(|part| Text::read(reading, part)).transpose()
        };
        self.help = part("help")?;
        self.color = part("color")?;
        self.css_class = part("css class")?;
        self.image = part("image")?;
        self.group = part("group")?;
        if let Some(condition) = get(node, "show if") {
            let code = condition.get("code").unwrap_or(condition);
            self.show_if = Some(Expression::read(reading, code)?);
        }
        self.default = get(node, "default").map(Node::to_plain);
        Ok(())
    }
}

/// What stands behind a label: a value, an exit, a block, or a list of `[value]`-like forms.
fn value_of(
    reading: &Reading<'_>,
    node: &Node,
    details: Option<&Node>,
    variables: &mut Variables,
) -> Result<Embedded, SourceError> {
    match &node.value {
        Value::Scalar(scalar) => {
            if let Some(kind) = node.as_text().and_then(ExitKind::parse) {
                let url =
                    details.and_then(|details| get(details, "url")).map(|url| Text::read(reading, url)).transpose()?;
                return Ok(Embedded::Block(reading.exit(kind, url)));
            }
            let label = Text::read(reading, node)?;
            Ok(if label.is_template() { Embedded::Text(label) } else { Embedded::Value(as_choice(scalar)) })
        }
        Value::Map(entries) => {
            if let [entry] = &entries[..]
                && entry.key.as_text() == Some("url")
            {
                let url = Text::read(reading, &entry.value)?;
                return Ok(Embedded::Block(reading.exit(ExitKind::Exit, Some(url))));
            }
            let block = reading.block(node, None)?;
            let number = block.number;
            variables.declare_all(&block.variables);
            reading.embedded.borrow_mut().push(block);
            Ok(Embedded::Block(number))
        }
        Value::List(items) => match items.first() {
            Some(first) => Ok(Embedded::Value(Scalar::Text(text(reading, first)?))),
            None => Err(reading.error(node, "A choice must not be an empty list.")),
        },
    }
}

/// A value as a choice stores it: numbers are kept as texts, as docassemble does.
fn as_choice(scalar: &Scalar) -> Scalar {
    match scalar {
        Scalar::Null | Scalar::Bool(_) | Scalar::Text(_) => scalar.clone(),
        other => Scalar::Text(other.to_text().into_owned()),
    }
}
