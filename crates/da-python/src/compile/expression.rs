//! Expressions: each leaves its value on the stack.

use super::constant::refuse;
use super::{Compiled, Compiler, operator};
use crate::code::{Const, Op};
use crate::syntax::Fault;
use ruff_python_ast::{
    BoolOp, Expr, ExprBoolOp, ExprCompare, ExprDict, ExprIf, ExprList, ExprNamed, ExprSet, ExprSlice, ExprTuple,
    ExprYield, ExprYieldFrom,
};
use ruff_text_size::Ranged;

/// What a display with stars in it is built up as.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Display {
    List,
    Set,
}

/// How many items are put on the stack before a display is built in steps.
const MAX_ITEMS: usize = 1 << 10;

pub(super) fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

impl<'a> Compiler<'a, '_> {
    /// Emits an expression; its own instructions carry the line where it begins.
    pub(super) fn expr(&mut self, expr: &'a Expr) -> Compiled {
        let (line, span) = (self.line, self.span);
        self.at(expr);
        self.expr_here(expr)?;
        (self.line, self.span) = (line, span);
        Ok(())
    }

    fn expr_here(&mut self, expr: &'a Expr) -> Compiled {
        match expr {
            Expr::Name(node) if node.id.as_str() == "__debug__" => self.emit_const(Const::Bool(true)),
            Expr::Name(node) => self.load_text(&node.id),
            Expr::StringLiteral(node) => self.emit_text(node.value.to_str()),
            Expr::Call(node) => self.call(node),
            Expr::Attribute(node) => {
                self.expr(&node.value)?;
                let name = self.attribute(&node.attr);
                self.emit(Op::LoadAttr(name))
            }
            Expr::Subscript(node) => {
                self.expr(&node.value)?;
                self.expr(&node.slice)?;
                self.emit(Op::LoadItem)
            }
            Expr::BinOp(node) => {
                self.expr(&node.left)?;
                self.expr(&node.right)?;
                self.emit(Op::Binary(operator::binary(node.op)))
            }
            Expr::BoolOp(node) => self.bool_op(node),
            Expr::Compare(node) => self.compare(node),
            Expr::If(node) => self.ternary(node),
            Expr::Named(node) => self.named(node),
            Expr::List(node) => self.list(node),
            Expr::Set(node) => self.set(node),
            Expr::Dict(node) => self.dict(node),
            Expr::Slice(node) => self.slice(node),
            Expr::FString(node) => self.f_string(node),
            Expr::Lambda(node) => self.lambda(node),
            Expr::ListComp(node) => self.list_comprehension(node),
            Expr::SetComp(node) => self.set_comprehension(node),
            Expr::DictComp(node) => self.dict_comprehension(node),
            Expr::Generator(node) => self.generator_expression(node),
            Expr::Yield(node) => self.yield_value(node),
            Expr::YieldFrom(node) => self.yield_from(node),
            Expr::Starred(_) => Err(Fault::new("can't use starred expression here", u32::from(expr.start()))),
            Expr::Await(_) => Err(refuse("'await' expressions", expr)),
            Expr::TString(_) => Err(refuse("template strings", expr)),
            Expr::IpyEscapeCommand(_) => Err(Fault::new("invalid syntax", u32::from(expr.start()))),
            Expr::Tuple(_)
            | Expr::UnaryOp(_)
            | Expr::BytesLiteral(_)
            | Expr::NumberLiteral(_)
            | Expr::BooleanLiteral(_)
            | Expr::NoneLiteral(_)
            | Expr::EllipsisLiteral(_) => self.perhaps_constant(expr),
        }
    }

    fn perhaps_constant(&mut self, expr: &'a Expr) -> Compiled {
        if let Some(constant) = self.constant_of(expr)? {
            return self.emit_const(constant);
        }
        match expr {
            Expr::Tuple(node) => self.tuple(node),
            Expr::UnaryOp(node) => {
                self.expr(&node.operand)?;
                self.emit(Op::Unary(operator::unary(node.op)))
            }
            _ => Err(Fault::new("invalid syntax", u32::from(expr.start()))),
        }
    }

    fn bool_op(&mut self, node: &'a ExprBoolOp) -> Compiled {
        let end = self.unit.label();
        let Some((last, others)) = node.values.split_last() else { return Ok(()) };
        for value in others {
            self.expr(value)?;
            self.emit(match node.op {
                BoolOp::And => Op::JumpIfFalseOrPop(end.operand()),
                BoolOp::Or => Op::JumpIfTrueOrPop(end.operand()),
            })?;
        }
        self.expr(last)?;
        self.unit.bind(end);
        Ok(())
    }

    fn compare(&mut self, node: &'a ExprCompare) -> Compiled {
        self.expr(&node.left)?;
        let Some((last, others)) = node.comparators.split_last() else { return Ok(()) };
        let op = |index: usize| Op::Compare(operator::compare(node.ops[index]));
        if others.is_empty() {
            self.expr(last)?;
            return self.emit(op(0));
        }
        let (fails, end) = (self.unit.label(), self.unit.label());
        for (index, middle) in others.iter().enumerate() {
            self.expr(middle)?;
            self.emit(Op::Dup)?;
            self.emit(Op::RotThree)?;
            self.emit(op(index))?;
            self.emit(Op::JumpIfFalseOrPop(fails.operand()))?;
        }
        self.expr(last)?;
        self.emit(op(others.len()))?;
        self.emit(Op::Jump(end.operand()))?;
        self.unit.bind(fails);
        self.emit(Op::Swap)?;
        self.emit(Op::Pop)?;
        self.unit.bind(end);
        Ok(())
    }

    fn ternary(&mut self, node: &'a ExprIf) -> Compiled {
        let (other, end) = (self.unit.label(), self.unit.label());
        self.jump_if(&node.test, false, other)?;
        self.expr(&node.body)?;
        self.emit(Op::Jump(end.operand()))?;
        self.unit.bind(other);
        self.expr(&node.orelse)?;
        self.unit.bind(end);
        Ok(())
    }

    fn named(&mut self, node: &'a ExprNamed) -> Compiled {
        self.expr(&node.value)?;
        self.emit(Op::Dup)?;
        self.assign(&node.target)
    }

    fn list(&mut self, node: &'a ExprList) -> Compiled {
        if !needs_steps(&node.elts) {
            self.exprs(&node.elts)?;
            return self.emit(Op::BuildList(count(node.elts.len())));
        }
        self.display(&node.elts, Display::List)
    }

    fn tuple(&mut self, node: &'a ExprTuple) -> Compiled {
        if !needs_steps(&node.elts) {
            self.exprs(&node.elts)?;
            return self.emit(Op::BuildTuple(count(node.elts.len())));
        }
        self.display(&node.elts, Display::List)?;
        self.emit(Op::ListToTuple)
    }

    fn set(&mut self, node: &'a ExprSet) -> Compiled {
        if !needs_steps(&node.elts) {
            self.exprs(&node.elts)?;
            return self.emit(Op::BuildSet(count(node.elts.len())));
        }
        self.display(&node.elts, Display::Set)
    }

    pub(super) fn exprs(&mut self, items: &'a [Expr]) -> Compiled {
        items.iter().try_for_each(|item| self.expr(item))
    }

    /// A display with stars in it, or a very long one: begun with what comes before the first star,
    /// then extended.
    pub(super) fn display(&mut self, items: &'a [Expr], kind: Display) -> Compiled {
        let plain = items.iter().take(MAX_ITEMS).take_while(|item| !item.is_starred_expr()).count();
        self.exprs(&items[..plain])?;
        let is_list = kind == Display::List;
        self.emit(if is_list { Op::BuildList(count(plain)) } else { Op::BuildSet(count(plain)) })?;
        for item in &items[plain..] {
            match item {
                Expr::Starred(starred) => {
                    self.expr(&starred.value)?;
                    self.emit(if is_list { Op::ListExtend } else { Op::SetUpdate })?;
                }
                _ => {
                    self.expr(item)?;
                    self.emit(if is_list { Op::ListAppend(0) } else { Op::SetAdd(0) })?;
                }
            }
        }
        Ok(())
    }

    fn dict(&mut self, node: &'a ExprDict) -> Compiled {
        let plain = node.items.iter().take(MAX_ITEMS).take_while(|item| item.key.is_some()).count();
        for item in &node.items[..plain] {
            if let Some(key) = &item.key {
                self.expr(key)?;
            }
            self.expr(&item.value)?;
        }
        self.emit(Op::BuildDict(count(plain)))?;
        for item in &node.items[plain..] {
            if let Some(key) = &item.key {
                self.expr(key)?;
                self.expr(&item.value)?;
                self.emit(Op::DictInsert(0))?;
            } else {
                self.expr(&item.value)?;
                self.emit(Op::DictUpdate)?;
            }
        }
        Ok(())
    }

    fn slice(&mut self, node: &'a ExprSlice) -> Compiled {
        for part in [&node.lower, &node.upper, &node.step] {
            match part {
                Some(part) => self.expr(part)?,
                None => self.emit_none()?,
            }
        }
        self.emit(Op::BuildSlice)
    }

    fn yield_value(&mut self, node: &'a ExprYield) -> Compiled {
        match &node.value {
            Some(value) => self.expr(value)?,
            None => self.emit_none()?,
        }
        self.emit(Op::Yield)
    }

    fn yield_from(&mut self, node: &'a ExprYieldFrom) -> Compiled {
        self.expr(&node.value)?;
        self.emit(Op::GetIter)?;
        self.emit_none()?;
        self.emit(Op::YieldFrom)
    }
}

/// Whether items cannot all be put on the stack at once.
pub(super) fn needs_steps(items: &[Expr]) -> bool {
    items.len() > MAX_ITEMS || items.iter().any(Expr::is_starred_expr)
}
