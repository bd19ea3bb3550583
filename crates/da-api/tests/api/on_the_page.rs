//! Statements of the API's documentation, and of docassemble 1.10's, that the other tests do not come by.

use actix_web::test::TestRequest;
use da_api::Edition;
use da_testkit::{Multipart, Session, TestApp, User, unique};
use serde_json::{Value, json};

const A: &str = "docassemble.mine:data/questions/a.yml";

async fn app(interview: &str) -> TestApp {
    TestApp::with_interviews(&[("a.yml", interview)]).await
}

#[actix_web::test]
async fn an_interview_that_cannot_be_loaded_is_advertised_as_such() {
    let interviews = [("a.yml", "mandatory: True\nquestion: Hello\n"), ("b.yml", "[: no YAML")];
    let mut app = TestApp::with_interviews(&interviews).await;
    let bad = "docassemble.mine:data/questions/b.yml".to_owned();
    app.set(|settings| settings.dispatch = Some(vec![("a".to_owned(), A.to_owned()), ("b".to_owned(), bad.clone())]));
    let list = app.administrator().get("/api/list").await.json();
    let look = |one: &Value| [one["filename"].clone(), one["status_class"].clone(), one["subtitle_class"].clone()];
    let looks: Vec<[Value; 3]> = list.as_array().unwrap().iter().map(look).collect();
    let expected =
        [[json!(A), Value::Null, Value::Null], [json!(bad), json!("dainterviewhaserror"), json!("invisible")]];
    assert_eq!(looks, expected);
}

#[actix_web::test]
async fn a_date_becomes_a_date_unless_it_is_to_stay_raw() {
    let kinds = "[type(one).__name__ for one in [when, day, many['x'], text]]";
    let app = app(&format!("mandatory: True\ncode: |\n  json_response({kinds})\n")).await;
    let who = app.administrator();
    let variables = json!({
        "when": "2019-06-13T21:40:32.000Z", "day": "2019-06-13", "many": {"x": "2019-06-13T21:40:32+02:00"},
        "text": "Friday the 13th",
    });
    for (raw, dates) in [(None, true), (Some(json!(0)), true), (Some(json!(1)), false), (Some(json!("true")), false)] {
        let session = Session::begin(&who, A, "").await;
        let mut body = json!({"variables": variables});
        if let Some(raw) = &raw {
            body["raw"] = raw.clone();
        }
        let told = session.answer(&who, body).await.json();
        let date = if dates { json!("DADateTime") } else { json!("str") };
        assert_eq!((&told[0], &told[2], &told[3]), (&date, &date, &json!("str")), "{raw:?}: {told}");
    }
}

#[actix_web::test]
async fn a_mandatory_question_is_answered_when_its_name_is_brought() {
    let interview = "\
mandatory: True
question: Anything to say?
fields:
  - Note: note
---
mandatory: True
question: Thank you
";
    let mut app = app(interview).await;
    let session = Session::begin(&app.administrator(), A, "").await;
    let question = session.question(&app.administrator()).await.json();
    assert_eq!((&question["questionText"], &question["mandatory"]), (&json!("Anything to say?"), &json!(true)));
    let said = json!({"variables": {"note": "no"}, "question_name": question["questionName"]});
    for (edition, text) in
        [(Edition::Documented, "Problem setting variables"), (Edition::Later, "Problem marking question as completed")]
    {
        app.api.edition = edition;
        let unknown = json!({"variables": {"note": "x"}, "question_name": "Question_99"});
        assert_eq!(session.answer(&app.administrator(), unknown).await.refusal(), (400, text.to_owned()));
    }
    assert_eq!(session.answer(&app.administrator(), said).await.json()["questionText"], "Thank you");
    assert_eq!(session.variables(&app.administrator()).await.json()["note"], "no");
}

#[actix_web::test]
async fn what_cannot_be_assigned_is_told_as_such_and_sets_nothing() {
    let app = app("mandatory: True\nquestion: Hello\n").await;
    let who = app.administrator();
    let session = Session::begin(&who, A, "").await;
    session.answer(&who, json!({"variables": {"text": "abc", "number": 5, "list": [1]}})).await;
    for name in ["text.part", "number.part", "number[0]", "text['a']", "list[5]"] {
        let wrong = json!({"variables": {"beside": 1, name: 1}, "question": 0});
        let refused = session.answer(&who, wrong).await.refusal();
        assert_eq!(refused, (400, "Problem setting variables".to_owned()), "{name}");
    }
    assert_eq!(session.variables(&who).await.json().get("beside"), None);
}

#[actix_web::test]
async fn variables_are_deleted_after_others_are_set() {
    let interview = "\
objects:
  - b: DAObject
---
mandatory: True
code: |
  json_response([showifdef('a', 'none'), showifdef('b.c', 'none')])
";
    let app = app(interview).await;
    let who = app.administrator();
    let session = Session::begin(&who, A, "").await;
    let both = json!({"variables": {"a": 1, "b.c": 2}, "delete_variables": ["a", "b.c"]});
    assert_eq!(session.answer(&who, json!({"variables": {"a": 1, "b.c": 2}})).await.json(), json!([1, 2]));
    assert_eq!(session.answer(&who, both).await.json(), json!(["none", "none"]));
    let mut app = app;
    let texts = ["Problem setting variables", "Problem deleting variables: name 'a' is not defined"];
    for (edition, text) in [Edition::Documented, Edition::Later].into_iter().zip(texts) {
        app.api.edition = edition;
        let gone = session.answer(&app.administrator(), json!({"delete_variables": ["a"]})).await;
        assert_eq!(gone.refusal(), (400, text.to_owned()));
    }
}

#[actix_web::test]
async fn the_user_of_a_session_is_the_owner_of_the_key_whoevers_secret_is_given() {
    let app = app("mandatory: True\ncode: |\n  json_response(user_info().email)\n").await;
    let admin = app.administrator();
    let ann = json!({"username": "ann@example.com", "password": "a long word"});
    admin.post("/api/user/new", ann).await;
    let secret = admin.get("/api/secret?username=ann@example.com&password=a+long+word").await.json();
    let hers = app.key_holder("ann@example.com").await;
    let begun = hers.get(&format!("/api/session/new?i={A}&secret={}", secret.as_str().unwrap())).await.json();
    let mut session = Session::of(&begun);
    session.names["secret"] = secret;
    assert_eq!(session.question(&hers).await.json(), "ann@example.com");
    assert_eq!(session.question(&admin).await.json(), "admin@example.com");
}

#[actix_web::test]
async fn files_are_taken_into_the_playground_under_both_names() {
    let app = TestApp::start().await;
    let who = app.administrator();
    for (name, status) in [("file", 204), ("files[]", 204)] {
        let file = format!("{}.css", unique());
        let body = Multipart::default().text("folder", "static").file(name, &file, b"b {}").post("/api/playground");
        assert_eq!(who.send(body).await.status, status, "{name}");
        let listed = who.get("/api/playground?folder=static").await.json();
        assert!(listed.as_array().unwrap().contains(&json!(file)), "{name}");
    }
    let other = Multipart::default().file("other", "a.css", b"b {}").post("/api/playground");
    assert_eq!(who.send(other).await.refusal(), (400, "No file found.".to_owned()));
}

/// The parts of a profile.
const PROFILE: [&str; 9] = [
    "first_name",
    "last_name",
    "country",
    "subdivisionfirst",
    "subdivisionsecond",
    "subdivisionthird",
    "organization",
    "timezone",
    "language",
];

#[actix_web::test]
async fn an_account_is_made_under_either_name_and_every_part_of_it_is_changed() {
    let app = TestApp::start().await;
    let admin = app.administrator();
    for (name, privileges) in [("username", Value::Null), ("email", json!("advocate"))] {
        let email = format!("{}@example.com", unique());
        let made = admin.post("/api/user/new", json!({name: email, "privileges": privileges})).await.json();
        let own = format!("/api/user/{}", made["user_id"]);
        let told = admin.get(&own).await.json();
        let held = if privileges.is_null() { json!(["user"]) } else { json!([privileges]) };
        assert_eq!((&told["email"], &told["privileges"]), (&json!(email), &held));
        let hers = app.key_holder(&email).await;
        for (who, path) in [(&admin, own.as_str()), (&hers, "/api/user")] {
            let said: Vec<(&str, String)> = PROFILE.iter().map(|part| (*part, format!("{part} by {path}"))).collect();
            let changed = who.send(TestRequest::post().uri(path).set_form(&said)).await;
            assert_eq!((changed.status, changed.body.as_str()), (204, ""));
            let told = hers.get("/api/user").await.json();
            said.iter().for_each(|(part, value)| assert_eq!(told[*part], json!(value), "{path}"));
        }
    }
}

#[actix_web::test]
async fn a_failure_of_the_interview_has_the_words_of_its_route() {
    let interview = "\
mandatory: True
code: |
  number
---
mandatory: True
code: |
  1 / number
---
mandatory: True
question: Done
";
    let mut app = app(interview).await;
    let failed = "get_question_data: failure to assemble interview: ZeroDivisionError: division by zero";
    let documented = "Failure to assemble interview";
    for (edition, question, answer, back) in [
        (Edition::Documented, documented, documented.to_owned(), documented),
        (
            Edition::Later,
            failed,
            format!("Problem getting current question:{failed}"),
            "Problem getting current question",
        ),
    ] {
        app.api.edition = edition;
        let who = app.administrator();
        let session = Session::begin(&who, A, "").await;
        let zero = json!({"variables": {"number": 0}});
        let name = unique();
        // The same when it comes again under its name.
        for _ in 0..2 {
            let named = TestRequest::post().uri("/api/session").insert_header(("Idempotency-Key", name.as_str()));
            assert_eq!(who.send(named.set_json(session.body(&zero))).await.refusal(), (400, answer.clone()));
        }
        let silent = json!({"variables": {"number": 0}, "question": 0});
        assert_eq!(session.answer(&who, silent).await.status, 204);
        assert_eq!(session.question(&who).await.refusal(), (400, question.to_owned()));
        assert_eq!(session.answer(&who, json!({"variables": {"number": 1}})).await.json()["questionText"], "Done");
        assert_eq!(session.back(&who).await.refusal(), (400, back.to_owned()));
    }
}

#[actix_web::test]
async fn what_is_no_number_of_a_user_is_no_address_to_docassemble_1_10() {
    let mut app = TestApp::start().await;
    app.api.edition = Edition::Later;
    let admin = app.administrator();
    for path in ["/api/user/x", "/api/user/1.5/privileges", "/api/user/x/interviews", "/api/user/x/api"] {
        assert_eq!(admin.get(path).await.refusal(), (404, "There is nothing at this address.".to_owned()), "{path}");
    }
}

#[actix_web::test]
async fn docassemble_1_10_names_the_class_of_what_keeps_a_session_from_beginning() {
    let closed = "metadata:\n  required privileges:\n    - trainer\n---\nmandatory: True\nquestion: Done\n";
    let files = [
        ("closed.yml", closed),
        ("broken.yml", "question: [\n"),
        ("failing.yml", "mandatory: True\ncode: |\n  1 / 0\n"),
    ];
    let mut app = TestApp::with_interviews(&files).await;
    let ann = json!({"username": "ann@example.com", "password": "a long word"});
    app.administrator().post("/api/user/new", ann).await;
    let key = app.app().api_key_add("ann@example.com", "k").await.unwrap();
    let told = async |app: &TestApp, name: &str| {
        let path = format!("/api/session/new?i=docassemble.mine:data/questions/{name}.yml");
        app.with_key(&key).get(&path).await.refusal()
    };
    for (name, before) in [
        ("missing", "DANotFoundError: "),
        ("closed", "DAException: "),
        ("broken", "DASourceError: "),
        ("failing", "DAException: create_new_interview: failure to assemble interview: "),
    ] {
        app.api.edition = Edition::Documented;
        let (status, plain) = told(&app, name).await;
        app.api.edition = Edition::Later;
        assert_eq!((status, told(&app, name).await), (400, (400, format!("{before}{plain}"))));
    }
    assert_eq!(told(&app, "closed").await.1, "DAException: Insufficient permissions to run this interview.");
}
