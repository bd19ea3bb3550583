//! `advance_progress_meter`: answers that move the meter of an interview that has one.

use da_testkit::{Session, TestApp};
use serde_json::{Value, json};

fn interview(features: &str) -> String {
    format!(
        "features:\n  progress bar: True\n{features}---\nmandatory: True\ncode: |\n  a\n  b\n  c\n  d\n---\n\
         question: A?\nfields:\n  - A: a\n---\nquestion: B?\nfields:\n  - B: b\n---\nquestion: C?\nprogress: 40\n\
         fields:\n  - C: c\n---\nquestion: D?\nprogress: 20\nfields:\n  - D: d\n---\nmandatory: True\nquestion: The end\n\
         subquestion: ${{ get_progress() }}\n"
    )
}

/// What the meter shows after each of four answers; the last screen is told whole.
async fn walked(app: &TestApp, features: &str, more: &Value) -> (Vec<Value>, Value) {
    let name = app.place().write("a.yml", &interview(features));
    let user = app.administrator();
    let session = Session::begin(&user, &name, "").await;
    let (mut shown, mut last) = (Vec::new(), Value::Null);
    for variable in ["a", "b", "c", "d"] {
        let mut body = more.clone();
        body["variables"] = json!({variable: 1});
        last = session.answer(&user, body).await.json();
        shown.push(last["progress"].clone());
    }
    assert_eq!(session.question(&user).await.json()["progress"], last["progress"], "what is told is kept");
    (shown, last)
}

#[actix_web::test]
async fn the_meter_moves_on_answers_that_ask_for_it_and_stands_still_otherwise() {
    let app = TestApp::start().await;
    let (shown, last) = walked(&app, "", &json!({"advance_progress_meter": 1})).await;
    // A part of the way that is left, then where a question says it is, which is never a way back.
    assert_eq!(shown, [json!(5.0), json!(40), json!(40), json!(43.0)]);
    assert_eq!(last["questionText"], "The end");
    let (shown, _) = walked(&app, "", &json!({})).await;
    assert_eq!(shown, [json!(0), json!(0), json!(0), json!(0)]);
}

#[actix_web::test]
async fn an_interview_says_how_far_an_answer_leads_and_whether_the_meter_may_go_back() {
    let app = TestApp::start().await;
    let asks = json!({"advance_progress_meter": "1"});
    let (shown, _) = walked(&app, "  progress bar multiplier: 0.5\n", &asks).await;
    assert_eq!(shown, [json!(50.0), json!(50.0), json!(50.0), json!(75.0)]);
    let (shown, _) = walked(&app, "  progress bar method: stepped\n  progress bar multiplier: 0.5\n", &asks).await;
    assert_eq!(shown, [json!(10.0), json!(40), json!(40), json!(70.0)]);
    let (shown, _) = walked(&app, "  progress can go backwards: True\n", &asks).await;
    assert_eq!(shown, [json!(5.0), json!(40), json!(20), json!(24.0)]);
}

#[actix_web::test]
async fn an_interview_without_a_meter_has_none_to_move() {
    let app = TestApp::with_interviews(&[(
        "a.yml",
        "mandatory: True\nquestion: ${ a }\n---\nquestion: A?\nfields:\n  - A: a\n",
    )])
    .await;
    let user = app.administrator();
    let session = Session::begin(&user, "docassemble.mine:data/questions/a.yml", "").await;
    let body = json!({"variables": {"a": 1}, "advance_progress_meter": true});
    assert_eq!(session.answer(&user, body).await.json()["progress"], json!(0));
}
