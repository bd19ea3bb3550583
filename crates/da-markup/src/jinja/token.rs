//! The words of an expression.

use super::Fault;

/// A word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A name or a keyword.
    Name(String),
    /// A number, as Python writes it.
    Number(String),
    /// A text.
    Text(String),
    /// An operator or a bracket.
    Sign(&'static str),
}

/// The longer ones first.
const SIGNS: [&str; 27] = [
    "**", "//", "==", "!=", "<=", ">=", "+", "-", "*", "/", "%", "~", "|", "<", ">", "(", ")", "[", "]", "{", "}", ",",
    ":", ".", "=", ";", "!",
];

/// Splits an expression or a statement, which is on line `line`.
pub(super) fn tokens(text: &str, line: u32) -> Result<Vec<Token>, Fault> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if first.is_alphabetic() || first == '_' {
            let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
            found.push(Token::Name(rest[..end].to_owned()));
            end
        } else if first.is_ascii_digit() {
            let end = number_end(rest);
            found.push(Token::Number(rest[..end].to_owned()));
            end
        } else if first == '\'' || first == '"' {
            let (said, end) = quoted(rest, first).ok_or_else(|| Fault::new(line, "a text is not closed"))?;
            found.push(Token::Text(said));
            end
        } else {
            let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
            let sign = sign.ok_or_else(|| Fault::new(line, format!("unexpected char '{first}'")))?;
            found.push(Token::Sign(sign));
            sign.len()
        };
        rest = rest[length..].trim_start();
    }
    Ok(found)
}

/// Where a number ends: `1`, `1.5`, `1e3`, `1_000`; `1.real` is a number and an attribute.
fn number_end(text: &str) -> usize {
    let digits = |from: usize| {
        text[from..].find(|c: char| !(c.is_ascii_digit() || c == '_')).map_or(text.len(), |length| from + length)
    };
    let mut end = digits(0);
    if text[end..].starts_with('.') && text[end + 1..].starts_with(|c: char| c.is_ascii_digit()) {
        end = digits(end + 1);
    }
    if text[end..].starts_with(['e', 'E']) {
        let sign = usize::from(text[end + 1..].starts_with(['+', '-']));
        if text[end + 1 + sign..].starts_with(|c: char| c.is_ascii_digit()) {
            end = digits(end + 1 + sign);
        }
    }
    end
}

/// The text between quotes, and where it ends.
fn quoted(text: &str, quote: char) -> Option<(String, usize)> {
    let mut said = String::new();
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => match chars.next()?.1 {
                'n' => said.push('\n'),
                't' => said.push('\t'),
                'r' => said.push('\r'),
                other @ ('\\' | '\'' | '"') => said.push(other),
                other => said.extend(['\\', other]),
            },
            c if c == quote => return Some((said, at + c.len_utf8())),
            c => said.push(c),
        }
    }
    None
}
