//! [`Program`]: everything that the files of an interview say.

use std::sync::Arc;

use super::{Block, BlockId};
use crate::error::Point;
use crate::metadata::Metadata;
use crate::translation::Translations;

/// Everything that the files of an interview say.
#[derive(Debug, Default)]
pub struct Program {
    /// All blocks, in the order in which they got their names; those inside others come before them.
    pub blocks: Vec<Block>,
    /// The blocks that stand for themselves, in the order of the files.
    pub order: Vec<BlockId>,
    /// What the interview says about all its screens.
    pub parts: super::InterviewParts,
    /// What it says about itself.
    pub metadata: Metadata,
    /// What looks like a mistake and does no harm.
    pub warnings: Vec<Warning>,
    /// Datatypes that docassemble does not have itself, each with the file and the line.
    pub own_datatypes: Vec<NameRead>,
    /// The names that code and templates read, when the reading was for a check.
    pub reads: Vec<NameRead>,
    /// The modules that code imports, by their full names, with the line, when the reading was for a check.
    pub imports: Vec<(String, u32)>,
    /// How many pieces of Python there are, when the reading was for a check.
    pub pieces: usize,
    /// How many documents have no variable of their own; they are kept by their numbers.
    pub unnamed_documents: usize,
    /// What texts of the blocks that follow are in other languages.
    pub(crate) translations: Translations,
}

impl Program {
    /// A block by its number.
    pub fn block(&self, id: BlockId) -> Option<&Block> {
        self.blocks.get(id.0)
    }
}

impl std::ops::Index<BlockId> for Program {
    type Output = Block;

    /// The block of a number that this program gave.
    fn index(&self, id: BlockId) -> &Block {
        &self.blocks[id.0]
    }
}

/// Something that looks like a mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// `package:path` of the file.
    pub file: String,
    /// The line.
    pub line: u32,
    /// The very place in the line.
    pub point: Option<Point>,
    /// What it is.
    pub message: String,
}

/// A name that a piece of code or a template reads and does not make itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameRead {
    /// The name; of `client.name.first` only `client`.
    pub name: String,
    /// `package:path` of the file.
    pub file: Arc<str>,
    /// The line.
    pub line: u32,
    /// The very place in the line, where it is known.
    pub point: Option<Point>,
}
