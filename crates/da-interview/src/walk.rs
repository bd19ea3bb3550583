//! [`Walk`]: a session of an interview that is kept in memory, for an embedder without a store, for tests and for tools.
//!
//! It adds nothing to what [`Interview::run`] does: it keeps the answers between two commands.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use da_core::{Action, Answer, Answers, Caller, Command, Outcome, Plain, SessionId, Turn};

use crate::context::{Context, NoWorld, Settings, World};
use crate::error::{AssembleError, AssembleErrorKind};
use crate::interview::Interview;
use crate::reasons::Reasons;

/// A session in memory: the answers of every step, the newest last. What an evaluation wants done in the world is dropped.
///
/// ```
/// use da_core::{Answer, Outcome};
/// use da_interview::{Engine, Walk};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let interview = Engine::new()?.load_text("mandatory: True\nquestion: Hello, ${ name }!\n")?;
/// let mut walk = Walk::of(interview);
/// assert!(matches!(walk.begin(&[])?, Outcome::UndefinedVariable { variable, .. } if variable == "name"));
/// let named = Answer { variables: vec![("name".to_owned(), "Ann".into())], ..Answer::default() };
/// assert!(matches!(walk.answer(named)?, Outcome::Screen(screen) if screen.question == "Hello, Ann!"));
/// assert!(walk.variables()?.contains(&("name".to_owned(), "Ann".into())));
/// # Ok(())
/// # }
/// ```
pub struct Walk {
    interview: Arc<Interview>,
    steps: Vec<Answers>,
    caller: Caller,
    session: SessionId,
    settings: Settings,
    now: DateTime<Utc>,
    world: Arc<dyn World>,
    /// Why the newest command ended where it did, if that is recorded.
    reasons: Option<Reasons>,
}

impl Walk {
    /// A session of somebody without an account, at the beginning of the Unix epoch, with the usual settings and no world.
    pub fn of(interview: Arc<Interview>) -> Walk {
        Walk {
            interview,
            steps: Vec::new(),
            caller: Caller::Anonymous { visitor: "somebody".to_owned(), address: String::new() },
            session: SessionId::in_memory(),
            settings: Settings::default(),
            now: DateTime::UNIX_EPOCH,
            world: Arc::new(NoWorld),
            reasons: None,
        }
    }

    /// The same, and it records from now on why commands end where they do.
    #[must_use]
    pub fn explained(self) -> Walk {
        Walk { reasons: Some(Reasons::default()), ..self }
    }

    /// Why the newest command ended where it did; nothing unless that is recorded ([`Walk::explained`]).
    pub fn reasons(&self) -> Option<&Reasons> {
        self.reasons.as_ref()
    }

    /// The same at another moment; it stands still until it is set again.
    #[must_use]
    pub fn at(self, now: DateTime<Utc>) -> Walk {
        Walk { now, ..self }
    }

    /// The same with a world.
    #[must_use]
    pub fn in_world(self, world: Arc<dyn World>) -> Walk {
        Walk { world, ..self }
    }

    /// The same with other settings.
    #[must_use]
    pub fn with_settings(self, settings: Settings) -> Walk {
        Walk { settings, ..self }
    }

    /// Begins, with the parameters of the address.
    ///
    /// # Errors
    /// [`AssembleError`] when the interview fails; so for every other command.
    pub fn begin(&mut self, url_args: &[(String, String)]) -> Result<Outcome, AssembleError> {
        self.add(Command::Begin { url_args: url_args.to_vec() })
    }

    /// Takes answers, as a step.
    ///
    /// # Errors
    /// [`AssembleError`].
    pub fn answer(&mut self, answer: Answer) -> Result<Outcome, AssembleError> {
        self.add(Command::Answer(answer))
    }

    /// Carries out an action, as a step.
    ///
    /// # Errors
    /// [`AssembleError`].
    pub fn act(&mut self, action: Action) -> Result<Outcome, AssembleError> {
        self.add(Command::Action(action))
    }

    /// The current screen.
    ///
    /// # Errors
    /// [`AssembleError`].
    pub fn show(&mut self) -> Result<Outcome, AssembleError> {
        self.renew(Command::Show, None)
    }

    /// The screen before the newest step, which is undone; nothing at the first step.
    ///
    /// # Errors
    /// [`AssembleError`].
    pub fn back(&mut self) -> Result<Option<Outcome>, AssembleError> {
        if self.steps.len() < 2 {
            return Ok(None);
        }
        let undone = self.steps.pop();
        self.renew(Command::Show, undone.as_ref()).map(Some)
    }

    /// The interview's variables, without those that the engine keeps for itself.
    ///
    /// # Errors
    /// [`AssembleError`].
    pub fn variables(&mut self) -> Result<Vec<(String, Plain)>, AssembleError> {
        match self.renew(Command::Variables, None)? {
            Outcome::Variables(Plain::Map(mut variables)) => {
                variables.retain(|(name, _)| name != "_internal" && name != "nav");
                Ok(variables)
            }
            other => {
                let message = format!("the variables came as {other:?}");
                Err(AssembleError::new(AssembleErrorKind::Answers, message))
            }
        }
    }

    /// The newest answers; nothing before the beginning.
    pub fn answers(&self) -> Option<&Answers> {
        self.steps.last()
    }

    /// Adds a step.
    fn add(&mut self, command: Command) -> Result<Outcome, AssembleError> {
        let turn = self.run(command, None)?;
        self.steps.push(turn.answers);
        Ok(turn.outcome)
    }

    /// Overwrites the newest step.
    fn renew(&mut self, command: Command, undone: Option<&Answers>) -> Result<Outcome, AssembleError> {
        let turn = self.run(command, undone)?;
        if let Some(newest) = self.steps.last_mut() {
            *newest = turn.answers;
        }
        Ok(turn.outcome)
    }

    fn run(&mut self, command: Command, undone: Option<&Answers>) -> Result<Turn, AssembleError> {
        let context = Context {
            caller: &self.caller,
            session: &self.session,
            previous: undone,
            now: self.now,
            settings: &self.settings,
            world: Arc::clone(&self.world),
        };
        if self.reasons.is_none() {
            return self.interview.run(self.steps.last(), command, &context);
        }
        let (turn, reasons) = self.interview.explain(self.steps.last(), command, &context);
        self.reasons = Some(reasons);
        turn
    }
}
