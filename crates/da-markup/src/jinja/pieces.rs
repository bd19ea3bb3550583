//! A template in pieces: words, expressions and statements.

use super::Fault;

/// A piece, and the line on which it begins.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece<'t> {
    pub(super) line: u32,
    pub(super) kind: Kind<'t>,
}

/// What a piece is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind<'t> {
    /// Words that stay as they are.
    Text(&'t str),
    /// What stands between `{{` and `}}`.
    Expression(&'t str),
    /// What stands between `{%` and `%}`.
    Statement(&'t str),
}

/// Splits a template.
pub(super) fn pieces(text: &str) -> Result<Vec<Piece<'_>>, Fault> {
    let mut found = Vec::new();
    let (mut at, mut line) = (0, 1);
    let mut trims = false;
    while at < text.len() {
        let rest = &text[at..];
        let words = next_mark(rest).unwrap_or(rest.len());
        let (mut said, after) = rest.split_at(words);
        let said_line = line;
        line += lines_in(said);
        if std::mem::take(&mut trims) {
            said = said.trim_start();
        }
        if after.is_empty() {
            push_text(&mut found, said, said_line);
            break;
        }
        let inside = &after[2..];
        if inside.starts_with('-') {
            said = said.trim_end();
        }
        push_text(&mut found, said, said_line);
        let end = ending(&after[..2]);
        let length =
            closing(inside, end).ok_or_else(|| Fault::new(line, format!("there is no {end} to {}", &after[..2])))?;
        let content = &inside[..length];
        trims = content.ends_with('-');
        let content = content.trim_start_matches(['-', '+']).trim_end_matches(['-', '+']);
        at += words + 2 + length + 2;
        let kind = match &after[..2] {
            "{{" => Some(Kind::Expression(content)),
            "{%" => Some(Kind::Statement(content)),
            _ => None,
        };
        if kind == Some(Kind::Statement(content)) && content.trim() == "raw" {
            let (raw, skipped) = raw(&text[at..]).ok_or_else(|| Fault::new(line, "there is no endraw to raw"))?;
            line += lines_in(&after[..2 + length + 2]);
            push_text(&mut found, raw, line);
            line += lines_in(&text[at..at + skipped]);
            at += skipped;
            continue;
        }
        found.extend(kind.map(|kind| Piece { line, kind }));
        line += lines_in(&after[..2 + length + 2]);
    }
    Ok(found)
}

fn push_text<'t>(found: &mut Vec<Piece<'t>>, text: &'t str, line: u32) {
    if !text.is_empty() {
        found.push(Piece { line, kind: Kind::Text(text) });
    }
}

fn lines_in(text: &str) -> u32 {
    u32::try_from(text.matches('\n').count()).unwrap_or(u32::MAX)
}

fn next_mark(text: &str) -> Option<usize> {
    ["{{", "{%", "{#"].iter().filter_map(|mark| text.find(mark)).min()
}

fn ending(mark: &str) -> &'static str {
    match mark {
        "{{" => "}}",
        "{%" => "%}",
        _ => "#}",
    }
}

/// Where what is inside a mark ends: its end does not count inside a quoted text, nor inside a bracket.
fn closing(inside: &str, end: &str) -> Option<usize> {
    if end == "#}" {
        return inside.find(end);
    }
    let (mut quote, mut depth) = (None, 0_u32);
    let mut chars = inside.char_indices();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (Some(_), '\\') => {
                chars.next();
            }
            (Some(open), c) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '{') => depth += 1,
            (None, '}') if depth > 0 => depth -= 1,
            (None, _) if inside[at..].starts_with(end) => return Some(at),
            _ => {}
        }
    }
    None
}

/// What stands before `{% endraw %}`, and how much is over with it.
fn raw(text: &str) -> Option<(&str, usize)> {
    let mut from = 0;
    loop {
        let at = from + text[from..].find("{%")?;
        let length = text[at..].find("%}")? + 2;
        if text[at + 2..at + length - 2].trim_matches(['-', '+', ' ', '\n', '\t']) == "endraw" {
            return Some((&text[..at], at + length));
        }
        from = at + 2;
    }
}
