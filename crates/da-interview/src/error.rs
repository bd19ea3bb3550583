//! What can go wrong, as data: in reading an interview ([`SourceError`]) and in running it
//! ([`AssembleError`]).
//!
//! A message never carries an answer that a person gave, unless the interview's own code put it there.

use std::fmt;

/// The engine itself could not be built.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the engine could not be built: {0}")]
pub struct EngineError(pub String);

/// A place in an interview: file, line and block, as far as they are known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The package of the file.
    pub package: String,
    /// The path of the file inside its package.
    pub file: String,
    /// The line in the file; the first is 1.
    pub line: Option<u32>,
    /// The name of the block (`Question_3`).
    pub block: Option<String>,
    /// The lines of source that it is about.
    pub source: Option<String>,
    /// The very place in the line, for faults of syntax.
    pub point: Option<Point>,
}

/// The very place of a fault in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The line, or the part of it that is code; empty for the line of the file.
    pub text: String,
    /// The column in it, in characters; the first is 1.
    pub column: u32,
}

impl Point {
    /// A place in the line as it stands in the file.
    pub(crate) fn of_file(column: u32) -> Point {
        Point { text: String::new(), column }
    }

    /// Where the place is in a line of the file, in characters from its first that is no blank.
    pub(crate) fn in_line(&self, line: &str) -> Option<usize> {
        let blanks = line.chars().take_while(|c| c.is_whitespace()).count();
        if self.text.is_empty() {
            return Some(self.in_file(line).saturating_sub(blanks));
        }
        // Code stands in the file further to the right than in what was compiled.
        let line = line.trim();
        let before = line.find(self.text.trim())?;
        let skipped = self.text.chars().take_while(|c| c.is_whitespace()).count();
        Some(line[..before].chars().count() + (self.column as usize).saturating_sub(1 + skipped))
    }

    /// Where the column is in the line of the file, in characters: what follows there after blanks. A tab was read as two blanks.
    fn in_file(&self, line: &str) -> usize {
        let mut column = 1;
        let reached = |c: char| {
            let before = column;
            column += if c == '\t' { 2 } else { 1 };
            before >= self.column && !c.is_whitespace()
        };
        line.chars().position(reached).unwrap_or(0)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.package, self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(block) = &self.block {
            write!(f, ", block {block}")?;
        }
        if let Some(source) = &self.source {
            write!(f, "\n{}", source.trim_end())?;
        }
        Ok(())
    }
}

/// What kind of fault an interview's source has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceErrorKind {
    /// There is no such file.
    Missing,
    /// The file is there and cannot be read.
    Unreadable,
    /// The text is not YAML, or not a mapping.
    Yaml,
    /// A block's keys or values cannot be right.
    Block,
    /// Python code does not parse.
    Python,
    /// A template does not parse.
    Template,
}

/// An interview could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message} ({place})")]
pub struct SourceError {
    /// What kind of fault it is.
    pub kind: SourceErrorKind,
    /// Where.
    pub place: Box<Place>,
    /// What is wrong.
    pub message: String,
}

impl SourceError {
    /// An error about a whole file.
    pub fn of_file(kind: SourceErrorKind, package: &str, file: &str, message: impl Into<String>) -> Self {
        let place = Place { package: package.to_owned(), file: file.to_owned(), ..Place::default() };
        SourceError { kind, place: Box::new(place), message: message.into() }
    }
}

/// What kind of failure ended an evaluation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AssembleErrorKind {
    /// The interview ran out of blocks without coming to a screen.
    NoEndpoint,
    /// The interview seeks the same variables over and over.
    InfiniteLoop,
    /// Fuel, memory, depth, output or time ran out.
    Limit,
    /// A name that came from outside cannot be the name of a variable.
    BadVariable,
    /// A variable that was to be deleted cannot be.
    BadDeletion,
    /// A question name that came from outside is not one of this interview's.
    UnknownQuestion,
    /// The interview's own code or text failed.
    Python {
        /// The class of the exception: `ZeroDivisionError`.
        class: String,
        /// The traceback, outermost call first, a line of text each.
        traceback: Vec<String>,
    },
    /// The answers cannot be read back.
    Answers,
    /// The interview uses something that this server does not have.
    Unsupported,
}

/// An evaluation failed. The answers are as they were.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct AssembleError {
    /// What kind of failure it is.
    pub kind: AssembleErrorKind,
    /// What happened, as docassemble would say it where it has words for it.
    pub message: String,
    /// Where, if it belongs to a place in the interview.
    pub place: Option<Box<Place>>,
}

impl AssembleError {
    /// A failure without a place.
    pub fn new(kind: AssembleErrorKind, message: impl Into<String>) -> Self {
        AssembleError { kind, message: message.into(), place: None }
    }
}
