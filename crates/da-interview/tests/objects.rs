//! docassemble's objects, as small programs against `docassemble.base.util` see them.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

#[path = "objects/da_dict.rs"]
mod da_dict;
#[path = "objects/da_list.rs"]
mod da_list;
#[path = "objects/da_object.rs"]
mod da_object;
#[path = "objects/da_set.rs"]
mod da_set;
#[path = "objects/gathering.rs"]
mod gathering;

use chrono::DateTime;
use da_core::{Answer, Answers, Caller, Command, InterviewName, Outcome, Plain, SessionId};
use da_interview::source::SourceError;
use da_interview::{Context, Engine, FileVersion, Interview, Settings, SourceErrorKind, SourceFile, Sources, World};
use std::sync::{Arc, LazyLock};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new().unwrap());

/// The one file of an interview.
struct File(String);

impl Sources for File {
    fn version(&self, package: &str, path: &str) -> Option<FileVersion> {
        (package == "docassemble.test" && path == "data/questions/test.yml").then_some(FileVersion(1))
    }

    fn read(&self, package: &str, path: &str) -> Result<SourceFile, SourceError> {
        match self.version(package, path) {
            Some(version) => Ok(SourceFile { version, text: Arc::from(&*self.0) }),
            None => Err(SourceError::of_file(SourceErrorKind::Missing, package, path, "no such file")),
        }
    }
}

/// A world in which nothing happens.
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

/// A session of an interview.
struct Session {
    interview: Arc<Interview>,
    answers: Option<Answers>,
}

impl Session {
    fn of(text: String) -> Session {
        let name = InterviewName::parse("docassemble.test:data/questions/test.yml").unwrap();
        let sources: Arc<dyn Sources> = Arc::new(File(text));
        let interview = ENGINE.load(&name, &sources).unwrap_or_else(|error| panic!("{error}"));
        Session { interview, answers: None }
    }

    /// What came of a command: the text of a question, `wants NAME`, or an error.
    fn run(&mut self, command: Command) -> String {
        let caller = Caller::Anonymous { visitor: "v".to_owned() };
        let session = SessionId::parse("s").unwrap();
        let settings = Settings::default();
        let context = Context {
            caller: &caller,
            session: &session,
            previous: None,
            now: DateTime::from_timestamp(1_800_000_000, 0).unwrap(),
            settings: &settings,
            world: Arc::new(Still),
        };
        match self.interview.run(self.answers.as_ref(), command, &context) {
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
    Session::of(format!("mandatory: True\ncode: |\n{code}---\nmandatory: True\nquestion: ${{ repr(answer) }}\n"))
}

/// What a program leaves in `answer`, as `repr` writes it; or `wants NAME`; or its error.
fn said(code: &str) -> String {
    program(code).begin()
}
