//! A session of an interview in the engine, with little of everything, so that an evaluation ends soon.
//!
//! It keeps nothing from one call to the next.

use std::sync::Arc;

use da_core::{Answers, Caller, Command, SessionId, Turn};
use da_interview::{AssembleError, Context, Interview, NoWorld, Settings, SourceError};
use da_testkit::{engine, moment};

/// Reads an interview.
pub(crate) fn load(text: &str) -> Result<Arc<Interview>, SourceError> {
    engine().load_text(text)
}

/// Evaluates once.
pub(crate) fn run(interview: &Interview, answers: Option<&Answers>, command: Command) -> Result<Turn, AssembleError> {
    let caller = Caller::Anonymous { visitor: "somebody".to_owned(), address: String::new() };
    let session = SessionId::parse("session").unwrap();
    let settings = Settings { fuel: 500_000, memory: 16 << 20, loop_limit: 50, output: 1 << 18, ..Settings::default() };
    let context = Context {
        caller: &caller,
        session: &session,
        previous: None,
        now: moment(),
        settings: &settings,
        world: Arc::new(NoWorld),
    };
    interview.run(answers, command, &context)
}

/// The first answers of an interview.
pub(crate) fn begin(interview: &Interview) -> Result<Turn, AssembleError> {
    run(interview, None, Command::Begin { url_args: Vec::new() })
}
