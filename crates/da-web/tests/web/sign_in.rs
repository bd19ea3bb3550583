//! People with an account: they sign in and out, take a second factor and end it, and have API keys.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use da_testkit::{Browser, Seen, TestApp, User, unique};
use serde_json::json;

pub(crate) const PASSWORD: &str = "correct-horse";

/// An account with a privilege; its address.
pub(crate) async fn account(app: &TestApp, privilege: &str) -> String {
    let email = format!("{}@example.com", unique());
    let new = json!({"username": email, "password": PASSWORD, "privileges": privilege});
    assert_eq!(app.administrator().post("/api/user/new", new).await.status, 200);
    email
}

/// Sends the form of a page to an address, with its token.
pub(crate) async fn send(
    browser: &mut Browser,
    app: &TestApp,
    page: &Seen,
    address: &str,
    said: &[(&str, &str)],
) -> Seen {
    let token = page.hidden("csrf");
    let mut form = vec![("csrf", token.as_str())];
    form.extend(said);
    browser.post(app, address, &form).await
}

/// Brings a password to the page on which one signs in.
pub(crate) async fn sign_in(browser: &mut Browser, app: &TestApp, email: &str, password: &str) -> Seen {
    let page = browser.get(app, "/user/sign-in?next=/user/profile").await;
    let next = page.hidden("next");
    let said = [("email", email), ("password", password), ("next", next.as_str())];
    send(browser, app, &page, "/user/sign-in", &said).await
}

/// What stands in an element of a page.
pub(crate) fn text_of(page: &Seen, id: &str) -> String {
    let start = page.body().split(&format!("id=\"{id}\">")).nth(1).unwrap();
    start.split('<').next().unwrap().to_owned()
}

/// Somebody who is signed in, and has taken a second factor: the seed, and the recovery codes.
pub(crate) async fn with_second_factor(app: &TestApp, email: &str) -> (Browser, String, Vec<String>) {
    let mut browser = app.browser();
    assert_eq!(sign_in(&mut browser, app, email, PASSWORD).await.status(), 303);
    let offer = browser.get(app, "/user/mfa").await;
    let (seed, sealed) = (text_of(&offer, "seed"), offer.hidden("offer"));
    let code = app.code_of(&seed);
    let begun =
        |password| [("do", "begin"), ("offer", sealed.as_str()), ("code", code.as_str()), ("password", password)];
    let refused = send(&mut browser, app, &offer, "/user/mfa", &begun("guess")).await;
    assert_eq!(refused.status(), 422);
    refused.must_say("The password is not right.");
    let begun = begun(PASSWORD);
    let codes = send(&mut browser, app, &offer, "/user/mfa", &begun).await;
    codes.must_say("Your recovery codes");
    let codes = text_of(&codes, "codes").lines().map(str::to_owned).collect();
    (browser, seed, codes)
}

#[actix_web::test]
async fn somebody_signs_in_is_known_and_signs_out() {
    for app in &TestApp::everywhere().await {
        let email = account(app, "user").await;
        let mut browser = app.browser();
        let away = browser.get(app, "/user/profile").await;
        assert_eq!((away.status(), away.header("Location")), (303, "/user/sign-in?next=/user/profile"));
        let inside = sign_in(&mut browser, app, &email.to_uppercase(), PASSWORD).await;
        assert_eq!((inside.status(), inside.header("Location")), (303, "/user/profile"));
        let profile = browser.get(app, "/user/profile").await;
        profile.must_say(&email);
        let saved = [("first_name", "Ann <b>"), ("timezone", "Europe/Berlin")];
        assert_eq!(send(&mut browser, app, &profile, "/user/profile", &saved).await.status(), 303);
        browser.get(app, "/user/profile").await.must_say("value=\"Ann &lt;b&gt;\"");
        let out = browser.get(app, "/user/sign-out").await;
        assert_eq!(send(&mut browser, app, &out, "/user/sign-out", &[]).await.header("Location"), "/");
        assert_eq!(browser.get(app, "/user/profile").await.status(), 303);
    }
}

#[actix_web::test]
async fn a_wrong_address_and_a_wrong_password_look_the_same_and_may_be_tried_so_often() {
    let mut app = TestApp::start().await;
    let (email, ended) = (account(&app, "user").await, account(&app, "user").await);
    app.administrator().delete("/api/user/3").await;
    let wrong = "The e-mail address or the password is not right.";
    for (email, password) in [(email.as_str(), "guess"), ("nobody@example.com", PASSWORD), (ended.as_str(), PASSWORD)] {
        let seen = sign_in(&mut app.browser(), &app, email, password).await;
        assert_eq!(seen.status(), 422);
        seen.must_say(wrong);
        assert!(!seen.body().contains(password), "{}", seen.body());
    }
    for _ in 0..19 {
        sign_in(&mut app.browser(), &app, &email, "guess").await.must_say(wrong);
    }
    let late = sign_in(&mut app.browser(), &app, &email, PASSWORD).await;
    assert_eq!(late.status(), 422);
    late.must_say("There were too many attempts.");
    app.pass(15 * 60);
    assert_eq!(sign_in(&mut app.browser(), &app, &email, PASSWORD).await.status(), 303);
}

#[actix_web::test]
async fn who_signs_in_is_led_to_our_own_pages_alone() {
    let app = TestApp::start().await;
    for next in ["https://evil.example/", "//evil.example/", "/\\evil.example", "user"] {
        let page = app.browser().get(&app, &format!("/user/sign-in?next={}", next.replace('/', "%2F"))).await;
        assert_eq!(page.hidden("next"), "/", "{next}");
    }
}

#[actix_web::test]
async fn with_a_second_factor_signing_in_takes_a_code_which_is_used_once() {
    for mut app in TestApp::everywhere().await {
        let email = account(&app, "user").await;
        let (_, seed, codes) = with_second_factor(&app, &email).await;
        assert_eq!(codes.len(), 10);
        let bytes = app.place().database_bytes();
        for secret in [seed.clone(), codes[0].clone(), codes[0].replace('-', "")] {
            assert!(!bytes.windows(secret.len()).any(|part| part == secret.as_bytes()), "{secret}");
        }
        let mut browser = app.browser();
        let half = sign_in(&mut browser, &app, &email, PASSWORD).await;
        half.must_say("One step more");
        assert_eq!(browser.get(&app, "/user/profile").await.status(), 303);
        let token = half.hidden("half");
        let bring = async |browser: &mut Browser, app: &TestApp, code: &str| {
            let said = [("half", token.as_str()), ("code", code), ("next", "/user/profile")];
            send(browser, app, &half, "/user/sign-in/code", &said).await
        };
        // The code that the second factor was taken with was used by that.
        let used = bring(&mut browser, &app, &app.code_of(&seed)).await;
        assert_eq!(used.status(), 422);
        used.must_say("That code is not right, or was used before.");
        app.pass(30);
        let inside = bring(&mut browser, &app, &app.code_of(&seed)).await;
        assert_eq!((inside.status(), inside.header("Location")), (303, "/user/profile"));
        browser.get(&app, "/user/profile").await.must_say(&email);
        let again = bring(&mut app.browser(), &app, &codes[0]).await;
        assert_eq!(again.status(), 403);
        for (code, status) in [(&codes[0], 303), (&codes[0], 422), (&codes[1].replace('-', " "), 303)] {
            let mut other = app.browser();
            let half = sign_in(&mut other, &app, &email, PASSWORD).await;
            let token = half.hidden("half");
            let said = [("half", token.as_str()), ("code", code.as_str())];
            assert_eq!(send(&mut other, &app, &half, "/user/sign-in/code", &said).await.status(), status, "{code}");
        }
        browser.get(&app, "/user/mfa").await.must_say("Recovery codes that are left: 8.");
    }
}

#[actix_web::test]
async fn the_api_tells_no_secret_of_somebody_with_a_second_factor_until_it_is_ended() {
    let app = TestApp::start().await;
    let email = account(&app, "user").await;
    let (mut browser, _, codes) = with_second_factor(&app, &email).await;
    let path = format!("/api/secret?username={email}&password={PASSWORD}");
    let refused = (403, "Secret will not be supplied because two factor authentication is enabled".to_owned());
    let login = json!({"username": email, "password": PASSWORD});
    assert_eq!(app.administrator().get(&path).await.refusal(), refused);
    assert_eq!(app.administrator().post("/api/login_url", login.clone()).await.refusal(), refused);
    let page = browser.get(&app, "/user/mfa").await;
    let guessed = [("do", "end"), ("code", codes[0].as_str()), ("password", "guess")];
    send(&mut browser, &app, &page, "/user/mfa", &guessed).await.must_say("The password is not right.");
    let ended = [("do", "end"), ("code", codes[0].as_str()), ("password", PASSWORD)];
    assert_eq!(send(&mut browser, &app, &page, "/user/mfa", &ended).await.status(), 303);
    assert_eq!(app.administrator().get(&path).await.status, 200);
    assert_eq!(app.administrator().post("/api/login_url", login).await.status, 200);
    assert_eq!(sign_in(&mut app.browser(), &app, &email, PASSWORD).await.status(), 303);
}

#[actix_web::test]
async fn codes_may_be_tried_five_times() {
    let mut app = TestApp::start().await;
    let email = account(&app, "user").await;
    let (_, seed, _) = with_second_factor(&app, &email).await;
    app.pass(30);
    let mut browser = app.browser();
    let half = sign_in(&mut browser, &app, &email, PASSWORD).await;
    let token = half.hidden("half");
    for attempt in 0..6 {
        let code = if attempt < 5 { "12345x".to_owned() } else { app.code_of(&seed) };
        let said = [("half", token.as_str()), ("code", code.as_str())];
        let seen = send(&mut browser, &app, &half, "/user/sign-in/code", &said).await;
        assert_eq!(seen.status(), 422);
        seen.must_say(if attempt < 5 { "That code is not right" } else { "There were too many attempts." });
    }
    app.pass(15 * 60);
    let half = sign_in(&mut browser, &app, &email, PASSWORD).await;
    let (token, code) = (half.hidden("half"), app.code_of(&seed));
    let said = [("half", token.as_str()), ("code", code.as_str())];
    assert_eq!(send(&mut browser, &app, &half, "/user/sign-in/code", &said).await.status(), 303);
}

#[actix_web::test]
async fn a_key_is_made_shown_once_restricted_and_revoked() {
    let app = TestApp::start().await;
    let email = account(&app, "developer").await;
    let mut browser = app.browser();
    sign_in(&mut browser, &app, &email, PASSWORD).await;
    let page = browser.get(&app, "/manage_api").await;
    let made = send(&mut browser, &app, &page, "/manage_api", &[("do", "make"), ("name", "mine")]).await;
    made.must_say("Copy it now");
    let key = text_of(&made, "key");
    assert_eq!(app.with_key(&key).get("/api/user").await.json()["email"], json!(email));
    let again = browser.get(&app, "/manage_api").await;
    again.must_say(&format!("It ends in {}.", &key[28..]));
    assert!(!again.body().contains(&key));
    let taken = send(&mut browser, &app, &again, "/manage_api", &[("do", "make"), ("name", "mine")]).await;
    assert_eq!(taken.status(), 422);
    taken.must_say("There is already a key of that name.");
    let places = [("do", "restrict"), ("name", "mine"), ("method", "ip"), ("allowed", "192.0.2.7\r\n192.0.2.8\r\n")];
    assert_eq!(send(&mut browser, &app, &again, "/manage_api", &places).await.status(), 303);
    browser.get(&app, "/manage_api").await.must_say("192.0.2.7\n192.0.2.8");
    assert_eq!(app.with_key(&key).get("/api/user").await.status, 403);
    let revoked = send(&mut browser, &app, &again, "/manage_api", &[("do", "revoke"), ("name", "mine")]).await;
    assert_eq!(revoked.status(), 303);
    assert!(!browser.get(&app, "/manage_api").await.body().contains("mine"));
}

#[actix_web::test]
async fn those_alone_see_the_form_for_keys_who_may_have_them() {
    let app = TestApp::start().await;
    let email = account(&app, "user").await;
    let mut browser = app.browser();
    sign_in(&mut browser, &app, &email, PASSWORD).await;
    let page = browser.get(&app, "/manage_api").await;
    page.must_say("Your account may not make API keys.");
    let profile = browser.get(&app, "/user/profile").await;
    let made = send(&mut browser, &app, &profile, "/manage_api", &[("do", "make"), ("name", "mine")]).await;
    assert_eq!(made.status(), 403);
}

#[actix_web::test]
async fn what_is_begun_before_signing_in_is_kept_and_is_the_users() {
    for app in &TestApp::everywhere().await {
        let email = account(app, "user").await;
        let address = app.page_of(
            "a.yml",
            "mandatory: True\nquestion: Hello, ${ name }\n---\nquestion: Name?\nfields:\n  - Name: name\n",
        );
        let mut browser = app.browser();
        let first = browser.get(app, &address).await;
        browser.submit(app, &first, &address, &[("f0", "Ann")]).await.must_say("Hello, Ann");
        sign_in(&mut browser, app, &email, PASSWORD).await;
        browser.get(app, &address).await.must_say("Hello, Ann");
        let admin = app.administrator();
        let secret = admin.get(&format!("/api/secret?username={email}&password={PASSWORD}")).await.json();
        let id = admin.get(&format!("/api/user_info?username={email}")).await.json()["id"].clone();
        let path = format!("/api/user/{id}/interviews?secret={}&include_dictionary=1", secret.as_str().unwrap());
        let sessions = admin.get(&path).await.json();
        assert_eq!((&sessions[0]["dict"]["name"], &sessions[1]), (&json!("Ann"), &json!(null)), "{sessions}");
    }
}

#[actix_web::test]
async fn whoever_lost_the_second_factor_is_let_in_again_by_the_operator_or_an_administrator() {
    for app in &TestApp::everywhere().await {
        let (email, other) = (account(app, "user").await, account(app, "user").await);
        with_second_factor(app, &email).await;
        assert!(app.app().two_factor_reset(&email).await.unwrap());
        assert!(!app.app().two_factor_reset(&email).await.unwrap(), "there is none any more");
        assert_eq!(sign_in(&mut app.browser(), app, &email, PASSWORD).await.status(), 303);
        with_second_factor(app, &other).await;
        let id = app.administrator().get(&format!("/api/user_info?username={other}")).await.json()["id"].clone();
        let (path, wanted) = (format!("/api/user/{id}"), json!({"reset_second_factor": true}));
        let own = app.key_holder(&other).await;
        assert_eq!(own.post("/api/user", wanted.clone()).await.status, 403);
        sign_in(&mut app.browser(), app, &other, PASSWORD).await.must_say("One step more");
        assert_eq!(app.administrator().post(&path, wanted).await.status, 204);
        assert_eq!(sign_in(&mut app.browser(), app, &other, PASSWORD).await.status(), 303);
    }
    let app = TestApp::start().await;
    let nobody = app.app().two_factor_reset("nobody@example.com").await.unwrap_err();
    assert_eq!(nobody.public(), "There is no user nobody@example.com.");
}

#[actix_web::test]
async fn a_login_link_that_is_older_than_a_second_factor_or_a_password_lets_nobody_in() {
    for app in &TestApp::everywhere().await {
        let (email, other) = (account(app, "user").await, account(app, "user").await);
        let link = async |email: &str| {
            let login = json!({"username": email, "password": PASSWORD, "expire": 600});
            let url = app.administrator().post("/api/login_url", login).await.json();
            url.as_str().unwrap().strip_prefix("http://localhost").unwrap().to_owned()
        };
        let (first, second, third) = (link(&email).await, link(&other).await, link(&other).await);
        with_second_factor(app, &email).await;
        assert_eq!(app.browser().get(app, &first).await.status(), 403);
        assert_eq!(app.browser().get(app, &second).await.status(), 303);
        let id = app.administrator().get(&format!("/api/user_info?username={other}")).await.json()["id"].clone();
        let set = app.administrator().post(&format!("/api/user/{id}"), json!({"password": "another-horse"})).await;
        assert_eq!(set.status, 204);
        assert_eq!(app.browser().get(app, &third).await.status(), 403);
    }
}
