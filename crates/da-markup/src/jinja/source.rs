//! Jinja2 over the source of an interview (`# use jinja`): pieces of a template become Python statements whose names are looked
//! up in a context.
//!
//! It is plain Jinja2, where a name that is missing is empty, and files include, import and extend one another. The context,
//! `_c`, is for whoever runs the Python: it keeps the scopes, the blocks and the way to other files. Nothing is evaluated here.

use super::Fault;
use super::expression::Expression;
use super::pieces::{Kind, Piece};
use crate::mako::{Output, string_literal};

/// Statements inside one another; Python itself allows a hundred.
const MAX_DEPTH: usize = 60;

/// Something that waits for its end.
enum Open {
    If,
    /// The number of its loop, and whether its `else` has begun.
    For(usize, bool),
    /// A text of its own, and the statement that uses it.
    Text(&'static str, String),
    /// Names of its own, in place: `with`, `autoescape`.
    Scope(&'static str),
}

#[derive(Default)]
struct Emitter {
    out: Output,
    open: Vec<(u32, Open)>,
    count: usize,
}

/// The whole template as Python.
pub(super) fn python(pieces: &[Piece<'_>], helpers: &str) -> Result<Output, Fault> {
    let mut emitter = Emitter::default();
    emitter.out.statement(1, helpers);
    emitter.parts(1);
    for piece in pieces {
        match &piece.kind {
            Kind::Text(text) => emitter.out.statement(piece.line, &format!("__write__({})", string_literal(text))),
            Kind::Expression(text) => {
                let value = Expression::whole_in_context(text, piece.line)?;
                emitter.out.statement(piece.line, &format!("__write__(_jinja_text({value}))"));
            }
            Kind::Statement(text) => emitter.statement(piece.line, text)?,
        }
    }
    if let Some((line, open)) = emitter.open.last() {
        return Err(Fault::new(*line, format!("there is no end{} to {}", open.word(), open.word())));
    }
    let last = emitter.out.lines.last().copied().unwrap_or(1);
    emitter.out.statement(last, "return _c.finish(''.join(__parts__))");
    Ok(emitter.out)
}

impl Open {
    fn word(&self) -> &'static str {
        match self {
            Open::If => "if",
            Open::For(..) => "for",
            Open::Text(word, _) | Open::Scope(word) => word,
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

    /// Begins a function that makes a text; `then` is what is done with it.
    fn text(&mut self, line: u32, word: &'static str, function: &str, then: String) -> Result<(), Fault> {
        self.out.statement(line, &format!("def {function}():"));
        self.begin(line, Open::Text(word, then))?;
        self.parts(line);
        Ok(())
    }

    fn statement(&mut self, line: u32, text: &str) -> Result<(), Fault> {
        let mut words = Expression::in_context(text, line)?;
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
            "extends" => {
                let name = words.expression()?;
                self.out.statement(line, &format!("_c.extend({name})"));
            }
            "include" => self.include(line, &mut words)?,
            "import" => self.import(line, &mut words)?,
            "from" => self.import_names(line, &mut words)?,
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
        let Some((_, Open::For(number, begun @ false))) = self.open.last_mut() else {
            return self.branch(line, "else:");
        };
        *begun = true;
        let number = *number;
        self.out.indent -= 1;
        self.end_loop(line, number);
        self.out.statement(line, &format!("if __turn_{number}__ is None:"));
        self.out.indent += 1;
        self.out.statement(line, "pass");
        Ok(())
    }

    fn begin_loop(&mut self, line: u32, words: &mut Expression) -> Result<(), Fault> {
        let target = as_literal(&words.target()?);
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
        if words.takes_word("recursive") {
            return Err(words.fault("recursive loops are not supported"));
        }
        let number = self.number();
        self.out.statement(line, &format!("__depth_{number}__ = _c.depth()"));
        self.out.statement(line, &format!("__turn_{number}__ = None"));
        self.out.statement(line, &format!("for __turn_{number}__ in _c.turns({items}, {target}, {condition}):"));
        self.begin(line, Open::For(number, false))?;
        self.out.statement(line, "pass");
        Ok(())
    }

    /// What a loop gave values to is forgotten, however it was left.
    fn end_loop(&mut self, line: u32, number: usize) {
        self.out.statement(line, &format!("_c.leave(__depth_{number}__)"));
    }

    fn set(&mut self, line: u32, words: &mut Expression) -> Result<(), Fault> {
        let target = as_literal(&words.target()?);
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
    fn parameters(words: &mut Expression) -> Result<String, Fault> {
        let mut parameters = String::new();
        while words.takes("(") || words.takes(",") {
            if words.takes(")") {
                return Ok(parameters);
            }
            let name = string_literal(&words.name()?);
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
        let name = string_literal(&words.name()?);
        let parameters = Self::parameters(words)?;
        let function = format!("__text_{}__", self.number());
        let then = format!("_c.put({name}, _c.macro({name}, ({parameters}), {function}))");
        self.text(line, "macro", &function, then)
    }

    /// `{% call(args) macro(...) %}`: a text that the macro may ask for.
    fn call(&mut self, line: u32, words: &mut Expression) -> Result<(), Fault> {
        let parameters = Self::parameters(words)?;
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
            let target = as_literal(&words.target()?);
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
        while words.takes_word("scoped") || words.takes_word("required") {}
        let function = format!("__text_{}__", self.number());
        self.text(line, "block", &function, format!("__write__(_c.block({name}, {function}))"))
    }

    /// `with context` or `without context`, if it is said.
    fn context(words: &mut Expression, usual: bool) -> &'static str {
        let said = match (words.takes_word("with"), words.takes_word("without")) {
            (true, _) => true,
            (_, true) => false,
            _ => usual,
        };
        words.takes_word("context");
        if said { "True" } else { "False" }
    }

    fn include(&mut self, line: u32, words: &mut Expression) -> Result<(), Fault> {
        let name = words.expression()?;
        let mut may_be_missing = "False";
        if words.takes_word("ignore") {
            if !words.takes_word("missing") {
                return Err(words.fault("expected missing after ignore"));
            }
            may_be_missing = "True";
        }
        let context = Self::context(words, true);
        self.out.statement(line, &format!("__write__(_c.include({name}, {may_be_missing}, {context}))"));
        Ok(())
    }

    fn import(&mut self, line: u32, words: &mut Expression) -> Result<(), Fault> {
        let name = words.expression()?;
        if !words.takes_word("as") {
            return Err(words.fault("expected as after the file that is imported"));
        }
        let target = string_literal(&words.name()?);
        let context = Self::context(words, false);
        self.out.statement(line, &format!("_c.put({target}, _c.load({name}, {context}))"));
        Ok(())
    }

    fn import_names(&mut self, line: u32, words: &mut Expression) -> Result<(), Fault> {
        let name = words.expression()?;
        if !words.takes_word("import") {
            return Err(words.fault("expected import after the file that is imported from"));
        }
        let mut names = String::new();
        while !words.is_over() && !words.is_word("with") && !words.is_word("without") {
            let wanted = words.name()?;
            let target = if words.takes_word("as") { words.name()? } else { wanted.clone() };
            names.push_str(&format!("({}, {}), ", string_literal(&wanted), string_literal(&target)));
            if !words.takes(",") {
                break;
            }
        }
        let context = Self::context(words, false);
        self.out.statement(line, &format!("_c.take({name}, ({names}), {context})"));
        Ok(())
    }

    fn end(&mut self, line: u32, word: &str) -> Result<(), Fault> {
        let open = self.open.pop().filter(|(_, open)| open.word() == word);
        let Some((_, open)) = open else {
            return Err(Fault::new(line, format!("Encountered unknown tag 'end{word}'.")));
        };
        match open {
            Open::If | Open::For(_, true) => self.out.indent -= 1,
            Open::For(number, false) => {
                self.out.indent -= 1;
                self.end_loop(line, number);
            }
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

/// Names, with commas and brackets between them, as a text or a tuple of texts.
fn as_literal(target: &str) -> String {
    let mut literal = String::with_capacity(target.len() + 8);
    let mut name = String::new();
    let mut several = false;
    for c in target.chars().chain([' ']) {
        if c.is_alphanumeric() || matches!(c, '_' | '.') {
            name.push(c);
            continue;
        }
        if !name.is_empty() {
            literal.push_str(&string_literal(&std::mem::take(&mut name)));
        }
        match c {
            ',' => {
                several = true;
                literal.push_str(", ");
            }
            '(' => literal.push('('),
            ')' => literal.push_str(", )"),
            _ => {}
        }
    }
    if several { format!("({literal},)") } else { literal }
}
