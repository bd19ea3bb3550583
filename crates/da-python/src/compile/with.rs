//! `with`: enter, guard the body, call `__exit__` on every way out.

use super::constant::refuse;
use super::unwind::Block;
use super::{Compiled, Compiler};
use crate::code::Op;
use ruff_python_ast::{Expr, Stmt, StmtWith, WithItem};

impl<'a> Compiler<'a, '_> {
    pub(super) fn with_statement(&mut self, node: &'a StmtWith) -> Compiled {
        if node.is_async {
            return Err(refuse("'async with' statements", node));
        }
        self.with_items(&node.items, &node.body)
    }

    fn with_items(&mut self, items: &'a [WithItem], body: &'a [Stmt]) -> Compiled {
        let Some((item, others)) = items.split_first() else { return self.statements(body) };
        let (fails, suppressed, end) = (self.unit.label(), self.unit.label(), self.unit.label());
        self.at(item);
        let line = self.line;
        self.expr(&item.context_expr)?;
        self.emit(Op::EnterWith)?;
        // Storing into a name cannot fail. Any other target is assigned under the guard, so the value
        // stays on the stack below what the guard keeps.
        let target = item.optional_vars.as_deref();
        let value = match target {
            None => self.emit(Op::Pop).map(|()| false)?,
            Some(Expr::Name(name)) => self.store_text(&name.id).map(|()| false)?,
            Some(_) => true,
        };
        self.emit(Op::PushHandler(fails.operand()))?;
        self.unit.blocks.push(Block::With { value });
        if let Some(target) = target.filter(|_| value) {
            self.emit(Op::Dup)?;
            self.assign(target)?;
        }
        self.with_items(others, body)?;
        self.unit.blocks.pop();
        self.line = line;
        self.span = (0, 0);
        self.emit(Op::PopHandler)?;
        if value {
            self.emit(Op::Pop)?;
        }
        self.call_exit(false)?;
        self.emit(Op::Jump(end.operand()))?;
        self.unit.bind(fails);
        if value {
            self.emit(Op::Swap)?;
            self.emit(Op::Pop)?;
        }
        self.emit(Op::CallExit)?;
        self.emit(Op::JumpIfTrue(suppressed.operand()))?;
        self.emit(Op::RaiseAgain)?;
        self.unit.bind(suppressed);
        self.emit(Op::EndHandler)?;
        self.emit(Op::Pop)?;
        self.emit(Op::Pop)?;
        self.unit.bind(end);
        Ok(())
    }

    /// `exit(None, None, None)` when nothing was raised; `keep` says that a value lies above `exit`.
    pub(super) fn call_exit(&mut self, keep: bool) -> Compiled {
        if keep {
            self.emit(Op::Swap)?;
        }
        for _ in 0..3 {
            self.emit_none()?;
        }
        self.emit(Op::Call(3))?;
        self.emit(Op::Pop)
    }
}
