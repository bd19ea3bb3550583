//! What the database file shows to whoever has it: neither an answer, nor a secret, nor a code, nor a key.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use da_testkit::{Session, TestApp, User};
use serde_json::json;

const QUESTIONLESS: &str = "docassemble.demo:data/questions/examples/questionless.yml";

/// What stands behind the last equals sign of an address.
fn code(address: &serde_json::Value) -> String {
    address.as_str().unwrap().rsplit('=').next().unwrap().to_owned()
}

#[actix_web::test]
async fn the_file_of_the_database_holds_nothing_that_opens_anything() {
    let app = TestApp::start().await;
    let admin = app.administrator();
    let new = json!({"username": "ann@example.com", "password": "the-password-of-ann"});
    admin.post("/api/user/new", new.clone()).await;
    let told = admin.get("/api/secret?username=ann@example.com&password=the-password-of-ann").await.json();
    let of_user = told.as_str().unwrap().to_owned();
    let own = Session::begin(&admin, QUESTIONLESS, &format!("&secret={of_user}")).await;
    let session = Session::begin(&admin, QUESTIONLESS, "").await;
    session.answer(&admin, json!({"variables": {"said": "the answer of nobody else"}, "question": 0})).await;
    let link = admin.post("/api/resume_url", session.body(&json!({"one_time": 1}))).await.json();
    let login = admin.post("/api/login_url", new).await.json();
    let elsewhere = admin.get("/api/temp_url?url=https://example.com/hidden-place").await.json();
    let stash = admin.post("/api/stash_data", json!({"data": {"kept": "the data that was stashed"}})).await.json();
    let key = admin.post("/api/user/api", json!({"name": "another"})).await.json();
    let body = json!({"email_addresses": "invited@example.com", "send_emails": 0});
    let invitation = admin.post("/api/user_invite", body).await.json();
    let hidden = [
        "the answer of nobody else".to_owned(),
        "the data that was stashed".to_owned(),
        "hidden-place".to_owned(),
        "the-password-of-ann".to_owned(),
        of_user,
        session.names["secret"].as_str().unwrap().to_owned(),
        code(&link),
        code(&login),
        code(&elsewhere),
        code(&invitation[0]["url"]),
        stash["stash_key"].as_str().unwrap().to_owned(),
        stash["secret"].as_str().unwrap().to_owned(),
        key.as_str().unwrap().to_owned(),
        "invited@example.com".to_owned(),
    ];
    let shown = own.names["session"].as_str().unwrap();
    let files = app.place().database_bytes();
    let holds = |text: &str| files.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds(shown), "the search finds what is there");
    for text in hidden {
        assert!(!holds(&text), "{text}");
    }
}
