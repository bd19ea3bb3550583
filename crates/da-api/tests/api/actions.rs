//! `/api/session/action`, and the events that `event_list` settles.

use da_api::Edition;
use da_testkit::{Answer, Session, TestApp, User};
use serde_json::{Value, json};

const INTERVIEW: &str = "\
mandatory: True
code: |
  count = 0
---
mandatory: True
question: The end, ${ count }
---
event: add
code: |
  count += action_argument('by') or 1
---
event: show_help
question: Help about ${ action_argument('topic') }
---
question: What is your color?
fields:
  - Color: color
---
event: tell
code: |
  response('<p>' + str(count) + '</p>', content_type='text/html')
---
event: tell_json
code: |
  json_response({'count': count, 'by': action_argument('by')})
---
event: go
code: |
  response(url='https://example.com')
---
event: send_what_is_not_there
response filename: none.txt
---
objects:
  - letter: DAFile
---
event: send
code: |
  letter.initialize(filename='note.txt')
  letter.write('what is kept')
  response(file=letter if action_argument('path') is None else action_argument('path'))
---
event: lacking
code: |
  count = 7
  nowhere
---
event: broken
code: |
  1 / 0
";

async fn app() -> TestApp {
    TestApp::with_interviews(&[("a.yml", INTERVIEW)]).await
}

async fn begin(user: &impl User) -> Session {
    Session::begin(user, "docassemble.mine:data/questions/a.yml", "").await
}

async fn act(user: &impl User, session: &Session, more: Value) -> Answer {
    user.post("/api/session/action", session.body(&more)).await
}

async fn count(user: &impl User, session: &Session) -> Value {
    session.variables(user).await.json()["count"].clone()
}

async fn steps(user: &impl User, session: &Session) -> Value {
    session.variables(user).await.json()["_internal"]["steps"].clone()
}

#[actix_web::test]
async fn an_action_runs_its_code_and_becomes_a_step() {
    let app = app().await;
    let user = app.administrator();
    let session = begin(&user).await;
    let done = act(&user, &session, json!({"action": "add"})).await;
    assert_eq!((done.status, done.body.as_str()), (204, ""));
    let form = act(&user, &session, json!({"action": "add", "arguments": "{\"by\": 5}"})).await;
    assert_eq!(form.status, 204);
    assert_eq!((count(&user, &session).await, steps(&user, &session).await), (json!(6), json!(3)));
    assert_eq!(session.back(&user).await.json()["questionText"], "The end, 1");
    act(&user, &session, json!({"action": "add", "arguments": {"by": 10}, "overwrite": 1})).await;
    assert_eq!((count(&user, &session).await, steps(&user, &session).await), (json!(11), json!(2)));
}

#[actix_web::test]
async fn what_an_action_answers_comes_back_as_it_is() {
    let app = app().await;
    let user = app.administrator();
    let session = begin(&user).await;
    let told = act(&user, &session, json!({"action": "tell"})).await;
    let seen = (told.status, told.header("Content-Type"), told.body.as_str());
    assert_eq!(seen, (200, "text/html", "<p>0</p>"));
    let told = act(&user, &session, json!({"action": "tell_json", "arguments": {"by": [1, "a"]}})).await;
    assert_eq!(told.header("Content-Type"), "application/json");
    assert_eq!(told.json(), json!({"by": [1, "a"], "count": 0}));
    let led = act(&user, &session, json!({"action": "go"})).await;
    assert_eq!((led.status, led.body.as_str()), (204, ""));
}

#[actix_web::test]
async fn a_question_or_a_variable_that_nothing_defines_is_no_failure() {
    let app = app().await;
    let user = app.administrator();
    let session = begin(&user).await;
    for name in ["color", "show_help", "unknown", "lacking"] {
        assert_eq!(act(&user, &session, json!({"action": name})).await.status, 204, "{name}");
    }
    assert_eq!(count(&user, &session).await, 7);
    assert_eq!(session.question(&user).await.json()["questionText"], "The end, 7");
}

#[actix_web::test]
async fn a_persistent_action_is_asked_until_its_event_is_settled() {
    let app = app().await;
    let user = app.administrator();
    let session = begin(&user).await;
    let help = json!({"action": "show_help", "arguments": {"topic": "cats"}, "persistent": 1});
    assert_eq!(act(&user, &session, help).await.status, 204);
    // The arguments are there for the evaluation of the action alone, as in the original.
    for _ in 0..2 {
        let question = session.question(&user).await.json();
        let seen = (&question["questionText"], &question["event_list"]);
        assert_eq!(seen, (&json!("Help about None"), &json!(["show_help"])));
    }
    let settled = session.answer(&user, json!({"event_list": ["show_help"]})).await.json();
    assert_eq!(settled["questionText"], "The end, 0");
    act(&user, &session, json!({"action": "color", "persistent": true})).await;
    assert_eq!(session.question(&user).await.json()["questionText"], "What is your color?");
    let answered = session.answer(&user, json!({"variables": {"color": "red"}})).await.json();
    assert_eq!(answered["questionText"], "The end, 0");
}

#[actix_web::test]
async fn an_action_that_is_only_to_be_read_leaves_nothing() {
    let app = app().await;
    let user = app.administrator();
    let session = begin(&user).await;
    assert_eq!(act(&user, &session, json!({"action": "add", "read_only": 1})).await.status, 204);
    assert_eq!((count(&user, &session).await, steps(&user, &session).await), (json!(0), json!(1)));
}

#[actix_web::test]
async fn an_action_is_refused_with_the_documented_texts() {
    let mut app = app().await;
    let session = begin(&app.administrator()).await;
    let needed = (400, "Parameters i, session, and action are required".to_owned());
    for body in [json!({}), json!({"i": "a", "session": "b"}), json!({"action": "add", "i": "a"})] {
        assert_eq!(app.administrator().post("/api/session/action", body).await.refusal(), needed);
    }
    let cases = [
        (json!({"action": "add", "arguments": "{"}), "Malformed arguments"),
        (json!({"action": "add", "arguments": [1]}), "Arguments data is not a dict"),
        (json!({"action": "add", "arguments": "7"}), "Arguments data is not a dict"),
        (json!({"action": "broken"}), "Failure to assemble interview"),
        (json!({"action": "add", "session": "abc"}), "Unable to obtain interview dictionary"),
        (json!({"action": "add", "secret": "wrong"}), "Unable to decrypt interview dictionary"),
    ];
    for (body, text) in cases {
        assert_eq!(act(&app.administrator(), &session, body).await.refusal(), (400, text.to_owned()));
    }
    assert_eq!(count(&app.administrator(), &session).await, 0);
    app.api.edition = Edition::Later;
    let text = "api_session_action: failure to assemble interview: ZeroDivisionError: division by zero";
    let failed = act(&app.administrator(), &session, json!({"action": "broken"})).await.refusal();
    assert_eq!(failed, (400, text.to_owned()));
}

#[actix_web::test]
async fn an_action_answers_with_a_file_or_says_that_it_cannot() {
    let mut app = app().await;
    let session = begin(&app.administrator()).await;
    let sent = act(&app.administrator(), &session, json!({"action": "send"})).await;
    let seen = (sent.status, sent.header("Content-Type"), sent.body.as_str());
    assert_eq!(seen, (200, "text/plain", "what is kept"));
    let gone = json!({"action": "send", "arguments": {"path": "/files/99/none.txt"}});
    for missing in [gone, json!({"action": "send_what_is_not_there"})] {
        for (edition, text) in
            [(Edition::Documented, "Could not send file"), (Edition::Later, "Could not send file because ")]
        {
            app.api.edition = edition;
            let (status, said) = act(&app.administrator(), &session, missing.clone()).await.refusal();
            let expected = if edition == Edition::Documented { 400 } else { 404 };
            assert!(status == expected && said.starts_with(text), "{said}");
            assert_eq!(said == text, edition == Edition::Documented, "{said}");
        }
    }
}

#[actix_web::test]
async fn an_answer_may_change_the_newest_step() {
    let app = app().await;
    let user = app.administrator();
    let session = begin(&user).await;
    session.answer(&user, json!({"variables": {"count": 1}})).await;
    session.answer(&user, json!({"variables": {"count": 2}, "overwrite": 1})).await;
    assert_eq!((count(&user, &session).await, steps(&user, &session).await), (json!(2), json!(2)));
    assert_eq!(session.back(&user).await.json()["questionText"], "The end, 0");
}
