//! Visitors: people in a browser, and what their cookie holds.
//!
//! A cookie carries the visitor's secret and the names of the visitor's sessions, sealed under the server's key:
//! whoever reads it elsewhere learns nothing, and whoever changes it loses it. No key leaves this crate.

mod cookie;
mod form_token;
mod login;

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use da_core::{Caller, InterviewName, SessionId, UserId};
use da_crypto::token;
use da_store::StoredUser;

use crate::{App, AppError, ComesFrom, SessionAt};

/// What the tag of a password is made for, and how many bytes of it are kept.
const PASSWORD: &str = "password of an account";
const TAG: usize = 16;

/// How many sessions a visitor keeps; the oldest are forgotten first, so that a cookie stays small.
const MOST_SESSIONS: usize = 16;

/// Somebody in a browser.
#[derive(Clone, PartialEq, Eq)]
pub struct Visitor {
    id: String,
    secret: String,
    /// Who logged in.
    user: Option<LoggedIn>,
    /// The newest stands last.
    sessions: Vec<(InterviewName, SessionId)>,
}

/// Somebody who logged in.
#[derive(Clone, PartialEq, Eq)]
struct LoggedIn {
    id: UserId,
    /// Stands for the password that the account had then: a new one ends all logins that were there before.
    password: String,
}

impl App {
    /// Somebody who was not here before.
    ///
    /// # Errors
    /// An operating system without random bytes.
    pub fn visitor_new(&self) -> Result<Visitor, AppError> {
        Ok(Visitor { id: token::alphanumeric(32)?, secret: token::secret()?, user: None, sessions: Vec::new() })
    }

    /// A visitor as the use cases know callers; none if the visitor's account may not be used any more, or has another
    /// password by now.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub async fn visitor_caller(&self, visitor: &Visitor, from: &ComesFrom) -> Result<Option<Caller>, AppError> {
        let Some(LoggedIn { id, password }) = visitor.user.clone() else { return Ok(Some(visitor.stranger(from))) };
        let stored = self.read(move |store| Ok(store.user(id)?)).await?;
        let stored = stored.filter(|stored| stored.user.active && self.password_is(stored, &password));
        Ok(stored.map(|stored| Caller::User(Box::new(stored.user))))
    }

    /// What stands for the password of an account, by its hash. It says nothing about it.
    pub(crate) fn password_tag(&self, user: UserId, hash: Option<&str>) -> String {
        let bytes = format!("{user}\n{}", hash.unwrap_or_default());
        URL_SAFE_NO_PAD.encode(&self.0.server_key.mac(PASSWORD, bytes.as_bytes())[..TAG])
    }

    /// Whether an account still has the password that a tag stands for.
    pub(crate) fn password_is(&self, stored: &StoredUser, tag: &str) -> bool {
        self.password_tag(stored.user.id, stored.password.as_deref()) == tag
    }
}

impl Visitor {
    /// The visitor as somebody without an account, who comes from somewhere.
    pub fn stranger(&self, from: &ComesFrom) -> Caller {
        Caller::Anonymous { visitor: self.id.clone(), address: from.place().to_owned() }
    }

    /// The visitor's account has another password, which the visitor set.
    pub(crate) fn has_password(&mut self, tag: String) {
        if let Some(user) = &mut self.user {
            user.password = tag;
        }
    }

    /// What opens the visitor's sessions.
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// The visitor's session of an interview.
    pub fn session(&self, interview: &InterviewName) -> Option<SessionAt> {
        let (_, id) = self.sessions.iter().rev().find(|(name, _)| name == interview)?;
        let secret = Some(self.secret.clone());
        Some(SessionAt { interview: interview.clone(), id: id.clone(), secret, device: Arc::default() })
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
