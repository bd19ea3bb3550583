//! Links that the API makes and a browser follows: a session changes hands, somebody is logged in, an address elsewhere.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use actix_web::test::TestRequest;
use da_testkit::{Answer, Browser, Page, Seen, Session, TestApp, User};
use serde_json::{Value, json};

const A: &str = "docassemble.mine:data/questions/a.yml";

const INTERVIEW: &str = "\
mandatory: True
question: |
  Hello, ${ name }, from ${ url_args.get('from', 'nowhere') }
subquestion: |
  You are ${ user_info().email if user_logged_in() else 'a stranger' }.
---
question: What is your name?
fields:
  - Name: name
";

async fn app() -> TestApp {
    TestApp::with_interviews(&[("a.yml", INTERVIEW)]).await
}

/// The address below the server of a link that the API made.
async fn link(app: &TestApp, path: &str, body: Value) -> String {
    local(app.administrator().post(path, body).await)
}

fn local(made: Answer) -> String {
    let url = made.json().as_str().unwrap_or_else(|| panic!("{}", made.body)).to_owned();
    url.strip_prefix("http://localhost").unwrap().to_owned()
}

/// Presses the button of the page of a link, and follows where that leads.
async fn press(browser: &mut Browser, app: &TestApp, page: &Seen) -> Seen {
    let hidden = page.page.controls.iter().filter(|control| control.kind == "hidden");
    let form: Vec<(&str, &str)> = hidden.map(|one| (one.name.as_str(), one.value.as_str())).collect();
    let answer = browser.post(app, "/launch", &form).await;
    follow(browser, app, answer).await
}

async fn follow(browser: &mut Browser, app: &TestApp, mut seen: Seen) -> Seen {
    for _ in 0..3 {
        let to = seen.header("Location").to_owned();
        if to.is_empty() {
            break;
        }
        seen = browser.get(app, &to).await;
    }
    seen
}

/// A session that the API has filled in.
async fn filled(app: &TestApp) -> Session {
    let user = app.administrator();
    let session = Session::begin(&user, A, "&from=the+API").await;
    let set = session.answer(&user, json!({"variables": {"name": "Ann"}, "question": 0})).await;
    assert_eq!(set.status, 204);
    session
}

fn refused(page: &Page) -> bool {
    page.words.contains("This link leads nowhere any more")
}

#[actix_web::test]
async fn an_encrypted_session_is_handed_to_a_browser_that_was_never_there() {
    for app in &TestApp::everywhere().await {
        app.place().write("a.yml", INTERVIEW);
        let session = filled(app).await;
        let address = link(app, "/api/resume_url", session.body(&json!({"one_time": 1}))).await;
        assert!(address.starts_with("/launch?c=") && address.len() == 42, "{address}");
        assert!(!address.contains(session.names["secret"].as_str().unwrap()));
        let mut browser = app.browser();
        let page = browser.get(app, &address).await;
        page.must_say("<script src=\"/static/launch.js?v=");
        assert!(page.header("Content-Security-Policy").contains("script-src 'self'"));
        press(&mut browser, app, &page).await.must_say("Hello, Ann, from the API");
        browser.get(app, &format!("/interview?i={A}")).await.must_say("Hello, Ann");
        // Whoever filled it in still can, and sees what the browser did.
        assert_eq!(session.question(&app.administrator()).await.json()["questionText"], "Hello, Ann, from the API");
    }
}

#[actix_web::test]
async fn several_people_hold_one_encrypted_session_each_with_a_secret_of_their_own() {
    for app in &TestApp::everywhere().await {
        app.place().write("a.yml", INTERVIEW);
        let session = filled(app).await;
        let admin = app.administrator();
        let (mut ann, mut bob) = (app.browser(), app.browser());
        for browser in [&mut ann, &mut bob] {
            let address = link(app, "/api/resume_url", session.body(&json!({"one_time": 1}))).await;
            let page = browser.get(app, &address).await;
            press(browser, app, &page).await.must_say("Hello, Ann, from the API");
        }
        // One of them signs in: the session is the user's, too, and opens with the user's secret.
        let email = crate::sign_in::account(app, "user").await;
        let password = crate::sign_in::PASSWORD;
        crate::sign_in::sign_in(&mut bob, app, &email, password).await;
        let told = admin.get(&format!("/api/secret?username={email}&password={password}")).await.json();
        let mut of_bob = session.names.clone();
        of_bob["secret"] = told;
        let set = json!({"variables": {"name": "Everybody"}, "question": 0});
        let mut body = of_bob.clone();
        body.as_object_mut().unwrap().extend(set.as_object().unwrap().clone());
        assert_eq!(admin.post("/api/session", body).await.status, 204);
        for browser in [&mut ann, &mut bob] {
            browser.get(app, &format!("/interview?i={A}")).await.must_say("Hello, Everybody");
        }
        assert_eq!(session.question(&admin).await.json()["questionText"], "Hello, Everybody, from the API");
        // Nobody else does, and the server alone does not either.
        let mut of_nobody = session.names.clone();
        of_nobody["secret"] = json!("a secret of nobody");
        of_nobody["variables"] = json!({"name": "Eve"});
        assert_eq!(admin.post("/api/session", of_nobody).await.status, 400);
    }
}

#[actix_web::test]
async fn a_link_that_can_be_used_once_is_used_up_by_its_button_alone() {
    let app = app().await;
    let session = filled(&app).await;
    let address = link(&app, "/api/resume_url", session.body(&json!({"one_time": true}))).await;
    for _ in 0..3 {
        assert_eq!(app.browser().get(&app, &address).await.status(), 200);
    }
    let (mut first, mut second) = (app.browser(), app.browser());
    let (page, other) = (first.get(&app, &address).await, second.get(&app, &address).await);
    press(&mut first, &app, &page).await.must_say("Hello, Ann");
    let late = press(&mut second, &app, &other).await;
    assert_eq!((late.status(), refused(&late.page)), (403, true));
    let again = second.get(&app, &address).await;
    assert_eq!((again.status(), refused(&again.page)), (403, true));
    let closed = second.get(&app, &format!("/interview?i={A}")).await;
    closed.must_say("What is your name?");
}

#[actix_web::test]
async fn a_link_without_one_time_is_good_until_it_is_too_old() {
    let mut app = app().await;
    let session = filled(&app).await;
    let address = link(&app, "/api/resume_url", session.body(&json!({"expire": 600}))).await;
    for _ in 0..2 {
        let mut browser = app.browser();
        let page = browser.get(&app, &address).await;
        press(&mut browser, &app, &page).await.must_say("Hello, Ann");
    }
    app.pass(600);
    let late = app.browser().get(&app, &address).await;
    assert_eq!((late.status(), refused(&late.page)), (403, true));
}

#[actix_web::test]
async fn without_the_secret_a_link_leads_to_what_the_browser_can_open_itself() {
    let app = app().await;
    let session = filled(&app).await;
    let mut names = session.names.clone();
    names.as_object_mut().unwrap().remove("secret");
    let address = link(&app, "/api/resume_url", names).await;
    let mut browser = app.browser();
    let page = browser.get(&app, &address).await;
    let closed = press(&mut browser, &app, &page).await;
    assert_eq!(closed.status(), 400);
    closed.must_say("These answers cannot be opened");
}

#[actix_web::test]
async fn a_link_without_a_session_begins_one_with_its_arguments() {
    let app = app().await;
    let body = json!({"i": A, "url_args": {"from": "a link & more"}});
    let address = link(&app, "/api/resume_url", body).await;
    let mut browser = app.browser();
    let page = browser.get(&app, &address).await;
    let first = press(&mut browser, &app, &page).await;
    first.must_say("What is your name?");
    let last = browser.submit(&app, &first, &format!("/interview?i={A}"), &[("f0", "Bob")]).await;
    last.must_say("Hello, Bob, from a link &amp; more");
}

#[actix_web::test]
async fn a_session_that_got_a_new_key_is_not_opened_by_an_old_link() {
    let app = app().await;
    let session = filled(&app).await;
    let user = app.administrator();
    let address = link(&app, "/api/resume_url", session.body(&json!({}))).await;
    session.answer(&user, json!({"variables": {"multi_user": true}})).await;
    session.answer(&user, json!({"variables": {"multi_user": false}})).await;
    let mut browser = app.browser();
    let page = browser.get(&app, &address).await;
    let closed = press(&mut browser, &app, &page).await;
    assert_eq!((closed.status(), refused(&closed.page)), (403, true));
}

async fn ann(app: &TestApp) -> Value {
    let new = json!({"username": "ann@example.com", "password": "right"});
    app.administrator().post("/api/user/new", new.clone()).await;
    new
}

#[actix_web::test]
async fn a_login_link_lets_a_user_in_once_and_at_once() {
    let mut app = app().await;
    let mut wanted = ann(&app).await;
    wanted["i"] = json!(A);
    wanted["url_args"] = json!({"from": "here"});
    let address = link(&app, "/api/login_url", wanted.clone()).await;
    assert!(address.starts_with("/user/autologin?key=") && address.len() == 60, "{address}");
    let mut browser = app.browser();
    let answer = browser.get(&app, &address).await;
    assert_eq!(answer.header("Location"), format!("/interview?i={A}&from=here"));
    let first = follow(&mut browser, &app, answer).await;
    let last = browser.submit(&app, &first, &format!("/interview?i={A}"), &[("f0", "Ann")]).await;
    last.must_say("Hello, Ann, from here");
    last.must_say("You are ann@example.com.");
    let again = app.browser().get(&app, &address).await;
    assert_eq!((again.status(), refused(&again.page)), (403, true));
    let late = link(&app, "/api/login_url", wanted).await;
    app.pass(15);
    let late = app.browser().get(&app, &late).await;
    assert_eq!((late.status(), refused(&late.page)), (403, true));
}

#[actix_web::test]
async fn a_login_link_resumes_a_session_of_the_user() {
    let app = app().await;
    let mut wanted = ann(&app).await;
    let told = app.administrator().get("/api/secret?username=ann@example.com&password=right").await.json();
    let secret = told.as_str().unwrap();
    let herself = app.key_holder("ann@example.com").await;
    let mut session = Session::begin(&herself, A, &format!("&secret={secret}")).await;
    session.names["secret"] = json!(secret);
    session.answer(&herself, json!({"variables": {"name": "Ann"}})).await;
    wanted["i"] = json!(A);
    let mut named = wanted.clone();
    named["session"] = session.names["session"].clone();
    wanted["resume_existing"] = json!(1);
    for body in [named, wanted] {
        let address = link(&app, "/api/login_url", body).await;
        let mut browser = app.browser();
        let answer = browser.get(&app, &address).await;
        follow(&mut browser, &app, answer).await.must_say("Hello, Ann");
    }
}

#[actix_web::test]
async fn a_login_link_leads_to_a_page_by_its_name_and_else_to_the_first_page() {
    let app = app().await;
    let wanted = ann(&app).await;
    let mut named = wanted.clone();
    named["next"] = json!("playground");
    named["url_args"] = json!({"project": "mine"});
    for (body, to) in [(named, "/playground?project=mine"), (wanted, "/")] {
        let address = link(&app, "/api/login_url", body).await;
        let answer = app.browser().get(&app, &address).await;
        assert_eq!((answer.status(), answer.header("Location")), (303, to));
    }
}

#[actix_web::test]
async fn an_account_that_was_ended_is_a_stranger_again() {
    let app = app().await;
    let wanted = ann(&app).await;
    let (address, other) =
        (link(&app, "/api/login_url", wanted.clone()).await, link(&app, "/api/login_url", wanted).await);
    let mut browser = app.browser();
    browser.get(&app, &address).await;
    assert_eq!(app.administrator().delete("/api/user/2").await.status, 204);
    let refused_login = app.browser().get(&app, &other).await;
    assert_eq!(refused_login.status(), 403);
    let first = browser.get(&app, &format!("/interview?i={A}")).await;
    let last = browser.submit(&app, &first, &format!("/interview?i={A}"), &[("f0", "Ann")]).await;
    last.must_say("You are a stranger.");
}

#[actix_web::test]
async fn a_temporary_address_leads_elsewhere_for_a_while_or_once() {
    let mut app = app().await;
    let target = "https://example.com/a?b=c";
    let make = |more: &str| format!("/api/temp_url?url=https%3A%2F%2Fexample.com%2Fa%3Fb%3Dc{more}");
    let (once, often) =
        (app.administrator().get(&make("&one_time=1")).await, app.administrator().get(&make("&expire=60")).await);
    let (once, often) = (local(once), local(often));
    for (address, statuses) in [(&once, [302, 403]), (&often, [302, 302])] {
        for status in statuses {
            let answer = app.browser().get(&app, address).await;
            assert_eq!(answer.status(), status);
            assert_eq!(answer.header("Location"), if status == 302 { target } else { "" });
        }
    }
    app.pass(60);
    assert_eq!(app.browser().get(&app, &often).await.status(), 403);
}

#[actix_web::test]
async fn a_form_that_another_site_sends_gives_nobody_a_new_cookie() {
    let app = TestApp::start().await;
    for address in ["/launch", "/user/register"] {
        let sent =
            TestRequest::post().uri(address).insert_header(("Sec-Fetch-Site", "cross-site")).set_form([("c", "x")]);
        let answer = app.send(sent).await;
        assert_eq!((answer.status, answer.header("set-cookie")), (403, ""), "{address}");
        assert!(answer.body.contains("This form came from another site"), "{}", answer.body);
    }
}

#[actix_web::test]
async fn a_form_that_was_not_made_for_the_visitor_does_nothing() {
    let app = app().await;
    let session = filled(&app).await;
    let address = link(&app, "/api/resume_url", session.body(&json!({"one_time": true}))).await;
    let code = address.strip_prefix("/launch?c=").unwrap();
    let (mut browser, mut stranger) = (app.browser(), app.browser());
    let page = browser.get(&app, &address).await;
    let theirs = stranger.get(&app, &address).await.hidden("csrf");
    for token in ["", "csrf", &theirs] {
        let refused = browser.post(&app, "/launch", &[("c", code), ("csrf", token)]).await;
        assert_eq!((refused.status(), refused.header("set-cookie")), (403, ""), "{token}");
        refused.must_say("This form was refused");
    }
    press(&mut browser, &app, &page).await.must_say("Hello, Ann");
}

#[actix_web::test]
async fn short_addresses_lead_to_interviews_and_take_along_what_they_say() {
    let mut app = TestApp::start().await;
    let file = "docassemble.mine:data/questions/a.yml";
    app.page_of("a.yml", "mandatory: True\nquestion: Hello, ${ url_args.get('name', 'you') }\n");
    app.settings.dispatch = Some(vec![("hello".to_owned(), file.to_owned())]);
    app.restart();
    let mut browser = app.browser();
    for (short, long) in [
        ("/start/hello/", format!("/interview?i={file}&new_session=1")),
        ("/run/hello", format!("/interview?i={file}")),
        ("/start/mine/a/?name=A%26B&i=x", format!("/interview?i={file}&new_session=1&name=A%26B")),
        ("/run/mine/deep/er/b/", "/interview?i=docassemble.mine:data/questions/deep/er/b.yml".to_owned()),
    ] {
        let led = browser.get(&app, short).await;
        assert_eq!((led.status(), led.header("Location")), (303, &*long), "{short}");
    }
    for nowhere in ["/start/nobody/", "/start/mine/..%2F..%2Fx/", "/begin/hello/", "/start/"] {
        assert_eq!(browser.get(&app, nowhere).await.status(), 404, "{nowhere}");
    }
    let begun = browser.get(&app, "/start/hello/?name=Ann").await;
    browser.led(&app, begun).await.must_say("Hello, Ann");
}
