//! Links that run actions of an interview.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use actix_web::http::Method;
use actix_web::test::TestRequest;
use da_testkit::{Browser, Seen, TestApp};

const INTERVIEW: &str = "\
mandatory: True
code: |
  count = 0
---
mandatory: True
question: Count is ${ count }
subquestion: |
  [Add two](${ url_action('add', by=2) })

  [Help](${ url_action('show_help', topic='cats & dogs?') })

  [Data](${ url_action('data') })
---
event: add
code: |
  count += action_argument('by')
---
event: show_help
question: Help about ${ action_argument('topic') }
buttons:
  - Go on: continue
---
event: data
code: |
  json_response({'count': count})
";

/// The address of the link with these words.
fn link(page: &Seen, words: &str) -> String {
    let body = page.body();
    let end = body.find(&format!(">{words}</a>")).unwrap_or_else(|| panic!("no link {words} in\n{body}"));
    let start = body[..end].rfind("href=\"").unwrap() + 6;
    let length = body[start..].find('"').unwrap();
    body[start..start + length].replace("&amp;", "&")
}

/// Follows a link, and where it is sent from there.
async fn follow(browser: &mut Browser, app: &TestApp, address: &str) -> Seen {
    let seen = browser.get(app, address).await;
    let to = seen.header("Location").to_owned();
    if to.is_empty() { seen } else { browser.get(app, &to).await }
}

#[actix_web::test]
async fn a_link_runs_its_action_once_and_shows_where_it_led() {
    let app = TestApp::start().await;
    let address = app.page_of("a.yml", INTERVIEW);
    let mut browser = app.browser();
    let first = browser.get(&app, &address).await;
    first.must_say("Count is 0");
    let add = link(&first, "Add two");
    let answer = browser.get(&app, &add).await;
    assert_eq!((answer.status(), answer.header("Location")), (303, address.as_str()));
    browser.get(&app, &address).await.must_say("Count is 2");
    browser.get(&app, &address).await.must_say("Count is 2");
    follow(&mut browser, &app, &add).await.must_say("Count is 4");
}

#[actix_web::test]
async fn a_screen_of_an_action_is_shown_and_what_an_action_answers_is_sent() {
    let app = TestApp::start().await;
    let address = app.page_of("a.yml", INTERVIEW);
    let mut browser = app.browser();
    let first = browser.get(&app, &address).await;
    let help = follow(&mut browser, &app, &link(&first, "Help")).await;
    help.must_say("Help about cats &amp; dogs?");
    let data = browser.get(&app, &link(&first, "Data")).await;
    assert_eq!((data.header("Content-Type"), data.body()), ("application/json", "{\n  \"count\": 0\n}\n"));
}

#[actix_web::test]
async fn an_action_begins_a_session_where_there_is_none_and_nonsense_is_no_action() {
    let app = TestApp::start().await;
    let address = app.page_of("a.yml", INTERVIEW);
    let add = link(&app.browser().get(&app, &address).await, "Add two");
    let mut browser = app.browser();
    follow(&mut browser, &app, &add).await.must_say("Count is 2");
    let nonsense = browser.get(&app, &format!("{address}&action=nonsense")).await;
    assert_eq!(nonsense.status(), 200);
    nonsense.must_say("Count is 2");
}

#[actix_web::test]
async fn who_asks_for_the_headers_alone_runs_nothing() {
    let app = TestApp::start().await;
    let address = app.page_of("a.yml", INTERVIEW);
    let mut browser = app.browser();
    let add = link(&browser.get(&app, &address).await, "Add two");
    let cookie = actix_web::cookie::Cookie::new("da_visitor", browser.cookie.clone().unwrap());
    let head = app.send(TestRequest::default().method(Method::HEAD).uri(&add).cookie(cookie)).await;
    assert_eq!(head.status, 200);
    browser.get(&app, &address).await.must_say("Count is 0");
}
