//! What evaluations did to files becomes part of what is saved: contents are sealed and on disk before the step that
//! mentions them, rows change in the step's own transaction, and what was replaced goes after it.

use std::sync::Arc;

use da_core::FileNumber;
use da_store::{BlobName, FileChange, FileSave};

use super::desk::{Entry, New};
use super::{FileDesk, Staged, Staging};
use crate::AppError;

/// Contents that are on disk, and the changes that make them those of files.
#[derive(Default)]
pub(crate) struct Keeping {
    /// For the transaction.
    pub(crate) changes: Vec<FileChange>,
    fresh: Vec<Arc<Staged>>,
    replaced: Vec<BlobName>,
}

impl Keeping {
    /// A save whose outcome is not known may stand: then the contents stay, and those that belong to no file are swept later.
    pub(crate) fn unless_it_stands<T>(&self, saved: Result<T, AppError>) -> Result<T, AppError> {
        if let Err(error) = &saved
            && error.may_stand()
        {
            self.fresh.iter().for_each(|staged| staged.keep());
        }
        saved
    }
}

impl FileDesk {
    /// Seals new contents. Dropped before [`FileDesk::kept`], it leaves nothing behind.
    pub(crate) async fn keep(&self) -> Result<Keeping, AppError> {
        let entries: Vec<(FileNumber, Entry)> = {
            let state = self.state();
            let changed = state.files.iter().filter(|(_, entry)| entry.is_changed);
            changed.map(|(number, entry)| (*number, entry.clone())).collect()
        };
        let mut keeping = Keeping::default();
        for (number, entry) in entries {
            self.keep_one(number, entry, &mut keeping).await?;
        }
        Ok(keeping)
    }

    async fn keep_one(&self, number: FileNumber, entry: Entry, keeping: &mut Keeping) -> Result<(), AppError> {
        let Entry { file, stored, new, is_deleted, .. } = entry;
        let before = file.content.as_ref().map(|content| content.blob.clone());
        if is_deleted {
            keeping.replaced.extend(before);
            keeping.changes.push(FileChange::Delete(number));
            return Ok(());
        }
        let content = match new {
            None => None,
            Some(New::Staged(staged)) => Some(staged),
            Some(New::Bytes(bytes)) => {
                let mut staging = Staging::begin(&self.contents.blobs)?;
                staging.push(&bytes).await?;
                Some(Arc::new(staging.finish().await?))
            }
        };
        if content.is_some() {
            keeping.replaced.extend(before);
        }
        let stored = match (&content, stored) {
            (Some(staged), _) => Some(staged.of_file(&file, &self.contents.server_key)?),
            (None, Some(stored)) => self.contents.moved(&stored, &file)?,
            (None, None) => None,
        };
        keeping.fresh.extend(content);
        keeping.changes.push(FileChange::Save(Box::new(FileSave {
            number,
            name: file.name,
            private: file.private,
            persistent: file.persistent,
            content: stored,
            access: Some((file.users, file.privileges)),
        })));
        Ok(())
    }

    /// The changes are saved: the new contents belong to their files, and the old ones go.
    pub(crate) async fn kept(&self, keeping: Keeping) {
        for staged in &keeping.fresh {
            staged.keep();
        }
        let unused: Vec<FileNumber> = {
            let mut state = self.state();
            let saved = |number: &FileNumber| state.files.contains_key(number);
            let unused = state.reserved.iter().filter(|number| !saved(number)).copied().collect();
            state.reserved = unused;
            // From here on they are what the rows say.
            state.files.clear();
            std::mem::take(&mut state.reserved)
        };
        if !unused.is_empty()
            && let Err(error) = self.contents.store.release_files(unused).await
        {
            tracing::warn!(%error, "numbers of files were not taken back");
        }
        self.contents.delete(keeping.replaced).await;
    }
}
