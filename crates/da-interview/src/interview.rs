//! [`Interview`]: an interview that was read; immutable, shared between all sessions that run it.

use crate::assemble;
use crate::block::Program;
use crate::context::Context;
use crate::error::AssembleError;
use crate::index::Index;
use crate::metadata::Metadata;
use crate::reasons::Reasons;
use crate::schedule::Schedule;
use crate::source::{FileRecord, Sources};
use da_core::{Answers, Command, InterviewName, Turn};
use da_python::machine::InterviewFloor;
use std::sync::Arc;

/// An interview that was read.
pub struct Interview {
    pub(crate) name: InterviewName,
    /// What its files say.
    pub(crate) program: Arc<Program>,
    /// Which blocks define which variable.
    pub(crate) index: Arc<Index>,
    /// What runs by itself.
    pub(crate) schedule: Arc<Schedule>,
    pub(crate) files: Arc<[FileRecord]>,
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

    /// The same interview, whose evaluations read from `sources` what they want to read; they are those that it has, or
    /// others with which it [is current](Interview::is_current).
    #[must_use]
    pub fn reading_from(self: Arc<Self>, sources: &Arc<dyn Sources>) -> Arc<Self> {
        if Arc::ptr_eq(&self.sources, sources) {
            return self;
        }
        Arc::new(Interview {
            name: self.name.clone(),
            program: Arc::clone(&self.program),
            index: Arc::clone(&self.index),
            schedule: Arc::clone(&self.schedule),
            files: Arc::clone(&self.files),
            sources: Arc::clone(sources),
            floor: Arc::clone(&self.floor),
        })
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

    /// Evaluates the interview once, as [`Interview::run`] does, and tells why it ended where it did, even if it failed. It takes
    /// a little longer.
    ///
    /// # Errors
    /// Those of [`Interview::run`].
    pub fn explain(
        &self,
        answers: Option<&Answers>,
        command: Command,
        context: &Context<'_>,
    ) -> (Result<Turn, AssembleError>, Reasons) {
        assemble::explain(self, answers, command, context)
    }
}
