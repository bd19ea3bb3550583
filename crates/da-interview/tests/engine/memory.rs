//! Interviews that are held in memory, and a world in which nothing happens.

use chrono::DateTime;
use da_core::{Answers, Caller, Command, InterviewName, SessionId, Turn};
use da_interview::source::SourceError;
use da_interview::{
    AssembleError, Context, Engine, FileVersion, Interview, Settings, SourceErrorKind, SourceFile, Sources, World,
};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new().unwrap());

const NAME: &str = "docassemble.test:data/questions/test.yml";

/// Files by package and path.
struct Files(HashMap<String, String>);

impl Sources for Files {
    fn version(&self, package: &str, path: &str) -> Option<FileVersion> {
        self.0.contains_key(&format!("{package}:{path}")).then_some(FileVersion(1))
    }

    fn read(&self, package: &str, path: &str) -> Result<SourceFile, SourceError> {
        match self.0.get(&format!("{package}:{path}")) {
            Some(text) => Ok(SourceFile { version: FileVersion(1), text: Arc::from(text.as_str()) }),
            None => Err(SourceError::of_file(SourceErrorKind::Missing, package, path, "no such file")),
        }
    }
}

struct Still;

impl World for Still {
    fn random(&self, bytes: &mut [u8]) {
        bytes.fill(7);
    }

    fn log(&self, _line: &str) {}

    fn time_is_up(&self) -> bool {
        false
    }
}

/// Reads an interview, with more files of its package.
pub(crate) fn load(text: &str, files: &[(&str, &str)]) -> Result<Arc<Interview>, SourceError> {
    let more = files.iter().map(|(path, text)| (format!("docassemble.test:{path}"), (*text).to_owned()));
    let all = [(NAME.to_owned(), text.to_owned())].into_iter().chain(more).collect();
    let files: Arc<dyn Sources> = Arc::new(Files(all));
    ENGINE.load(&InterviewName::parse(NAME).unwrap(), &files)
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
        caller: &Caller::Anonymous { visitor: "v".to_owned() },
        session: &SessionId::parse("s").unwrap(),
        previous: None,
        now: DateTime::from_timestamp(1_800_000_000, 0).unwrap(),
        settings,
        world: Arc::new(Still),
    };
    interview.run(answers, command, &context)
}
