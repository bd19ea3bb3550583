//! Files that belong to no session: what packages came in. Each gets its content, and goes, with the change to its package.

use da_core::{FileNumber, Privilege};
use da_store::{LeftBehind, LoneContent, StoredFile};

use super::{Sent, clean_name};
use crate::{App, AppError};

/// Whose holders may read such a file.
const READERS: [&str; 2] = ["admin", "developer"];

impl App {
    /// Gives what was sent the number of a file of its own, for those who manage packages: what is to be kept of it.
    pub(crate) async fn file_begin_alone(&self, sent: &Sent) -> Result<LoneContent, AppError> {
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
        Ok(LoneContent { number, content, grants: (file.users, file.privileges) })
    }

    /// Its content was kept with the change to its package.
    pub(crate) fn file_kept_alone(&self, sent: &Sent) {
        sent.content.keep();
    }

    /// It was not, so the number is taken back.
    pub(crate) async fn file_drop_alone(&self, number: FileNumber) -> Result<(), AppError> {
        Ok(self.0.store.release_files(vec![number]).await?)
    }

    /// Deletes the content that a change to a package left behind.
    pub(crate) async fn file_clear_alone(&self, left: LeftBehind) {
        self.0.contents.delete(left.into_iter().collect()).await;
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
