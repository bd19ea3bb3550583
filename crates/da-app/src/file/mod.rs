//! Files: uploads, what an interview writes, and who may read them.
//!
//! A content is sealed under a key of its own before it reaches the disk; the key is wrapped under the server's key, because
//! a file is read without the secret of its session. Who may read is decided here, by owner, session and privilege.

mod desk;
mod keep;
mod name;
mod open;
mod sent;
mod shown;
mod staged;
mod sweep;

pub(crate) use desk::{FileDesk, Mark};
pub(crate) use keep::Keeping;
pub use name::clean_name;
pub use open::{FileReader, OpenFile};
pub use sent::Sent;
pub use staged::{Staged, Staging};

use std::sync::Arc;

use da_crypto::{FileKey, ServerKey};
use da_store::{BlobName, Blobs, Store, StoredContent};

use crate::AppError;

/// What contents are kept and opened with.
pub(crate) struct Contents {
    pub(crate) store: Arc<Store>,
    pub(crate) blobs: Blobs,
    pub(crate) server_key: Arc<ServerKey>,
}

impl Contents {
    /// Deletes contents whose files are gone.
    pub(crate) async fn delete(&self, blobs: Vec<BlobName>) {
        for blob in blobs {
            if let Err(error) = self.blobs.delete(&blob).await {
                tracing::warn!(%error, "the content of a file that is gone was left behind");
            }
        }
    }

    /// The key of a stored content.
    fn key(&self, number: da_core::FileNumber, content: &StoredContent) -> Result<FileKey, AppError> {
        FileKey::unwrap_with_server(&content.wrapped_key, &self.server_key, number.0).map_err(broken)
    }
}

/// A content that is not what was kept: a fault of the server, not of whoever asked.
fn broken(error: da_crypto::CryptoError) -> AppError {
    AppError::internal(format!("the content of a file cannot be opened: {error}"))
}
