//! Comprehensions, and `:=` in them.

use super::Walk;
use crate::compile::scope::{Flags, ScopeKind};
use ruff_python_ast::visitor::Visitor;
use ruff_python_ast::{Comprehension, Expr};

impl<'a> Walk<'a> {
    /// A comprehension: its first iterable belongs to the scope around it.
    pub(super) fn comprehension<T>(
        &mut self,
        node: &T,
        generator: bool,
        generators: &'a [Comprehension],
        values: [Option<&'a Expr>; 2],
    ) {
        let Some((first, others)) = generators.split_first() else { return };
        self.iterable(&first.iter);
        let outer = self.enter(node, ScopeKind::Comprehension, None);
        self.scopes.get_mut(self.current).generator = generator;
        self.note(".0", Flags::PARAMETER);
        self.iteration_names(&first.target);
        self.visit_expr(&first.target);
        for condition in &first.ifs {
            self.visit_expr(condition);
        }
        for other in others {
            self.iterable(&other.iter);
            self.iteration_names(&other.target);
            self.visit_expr(&other.target);
            for condition in &other.ifs {
                self.visit_expr(condition);
            }
        }
        for value in values.into_iter().flatten() {
            self.visit_expr(value);
        }
        self.current = outer;
    }

    fn iterable(&mut self, iterable: &'a Expr) {
        self.iterable += 1;
        self.visit_expr(iterable);
        self.iterable -= 1;
    }

    fn iteration_names(&mut self, target: &'a Expr) {
        match target {
            Expr::Name(name) => self.note(&name.id, Flags::ITERATION),
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|item| self.iteration_names(item)),
            Expr::List(list) => list.elts.iter().for_each(|item| self.iteration_names(item)),
            Expr::Starred(starred) => self.iteration_names(&starred.value),
            _ => {}
        }
    }

    /// `name := value` binds in the nearest scope that is not a comprehension.
    pub(super) fn walrus(&mut self, target: &'a Expr) {
        let Expr::Name(name) = target else { return self.visit_expr(target) };
        if self.iterable > 0 {
            self.fail("assignment expression cannot be used in a comprehension iterable expression", name);
        }
        if self.scopes.get(self.current).kind != ScopeKind::Comprehension {
            return self.bind(&name.id, name);
        }
        let symbol = self.symbol(&name.id);
        let mut inner = Vec::new();
        let mut id = self.current;
        while self.scopes.get(id).kind == ScopeKind::Comprehension {
            if self.scopes.get(id).flags(symbol).has(Flags::ITERATION) {
                let message =
                    format!("assignment expression cannot rebind comprehension iteration variable '{}'", name.id);
                self.fail(message, name);
            }
            inner.push(id);
            let Some(parent) = self.scopes.get(id).parent else { break };
            id = parent;
        }
        let owner = self.scopes.get(id);
        let global = owner.kind == ScopeKind::Module || owner.flags(symbol).has(Flags::GLOBAL);
        if owner.kind == ScopeKind::Class {
            self.fail("assignment expression within a comprehension cannot be used in a class body", name);
        }
        self.scopes.get_mut(id).add(symbol, Flags::ASSIGNED);
        for scope in inner {
            self.scopes.get_mut(scope).add(symbol, if global { Flags::GLOBAL } else { Flags::NONLOCAL });
        }
    }
}
