//! Leaving blocks early: what `break`, `continue` and `return` must undo on their way out.
//!
//! Bodies of `finally` are emitted again on each such way.

use super::symbol::Symbol;
use super::unit::Label;
use super::{Compiled, Compiler};
use crate::code::Op;
use crate::syntax::Fault;
use ruff_python_ast::Stmt;

/// Something that control is inside of.
#[derive(Debug, Clone, Copy)]
pub(super) enum Block<'a> {
    /// `while`: where `continue` and `break` go.
    While { next: Label, end: Label },
    /// `for`: its iterator lies on the stack.
    For { next: Label, end: Label },
    /// The guarded body of `try` with handlers.
    Guard,
    /// The guarded body of `try` with `finally`.
    Finally(&'a [Stmt]),
    /// The copy of a `finally` body that runs for an exception, which lies on the stack.
    FinallyError,
    /// The body of an `except` clause; a name is guarded, so that it is always unset at the end.
    Handler(Option<Symbol>),
    /// The body of an `except*` clause, which nothing leaves early.
    GroupHandler,
    /// The guarded body of `with`: `exit` lies on the stack, and above it perhaps the value.
    With { value: bool },
    /// A value that is being returned lies on the stack.
    Value,
}

impl<'a> Compiler<'a, '_> {
    /// Undoes all blocks for a `return` whose value lies on the stack.
    pub(super) fn unwind_for_return(&mut self) -> Compiled {
        let mut left = Vec::new();
        while let Some(block) = self.unit.blocks.pop() {
            self.undo(block, true)?;
            left.push(block);
        }
        self.unit.blocks.extend(left.into_iter().rev());
        Ok(())
    }

    /// Undoes the blocks inside the innermost loop and jumps; `None` when there is no loop.
    pub(super) fn unwind_to_loop(&mut self, breaks: bool) -> Compiled<Option<()>> {
        let mut left = Vec::new();
        let mut target = None;
        while let Some(block) = self.unit.blocks.pop() {
            left.push(block);
            match block {
                Block::While { next, end } => target = Some(if breaks { end } else { next }),
                Block::For { next, .. } if !breaks => target = Some(next),
                Block::For { end, .. } => {
                    self.emit(Op::Pop)?;
                    target = Some(end);
                }
                _ => self.undo(block, false)?,
            }
            if target.is_some() {
                break;
            }
        }
        self.unit.blocks.extend(left.into_iter().rev());
        match target {
            Some(label) => self.emit(Op::Jump(label.operand())).map(Some),
            None => Ok(None),
        }
    }

    /// Undoes one block that was just taken off; `keep` says that a value lies above its things.
    fn undo(&mut self, block: Block<'a>, keep: bool) -> Compiled {
        match block {
            Block::While { .. } => Ok(()),
            Block::For { .. } | Block::Value => self.pop_below(keep),
            Block::Guard => self.emit(Op::PopHandler),
            Block::Finally(body) => {
                self.emit(Op::PopHandler)?;
                if keep {
                    self.unit.blocks.push(Block::Value);
                }
                self.statements(body)?;
                if keep {
                    self.unit.blocks.pop();
                }
                Ok(())
            }
            Block::FinallyError => {
                self.pop_below(keep)?;
                self.emit(Op::EndHandler)
            }
            Block::Handler(name) => {
                if name.is_some() {
                    self.emit(Op::PopHandler)?;
                }
                self.emit(Op::EndHandler)?;
                name.map_or(Ok(()), |name| self.unset(name))
            }
            Block::GroupHandler => {
                let message = "'break', 'continue' and 'return' cannot appear in an 'except*' block";
                Err(Fault::new(message, self.span.0))
            }
            Block::With { value } => {
                self.emit(Op::PopHandler)?;
                if value {
                    self.pop_below(keep)?;
                }
                self.call_exit(keep)
            }
        }
    }

    /// Drops what lies on the stack, or below the value that is kept.
    fn pop_below(&mut self, keep: bool) -> Compiled {
        if keep {
            self.emit(Op::Swap)?;
        }
        self.emit(Op::Pop)
    }
}
