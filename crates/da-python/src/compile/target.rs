//! Assignment targets: names, attributes, items and sequences of targets.

use super::{Compiled, Compiler, operator};
use crate::code::Op;
use crate::syntax::Fault;
use ruff_python_ast::{Expr, StmtAugAssign};
use ruff_text_size::Ranged;

impl<'a> Compiler<'a, '_> {
    /// Stores the value on the stack into a target.
    pub(super) fn assign(&mut self, target: &'a Expr) -> Compiled {
        let before = self.at(target);
        match target {
            Expr::Name(node) => self.store_text(&node.id)?,
            Expr::Attribute(node) => {
                self.expr(&node.value)?;
                let name = self.attribute(&node.attr);
                self.emit(Op::StoreAttr(name))?;
            }
            Expr::Subscript(node) => {
                self.expr(&node.value)?;
                self.expr(&node.slice)?;
                self.emit(Op::StoreItem)?;
            }
            Expr::Tuple(node) => self.unpack(&node.elts, target)?,
            Expr::List(node) => self.unpack(&node.elts, target)?,
            Expr::Starred(_) => {
                let message = "starred assignment target must be in a list or tuple";
                return Err(Fault::new(message, u32::from(target.start())));
            }
            _ => return Err(Fault::new("cannot assign to expression", u32::from(target.start()))),
        }
        self.line = before;
        self.span = (0, 0);
        Ok(())
    }

    fn unpack(&mut self, items: &'a [Expr], at: &'a Expr) -> Compiled {
        let mut stars = items.iter().enumerate().filter(|(_, item)| item.is_starred_expr());
        match (stars.next(), stars.next()) {
            (None, _) => self.emit(Op::Unpack(super::expression::count(items.len())))?,
            (Some((index, _)), None) => {
                let (Ok(before), Ok(after)) = (u16::try_from(index), u16::try_from(items.len() - index - 1)) else {
                    return Err(Fault::new("too many expressions in star-unpacking assignment", u32::from(at.start())));
                };
                self.emit(Op::UnpackRest { before, after })?;
            }
            _ => return Err(Fault::new("multiple starred expressions in assignment", u32::from(at.start()))),
        }
        for item in items {
            match item {
                Expr::Starred(node) => self.assign(&node.value)?,
                _ => self.assign(item)?,
            }
        }
        Ok(())
    }

    /// `target op= value`: object and key are evaluated once.
    pub(super) fn augmented(&mut self, node: &'a StmtAugAssign) -> Compiled {
        let op = Op::InPlace(operator::binary(node.op));
        match &*node.target {
            Expr::Name(name) => {
                let symbol = self.symbol(&name.id);
                self.load(symbol)?;
                self.expr(&node.value)?;
                self.emit(op)?;
                self.store(symbol)
            }
            Expr::Attribute(target) => {
                self.expr(&target.value)?;
                let name = self.attribute(&target.attr);
                self.emit(Op::Dup)?;
                self.emit(Op::LoadAttr(name))?;
                self.expr(&node.value)?;
                self.emit(op)?;
                self.emit(Op::Swap)?;
                self.emit(Op::StoreAttr(name))
            }
            Expr::Subscript(target) => {
                self.expr(&target.value)?;
                self.expr(&target.slice)?;
                self.emit(Op::DupTwo)?;
                self.emit(Op::LoadItem)?;
                self.expr(&node.value)?;
                self.emit(op)?;
                self.emit(Op::RotThree)?;
                self.emit(Op::StoreItem)
            }
            other => {
                let message = "illegal expression for augmented assignment";
                Err(Fault::new(message, u32::from(other.start())))
            }
        }
    }

    /// `del target`
    pub(super) fn delete_target(&mut self, target: &'a Expr) -> Compiled {
        match target {
            Expr::Name(node) => {
                let symbol = self.symbol(&node.id);
                self.delete(symbol)
            }
            Expr::Attribute(node) => {
                self.expr(&node.value)?;
                let name = self.attribute(&node.attr);
                self.emit(Op::DeleteAttr(name))
            }
            Expr::Subscript(node) => {
                self.expr(&node.value)?;
                self.expr(&node.slice)?;
                self.emit(Op::DeleteItem)
            }
            Expr::Tuple(node) => node.elts.iter().try_for_each(|item| self.delete_target(item)),
            Expr::List(node) => node.elts.iter().try_for_each(|item| self.delete_target(item)),
            other => Err(Fault::new("cannot delete expression", u32::from(other.start()))),
        }
    }
}
