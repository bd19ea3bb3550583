//! `/api/fields` and `/api/convert_file`: documents that are sent to be looked at.

use da_testkit::{Answer, Multipart, TestApp, User, zip_of};

/// A form with a text, a box and a signature; a pair of buttons; no table of its parts.
const FORM: &str = "%PDF-1.4
1 0 obj
<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R 5 0 R 6 0 R 7 0 R]>>>>
endobj
2 0 obj
<</Type/Pages/Kids[3 0 R]>>
endobj
3 0 obj
<</Type/Page>>
endobj
4 0 obj
<</FT/Tx/T(Your Name)/V(Zo\\353: a \\(b\\))/P 3 0 R/Rect[10 700 90.5 720]>>
endobj
5 0 obj
<</FT/Btn/T(Agrees)/P 3 0 R/Rect[10 600 20 610]/AP<</N<</Off null/On null>>>>>>
endobj
6 0 obj
<</FT/Btn/T(Pays)/V/cash/Kids[<</P 3 0 R/Rect[10 500 20 510]/AP<</N<</cash null>>>>>><</P 3 0 R/Rect[30 500 40 510]/AP<</N<</card null>>>>>>]>>
endobj
7 0 obj
<</FT/Sig/T(Signed)/P 3 0 R/Rect[10 400 90 420]>>
endobj
";

const FORM_TOLD: &str = r#"{
  "default_values": {
    "Agrees": "No",
    "Pays": "No",
    "Signed": "${ user.signature }",
    "Your Name": "Zoë: a (b)"
  },
  "export_values": {
    "Agrees": "On",
    "Pays": "card",
    "Signed": null,
    "Your Name": null
  },
  "fields": [
    "Your Name",
    "Agrees",
    "Pays",
    "Signed"
  ],
  "locations": {
    "Agrees": {
      "box": [
        10,
        600,
        20,
        610
      ],
      "page": 1
    },
    "Pays": {
      "box": [
        30,
        500,
        40,
        510
      ],
      "page": 1
    },
    "Signed": {
      "box": [
        10,
        400,
        90,
        420
      ],
      "page": 1
    },
    "Your Name": {
      "box": [
        10,
        700,
        90.5,
        720
      ],
      "page": 1
    }
  },
  "types": {
    "Agrees": "/Btn",
    "Pays": "/Btn",
    "Signed": "/Sig",
    "Your Name": "/Tx"
  }
}"#;

const FORM_DRAFTED: &str = "\
---
question: Here is your document.
event: some_event
attachment:
  - name: My_Form
    filename: My_Form
    pdf template file: My_Form.pdf
    fields:
      - \"Your Name\": |
          Zoë: a (b)
      - \"Agrees\": No
      - \"Pays\": cash
      - \"Signed\": |
          ${ user.signature }
---";

/// A DOCX file whose text this is.
fn docx(text: &str) -> Vec<u8> {
    let body = format!("<document><body><p><r><t>{text}</t></r></p></body></document>");
    zip_of(&[("word/document.xml", &body)])
}

const LETTER: &str = "Dear {{ client.name.first }}, {% if is_late %}pay {{ currency(fee) }}{% endif %}: \
                      {% for bill in bills %}{{ bill | upper }} {% endfor %}{{ client }}";

async fn fields(app: &TestApp, name: &str, content: &[u8], format: &str) -> Answer {
    let body = Multipart::default().text("format", format).file("template", name, content);
    app.administrator().send(body.post("/api/fields")).await
}

async fn converted(app: &TestApp, name: &str, content: &[u8]) -> Answer {
    app.administrator().send(Multipart::default().file("file", name, content).post("/api/convert_file")).await
}

#[actix_web::test]
async fn the_form_of_a_pdf_file_is_told_and_drafted() {
    let app = TestApp::start().await;
    let told = fields(&app, "My Form.PDF", FORM.as_bytes(), "json").await;
    assert_eq!((told.status, told.header("Content-Type")), (200, "application/json; charset=utf-8"));
    assert_eq!(told.body, FORM_TOLD);
    let drafted = fields(&app, "My Form.PDF", FORM.as_bytes(), "yaml").await;
    assert_eq!((drafted.status, drafted.header("Content-Type")), (200, "text/plain; charset=utf-8"));
    assert_eq!(drafted.body, FORM_DRAFTED.replace(".pdf", ".PDF"));
}

#[actix_web::test]
async fn the_names_that_a_template_asks_for_are_told_and_drafted() {
    let app = TestApp::start().await;
    let told = "{\n  \"fields\": [\n    \"client\",\n    \"is_late\",\n    \"fee\",\n    \"bills\"\n  ]\n}";
    let drafted = "---\nquestion: Here is your document.\nevent: some_event\nattachment:\n  - name: letter\n    filename: letter\n    \
         docx template file: letter.docx\n    fields:\n      \"client\": Something\n      \"is_late\": Something\n      \
         \"fee\": Something\n      \"bills\": Something\n---";
    assert_eq!(fields(&app, "letter.docx", &docx(LETTER), "json").await.body, told);
    assert_eq!(fields(&app, "letter.docx", &docx(LETTER), "yaml").await.body, drafted);
    assert_eq!(fields(&app, "letter.md", LETTER.as_bytes(), "json").await.body, told);
}

#[actix_web::test]
async fn what_has_no_fields_or_is_no_template_is_refused() {
    let app = TestApp::start().await;
    let empty = "{\n  \"fields\": []\n}";
    for (name, content) in
        [("a.pdf", &b"no PDF"[..]), ("a.docx", b"no archive"), ("a.md", b"{{"), ("a.md", b"Hi"), ("a.md", b"\xff")]
    {
        let told = fields(&app, name, content, "json").await;
        assert_eq!((told.status, told.body.as_str()), (200, empty), "{name}");
        let refused = fields(&app, name, content, "yaml").await;
        assert_eq!((refused.status, refused.body.as_str()), (400, "\"No fields could be found.\""), "{name}");
    }
    let refused = fields(&app, "a.odt", b"", "yaml").await;
    assert_eq!((refused.status, refused.body.as_str()), (400, "\"Invalid input format.\""));
    let refused = fields(&app, "a.pdf", b"", "xml").await;
    assert_eq!((refused.status, refused.body.as_str()), (400, "\"Invalid output format\""));
    let other = Multipart::default().file("file", "a.pdf", FORM.as_bytes()).post("/api/fields");
    let refused = app.administrator().send(other).await;
    assert_eq!((refused.status, refused.body.as_str()), (400, "\"File not included.\""));
}

#[actix_web::test]
async fn texts_become_markdown_whoever_asks() {
    let app = TestApp::start().await;
    let told = converted(&app, "Letter.docx", &docx("2 * {{ a_b * c }}")).await;
    assert_eq!((told.status, told.header("Content-Type")), (200, "text/plain; charset=utf-8"));
    assert_eq!(told.body, "2 \\* {{ a_b * c }}\n");
    assert_eq!(converted(&app, "a.md", "\u{feff}# Zoë *\r\n".as_bytes()).await.body, "# Zoë *\r\n");
    assert_eq!(converted(&app, "a.txt", b"# one\ntwo\n\n\nthree").await.body, "\\# one  \ntwo\n\nthree\n");
}

#[actix_web::test]
async fn what_cannot_become_markdown_is_refused() {
    let app = TestApp::start().await;
    for name in ["a.odt", "a.doc", "a.rtf", "a.html", "a.pdf", "none"] {
        let refused = converted(&app, name, b"text").await;
        assert_eq!((refused.status, refused.body.as_str()), (400, "\"Invalid input file format.\""), "{name}");
    }
    for (name, content) in [("a.docx", &b"no archive"[..]), ("a.txt", b"\xff\xfe")] {
        let refused = converted(&app, name, content).await;
        assert_eq!((refused.status, refused.body.as_str()), (400, "\"Unable to convert file.\""), "{name}");
    }
    let to_pdf = Multipart::default().text("format", "pdf").file("file", "a.md", b"Hi").post("/api/convert_file");
    let refused = app.administrator().send(to_pdf).await;
    assert_eq!((refused.status, refused.body.as_str()), (400, "\"Invalid output file format.\""));
    let nothing = app.administrator().send(Multipart::default().text("format", "md").post("/api/convert_file")).await;
    assert_eq!((nothing.status, nothing.body.as_str()), (404, "File not found"));
}
