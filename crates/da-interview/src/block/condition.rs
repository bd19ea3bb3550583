//! Conditions: of blocks, of fields, of choices.

use da_markup::Template;

use super::Python;
use super::fault::Fault;
use super::reader::Reading;
use crate::yaml::{Node, Scalar, Value};

/// `mandatory` and `initial`.
#[derive(Debug, Clone, Default)]
pub enum Switch {
    /// No.
    #[default]
    Off,
    /// Yes.
    On,
    /// If an expression is true.
    If(Python),
}

impl Switch {
    /// `True`, `False` or an expression.
    pub(super) fn read(reading: &mut Reading<'_>, node: Option<&Node>) -> Result<Switch, Fault> {
        Ok(match node.map(|node| (&node.value, node)) {
            None | Some((Value::Scalar(Scalar::Null | Scalar::Bool(false)), _)) => Switch::Off,
            Some((Value::Scalar(Scalar::Bool(true)), _)) => Switch::On,
            Some((_, node)) => Switch::If(reading.expression(node)?),
        })
    }
}

/// A yes or no that may be given by code (`required`, `none of the above: False`, ...).
#[derive(Debug, Clone)]
pub enum Condition {
    /// As written.
    Fixed(bool),
    /// What an expression gives.
    Code(Python),
}

impl Condition {
    /// A truth value, an expression, or `code: ...`.
    pub(super) fn read(reading: &mut Reading<'_>, node: &Node) -> Result<Condition, Fault> {
        if let Some(value) = node.as_bool() {
            return Ok(Condition::Fixed(value));
        }
        reading.expression(node.get("code").unwrap_or(node)).map(Condition::Code)
    }
}

/// Under which condition a field is shown, or may be used.
#[derive(Debug, Clone)]
pub struct ShowIf {
    /// The field is there when the test holds (`show if`, `enable if`), or when it does not (`hide if`,
    /// `disable if`).
    pub sign: bool,
    /// The field is made useless rather than hidden (`enable if`, `disable if`).
    pub disables: bool,
    /// What is tested.
    pub test: ShowIfTest,
}

/// What a [`ShowIf`] tests.
#[derive(Debug, Clone)]
pub enum ShowIfTest {
    /// Another field of the screen has this value.
    Field {
        /// The variable of the other field.
        variable: String,
        /// The value.
        value: Template,
    },
    /// An expression, evaluated before the screen is shown.
    Code(Python),
    /// JavaScript, evaluated in the browser, and the variables that it reads by `val()`.
    Script {
        /// The expression.
        expression: Template,
        /// The variables.
        variables: Vec<String>,
    },
}

/// A directive, and what it says: sign, disables, JavaScript.
const DIRECTIVES: [(&str, bool, bool, bool); 8] = [
    ("show if", true, false, false),
    ("hide if", false, false, false),
    ("enable if", true, true, false),
    ("disable if", false, true, false),
    ("js show if", true, false, true),
    ("js hide if", false, false, true),
    ("js enable if", true, true, true),
    ("js disable if", false, true, true),
];

impl ShowIf {
    /// Reads `key` if it is one of the conditions.
    pub(super) fn read(reading: &mut Reading<'_>, key: &str, node: &Node) -> Option<Result<ShowIf, Fault>> {
        let (_, sign, disables, script) = *DIRECTIVES.iter().find(|directive| directive.0 == key)?;
        let test = if script { script_test(reading, node) } else { test(reading, key, node) };
        Some(test.map(|test| ShowIf { sign, disables, test }))
    }
}

fn test(reading: &mut Reading<'_>, key: &str, node: &Node) -> Result<ShowIfTest, Fault> {
    if let Some(code) = node.get("code") {
        return reading.expression(code).map(ShowIfTest::Code);
    }
    if let (Some(variable), Some(value)) = (node.get("variable"), node.get("is")) {
        let value = reading.template(&value.key_text(), value.line)?;
        return Ok(ShowIfTest::Field { variable: reading.name_of(variable)?, value });
    }
    match node.as_text() {
        Some(_) => {
            let value = reading.template("True", node.line)?;
            Ok(ShowIfTest::Field { variable: reading.name_of(node)?, value })
        }
        None => Err(Fault::at(node, format!("The keys of '{key}' must be 'variable' and 'is,' or 'code.'"))),
    }
}

fn script_test(reading: &mut Reading<'_>, node: &Node) -> Result<ShowIfTest, Fault> {
    let Some(text) = node.as_text() else {
        return Err(Fault::at(node, "a condition in JavaScript must be a text"));
    };
    Ok(ShowIfTest::Script { expression: reading.template(text, node.line)?, variables: read_by_val(text) })
}

/// The variables named in `val("...")`.
fn read_by_val(script: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for call in script.split("val(").skip(1) {
        let inside = call.trim_start();
        let Some(quote) = inside.chars().next().filter(|c| matches!(c, '"' | '\'')) else { continue };
        if let Some((name, _)) = inside[1..].split_once(quote)
            && !names.iter().any(|known| known == name)
        {
            names.push(name.to_owned());
        }
    }
    names
}
