//! [`Engine`] reads interviews; an [`Interview`] turns answers and a command into answers and a screen.
//!
//! An interview never changes once it is read: it is shared between all sessions that run it.

use std::sync::Arc;

use da_core::{Answers, Command, InterviewName, Turn};

use crate::block::{FileReader, Program};
use crate::context::Context;
use crate::error::{AssembleError, AssembleErrorKind, EngineError, Place, SourceError, SourceErrorKind};
use crate::index::Index;
use crate::metadata::Metadata;
use crate::source::{FileRecord, Reader, SourceFile, Sources};
use crate::yaml;

/// The engine: one per process, shared by all threads.
pub struct Engine;

impl Engine {
    /// Builds the engine.
    ///
    /// # Errors
    /// The parts that are compiled in do not fit together.
    pub fn new() -> Result<Engine, EngineError> {
        Ok(Engine)
    }

    /// Reads and checks an interview with everything that it includes. The result is immutable.
    ///
    /// # Errors
    /// [`SourceError`] says which file, line and block cannot be right; its kind is `Missing` when there
    /// is no such interview.
    pub fn load(&self, name: &InterviewName, sources: &dyn Sources) -> Result<Arc<Interview>, SourceError> {
        let mut loading = Loading { reader: Reader::new(sources), read: Vec::new(), program: Program::default() };
        let Some(file) = loading.reader.read(name)? else {
            return Err(missing(name.package(), name.path()));
        };
        loading.file(name, &file)?;
        let index = Index::new(&loading.program);
        Ok(Arc::new(Interview {
            name: name.clone(),
            program: loading.program,
            index,
            files: loading.reader.into_records(),
        }))
    }
}

fn missing(package: &str, path: &str) -> SourceError {
    let message = format!("Interview {package}:{path} not found");
    SourceError::of_file(SourceErrorKind::Missing, package, path, message)
}

/// An interview that was read.
pub struct Interview {
    name: InterviewName,
    program: Program,
    index: Index,
    files: Vec<FileRecord>,
}

impl Interview {
    /// Its name.
    pub fn name(&self) -> &InterviewName {
        &self.name
    }

    /// What it says about itself.
    pub fn metadata(&self) -> &Metadata {
        &self.program.metadata
    }

    /// What its files say, block by block.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// Which of its blocks can define a variable.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Whether every file that was read still has the version that was read, and every file that was
    /// looked for and absent still is.
    pub fn is_current(&self, sources: &dyn Sources) -> bool {
        self.files.iter().all(|file| file.is_current(sources))
    }

    /// Evaluates the interview once.
    ///
    /// # Errors
    /// [`AssembleError`] when the interview fails; the answers are then as they were.
    pub fn run(
        &self,
        _answers: Option<&Answers>,
        _command: Command,
        _context: &mut Context<'_>,
    ) -> Result<Turn, AssembleError> {
        Err(AssembleError::new(AssembleErrorKind::Unsupported, "this engine cannot evaluate interviews yet"))
    }
}

/// The state of reading one interview.
struct Loading<'a> {
    reader: Reader<'a>,
    /// The files that were read; an included file that is here is not read again.
    read: Vec<InterviewName>,
    program: Program,
}

impl Loading<'_> {
    fn file(&mut self, name: &InterviewName, file: &SourceFile) -> Result<(), SourceError> {
        if self.read.len() >= MAX_FILES {
            let message = format!("an interview cannot have more than {MAX_FILES} files");
            return Err(SourceError { place: Box::new(place(name, None)), kind: SourceErrorKind::Block, message });
        }
        self.read.push(name.clone());
        if file.text.trim_start().starts_with("# use jinja") {
            let message = "'# use jinja' is not supported".to_owned();
            return Err(SourceError {
                kind: SourceErrorKind::Template,
                place: Box::new(place(name, Some(1))),
                message,
            });
        }
        let documents = yaml::parse(&file.text).map_err(|error| SourceError {
            kind: SourceErrorKind::Yaml,
            place: Box::new(place(name, Some(error.line))),
            message: error.message,
        })?;
        let mut blocks = FileReader::new(name);
        for document in &documents {
            for (path, line) in blocks.document(&mut self.program, document)? {
                self.include(name, &path, line)?;
            }
        }
        Ok(())
    }

    fn include(&mut self, from: &InterviewName, path: &str, line: u32) -> Result<(), SourceError> {
        let found = self.reader.find(from, path)?;
        let (included, file) = found.ok_or_else(|| SourceError {
            kind: SourceErrorKind::Block,
            place: Box::new(place(from, Some(line))),
            message: format!("Question file {path} not found"),
        })?;
        if self.read.contains(&included) { Ok(()) } else { self.file(&included, &file) }
    }
}

/// Files that one interview may have; also bounds how deep they may include one another.
const MAX_FILES: usize = 200;

fn place(name: &InterviewName, line: Option<u32>) -> Place {
    Place { package: name.package().to_owned(), file: name.path().to_owned(), line, ..Place::default() }
}
