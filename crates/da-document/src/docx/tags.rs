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

/// What is no tag, by how it begins and how it ends.
const NO_TAGS: [(&str, &str); 3] = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")];

/// Refuses XML with more in its tags than any document has.
pub(super) fn check(xml: &str) -> Result<(), DocumentError> {
    let (mut rest, mut prefixes, mut namespaces) = (xml, HashSet::new(), 0);
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if let Some((begin, end)) = NO_TAGS.iter().find(|(begin, _)| rest.starts_with(begin)) {
            let Some(length) = rest[begin.len()..].find(end) else { return Ok(()) };
            rest = &rest[begin.len() + length + end.len()..];
            continue;
        }
        let (names, behind) = tag(rest)?;
        let declared = names.into_iter().filter(|name| name.starts_with("xmlns"));
        namespaces += declared.map(|name| prefixes.insert(name)).count();
        if namespaces > MOST_NAMESPACES || prefixes.len() > MOST_PREFIXES {
            return Err(DocumentError::TooMany);
        }
        rest = behind;
    }
    Ok(())
}

/// The names of the attributes of the tag that begins here, and what stands behind it.
fn tag(text: &str) -> Result<(Vec<&str>, &str), DocumentError> {
    let (mut names, mut quote, mut word) = (Vec::new(), None, 0);
    for (at, character) in text.bytes().enumerate() {
        match (quote, character) {
            (None, b'>') => return Ok((names, &text[at + 1..])),
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
            (None, b' ' | b'\t' | b'\r' | b'\n') if names.is_empty() => word = at + 1,
            _ => {}
        }
    }
    Ok((names, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_attributes_of_a_tag_are_found_and_those_of_no_tag_are_not_looked_for() {
        assert_eq!(tag("<w:p a='x > \"=' b = \"c=d\"/>rest"), Ok((vec!["a", "b"], "rest")));
        assert_eq!(tag("</p>"), Ok((vec![], "")));
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
    }
}
