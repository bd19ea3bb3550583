//! The end of a session.

use da_store::StoreError;

use super::{Matching, SessionAt};
use crate::{App, AppError, Fault};

impl App {
    /// Deletes a session with everything that hangs on it. One that is not there counts as deleted.
    ///
    /// # Errors
    /// A database that cannot be written.
    pub async fn session_delete(&self, at: &SessionAt) -> Result<(), AppError> {
        self.session_delete_at(at, None).await
    }

    /// The same for a session that is at a step that was seen.
    ///
    /// # Errors
    /// [`Fault::Moved`] when it is at another one; it stays then.
    pub async fn session_delete_at(&self, at: &SessionAt, matching: Option<Matching>) -> Result<(), AppError> {
        let guard = self.0.lock(at).await?;
        if let Some(Matching::Tags(tags)) = matching
            && let Some(tag) = self.newest_tag(at).await?
            && !tags.contains(&tag)
        {
            return Err(AppError::new(Fault::Moved, "The session is not at the step that was seen."));
        }
        let gone = self.0.store.delete_session(&guard, &at.interview).await?;
        self.0.contents.delete(gone.blobs).await;
        self.0.pages.forget(&at.id);
        Ok(())
    }

    /// The tag of the step that a session is at, whoever has its secret; none when there is no such session.
    async fn newest_tag(&self, at: &SessionAt) -> Result<Option<String>, AppError> {
        let (app, place) = (self.clone(), at.clone());
        let look = move |store: &da_store::Store| match store.session(&place.id, &place.interview) {
            Ok(stored) => Ok(Some(app.0.tag(&place, stored.newest.number, &stored.newest.sealed))),
            Err(StoreError::NotFound(_)) => Ok(None),
            Err(other) => Err(other.into()),
        };
        self.read(look).await
    }
}
