//! What a request may demand in its headers: that the session is at the step that was seen, and that a request that comes
//! twice is carried out once.

use actix_web::test::TestRequest;
use da_testkit::{Answer, Multipart, Session, TestApp, User, unique};
use serde_json::{Value, json};

const I: &str = "docassemble.mine:data/questions/a.yml";

const INTERVIEW: &str = "\
initial: True
code: |
  multi_user = url_args.get('open') == '1' and not defined('closed')
  if defined('zero') and zero == 0:
    1 / zero
---
mandatory: True
code: |
  count = 0
---
mandatory: True
question: Count
fields:
  - Name: name
---
event: more
code: |
  count += 1
  response(str(count), content_type='text/plain')
";

const NAME: &str = "Idempotency-Key";

async fn send(who: &impl User, path: &str, body: &Value, headers: &[(&'static str, &str)]) -> Answer {
    let request = TestRequest::post().uri(path).set_json(body);
    who.send(headers.iter().fold(request, |request, header| request.insert_header(*header))).await
}

async fn app() -> Vec<TestApp> {
    let apps = TestApp::everywhere().await;
    apps.iter().for_each(|app| drop(app.place().write("a.yml", INTERVIEW)));
    apps
}

fn name(value: &str) -> Value {
    json!({"variables": {"name": value}, "question": 0})
}

#[actix_web::test]
async fn a_step_has_a_tag_that_changes_when_the_session_moves() {
    for app in &app().await {
        let user = app.administrator();
        let session = Session::begin(&user, I, "").await;
        let first = session.question(&user).await.header("ETag").to_owned();
        assert!(first.len() == 22 && first.starts_with('"') && first.ends_with('"'), "{first}");
        assert_eq!(session.question(&user).await.header("ETag"), first);
        assert_eq!(session.variables(&user).await.header("ETag"), first);
        let answered = session.answer(&user, name("Ann")).await;
        let second = answered.header("ETag").to_owned();
        assert!(answered.status == 204 && second != first);
        assert_eq!(session.variables(&user).await.header("ETag"), second);
        let acted = send(&user, "/api/session/action", &session.body(&json!({"action": "more"})), &[]).await;
        assert!(acted.body == "1" && acted.header("ETag") != second);
        let other = Session::begin(&user, I, "").await;
        assert_ne!(other.question(&user).await.header("ETag"), first);
    }
}

#[actix_web::test]
async fn what_was_made_for_another_step_is_refused_and_changes_nothing() {
    for app in &app().await {
        let user = app.administrator();
        let session = Session::begin(&user, I, "").await;
        let seen = session.question(&user).await.header("ETag").to_owned();
        let answered = send(&user, "/api/session", &session.body(&name("Ann")), &[("If-Match", &seen)]).await;
        assert_eq!(answered.status, 204);
        let moved = (412, "The session is at another step than If-Match says".to_owned());
        for path in ["/api/session", "/api/session/back", "/api/session/action"] {
            let mut body = session.body(&name("Bob"));
            body["action"] = json!("more");
            for tags in [seen.as_str(), "", "\"\"", "nonsense", &format!("W/{}", answered.header("ETag"))] {
                assert_eq!(send(&user, path, &body, &[("If-Match", tags)]).await.refusal(), moved, "{path} {tags}");
            }
        }
        let told = session.variables(&user).await;
        assert_eq!((&told.json()["name"], told.header("ETag")), (&json!("Ann"), answered.header("ETag")));
        let several = format!("{seen}, {}", answered.header("ETag"));
        let fits = send(&user, "/api/session", &session.body(&name("Cleo")), &[("If-Match", &several)]).await;
        assert_eq!(fits.status, 204);
        assert_eq!(send(&user, "/api/session/back", &session.names, &[("If-Match", "*")]).await.status, 200);
        assert_eq!(session.variables(&user).await.json()["name"], "Ann");
    }
}

#[actix_web::test]
async fn a_request_that_comes_twice_is_carried_out_once_and_told_the_same() {
    for mut app in app().await {
        let session = Session::begin(&app.administrator(), I, "").await;
        let body = session.body(&json!({"action": "more"}));
        let name = unique();
        let first = send(&app.administrator(), "/api/session/action", &body, &[(NAME, &name)]).await;
        assert_eq!((first.body.as_str(), first.header("Idempotent-Replayed")), ("1", ""));
        for restarted in [false, true] {
            if restarted {
                app.restart();
            }
            let again = send(&app.administrator(), "/api/session/action", &body, &[(NAME, &name)]).await;
            let seen = (again.status, again.body.as_str(), again.header("Content-Type"), again.header("ETag"));
            assert_eq!(seen, (200, "1", "text/plain", first.header("ETag")));
            assert_eq!(again.header("Idempotent-Replayed"), "true");
        }
        let other = send(&app.administrator(), "/api/session/action", &body, &[(NAME, &unique())]).await;
        assert_eq!(other.body, "2");
        // A retry is answered although the session has moved on since.
        let late = [(NAME, name.as_str()), ("If-Match", "\"long ago\"")];
        assert_eq!(send(&app.administrator(), "/api/session/action", &body, &late).await.body, "1");
        assert_eq!(session.variables(&app.administrator()).await.json()["count"], 2);
    }
}

#[actix_web::test]
async fn of_requests_that_come_at_once_under_one_name_one_is_carried_out() {
    for app in &app().await {
        let user = app.administrator();
        let session = Session::begin(&user, I, "").await;
        let (body, name) = (session.body(&json!({"action": "more"})), unique());
        let headers = [(NAME, name.as_str())];
        let one = || send(&user, "/api/session/action", &body, &headers);
        let all = futures_util::future::join_all([one(), one(), one(), one(), one(), one(), one(), one()]).await;
        assert!(all.iter().all(|answer| answer.body == "1"), "{all:?}");
        assert_eq!(all.iter().filter(|answer| answer.header("Idempotent-Replayed") == "true").count(), 7);
    }
}

#[actix_web::test]
async fn one_step_back_is_one_step_even_when_the_interview_then_fails() {
    for app in &app().await {
        let user = app.administrator();
        let session = Session::begin(&user, I, "").await;
        for zero in [1, 2, 0] {
            let body = session.body(&json!({"variables": {"zero": zero, "name": zero}, "question": 0}));
            send(&user, "/api/session", &body, &[]).await;
        }
        session.answer(&user, json!({"variables": {"zero": 3}, "question": 0})).await;
        let name = unique();
        for replayed in ["", "true", "true"] {
            let back = send(&user, "/api/session/back", &session.names, &[(NAME, &name)]).await;
            assert_eq!(back.refusal(), (400, "Failure to assemble interview".to_owned()));
            assert_eq!(back.header("Idempotent-Replayed"), replayed);
        }
        assert_eq!(session.variables(&user).await.json()["zero"], 0);
    }
}

#[actix_web::test]
async fn a_name_stands_for_one_request_of_one_caller() {
    let app = &app().await[0];
    let user = app.administrator();
    let session = Session::begin(&user, I, "").await;
    let headers = [(NAME, "my request")];
    assert_eq!(send(&user, "/api/session", &session.body(&name("Ann")), &headers).await.status, 204);
    let other = (422, "Another request came with this Idempotency-Key".to_owned());
    assert_eq!(send(&user, "/api/session", &session.body(&name("Bob")), &headers).await.refusal(), other);
    assert_eq!(send(&user, "/api/session/back", &session.body(&name("Ann")), &headers).await.refusal(), other);
    let ordinary = app.ordinary().await;
    let hers = send(&ordinary, "/api/session", &session.body(&name("Cleo")), &headers).await;
    assert_eq!((hers.status, hers.header("Idempotent-Replayed")), (204, ""));
    let bad = (400, "An Idempotency-Key has 1 to 255 characters of ASCII".to_owned());
    for name in ["", "\u{e9}", &"x".repeat(256)] {
        let refused = send(&user, "/api/session", &session.body(&json!({})), &[(NAME, name)]).await;
        assert_eq!(refused.refusal(), bad, "{name}");
    }
}

#[actix_web::test]
async fn what_is_kept_ends_with_its_day_and_with_the_newest_answers() {
    for mut app in app().await {
        let session = Session::begin(&app.administrator(), I, "").await;
        let body = session.body(&json!({"action": "more"}));
        let act = async |app: &TestApp, name: &str| {
            send(&app.administrator(), "/api/session/action", &body, &[(NAME, name)]).await.body
        };
        for number in 1..=33 {
            assert_eq!(act(&app, &number.to_string()).await, number.to_string());
        }
        assert_eq!(act(&app, "2").await, "2");
        assert_eq!(act(&app, "1").await, "34");
        app.pass(24 * 60 * 60);
        assert_eq!(act(&app, "33").await, "35");
    }
}

#[actix_web::test]
async fn a_new_key_of_a_session_forgets_what_was_told_under_the_old_one() {
    for app in &app().await {
        let user = app.administrator();
        let begun = user.get(&format!("/api/session/new?i={I}&open=1&secret=a-secret-of-mine")).await.json();
        let mut session = Session::of(&begun);
        session.names["secret"] = json!("a-secret-of-mine");
        let body = session.body(&json!({"action": "more"}));
        assert_eq!(begun["encrypted"], false);
        assert_eq!(send(&user, "/api/session/action", &body, &[(NAME, "first")]).await.body, "1");
        let close = session.body(&json!({"variables": {"closed": true}}));
        let closed = send(&user, "/api/session", &close, &[(NAME, "close")]).await;
        let again = send(&user, "/api/session", &close, &[(NAME, "close")]).await;
        assert_eq!((again.status, again.header("Idempotent-Replayed")), (200, "true"));
        assert_eq!(again.body, closed.body);
        assert_eq!(send(&user, "/api/session/action", &body, &[(NAME, "first")]).await.body, "2");
    }
}

#[actix_web::test]
async fn requests_outside_of_sessions_are_carried_out_once_too() {
    for mut app in app().await {
        let (name, email) = (unique(), format!("{}@example.com", unique()));
        let new = json!({"username": email});
        let made = send(&app.administrator(), "/api/user/new", &new, &[(NAME, &name)]).await;
        assert_eq!(made.status, 200, "{}", made.body);
        app.restart();
        let again = send(&app.administrator(), "/api/user/new", &new, &[(NAME, &name)]).await;
        assert_eq!((again.status, &again.body), (200, &made.body));
        assert_eq!((again.header("Content-Type"), again.header("Idempotent-Replayed")), ("application/json", "true"));
        let password = made.json()["password"].as_str().unwrap().to_owned();
        assert!(!app.place().database_bytes().windows(20).any(|bytes| bytes == password.as_bytes()));
        let other = json!({"username": "x@example.com"});
        let other = send(&app.administrator(), "/api/user/new", &other, &[(NAME, &name)]).await;
        assert_eq!(other.status, 422);
        let refused = unique();
        for _ in 0..2 {
            let taken = send(&app.administrator(), "/api/user/new", &new, &[(NAME, &refused)]).await;
            assert_eq!((taken.status, taken.header("Idempotent-Replayed")), (400, ""));
        }
    }
}

#[actix_web::test]
async fn of_requests_outside_of_sessions_that_come_at_once_one_is_carried_out() {
    for app in &app().await {
        let user = app.administrator();
        let (name, data) = (unique(), json!({"data": {"a": 1}}));
        let headers = [(NAME, name.as_str())];
        let one = || send(&user, "/api/stash_data", &data, &headers);
        let all = futures_util::future::join_all([one(), one(), one(), one()]).await;
        let kept: Vec<_> = all.iter().filter(|answer| answer.status == 200).map(|answer| &answer.body).collect();
        assert!(!kept.is_empty() && kept.iter().all(|body| *body == kept[0]), "{all:?}");
        let text = "A request with this Idempotency-Key was begun before, and its answer is not known".to_owned();
        let late = all.iter().filter(|answer| answer.status != 200);
        late.for_each(|answer| assert_eq!(answer.refusal(), (409, text.clone())));
    }
}

#[actix_web::test]
async fn a_session_is_deleted_at_the_step_that_was_seen_alone() {
    for app in &app().await {
        let user = app.administrator();
        let session = Session::begin(&user, I, "").await;
        let path = format!("/api/session?{}", session.query());
        let delete = async |tag: &str| {
            let request = TestRequest::delete().uri(&path).insert_header(("If-Match", tag));
            user.send(request).await
        };
        let seen = session.question(&user).await.header("ETag").to_owned();
        let present = session.answer(&user, name("Ann")).await.header("ETag").to_owned();
        let moved = (412, "The session is at another step than If-Match says".to_owned());
        for tag in [seen.as_str(), "", "nonsense", &format!("W/{present}")] {
            assert_eq!(delete(tag).await.refusal(), moved, "{tag}");
        }
        assert_eq!(session.variables(&user).await.json()["name"], "Ann");
        assert_eq!(delete(&format!("{seen}, {present}")).await.status, 204);
        assert_eq!(session.variables(&user).await.status, 400);
        // What is gone is gone.
        assert_eq!(delete(&seen).await.status, 204);
        let other = Session::begin(&user, I, "").await;
        let any =
            TestRequest::delete().uri(&format!("/api/session?{}", other.query())).insert_header(("If-Match", "*"));
        assert_eq!(user.send(any).await.status, 204);
        assert_eq!(other.variables(&user).await.status, 400);
    }
}

#[actix_web::test]
async fn files_are_told_apart_by_their_contents() {
    let app = &app().await[0];
    let user = app.administrator();
    let keep = async |content: &str| {
        let body = Multipart::default().text("folder", "static").file("file", "a.txt", content.as_bytes());
        user.send(body.post("/api/playground").insert_header((NAME, "keep"))).await
    };
    assert_eq!(keep("first").await.status, 204);
    assert_eq!(keep("first").await.header("Idempotent-Replayed"), "true");
    let other = (422, "Another request came with this Idempotency-Key".to_owned());
    assert_eq!(keep("other").await.refusal(), other);
    assert_eq!(user.get("/api/playground?folder=static&filename=a.txt").await.body, "first");
}
