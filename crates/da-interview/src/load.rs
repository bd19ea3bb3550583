//! Reads an interview with everything that it includes.

use crate::block::{FileReader, Program};
use crate::engine::Engine;
use crate::error::{Place, SourceError, SourceErrorKind};
use crate::index::Index;
use crate::interview::Interview;
use crate::schedule::Schedule;
use crate::source::{Reader, SourceFile, Sources};
use crate::yaml;
use da_core::InterviewName;
use std::sync::Arc;

/// Files that one interview may have; also bounds how deep they may include one another.
const MAX_FILES: usize = 200;

pub(crate) fn load(
    engine: &Engine,
    name: &InterviewName,
    sources: &Arc<dyn Sources>,
) -> Result<Arc<Interview>, SourceError> {
    let mut loading = Loading { reader: Reader::new(sources), read: Vec::new(), program: Program::default() };
    let Some(file) = loading.reader.read(name)? else {
        let message = format!("Interview {name} not found");
        return Err(SourceError::of_file(SourceErrorKind::Missing, name.package(), name.path(), message));
    };
    loading.file(name, &file)?;
    let index = Arc::new(Index::new(&loading.program));
    let schedule = Schedule::new(&loading.program);
    let (floor, reader) = engine.floor(name, &schedule.modules, loading.reader)?;
    Ok(Arc::new(Interview {
        name: name.clone(),
        program: Arc::new(loading.program),
        index,
        schedule,
        files: reader.into_records(),
        sources: Arc::clone(sources),
        floor,
    }))
}

/// The state of reading one interview.
struct Loading {
    reader: Reader,
    /// The files that were read; an included file that is here is not read again.
    read: Vec<InterviewName>,
    program: Program,
}

impl Loading {
    fn file(&mut self, name: &InterviewName, file: &SourceFile) -> Result<(), SourceError> {
        if self.read.len() >= MAX_FILES {
            let message = format!("an interview cannot have more than {MAX_FILES} files");
            return Err(error(SourceErrorKind::Block, name, None, message));
        }
        self.read.push(name.clone());
        if file.text.trim_start().starts_with("# use jinja") {
            let message = "'# use jinja' is not supported".to_owned();
            return Err(error(SourceErrorKind::Template, name, Some(1), message));
        }
        let documents = yaml::parse(&file.text)
            .map_err(|fault| error(SourceErrorKind::Yaml, name, Some(fault.line), fault.message))?;
        let mut blocks = FileReader::new(name);
        for document in &documents {
            for (path, line) in blocks.document(&mut self.program, document, &mut self.reader)? {
                self.include(name, &path, line)?;
            }
        }
        Ok(())
    }

    fn include(&mut self, from: &InterviewName, path: &str, line: u32) -> Result<(), SourceError> {
        let found = self.reader.find(from, path)?;
        let (included, file) = found.ok_or_else(|| {
            error(SourceErrorKind::Block, from, Some(line), format!("Question file {path} not found"))
        })?;
        if self.read.contains(&included) { Ok(()) } else { self.file(&included, &file) }
    }
}

fn error(kind: SourceErrorKind, name: &InterviewName, line: Option<u32>, message: String) -> SourceError {
    let place = Place { package: name.package().to_owned(), file: name.path().to_owned(), line, ..Place::default() };
    SourceError { kind, place: Box::new(place), message }
}
