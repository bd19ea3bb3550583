//! The spellings that nearly every name has, read without the parser: `x`, `x.y`, `x[0].y['z']` in ASCII.
//!
//! Whatever is in doubt is left to the parser, which has the last word on every other text.

use super::target::{Constant, Index, Step, Target};

/// So much may follow the name; longer chains are judged by the parser's guard.
const STEPS: usize = 16;

/// Python's keywords: none of them is a name.
const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// The target that a text spells plainly; nothing when the parser has to look.
pub(super) fn plain_target(text: &str) -> Option<Target> {
    let (name, mut rest) = name(text)?;
    let mut path = Vec::new();
    while !rest.is_empty() {
        if path.len() == STEPS {
            return None;
        }
        let (step, after) = match rest.strip_prefix('.') {
            Some(rest) => name_of_step(rest)?,
            None => index(rest.strip_prefix('[')?)?,
        };
        path.push(step);
        rest = after;
    }
    Some(Target { name: name.to_owned(), path })
}

/// A name at the beginning of a text, and what follows it.
fn name(text: &str) -> Option<(&str, &str)> {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let end = text.bytes().position(|byte| !is_part(byte)).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let begins_well = name.bytes().next().is_some_and(|byte| !byte.is_ascii_digit());
    (begins_well && !KEYWORDS.contains(&name)).then_some((name, rest))
}

fn name_of_step(text: &str) -> Option<(Step, &str)> {
    let (name, rest) = name(text)?;
    Some((Step::Attribute(name.to_owned()), rest))
}

/// A number or a text between brackets, after the first of them.
fn index(text: &str) -> Option<(Step, &str)> {
    let (inside, constant) = match text.bytes().next()? {
        quote @ (b'\'' | b'"') => {
            let inside = text[1..].split(char::from(quote)).next()?;
            let is_plain = inside.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b'\\');
            // An empty one may be the beginning of three quotes.
            let constant = (is_plain && !inside.is_empty()).then(|| Constant::Text(inside.to_owned()))?;
            (inside.len() + 2, constant)
        }
        _ => {
            let digits = text.split(']').next()?;
            let is_plain =
                digits.bytes().all(|byte| byte.is_ascii_digit()) && !(digits.len() > 1 && digits.starts_with('0'));
            (digits.len(), Constant::Int(is_plain.then(|| digits.parse().ok())??))
        }
    };
    let rest = text.get(inside..)?.strip_prefix(']')?;
    Some((Step::Index(Index::Constant(constant)), rest))
}

#[cfg(test)]
mod tests {
    use super::super::target::parsed_target;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_in_doubt_is_left_to_the_parser() {
        for text in [
            "", "1x", "if", "x.in", "x.", "x[", "x[]", "x[01]", "x['']", "x['\\n']", "x['é']", "été", "x y", "x[i]",
            "x[-1]",
        ] {
            assert_eq!(plain_target(text), None, "{text}");
        }
        assert_eq!(plain_target(&format!("x{}", ".y".repeat(STEPS + 1))), None);
    }

    proptest! {
        #[test]
        fn the_parser_reads_the_same(text in "[a-c_]{0,3}(\\.[a-z0-9]{0,2}|\\[[0-9]{0,3}\\]|\\['[ -~]{0,4}'\\]|\\[\"[ -~]{0,4}\"\\]){0,4}") {
            if let Some(plain) = plain_target(&text) {
                prop_assert_eq!(parsed_target(&text), Ok(plain));
            }
        }
    }

    #[test]
    fn the_usual_spellings_are_plain() {
        for text in ["x", "_x1.y", "x[0]", "x[10].y['a b']", "x[\"it's\"]"] {
            assert_eq!(plain_target(text), Some(parsed_target(text).unwrap()), "{text}");
        }
    }
}
