//! [`Place`]: a folder that goes away with the test, with a database and a package of the test's own.
//!
//! It never holds anything but what a test wrote.

use std::fs;
use std::path::{Path, PathBuf};

use da_app::DatabaseUrl;
use da_app::package::Packages;

/// The folder.
#[derive(Debug)]
pub struct Place(tempfile::TempDir);

impl Place {
    /// The package whose files a test writes.
    pub const PACKAGE: &'static str = "docassemble.mine";

    /// An empty one.
    pub fn new() -> Place {
        let place = Place(tempfile::tempdir().unwrap());
        fs::create_dir_all(place.questions()).unwrap();
        place
    }

    /// A name that no other place of this time has.
    pub fn name(&self) -> String {
        self.0.path().file_name().unwrap().to_string_lossy().into_owned()
    }

    /// The database.
    pub fn url(&self) -> DatabaseUrl {
        DatabaseUrl::Sqlite(self.0.path().join("da.sqlite"))
    }

    /// Everything that stands in the files of the database.
    pub fn database_bytes(&self) -> Vec<u8> {
        let entries = fs::read_dir(self.0.path()).unwrap().map(|entry| entry.unwrap().path());
        let files = entries.filter(|path| path.is_file());
        files.flat_map(|path| fs::read(path).unwrap()).collect()
    }

    /// The files below the folder, with everything that a server keeps there.
    pub fn all_files(&self) -> Vec<PathBuf> {
        let (mut found, mut folders) = (Vec::new(), vec![self.0.path().to_owned()]);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { found.push(path) }
            }
        }
        found
    }

    /// Where the contents of files are.
    pub fn files(&self) -> PathBuf {
        self.0.path().join("files")
    }

    /// The packages of a server that is started here.
    pub fn packages(&self) -> Packages {
        Packages::open(&[self.0.path().join("packages")]).unwrap()
    }

    /// Writes an interview of the package, and gives its name.
    pub fn write(&self, file: &str, text: &str) -> String {
        fs::write(self.questions().join(file), text).unwrap();
        format!("{}:data/questions/{file}", Self::PACKAGE)
    }

    /// Writes a static file of the package.
    pub fn write_static(&self, file: &str, content: &[u8]) {
        let folder = self.package().join("data/static");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(file), content).unwrap();
    }

    /// Writes a file among the sources of the package.
    pub fn write_source(&self, file: &str, text: &str) {
        let folder = self.package().join("data/sources");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(file), text).unwrap();
    }

    /// Takes the files of a folder into the package: interviews, modules, and `templates`, `static` and `sources`.
    pub fn take(&self, folder: &Path) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            match name.as_str() {
                "snapshots" | "steps.yml" => {}
                "templates" | "static" | "sources" => copy(&path, &self.package().join("data").join(&name)),
                _ if name.ends_with(".py") => copy(&path, &self.package().join(&name)),
                _ => copy(&path, &self.questions().join(&name)),
            }
        }
    }

    fn package(&self) -> PathBuf {
        Self::PACKAGE.split('.').fold(self.0.path().join("packages"), |folder, part| folder.join(part))
    }

    fn questions(&self) -> PathBuf {
        self.package().join("data/questions")
    }
}

impl Default for Place {
    fn default() -> Self {
        Place::new()
    }
}

fn copy(from: &Path, to: &Path) {
    if !from.is_dir() {
        fs::copy(from, to).unwrap();
        return;
    }
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        copy(&entry.path(), &to.join(entry.file_name()));
    }
}
