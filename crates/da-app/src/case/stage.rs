//! A case is walked through the engine: every step with what it showed.
//!
//! Nothing here knows what an interview should show.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use da_core::{Action, Answer, Outcome, Screen};
use da_interview::fill::{Filled, fill};
use da_interview::reasons::Reasons;
use da_interview::{AssembleError, Interview, SourceError, Walk};

use super::shelf::Shelf;
use super::{CaseError, Step};

/// What failed, as its author is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What happened.
    pub message: String,
    /// Where, if that is known.
    pub place: Option<String>,
}

impl From<AssembleError> for Failure {
    fn from(error: AssembleError) -> Self {
        Failure { message: error.message, place: error.place.map(|place| place.to_string()) }
    }
}

impl From<&SourceError> for Failure {
    fn from(error: &SourceError) -> Self {
        Failure { message: error.message.clone(), place: Some(error.place.to_string()) }
    }
}

/// What is done, made ready for the screen that is shown.
#[derive(Debug, Clone)]
pub enum Deed {
    /// Begins, with the parameters of the address.
    Begin(Vec<(String, String)>),
    /// The answer, and for a form: the screen and what a person fills in.
    Answer(Answer, Option<(Screen, Filled)>),
    /// What a form refuses, and what it says. The engine is not asked.
    Refused(Screen, Filled, Vec<(String, String)>),
    /// Runs an action.
    Act(Action),
    /// Goes back.
    Back,
    /// Loads the page again.
    Show,
    /// Looks at the variables.
    Variables,
}

/// A step with what it showed.
#[derive(Debug, Clone)]
pub struct Stage {
    /// The step as it was written.
    pub title: String,
    /// What was done.
    pub deed: Deed,
    /// What came.
    pub outcome: Result<Outcome, Failure>,
    /// Why, if that was asked for.
    pub reasons: Option<Reasons>,
}

/// The moment at which every case happens: the morning of 15 January 2027 in UTC.
pub fn moment() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap_or_default()
}

/// A walk through the engine alone, in a world that stands still.
pub struct Walker(Result<Walk, SourceError>);

impl Walker {
    /// A walk through an interview, or through one that could not be read.
    pub fn new(interview: Result<Arc<Interview>, SourceError>) -> Walker {
        Walker(interview.map(|interview| Walk::of(interview).at(moment()).in_world(Arc::new(Shelf::default()))))
    }

    /// The same, and it records why steps end where they do.
    #[must_use]
    pub fn explained(self) -> Walker {
        Walker(self.0.map(Walk::explained))
    }

    /// Does what is to be done.
    ///
    /// # Errors
    /// [`Failure`] when the interview fails.
    pub fn take(&mut self, deed: &Deed) -> Result<Outcome, Failure> {
        let walk = self.walk()?;
        Ok(match deed {
            Deed::Begin(arguments) => walk.begin(arguments)?,
            Deed::Answer(answer, _) => walk.answer(answer.clone())?,
            Deed::Act(action) => walk.act(action.clone())?,
            Deed::Show | Deed::Refused(..) => walk.show()?,
            Deed::Variables => Outcome::Variables(da_core::Plain::Map(walk.variables()?)),
            Deed::Back => match walk.back()? {
                Some(outcome) => outcome,
                None => return Err(Failure { message: "Cannot go back".to_owned(), place: None }),
            },
        })
    }

    /// The session.
    ///
    /// # Errors
    /// [`Failure`] when the interview could not be read.
    pub fn walk(&mut self) -> Result<&mut Walk, Failure> {
        self.0.as_mut().map_err(|error| Failure::from(&*error))
    }
}

/// The steps with what they show.
pub(super) fn stages(steps: &[(String, Step)], mut walker: Walker, as_forms: bool) -> Result<Vec<Stage>, CaseError> {
    let mut stages: Vec<Stage> = Vec::new();
    for (title, step) in steps {
        let mut deed = deed(step, &stages).map_err(|why| CaseError::at(stages.len(), title, why))?;
        if as_forms {
            as_a_form(&mut deed);
        }
        let outcome = match (&deed, stages.last()) {
            (Deed::Refused(..), Some(last)) => last.outcome.clone(),
            _ => walker.take(&deed),
        };
        let reasons = walker.0.as_ref().ok().and_then(Walk::reasons).cloned();
        stages.push(Stage { title: title.clone(), deed, outcome, reasons });
    }
    Ok(stages)
}

/// The engine is given what a form gives it.
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
        let answer = fill(screen, &filled).map_err(|why| why.to_string())?;
        Ok::<_, String>(Deed::Answer(answer, Some((screen.clone(), filled))))
    };
    Ok(match step {
        Step::Begin(arguments) => Deed::Begin(arguments.clone()),
        Step::Answer(given) => on_screen(Filled::Fields(given.clone()))?,
        Step::Choose(label) => on_screen(Filled::Choice(label.clone()))?,
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
