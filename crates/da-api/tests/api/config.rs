//! The configuration over the API: shown without its secrets, changed as a whole or in part, refused with the reasons.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use da_testkit::{TestApp, User};
use serde_json::{Value, json};

async fn send(who: &impl User, method: Method, body: &Value) -> da_testkit::Answer {
    who.send(TestRequest::default().method(method).uri("/api/config").set_json(body)).await
}

#[actix_web::test]
async fn the_configuration_is_shown_and_changed_and_what_changed_is_told() {
    let app = TestApp::start().await;
    let who = app.administrator();
    assert_eq!(who.get("/api/config").await.json(), json!({}));
    let whole = json!({"config": {"timezone": "UTC", "debug": true}});
    let changed = send(&who, Method::POST, &whole).await.json();
    assert_eq!(changed["takes_effect_at_next_start"], json!(["debug", "timezone"]));
    assert_eq!(changed["success"], true);
    let path = format!("/api/restart_status?task_id={}", changed["task_id"].as_str().unwrap_or_default());
    assert_eq!(who.get(&path).await.json(), json!({"status": "completed"}));
    let part = json!({"config_changes": "{\"debug\": false}"});
    assert_eq!(send(&who, Method::PATCH, &part).await.json()["takes_effect_at_next_start"], json!(["debug"]));
    assert_eq!(who.get("/api/config").await.json(), json!({"timezone": "UTC", "debug": false}));
}

#[actix_web::test]
async fn what_cannot_be_is_refused_and_nothing_is_changed() {
    let app = TestApp::start().await;
    let who = app.administrator();
    for (method, body, text) in [
        (Method::POST, json!({}), "Configuration not supplied."),
        (Method::POST, json!({"config": "{"}), "Configuration was not valid JSON."),
        (Method::POST, json!({"config": [1]}), "Configuration was not valid JSON."),
        (Method::PATCH, json!({}), "Configuration changes not supplied."),
        (Method::PATCH, json!({"config_changes": "1"}), "Configuration changes were not valid JSON."),
        (
            Method::PATCH,
            json!({"config_changes": {"refused": "by the test's configuration"}}),
            "there is no directive `refused`",
        ),
    ] {
        assert_eq!(send(&who, method, &body).await.refusal(), (400, text.to_owned()), "{body}");
        assert_eq!(who.get("/api/config").await.json(), json!({}));
    }
    let broken = json!({"config": {"unreadable": true}});
    assert_eq!(send(&who, Method::POST, &broken).await.status, 200);
    assert_eq!(who.get("/api/config").await.refusal(), (400, "Could not parse Configuration.".to_owned()));
}
