//! A visitor comes to a session by an address that names it: `interview_url()` and `interview_url_action()` make such.

use da_core::{Caller, InterviewName};

use super::{SessionAt, tied};
use crate::{App, AppError, Fault, Visitor};

impl App {
    /// The session of an identifier, if it is open to everybody (`multi_user`) or the visitor's secret opens it.
    ///
    /// Follows docassemble, where whoever has the link can act in the session unless it is encrypted for somebody else.
    ///
    /// # Errors
    /// [`Fault::NoSession`] when there is no such session, or none that this visitor can open.
    pub async fn session_open_to(
        &self,
        visitor: &Visitor,
        (interview, id): (&InterviewName, &str),
    ) -> Result<SessionAt, AppError> {
        let shut = || {
            AppError::new(Fault::NoSession, "The session of this link is gone, or it is open to somebody else alone.")
        };
        let secret = Some(visitor.secret().to_owned());
        let at = SessionAt::parse(interview.as_str(), id, secret).map_err(|_| shut())?;
        let place = at.clone();
        let is_open = self.work(move |app| {
            let stored = app.store.session(&place.id, &place.interview)?;
            Ok(app.opens_with(&stored, &place.id, place.secret.as_deref()))
        });
        match is_open.await {
            Ok(true) => Ok(at),
            Ok(false) => Err(shut()),
            Err(failed) if failed.fault == Fault::NoSession => Err(shut()),
            Err(failed) => Err(failed),
        }
    }

    /// Makes a session the visitor's session of its interview, and one of the sessions of somebody with an account. A visitor without
    /// one is not tied to it: programs come without cookies, and each time as somebody else.
    ///
    /// # Errors
    /// [`Fault::NoSession`] when it has gone meanwhile.
    pub async fn session_enter(&self, caller: &Caller, visitor: &mut Visitor, at: &SessionAt) -> Result<(), AppError> {
        if !matches!(caller, Caller::Anonymous { .. }) {
            self.0.store.tie(&at.id, tied(caller)).await?;
        }
        visitor.remember(at);
        Ok(())
    }
}
