//! [`Texts`]: files that are held in memory, for an embedder who has no folder of packages, and for tests.
//!
//! They never change while they are held.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{FileVersion, SourceFile, Sources};
use crate::error::{SourceError, SourceErrorKind};

/// Files by their full names.
///
/// ```
/// use da_interview::{Sources, Texts};
///
/// let texts = Texts::default().with("docassemble.mine", "data/questions/a.yml", "question: Hello\n");
/// assert!(texts.version("docassemble.mine", "data/questions/a.yml").is_some());
/// assert!(texts.version("docassemble.mine", "data/questions/b.yml").is_none());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Texts(BTreeMap<(String, String), Arc<str>>);

impl Texts {
    /// The same with one more file: its package, its path in it, its text.
    #[must_use]
    pub fn with(mut self, package: &str, path: &str, text: &str) -> Texts {
        self.0.insert((package.to_owned(), path.to_owned()), Arc::from(text));
        self
    }

    fn text(&self, package: &str, path: &str) -> Option<&Arc<str>> {
        self.0.get(&(package.to_owned(), path.to_owned()))
    }
}

impl Sources for Texts {
    fn version(&self, package: &str, path: &str) -> Option<FileVersion> {
        self.text(package, path).map(|_| FileVersion(1))
    }

    fn read(&self, package: &str, path: &str) -> Result<SourceFile, SourceError> {
        let missing = || {
            let message = format!("Interview {package}:{path} not found");
            SourceError::of_file(SourceErrorKind::Missing, package, path, message)
        };
        let text = self.text(package, path).ok_or_else(missing)?;
        Ok(SourceFile { version: FileVersion(1), text: Arc::clone(text) })
    }
}
