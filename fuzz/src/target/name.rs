//! Names of variables that come from outside: an assignment target, or refused; never run.

use std::sync::{Arc, LazyLock};

use da_core::{Answer, Answers, Command};
use da_interview::Interview;
use da_python::machine::names::parse_target;

use super::text;
use crate::session;

/// Whatever is called here has an effect that can be seen.
const INTERVIEW: &str = "
objects:
  - thing: DAObject
  - things: DAList.using(object_type=DAObject, there_are_any=True, there_is_another=False)
---
initial: True
code: |
  ran = defined('ran') and ran
  def run(*args):
    global ran
    ran = True
---
mandatory: True
question: Hello
";

static BEGUN: LazyLock<(Arc<Interview>, Answers)> = LazyLock::new(|| {
    let interview = session::load(INTERVIEW).unwrap();
    let answers = session::begin(&interview).unwrap().answers;
    (interview, answers)
});

pub(super) fn run(bytes: &[u8]) {
    let Some(name) = text(bytes) else { return };
    let is_name = parse_target(name).is_ok();
    let (interview, answers) = &*BEGUN;
    let answer = Answer {
        variables: vec![(name.to_owned(), "value".into())],
        delete_variables: vec![name.to_owned()],
        event_list: vec![name.to_owned()],
        ..Answer::default()
    };
    let taken = session::run(interview, Some(answers), Command::Answer(answer));
    assert!(is_name || taken.is_err(), "{name:?} is no name, and was taken");
}
