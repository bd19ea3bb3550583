//! The paths under which Python code finds files: `/files/12/file.pdf` is file 12, `/packages/docassemble.mine/data/...`
//! a file of a package. There is no disk behind them.

use super::EngineHost;
use crate::error::SourceError;
use da_core::FileNumber;

/// What a path leads to.
enum Place<'p> {
    File(FileNumber),
    Package(&'p str, &'p str),
}

impl Place<'_> {
    fn of(path: &str) -> Option<Place<'_>> {
        if let Some(rest) = path.strip_prefix("/files/") {
            let (number, _) = rest.split_once('/')?;
            return number.parse().ok().map(|number| Place::File(FileNumber(number)));
        }
        path.strip_prefix("/packages/")?.split_once('/').map(|(package, path)| Place::Package(package, path))
    }
}

impl EngineHost {
    /// The content of a file of a package.
    pub(crate) fn package_bytes(&self, package: &str, path: &str) -> Result<Option<Vec<u8>>, SourceError> {
        self.sources.bytes(package, path)
    }

    /// The content behind a path; `None` for a path that is not ours.
    pub(super) fn content(&mut self, path: &str) -> Option<Result<Vec<u8>, String>> {
        let missing = || "No such file".to_owned();
        match Place::of(path)? {
            Place::File(number) => {
                let files = self.world.files()?;
                Some(files.read(number).map_err(|error| error.to_string()))
            }
            Place::Package(package, path) => {
                let found = self.package_bytes(package, path).map_err(|error| error.to_string());
                Some(found.and_then(|found| found.ok_or_else(missing)))
            }
        }
    }

    /// Puts a content behind a path; `None` for a path that nothing can be written to.
    pub(super) fn put_content(&mut self, path: &str, content: Vec<u8>) -> Option<Result<(), String>> {
        let Place::File(number) = Place::of(path)? else { return None };
        Some(self.world.files()?.write(number, content).map_err(|error| error.to_string()))
    }

    /// How many bytes are behind a path.
    pub(super) fn size(&mut self, path: &str) -> Option<u64> {
        match Place::of(path)? {
            Place::File(number) => self.world.files()?.facts(number).ok().map(|facts| facts.size),
            Place::Package(package, path) => {
                let found = self.package_bytes(package, path).ok()??;
                u64::try_from(found.len()).ok()
            }
        }
    }
}
