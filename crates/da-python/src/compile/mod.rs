//! The compiler: a syntax tree becomes [`Code`].
//!
//! Two walks: [`analyse`] finds out where each name lives, then the code is emitted, with jumps to
//! labels that are resolved when a unit is done. A file per kind of construct. Nothing here runs
//! code or knows a heap.
//!
//! What the machine is promised:
//! - A class body returns its `__class__` cell, or `None` when no method needs one; building a class
//!   stores the new class into that cell, where `super()` finds it as the free variable `__class__`.
//!   The body stores `__qualname__` and, with a docstring, `__doc__`; `__module__` is the machine's.
//! - Locals whose name begins with a dot are the compiler's own: `.0` is the iterator that a
//!   comprehension is called with, the others hold the values of a `match`. Every kind of code may
//!   have them.
//! - A guard ([`Op::PushHandler`](crate::code::Op::PushHandler)) ends when it catches. Exceptions
//!   that were being handled inside what it guards are no longer handled then.

mod analyse;
mod annotation;
mod call;
mod class;
mod comprehension;
mod condition;
mod constant;
mod exception;
mod expression;
mod fstring;
mod function;
mod group;
mod import;
mod loops;
mod matching;
mod naming;
mod operator;
mod scope;
mod statement;
mod symbol;
mod target;
#[cfg(test)]
mod tests;
mod unit;
mod unwind;
mod with;

use crate::code::{Code, CodeKind, Op};
use crate::syntax::{Fault, Guard, Lines, SyntaxError, Tree, TreeKind, with_tree};
use analyse::{Analysis, analyse};
use ruff_text_size::Ranged;
use scope::{Flags, ScopeId, ScopeKind, Scopes};
use std::sync::Arc;
use symbol::Symbols;
use unit::Unit;

/// What a piece of source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// A module or block: names live in the namespace that it runs in.
    Module,
    /// One expression; running it returns its value.
    Expression,
    /// The body of a function without parameters whose variables, when unset, are looked up as
    /// globals: a template reads the answers, and what it assigns stays its own.
    Template,
}

/// Compiles `source`; `file` names it in messages.
///
/// ```
/// use da_python::machine::{Mode, compile};
/// let code = compile("total = price * 2", "question.yml", Mode::Module).unwrap();
/// assert_eq!(code.name.text(), "<module>");
/// assert_eq!(
///     compile("total = = 2", "question.yml", Mode::Module).unwrap_err().to_string(),
///     "invalid syntax (question.yml, line 1)"
/// );
/// ```
pub fn compile(source: &str, file: &str, mode: Mode) -> Result<Arc<Code>, SyntaxError> {
    compile_with_lines(source, file, mode, &|line| line)
}

/// As [`compile`], with a map from the lines of `source` to those of the file that it stands in.
pub fn compile_with_lines(
    source: &str,
    file: &str,
    mode: Mode,
    line_of: &dyn Fn(u32) -> u32,
) -> Result<Arc<Code>, SyntaxError> {
    compile_guarded(source, file, mode, line_of, &Guard::default())
}

/// As [`compile_with_lines`], with limits of one's own on the size and depth of the source.
pub fn compile_guarded(
    source: &str,
    file: &str,
    mode: Mode,
    line_of: &dyn Fn(u32) -> u32,
    guard: &Guard,
) -> Result<Arc<Code>, SyntaxError> {
    let file: Arc<str> = Arc::from(file);
    let kind = if mode == Mode::Expression { TreeKind::Expression } else { TreeKind::Module };
    // `eval` ignores blanks before an expression.
    let text = if mode == Mode::Expression { source.trim_start_matches([' ', '\t']) } else { source };
    with_tree(text, &file, kind, guard, line_of, |tree, lines| {
        let analysis = analyse(&tree, mode)?;
        Compiler::new(text, &file, mode, lines, line_of, analysis).root(&tree)
    })
}

type Compiled<T = ()> = Result<T, Box<Fault>>;

/// The state of one compilation.
struct Compiler<'a, 's> {
    source: &'s str,
    file: &'s Arc<str>,
    mode: Mode,
    lines: &'s Lines<'s>,
    line_of: &'s dyn Fn(u32) -> u32,
    symbols: Symbols,
    scopes: Scopes<'a>,
    by_node: hashbrown::HashMap<usize, ScopeId>,
    /// The unit being emitted; those around it wait in `outer`.
    unit: Unit<'a>,
    outer: Vec<Unit<'a>>,
    /// How many instructions may still be emitted: bodies of `finally` are duplicated, so nested
    /// ones could grow without bound.
    budget: usize,
    /// The present line of the source, and the offsets that are on it.
    line: u32,
    span: (u32, u32),
    /// `from __future__ import annotations` was seen.
    text_annotations: bool,
}

/// Instructions that are always allowed, and for each byte of source.
const BUDGET: usize = 20_000;
const BUDGET_PER_BYTE: usize = 16;

impl<'a, 's> Compiler<'a, 's> {
    fn new(
        source: &'s str,
        file: &'s Arc<str>,
        mode: Mode,
        lines: &'s Lines<'s>,
        line_of: &'s dyn Fn(u32) -> u32,
        analysis: Analysis<'a>,
    ) -> Self {
        let Analysis { mut symbols, scopes, by_node } = analysis;
        let (kind, name) = match mode {
            Mode::Module => (CodeKind::Module, "<module>"),
            Mode::Expression => (CodeKind::Expression, "<expression>"),
            Mode::Template => (CodeKind::Function, "<template>"),
        };
        let symbol = symbols.intern(name);
        let name = symbols.name(symbol).clone();
        let unit = Unit::new(ScopeId(0), kind, name.clone(), Arc::clone(name.shared()));
        Compiler {
            source,
            file,
            mode,
            lines,
            line_of,
            symbols,
            scopes,
            by_node,
            unit,
            outer: Vec::new(),
            budget: BUDGET + BUDGET_PER_BYTE * source.len(),
            line: 1,
            span: (0, 0),
            text_annotations: false,
        }
    }

    fn root(mut self, tree: &Tree<'a>) -> Compiled<Arc<Code>> {
        match tree {
            Tree::Expression(expression) => {
                self.expr(expression)?;
                self.emit(Op::Return)?;
            }
            Tree::Module(body) => {
                if self.mode == Mode::Module {
                    self.module_prologue(body)?;
                }
                self.statements(body)?;
                self.emit_none()?;
                self.emit(Op::Return)?;
            }
        }
        let unit = std::mem::replace(&mut self.unit, Unit::empty());
        Ok(Arc::new(self.finish(unit)))
    }

    /// Emits an instruction at the present line.
    fn emit(&mut self, op: Op) -> Compiled {
        if self.budget == 0 {
            return Err(Fault::new("code is too large ('finally' bodies are nested too deeply)", self.span.0));
        }
        self.budget -= 1;
        self.unit.push(op, self.line);
        Ok(())
    }

    /// Goes to the line of a node; the line before is given back.
    fn at(&mut self, node: &impl Ranged) -> u32 {
        let before = self.line;
        let offset = u32::from(node.start());
        if offset < self.span.0 || offset >= self.span.1 {
            let line = self.lines.line(offset);
            self.span = self.lines.span(line);
            self.line = (self.line_of)(line);
        }
        before
    }

    /// Starts a unit inside the present one.
    fn enter(&mut self, scope: ScopeId, kind: CodeKind, name: &str) {
        let symbol = self.symbols.intern(name);
        let name = self.symbols.name(symbol).clone();
        let qualname = self.qualname(name.text());
        let mut unit = Unit::new(scope, kind, name, qualname);
        unit.first_line = self.line;
        self.outer.push(std::mem::replace(&mut self.unit, unit));
    }

    fn qualname(&mut self, name: &str) -> Arc<str> {
        let scope = self.scopes.get(self.unit.scope);
        // A function or class that is declared `global` is named as if it stood there.
        let symbol = self.symbols.mangle(scope.private, name);
        match self.unit.kind {
            _ if scope.flags(symbol).has(Flags::GLOBAL) => Arc::from(name),
            CodeKind::Module | CodeKind::Expression => Arc::from(name),
            CodeKind::Class => format!("{}.{name}", self.unit.qualname).into(),
            _ if scope.kind == ScopeKind::Comprehension => format!("{}.{name}", self.unit.qualname).into(),
            CodeKind::Function | CodeKind::Generator => format!("{}.<locals>.{name}", self.unit.qualname).into(),
        }
    }

    /// Ends the present unit and goes back to the one around it.
    fn leave(&mut self) -> Arc<Code> {
        let outer = self.outer.pop().unwrap_or_else(Unit::empty);
        let unit = std::mem::replace(&mut self.unit, outer);
        Arc::new(self.finish(unit))
    }

    fn finish(&self, unit: Unit<'a>) -> Code {
        let scope = self.scopes.get(unit.scope);
        let names = |symbols: &[symbol::Symbol]| -> Vec<crate::code::Name> {
            symbols.iter().map(|symbol| self.symbols.name(*symbol).clone()).collect()
        };
        let mut locals = names(&scope.locals);
        locals.extend((0..unit.temporaries()).map(|index| crate::code::Name::new(&format!(".match{index}"))));
        let cell_params = (0u32..)
            .zip(&scope.cells)
            .filter_map(|(cell, symbol)| {
                let local = scope.locals.iter().position(|local| local == symbol)?;
                Some((cell, u32::try_from(local).ok()?))
            })
            .collect();
        unit.into_code(self.file, locals.into(), names(&scope.cells).into(), cell_params, names(&scope.free).into())
    }
}
