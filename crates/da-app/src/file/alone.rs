//! Files that belong to no session: what packages came in.

use da_core::{FileNumber, Privilege};
use da_store::StoredFile;

use super::{Sent, clean_name};
use crate::{App, AppError};

/// Whose holders may read such a file.
const READERS: [&str; 2] = ["admin", "developer"];

impl App {
    /// Keeps what was sent as a file of its own, for those who manage packages.
    pub(crate) async fn file_keep_alone(&self, sent: Sent) -> Result<FileNumber, AppError> {
        let contents = &self.0.contents;
        let name = clean_name(&sent.name);
        let number = contents.store.reserve_lone_file(name.clone(), self.now()).await?;
        let file = StoredFile {
            number,
            session: String::new(),
            interview: String::new(),
            name,
            private: true,
            persistent: true,
            content: None,
            users: Vec::new(),
            privileges: READERS.map(|name| contents.grant(number, Privilege(name.to_owned()))).to_vec(),
        };
        let content = sent.content.of_file(&file, &contents.server_key)?;
        let kept = contents.store.keep_lone_file(number, content, (file.users, file.privileges)).await;
        if kept.as_ref().err().is_none_or(da_store::StoreError::may_stand) {
            sent.content.keep();
        }
        kept?;
        Ok(number)
    }

    /// Deletes such a file with its content.
    pub(crate) async fn file_delete_alone(&self, number: FileNumber) -> Result<(), AppError> {
        let blob = self.0.contents.store.delete_lone_file(number).await?;
        self.0.contents.delete(blob.into_iter().collect()).await;
        Ok(())
    }

    /// Whether a file belongs to no session, so that none has to be named for it.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub async fn file_is_alone(&self, number: FileNumber) -> Result<bool, AppError> {
        let found = self.read(move |store| Ok(store.file(number)?)).await?;
        Ok(found.is_some_and(|file| file.session.is_empty()))
    }
}
