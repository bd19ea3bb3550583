//! Contents of files: bytes under a random name, in a folder or in a bucket of an S3-compatible store.
//!
//! They come here sealed and leave here sealed. A content appears whole or not at all, is never changed under its name, and
//! is on disk when it was acknowledged.

mod folder;
mod http;
mod reader;
mod s3;

pub use reader::BlobReader;
pub use s3::S3Config;

use std::fmt;
use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::Utc;
use futures_util::TryStreamExt;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload, WriteMultipart};
use tokio::runtime::Handle;

use crate::{StoreError, Subject};

/// Bytes that are written to a disk at once.
const PART: usize = 256 * 1024;

/// Parts of one content that may be on their way.
const PARTS_AT_ONCE: usize = 2;

/// The name of a content: 32 hexadecimal digits, random.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BlobName(String);

impl BlobName {
    fn new() -> Result<Self, StoreError> {
        let bytes: [u8; 16] = da_crypto::random_bytes().map_err(StoreError::blob)?;
        Ok(BlobName(bytes.iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    /// Takes a name that was stored.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        fits.then(|| BlobName(text.to_owned()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A folder for each of the first two digits, so that no folder gets too full.
    fn path(&self) -> Path {
        Path::from(format!("{}/{}", &self.0[..2], self.0))
    }
}

/// The contents of all files. Cloning it is cheap.
///
/// ```
/// # tokio::runtime::Runtime::new().unwrap().block_on(async {
/// # let folder = tempfile::tempdir().unwrap();
/// let blobs = da_store::Blobs::in_folder(&folder.path().join("files"))?;
/// let mut writer = blobs.create()?;
/// writer.write(b"sealed bytes").await?;
/// let name = writer.finish().await?;
/// let mut reader = blobs.read(&name).await?;
/// assert_eq!(reader.next().await?.as_deref(), Some(b"sealed bytes".as_slice()));
/// # Ok::<(), da_store::StoreError>(())
/// # }).unwrap();
/// ```
#[derive(Clone)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
    /// Bytes of a part.
    part: usize,
    /// A content of no more bytes is sent as a whole.
    whole: usize,
    /// Where they are, if that is a folder.
    folder: Option<PathBuf>,
}

impl Blobs {
    /// Contents in a folder, which is made when it is missing and which only its owner may read.
    ///
    /// # Errors
    /// [`StoreError::Blob`] when there cannot be such a folder.
    pub fn in_folder(folder: &FilePath) -> Result<Self, StoreError> {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder).map_err(StoreError::blob)?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(StoreError::blob)?;
        let store: Arc<dyn ObjectStore> = Arc::new(store.with_fsync(true));
        Ok(Blobs { store, part: PART, whole: 0, folder: Some(folder.to_owned()) })
    }

    /// Contents in a bucket of an S3-compatible store, below `files/`. See [`Blobs::check`].
    ///
    /// # Errors
    /// [`StoreError::Blob`] for what cannot be an address or a name.
    pub fn in_bucket(config: &S3Config) -> Result<Self, StoreError> {
        let store = s3::open(config)?;
        Ok(Blobs { store, part: s3::PART, whole: s3::PART, folder: None })
    }

    /// Makes sure that contents can be reached, with what one has.
    ///
    /// # Errors
    /// [`StoreError::Blob`] with the reason.
    pub async fn check(&self) -> Result<(), StoreError> {
        self.store.list(None).try_next().await.map(drop).map_err(StoreError::blob)
    }

    /// Begins a new content. One that is not finished leaves nothing behind.
    ///
    /// # Errors
    /// [`StoreError::Blob`].
    pub fn create(&self) -> Result<BlobWriter, StoreError> {
        Ok(BlobWriter { blobs: self.clone(), name: BlobName::new()?, head: Vec::new(), upload: None })
    }

    /// Reads a content.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none of that name, [`StoreError::Blob`].
    pub async fn read(&self, name: &BlobName) -> Result<BlobReader, StoreError> {
        match self.folder {
            Some(_) => BlobReader::at_once(&*self.store, &name.path()).await,
            None => BlobReader::in_pieces(&self.store, name.path(), s3::PIECE).await,
        }
    }

    /// Deletes a content; one that is not there counts as deleted.
    ///
    /// # Errors
    /// [`StoreError::Blob`].
    pub async fn delete(&self, name: &BlobName) -> Result<(), StoreError> {
        match self.store.delete(&name.path()).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(StoreError::blob(error)),
        }
    }

    /// The names of contents that are older than `age`, in no order.
    ///
    /// # Errors
    /// [`StoreError::Blob`].
    pub async fn older_than(&self, age: Duration) -> Result<Vec<BlobName>, StoreError> {
        let until = Utc::now() - age;
        let mut names = Vec::new();
        let mut found = self.store.list(None);
        while let Some(object) = found.try_next().await.map_err(StoreError::blob)? {
            let name = object.location.filename().and_then(BlobName::parse);
            names.extend(name.filter(|_| object.last_modified < until));
        }
        Ok(names)
    }

    /// Deletes what a crash left of contents that were being written, if it is older than `age`; how many there were. Of a bucket
    /// only its owner can say that (a rule for unfinished uploads).
    ///
    /// # Errors
    /// [`StoreError::Blob`].
    pub async fn sweep_unfinished(&self, age: Duration) -> Result<usize, StoreError> {
        let Some(folder) = self.folder.clone() else { return Ok(0) };
        let swept = tokio::task::spawn_blocking(move || folder::sweep_unfinished(&folder, age));
        swept.await.map_err(StoreError::blob)?.map_err(StoreError::blob)
    }
}

impl fmt::Debug for Blobs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Blobs({})", self.store)
    }
}

/// A content that is being written.
pub struct BlobWriter {
    blobs: Blobs,
    name: BlobName,
    /// What may turn out to be all of it.
    head: Vec<u8>,
    upload: Option<WriteMultipart>,
}

impl BlobWriter {
    /// Adds bytes, waiting while too many are on their way.
    ///
    /// # Errors
    /// [`StoreError::Blob`] when they cannot be written.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        if self.upload.is_none() && self.head.len() + bytes.len() <= self.blobs.whole {
            self.head.extend_from_slice(bytes);
            return Ok(());
        }
        let head = std::mem::take(&mut self.head);
        let upload = self.upload().await?;
        upload.wait_for_capacity(PARTS_AT_ONCE).await.map_err(StoreError::blob)?;
        upload.write(&head);
        upload.write(bytes);
        Ok(())
    }

    /// Makes the content appear, on disk; its name.
    ///
    /// # Errors
    /// [`StoreError::Blob`] when it cannot be written.
    pub async fn finish(mut self) -> Result<BlobName, StoreError> {
        if self.upload.is_none() && self.blobs.whole > 0 {
            let whole = PutPayload::from(std::mem::take(&mut self.head));
            self.blobs.store.put(&self.name.path(), whole).await.map_err(StoreError::blob)?;
            return Ok(self.name.clone());
        }
        self.upload().await?;
        if let Some(upload) = self.upload.take() {
            upload.finish().await.map_err(StoreError::blob)?;
        }
        Ok(self.name.clone())
    }

    async fn upload(&mut self) -> Result<&mut WriteMultipart, StoreError> {
        if self.upload.is_none() {
            let upload = self.blobs.store.put_multipart(&self.name.path()).await.map_err(StoreError::blob)?;
            self.upload = Some(WriteMultipart::new_with_chunk_size(upload, self.blobs.part));
        }
        self.upload.as_mut().ok_or(StoreError::Closed)
    }
}

/// What was not finished is taken back.
impl Drop for BlobWriter {
    fn drop(&mut self) {
        let (Some(upload), Ok(runtime)) = (self.upload.take(), Handle::try_current()) else { return };
        runtime.spawn(async move {
            if let Err(error) = upload.abort().await {
                tracing::warn!(%error, "an unfinished content was left behind");
            }
        });
    }
}

fn failed(error: object_store::Error) -> StoreError {
    match error {
        object_store::Error::NotFound { .. } => StoreError::NotFound(Subject::FileContent),
        other => StoreError::blob(other),
    }
}
