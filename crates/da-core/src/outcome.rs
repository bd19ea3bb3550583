//! What comes back from the engine.

use crate::{Answers, KeptValue, Plain, Screen, Worked};

/// The engine's reply to a [`Command`](crate::Command).
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// The answers after it.
    pub answers: Answers,
    /// Whether they differ from those before (the tracker and the times do not count).
    pub changed: bool,
    /// What the interview wants kept of this evaluation (`set_save_status`).
    pub keeping: Keeping,
    /// Whether the interview gave up encryption for its session (`multi_user = True`).
    pub multi_user: bool,
    /// What to show.
    pub outcome: Outcome,
    /// How far work in the background came, if that was carried out.
    pub worked: Option<Worked>,
    /// What the evaluation wants done in the world, in order.
    pub effects: Vec<Effect>,
}

/// What is kept of an evaluation; an interview chooses it with `set_save_status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Keeping {
    /// Answers make a step, and what looking at a screen changes goes into the newest one.
    #[default]
    Usual,
    /// Answers change the newest step, so that Back leaps over it.
    Overwrite,
    /// Nothing is kept.
    Ignore,
}

/// What an evaluation ended in.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// A screen for a person.
    Screen(Box<Screen>),
    /// A variable that nothing defines: whoever drives the session has to.
    UndefinedVariable {
        /// Its name, as an assignment target.
        variable: String,
        /// What the interview logged for the person.
        message_log: Vec<LogMessage>,
    },
    /// Content that the interview itself made (`response()`, `json_response()`).
    Response(Response),
    /// The session's variables.
    Variables(Plain),
    /// The posted values do not fit the question: texts by variable name, the empty name for the
    /// whole screen. The answers are unchanged.
    Refused {
        /// The screen as it was.
        screen: Box<Screen>,
        /// What is wrong, by the variable name of the field.
        errors: Vec<(String, String)>,
    },
    /// Nothing was to be shown.
    Nothing,
}

/// Content made by the interview, to be sent as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// Text or bytes.
    pub body: Vec<u8>,
    /// The media type.
    pub content_type: String,
    /// The status to answer with, 200 unless the interview says otherwise.
    pub status: u16,
}

/// A line of `log()` meant for the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogMessage {
    /// The text.
    pub message: String,
    /// `info`, `success`, `danger`, ...
    pub priority: String,
}

/// Something to be done in the world after the answers are saved.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// A line for the server's log.
    Log(String),
    /// Mail: `to`, `cc`, `bcc`, `from`, `reply_to`, `subject`, `body`, `html`.
    Mail(Plain),
    /// An action for a worker.
    Background {
        /// The name by which the session asks for its result.
        task: String,
        /// The action.
        action: String,
        /// Its arguments, a dictionary.
        arguments: KeptValue,
        /// How the person's browser learns that it is over (`refresh`, `javascript`, ...).
        notification: Option<String>,
    },
}
