//! Choices: of a multiple choice question, and of a field.
//!
//! The choices of a question may lead into blocks of their own; those of a field never do.

use da_markup::Template;

use super::BlockId;
use super::fault::Fault;
use super::given::Given;
use super::python::Python;
use super::reader::Reading;
use crate::yaml::{Entry, Node, Scalar, Value};

/// Choices, in order.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// What is listed.
    pub items: Vec<ChoiceItem>,
}

/// A line of a list of choices.
#[derive(Debug, Clone)]
pub enum ChoiceItem {
    /// A choice.
    One(Box<Choice>),
    /// `code`: more choices, from an expression.
    FromCode(Python),
}

/// A choice.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What it says.
    pub label: Template,
    /// What it does.
    pub target: ChoiceTarget,
    /// `default`: chosen unless the person says otherwise.
    pub default: Option<Given>,
    /// `help`.
    pub help: Option<Template>,
    /// `show if`: an expression.
    pub show_if: Option<Python>,
    /// `image`, `color`, `css class`, `group`, as given.
    pub looks: Vec<(String, Template)>,
}

/// What a choice does.
#[derive(Debug, Clone)]
pub enum ChoiceTarget {
    /// It stores a value.
    Value(Given),
    /// It goes on with a block that stands inside the choice.
    Block(BlockId),
}

/// A block that is nothing but a way out: `- Exit: exit`.
#[derive(Debug, Clone)]
pub struct ExitKind {
    /// docassemble's word: one of [`ExitKind::COMMANDS`].
    pub command: String,
    /// `url`: where it leads.
    pub url: Option<Template>,
}

impl ExitKind {
    /// The words that a choice may have for a value to be a way out.
    pub const COMMANDS: [&'static str; 12] = [
        "exit",
        "logout",
        "exit_logout",
        "leave",
        "restart",
        "refresh",
        "signin",
        "register",
        "new_session",
        "continue",
        "interview_exit",
        "wait",
    ];

    /// Those among them that may stand where a value stands.
    fn is_value(text: &str) -> bool {
        !matches!(text, "interview_exit" | "wait") && Self::COMMANDS.contains(&text)
    }
}

/// The keys of a choice that are not its label.
const DIRECTIVES: [&str; 9] = ["label", "value", "default", "help", "show if", "image", "color", "css class", "group"];

impl Choices {
    /// Reads the value of `choices`, `buttons`, `dropdown` or `combobox`. With `embeds`, a choice may hold a
    /// block.
    pub(super) fn read(reading: &mut Reading<'_>, node: &Node, embeds: bool) -> Result<Choices, Fault> {
        let mut choices = Choices::default();
        match &node.value {
            Value::List(items) => {
                for item in items {
                    choices.items.extend(choice_items(reading, item, embeds)?);
                }
            }
            Value::Map(entries) if entries.len() == 1 && entries[0].key.as_text() == Some("code") => {
                choices.items.push(ChoiceItem::FromCode(reading.expression(&entries[0].value)?));
            }
            Value::Map(entries) => {
                for entry in entries {
                    choices.items.extend(choices_of(reading, std::slice::from_ref(entry), entry.key.line, embeds)?);
                }
            }
            Value::Scalar(Scalar::Text(_)) => choices.items.push(ChoiceItem::FromCode(reading.expression(node)?)),
            Value::Scalar(_) => return Err(Fault::at(node, "choices must be a list or a dictionary")),
        }
        Ok(choices)
    }
}

fn choice_items(reading: &mut Reading<'_>, item: &Node, embeds: bool) -> Result<Vec<ChoiceItem>, Fault> {
    match &item.value {
        Value::Scalar(_) => {
            let label = reading.template(&item.key_text(), item.line)?;
            let target = match &item.value {
                // Quirk: a number that is its own label is stored as a text.
                Value::Scalar(Scalar::Int(_) | Scalar::BigInt(_) | Scalar::Float(_)) => {
                    ChoiceTarget::Value(Given::Text(reading.unsaid(|reading| reading.text(item))?))
                }
                _ => value_target(reading, item, None, embeds)?,
            };
            Ok(vec![ChoiceItem::One(Box::new(plain_choice(label, target)))])
        }
        Value::List(pair) => match &pair[..] {
            [value, label, ..] => {
                let label = reading.template(&label.key_text(), label.line)?;
                let target = ChoiceTarget::Value(reading.unsaid(|reading| Given::read(reading, value))?);
                Ok(vec![ChoiceItem::One(Box::new(plain_choice(label, target)))])
            }
            _ => Err(Fault::at(item, "a choice that is a list must have a value and a label")),
        },
        Value::Map(entries) => choices_of(reading, entries, item.line, embeds),
    }
}

fn plain_choice(label: Template, target: ChoiceTarget) -> Choice {
    Choice { label, target, default: None, help: None, show_if: None, looks: Vec::new() }
}

/// What is written as a mapping: `Label: value` with directives beside it, or `label` and `value`. Where there
/// are several labels, the directives are about each of them.
fn choices_of(reading: &mut Reading<'_>, entries: &[Entry], line: u32, embeds: bool) -> Result<Vec<ChoiceItem>, Fault> {
    let get = |key: &str| entries.iter().find(|entry| entry.key.as_text() == Some(key)).map(|entry| &entry.value);
    if let [only] = entries
        && only.key.as_text() == Some("code")
    {
        return Ok(vec![ChoiceItem::FromCode(reading.expression(&only.value)?)]);
    }
    let alone = entries.len() == 1;
    let is_label = |entry: &&Entry| {
        let key = entry.key.as_text().unwrap_or_default();
        alone || !(DIRECTIVES.contains(&key) || (embeds && key == "url"))
    };
    let mut labelled = Vec::new();
    for entry in entries.iter().filter(is_label) {
        labelled.push((reading.template(&entry.key.key_text(), entry.key.line)?, &entry.value));
    }
    if labelled.is_empty() {
        let label = get("label").ok_or_else(|| Fault::new(line, "a choice must have a label"))?;
        labelled.push((reading.text(label)?, get("value").unwrap_or(label)));
    }
    let mut choices = Vec::with_capacity(labelled.len());
    for (label, value) in labelled {
        let mut choice = plain_choice(label, value_target(reading, value, get("url"), embeds)?);
        if !alone {
            choice.read_details(reading, &get)?;
        }
        choices.push(ChoiceItem::One(Box::new(choice)));
    }
    Ok(choices)
}

impl Choice {
    fn read_details<'n>(
        &mut self,
        reading: &mut Reading<'_>,
        get: &dyn Fn(&str) -> Option<&'n Node>,
    ) -> Result<(), Fault> {
        self.default = get("default").map(|node| Given::read(reading, node)).transpose()?;
        self.help = get("help").map(|node| reading.text(node)).transpose()?;
        let code = get("show if").map(|node| node.get("code").unwrap_or(node));
        self.show_if = code.map(|node| reading.expression(node)).transpose()?;
        for key in ["image", "color", "css class", "group"] {
            if let Some(node) = get(key).filter(|node| node.as_scalar().is_some()) {
                self.looks.push((key.to_owned(), reading.text(node)?));
            }
        }
        Ok(())
    }

    /// One of the `looks`.
    pub fn look(&self, name: &str) -> Option<&Template> {
        self.looks.iter().find(|(known, _)| known == name).map(|(_, text)| text)
    }
}

fn value_target(
    reading: &mut Reading<'_>,
    value: &Node,
    url: Option<&Node>,
    embeds: bool,
) -> Result<ChoiceTarget, Fault> {
    match &value.value {
        Value::Map(entries) if embeds => {
            if let [only] = &entries[..]
                && only.key.as_text() == Some("url")
            {
                let url = Some(reading.text(&only.value)?);
                let exit = ExitKind { command: "exit".to_owned(), url };
                return Ok(ChoiceTarget::Block(reading.exit_block(exit, value.line)));
            }
            reading.embedded_block(value).map(ChoiceTarget::Block)
        }
        Value::Scalar(Scalar::Text(text)) if embeds && ExitKind::is_value(text) => {
            let url = url.map(|node| reading.text(node)).transpose()?;
            let exit = ExitKind { command: text.clone(), url };
            Ok(ChoiceTarget::Block(reading.exit_block(exit, value.line)))
        }
        Value::List(items) => match items.first() {
            Some(first) => reading.unsaid(|reading| Given::read(reading, first)).map(ChoiceTarget::Value),
            None => Err(Fault::at(value, "a choice must not be an empty list")),
        },
        // Quirk: a number that is written as a choice of a question is stored as a text; of a field it stays one.
        Value::Scalar(Scalar::Int(_) | Scalar::BigInt(_) | Scalar::Float(_)) if embeds => {
            reading.unsaid(|reading| reading.text(value)).map(|text| ChoiceTarget::Value(Given::Text(text)))
        }
        _ => reading.unsaid(|reading| Given::read(reading, value)).map(ChoiceTarget::Value),
    }
}
