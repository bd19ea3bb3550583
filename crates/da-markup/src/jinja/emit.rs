//! Pieces of a template become Python statements.

use super::expression::Expression;
use super::pieces::{Kind, Piece};
use super::{Fault, HELPERS, HELPERS_MODULE};
use crate::mako::{Output, string_literal};

/// Blocks inside one another; Python itself allows a hundred.
const MAX_DEPTH: usize = 60;

/// Something that waits for its end.
enum Open {
    If,
    /// The number of its loop, and whether its `else` has begun.
    For(usize, bool),
    /// `macro` and `call`: a function; after a `call`, what the call is.
    Function(&'static str, Option<String>),
    /// `set` and `filter` around a text: what becomes of it.
    Capture(&'static str, Captured),
    /// `with`, `block`, `autoescape`: written in place.
    InPlace(String),
}

enum Captured {
    Variable(String),
    Filters(String),
}

#[derive(Default)]
struct Emitter {
    out: Output,
    open: Vec<(u32, Open)>,
    loops: Vec<usize>,
    count: usize,
}

/// The whole template as Python.
pub(super) fn python(pieces: &[Piece<'_>]) -> Result<Output, Fault> {
    let mut emitter = Emitter::default();
    emitter.out.statement(1, &format!("from {HELPERS_MODULE} import {}", HELPERS.join(", ")));
    emitter.parts(1);
    emitter.out.statement(1, "loop = None");
    for piece in pieces {
        match &piece.kind {
            Kind::Text(text) => emitter.out.statement(piece.line, &format!("__write__({})", string_literal(text))),
            Kind::Expression(text) => {
                let value = Expression::whole(text, piece.line)?;
                emitter.out.statement(piece.line, &format!("__write__(_jinja_text({value}))"));
            }
            Kind::Statement(text) => emitter.statement(piece.line, text)?,
        }
    }
    if let Some((line, open)) = emitter.open.last() {
        return Err(Fault::new(*line, format!("there is no end{} to {}", open.word(), open.word())));
    }
    let last = emitter.out.lines.last().copied().unwrap_or(1);
    emitter.out.statement(last, "return ''.join(__parts__)");
    Ok(emitter.out)
}

impl Open {
    fn word(&self) -> &str {
        match self {
            Open::If => "if",
            Open::For(..) => "for",
            Open::Function(word, _) | Open::Capture(word, _) => word,
            Open::InPlace(word) => word,
        }
    }
}

impl Emitter {
    /// Begins a text of its own.
    fn parts(&mut self, line: u32) {
        self.out.statement(line, "__parts__ = []");
        self.out.statement(line, "__write__ = __parts__.append");
    }

    fn number(&mut self) -> usize {
        self.count += 1;
        self.count
    }

    fn begin(&mut self, line: u32, open: Open) -> Result<(), Fault> {
        if self.open.len() >= MAX_DEPTH {
            return Err(Fault::new(line, "statements are nested too deeply"));
        }
        self.open.push((line, open));
        self.out.indent += 1;
        Ok(())
    }

    fn statement(&mut self, line: u32, text: &str) -> Result<(), Fault> {
        let mut words = Expression::new(text, line)?;
        let keyword = words.name()?;
        match keyword.as_str() {
            "if" => {
                let condition = words.expression()?;
                self.out.statement(line, &format!("if {condition}:"));
                self.begin(line, Open::If)?;
                self.out.statement(line, "pass");
            }
            "elif" => {
                let condition = words.expression()?;
                self.branch(line, &format!("elif {condition}:"))?;
            }
            "else" => self.otherwise(line)?,
            "for" => self.begin_loop(line, &mut words)?,
            "set" => self.set(line, &mut words)?,
            "macro" => {
                let name = words.name()?;
                self.function(line, "macro", &name, &mut words, None)?;
            }
            "call" => self.call(line, &mut words)?,
            "filter" => {
                let number = self.number();
                let mut value = words.filter(&format!("__capture_{number}__()"))?;
                value = words.filtered(value)?;
                self.capture(line, "filter", number, Captured::Filters(value))?;
            }
            "do" => {
                let value = words.tuple()?;
                self.out.statement(line, &value);
            }
            "break" | "continue" => self.out.statement(line, &keyword),
            "with" => self.with(line, &mut words)?,
            "block" | "autoescape" => {
                while words.bump().is_some() {}
                self.in_place(line, keyword)?;
            }
            "include" | "import" | "from" | "extends" => {
                return Err(Fault::new(line, format!("'{keyword}' is not supported in a template")));
            }
            _ => match keyword.strip_prefix("end") {
                Some(word) => {
                    while words.bump().is_some() {}
                    self.end(line, word)?;
                }
                None => return Err(Fault::new(line, format!("Encountered unknown tag '{keyword}'"))),
            },
        }
        words.finish()
    }

    fn branch(&mut self, line: u32, statement: &str) -> Result<(), Fault> {
        let Some((_, Open::If)) = self.open.last() else {
            return Err(Fault::new(line, "a branch continues nothing"));
        };
        self.out.indent -= 1;
        self.out.statement(line, statement);
        self.out.indent += 1;
        self.out.statement(line, "pass");
        Ok(())
    }

    fn otherwise(&mut self, line: u32) -> Result<(), Fault> {
        let Some((_, Open::For(number, begun @ false))) = self.open.last_mut() else {
            return self.branch(line, "else:");
        };
        *begun = true;
        let number = *number;
        self.out.indent -= 1;
        self.end_loop(line);
        self.out.statement(line, &format!("if __loop_{number}__ is None:"));
        self.out.indent += 1;
        self.out.statement(line, "pass");
        Ok(())
    }

    fn begin_loop(&mut self, line: u32, words: &mut Expression) -> Result<(), Fault> {
        let target = words.target()?;
        if !words.takes_word("in") {
            return Err(words.fault("expected in after what a for gives values to"));
        }
        let mut items = words.either()?;
        if words.takes(",") {
            items = format!("({items}, {})", words.tuple()?);
        }
        if words.takes_word("if") {
            let condition = words.expression()?;
            items = format!("[({target}) for {target} in {items} if {condition}]");
        }
        if words.takes_word("recursive") {
            return Err(words.fault("recursive loops are not supported"));
        }
        let number = self.number();
        let parent = self.loops.last().map_or("None".to_owned(), |outer| format!("__loop_{outer}__"));
        self.out.statement(line, &format!("__loop_{number}__ = None"));
        self.out.statement(line, &format!("for __loop_{number}__ in _jinja_loop({items}, {parent}):"));
        self.begin(line, Open::For(number, false))?;
        self.loops.push(number);
        self.out.statement(line, &format!("loop = __loop_{number}__"));
        self.out.statement(line, &format!("{target} = loop.item"));
        Ok(())
    }

    /// After a loop, `loop` is that of the loop around it.
    fn end_loop(&mut self, line: u32) {
        self.loops.pop();
        let outer = self.loops.last().map_or("None".to_owned(), |outer| format!("__loop_{outer}__"));
        self.out.statement(line, &format!("loop = {outer}"));
    }

    fn set(&mut self, line: u32, words: &mut Expression) -> Result<(), Fault> {
        let target = words.target()?;
        if words.takes("=") {
            let value = words.tuple()?;
            self.out.statement(line, &format!("{target} = {value}"));
            return Ok(());
        }
        let number = self.number();
        let value = words.filtered(format!("__capture_{number}__()"))?;
        self.capture(line, "set", number, Captured::Variable(format!("{target} = {value}")))
    }

    /// Begins a function that makes a text.
    fn capture(&mut self, line: u32, word: &'static str, number: usize, becomes: Captured) -> Result<(), Fault> {
        self.out.statement(line, &format!("def __capture_{number}__():"));
        self.begin(line, Open::Capture(word, becomes))?;
        self.parts(line);
        Ok(())
    }

    fn function(
        &mut self,
        line: u32,
        word: &'static str,
        name: &str,
        words: &mut Expression,
        call: Option<String>,
    ) -> Result<(), Fault> {
        let parameters = if words.takes("(") { words.arguments()? } else { String::new() };
        let parameters = match (word, parameters.is_empty()) {
            ("macro", true) => "caller=None".to_owned(),
            ("macro", false) => format!("{parameters}, caller=None"),
            _ => parameters,
        };
        self.out.statement(line, &format!("def {name}({parameters}):"));
        self.begin(line, Open::Function(word, call))?;
        self.parts(line);
        Ok(())
    }

    /// `{% call(args) macro(...) %}`: a text that the macro may ask for.
    fn call(&mut self, line: u32, words: &mut Expression) -> Result<(), Fault> {
        let number = self.number();
        let name = format!("__caller_{number}__");
        let parameters = if words.takes("(") { words.arguments()? } else { String::new() };
        let called = words.expression()?;
        let Some(open) = called.strip_suffix(')') else {
            return Err(words.fault("expected a call"));
        };
        let comma = if open.ends_with('(') { "" } else { ", " };
        let call = format!("__write__(_jinja_text({open}{comma}caller={name})))");
        self.out.statement(line, &format!("def {name}({parameters}):"));
        self.begin(line, Open::Function("call", Some(call)))?;
        self.parts(line);
        Ok(())
    }

    fn with(&mut self, line: u32, words: &mut Expression) -> Result<(), Fault> {
        while !words.is_over() {
            let target = words.name()?;
            if !words.takes("=") {
                return Err(words.fault("expected = after a name"));
            }
            let value = words.expression()?;
            self.out.statement(line, &format!("{target} = {value}"));
            words.takes(",");
        }
        self.in_place(line, "with".to_owned())
    }

    fn in_place(&mut self, line: u32, word: String) -> Result<(), Fault> {
        self.out.statement(line, "if True:");
        self.begin(line, Open::InPlace(word))?;
        self.out.statement(line, "pass");
        Ok(())
    }

    fn end(&mut self, line: u32, word: &str) -> Result<(), Fault> {
        let open = self.open.pop().filter(|(_, open)| open.word() == word);
        let Some((_, open)) = open else {
            return Err(Fault::new(line, format!("Encountered unknown tag 'end{word}'")));
        };
        if matches!(open, Open::Function(..) | Open::Capture(..)) {
            self.out.statement(line, "return ''.join(__parts__)");
        }
        self.out.indent -= 1;
        match open {
            Open::For(_, false) => self.end_loop(line),
            Open::Function(_, Some(call)) => self.out.statement(line, &call),
            Open::Capture(_, Captured::Variable(statement)) => self.out.statement(line, &statement),
            Open::Capture(_, Captured::Filters(value)) => {
                self.out.statement(line, &format!("__write__(_jinja_text({value}))"));
            }
            Open::If | Open::For(_, true) | Open::Function(_, None) | Open::InPlace(_) => {}
        }
        Ok(())
    }
}
