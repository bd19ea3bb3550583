//! Files: uploads, what an interview writes, and who may read them.
//!
//! A content is sealed under a key of its own before it reaches the disk; the key is wrapped under the server's key, because
//! a file is read without the secret of its session. The wrap is bound to the row that it stands in: a row that was changed
//! behind the server's back opens nothing. Who may read is decided here, by owner, session and privilege.

mod alone;
mod desk;
mod grant;
mod keep;
mod name;
mod open;
mod places;
mod sent;
mod shown;
mod staged;
mod sweep;

pub(crate) use desk::{FileDesk, Mark};
pub(crate) use keep::Keeping;
pub use name::clean_name;
pub use open::{FileReader, OpenFile};
pub(crate) use places::FilePlaces;
pub use sent::Sent;
pub use staged::{Staged, Staging};

use std::sync::Arc;

use da_crypto::{AssociatedData, FileKey, ServerKey};
use da_store::{BlobName, Blobs, Store, StoredContent, StoredFile};

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

    /// The key of a file's content, by the row as it is stored.
    fn key(&self, file: &StoredFile, content: &StoredContent) -> Result<FileKey, AppError> {
        let row = row(file, &content.blob, content.size);
        FileKey::unwrap_with_server(&content.wrapped_key, &self.server_key, row).map_err(broken)
    }

    /// A stored content as part of a row that says something else about it now.
    fn moved(&self, from: &StoredFile, to: &StoredFile) -> Result<Option<StoredContent>, AppError> {
        let Some(content) = &from.content else { return Ok(None) };
        let key = self.key(from, content)?;
        let wrapped_key = key.wrap_for_server(&self.server_key, row(to, &content.blob, content.size))?;
        Ok(Some(StoredContent { wrapped_key, ..content.clone() }))
    }
}

/// What a row says about a file and its content.
fn row(file: &StoredFile, blob: &BlobName, size: i64) -> AssociatedData {
    AssociatedData::new("file")
        .number(file.number.0)
        .text(&file.session)
        .text(&file.interview)
        .text(&file.name)
        .number(i64::from(file.private))
        .number(i64::from(file.persistent))
        .text(blob.as_str())
        .number(size)
}

/// A content that is not what was kept: a fault of the server, not of whoever asked.
fn broken(error: da_crypto::CryptoError) -> AppError {
    AppError::internal(format!("the content of a file cannot be opened: {error}"))
}

#[cfg(test)]
mod tests;
