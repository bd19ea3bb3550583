//! What a crash can leave behind: contents that belong to no file, and contents that were being written.

use std::time::Duration;

use crate::{App, AppError};

/// Younger contents may belong to a request that is under way, here or on another server.
const AGE: Duration = Duration::from_secs(24 * 3600);

impl App {
    /// Makes sure that the contents of files can be reached, wherever they are.
    ///
    /// # Errors
    /// Why they cannot.
    pub async fn files_check(&self) -> Result<(), AppError> {
        Ok(self.0.contents.blobs.check().await?)
    }

    /// Deletes contents that no file has and that are a day old; how many there were. For a server that starts.
    ///
    /// # Errors
    /// A disk or a database that cannot be read.
    pub async fn files_sweep(&self) -> Result<usize, AppError> {
        let mut gone = self.0.contents.blobs.sweep_unfinished(AGE).await?;
        // A database without a single file is more likely the wrong one than one whose files are all gone.
        if !self.read(|store| Ok(store.has_files()?)).await? {
            return Ok(gone);
        }
        let blobs = &self.0.contents.blobs;
        for blob in blobs.older_than(AGE).await? {
            let asked = blob.clone();
            if !self.read(move |store| Ok(store.is_used(&asked)?)).await? {
                blobs.delete(&blob).await?;
                gone += 1;
            }
        }
        Ok(gone)
    }
}
