//! Sessions from beginning to end, as the documentation walks through them.

use actix_web::test::TestRequest;
use da_testkit::{KEY, Session, TestApp, User};
use serde_json::{Value, json};

const QUESTIONLESS: &str = "docassemble.demo:data/questions/examples/questionless.yml";

fn undefined(variable: &str) -> Value {
    json!({"message_log": [], "questionType": "undefined_variable", "variable": variable})
}

#[actix_web::test]
async fn the_questionless_interview_is_answered_as_the_documentation_says() {
    for app in &TestApp::everywhere().await {
        let user = app.administrator();
        let begun = user.get(&format!("/api/session/new?i={QUESTIONLESS}")).await.json();
        let keys: Vec<&String> = begun.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["encrypted", "i", "secret", "session"]);
        assert_eq!((&begun["encrypted"], &begun["i"]), (&json!(true), &json!(QUESTIONLESS)));
        let session = Session::begin(&user, QUESTIONLESS, "").await;
        assert_eq!(session.question(&user).await.json(), undefined("favorite_number"));
        let answer = session.answer(&user, json!({"variables": {"favorite_number": 42}})).await;
        assert_eq!(answer.json(), undefined("user_agrees_to_waive_penalties"));
        let answer = session.answer(&user, json!({"variables": {"user_agrees_to_waive_penalties": false}})).await;
        assert_eq!(answer.json(), json!({"final": true, "inhabitants": 3890}));
        assert_eq!(answer.body, "{\n  \"final\": true,\n  \"inhabitants\": 3890\n}\n");
    }
}

#[actix_web::test]
async fn a_form_answers_as_json_does() {
    let app = TestApp::start().await;
    let user = app.administrator();
    let session = Session::begin(&user, QUESTIONLESS, "").await;
    let form = format!("{}&variables=%7B%22favorite_number%22%3A%202%7D", session.query());
    let request = TestRequest::post()
        .uri("/api/session")
        .insert_header(("X-API-Key", KEY))
        .insert_header(("Content-Type", "application/x-www-form-urlencoded"))
        .set_payload(form);
    assert_eq!(app.send(request).await.json(), json!({"final": true, "inhabitants": 2090}));
}

#[actix_web::test]
async fn a_step_is_taken_back_until_there_is_none() {
    for app in &TestApp::everywhere().await {
        let user = app.administrator();
        let session = Session::begin(&user, QUESTIONLESS, "").await;
        session.answer(&user, json!({"variables": {"favorite_number": 42}})).await;
        let back = session.back(&user).await;
        assert_eq!(back.json(), undefined("favorite_number"));
        let none = session.back(&user).await;
        assert_eq!(none.refusal(), (400, "Cannot go back".to_owned()));
    }
}

#[actix_web::test]
async fn a_question_that_is_not_wanted_is_not_answered_with() {
    let app = TestApp::start().await;
    let user = app.administrator();
    let session = Session::begin(&user, QUESTIONLESS, "").await;
    let set = session.answer(&user, json!({"variables": {"favorite_number": 42}, "question": 0})).await;
    assert_eq!((set.status, set.body.as_str()), (204, ""));
    assert_eq!(session.question(&user).await.json(), undefined("user_agrees_to_waive_penalties"));
    let back = user.post("/api/session/back", session.body(&json!({"question": "0"}))).await;
    assert_eq!((back.status, back.body.as_str()), (204, ""));
    assert_eq!(session.question(&user).await.json(), undefined("favorite_number"));
}

#[actix_web::test]
async fn variables_are_told_and_deleted() {
    let app = TestApp::start().await;
    let user = app.administrator();
    let session = Session::begin(&user, QUESTIONLESS, "").await;
    session.answer(&user, json!({"variables": {"favorite_number": 42, "other": [1, "a"]}})).await;
    let variables = user.get(&format!("/api/session?{}", session.query())).await.json();
    assert_eq!((&variables["favorite_number"], &variables["other"]), (&json!(42), &json!([1, "a"])));
    session.answer(&user, json!({"delete_variables": ["other"]})).await;
    let variables = user.get(&format!("/api/session?{}", session.query())).await.json();
    assert_eq!(variables.get("other"), None);
}

#[actix_web::test]
async fn a_wrong_secret_opens_nothing_and_a_deleted_session_is_gone() {
    let app = TestApp::start().await;
    let user = app.administrator();
    let mut session = Session::begin(&user, QUESTIONLESS, "").await;
    let secret = session.names["secret"].take();
    let sealed = (400, "Unable to decrypt interview dictionary".to_owned());
    for wrong in [Value::Null, json!("another")] {
        session.names["secret"] = wrong;
        assert_eq!(user.get(&format!("/api/session?{}", session.query())).await.refusal(), sealed);
        assert_eq!(session.answer(&user, json!({})).await.refusal(), sealed);
        assert_eq!(session.back(&user).await.refusal(), sealed);
    }
    session.names["secret"] = secret;
    assert_eq!(session.question(&user).await.json(), undefined("favorite_number"));
    assert_eq!(user.delete(&format!("/api/session?{}", session.query())).await.status, 204);
    let gone = user.get(&format!("/api/session/question?{}", session.query())).await;
    assert_eq!(gone.refusal(), (400, "Unable to obtain interview dictionary".to_owned()));
}

#[actix_web::test]
async fn a_name_that_is_no_variable_sets_nothing() {
    let app = TestApp::start().await;
    let user = app.administrator();
    let session = Session::begin(&user, QUESTIONLESS, "").await;
    let bad = json!({"variables": {"favorite_number": 42, "__import__('os').system('x')": 1}});
    let refused = session.answer(&user, bad).await;
    assert_eq!(refused.refusal(), (400, "Problem setting variables".to_owned()));
    assert_eq!(session.question(&user).await.json(), undefined("favorite_number"));
}

#[actix_web::test]
async fn clients_that_post_to_one_session_at_once_lose_nothing() {
    for app in &TestApp::everywhere().await {
        let user = app.administrator();
        let session = Session::begin(&user, QUESTIONLESS, "").await;
        let posts = (0..32).map(|number| session.answer(&user, json!({"variables": {format!("v{number}"): number}})));
        for answer in futures_util::future::join_all(posts).await {
            assert_eq!(answer.status, 200, "{}", answer.body);
        }
        let variables = user.get(&format!("/api/session?{}", session.query())).await.json();
        for number in 0..32 {
            assert_eq!(variables[format!("v{number}")], json!(number));
        }
        assert_eq!(variables["_internal"]["steps"], json!(33));
    }
}
