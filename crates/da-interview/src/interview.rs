//! [`Interview`]: an interview that was read; immutable, shared between all sessions that run it.

use crate::assemble;
use crate::block::{Block, Help, Kind, Script, Text};
use crate::context::Context;
use crate::error::AssembleError;
use crate::index::Index;
use crate::metadata::Metadata;
use crate::source::{FileRecord, Sources};
use da_core::{Answers, Command, InterviewName, Plain, Turn};
use da_python::InterviewFloor;
use std::collections::HashMap;
use std::sync::Arc;

/// An interview that was read.
pub struct Interview {
    pub(crate) name: InterviewName,
    pub(crate) metadata: Metadata,
    pub(crate) files: Vec<FileRecord>,
    /// All numbered blocks, by number; embedded ones too.
    pub(crate) blocks: Vec<Block>,
    pub(crate) index: Arc<Index>,
    pub(crate) whole: Whole,
    /// The built-ins and the modules that the interview imports.
    pub(crate) floor: Arc<InterviewFloor>,
    /// Texts of `template` blocks, by the place of the block.
    pub(crate) templates: Arc<Vec<(usize, Text, Text)>>,
}

/// What was said about the interview as a whole.
#[derive(Debug, Default)]
pub(crate) struct Whole {
    pub(crate) features: Vec<(String, Plain)>,
    pub(crate) sections: Option<Plain>,
    pub(crate) terms: Vec<(String, Text)>,
    pub(crate) auto_terms: Vec<(String, Text)>,
    pub(crate) help: Option<Help>,
    pub(crate) screen_parts: Vec<(String, Text)>,
    pub(crate) validation_messages: Vec<(String, String)>,
    pub(crate) order: Vec<Vec<String>>,
    pub(crate) on_change: HashMap<String, Vec<Script>>,
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
        answers: Option<&Answers>,
        command: Command,
        context: &Context<'_>,
    ) -> Result<Turn, AssembleError> {
        assemble::run(self, answers, command, context)
    }

    /// The block of a name (`Question_3`), if the interview has one.
    pub(crate) fn block_named(&self, name: &str) -> Option<usize> {
        self.blocks.iter().position(|block| block.name == name)
    }

    /// `imports` and `modules`, in the order of the file.
    pub(crate) fn modules(blocks: &[Block]) -> Vec<String> {
        let named = blocks.iter().flat_map(|block| match &block.kind {
            Kind::Imports(names) | Kind::Modules(names) => names.as_slice(),
            _ => &[],
        });
        named.cloned().collect()
    }
}
