//! The calls of programs that others have written, as they put them together: a front end in a browser (react-docassemble), a
//! server of tools for assistants (mcp-docassemble), tests of interviews (ALKiln).

use actix_web::http::Method;
use actix_web::test::TestRequest;
use da_api::Edition;
use da_testkit::{KEY, Multipart, Session, TestApp, User};
use serde_json::{Value, json};

const INTERVIEW: &str = "\
mandatory: True
code: |
  name
  agrees
  evidence.gathered
  final
---
question: Who are you?
fields:
  - Name: name
---
question: Do you agree?
yesno: agrees
---
question: What do you have?
fields:
  - File: evidence
    datatype: file
---
event: final
question: Thank you, ${ name }
subquestion: ${ evidence[0].filename }
---
event: count
code: |
  json_response({'letters': len(name), 'times': action_argument('times')})
---
event: rename
code: |
  name = action_argument('name')
";

/// What a front end in a browser sends: the parts of a form, with the key among them, and no header of its own.
async fn form(app: &TestApp, path: &str, session: &Session, more: &[(&str, &str)]) -> Value {
    let body = session.multipart().text("key", KEY);
    let body = more.iter().fold(body, |body, (name, value)| body.text(name, value));
    let request = body.post(path).insert_header(("Origin", "http://localhost:3000"));
    let answer = app.nobody().send(request).await;
    assert_eq!((answer.status, answer.header("Access-Control-Allow-Origin")), (200, "*"), "{}", answer.body);
    answer.json()
}

#[actix_web::test]
async fn a_front_end_in_a_browser_walks_an_interview_with_forms_of_several_parts() {
    let app = TestApp::with_interviews(&[("a.yml", INTERVIEW)]).await;
    let begun = app.nobody().get(&format!("/api/session/new?key={KEY}&i=docassemble.mine:data/questions/a.yml")).await;
    let session = Session::of(&begun.json());
    let question = app.nobody().get(&format!("/api/session/question?key={KEY}&{}", session.query())).await.json();
    assert_eq!(question["fields"][0]["variable_name"], "name");
    let next = form(&app, "/api/session", &session, &[("variables", r#"{"name":"Ann"}"#)]).await;
    assert_eq!(next["questionType"], "yesno");
    let next = form(&app, "/api/session", &session, &[("variables", r#"{"agrees":true}"#)]).await;
    assert_eq!(next["questionText"], "What do you have?");
    let back = form(&app, "/api/session/back", &session, &[]).await;
    assert_eq!(back["questionText"], "Do you agree?");
    form(&app, "/api/session", &session, &[("variables", r#"{"agrees":false}"#)]).await;
    // Nothing but a file is left of what was filled in.
    let sent = session.multipart().text("key", KEY).text("variables", "{}").file("evidence", "blob", b"picture");
    let end = app.nobody().send(sent.post("/api/session")).await.json();
    assert_eq!((&end["questionText"], &end["subquestionText"]), (&json!("Thank you, Ann"), &json!("blob")));
    let variables = app.nobody().get(&format!("/api/session?key={KEY}&{}", session.query())).await.json();
    assert_eq!((&variables["name"], &variables["agrees"]), (&json!("Ann"), &json!(false)));
}

#[actix_web::test]
async fn a_server_of_tools_speaks_json_with_texts_for_flags() {
    let mut app = TestApp::with_interviews(&[("a.yml", INTERVIEW)]).await;
    app.api.edition = Edition::Later;
    let who = app.administrator();
    let interview = "docassemble.mine:data/questions/a.yml";
    let session = Session::begin(&who, interview, "").await;
    let set = json!({"variables": {"name": "Ann", "agrees": true}, "question": "0", "event_list": ["name"]});
    assert_eq!(session.answer(&who, set).await.status, 204);
    let act = |more: Value| who.post("/api/session/action", session.body(&more));
    let counted = act(json!({"action": "count", "arguments": {"times": 2}, "read_only": "1"})).await.json();
    assert_eq!(counted, json!({"letters": 3, "times": 2}));
    let renamed = json!({"action": "rename", "arguments": {"name": "Bob"}, "overwrite": "1", "persistent": "1"});
    assert_eq!(act(renamed).await.status, 204);
    assert_eq!(session.variables(&who).await.json()["name"], "Bob");
    let files = json!({"evidence": "evidence"}).to_string();
    let sent = session.multipart().text("file_variables", &files).file("evidence", "a.txt", b"a towel");
    assert_eq!(who.send(sent.post("/api/session")).await.json()["subquestionText"], "a.txt");
    let number = session.variables(&who).await.json()["evidence"]["elements"][0]["number"].clone();
    let file = who.get(&format!("/api/file/{number}")).await;
    assert_eq!((file.status, file.body.as_str()), (200, "a towel"));
    let listed =
        who.get(&format!("/api/interviews?i={interview}&include_dictionary=1&{}", session.query())).await.json();
    assert_eq!((&listed["items"][0]["dict"]["name"], &listed["next_id"]), (&json!("Bob"), &Value::Null));
    let login = json!({"username": "ann@example.com", "password": "a long word"});
    who.post(
        "/api/user/new",
        json!({"username": "ann@example.com", "password": "a long word", "privileges": ["user"]}),
    )
    .await;
    let mut wanted = login.clone();
    wanted["expire"] = json!(30);
    wanted["url_args"] = json!({"topic": "leases"});
    wanted["i"] = json!(interview);
    assert!(who.post("/api/login_url", wanted).await.json().as_str().unwrap().contains("/user/autologin?key="));
    let mut resumed = session.names.clone();
    resumed["expire"] = json!(60);
    assert!(who.post("/api/resume_url", resumed).await.json().as_str().unwrap().contains("/launch?c="));
    let patched = TestRequest::patch().uri("/api/user/2").set_json(json!({"first_name": "Ann", "active": true}));
    assert_eq!(who.send(patched).await.status, 204);
    assert_eq!(who.post("/api/clear_cache", json!({})).await.status, 204);
    let deleted = who.delete(&format!("/api/session?{}", session.query())).await;
    assert_eq!((deleted.status, deleted.body.as_str()), (204, ""));
}

#[actix_web::test]
async fn tests_of_interviews_find_their_developer_and_tidy_up_after_themselves() {
    let app = TestApp::with_interviews(&[("a.yml", INTERVIEW)]).await;
    app.administrator().post("/api/user/new", json!({"username": "dev@example.com", "privileges": "developer"})).await;
    let who = app.key_holder("dev@example.com").await;
    let me = who.get("/api/user").await.json();
    assert_eq!((&me["id"], &me["privileges"]), (&json!(2), &json!(["developer"])));
    let key = who.key().unwrap().to_owned();
    let told = who.get(&format!("/api/user/api?api_key={key}")).await.json();
    assert_eq!((&told["name"], &told["method"], &told["permissions"]), (&json!("test"), &json!("none"), &json!([])));
    assert!(!told.to_string().contains(&key));
    who.post("/api/playground/project", json!({"project": "testing1"})).await;
    let upload = Multipart::default().text("project", "testing1").text("folder", "questions");
    who.send(upload.file("file", "a.yml", INTERVIEW.as_bytes()).post("/api/playground")).await;
    let session = Session::begin(&who, "docassemble.playground2testing1:data/questions/a.yml", "").await;
    let name = session.names["session"].as_str().unwrap().to_owned();
    let own = format!("/api/user/interviews?session={name}");
    assert_eq!(who.get(&own).await.json()[0]["session"], json!(name));
    // Somebody else's session is not found, and deleting it changes nothing.
    let other = app.administrator();
    assert_eq!(other.get(&own).await.json(), json!([]));
    assert_eq!(other.delete(&own).await.status, 204);
    assert_eq!(who.delete(&own).await.status, 204);
    assert_eq!(who.get(&own).await.json(), json!([]));
    let project = "/api/playground/project?project=testing1";
    let delete = || TestRequest::default().method(Method::DELETE).uri(project);
    assert_eq!(who.send(delete()).await.status, 204);
    assert_eq!(who.get("/api/playground/project").await.json(), json!([]));
    assert_eq!(who.send(delete()).await.refusal(), (400, "Invalid project.".to_owned()));
}
