//! What the functions and classes of `docassemble.base.util` say, line by line: the files of `functions/`
//! have an expression, an arrow, and the text that a question shows for it. What stands above `====` is
//! the rest of the interview.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use chrono::DateTime;
use da_core::{Caller, Command, InterviewName, Outcome, SessionId};
use da_interview::source::SourceError;
use da_interview::{Context, Engine, FileVersion, Settings, SourceErrorKind, SourceFile, Sources, World};
use std::sync::{Arc, LazyLock};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new().unwrap());

const NAME: &str = "docassemble.test:data/questions/test.yml";

/// One file that is held in memory.
struct Only(String);

impl Sources for Only {
    fn version(&self, package: &str, path: &str) -> Option<FileVersion> {
        (format!("{package}:{path}") == NAME).then_some(FileVersion(1))
    }

    fn read(&self, package: &str, path: &str) -> Result<SourceFile, SourceError> {
        if format!("{package}:{path}") == NAME {
            return Ok(SourceFile { version: FileVersion(1), text: Arc::from(self.0.as_str()) });
        }
        Err(SourceError::of_file(SourceErrorKind::Missing, package, path, "no such file"))
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

/// The text of the first question of an interview, or the message of the error that it ends in.
fn asked(text: String) -> String {
    let sources: Arc<dyn Sources> = Arc::new(Only(text));
    let interview = ENGINE.load(&InterviewName::parse(NAME).unwrap(), &sources);
    let interview = interview.unwrap_or_else(|error| panic!("{error}"));
    let context = Context {
        caller: &Caller::Anonymous { visitor: "v".to_owned() },
        session: &SessionId::parse("s").unwrap(),
        previous: None,
        now: DateTime::from_timestamp(1_800_000_000, 0).unwrap(),
        settings: &Settings::default(),
        world: Arc::new(Still),
    };
    match interview.run(None, Command::Begin { url_args: Vec::new() }, &context) {
        Ok(turn) => match turn.outcome {
            Outcome::Screen(screen) => screen.question.trim().to_owned(),
            other => format!("{other:?}"),
        },
        Err(error) => error.message,
    }
}

#[track_caller]
fn check(file: &str) {
    let (before, lines) = file.split_once("====\n").unwrap_or(("", file));
    let mut wrong = Vec::new();
    for line in lines.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (expression, expected) = line.split_once(" => ").unwrap_or_else(|| panic!("no arrow: {line}"));
        let said = asked(format!("{before}---\nmandatory: True\nquestion: |\n  ${{ {expression} }}\n"));
        let expected = expected.replace("\\n", "\n").replace("\\u202f", "\u{202f}");
        if said != expected {
            wrong.push(format!("{expression}\n  want {expected:?}\n  got  {said:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn numbers_are_said_in_words_and_in_digits() {
    check(include_str!("functions/numbers.txt"));
}

#[test]
fn nouns_verbs_and_phrases_follow_the_language() {
    check(include_str!("functions/language.txt"));
}

#[test]
fn texts_are_marked_cut_and_joined() {
    check(include_str!("functions/text.txt"));
}

#[test]
fn dates_are_read_written_and_compared() {
    check(include_str!("functions/dates.txt"));
}

#[test]
fn countries_states_and_telephone_numbers_are_known() {
    check(include_str!("functions/places.txt"));
}

#[test]
fn people_speak_of_themselves_and_of_others() {
    check(include_str!("functions/people.txt"));
}

#[test]
fn money_is_counted_over_periods() {
    check(include_str!("functions/finance.txt"));
}

#[test]
fn links_lead_to_the_interview_its_actions_and_its_files() {
    check(include_str!("functions/links.txt"));
}

#[test]
fn a_session_remembers_tasks_parts_and_explanations() {
    check(include_str!("functions/session.txt"));
}

#[test]
fn courts_and_cases_have_their_parties() {
    check(include_str!("functions/legal.txt"));
}

#[test]
fn what_this_server_cannot_do_says_so_by_name() {
    check(include_str!("functions/absent.txt"));
}
