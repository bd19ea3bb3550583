//! People change their passwords, and set them anew when they forgot them; and nobody guesses them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use da_testkit::{Browser, PostOffice, Seen, TestApp, User};
use serde_json::json;

use crate::sign_in::{PASSWORD, account, send, sign_in};

const NEW: &str = "another-horse";

const RECOVERY: &str = "the recovery key of every test";

const INTERVIEW: &str = "\
mandatory: True
question: Hello, ${ name }
---
question: Name?
fields:
  - Name: name
";

/// The secret of somebody, by the password.
async fn secret_of(app: &TestApp, email: &str, password: &str) -> String {
    let path = format!("/api/secret?username={email}&password={password}");
    app.administrator().get(&path).await.json().as_str().unwrap().to_owned()
}

/// Sends the form for another password.
async fn change(browser: &mut Browser, app: &TestApp, (old, new, again): (&str, &str, &str)) -> Seen {
    let page = browser.get(app, "/user/change-password").await;
    let said = [("old", old), ("password", new), ("again", again)];
    send(browser, app, &page, "/user/change-password", &said).await
}

/// Asks for a letter.
async fn forget(app: &TestApp, email: &str) -> Seen {
    let mut browser = app.browser();
    let page = browser.get(app, "/user/forgot-password").await;
    send(&mut browser, app, &page, "/user/forgot-password", &[("email", email)]).await
}

/// Follows the link of a letter, and sends the form with a password.
async fn reset(browser: &mut Browser, app: &TestApp, link: &str, password: &str) -> Seen {
    let page = browser.get(app, link).await;
    let token = page.hidden("token");
    let said = [("token", token.as_str()), ("password", password), ("again", password)];
    send(browser, app, &page, "/user/reset-password", &said).await
}

/// Servers that send their mail to an office, on every database.
async fn with_mail() -> (PostOffice, Vec<TestApp>) {
    let office = PostOffice::open();
    let mut all = TestApp::everywhere().await;
    for app in &mut all {
        app.settings.mail = office.servers();
        app.restart();
    }
    (office, all)
}

#[actix_web::test]
async fn whoever_brings_the_old_password_changes_it_and_keeps_every_session() {
    for app in &TestApp::everywhere().await {
        let email = account(app, "user").await;
        let secret = secret_of(app, &email, PASSWORD).await;
        let address = app.page_of("a.yml", INTERVIEW);
        let (mut browser, mut elsewhere) = (app.browser(), app.browser());
        sign_in(&mut browser, app, &email, PASSWORD).await;
        sign_in(&mut elsewhere, app, &email, PASSWORD).await;
        let first = browser.get(app, &address).await;
        browser.submit(app, &first, &address, &[("f0", "Ann")]).await.must_say("Hello, Ann");
        for (old, new, again, problem) in [
            ("guess", NEW, NEW, "The old password is not right."),
            (PASSWORD, NEW, "different", "The two passwords are not the same."),
            (PASSWORD, "abc", "abc", "Password too short or too long"),
        ] {
            let seen = change(&mut browser, app, (old, new, again)).await;
            assert_eq!(seen.status(), 422, "{problem}");
            seen.must_say(problem);
            assert!(!seen.body().contains(PASSWORD), "{}", seen.body());
        }
        let changed = change(&mut browser, app, (PASSWORD, NEW, NEW)).await;
        assert_eq!((changed.status(), changed.header("Location")), (303, "/user/profile"));
        browser.get(app, "/user/profile").await.must_say(&email);
        browser.get(app, &address).await.must_say("Hello, Ann");
        assert_eq!(secret_of(app, &email, NEW).await, secret);
        assert_eq!(elsewhere.get(app, "/user/profile").await.status(), 303, "it is signed out");
        assert_eq!(sign_in(&mut app.browser(), app, &email, PASSWORD).await.status(), 422);
        assert_eq!(sign_in(&mut app.browser(), app, &email, NEW).await.status(), 303);
    }
}

#[actix_web::test]
async fn a_password_is_not_changed_by_a_stranger_nor_by_a_page_of_somebody_else_nor_where_nobody_may() {
    let mut app = TestApp::start().await;
    let email = account(&app, "user").await;
    let mut browser = app.browser();
    assert_eq!(browser.get(&app, "/user/change-password").await.status(), 303);
    sign_in(&mut browser, &app, &email, PASSWORD).await;
    let said = [("csrf", "none"), ("old", PASSWORD), ("password", NEW), ("again", NEW)];
    assert_eq!(browser.post(&app, "/user/change-password", &said).await.status(), 403);
    let page = browser.get(&app, "/user/change-password").await;
    app.settings.may_change_password = false;
    app.restart();
    assert_eq!(send(&mut browser, &app, &page, "/user/change-password", &said[1..]).await.status(), 403);
    browser.get(&app, "/user/change-password").await.must_say("people do not change their passwords themselves");
}

#[actix_web::test]
async fn a_forgotten_password_is_set_anew_once_by_the_link_of_a_letter_and_what_was_sealed_stays_closed() {
    let (office, all) = with_mail().await;
    for mut app in all {
        let email = account(&app, "user").await;
        let secret = secret_of(&app, &email, PASSWORD).await;
        let mut before = app.browser();
        sign_in(&mut before, &app, &email, PASSWORD).await;
        let known = forget(&app, &email.to_uppercase()).await;
        let unknown = forget(&app, "nobody@example.com").await;
        assert_eq!((known.status(), known.body()), (unknown.status(), unknown.body()));
        known.must_say("Look into your mail");
        let letter = office.letter_to(&email).await;
        assert_eq!((letter.from.as_str(), letter.to.len()), ("server@example.org", 1));
        let link = letter.link();
        let code = link.rsplit('=').next().unwrap().to_owned();
        assert!(!app.place().database_bytes().windows(code.len()).any(|part| part == code.as_bytes()));
        let mut browser = app.browser();
        let form = browser.get(&app, &link).await;
        form.must_say(&format!("This is for the account {email}."));
        form.must_say("cannot be opened any more once you have a new password");
        assert_eq!(reset(&mut browser, &app, &link, "abc").await.status(), 422);
        let done = reset(&mut browser, &app, &link, NEW).await;
        assert_eq!((done.status(), done.header("Location")), (303, "/user/sign-in"));
        assert_eq!(browser.get(&app, &link).await.status(), 403, "it was used");
        assert_eq!(before.get(&app, "/user/profile").await.status(), 303, "it is signed out");
        assert_eq!(sign_in(&mut app.browser(), &app, &email, PASSWORD).await.status(), 422);
        assert_eq!(sign_in(&mut app.browser(), &app, &email, NEW).await.status(), 303);
        assert_ne!(secret_of(&app, &email, NEW).await, secret);
        assert_eq!(forget(&app, &email).await.status(), 200);
        let link = office.letter_to(&email).await.link();
        app.pass(2 * 60 * 60);
        assert_eq!(app.browser().get(&app, &link).await.status(), 403, "it is too old");
    }
}

#[actix_web::test]
async fn with_the_operators_recovery_key_what_was_sealed_stays_open() {
    let (office, all) = with_mail().await;
    for mut app in all {
        let email = account(&app, "user").await;
        let secret = secret_of(&app, &email, PASSWORD).await;
        app.recovery = Some(RECOVERY);
        app.restart();
        forget(&app, &email).await;
        let link = office.letter_to(&email).await.link();
        app.browser().get(&app, &link).await.must_say("cannot be opened any more");
        sign_in(&mut app.browser(), &app, &email, PASSWORD).await;
        app.browser().get(&app, &link).await.must_say("What you answered before stays open to you");
        app.browser().get(&app, "/user/forgot-password").await.must_say("What you answered before stays open to you");
        assert_eq!(reset(&mut app.browser(), &app, &link, NEW).await.status(), 303);
        assert_eq!(secret_of(&app, &email, NEW).await, secret);
        // The key of another operator opens nothing, and one that is taken away takes the second copies with it.
        app.recovery = Some("another recovery key of a test");
        app.restart();
        forget(&app, &email).await;
        let link = office.letter_to(&email).await.link();
        app.browser().get(&app, &link).await.must_say("cannot be opened any more");
        app.recovery = None;
        app.restart();
        sign_in(&mut app.browser(), &app, &email, NEW).await;
        app.recovery = Some(RECOVERY);
        app.restart();
        app.browser().get(&app, &link).await.must_say("cannot be opened any more");
    }
}

#[actix_web::test]
async fn a_link_of_a_letter_is_good_until_the_account_has_another_password_or_ends() {
    let office = PostOffice::open();
    let mut app = TestApp::start().await;
    app.settings.mail = office.servers();
    app.restart();
    let email = account(&app, "user").await;
    forget(&app, &email).await;
    let link = office.letter_to(&email).await.link();
    let mut browser = app.browser();
    sign_in(&mut browser, &app, &email, PASSWORD).await;
    change(&mut browser, &app, (PASSWORD, NEW, NEW)).await;
    let late = app.browser().get(&app, &link).await;
    assert_eq!(late.status(), 403);
    late.must_say("This link leads nowhere any more");
    app.administrator().delete("/api/user/2").await;
    forget(&app, &email).await;
    forget(&app, "admin@example.com").await;
    office.letter_to("admin@example.com").await;
    assert_eq!(office.letters_to(&email), []);
}

#[actix_web::test]
async fn letters_are_sent_so_often_to_one_account_and_asked_for_so_often_from_one_place() {
    let office = PostOffice::open();
    let mut app = TestApp::start().await;
    app.settings.mail = office.servers();
    app.restart();
    let email = account(&app, "user").await;
    for _ in 0..4 {
        forget(&app, &email).await.must_say("Look into your mail");
    }
    for _ in 0..3 {
        office.letter_to(&email).await;
    }
    for _ in 4..20 {
        forget(&app, "nobody@example.com").await.must_say("Look into your mail");
    }
    let late = forget(&app, "nobody@example.com").await;
    assert_eq!(late.status(), 422);
    late.must_say("There were too many attempts.");
    assert_eq!(office.letters_to(&email), []);
}

#[actix_web::test]
async fn a_server_without_mail_says_plainly_who_can_help() {
    let mut app = TestApp::start().await;
    let email = account(&app, "user").await;
    let page = app.browser().get(&app, "/user/forgot-password").await;
    page.must_say("This server cannot send you a letter to set a new password. Its administrator can");
    assert!(page.page.controls.is_empty(), "{}", page.body());
    let mut browser = app.browser();
    let form = browser.get(&app, "/user/sign-in").await;
    let seen = send(&mut browser, &app, &form, "/user/forgot-password", &[("email", email.as_str())]).await;
    assert_eq!(seen.status(), 422);
    let id = app.administrator().get(&format!("/api/user_info?username={email}")).await.json()["id"].clone();
    let set = app.administrator().post(&format!("/api/user/{id}"), json!({"password": NEW})).await;
    assert_eq!(set.status, 204);
    assert_eq!(sign_in(&mut app.browser(), &app, &email, NEW).await.status(), 303);
    let office = PostOffice::open();
    app.settings.mail = office.servers();
    app.settings.may_forget_password = false;
    app.restart();
    app.browser().get(&app, "/user/forgot-password").await.must_say("This server cannot send you a letter");
}

#[actix_web::test]
async fn a_new_password_by_mail_does_not_pass_the_second_factor() {
    let office = PostOffice::open();
    let mut app = TestApp::start().await;
    app.settings.mail = office.servers();
    app.restart();
    let email = account(&app, "user").await;
    crate::sign_in::with_second_factor(&app, &email).await;
    forget(&app, &email).await;
    let link = office.letter_to(&email).await.link();
    assert_eq!(reset(&mut app.browser(), &app, &link, NEW).await.status(), 303);
    sign_in(&mut app.browser(), &app, &email, NEW).await.must_say("One step more");
}

#[actix_web::test]
async fn an_account_cannot_be_guessed_at_from_many_places_nor_its_owner_kept_out_by_that() {
    for mut app in TestApp::everywhere().await {
        app.http.behind_proxy = true;
        let email = account(&app, "user").await;
        let mut own = app.browser_at("192.0.2.1");
        sign_in(&mut own, &app, &email, PASSWORD).await;
        own.cookie = None;
        let attempt = async |app: &TestApp, place: usize| {
            let mut browser = app.browser_at(&format!("2001:db8:1:{place:x}::7"));
            sign_in(&mut browser, app, &email, "guess").await
        };
        for number in 0..100 {
            attempt(&app, number / 10).await.must_say("is not right");
        }
        let late = attempt(&app, 77).await;
        late.must_say("There were too many attempts.");
        let mut stranger = app.browser_at("192.0.2.2");
        sign_in(&mut stranger, &app, &email, PASSWORD).await.must_say("There were too many attempts.");
        assert_eq!(sign_in(&mut own, &app, &email, PASSWORD).await.status(), 303, "a device that is known");
        app.pass(15 * 60);
        assert_eq!(sign_in(&mut stranger, &app, &email, PASSWORD).await.status(), 303);
    }
}

#[actix_web::test]
async fn one_place_guesses_at_few_accounts_and_a_network_of_ipv6_is_one_place() {
    let mut app = TestApp::start().await;
    app.http.behind_proxy = true;
    let email = account(&app, "user").await;
    for number in 0..200 {
        let mut browser = app.browser_at(&format!("2001:db8:1:2::{number:x}"));
        let guessed = format!("nobody{}@example.com", number / 10);
        sign_in(&mut browser, &app, &guessed, "guess").await.must_say("is not right");
    }
    let mut same = app.browser_at("2001:db8:1:2:ffff::1");
    sign_in(&mut same, &app, &email, PASSWORD).await.must_say("There were too many attempts.");
    let mut other = app.browser_at("2001:db8:1:3::1");
    assert_eq!(sign_in(&mut other, &app, &email, PASSWORD).await.status(), 303);
}

#[actix_web::test]
async fn what_is_right_is_not_counted_against_anybody() {
    let mut app = TestApp::start().await;
    app.http.behind_proxy = true;
    let email = account(&app, "user").await;
    for _ in 0..210 {
        assert_eq!(sign_in(&mut app.browser_at("192.0.2.9"), &app, &email, PASSWORD).await.status(), 303);
    }
}
