//! What stands in the tags of XML, counted before it is read: the reader compares the attributes of a tag with one another, and the
//! namespaces around it, so that a few very large tags would cost more than a large document.
//!
//! It does not say whether the XML is right.

use std::collections::HashSet;

use crate::DocumentError;

/// Attributes of one tag.
const MOST_ATTRIBUTES: usize = 256;

/// Declarations of namespaces in a part, and different prefixes that they are for.
const MOST_NAMESPACES: usize = 50_000;
const MOST_PREFIXES: usize = 200;

/// Elements within one another: what follows them down may recurse.
const DEEPEST: usize = 200;

/// What is no tag, by how it begins and how it ends.
const NO_TAGS: [(&str, &str); 3] = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")];

/// Refuses XML with more in its tags than any document has, or with more of them within one another: the reader itself has no
/// limit there, and looks for every prefix in all that is around an element.
pub(super) fn check(xml: &str) -> Result<(), DocumentError> {
    let (mut rest, mut prefixes, mut namespaces, mut depth) = (xml, HashSet::new(), 0, 0_usize);
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if let Some((begin, end)) = NO_TAGS.iter().find(|(begin, _)| rest.starts_with(begin)) {
            let Some(length) = rest[begin.len()..].find(end) else { return Ok(()) };
            rest = &rest[begin.len() + length + end.len()..];
            continue;
        }
        let tag = tag(rest)?;
        if rest.starts_with("</") {
            depth = depth.saturating_sub(1);
        }
        depth += usize::from(tag.opens);
        if depth > DEEPEST {
            return Err(DocumentError::TooDeep);
        }
        let declared = tag.names.into_iter().filter(|name| name.starts_with("xmlns"));
        namespaces += declared.map(|name| prefixes.insert(name)).count();
        if namespaces > MOST_NAMESPACES || prefixes.len() > MOST_PREFIXES {
            return Err(DocumentError::TooMany);
        }
        rest = tag.behind;
    }
    Ok(())
}

/// A tag: the names of its attributes, and what stands behind it.
#[derive(Debug, PartialEq, Eq)]
struct Tag<'x> {
    names: Vec<&'x str>,
    /// Whether an element begins with it that it does not end.
    opens: bool,
    behind: &'x str,
}

/// The tag that begins here.
fn tag(text: &str) -> Result<Tag<'_>, DocumentError> {
    let (mut names, mut quote, mut rest) = (Vec::new(), None, text);
    let (mut word, mut in_name) = (0, true);
    for (at, character) in text.bytes().enumerate() {
        match (quote, character) {
            (None, b'>') => {
                rest = &text[..at];
                break;
            }
            (None, b'"' | b'\'') => quote = Some(character),
            (Some(begun), _) if begun == character => {
                quote = None;
                word = at + 1;
            }
            (None, b'=') => {
                names.push(text.get(word..at).unwrap_or_default().trim());
                word = at + 1;
                if names.len() > MOST_ATTRIBUTES {
                    return Err(DocumentError::TooMany);
                }
            }
            // The name of the element stands first.
            (None, b' ' | b'\t' | b'\r' | b'\n') if in_name => (word, in_name) = (at + 1, false),
            _ => {}
        }
    }
    let opens = !rest.starts_with("</") && !rest.starts_with("<!") && !rest.ends_with('/');
    Ok(Tag { names, opens, behind: text.get(rest.len() + 1..).unwrap_or_default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_attributes_of_a_tag_are_found_and_those_of_no_tag_are_not_looked_for() {
        let tag_is = |text, names: &[&'static str], opens, behind| {
            assert_eq!(tag(text), Ok(Tag { names: names.to_vec(), opens, behind }), "{text}");
        };
        tag_is("<w:p a='x > \"=' b = \"c=d\"/>rest", &["a", "b"], false, "rest");
        tag_is("<p xmlns:a =\"x\"\n b\t= 'y'>", &["xmlns:a", "b"], true, "");
        tag_is("</p>", &[], false, "");
        tag_is("<p>a b=c</p>", &[], true, "a b=c</p>");
        let many = "a='1' ".repeat(300);
        assert_eq!(check(&format!("<!-- <p {many}> --><p><![CDATA[<p {many}>]]></p><?x <p {many} ?>")), Ok(()));
        assert_eq!(check(&format!("<p {many}/>")), Err(DocumentError::TooMany));
        assert_eq!(check("<p a='"), Ok(()));
    }

    #[test]
    fn namespaces_are_counted_over_the_whole_part() {
        let tag = |number: usize| format!("<p xmlns:a{number}='x'/>");
        assert_eq!(check(&(0..200).map(tag).collect::<String>()), Ok(()));
        assert_eq!(check(&(0..201).map(tag).collect::<String>()), Err(DocumentError::TooMany));
        assert_eq!(check(&tag(1).repeat(50_001)), Err(DocumentError::TooMany));
        let apart = |number: usize| format!("<p xmlns:a{number} ='x'/>");
        assert_eq!(check(&(0..201).map(apart).collect::<String>()), Err(DocumentError::TooMany));
    }

    #[test]
    fn depth_is_known_before_the_reader_comes() {
        assert_eq!(check(&format!("{}{}", "<p><q/>".repeat(200), "</p>".repeat(200))), Ok(()));
        assert_eq!(check(&"<p>".repeat(201)), Err(DocumentError::TooDeep));
        assert_eq!(check(&"<p></p>".repeat(1000)), Ok(()));
    }
}
