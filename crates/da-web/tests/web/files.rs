//! Files in a browser: chosen in a form without JavaScript, shown on a page, open to those who may read them.

use da_testkit::{Place, TestApp};

const ASKS: &str = "\
question: Show us
fields:
  - Picture: picture
    datatype: file
  - Papers: papers
    datatype: files
    required: False
---
mandatory: True
question: Thank you
subquestion: |
  [FILE docassemble.mine:data/static/logo.svg, None, Logo]

  ${ picture } and ${ [paper.filename for paper in papers] if papers else 'nothing else' }
";

const PNG: &[u8] = b"\x89PNG is what a picture begins with";

#[actix_web::test]
async fn a_file_is_chosen_in_a_form_and_shown_to_its_session_alone() {
    for app in TestApp::everywhere().await {
        let address = app.page_of("ask.yml", ASKS);
        let mut ann = app.browser();
        let page = ann.get(&app, &address).await;
        page.must_say("enctype=\"multipart/form-data\"");
        page.must_say("type=\"file\" name=\"f0\"");
        page.must_say("type=\"file\" name=\"f1\" multiple");
        let files: [(&str, &str, &[u8]); 3] =
            [("f0", "cat.png", PNG), ("f1", "a.txt", b"one"), ("f1", "b.txt", b"two")];
        let shown = ann.upload(&app, &page, &address, &files).await;
        shown.must_say("[&lsquo;a.txt&rsquo;, &lsquo;b.txt&rsquo;]");
        let (_, rest) = shown.body().split_once("<img src=\"/uploadedfile/").unwrap();
        let number = rest.split('.').next().unwrap();
        let picture = ann.get(&app, &format!("/uploadedfile/{number}.png")).await;
        assert_eq!((picture.status(), picture.header("Content-Type")), (200, "image/png"));
        assert!(picture.body().ends_with("PNG is what a picture begins with"));
        let saved = ann.get(&app, &format!("/uploadedfiledownload/{number}/cat.png")).await;
        assert!(saved.header("Content-Disposition").starts_with("attachment; filename=\"cat.png\""));
        let mut bob = app.browser();
        bob.get(&app, &address).await;
        for part in [format!("{number}.png"), format!("{number}/cat.png"), "999999".to_owned(), "x".to_owned()] {
            assert_eq!(bob.get(&app, &format!("/uploadedfile/{part}")).await.status(), 404, "{part}");
        }
        assert_eq!(ann.get(&app, &format!("/uploadedfile/{number}.pdf")).await.status(), 404);
    }
}

#[actix_web::test]
async fn a_file_that_is_missing_is_asked_for_beside_its_field() {
    let app = TestApp::start().await;
    let address = app.page_of("ask.yml", ASKS);
    let mut browser = app.browser();
    let page = browser.get(&app, &address).await;
    // What a browser sends where nothing was chosen.
    let refused = browser.upload(&app, &page, &address, &[("f0", "", b""), ("f1", "a.txt", b"one")]).await;
    assert_eq!(refused.status(), 422);
    refused.must_say("<p class=\"error\" id=\"f0_error\">You need to choose a file.</p>");
    refused.must_say("aria-describedby=\"f0_error\" aria-invalid=\"true\"");
    let taken = browser.upload(&app, &refused, &address, &[("f0", "a.pdf", b"%PDF"), ("f1", "", b"")]).await;
    taken.must_say("nothing else");
    taken.must_say(">a.pdf</a> and");
    let forged = browser.upload(&app, &page, &address, &[("f0", "a.pdf", b"%PDF")]).await;
    assert_eq!(forged.status(), 409);
}

#[actix_web::test]
async fn static_files_of_packages_are_sent_and_nothing_beside_them() {
    let place = Place::new();
    place.write_static("logo.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let app = TestApp::start_at(place).await;
    let mut browser = app.browser();
    let logo = browser.get(&app, "/packagestatic/docassemble.mine/logo.svg?v=1").await;
    assert_eq!((logo.status(), logo.header("Content-Type")), (200, "image/svg+xml"));
    assert!(logo.header("Content-Security-Policy").starts_with("sandbox"));
    app.place().write("secret.yml", "question: x\n");
    for path in ["none.svg", "../questions/secret.yml", "%2e%2e/questions/secret.yml"] {
        assert_eq!(browser.get(&app, &format!("/packagestatic/docassemble.mine/{path}")).await.status(), 404, "{path}");
    }
}
