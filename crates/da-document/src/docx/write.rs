//! Markdown: the pieces of a paragraph as text with marks.
//!
//! What is between the marks of a template (`{{ }}`, `{% %}`, `${ }`) stays as it is. Nothing else in a text becomes a mark by accident.

use std::rc::Rc;

use super::inline::Inline;
use super::style::Look;
use crate::DocumentError;

/// More Markdown than this is not written.
pub(super) const MOST: usize = 32 << 20;

/// What a look is in Markdown: a mark before and after.
struct Mark {
    is_on: fn(&Look) -> bool,
    before: &'static str,
    after: &'static str,
}

const MARKS: [Mark; 6] = [
    Mark { is_on: |look| look.struck, before: "~~", after: "~~" },
    Mark { is_on: |look| look.bold, before: "**", after: "**" },
    Mark { is_on: |look| look.italic, before: "*", after: "*" },
    Mark { is_on: |look| look.raised, before: "<sup>", after: "</sup>" },
    Mark { is_on: |look| look.lowered, before: "<sub>", after: "</sub>" },
    Mark { is_on: |look| look.code, before: "`", after: "`" },
];

/// The place of code among the marks: what is in it is not escaped, so it has to be innermost.
const CODE: usize = 5;

/// A paragraph as Markdown. Breaks in it are lines of their own.
pub(super) fn paragraph(pieces: Vec<Inline>) -> Result<String, DocumentError> {
    let pieces = merged(pieces);
    let mut out = String::new();
    let mut at = 0;
    while at < pieces.len() {
        let link = link_of(&pieces[at]);
        let end =
            pieces[at..].iter().position(|piece| link_of(piece) != link).map_or(pieces.len(), |length| at + length);
        match link {
            None => texts(&pieces[at..end], &mut out)?,
            Some(target) => {
                let mut shown = String::new();
                texts(&pieces[at..end], &mut shown)?;
                let (lead, trail) = (shown.len() - shown.trim_start().len(), shown.trim_end().len());
                if lead < trail {
                    out.push_str(&shown[..lead]);
                    out.push_str(&format!("[{}]({})", &shown[lead..trail], destination(&target)));
                    out.push_str(&shown[trail..]);
                } else {
                    out.push_str(&shown);
                }
            }
        }
        at = end;
        if out.len() > MOST {
            return Err(DocumentError::TooLarge(MOST as u64));
        }
    }
    let lines: Vec<String> = out.trim().split('\n').map(|line| guarded(line.trim_start())).collect();
    Ok(lines.join("\n"))
}

/// What stands in a paragraph without any mark, line by line: for code.
pub(super) fn bare(pieces: &[Inline]) -> String {
    let text = |piece: &Inline| match piece {
        Inline::Text { text, .. } => text.clone(),
        Inline::Break => "\n".to_owned(),
        Inline::Note(_) | Inline::Picture { .. } => String::new(),
    };
    pieces.iter().map(text).collect()
}

fn link_of(piece: &Inline) -> Option<Rc<str>> {
    match piece {
        Inline::Text { link, .. } => link.clone(),
        _ => None,
    }
}

/// Texts of the same kind that stand beside one another are one text.
fn merged(pieces: Vec<Inline>) -> Vec<Inline> {
    let mut merged: Vec<Inline> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match (merged.last_mut(), &piece) {
            (
                Some(Inline::Text { text, look, link }),
                Inline::Text { text: more, look: more_look, link: more_link },
            ) if look == more_look && link == more_link => text.push_str(more),
            (_, Inline::Text { text, .. }) if text.is_empty() => {}
            _ => merged.push(piece),
        }
    }
    for piece in &mut merged {
        // Code with the mark of code in it is a text like others.
        if let Inline::Text { text, look, .. } = piece {
            look.code &= !text.contains('`');
        }
    }
    merged
}

fn texts(pieces: &[Inline], out: &mut String) -> Result<(), DocumentError> {
    let looks: Vec<Look> = pieces.iter().map(look_of).collect();
    // The marks that are open, the outermost first.
    let mut open: Vec<usize> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Inline::Text { text, look, .. } => {
                let (lead, trail) = (text.len() - text.trim_start().len(), text.trim_end().len());
                if lead >= trail {
                    close_all(&mut open, out, |mark| !(MARKS[mark].is_on)(look));
                    out.push_str(text);
                    continue;
                }
                close_all(&mut open, out, |mark| !(MARKS[mark].is_on)(look));
                out.push_str(&text[..lead]);
                open_all(&mut open, out, &looks[at..]);
                match look.code {
                    true => out.push_str(&text[lead..trail]),
                    false => escaped(&text[lead..trail], out),
                }
                // Blanks at an end stand behind the marks that end there.
                let next = looks.get(at + 1).copied().unwrap_or_default();
                close_all(&mut open, out, |mark| !(MARKS[mark].is_on)(&next));
                out.push_str(&text[trail..]);
            }
            Inline::Break => {
                close_all(&mut open, out, |_| true);
                out.push_str("  \n");
            }
            Inline::Note(number) => out.push_str(&format!("[^{number}]")),
            Inline::Picture { told, target } => {
                close_all(&mut open, out, |_| true);
                let mut shown = String::new();
                escaped(&told.replace(['\n', '\r', ']'], " "), &mut shown);
                out.push_str(&format!("![{shown}]({})", destination(target)));
            }
        }
        if out.len() > MOST {
            return Err(DocumentError::TooLarge(MOST as u64));
        }
    }
    close_all(&mut open, out, |_| true);
    Ok(())
}

fn look_of(piece: &Inline) -> Look {
    match piece {
        Inline::Text { look, .. } => *look,
        _ => Look::default(),
    }
}

/// Closes the marks that end, and those inside of them; the latter are opened again where they are wanted.
fn close_all(open: &mut Vec<usize>, out: &mut String, ends: impl Fn(usize) -> bool) {
    if let Some(first) = open.iter().position(|&mark| ends(mark)) {
        for mark in open.drain(first..).rev() {
            out.push_str(MARKS[mark].after);
        }
    }
}

/// Opens the marks of the first look that are not open; those that last longer before the others.
fn open_all(open: &mut Vec<usize>, out: &mut String, looks: &[Look]) {
    let Some(look) = looks.first() else { return };
    // What is farther away matters to nobody.
    let near = &looks[..looks.len().min(16)];
    let lasts = |mark: &usize| near.iter().take_while(|look| (MARKS[*mark].is_on)(look)).count();
    let mut wanted: Vec<usize> =
        (0..MARKS.len()).filter(|mark| (MARKS[*mark].is_on)(look) && !open.contains(mark)).collect();
    wanted.sort_by_key(|mark| (*mark == CODE, std::cmp::Reverse(lasts(mark)), *mark));
    for mark in wanted {
        // Whatever is inside of code is code.
        if !open.contains(&CODE) {
            out.push_str(MARKS[mark].before);
            open.push(mark);
        }
    }
}

/// What begins in a template, and what ends it.
const TEMPLATE: [(&str, &str); 4] = [("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("${", "}")];

/// Writes a text so that none of its characters is a mark.
fn escaped(text: &str, out: &mut String) {
    let mut rest = text;
    let mut before: Option<char> = None;
    let mut is_closed = [false; TEMPLATE.len()];
    while let Some(character) = rest.chars().next() {
        let begun = TEMPLATE.iter().position(|(begin, _)| rest.starts_with(begin));
        if let Some(kind) = begun.filter(|kind| !is_closed[*kind]) {
            let (begin, end) = TEMPLATE[kind];
            if let Some(length) = rest[begin.len()..].find(end) {
                let (template, behind) = rest.split_at(begin.len() + length + end.len());
                out.push_str(template);
                (before, rest) = (template.chars().next_back(), behind);
                continue;
            }
            // It is not looked for again where it is not.
            is_closed[kind] = true;
        }
        let after = rest[character.len_utf8()..].chars().next();
        if is_mark(character, before, after) {
            out.push('\\');
        }
        out.push(if character == '\n' || character == '\r' { ' ' } else { character });
        before = Some(character);
        rest = &rest[character.len_utf8()..];
    }
}

fn is_mark(character: char, before: Option<char>, after: Option<char>) -> bool {
    let is_word = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
    match character {
        '\\' | '`' | '*' => true,
        '_' => !(is_word(before) && is_word(after)),
        '<' => after.is_some_and(|after| after.is_alphabetic() || matches!(after, '/' | '!' | '?')),
        '&' => after.is_some_and(|after| after.is_alphabetic() || after == '#'),
        '~' => after == Some('~') || before == Some('~'),
        _ => false,
    }
}

/// A line that begins nothing but a paragraph.
fn guarded(line: &str) -> String {
    let line = line.to_owned();
    let mark = |at: usize| format!("{}\\{}", &line[..at], &line[at..]);
    let digits = line.len() - line.trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
    let behind = line[digits..].chars().nth(1).is_none_or(char::is_whitespace);
    match line.chars().next() {
        Some('#' | '>' | ':') => mark(0),
        Some('-' | '+' | '=') => {
            let next = line.chars().nth(1);
            if next.is_none_or(|next| next.is_whitespace() || line.starts_with(next)) { mark(0) } else { line }
        }
        Some('0'..='9') if digits < 10 && line[digits..].starts_with(['.', ')']) && behind => mark(digits),
        _ => line,
    }
}

/// An address, so that no character of it ends it.
fn destination(target: &str) -> String {
    let target = target.replace(['\n', '\r'], "");
    match target.contains([' ', '(', ')', '<', '>']) {
        true => format!("<{}>", target.replace('<', "%3C").replace('>', "%3E")),
        false => target,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str, look: Look) -> Inline {
        Inline::Text { text: text.to_owned(), look, link: None }
    }

    fn written(pieces: &[Inline]) -> String {
        paragraph(pieces.to_vec()).unwrap()
    }

    const PLAIN: Look = Look { bold: false, italic: false, struck: false, raised: false, lowered: false, code: false };
    const BOLD: Look = Look { bold: true, ..PLAIN };
    const ITALIC: Look = Look { italic: true, ..PLAIN };
    const BOTH: Look = Look { bold: true, ..ITALIC };

    #[test]
    fn marks_stand_at_words_and_within_one_another() {
        assert_eq!(written(&[text("a", PLAIN), text(" b ", BOLD), text("c", PLAIN)]), "a **b** c");
        assert_eq!(written(&[text("a ", BOLD), text("b", BOTH), text(" c", BOLD)]), "**a *b* c**");
        assert_eq!(written(&[text("a", BOTH), text("b", BOLD)]), "***a*b**");
        assert_eq!(written(&[text("a", BOTH), text("b", ITALIC)]), "***a**b*");
        assert_eq!(written(&[text("a", BOLD), text(" ", PLAIN), text("b", BOLD)]), "**a** **b**");
        assert_eq!(written(&[text("a ", BOLD), text("b", ITALIC)]), "**a** *b*");
        let code = Look { code: true, ..BOLD };
        assert_eq!(written(&[text("x*y", code)]), "**`x*y`**");
    }

    #[test]
    fn what_is_no_mark_stays_none() {
        let plain = |said: &str| written(&[text(said, PLAIN)]);
        assert_eq!(plain("2 * 3, snake_case, _x_, a\\b"), "2 \\* 3, snake_case, \\_x\\_, a\\\\b");
        assert_eq!(plain("# no heading"), "\\# no heading");
        assert_eq!(plain("1. no item"), "1\\. no item");
        assert_eq!(plain("1.5 liters"), "1.5 liters");
        assert_eq!(plain("- no item"), "\\- no item");
        assert_eq!(plain("-5 degrees"), "-5 degrees");
        assert_eq!(plain("---"), "\\---");
        assert_eq!(plain("<b> & &amp; 1 < 2"), "\\<b> & \\&amp; 1 < 2");
    }

    #[test]
    fn templates_and_brackets_stay_as_they_are() {
        let plain = |said: &str| written(&[text(said, PLAIN)]);
        assert_eq!(plain("{{ a * b['_c'] }} *"), "{{ a * b['_c'] }} \\*");
        assert_eq!(plain("${ a * b } {% if a * b %} [x] $5"), "${ a * b } {% if a * b %} [x] $5");
        assert_eq!(plain("{{ * {{ *"), "{{ \\* {{ \\*");
    }
}
