//! Visitors: people in a browser, and what their cookie holds.
//!
//! A cookie carries the visitor's secret and the names of the visitor's sessions, sealed under the server's key:
//! whoever reads it elsewhere learns nothing, and whoever changes it loses it. No key leaves this crate.

mod cookie;
mod form_token;
mod login;

use da_core::{Caller, InterviewName, SessionId, UserId};
use da_crypto::token;

use crate::{App, AppError, SessionAt};

/// How many sessions a visitor keeps; the oldest are forgotten first, so that a cookie stays small.
const MOST_SESSIONS: usize = 16;

/// Somebody in a browser.
#[derive(Clone, PartialEq, Eq)]
pub struct Visitor {
    id: String,
    secret: String,
    /// Who logged in.
    user: Option<UserId>,
    /// The newest stands last.
    sessions: Vec<(InterviewName, SessionId)>,
}

impl App {
    /// Somebody who was not here before.
    ///
    /// # Errors
    /// An operating system without random bytes.
    pub fn visitor_new(&self) -> Result<Visitor, AppError> {
        Ok(Visitor { id: token::alphanumeric(32)?, secret: token::secret()?, user: None, sessions: Vec::new() })
    }

    /// A visitor as the use cases know callers; none if the visitor's account may not be used any more.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub async fn visitor_caller(&self, visitor: &Visitor) -> Result<Option<Caller>, AppError> {
        let Some(user) = visitor.user else { return Ok(Some(visitor.stranger())) };
        let stored = self.read(move |store| Ok(store.user(user)?)).await?;
        Ok(stored.filter(|stored| stored.user.active).map(|stored| Caller::User(Box::new(stored.user))))
    }
}

impl Visitor {
    /// The visitor as somebody without an account.
    pub fn stranger(&self) -> Caller {
        Caller::Anonymous { visitor: self.id.clone() }
    }

    /// What opens the visitor's sessions.
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// The visitor's session of an interview.
    pub fn session(&self, interview: &InterviewName) -> Option<SessionAt> {
        let (_, id) = self.sessions.iter().rev().find(|(name, _)| name == interview)?;
        Some(SessionAt { interview: interview.clone(), id: id.clone(), secret: Some(self.secret.clone()) })
    }

    /// The names of all the visitor's sessions that are remembered.
    pub fn sessions(&self) -> Vec<SessionId> {
        self.sessions.iter().map(|(_, session)| session.clone()).collect()
    }

    /// Remembers a session as the one of its interview.
    pub fn remember(&mut self, at: &SessionAt) {
        self.forget(&at.interview);
        self.sessions.push((at.interview.clone(), at.id.clone()));
        let surplus = self.sessions.len().saturating_sub(MOST_SESSIONS);
        self.sessions.drain(..surplus);
    }

    /// Forgets the session of an interview.
    pub fn forget(&mut self, interview: &InterviewName) {
        self.sessions.retain(|(name, _)| name != interview);
    }
}
