//! DOCX files as Markdown.

use da_document::{markdown, markdown_of_text};
use proptest::prelude::*;

use crate::made::{docx, opening};

const STYLES: &str = "<w:style w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/></w:style>\
     <w:style w:styleId=\"Sub\"><w:name w:val=\"My own\"/><w:basedOn w:val=\"Heading2\"/></w:style>\
     <w:style w:styleId=\"Heading2\"><w:name w:val=\"heading 2\"/><w:basedOn w:val=\"Sub\"/></w:style>\
     <w:style w:styleId=\"Quote\"><w:name w:val=\"Quote\"/></w:style>\
     <w:style w:styleId=\"Code\"><w:name w:val=\"HTML Preformatted\"/></w:style>\
     <w:style w:styleId=\"Strong\"><w:name w:val=\"Strong\"/><w:rPr><w:b/></w:rPr></w:style>\
     <w:style w:styleId=\"Bullet\"><w:name w:val=\"List Bullet\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>";

const NUMBERING: &str = "<w:abstractNum w:abstractNumId=\"7\">\
     <w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/></w:lvl>\
     <w:lvl w:ilvl=\"1\"><w:start w:val=\"3\"/><w:numFmt w:val=\"lowerLetter\"/></w:lvl></w:abstractNum>\
     <w:abstractNum w:abstractNumId=\"8\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"decimal\"/></w:lvl></w:abstractNum>\
     <w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num>\
     <w:num w:numId=\"2\"><w:abstractNumId w:val=\"8\"/></w:num>\
     <w:num w:numId=\"3\"><w:abstractNumId w:val=\"8\"/>\
     <w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"9\"/></w:lvlOverride></w:num>";

const NOTES: &str = "<w:footnote w:id=\"4\"><w:p><w:r><w:t>See </w:t></w:r><w:hyperlink r:id=\"n1\"><w:r><w:t>there</w:t></w:r>\
     </w:hyperlink></w:p><w:p><w:r><w:t>More</w:t></w:r></w:p></w:footnote>\
     <w:footnote w:id=\"5\"><w:p><w:r><w:t>Nobody refers to it</w:t></w:r></w:p></w:footnote>";

fn relationships(entries: &[(&str, &str)]) -> String {
    let entry = |(id, target): &(&str, &str)| format!("<Relationship Id=\"{id}\" Target=\"{target}\"/>");
    format!("<Relationships>{}</Relationships>", entries.iter().map(entry).collect::<String>())
}

fn written(body: &str) -> String {
    let part = |name: &str, inside: &str| format!("{}{inside}</w:{name}>", opening(name));
    let parts = [
        ("word/styles.xml", part("styles", STYLES)),
        ("word/numbering.xml", part("numbering", NUMBERING)),
        ("word/footnotes.xml", part("footnotes", NOTES)),
        ("word/_rels/document.xml.rels", relationships(&[("r1", "https://example.com/a(b)"), ("r2", "media/cat.png")])),
        ("word/_rels/footnotes.xml.rels", relationships(&[("n1", "https://example.com/note")])),
    ];
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    markdown(&docx(body, &parts)).unwrap()
}

/// A paragraph with a style, or with none.
fn paragraph(style: &str, inside: &str) -> String {
    let properties =
        if style.is_empty() { String::new() } else { format!("<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>") };
    format!("<w:p>{properties}{inside}</w:p>")
}

fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn looking(look: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{look}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn item(list: u32, level: u32, text: &str) -> String {
    let place = format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>");
    format!("<w:p><w:pPr>{place}</w:pPr>{}</w:p>", run(text))
}

#[test]
fn headings_and_paragraphs_are_told_apart_by_their_styles() {
    let body = [
        paragraph("Heading1", &run("First")),
        paragraph("", &run("Text")),
        paragraph("", ""),
        paragraph("Sub", &run("Second")),
        format!("<w:p><w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr>{}</w:p>", run("Third")),
        paragraph("Quote", &run("Said")),
        paragraph("Quote", &run("Said again")),
        paragraph("Code", &run("a * b")),
        paragraph("Code", &run("  c")),
    ];
    let expected = "# First\n\nText\n\n## Second\n\n### Third\n\n> Said\n>\n> Said again\n\n    a * b\n      c\n";
    assert_eq!(written(&body.concat()), expected);
}

#[test]
fn texts_look_as_their_runs_and_styles_say() {
    let body = [
        run("a "),
        looking("<w:b/>", "bold"),
        looking("<w:b w:val=\"0\"/>", " b "),
        looking("<w:i/>", "italic"),
        run(" "),
        looking("<w:rStyle w:val=\"Strong\"/>", "strong"),
        run(" "),
        looking("<w:rStyle w:val=\"Strong\"/><w:b w:val=\"false\"/>", "weak"),
        looking("<w:strike/>", " gone"),
        looking("<w:vertAlign w:val=\"superscript\"/>", "2"),
        looking("<w:vanish/>", "hidden"),
        "<w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>".to_owned(),
        format!("<w:ins>{}</w:ins>", run(" new")),
        "<w:r><w:br/><w:t>line</w:t><w:tab/><w:t>end</w:t><w:br w:type=\"page\"/></w:r>".to_owned(),
    ];
    let expected = "a **bold** b *italic* **strong** weak ~~gone~~<sup>2</sup> new  \nline end\n";
    assert_eq!(written(&paragraph("", &body.concat())), expected);
}

#[test]
fn lists_are_numbered_and_nested() {
    let body = [
        item(1, 0, "one"),
        item(1, 1, "inner"),
        item(1, 1, "next"),
        item(1, 0, "two"),
        paragraph("Bullet", &run("by its style")),
        item(2, 0, "first"),
        item(2, 0, "second"),
        paragraph("", &run("Between")),
        item(2, 0, "third"),
        item(3, 0, "begins anew"),
    ];
    let expected = "\
-   one
    3.  inner
    4.  next
-   two
-   by its style

<!-- -->

1.  first
2.  second

Between

3.  third

<!-- -->

9.  begins anew
";
    assert_eq!(written(&body.concat()), expected);
}

#[test]
fn tables_have_a_cell_for_each_column() {
    let cell = |properties: &str, text: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph("", &run(text)))
    };
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let two = format!("<w:tc>{}{}</w:tc>", paragraph("", &run("x")), paragraph("", &looking("<w:b/>", "y|z")));
    let body = format!(
        "<w:tbl>{}{}{}</w:tbl>{}",
        row(&[cell("", "A"), cell("", "B"), cell("", "C")]),
        row(&[cell("<w:gridSpan w:val=\"2\"/>", "wide"), cell("<w:vMerge w:val=\"restart\"/>", "tall")]),
        row(&[two, cell("", ""), cell("<w:vMerge/>", "unseen")]),
        paragraph("", &run("After")),
    );
    let expected = "| A | B | C |\n| --- | --- | --- |\n| wide |  | tall |\n| x<br>**y\\|z** |  |  |\n\nAfter\n";
    assert_eq!(written(&body), expected);
}

#[test]
fn links_notes_and_pictures_lead_somewhere() {
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let body = [
        format!("<w:hyperlink r:id=\"r1\">{}{}</w:hyperlink>", run("a "), looking("<w:b/>", "link")),
        run(", "),
        format!("<w:hyperlink w:anchor=\"place\">{}</w:hyperlink>", run("a place")),
        run(", "),
        format!(
            "{}<w:r><w:instrText> HYPERLINK \"https://example.com/field\" </w:instrText></w:r>{}",
            field("begin"),
            field("separate")
        ),
        run("a field"),
        field("end"),
        run(", a note"),
        "<w:r><w:footnoteReference w:id=\"4\"/></w:r>".to_owned(),
        run(" and "),
        "<w:r><w:drawing><docPr descr=\"A cat\"/><blip r:embed=\"r2\"/></w:drawing></w:r>".to_owned(),
    ];
    let expected = "[a **link**](<https://example.com/a(b)>), [a place](#place), [a field](https://example.com/field), a note[^1] and \
         ![A cat](media/cat.png)\n\n[^1]: See [there](https://example.com/note)\n\n    More\n";
    assert_eq!(written(&paragraph("", &body.concat())), expected);
}

#[test]
fn text_boxes_come_after_their_paragraph_once() {
    let inside = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", paragraph("", &run(text)));
    let body = paragraph(
        "",
        &format!(
            "{}<w:r><mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r>",
            run("Around"),
            inside("In the box"),
            inside("In the box"),
        ),
    );
    assert_eq!(written(&body), "Around\n\nIn the box\n");
}

/// What Markdown shows, as far as it is letters and digits: its text without marks.
fn letters(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).collect()
}

proptest! {
    #[test]
    fn no_letter_of_a_text_is_lost(words in prop::collection::vec(("[a-zA-Z0-9 *_#.>-]{0,8}", any::<[bool; 3]>()), 0..12)) {
        let run = |(text, [bold, italic, struck]): &(String, [bool; 3])| {
            let look = [(bold, "<w:b/>"), (italic, "<w:i/>"), (struck, "<w:strike/>")];
            let look: String = look.iter().filter(|(is_on, _)| **is_on).map(|(_, mark)| *mark).collect();
            looking(&look, &text.replace('>', "&gt;"))
        };
        let body: String = words.iter().map(run).collect();
        let seen = written(&paragraph("", &body));
        let all: String = words.iter().map(|(text, _)| text.as_str()).collect();
        prop_assert_eq!(letters(&seen), letters(&all));
        prop_assert!(seen.matches("~~").count().is_multiple_of(2), "{}", seen);
    }

    #[test]
    fn any_text_becomes_markdown(text in "\\PC{0,200}") {
        let seen = markdown_of_text(&text).unwrap();
        prop_assert_eq!(letters(&seen), letters(&text));
    }
}
