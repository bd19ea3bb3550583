//! What holds at every route of the contract: methods, cross-origin headers, where a key may be, which bodies are read and
//! how large they may be, structures as JSON and as text, a path before it all. No route can be forgotten: the tests walk
//! `fixtures/contract/routes.tsv`.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeMap, BTreeSet};

use actix_web::http::Method;
use actix_web::test::TestRequest;
use da_testkit::{Answer, KEY, Multipart, Session, TestApp, User, unique};
use serde_json::{Value, json};

const CONTRACT: &str = include_str!("../../../../fixtures/contract/routes.tsv");

/// What a resource may be asked with, and what none knows.
const METHODS: [&str; 9] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PURGE"];

/// A line of the contract.
struct Line {
    method: &'static str,
    /// With a 1 in the place of every number.
    path: String,
    parameters: Vec<&'static str>,
    needs_key: bool,
}

impl Line {
    fn takes_body(&self) -> bool {
        matches!(self.method, "POST" | "PATCH")
    }

    fn request(&self) -> TestRequest {
        request(self.method, &self.path)
    }
}

fn lines() -> impl Iterator<Item = Line> {
    let lines = CONTRACT.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        let path = columns[1].replace("<user_id>", "1").replace("<file_number>", "1");
        let parameters = columns[3].split(' ').map(|name| name.trim_end_matches('?')).collect();
        Line { method: columns[0], path, parameters, needs_key: columns[2] != "-" }
    })
}

/// Every path with its methods.
fn paths() -> BTreeMap<String, BTreeSet<&'static str>> {
    let mut paths: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for line in lines() {
        paths.entry(line.path).or_default().insert(line.method);
    }
    paths
}

fn request(method: &str, path: &str) -> TestRequest {
    TestRequest::default().method(Method::from_bytes(method.as_bytes()).unwrap()).uri(path)
}

/// The names of the cross-origin headers that an answer has, with what they say.
fn cross_origin(answer: &Answer) -> Vec<String> {
    let ours = answer.headers.iter().filter(|(name, _)| name.as_str().starts_with("access-control-"));
    let mut all: Vec<String> = ours.map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
    all.sort();
    all
}

/// What two answers to the same request must have in common.
fn told(answer: &Answer) -> (u16, String, String) {
    let body = if answer.status == 200 { String::new() } else { answer.body.clone() };
    (answer.status, answer.header("Content-Type").to_owned(), body)
}

fn documented(methods: &BTreeSet<&str>, origin: &str) -> Vec<String> {
    let more = ["PATCH", "DELETE"].into_iter().filter(|method| methods.contains(method));
    let methods: Vec<&str> = ["GET", "POST", "HEAD"].into_iter().chain(more).collect();
    vec![
        "access-control-allow-headers: Content-Type, origin".to_owned(),
        format!("access-control-allow-methods: {}", methods.join(", ")),
        format!("access-control-allow-origin: {origin}"),
        "access-control-max-age: 21600".to_owned(),
    ]
}

/// The items of a header, in alphabetical order.
fn items(answer: &Answer, name: &str) -> Vec<String> {
    let mut items: Vec<String> = answer.header(name).split(", ").map(str::to_owned).collect();
    items.sort();
    items
}

#[actix_web::test]
async fn every_resource_answers_its_methods_and_says_which_they_are_to_every_other() {
    for path in ["", "/da"] {
        let mut app = TestApp::start().await;
        app.move_below(path);
        for (resource, methods) in paths() {
            let mut allowed: Vec<&str> = methods.iter().copied().chain(["OPTIONS"]).collect();
            allowed.extend(methods.contains("GET").then_some("HEAD"));
            allowed.sort_unstable();
            for method in METHODS {
                let answer = app.administrator().send(request(method, &format!("{path}{resource}"))).await;
                let asked = format!("{method} {path}{resource}: {} {}", answer.status, answer.body);
                assert!(answer.status != 404 || answer.body != "\"There is nothing at this address\"", "{asked}");
                if !allowed.contains(&method) {
                    let refusal = (405, "This address does not answer to this method".to_owned());
                    assert_eq!((answer.refusal(), items(&answer, "Allow")), (refusal, to_owned(&allowed)), "{asked}");
                } else if method == "OPTIONS" {
                    assert_eq!((answer.status, answer.body.as_str()), (200, ""), "{asked}");
                    assert_eq!(items(&answer, "Allow"), allowed, "{asked}");
                } else {
                    assert_ne!(answer.status, 405, "{asked}");
                }
            }
            if !path.is_empty() {
                assert_eq!(app.administrator().send(request("GET", &resource)).await.status, 404, "{resource}");
            }
        }
    }
}

fn to_owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[actix_web::test]
async fn whoever_asks_for_the_headers_alone_gets_those_of_the_answer() {
    let app = TestApp::start().await;
    for line in lines().filter(|line| line.method == "GET") {
        let (full, head) = (app.administrator().get(&line.path).await, request("HEAD", &line.path));
        let head = app.administrator().send(head).await;
        assert_eq!(told(&head), told(&full), "{}", line.path);
        assert_eq!(cross_origin(&head), cross_origin(&full), "{}", line.path);
    }
}

#[actix_web::test]
async fn every_answer_has_the_cross_origin_headers_that_are_documented_or_configured() {
    let mut app = TestApp::start().await;
    let (known, other) = ("https://a.example", "https://b.example");
    for domains in [&[][..], &["*"], &[known, "https://c.example/"]] {
        app.http.cross_site_domains = domains.iter().map(|domain| (*domain).to_owned()).collect();
        for (path, methods) in paths() {
            // A request with a key, one that is refused for want of one, a method that is not there, and a preflight.
            let some = methods.iter().next().unwrap();
            for (method, key) in [(*some, KEY), (*some, ""), ("PUT", KEY), ("OPTIONS", "")] {
                for origin in [known, other, "https://c.example", ""] {
                    let ask = request(method, &path).insert_header(("X-API-Key", key));
                    let ask = if origin.is_empty() { ask } else { ask.insert_header(("Origin", origin)) };
                    let answer = app.send(ask).await;
                    let asked = format!("{method} {path} from {origin:?} with {domains:?}");
                    let (expected, vary) = match (domains.len(), origin) {
                        (0 | 1, _) => (documented(&methods, "*"), ""),
                        (_, "" | "https://b.example") => (Vec::new(), "Origin"),
                        _ => {
                            let mut lines = documented(&methods, origin);
                            lines.insert(0, "access-control-allow-credentials: true".to_owned());
                            (lines, "Origin")
                        }
                    };
                    assert_eq!((cross_origin(&answer), answer.header("Vary")), (expected, vary), "{asked}");
                }
            }
        }
    }
}

/// A request with a key in each of its places.
fn with_key(line: &Line, key: &str) -> Vec<(&'static str, TestRequest)> {
    let mut ways = vec![
        ("query", request(line.method, &format!("{}?key={key}", line.path))),
        ("cookie", line.request().insert_header(("Cookie", format!("X-API-Key={key}")))),
        ("header", line.request().insert_header(("X-API-Key", key))),
        ("bearer", line.request().insert_header(("Authorization", format!("Bearer {key}")))),
    ];
    if line.takes_body() {
        ways.push(("form", line.request().set_form([("key", key)])));
        ways.push(("json", line.request().set_json(json!({"key": key}))));
        let method = Method::from_bytes(line.method.as_bytes()).unwrap();
        ways.push(("multipart", Multipart::default().text("key", key).post(&line.path).method(method)));
    }
    ways
}

#[actix_web::test]
async fn the_key_is_taken_from_each_of_its_places_and_a_wrong_one_from_none() {
    let app = TestApp::start().await;
    // Somebody whose account may be ended.
    app.administrator().post("/api/user/new", json!({"username": "ann@example.com"})).await;
    for mut line in lines().filter(|line| line.needs_key) {
        line.path = line.path.replace("/1", "/2");
        let expected = told(&app.administrator().send(line.request()).await);
        assert_ne!(expected.2, "\"Access Denied\"", "{} {}", line.method, line.path);
        for (place, request) in with_key(&line, KEY) {
            let answer = told(&app.nobody().send(request).await);
            assert_eq!(answer, expected, "{} {} with the key as {place}", line.method, line.path);
        }
        for (place, request) in with_key(&line, "0123456789abcdef") {
            let answer = app.nobody().send(request).await;
            let asked = format!("{} {} with a wrong key as {place}", line.method, line.path);
            assert_eq!((answer.refusal(), answer.header("X-Hint")), ((403, "Access Denied".to_owned()), ""), "{asked}");
        }
        let none = app.nobody().send(line.request()).await;
        assert_eq!(none.refusal(), (403, "Access Denied".to_owned()));
        assert!(none.header("X-Hint").starts_with("No API key was found"), "{} {}", line.method, line.path);
    }
}

#[actix_web::test]
async fn a_body_of_a_kind_that_is_not_read_is_no_body_and_a_refusal_hints_at_it() {
    let app = TestApp::start().await;
    let admin = app.administrator();
    for line in lines().filter(Line::takes_body) {
        let none = told(&admin.send(line.request()).await);
        let as_kind = |kind: &str, body: &'static str| {
            let request = line.request().insert_header(("Content-Type", kind)).set_payload(body);
            admin.send(request)
        };
        for (kind, body, hint) in [
            ("text/plain", "i=x&privilege=x&username=x", "The body was not read: its Content-Type"),
            ("application/xml", "<i>x</i>", "The body was not read: its Content-Type"),
            ("application/octet-stream", "{\"i\": \"x\"}", "The body looks like JSON."),
            ("application/json", "{\"i\": ", "The body is said to be JSON, and is no JSON object"),
            ("application/json", "[1, 2]", "The body is said to be JSON, and is no JSON object"),
            ("application/json; charset=utf-8", "7", "The body is said to be JSON, and is no JSON object"),
            ("application/x-www-form-urlencoded", "", ""),
        ] {
            let answer = as_kind(kind, body).await;
            assert_eq!(told(&answer), none, "{} {} with {kind} {body}", line.method, line.path);
            let hint = if answer.status < 400 { "" } else { hint };
            assert!(answer.header("X-Hint").starts_with(hint), "{kind}: {:?}", answer.header("X-Hint"));
            assert_eq!(answer.header("X-Hint").is_empty(), hint.is_empty(), "{kind} {body}");
        }
        let broken = as_kind("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data").await;
        assert_eq!(broken.refusal(), (400, "The body of the request cannot be read".to_owned()), "{}", line.path);
    }
}

#[actix_web::test]
async fn a_body_over_the_limit_is_refused_at_every_route_in_every_form() {
    let mut app = TestApp::start().await;
    app.http.largest_body = 300;
    let (large, refusal) = ("x".repeat(301), (413, "The request is larger than this server accepts".to_owned()));
    for line in lines().filter(|line| line.needs_key) {
        let method = Method::from_bytes(line.method.as_bytes()).unwrap();
        let parts = |more: Multipart| more.post(&line.path).method(method.clone());
        for (form, request) in [
            ("json", line.request().set_json(json!({"i": large}))),
            ("form", line.request().set_form([("i", &large)])),
            ("plain", line.request().set_payload(large.clone())),
            ("announced", line.request().insert_header(("Content-Length", "301"))),
            ("a part", parts(Multipart::default().text("i", &large))),
            ("a file", parts(Multipart::default().file("file", "a.txt", large.as_bytes()))),
        ] {
            let answer = app.administrator().send(request).await;
            assert_eq!(answer.refusal(), refusal, "{} {} as {form}", line.method, line.path);
        }
    }
}

/// Parameters that hold lists or objects: native in JSON, written down as JSON everywhere else.
const STRUCTURED: [&str; 17] = [
    "add_to_allowed",
    "add_to_permissions",
    "allowed",
    "arguments",
    "config",
    "config_changes",
    "data",
    "delete_variables",
    "email_addresses",
    "event_list",
    "file_variables",
    "permissions",
    "privileges",
    "remove_from_allowed",
    "remove_from_permissions",
    "url_args",
    "variables",
];

/// What a route takes beside a structured parameter, so that it succeeds, and a value for that.
async fn around(app: &TestApp, line: &Line, name: &str) -> (Value, Value) {
    let admin = app.administrator();
    let base = match (line.path.as_str(), line.method) {
        ("/api/user/new", _) => json!({"username": format!("{}@example.com", unique())}),
        ("/api/user_invite", _) => json!({"send_emails": 0}),
        ("/api/user/api" | "/api/user/1/api", "POST") => json!({"name": unique(), "method": "ip"}),
        ("/api/user/api" | "/api/user/1/api", _) => {
            let new =
                json!({"name": unique(), "method": "ip", "allowed": ["192.0.2.1"], "permissions": ["create_user"]});
            json!({"api_key": admin.post("/api/user/api", new).await.json()})
        }
        ("/api/login_url", _) => {
            let new = json!({"username": format!("{}@example.com", unique()), "password": "long enough"});
            admin.post("/api/user/new", new.clone()).await;
            new
        }
        ("/api/resume_url", _) => json!({"i": I}),
        ("/api/session", _) => Session::begin(&admin, I, "").await.body(&json!({"variables": {"other": 1}})),
        ("/api/session/action", _) => Session::begin(&admin, I, "").await.body(&json!({"action": "none"})),
        _ => json!({}),
    };
    let value = match name {
        "add_to_allowed" | "allowed" => json!(["192.0.2.7"]),
        "remove_from_allowed" => json!(["192.0.2.1"]),
        "add_to_permissions" | "permissions" => json!(["demo_interviews"]),
        "remove_from_permissions" => json!(["create_user"]),
        "email_addresses" => json!([format!("{}@example.com", unique())]),
        "privileges" => json!(["developer", "trainer"]),
        "delete_variables" | "event_list" => json!(["other"]),
        "config" | "config_changes" => json!({"debug": true}),
        "file_variables" => json!({}),
        _ => json!({"other": 2}),
    };
    (base, value)
}

const I: &str = "docassemble.mine:data/questions/a.yml";

const INTERVIEW: &str = "mandatory: True\nquestion: Hello\n---\nevent: none\ncode: |\n  pass\n";

fn as_form(body: &Value) -> Vec<(&String, String)> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    body.as_object().unwrap().iter().map(|(name, value)| (name, text(value))).collect()
}

#[actix_web::test]
async fn a_structure_is_taken_as_json_and_as_text_in_a_form_and_in_json() {
    let app = TestApp::with_interviews(&[("a.yml", INTERVIEW)]).await;
    let mut seen = BTreeSet::new();
    for line in lines().filter(Line::takes_body) {
        for name in line.parameters.iter().filter(|name| STRUCTURED.contains(name)) {
            seen.insert(*name);
            for way in ["json", "text in json", "form", "multipart"] {
                let (mut body, value) = around(&app, &line, name).await;
                body[*name] = if way == "text in json" { json!(value.to_string()) } else { value };
                let form = as_form(&body);
                let method = Method::from_bytes(line.method.as_bytes()).unwrap();
                let parts = form.iter().fold(Multipart::default(), |parts, (name, text)| parts.text(name, text));
                let request = match way {
                    "form" => line.request().set_form(&form),
                    "multipart" => parts.post(&line.path).method(method),
                    _ => line.request().set_json(&body),
                };
                let answer = app.administrator().send(request).await;
                let asked = format!("{} {} {name} as {way}: {} {}", line.method, line.path, answer.status, answer.body);
                assert!(answer.status < 300, "{asked}");
            }
        }
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), STRUCTURED);
}

#[actix_web::test]
async fn whether_a_question_is_wanted_is_said_in_json_and_in_forms() {
    let app = TestApp::with_interviews(&[("a.yml", INTERVIEW)]).await;
    let admin = app.administrator();
    let session = Session::begin(&admin, I, "").await;
    for (said, wanted) in [
        (json!(0), false),
        (json!(false), false),
        (json!(null), false),
        (json!("0"), false),
        (json!("FALSE"), false),
        (json!("f"), false),
        (json!(1), true),
        (json!(true), true),
        (json!("1"), true),
        (json!("yes"), true),
        (json!(""), true),
    ] {
        let body = session.body(&json!({"question": said}));
        let mut answers = vec![admin.post("/api/session", body.clone()).await];
        if said.is_string() {
            let form = TestRequest::post().uri("/api/session").set_form(as_form(&body));
            answers.push(admin.send(form).await);
        }
        for answer in answers {
            assert_eq!(answer.status, if wanted { 200 } else { 204 }, "{said}");
        }
    }
}
