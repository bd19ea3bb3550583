//! [`Archive`]: the files of a package that came as a ZIP, read whole and checked.
//!
//! It is read in memory and never unpacked to a disk. A path that could lead anywhere, a link, and more than a package can
//! have are refused, not skipped; so is what says that it is smaller than it is.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::LARGEST_FILE;

/// Entries of an archive, folders among them.
const MOST_ENTRIES: usize = 20_000;

/// Files of a package.
const MOST_FILES: usize = 10_000;

/// Bytes of all files together, unpacked.
const MOST_BYTES: usize = 128 << 20;

/// Bytes of a path.
const LONGEST_PATH: usize = 1_000;

/// Folders that tools leave behind and no package needs.
const LEFT_BEHIND: [&str; 4] = [".git", "__pycache__", "__MACOSX", ".mypy_cache"];

/// What the folder at the top of a package has.
const MARKS: [&str; 3] = ["setup.py", "pyproject.toml", "setup.cfg"];

/// A package that was read.
#[derive(Debug)]
pub(crate) struct Archive {
    /// The files below the package's top folder, by path.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
}

/// Why an archive is no package.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadArchive {
    #[error("It is not a ZIP file that can be read: {0}.")]
    NotZip(String),
    #[error("It has a path that no package has: {0:?}.")]
    Path(String),
    #[error("It has a link: {0}.")]
    Link(String),
    #[error("It has too many files.")]
    TooMany,
    #[error("It is too large when it is unpacked.")]
    TooLarge,
    #[error("{0} is too large.")]
    FileTooLarge(String),
    #[error("It has neither a setup.py nor a pyproject.toml nor a folder that is called docassemble.")]
    NoPackage,
}

impl Archive {
    /// Reads an archive.
    pub(crate) fn read(bytes: &[u8]) -> Result<Archive, BadArchive> {
        let broken = |error: zip::result::ZipError| BadArchive::NotZip(error.to_string());
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
        if zip.len() > MOST_ENTRIES {
            return Err(BadArchive::TooMany);
        }
        let mut files = BTreeMap::new();
        let mut left = MOST_BYTES;
        for index in 0..zip.len() {
            let mut entry = zip.by_index(index).map_err(broken)?;
            let name = entry.name().map_err(broken)?.into_owned();
            let path = name.strip_suffix('/').unwrap_or(&name);
            if !is_plain(path) {
                return Err(BadArchive::Path(name));
            }
            if entry.is_symlink() {
                return Err(BadArchive::Link(name));
            }
            if entry.is_dir() || name.ends_with('/') || is_left_behind(path) {
                continue;
            }
            if files.len() >= MOST_FILES {
                return Err(BadArchive::TooMany);
            }
            let content = content(&mut entry, path, left)?;
            left -= content.len();
            files.insert(name, content);
        }
        let top = top(&files).ok_or(BadArchive::NoPackage)?;
        let below = |(path, content): (String, Vec<u8>)| Some((path.strip_prefix(&top)?.to_owned(), content));
        Ok(Archive { files: files.into_iter().filter_map(below).collect() })
    }

    /// A file at the top, if it is text.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).and_then(|content| std::str::from_utf8(content).ok())
    }
}

/// What an entry unpacks to, whatever it says about that.
fn content(entry: &mut impl Read, path: &str, left: usize) -> Result<Vec<u8>, BadArchive> {
    let most = LARGEST_FILE.min(left);
    let mut content = Vec::new();
    let read = entry.take(most as u64 + 1).read_to_end(&mut content);
    read.map_err(|error| BadArchive::NotZip(error.to_string()))?;
    match content.len() {
        size if size > LARGEST_FILE => Err(BadArchive::FileTooLarge(path.to_owned())),
        size if size > left => Err(BadArchive::TooLarge),
        _ => Ok(content),
    }
}

/// Whether a path is made of plain components, so that it stays where it is put.
fn is_plain(path: &str) -> bool {
    let plain = |part: &str| {
        !matches!(part, "" | "." | "..") && !part.contains(['\\', ':']) && !part.chars().any(char::is_control)
    };
    path.len() <= LONGEST_PATH && path.split('/').all(plain)
}

fn is_left_behind(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let by_an_editor = name.starts_with('#') || name.ends_with('~') || name.ends_with(".pyc") || name == ".DS_Store";
    by_an_editor || path.split('/').any(|part| LEFT_BEHIND.contains(&part) || part.ends_with(".egg-info"))
}

/// The folder at the top of the package, with a slash at its end: the one nearest to the archive's own top.
fn top(files: &BTreeMap<String, Vec<u8>>) -> Option<String> {
    let of = |path: &str| {
        let folder = path.rfind('/').map_or("", |end| &path[..=end]);
        if MARKS.contains(&&path[folder.len()..]) {
            return Some(folder.to_owned());
        }
        let inside = path.find("/docassemble/").map(|at| path[..=at].to_owned());
        if path.starts_with("docassemble/") { Some(String::new()) } else { inside }
    };
    files.keys().filter_map(|path| of(path)).min_by_key(|folder| folder.matches('/').count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn paths(files: &[(&str, &[u8])]) -> Vec<String> {
        Archive::read(&zip(files)).unwrap().files.into_keys().collect()
    }

    fn refused(bytes: &[u8]) -> String {
        Archive::read(bytes).unwrap_err().to_string()
    }

    #[test]
    fn the_top_is_the_folder_with_the_description_or_with_docassemble() {
        let with_setup = [("a-1/setup.py", b"" as &[u8]), ("a-1/docassemble/a/x.py", b""), ("other/b.txt", b"")];
        assert_eq!(paths(&with_setup), ["docassemble/a/x.py", "setup.py"]);
        assert_eq!(paths(&[("docassemble/a/x.py", b""), ("a.dist-info/METADATA", b"")]).len(), 2);
        assert_eq!(paths(&[("a/docassemble/a/x.py", b"")]), ["docassemble/a/x.py"]);
        let expected = "It has neither a setup.py nor a pyproject.toml nor a folder that is called docassemble.";
        assert_eq!(refused(&zip(&[("a.txt", b"")])), expected);
    }

    #[test]
    fn what_tools_leave_behind_is_left_out() {
        let files = ["setup.py", ".git/config", "docassemble/a/__pycache__/x.pyc", "a.egg-info/PKG-INFO", "x~", "#x#"];
        let files: Vec<(&str, &[u8])> = files.iter().map(|name| (*name, b"" as &[u8])).collect();
        assert_eq!(paths(&files), ["setup.py"]);
    }

    #[test]
    fn a_path_that_could_lead_anywhere_is_refused() {
        for path in ["../setup.py", "a/../../b", "/etc/passwd", "a//b", "a\\..\\b", "c:x", "a/./b", "a\nb"] {
            let expected = format!("It has a path that no package has: {path:?}.");
            assert_eq!(refused(&zip(&[("setup.py", b""), (path, b"x")])), expected);
        }
    }

    #[test]
    fn a_link_is_refused() {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file("setup.py", SimpleFileOptions::default()).unwrap();
        writer.add_symlink("a.yml", "/etc/passwd", SimpleFileOptions::default()).unwrap();
        assert_eq!(refused(&writer.finish().unwrap().into_inner()), "It has a link: a.yml.");
    }

    #[test]
    fn what_grows_beyond_its_measure_is_refused() {
        let large = vec![0; LARGEST_FILE + 1];
        assert_eq!(refused(&zip(&[("setup.py", b""), ("large", &large)])), "large is too large.");
        let names: Vec<String> = (0..9).map(|number| format!("f{number}")).collect();
        let full: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &large[1..])).collect();
        assert_eq!(refused(&zip(&full)), "It is too large when it is unpacked.");
        let names: Vec<String> = (0..=MOST_FILES).map(|number| format!("f{number}")).collect();
        let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"" as &[u8])).collect();
        assert_eq!(refused(&zip(&many)), "It has too many files.");
    }

    #[test]
    fn what_is_no_zip_is_refused() {
        assert!(refused(b"not a zip").starts_with("It is not a ZIP file that can be read: "));
        let mut bytes = zip(&[("setup.py", b"name = 'x'")]);
        let at = bytes.windows(4).position(|window| window == b"name").unwrap_or(40);
        bytes[at] ^= 1;
        assert!(Archive::read(&bytes).is_err());
    }
}
