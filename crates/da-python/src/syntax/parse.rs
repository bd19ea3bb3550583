//! Parsing on a stack that is large enough, and what is done with the tree there.
//!
//! The tree is dropped before the larger stack is given back; it never escapes.

use super::{Guard, Lines, SyntaxError, advice, fstring, guard::Refusal, message};
use ruff_python_ast::token::Token;
use ruff_python_ast::{Expr, Mod, PythonVersion, Stmt};
use ruff_python_parser::{Mode, ParseError, ParseOptions};
use ruff_text_size::Ranged;
use std::sync::Arc;

/// What the source is expected to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TreeKind {
    Module,
    Expression,
}

/// A parsed source.
pub(crate) enum Tree<'a> {
    Module(&'a [Stmt]),
    Expression(&'a Expr),
}

/// Something wrong at an offset of the source.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) message: String,
    pub(crate) offset: u32,
}

impl Fault {
    /// Boxed, so that results stay small.
    pub(crate) fn new(message: impl Into<String>, offset: u32) -> Box<Self> {
        Box::new(Fault { message: message.into(), offset })
    }
}

/// The stack that a tree within the guard needs: for the walk over a valid tree at the limit of depth
/// (frames are larger without optimisation), and, for what the scan of tokens may have missed in
/// invalid source, for dropping a tree as deep as the source is long.
const WALK_STACK: usize = 128 << 10;
const STACK_PER_LEVEL: usize = if cfg!(debug_assertions) { 5 << 10 } else { 1 << 10 };
const STACK_PER_BYTE: usize = 256;

/// Parses `source` and gives the tree to `read`. `line_of` maps lines for errors.
pub(crate) fn with_tree<T>(
    source: &str,
    file: &Arc<str>,
    kind: TreeKind,
    guard: &Guard,
    line_of: &dyn Fn(u32) -> u32,
    read: impl FnOnce(Tree<'_>, &Lines<'_>) -> Result<T, Box<Fault>>,
) -> Result<T, SyntaxError> {
    guard.check(source).map_err(|refusal| refused(refusal, source, file, line_of))?;
    let lines = Lines::new(source);
    let need = WALK_STACK + STACK_PER_LEVEL * guard.max_depth as usize + STACK_PER_BYTE * source.len();
    stacker::maybe_grow(need, need + (64 << 10), || parse_and_read(source, kind, (&lines, line_of), read))
        .map_err(|fault| located(&fault, &lines, file, line_of))
}

fn parse_and_read<T>(
    source: &str,
    kind: TreeKind,
    (lines, line_of): (&Lines<'_>, &dyn Fn(u32) -> u32),
    read: impl FnOnce(Tree<'_>, &Lines<'_>) -> Result<T, Box<Fault>>,
) -> Result<T, Box<Fault>> {
    let mode = if kind == TreeKind::Module { Mode::Module } else { Mode::Expression };
    let options = ParseOptions::from(mode).with_target_version(PythonVersion::PY312);
    let parsed = ruff_python_parser::parse_unchecked(source, options);
    if let Some(error) = parsed.errors().first() {
        let line_at = |offset| line_of(lines.line(offset));
        return Err(parse_fault(error, parsed.tokens(), source, lines, &line_at));
    }
    if let Some(error) = parsed.unsupported_syntax_errors().first() {
        return Err(Fault::new(message::of_newer_syntax(error), u32::from(error.range().start())));
    }
    match parsed.syntax() {
        Mod::Module(module) => read(Tree::Module(&module.body), lines),
        Mod::Expression(expression) => read(Tree::Expression(&expression.body), lines),
    }
}

fn parse_fault(
    error: &ParseError,
    tokens: &[Token],
    source: &str,
    lines: &Lines<'_>,
    line_at: &dyn Fn(u32) -> u32,
) -> Box<Fault> {
    let offset = u32::from(error.location.start());
    if let Some(message) = fstring::fault_at(source, offset as usize) {
        return Fault::new(message, offset);
    }
    let message = message::of_parse_error(error, source);
    let at_end = message == "unexpected EOF while parsing";
    if (at_end || message == "invalid syntax")
        && let Some((bracket, opened)) = message::unclosed(tokens, offset)
        && (at_end || lines.line(opened) < lines.line(offset))
    {
        return Fault::new(format!("'{bracket}' was never closed"), opened);
    }
    if message == "invalid syntax"
        && let Some((message, start)) = advice::is_old_print(offset, source, lines)
    {
        return Fault::new(message, start);
    }
    let better = advice::instead_of(&message, offset, tokens, source, line_at);
    Fault::new(better.unwrap_or(message), offset)
}

fn refused(refusal: Refusal, source: &str, file: &Arc<str>, line_of: &dyn Fn(u32) -> u32) -> SyntaxError {
    let text = source.lines().nth(refusal.line.saturating_sub(1) as usize).unwrap_or("");
    SyntaxError {
        message: refusal.message,
        file: Arc::clone(file),
        line: line_of(refusal.line),
        column: 1,
        text: text.chars().take(200).collect(),
    }
}

fn located(fault: &Fault, lines: &Lines<'_>, file: &Arc<str>, line_of: &dyn Fn(u32) -> u32) -> SyntaxError {
    let line = lines.line(fault.offset);
    SyntaxError {
        message: fault.message.clone(),
        file: Arc::clone(file),
        line: line_of(line),
        column: lines.column(fault.offset),
        text: lines.text(line),
    }
}
