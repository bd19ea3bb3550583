//! Sessions: begin, show, answer, act, back, variables, delete.
//!
//! One writer per session. A request loads, opens, evaluates and seals on the evaluation pool, and saves
//! in one transaction; what was not saved was not acknowledged.

mod act;
mod answer;
mod back;
mod begin;
mod copies;
mod delete;
mod expire;
mod form;
mod join;
pub(crate) mod key;
mod link;
mod list;
mod open;
mod page;
mod pages;
mod payload;
mod resume_link;
mod save;
mod show;
mod terms;
mod turn;
mod variables;
mod work;

pub use act::Act;
pub use begin::{Begin, Started};
pub use form::Taken;
pub use link::action_of_link;
pub use list::{BadQuery, ListedSession, ListedSessions, Look, SessionFilter, SessionQuery, Whose};
pub use page::SessionPage;
pub(crate) use pages::Pages;
pub use resume_link::ResumeWanted;
pub use terms::{Matching, Reached, Repeat, Teller, Terms};
pub(crate) use work::{Results, Worker};

use std::sync::Arc;

use chrono::NaiveDateTime;
use da_core::{Caller, Device, InterviewName, SessionId, StepNumber};
use da_store::Tied;

use crate::AppError;
use payload::Place;

/// Which session, and what opens it.
#[derive(Clone)]
pub struct SessionAt {
    /// The interview.
    pub interview: InterviewName,
    /// The session.
    pub id: SessionId,
    /// The secret, unless the session is open to everybody who knows it (`multi_user`).
    pub secret: Option<String>,
    /// Where the request for it comes from.
    pub device: Arc<Device>,
}

impl SessionAt {
    /// Takes the names of an interview and a session that may have come from outside.
    ///
    /// # Errors
    /// [`Fault::NoSession`](crate::Fault::NoSession) for what cannot be such names.
    pub fn parse(interview: &str, id: &str, secret: Option<String>) -> Result<Self, AppError> {
        let interview = InterviewName::parse(interview).map_err(|error| AppError::no_session().because(error))?;
        let id = SessionId::parse(id).ok_or_else(AppError::no_session)?;
        Ok(SessionAt { interview, id, secret, device: Arc::default() })
    }

    /// The same, asked for by a device.
    #[must_use]
    pub fn asked_from(self, device: &Arc<Device>) -> Self {
        SessionAt { device: Arc::clone(device), ..self }
    }

    /// The place of a step of the session.
    fn place(&self, created: NaiveDateTime, step: StepNumber, modified: NaiveDateTime) -> Place<'_> {
        Place { interview: &self.interview, id: &self.id, created, step, modified }
    }
}

/// The caller as somebody who is tied to a session.
fn tied(caller: &Caller) -> Tied {
    match caller {
        Caller::Anonymous { visitor, .. } => Tied::Visitor(visitor.clone()),
        Caller::User(user) | Caller::Limited { user, .. } => Tied::User(user.id),
    }
}

#[cfg(test)]
pub(crate) mod tests;
