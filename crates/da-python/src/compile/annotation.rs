//! Annotations of variables, and what a module or class body begins with.

use super::{Compiled, Compiler};
use crate::code::{CodeKind, Op};
use ruff_python_ast::statement_visitor::{StatementVisitor, walk_stmt};
use ruff_python_ast::{Expr, Stmt, StmtAnnAssign};
use ruff_text_size::Ranged;

impl<'a> Compiler<'a, '_> {
    /// The docstring of a body, without indentation removed.
    pub(super) fn docstring(body: &'a [Stmt]) -> Option<&'a str> {
        match body.first() {
            Some(Stmt::Expr(node)) => match &*node.value {
                Expr::StringLiteral(text) => Some(text.value.to_str()),
                _ => None,
            },
            _ => None,
        }
    }

    /// Makes `__annotations__` and stores `__doc__`, each only when the body needs it.
    pub(super) fn module_prologue(&mut self, body: &'a [Stmt]) -> Compiled {
        if has_annotations(body) {
            self.emit(Op::SetupAnnotations)?;
        }
        if let Some(doc) = Self::docstring(body) {
            self.at(&body[0]);
            self.unit.doc = Some(doc.into());
            self.emit_text(doc)?;
            self.store_text("__doc__")?;
        }
        Ok(())
    }

    /// `target: annotation = value`
    pub(super) fn annotated(&mut self, node: &'a StmtAnnAssign) -> Compiled {
        if let Some(value) = &node.value {
            self.expr(value)?;
            self.assign(&node.target)?;
        }
        if !matches!(self.unit.kind, CodeKind::Module | CodeKind::Class) {
            return Ok(());
        }
        match &*node.target {
            Expr::Name(name) if node.simple => {
                self.annotation(&node.annotation)?;
                self.load_text("__annotations__")?;
                let symbol = self.symbol(&name.id);
                let text = self.symbols.text(symbol).to_owned();
                self.emit_text(&text)?;
                self.emit(Op::StoreItem)
            }
            Expr::Name(_) => self.discard(&node.annotation),
            Expr::Attribute(target) if node.value.is_none() => {
                self.discard(&target.value)?;
                self.discard(&node.annotation)
            }
            Expr::Subscript(target) if node.value.is_none() => {
                self.discard(&target.value)?;
                self.discard(&target.slice)?;
                self.discard(&node.annotation)
            }
            _ => self.discard(&node.annotation),
        }
    }

    fn discard(&mut self, expr: &'a Expr) -> Compiled {
        self.expr(expr)?;
        self.emit(Op::Pop)
    }

    /// The value of an annotation, or its text after `from __future__ import annotations`.
    pub(super) fn annotation(&mut self, expr: &'a Expr) -> Compiled {
        if !self.text_annotations {
            return match expr {
                Expr::Starred(starred) => {
                    self.expr(&starred.value)?;
                    self.emit(Op::Unpack(1))
                }
                _ => self.expr(expr),
            };
        }
        let range = expr.range();
        let source = self.source;
        self.emit_text(source.get(range.start().to_usize()..range.end().to_usize()).unwrap_or_default())
    }
}

/// Whether a body annotates variables, at any depth of its own statements.
fn has_annotations(body: &[Stmt]) -> bool {
    struct Finder(bool);
    impl<'a> StatementVisitor<'a> for Finder {
        fn visit_stmt(&mut self, stmt: &'a Stmt) {
            match stmt {
                Stmt::AnnAssign(node) => self.0 |= node.simple,
                Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
                _ if !self.0 => walk_stmt(self, stmt),
                _ => {}
            }
        }
    }
    let mut finder = Finder(false);
    body.iter().for_each(|stmt| finder.visit_stmt(stmt));
    finder.0
}
