//! A link that logs somebody in, without a password, once and soon.
//!
//! What it carries (who, and the user's secret) is sealed under its code, which the database does not have.

use chrono::NaiveDateTime;
use da_core::{Caller, SessionId, UserId};
use da_store::TieFilter;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::may;
use crate::app::Inner;
use crate::code::Behind;
use crate::session::key;
use crate::{App, AppError, Fault, SessionAt, Visitor};

/// Letters and digits of a code, as in the original.
const LENGTH: usize = 40;

/// Of a user's sessions of an interview no more are looked through for one to resume.
const LOOKED_THROUGH: usize = 1000;

/// A link that is wanted.
#[derive(Debug, Clone, Default)]
pub struct LoginWanted {
    /// The user's address.
    pub username: String,
    /// The user's password.
    pub password: String,
    /// The interview that it leads to.
    pub interview: Option<String>,
    /// The session of that interview.
    pub session: Option<String>,
    /// Whether it leads to a session that the user has already, when none is named.
    pub resume_existing: bool,
    /// The page that it leads to, when it is no interview.
    pub next: Option<String>,
    /// Arguments of the address that it leads to.
    pub url_args: Map<String, Value>,
    /// For how many seconds it is good.
    pub seconds: i64,
    /// Whether administrators alone may make one.
    pub for_administrators: bool,
}

/// Where somebody is led who came by a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedTo {
    /// The interview.
    pub interview: Option<String>,
    /// The session of that interview.
    pub session: Option<String>,
    /// The page, when it is no interview.
    pub next: Option<String>,
    /// Arguments of the address.
    pub url_args: Map<String, Value>,
}

/// What a code stands for.
#[derive(Serialize, Deserialize)]
struct Login {
    user: i64,
    secret: String,
    /// The tag of the password: another one ends the link.
    password: String,
    to: LedTo,
}

impl App {
    /// Makes the code of a link that logs a user in.
    ///
    /// # Errors
    /// [`Fault::NoAccess`], those of [`App::user_secret`], and [`Fault::Sealed`] for a session that the user's secret
    /// does not open.
    pub async fn login_link(&self, caller: &Caller, wanted: LoginWanted) -> Result<String, AppError> {
        if wanted.for_administrators {
            may(caller, &["admin"], &["log_user_in"])?;
        }
        let proven = self.user_proven_by(caller, &wanted.username, &wanted.password).await?;
        let session = match (&wanted.interview, wanted.session) {
            (Some(interview), Some(session)) => {
                let at = SessionAt::parse(interview, &session, Some(proven.secret.clone()))
                    .map_err(|error| AppError::new(Fault::Sealed, "Could not decrypt dictionary").because(error))?;
                self.session_opens(at).await?;
                Some(session)
            }
            (Some(interview), None) if wanted.resume_existing => {
                self.session_to_resume(proven.user, interview, &proven.secret).await?
            }
            _ => None,
        };
        let to = LedTo { interview: wanted.interview, session, next: wanted.next, url_args: wanted.url_args };
        let login = Login { user: proven.user.0, secret: proven.secret, password: proven.password, to };
        let plain = serde_json::to_vec(&login).map_err(AppError::internal)?;
        self.code_keep(Behind::Login, LENGTH, &plain, wanted.seconds).await
    }

    /// Logs a visitor in by the code of a link, which is used up by that; where it leads.
    ///
    /// # Errors
    /// [`Fault::UsedLink`] for a code that is not there any more, or a user who may not come in.
    pub async fn login_by_link(&self, visitor: &mut Visitor, code: &str) -> Result<LedTo, AppError> {
        let used = || AppError::new(Fault::UsedLink, "The link has been used already, or is too old.");
        let plain = self.code_take(Behind::Login, code).await?.ok_or_else(used)?;
        let login: Login = serde_json::from_slice(&plain).map_err(AppError::internal)?;
        let user = UserId(login.user);
        self.user_with_password(user, &login.password).await?.ok_or_else(used)?;
        // Whoever has taken a second factor meanwhile comes in with that alone.
        if self.two_factor_is_on(user).await? {
            return Err(used());
        }
        self.visitor_log_in(visitor, (user, login.password), login.secret).await?;
        if let (Some(interview), Some(session)) = (&login.to.interview, &login.to.session) {
            visitor.remember(&SessionAt::parse(interview, session, None)?);
        }
        Ok(login.to)
    }

    async fn session_opens(&self, at: SessionAt) -> Result<(), AppError> {
        let app = self.clone();
        self.0.evaluations.run(move || app.0.open_session(&at).map(drop)).await.map_err(|failed| match failed.fault {
            Fault::NoSession | Fault::Sealed => {
                AppError::new(Fault::Sealed, "Could not decrypt dictionary").because(failed)
            }
            _ => failed,
        })
    }

    /// The session of an interview that a user has worked on last, of those that the secret opens.
    async fn session_to_resume(&self, user: UserId, interview: &str, secret: &str) -> Result<Option<String>, AppError> {
        let (app, interview, secret) = (self.clone(), interview.to_owned(), secret.to_owned());
        self.0.evaluations.run(move || app.0.newest_that_opens(user, interview, &secret)).await
    }
}

impl Inner {
    fn newest_that_opens(&self, user: UserId, interview: String, secret: &str) -> Result<Option<String>, AppError> {
        let filter = TieFilter { user: Some(user), interview: Some(interview), session: None };
        let ties = self.store.ties(&filter, 0, LOOKED_THROUGH)?;
        let sessions: Vec<SessionId> = ties.iter().map(|tie| tie.session.clone()).collect();
        let wraps = self.store.wraps(&sessions)?;
        let opens = |session: &SessionId, encrypted| {
            let wraps = wraps.get(session).map(Vec::as_slice).unwrap_or_default();
            key::unwrap(wraps, encrypted, session, Some(secret), &self.server_key).is_ok()
        };
        let mut newest: Option<(NaiveDateTime, String)> = None;
        for tie in ties {
            let is_newer = newest.as_ref().is_none_or(|(time, _)| tie.modified >= *time);
            if is_newer && opens(&tie.session, tie.encrypted) {
                newest = Some((tie.modified, tie.session.to_string()));
            }
        }
        Ok(newest.map(|(_, session)| session))
    }
}
