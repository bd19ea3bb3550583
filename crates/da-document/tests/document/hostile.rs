//! Files that want too much: each ends with an error that says so, or with nothing, and never in a panic.

use da_document::{Budget, DocumentError, markdown, template};
use proptest::prelude::*;

use crate::made::{
    bare_deflated, deflated, docx, form_fields, opening, packed_pdf, packed_zip, pdf, pdf_facts, pdf_pictures,
    repeated_zip,
};

/// A catalog whose form has the fields of part 3.
const CATALOG: [&str; 2] = ["<</Pages 2 0 R/AcroForm<</Fields[3 0 R]>>>>", "<</Kids[2 0 R 2 0 R]>>"];

fn with_field(field: &str) -> Vec<u8> {
    pdf(&[CATALOG[0], CATALOG[1], field])
}

#[test]
fn what_many_pages_have_from_above_is_held_once() {
    let entries: String = (0..20_000).map(|number| format!("/E{number} {number}")).collect();
    let kids = "null ".repeat(50_000) + &"<</Type/Page>>".repeat(20_000);
    let file = pdf(&["<</Pages 2 0 R>>", &format!("<</Resources<</XObject<<{entries}>>{entries}>>/Kids[{kids}]>>")]);
    assert_eq!(pdf_facts(&file).unwrap().pages, 20_000);
    assert!(pdf_pictures(&file, 1..=u32::MAX).unwrap().is_empty());
}

#[test]
fn a_picture_is_judged_by_its_size_before_it_is_unpacked_further() {
    let bits = deflated(&vec![0; 8 << 20]);
    let head = format!(
        "<</Subtype/Image/Width 65536/Height 1024/BitsPerComponent 1/Filter/Fl/Length {}>>stream\n",
        bits.len()
    );
    let picture = [head.as_bytes(), &bits, b"\nendstream"].concat();
    let part = |text: &str| text.as_bytes().to_vec();
    let file = pdf(&[part("<</Pages 2 0 R>>"), part("<</Resources<</XObject<</A 3 0 R>>>>>>"), picture]);
    assert!(matches!(pdf_pictures(&file, 1..=1), Err(DocumentError::TooManyDots(_))));
}

#[test]
fn what_a_file_took_is_told_though_it_is_small_and_refused() {
    let file = packed_pdf(&["<</Pages 2 0 R>>", &format!("<</Kids[{}]>>", "0 ".repeat(1 << 20))]);
    let mut budget = Budget::full();
    let facts = da_document::pdf_facts(&file, &mut budget);
    assert!(file.len() < 10_000 && budget.spent() > 2 << 20, "{} {} {facts:?}", file.len(), budget.spent());
    let mut budget = Budget::full();
    assert!(da_document::pdf_facts(b"%PDF-1.4", &mut budget).is_err());
    assert!(budget.spent() < 100, "{}", budget.spent());
}

#[test]
fn what_refers_to_itself_ends() {
    for field in ["3 0 R", "<</T 3 0 R/Kids[3 0 R]>>", "<</T(a)/Kids 3 0 R/V[3 0 R]/Rect[3 0 R]/P 3 0 R/AP 3 0 R>>"] {
        assert!(form_fields(&with_field(field)).is_ok(), "{field}");
    }
    let text = String::from_utf8_lossy(&with_field("<</T(a)>>")).into_owned();
    let table = text.rsplit("startxref\n").next().unwrap().lines().next().unwrap().to_owned();
    let looping = text.replace("/Root 1 0 R", &format!("/Root 1 0 R/Prev {table}/XRefStm {table}"));
    assert_eq!(form_fields(looping.as_bytes()).unwrap().len(), 1);
    // A stream whose length stands in itself.
    let packed = packed_pdf(&["<<>>"]);
    let at = packed.windows(8).position(|word| word == b"/Length ").unwrap();
    let mut changed = packed[..at].to_vec();
    changed.extend(b"/Length 1 0 R");
    changed.extend(packed[at..].iter().skip_while(|byte| **byte != b'>'));
    assert!(form_fields(&changed).is_ok());
}

#[test]
fn what_is_nested_too_deeply_is_refused() {
    let field = format!("<</T(a)/V{}{}>>", "[".repeat(5000), "]".repeat(5000));
    assert_eq!(form_fields(&with_field(&field)), Err(DocumentError::TooDeep));
    let fields = "<</T(a)/Kids[".repeat(50);
    assert_eq!(form_fields(&with_field(&format!("{fields}{}", "]>>".repeat(50)))), Err(DocumentError::TooDeep));
    let chain: Vec<String> = (3..60).map(|at| format!("<</T(a)/Kids[{} 0 R]>>", at + 1)).collect();
    let objects: Vec<&str> = CATALOG.into_iter().chain(chain.iter().map(String::as_str)).collect();
    assert_eq!(form_fields(&pdf(&objects)), Err(DocumentError::TooDeep));
    let body = format!("{}{}", "<w:sdt>".repeat(5000), "</w:sdt>".repeat(5000));
    assert_eq!(markdown(&docx(&body, &[])), Err(DocumentError::TooDeep));
    assert_eq!(template(&docx(&body, &[])), Err(DocumentError::TooDeep));
}

#[test]
fn what_grows_when_it_is_unpacked_is_refused() {
    let zeros = vec![b' '; 40 << 20];
    let bomb = packed_zip(&[("word/document.xml", 8, bare_deflated(&zeros))]);
    assert!(bomb.len() < 100_000);
    assert_eq!(markdown(&bomb), Err(DocumentError::TooLarge(32 << 20)));
    assert_eq!(template(&bomb), Err(DocumentError::TooLarge(32 << 20)));
    // Twice packed, it would be a thousand times as much once more.
    let twice = deflated(&deflated(&vec![b' '; 80 << 20]));
    let mut file = b"%PDF-1.7\n1 0 obj\n<</Pages 2 0 R>>\nendobj\n".to_vec();
    let at = file.len();
    let head = "2 0 obj\n<</Type/XRef/W[1 1 1]/Size 3/Root 1 0 R/Filter[/Fl/Fl]>>stream\n";
    file.extend(head.bytes());
    file.extend(&twice);
    file.extend(format!("\nendstream\nendobj\nstartxref\n{at}\n%%EOF").bytes());
    assert_eq!(form_fields(&file), Err(DocumentError::TooLarge(64 << 20)));
}

#[test]
fn what_is_packed_and_unpacks_to_nothing_is_paid_for() {
    // Empty blocks: five bytes each, of which nothing comes out.
    let mut empty = [0, 0, 0, 0xff, 0xff].repeat(1000);
    empty.extend([1, 0, 0, 0xff, 0xff]);
    let names: Vec<String> = (0..60_000).map(|number| format!("word/header{number}.xml")).collect();
    assert_eq!(template(&repeated_zip(&names, 8, &empty)), Err(DocumentError::Overlapping));
}

#[test]
fn blanks_and_comments_are_paid_for_each_time_that_they_are_passed_over() {
    let fields = "<</T(a)/V 4 0 R>>".repeat(200);
    let all = format!("<</Pages 2 0 R/AcroForm<</Fields[{fields}]>>>>");
    let number = format!("1{}\nx", "%".repeat(1 << 20));
    assert_eq!(form_fields(&pdf(&[&all, CATALOG[1], "null", &number])), Err(DocumentError::TooLarge(64 << 20)));
    // The head of a part stands far behind the place that the table names.
    let mut file = pdf(&[&all, CATALOG[1], "null", "(x)"]);
    let place = |file: &[u8], word: &[u8]| file.windows(word.len()).rposition(|here| here == word).unwrap();
    let (part, table) = (place(&file, b"4 0 obj"), place(&file, b"xref\n0"));
    file.truncate(place(&file, b"startxref"));
    file.splice(part..part, vec![b' '; 1 << 20]);
    file.extend(format!("startxref\n{}\n%%EOF\n", table + (1 << 20)).bytes());
    assert_eq!(form_fields(&file), Err(DocumentError::TooLarge(64 << 20)));
}

#[test]
fn rows_that_are_larger_than_what_is_in_them_take_no_more_room() {
    let packed = deflated(b"\x0211 0 ");
    let mut file = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n".to_vec();
    for number in 2..1000 {
        let settings = "<</Predictor 12/Columns 1048576/Colors 32/BitsPerComponent 16>>";
        let head = format!(
            "{number} 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/Fl/DecodeParms{settings}/Length {}>>stream\n",
            packed.len()
        );
        file.extend(head.bytes());
        file.extend(&packed);
        file.extend(b"\nendstream\nendobj\n");
    }
    assert_eq!(form_fields(&file), Ok(Vec::new()));
}

#[test]
fn tags_and_tables_with_too_much_in_them_are_refused() {
    let many: String = (0..100_000).map(|number| format!(" a{number}=\"\"")).collect();
    for part in [format!("<w:p{many}/>"), "<w:p xmlns:w=\"x\"/>".repeat(60_000)] {
        assert_eq!(markdown(&docx(&part, &[])), Err(DocumentError::TooMany));
        assert_eq!(template(&docx(&part, &[])), Err(DocumentError::TooMany));
    }
    let cell = "<w:tc><w:tcPr><w:gridSpan w:val=\"63\"/></w:tcPr></w:tc>";
    let table = format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cell.repeat(20_000));
    assert_eq!(markdown(&docx(&table, &[])), Err(DocumentError::TooMany));
}

#[test]
fn a_name_that_is_too_long_is_none() {
    let bold = |name: &str| {
        let styles = format!(
            "{}<w:style w:styleId=\"{name}\"><w:rPr><w:b/></w:rPr></w:style><w:style w:styleId=\"a\">\
             <w:basedOn w:val=\"{name}\"/></w:style></w:styles>",
            opening("styles")
        );
        let body = "<w:p><w:r><w:rPr><w:rStyle w:val=\"a\"/></w:rPr><w:t>Hello</w:t></w:r></w:p>";
        markdown(&docx(body, &[("word/styles.xml", &styles)])).unwrap()
    };
    assert_eq!(bold(&"n".repeat(255)), "**Hello**\n");
    assert_eq!(bold(&"n".repeat(256)), "Hello\n");
}

#[test]
fn what_has_too_many_parts_is_refused() {
    let field = format!("<</T(a)/V[{}]>>", "1 ".repeat((2 << 20) + 1));
    assert_eq!(form_fields(&with_field(&field)), Err(DocumentError::TooMany));
    assert_eq!(markdown(&docx(&"<w:p/>".repeat((2 << 20) + 1), &[])), Err(DocumentError::TooMany));
    // One list of a hundred thousand names that each of many fields looks at anew.
    let names = format!("[{}]", "(name)".repeat(100_000));
    let looks = "<</T(a)/V 4 0 R>>".repeat(50);
    let objects = ["<</AcroForm<</Fields 3 0 R>>>>", "null", &format!("[{looks}]"), &names];
    assert_eq!(form_fields(&pdf(&objects)), Err(DocumentError::TooMany));
}

#[test]
fn types_in_xml_are_not_expanded() {
    let xml = "<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\">]><document><body><p><r><t>&a;</t></r></p></body></document>";
    let file = crate::made::zip(&[("word/document.xml", xml.as_bytes())]);
    assert_eq!(markdown(&file), Err(DocumentError::NoXml("word/document.xml".to_owned())));
}

/// Pieces of PDF, in whatever order.
const PIECES: [&str; 20] = [
    "1 0 obj",
    "<<",
    ">>",
    "[",
    "]",
    "/Kids",
    "/T",
    "(a)",
    "1 0 R",
    "2 0 R",
    "stream\n",
    "endstream",
    "endobj",
    "xref\n0 3\n",
    "trailer",
    "/Root 1 0 R",
    "/AcroForm 1 0 R",
    "/Fields[1 0 R]",
    "startxref\n9\n",
    "/Filter/FlateDecode/Length 5",
];

proptest! {
    #[test]
    fn pieces_of_pdf_in_any_order_are_read_or_refused(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60)) {
        let file = format!("%PDF-1.7\n{}", pieces.join(" "));
        drop(form_fields(file.as_bytes()));
    }

    #[test]
    fn damaged_documents_are_read_or_refused(at in any::<prop::sample::Index>(), byte in any::<u8>(), is_packed in any::<bool>()) {
        let objects = ["<</Pages 2 0 R/AcroForm<</Fields[3 0 R]>>>>", "<</Kids[]>>", "<</FT/Tx/T(name)/V(value)/Rect[1 2 3 4]>>"];
        let mut file = if is_packed { packed_pdf(&objects) } else { pdf(&objects) };
        let place = at.index(file.len());
        file[place] = byte;
        drop(form_fields(&file));
        let mut file = docx("<w:p><w:r><w:t>{{ name }}</w:t></w:r></w:p>", &[]);
        let place = at.index(file.len());
        file[place] = byte;
        drop((markdown(&file), template(&file)));
    }
}
