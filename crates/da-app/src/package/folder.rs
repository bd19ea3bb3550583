//! A folder of packages on disk.
//!
//! It never follows a link out of a package, and never reads a file that has not changed just to know that.

use std::fs::{self, File, Metadata};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use da_interview::source::{FileVersion, SourceFile};

use super::LARGEST_FILE;

/// The folders of a package whose files lie in a flat folder: side by side, or in a folder of the same name.
const FLAT: [&str; 4] = ["questions", "templates", "sources", "static"];

/// A folder of packages.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    layout: Layout,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// Like site-packages: `docassemble/NAME/data/questions/...`.
    Site,
    /// Files side by side, which are this package.
    Flat(&'static str),
}

/// A package folder cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the package folder {path} cannot be read: {why}", path = .path.display())]
pub struct FolderError {
    path: PathBuf,
    why: String,
}

impl Folder {
    /// Checks that the folder is there.
    ///
    /// # Errors
    /// [`FolderError`] with its name.
    pub fn open(path: &Path) -> Result<Self, FolderError> {
        let refused = |why: String| FolderError { path: path.to_owned(), why };
        if !path.is_dir() {
            return Err(refused("it is not a folder".to_owned()));
        }
        let path = path.canonicalize().map_err(|error| refused(error.to_string()))?;
        Ok(Folder { path, layout: Layout::Site })
    }

    /// A folder whose files lie side by side, as an author may have them; they are the files of `package`.
    ///
    /// # Errors
    /// [`FolderError`] with its name.
    pub(crate) fn flat(path: &Path, package: &'static str) -> Result<Self, FolderError> {
        Ok(Folder { layout: Layout::Flat(package), ..Folder::open(path)? })
    }

    /// The names of the packages in it.
    pub(super) fn names(&self) -> Vec<String> {
        if let Layout::Flat(own) = self.layout {
            return vec![own.to_owned()];
        }
        let entries = fs::read_dir(self.path.join("docassemble")).into_iter().flatten().flatten();
        let folders =
            entries.filter(|entry| entry.path().is_dir()).filter_map(|entry| entry.file_name().into_string().ok());
        let names = folders.map(|folder| format!("docassemble.{folder}"));
        names.filter(|name| super::is_inside(name, "x")).collect()
    }

    /// The present version of a file.
    pub(super) fn version(&self, package: &str, path: &str) -> Option<FileVersion> {
        let metadata = fs::metadata(self.resolve(package, path)?).ok()?;
        metadata.is_file().then(|| fold(&metadata))
    }

    /// The text of a file, `None` when there is no such file.
    pub(super) fn read(&self, package: &str, path: &str) -> io::Result<Option<SourceFile>> {
        let Some((version, content)) = self.bytes(package, path)? else { return Ok(None) };
        let text = String::from_utf8(content).map_err(|_| io::Error::other("it is no text in UTF-8"))?;
        Ok(Some(SourceFile { version, text: Arc::from(text) }))
    }

    /// The content of a file, `None` when there is no such file.
    pub(super) fn bytes(&self, package: &str, path: &str) -> io::Result<Option<(FileVersion, Vec<u8>)>> {
        let Some(real) = self.resolve(package, path) else { return Ok(None) };
        let file = File::open(real)?;
        // Of the very file that is read, so that a version never belongs to another text.
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Ok(None);
        }
        if metadata.len() > LARGEST_FILE as u64 {
            return Err(io::Error::other(format!("it is larger than {LARGEST_FILE} bytes")));
        }
        let mut content = Vec::new();
        file.take(LARGEST_FILE as u64).read_to_end(&mut content)?;
        Ok(Some((fold(&metadata), content)))
    }

    /// The real path of a file, if it lies inside the package.
    fn resolve(&self, package: &str, path: &str) -> Option<PathBuf> {
        // At least two names: what lies beside the packages belongs to none of them.
        package.contains('.').then_some(())?;
        let (root, path) = match self.layout {
            Layout::Site => {
                let root = package.split('.').fold(self.path.clone(), |folder, part| folder.join(part));
                (root.canonicalize().ok()?, path)
            }
            Layout::Flat(own) if package == own => (self.path.clone(), self.inner(path)),
            Layout::Flat(_) => return None,
        };
        let real = path.split('/').fold(root.clone(), |folder, part| folder.join(part)).canonicalize().ok()?;
        real.starts_with(&root).then_some(real)
    }

    /// Where a file of the package lies in a flat folder.
    fn inner<'p>(&self, path: &'p str) -> &'p str {
        let Some(below) = path.strip_prefix("data/") else { return path };
        match below.split_once('/') {
            Some((folder, _)) if FLAT.contains(&folder) && self.path.join(folder).is_dir() => below,
            Some((folder, inner)) if FLAT.contains(&folder) => inner,
            _ => path,
        }
    }
}

/// Time of change, size and inode as one number.
fn fold(metadata: &Metadata) -> FileVersion {
    let mut hasher = DefaultHasher::new();
    (metadata.mtime(), metadata.mtime_nsec(), metadata.len(), metadata.ino(), metadata.dev()).hash(&mut hasher);
    FileVersion(hasher.finish())
}
