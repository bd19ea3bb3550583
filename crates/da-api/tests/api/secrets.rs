//! `/api/secret`, `/api/stash_data` and `/api/retrieve_stashed_data`, and the refusals of the links.

use da_api::Edition;
use da_testkit::{Answer, Session, TestApp, User};
use serde_json::{Value, json};

const QUESTIONLESS: &str = "docassemble.demo:data/questions/examples/questionless.yml";

async fn ann(app: &TestApp, email: &str, password: &str) {
    let new = json!({"username": email, "password": password});
    assert_eq!(app.administrator().post("/api/user/new", new).await.status, 200);
}

async fn secret(app: &TestApp, email: &str, password: &str) -> Answer {
    app.administrator().get(&format!("/api/secret?username={email}&password={password}")).await
}

#[actix_web::test]
async fn a_secret_is_that_of_the_user_and_opens_sessions_begun_with_it() {
    for app in &TestApp::everywhere().await {
        let email = format!("ann-{}@example.com", da_testkit::unique());
        ann(app, &email, "the-first").await;
        let told = secret(app, &email, "the-first").await;
        let first = told.json().as_str().unwrap().to_owned();
        assert_eq!((told.status, first.len()), (200, 43));
        assert_eq!(secret(app, &email.to_uppercase(), "the-first").await.json(), json!(first));
        let user = app.administrator();
        let mut session = Session::begin(&user, QUESTIONLESS, &format!("&secret={first}")).await;
        session.names["secret"] = told.json();
        assert_eq!(session.question(&user).await.json()["variable"], "favorite_number");
    }
}

#[actix_web::test]
async fn a_password_that_an_administrator_sets_locks_another_secret() {
    let app = TestApp::start().await;
    ann(&app, "ann@example.com", "the-first").await;
    let first = secret(&app, "ann@example.com", "the-first").await.json();
    let changed = app.administrator().post("/api/user/2", json!({"password": "the-second"})).await;
    assert_eq!(changed.status, 204);
    let second = secret(&app, "ann@example.com", "the-second").await.json();
    assert_ne!(first, second);
    let old = secret(&app, "ann@example.com", "the-first").await.refusal();
    assert_eq!(old, (403, "Incorrect password".to_owned()));
}

#[actix_web::test]
async fn a_secret_is_refused_with_the_documented_texts() {
    let mut app = TestApp::start().await;
    ann(&app, "ann@example.com", "right").await;
    for edition in [Edition::Documented, Edition::Later] {
        app.api.edition = edition;
        let needed = (400, "A username and password must be supplied".to_owned());
        for query in ["", "?username=ann@example.com", "?password=right"] {
            assert_eq!(app.administrator().get(&format!("/api/secret{query}")).await.refusal(), needed);
        }
        let unknown = secret(&app, "bob@example.com", "right").await.refusal();
        assert_eq!(unknown, (403, "Username not known".to_owned()));
        let wrong = secret(&app, "ann@example.com", "wrong").await.refusal();
        assert_eq!(wrong, (403, "Incorrect password".to_owned()));
    }
}

#[actix_web::test]
async fn a_link_is_refused_with_the_documented_texts() {
    let mut app = TestApp::start().await;
    ann(&app, "ann@example.com", "right").await;
    let good = json!({"username": "ann@example.com", "password": "right"});
    let with = |more: Value| {
        let mut body = good.clone();
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let cases = [
        ("login_url", json!({}), 400, "A username and password must be supplied"),
        ("login_url", with(json!({"username": "bob@example.com"})), 403, "Username not known"),
        ("login_url", with(json!({"password": "wrong"})), 403, "Incorrect password"),
        ("login_url", with(json!({"url_args": "["})), 400, "Malformed URL arguments"),
        ("login_url", with(json!({"url_args": [1]})), 400, "Malformed URL arguments"),
        ("login_url", with(json!({"next": "nowhere"})), 400, "Unknown path for next"),
        ("login_url", with(json!({"next": "javascript:alert(1)"})), 400, "Unknown path for next"),
        ("login_url", with(json!({"expire": 0})), 400, "Invalid number of seconds."),
        ("login_url", with(json!({"i": QUESTIONLESS, "session": "abc"})), 400, "Could not decrypt dictionary"),
        ("resume_url", json!({}), 400, "No filename supplied."),
        ("resume_url", json!({"i": QUESTIONLESS, "url_args": 7}), 400, "Malformed URL arguments"),
        ("resume_url", json!({"i": QUESTIONLESS, "expire": "soon"}), 400, "Invalid number of seconds."),
        (
            "resume_url",
            json!({"i": QUESTIONLESS, "session": "abc", "secret": "x"}),
            400,
            "Unable to obtain interview dictionary",
        ),
        ("stash_data", json!({}), 400, "Data must be provided."),
    ];
    for (path, body, status, text) in cases {
        let refused = app.administrator().post(&format!("/api/{path}"), body.clone()).await.refusal();
        assert_eq!(refused, (status, text.to_owned()), "{path} {body}");
    }
    let session = Session::begin(&app.administrator(), QUESTIONLESS, "").await;
    let sealed = app.administrator().post("/api/resume_url", session.body(&json!({"secret": "wrong"}))).await;
    assert_eq!(sealed.refusal(), (400, "Unable to decrypt interview dictionary".to_owned()));
    for (query, text) in [("", "No url supplied."), ("?url=https://a.example&expire=-1", "Invalid number of seconds.")]
    {
        assert_eq!(app.administrator().get(&format!("/api/temp_url{query}")).await.refusal(), (400, text.to_owned()));
    }
    app.api.edition = Edition::Later;
    let ordinary = app.ordinary().await;
    assert_eq!(ordinary.post("/api/login_url", good.clone()).await.refusal(), (403, "Access denied.".to_owned()));
    assert_eq!(app.administrator().post("/api/login_url", good).await.status, 200);
}

#[actix_web::test]
async fn data_is_stashed_and_fetched_until_it_is_deleted_or_too_old() {
    for mut app in TestApp::everywhere().await {
        let data = json!({"a": [1, 2.5, null, "b"], "big": "x".repeat(2000)});
        let stashed = app.administrator().post("/api/stash_data", json!({"data": data, "expire": 60})).await.json();
        let (key, secret) = (stashed["stash_key"].as_str().unwrap(), stashed["secret"].as_str().unwrap());
        assert_eq!((key.len(), secret.len()), (16, 16));
        let address = format!("/api/retrieve_stashed_data?stash_key={key}&secret={secret}");
        assert_eq!(app.administrator().get(&address).await.json(), data);
        let nothing = (400, "The stashed data could not be retrieved: AssertionError .".to_owned());
        let wrong = format!("/api/retrieve_stashed_data?stash_key={key}&secret=0123456789abcdef");
        assert_eq!(app.administrator().get(&wrong).await.refusal(), nothing);
        assert_eq!(app.administrator().get(&format!("{address}&refresh=3600")).await.json(), data);
        app.pass(120);
        assert_eq!(app.administrator().get(&address).await.json(), data);
        app.pass(3600);
        assert_eq!(app.administrator().get(&address).await.refusal(), nothing);
        let form = app.form("/api/stash_data", &[("data", "[1, {\"b\": \"c\"}]")]).await.json();
        let (key, secret) = (form["stash_key"].as_str().unwrap(), form["secret"].as_str().unwrap());
        let address = format!("/api/retrieve_stashed_data?stash_key={key}&secret={secret}&delete=1");
        assert_eq!(app.administrator().get(&address).await.json(), json!([1, {"b": "c"}]));
        assert_eq!(app.administrator().get(&address).await.refusal(), nothing);
        let malformed = app.form("/api/stash_data", &[("data", "{")]).await.refusal();
        assert_eq!(malformed, (400, "Malformed data.".to_owned()));
        let needed = (400, "The stash key and secret parameters are required.".to_owned());
        assert_eq!(app.administrator().get("/api/retrieve_stashed_data?secret=a").await.refusal(), needed);
    }
}

#[actix_web::test]
async fn no_secret_is_told_of_somebody_with_a_second_factor() {
    let app = TestApp::start().await;
    let admin = app.administrator();
    let ann = json!({"username": "ann@example.com", "password": "long-enough"});
    admin.post("/api/user/new", ann.clone()).await;
    let key = app.app().api_key_add("ann@example.com", "hers").await.unwrap();
    let caller = app.app().caller_by_key(&key, &da_app::CameFrom::default()).await.unwrap();
    let offer = app.app().two_factor_offer(&caller).unwrap();
    let code = app.code_of(&offer.seed);
    let oneself = ("long-enough", &da_app::ComesFrom::default());
    let codes = app.app().two_factor_begin(&caller, (&offer.sealed, &code), oneself).await.unwrap();
    assert_eq!(codes.len(), 10);
    let refused = (403, "Secret will not be supplied because two factor authentication is enabled".to_owned());
    let secret = admin.get("/api/secret?username=ann@example.com&password=long-enough").await;
    assert_eq!(secret.refusal(), refused);
    assert_eq!(admin.post("/api/login_url", ann).await.refusal(), refused);
}

#[actix_web::test]
async fn passwords_are_tried_so_often_and_then_not_for_a_while() {
    let mut app = TestApp::start().await;
    let ann = json!({"username": "ann@example.com", "password": "long-enough"});
    app.administrator().post("/api/user/new", ann).await;
    let ask = |password: &str| format!("/api/secret?username=ann@example.com&password={password}");
    for _ in 0..20 {
        assert_eq!(app.administrator().get(&ask("guess")).await.refusal(), (403, "Incorrect password".to_owned()));
    }
    let refused = app.administrator().get(&ask("long-enough")).await.refusal();
    assert_eq!(refused, (429, "There were too many attempts".to_owned()));
    app.pass(15 * 60);
    assert_eq!(app.administrator().get(&ask("long-enough")).await.status, 200);
}
