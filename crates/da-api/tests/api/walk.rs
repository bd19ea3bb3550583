//! Sessions from beginning to end, as the documentation walks through them.

use crate::support::Server;
use actix_web::test::TestRequest;
use serde_json::{Value, json};

const QUESTIONLESS: &str = "docassemble.demo:data/questions/examples/questionless.yml";

/// A session of an interview, with what opens it.
struct Session<'a> {
    server: &'a Server,
    names: Value,
}

impl Session<'_> {
    async fn begin<'a>(server: &'a Server, interview: &str) -> Session<'a> {
        let begun = server.get(&format!("/api/session/new?i={interview}")).await.json();
        let names = json!({"i": begun["i"], "session": begun["session"], "secret": begun["secret"]});
        Session { server, names }
    }

    fn query(&self) -> String {
        let text = |name: &str| self.names[name].as_str().unwrap_or_default().to_owned();
        format!("i={}&session={}&secret={}", text("i"), text("session"), text("secret"))
    }

    async fn question(&self) -> Value {
        self.server.get(&format!("/api/session/question?{}", self.query())).await.json()
    }

    async fn post(&self, path: &str, more: Value) -> crate::support::Answer {
        let mut body = self.names.clone();
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        self.server.post(path, body).await
    }
}

fn undefined(variable: &str) -> Value {
    json!({"message_log": [], "questionType": "undefined_variable", "variable": variable})
}

#[actix_web::test]
async fn the_questionless_interview_is_answered_as_the_documentation_says() {
    for server in &Server::everywhere().await {
        let begun = server.get(&format!("/api/session/new?i={QUESTIONLESS}")).await.json();
        let keys: Vec<&String> = begun.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["encrypted", "i", "secret", "session"]);
        assert_eq!((&begun["encrypted"], &begun["i"]), (&json!(true), &json!(QUESTIONLESS)));
        let session = Session::begin(server, QUESTIONLESS).await;
        assert_eq!(session.question().await, undefined("favorite_number"));
        let answer = session.post("/api/session", json!({"variables": {"favorite_number": 42}})).await;
        assert_eq!(answer.json(), undefined("user_agrees_to_waive_penalties"));
        let answer =
            session.post("/api/session", json!({"variables": {"user_agrees_to_waive_penalties": false}})).await;
        assert_eq!(answer.json(), json!({"final": true, "inhabitants": 3890}));
        assert_eq!(answer.body, "{\n  \"final\": true,\n  \"inhabitants\": 3890\n}\n");
    }
}

#[actix_web::test]
async fn a_form_answers_as_json_does() {
    let server = Server::start().await;
    let session = Session::begin(&server, QUESTIONLESS).await;
    let form = format!("{}&variables=%7B%22favorite_number%22%3A%202%7D", session.query());
    let request = TestRequest::post()
        .uri("/api/session")
        .insert_header(("X-API-Key", server.key.as_str()))
        .insert_header(("Content-Type", "application/x-www-form-urlencoded"))
        .set_payload(form);
    assert_eq!(server.send(request).await.json(), json!({"final": true, "inhabitants": 2090}));
}

#[actix_web::test]
async fn a_step_is_taken_back_until_there_is_none() {
    for server in &Server::everywhere().await {
        let session = Session::begin(server, QUESTIONLESS).await;
        session.post("/api/session", json!({"variables": {"favorite_number": 42}})).await;
        let back = session.post("/api/session/back", json!({})).await;
        assert_eq!(back.json(), undefined("favorite_number"));
        let none = session.post("/api/session/back", json!({})).await;
        assert_eq!(none.refusal(), (400, "Cannot go back".to_owned()));
    }
}

#[actix_web::test]
async fn a_question_that_is_not_wanted_is_not_answered_with() {
    let server = Server::start().await;
    let session = Session::begin(&server, QUESTIONLESS).await;
    let set = session.post("/api/session", json!({"variables": {"favorite_number": 42}, "question": 0})).await;
    assert_eq!((set.status.as_u16(), set.body.as_str()), (204, ""));
    assert_eq!(session.question().await, undefined("user_agrees_to_waive_penalties"));
    let back = session.post("/api/session/back", json!({"question": "0"})).await;
    assert_eq!((back.status.as_u16(), back.body.as_str()), (204, ""));
    assert_eq!(session.question().await, undefined("favorite_number"));
}

#[actix_web::test]
async fn variables_are_told_and_deleted() {
    let server = Server::start().await;
    let session = Session::begin(&server, QUESTIONLESS).await;
    session.post("/api/session", json!({"variables": {"favorite_number": 42, "other": [1, "a"]}})).await;
    let variables = server.get(&format!("/api/session?{}", session.query())).await.json();
    assert_eq!((&variables["favorite_number"], &variables["other"]), (&json!(42), &json!([1, "a"])));
    session.post("/api/session", json!({"delete_variables": ["other"]})).await;
    let variables = server.get(&format!("/api/session?{}", session.query())).await.json();
    assert_eq!(variables.get("other"), None);
}

#[actix_web::test]
async fn a_wrong_secret_opens_nothing_and_a_deleted_session_is_gone() {
    let server = Server::start().await;
    let mut session = Session::begin(&server, QUESTIONLESS).await;
    let secret = session.names["secret"].take();
    let sealed = (400, "Unable to decrypt interview dictionary".to_owned());
    for wrong in [Value::Null, json!("another")] {
        session.names["secret"] = wrong;
        assert_eq!(server.get(&format!("/api/session?{}", session.query())).await.refusal(), sealed);
        assert_eq!(session.post("/api/session", json!({})).await.refusal(), sealed);
        assert_eq!(session.post("/api/session/back", json!({})).await.refusal(), sealed);
    }
    session.names["secret"] = secret;
    assert_eq!(session.question().await, undefined("favorite_number"));
    assert_eq!(server.delete(&format!("/api/session?{}", session.query())).await.status, 204);
    let gone = server.get(&format!("/api/session/question?{}", session.query())).await;
    assert_eq!(gone.refusal(), (400, "Unable to obtain interview dictionary".to_owned()));
}

#[actix_web::test]
async fn a_name_that_is_no_variable_sets_nothing() {
    let server = Server::start().await;
    let session = Session::begin(&server, QUESTIONLESS).await;
    let bad = json!({"variables": {"favorite_number": 42, "__import__('os').system('x')": 1}});
    let refused = session.post("/api/session", bad).await;
    assert_eq!(refused.refusal(), (400, "Problem setting variables".to_owned()));
    assert_eq!(session.question().await, undefined("favorite_number"));
}

#[actix_web::test]
async fn clients_that_post_to_one_session_at_once_lose_nothing() {
    for server in &Server::everywhere().await {
        let session = Session::begin(server, QUESTIONLESS).await;
        let posts =
            (0..32).map(|number| session.post("/api/session", json!({"variables": {format!("v{number}"): number}})));
        for answer in futures_util::future::join_all(posts).await {
            assert_eq!(answer.status, 200, "{}", answer.body);
        }
        let variables = server.get(&format!("/api/session?{}", session.query())).await.json();
        for number in 0..32 {
            assert_eq!(variables[format!("v{number}")], json!(number));
        }
    }
}
