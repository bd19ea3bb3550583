//! API keys: made, told, changed and deleted over the API; restricted by place and by permissions.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use actix_web::http::Method;
use actix_web::test::TestRequest;
use da_testkit::{Answer, TestApp, User};
use serde_json::{Value, json};

async fn send(who: &impl User, method: Method, path: &str, body: Value) -> Answer {
    who.send(TestRequest::default().method(method).uri(path).set_json(body)).await
}

/// The address under which a key is asked for.
fn of_key(path: &str, key: &str) -> String {
    format!("{path}?api_key={key}")
}

async fn make(who: &impl User, body: Value) -> String {
    let made = who.post("/api/user/api", body).await;
    assert_eq!(made.status, 200, "{}", made.body);
    made.json().as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn a_key_is_made_told_changed_and_deleted() {
    for app in &TestApp::everywhere().await {
        let admin = app.administrator();
        let new = json!({"name": "mine", "method": "ip", "allowed": ["192.0.2.7"], "permissions": ["create_user"]});
        let key = make(&admin, new).await;
        assert_eq!(key.len(), 32);
        let shown = format!("{}{}", "*".repeat(28), &key[28..]);
        let mut told = json!({
            "constraints": ["192.0.2.7"], "key": shown, "last_four": &key[28..], "method": "ip", "name": "mine",
            "permissions": ["create_user"]
        });
        assert_eq!(admin.get("/api/user/api?name=mine").await.json(), told);
        assert_eq!(admin.get(&of_key("/api/user/api", &key)).await.json(), told);
        let all = admin.get("/api/user/api").await.json();
        assert!(all.as_array().unwrap().len() == 2 && all.as_array().unwrap().contains(&told), "{all}");
        let wishes = json!({
            "api_key": key, "name": "yours", "add_to_allowed": "192.0.2.8",
            "remove_from_allowed": "[\"192.0.2.7\"]", "add_to_permissions": ["delete_user", "access_sessions"],
            "remove_from_permissions": "create_user"
        });
        let changed = send(&admin, Method::PATCH, "/api/user/api", wishes).await;
        assert_eq!((changed.status, changed.body.as_str()), (204, ""));
        told["name"] = json!("yours");
        told["constraints"] = json!(["192.0.2.8"]);
        told["permissions"] = json!(["delete_user", "access_sessions"]);
        assert_eq!(admin.get("/api/user/api?name=yours").await.json(), told);
        let other = json!({"api_key": key, "method": "referer", "permissions": []});
        assert_eq!(send(&admin, Method::PATCH, "/api/user/api", other).await.status, 204);
        let told = admin.get("/api/user/api?name=yours").await.json();
        assert_eq!((&told["constraints"], &told["permissions"]), (&json!([]), &json!([])));
        for _ in 0..2 {
            assert_eq!(admin.delete(&of_key("/api/user/api", &key)).await.status, 204);
        }
        let gone = admin.get(&of_key("/api/user/api", &key)).await.refusal();
        assert_eq!(gone, (404, "No such API key could be found.".to_owned()));
        assert_eq!(app.with_key(&key).get("/api/user").await.status, 403);
    }
}

#[actix_web::test]
async fn a_key_is_used_from_its_places_alone() {
    let mut app = TestApp::start().await;
    app.http.behind_proxy = true;
    let admin = app.administrator();
    let by_address = make(&admin, json!({"name": "ip", "method": "ip", "allowed": "[\"192.0.2.7\"]"})).await;
    let by_page = make(&admin, json!({"name": "page", "method": "referer", "allowed": ["*example.com/app*"]})).await;
    let ask = async |key: &str, name: &str, value: &str| {
        let request = TestRequest::get().uri("/api/user").insert_header((name.to_owned(), value.to_owned()));
        app.with_key(key).send(request).await.status
    };
    for (key, name, value, status) in [
        (&by_address, "X-Forwarded-For", "192.0.2.7", 200),
        (&by_address, "X-Forwarded-For", "192.0.2.8", 403),
        (&by_address, "X-Nothing", "192.0.2.7", 403),
        (&by_page, "Referer", "https://www.example.com/app?a=b", 200),
        (&by_page, "Origin", "https://www.example.com/app", 200),
        (&by_page, "Referer", "https://evil.com/example.com/app", 403),
        (&by_page, "X-Nothing", "", 403),
    ] {
        assert_eq!(ask(key, name, value).await, status, "{name}: {value}");
    }
}

#[actix_web::test]
async fn the_address_of_a_caller_is_what_no_header_says_without_a_proxy() {
    let app = TestApp::start().await;
    let new = json!({"name": "ip", "method": "ip", "allowed": ["192.0.2.7"]});
    let key = make(&app.administrator(), new).await;
    let request = TestRequest::get().uri("/api/user").insert_header(("X-Forwarded-For", "192.0.2.7"));
    assert_eq!(app.with_key(&key).send(request).await.status, 403);
}

#[actix_web::test]
async fn keys_are_refused_with_the_texts_of_the_original() {
    let app = TestApp::start().await;
    let admin = app.administrator();
    let key = make(&admin, json!({"name": "taken"})).await;
    let ways: &[(Method, Value, u16, &str)] = &[
        (Method::POST, json!({}), 400, "A name must be supplied"),
        (Method::POST, json!({"name": "taken"}), 400, "The given name already exists"),
        (Method::POST, json!({"name": "x".repeat(256)}), 400, "The name is invalid"),
        (Method::POST, json!({"name": "a", "method": "dna"}), 400, "Invalid security method"),
        (Method::POST, json!({"name": "a", "allowed": "["}), 400, "Allowed sites list not a valid list"),
        (Method::POST, json!({"name": "a", "allowed": [1]}), 400, "Allowed sites list not a valid list"),
        (Method::POST, json!({"name": "a", "permissions": "["}), 400, "Permissions list not valid json"),
        (Method::POST, json!({"name": "a", "permissions": {}}), 400, "Permissions list not a valid list"),
        (Method::POST, json!({"name": "a", "permissions": [1]}), 400, "Permissions list should contain all strings"),
        (
            Method::POST,
            json!({"name": "a", "permissions": ["fly"]}),
            400,
            "Permissions list contained a permission that was not recognized",
        ),
        (Method::PATCH, json!({"api_key": "none"}), 400, "The given API key cannot be modified"),
        (Method::PATCH, json!({"add_to_allowed": "[1]"}), 400, "add_to_allowed is not a valid list"),
        (Method::PATCH, json!({"remove_from_allowed": "["}), 400, "remove_from_allowed is not a valid list"),
        (Method::PATCH, json!({"add_to_permissions": "[1]"}), 400, "add_to_permissions is not a valid list"),
        (Method::PATCH, json!({"remove_from_permissions": "["}), 400, "remove_from_permissions is not a valid list"),
        (
            Method::PATCH,
            json!({"add_to_permissions": "fly"}),
            400,
            "add_to_permissions contained a permission that was not recognized",
        ),
        (
            Method::PATCH,
            json!({"remove_from_permissions": ["fly"]}),
            400,
            "remove_from_permissions contained a permission that was not recognized",
        ),
        (Method::PATCH, json!({"api_key": key, "name": "first"}), 400, "The given name already exists"),
        (Method::DELETE, json!({}), 400, "An API key must supplied"),
        (Method::GET, json!({"name": "nothing"}), 404, "No such API key could be found."),
    ];
    for (method, body, status, text) in ways {
        let refused = send(&admin, method.clone(), "/api/user/api", body.clone()).await.refusal();
        assert_eq!(refused, (*status, (*text).to_owned()), "{method} {body}");
    }
    let made = admin.post("/api/user/new", json!({"username": "ann@example.com", "privileges": "developer"})).await;
    let path = format!("/api/user/{}/api", made.json()["user_id"]);
    let ann = app.key_holder("ann@example.com").await;
    let no_key = send(&admin, Method::PATCH, &path, json!({"name": "a"})).await.refusal();
    assert_eq!(no_key, (400, "No API key given".to_owned()));
    assert_eq!(admin.get("/api/user/99/api").await.refusal(), (404, "User not found".to_owned()));
    let seen = (403, "You do not have sufficient privileges to access user API information".to_owned());
    assert_eq!(ann.get("/api/user/1/api").await.refusal(), seen);
    let edited = (403, "You do not have sufficient privileges to edit user API information".to_owned());
    for method in [Method::POST, Method::PATCH, Method::DELETE] {
        let body = json!({"name": "a", "api_key": key});
        assert_eq!(send(&ann, method, "/api/user/1/api", body).await.refusal(), edited);
    }
    let her_own = ann.post(&path, json!({"name": "second", "permissions": ["fly"]})).await;
    assert_eq!(her_own.status, 200, "{}", her_own.body);
    assert_eq!(admin.get(&format!("{path}?name=second")).await.json()["permissions"], json!([]));
}

#[actix_web::test]
async fn those_alone_make_keys_whom_the_operator_lets() {
    let app = TestApp::start().await;
    app.administrator().post("/api/user/new", json!({"username": "ann@example.com"})).await;
    let ann = app.key_holder("ann@example.com").await;
    let refused = ann.post("/api/user/api", json!({"name": "mine"})).await.refusal();
    assert_eq!(refused, (403, "Access Denied".to_owned()));
    assert_eq!(ann.get("/api/user/api").await.json().as_array().unwrap().len(), 1);
}

/// What a limited key gets through to with one permission, and without.
const LIMITS: &[(&str, &str, &str)] = &[
    ("access_user_info", "GET", "/api/user"),
    ("access_user_info", "GET", "/api/user/1"),
    ("access_user_info", "GET", "/api/user_list"),
    ("access_user_info", "GET", "/api/user_info?username=admin@example.com"),
    ("edit_user_info", "POST", "/api/user"),
    ("create_user", "POST", "/api/user/new"),
    ("edit_user_active_status", "DELETE", "/api/user/99"),
    ("access_privileges", "GET", "/api/privileges"),
    ("edit_privileges", "POST", "/api/privileges"),
    ("edit_privileges", "DELETE", "/api/privileges"),
    ("edit_user_privileges", "POST", "/api/user/99/privileges"),
    ("access_sessions", "GET", "/api/interviews"),
    ("access_sessions", "GET", "/api/user/1/interviews"),
    ("edit_sessions", "DELETE", "/api/interviews?tag=nothing"),
    ("access_user_api_info", "GET", "/api/user/1/api"),
    ("edit_user_api_info", "DELETE", "/api/user/1/api?api_key=none"),
    ("playground_control", "GET", "/api/playground"),
    ("playground_control", "GET", "/api/playground/project"),
    ("playground_control", "POST", "/api/clear_cache"),
    ("playground_control", "POST", "/api/playground_install"),
    ("playground_control", "POST", "/api/playground_pull"),
    ("playground_control", "POST", "/api/restart"),
    ("playground_control", "GET", "/api/restart_status"),
    ("read_packages", "GET", "/api/package"),
    ("interview_data", "GET", "/api/interview_data"),
    ("manage_packages", "GET", "/api/package"),
    ("manage_packages", "POST", "/api/package"),
    ("manage_packages", "DELETE", "/api/package"),
    ("manage_packages", "GET", "/api/package_update_status"),
];

#[actix_web::test]
async fn a_limited_key_does_what_it_lists_and_nothing_else() {
    let app = TestApp::start().await;
    let admin = app.administrator();
    let other = make(&admin, json!({"name": "other", "permissions": ["demo_interviews"]})).await;
    for (permission, method, path) in LIMITS {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let key =
            make(&admin, json!({"name": format!("{permission} {method} {path}"), "permissions": [permission]})).await;
        let through = send(&app.with_key(&key), method.clone(), path, json!({})).await;
        assert_ne!(through.status, 403, "{permission} {method} {path}: {}", through.body);
        let refused = send(&app.with_key(&other), method.clone(), path, json!({})).await;
        assert_eq!(refused.status, 403, "{permission} {method} {path}: {}", refused.body);
    }
}

#[actix_web::test]
async fn a_limited_key_does_not_reach_beyond_its_limits_through_others() {
    let app = TestApp::start().await;
    let admin = app.administrator();
    let all = ["create_user", "edit_user_privileges", "edit_user_password", "edit_user_info", "edit_user_api_info"];
    let key = make(&admin, json!({"name": "limited", "permissions": all})).await;
    let limited = app.with_key(&key);
    let denied = (403, "Access Denied".to_owned());
    let new = |privilege: &str| json!({"username": format!("{privilege}@example.com"), "privileges": privilege});
    assert_eq!(limited.post("/api/user/new", new("admin")).await.refusal(), denied);
    assert_eq!(limited.post("/api/user/new", new("user")).await.status, 200);
    assert_eq!(limited.post("/api/user/2/privileges", json!({"privilege": "admin"})).await.refusal(), denied);
    assert_eq!(limited.post("/api/user/2/privileges", json!({"privilege": "trainer"})).await.status, 204);
    assert_eq!(limited.post("/api/user/2", json!({"password": "another"})).await.status, 204);
    assert_eq!(limited.post("/api/user/1", json!({"password": "another"})).await.refusal(), denied);
    assert_eq!(limited.post("/api/user/1/api", json!({"name": "free"})).await.refusal(), denied);
    let freed = json!({"api_key": key, "permissions": []});
    assert_eq!(send(&limited, Method::PATCH, "/api/user/1/api", freed).await.status, 204);
    assert_eq!(limited.get("/api/user_list").await.refusal(), denied);
}
