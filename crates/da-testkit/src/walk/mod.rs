//! A case is walked: once to be written down ([`record`]), then through every door and with every memory, which must all
//! show the same ([`walk`]).
//!
//! Nothing here knows what an interview should show: a person reads the record, once, in review.

mod engine;
mod form;
mod json;
mod same;
mod sight;
mod use_cases;

use da_app::case::{Case, CaseError, Deed, Stage};
use da_core::{Outcome, ScreenKind};

use crate::{Place, TestApp, engine as the_engine};

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

    /// The doors that a case goes through.
    ///
    /// # Panics
    /// A name that is no door's: the case is wrong.
    pub fn of(case: &Case) -> Vec<Door> {
        let door = |name: &String| {
            let found = Door::ALL.into_iter().find(|door| name == door.name());
            found.unwrap_or_else(|| panic!("{}: {name} is no door", case.name))
        };
        case.doors.as_ref().map_or(Door::ALL.to_vec(), |names| names.iter().map(door).collect())
    }

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

/// Walks through the engine and writes down what is shown, as text that can be reviewed.
///
/// # Errors
/// A step that cannot be done with the screen that is shown.
pub fn record(case: &Case) -> Result<String, String> {
    Ok(case.record(&the_engine(), &[]).map_err(complaint)?.text())
}

/// Walks through a door with a memory, and compares every step with what the engine shows.
///
/// # Errors
/// The first step that shows something else.
pub async fn walk(case: &Case, door: Door, memory: Memory) -> Result<(), String> {
    let mut stages = stages(case)?;
    if door == Door::Json {
        ask_after_actions(case, &mut stages)?;
    }
    match (door, memory) {
        (Door::Engine, Memory::Stored) => use_cases::walk(TestApp::start_at(place(case)).await, &stages).await,
        (Door::Engine, memory) => engine::walk(case, &stages, memory),
        (Door::Json, memory) => json::walk(TestApp::start_at(place(case)).await, &stages, memory).await,
        (Door::Html, memory) => form::walk(TestApp::start_at(place(case)).await, &stages, memory).await,
    }
}

/// The steps with what the engine shows.
fn stages(case: &Case) -> Result<Vec<Stage>, String> {
    case.stages(&the_engine(), &[]).map_err(complaint)
}

/// An action over the API tells no screen: the question is asked for in another request, and is what the engine shows then.
fn ask_after_actions(case: &Case, stages: &mut [Stage]) -> Result<(), String> {
    let mut walker = case.walker(&the_engine(), &[]).map_err(complaint)?;
    for stage in stages {
        let taken = match &stage.deed {
            Deed::Refused(..) => continue,
            deed => walker.take(deed),
        };
        let tells_nothing = matches!(taken, Ok(Outcome::Screen(_) | Outcome::UndefinedVariable { .. }));
        let is_asked = tells_nothing && matches!(stage.deed, Deed::Act(_));
        stage.outcome = if is_asked { walker.take(&Deed::Show) } else { taken };
    }
    Ok(())
}

/// What is wrong with a case.
fn complaint(error: CaseError) -> String {
    match error.step {
        Some((_, step)) => format!("{step}: {}", error.message),
        None => error.message,
    }
}

/// A place with the files of a case.
fn place(case: &Case) -> Place {
    let place = Place::new();
    place.take(case.folder());
    place
}

/// Whether a page that is loaded again shows the same. After going back it does not: what was undone is known once. What work
/// in the background ends with is told once, too.
fn repeats(stage: &Stage) -> bool {
    use ScreenKind::{BackgroundResponse, BackgroundResponseAction, Redirect};
    let is_shown = match &stage.outcome {
        Ok(Outcome::Screen(screen)) => !matches!(screen.kind, BackgroundResponse | BackgroundResponseAction | Redirect),
        Ok(Outcome::UndefinedVariable { .. }) => true,
        _ => false,
    };
    is_shown && !matches!(stage.deed, Deed::Back | Deed::Refused(..) | Deed::Variables)
}

/// A complaint about a step.
fn wrong(stage: &Stage, what: &str) -> String {
    format!("{}: {what}", stage.title)
}
