//! A visitor becomes a user: what they began before is theirs from now on.

use std::sync::Arc;

use da_core::UserId;

use super::{LoggedIn, Visitor};
use crate::{App, AppError, Fault, SessionAt};

impl App {
    /// Logs a visitor in, with the tag of the password that the user showed and with the user's secret. The sessions that
    /// the visitor began without an account open with that secret, too, and are the user's; those of another user are
    /// left behind.
    pub(crate) async fn visitor_log_in(
        &self,
        visitor: &mut Visitor,
        (user, password): (UserId, String),
        secret: String,
    ) -> Result<(), AppError> {
        let brought = if visitor.user.is_none() { std::mem::take(&mut visitor.sessions) } else { Vec::new() };
        let old = std::mem::replace(&mut visitor.secret, secret.clone());
        visitor.user = Some(LoggedIn { id: user, password });
        visitor.sessions.clear();
        for (interview, id) in brought {
            let at = SessionAt { interview, id, secret: Some(old.clone()), device: Arc::default() };
            match self.hand_over(&at, &visitor.id, user, &secret).await {
                Ok(()) => visitor.remember(&at),
                // What is gone, or does not open any more, is nobody's.
                Err(lost) if matches!(lost.fault, Fault::NoSession | Fault::Sealed) => {}
                Err(failed) => return Err(failed),
            }
        }
        Ok(())
    }

    async fn hand_over(&self, at: &SessionAt, visitor: &str, user: UserId, secret: &str) -> Result<(), AppError> {
        let guard = self.0.lock(at).await?;
        let (app, place, secret) = (self.clone(), at.clone(), secret.to_owned());
        let wrap = self.0.evaluations.run(move || app.0.wrap_for(&place, &secret)).await?;
        Ok(self.0.store.hand_over(&guard, wrap, visitor.to_owned(), user).await?)
    }
}
