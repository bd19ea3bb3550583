//! The packages that are compiled in: `docassemble.base` and `docassemble.demo`.
//!
//! Their files are written for this server and stand under `packages/`; nothing here touches a disk.

use std::hash::{DefaultHasher, Hash, Hasher};

use da_interview::source::FileVersion;

/// Package, path inside it, content.
type Entry = (&'static str, &'static str, &'static [u8]);

static FILES: &[Entry] = include!(concat!(env!("OUT_DIR"), "/compiled_packages.rs"));

fn find(package: &str, path: &str) -> Option<&'static [u8]> {
    FILES.iter().find(|file| file.0 == package && file.1 == path).map(|file| file.2)
}

/// The paths of a package's files.
pub(super) fn paths(package: &str) -> impl Iterator<Item = &'static str> {
    FILES.iter().filter(move |file| file.0 == package).map(|file| file.1)
}

/// The version of a file: it changes with the program alone.
pub(super) fn version(package: &str, path: &str) -> Option<FileVersion> {
    let content = find(package, path)?;
    let mut hasher = DefaultHasher::new();
    ("compiled", content.len(), content.as_ptr() as usize).hash(&mut hasher);
    Some(FileVersion(hasher.finish()))
}

/// A file as it is.
pub(super) fn bytes(package: &str, path: &str) -> Option<&'static [u8]> {
    find(package, path)
}

/// A file that is text.
pub(super) fn text(package: &str, path: &str) -> Option<(FileVersion, &'static str)> {
    Some((version(package, path)?, std::str::from_utf8(find(package, path)?).ok()?))
}
