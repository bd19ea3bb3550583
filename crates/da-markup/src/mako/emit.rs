//! Pieces of a template become Python statements.
//!
//! Control lines open and close blocks here, so that the Python is well-formed whatever the template;
//! everything inside is left to the Python compiler.

use super::Fault;
use super::lexer::{Kind, Piece};
use super::output::{Output, string_literal};
use super::own_text::Uses;
use super::scan::{python_end, uses_name};
use super::tags::{Container, Function};
use super::{WRITE, filter, indent, loops};

/// Blocks inside one another; Python itself allows a hundred.
pub(super) const MAX_DEPTH: usize = 80;

/// The whole template as Python.
pub(super) fn python(pieces: &[Piece<'_>]) -> Result<Output, Fault> {
    let uses = Uses::of(pieces);
    let base = usize::from(uses.returns);
    let (loop_used, out) = (loop_uses(pieces), Output::indented(base));
    let mut emitter = Emitter { loop_used, uses, base, out, ..Emitter::default() };
    for (index, piece) in pieces.iter().enumerate() {
        emitter.piece(index, piece)?;
    }
    emitter.finish()
}

/// Something that waits for its end.
#[derive(Debug)]
pub(super) struct Open<'t> {
    pub(super) line: u32,
    pub(super) what: What<'t>,
}

#[derive(Debug)]
pub(super) enum What<'t> {
    /// A control line; for a `for` that uses `loop`, the number of its loop.
    Control(&'t str, Option<usize>),
    /// `<%def>`, `<%block>` with a name.
    Function(Function<'t>),
    /// `<%call>`, `<%namespace>`.
    Container(Box<Container<'t>>),
    /// `<%block>`, `<%text>`, `<%page>`: written in place; how, if it is held back.
    InPlace(&'t str, Option<(&'t str, bool)>),
}

#[derive(Default)]
pub(super) struct Emitter<'t> {
    /// `<%! %>` blocks.
    module: Output,
    /// `<%def>`s, which may be called before the place where they stand.
    pub(super) functions: Output,
    pub(super) out: Output,
    pub(super) open: Vec<Open<'t>>,
    /// What the template uses of Mako.
    pub(super) uses: Uses,
    /// How far the text is indented: it is a function where its code may return.
    pub(super) base: usize,
    /// For each piece, whether it is a `% for` inside of which `loop` is used.
    loop_used: Vec<bool>,
    /// The loops that are open and have a `loop`, by number; and how many there were.
    loops: Vec<usize>,
    loop_count: usize,
    pub(super) functions_open: usize,
    pub(super) container_count: usize,
}

impl<'t> Emitter<'t> {
    fn piece(&mut self, index: usize, piece: &Piece<'t>) -> Result<(), Fault> {
        let line = piece.line;
        match &piece.kind {
            Kind::Text(text) if text.is_empty() => Ok(()),
            Kind::Text(text) => {
                self.out.statement(line, &format!("{WRITE}({})", string_literal(text)));
                Ok(())
            }
            Kind::Expression { code, filters } => self.expression(line, code, filters),
            Kind::Control { keyword, text } => self.control(index, line, keyword, text),
            Kind::End(keyword) => self.end(line, keyword),
            Kind::Code { code, module } => {
                self.code(line, code, *module);
                Ok(())
            }
            Kind::Open { tag, attributes, closed } => self.open_tag(line, tag, attributes, *closed),
            Kind::Close(tag) => self.close_tag(line, tag),
        }
    }

    fn expression(&mut self, line: u32, code: &str, filters: &str) -> Result<(), Fault> {
        if code.trim().is_empty() {
            return Err(Fault::new(line, "there is nothing between ${ and }"));
        }
        // A comment would swallow the closing bracket.
        let inner = if code.contains('#') { format!("({code}\n)") } else { format!("({})", trim_keeping_lines(code)) };
        let value = filter::apply(&inner, filters, &self.uses.filters);
        self.out.statement(line, &format!("{WRITE}({value})"));
        Ok(())
    }

    fn control(&mut self, index: usize, line: u32, keyword: &'t str, text: &str) -> Result<(), Fault> {
        let fault = |message: String| Err(Fault::new(line, message));
        let code = without_comment(text);
        if !matches!(keyword, "if" | "elif" | "else" | "for" | "while" | "try" | "except" | "finally" | "with") {
            return fault(format!("Unsupported control keyword: '{keyword}'"));
        }
        if !code.ends_with(':') {
            return fault(format!("Fragment '{code}' is not a partial control statement"));
        }
        if matches!(keyword, "elif" | "else" | "except" | "finally") {
            self.expect_branch(line, keyword)?;
            self.out.indent -= 1;
            self.out.statement(line, code);
        } else {
            if self.open.len() >= MAX_DEPTH {
                return fault("control lines are nested too deeply".to_owned());
            }
            let number = self.begin_loop(index, line, code);
            if number.is_none() {
                self.out.statement(line, code);
            }
            self.open.push(Open { line, what: What::Control(keyword, number) });
        }
        self.out.indent += 1;
        // The block may turn out to be empty.
        self.out.statement(line, "pass");
        Ok(())
    }

    /// `else` and its kin continue a block of the right kind.
    fn expect_branch(&self, line: u32, keyword: &str) -> Result<(), Fault> {
        let Some(Open { what: What::Control(started, _), .. }) = self.open.last() else {
            return Err(Fault::new(line, format!("'% {keyword}' continues nothing")));
        };
        let fits = match *started {
            "if" => matches!(keyword, "elif" | "else"),
            "for" | "while" => keyword == "else",
            "try" => matches!(keyword, "except" | "else" | "finally"),
            _ => false,
        };
        if fits { Ok(()) } else { Err(Fault::new(line, format!("'% {keyword}' cannot continue '% {started}'"))) }
    }

    fn begin_loop(&mut self, index: usize, line: u32, code: &str) -> Option<usize> {
        if !self.loop_used.get(index).copied().unwrap_or(false) {
            return None;
        }
        let (target, iterable) = loops::split(code)?;
        self.loop_count += 1;
        let number = self.loop_count;
        let parent = self.loops.last().map_or("None".to_owned(), |outer| format!("__loop_{outer}__"));
        self.out.statement(line, &format!("__loop_{number}__ = loop = __Loop__(({iterable}), {parent})"));
        self.out.statement(line, &format!("for {target} in __loop_{number}__:"));
        self.loops.push(number);
        Some(number)
    }

    fn end(&mut self, line: u32, keyword: &str) -> Result<(), Fault> {
        match self.open.pop() {
            Some(Open { what: What::Control(started, number), .. }) if started == keyword => {
                self.out.indent -= 1;
                if number.is_some() {
                    self.loops.pop();
                    let restore = match self.loops.last() {
                        Some(outer) => format!("loop = __loop_{outer}__"),
                        None => "del loop".to_owned(),
                    };
                    self.out.statement(line, &restore);
                }
                Ok(())
            }
            Some(Open { what: What::Control(started, _), .. }) => {
                Err(Fault::new(line, format!("Starting keyword '{started}' doesn't match keyword 'end{keyword}'")))
            }
            _ => Err(Fault::new(line, format!("No starting keyword '{keyword}' for 'end{keyword}'"))),
        }
    }

    fn code(&mut self, line: u32, code: &str, module: bool) {
        let out = if module { &mut self.module } else { &mut self.out };
        for (number, (text, inside_string)) in (line..).zip(indent::lines(code)) {
            if inside_string || text.trim().is_empty() {
                out.push_line(number, text);
            } else {
                let margin = " ".repeat(out.indent);
                out.push_line(number, &format!("{margin}{text}"));
            }
        }
    }

    fn finish(self) -> Result<Output, Fault> {
        if let Some(open) = self.open.last() {
            let message = match &open.what {
                What::Control(keyword, _) => format!("Unterminated control keyword: '{keyword}'"),
                What::Function(function) => format!("Unclosed tag: <%{}>", function.tag),
                What::Container(container) => format!("Unclosed tag: <%{}>", container.tag),
                What::InPlace(tag, _) => format!("Unclosed tag: <%{tag}>"),
            };
            return Err(Fault::new(open.line, message));
        }
        let mut all = Output::default();
        let loops = (self.loop_count > 0).then_some(loops::CLASS);
        for class in loops.into_iter().chain(self.uses.classes()) {
            class.lines().for_each(|text| all.push_line(1, text));
        }
        all.append(self.module);
        for text in self.uses.beginning() {
            all.push_line(1, text);
        }
        if self.uses.returns {
            all.push_line(1, "def __whole__():");
            all.push_line(1, " pass");
        }
        all.append(self.functions);
        all.append(self.out);
        let last = all.lines.last().copied().unwrap_or(1);
        if self.uses.returns {
            all.push_line(last, "__whole__()");
        }
        all.push_line(last, self.uses.ending());
        Ok(all)
    }
}

/// For each piece, whether it is a `% for` inside of which the name `loop` is used.
fn loop_uses(pieces: &[Piece<'_>]) -> Vec<bool> {
    let mut used = vec![false; pieces.len()];
    let mut open: Vec<usize> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        let uses = match &piece.kind {
            Kind::Control { keyword: "for", text } => {
                // The iterable of a `for` belongs to the loop around it.
                mark(&mut used, &open, uses_name(text, "loop"));
                open.push(index);
                false
            }
            Kind::End("for") => {
                let inner = open.pop();
                // `loop.parent` needs the loop around it as well.
                inner.is_some_and(|inner| used[inner])
            }
            Kind::Control { text, .. } => uses_name(text, "loop"),
            Kind::Expression { code, filters } => uses_name(code, "loop") || uses_name(filters, "loop"),
            Kind::Code { code, .. } => uses_name(code, "loop"),
            _ => false,
        };
        mark(&mut used, &open, uses);
    }
    used
}

fn mark(used: &mut [bool], open: &[usize], uses: bool) {
    if let (true, Some(innermost)) = (uses, open.last()) {
        used[*innermost] = true;
    }
}

/// White space around an expression, without losing count of its lines.
fn trim_keeping_lines(code: &str) -> &str {
    code.trim_end().trim_start_matches([' ', '\t'])
}

/// A control line without the comment at its end.
fn without_comment(text: &str) -> &str {
    match python_end(text, &["#"], false) {
        Some((at, _)) => text[..at].trim_end(),
        None => text.trim_end(),
    }
}
