//! Interviews that are held in memory.

use chrono::DateTime;
use da_core::{Answers, Caller, Command, InterviewName, SessionId, Turn};
use da_interview::{AssembleError, Context, Engine, Interview, NoWorld, Settings, SourceError, Sources, Texts};
use std::sync::{Arc, LazyLock};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new().unwrap());

const PACKAGE: &str = "docassemble.test";

const PATH: &str = "data/questions/test.yml";

/// Reads an interview, with more files of its package.
pub(crate) fn load(text: &str, files: &[(&str, &str)]) -> Result<Arc<Interview>, SourceError> {
    let with = |texts: Texts, (path, text): &(&str, &str)| texts.with(PACKAGE, path, text);
    let files: Arc<dyn Sources> = Arc::new(files.iter().fold(Texts::default().with(PACKAGE, PATH, text), with));
    ENGINE.load(&InterviewName::parse(&format!("{PACKAGE}:{PATH}")).unwrap(), &files)
}

/// The same for an interview that has to be right.
pub(crate) fn interview(text: &str, files: &[(&str, &str)]) -> Arc<Interview> {
    load(text, files).unwrap_or_else(|error| panic!("{error}"))
}

/// Evaluates it once.
pub(crate) fn run(
    interview: &Interview,
    answers: Option<&Answers>,
    command: Command,
    settings: &Settings,
) -> Result<Turn, AssembleError> {
    let context = Context {
        caller: &Caller::Anonymous { visitor: "v".to_owned(), address: String::new() },
        session: &SessionId::parse("s").unwrap(),
        previous: None,
        now: DateTime::from_timestamp(1_800_000_000, 0).unwrap(),
        settings,
        world: Arc::new(NoWorld),
    };
    interview.run(answers, command, &context)
}
