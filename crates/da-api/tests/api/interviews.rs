//! Sessions of interviews of one's own: encryption, arguments, privileges, changed files, raw answers.

use actix_web::test::TestRequest;
use serde_json::{Value, json};

use crate::support::Server;

const A: &str = "docassemble.mine:data/questions/a.yml";

async fn begin(server: &Server, more: &str) -> Value {
    server.get(&format!("/api/session/new?i={A}{more}")).await.json()
}

fn query(begun: &Value) -> String {
    let secret = begun["secret"].as_str().map_or_else(String::new, |secret| format!("&secret={secret}"));
    format!("i={A}&session={}{secret}", begun["session"].as_str().unwrap_or_default())
}

#[actix_web::test]
async fn a_session_for_many_needs_no_secret() {
    let interview = "initial: True\ncode: |\n  multi_user = True\n---\nmandatory: True\nquestion: Hello\n";
    let server = Server::with_interviews(&[("a.yml", interview)]).await;
    let begun = begin(&server, "").await;
    let keys: Vec<&str> = begun.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!((keys, &begun["encrypted"]), (vec!["encrypted", "i", "session"], &json!(false)));
    let question = server.get(&format!("/api/session/question?{}", query(&begun))).await.json();
    assert_eq!(question["questionText"], "Hello");
}

#[actix_web::test]
async fn a_secret_that_is_brought_is_not_told_again() {
    let server = Server::with_interviews(&[("a.yml", "mandatory: True\nquestion: Hello\n")]).await;
    let mut begun = begin(&server, "&secret=my+own+secret").await;
    assert_eq!((&begun["encrypted"], begun.get("secret")), (&json!(true), None));
    begun["secret"] = json!("my+own+secret");
    let question = server.get(&format!("/api/session/question?{}", query(&begun))).await.json();
    assert_eq!(question["questionText"], "Hello");
}

#[actix_web::test]
async fn other_parameters_are_arguments_of_the_interview() {
    let interview = "mandatory: True\nquestion: |\n  Hello, ${ url_args['name'] }\n";
    let server = Server::with_interviews(&[("a.yml", interview)]).await;
    let begun = begin(&server, "&name=R%C3%A9my").await;
    let question = server.get(&format!("/api/session/question?{}", query(&begun))).await.json();
    assert_eq!(question["questionText"], "Hello, Rémy");
}

#[actix_web::test]
async fn a_changed_file_is_seen_by_the_next_request() {
    let server = Server::with_interviews(&[("a.yml", "mandatory: True\nquestion: First\n")]).await;
    let begun = begin(&server, "").await;
    server.write("a.yml", "mandatory: True\nquestion: Second edition\n");
    let question = server.get(&format!("/api/session/question?{}", query(&begun))).await.json();
    assert_eq!(question["questionText"], "Second edition");
}

#[actix_web::test]
async fn an_interview_may_ask_for_a_privilege() {
    let interview = "metadata:\n  required privileges:\n    - admin\n---\nmandatory: True\nquestion: Hello\n";
    let server = Server::with_interviews(&[("a.yml", interview)]).await;
    assert_eq!(begin(&server, "").await["i"], A);
    let key = server.ordinary_key().await;
    let address = format!("/api/session/new?i={A}");
    let refused = server.send(TestRequest::get().uri(&address).insert_header(("X-API-Key", key))).await;
    assert_eq!(refused.refusal(), (400, "Insufficient permissions to run this interview.".to_owned()));
}

#[actix_web::test]
async fn what_the_interview_makes_itself_is_sent_as_it_is() {
    let interview = "mandatory: True\ncode: |\n  response('<p>Hi</p>', content_type='text/html; charset=utf-8')\n";
    let server = Server::with_interviews(&[("a.yml", interview)]).await;
    let begun = begin(&server, "").await;
    let answer = server.get(&format!("/api/session/question?{}", query(&begun))).await;
    let kind = answer.headers.get("Content-Type").unwrap().to_str().unwrap();
    assert_eq!((answer.status.as_u16(), kind, answer.body.as_str()), (200, "text/html; charset=utf-8", "<p>Hi</p>"));
}

#[actix_web::test]
async fn a_failure_of_the_interview_saves_nothing_and_tells_no_cause() {
    let interview = "mandatory: True\ncode: |\n  if number == 0:\n    1 / number\n  done\n";
    let server = Server::with_interviews(&[("a.yml", interview)]).await;
    let mut body = begin(&server, "").await;
    let query = query(&body);
    body["variables"] = json!({"number": 0});
    let failed = server.post("/api/session", body.clone()).await;
    assert_eq!(failed.refusal(), (400, "Failure to assemble interview".to_owned()));
    let question = server.get(&format!("/api/session/question?{query}")).await.json();
    assert_eq!(question["variable"], "number");
}

#[actix_web::test]
async fn what_an_evaluation_changed_is_kept_and_no_step_is_added() {
    let interview = "mandatory: True\ncode: |\n  a = 1\n---\nmandatory: True\nquestion: Hello\n";
    let server = Server::with_interviews(&[("a.yml", interview)]).await;
    let mut body = begin(&server, "").await;
    server.get(&format!("/api/session/question?{}", query(&body))).await;
    let variables = server.get(&format!("/api/session?{}", query(&body))).await.json();
    assert_eq!(variables["a"], 1);
    body["question"] = json!(1);
    let back = server.post("/api/session/back", body).await;
    assert_eq!(back.refusal(), (400, "Cannot go back".to_owned()));
}
