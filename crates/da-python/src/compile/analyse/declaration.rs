//! `global` and `nonlocal`.

use super::Walk;
use crate::compile::scope::{Flags, ScopeKind};
use ruff_python_ast::{Identifier, Stmt};

impl<'a> Walk<'a> {
    pub(super) fn declare(&mut self, names: &[Identifier], word: &str, flag: Flags) {
        for name in names {
            let symbol = self.symbol(name);
            let seen = self.scopes.get(self.current).flags(symbol);
            if seen.has(Flags::PARAMETER) {
                self.fail(format!("name '{name}' is parameter and {word}"), name);
            } else if seen.has(Flags::ANNOTATED) {
                self.fail(format!("annotated name '{name}' can't be {word}"), name);
            } else if seen.has(Flags::READ) {
                self.fail(format!("name '{name}' is used prior to {word} declaration"), name);
            } else if seen.has(Flags::ASSIGNED) {
                self.fail(format!("name '{name}' is assigned to before {word} declaration"), name);
            } else if (seen.has(Flags::GLOBAL) && word == "nonlocal") || (seen.has(Flags::NONLOCAL) && word == "global")
            {
                self.fail(format!("name '{name}' is nonlocal and global"), name);
            }
            self.scopes.get_mut(self.current).add(symbol, flag);
        }
    }

    pub(super) fn nonlocal(&mut self, names: &'a [Identifier], at: &'a Stmt) {
        if self.scopes.get(self.current).kind == ScopeKind::Module {
            self.fail("nonlocal declaration not allowed at module level", at);
            return;
        }
        self.declare(names, "nonlocal", Flags::NONLOCAL);
        for name in names {
            let symbol = self.symbol(name);
            self.nonlocals.push((self.current, symbol, name));
        }
    }

    /// Judged at the end, because the function outside may bind the name further down.
    pub(super) fn check_nonlocals(&mut self) {
        for (scope, symbol, name) in std::mem::take(&mut self.nonlocals) {
            if self.scopes.owner(scope, symbol, self.class_symbol).is_none() {
                self.fail(format!("no binding for nonlocal '{name}' found"), name);
            }
        }
    }
}
