//! Comprehensions and generator expressions: functions that are called with the iterator of their
//! first iterable.

use super::constant::refuse;
use super::scope::ScopeId;
use super::{Compiled, Compiler};
use crate::code::{Op, Params};
use crate::syntax::Fault;
use ruff_python_ast::{Comprehension, Expr, ExprDictComp, ExprGenerator, ExprListComp, ExprSetComp};
use ruff_text_size::Ranged;

/// What a comprehension makes of each round.
#[derive(Clone, Copy)]
enum Item<'a> {
    List(&'a Expr),
    Set(&'a Expr),
    Dict(&'a Expr, &'a Expr),
    Yield(&'a Expr),
}

impl<'a> Compiler<'a, '_> {
    pub(super) fn list_comprehension(&mut self, node: &'a ExprListComp) -> Compiled {
        self.comprehension(self.scope_of(node), "<listcomp>", &node.generators, Item::List(&node.elt))
    }

    pub(super) fn set_comprehension(&mut self, node: &'a ExprSetComp) -> Compiled {
        self.comprehension(self.scope_of(node), "<setcomp>", &node.generators, Item::Set(&node.elt))
    }

    pub(super) fn generator_expression(&mut self, node: &'a ExprGenerator) -> Compiled {
        self.comprehension(self.scope_of(node), "<genexpr>", &node.generators, Item::Yield(&node.elt))
    }

    pub(super) fn dict_comprehension(&mut self, node: &'a ExprDictComp) -> Compiled {
        let Some(key) = node.key.as_deref() else {
            return Err(Fault::new("dict unpacking cannot be used in dict comprehension", u32::from(node.start())));
        };
        self.comprehension(self.scope_of(node), "<dictcomp>", &node.generators, Item::Dict(key, &node.value))
    }

    fn comprehension(
        &mut self,
        scope: ScopeId,
        name: &str,
        generators: &'a [Comprehension],
        item: Item<'a>,
    ) -> Compiled {
        let Some(first) = generators.first() else { return Ok(()) };
        if let Some(generator) = generators.iter().find(|generator| generator.is_async) {
            return Err(refuse("asynchronous comprehensions", generator));
        }
        self.enter_function(scope, name, None);
        self.unit.params = Params { positional: 1, ..Params::default() };
        match item {
            Item::List(_) => self.emit(Op::BuildList(0))?,
            Item::Set(_) => self.emit(Op::BuildSet(0))?,
            Item::Dict(..) => self.emit(Op::BuildDict(0))?,
            Item::Yield(_) => {}
        }
        self.emit(Op::LoadLocal(0))?;
        self.rounds(generators, 1, item)?;
        if matches!(item, Item::Yield(_)) {
            self.emit_none()?;
        }
        self.emit(Op::Return)?;
        let code = self.leave();
        self.make_function(code, 0)?;
        self.expr(&first.iter)?;
        self.emit(Op::GetIter)?;
        self.emit(Op::Call(1))
    }

    /// One loop whose iterator is on the stack, with the others inside; `depth` iterators are.
    fn rounds(&mut self, generators: &'a [Comprehension], depth: u32, item: Item<'a>) -> Compiled {
        let Some((generator, inner)) = generators.split_first() else { return Ok(()) };
        let (next, done) = (self.unit.label(), self.unit.label());
        self.unit.bind(next);
        self.emit(Op::ForIter(done.operand()))?;
        self.assign(&generator.target)?;
        for condition in &generator.ifs {
            self.jump_if(condition, false, next)?;
        }
        match inner.first() {
            Some(second) => {
                self.expr(&second.iter)?;
                self.emit(Op::GetIter)?;
                self.rounds(inner, depth + 1, item)?;
            }
            None => self.round(depth, item)?,
        }
        self.emit(Op::Jump(next.operand()))?;
        self.unit.bind(done);
        Ok(())
    }

    fn round(&mut self, depth: u32, item: Item<'a>) -> Compiled {
        match item {
            Item::List(value) => {
                self.expr(value)?;
                self.emit(Op::ListAppend(depth))
            }
            Item::Set(value) => {
                self.expr(value)?;
                self.emit(Op::SetAdd(depth))
            }
            Item::Dict(key, value) => {
                self.expr(key)?;
                self.expr(value)?;
                self.emit(Op::DictInsert(depth))
            }
            Item::Yield(value) => {
                self.expr(value)?;
                self.emit(Op::Yield)?;
                self.emit(Op::Pop)
            }
        }
    }
}
