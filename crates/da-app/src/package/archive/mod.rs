//! [`Archive`]: a package that came as an archive, checked: what is in it, and what it is called there.
//!
//! It is read in memory, a file at a time, and never unpacked to a disk.

mod files;
mod tar;

use std::collections::BTreeMap;

use super::LARGEST_FILE;
pub(crate) use files::{Files, Packed};

/// An archive has no more bytes: it is held in memory.
pub(crate) const LARGEST_ARCHIVE: usize = 64 << 20;

/// A file that tells about a package has no more bytes.
const LONGEST_TEXT: u64 = 1 << 20;

/// What the folder at the top of a package has.
const MARKS: [&str; 3] = ["setup.py", "pyproject.toml", "setup.cfg"];

/// A package that was read.
#[derive(Debug)]
pub(crate) struct Archive {
    packed: Packed,
    /// The folder at its top, with a slash at its end; empty for the archive's own.
    top: String,
    /// The files below the package's top folder by path, and their sizes.
    pub(crate) files: BTreeMap<String, u64>,
    /// What those at the top say that tell about the package.
    texts: BTreeMap<String, String>,
}

/// Why an archive is no package.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadArchive {
    #[error("It is not a ZIP file that can be read: {0}.")]
    NotZip(String),
    #[error("It is not a tar.gz file that can be read: {0}.")]
    NotTar(String),
    #[error("It has a path that no package has: {0:?}.")]
    Path(String),
    #[error("It has a link: {0}.")]
    Link(String),
    #[error("It is too large.")]
    Large,
    #[error("It has too many files.")]
    TooMany,
    #[error("It is too large when it is unpacked.")]
    TooLarge,
    #[error("{0} is too large.")]
    FileTooLarge(String),
    #[error("It has neither a setup.py nor a pyproject.toml nor a folder that is called docassemble.")]
    NoPackage,
}

impl BadArchive {
    fn zip(error: zip::result::ZipError) -> Self {
        BadArchive::NotZip(error.to_string())
    }
}

impl Archive {
    /// Reads an archive.
    pub(crate) fn read(packed: Packed) -> Result<Archive, BadArchive> {
        let mut all = BTreeMap::new();
        let mut files = packed.files()?;
        while let Some((path, content)) = files.next(|_| true)? {
            all.insert(path, content.len() as u64);
        }
        let top = top(&all).ok_or(BadArchive::NoPackage)?;
        let below = |(path, size): (String, u64)| Some((path.strip_prefix(&top)?.to_owned(), size));
        let all: BTreeMap<String, u64> = all.into_iter().filter_map(below).collect();
        let tells = |path: &str| {
            let inner = path.strip_prefix(&top).unwrap_or_default();
            tells(inner) && all.get(inner).is_some_and(|size| *size <= LONGEST_TEXT)
        };
        let (mut texts, mut files) = (BTreeMap::new(), packed.files()?);
        while let Some((path, content)) = files.next(tells)? {
            if let (Some(path), Ok(text)) = (path.strip_prefix(&top), String::from_utf8(content)) {
                texts.insert(path.to_owned(), text);
            }
        }
        Ok(Archive { packed, top, files: all, texts })
    }

    /// One of the files at the top that tell about the package, if it is text.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(String::as_str)
    }

    /// What the files at the top say that tell about the package, by path.
    pub(crate) fn texts(&self) -> &BTreeMap<String, String> {
        &self.texts
    }

    /// Its files once more, one after another.
    pub(crate) fn unpack(&self) -> Result<Unpacking, BadArchive> {
        Ok(Unpacking { files: self.packed.files()?, top: self.top.clone() })
    }
}

/// The files of a package, which come one after another, by their paths below its top.
pub(crate) struct Unpacking {
    files: Files,
    top: String,
}

impl Unpacking {
    /// The next of the files that have a place: that place, and the content.
    pub(crate) fn next(
        &mut self,
        place: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<(String, Vec<u8>)>, BadArchive> {
        let top = &self.top;
        let place = |path: &str| path.strip_prefix(top.as_str()).and_then(&place);
        let next = self.files.next(|path| place(path).is_some())?;
        Ok(next.and_then(|(path, content)| Some((place(&path)?, content))))
    }
}

/// Whether a file at the top tells about the package.
fn tells(path: &str) -> bool {
    MARKS.contains(&path) || path == "README.md" || is_metadata(path)
}

/// Whether a file is what a wheel says about itself.
pub(crate) fn is_metadata(path: &str) -> bool {
    path.strip_suffix(".dist-info/METADATA").is_some_and(|folder| !folder.contains('/'))
}

/// The folder at the top of the package, with a slash at its end: the one nearest to the archive's own top.
fn top(files: &BTreeMap<String, u64>) -> Option<String> {
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
    use super::files::MOST_FILES;
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::{Cursor, Write};
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
        Archive::read(Packed::new(zip(files))).unwrap().files.into_keys().collect()
    }

    fn refused(bytes: &[u8]) -> String {
        Archive::read(Packed::new(bytes.to_vec())).unwrap_err().to_string()
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
        assert!(Archive::read(Packed::new(bytes)).is_err());
    }

    #[test]
    fn what_tools_write_is_read_in_every_format() {
        let packed = |tape: &[u8]| {
            let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
            packer.write_all(tape).unwrap();
            packer.finish().unwrap()
        };
        let gnu = packed(include_bytes!("../../../../../fuzz/corpus/package/tar_gnu"));
        let posix = packed(include_bytes!("../../../../../fuzz/corpus/package/tar_posix"));
        let whole = include_bytes!("../../../../../fuzz/corpus/package/tar_gz").to_vec();
        let zip = include_bytes!("../../../../../fuzz/corpus/package/zip").to_vec();
        let long = format!("docassemble/mine/data/questions/{}.yml", "l".repeat(120));
        for bytes in [gnu, posix, whole, zip] {
            let archive = Archive::read(Packed::new(bytes)).unwrap();
            let expected =
                [long.as_str(), "docassemble/mine/data/questions/ü.yml", "docassemble/mine/tools.py", "setup.py"];
            assert!(archive.files.keys().eq(expected), "{:?}", archive.files);
            assert_eq!(archive.text("setup.py"), Some("setup(name='docassemble.mine', version='1.0')\n"));
            let mut unpacking = archive.unpack().unwrap();
            let one = unpacking.next(|path| path.ends_with("tools.py").then(|| path.to_owned())).unwrap();
            assert_eq!(one, Some(("docassemble/mine/tools.py".to_owned(), b"x = 1\n".to_vec())));
            assert_eq!(unpacking.next(|path| path.ends_with("tools.py").then(|| path.to_owned())).unwrap(), None);
        }
    }
}
