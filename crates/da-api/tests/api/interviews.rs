//! Sessions of interviews of one's own: encryption, arguments, privileges, changed files, raw answers.

use da_testkit::{Session, TestApp, User};
use serde_json::{Value, json};

const A: &str = "docassemble.mine:data/questions/a.yml";

/// What `/api/session/new` answers.
async fn begin(app: &TestApp, more: &str) -> Value {
    app.administrator().get(&format!("/api/session/new?i={A}{more}")).await.json()
}

/// The question of a session that was begun with this.
async fn question(app: &TestApp, begun: &Value) -> Value {
    Session::of(begun).question(&app.administrator()).await.json()
}

#[actix_web::test]
async fn a_session_for_many_needs_no_secret() {
    let interview = "initial: True\ncode: |\n  multi_user = True\n---\nmandatory: True\nquestion: Hello\n";
    let app = TestApp::with_interviews(&[("a.yml", interview)]).await;
    let begun = begin(&app, "").await;
    let keys: Vec<&str> = begun.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!((keys, &begun["encrypted"]), (vec!["encrypted", "i", "session"], &json!(false)));
    let question = question(&app, &begun).await;
    assert_eq!(question["questionText"], "Hello");
}

#[actix_web::test]
async fn a_secret_that_is_brought_is_not_told_again() {
    let app = TestApp::with_interviews(&[("a.yml", "mandatory: True\nquestion: Hello\n")]).await;
    let mut begun = begin(&app, "&secret=my+own+secret").await;
    assert_eq!((&begun["encrypted"], begun.get("secret")), (&json!(true), None));
    begun["secret"] = json!("my+own+secret");
    let question = question(&app, &begun).await;
    assert_eq!(question["questionText"], "Hello");
}

#[actix_web::test]
async fn other_parameters_are_arguments_of_the_interview() {
    let interview = "mandatory: True\nquestion: |\n  Hello, ${ url_args['name'] }\n";
    let app = TestApp::with_interviews(&[("a.yml", interview)]).await;
    let begun = begin(&app, "&name=R%C3%A9my").await;
    let question = question(&app, &begun).await;
    assert_eq!(question["questionText"], "Hello, Rémy");
}

#[actix_web::test]
async fn a_changed_file_is_seen_by_the_next_request() {
    let app = TestApp::with_interviews(&[("a.yml", "mandatory: True\nquestion: First\n")]).await;
    let begun = begin(&app, "").await;
    app.place().write("a.yml", "mandatory: True\nquestion: Second edition\n");
    let question = question(&app, &begun).await;
    assert_eq!(question["questionText"], "Second edition");
}

#[actix_web::test]
async fn an_interview_may_ask_for_a_privilege() {
    let interview = "metadata:\n  required privileges:\n    - admin\n---\nmandatory: True\nquestion: Hello\n";
    let app = TestApp::with_interviews(&[("a.yml", interview)]).await;
    assert_eq!(begin(&app, "").await["i"], A);
    let refused = app.ordinary().await.get(&format!("/api/session/new?i={A}")).await;
    assert_eq!(refused.refusal(), (400, "Insufficient permissions to run this interview.".to_owned()));
}

#[actix_web::test]
async fn what_the_interview_makes_itself_is_sent_as_it_is() {
    let interview = "mandatory: True\ncode: |\n  response('<p>Hi</p>', content_type='text/html; charset=utf-8')\n";
    let app = TestApp::with_interviews(&[("a.yml", interview)]).await;
    let begun = begin(&app, "").await;
    let answer = Session::of(&begun).question(&app.administrator()).await;
    let seen = (answer.status, answer.header("Content-Type"), answer.body.as_str());
    assert_eq!(seen, (200, "text/html; charset=utf-8", "<p>Hi</p>"));
}

#[actix_web::test]
async fn a_failure_of_the_interview_saves_nothing_and_tells_no_cause() {
    let interview = "mandatory: True\ncode: |\n  if number == 0:\n    1 / number\n  done\n";
    let app = TestApp::with_interviews(&[("a.yml", interview)]).await;
    let session = Session::of(&begin(&app, "").await);
    let user = app.administrator();
    let failed = session.answer(&user, json!({"variables": {"number": 0}})).await;
    assert_eq!(failed.refusal(), (400, "Failure to assemble interview".to_owned()));
    assert_eq!(session.question(&user).await.json()["variable"], "number");
}

#[actix_web::test]
async fn what_an_evaluation_changed_is_kept_and_no_step_is_added() {
    let interview = "mandatory: True\ncode: |\n  a = 1\n---\nmandatory: True\nquestion: Hello\n";
    let app = TestApp::with_interviews(&[("a.yml", interview)]).await;
    let session = Session::of(&begin(&app, "").await);
    let user = app.administrator();
    session.question(&user).await;
    assert_eq!(session.variables(&user).await.json()["a"], 1);
    assert_eq!(session.back(&user).await.refusal(), (400, "Cannot go back".to_owned()));
}

#[actix_web::test]
async fn a_developer_is_told_why_a_question_is_asked_and_nobody_else() {
    let interview = "mandatory: True\nquestion: ${ name }\n---\nquestion: Name?\nfields:\n  - Name: name\n---\nif: False\n\
                     question: Your name?\nfields:\n  - Name: name\n";
    let app = TestApp::with_interviews(&[("a.yml", interview)]).await;
    let begun = begin(&app, "").await;
    let address = format!(
        "/api/session/question?i={A}&session={}&secret={}&explain=1",
        begun["session"].as_str().unwrap(),
        begun["secret"].as_str().unwrap()
    );
    let told = app.administrator().get(&address).await.json();
    assert_eq!(told["questionText"], "Name?");
    let steps = told["explanation"]["steps"].as_array().unwrap();
    let came: Vec<&str> = steps.iter().filter_map(|step| step["came"].as_str()).collect();
    let expected = ["is due, because it is mandatory", "is passed over: its `if` is not true: False", "ends here"];
    assert_eq!(came, expected);
    let quiet = app.administrator().get(&address.replace("explain=1", "explain=0")).await.json();
    assert_eq!(quiet.get("explanation"), None);
    let user = app.ordinary().await;
    let refused = user.get(&address).await;
    assert_eq!((refused.status, refused.body.as_str()), (403, "\"Access Denied\""));
}
