//! A session of an interview in the engine, with little of everything, so that an evaluation ends soon.
//!
//! It keeps nothing from one call to the next.

use std::sync::Arc;

use da_core::{Answers, Caller, Command, InterviewName, SessionId, Turn};
use da_interview::source::{FileVersion, SourceError, SourceFile, Sources};
use da_interview::{AssembleError, Context, Interview, Settings, SourceErrorKind};
use da_testkit::{StillWorld, engine, moment};

/// One file, which may say anything.
struct One(Arc<str>);

const FILE: (&str, &str) = ("docassemble.mine", "data/questions/interview.yml");

impl Sources for One {
    fn version(&self, package: &str, path: &str) -> Option<FileVersion> {
        ((package, path) == FILE).then_some(FileVersion(1))
    }

    fn read(&self, package: &str, path: &str) -> Result<SourceFile, SourceError> {
        if (package, path) == FILE {
            return Ok(SourceFile { version: FileVersion(1), text: Arc::clone(&self.0) });
        }
        Err(SourceError::of_file(SourceErrorKind::Missing, package, path, "there is no such file"))
    }
}

/// Reads an interview.
pub(crate) fn load(text: &str) -> Result<Arc<Interview>, SourceError> {
    let name = InterviewName::parse(&format!("{}:{}", FILE.0, FILE.1)).unwrap();
    let sources: Arc<dyn Sources> = Arc::new(One(Arc::from(text)));
    engine().load(&name, &sources)
}

/// Evaluates once.
pub(crate) fn run(interview: &Interview, answers: Option<&Answers>, command: Command) -> Result<Turn, AssembleError> {
    let caller = Caller::Anonymous { visitor: "somebody".to_owned() };
    let session = SessionId::parse("session").unwrap();
    let settings = Settings { fuel: 500_000, memory: 16 << 20, loop_limit: 50, output: 1 << 18, ..Settings::default() };
    let context = Context {
        caller: &caller,
        session: &session,
        previous: None,
        now: moment(),
        settings: &settings,
        world: Arc::new(StillWorld),
    };
    interview.run(answers, command, &context)
}

/// The first answers of an interview.
pub(crate) fn begin(interview: &Interview) -> Result<Turn, AssembleError> {
    run(interview, None, Command::Begin { url_args: Vec::new() })
}
