//! Every success that the API's document tells of is asked for once, in both editions: that answers are what the document
//! says is looked at wherever a test asks something ([`TestApp::send`]).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;

use actix_web::http::Method;
use actix_web::test::TestRequest;
use da_api::Edition;
use da_testkit::{Contract, KeyHolder, Multipart, Session, TestApp, User, zip_of};
use serde_json::{Value, json};

const INTERVIEW: &str = "\
mandatory: True
question: Who are you, and what do you have?
fields:
  - Name: name
  - Files: evidence
    datatype: files
    required: False
---
event: tell
code: |
  json_response({'name': 'Ann'})
---
event: rename
code: |
  name = 'Bob'
";

/// What this server never does: it fetches no packages from elsewhere.
const NEVER: [(&str, &str, u16); 1] = [("POST", "/api/playground_pull", 204)];

/// Somebody who notes what succeeded.
struct Visit<'a> {
    who: KeyHolder<'a>,
    contract: &'static Contract,
    seen: BTreeSet<(String, String, u16)>,
}

impl Visit<'_> {
    async fn ask(&mut self, method: &str, address: &str, body: Value) -> Value {
        let request = TestRequest::default().method(Method::from_bytes(method.as_bytes()).unwrap()).uri(address);
        let request = if body.is_null() { request } else { request.set_json(body) };
        self.send(method, address, request).await
    }

    async fn get(&mut self, address: &str) -> Value {
        self.ask("GET", address, Value::Null).await
    }

    async fn send(&mut self, method: &str, address: &str, request: TestRequest) -> Value {
        let answer = self.who.send(request).await;
        assert!(answer.status < 300, "{method} {address}: {} {}", answer.status, answer.body);
        let path = self.contract.path_of(address).unwrap().to_owned();
        self.seen.insert((method.to_owned(), path, answer.status));
        serde_json::from_str(&answer.body).unwrap_or(Value::Null)
    }
}

/// A package as an archive.
fn archive(name: &str) -> Vec<u8> {
    let folder = format!("docassemble-{name}/docassemble/{name}");
    let setup = format!("from setuptools import setup\n\nsetup(name='docassemble.{name}',\n      version='1.0')\n");
    zip_of(&[
        (&format!("docassemble-{name}/setup.py"), &setup),
        (&format!("{folder}/__init__.py"), "__version__ = '1.0'\n"),
        (&format!("{folder}/data/questions/a.yml"), INTERVIEW),
    ])
}

async fn sessions(visit: &mut Visit<'_>, interview: &str) {
    let begun = visit.get(&format!("/api/session/new?i={interview}")).await;
    let session = Session::of(&begun);
    let named = session.query();
    visit.get(&format!("/api/session/question?{named}")).await;
    visit.ask("POST", "/api/session", session.body(&json!({"variables": {"other": 1}}))).await;
    visit.ask("POST", "/api/session", session.body(&json!({"variables": {"other": 2}, "question": 0}))).await;
    visit.ask("POST", "/api/session/action", session.body(&json!({"action": "tell"}))).await;
    visit.ask("POST", "/api/session/action", session.body(&json!({"action": "rename"}))).await;
    visit.ask("POST", "/api/session/back", session.body(&json!({}))).await;
    visit.ask("POST", "/api/session/back", session.body(&json!({"question": 0}))).await;
    let sent = session.multipart().file("evidence", "a.txt", b"a towel").post("/api/session");
    visit.send("POST", "/api/session", sent).await;
    let variables = visit.get(&format!("/api/session?{named}")).await;
    let number = &variables["evidence"]["elements"][0]["number"];
    visit.get(&format!("/api/file/{number}?{named}")).await;
    for list in ["/api/interviews", "/api/user/interviews", "/api/users/interviews", "/api/user/1/interviews"] {
        visit.get(&format!("{list}?include_dictionary=1&secret={}", begun["secret"].as_str().unwrap())).await;
        visit.get(&format!("{list}?next_id=")).await;
    }
    visit.ask("POST", "/api/resume_url", session.names.clone()).await;
    visit.get(&format!("/api/interview_data?i={interview}")).await;
    visit.ask("DELETE", &format!("/api/session?{named}"), Value::Null).await;
    for list in ["/api/interviews", "/api/user/interviews", "/api/users/interviews", "/api/user/1/interviews"] {
        visit.ask("DELETE", list, Value::Null).await;
    }
}

async fn people(visit: &mut Visit<'_>) {
    let new = json!({"username": "ann@example.com", "password": "a long word"});
    let made = visit.ask("POST", "/api/user/new", new).await;
    let ann = format!("/api/user/{}", made["user_id"]);
    let credentials = "username=ann@example.com&password=a+long+word";
    visit.get(&format!("/api/secret?{credentials}")).await;
    let login = json!({"username": "ann@example.com", "password": "a long word"});
    visit.ask("POST", "/api/login_url", login).await;
    visit.get("/api/user_list").await;
    visit.get("/api/user_list?include_inactive=1").await;
    visit.get("/api/user_info?username=ann@example.com").await;
    for address in ["/api/user", &ann] {
        visit.get(address).await;
        visit.ask("POST", address, json!({"first_name": "Ann"})).await;
        visit.ask("PATCH", address, json!({"last_name": "Lee"})).await;
        visit.get(&format!("{address}/privileges")).await;
        let keys = format!("{address}/api");
        let key = visit.ask("POST", &keys, json!({"name": "one"})).await;
        visit.get(&keys).await;
        visit.get(&format!("{keys}?name=one")).await;
        visit.ask("PATCH", &keys, json!({"api_key": key, "name": "two"})).await;
        visit.ask("DELETE", &format!("{keys}?api_key={}", key.as_str().unwrap()), Value::Null).await;
    }
    visit.get("/api/privileges").await;
    visit.ask("POST", "/api/privileges", json!({"privilege": "judge"})).await;
    visit.ask("POST", &format!("{ann}/privileges"), json!({"privilege": "judge"})).await;
    visit.ask("DELETE", &format!("{ann}/privileges?privilege=judge"), Value::Null).await;
    visit.ask("DELETE", "/api/privileges?privilege=judge", Value::Null).await;
    visit.ask("DELETE", &ann, Value::Null).await;
    let invited = json!({"email_addresses": ["bob@example.com"], "send_emails": 0});
    visit.ask("POST", "/api/user_invite", invited).await;
    visit.ask("POST", "/api/user_invite", json!({"email_addresses": ["cy@example.com"]})).await;
}

async fn authors(visit: &mut Visit<'_>) {
    visit.ask("POST", "/api/playground/project", json!({"project": "mine"})).await;
    visit.get("/api/playground/project").await;
    let file = Multipart::default().text("folder", "questions").file("file", "a.yml", INTERVIEW.as_bytes());
    visit.send("POST", "/api/playground", file.post("/api/playground")).await;
    visit.get("/api/playground?folder=questions").await;
    visit.get("/api/playground?folder=questions&filename=a.yml").await;
    visit.get("/api/interview_data?i=docassemble.playground1:data/questions/a.yml").await;
    visit.ask("DELETE", "/api/playground?folder=questions&filename=a.yml", Value::Null).await;
    let into = Multipart::default().text("project", "mine").file("file", "lease.zip", &archive("lease"));
    visit.send("POST", "/api/playground_install", into.post("/api/playground_install")).await;
    visit.ask("DELETE", "/api/playground/project?project=mine", Value::Null).await;
    let sent = Multipart::default().file("zip", "lease.zip", &archive("lease")).post("/api/package");
    let installed = visit.send("POST", "/api/package", sent).await;
    visit.get("/api/package").await;
    visit.get(&format!("/api/package_update_status?task_id={}", installed["task_id"].as_str().unwrap())).await;
    visit.ask("DELETE", "/api/package?package=docassemble.lease", Value::Null).await;
}

async fn server(visit: &mut Visit<'_>) {
    for address in ["/api/openapi.json", "/health", "/health/counters", "/api/list", "/api/config"] {
        visit.get(address).await;
    }
    visit.ask("POST", "/api/config", json!({"config": {"debug": true}})).await;
    visit.ask("PATCH", "/api/config", json!({"config_changes": {"debug": false}})).await;
    let task = visit.ask("POST", "/api/restart", Value::Null).await;
    visit.get(&format!("/api/restart_status?task_id={}", task["task_id"].as_str().unwrap())).await;
    visit.ask("POST", "/api/clear_cache", Value::Null).await;
    let template = Multipart::default().file("template", "a.md", b"{{ name }}").post("/api/fields");
    visit.send("POST", "/api/fields", template).await;
    let text = Multipart::default().file("file", "a.txt", b"2 * 3").post("/api/convert_file");
    visit.send("POST", "/api/convert_file", text).await;
    visit.get("/api/temp_url?url=https://example.com").await;
    let stashed = visit.ask("POST", "/api/stash_data", json!({"data": [1, "two"]})).await;
    let named = ["stash_key", "secret"].map(|name| format!("{name}={}", stashed[name].as_str().unwrap()));
    assert_eq!(visit.get(&format!("/api/retrieve_stashed_data?{}", named.join("&"))).await, json!([1, "two"]));
}

#[actix_web::test]
async fn every_success_that_is_told_of_can_be_had() {
    for edition in [Edition::Documented, Edition::Later] {
        let mut app = TestApp::with_interviews(&[("a.yml", INTERVIEW)]).await;
        app.api.edition = edition;
        let contract = Contract::of(edition);
        let mut visit = Visit { who: app.administrator(), contract, seen: BTreeSet::new() };
        sessions(&mut visit, "docassemble.mine:data/questions/a.yml").await;
        people(&mut visit).await;
        authors(&mut visit).await;
        server(&mut visit).await;
        let told: BTreeSet<_> = contract.successes().into_iter().collect();
        let never = NEVER.map(|(method, path, status)| (method.to_owned(), path.to_owned(), status));
        let missing: Vec<_> = told.difference(&visit.seen).filter(|success| !never.contains(success)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
