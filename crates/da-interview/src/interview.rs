//! [`Interview`]: an interview that was read; immutable, shared between all sessions that run it.

use crate::assemble;
use crate::block::Program;
use crate::context::Context;
use crate::error::AssembleError;
use crate::index::Index;
use crate::metadata::Metadata;
use crate::schedule::Schedule;
use crate::source::{FileRecord, Sources};
use da_core::{Answers, Command, InterviewName, Turn};
use da_python::InterviewFloor;
use std::sync::Arc;

/// An interview that was read.
pub struct Interview {
    pub(crate) name: InterviewName,
    /// What its files say.
    pub(crate) program: Arc<Program>,
    /// Which blocks define which variable.
    pub(crate) index: Arc<Index>,
    /// What runs by itself.
    pub(crate) schedule: Schedule,
    pub(crate) files: Vec<FileRecord>,
    /// Where they came from, for what an evaluation itself wants to read.
    pub(crate) sources: Arc<dyn Sources>,
    /// The built-ins and the modules that the interview imports.
    pub(crate) floor: Arc<InterviewFloor>,
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
        answers: Option<&Answers>,
        command: Command,
        context: &Context<'_>,
    ) -> Result<Turn, AssembleError> {
        assemble::run(self, answers, command, context)
    }
}
