//! What is answered where the database is not what it was.

use actix_web::test::TestRequest;
use da_api::Edition;
use da_testkit::{Session, TestApp, User};
use serde_json::json;

const QUESTIONLESS: &str = "docassemble.demo:data/questions/examples/questionless.yml";

#[actix_web::test]
async fn an_account_that_cannot_be_read_is_told_as_such() {
    let mut app = TestApp::start().await;
    app.administrator().post("/api/user/new", json!({"username": "ann@example.com"})).await;
    app.damage("UPDATE \"user\" SET created = 'never' WHERE id = 2");
    app.damage("CREATE TRIGGER fixed BEFORE UPDATE ON \"user\" BEGIN SELECT RAISE(ABORT, 'it is fixed'); END");
    for (edition, text) in [
        (Edition::Documented, "Error obtaining user information"),
        (Edition::Later, "Error obtaining user information."),
    ] {
        app.api.edition = edition;
        let admin = app.administrator();
        let unread = (400, text.to_owned());
        assert_eq!(admin.get("/api/user/2").await.refusal(), unread);
        assert_eq!(admin.get("/api/user_info?username=ann@example.com").await.refusal(), unread);
        for request in [TestRequest::post(), TestRequest::patch()] {
            let change = request.uri("/api/user/2").set_json(json!({"first_name": "Ann"}));
            assert_eq!(admin.send(change).await.refusal(), unread);
        }
        assert_eq!(admin.get("/api/user/1").await.status, 200);
    }
}

#[actix_web::test]
async fn a_list_of_sessions_that_cannot_be_read_is_told_as_such() {
    let mut app = TestApp::start().await;
    Session::begin(&app.administrator(), QUESTIONLESS, "").await;
    app.damage("UPDATE session SET modified = 'never'");
    for edition in [Edition::Documented, Edition::Later] {
        app.api.edition = edition;
        let admin = app.administrator();
        let unread = (400, "Error reading interview list.".to_owned());
        for list in ["/api/interviews", "/api/user/interviews", "/api/user/1/interviews", "/api/users/interviews"] {
            assert_eq!(admin.get(list).await.refusal(), unread, "{list}");
            assert_eq!(admin.delete(list).await.refusal(), unread, "{list}");
        }
    }
}

#[actix_web::test]
async fn an_account_without_a_password_has_no_secret_and_no_link() {
    let app = TestApp::start().await;
    let admin = app.administrator();
    let ann = json!({"username": "ann@example.com", "password": "a long word"});
    admin.post("/api/user/new", ann.clone()).await;
    app.damage("UPDATE \"user\" SET password = NULL WHERE id = 2");
    let unset = (403, "Password not set".to_owned());
    let secret = admin.get("/api/secret?username=ann@example.com&password=a+long+word").await;
    assert_eq!(secret.refusal(), unset);
    assert_eq!(admin.post("/api/login_url", ann).await.refusal(), unset);
}
