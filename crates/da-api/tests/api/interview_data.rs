//! The names of an interview over the API.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use da_testkit::{Multipart, TestApp, User};
use serde_json::{Value, json};

const INTERVIEW: &str = "\
modules:
  - .tools
---
objects:
  - client: Individual
---
images:
  bills: money.svg
---
question: |
  How old is ${ client }?
fields:
  - Age: client.age
    datatype: integer
---
mandatory: True
code: |
  said(client.age, unknown_thing)
";

async fn put(app: &TestApp, folder: &str, name: &str, text: &str) {
    let body = Multipart::default().text("folder", folder).file("file", name, text.as_bytes());
    assert_eq!(app.administrator().send(body.post("/api/playground")).await.status, 204);
}

fn has(list: &Value, name: &str) -> bool {
    list.as_array().unwrap().iter().any(|item| item["var"] == name)
}

#[actix_web::test]
async fn names_are_told_by_their_kind_with_the_files_beside_them() {
    let app = TestApp::start().await;
    put(&app, "modules", "tools.py", "class Thing:\n  pass\ndef said(*words):\n  return words\n").await;
    put(&app, "questions", "mine.yml", INTERVIEW).await;
    put(&app, "templates", "letter.docx", "x").await;
    let told = app.administrator().get("/api/interview_data?i=docassemble.playground1:mine.yml").await.json();
    let names = &told["names"];
    assert_eq!(names["undefined_names"], json!(["unknown_thing"]));
    let age = json!({"var": "client.age", "to_insert": "client.age", "hide": true, "var_type": "default"});
    assert!(names["var_list"].as_array().unwrap().contains(&age), "{}", names["var_list"]);
    assert!(has(&names["functions_list"], "said") && has(&names["functions_list"], "currency"));
    assert!(has(&names["classes_list"], "Thing") && has(&names["classes_list"], "Individual"));
    assert!(has(&names["images_list"], "bills"));
    assert_eq!(names["modules_available_list"], json!([{"var": "tools", "to_insert": ".tools"}]));
    assert_eq!(names["templates_list"], json!([{"var": "letter.docx", "to_insert": "letter.docx"}]));
    assert_eq!((&names["sources_list"], &names["static_list"]), (&json!([]), &json!([])));
    let words = told["vocabulary"].as_array().unwrap();
    assert!(["client", "client.age", "letter.docx", "said"].iter().all(|word| words.contains(&json!(word))));
}

#[actix_web::test]
async fn the_files_of_somebody_elses_playground_are_not_told() {
    let app = TestApp::start().await;
    put(&app, "questions", "mine.yml", "mandatory: True\nquestion: Hello\n").await;
    app.administrator().post("/api/user/new", json!({"username": "dev@example.com", "privileges": "developer"})).await;
    let who = app.key_holder("dev@example.com").await;
    let told = who.get("/api/interview_data?i=docassemble.playground1:mine.yml").await.json();
    assert_eq!(told["names"].get("templates_list"), None);
}

#[actix_web::test]
async fn an_interview_that_cannot_be_read_is_refused_with_the_reason() {
    let app = TestApp::start().await;
    let who = app.administrator();
    assert_eq!(who.get("/api/interview_data").await.refusal(), (400, "No filename supplied.".to_owned()));
    let missing = who.get("/api/interview_data?i=docassemble.none:x.yml").await.refusal();
    let text = "Error finding interview: Interview docassemble.none:data/questions/x.yml not found";
    assert_eq!(missing, (400, text.to_owned()));
    let (status, text) = who.get("/api/interview_data?i=x").await.refusal();
    assert!(status == 400 && text.starts_with("Error finding interview: "), "{text}");
}
