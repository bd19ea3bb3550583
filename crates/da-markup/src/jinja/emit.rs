//! Pieces of a template become Python statements.
//!
//! The names that a template gives a meaning to stand in a context, `_c`, which is for whoever runs the Python: it keeps the scopes,
//! the blocks and the way to other files. Nothing is evaluated here.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::Fault;
use super::dialect::Dialect;
use super::expression::Expression;
use super::pieces::{Kind, Piece};
use super::target::Target;
use crate::mako::{Output, string_literal};

/// Statements inside one another; Python itself allows a hundred.
const MAX_DEPTH: usize = 60;

/// Something that waits for its end.
enum Open {
    If,
    For(Loop),
    /// A text of its own, and the statement that uses it.
    Text(&'static str, String),
    /// Names of its own, in place: `with`, `autoescape`.
    Scope(&'static str),
}

/// A loop that waits for its end.
struct Loop {
    number: usize,
    /// Whether its `else` has begun.
    in_else: bool,
    /// The statement that begins it, if it is a function because it may be called for what is inside an item.
    begun_by: Option<String>,
}

pub(super) struct Emitter {
    pub(super) dialect: Dialect,
    pub(super) out: Output,
    /// The names that the template gives a meaning to.
    pub(super) own: BTreeSet<String>,
    open: Vec<(u32, Open)>,
    count: usize,
}

/// The template of a document as Python. It is read twice: a name may be given a meaning after it was used.
pub(super) fn document(pieces: &[Piece<'_>]) -> Result<(Output, BTreeSet<String>), Fault> {
    let own = Emitter::over(pieces, Dialect::document())?.own;
    let emitter = Emitter::over(pieces, Dialect::Document(Rc::new(own)))?;
    Ok((emitter.out, emitter.own))
}

/// The source of an interview as Python.
pub(super) fn source(pieces: &[Piece<'_>]) -> Result<(Output, BTreeSet<String>), Fault> {
    let emitter = Emitter::over(pieces, Dialect::Source)?;
    Ok((emitter.out, emitter.own))
}

impl Open {
    fn word(&self) -> &'static str {
        match self {
            Open::If => "if",
            Open::For(_) => "for",
            Open::Text(word, _) | Open::Scope(word) => word,
        }
    }
}

impl Emitter {
    fn over(pieces: &[Piece<'_>], dialect: Dialect) -> Result<Self, Fault> {
        let mut emitter = Emitter { dialect, out: Output::default(), own: BTreeSet::new(), open: Vec::new(), count: 0 };
        for line in emitter.dialect.head() {
            emitter.out.statement(1, &line);
        }
        emitter.parts(1);
        for piece in pieces {
            match &piece.kind {
                Kind::Text(text) => emitter.write(piece.line, &string_literal(text)),
                Kind::Expression(text) => {
                    let value = Expression::whole(text, piece.line, &emitter.dialect)?;
                    emitter.write(piece.line, &format!("_jinja_text({value})"));
                }
                Kind::Statement(text) => emitter.statement(piece.line, text)?,
            }
        }
        if let Some((line, open)) = emitter.open.last() {
            return Err(Fault::new(*line, format!("there is no end{} to {}", open.word(), open.word())));
        }
        let last = emitter.out.lines.last().copied().unwrap_or(1);
        emitter.out.statement(last, "return _c.finish(''.join(__parts__))");
        Ok(emitter)
    }

    /// Begins a text of its own.
    fn parts(&mut self, line: u32) {
        self.out.statement(line, "__parts__ = []");
        self.out.statement(line, "__write__ = __parts__.append");
    }

    pub(super) fn write(&mut self, line: u32, value: &str) {
        self.out.statement(line, &format!("__write__({value})"));
    }

    pub(super) fn number(&mut self) -> usize {
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

    /// Begins a function that makes a text; `then` is what is done with it.
    fn text(&mut self, line: u32, word: &'static str, function: &str, then: String) -> Result<(), Fault> {
        self.out.statement(line, &format!("def {function}():"));
        self.begin(line, Open::Text(word, then))?;
        self.parts(line);
        Ok(())
    }

    /// What values are given to, as Python for the context.
    fn target(&mut self, words: &mut Expression) -> Result<String, Fault> {
        let target = Target::parse(words)?;
        self.own.extend(target.names());
        Ok(target.python(&self.dialect))
    }

    /// A name that is given a meaning, as a literal.
    pub(super) fn own_name(&mut self, words: &mut Expression) -> Result<String, Fault> {
        let name = words.name()?;
        let literal = string_literal(&name);
        self.own.insert(name);
        Ok(literal)
    }

    fn statement(&mut self, line: u32, text: &str) -> Result<(), Fault> {
        let mut words = Expression::new(text, line, &self.dialect)?;
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
            "break" | "continue" => self.out.statement(line, &keyword),
            "set" => self.set(line, &mut words)?,
            "do" => {
                let value = words.tuple()?;
                self.out.statement(line, &value);
            }
            "macro" => self.begin_macro(line, &mut words)?,
            "call" => self.call(line, &mut words)?,
            "filter" => {
                let function = format!("__text_{}__", self.number());
                let mut value = words.filter(&format!("{function}()"))?;
                value = words.filtered(value)?;
                self.text(line, "filter", &function, format!("__write__(_jinja_text({value}))"))?;
            }
            "with" => self.with(line, &mut words)?,
            "autoescape" => {
                words.expression()?;
                self.out.statement(line, "if _c.push():");
                self.begin(line, Open::Scope("autoescape"))?;
            }
            "block" => self.block(line, &mut words)?,
            "include" | "import" | "from" | "extends" => self.other_file(line, &keyword, &mut words)?,
            _ => match keyword.strip_prefix("end") {
                Some(word) => {
                    while words.bump().is_some() {}
                    self.end(line, word)?;
                }
                None => return Err(Fault::new(line, format!("Encountered unknown tag '{keyword}'."))),
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
        let Some((_, Open::For(Loop { number, in_else: begun @ false, .. }))) = self.open.last_mut() else {
            return self.branch(line, "else:");
        };
        *begun = true;
        let number = *number;
        self.out.indent -= 1;
        self.end_turns(line, number);
        self.out.statement(line, &format!("if __turn_{number}__ is None:"));
        self.out.indent += 1;
        self.out.statement(line, "pass");
        Ok(())
    }

    fn begin_loop(&mut self, line: u32, words: &mut Expression) -> Result<(), Fault> {
        let target = self.target(words)?;
        if !words.takes_word("in") {
            return Err(words.fault("expected in after what a for gives values to"));
        }
        let mut items = words.either()?;
        if words.takes(",") {
            items = format!("({items}, {})", words.tuple()?);
        }
        let condition = match words.takes_word("if") {
            true => format!("lambda: {}", words.expression()?),
            false => "None".to_owned(),
        };
        let number = self.number();
        let mut turns = format!("{items}, {target}, {condition}");
        let mut begun_by = None;
        if words.takes_word("recursive") {
            self.out.statement(line, &format!("def __loop_{number}__(__again__, __items__, __depth__):"));
            self.out.indent += 1;
            self.parts(line);
            turns = format!("__items__, {target}, {condition}, __again__, __depth__");
            begun_by = Some(format!("__write__(_c.recursive(__loop_{number}__)({items}))"));
        }
        self.out.statement(line, &format!("__depth_{number}__ = _c.depth()"));
        self.out.statement(line, &format!("__turn_{number}__ = None"));
        self.out.statement(line, &format!("for __turn_{number}__ in _c.turns({turns}):"));
        self.begin(line, Open::For(Loop { number, in_else: false, begun_by }))?;
        self.out.statement(line, "pass");
        Ok(())
    }

    /// What a loop gave values to is forgotten, however it was left.
    fn end_turns(&mut self, line: u32, number: usize) {
        self.out.statement(line, &format!("_c.leave(__depth_{number}__)"));
    }

    fn end_loop(&mut self, line: u32, ended: Loop) {
        self.out.indent -= 1;
        if !ended.in_else {
            self.end_turns(line, ended.number);
        }
        if let Some(begin) = ended.begun_by {
            self.out.statement(line, "return ''.join(__parts__)");
            self.out.indent -= 1;
            self.out.statement(line, &begin);
        }
    }

    fn set(&mut self, line: u32, words: &mut Expression) -> Result<(), Fault> {
        let target = self.target(words)?;
        if words.takes("=") {
            let value = words.tuple()?;
            self.out.statement(line, &format!("_c.put({target}, {value})"));
            return Ok(());
        }
        let function = format!("__text_{}__", self.number());
        let value = words.filtered(format!("{function}()"))?;
        self.text(line, "set", &function, format!("_c.put({target}, {value})"))
    }

    /// The names of parameters, and what they are when nothing is given, as Python.
    fn parameters(&mut self, words: &mut Expression) -> Result<String, Fault> {
        let mut parameters = String::new();
        while words.takes("(") || words.takes(",") {
            if words.takes(")") {
                return Ok(parameters);
            }
            let name = self.own_name(words)?;
            let otherwise = match words.takes("=") {
                true => format!("lambda: {}", words.expression()?),
                false => "None".to_owned(),
            };
            parameters.push_str(&format!("({name}, {otherwise}), "));
            if words.takes(")") {
                return Ok(parameters);
            }
        }
        Ok(parameters)
    }

    fn begin_macro(&mut self, line: u32, words: &mut Expression) -> Result<(), Fault> {
        self.own.extend(["varargs", "kwargs", "caller"].map(str::to_owned));
        let name = self.own_name(words)?;
        let parameters = self.parameters(words)?;
        let function = format!("__text_{}__", self.number());
        let then = format!("_c.put({name}, _c.macro({name}, ({parameters}), {function}))");
        self.text(line, "macro", &function, then)
    }

    /// `{% call(args) macro(...) %}`: a text that the macro may ask for.
    fn call(&mut self, line: u32, words: &mut Expression) -> Result<(), Fault> {
        let parameters = self.parameters(words)?;
        let called = words.expression()?;
        let Some(open) = called.strip_suffix(')') else {
            return Err(words.fault("expected a call"));
        };
        let comma = if open.ends_with('(') { "" } else { ", " };
        let function = format!("__text_{}__", self.number());
        let caller = format!("_c.macro('caller', ({parameters}), {function})");
        self.text(line, "call", &function, format!("__write__(_jinja_text({open}{comma}caller={caller})))"))
    }

    fn with(&mut self, line: u32, words: &mut Expression) -> Result<(), Fault> {
        let mut given = String::new();
        while !words.is_over() {
            let target = self.target(words)?;
            if !words.takes("=") {
                return Err(words.fault("expected = after a name"));
            }
            given.push_str(&format!("({target}, {}), ", words.expression()?));
            words.takes(",");
        }
        self.out.statement(line, &format!("if _c.push(({given})):"));
        self.begin(line, Open::Scope("with"))
    }

    fn block(&mut self, line: u32, words: &mut Expression) -> Result<(), Fault> {
        let name = string_literal(&words.name()?);
        self.own.insert("super".to_owned());
        while words.takes_word("scoped") || words.takes_word("required") {}
        let function = format!("__text_{}__", self.number());
        self.text(line, "block", &function, format!("__write__(_c.block({name}, {function}))"))
    }

    fn end(&mut self, line: u32, word: &str) -> Result<(), Fault> {
        let open = self.open.pop().filter(|(_, open)| open.word() == word);
        let Some((_, open)) = open else {
            return Err(Fault::new(line, format!("Encountered unknown tag 'end{word}'.")));
        };
        match open {
            Open::If => self.out.indent -= 1,
            Open::For(ended) => self.end_loop(line, ended),
            Open::Text(_, then) => {
                self.out.statement(line, "return ''.join(__parts__)");
                self.out.indent -= 1;
                self.out.statement(line, &then);
            }
            Open::Scope(_) => {
                self.out.statement(line, "_c.pop()");
                self.out.indent -= 1;
            }
        }
        Ok(())
    }
}
