//! Cuts a template into pieces, by Mako's rules for white space.
//!
//! What is inside a piece of Python is not looked at.

use super::scan::python_end;
use super::{Fault, TemplatePoint};
use std::borrow::Cow;

/// A piece of a template and the line that it begins on.
#[derive(Debug)]
pub(super) struct Piece<'t> {
    pub(super) line: u32,
    pub(super) kind: Kind<'t>,
}

#[derive(Debug)]
pub(super) enum Kind<'t> {
    Text(Cow<'t, str>),
    /// `${ code | filters }`
    Expression {
        code: &'t str,
        filters: &'t str,
    },
    /// `% if x:`; `text` is everything after the percent sign.
    Control {
        keyword: &'t str,
        text: &'t str,
    },
    /// `% endif`
    End(&'t str),
    /// `<% code %>`, `<%! code %>`
    Code {
        code: &'t str,
        module: bool,
    },
    Open {
        tag: &'t str,
        attributes: Vec<(&'t str, &'t str)>,
        closed: bool,
    },
    Close(&'t str),
}

/// The pieces of `text`, which begins on line `line`.
pub(super) fn pieces(text: &str, line: u32) -> Result<Vec<Piece<'_>>, Fault> {
    let mut lexer = Lexer { text, at: 0, line, pieces: Vec::new() };
    while lexer.at < text.len() {
        lexer.step()?;
    }
    Ok(lexer.pieces)
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    line: u32,
    pieces: Vec<Piece<'t>>,
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn advance(&mut self, bytes: usize) {
        let passed = &self.text[self.at..self.at + bytes];
        self.line = self.line.saturating_add(u32::try_from(passed.matches('\n').count()).unwrap_or(u32::MAX));
        self.at += bytes;
    }

    fn push(&mut self, line: u32, kind: Kind<'t>) {
        self.pieces.push(Piece { line, kind });
    }

    fn fault<T>(&self, message: impl Into<String>) -> Result<T, Fault> {
        Err(Fault::new(self.line, message))
    }

    /// The expression that begins here has no end.
    fn unclosed(&self) -> Fault {
        let text = self.rest().lines().next().unwrap_or_default().to_owned();
        let point = Some(TemplatePoint { text, column: 1 });
        Fault { point, ..Fault::new(self.line, "this ${ is not closed: expected }") }
    }

    fn step(&mut self) -> Result<(), Fault> {
        let rest = self.rest();
        if rest.starts_with("${") {
            return self.expression();
        }
        if self.at_line_start() {
            let sign = rest.trim_start_matches([' ', '\t']);
            // Quirk: `##` begins no comment here, as it does in Mako, but a heading.
            if sign.starts_with('%') {
                return if sign.starts_with("%%") { self.percent_signs() } else { self.control_line() };
            }
        }
        if rest.starts_with("<%doc>") {
            return self.documentation();
        }
        if rest.starts_with("</%") {
            return self.closing_tag();
        }
        if rest.starts_with("<%") {
            return self.tag().unwrap_or_else(|| self.code());
        }
        self.words();
        Ok(())
    }

    fn at_line_start(&self) -> bool {
        self.at == 0 || self.text.as_bytes()[self.at - 1] == b'\n'
    }

    fn expression(&mut self) -> Result<(), Fault> {
        let line = self.line;
        let inside = &self.rest()[2..];
        let Some((bar, end)) = python_end(inside, &["|", "}"], true) else {
            return Err(self.unclosed());
        };
        let code = &inside[..bar];
        let mut length = bar + 1;
        let mut filters = "";
        if end == "|" {
            let after = &inside[length..];
            let Some((close, _)) = python_end(after, &["}"], true) else {
                return Err(self.unclosed());
            };
            filters = &after[..close];
            length += close + 1;
        }
        self.push(line, Kind::Expression { code, filters });
        self.advance(2 + length);
        Ok(())
    }

    /// A line that begins with a percent sign. It disappears with its line end.
    fn control_line(&mut self) -> Result<(), Fault> {
        let line = self.line;
        let rest = self.rest();
        let length = continued_line_length(rest);
        let content = rest[..length].trim_start_matches([' ', '\t']);
        let text = content.trim_start_matches('%').trim();
        let word = text.find(|c: char| c != '_' && !c.is_alphanumeric()).unwrap_or(text.len());
        let keyword = &text[..word];
        if keyword.is_empty() {
            return self.fault(format!("Invalid control line: '{text}'"));
        }
        match keyword.strip_prefix("end").filter(|started| !started.is_empty()) {
            Some(started) => self.push(line, Kind::End(started)),
            None => self.push(line, Kind::Control { keyword, text }),
        }
        self.advance(length);
        Ok(())
    }

    /// `%%` at the start of a line stands for `%`.
    fn percent_signs(&mut self) -> Result<(), Fault> {
        let rest = self.rest();
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let signs = rest[blanks..].len() - rest[blanks..].trim_start_matches('%').len();
        let text = format!("{}{}", &rest[..blanks], &rest[blanks + 1..blanks + signs]);
        self.push(self.line, Kind::Text(Cow::Owned(text)));
        self.advance(blanks + signs);
        Ok(())
    }

    fn documentation(&mut self) -> Result<(), Fault> {
        let Some(end) = self.rest().find("</%doc>") else { return self.fault("this <%doc> is not closed") };
        self.advance(end + "</%doc>".len());
        Ok(())
    }

    fn code(&mut self) -> Result<(), Fault> {
        let line = self.line;
        let module = self.rest().starts_with("<%!");
        let start = if module { 3 } else { 2 };
        let inside = &self.rest()[start..];
        let Some((end, _)) = python_end(inside, &["%>"], false) else {
            return self.fault("this <% is not closed: expected %>");
        };
        self.push(line, Kind::Code { code: &inside[..end], module });
        self.advance(start + end + 2);
        Ok(())
    }

    /// A tag; `None` when this is no tag but Python right after its sign.
    fn tag(&mut self) -> Option<Result<(), Fault>> {
        let line = self.line;
        let inside = &self.rest()[2..];
        let name = inside.find(|c: char| !(c == '_' || c == '.' || c == ':' || c.is_alphanumeric()));
        let tag = &inside[..name.filter(|length| *length > 0)?];
        let (attributes, after, closed) = attributes(&inside[tag.len()..])?;
        self.push(line, Kind::Open { tag, attributes, closed });
        let length = inside.len() - after.len();
        self.advance(2 + length);
        if tag == "text" && !closed {
            let Some(end) = self.rest().find("</%text>") else {
                return Some(self.fault("this <%text> is not closed"));
            };
            self.push(self.line, Kind::Text(Cow::Borrowed(&self.rest()[..end])));
            self.advance(end);
        }
        Some(Ok(()))
    }

    fn closing_tag(&mut self) -> Result<(), Fault> {
        let rest = self.rest();
        let Some(end) = rest.find('>') else { return self.fault("this </% is not closed: expected >") };
        self.push(self.line, Kind::Close(rest[3..end].trim_matches([' ', '\t'])));
        self.advance(end + 1);
        Ok(())
    }

    /// Words, up to the next thing that means something. A backslash at the end of a line takes the
    /// line end with it.
    fn words(&mut self) {
        let rest = self.rest();
        let mut at = 0;
        loop {
            let tail = &rest[at..];
            let Some(found) = tail.find(['$', '<', '\n', '\\']) else {
                at = rest.len();
                break;
            };
            at += found;
            let here = &rest[at..];
            if here.starts_with("\\\n") {
                self.push(self.line, Kind::Text(Cow::Borrowed(&rest[..at])));
                self.advance(at + 2);
                return;
            }
            // The first character was looked at by `step`, which found nothing in it.
            let special = here.starts_with("${") || here.starts_with("<%") || here.starts_with("</%");
            if special && at > 0 {
                break;
            }
            at += 1;
            if here.starts_with('\n') && starts_line_sign(&here[1..]) {
                break;
            }
        }
        self.push(self.line, Kind::Text(Cow::Borrowed(&rest[..at])));
        self.advance(at);
    }
}

fn starts_line_sign(text: &str) -> bool {
    text.trim_start_matches([' ', '\t']).starts_with('%')
}

/// The length of the first line, its end included.
fn line_length(text: &str) -> usize {
    text.find('\n').map_or(text.len(), |end| end + 1)
}

/// As `line_length`, where a backslash at the end continues the line.
fn continued_line_length(text: &str) -> usize {
    let mut length = line_length(text);
    while length < text.len() && text[..length].ends_with("\\\n") {
        length += line_length(&text[length..]);
    }
    length
}

type Attributes<'t> = Vec<(&'t str, &'t str)>;

/// Reads `name="value"` pairs up to `>` or `/>`: the pairs, the text after, and whether it was `/>`.
fn attributes(text: &str) -> Option<(Attributes<'_>, &str, bool)> {
    let mut pairs = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        if let Some(after) = rest.strip_prefix("/>") {
            return Some((pairs, after, true));
        }
        if let Some(after) = rest.strip_prefix('>') {
            return Some((pairs, after, false));
        }
        let end = rest.find(|c: char| c != '_' && !c.is_alphanumeric()).filter(|end| *end > 0)?;
        let (name, after) = rest.split_at(end);
        let after = after.trim_start().strip_prefix('=')?.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, after) = after[1..].split_once(quote)?;
        pairs.push((name, value));
        rest = after;
    }
}
