//! DOCX files as archives.

use da_document::{DocumentError, markdown, template};

use crate::made::{bare_deflated, docx, packed_zip, zip};

const BODY: &str = "<document><body><p><r><t>Hello {{ name }}</t></r></p></body></document>";

#[test]
fn parts_are_stored_or_deflated() {
    let stored = zip(&[("word/document.xml", BODY.as_bytes())]);
    let deflated = packed_zip(&[("word/document.xml", 8, bare_deflated(BODY.as_bytes()))]);
    for file in [stored, deflated] {
        assert_eq!(markdown(&file).unwrap(), "Hello {{ name }}\n");
        assert_eq!(template(&file).unwrap(), "Hello {{ name }}\n");
    }
}

#[test]
fn what_is_no_docx_file_says_why() {
    assert_eq!(markdown(b"Hello").unwrap_err().to_string(), "it is not a ZIP archive");
    let other = zip(&[("content.xml", b"<x/>")]);
    assert_eq!(markdown(&other).unwrap_err().to_string(), "it is not a DOCX file: it has no word/document.xml");
    let odd = packed_zip(&[("word/document.xml", 14, vec![1, 2, 3])]);
    assert_eq!(
        markdown(&odd).unwrap_err().to_string(),
        "its file word/document.xml is packed in a way that is not supported"
    );
    let damaged = packed_zip(&[("word/document.xml", 8, vec![255; 20])]);
    assert_eq!(markdown(&damaged), Err(DocumentError::Damaged("word/document.xml".to_owned())));
    let broken = docx("<w:p>", &[]);
    assert_eq!(markdown(&broken).unwrap_err().to_string(), "its file word/document.xml is not XML that can be read");
}

#[test]
fn a_template_has_the_texts_of_the_body_before_those_at_the_edges() {
    let part = |text: &str| format!("<hdr><p><r><t>{text}</t></r></p></hdr>");
    let (header, footer) = (part("{{ head }}"), part("{{ foot }}"));
    let body = "<w:p><w:r><w:t>{{ bo</w:t></w:r><w:r><w:t>dy }}</w:t></w:r></w:p>";
    let file = docx(body, &[("word/footer1.xml", &footer), ("word/header1.xml", &header)]);
    let lines: Vec<String> = template(&file)
        .unwrap()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .split(" {{")
        .map(str::to_owned)
        .collect();
    assert_eq!(lines, ["{{ body }}", " head }}", " foot }}"]);
}
