//! Screens that are signed: a picture that is sent, drawn by a script or chosen where none runs.

use da_testkit::{Browser, Seen, TestApp};

const ASKS: &str = "\
question: Please sign
signature: signature
pen color: |
  #33f
---
question: Sign if you like
signature: other.signature
required: |
  signature.filename != 'canvas.png'
---
objects:
  - other: DAObject
---
mandatory: True
question: Thank you
subquestion: |
  ${ signature } ${ type(signature).__name__ } ${ signature.instanceName } ${ signature.mimetype }
  ${ other.signature.instanceName } ${ other.signature.ok }
";

const PNG: &[u8] = b"\x89PNG is what a picture begins with";

async fn sign(browser: &mut Browser, app: &TestApp, page: &Seen, address: &str, name: &str) -> Seen {
    browser.upload(app, page, address, &[("f0", name, if name.is_empty() { b"" } else { PNG })]).await
}

#[actix_web::test]
async fn a_signature_is_one_file_and_nothing_where_nobody_has_to_sign() {
    for app in TestApp::everywhere().await {
        let address = app.page_of("sign.yml", ASKS);
        let mut browser = app.browser();
        let page = browser.get(&app, &address).await;
        page.must_say("enctype=\"multipart/form-data\"");
        page.must_say("accept=\"image/png,image/jpeg\" data-pen=\"#33f\"");
        assert!(page.header("Content-Security-Policy").ends_with("; script-src 'self'"));
        let script = page.body().split_once("/static/sign.js").unwrap().1.split('"').next().unwrap();
        let script = browser.get(&app, &format!("/static/sign.js{script}")).await;
        assert_eq!((script.status(), script.header("Content-Type")), (200, "text/javascript; charset=utf-8"));
        let next = sign(&mut browser, &app, &page, &address, "canvas.png").await;
        next.must_say("Sign if you like");
        let thanks = sign(&mut browser, &app, &next, &address, "").await;
        thanks.must_say("<img src=\"/uploadedfile/");
        thanks.must_say("DAFile signature image/png");
        thanks.must_say("other.signature False");
    }
}

#[actix_web::test]
async fn whoever_has_to_sign_is_told_so_and_a_signature_is_a_picture() {
    let app = TestApp::start().await;
    let address = app.page_of("sign.yml", ASKS);
    let mut browser = app.browser();
    let page = browser.get(&app, &address).await;
    let refused = sign(&mut browser, &app, &page, &address, "").await;
    assert_eq!(refused.status(), 422);
    refused.must_say("<p class=\"error\" id=\"f0_error\">You must sign your name to continue.</p>");
    let refused = sign(&mut browser, &app, &refused, &address, "signature.pdf").await;
    assert_eq!(refused.status(), 422);
    refused.must_say("<p class=\"error\" id=\"f0_error\">A signature is a picture in the format PNG or JPEG.</p>");
    let next = sign(&mut browser, &app, &refused, &address, "by hand.jpg").await;
    next.must_say("Sign if you like");
    let refused = sign(&mut browser, &app, &next, &address, "").await;
    refused.must_say("You must sign your name to continue.");
}

#[actix_web::test]
async fn a_client_of_the_api_sends_a_list_of_files_as_to_every_variable() {
    use da_testkit::Session;
    let app = TestApp::start().await;
    app.page_of("sign.yml", ASKS);
    let who = app.administrator();
    let session = Session::begin(&who, "docassemble.mine:data/questions/sign.yml", "").await;
    let body = session.multipart().file("signature", "canvas.png", PNG);
    da_testkit::User::send(&who, body.post("/api/session")).await;
    let variables = session.variables(&who).await.json();
    assert_eq!(variables["signature"]["_class"], "docassemble.base.util.DAFileList");
}
