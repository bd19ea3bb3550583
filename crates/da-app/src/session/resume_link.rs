//! A link by which a session changes hands.
//!
//! The link holds a code. The database holds its keyed hash and, sealed under the code, where it leads and the key of the
//! session: neither the secret of whoever made the link nor that of whoever opens it stands in an address. Opening it
//! wraps the key for the visitor's own secret.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use da_core::{Caller, InterviewName, SessionId};
use da_crypto::{SessionKey, WrappedKey, token};
use da_store::{SessionGuard, StoredSession, Wrap};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{SessionAt, key, payload, tied};
use crate::account::LedTo;
use crate::app::Inner;
use crate::code::Behind;
use crate::{App, AppError, Fault, Visitor};

/// Letters and digits of a code, as in the original.
const LENGTH: usize = 32;

/// A link that is wanted.
#[derive(Debug, Clone)]
pub struct ResumeWanted {
    /// The interview.
    pub interview: String,
    /// The session; without one, the link begins a new session.
    pub session: Option<String>,
    /// What opens the session, if whoever follows the link is to be let in by that.
    pub secret: Option<String>,
    /// Arguments of the address.
    pub url_args: Map<String, Value>,
    /// Whether it can be used once.
    pub one_time: bool,
    /// For how many seconds it is good.
    pub seconds: i64,
}

/// What a code stands for.
#[derive(Serialize, Deserialize)]
struct Resume {
    interview: String,
    session: Option<String>,
    /// The session's key, wrapped under the code.
    key: Option<String>,
    url_args: Map<String, Value>,
    one_time: bool,
}

impl App {
    /// Makes the code of a link to a session, or to a new session of an interview.
    ///
    /// # Errors
    /// [`Fault::NoInterview`], [`Fault::NoSession`], [`Fault::Sealed`] for a secret that does not open the session.
    pub async fn resume_link(&self, wanted: ResumeWanted) -> Result<String, AppError> {
        let name = InterviewName::parse(&wanted.interview)
            .map_err(|bad| AppError::new(Fault::NoInterview, bad.to_string()))?;
        let code = token::alphanumeric(LENGTH)?;
        let key = match (&wanted.session, &wanted.secret) {
            (Some(session), Some(_)) => {
                let at = SessionAt::parse(name.as_str(), session, wanted.secret.clone())?;
                let (app, code) = (self.clone(), code.clone());
                self.0.evaluations.run(move || app.0.key_for_code(&at, &code)).await?
            }
            _ => None,
        };
        let resume = Resume {
            interview: name.as_str().to_owned(),
            session: wanted.session,
            key,
            url_args: wanted.url_args,
            one_time: wanted.one_time,
        };
        let plain = serde_json::to_vec(&resume).map_err(AppError::internal)?;
        self.code_keep_as(Behind::Session, (&code, &code), &plain, wanted.seconds).await?;
        Ok(code)
    }

    /// Whether there is something behind the code of a link. Nothing is used up by asking.
    ///
    /// # Errors
    /// [`Fault::UsedLink`].
    pub async fn resume_look(&self, code: &str) -> Result<(), AppError> {
        self.code_read(Behind::Session, (code, code)).await?.map(drop).ok_or_else(used)
    }

    /// Follows the link of a code: the visitor can open the session from now on. Where it leads.
    ///
    /// # Errors
    /// [`Fault::UsedLink`] for a code that is not there any more, or whose key the session does not have any more;
    /// [`Fault::NoSession`].
    pub async fn resume_by_link(&self, caller: &Caller, visitor: &mut Visitor, code: &str) -> Result<LedTo, AppError> {
        let plain = self.code_read(Behind::Session, (code, code)).await?.ok_or_else(used)?;
        let resume: Resume = serde_json::from_slice(&plain).map_err(AppError::internal)?;
        let secret = visitor.secret().to_owned();
        let at = resume.session.as_ref().map(|id| SessionAt::parse(&resume.interview, id, Some(secret)));
        let at = at.transpose()?;
        let way_in = match (&at, &resume.key) {
            (Some(at), Some(key)) => Some(self.way_in(at, (key, code)).await?),
            _ => None,
        };
        // Of several who follow a link at once that can be used once, one is let in. Nobody uses it up who cannot be.
        if resume.one_time {
            self.code_take(Behind::Session, code).await?.ok_or_else(used)?;
        }
        if let Some((guard, Some(wrap))) = way_in {
            self.0.store.add_wrap(&guard, wrap).await?;
        }
        if let Some(at) = &at {
            self.0.store.tie(&at.id, tied(caller)).await?;
            visitor.remember(at);
        }
        Ok(LedTo { interview: Some(resume.interview), session: resume.session, next: None, url_args: resume.url_args })
    }

    /// The key that a link holds, wrapped for the visitor's secret, and the right to add it to the session.
    async fn way_in(
        &self,
        at: &SessionAt,
        (key, code): (&str, &str),
    ) -> Result<(SessionGuard, Option<Wrap>), AppError> {
        let guard = self.0.lock(at).await?;
        let (app, place, key, code) = (self.clone(), at.clone(), key.to_owned(), code.to_owned());
        let wrap = self.0.evaluations.run(move || app.0.wrap_of_link(&place, &key, &code)).await?;
        Ok((guard, wrap))
    }
}

/// Browsers that one session can be open to. A link that can be used often lets in whoever comes without a cookie.
const MOST_HOLDERS: usize = 64;

fn used() -> AppError {
    AppError::new(Fault::UsedLink, "The link has been used already, or is too old.")
}

impl Inner {
    /// The key of a session, wrapped for whoever brings a code. A session that is open to everybody needs none.
    fn key_for_code(&self, at: &SessionAt, code: &str) -> Result<Option<String>, AppError> {
        let open = self.open_session(at)?;
        if !open.encrypted {
            return Ok(None);
        }
        Ok(Some(BASE64.encode(open.key.wrap_for_secret(code, at.id.as_str())?.to_bytes())))
    }

    /// The key that a link holds, wrapped for the visitor's secret; none if that opens the session already.
    fn wrap_of_link(&self, at: &SessionAt, key: &str, code: &str) -> Result<Option<Wrap>, AppError> {
        let stored = self.store.session(&at.id, &at.interview)?;
        if !stored.encrypted || self.opens_with(&stored, &at.id, at.secret.as_deref()) {
            return Ok(None);
        }
        if stored.wraps.len() >= MOST_HOLDERS {
            return Err(AppError::new(Fault::UsedLink, "The session is open to as many browsers as it can be."));
        }
        let wrapped = WrappedKey::from_bytes(&BASE64.decode(key).map_err(AppError::internal)?)?;
        let key = SessionKey::unwrap_with_secret(&wrapped, code, at.id.as_str())?;
        // The session may have a new key since: this one must open what is there now.
        let newest = &stored.newest;
        let place = at.place(stored.created, newest.number, newest.modified);
        payload::open(&key, place, &newest.sealed).map_err(|_| used())?;
        Ok(Some(key::for_secret(&key, &at.id, at.secret.as_deref().unwrap_or_default())?))
    }

    pub(super) fn opens_with(&self, stored: &StoredSession, id: &SessionId, secret: Option<&str>) -> bool {
        key::unwrap(&stored.wraps, stored.encrypted, id, secret, &self.server_key).is_ok()
    }
}
