//! Mako: a text with Python in it becomes Python that writes the text.
//!
//! The Python is the body of a function that returns the text, and whose unset names are looked up among
//! the answers. A name that is missing is therefore noticed only when the piece that uses it is reached,
//! as docassemble promises. Nothing is evaluated here.

mod emit;
mod filter;
mod indent;
mod lexer;
mod loops;
mod output;
mod own_text;
mod scan;
mod tags;

pub(crate) use output::{Output, string_literal};

use crate::fault::{Fault, TemplatePoint};
use std::sync::Arc;

use da_python::machine::code::Code;
use da_python::machine::{Mode, compile_with_lines};

/// The function that takes each piece of output, in the generated Python.
const WRITE: &str = "__write__";

/// A text does not follow Mako's rules, or uses a part of Mako that is missing here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message} ({file}, line {line})")]
pub struct TemplateError {
    /// The file that the text stands in.
    pub file: Arc<str>,
    /// The line in that file.
    pub line: u32,
    /// What is wrong.
    pub message: String,
    /// The very place in the line, where that is known.
    pub point: Option<TemplatePoint>,
}

/// A text of an interview: words that stay as they are, or a Mako template. Cheap to clone.
#[derive(Debug, Clone)]
pub enum Template {
    /// Words that stay as they are.
    Literal(Arc<str>),
    /// A template.
    Mako(Arc<MakoTemplate>),
    /// A text that is known in several languages.
    Translated(Arc<Translated>),
}

/// A text, and what it is in other languages.
#[derive(Debug)]
pub struct Translated {
    original: Template,
    language: String,
    others: Vec<(String, Template)>,
}

impl Translated {
    /// What the text is in a language; as it was written where that is not known.
    pub fn in_language(&self, language: &str) -> &Template {
        let other = self.others.iter().find(|(known, _)| known == language && *known != self.language);
        other.map_or(&self.original, |(_, text)| text)
    }
}

/// A template that was read and compiled.
#[derive(Debug)]
pub struct MakoTemplate {
    translation: Translation,
    code: Arc<Code>,
}

impl MakoTemplate {
    /// The Python that the template was translated to.
    pub fn translation(&self) -> &Translation {
        &self.translation
    }

    /// The compiled Python: the body of a function that returns the text.
    pub fn code(&self) -> &Arc<Code> {
        &self.code
    }
}

impl Template {
    /// The compiled Python of a template; words that stay as they are have none.
    pub fn code(&self) -> Option<&Arc<Code>> {
        match self {
            Template::Literal(_) => None,
            Template::Mako(template) => Some(template.code()),
            Template::Translated(translated) => translated.original.code(),
        }
    }

    /// The same text, which is in `language`, with what it is in other languages.
    ///
    /// ```
    /// use da_markup::Template;
    /// let words = |text| Template::parse(text, "a.yml", 1).unwrap();
    /// let both = words("Hello").with_others("en", vec![("es".to_owned(), words("Hola"))]);
    /// assert_eq!(both.for_language("es").literal(), Some("Hola"));
    /// assert_eq!(both.for_language("fr").literal(), Some("Hello"));
    /// ```
    #[must_use]
    pub fn with_others(self, language: &str, others: Vec<(String, Template)>) -> Template {
        Template::Translated(Arc::new(Translated { original: self, language: language.to_owned(), others }))
    }

    /// The text as it is in a language.
    pub fn for_language(&self, language: &str) -> &Template {
        match self {
            Template::Translated(translated) => translated.in_language(language),
            other => other,
        }
    }

    /// Reads `text`, which begins on line `line` of `file`.
    ///
    /// # Errors
    /// [`TemplateError`] when the text is a template and not a good one.
    ///
    /// ```
    /// use da_markup::Template;
    /// let template = Template::parse("Hello, ${ name }!", "docassemble.x:data/questions/x.yml", 7).unwrap();
    /// let Template::Mako(template) = template else { panic!("not a template") };
    /// let python = template.translation();
    /// assert_eq!(python.source().lines().nth(2), Some("__write__('Hello, ')"));
    /// assert_eq!(python.source().lines().nth(3), Some("__write__(('%s' % ((name),)))"));
    /// assert_eq!(python.line_of(4), 7);
    /// ```
    pub fn parse(text: &str, file: &str, line: u32) -> Result<Template, TemplateError> {
        if !is_template(text) {
            return Ok(Template::Literal(text.into()));
        }
        let translation = translate(text, file, line)?;
        let code = compile_with_lines(&translation.source, file, Mode::Template, &|line| translation.line_of(line))
            .map_err(|error| TemplateError {
                file: file.into(),
                line: error.line,
                message: error.message,
                point: point(text, line, error.line),
            })?;
        Ok(Template::Mako(Arc::new(MakoTemplate { translation, code })))
    }

    /// The text, if nothing in it is to be evaluated.
    pub fn literal(&self) -> Option<&str> {
        match self {
            Template::Literal(text) => Some(text),
            Template::Mako(_) | Template::Translated(_) => None,
        }
    }
}

/// The place of a fault on a line: in the first expression there that is none in Python, or in the statement.
fn point(text: &str, line: u32, at: u32) -> Option<TemplatePoint> {
    let pieces = lexer::pieces(text, line).ok()?;
    pieces.iter().find_map(|piece| {
        let (code, mode) = match &piece.kind {
            lexer::Kind::Expression { code, .. } => (code.trim(), Mode::Expression),
            _ => return None,
        };
        let skipped =
            |code: &str, error: u32| piece.line.saturating_add(error).saturating_sub(1) == at && !code.is_empty();
        let error = da_python::machine::compile(code, "", mode).err()?;
        skipped(code, error.line).then_some(TemplatePoint { text: error.text, column: error.column })
    })
}

/// Whether docassemble takes a text for a template: only then is it looked at more closely.
pub fn is_template(text: &str) -> bool {
    ["<%", "${", "% if", "% for", "% while", "##"].iter().any(|sign| text.contains(sign))
}

/// A template as Python source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    source: String,
    lines: Vec<u32>,
}

impl Translation {
    /// The Python source.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The line of the file that a line of the Python source comes from. Lines count from 1.
    pub fn line_of(&self, python_line: u32) -> u32 {
        let index = usize::try_from(python_line.saturating_sub(1)).unwrap_or(usize::MAX);
        self.lines.get(index).or(self.lines.last()).copied().unwrap_or(1)
    }
}

/// Translates a template, whether or not [`is_template`] would take it for one.
///
/// # Errors
/// [`TemplateError`] when it is not a good one.
pub fn translate(text: &str, file: &str, line: u32) -> Result<Translation, TemplateError> {
    let located = |fault: Fault| TemplateError {
        file: file.into(),
        line: fault.line,
        message: fault.message,
        point: fault.point,
    };
    let pieces = lexer::pieces(text, line).map_err(located)?;
    let output = emit::python(&pieces).map_err(located)?;
    Ok(Translation { source: output.text, lines: output.lines })
}

#[cfg(test)]
mod tests;
