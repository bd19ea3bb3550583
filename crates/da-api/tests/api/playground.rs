//! The Playground over the API: files that run at once, projects, and whose they are.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use actix_web::http::Method;
use actix_web::test::TestRequest;
use da_testkit::{Answer, KeyHolder, Multipart, Session, TestApp, User, unique};
use serde_json::{Value, json};

const INTERVIEW: &str = "\
modules:
  - .tools
---
mandatory: True
code: |
  json_response({'said': said()})
";

fn upload(folder: &str, more: &[(&str, &str)], files: &[(&str, &str)]) -> TestRequest {
    let body = Multipart::default().text("folder", folder);
    let body = more.iter().fold(body, |body, (name, value)| body.text(name, value));
    files.iter().fold(body, |body, (name, text)| body.file("file", name, text.as_bytes())).post("/api/playground")
}

async fn put(who: &KeyHolder<'_>, folder: &str, more: &[(&str, &str)], name: &str, text: &str) {
    let answer = who.send(upload(folder, more, &[(name, text)])).await;
    assert_eq!((answer.status, answer.body.as_str()), (204, ""));
}

/// The number of the user who holds a key.
async fn number(who: &KeyHolder<'_>) -> i64 {
    who.get("/api/user").await.json()["id"].as_i64().unwrap()
}

async fn developer<'a>(app: &'a TestApp, name: &str) -> KeyHolder<'a> {
    let email = format!("{name}-{}@example.com", unique());
    app.administrator().post("/api/user/new", json!({"username": email, "privileges": "developer"})).await;
    app.key_holder(&email).await
}

async fn run(who: &KeyHolder<'_>, interview: &str) -> Value {
    Session::begin(who, interview, "").await.question(who).await.json()
}

fn refused(answer: &Answer) -> (u16, String) {
    answer.refusal()
}

#[actix_web::test]
async fn files_are_kept_listed_read_and_taken_away() {
    for app in TestApp::everywhere().await {
        let who = developer(&app, "author").await;
        assert_eq!(who.get("/api/playground").await.json(), json!([]));
        let several = upload("static", &[], &[("b.css", "b {}"), ("A picture (1).svg", "<svg/>"), ("b.css", "c {}")]);
        assert_eq!(who.send(several).await.status, 204);
        assert_eq!(who.get("/api/playground").await.json(), json!(["A_picture_1.svg", "b.css"]));
        assert_eq!(who.get("/api/playground?folder=static").await.json(), json!(["A_picture_1.svg", "b.css"]));
        assert_eq!(who.get("/api/playground?folder=questions").await.json(), json!([]));
        let file = who.get("/api/playground?filename=b.css").await;
        assert_eq!(
            (file.status, file.body.as_str(), file.header("Content-Type")),
            (200, "c {}", "text/css; charset=utf-8")
        );
        assert_eq!(who.delete("/api/playground?filename=b.css").await.status, 204);
        assert_eq!(who.delete("/api/playground?filename=b.css&folder=static").await.status, 204);
        assert_eq!(who.get("/api/playground").await.json(), json!(["A_picture_1.svg"]));
    }
}

#[actix_web::test]
async fn an_interview_runs_at_once_with_its_modules_and_as_it_is_now() {
    for app in TestApp::everywhere().await {
        let who = developer(&app, "author").await;
        let interview = format!("docassemble.playground{}:data/questions/mine.yml", number(&who).await);
        put(&who, "modules", &[], "tools.py", "def said():\n  return 'first'\n").await;
        put(&who, "questions", &[], "mine.yml", INTERVIEW).await;
        assert_eq!(run(&who, &interview).await["said"], "first");
        put(&who, "modules", &[], "tools.py", "def said():\n  return 'second'\n").await;
        assert_eq!(run(&who, &interview).await["said"], "second");
        let address = format!("/interview?i={interview}");
        assert_eq!(app.browser().get(&app, &address).await.status(), 200);
        assert_eq!(who.delete("/api/playground?folder=questions&filename=mine.yml").await.status, 204);
        assert_eq!(who.get(&format!("/api/session/new?i={interview}")).await.status, 400);
    }
}

#[actix_web::test]
async fn what_one_server_was_sent_another_has() {
    let mut app = TestApp::start().await;
    let who = app.administrator();
    put(&who, "questions", &[], "mine.yml", "mandatory: True\ncode: |\n  json_response(7)\n").await;
    app.restart();
    assert_eq!(run(&app.administrator(), "docassemble.playground1:mine.yml").await, json!(7));
}

#[actix_web::test]
async fn a_data_file_that_was_replaced_is_read_anew_without_the_interview() {
    let app = TestApp::start().await;
    let who = app.administrator();
    let text = "mandatory: True\ncode: |\n  json_response(DAStaticFile(filename='data.txt').slurp())\n";
    put(&who, "questions", &[], "mine.yml", text).await;
    for content in ["first", "second"] {
        put(&who, "static", &[], "data.txt", content).await;
        assert_eq!(run(&who, "docassemble.playground1:mine.yml").await, json!(content));
        let address = "/packagestatic/docassemble.playground1/data.txt";
        assert_eq!(app.nobody().get(address).await.body, content);
    }
}

#[actix_web::test]
async fn a_project_is_a_package_of_its_own() {
    for app in TestApp::everywhere().await {
        let who = developer(&app, "author").await;
        let project = |name: &str| json!({"project": name});
        assert_eq!(who.get("/api/playground/project").await.json(), json!([]));
        for name in ["Second", "first"] {
            assert_eq!(who.post("/api/playground/project", project(name)).await.status, 204);
        }
        assert_eq!(who.get("/api/playground/project").await.json(), json!(["Second", "first"]));
        let text = "mandatory: True\ncode: |\n  json_response('in first')\n";
        put(&who, "questions", &[("project", "first")], "a.yml", text).await;
        assert_eq!(who.get("/api/playground?folder=questions").await.json(), json!([]));
        assert_eq!(who.get("/api/playground?folder=questions&project=first").await.json(), json!(["a.yml"]));
        let interview = format!("docassemble.playground{}first:a.yml", number(&who).await);
        assert_eq!(run(&who, &interview).await, json!("in first"));
        assert_eq!(who.delete("/api/playground/project?project=first").await.status, 204);
        assert_eq!(who.get("/api/playground/project").await.json(), json!(["Second"]));
        assert_eq!(who.get(&format!("/api/session/new?i={interview}")).await.status, 400);
        for (method, body, text) in [
            (Method::POST, json!({}), "Project not provided."),
            (Method::DELETE, json!({}), "Project not provided."),
            (Method::POST, project("2nd"), "Invalid project name."),
            (Method::POST, project("a_b"), "Invalid project name."),
            (Method::POST, project("Second"), "Invalid project."),
            (Method::POST, project("default"), "Invalid project."),
            (Method::DELETE, project("default"), "Invalid project."),
            (Method::DELETE, project("first"), "Invalid project."),
        ] {
            let request = TestRequest::default().method(method.clone()).uri("/api/playground/project");
            let answer = who.send(request.set_json(&body)).await;
            assert_eq!(refused(&answer), (400, text.to_owned()), "{method} {body}");
        }
    }
}

#[actix_web::test]
async fn what_cannot_be_is_refused_in_the_documented_words() {
    let app = TestApp::start().await;
    let who = developer(&app, "author").await;
    let get = |query: &str| format!("/api/playground?{query}");
    let words = |text: &str| (400, text.to_owned());
    for (query, text) in [
        ("user_id=1", "Invalid user_id"),
        ("user_id=first", "Invalid user_id"),
        ("folder=questionable", "Invalid folder"),
        ("project=none", "Invalid project."),
    ] {
        assert_eq!(refused(&who.get(&get(query)).await), words(text), "{query}");
        let filename = format!("{query}&filename=x");
        assert_eq!(refused(&who.delete(&get(&filename)).await), words(text), "{query}");
        let (name, value) = query.split_once('=').unwrap();
        let folder = if name == "folder" { value } else { "static" };
        assert_eq!(refused(&who.send(upload(folder, &[(name, value)], &[("a", "b")])).await), words(text), "{query}");
    }
    assert_eq!(refused(&who.get("/api/playground/project?user_id=1").await), words("Invalid user_id"));
    assert_eq!(refused(&app.administrator().get(&get("user_id=999")).await), words("Invalid user_id"));
    assert_eq!(refused(&who.delete("/api/playground").await), words("Missing filename."));
    assert_eq!(refused(&who.post("/api/playground", json!({})).await), words("No file found."));
    let missing = (404, "File not found".to_owned());
    assert_eq!(refused(&who.get(&get("filename=none.css")).await), missing);
    let among_packages = who.send(upload("packages", &[], &[("a", "b")])).await;
    assert_eq!(refused(&among_packages), words("Invalid folder"));
    let mut app = app;
    app.http.largest_body = 40 << 20;
    let large = "x".repeat((16 << 20) + 1);
    let too_large = app.administrator().send(upload("static", &[], &[("large.txt", &large)])).await;
    assert_eq!(refused(&too_large), words("Error saving file(s)"));
}

#[actix_web::test]
async fn an_interview_is_read_again_after_the_cache_was_cleared() {
    let app = TestApp::start().await;
    let who = developer(&app, "author").await;
    let interview = format!("docassemble.playground{}:mine.yml", number(&who).await);
    put(&who, "questions", &[], "mine.yml", "mandatory: True\ncode: |\n  json_response(7)\n").await;
    assert_eq!(run(&who, &interview).await, json!(7));
    assert_eq!(who.post("/api/clear_cache", json!({})).await.status, 204);
    assert_eq!(run(&who, &interview).await, json!(7));
}

#[actix_web::test]
async fn administrators_use_the_playgrounds_of_others_and_so_does_a_key_that_may() {
    let app = TestApp::start().await;
    let (admin, author) = (app.administrator(), developer(&app, "author").await);
    let number = number(&author).await.to_string();
    put(&admin, "sources", &[("user_id", &number)], "words.yml", "a: b\n").await;
    assert_eq!(author.get("/api/playground?folder=sources").await.json(), json!(["words.yml"]));
    let key = admin.post("/api/user/api", json!({"name": "limited", "permissions": ["playground_control"]})).await;
    let limited = app.with_key(key.json().as_str().unwrap());
    let address = format!("/api/playground?folder=sources&user_id={number}");
    assert_eq!(limited.get(&address).await.json(), json!(["words.yml"]));
    assert_eq!(limited.delete(&format!("{address}&filename=words.yml")).await.status, 204);
    assert_eq!(author.get("/api/playground?folder=sources").await.json(), json!([]));
}

#[actix_web::test]
async fn the_database_does_not_show_what_an_author_wrote() {
    let app = TestApp::start().await;
    put(&app.administrator(), "sources", &[], "a.txt", "Zaphod keeps a towel in the Playground").await;
    let bytes = app.place().database_bytes();
    assert!(!bytes.windows(6).any(|window| window == b"Zaphod"));
}

#[actix_web::test]
async fn a_playground_goes_with_its_user_and_runs_no_longer() {
    for app in TestApp::everywhere().await {
        let (admin, email) = (app.administrator(), format!("{}@example.com", unique()));
        let new = json!({"username": email, "privileges": "developer"});
        let id = admin.post("/api/user/new", new).await.json()["user_id"].as_i64().unwrap();
        let who = app.key_holder(&email).await;
        put(&who, "questions", &[], "a.yml", "mandatory: True\nquestion: Here\n").await;
        let start = format!("/api/session/new?i=docassemble.playground{id}:data/questions/a.yml");
        assert_eq!(admin.get(&start).await.status, 200);
        assert_eq!(admin.delete(&format!("/api/user/{id}?remove=account")).await.status, 204);
        assert_eq!(admin.get(&start).await.status, 400);
    }
}

#[actix_web::test]
async fn of_those_who_make_the_same_project_at_once_one_does() {
    for app in TestApp::everywhere().await {
        let who = app.administrator();
        let wish = json!({"project": format!("p{}", unique())});
        let one = || who.post("/api/playground/project", wish.clone());
        let all = futures_util::future::join_all([one(), one(), one(), one(), one(), one()]).await;
        let made = all.iter().filter(|answer| answer.status == 204).count();
        let refused = all.iter().filter(|answer| answer.status == 400 && answer.body == "\"Invalid project.\"").count();
        assert_eq!((made, refused), (1, 5), "{all:?}");
    }
}
