//! People who make accounts, and what becomes of what they began before.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use da_testkit::{Browser, PostOffice, Seen, TestApp, User};
use serde_json::json;

const INTERVIEW: &str = "\
mandatory: True
question: Hello, ${ name }
subquestion: |
  You are ${ user_info().first_name if user_logged_in() else 'a stranger' }.
---
question: What is your name?
fields:
  - Name: name
";

/// The address of a link that invites.
async fn invite(app: &TestApp, email: &str) -> String {
    let body = json!({"email_addresses": email, "send_emails": 0, "privilege": "trainer"});
    let told = app.administrator().post("/api/user_invite", body).await.json();
    told[0]["url"].as_str().unwrap().strip_prefix("http://localhost").unwrap().to_owned()
}

#[actix_web::test]
async fn somebody_who_was_invited_makes_an_account_and_keeps_what_was_begun() {
    for app in &TestApp::everywhere().await {
        let address = app.page_of("a.yml", INTERVIEW);
        let email = format!("ann-{}@example.com", da_testkit::unique());
        let link = invite(app, &email).await;
        let mut browser = app.browser();
        let first = browser.get(app, &address).await;
        browser.submit(app, &first, &address, &[("f0", "Ann")]).await.must_say("You are a stranger.");
        let form = browser.get(app, &link).await;
        form.must_say(&format!("You were invited as {email}."));
        let (token, made_here) = (form.hidden("token"), form.hidden("csrf"));
        let fill = |password: &'static str, again: &'static str| {
            vec![
                ("csrf", made_here.as_str()),
                ("token", token.as_str()),
                ("first_name", "Anna"),
                ("last_name", "Lee <b>"),
                ("password", password),
                ("again", again),
            ]
        };
        for (password, again, problem) in [
            ("one-word", "another", "The two passwords are not the same."),
            ("abc", "abc", "Password too short or too long"),
        ] {
            let wrong = browser.post(app, "/user/register", &fill(password, again)).await;
            assert_eq!(wrong.status(), 422);
            wrong.must_say(problem);
            wrong.must_say("value=\"Lee &lt;b&gt;\"");
            assert!(!wrong.body().contains(password), "{}", wrong.body());
        }
        let made = browser.post(app, "/user/register", &fill("long-enough", "long-enough")).await;
        assert_eq!((made.status(), made.header("Location")), (303, "/"));
        browser.get(app, &address).await.must_say("Hello, Ann");
        browser.get(app, &address).await.must_say("You are Anna.");
        let told = app.administrator().get(&format!("/api/user_info?username={email}")).await.json();
        assert_eq!((&told["privileges"], &told["last_name"]), (&json!(["trainer"]), &json!("Lee <b>")));
        let secret =
            app.administrator().get(&format!("/api/secret?username={email}&password=long-enough")).await.json();
        let path = format!("/api/user/{}/interviews?secret={}", told["id"], secret.as_str().unwrap());
        let sessions = app.administrator().get(&path).await.json();
        let seen = (&sessions[0]["valid"], &sessions[0]["email"], &sessions[0]["temp_user_id"], &sessions[1]);
        assert_eq!(seen, (&json!(true), &json!(email), &json!(null), &json!(null)));
        let again = app.browser().get(app, &link).await;
        assert_eq!(again.status(), 403);
        again.must_say("This link leads nowhere any more");
    }
}

#[actix_web::test]
async fn nobody_makes_an_account_without_an_invitation_where_that_is_not_allowed() {
    let mut app = TestApp::start().await;
    app.settings.may_register = false;
    app.restart();
    let mut browser = app.browser();
    let page = browser.get(&app, "/user/register").await;
    page.must_say("Accounts are made by an administrator of this server, who can invite you.");
    assert!(!browser.get(&app, "/user/sign-in").await.body().contains("Make an account"));
    let made = register(&mut browser, &app, "ann@example.com", "long-enough").await;
    assert_eq!(made.status(), 403);
    let link = invite(&app, "ann@example.com").await;
    app.pass(90 * 24 * 60 * 60);
    assert_eq!(app.browser().get(&app, &link).await.status(), 403);
}

/// What a browser sends that makes an account.
async fn register(browser: &mut Browser, app: &TestApp, email: &str, password: &str) -> Seen {
    let csrf = browser.get(app, "/user/sign-in").await.hidden("csrf");
    let next = "/interview?i=docassemble.mine:data/questions/a.yml";
    let form = [("csrf", &*csrf), ("next", next), ("email", email), ("first_name", "Anna"), ("password", password)];
    browser.post(app, "/user/register", &[&form[..], &[("again", password)]].concat()).await
}

#[actix_web::test]
async fn somebody_makes_an_account_on_their_own_and_keeps_what_was_begun() {
    for app in &TestApp::everywhere().await {
        let address = app.page_of("a.yml", INTERVIEW);
        let email = format!("ann-{}@example.com", da_testkit::unique());
        let mut browser = app.browser();
        let first = browser.get(app, &address).await;
        browser.submit(app, &first, &address, &[("f0", "Ann")]).await;
        let sign_in = browser.get(app, "/user/sign-in?next=/interview").await;
        sign_in.must_say("<a href=\"/user/register?next=/interview\">Make an account</a>");
        browser.get(app, "/user/register").await.must_say("name=\"email\"");
        for (email, password, problem) in [
            ("nobody", "long-enough", "&quot;nobody&quot; is not an e-mail address."),
            (&*email, "abc", "Password too short or too long"),
            ("admin@example.com", "long-enough", "That e-mail address is already being used."),
        ] {
            let wrong = register(&mut browser, app, email, password).await;
            assert_eq!(wrong.status(), 422);
            wrong.must_say(problem);
            wrong.must_say(&format!("value=\"{email}\""));
        }
        let made = register(&mut browser, app, &format!(" {email}"), "long-enough").await;
        let next = "/interview?i=docassemble.mine:data/questions/a.yml";
        assert_eq!((made.status(), made.header("Location")), (303, next));
        browser.get(app, &address).await.must_say("Hello, Ann");
        browser.get(app, &address).await.must_say("You are Anna.");
        let told = app.administrator().get(&format!("/api/user_info?username={email}")).await.json();
        assert_eq!(told["privileges"], json!(["user"]));
    }
}

#[actix_web::test]
async fn the_operator_may_say_whose_addresses_accounts_are_made_for() {
    let mut app = TestApp::start().await;
    app.settings.registration_hosts = vec!["example.org".to_owned()];
    app.restart();
    let mut browser = app.browser();
    for email in ["ann@example.com", "ann@example.org.example.com", "ann@evilexample.org"] {
        let refused = register(&mut browser, &app, email, "long-enough").await;
        assert_eq!(refused.status(), 422, "{email}");
        refused.must_say("Accounts are made here for addresses of example.org alone.");
    }
    // What a mail server would read as several addresses, or as another one, is none.
    for email in
        ["a@example.com,b@example.org", "x<a@example.com>@example.org", "\"a@b\"@example.org", "a@b@example.org"]
    {
        let refused = register(&mut browser, &app, email, "long-enough").await;
        assert_eq!(refused.status(), 422, "{email}");
        refused.must_say("is not an e-mail address.");
    }
    assert_eq!(register(&mut browser, &app, "Ann@Example.org", "long-enough").await.status(), 303);
}

#[actix_web::test]
async fn what_is_said_about_a_person_is_a_line() {
    let app = TestApp::start().await;
    let admin = app.administrator();
    let told = (400, "What is said about a person has at most 255 characters, on one line.".to_owned());
    for name in ["x".repeat(256), "two\nlines".to_owned()] {
        let new = json!({"username": "ann@example.com", "first_name": name});
        assert_eq!(admin.post("/api/user/new", new).await.refusal(), told);
        assert_eq!(admin.post("/api/user", json!({"organization": name})).await.refusal(), told);
    }
    assert_eq!(admin.post("/api/user", json!({"organization": "x".repeat(255)})).await.status, 204);
}

#[actix_web::test]
async fn an_account_is_made_although_its_password_was_guessed_at_before_it_was_there() {
    let app = TestApp::start().await;
    let admin = app.administrator();
    for _ in 0..101 {
        admin.get("/api/secret?username=ann@example.com&password=guess").await;
    }
    let made = register(&mut app.browser(), &app, "ann@example.com", "long-enough").await;
    assert_eq!(made.status(), 303);
}

#[actix_web::test]
async fn accounts_are_made_in_a_bounded_number_from_one_place() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    for number in 0..20 {
        let made = register(&mut browser, &app, &format!("ann-{number}@example.com"), "long-enough").await;
        assert_eq!(made.status(), 303, "{number}");
    }
    let refused = register(&mut browser, &app, "ann-20@example.com", "long-enough").await;
    assert_eq!(refused.status(), 422);
    refused.must_say("There were too many attempts.");
}

#[actix_web::test]
async fn an_address_is_confirmed_by_a_letter_where_the_operator_wants_that() {
    let office = PostOffice::open();
    let mut app = TestApp::start().await;
    app.settings.confirms_registration = true;
    app.restart();
    let closed = app.browser().get(&app, "/user/register").await;
    closed.must_say("Accounts are made by an administrator of this server, who can invite you.");
    app.settings.mail = office.servers();
    app.restart();
    let mut browser = app.browser();
    let page = browser.get(&app, "/user/register").await;
    assert!(!page.body().contains("type=\"password\""), "{}", page.body());
    register(&mut browser, &app, "ann@example.com", "").await.must_say("Look into your mail");
    let link = office.letter_to("ann@example.com").await.link();
    browser
        .get(&app, &link[link.find("/user/register").unwrap()..])
        .await
        .must_say("You were invited as ann@example.com.");
    assert!(link.ends_with("&next=%2Finterview%3Fi%3Ddocassemble%2Emine%3Adata%2Fquestions%2Fa%2Eyml"), "{link}");
    // Whoever has an account is told so by the letter alone.
    register(&mut browser, &app, "admin@example.com", "").await.must_say("Look into your mail");
    assert!(office.letter_to("admin@example.com").await.message.contains("There is one already."));
}

const ASKS_FOR_ACCOUNTS: &str = "\
mandatory: True
code: |
  if not user_logged_in():
    who_are_you
---
event: who_are_you
question: Who are you?
buttons:
  - Sign in: signin
  - Make an account: register
---
mandatory: True
question: Hello, ${ user_info().first_name }
";

#[actix_web::test]
async fn an_interview_leads_to_the_pages_of_accounts_and_goes_on_behind_them() {
    let app = TestApp::start().await;
    let address = app.page_of("a.yml", ASKS_FOR_ACCOUNTS);
    let mut browser = app.browser();
    let page = browser.get(&app, &address).await;
    let to = |page: &Seen| page.header("Location").to_owned();
    let press = [("csrf", &*page.hidden("csrf")), ("do", "answer"), ("step", &*page.hidden("step")), ("answer", "1")];
    let pressed = browser.post(&app, &address, &press).await;
    assert_eq!((pressed.status(), &*to(&pressed)), (303, &*address));
    let led = browser.get(&app, &address).await;
    let expected = "/user/register?next=/interview%3Fi%3Ddocassemble.mine:data/questions/a.yml";
    assert_eq!((led.status(), &*to(&led)), (303, expected));
    let form = browser.get(&app, expected).await;
    assert_eq!(form.hidden("next"), "/interview?i=docassemble.mine:data/questions/a.yml");
    let made = register(&mut browser, &app, "ann@example.com", "long-enough").await;
    let hello = browser.get(&app, &to(&made)).await;
    hello.must_say("Hello, Anna");
}

const ASKS_THEN: &str = "\
mandatory: True
code: |
  if not first:
    command('signin')
---
question: First?
yesno: first
";

#[actix_web::test]
async fn a_form_that_comes_too_late_leads_to_where_the_interview_is() {
    let app = TestApp::start().await;
    let address = app.page_of("a.yml", ASKS_THEN);
    let mut browser = app.browser();
    let page = browser.get(&app, &address).await;
    let form =
        [("csrf", &*page.hidden("csrf")), ("do", "answer"), ("step", &*page.hidden("step")), ("answer", "False")];
    for _ in 0..2 {
        let sent = browser.post(&app, &address, &form).await;
        assert_eq!((sent.status(), sent.header("Location")), (303, &*address));
    }
}

#[actix_web::test]
async fn whoever_is_signed_in_is_not_led_to_sign_in_without_end() {
    let app = TestApp::start().await;
    let address = app.page_of("a.yml", "mandatory: True\ncode: |\n  command('signin')\n");
    let mut browser = app.browser();
    let led = browser.get(&app, &address).await;
    assert!(led.header("Location").starts_with("/user/sign-in?next=/interview"), "{}", led.body());
    register(&mut browser, &app, "ann@example.com", "long-enough").await;
    browser.get(&app, &address).await.must_say("The interview asks you to sign in, and you have signed in.");
}
