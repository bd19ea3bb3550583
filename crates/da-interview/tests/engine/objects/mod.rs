//! docassemble's objects, as small programs against `docassemble.base.util` see them.

mod da_dict;
mod da_list;
mod da_object;
mod da_set;
mod gathering;

use crate::memory;
use da_core::{Answer, Answers, Command, Outcome, Plain};
use da_interview::{Interview, Settings};
use std::sync::Arc;

/// A session of an interview.
struct Session {
    interview: Arc<Interview>,
    answers: Option<Answers>,
}

impl Session {
    fn of(text: &str) -> Session {
        Session { interview: memory::interview(text, &[]), answers: None }
    }

    /// What came of a command: the text of a question, `wants NAME`, or an error.
    fn run(&mut self, command: Command) -> String {
        match memory::run(&self.interview, self.answers.as_ref(), command, &Settings::default()) {
            Err(error) => error.message,
            Ok(turn) => {
                self.answers = Some(turn.answers);
                match turn.outcome {
                    Outcome::Screen(screen) => screen.question,
                    Outcome::UndefinedVariable { variable, .. } => format!("wants {variable}"),
                    other => format!("{other:?}"),
                }
            }
        }
    }

    fn begin(&mut self) -> String {
        self.run(Command::Begin { url_args: Vec::new() })
    }

    fn answer(&mut self, name: &str, value: impl Into<Plain>) -> String {
        let variables = vec![(name.to_owned(), value.into())];
        self.run(Command::Answer(Answer { variables, ..Answer::default() }))
    }
}

/// An interview that runs a program and then shows `answer`.
fn program(code: &str) -> Session {
    let code: String = code.lines().map(|line| format!("  {line}\n")).collect();
    Session::of(&format!("mandatory: True\ncode: |\n{code}---\nmandatory: True\nquestion: ${{ repr(answer) }}\n"))
}

/// What a program leaves in `answer`, as `repr` writes it; or `wants NAME`; or its error.
fn said(code: &str) -> String {
    program(code).begin()
}
