//! Reading a file: who may, and its content piece by piece.

use std::sync::Arc;

use da_core::{Caller, FileNumber, Privilege, SessionId};
use da_crypto::FileOpener;
use da_store::{BlobReader, StoreError, StoredFile};

use super::places::FilePlace;
use super::{Contents, broken};
use crate::{App, AppError, Fault};

/// Privileges whose holders may read every file, as in docassemble.
const ALL_FILES: [&str; 4] = ["admin", "developer", "advocate", "trainer"];

/// Who wants to read a file.
#[derive(Clone, Copy)]
pub struct FileReader<'a> {
    /// Who asks.
    pub caller: &'a Caller,
    /// The sessions whose names the caller holds.
    pub sessions: &'a [SessionId],
}

/// A file that is being read.
pub struct OpenFile {
    /// Its name, with the extension.
    pub name: String,
    /// Bytes of its content.
    pub size: u64,
    reader: Option<BlobReader>,
    opener: Option<FileOpener>,
    _place: FilePlace,
}

impl App {
    /// Opens a file for somebody who may read it.
    ///
    /// # Errors
    /// [`Fault::NoFile`] when there is no such file or the caller may not read it: the two are not told apart. [`Fault::Busy`] when
    /// too many files are on their way, to everybody or to this caller.
    pub async fn file_open(&self, reader: FileReader<'_>, number: FileNumber) -> Result<OpenFile, AppError> {
        let (caller, sessions) = (reader.caller.clone(), reader.sessions.to_vec());
        let contents = Arc::clone(&self.0.contents);
        let found = self
            .read(move |store| {
                let Some(file) = store.file(number)? else { return Ok(None) };
                let reader = FileReader { caller: &caller, sessions: &sessions };
                Ok(contents.may_read(&reader, &file)?.then_some(file))
            })
            .await?;
        let nothing = || AppError::new(Fault::NoFile, "There is no such file.");
        let file = found.ok_or_else(nothing)?;
        let content = file.content.as_ref().ok_or_else(nothing)?;
        let _place = self.0.file_places.take(reader.caller).await?;
        let contents = &self.0.contents;
        let key = contents.key(&file, content)?;
        let reader = match contents.blobs.read(&content.blob).await {
            Err(StoreError::NotFound(_)) => return Err(nothing().because("the content of the file is gone")),
            other => other?,
        };
        let size = u64::try_from(content.size).map_err(AppError::internal)?;
        let opener = Some(FileOpener::new(&key));
        Ok(OpenFile { name: file.name, size, reader: Some(reader), opener, _place })
    }
}

impl OpenFile {
    /// The media type that the name stands for.
    pub fn media_type(&self) -> &'static str {
        da_core::media_type(&self.name).unwrap_or("application/octet-stream")
    }

    /// The next piece; nothing at the end, which is reached only when every byte is genuine.
    ///
    /// # Errors
    /// A content that was changed, or a disk that cannot be read.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, AppError> {
        let mut plain = Vec::new();
        while plain.is_empty() {
            let (Some(reader), Some(opener)) = (&mut self.reader, &mut self.opener) else { return Ok(None) };
            match reader.next().await? {
                Some(piece) => opener.push(&piece, &mut plain).map_err(broken)?,
                None => {
                    self.reader = None;
                    if let Some(opener) = self.opener.take() {
                        opener.finish(&mut plain).map_err(broken)?;
                    }
                }
            }
        }
        Ok(Some(plain))
    }
}

impl App {
    /// A static file of a package; nothing where there is none.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub async fn package_static(&self, package: &str, path: &str) -> Result<Option<Vec<u8>>, AppError> {
        let (package, path) = (package.to_owned(), format!("data/static/{path}"));
        self.work(move |app| Ok(app.packages.sources()?.bytes(&package, &path)?)).await
    }
}

impl Contents {
    /// Whether somebody may read a file. Blocking.
    pub(super) fn may_read(&self, reader: &FileReader<'_>, file: &StoredFile) -> Result<bool, AppError> {
        let holds_name = reader.sessions.iter().any(|session| session.as_str() == file.session);
        // A key that may do little does not open everything.
        let reads_all = reader.caller.has_privilege(&ALL_FILES) && !matches!(reader.caller, Caller::Limited { .. });
        if !file.private || holds_name || reads_all {
            return Ok(true);
        }
        let session = SessionId::parse(&file.session);
        match reader.caller {
            Caller::User(user) | Caller::Limited { user, .. } => {
                let holds = |privilege: &Privilege| reader.caller.has_privilege(&[privilege.0.as_str()]);
                if self.privileges_of(file).iter().any(holds) || self.users_of(file).contains(&user.id) {
                    return Ok(true);
                }
                session.map_or(Ok(false), |session| Ok(self.store.is_tied(&session, user.id)?))
            }
            Caller::Anonymous { visitor, .. } => {
                session.map_or(Ok(false), |session| Ok(self.store.is_visitors(&session, visitor)?))
            }
        }
    }
}
