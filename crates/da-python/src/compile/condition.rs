//! Conditions: `if`, `while`, `assert` and filters jump without making a bool first.

use super::unit::Label;
use super::{Compiled, Compiler};
use crate::code::Op;
use ruff_python_ast::{BoolOp, Expr, ExprBoolOp, UnaryOp};

impl<'a> Compiler<'a, '_> {
    /// Jumps to `target` when the truth of `expr` is `when`; else goes on.
    pub(super) fn jump_if(&mut self, expr: &'a Expr, when: bool, target: Label) -> Compiled {
        match expr {
            Expr::UnaryOp(node) if node.op == UnaryOp::Not => self.jump_if(&node.operand, !when, target),
            Expr::BoolOp(node) => self.jump_if_bool(node, when, target),
            _ => {
                self.expr(expr)?;
                self.emit(match when {
                    true => Op::JumpIfTrue(target.operand()),
                    false => Op::JumpIfFalse(target.operand()),
                })
            }
        }
    }

    fn jump_if_bool(&mut self, node: &'a ExprBoolOp, when: bool, target: Label) -> Compiled {
        let Some((last, others)) = node.values.split_last() else { return Ok(()) };
        // `or` is decided by the first true value, `and` by the first false one.
        let decided_by = node.op == BoolOp::Or;
        if decided_by == when {
            for value in &node.values {
                self.jump_if(value, when, target)?;
            }
            return Ok(());
        }
        let end = self.unit.label();
        for value in others {
            self.jump_if(value, decided_by, end)?;
        }
        self.jump_if(last, when, target)?;
        self.unit.bind(end);
        Ok(())
    }
}
