//! [`Engine`] reads interviews; an [`Interview`] turns answers and a command into answers and a screen.
//!
//! An interview never changes once it is read: it is shared between all sessions that run it.

use std::sync::Arc;

use da_core::{Answers, Command, InterviewName, Turn};

use crate::context::Context;
use crate::error::{AssembleError, AssembleErrorKind, EngineError, Place, SourceError, SourceErrorKind};
use crate::metadata::Metadata;
use crate::source::{FileRecord, Reader, SourceFile, Sources};
use crate::yaml::{self, Document};

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
        let mut loading = Loading { reader: Reader::new(sources), read: Vec::new(), metadata: Metadata::default() };
        let Some(file) = loading.reader.read(name)? else {
            return Err(missing(name.package(), name.path()));
        };
        loading.file(name, &file)?;
        Ok(Arc::new(Interview { name: name.clone(), metadata: loading.metadata, files: loading.reader.into_records() }))
    }
}

fn missing(package: &str, path: &str) -> SourceError {
    let message = format!("Interview {package}:{path} not found");
    SourceError::of_file(SourceErrorKind::Missing, package, path, message)
}

/// An interview that was read.
pub struct Interview {
    name: InterviewName,
    metadata: Metadata,
    files: Vec<FileRecord>,
}

impl Interview {
    /// Its name.
    pub fn name(&self) -> &InterviewName {
        &self.name
    }

    /// What it says about itself.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
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
    metadata: Metadata,
}

impl Loading<'_> {
    fn file(&mut self, name: &InterviewName, file: &SourceFile) -> Result<(), SourceError> {
        self.read.push(name.clone());
        let documents = yaml::parse(&file.text).map_err(|error| SourceError {
            kind: SourceErrorKind::Yaml,
            place: Box::new(Place { line: Some(error.line), ..place(name) }),
            message: error.message,
        })?;
        documents.iter().try_for_each(|document| self.document(name, document))
    }

    fn document(&mut self, name: &InterviewName, document: &Document) -> Result<(), SourceError> {
        if let Some(yaml::Value::Map(_)) = document.root.get("metadata").map(|node| &node.value)
            && let da_core::Plain::Map(entries) =
                document.root.get("metadata").map(yaml::Node::to_plain).unwrap_or_default()
        {
            self.metadata.add(entries);
        }
        let Some(include) = document.root.get("include") else { return Ok(()) };
        let paths = include.as_list().unwrap_or(std::slice::from_ref(include));
        paths.iter().filter_map(|path| Some((path.as_text()?, path.line))).try_for_each(|(path, line)| {
            let found = self.reader.find(name, path)?;
            let (included, file) = found.ok_or_else(|| SourceError {
                kind: SourceErrorKind::Block,
                place: Box::new(Place { line: Some(line), ..place(name) }),
                message: format!("Question file {path} not found"),
            })?;
            if self.read.contains(&included) { Ok(()) } else { self.file(&included, &file) }
        })
    }
}

fn place(name: &InterviewName) -> Place {
    Place { package: name.package().to_owned(), file: name.path().to_owned(), ..Place::default() }
}
