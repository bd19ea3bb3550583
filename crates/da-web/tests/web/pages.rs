//! Pages beside the screens, and what every page has.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use da_testkit::{Browser, TestApp};

#[actix_web::test]
async fn the_first_page_lists_what_can_be_started() {
    let app = TestApp::start().await;
    let mut browser = Browser::default();
    let page = browser.get(&app, "/").await;
    assert_eq!(page.status(), 200);
    let link = "<a href=\"/interview?i=docassemble.demo:data/questions/questions.yml\">Demonstration interview</a>";
    page.must_say(link);
    assert_eq!(browser.get(&app, "/nowhere").await.status(), 404);
    assert_eq!(browser.get(&app, "/interview").await.header("location"), "/");
    let head = app.send(TestRequest::default().method(Method::HEAD).uri("/")).await;
    assert_eq!((head.status, head.header("content-type")), (200, "text/html; charset=utf-8"));
    assert_eq!(browser.post(&app, "/", &[]).await.status(), 405);
}

#[actix_web::test]
async fn nothing_runs_in_a_page_and_the_cookie_is_for_this_server_alone() {
    let mut app = TestApp::start().await;
    let mut browser = Browser::default();
    app.web.https = true;
    let page = browser.get(&app, "/interview?i=docassemble.demo:data/questions/questions.yml").await;
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; style-src 'self'; "), "{policy}");
    assert_eq!(page.header("cache-control"), "no-store");
    let cookie = page.header("set-cookie");
    assert!(cookie.ends_with("; HttpOnly; SameSite=Lax; Secure; Path=/"), "{cookie}");
    for inline in ["<script", "style=", "onclick"] {
        assert!(!page.body().contains(inline), "{inline}");
    }
    let start = page.body().find("/static/da.css?v=").unwrap();
    let address = page.body()[start..].split('"').next().unwrap().to_owned();
    let style = browser.get(&app, &address).await;
    assert_eq!(style.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(browser.get(&app, "/static/da.css?v=old").await.header("cache-control"), "no-cache");
    for icon in ["/static/da.svg", "/favicon.ico"] {
        let icon = browser.get(&app, icon).await;
        assert_eq!((icon.status(), icon.header("content-type")), (200, "image/svg+xml"));
    }
}

#[actix_web::test]
async fn a_cookie_that_somebody_changed_is_no_cookie() {
    let app = TestApp::start().await;
    let mut browser = Browser::default();
    let address = "/interview?i=docassemble.demo:data/questions/questions.yml";
    browser.get(&app, address).await;
    let good = browser.cookie.clone().unwrap();
    let mut bad = good.clone();
    let last = if bad.pop() == Some('A') { 'B' } else { 'A' };
    bad.insert(10, last);
    browser.cookie = Some(bad);
    assert!(!browser.get(&app, address).await.header("set-cookie").is_empty());
    browser.cookie = Some(good);
    assert!(browser.get(&app, address).await.header("set-cookie").is_empty());
}

#[actix_web::test]
async fn a_variable_that_nothing_defines_is_named() {
    let app = TestApp::start().await;
    let mut browser = Browser::default();
    let address = app.page_of("lacking.yml", "mandatory: True\nquestion: |\n  ${ favorite_number }\n");
    let page = browser.get(&app, &address).await;
    assert_eq!(page.status(), 501);
    page.must_say("<code>favorite_number</code>");
}

#[actix_web::test]
async fn what_fails_is_told_calmly() {
    let app = TestApp::start().await;
    let mut browser = Browser::default();
    let address = app.page_of("failing.yml", "mandatory: True\ncode: |\n  a = 1 / 0\n");
    let page = browser.get(&app, &address).await;
    assert_eq!(page.status(), 500);
    page.must_say("This interview cannot go on");
    page.must_say("ZeroDivisionError: division by zero");
    let page = browser.get(&app, "/interview?i=docassemble.test:data/questions/none.yml").await;
    assert_eq!(page.status(), 404);
    page.must_say("There is no such interview");
    assert_eq!(browser.get(&app, "/interview?i=..%2Fx").await.status(), 404);
}

#[actix_web::test]
async fn the_api_can_be_read_about() {
    let app = TestApp::start().await;
    let page = app.browser().get(&app, "/openapi").await;
    page.must_say("/api/session/question");
    page.must_say("variables in the body (optional)");
    page.must_say("412: Moved: The session is at another step than If-Match says");
}

const ON_THE_WAY: &str = "\
features:
  progress bar: True
---
mandatory: True
code: |
  a
  b
  c
---
question: A?
yesno: a
---
question: B?
progress: 40
yesno: b
---
question: C?
progress: Null
yesno: c
---
mandatory: True
question: The end
progress: 100
";

#[actix_web::test]
async fn answers_move_the_progress_bar_and_a_question_may_hide_it() {
    let app = TestApp::start().await;
    let address = app.page_of("way.yml", ON_THE_WAY);
    let mut browser = app.browser();
    let mut page = browser.get(&app, &address).await;
    page.must_say("<p>Step 1</p>");
    for said in ["<p>Step 2, 40% done</p>", "<p>Step 3</p>", "<p>Step 4, 100% done</p>"] {
        page = browser.submit(&app, &page, &address, &[("answer", "True")]).await;
        page.must_say(said);
    }
    page.must_say("<progress max=\"100\" value=\"100\">100%</progress>");
}
