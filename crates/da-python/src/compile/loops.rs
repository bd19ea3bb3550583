//! `for` and `while`.

use super::constant::refuse;
use super::unwind::Block;
use super::{Compiled, Compiler};
use crate::code::Op;
use ruff_python_ast::{Expr, Int, Number, StmtFor, StmtWhile};

impl<'a> Compiler<'a, '_> {
    pub(super) fn for_loop(&mut self, node: &'a StmtFor) -> Compiled {
        if node.is_async {
            return Err(refuse("'async for' loops", node));
        }
        let (next, done, end) = (self.unit.label(), self.unit.label(), self.unit.label());
        self.expr(&node.iter)?;
        self.emit(Op::GetIter)?;
        self.unit.bind(next);
        self.at(node);
        self.emit(Op::ForIter(done.operand()))?;
        self.assign(&node.target)?;
        self.unit.blocks.push(Block::For { next, end });
        self.statements(&node.body)?;
        self.unit.blocks.pop();
        self.at(node);
        self.emit(Op::Jump(next.operand()))?;
        self.unit.bind(done);
        self.statements(&node.orelse)?;
        self.unit.bind(end);
        Ok(())
    }

    pub(super) fn while_loop(&mut self, node: &'a StmtWhile) -> Compiled {
        let (next, done, end) = (self.unit.label(), self.unit.label(), self.unit.label());
        self.unit.bind(next);
        let endless = match &*node.test {
            Expr::BooleanLiteral(literal) => literal.value,
            Expr::NumberLiteral(literal) => matches!(&literal.value, Number::Int(int) if *int != Int::ZERO),
            _ => false,
        };
        if !endless {
            self.jump_if(&node.test, false, done)?;
        }
        self.unit.blocks.push(Block::While { next, end });
        self.statements(&node.body)?;
        self.unit.blocks.pop();
        self.at(node);
        self.emit(Op::Jump(next.operand()))?;
        self.unit.bind(done);
        self.statements(&node.orelse)?;
        self.unit.bind(end);
        Ok(())
    }
}
