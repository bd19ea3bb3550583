//! Variables that are posted: a JSON object, whose values may claim to be objects of a class.

use std::sync::{Arc, LazyLock};

use da_app::view;
use da_core::{Answer, Answers, Command, Outcome, Plain};
use da_interview::Interview;
use serde_json::Value;

use super::text;
use crate::session;

const INTERVIEW: &str = "
objects:
  - thing: DAObject
---
mandatory: True
question: ${ a }
fields:
  - A: b
  - B: c
    datatype: checkboxes
    choices:
      - d
";

static BEGUN: LazyLock<(Arc<Interview>, Answers)> = LazyLock::new(|| {
    let interview = session::load(INTERVIEW).unwrap();
    let answers = session::begin(&interview).unwrap().answers;
    (interview, answers)
});

pub(super) fn run(bytes: &[u8]) {
    let Some(Ok(Value::Object(posted))) = text(bytes).map(serde_json::from_str) else { return };
    let variables: Vec<(String, Plain)> =
        posted.iter().map(|(name, value)| (name.clone(), view::from_json(value))).collect();
    let (interview, answers) = &*BEGUN;
    let answer = Answer { variables, ..Answer::default() };
    let Ok(turn) = session::run(interview, Some(answers), Command::Answer(answer)) else { return };
    // What was taken can be told.
    let told = session::run(interview, Some(&turn.answers), Command::Variables);
    let told = told.unwrap_or_else(|error| panic!("what was kept cannot be told: {error}"));
    if let Outcome::Variables(variables) = &told.outcome {
        drop(view::to_json(variables).to_string());
    }
}
