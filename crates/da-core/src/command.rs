//! What a caller asks of a session.

use crate::{FileNumber, Plain, Work};

/// What the engine is to do with a session's answers.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Start: make the first answers and evaluate them.
    Begin {
        /// The parameters of the address, which the interview reads as `url_args`.
        url_args: Vec<(String, String)>,
    },
    /// Say what the current screen is.
    Show,
    /// Take answers, then say what the current screen is.
    Answer(Answer),
    /// Carry out an action of the interview, then say what the current screen is.
    Action(Action),
    /// Carry out work in the background, for a worker.
    Work(Work),
    /// Say what the answers hold, without evaluating anything.
    Variables,
}

/// An action of the interview: what a link, a button or a client of the API asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// The name of an event, of a variable to ask for, or one of docassemble's own.
    pub name: String,
    /// Its arguments, a map.
    pub arguments: Plain,
    /// Whether what it asks for is remembered until it is answered, as with a person in a browser. If not, only what
    /// code does is left of it.
    pub persistent: bool,
    /// Whether it becomes a step of its own, unless the interview chooses otherwise.
    pub is_step: bool,
}

/// Answers to be taken: docassemble's `POST /api/session`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    /// Names (assignment targets) and their values, assigned in order.
    pub variables: Vec<(String, Plain)>,
    /// Files that were sent along; each name becomes a list of files, after `variables` were assigned.
    pub files: Vec<SentFiles>,
    /// Leave dates in `variables` as text.
    pub raw: bool,
    /// The question that is answered by this, to be marked so.
    pub question_name: Option<String>,
    /// Variables to delete after the assignments.
    pub delete_variables: Vec<String>,
    /// The events that led to the question that is answered.
    pub event_list: Vec<String>,
    /// Check and convert the values as the current question's fields say (a form in a browser), or
    /// take them as they are (the API).
    pub check_fields: bool,
    /// Do not evaluate afterwards (`question=0`).
    pub only_set: bool,
    /// Change the newest step (`overwrite`), instead of adding one.
    pub overwrite: bool,
    /// Move the progress meter (`advance_progress_meter`), where the interview has one.
    pub advances_progress: bool,
}

/// The files that were sent for one variable.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SentFiles {
    /// The variable (an assignment target).
    pub variable: String,
    /// The files in their order; without any the variable becomes `None`.
    pub files: Vec<SentFile>,
}

/// A file that was sent, and that has its number already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentFile {
    /// Its number.
    pub number: FileNumber,
    /// Its name, cleaned of what has no place in a name.
    pub name: String,
}
