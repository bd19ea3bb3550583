//! What a `for`, a `set` or a `with` gives values to: names and attributes of namespaces, with commas and brackets between them.
//!
//! It does not look whether what is given has as many parts as the target: that shows when the template is run.

use super::Fault;
use super::dialect::Dialect;
use super::expression::Expression;
use super::token::Token;
use crate::mako::string_literal;

/// Brackets within one another.
const DEEPEST: u32 = 20;

/// Something that values are given to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    Name(String),
    /// An attribute of a namespace.
    Attribute(String, String),
    /// What the parts of a value are given to, one by one.
    Several(Vec<Target>),
}

impl Target {
    pub(super) fn parse(words: &mut Expression) -> Result<Self, Fault> {
        Self::within(words, 0)
    }

    fn within(words: &mut Expression, depth: u32) -> Result<Self, Fault> {
        if depth > DEEPEST {
            return Err(words.fault("brackets are nested too deeply"));
        }
        let first = Self::part(words, depth)?;
        if !words.takes(",") {
            return Ok(first);
        }
        let mut parts = vec![first];
        while begins(words) {
            parts.push(Self::part(words, depth)?);
            if !words.takes(",") {
                break;
            }
        }
        Ok(Target::Several(parts))
    }

    /// What stands between commas. Brackets alone make no parts: commas do.
    fn part(words: &mut Expression, depth: u32) -> Result<Self, Fault> {
        if words.takes("(") {
            let inside = Self::within(words, depth + 1)?;
            words.expect(")")?;
            return Ok(inside);
        }
        let name = words.name()?;
        Ok(if words.takes(".") { Target::Attribute(name, words.name()?) } else { Target::Name(name) })
    }

    /// The names that it gives a meaning to. A namespace has its own before its attributes are set.
    pub(super) fn names(&self) -> Vec<String> {
        match self {
            Target::Name(name) => vec![name.clone()],
            Target::Attribute(..) => Vec::new(),
            Target::Several(parts) => parts.iter().flat_map(Target::names).collect(),
        }
    }

    /// As Python for the context: a text, where to find a namespace and a text, or a tuple.
    pub(super) fn python(&self, dialect: &Dialect) -> String {
        match self {
            Target::Name(name) => string_literal(name),
            Target::Attribute(name, attribute) => {
                format!("_c.attribute(lambda: {}, {})", dialect.name(name.clone()), string_literal(attribute))
            }
            Target::Several(parts) => {
                let parts: Vec<String> = parts.iter().map(|part| part.python(dialect)).collect();
                format!("({},)", parts.join(", "))
            }
        }
    }
}

/// Whether another part begins, and not what stands behind a target.
fn begins(words: &Expression) -> bool {
    match &words.next {
        Some(Token::Name(_)) => !words.is_word("in"),
        Some(Token::Sign(sign)) => *sign == "(",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(text: &str) -> Result<Target, Fault> {
        let mut words = Expression::new(text, 1, &Dialect::Source)?;
        let target = Target::parse(&mut words)?;
        words.finish().map(|()| target)
    }

    #[test]
    fn brackets_add_no_level_and_commas_do() {
        let python = |text| target(text).ok().map(|target| target.python(&Dialect::Source));
        let is = |text, expected: &str| assert_eq!(python(text).as_deref(), Some(expected), "{text}");
        is("a", "'a'");
        is("(a)", "'a'");
        is("a, b", "('a', 'b',)");
        is("(a, b)", "('a', 'b',)");
        is("(a,)", "('a',)");
        is("((a, b), c)", "(('a', 'b',), 'c',)");
        is("a, (b, c,)", "('a', ('b', 'c',),)");
        is("a, b.c", "('a', _c.attribute(lambda: _c['b'], 'c'),)");
    }

    #[test]
    fn names_are_told_and_those_of_namespaces_are_not() {
        assert_eq!(
            target("a, (b, c), d.e").ok().map(|target| target.names()),
            Some(["a", "b", "c"].map(str::to_owned).into())
        );
    }

    #[test]
    fn what_is_no_target_is_refused() {
        for text in ["", "()", "(a", "a.b.c", "1", &"(".repeat(100_000)] {
            assert!(target(text).is_err(), "{}", text.len());
        }
    }
}
