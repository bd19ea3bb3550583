//! What CPython says beyond the parser's own words, judged by the tokens about a fault.
//!
//! It is asked only after the parser found a fault, and never finds one in source that the parser takes.

use super::Lines;
use ruff_python_ast::token::{Token, TokenKind};
use ruff_text_size::Ranged;

/// A better message for a fault at an offset, if there is one. `line_at` says which line of the file that is.
pub(super) fn instead_of(
    message: &str,
    offset: u32,
    tokens: &[Token],
    source: &str,
    line_at: &dyn Fn(u32) -> u32,
) -> Option<String> {
    let place = tokens.partition_point(|token| u32::from(token.start()) < offset);
    let (before, found) = (tokens.get(..place)?, tokens.get(place).map(Ranged::range));
    let kind = tokens.get(place).map(|token| token.kind());
    let text = found.and_then(|range| source.get(range.start().to_usize()..range.end().to_usize())).unwrap_or("");
    match message {
        "unterminated string literal" => Some(format!("{message} (detected at line {})", line_at(offset))),
        "invalid decimal integer literal" => Some(leading_zeros()),
        "expected ':'" if kind == Some(TokenKind::Equal) => Some(assigns_in_condition()),
        "expected ':'" if innermost(before) == Some(TokenKind::Lbrace) => {
            Some("':' expected after dictionary key".to_owned())
        }
        "invalid syntax" => in_general(before, kind?, text, offset),
        _ if message.starts_with("expected an indented block after") => {
            Some(format!("{message} on line {}", line_at(statement_before(before)?)))
        }
        _ => None,
    }
}

fn leading_zeros() -> String {
    "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers".to_owned()
}

fn assigns_in_condition() -> String {
    "invalid syntax. Maybe you meant '==' or ':=' instead of '='?".to_owned()
}

fn in_general(before: &[Token], kind: TokenKind, text: &str, offset: u32) -> Option<String> {
    let closes = matches!(kind, TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace);
    if closes && innermost(before).is_none() {
        return Some(format!("unmatched '{text}'"));
    }
    let last = before.last()?;
    let number = matches!(last.kind(), TokenKind::Int | TokenKind::Float);
    if number && u32::from(last.end()) == offset && text.starts_with(|c: char| c == '_' || c.is_alphabetic()) {
        return Some("invalid decimal literal".to_owned());
    }
    None
}

/// The bracket that is open at the end of these tokens.
fn innermost(tokens: &[Token]) -> Option<TokenKind> {
    let mut open = Vec::new();
    for token in tokens {
        match token.kind() {
            kind @ (TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace) => open.push(kind),
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => drop(open.pop()),
            _ => {}
        }
    }
    open.pop()
}

/// Where the last statement before a fault begins.
fn statement_before(tokens: &[Token]) -> Option<u32> {
    let colon = tokens.iter().rposition(|token| token.kind() == TokenKind::Colon)?;
    let ends = |token: &Token| {
        matches!(
            token.kind(),
            TokenKind::Newline | TokenKind::Indent | TokenKind::Dedent | TokenKind::NonLogicalNewline
        )
    };
    let start = tokens.get(..colon)?.iter().rposition(ends).map_or(0, |end| end + 1);
    tokens.get(start).map(|token| u32::from(token.start()))
}

/// `print 'text'`, as Python 2 had it.
pub(super) fn is_old_print(offset: u32, source: &str, lines: &Lines<'_>) -> Option<(String, u32)> {
    let line = lines.text(lines.line(offset));
    let statement = line.trim_start();
    let name = ["print", "exec"].into_iter().find(|name| {
        statement.strip_prefix(name).is_some_and(|rest| {
            rest.starts_with(' ') && rest.trim_start().starts_with(|c: char| c.is_alphanumeric() || "'\"_".contains(c))
        })
    })?;
    let start = source.get(..offset as usize)?.rfind('\n').map_or(0, |end| end + 1);
    let start = start + line.len() - statement.len();
    let message = format!("Missing parentheses in call to '{name}'. Did you mean {name}(...)?");
    (start < offset as usize).then(|| u32::try_from(start).ok().map(|start| (message, start)))?
}
