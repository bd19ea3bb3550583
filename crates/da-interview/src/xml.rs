//! XML in pieces: the marks and the words between them, in their order. Namespaces are cut off from names.
//!
//! It is for XML that programs write, such as what is in office files: it does not check that a document is well formed, knows no
//! entities but the five of XML, and follows nothing outside of the text.

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece<'x> {
    /// `<name ...>`; `<name/>` is followed by its end.
    Begin(Mark<'x>),
    /// `</name>`, or the end of `<name/>`.
    End(&'x str),
    /// Words.
    Text(String),
}

/// What stands in a mark that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark<'x> {
    pub(crate) name: &'x str,
    inside: &'x str,
}

impl Mark<'_> {
    /// An attribute, whatever its namespace.
    pub(crate) fn attribute(&self, wanted: &str) -> Option<String> {
        let mut rest = self.inside;
        while let Some((name, behind)) = rest.split_once('=') {
            let behind = behind.trim_start();
            let quote = behind.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            let (value, after) = behind[1..].split_once(quote)?;
            if local(name.trim()) == wanted {
                return Some(unescaped(value));
            }
            rest = after;
        }
        None
    }
}

/// The pieces of a document.
pub(crate) fn pieces(xml: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        let (words, mark) = rest.split_at(at);
        push_text(&mut found, words);
        if let Some(data) = mark.strip_prefix("<![CDATA[") {
            let (data, after) = data.split_once("]]>").unwrap_or((data, ""));
            found.push(Piece::Text(data.to_owned()));
            rest = after;
            continue;
        }
        if let Some(comment) = mark.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let end = mark_end(mark);
        let inside = mark[1..end].trim();
        rest = mark.get(end + 1..).unwrap_or_default();
        if inside.starts_with(['?', '!']) {
            continue;
        }
        if let Some(name) = inside.strip_prefix('/') {
            found.push(Piece::End(local(name.trim())));
            continue;
        }
        let (inside, is_over) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
        let (name, inside) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        let name = local(name);
        found.push(Piece::Begin(Mark { name, inside }));
        if is_over {
            found.push(Piece::End(name));
        }
    }
    push_text(&mut found, rest);
    found
}

fn push_text(found: &mut Vec<Piece<'_>>, words: &str) {
    if !words.is_empty() {
        found.push(Piece::Text(unescaped(words)));
    }
}

/// Where the mark that a text begins with ends; a `>` in quotes does not end it.
fn mark_end(mark: &str) -> usize {
    let mut quote = None;
    for (at, c) in mark.char_indices() {
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '>') => return at,
            _ => {}
        }
    }
    mark.len()
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, name)| name)
}

/// Words without their entities. What is no entity is left out.
fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let (name, behind) = after.split_once(';').unwrap_or((after, ""));
        match name {
            "lt" => plain.push('<'),
            "gt" => plain.push('>'),
            "amp" => plain.push('&'),
            "quot" => plain.push('"'),
            "apos" => plain.push('\''),
            _ => {
                let digits = name.strip_prefix('#');
                let number = digits.and_then(|digits| match digits.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok(),
                    None => digits.parse().ok(),
                });
                plain.extend(number.and_then(char::from_u32));
            }
        }
        rest = behind;
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_words_and_attributes_are_told_apart() {
        let found =
            pieces("<?xml version='1.0'?><!-- <no/> --><x:a n:b='1 > 0' c=\"&amp;\">1 &lt; 2<d/></x:a><![CDATA[<e>]]>");
        let [Piece::Begin(a), words, Piece::Begin(d), Piece::End("d"), Piece::End("a"), data] = &found[..] else {
            panic!("{found:?}");
        };
        assert_eq!((a.name, a.attribute("b"), a.attribute("c")), ("a", Some("1 > 0".to_owned()), Some("&".to_owned())));
        assert_eq!((d.name, d.attribute("b")), ("d", None));
        assert_eq!((words, data), (&Piece::Text("1 < 2".to_owned()), &Piece::Text("<e>".to_owned())));
    }

    proptest! {
        #[test]
        fn any_text_is_taken_apart(text in "[<>/='\"&;a-c!?\\[\\]-]{0,60}") {
            for piece in pieces(&text) {
                if let Piece::Begin(mark) = piece {
                    mark.attribute("a");
                }
            }
        }
    }
}
