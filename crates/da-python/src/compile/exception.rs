//! `try`, `raise`: guards and handlers.

use super::unit::Label;
use super::unwind::Block;
use super::{Compiled, Compiler};
use crate::code::Op;
use crate::syntax::Fault;
use ruff_python_ast::{ExceptHandler, ExceptHandlerExceptHandler, StmtRaise, StmtTry};
use ruff_text_size::Ranged;

impl<'a> Compiler<'a, '_> {
    pub(super) fn try_statement(&mut self, node: &'a StmtTry) -> Compiled {
        if node.finalbody.is_empty() {
            return self.try_except(node);
        }
        let (fails, end) = (self.unit.label(), self.unit.label());
        self.emit(Op::PushHandler(fails.operand()))?;
        self.unit.blocks.push(Block::Finally(&node.finalbody));
        if node.handlers.is_empty() {
            self.statements(&node.body)?;
        } else {
            self.try_except(node)?;
        }
        self.unit.blocks.pop();
        self.emit(Op::PopHandler)?;
        self.statements(&node.finalbody)?;
        self.emit(Op::Jump(end.operand()))?;
        self.unit.bind(fails);
        self.unit.blocks.push(Block::FinallyError);
        self.statements(&node.finalbody)?;
        self.unit.blocks.pop();
        self.emit(Op::RaiseAgain)?;
        self.unit.bind(end);
        Ok(())
    }

    /// What is tried, and what follows if nothing is raised. Goes to `end` then; `fails` is here.
    pub(super) fn guarded(&mut self, node: &'a StmtTry, fails: Label, end: Label) -> Compiled {
        self.emit(Op::PushHandler(fails.operand()))?;
        self.unit.blocks.push(Block::Guard);
        self.statements(&node.body)?;
        self.unit.blocks.pop();
        self.emit(Op::PopHandler)?;
        self.statements(&node.orelse)?;
        self.emit(Op::Jump(end.operand()))?;
        self.unit.bind(fails);
        Ok(())
    }

    fn try_except(&mut self, node: &'a StmtTry) -> Compiled {
        if node.is_star {
            return self.try_except_group(node);
        }
        let (fails, end) = (self.unit.label(), self.unit.label());
        self.guarded(node, fails, end)?;
        for (index, handler) in node.handlers.iter().enumerate() {
            let ExceptHandler::ExceptHandler(handler) = handler;
            if handler.type_.is_none() && index + 1 < node.handlers.len() {
                return Err(Fault::new("default 'except:' must be last", u32::from(handler.start())));
            }
            let next = self.unit.label();
            self.at(handler);
            if let Some(class) = &handler.type_ {
                self.expr(class)?;
                self.emit(Op::MatchException)?;
                self.emit(Op::JumpIfFalse(next.operand()))?;
            }
            self.handler_body(handler)?;
            self.emit(Op::Jump(end.operand()))?;
            self.unit.bind(next);
        }
        // With a bare `except:` nothing comes here.
        self.emit(Op::RaiseAgain)?;
        self.unit.bind(end);
        Ok(())
    }

    /// Runs with the exception on the stack and takes it off.
    fn handler_body(&mut self, handler: &'a ExceptHandlerExceptHandler) -> Compiled {
        let Some(name) = &handler.name else {
            self.emit(Op::Pop)?;
            self.unit.blocks.push(Block::Handler(None));
            self.statements(&handler.body)?;
            self.unit.blocks.pop();
            return self.emit(Op::EndHandler);
        };
        let symbol = self.symbol(name);
        let (fails, done) = (self.unit.label(), self.unit.label());
        self.store(symbol)?;
        self.emit(Op::PushHandler(fails.operand()))?;
        self.unit.blocks.push(Block::Handler(Some(symbol)));
        self.statements(&handler.body)?;
        self.unit.blocks.pop();
        self.emit(Op::PopHandler)?;
        self.emit(Op::EndHandler)?;
        self.unset(symbol)?;
        self.emit(Op::Jump(done.operand()))?;
        self.unit.bind(fails);
        self.unset(symbol)?;
        self.emit(Op::RaiseAgain)?;
        self.unit.bind(done);
        Ok(())
    }

    pub(super) fn raise(&mut self, node: &'a StmtRaise) -> Compiled {
        let Some(exception) = &node.exc else { return self.emit(Op::Reraise) };
        self.expr(exception)?;
        match &node.cause {
            Some(cause) => {
                self.expr(cause)?;
                self.emit(Op::RaiseFrom)
            }
            None => self.emit(Op::Raise),
        }
    }
}
