//! `/api/list`, `/api/user` and `/health`.

use actix_web::test::TestRequest;
use da_api::Edition;
use da_testkit::{TestApp, User};
use serde_json::json;

#[actix_web::test]
async fn the_demonstration_is_advertised() {
    let app = TestApp::start().await;
    let list = app.administrator().get("/api/list").await.json();
    let expected = json!({
        "filename": "docassemble.demo:data/questions/questions.yml",
        "link": "http://localhost/interview?i=docassemble.demo%3Adata%2Fquestions%2Fquestions.yml",
        "package": "docassemble.demo",
        "status_class": null,
        "subtitle": null,
        "subtitle_class": null,
        "tags": ["demo", "legal"],
        "title": "Demonstration interview"
    });
    assert!(list.as_array().unwrap().contains(&expected), "{list}");
}

#[actix_web::test]
async fn a_list_may_be_limited_to_a_tag_and_have_relative_links() {
    let app = TestApp::start().await;
    let list = app.administrator().get("/api/list?tag=legal&absolute_urls=0").await.json();
    assert_eq!(list.as_array().unwrap().len(), 1);
    assert_eq!(list[0]["link"], "/interview?i=docassemble.demo%3Adata%2Fquestions%2Fquestions.yml");
    assert_eq!(app.administrator().get("/api/list?tag=none").await.json(), json!([]));
}

#[actix_web::test]
async fn the_later_list_links_to_the_short_name_and_tells_the_metadata() {
    let mut app = TestApp::start().await;
    app.api.edition = Edition::Later;
    let list = app.administrator().get("/api/list?tag=legal").await.json();
    assert_eq!(list[0]["link"], "http://localhost/start/demo/");
    assert_eq!(list[0]["metadata"]["title"], "Demonstration interview");
}

#[actix_web::test]
async fn the_owner_of_the_key_is_told() {
    let mut app = TestApp::start().await;
    let mut expected = json!({
        "country": "", "email": "admin@example.com", "first_name": "System", "id": 1, "language": "", "last_name": "Administrator",
        "organization": "", "privileges": ["admin"], "subdivisionfirst": "", "subdivisionsecond": "",
        "subdivisionthird": "", "timezone": ""
    });
    assert_eq!(app.administrator().get("/api/user").await.json(), expected);
    app.api.edition = Edition::Later;
    expected["active"] = json!(true);
    expected["account_type"] = json!("local");
    assert_eq!(app.administrator().get("/api/user").await.json(), expected);
}

#[actix_web::test]
async fn health_needs_no_key_and_requests_are_counted() {
    let app = TestApp::start().await;
    let health = app.send(TestRequest::get().uri("/health")).await;
    assert_eq!((health.status, health.json()), (200, json!({"status": "ok"})));
    let counters = app.send(TestRequest::get().uri("/health/counters")).await.json();
    assert_eq!((&counters["requests"], &counters["engine_us"]), (&json!(1), &json!(0)));
    assert!(counters["commits"].as_u64().unwrap() >= 1);
}
