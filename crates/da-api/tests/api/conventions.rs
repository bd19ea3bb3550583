//! What holds for every call: the key, the headers, the methods, the texts of refusals.

use actix_web::test::TestRequest;
use da_api::Edition;
use da_testkit::{KEY, TestApp, User};
use serde_json::json;

const QUESTIONLESS: &str = "docassemble.demo:data/questions/examples/questionless.yml";

#[actix_web::test]
async fn the_key_may_be_in_the_query_a_cookie_a_header_a_bearer_token_or_the_body() {
    let app = TestApp::start().await;
    let ways = [
        TestRequest::get().uri(&format!("/api/user?key={KEY}")),
        TestRequest::get().uri("/api/user").insert_header(("Cookie", format!("X-API-Key={KEY}"))),
        TestRequest::get().uri("/api/user").insert_header(("X-API-Key", KEY)),
        TestRequest::get().uri("/api/user").insert_header(("Authorization", format!("Bearer {KEY}"))),
    ];
    for way in ways {
        assert_eq!(app.send(way).await.json()["email"], "admin@example.com");
    }
    let body = TestRequest::post().uri("/api/session").set_form([("key", KEY)]);
    assert_eq!(app.send(body).await.refusal(), (400, "Parameters i and session are required".to_owned()));
}

#[actix_web::test]
async fn without_a_known_key_everything_is_refused() {
    let mut app = TestApp::start().await;
    for request in [
        TestRequest::get().uri("/api/list"),
        TestRequest::get().uri("/api/list?key=wrong"),
        TestRequest::post().uri("/api/session").set_json(json!({"key": 7})),
    ] {
        assert_eq!(app.send(request).await.refusal(), (403, "Access Denied".to_owned()));
    }
    app.api.edition = Edition::Later;
    let later = app.send(TestRequest::get().uri("/api/list")).await;
    assert_eq!(later.refusal(), (403, "Access denied.".to_owned()));
}

#[actix_web::test]
async fn the_documented_headers_are_sent_with_answers_refusals_and_preflights() {
    let app = TestApp::start().await;
    let preflight = TestRequest::default().method(actix_web::http::Method::OPTIONS).uri("/api/list");
    for answer in [
        app.administrator().get("/api/list").await,
        app.send(TestRequest::get().uri("/api/list")).await,
        app.send(preflight).await,
    ] {
        let header = |name: &str| answer.headers.get(name).unwrap().to_str().unwrap().to_owned();
        assert_eq!(header("Access-Control-Allow-Origin"), "*");
        assert_eq!(header("Access-Control-Allow-Methods"), "GET, POST, HEAD");
        assert_eq!(header("Access-Control-Max-Age"), "21600");
        assert_eq!(header("Access-Control-Allow-Headers"), "Content-Type, origin");
    }
}

#[actix_web::test]
async fn an_address_or_a_method_that_is_not_there_is_refused() {
    let app = TestApp::start().await;
    assert_eq!(
        app.administrator().get("/api/nothing").await.refusal(),
        (404, "There is nothing at this address".to_owned())
    );
    let method = app.administrator().delete("/api/list").await;
    assert_eq!(method.refusal(), (405, "This address does not answer to this method".to_owned()));
    assert_eq!(method.header("Allow"), "GET, HEAD, OPTIONS");
    let several = app.administrator().send(TestRequest::put().uri("/api/session")).await;
    assert_eq!((several.status, several.header("Allow")), (405, "GET, POST, DELETE, HEAD, OPTIONS"));
}

#[actix_web::test]
async fn missing_parameters_are_named() {
    let app = TestApp::start().await;
    let both = (400, "Parameters i and session are required".to_owned());
    assert_eq!(
        app.administrator().get("/api/session/new").await.refusal(),
        (400, "Parameter i is required".to_owned())
    );
    assert_eq!(app.administrator().get(&format!("/api/session?i={QUESTIONLESS}")).await.refusal(), both);
    assert_eq!(app.administrator().get("/api/session/question?session=abc").await.refusal(), both);
    assert_eq!(app.administrator().delete("/api/session").await.refusal(), both);
    assert_eq!(app.administrator().post("/api/session/back", json!({})).await.refusal(), both);
}

#[actix_web::test]
async fn a_session_that_is_not_there_cannot_be_read_and_counts_as_deleted() {
    let app = TestApp::start().await;
    let nothing = (400, "Unable to obtain interview dictionary".to_owned());
    for session in ["abcdefgh", "..%2F..", "%00"] {
        let query = format!("i={QUESTIONLESS}&session={session}");
        assert_eq!(app.administrator().get(&format!("/api/session?{query}")).await.refusal(), nothing);
        assert_eq!(app.administrator().get(&format!("/api/session/question?{query}")).await.refusal(), nothing);
        assert_eq!(app.administrator().delete(&format!("/api/session?{query}")).await.status, 204);
    }
    let outside = app.administrator().get("/api/session/question?i=docassemble.demo:../secret.yml&session=abc").await;
    assert_eq!(outside.refusal(), nothing);
}

#[actix_web::test]
async fn an_interview_that_is_not_there_is_named() {
    let app = TestApp::start().await;
    let absent = app.administrator().get("/api/session/new?i=docassemble.demo:data/questions/none.yml").await;
    let text = "Interview docassemble.demo:data/questions/none.yml not found";
    assert_eq!(absent.refusal(), (400, text.to_owned()));
}

#[actix_web::test]
async fn structured_parameters_are_checked_one_by_one() {
    let app = TestApp::start().await;
    let cases = [
        (json!({"variables": "{"}), "Malformed variables"),
        (json!({"variables": [1]}), "Variables data is not a dict"),
        (json!({"variables": "[1]"}), "Variables data is not a dict"),
        (json!({"delete_variables": "["}), "Malformed list of delete variables"),
        (json!({"delete_variables": {"a": 1}}), "Delete variables data is not a list"),
        (json!({"event_list": "["}), "Malformed event list"),
        (json!({"event_list": 7}), "Event list data is not a list"),
        (json!({"file_variables": "{"}), "Malformed list of file variables"),
        (json!({"file_variables": [1]}), "File variables data is not a dict"),
    ];
    for (mut body, text) in cases {
        body["i"] = QUESTIONLESS.into();
        body["session"] = "abcdefgh".into();
        assert_eq!(app.administrator().post("/api/session", body).await.refusal(), (400, text.to_owned()));
    }
}

#[actix_web::test]
async fn a_body_that_is_too_large_is_refused() {
    let mut app = TestApp::start().await;
    app.http.largest_body = 100;
    let answer = app.administrator().post("/api/session", json!({"i": "x".repeat(200)})).await;
    assert_eq!(answer.refusal().0, 413);
}

#[actix_web::test]
async fn what_came_in_the_wrong_place_gets_the_documented_text_and_a_hint() {
    let app = TestApp::start().await;
    let json = r#"{"i": "a", "session": "b"}"#;
    let as_form = |request: TestRequest| {
        request.insert_header(("Content-Type", "application/x-www-form-urlencoded")).set_payload(json)
    };
    let post = || TestRequest::post().uri("/api/session");
    let cases = [
        (TestRequest::get().uri("/api/list"), 403, "No API key was found in this request."),
        (TestRequest::get().uri(&format!("/api/list?api_key={KEY}")), 403, "An API key goes into the parameter key,"),
        (post().set_json(json!({"token": KEY})), 403, "An API key goes into the parameter key,"),
        (
            TestRequest::get().uri("/api/list").insert_header(("Authorization", "Token abc")),
            403,
            "Authorization is read in the form `Bearer KEY`;",
        ),
        (
            TestRequest::get().uri("/api/list").insert_header(("X-Api-Token", KEY)),
            403,
            "An API key goes into the parameter key,",
        ),
        (as_form(post()), 403, "The body looks like JSON."),
        (as_form(post().insert_header(("X-API-Key", KEY))), 400, "The body looks like JSON."),
    ];
    for (request, status, hint) in cases {
        let answer = app.send(request).await;
        assert_eq!(answer.status, status);
        assert!(answer.header("X-Hint").starts_with(hint), "{}", answer.header("X-Hint"));
    }
    for request in [TestRequest::get().uri("/api/list?key=0123456789abcdef"), post().insert_header(("X-API-Key", KEY))]
    {
        assert_eq!(app.send(request).await.header("X-Hint"), "");
    }
}

#[actix_web::test]
async fn the_api_tells_what_it_is_without_a_key() {
    let app = TestApp::start().await;
    let document = app.send(TestRequest::get().uri("/api/openapi.json")).await.json();
    assert_eq!((&document["openapi"], &document["servers"][0]["url"]), (&json!("3.1.0"), &json!("http://localhost")));
    let post = &document["paths"]["/api/session"]["post"];
    assert_eq!(post["requestBody"]["content"]["application/json"]["schema"]["required"], json!(["i", "session"]));
    let moved = post["responses"]["412"]["description"].as_str().unwrap_or_default();
    assert_eq!(moved, "Moved: The session is at another step than If-Match says");
}
