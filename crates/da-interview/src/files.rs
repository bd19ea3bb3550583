//! [`Files`]: the files of sessions, as an evaluation reaches them.
//!
//! What an evaluation does to files is kept aside until its answers are saved, and is dropped with them. Until then it sees
//! its own changes and nobody else does.

use da_core::{FileNumber, UserId};

/// What is known about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFacts {
    /// Its name, with the extension.
    pub name: String,
    /// Bytes of its content.
    pub size: u64,
    /// Whether only those may read it who are named or tied to its session.
    pub private: bool,
    /// Whether it outlives its session.
    pub persistent: bool,
    /// Users who may read it besides, with their addresses.
    pub users: Vec<(UserId, String)>,
    /// Privileges whose holders may read it besides.
    pub privileges: Vec<String>,
}

/// Why something could not be done with a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// There is no such file, or none that this session may read.
    #[error("there is no file {0} that this session may read")]
    NotThere(FileNumber),
    /// It belongs to another session.
    #[error("file {0} belongs to another session, which alone can change it")]
    NotYours(FileNumber),
    /// An evaluation has as many new files, or as many bytes in them, as it may have.
    #[error("an evaluation can write {0} at most")]
    TooMuch(&'static str),
    /// The content is larger than an evaluation may hold.
    #[error("file {0} has {1} bytes, more than an interview can read at once")]
    TooLarge(FileNumber, u64),
    /// The content cannot be reached. The cause is in the server's log.
    #[error("the content of files cannot be reached")]
    Unreachable,
}

/// The files that an evaluation may reach.
pub trait Files: Send + Sync {
    /// Makes an empty file of the session.
    ///
    /// # Errors
    /// [`FileError`].
    fn add(&self, name: &str) -> Result<FileNumber, FileError>;

    /// What is known about a file.
    ///
    /// # Errors
    /// [`FileError`].
    fn facts(&self, number: FileNumber) -> Result<FileFacts, FileError>;

    /// Its content.
    ///
    /// # Errors
    /// [`FileError`].
    fn read(&self, number: FileNumber) -> Result<Vec<u8>, FileError>;

    /// Puts a content in the place of the one that is there.
    ///
    /// # Errors
    /// [`FileError`].
    fn write(&self, number: FileNumber, content: Vec<u8>) -> Result<(), FileError>;

    /// Changes its name, `private`, `persistent` and who may read it; the size is not looked at.
    ///
    /// # Errors
    /// [`FileError`].
    fn set(&self, number: FileNumber, facts: FileFacts) -> Result<(), FileError>;

    /// Deletes it.
    ///
    /// # Errors
    /// [`FileError`].
    fn remove(&self, number: FileNumber) -> Result<(), FileError>;

    /// The user of a number or an address, with both.
    ///
    /// # Errors
    /// [`FileError`].
    fn user(&self, number_or_address: &str) -> Result<Option<(UserId, String)>, FileError>;

    /// Whether there is a privilege of that name.
    ///
    /// # Errors
    /// [`FileError`].
    fn is_privilege(&self, name: &str) -> Result<bool, FileError>;
}
