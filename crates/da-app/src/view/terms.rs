//! Words that an interview explains: `{word}` and `{word|as it stands here}`, and the auto terms wherever they occur.
//!
//! What stands in braces and is not explained stays as it is. A word within a link is never made into another one.

use std::cell::RefCell;
use std::collections::BTreeSet;

use da_core::Screen;
use da_markup::markdown::{self, RawHtml};

use super::html::Markup;
use super::tags;

/// What a term is while Markdown is read: its number between the first two, and its words up to the last.
const MARKS: [char; 3] = ['\u{f8f0}', '\u{f8f1}', '\u{f8f2}'];

/// The terms of a screen, and which of them were met.
pub struct Terms<'s> {
    /// Words in small letters, as they are looked up, and their explanations.
    known: Vec<(String, &'s str)>,
    /// Which of them need no braces: numbers, the longest words first.
    automatic: Vec<usize>,
    met: RefCell<BTreeSet<usize>>,
}

/// A term that was met.
pub struct Term<'s> {
    /// The `id` that links to it have.
    pub id: String,
    /// The word.
    pub word: &'s str,
    /// The explanation.
    pub explanation: Markup,
}

impl<'s> Terms<'s> {
    /// Those of a screen.
    pub fn of(screen: &'s Screen) -> Terms<'s> {
        let entries = screen.terms.iter().chain(&screen.auto_terms);
        let known: Vec<_> = entries.map(|(word, explanation)| (key(word), explanation.as_str())).collect();
        let mut automatic: Vec<usize> =
            (screen.terms.len()..known.len()).filter(|at| !known[*at].0.is_empty()).collect();
        automatic.sort_by_key(|at| std::cmp::Reverse(known[*at].0.len()));
        Terms { known, automatic, met: RefCell::default() }
    }

    /// A text with its paragraphs.
    pub fn html(&self, text: &str) -> Markup {
        let made = tags::harmless(&markdown::html(&self.marked(text), RawHtml::Passed));
        Markup::vouched_for(self.linked(&made))
    }

    /// A text within a line.
    pub fn inline_html(&self, text: &str) -> Markup {
        let made = tags::harmless(&markdown::inline(&self.marked(text), RawHtml::Passed));
        Markup::vouched_for(self.linked(&made))
    }

    /// The terms that were met so far, in their order.
    pub fn met(&self) -> Vec<Term<'_>> {
        let met = self.met.borrow();
        let term = |number: &usize| {
            let (word, explanation) = &self.known[*number];
            Term { id: id(*number), word, explanation: super::html(explanation) }
        };
        met.iter().map(term).collect()
    }

    /// Words in braces become marks.
    fn marked(&self, text: &str) -> String {
        if self.known.is_empty() {
            return text.to_owned();
        }
        // Our own marks mean nothing in what somebody wrote.
        let text = text.replace(MARKS, "");
        let (mut out, mut rest) = (String::with_capacity(text.len()), text.as_str());
        while let Some(at) = rest.find('{') {
            out.push_str(&rest[..at]);
            let inside = &rest[at + 1..];
            let end = inside.find(['{', '}']).filter(|end| inside[*end..].starts_with('}'));
            let found = end.and_then(|end| {
                let (word, label) = inside[..end].split_once('|').unwrap_or((&inside[..end], &inside[..end]));
                let word = key(word);
                Some((self.known.iter().position(|(known, _)| *known == word)?, label, end))
            });
            match found {
                Some((number, label, end)) => {
                    out.extend([MARKS[0].to_string(), number.to_string(), MARKS[1].to_string()]);
                    out.push_str(label.trim());
                    out.push(MARKS[2]);
                    rest = &inside[end + 1..];
                }
                None => {
                    out.push('{');
                    rest = inside;
                }
            }
        }
        out + rest
    }

    /// Marks become links, and so do auto terms in what lies between tags.
    fn linked(&self, html: &str) -> String {
        if self.known.is_empty() {
            return html.to_owned();
        }
        let opened = self.opened(html);
        let (mut out, mut in_link) = (String::with_capacity(opened.len()), false);
        for piece in pieces(&opened) {
            if piece.starts_with('<') {
                in_link = piece.starts_with("<a ") || in_link && piece != "</a>";
                out.push_str(piece);
            } else if in_link {
                out.push_str(piece);
            } else {
                self.automatic_in(piece, &mut out);
            }
        }
        out
    }

    /// Marks become tags; those within a link are dropped.
    fn opened(&self, html: &str) -> String {
        let (mut out, mut in_link, mut is_open) = (String::with_capacity(html.len()), false, false);
        for piece in pieces(html) {
            if piece.starts_with('<') {
                in_link = piece.starts_with("<a ") || in_link && piece != "</a>";
                out.push_str(piece);
                continue;
            }
            let mut rest = piece;
            while let Some(at) = rest.find([MARKS[0], MARKS[2]]) {
                out.push_str(&rest[..at]);
                let begun = rest[at..].strip_prefix(MARKS[0]).and_then(|rest| rest.split_once(MARKS[1]));
                match begun.and_then(|(number, after)| Some((number.parse::<usize>().ok()?, after))) {
                    Some((number, after)) => {
                        if !in_link && number < self.known.len() {
                            self.met.borrow_mut().insert(number);
                            out.push_str(&opening(number));
                            is_open = true;
                        }
                        rest = after;
                    }
                    None => {
                        if rest[at..].starts_with(MARKS[2]) && std::mem::take(&mut is_open) {
                            out.push_str("</a>");
                        }
                        rest = &rest[at + MARKS[0].len_utf8()..];
                    }
                }
            }
            out.push_str(rest);
        }
        out
    }

    fn automatic_in(&self, text: &str, out: &mut String) {
        let (mut rest, mut before) = (text, ' ');
        while let Some(next) = rest.chars().next() {
            // What stands for one character is no word.
            let entity = if next == '&' { rest.find(';').filter(|end| *end < 32) } else { None };
            if let Some(end) = entity {
                out.push_str(&rest[..=end]);
                (before, rest) = (';', &rest[end + 1..]);
                continue;
            }
            let found = if before.is_alphanumeric() { None } else { self.automatic_at(rest) };
            let length = match found {
                Some((number, length)) => {
                    self.met.borrow_mut().insert(number);
                    out.push_str(&format!("{}{}</a>", opening(number), &rest[..length]));
                    length
                }
                None => {
                    out.push(next);
                    next.len_utf8()
                }
            };
            before = rest[..length].chars().next_back().unwrap_or(' ');
            rest = &rest[length..];
        }
    }

    /// The auto term that a text begins with, and how long it is there.
    fn automatic_at(&self, text: &str) -> Option<(usize, usize)> {
        self.automatic.iter().find_map(|number| {
            let length = begins_with(text, &self.known[*number].0)?;
            (!text[length..].starts_with(char::is_alphanumeric)).then_some((*number, length))
        })
    }
}

/// Tags, and what stands between them.
fn pieces(html: &str) -> impl Iterator<Item = &str> {
    let mut rest = html;
    std::iter::from_fn(move || {
        let end = match rest.find('<') {
            None => rest.len(),
            Some(0) => rest.find('>').map_or(rest.len(), |end| end + 1),
            Some(at) => at,
        };
        let piece = &rest[..end];
        rest = &rest[end..];
        (!piece.is_empty()).then_some(piece)
    })
}

fn opening(number: usize) -> String {
    format!("<a class=\"term\" href=\"#{}\">", id(number))
}

fn id(number: usize) -> String {
    format!("term-{number}")
}

/// A word as it is looked up: small letters, with one space where there is any.
fn key(word: &str) -> String {
    word.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// How many bytes of a text a word in small letters takes there, if the text begins with it.
fn begins_with(text: &str, word: &str) -> Option<usize> {
    let mut wanted = word.chars();
    let mut expected = wanted.next()?;
    let mut length = 0;
    for c in text.chars() {
        for small in c.to_lowercase() {
            if small != expected && !(expected == ' ' && small.is_whitespace()) {
                return None;
            }
            match wanted.next() {
                Some(next) => expected = next,
                None => return Some(length + c.len_utf8()),
            }
        }
        length += c.len_utf8();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> (String, Vec<String>) {
        let screen = Screen {
            terms: vec![
                ("green words".to_owned(), "They are *explained*.".to_owned()),
                ("écu".to_owned(), "A coin.".to_owned()),
            ],
            auto_terms: vec![
                ("court".to_owned(), "Where judges sit.".to_owned()),
                ("court fee".to_owned(), "What it costs.".to_owned()),
            ],
            ..Screen::default()
        };
        let terms = Terms::of(&screen);
        let html = terms.inline_html(text).as_str().to_owned();
        (html, terms.met().iter().map(|term| format!("{} {}", term.id, term.explanation.as_str().trim())).collect())
    }

    #[test]
    fn words_that_are_explained_lead_to_what_is_said_of_them() {
        let cases = [
            ("Tap {Green  words}.", "Tap <a class=\"term\" href=\"#term-0\">Green  words</a>."),
            ("{écu|Old *coins*}", "<a class=\"term\" href=\"#term-1\">Old <em>coins</em></a>"),
            ("{nothing} {a {green words}", "{nothing} {a <a class=\"term\" href=\"#term-0\">green words</a>"),
            ("[The {green words}](/x)", "<a href=\"/x\">The green words</a>"),
            (
                "The Court Fee of the court, courts, xcourt",
                "The <a class=\"term\" href=\"#term-3\">Court Fee</a> of the \
              <a class=\"term\" href=\"#term-2\">court</a>, courts, xcourt",
            ),
            ("a &amp; b &lt;court&gt;", "a &amp; b &lt;<a class=\"term\" href=\"#term-2\">court</a>&gt;"),
            ("\u{f8f0}1\u{f8f1}x\u{f8f2}", "1x"),
            ("<span title=\"court\">a</span>", "<span title=\"court\">a</span>"),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text).0, expected);
        }
        assert_eq!(
            shown("{green words} and court").1,
            ["term-0 <p>They are <em>explained</em>.</p>", "term-2 <p>Where judges sit.</p>"]
        );
    }
}
