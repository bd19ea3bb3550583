//! [`Shelf`]: all packages, those in folders and compiled in and those in the database; and [`Present`], what they are at
//! one moment.
//!
//! A `Present` never changes: whoever runs an interview goes on with the files that it began with, also when somebody
//! replaces them meanwhile. Nothing here is remembered that another server could have made stale.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use da_crypto::ServerKey;
use da_interview::SourceErrorKind;
use da_interview::source::{FileVersion, SourceError, SourceFile, Sources};
use da_store::{FileRow, NewContent, Store};

use super::Packages;
use crate::AppError;

/// What contents are sealed for.
const PURPOSE: &str = "content of a package";

/// No file of a package is larger, in bytes.
pub(crate) const LARGEST_FILE: usize = 16 << 20;

/// A file: the hash of its content, and its size in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) hash: [u8; 32],
    pub(crate) size: u64,
}

/// The files of a package by path, sorted.
pub(crate) type Files = BTreeMap<String, Entry>;

/// All packages.
pub(crate) struct Shelf {
    folders: Arc<Packages>,
    contents: Arc<Contents>,
    present: Mutex<Arc<Present>>,
}

/// Where contents are, and what opens them.
struct Contents {
    store: Arc<Store>,
    server_key: Arc<ServerKey>,
}

/// All packages at one moment.
pub(crate) struct Present {
    state: String,
    folders: Arc<Packages>,
    contents: Arc<Contents>,
    packages: HashMap<String, Files>,
}

impl Shelf {
    pub(crate) fn new(folders: Packages, store: &Arc<Store>, server_key: &Arc<ServerKey>) -> Self {
        let folders = Arc::new(folders);
        let contents = Arc::new(Contents { store: Arc::clone(store), server_key: Arc::clone(server_key) });
        let (state, packages) = (String::new(), HashMap::new());
        let present = Present { state, folders: Arc::clone(&folders), contents: Arc::clone(&contents), packages };
        Shelf { folders, contents, present: Mutex::new(Arc::new(present)) }
    }

    /// The packages as they are now. Blocking: it asks the database whether anything changed.
    pub(crate) fn present(&self) -> Result<Arc<Present>, AppError> {
        let state = self.contents.store.package_state()?;
        self.present_in(&state)
    }

    /// The same for whoever has read the state already.
    fn present_in(&self, state: &str) -> Result<Arc<Present>, AppError> {
        let known = Arc::clone(&self.lock());
        if known.state == state {
            return Ok(known);
        }
        // Outside of the lock: reading it all holds nobody else up.
        let index = self.contents.store.package_index()?;
        let mut packages: HashMap<String, Files> = HashMap::new();
        for (package, FileRow { path, hash, size }) in index.files {
            let size = u64::try_from(size).map_err(AppError::internal)?;
            packages.entry(package).or_default().insert(path, Entry { hash, size });
        }
        let (folders, contents) = (Arc::clone(&self.folders), Arc::clone(&self.contents));
        let read = Arc::new(Present { state: index.state, folders, contents, packages });
        *self.lock() = Arc::clone(&read);
        Ok(read)
    }

    /// The same, for whoever only reads sources.
    pub(crate) fn sources(&self) -> Result<Arc<dyn Sources>, AppError> {
        Ok(self.present()?)
    }

    /// The same for whoever has read the state already, with what else they read.
    pub(crate) fn sources_in(&self, state: &str) -> Result<Arc<dyn Sources>, AppError> {
        Ok(self.present_in(state)?)
    }

    /// The names of the packages that the server came with, in folders and compiled in, sorted.
    pub(crate) fn folder_names(&self) -> Vec<String> {
        self.folders.names()
    }

    /// Seals a content.
    pub(crate) fn seal(&self, content: &[u8]) -> Result<(NewContent, Entry), AppError> {
        self.contents.seal(content)
    }

    /// Forgets what is known, so that it is read again.
    pub(crate) fn forget(&self) {
        let mut present = self.lock();
        let (folders, contents) = (Arc::clone(&self.folders), Arc::clone(&self.contents));
        *present = Arc::new(Present { state: String::new(), folders, contents, packages: HashMap::new() });
    }

    fn lock(&self) -> MutexGuard<'_, Arc<Present>> {
        self.present.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Contents {
    fn seal(&self, content: &[u8]) -> Result<(NewContent, Entry), AppError> {
        let hash = self.server_key.mac(PURPOSE, content);
        let sealed = self.server_key.seal(PURPOSE, &lz4_flex::compress_prepend_size(content))?;
        Ok((NewContent { hash, sealed }, Entry { hash, size: content.len() as u64 }))
    }

    /// A content. It is what was sealed, and is never longer than files may be.
    fn read(&self, hash: &[u8; 32]) -> Result<Vec<u8>, String> {
        let sealed = self.store.package_content(hash).map_err(|error| error.to_string())?;
        let sealed = sealed.ok_or("its content is gone")?;
        let packed = self.server_key.open(PURPOSE, &sealed).map_err(|error| error.to_string())?;
        let (size, _) = lz4_flex::block::uncompressed_size(&packed).map_err(|error| error.to_string())?;
        if size > LARGEST_FILE {
            return Err("its content is larger than files may be".to_owned());
        }
        let content = lz4_flex::decompress_size_prepended(&packed).map_err(|error| error.to_string())?;
        match self.server_key.verify_mac(PURPOSE, &content, hash) {
            Ok(()) => Ok(content),
            Err(error) => Err(error.to_string()),
        }
    }
}

impl Present {
    /// The files of a package in the database; none for any other.
    pub(crate) fn files(&self, package: &str) -> Option<&Files> {
        self.packages.get(package)
    }

    /// The content of a file of such a package.
    pub(crate) fn content(&self, package: &str, path: &str) -> Result<Option<Vec<u8>>, AppError> {
        let Some(entry) = self.files(package).and_then(|files| files.get(path)) else { return Ok(None) };
        let broken = |why: String| AppError::internal(format!("{package}:{path} cannot be read: {why}"));
        self.contents.read(&entry.hash).map(Some).map_err(broken)
    }

    fn kept(&self, package: &str, path: &str) -> Option<Result<SourceFile, SourceError>> {
        let files = self.packages.get(package)?;
        let Some(entry) = files.get(path) else {
            let message = format!("Interview {package}:{path} not found");
            return Some(Err(SourceError::of_file(SourceErrorKind::Missing, package, path, message)));
        };
        let text = self
            .contents
            .read(&entry.hash)
            .and_then(|content| String::from_utf8(content).map_err(|_| "it is no text in UTF-8".to_owned()));
        let file = text.map(|text| SourceFile { version: version(entry), text: Arc::from(text) });
        Some(file.map_err(|why| unreadable(package, path, &why)))
    }
}

impl Sources for Present {
    fn version(&self, package: &str, path: &str) -> Option<FileVersion> {
        match self.packages.get(package) {
            Some(files) => files.get(path).map(version),
            None => self.folders.version(package, path),
        }
    }

    fn read(&self, package: &str, path: &str) -> Result<SourceFile, SourceError> {
        self.kept(package, path).unwrap_or_else(|| self.folders.read(package, path))
    }

    fn bytes(&self, package: &str, path: &str) -> Result<Option<Vec<u8>>, SourceError> {
        match self.packages.get(package) {
            None => self.folders.bytes(package, path),
            Some(files) => match files.get(path) {
                None => Ok(None),
                Some(entry) => {
                    let content = self.contents.read(&entry.hash);
                    content.map(Some).map_err(|why| unreadable(package, path, &why))
                }
            },
        }
    }
}

fn version(entry: &Entry) -> FileVersion {
    let mut hasher = DefaultHasher::new();
    ("kept", entry.hash).hash(&mut hasher);
    FileVersion(hasher.finish())
}

fn unreadable(package: &str, path: &str, why: &str) -> SourceError {
    let message = format!("{package}:{path} cannot be read: {why}");
    SourceError::of_file(SourceErrorKind::Unreadable, package, path, message)
}
