//! [`FileDesk`]: the files of one request, with what its evaluations did to them and nobody has seen yet.
//!
//! Numbers are given out at once; contents reach a disk, and rows change, when the answers are saved (see `keep`).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::NaiveDateTime;
use da_core::{Caller, FileNumber, InterviewName, Privilege, SentFiles, SessionId, UserId};
use da_interview::{FileError, FileFacts, Files};
use da_store::{NewFile, StoredFile};
use tokio::runtime::Handle;

use super::staged::whole;
use super::{Contents, FileReader, Staged, clean_name};
use crate::AppError;

/// Files that one request may make.
const MOST_FILES: usize = 500;

/// Bytes that evaluations of one request may write, all files together.
const MOST_BYTES: usize = 64 << 20;

/// The largest content that an evaluation may read.
const LARGEST_READ: u64 = 64 << 20;

/// The files of one request.
pub(crate) struct FileDesk {
    pub(super) contents: Arc<Contents>,
    caller: Caller,
    session: SessionId,
    interview: InterviewName,
    now: NaiveDateTime,
    runtime: Option<Handle>,
    state: Mutex<State>,
}

/// What a desk knows. Cloning it is cheap.
#[derive(Clone, Default)]
pub(super) struct State {
    pub(super) files: BTreeMap<FileNumber, Entry>,
    /// Numbers that were given out and that no row of a step mentions yet.
    pub(super) reserved: Vec<FileNumber>,
    written: usize,
}

/// A file, as the evaluations of this request see it.
#[derive(Clone)]
pub(super) struct Entry {
    /// The row, with the changes that are not saved yet.
    pub(super) file: StoredFile,
    /// The row as it is stored; none for a file of this request.
    pub(super) stored: Option<Arc<StoredFile>>,
    /// A new content.
    pub(super) new: Option<New>,
    /// Whether anything about it is to be saved.
    pub(super) is_changed: bool,
    pub(super) is_deleted: bool,
}

/// A content that no row has yet.
#[derive(Clone)]
pub(super) enum New {
    Bytes(Arc<Vec<u8>>),
    Staged(Arc<Staged>),
}

impl New {
    fn size(&self) -> u64 {
        match self {
            New::Bytes(bytes) => bytes.len() as u64,
            New::Staged(staged) => staged.size(),
        }
    }
}

impl FileDesk {
    pub(crate) fn new(
        contents: &Arc<Contents>,
        caller: &Caller,
        (session, interview): (&SessionId, &InterviewName),
        now: NaiveDateTime,
    ) -> Arc<Self> {
        Arc::new(FileDesk {
            contents: Arc::clone(contents),
            caller: caller.clone(),
            session: session.clone(),
            interview: interview.clone(),
            now,
            runtime: Handle::try_current().ok(),
            state: Mutex::default(),
        })
    }

    /// What was done so far, to come back to.
    pub(crate) fn mark(&self) -> Mark {
        Mark(self.state().clone())
    }

    /// Forgets what was done since, except which numbers were given out.
    pub(crate) fn roll_back(&self, mark: Mark) {
        let mut state = self.state();
        let reserved = std::mem::take(&mut state.reserved);
        *state = State { reserved, ..mark.0 };
    }

    /// Forgets files that were sent and not taken.
    pub(crate) fn forget(&self, sent: &[SentFiles]) {
        let mut state = self.state();
        for file in sent.iter().flat_map(|sent| &sent.files) {
            state.files.remove(&file.number);
        }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives an upload its number.
    pub(super) async fn take_one(&self, name: &str, content: Staged) -> Result<FileNumber, AppError> {
        let number = self.contents.store.reserve_file(self.new_file(name)).await?;
        self.enter(number, name, New::Staged(Arc::new(content)));
        Ok(number)
    }

    fn new_file(&self, name: &str) -> NewFile {
        NewFile {
            session: self.session.clone(),
            interview: self.interview.clone(),
            name: name.to_owned(),
            now: self.now,
        }
    }

    fn enter(&self, number: FileNumber, name: &str, new: New) {
        let file = StoredFile {
            number,
            session: self.session.as_str().to_owned(),
            interview: self.interview.as_str().to_owned(),
            name: name.to_owned(),
            private: true,
            persistent: false,
            content: None,
            users: Vec::new(),
            privileges: Vec::new(),
        };
        let mut state = self.state();
        state.reserved.push(number);
        state.files.insert(number, Entry { file, stored: None, new: Some(new), is_changed: true, is_deleted: false });
    }

    /// Waits for something where an evaluation runs.
    fn wait<T>(&self, work: impl Future<Output = Result<T, AppError>>) -> Result<T, FileError> {
        let runtime = self.runtime.as_ref().ok_or(FileError::Unreachable)?;
        runtime.block_on(work).map_err(unreachable)
    }

    /// A file that this session may read.
    fn entry(&self, number: FileNumber) -> Result<Entry, FileError> {
        let known = self.state().files.get(&number).cloned();
        let entry = match known {
            Some(entry) => entry,
            None => {
                let stored = self.contents.store.file(number).map_err(unreachable)?;
                let file = stored.ok_or(FileError::NotThere(number))?;
                let reader = FileReader { caller: &self.caller, sessions: std::slice::from_ref(&self.session) };
                if file.content.is_none() || !self.contents.may_read(&reader, &file).map_err(unreachable)? {
                    return Err(FileError::NotThere(number));
                }
                let stored = Some(Arc::new(file.clone()));
                let entry = Entry { file, stored, new: None, is_changed: false, is_deleted: false };
                self.state().files.insert(number, entry.clone());
                entry
            }
        };
        if entry.is_deleted { Err(FileError::NotThere(number)) } else { Ok(entry) }
    }

    /// A file that this session may change.
    fn own(&self, number: FileNumber) -> Result<Entry, FileError> {
        let entry = self.entry(number)?;
        if entry.file.session == self.session.as_str() { Ok(entry) } else { Err(FileError::NotYours(number)) }
    }

    fn put(&self, number: FileNumber, entry: Entry) {
        self.state().files.insert(number, Entry { is_changed: true, ..entry });
    }
}

impl Files for FileDesk {
    fn add(&self, name: &str) -> Result<FileNumber, FileError> {
        if self.state().reserved.len() >= MOST_FILES {
            return Err(FileError::TooMuch("500 new files"));
        }
        let name = clean_name(name);
        let number = self.wait(async { Ok(self.contents.store.reserve_file(self.new_file(&name)).await?) })?;
        self.enter(number, &name, New::Bytes(Arc::default()));
        Ok(number)
    }

    fn facts(&self, number: FileNumber) -> Result<FileFacts, FileError> {
        let Entry { file, new, .. } = self.entry(number)?;
        let stored = file.content.as_ref().map_or(0, |content| u64::try_from(content.size).unwrap_or(0));
        let privileges = self.contents.privileges_of(&file).into_iter().map(|privilege| privilege.0).collect();
        let mut users = Vec::new();
        for user in self.contents.users_of(&file) {
            let found = self.contents.store.user(user).map_err(unreachable)?;
            users.extend(found.map(|found| (user, found.user.email)));
        }
        Ok(FileFacts {
            name: file.name,
            size: new.map_or(stored, |new| new.size()),
            private: file.private,
            persistent: file.persistent,
            users,
            privileges,
        })
    }

    fn read(&self, number: FileNumber) -> Result<Vec<u8>, FileError> {
        let Entry { stored, new, .. } = self.entry(number)?;
        let stored = stored.as_deref();
        let content = stored.and_then(|file| Some((file, file.content.as_ref()?)));
        let size = match (&new, content) {
            (Some(new), _) => new.size(),
            (None, Some((_, content))) => u64::try_from(content.size).unwrap_or(0),
            (None, None) => return Err(FileError::NotThere(number)),
        };
        if size > LARGEST_READ {
            return Err(FileError::TooLarge(number, size));
        }
        match (new, content) {
            (Some(New::Bytes(bytes)), _) => Ok(bytes.to_vec()),
            (Some(New::Staged(staged)), _) => self.wait(staged.read()),
            (None, Some((file, content))) => self.wait(async {
                let key = self.contents.key(file, content)?;
                whole(self.contents.blobs.read(&content.blob).await?, &key, size).await
            }),
            (None, None) => Err(FileError::NotThere(number)),
        }
    }

    fn write(&self, number: FileNumber, content: Vec<u8>) -> Result<(), FileError> {
        let entry = self.own(number)?;
        let before = match &entry.new {
            Some(New::Bytes(bytes)) => bytes.len(),
            _ => 0,
        };
        {
            let mut state = self.state();
            let written = state.written - before.min(state.written) + content.len();
            if written > MOST_BYTES {
                return Err(FileError::TooMuch("64 MiB into files"));
            }
            state.written = written;
        }
        self.put(number, Entry { new: Some(New::Bytes(Arc::new(content))), ..entry });
        Ok(())
    }

    fn set(&self, number: FileNumber, facts: FileFacts) -> Result<(), FileError> {
        let entry = self.own(number)?;
        let file = StoredFile {
            name: clean_name(&facts.name),
            private: facts.private,
            persistent: facts.persistent,
            users: facts.users.into_iter().map(|(user, _)| self.contents.grant(number, user)).collect(),
            privileges: facts.privileges.into_iter().map(|name| self.contents.grant(number, Privilege(name))).collect(),
            ..entry.file
        };
        self.put(number, Entry { file, ..entry });
        Ok(())
    }

    fn remove(&self, number: FileNumber) -> Result<(), FileError> {
        let entry = self.own(number)?;
        self.put(number, Entry { new: None, is_deleted: true, ..entry });
        Ok(())
    }

    fn user(&self, number_or_address: &str) -> Result<Option<(UserId, String)>, FileError> {
        let store = &self.contents.store;
        let found = match number_or_address.parse() {
            Ok(number) => store.user(UserId(number)),
            Err(_) => store.user_by_email(number_or_address),
        };
        Ok(found.map_err(unreachable)?.map(|found| (found.user.id, found.user.email)))
    }

    fn is_privilege(&self, name: &str) -> Result<bool, FileError> {
        let known = self.contents.store.privileges().map_err(unreachable)?;
        Ok(known.iter().any(|privilege| privilege.0 == name))
    }
}

/// What a desk was at one moment; by default, at its beginning.
#[derive(Default)]
pub(crate) struct Mark(State);

/// The cause goes to the log, where the interview's author cannot see it.
fn unreachable(error: impl Into<AppError>) -> FileError {
    let error = error.into();
    tracing::error!(target: "files", "{}", error.whole());
    FileError::Unreachable
}

/// Numbers that no saved step mentions are taken back.
impl Drop for FileDesk {
    fn drop(&mut self) {
        let reserved = std::mem::take(&mut self.state().reserved);
        let Some(runtime) = self.runtime.as_ref().filter(|_| !reserved.is_empty()) else { return };
        let contents = Arc::clone(&self.contents);
        runtime.spawn(async move {
            if let Err(error) = contents.store.release_files(reserved).await {
                tracing::warn!(%error, "numbers of files were not taken back");
            }
        });
    }
}
