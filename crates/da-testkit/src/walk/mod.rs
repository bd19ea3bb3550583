//! A case is walked: once to be written down ([`record`]), then through every door and with every memory, which must all
//! show the same ([`walk`]).
//!
//! Nothing here knows what an interview should show: a person reads the record, once, in review.

mod engine;
mod fill;
mod form;
mod json;
mod sight;
mod told;
mod use_cases;

use std::fmt::Write;

use da_core::{Action, Answer, Outcome, Screen};

use crate::case::{Named, Step};
use crate::{Case, TestApp};
use engine::Walker;

/// Through what a case is walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// The engine, without a server.
    Engine,
    /// The JSON API.
    Json,
    /// Forms in a browser.
    Html,
}

impl Door {
    /// All of them.
    pub const ALL: [Door; 3] = [Door::Engine, Door::Json, Door::Html];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Door::Engine => "engine",
            Door::Json => "json",
            Door::Html => "html",
        }
    }
}

/// What becomes of a session between two steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Memory {
    /// Nothing.
    Kept,
    /// The answers are read and written again; through a server, the page is loaded again.
    Encoded,
    /// The answers are sealed and saved, the server ends, and another one reads them.
    Stored,
}

impl Memory {
    /// All of them.
    pub const ALL: [Memory; 3] = [Memory::Kept, Memory::Encoded, Memory::Stored];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Memory::Kept => "kept",
            Memory::Encoded => "encoded",
            Memory::Stored => "stored",
        }
    }
}

/// What failed, as its author is told.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Failure {
    message: String,
    place: Option<String>,
}

/// What is done, made ready for every door.
#[derive(Debug, Clone)]
enum Deed {
    Begin(Vec<(String, String)>),
    /// The answer, and for a form: the screen and what a person fills in.
    Answer(Answer, Option<(Screen, Filled)>),
    /// What is refused, and what is said.
    Refused(Screen, Filled, Vec<(String, String)>),
    Act(Action),
    Back,
    Show,
    Variables,
}

/// What a person does with a screen.
#[derive(Debug, Clone)]
enum Filled {
    Fields(Named),
    Choice(String),
}

/// A step with what it showed.
struct Stage {
    title: String,
    deed: Deed,
    outcome: Result<Outcome, Failure>,
}

impl Stage {
    /// Whether a page that is loaded again shows the same. After going back it does not: what was undone is known once.
    fn repeats(&self) -> bool {
        let is_shown = matches!(self.outcome, Ok(Outcome::Screen(_) | Outcome::UndefinedVariable { .. }));
        is_shown && !matches!(self.deed, Deed::Back | Deed::Refused(..) | Deed::Variables)
    }

    /// A complaint about this step.
    fn wrong(&self, what: &str) -> String {
        format!("{}: {what}", self.title)
    }
}

/// Walks through the engine and writes down what is shown, as text that can be reviewed.
///
/// # Errors
/// A step that cannot be done with the screen that is shown.
pub fn record(case: &Case) -> Result<String, String> {
    let mut text = format!("{}\n", case.tells);
    for stage in &stages(case)? {
        // Writing to a String cannot fail.
        let _ = write!(text, "\n--- {}\n{}", stage.title, told::for_review(stage));
    }
    Ok(text)
}

/// Walks through a door with a memory, and compares every step with what the engine shows.
///
/// # Errors
/// The first step that shows something else.
pub async fn walk(case: &Case, door: Door, memory: Memory) -> Result<(), String> {
    let stages = stages(case)?;
    match (door, memory) {
        (Door::Engine, Memory::Stored) => use_cases::walk(TestApp::start_at(case.place()).await, &stages).await,
        (Door::Engine, memory) => engine::walk(&case.place(), &stages, memory),
        (Door::Json, memory) => json::walk(TestApp::start_at(case.place()).await, &stages, memory).await,
        (Door::Html, memory) => form::walk(TestApp::start_at(case.place()).await, &stages, memory).await,
    }
}

/// The steps with what the engine shows.
fn stages(case: &Case) -> Result<Vec<Stage>, String> {
    let place = case.place();
    let mut walker = Walker::new(&place);
    let mut stages: Vec<Stage> = Vec::new();
    for (title, step) in &case.steps {
        let mut deed = deed(step, &stages).map_err(|error| format!("{title}: {error}"))?;
        if !case.doors.contains(&Door::Json) && case.doors.contains(&Door::Html) {
            as_a_form(&mut deed);
        }
        let outcome = match (&deed, stages.last()) {
            (Deed::Refused(..), Some(last)) => last.outcome.clone(),
            _ => walker.take(&deed),
        };
        stages.push(Stage { title: title.clone(), deed, outcome });
    }
    Ok(stages)
}

/// A case that no client of the API walks is about what forms do: the engine is given what a form gives it.
fn as_a_form(deed: &mut Deed) {
    if let Deed::Answer(answer, Some((screen, _))) = deed {
        answer.check_fields = true;
        answer.question_name = Some(screen.question_name.clone());
    }
}

/// What a step means on the screen that is shown.
fn deed(step: &Step, before: &[Stage]) -> Result<Deed, String> {
    let on_screen = |filled: Filled| {
        let screen = shown(before).ok_or("there is no screen to fill in")?;
        Ok::<_, String>((fill::answer(screen, &filled)?, screen.clone(), filled))
    };
    Ok(match step {
        Step::Begin(arguments) => Deed::Begin(arguments.clone()),
        Step::Answer(given) => {
            let (answer, screen, filled) = on_screen(Filled::Fields(given.clone()))?;
            Deed::Answer(answer, Some((screen, filled)))
        }
        Step::Choose(label) => {
            let (answer, screen, filled) = on_screen(Filled::Choice(label.clone()))?;
            Deed::Answer(answer, Some((screen, filled)))
        }
        Step::Refused(given, said) => {
            let screen = shown(before).ok_or("there is no screen to fill in")?;
            Deed::Refused(screen.clone(), Filled::Fields(given.clone()), said.clone())
        }
        Step::Set(variables) => Deed::Answer(Answer { variables: variables.clone(), ..Answer::default() }, None),
        Step::Delete(names) => Deed::Answer(Answer { delete_variables: names.clone(), ..Answer::default() }, None),
        Step::Act(name, arguments) => {
            let (name, arguments) = (name.clone(), arguments.clone());
            Deed::Act(Action { name, arguments, persistent: true, is_step: true })
        }
        Step::Back => Deed::Back,
        Step::Show => Deed::Show,
        Step::Variables => Deed::Variables,
    })
}

/// The screen that a person has in front of them: looking at the variables, and a step that failed, leave it there.
fn shown(before: &[Stage]) -> Option<&Screen> {
    let leaves_it = |stage: &&Stage| {
        let is_refused = matches!(stage.deed, Deed::Answer(..) | Deed::Back) && stage.outcome.is_err();
        is_refused || matches!(stage.deed, Deed::Variables)
    };
    let last = before.iter().rev().find(|stage| !leaves_it(stage))?;
    match &last.outcome {
        Ok(Outcome::Screen(screen)) => Some(screen),
        _ => None,
    }
}
