//! [`BlobReader`]: a content that is read, piece by piece, as fast as whoever reads it wants more.
//!
//! From a bucket each piece is a request of its own: while nobody asks for the next one, nothing is held but the piece.

use std::sync::Arc;

use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt};

use super::failed;
use crate::StoreError;

/// A content that is being read.
pub struct BlobReader(Source);

enum Source {
    Stream(BoxStream<'static, Result<Vec<u8>, object_store::Error>>),
    Pieces(Pieces),
}

/// A content of which the next piece is asked for when it is wanted.
struct Pieces {
    store: Arc<dyn ObjectStore>,
    path: Path,
    /// What came with the size, and is not handed on yet.
    first: Option<Vec<u8>>,
    at: u64,
    size: u64,
    piece: u64,
}

impl BlobReader {
    /// From a folder, which hands out what is wanted next.
    pub(super) async fn at_once(store: &dyn ObjectStore, path: &Path) -> Result<Self, StoreError> {
        let found = store.get(path).await.map_err(failed)?;
        Ok(BlobReader(Source::Stream(found.into_stream().map_ok(|bytes| bytes.to_vec()).boxed())))
    }

    /// From a bucket, in requests for so many bytes each.
    pub(super) async fn in_pieces(store: &Arc<dyn ObjectStore>, path: Path, piece: u64) -> Result<Self, StoreError> {
        let store = Arc::clone(store);
        let (first, size) = match part(&*store, &path, (0, piece)).await {
            Ok((first, size)) => (Some(first), size),
            Err(missing @ object_store::Error::NotFound { .. }) => return Err(failed(missing)),
            // Of an empty content no bytes can be asked for.
            Err(other) => match store.head(&path).await {
                Ok(meta) if meta.size == 0 => (None, 0),
                _ => return Err(failed(other)),
            },
        };
        Ok(BlobReader(Source::Pieces(Pieces { store, path, first, at: 0, size, piece })))
    }

    /// The next bytes; nothing at the end.
    ///
    /// # Errors
    /// [`StoreError::Blob`] when they cannot be read.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, StoreError> {
        match &mut self.0 {
            Source::Stream(stream) => stream.try_next().await.map_err(failed),
            Source::Pieces(pieces) => pieces.next().await,
        }
    }
}

impl Pieces {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, StoreError> {
        let bytes = match self.first.take() {
            Some(first) => first,
            None if self.at >= self.size => return Ok(None),
            None => {
                let end = self.size.min(self.at + self.piece);
                part(&*self.store, &self.path, (self.at, end)).await.map_err(failed)?.0
            }
        };
        // A content never changes under its name: what is shorter now than it said is broken.
        if bytes.is_empty() {
            return Err(StoreError::blob("the content of a file ended before its end"));
        }
        self.at += bytes.len() as u64;
        Ok(Some(bytes))
    }
}

/// Bytes of a content from a place to another, and how many it has in all.
async fn part(
    store: &dyn ObjectStore,
    path: &Path,
    (from, to): (u64, u64),
) -> Result<(Vec<u8>, u64), object_store::Error> {
    let options = GetOptions { range: Some(GetRange::Bounded(from..to)), ..GetOptions::default() };
    let found = store.get_opts(path, options).await?;
    let size = found.meta.size;
    Ok((found.bytes().await?.to_vec(), size))
}
