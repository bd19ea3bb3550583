//! Forms of PDF files.

use da_document::{DocumentError, FieldKind, FormField, Number, PdfFacts};

use crate::made::{form_fields, packed_pdf, pdf, pdf_facts};

/// Two pages; a field on the second one, a group of two fields, a pair of radio buttons, and a signature that says no page.
const OBJECTS: [&str; 12] = [
    "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R 6 0 R 9 0 R 12 0 R]>>>>",
    "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
    "<</Type/Page/Parent 2 0 R/Annots[7 0 R 8 0 R 10 0 R 11 0 R]>>",
    "<</Type/Page/Parent 2 0 R/Annots[12 0 R 5 0 R]>>",
    "<</FT/Tx/T(Second page)/V(a\\)b)/P 4 0 R/Rect[10 20.5 30 40]>>",
    "<</FT/Tx/T(client)/Kids[7 0 R 8 0 R]/V(both)>>",
    "<</T(first)/P 3 0 R/Rect[50 700 90 720]>>",
    "<</T<FEFF00C400F60416>/V()/P 3 0 R/Rect[10 700 40 720]>>",
    "<</FT/Btn/T(married)/V/Yes/Kids[10 0 R 11 0 R]>>",
    "<</Type/Annot/P 3 0 R/Rect[10 600 20 610]/AP<</N<</Off 2 0 R/Yes 2 0 R>>>>>>",
    "<</Type/Annot/P 3 0 R/Rect[30 600 40 610]/AP<</N<</No 2 0 R/Off 2 0 R>>>>>>",
    "<</FT/Sig/T(signed)>>",
];

fn told(field: &FormField) -> String {
    let FormField { name, kind, value, export_value, page, edges } = field;
    let kind = kind.as_ref().map_or("none", FieldKind::name);
    let edges: Vec<f64> = edges.iter().map(|edge| edge.value()).collect();
    format!("{page} {name} {kind} {value:?} {export_value:?} {edges:?}")
}

const TOLD: [&str; 6] = [
    "1 client.ÄöЖ Tx Some(\"\") None [10.0, 700.0, 40.0, 720.0]",
    "1 client.first Tx Some(\"both\") None [50.0, 700.0, 90.0, 720.0]",
    "1 married Btn Some(\"Yes\") Some(\"Yes\") [10.0, 600.0, 20.0, 610.0]",
    "1 married Btn Some(\"Yes\") Some(\"No\") [30.0, 600.0, 40.0, 610.0]",
    "2 Second page Tx Some(\"a)b\") None [10.0, 20.5, 30.0, 40.0]",
    "2 signed Sig None None []",
];

fn all_told(file: &[u8]) -> Vec<String> {
    form_fields(file).unwrap().iter().map(told).collect()
}

#[test]
fn fields_come_page_by_page_from_top_to_bottom_with_their_whole_names() {
    assert_eq!(all_told(&pdf(&OBJECTS)), TOLD);
}

#[test]
fn parts_that_are_packed_are_read_as_well() {
    assert_eq!(all_told(&packed_pdf(&OBJECTS)), all_told(&pdf(&OBJECTS)));
}

#[test]
fn pages_are_counted_wherever_they_hang_and_whether_there_is_a_form_is_told() {
    for file in [pdf(&OBJECTS), packed_pdf(&OBJECTS)] {
        assert_eq!(pdf_facts(&file), Ok(PdfFacts { pages: 2, has_form: true }));
    }
    let bare = ["<</Type/Catalog/Pages 2 0 R>>", "<</Kids[3 0 R 3 0 R 2 0 R]>>", "<</Type/Page>>"];
    assert_eq!(pdf_facts(&pdf(&bare)), Ok(PdfFacts { pages: 1, has_form: false }));
    assert_eq!(pdf_facts(b"%PDF-1.4"), Err(DocumentError::BrokenPdf));
}

#[test]
fn numbers_stay_whole_where_they_are() {
    let fields = form_fields(&pdf(&OBJECTS)).unwrap();
    let field = fields.iter().find(|field| field.name == "Second page").unwrap();
    let [left, lower, ..] = field.edges[..] else { panic!("{field:?}") };
    assert_eq!((left, lower), (Number::Integer(10), Number::Real(20.5)));
}

#[test]
fn what_was_added_later_is_right() {
    let mut file = pdf(&OBJECTS);
    let before = String::from_utf8_lossy(&file).rsplit("startxref\n").next().unwrap().to_owned();
    let before = before.lines().next().unwrap();
    let changed = file.len();
    file.extend(b"12 0 obj\n<</FT/Sig/T(signed again)>>\nendobj\n");
    let table = file.len();
    let section = format!(
        "xref\n12 1\n{changed:010} 00000 n \ntrailer\n<</Root 1 0 R/Prev {before}>>\nstartxref\n{table}\n%%EOF"
    );
    file.extend(section.bytes());
    let names: Vec<String> = form_fields(&file).unwrap().into_iter().map(|field| field.name).collect();
    assert!(names.contains(&"signed again".to_owned()) && !names.contains(&"signed".to_owned()), "{names:?}");
}

#[test]
fn a_file_whose_table_is_lost_is_searched() {
    let expected = all_told(&pdf(&OBJECTS));
    for file in [pdf(&OBJECTS), packed_pdf(&OBJECTS)] {
        let text = file.windows(9).rposition(|word| word == b"startxref").unwrap();
        assert_eq!(all_told(&file[..text]), expected, "without a place of the table");
        let moved = [&b"%PDF-1.7\n% something that moves all places\n"[..], &file[9..]].concat();
        assert_eq!(all_told(&moved), expected, "with wrong places");
        let behind = [&b"mail header\n\n"[..], &file].concat();
        assert_eq!(all_told(&behind), expected, "behind something else");
    }
}

#[test]
fn a_file_without_a_form_has_no_fields() {
    assert_eq!(form_fields(&pdf(&["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]>>"])), Ok(Vec::new()));
}

#[test]
fn what_cannot_be_read_says_why() {
    let refused = |file: &[u8]| form_fields(file).unwrap_err();
    assert_eq!(refused(b"Hello"), DocumentError::NoPdf);
    assert_eq!(refused(b"%PDF-1.4\nnothing else"), DocumentError::BrokenPdf);
    let locked = String::from_utf8_lossy(&pdf(&OBJECTS)).replace("/Root 1 0 R", "/Root 1 0 R/Encrypt 3 0 R");
    assert_eq!(refused(locked.as_bytes()).to_string(), "it is encrypted");
    let mut changed = packed_pdf(&OBJECTS);
    let at = changed.windows(11).position(|word| word == b"FlateDecode").unwrap();
    changed[at..at + 11].copy_from_slice(b"CryptDecode");
    assert_eq!(refused(&changed).to_string(), "it is packed with CryptDecode, which is not supported");
}
