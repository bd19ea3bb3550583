//! Copies of a session: each with an identifier, a key, a secret and rows of its own, as if somebody had answered the same.
//! For measuring how a server does with many sessions. It must never be within reach of a request.

use std::sync::Arc;

use da_core::{Answers, SessionId, StepNumber, UserId};
use da_crypto::{SessionKey, token};
use da_store::{Beside, NewSession, Tied};

use super::{SessionAt, key, payload};
use crate::app::Inner;
use crate::{App, AppError, Fault};

/// So many copies are written at once.
const AT_ONCE: usize = 200;

/// A new session, with its later steps.
type Made = (NewSession, Vec<Vec<u8>>);

impl App {
    /// Makes copies of a session with all its steps, for the user of an address. Nobody is told what opens them.
    ///
    /// # Errors
    /// A session that is not there, that does not open or whose steps are not all there; no such user.
    pub async fn session_copies(&self, at: &SessionAt, owner: &str, copies: usize) -> Result<(), AppError> {
        let email = owner.to_owned();
        let owner = self.read(move |store| Ok(store.user_by_email(&email)?)).await?;
        let owner = owner.ok_or_else(|| AppError::new(Fault::NoUser, "There is no user of this address."))?.user.id;
        let place = at.clone();
        let steps = self.work(move |inner| inner.all_answers(&place)).await?;
        let mut left = copies;
        while left > 0 {
            let (now, at, steps) = (left.min(AT_ONCE), at.clone(), steps.clone());
            let copy = move |inner: &Inner| inner.copy(&at, &steps, owner).map(|(_, made)| made);
            let made = self.work(move |inner| (0..now).map(|_| copy(inner)).collect()).await?;
            self.0.store.create_sessions(made).await?;
            left -= now;
        }
        Ok(())
    }
}

impl Inner {
    /// The answers of every step.
    fn all_answers(&self, at: &SessionAt) -> Result<Vec<Answers>, AppError> {
        let open = self.open_session(at)?;
        let steps = self.store.steps(&at.id)?;
        let opened = steps.iter().map(|step| {
            let place = at.place(open.created, step.number, step.modified);
            payload::open(&open.key, place, &step.sealed)
        });
        opened.collect()
    }

    /// One copy, which is not written yet, and what opens it.
    fn copy(&self, of: &SessionAt, steps: &[Answers], owner: UserId) -> Result<(SessionAt, Made), AppError> {
        let id = SessionId::parse(&token::session_id()?).ok_or_else(|| AppError::internal("an unfit session id"))?;
        let at =
            SessionAt { interview: of.interview.clone(), id, secret: Some(token::secret()?), device: Arc::default() };
        let (key, now) = (SessionKey::generate()?, self.moment());
        let wraps = vec![key::for_secret(&key, &at.id, at.secret.as_deref().unwrap_or_default())?];
        let (mut sealed, mut number) = (Vec::new(), StepNumber::FIRST);
        for answers in steps {
            sealed.push(self.seal(&key, at.place(now, number, now), answers)?);
            number = number.next();
        }
        let later = sealed.split_off(1.min(sealed.len()));
        let first = sealed.pop().ok_or_else(|| AppError::internal("a session without a step"))?;
        let new = NewSession {
            id: at.id.clone(),
            interview: at.interview.clone(),
            encrypted: true,
            wraps,
            sealed: first,
            beside: Beside::default(),
            by: Some(Tied::User(owner)),
            now,
        };
        Ok((at, (new, later)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NewAccount;
    use crate::session::tests::Fixture;
    use da_core::Profile;
    use da_store::TieFilter;

    #[tokio::test]
    async fn a_copy_has_the_steps_and_its_own_key_and_is_in_the_list_of_its_owner() {
        let Fixture { app, at, .. } = &Fixture::new().await;
        let (email, profile) = ("ann@example.com".to_owned(), Profile::default());
        let (owner, _) =
            app.user_add(NewAccount { email, password: None, privileges: Vec::new(), profile }).await.unwrap();
        let steps = ["first", "second"].map(|text| Answers(text.as_bytes().to_vec()));
        let (place, made) = app.0.copy(at, &steps, owner).unwrap();
        app.0.store.create_sessions(vec![made]).await.unwrap();
        assert_eq!(app.0.all_answers(&place).unwrap(), steps);
        let others = SessionAt { secret: at.secret.clone(), ..place };
        assert_eq!(app.0.open_session(&others).err().unwrap().fault, Fault::Sealed);
        app.session_copies(at, "Ann@example.com", 401).await.unwrap();
        let filter = TieFilter { user: Some(owner), ..TieFilter::default() };
        assert_eq!(app.0.store.ties(&filter, 0, 1000).unwrap().len(), 402);
        let nobody = app.session_copies(at, "bob@example.com", 1).await;
        assert_eq!(nobody.unwrap_err().fault, Fault::NoUser);
    }
}
