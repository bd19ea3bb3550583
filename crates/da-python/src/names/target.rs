//! Names that come from outside: `x`, `x.y`, `x['y'].z[0]`, `x[i]`.
//!
//! Made of names, attributes, subscripts and constants alone. There is no way to write a call, an
//! operator, a slice or a second line, so that no input can make the engine run anything but the
//! look-ups that it spells out.

use super::plain::plain_target;
use crate::syntax::{Fault, Guard, SyntaxError, Tree, TreeKind, with_tree};
use ruff_python_ast::{Expr, Number};
use std::fmt;
use std::sync::Arc;

/// A name, and the attributes and indexes that follow it. Its `Display` is the normal spelling.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// The variable.
    pub name: String,
    /// What follows it.
    pub path: Vec<Step>,
}

/// An attribute or an index.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// `.name`
    Attribute(String),
    /// `[index]`
    Index(Index),
}

/// What stands between brackets.
#[derive(Debug, Clone, PartialEq)]
pub enum Index {
    /// `[0]`, `['key']`
    Constant(Constant),
    /// `[i]`, `[x.y]`
    Variable(Box<Target>),
}

/// A constant as an index.
#[derive(Debug, Clone, PartialEq)]
pub enum Constant {
    /// `None`
    None,
    /// `True`, `False`
    Bool(bool),
    /// A whole number that is not negative.
    Int(u64),
    /// A finite number that is not negative.
    Float(f64),
    /// A text.
    Text(String),
}

/// Why a text is not a [`Target`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// It is not even an expression.
    #[error("not a variable name: {0}")]
    Syntax(SyntaxError),
    /// It has something in it that a variable name cannot have.
    #[error("not a variable name: {0} cannot be part of it")]
    Refused(&'static str),
}

/// Reads a name that came from outside.
///
/// ```
/// use da_python::machine::names::parse_target;
/// assert_eq!(parse_target("child[0].birth[\"place\"]").unwrap().to_string(), "child[0].birth['place']");
/// assert_eq!(
///     parse_target("exit()").unwrap_err().to_string(),
///     "not a variable name: a call cannot be part of it"
/// );
/// ```
pub fn parse_target(text: &str) -> Result<Target, TargetError> {
    plain_target(text).map_or_else(|| parsed_target(text), Ok)
}

/// The same by the parser, whatever the spelling.
pub(super) fn parsed_target(text: &str) -> Result<Target, TargetError> {
    if text.contains(['\n', '\r', '\x0c']) {
        return Err(TargetError::Refused("a line break"));
    }
    let file: Arc<str> = Arc::from("<name>");
    let mut refused = None;
    let parsed = with_tree(
        text.trim_start_matches([' ', '\t']),
        &file,
        TreeKind::Expression,
        &Guard::default(),
        &|line| line,
        |tree, _| match tree {
            Tree::Expression(expr) => target_of(expr).map_err(|construct| {
                refused = Some(construct);
                Fault::new(construct, 0)
            }),
            Tree::Module(_) => Err(Fault::new("invalid syntax", 0)),
        },
    );
    parsed.map_err(|error| refused.map_or(TargetError::Syntax(error), TargetError::Refused))
}

/// The target that an expression spells, or what in it none can have.
pub(super) fn target_of(expr: &Expr) -> Result<Target, &'static str> {
    match expr {
        Expr::Name(node) => Ok(Target { name: node.id.to_string(), path: Vec::new() }),
        Expr::Attribute(node) => {
            let mut target = target_of(&node.value)?;
            target.path.push(Step::Attribute(node.attr.to_string()));
            Ok(target)
        }
        Expr::Subscript(node) => {
            let mut target = target_of(&node.value)?;
            target.path.push(Step::Index(index_of(&node.slice)?));
            Ok(target)
        }
        other => Err(construct(other)),
    }
}

fn index_of(expr: &Expr) -> Result<Index, &'static str> {
    Ok(Index::Constant(match expr {
        Expr::NoneLiteral(_) => Constant::None,
        Expr::BooleanLiteral(node) => Constant::Bool(node.value),
        Expr::StringLiteral(node) => Constant::Text(node.value.to_str().to_owned()),
        Expr::NumberLiteral(node) => match &node.value {
            Number::Int(int) => Constant::Int(int.as_u64().ok_or("a number that large")?),
            Number::Float(value) if value.is_finite() => Constant::Float(*value),
            _ => return Err("a number of that kind"),
        },
        Expr::Name(_) | Expr::Attribute(_) | Expr::Subscript(_) => {
            return Ok(Index::Variable(Box::new(target_of(expr)?)));
        }
        other => return Err(construct(other)),
    }))
}

fn construct(expr: &Expr) -> &'static str {
    match expr {
        Expr::Call(_) => "a call",
        Expr::BinOp(_) | Expr::UnaryOp(_) | Expr::BoolOp(_) | Expr::Compare(_) => "an operator",
        Expr::Slice(_) => "a slice",
        Expr::Named(_) => "an assignment",
        Expr::Lambda(_) => "a function",
        Expr::If(_) => "a condition",
        Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) | Expr::Generator(_) => "a comprehension",
        Expr::FString(_) | Expr::TString(_) => "a formatted text",
        Expr::Tuple(_) | Expr::List(_) | Expr::Set(_) | Expr::Dict(_) => "a display of values",
        Expr::Starred(_) => "a star",
        Expr::Yield(_) | Expr::YieldFrom(_) | Expr::Await(_) => "a suspension",
        _ => "a constant",
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        for step in &self.path {
            match step {
                Step::Attribute(name) => write!(f, ".{name}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Index::Constant(constant) => constant.fmt(f),
            Index::Variable(target) => target.fmt(f),
        }
    }
}

impl fmt::Display for Constant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Constant::None => f.write_str("None"),
            Constant::Bool(true) => f.write_str("True"),
            Constant::Bool(false) => f.write_str("False"),
            Constant::Int(value) => write!(f, "{value}"),
            Constant::Float(value) => write!(f, "{value:?}"),
            Constant::Text(text) => write_text(f, text),
        }
    }
}

/// A text as CPython's `repr` spells it: single quotes unless only the text holds some.
fn write_text(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    write!(f, "{quote}")?;
    for c in text.chars() {
        match c {
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            c if c == quote => write!(f, "\\{c}")?,
            c if c.is_control() => write!(f, "\\x{:02x}", u32::from(c))?,
            c => write!(f, "{c}")?,
        }
    }
    write!(f, "{quote}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn refusal(text: &str) -> String {
        parse_target(text).unwrap_err().to_string()
    }

    #[test]
    fn names_attributes_and_constant_indexes_are_read_and_spelled_normally() {
        let spellings = [
            ("x", "x"),
            (" x . y ", "x.y"),
            ("x[\"it's\"]", "x[\"it's\"]"),
            ("x[\"a\"] [0x10]", "x['a'][16]"),
            ("x[i].y[j.k[True]]", "x[i].y[j.k[True]]"),
            ("(x).y", "x.y"),
            ("x['a' \"b\"]", "x['ab']"),
            ("x['\\n\\t\\x00']", "x['\\n\\t\\x00']"),
            ("été['é']", "été['é']"),
        ];
        for (text, normal) in spellings {
            assert_eq!(parse_target(text).unwrap().to_string(), normal);
        }
    }

    #[test]
    fn anything_that_would_have_to_be_computed_is_refused_by_name() {
        let refusals = [
            ("f()", "a call"),
            ("x[f()]", "a call"),
            ("x.y().z", "a call"),
            ("x[-1]", "an operator"),
            ("x + y", "an operator"),
            ("not x", "an operator"),
            ("x[1:2]", "a slice"),
            ("x[1, 2]", "a display of values"),
            ("x[f'{y}']", "a formatted text"),
            ("(x := 1)", "an assignment"),
            ("lambda: x", "a function"),
            ("[a for a in x]", "a comprehension"),
            ("'x'", "a constant"),
            ("'x'.y", "a constant"),
            ("x\n", "a line break"),
            ("x[b'a']", "a constant"),
            ("x[1j]", "a number of that kind"),
            ("x[1e999]", "a number of that kind"),
            ("x[99999999999999999999]", "a number that large"),
        ];
        for (text, construct) in refusals {
            assert_eq!(refusal(text), format!("not a variable name: {construct} cannot be part of it"), "{text}");
        }
        assert_eq!(refusal("x = 1"), "not a variable name: invalid syntax (<name>, line 1)");
        assert_eq!(refusal(""), "not a variable name: invalid syntax (<name>, line 1)");
        assert_eq!(refusal("import os"), "not a variable name: invalid syntax (<name>, line 1)");
    }

    #[test]
    fn a_very_deep_name_is_refused() {
        assert_eq!(
            refusal(&format!("x{}", ".a".repeat(100_000))),
            "not a variable name: code is nested too deeply (more than 200 levels) (<name>, line 1)"
        );
    }

    fn target() -> impl Strategy<Value = Target> {
        let name = "[a-zA-Zé_][a-z0-9_]{0,5}q";
        let constant = prop_oneof![
            Just(Constant::None),
            any::<bool>().prop_map(Constant::Bool),
            any::<u64>().prop_map(Constant::Int),
            (0.0..1e300).prop_map(Constant::Float),
            any::<String>().prop_map(Constant::Text),
        ];
        let leaf = name.prop_map(|name| Target { name, path: Vec::new() });
        leaf.prop_recursive(3, 12, 4, move |inner| {
            let step = prop_oneof![
                name.prop_map(Step::Attribute),
                constant.clone().prop_map(|constant| Step::Index(Index::Constant(constant))),
                inner.prop_map(|target| Step::Index(Index::Variable(Box::new(target)))),
            ];
            (name, prop::collection::vec(step, 0..4)).prop_map(|(name, path)| Target { name, path })
        })
    }

    proptest! {
        #[test]
        fn the_spelling_of_a_target_reads_back_as_the_same_target(target in target()) {
            prop_assert_eq!(parse_target(&target.to_string()).unwrap(), target);
        }

        #[test]
        fn no_text_makes_reading_a_name_panic(text in any::<String>()) {
            let _ = parse_target(&text);
        }
    }
}
