//! Where the files of an interview come from.
//!
//! The engine asks for a package and a path inside it, both checked; it never sees a file system.

pub(crate) mod jinja;
mod module;
mod reader;
mod texts;

use std::sync::Arc;

pub use crate::error::SourceError;
use crate::error::SourceErrorKind;
pub(crate) use module::{ModuleHost, module_source};
pub(crate) use reader::{FileRecord, Reader};
pub use texts::Texts;

/// The version of a file: equal versions mean equal texts (a hash of the content, or the time of its
/// change, size and inode folded into one number).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FileVersion(pub u64);

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The version that was read.
    pub version: FileVersion,
    /// Its text.
    pub text: Arc<str>,
}

/// The packages that are installed.
pub trait Sources: Send + Sync {
    /// The present version of a file, `None` when there is no such file. Cheap: asked of every file
    /// of an interview at each request.
    fn version(&self, package: &str, path: &str) -> Option<FileVersion>;

    /// Its text.
    ///
    /// # Errors
    /// [`SourceError`] with kind `Missing` when there is no such file, `Unreadable` otherwise.
    fn read(&self, package: &str, path: &str) -> Result<SourceFile, SourceError>;

    /// Its bytes, for a file that need not be text; `None` when there is no such file.
    ///
    /// # Errors
    /// [`SourceError`] with kind `Unreadable`.
    fn bytes(&self, package: &str, path: &str) -> Result<Option<Vec<u8>>, SourceError> {
        match self.read(package, path) {
            Ok(file) => Ok(Some(file.text.as_bytes().to_vec())),
            Err(error) if error.kind == SourceErrorKind::Missing => Ok(None),
            Err(error) => Err(error),
        }
    }
}
