//! Expressions of Jinja2 become expressions of Python.

use super::Fault;
use super::dialect::Dialect;
use super::token::{Token, tokens};
use crate::mako::string_literal;

/// How deep an expression may nest.
const DEEPEST: u32 = 60;

/// The words of an expression, read from the front.
pub(super) struct Expression {
    tokens: std::vec::IntoIter<Token>,
    pub(super) next: Option<Token>,
    line: u32,
    depth: u32,
    dialect: Dialect,
}

impl Expression {
    pub(super) fn new(text: &str, line: u32, dialect: &Dialect) -> Result<Self, Fault> {
        let mut tokens = tokens(text, line)?.into_iter();
        let next = tokens.next();
        Ok(Expression { tokens, next, line, depth: 0, dialect: dialect.clone() })
    }

    /// The Python of an expression that is all there is.
    pub(super) fn whole(text: &str, line: u32, dialect: &Dialect) -> Result<String, Fault> {
        let mut expression = Expression::new(text, line, dialect)?;
        let python = expression.tuple()?;
        expression.finish()?;
        Ok(python)
    }

    /// Nothing may be left.
    pub(super) fn finish(&self) -> Result<(), Fault> {
        match &self.next {
            None => Ok(()),
            Some(token) => Err(self.fault(format!("unexpected {}", shown(token)))),
        }
    }

    pub(super) fn fault(&self, message: impl Into<String>) -> Fault {
        Fault::new(self.line, message)
    }

    pub(super) fn bump(&mut self) -> Option<Token> {
        std::mem::replace(&mut self.next, self.tokens.next())
    }

    pub(super) fn is_over(&self) -> bool {
        self.next.is_none()
    }

    pub(super) fn takes(&mut self, sign: &str) -> bool {
        let is = matches!(&self.next, Some(Token::Sign(next)) if *next == sign);
        if is {
            self.bump();
        }
        is
    }

    pub(super) fn takes_word(&mut self, word: &str) -> bool {
        let is = matches!(&self.next, Some(Token::Name(next)) if next == word);
        if is {
            self.bump();
        }
        is
    }

    /// Whether the next word is this one.
    pub(super) fn is_word(&self, word: &str) -> bool {
        matches!(&self.next, Some(Token::Name(next)) if next == word)
    }

    /// The name of an argument, before its `=`.
    fn takes_keyword(&mut self) -> Option<String> {
        if !matches!((&self.next, self.tokens.as_slice().first()), (Some(Token::Name(_)), Some(Token::Sign("=")))) {
            return None;
        }
        let name = self.name().ok();
        self.bump();
        name
    }

    pub(super) fn expect(&mut self, sign: &str) -> Result<(), Fault> {
        if self.takes(sign) {
            return Ok(());
        }
        let found = self.next.as_ref().map_or("the end".to_owned(), shown);
        Err(self.fault(format!("expected {sign}, found {found}")))
    }

    pub(super) fn name(&mut self) -> Result<String, Fault> {
        match self.bump() {
            Some(Token::Name(name)) => Ok(name),
            other => {
                Err(self
                    .fault(format!("expected a name, found {}", other.as_ref().map_or("the end".to_owned(), shown))))
            }
        }
    }

    /// One expression, or several with commas between them.
    pub(super) fn tuple(&mut self) -> Result<String, Fault> {
        let first = self.expression()?;
        if !self.takes(",") {
            return Ok(first);
        }
        let mut items = vec![first];
        while self.begins_expression() {
            items.push(self.expression()?);
            if !self.takes(",") {
                break;
            }
        }
        Ok(format!("({},)", items.join(", ")))
    }

    fn begins_expression(&self) -> bool {
        match &self.next {
            None => false,
            Some(Token::Sign(sign)) => matches!(*sign, "(" | "[" | "{" | "-" | "+"),
            Some(Token::Name(word)) => !matches!(word.as_str(), "if" | "else" | "in" | "recursive"),
            Some(_) => true,
        }
    }

    pub(super) fn expression(&mut self) -> Result<String, Fault> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.fault("an expression is nested too deeply"));
        }
        let mut value = self.either()?;
        while self.takes_word("if") {
            let condition = self.either()?;
            let other = if self.takes_word("else") { self.expression()? } else { "''".to_owned() };
            value = format!("({value} if {condition} else {other})");
        }
        self.depth -= 1;
        Ok(value)
    }

    /// What may stand before `if` and `else`.
    pub(super) fn either(&mut self) -> Result<String, Fault> {
        let mut value = self.both()?;
        while self.takes_word("or") {
            value = format!("({value} or {})", self.both()?);
        }
        Ok(value)
    }

    fn both(&mut self) -> Result<String, Fault> {
        let mut value = self.negation()?;
        while self.takes_word("and") {
            value = format!("({value} and {})", self.negation()?);
        }
        Ok(value)
    }

    fn negation(&mut self) -> Result<String, Fault> {
        match self.takes_word("not") {
            true => Ok(format!("(not {})", self.negation()?)),
            false => self.comparison(),
        }
    }

    fn comparison(&mut self) -> Result<String, Fault> {
        let mut value = self.sum()?;
        let mut compared = false;
        loop {
            let operator = match &self.next {
                Some(Token::Sign(sign)) if matches!(*sign, "==" | "!=" | "<" | "<=" | ">" | ">=") => *sign,
                Some(Token::Name(word)) if word == "in" => "in",
                Some(Token::Name(word)) if word == "not" => "not in",
                _ => break,
            };
            self.bump();
            if operator == "not in" && !self.takes_word("in") {
                return Err(self.fault("expected in after not"));
            }
            value = format!("{value} {operator} {}", self.sum()?);
            compared = true;
        }
        Ok(if compared { format!("({value})") } else { value })
    }

    fn sum(&mut self) -> Result<String, Fault> {
        let mut value = self.joined()?;
        while let Some(sign) = self.one_of(&["+", "-"]) {
            value = format!("({value} {sign} {})", self.joined()?);
        }
        Ok(value)
    }

    fn joined(&mut self) -> Result<String, Fault> {
        let mut value = self.product()?;
        while self.takes("~") {
            value = format!("(_jinja_text({value}) + _jinja_text({}))", self.product()?);
        }
        Ok(value)
    }

    fn product(&mut self) -> Result<String, Fault> {
        let mut value = self.unary(true)?;
        while let Some(sign) = self.one_of(&["*", "/", "//", "%"]) {
            value = format!("({value} {sign} {})", self.unary(true)?);
        }
        Ok(value)
    }

    fn one_of(&mut self, signs: &[&'static str]) -> Option<&'static str> {
        signs.iter().copied().find(|sign| self.takes(sign))
    }

    fn unary(&mut self, with_filters: bool) -> Result<String, Fault> {
        let value = match self.one_of(&["-", "+"]) {
            Some(sign) => format!("({sign}{})", self.unary(false)?),
            None => {
                let primary = self.primary()?;
                let value = self.postfix(primary)?;
                match self.takes("**") {
                    true => format!("({value} ** {})", self.unary(false)?),
                    false => value,
                }
            }
        };
        if with_filters { self.filtered(value) } else { Ok(value) }
    }

    pub(super) fn primary(&mut self) -> Result<String, Fault> {
        Ok(match self.bump() {
            Some(Token::Name(name)) => match name.as_str() {
                "true" | "True" => "True".to_owned(),
                "false" | "False" => "False".to_owned(),
                "none" | "None" => "None".to_owned(),
                _ => self.dialect.name(name),
            },
            Some(Token::Number(number)) => number,
            Some(Token::Text(mut text)) => {
                while let Some(Token::Text(more)) = &self.next {
                    text.push_str(more);
                    self.bump();
                }
                string_literal(&text)
            }
            Some(Token::Sign("(")) => {
                if self.takes(")") {
                    return Ok("()".to_owned());
                }
                let inside = self.tuple()?;
                self.expect(")")?;
                format!("({inside})")
            }
            Some(Token::Sign("[")) => format!("[{}]", self.items("]")?.join(", ")),
            Some(Token::Sign("{")) => self.mapping()?,
            Some(other) => return Err(self.fault(format!("unexpected {}", shown(&other)))),
            None => return Err(self.fault("an expression is missing")),
        })
    }

    /// Expressions with commas between them, up to a bracket.
    fn items(&mut self, end: &str) -> Result<Vec<String>, Fault> {
        let mut items = Vec::new();
        while !self.takes(end) {
            items.push(self.expression()?);
            if !self.takes(",") {
                self.expect(end)?;
                break;
            }
        }
        Ok(items)
    }

    fn mapping(&mut self) -> Result<String, Fault> {
        let mut entries = Vec::new();
        while !self.takes("}") {
            let key = self.expression()?;
            self.expect(":")?;
            entries.push(format!("{key}: {}", self.expression()?));
            if !self.takes(",") {
                self.expect("}")?;
                break;
            }
        }
        Ok(format!("{{{}}}", entries.join(", ")))
    }

    /// Attributes, items and calls.
    pub(super) fn postfix(&mut self, mut value: String) -> Result<String, Fault> {
        loop {
            if self.takes(".") {
                value = match self.bump() {
                    Some(Token::Name(name)) => format!("_jinja_attribute({value}, {})", string_literal(&name)),
                    Some(Token::Number(number)) => self.dialect.item(&value, &[number]),
                    _ => return Err(self.fault("expected a name after the point")),
                };
            } else if self.takes("[") {
                let index = self.index()?;
                value = self.dialect.item(&value, &index);
            } else if self.takes("(") {
                value = format!("{value}({})", self.arguments()?);
            } else {
                return Ok(value);
            }
        }
    }

    /// An index or a slice.
    fn index(&mut self) -> Result<Vec<String>, Fault> {
        let mut parts = vec![String::new()];
        while !self.takes("]") {
            if self.takes(":") {
                parts.push(String::new());
                continue;
            }
            let value = self.tuple()?;
            match parts.last_mut() {
                Some(last) if last.is_empty() => *last = value,
                _ => return Err(self.fault("an index is not well formed")),
            }
        }
        Ok(parts)
    }

    /// Arguments, up to the closing bracket.
    pub(super) fn arguments(&mut self) -> Result<String, Fault> {
        let mut arguments = Vec::new();
        while !self.takes(")") {
            let before = match self.takes_keyword() {
                Some(name) => format!("{name}="),
                None => self.one_of(&["**", "*"]).unwrap_or("").to_owned(),
            };
            arguments.push(format!("{before}{}", self.expression()?));
            if !self.takes(",") {
                self.expect(")")?;
                break;
            }
        }
        Ok(arguments.join(", "))
    }
}

fn shown(token: &Token) -> String {
    match token {
        Token::Name(text) | Token::Number(text) => format!("'{text}'"),
        Token::Text(text) => format!("the text '{text}'"),
        Token::Sign(sign) => format!("'{sign}'"),
    }
}
