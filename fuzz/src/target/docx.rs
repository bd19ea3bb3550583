//! DOCX files, as they come, and their XML, in an archive that is right: its text as Markdown, and the template in it.

use super::text;

/// Parts that a text is taken for, by its first byte.
const PARTS: [&str; 4] = ["word/document.xml", "word/styles.xml", "word/numbering.xml", "word/footnotes.xml"];

/// A body that refers to all other parts.
const BODY: &str = "<document><body><p><pPr><pStyle val='A'/><numPr><numId val='1'/></numPr></pPr><r><t>a</t>\
                    <footnoteReference id='1'/></r></p></body></document>";

pub(super) fn run(bytes: &[u8]) {
    read(bytes);
    let Some((&first, rest)) = bytes.split_first() else { return };
    let Some(xml) = text(rest) else { return };
    let part = PARTS[usize::from(first) % PARTS.len()];
    read(&da_testkit::zip_of(
        &[("word/document.xml", if part == PARTS[0] { xml } else { BODY }), (part, xml)]
            [usize::from(part == PARTS[0])..],
    ));
}

fn read(file: &[u8]) {
    if let Ok(markdown) = da_document::markdown(file) {
        assert!(markdown.is_empty() || markdown.ends_with('\n'));
    }
    drop(da_document::template(file));
}
