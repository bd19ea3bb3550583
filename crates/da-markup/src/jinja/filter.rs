//! Filters and tests, which stand behind a value.

use super::Fault;
use super::expression::Expression;
use super::token::Token;
use crate::mako::string_literal;

impl Expression {
    /// Filters and tests behind a value.
    pub(super) fn filtered(&mut self, mut value: String) -> Result<String, Fault> {
        loop {
            if self.takes("|") {
                value = self.filter(&value)?;
            } else if self.takes_word("is") {
                value = self.test(&value)?;
            } else if self.takes("(") {
                value = format!("{value}({})", self.arguments()?);
            } else {
                return Ok(value);
            }
        }
    }

    /// The filter whose name is next, on a value.
    pub(super) fn filter(&mut self, value: &str) -> Result<String, Fault> {
        let mut name = self.name()?;
        while self.takes(".") {
            name = format!("{name}.{}", self.name()?);
        }
        let arguments = if self.takes("(") { self.arguments()? } else { String::new() };
        let more = if arguments.is_empty() { String::new() } else { format!(", {arguments}") };
        Ok(match name.as_str() {
            // What is missing is noticed where it is looked at.
            "default" | "d" => format!("_jinja_default(lambda: {value}{more})"),
            _ => format!("_jinja_filter({}, {value}{more})", string_literal(&name)),
        })
    }

    fn test(&mut self, value: &str) -> Result<String, Fault> {
        let negated = self.takes_word("not");
        let name = self.name()?;
        let argument = if self.takes("(") {
            self.arguments()?
        } else if self.begins_argument() {
            let primary = self.primary()?;
            self.postfix(primary)?
        } else {
            String::new()
        };
        let more = if argument.is_empty() { String::new() } else { format!(", {argument}") };
        let holds = match name.as_str() {
            "defined" => format!("_jinja_defined(lambda: {value})"),
            "undefined" => format!("(not _jinja_defined(lambda: {value}))"),
            _ => format!("_jinja_test({}, {value}{more})", string_literal(&name)),
        };
        Ok(if negated { format!("(not {holds})") } else { holds })
    }

    /// Whether the argument of a test follows without brackets.
    fn begins_argument(&self) -> bool {
        match &self.next {
            Some(Token::Name(word)) => !matches!(word.as_str(), "else" | "or" | "and" | "is" | "if" | "in" | "not"),
            Some(Token::Sign(sign)) => matches!(*sign, "[" | "{"),
            Some(Token::Number(_) | Token::Text(_)) => true,
            None => false,
        }
    }
}
