//! [`Packed`]: an archive as it came, a ZIP or a packed tape archive; and [`Files`], what is in it, one file after another.
//!
//! Nothing is unpacked to a disk, and no more than one file at a time is unpacked in memory. A path that could lead
//! anywhere, a link, and more than a package can have are refused, not skipped; so is what says that it is smaller than it
//! is.

use std::io::{Cursor, Read, Take};
use std::sync::Arc;

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use super::tar::{Kind, Tar};
use super::{BadArchive, LARGEST_FILE};

/// Entries of an archive, folders among them.
const MOST_ENTRIES: usize = 20_000;

/// Files of a package.
pub(super) const MOST_FILES: usize = 10_000;

/// Bytes of all files together, unpacked.
const MOST_BYTES: usize = 128 << 20;

/// Bytes that a tape archive may have, with all that is passed over and all that it says about its entries.
const MOST_UNPACKED: u64 = 192 << 20;

/// Bytes of a path.
const LONGEST_PATH: usize = 1_000;

/// Folders that tools leave behind and no package needs.
const LEFT_BEHIND: [&str; 4] = [".git", "__pycache__", "__MACOSX", ".mypy_cache"];

/// How what is packed with gzip begins.
const GZIP: [u8; 2] = [0x1f, 0x8b];

type Bytes = Cursor<Arc<[u8]>>;
type Tape = Tar<Take<MultiGzDecoder<Bytes>>>;

/// An archive as it came.
#[derive(Debug, Clone)]
pub(crate) struct Packed(Arc<[u8]>);

/// The files of an archive.
pub(crate) struct Files {
    source: Source,
    entries: usize,
    count: usize,
    left: usize,
}

enum Source {
    Zip(ZipArchive<Bytes>),
    Tar(Box<Tape>),
}

impl Packed {
    pub(crate) fn new(bytes: Vec<u8>) -> Self {
        Packed(bytes.into())
    }

    /// Its files from the first one on.
    pub(super) fn files(&self) -> Result<Files, BadArchive> {
        let bytes = Cursor::new(Arc::clone(&self.0));
        let source = if self.0.starts_with(&GZIP) {
            Source::Tar(Box::new(Tar::new(MultiGzDecoder::new(bytes).take(MOST_UNPACKED))))
        } else {
            let zip = ZipArchive::new(bytes).map_err(BadArchive::zip)?;
            if zip.len() > MOST_ENTRIES {
                return Err(BadArchive::TooMany);
            }
            Source::Zip(zip)
        };
        Ok(Files { source, entries: 0, count: 0, left: MOST_BYTES })
    }
}

/// What an entry is.
enum Found {
    Nothing,
    Folder,
    File(String, Option<Vec<u8>>),
}

impl Files {
    /// The next file that `wants` wants, with its content.
    pub(super) fn next(&mut self, wants: impl Fn(&str) -> bool) -> Result<Option<(String, Vec<u8>)>, BadArchive> {
        loop {
            if self.entries > MOST_ENTRIES {
                return Err(BadArchive::TooMany);
            }
            let found = match &mut self.source {
                Source::Zip(zip) => from_zip(zip, self.entries, self.left, &wants)?,
                Source::Tar(tar) => from_tar(tar, self.left, &wants)?,
            };
            self.entries += 1;
            match found {
                Found::Nothing => return Ok(None),
                Found::Folder => {}
                Found::File(path, content) => {
                    if self.count >= MOST_FILES {
                        return Err(BadArchive::TooMany);
                    }
                    self.count += 1;
                    if let Some(content) = content {
                        self.left -= content.len();
                        return Ok(Some((path, content)));
                    }
                }
            }
        }
    }
}

fn from_zip(
    zip: &mut ZipArchive<Bytes>,
    index: usize,
    left: usize,
    wants: impl Fn(&str) -> bool,
) -> Result<Found, BadArchive> {
    if index >= zip.len() {
        return Ok(Found::Nothing);
    }
    let mut entry = zip.by_index(index).map_err(BadArchive::zip)?;
    let name = entry.name().map_err(BadArchive::zip)?.into_owned();
    let path = plain(&name)?;
    if entry.is_symlink() {
        return Err(BadArchive::Link(name));
    }
    if entry.is_dir() || name.ends_with('/') || is_left_behind(path) {
        return Ok(Found::Folder);
    }
    let content = wants(path).then(|| content(&mut entry, path, left, BadArchive::NotZip)).transpose()?;
    Ok(Found::File(name, content))
}

fn from_tar(tar: &mut Tape, left: usize, wants: impl Fn(&str) -> bool) -> Result<Found, BadArchive> {
    let next = tar.next();
    if tar.reader().limit() == 0 {
        return Err(BadArchive::TooLarge);
    }
    let Some(head) = next.map_err(|error| BadArchive::NotTar(error.to_string()))? else {
        return Ok(Found::Nothing);
    };
    let path = plain(&head.name)?;
    match head.kind {
        Kind::Link => return Err(BadArchive::Link(head.name)),
        Kind::Folder => return Ok(Found::Folder),
        Kind::Other => return Err(BadArchive::Path(head.name)),
        Kind::File if is_left_behind(path) => return Ok(Found::Folder),
        Kind::File => {}
    }
    let content = wants(path).then(|| content(tar, path, left, BadArchive::NotTar)).transpose()?;
    Ok(Found::File(path.to_owned(), content))
}

/// What an entry unpacks to, whatever it says about that.
fn content(
    entry: &mut impl Read,
    path: &str,
    left: usize,
    broken: impl Fn(String) -> BadArchive,
) -> Result<Vec<u8>, BadArchive> {
    let most = LARGEST_FILE.min(left);
    let mut content = Vec::new();
    let read = entry.take(most as u64 + 1).read_to_end(&mut content);
    read.map_err(|error| broken(error.to_string()))?;
    match content.len() {
        size if size > LARGEST_FILE => Err(BadArchive::FileTooLarge(path.to_owned())),
        size if size > left => Err(BadArchive::TooLarge),
        _ => Ok(content),
    }
}

/// A path that is made of plain components, so that it stays where it is put.
fn plain(name: &str) -> Result<&str, BadArchive> {
    let path = name.strip_suffix('/').unwrap_or(name);
    let plain = |part: &str| {
        !matches!(part, "" | "." | "..") && !part.contains(['\\', ':']) && !part.chars().any(char::is_control)
    };
    let is_plain = path.len() <= LONGEST_PATH && path.split('/').all(plain);
    if is_plain { Ok(path) } else { Err(BadArchive::Path(name.to_owned())) }
}

fn is_left_behind(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let by_an_editor = name.starts_with('#') || name.ends_with('~') || name.ends_with(".pyc") || name == ".DS_Store";
    by_an_editor || path.split('/').any(|part| LEFT_BEHIND.contains(&part) || part.ends_with(".egg-info"))
}
