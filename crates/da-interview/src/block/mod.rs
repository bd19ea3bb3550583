//! The blocks of an interview, as they were written: nothing here was evaluated yet.
//!
//! A file per kind of block. A block never changes after it was read, and holds no Python value.

mod choice;
mod control;
mod expression;
mod field;
mod level;
mod question;
mod read;
mod review;
mod text;
mod variable;

pub(crate) use choice::{Choice, ChoiceSource, Choices, Embedded, ExitKind};
pub(crate) use control::{Control, YesNo};
pub(crate) use expression::{Expression, Script};
pub(crate) use field::{Condition, Entry, Field, FieldList, Flag, Note};
pub(crate) use level::Level;
pub(crate) use question::{Help, Question};
pub(crate) use read::{Item, Origin, Reading};
pub(crate) use review::Review;
pub(crate) use text::Text;

/// A block that can define variables or be run in its turn.
#[derive(Debug)]
pub(crate) struct Block {
    /// `Question_3`, or `ID some id`.
    pub(crate) name: String,
    /// Its `id`.
    pub(crate) id: Option<String>,
    /// Its place among all numbered blocks.
    pub(crate) number: usize,
    /// Where it was written.
    pub(crate) origin: Origin,
    /// The language that it is for, `*` for any.
    pub(crate) language: String,
    /// `mandatory`.
    pub(crate) mandatory: When,
    /// `initial`.
    pub(crate) initial: When,
    /// `if`: all must hold for the block to be used for a variable.
    pub(crate) conditions: Vec<Expression>,
    /// `generic object`: the class of `x`.
    pub(crate) generic: Option<String>,
    /// The variables that it can define, in the order in which they were found.
    pub(crate) variables: Vec<String>,
    /// `need`, before and after.
    pub(crate) needs: Vec<Expression>,
    /// `undefine`.
    pub(crate) undefines: Vec<String>,
    /// `reconsider`: the names, to be sought anew once per request.
    pub(crate) reconsiders: Vec<String>,
    /// `reconsider: True`.
    pub(crate) is_reconsidered: bool,
    /// `supersedes`: ids of blocks that come after this one.
    pub(crate) supersedes: Vec<String>,
    /// The block that an embedded one belongs to, by its place.
    pub(crate) outer: Option<usize>,
    /// What it does.
    pub(crate) kind: Kind,
}

/// Whether and when a block runs by itself.
#[derive(Debug)]
pub(crate) enum When {
    /// Only when something wants it.
    Sought,
    /// In its turn.
    Always,
    /// In its turn, if the expression is true.
    If(Expression),
}

/// What a block does.
#[derive(Debug)]
pub(crate) enum Kind {
    /// Runs Python.
    Code(Script),
    /// Runs Python and shows nothing; the event that led to it is over then.
    EventCode(Script),
    /// Makes objects.
    Objects(Vec<ObjectPlan>),
    /// `imports`: modules by name.
    Imports(Vec<String>),
    /// `modules`: modules whose names are all taken.
    Modules(Vec<String>),
    /// `reset`: variables that are forgotten at each evaluation.
    Reset(Vec<String>),
    /// Asks, or tells.
    Question(Box<Question>),
    /// A text that is made when it is used.
    Template(Box<TemplatePlan>),
    /// `data`: a value written in YAML.
    Data(Box<DataPlan>),
    /// What an exit button does; only embedded.
    Exit { kind: ExitKind, url: Option<Text> },
    /// Something that is read and not yet carried out; the words say what.
    Unsupported(&'static str),
}

/// One of the `objects` of a block.
#[derive(Debug)]
pub(crate) struct ObjectPlan {
    /// The variable.
    pub(crate) variable: String,
    /// The expression for its class: `DAList.using(object_type=Individual)`.
    pub(crate) class: Expression,
}

/// A `template` block.
#[derive(Debug)]
pub(crate) struct TemplatePlan {
    pub(crate) variable: String,
    pub(crate) subject: Text,
    pub(crate) content: Text,
}

/// A `data` block.
#[derive(Debug)]
pub(crate) struct DataPlan {
    pub(crate) variable: String,
    pub(crate) value: crate::yaml::Node,
    /// The value's texts are code (`data from code`).
    pub(crate) is_code: bool,
    /// `use objects`.
    pub(crate) use_objects: bool,
}
