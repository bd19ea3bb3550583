//! Packages: folders that an operator names, and the two that are compiled in.
//!
//! A name from outside never leads out of its package: every component is checked, and what the file
//! system makes of the path, symlinks resolved, must lie inside the package's own folder.

mod archive;
mod compiled;
mod description;
mod fetch;
mod folder;
mod found;
mod install;
mod installed;
mod keep;
mod shelf;
mod source;

use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use da_core::InterviewName;
use da_interview::SourceErrorKind;
use da_interview::source::{FileVersion, SourceError, SourceFile, Sources};

pub(crate) use archive::{Archive, BadArchive, LARGEST_ARCHIVE, Packed};
pub(crate) use description::Description;
pub use folder::{Folder, FolderError};
pub use found::{Found, below};
pub use install::named;
pub use installed::ToldPackage;
pub(crate) use keep::{Amending, Incoming, NewFiles};
pub(crate) use shelf::{LARGEST_FILE, Shelf};
pub use source::PackageHosts;
pub(crate) use source::Source;

use crate::{AppError, Fault};

/// The packages that are compiled in.
const COMPILED: [&str; 2] = ["docassemble.base", "docassemble.demo"];

/// Whether a package is docassemble's own, which comes with the server and nowise else.
pub(crate) fn is_system(name: &str) -> bool {
    COMPILED.contains(&name) || name == "docassemble.webapp"
}

/// All packages of this server.
#[derive(Debug, Default)]
pub struct Packages {
    folders: Vec<Folder>,
}

impl Packages {
    /// The package of a file on its own, as `name:`.
    pub const HERE: &str = "docassemble.here:";

    /// The packages of `folders`, laid out as `FOLDER/docassemble/NAME/data/...`; the first folder that has a
    /// file gives it, and what none has comes from the compiled-in packages.
    ///
    /// # Errors
    /// A folder that is not there or cannot be read, by name.
    pub fn open(folders: &[PathBuf]) -> Result<Self, FolderError> {
        Ok(Packages { folders: folders.iter().map(|path| Folder::open(path)).collect::<Result<_, _>>()? })
    }

    /// The packages of `folders`, and the interview that somebody at a terminal means: one by its name, or a file, in a package
    /// or on its own with what lies beside it.
    ///
    /// # Errors
    /// A folder that cannot be read; what is neither the name of an interview nor a file.
    pub fn with_interview(folders: &[PathBuf], wanted: &str) -> Result<(InterviewName, Self), AppError> {
        let refused = |why: &dyn Display| AppError::new(Fault::NoInterview, format!("{wanted}: {why}"));
        let mut packages = Packages::open(folders).map_err(|error| refused(&error))?;
        let path = Path::new(wanted);
        if path.is_dir() {
            return Err(refused(&"this is a folder; an interview is a file, or the name of one in a package"));
        }
        if !path.is_file() {
            let name = InterviewName::parse(wanted)
                .map_err(|_| refused(&"there is no such file, and it is not the name of an interview"))?;
            return Ok((name, packages));
        }
        let path = path.canonicalize().map_err(|error| refused(&error))?;
        let (name, folder) = match in_package(&path) {
            Some((name, site)) => (name, Folder::open(site)),
            None => {
                let file = path.file_name().unwrap_or_default().to_string_lossy();
                let beside = path.parent().unwrap_or(&path);
                let package = Packages::HERE.trim_end_matches(':');
                (format!("{package}:data/questions/{file}"), Folder::flat(beside, package))
            }
        };
        packages.put_first(folder.map_err(|error| refused(&error))?);
        Ok((InterviewName::parse(&name).map_err(|error| refused(&error))?, packages))
    }

    /// The names of all packages here, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let in_folders = self.folders.iter().flat_map(Folder::names);
        let mut names: Vec<String> = in_folders.chain(COMPILED.map(str::to_owned)).collect();
        names.sort();
        names.dedup();
        names
    }

    /// Puts a folder before all others.
    pub(crate) fn put_first(&mut self, folder: Folder) {
        self.folders.insert(0, folder);
    }

    /// The interviews of a compiled-in package, by the path inside it.
    pub(crate) fn compiled_questions(package: &str) -> impl Iterator<Item = &'static str> {
        compiled::paths(package).filter(|path| path.starts_with("data/questions/") && path.ends_with(".yml"))
    }
}

impl Sources for Packages {
    fn version(&self, package: &str, path: &str) -> Option<FileVersion> {
        if !is_inside(package, path) {
            return None;
        }
        let found = self.folders.iter().find_map(|folder| folder.version(package, path));
        found.or_else(|| compiled::version(package, path))
    }

    fn read(&self, package: &str, path: &str) -> Result<SourceFile, SourceError> {
        let missing = || {
            let message = format!("Interview {package}:{path} not found");
            SourceError::of_file(SourceErrorKind::Missing, package, path, message)
        };
        if !is_inside(package, path) {
            return Err(missing());
        }
        for folder in &self.folders {
            match folder.read(package, path) {
                Ok(Some(file)) => return Ok(file),
                Ok(None) => {}
                Err(why) => {
                    let message = format!("{package}:{path} cannot be read: {why}");
                    return Err(SourceError::of_file(SourceErrorKind::Unreadable, package, path, message));
                }
            }
        }
        let (version, text) = compiled::text(package, path).ok_or_else(missing)?;
        Ok(SourceFile { version, text: Arc::from(text) })
    }

    fn bytes(&self, package: &str, path: &str) -> Result<Option<Vec<u8>>, SourceError> {
        if !is_inside(package, path) {
            return Ok(None);
        }
        for folder in &self.folders {
            match folder.bytes(package, path) {
                Ok(Some((_, content))) => return Ok(Some(content)),
                Ok(None) => {}
                Err(why) => {
                    let message = format!("{package}:{path} cannot be read: {why}");
                    return Err(SourceError::of_file(SourceErrorKind::Unreadable, package, path, message));
                }
            }
        }
        Ok(compiled::bytes(package, path).map(<[u8]>::to_vec))
    }
}

/// The name of an interview in a file `SITE/docassemble/NAME/data/questions/...`, and that `SITE`.
fn in_package(path: &Path) -> Option<(String, &Path)> {
    let questions = path.ancestors().find(|folder| folder.ends_with("data/questions"))?;
    let package = questions.parent()?.parent()?;
    let all = package.parent().filter(|all| all.ends_with("docassemble"))?;
    let inner = path.strip_prefix(package).ok()?.to_str()?;
    Some((format!("docassemble.{}:{inner}", package.file_name()?.to_str()?), all.parent()?))
}

/// Whether a package and a path are made of plain components alone.
fn is_inside(package: &str, path: &str) -> bool {
    let identifier = |part: &str| {
        part.starts_with(|first: char| first == '_' || first.is_ascii_alphabetic())
            && part.chars().all(|c| c == '_' || c.is_ascii_alphanumeric())
    };
    let plain = |part: &str| {
        !matches!(part, "" | "." | "..") && !part.contains(['\\', ':']) && !part.chars().any(char::is_control)
    };
    package.split('.').all(identifier) && path.split('/').all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn tree() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        let questions = root.path().join("docassemble/demo/data/questions");
        fs::create_dir_all(&questions).unwrap();
        fs::write(questions.join("own.yml"), "question: Own\n").unwrap();
        fs::create_dir_all(root.path().join("docassemble/other")).unwrap();
        fs::write(root.path().join("docassemble/other/secret.yml"), "x").unwrap();
        fs::write(root.path().join("secret.yml"), "x").unwrap();
        root
    }

    #[test]
    fn a_file_comes_from_the_folder_and_then_from_the_compiled_package() {
        let root = tree();
        let packages = Packages::open(&[root.path().to_owned()]).unwrap();
        let own = packages.read("docassemble.demo", "data/questions/own.yml").unwrap();
        assert_eq!(&*own.text, "question: Own\n");
        assert_eq!(packages.version("docassemble.demo", "data/questions/own.yml"), Some(own.version));
        let compiled = "data/questions/examples/questionless.yml";
        assert!(packages.read("docassemble.demo", compiled).unwrap().text.contains("inhabitant_count"));
        assert!(packages.version("docassemble.base", compiled).is_some());
        let error = packages.read("docassemble.demo", "data/questions/none.yml").unwrap_err();
        assert_eq!(error.kind, SourceErrorKind::Missing);
        assert_eq!(error.message, "Interview docassemble.demo:data/questions/none.yml not found");
    }

    #[test]
    fn a_changed_file_has_another_version() {
        let root = tree();
        let packages = Packages::open(&[root.path().to_owned()]).unwrap();
        let first = packages.version("docassemble.demo", "data/questions/own.yml");
        fs::write(root.path().join("docassemble/demo/data/questions/own.yml"), "question: Changed\n").unwrap();
        assert_ne!(packages.version("docassemble.demo", "data/questions/own.yml"), first);
        fs::remove_file(root.path().join("docassemble/demo/data/questions/own.yml")).unwrap();
        assert_eq!(packages.version("docassemble.demo", "data/questions/own.yml"), None);
    }

    #[test]
    fn a_file_is_an_interview_in_its_package_or_with_what_lies_beside_it() {
        let root = tree();
        let own = root.path().join("docassemble/demo/data/questions/own.yml");
        let (name, packages) = Packages::with_interview(&[], own.to_str().unwrap()).unwrap();
        assert_eq!(name.as_str(), "docassemble.demo:data/questions/own.yml");
        assert_eq!(&*packages.read(name.package(), name.path()).unwrap().text, "question: Own\n");
        fs::write(root.path().join("letter.md"), "Dear\n").unwrap();
        let alone = root.path().join("secret.yml");
        let (name, packages) = Packages::with_interview(&[], alone.to_str().unwrap()).unwrap();
        assert_eq!(name.as_str(), "docassemble.here:data/questions/secret.yml");
        assert_eq!(&*packages.read(name.package(), name.path()).unwrap().text, "x");
        assert_eq!(&*packages.read(name.package(), "data/templates/letter.md").unwrap().text, "Dear\n");
        assert!(packages.read(name.package(), "data/questions/../secret.yml").is_err());
        let by_name = Packages::with_interview(&[], "docassemble.demo:data/questions/questions.yml").unwrap();
        assert_eq!(by_name.0.package(), "docassemble.demo");
        let neither = Packages::with_interview(&[], "none.yml").unwrap_err().to_string();
        assert_eq!(neither, "none.yml: there is no such file, and it is not the name of an interview");
        let folder = Packages::with_interview(&[], root.path().to_str().unwrap()).unwrap_err().to_string();
        assert!(
            folder.ends_with(": this is a folder; an interview is a file, or the name of one in a package"),
            "{folder}"
        );
    }

    #[test]
    fn no_name_leads_out_of_its_package() {
        let root = tree();
        let packages = Packages::open(&[root.path().to_owned()]).unwrap();
        for path in
            ["../other/secret.yml", "../../secret.yml", "data/../../other/secret.yml", "/etc/passwd", "", "data//x"]
        {
            assert_eq!(packages.version("docassemble.demo", path), None, "{path:?}");
            assert!(packages.read("docassemble.demo", path).is_err(), "{path:?}");
        }
        assert_eq!(packages.version("..", "secret.yml"), None);
        assert_eq!(packages.version("docassemble", "other/secret.yml"), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_symlink_inside_a_package_may_not_point_out_of_it() {
        let root = tree();
        let questions = root.path().join("docassemble/demo/data/questions");
        std::os::unix::fs::symlink(root.path().join("secret.yml"), questions.join("out.yml")).unwrap();
        std::os::unix::fs::symlink(questions.join("own.yml"), questions.join("in.yml")).unwrap();
        let packages = Packages::open(&[root.path().to_owned()]).unwrap();
        assert_eq!(packages.version("docassemble.demo", "data/questions/out.yml"), None);
        assert!(packages.read("docassemble.demo", "data/questions/out.yml").is_err());
        assert!(packages.read("docassemble.demo", "data/questions/in.yml").is_ok());
    }

    #[test]
    fn a_folder_that_is_not_there_is_refused_by_name() {
        let error = Packages::open(&[PathBuf::from("no-such-folder")]).unwrap_err();
        assert_eq!(error.to_string(), "the package folder no-such-folder cannot be read: it is not a folder");
    }
}
