//! Reads the files of one interview and remembers which versions it saw.
//!
//! What was looked for and not found is remembered as well: an interview is stale when such a file appears.

use std::sync::Arc;

use da_core::InterviewName;

use super::{FileVersion, SourceFile, Sources};
use crate::error::{SourceError, SourceErrorKind};

/// A file that was asked for, and what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileRecord {
    pub(crate) package: String,
    pub(crate) path: String,
    pub(crate) version: Option<FileVersion>,
}

impl FileRecord {
    pub(crate) fn is_current(&self, sources: &dyn Sources) -> bool {
        sources.version(&self.package, &self.path) == self.version
    }
}

/// The files read so far.
pub(crate) struct Reader {
    sources: Arc<dyn Sources>,
    records: Vec<FileRecord>,
}

impl Reader {
    pub(crate) fn new(sources: &Arc<dyn Sources>) -> Self {
        Reader { sources: Arc::clone(sources), records: Vec::new() }
    }

    pub(crate) fn into_records(self) -> Vec<FileRecord> {
        self.records
    }

    /// Reads a file; `None` when there is no such file.
    pub(crate) fn read(&mut self, name: &InterviewName) -> Result<Option<SourceFile>, SourceError> {
        self.read_path(name.package(), name.path())
    }

    /// Reads any file of a package; `None` when there is no such file.
    pub(crate) fn read_path(&mut self, package: &str, path: &str) -> Result<Option<SourceFile>, SourceError> {
        let found = match self.sources.read(package, path) {
            Ok(file) => Some(file),
            Err(error) if error.kind == SourceErrorKind::Missing => None,
            Err(error) => return Err(error),
        };
        let version = found.as_ref().map(|file| file.version);
        self.records.push(FileRecord { package: package.to_owned(), path: path.to_owned(), version });
        Ok(found)
    }

    /// Reads the bytes of any file of a package; `None` when there is no such file.
    pub(crate) fn read_bytes(&mut self, package: &str, path: &str) -> Result<Option<Vec<u8>>, SourceError> {
        let version = self.sources.version(package, path);
        self.records.push(FileRecord { package: package.to_owned(), path: path.to_owned(), version });
        self.sources.bytes(package, path)
    }

    /// Finds what `include` names: beside the including file, then in `docassemble.base`.
    pub(crate) fn find(
        &mut self,
        from: &InterviewName,
        path: &str,
    ) -> Result<Option<(InterviewName, SourceFile)>, SourceError> {
        for candidate in candidates(from, path) {
            if let Some(file) = self.read(&candidate)? {
                return Ok(Some((candidate, file)));
            }
        }
        Ok(None)
    }
}

/// The files that `include: path` in `from` may mean, best first. What is no name at all is none.
fn candidates(from: &InterviewName, path: &str) -> Vec<InterviewName> {
    let names = if path.contains(':') {
        vec![path.to_owned()]
    } else {
        let folder = from.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        let beside = resolve(folder, path).map(|path| format!("{}:{path}", from.package()));
        let in_base = path.strip_prefix("data/questions/").unwrap_or(path);
        beside.into_iter().chain([format!("docassemble.base:data/questions/{in_base}")]).collect()
    };
    names.iter().filter_map(|name| InterviewName::parse(name).ok()).collect()
}

/// `path` seen from `folder`, both inside a package; `None` when it leads out of the package.
fn resolve(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(from: &str, path: &str) -> Vec<String> {
        let from = InterviewName::parse(from).unwrap();
        candidates(&from, path).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_include_is_looked_for_beside_the_file_and_then_in_the_base_package() {
        let from = "docassemble.a:data/questions/sub/a.yml";
        assert_eq!(
            found(from, "b.yml"),
            ["docassemble.a:data/questions/sub/b.yml", "docassemble.base:data/questions/b.yml"]
        );
        assert_eq!(found(from, "../b.yml")[0], "docassemble.a:data/questions/b.yml");
        assert_eq!(found(from, "docassemble.c:b.yml"), ["docassemble.c:data/questions/b.yml"]);
    }

    #[test]
    fn an_include_never_leads_out_of_a_package() {
        let from = "docassemble.a:data/questions/a.yml";
        assert_eq!(found(from, "../../../../etc/passwd"), Vec::<String>::new());
        assert_eq!(found(from, "/etc/passwd"), Vec::<String>::new());
        assert_eq!(found(from, "docassemble.c:../b.yml"), Vec::<String>::new());
    }
}
