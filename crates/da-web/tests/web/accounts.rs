//! People who make accounts, and what becomes of what they began before.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use da_testkit::{TestApp, User};
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
async fn nobody_makes_an_account_without_an_invitation() {
    let mut app = TestApp::start().await;
    assert_eq!(app.browser().get(&app, "/user/register").await.status(), 403);
    let made =
        app.browser().post(&app, "/user/register", &[("password", "long-enough"), ("again", "long-enough")]).await;
    assert_eq!(made.status(), 403);
    let link = invite(&app, "ann@example.com").await;
    app.pass(90 * 24 * 60 * 60);
    assert_eq!(app.browser().get(&app, &link).await.status(), 403);
}
