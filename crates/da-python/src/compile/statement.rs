//! Statements. Compound ones have files of their own.

use super::constant::refuse;
use super::{Compiled, Compiler};
use crate::code::{CodeKind, Op};
use crate::syntax::Fault;
use ruff_python_ast::{Expr, Stmt, StmtAssert, StmtIf, StmtReturn};
use ruff_text_size::Ranged;

/// CPython gives up on about so many `elif`.
const MAX_BRANCHES: usize = 3000;

impl<'a> Compiler<'a, '_> {
    pub(super) fn statements(&mut self, body: &'a [Stmt]) -> Compiled {
        body.iter().try_for_each(|stmt| self.statement(stmt))
    }

    fn statement(&mut self, stmt: &'a Stmt) -> Compiled {
        self.at(stmt);
        match stmt {
            Stmt::Expr(node) => self.expression_statement(&node.value),
            Stmt::Assign(node) => {
                self.expr(&node.value)?;
                for (index, target) in node.targets.iter().enumerate() {
                    if index + 1 < node.targets.len() {
                        self.emit(Op::Dup)?;
                    }
                    self.assign(target)?;
                }
                Ok(())
            }
            Stmt::AugAssign(node) => self.augmented(node),
            Stmt::AnnAssign(node) => self.annotated(node),
            Stmt::If(node) => self.if_statement(node),
            Stmt::For(node) => self.for_loop(node),
            Stmt::While(node) => self.while_loop(node),
            Stmt::FunctionDef(node) => self.function(node),
            Stmt::ClassDef(node) => self.class(node),
            Stmt::Return(node) => self.return_statement(node),
            Stmt::Try(node) => self.try_statement(node),
            Stmt::With(node) => self.with_statement(node),
            Stmt::Raise(node) => self.raise(node),
            Stmt::Assert(node) => self.assert(node),
            Stmt::Match(node) => self.match_statement(node),
            Stmt::Import(node) => self.import(node),
            Stmt::ImportFrom(node) => self.import_from(node),
            Stmt::Delete(node) => node.targets.iter().try_for_each(|target| self.delete_target(target)),
            Stmt::Break(_) => self.leave_loop(true, stmt),
            Stmt::Continue(_) => self.leave_loop(false, stmt),
            Stmt::Pass(_) | Stmt::Global(_) | Stmt::Nonlocal(_) => Ok(()),
            Stmt::TypeAlias(_) => Err(refuse("'type' statements", stmt)),
            Stmt::IpyEscapeCommand(_) => Err(Fault::new("invalid syntax", u32::from(stmt.start()))),
        }
    }

    fn expression_statement(&mut self, value: &'a Expr) -> Compiled {
        // Constants do nothing, but a number that cannot be one is still an error.
        if self.constant_of(value)?.is_some() {
            return Ok(());
        }
        self.expr(value)?;
        self.emit(Op::Pop)
    }

    fn leave_loop(&mut self, breaks: bool, at: &Stmt) -> Compiled {
        if self.unwind_to_loop(breaks)?.is_some() {
            return Ok(());
        }
        let message = if breaks { "'break' outside loop" } else { "'continue' not properly in loop" };
        Err(Fault::new(message, u32::from(at.start())))
    }

    fn if_statement(&mut self, node: &'a StmtIf) -> Compiled {
        if node.elif_else_clauses.len() > MAX_BRANCHES {
            return Err(Fault::new(format!("too many 'elif' (more than {MAX_BRANCHES})"), u32::from(node.start())));
        }
        let end = self.unit.label();
        let mut next = self.unit.label();
        self.jump_if(&node.test, false, next)?;
        self.statements(&node.body)?;
        for clause in &node.elif_else_clauses {
            self.emit(Op::Jump(end.operand()))?;
            self.unit.bind(next);
            next = self.unit.label();
            self.at(clause);
            if let Some(test) = &clause.test {
                self.jump_if(test, false, next)?;
            }
            self.statements(&clause.body)?;
        }
        self.unit.bind(next);
        self.unit.bind(end);
        Ok(())
    }

    fn return_statement(&mut self, node: &'a StmtReturn) -> Compiled {
        if !matches!(self.unit.kind, CodeKind::Function | CodeKind::Generator) {
            return Err(Fault::new("'return' outside function", u32::from(node.start())));
        }
        match &node.value {
            Some(value) => self.expr(value)?,
            None => self.emit_none()?,
        }
        self.unwind_for_return()?;
        self.emit(Op::Return)
    }

    fn assert(&mut self, node: &'a StmtAssert) -> Compiled {
        let end = self.unit.label();
        self.jump_if(&node.test, true, end)?;
        match &node.msg {
            Some(message) => self.expr(message)?,
            None => self.emit_none()?,
        }
        self.emit(Op::RaiseAssertion)?;
        self.unit.bind(end);
        Ok(())
    }
}
