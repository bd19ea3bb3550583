//! Reads an interview with everything that it includes.

use crate::block::{Block, FileReader, Program};
use crate::engine::Engine;
use crate::error::{Place, Point, SourceError, SourceErrorKind};
use crate::index::Index;
use crate::interview::Interview;
use crate::schedule::{Schedule, importer};
use crate::source::{Reader, SourceFile, Sources, jinja};
use crate::yaml::{self, YamlError};
use da_core::InterviewName;
use std::sync::Arc;

/// Files that one interview may have; also bounds how deep they may include one another.
const MAX_FILES: usize = 200;

pub(crate) fn load(
    engine: &Engine,
    name: &InterviewName,
    sources: &Arc<dyn Sources>,
) -> Result<Arc<Interview>, SourceError> {
    let mut loading = Loading::new(engine, sources, None);
    loading.first(name)?;
    loading.finish(name, sources)
}

/// The same, but goes on after each fault; what could be read, and all faults.
pub(crate) fn load_for_check(
    engine: &Engine,
    name: &InterviewName,
    sources: &Arc<dyn Sources>,
) -> (Option<Arc<Interview>>, Vec<SourceError>) {
    let mut loading = Loading::new(engine, sources, Some(Vec::new()));
    let begun = loading.first(name);
    let mut faults = loading.faults.take().unwrap_or_default();
    match begun.and_then(|()| loading.finish(name, sources)) {
        Ok(interview) => (Some(interview), faults),
        Err(fault) => {
            faults.push(fault);
            (None, faults)
        }
    }
}

/// One file by itself, without what it includes and without the modules that it imports: what could be read, and all faults.
pub(crate) fn read_alone(
    engine: &Engine,
    name: &InterviewName,
    sources: &Arc<dyn Sources>,
) -> (Program, Vec<SourceError>) {
    let mut loading = Loading { is_alone: true, ..Loading::new(engine, sources, Some(Vec::new())) };
    let begun = loading.first(name);
    let mut faults = loading.faults.take().unwrap_or_default();
    faults.extend(begun.err());
    (loading.program, faults)
}

/// The state of reading one interview.
struct Loading<'e> {
    engine: &'e Engine,
    sources: Arc<dyn Sources>,
    reader: Reader,
    /// The files that were read; an included file that is here is not read again.
    read: Vec<InterviewName>,
    program: Program,
    /// The faults so far, if reading goes on after one.
    faults: Option<Vec<SourceError>>,
    /// Whether what a file includes is left alone.
    is_alone: bool,
}

impl<'e> Loading<'e> {
    fn new(engine: &'e Engine, sources: &Arc<dyn Sources>, faults: Option<Vec<SourceError>>) -> Self {
        let mut program = Program::default();
        engine.default_language().clone_into(&mut program.translations.default_language);
        Loading {
            engine,
            sources: Arc::clone(sources),
            reader: Reader::new(sources),
            read: Vec::new(),
            program,
            faults,
            is_alone: false,
        }
    }

    fn first(&mut self, name: &InterviewName) -> Result<(), SourceError> {
        let Some(file) = self.reader.read(name)? else {
            let message = format!("Interview {name} not found");
            return Err(SourceError::of_file(SourceErrorKind::Missing, name.package(), name.path(), message));
        };
        self.file(name, &file, name)
    }

    fn finish(self, name: &InterviewName, sources: &Arc<dyn Sources>) -> Result<Arc<Interview>, SourceError> {
        let index = Arc::new(Index::new(&self.program));
        let schedule = Arc::new(Schedule::new(&self.program));
        let imported_at = |module: &str| importer(&self.program, module).map(Block::place);
        let (floor, reader) = self.engine.floor(name, &schedule.modules, imported_at, self.reader, sources)?;
        Ok(Arc::new(Interview {
            name: name.clone(),
            program: Arc::new(self.program),
            index,
            schedule,
            files: reader.into_records().into(),
            sources: Arc::clone(sources),
            floor,
        }))
    }

    /// Ends the reading at a fault, or keeps it.
    fn fault(&mut self, fault: SourceError) -> Result<(), SourceError> {
        match &mut self.faults {
            None => Err(fault),
            Some(faults) => {
                faults.push(fault);
                Ok(())
            }
        }
    }

    /// The YAML that Jinja2 makes of a file; none where it makes none and reading goes on all the same.
    fn made_by_jinja(&mut self, name: &InterviewName, parent: &InterviewName) -> Result<Option<String>, SourceError> {
        let interview = self.read.first().unwrap_or(name).clone();
        let family = jinja::Family { file: name, parent, interview: &interview };
        let reader = std::mem::replace(&mut self.reader, Reader::new(&self.sources));
        let (made, reader) = self.engine.made_by_jinja(&family, reader, &self.sources);
        self.reader = reader;
        match made {
            Ok(text) => Ok(Some(text)),
            Err(message) => {
                let message = format!("Jinja2 rendering error: {message}");
                self.fault(error(SourceErrorKind::Template, name, None, message)).map(|()| None)
            }
        }
    }

    fn file(&mut self, name: &InterviewName, file: &SourceFile, parent: &InterviewName) -> Result<(), SourceError> {
        if self.read.len() >= MAX_FILES {
            let message = format!("an interview cannot have more than {MAX_FILES} files");
            return Err(error(SourceErrorKind::Block, name, None, message));
        }
        self.read.push(name.clone());
        let made;
        let text = if jinja::is_wanted(&file.text) {
            match self.made_by_jinja(name, parent)? {
                Some(text) => made = text,
                None => return Ok(()),
            }
            made.as_str()
        } else {
            &*file.text
        };
        let mut blocks = if self.faults.is_some() { FileReader::for_check(name) } else { FileReader::new(name) };
        for document in yaml::each(text) {
            let document = match document {
                Ok(document) => document,
                Err(bad) => {
                    self.fault(not_yaml(name, text, bad))?;
                    continue;
                }
            };
            match blocks.document(&mut self.program, &document, &mut self.reader) {
                Ok(includes) => {
                    for (path, line) in includes {
                        self.include(name, &path, line)?;
                    }
                }
                Err(bad) => self.fault(bad)?,
            }
        }
        Ok(())
    }

    fn include(&mut self, from: &InterviewName, path: &str, line: u32) -> Result<(), SourceError> {
        if self.is_alone {
            return Ok(());
        }
        let Some((included, file)) = self.reader.find(from, path)? else {
            let message = format!("Question file {path} not found");
            return self.fault(error(SourceErrorKind::Block, from, Some(line), message));
        };
        if self.read.contains(&included) { Ok(()) } else { self.file(&included, &file, from) }
    }
}

fn not_yaml(name: &InterviewName, text: &str, bad: YamlError) -> SourceError {
    let line = text.lines().nth(bad.line.saturating_sub(1) as usize).unwrap_or_default();
    let mut error = error(SourceErrorKind::Yaml, name, Some(bad.line), bad.message);
    error.place.point = Some(Point { text: line.to_owned(), column: bad.column });
    error
}

fn error(kind: SourceErrorKind, name: &InterviewName, line: Option<u32>, message: String) -> SourceError {
    let place = Place { package: name.package().to_owned(), file: name.path().to_owned(), line, ..Place::default() };
    SourceError { kind, place: Box::new(place), message }
}
