//! Changes to packages whose files are in the database: contents first, a few at a time, then all that changed in one
//! transaction. Whoever fails in between leaves contents that nothing names, and they go by themselves.

use std::collections::BTreeMap;

use da_core::UserId;
use da_crypto::token;
use da_store::{FileRow, FilesChange, NewContent, NewPackage, StoreError};

use crate::app::Inner;
use crate::{App, AppError};

/// Files that are to be there: path and content.
pub(crate) type NewFiles = BTreeMap<String, Vec<u8>>;

/// Bytes of sealed contents that are written at once: others write in between.
const PORTION: usize = 1 << 20;

impl App {
    /// Makes these files all files of a package, and the package what `package` says.
    pub(crate) async fn package_replace(&self, package: NewPackage, files: NewFiles) -> Result<(), AppError> {
        self.package_change(package, files, None).await
    }

    /// Adds or replaces files of a package, and takes others away.
    pub(crate) async fn package_amend(
        &self,
        package: NewPackage,
        put: NewFiles,
        taken: Vec<String>,
    ) -> Result<(), AppError> {
        self.package_change(package, put, Some(taken)).await
    }

    /// Deletes a package; whether there was one. `playground`: whose it must be, none for a package that was installed.
    pub(crate) async fn package_forget(&self, name: String, playground: Option<UserId>) -> Result<bool, AppError> {
        let stamp = (token::alphanumeric(16)?, self.now());
        Ok(self.0.store.delete_package(name, playground, stamp).await?)
    }

    async fn package_change(
        &self,
        package: NewPackage,
        put: NewFiles,
        taken: Option<Vec<String>>,
    ) -> Result<(), AppError> {
        let mut rows = Vec::with_capacity(put.len());
        let mut rest = put.into_iter().peekable();
        while rest.peek().is_some() {
            let (portion, back) = self.work(move |app| portion(app, rest)).await?;
            rest = back;
            let (contents, of_files): (Vec<NewContent>, Vec<FileRow>) = portion.into_iter().unzip();
            rows.extend(of_files);
            self.contents_keep(contents).await?;
        }
        let files = match taken {
            None => FilesChange::Whole(rows),
            Some(taken) => FilesChange::Some(rows, taken),
        };
        let stamp = (token::alphanumeric(16)?, self.now());
        Ok(self.0.store.change_package(package, files, stamp).await?)
    }

    /// Two who keep the same content at the same moment do not disturb each other: the second finds it there.
    async fn contents_keep(&self, contents: Vec<NewContent>) -> Result<(), AppError> {
        match self.0.store.keep_package_contents(contents.clone(), self.now()).await {
            Err(StoreError::Conflict(_)) => Ok(self.0.store.keep_package_contents(contents, self.now()).await?),
            other => Ok(other?),
        }
    }
}

type Rest = std::iter::Peekable<std::collections::btree_map::IntoIter<String, Vec<u8>>>;

/// Seals the next files; the others come back.
fn portion(app: &Inner, mut rest: Rest) -> Result<(Vec<(NewContent, FileRow)>, Rest), AppError> {
    let (mut sealed, mut size) = (Vec::new(), 0);
    while size < PORTION {
        let Some((path, content)) = rest.next() else { break };
        let (content, entry) = app.packages.seal(&content)?;
        size += content.sealed.len();
        let row = FileRow { path, hash: entry.hash, size: i64::try_from(entry.size).map_err(AppError::internal)? };
        sealed.push((content, row));
    }
    Ok((sealed, rest))
}
