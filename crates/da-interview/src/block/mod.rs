//! Blocks: what an interview's YAML says, with its code and its texts compiled.
//!
//! A file per kind of block. Nothing here is evaluated; a block never changes once it is read.

mod attachment;
mod buttons;
mod choices;
mod condition;
mod data;
mod datatype;
mod fault;
mod field;
mod field_keys;
mod fields;
mod given;
mod going_on;
mod grid;
mod image;
mod interview;
mod keys;
mod list_collect;
mod modifier;
mod objects;
mod program;
mod python;
mod question;
mod reader;
mod response;
mod review;
mod table;
mod template;
mod used;

use std::sync::Arc;

use crate::error::Place;

pub use attachment::{Attachment, Attachments, DocumentField, TemplateName};
pub use buttons::{ActionButtons, ButtonsOf};
pub use choices::{Choice, ChoiceItem, ChoiceTarget, Choices, ExitKind};
pub use condition::{Condition, ShowIf, ShowIfTest, Switch};
pub use data::{CodeTree, Data};
pub(crate) use datatype::DATATYPES;
pub use field::{BlockField, FieldCode, FieldItem, FieldKind, Label};
pub use given::Given;
pub use going_on::GoingOn;
pub use grid::{Grid, GridPart};
pub use image::Image;
pub use interview::{HelpText, InterviewParts, LanguageParts};
pub use list_collect::ListCollect;
pub use modifier::{Modifiers, Need, Reconsider};
pub use objects::ObjectSpec;
pub use program::{NameRead, Program, Warning};
pub use python::Python;
pub use question::{Question, QuestionKind, Texts, YesNo};
pub use response::{ResponseBlock, ResponseKind};
pub use review::{ReviewItem, ReviewKind, ReviewTarget};
pub use table::Table;
pub use template::{Content, TemplateBlock};
pub use used::FieldsUsed;

pub(crate) use reader::{FileReader, field_from_data};
pub(crate) use used::normal as normal_name;

/// The number of a block among all blocks of an interview, in the order in which they got their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BlockId(pub usize);

/// A block that the engine may run.
#[derive(Debug)]
pub struct Block {
    /// Its name: `ID the id`, or `Question_3`.
    pub name: String,
    /// `package:path` of its file.
    pub file: Arc<str>,
    /// The line on which it begins.
    pub line: u32,
    /// Its YAML.
    pub source: Arc<str>,
    /// It stands inside another block's choices, and is reached only by them.
    pub embedded: bool,
    /// What may be said of any kind of block.
    pub modifiers: Modifiers,
    /// What it is.
    pub kind: BlockKind,
    /// The variables that it can define.
    pub fields_used: FieldsUsed,
}

impl Block {
    /// Where it stands, for messages.
    pub fn place(&self) -> Place {
        let (package, file) = self.file.split_once(':').unwrap_or(("", &self.file));
        Place {
            package: package.to_owned(),
            file: file.to_owned(),
            line: Some(self.line),
            block: Some(self.name.clone()),
            source: Some(self.source.to_string()),
            point: None,
        }
    }

    /// The package of its file.
    pub fn package(&self) -> &str {
        self.file.split_once(':').map_or("", |(package, _)| package)
    }
}

/// The kinds of block.
#[derive(Debug)]
pub enum BlockKind {
    /// `code`, without `event`.
    Code(Python),
    /// `code` with `event`.
    EventCode(Python),
    /// `objects`.
    Objects(Vec<ObjectSpec>),
    /// `modules`.
    Modules(Vec<String>),
    /// `imports`.
    Imports(Vec<String>),
    /// `reset`.
    Reset(Vec<String>),
    /// `variable name` with `data`, `data from code` or `objects from file`.
    Data(Data),
    /// `table`.
    Table(Box<Table>),
    /// `template`.
    Template(Box<TemplateBlock>),
    /// `attachment` with a variable and without a question.
    Attachments(Attachments),
    /// `question`.
    Question(Box<Question>),
    /// `response` and its kin.
    Response(Box<ResponseBlock>),
    /// What is never run: `require`.
    Inert,
    /// What a button of its own does, such as Exit; only embedded.
    Exit(ExitKind),
    /// What is read and cannot be carried out; the words say what it is.
    Unsupported(&'static str),
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use tests::program_of;
