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

/// The same without the server that stands before it.
fn local_link(page: &Seen, words: &str) -> String {
    let address = link(page, words);
    address[address.find("/interview").unwrap()..].to_owned()
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

const OPEN: &str = "\
initial: True
code: |
  multi_user = MULTI_USER
---
mandatory: True
question: What is your name?
subquestion: |
  [Data](${ interview_url_action('data') })

  [Here](${ interview_url() })
fields:
  - Name: name
---
mandatory: True
question: Thank you
---
event: data
code: |
  json_response({'name': showifdef('name')})
";

#[actix_web::test]
async fn a_link_with_its_session_is_followed_from_anywhere_if_the_session_is_open_to_everybody() {
    for app in TestApp::everywhere().await {
        let address = app.page_of("a.yml", &OPEN.replace("MULTI_USER", "True"));
        let mut browser = app.browser();
        let first = browser.get(&app, &address).await;
        let (data, here) = (local_link(&first, "Data"), local_link(&first, "Here"));
        // A program without cookies, twice.
        for _ in 0..2 {
            let told = app.browser().get(&app, &data).await;
            assert_eq!((told.header("Content-Type"), told.body()), ("application/json", "{\n  \"name\": \"\"\n}\n"));
        }
        let mut other = app.browser();
        let page = other.get(&app, &here).await;
        other.submit(&app, &page, &address, &[("f0", "Ann")]).await.must_say("Thank you");
        assert!(app.browser().get(&app, &data).await.body().contains("Ann"));
        assert!(browser.get(&app, &data).await.body().contains("Ann"), "it is the same session");
    }
}

#[actix_web::test]
async fn a_link_to_a_sealed_session_of_somebody_else_opens_and_does_nothing() {
    let app = TestApp::start().await;
    let address = app.page_of("a.yml", &OPEN.replace("MULTI_USER", "False"));
    let first = app.browser().get(&app, &address).await;
    let data = local_link(&first, "Data");
    let mut other = app.browser();
    other.get(&app, &address).await;
    for address in [data.clone(), data.replace("&session=", "&session=gone")] {
        let refused = other.get(&app, &address).await;
        assert_eq!(refused.status(), 404, "{address}");
        refused.must_say("The session of this link is gone, or it is open to somebody else alone.");
    }
    other.get(&app, &address).await.must_say("What is your name?");
}

#[actix_web::test]
async fn nobody_is_taken_out_of_what_they_have_begun_without_being_asked() {
    let app = TestApp::start().await;
    let address = app.page_of("a.yml", &OPEN.replace("MULTI_USER", "True"));
    let (mut browser, mut other) = (app.browser(), app.browser());
    let first = browser.get(&app, &address).await;
    browser.submit(&app, &first, &address, &[("f0", "Ann")]).await.must_say("Thank you");
    let data = local_link(&first, "Data");
    other.get(&app, &address).await;
    let asked = other.get(&app, &data).await;
    asked.must_say("You have begun this interview already");
    other.get(&app, &address).await.must_say("What is your name?");
    let enter = "/interview/enter";
    let unproven = other.post(&app, enter, &[("i", "x"), ("session", "y")]).await;
    assert_eq!(unproven.status(), 403);
    let kept = ["csrf", "i", "session", "action"].map(|name| (name, asked.hidden(name)));
    let form: Vec<(&str, &str)> = kept.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let entered = other.post(&app, enter, &form).await;
    assert_eq!(entered.status(), 303);
    let told = other.get(&app, entered.header("Location")).await;
    assert!(told.body().contains("Ann"), "{}", told.body());
    other.get(&app, &address).await.must_say("Thank you");
}

const REVIEW: &str = "\
mandatory: True
question: ${ name } likes ${ color }, ${ number }
subquestion: |
  [Answers](${ url_action('answers') })
---
question: Your name?
fields:
  - Name: name
---
question: Your color?
fields:
  - Color: color
---
code: |
  number = len(name)
---
event: answers
question: What you said
review:
  - Edit name:
      - name
      - recompute:
          - number
    button: Your name is **${ name }**.
  - Color: color
    help: It is ${ color }.
  - Shoe size: shoe_size
  - note: That is all.
";

#[actix_web::test]
async fn earlier_answers_are_looked_at_and_changed() {
    let app = TestApp::start().await;
    let address = app.page_of("a.yml", REVIEW);
    let mut browser = app.browser();
    let page = browser.get(&app, &address).await;
    let page = browser.submit(&app, &page, &address, &[("f0", "Ann")]).await;
    let page = browser.submit(&app, &page, &address, &[("f0", "red")]).await;
    page.must_say("Ann likes red, 3");
    let review = follow(&mut browser, &app, &link(&page, "Answers")).await;
    for said in ["What you said", "Your name is <strong>Ann</strong>.", "It is red.", "That is all.", "Resume"] {
        review.must_say(said);
    }
    assert!(!review.body().contains("Shoe size"), "it is not defined");
    let again = follow(&mut browser, &app, &link(&review, "Edit name")).await;
    again.must_say("Your name?");
    let back = browser.submit(&app, &again, &address, &[("f0", "Beatrix")]).await;
    back.must_say("Your name is <strong>Beatrix</strong>.");
    let end = browser.submit(&app, &back, &address, &[]).await;
    end.must_say("Beatrix likes red, 7");
}
