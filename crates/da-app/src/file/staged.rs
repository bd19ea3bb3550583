//! A content that is on disk and belongs to no file yet: an upload, or what an interview wrote, before it is saved.
//!
//! One that is dropped before it is kept is deleted; what a crash leaves behind is swept later.

use std::sync::atomic::{AtomicBool, Ordering};

use da_crypto::{Digest, FileKey, FileOpener, FileSealer, ServerKey};
use da_store::{BlobName, BlobReader, BlobWriter, Blobs, StoredContent, StoredFile};
use tokio::runtime::Handle;

use super::{broken, row};
use crate::{App, AppError};

/// A content that is being written: sealed piece by piece on its way to the disk.
pub struct Staging {
    blobs: Blobs,
    writer: BlobWriter,
    key: FileKey,
    sealer: FileSealer,
    sealed: Vec<u8>,
    size: u64,
    digest: Digest,
}

/// A content that waits for its file.
pub struct Staged {
    blobs: Blobs,
    blob: BlobName,
    key: FileKey,
    size: u64,
    digest: Digest,
    kept: AtomicBool,
}

impl App {
    /// Begins to take a content, for [`App::session_send`](App::session_send).
    ///
    /// # Errors
    /// An operating system without random bytes.
    pub fn file_stage(&self) -> Result<Staging, AppError> {
        Staging::begin(&self.0.contents.blobs)
    }
}

impl Staging {
    pub(super) fn begin(blobs: &Blobs) -> Result<Self, AppError> {
        let key = FileKey::generate()?;
        let mut sealed = Vec::new();
        let sealer = FileSealer::begin(&key, &mut sealed)?;
        Ok(Staging {
            blobs: blobs.clone(),
            writer: blobs.create()?,
            key,
            sealer,
            sealed,
            size: 0,
            digest: Digest::default(),
        })
    }

    /// Adds a piece.
    ///
    /// # Errors
    /// A disk that cannot be written.
    pub async fn push(&mut self, piece: &[u8]) -> Result<(), AppError> {
        self.sealer.push(piece, &mut self.sealed)?;
        self.size += piece.len() as u64;
        self.digest.push(piece);
        if !self.sealed.is_empty() {
            self.writer.write(&self.sealed).await?;
            self.sealed.clear();
        }
        Ok(())
    }

    /// Ends the content, which is on disk then.
    ///
    /// # Errors
    /// A disk that cannot be written.
    pub async fn finish(mut self) -> Result<Staged, AppError> {
        self.sealer.finish(&mut self.sealed)?;
        self.writer.write(&self.sealed).await?;
        let blob = self.writer.finish().await?;
        let Staging { blobs, key, size, digest, .. } = self;
        Ok(Staged { blobs, blob, key, size, digest, kept: AtomicBool::new(false) })
    }
}

impl Staged {
    /// Bytes of the content.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// What tells the content from others: SHA-256 in hexadecimal digits.
    pub fn digest(&self) -> String {
        self.digest.to_hex()
    }

    /// The whole content.
    pub(crate) async fn read(&self) -> Result<Vec<u8>, AppError> {
        whole(self.blobs.read(&self.blob).await?, &self.key, self.size).await
    }

    /// The content as the row of a file has it.
    pub(super) fn of_file(&self, file: &StoredFile, server: &ServerKey) -> Result<StoredContent, AppError> {
        let size = i64::try_from(self.size).map_err(AppError::internal)?;
        let wrapped_key = self.key.wrap_for_server(server, row(file, &self.blob, size))?;
        Ok(StoredContent { blob: self.blob.clone(), wrapped_key, size })
    }

    /// It belongs to a file now.
    pub(super) fn keep(&self) {
        self.kept.store(true, Ordering::Relaxed);
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if self.kept.load(Ordering::Relaxed) {
            return;
        }
        let Ok(runtime) = Handle::try_current() else { return };
        let (blobs, blob) = (self.blobs.clone(), self.blob.clone());
        runtime.spawn(async move {
            if let Err(error) = blobs.delete(&blob).await {
                tracing::warn!(%error, "a content without a file was left behind");
            }
        });
    }
}

/// A whole content of `size` bytes.
pub(super) async fn whole(mut reader: BlobReader, key: &FileKey, size: u64) -> Result<Vec<u8>, AppError> {
    let mut opener = FileOpener::new(key);
    let mut plain = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    while let Some(piece) = reader.next().await? {
        opener.push(&piece, &mut plain).map_err(broken)?;
    }
    opener.finish(&mut plain).map_err(broken)?;
    Ok(plain)
}
