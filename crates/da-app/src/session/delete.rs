//! The end of a session.

use super::SessionAt;
use crate::{App, AppError};

impl App {
    /// Deletes a session with everything that hangs on it. One that is not there counts as deleted.
    ///
    /// # Errors
    /// A database that cannot be written.
    pub async fn session_delete(&self, at: &SessionAt) -> Result<(), AppError> {
        let guard = self.0.lock(at).await?;
        let gone = self.0.store.delete_session(&guard, &at.interview).await?;
        self.0.contents.delete(gone.blobs).await;
        self.0.pages.forget(&at.id);
        Ok(())
    }
}
