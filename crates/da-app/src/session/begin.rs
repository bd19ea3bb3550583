//! A new session.

use std::sync::Arc;
use std::time::Instant;

use da_core::{Caller, Command, Device, InterviewName, Outcome, SessionId, StepNumber};
use da_crypto::{SessionKey, token};
use da_store::{Beside, NewSession};

use super::pages::Origin;
use super::turn::Evaluated;
use super::{SessionAt, key, tied};
use crate::app::Inner;
use crate::counters::Stop;
use crate::interview::authorise;
use crate::{App, AppError, Fault};

/// What a session is begun with.
#[derive(Default)]
pub struct Begin {
    /// The interview.
    pub interview: String,
    /// The secret, if the caller brings one.
    pub secret: Option<String>,
    /// The parameters that the interview reads as `url_args`.
    pub url_args: Vec<(String, String)>,
    /// Where the request comes from.
    pub device: Arc<Device>,
}

/// A session that was begun.
pub struct Started {
    /// Which, and what opens it.
    pub at: SessionAt,
    /// Whether only the secret opens it.
    pub encrypted: bool,
    /// Whether the secret was made here, so that the caller has to be told.
    pub secret_is_new: bool,
    /// What the interview shows first.
    pub outcome: Outcome,
}

impl App {
    /// Begins a session and evaluates its interview.
    ///
    /// # Errors
    /// An interview that is not there, that the caller may not start, or that fails.
    pub async fn session_new(&self, caller: &Caller, begin: Begin) -> Result<Started, AppError> {
        Ok(self.start(caller, begin).await?.0)
    }

    /// The same for a browser, whose next page shows what the interview shows first.
    ///
    /// # Errors
    /// Those of [`App::session_new`].
    pub async fn session_page_new(&self, caller: &Caller, begin: Begin) -> Result<Started, AppError> {
        let (started, origin) = self.start(caller, begin).await?;
        self.0.keep_page(&started.at, origin, &started.outcome, true);
        Ok(started)
    }

    async fn start(&self, caller: &Caller, begin: Begin) -> Result<(Started, Origin), AppError> {
        let interview = InterviewName::parse(&begin.interview)
            .map_err(|error| AppError::new(Fault::NoInterview, error.to_string()))?;
        let id = SessionId::parse(&token::session_id()?).ok_or_else(|| AppError::internal("an unfit session id"))?;
        let secret_is_new = begin.secret.is_none();
        let secret = begin.secret.map_or_else(token::secret, Ok)?;
        let at = SessionAt { interview, id, secret: Some(secret), device: begin.device };
        let (app, who, place) = (self.clone(), caller.clone(), at.clone());
        let work = move || app.0.first_step(&place, &who, begin.url_args, secret_is_new);
        let (evaluated, new, origin) = self.0.evaluations.run(work).await?;
        let encrypted = new.encrypted;
        let mut keeping = evaluated.desk.keep().await?;
        let files = std::mem::take(&mut keeping.changes);
        let new = NewSession { beside: Beside { files, ..evaluated.beside() }, ..new };
        let started = Instant::now();
        let created = self.0.store.create_session(new).await;
        keeping.unless_it_stands(created.map_err(AppError::from))?;
        self.0.counters.spent(Stop::Database, started);
        evaluated.desk.kept(keeping).await;
        evaluated.take_effect(self, &at).await;
        Ok((Started { at, encrypted, secret_is_new, outcome: evaluated.turn.outcome }, origin))
    }
}

impl Inner {
    fn first_step(
        &self,
        at: &SessionAt,
        caller: &Caller,
        url_args: Vec<(String, String)>,
        secret_is_new: bool,
    ) -> Result<(Evaluated, NewSession, Origin), AppError> {
        let interview = self.interview(&at.interview)?;
        authorise(&interview, caller, true)?;
        let desk = self.desk(at, caller);
        let begin = Command::Begin { url_args };
        let key = Arc::new(SessionKey::generate()?);
        let evaluated = self.evaluate(&interview, (caller, at, &key), (None, None), begin, &desk)?;
        let encrypted = !evaluated.turn.multi_user;
        let mut wraps = Vec::new();
        // A secret that nobody is told about would open nothing.
        if let Some(secret) = at.secret.as_deref().filter(|_| encrypted || !secret_is_new) {
            wraps.push(key::for_secret(&key, &at.id, secret)?);
        }
        if !encrypted {
            wraps.push(key::for_server(&key, &at.id, &self.server_key)?);
        }
        let now = self.moment();
        let sealed = self.seal(&key, at.place(now, StepNumber::FIRST, now), &evaluated.turn.answers)?;
        let new = NewSession {
            id: at.id.clone(),
            interview: at.interview.clone(),
            encrypted,
            wraps,
            sealed,
            beside: Beside::default(),
            by: Some(tied(caller)),
            now,
        };
        let origin = Origin::new(StepNumber::FIRST, &new.sealed, &interview, caller);
        Ok((evaluated, new, origin))
    }
}
