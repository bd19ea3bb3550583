//! `except*`: handlers that each take their part of a group of exceptions. What is split and joined is said in Python
//! (`prelude/_groups.py`): an object of its class `Handling` lies on the stack while the handlers run.
//!
//! Nothing leaves a handler early: `return`, `break` and `continue` in it are refused.

use super::symbol::Symbol;
use super::unwind::Block;
use super::{Compiled, Compiler};
use crate::code::Op;
use crate::syntax::Fault;
use ruff_python_ast::{ExceptHandler, ExceptHandlerExceptHandler, StmtTry};
use ruff_text_size::Ranged;

/// The module that splits and joins.
const MODULE: &str = "_groups";

impl<'a> Compiler<'a, '_> {
    pub(super) fn try_except_group(&mut self, node: &'a StmtTry) -> Compiled {
        let (fails, end, nothing_left) = (self.unit.label(), self.unit.label(), self.unit.label());
        self.guarded(node, fails, end)?;
        let module = self.module_name(MODULE);
        self.emit(Op::ImportName { name: module, level: 0, top: false })?;
        self.load_member("Handling")?;
        self.emit(Op::Swap)?;
        self.emit(Op::Call(1))?;
        for handler in &node.handlers {
            let ExceptHandler::ExceptHandler(handler) = handler;
            self.group_handler(handler)?;
        }
        self.emit(Op::Dup)?;
        self.load_member("is_left")?;
        self.emit(Op::Call(0))?;
        self.emit(Op::JumpIfFalse(nothing_left.operand()))?;
        self.load_member("left")?;
        self.emit(Op::RaiseAgain)?;
        self.unit.bind(nothing_left);
        self.emit(Op::Pop)?;
        self.emit(Op::EndHandler)?;
        self.unit.bind(end);
        Ok(())
    }

    fn load_member(&mut self, name: &str) -> Compiled {
        let name = self.module_name(name);
        self.emit(Op::LoadAttr(name))
    }

    fn forget(&mut self, symbol: Option<Symbol>) -> Compiled {
        symbol.map_or(Ok(()), |symbol| self.unset(symbol))
    }

    /// Runs with what handles the group on the stack, and leaves it there.
    fn group_handler(&mut self, handler: &'a ExceptHandlerExceptHandler) -> Compiled {
        let Some(class) = &handler.type_ else {
            return Err(Fault::new("expected one or more exception types", u32::from(handler.start())));
        };
        let (taken, fails, next) = (self.unit.label(), self.unit.label(), self.unit.label());
        self.at(handler);
        self.emit(Op::Dup)?;
        self.load_member("takes")?;
        self.expr(class)?;
        self.emit(Op::Call(1))?;
        self.emit(Op::JumpIfFalse(next.operand()))?;
        // The part that is taken is raised as it is, so that it is what is being handled.
        self.emit(Op::PushHandler(taken.operand()))?;
        self.emit(Op::Dup)?;
        self.load_member("taken")?;
        self.emit(Op::RaiseAgain)?;
        self.unit.bind(taken);
        let symbol = handler.name.as_ref().map(|name| self.symbol(name));
        match symbol {
            Some(symbol) => self.store(symbol)?,
            None => self.emit(Op::Pop)?,
        }
        self.emit(Op::PushHandler(fails.operand()))?;
        self.unit.blocks.push(Block::GroupHandler);
        self.statements(&handler.body)?;
        self.unit.blocks.pop();
        self.emit(Op::PopHandler)?;
        self.forget(symbol)?;
        self.emit(Op::Jump(next.operand()))?;
        self.unit.bind(fails);
        self.forget(symbol)?;
        self.emit(Op::Swap)?;
        self.emit(Op::Dup)?;
        self.load_member("adds")?;
        self.emit(Op::RotThree)?;
        self.emit(Op::RotThree)?;
        self.emit(Op::Call(1))?;
        self.emit(Op::Pop)?;
        self.emit(Op::EndHandler)?;
        self.unit.bind(next);
        Ok(())
    }
}
