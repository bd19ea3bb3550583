//! Translations of an interview's texts: the same bytes as a table (XLSX) and as XLIFF.

use std::sync::Arc;

use da_core::InterviewName;
use da_interview::source::SourceError;
use da_interview::{FileVersion, SourceFile, Sources};
use da_testkit::engine;

const NAME: &str = "docassemble.mine:data/questions/interview.yml";
const TABLE: &str = "translations:\n  - t.xlsx\n---\nmandatory: True\nquestion: a\n";
const XLIFF: &str = "translations:\n  - t.xlf\n---\nmandatory: True\nquestion: a\n";

/// An interview, and the file that it takes its translations from.
struct Package(&'static str, Vec<u8>);

impl Sources for Package {
    fn version(&self, _: &str, _: &str) -> Option<FileVersion> {
        Some(FileVersion(1))
    }

    fn read(&self, _: &str, _: &str) -> Result<SourceFile, SourceError> {
        Ok(SourceFile { version: FileVersion(1), text: Arc::from(self.0) })
    }

    fn bytes(&self, _: &str, _: &str) -> Result<Option<Vec<u8>>, SourceError> {
        Ok(Some(self.1.clone()))
    }
}

pub(super) fn run(bytes: &[u8]) {
    let name = InterviewName::parse(NAME).unwrap();
    for interview in [TABLE, XLIFF] {
        let sources: Arc<dyn Sources> = Arc::new(Package(interview, bytes.to_vec()));
        if let Err(error) = engine().load(&name, &sources) {
            drop(error.to_string());
        }
    }
}
