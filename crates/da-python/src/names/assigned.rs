//! What a piece of code can define, and what it reads, found by walking its tree.
//!
//! The engine indexes blocks by this. Nothing is run, so a name may be assigned on a path that is
//! never taken.

use super::target::{parse_target, target_of};
use crate::syntax::{Guard, SyntaxError, Tree, TreeKind, with_tree};
use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Alias, Comprehension, ExceptHandler, Expr, ExprContext, Stmt};
use std::sync::Arc;

/// What code assigns, in the order of the source, each once: `x`, `x.y`, `x['y']`, `x[i]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assigned {
    /// The normal spellings.
    pub names: Vec<String>,
}

/// The targets that `source` assigns: those of `=`, `op=` and annotations, of `for`, comprehensions,
/// lambdas, imports, `except ... as`, functions, classes, and of `define('...')`.
///
/// A target with anything computed in it (a call, a slice, `x[i + 1]`) is left out. Quirk: `with ...
/// as` and `:=` do not count, as in the original.
///
/// ```
/// use da_python::machine::names::assigned_names;
/// let assigned = assigned_names("user.age = 3\nfor i in items:\n  seen[\"a\"] = i").unwrap();
/// assert_eq!(assigned.names, ["user.age", "i", "seen['a']"]);
/// ```
pub fn assigned_names(source: &str) -> Result<Assigned, SyntaxError> {
    let mut walk = Assignments { found: Found::default() };
    walked(source, &mut walk)?;
    Ok(Assigned { names: walk.found.names })
}

/// The plain names that `source` reads, in the order of the source, each once.
///
/// ```
/// assert_eq!(da_python::machine::names::names_read("total = price * rate.vat").unwrap(), ["price", "rate"]);
/// ```
pub fn names_read(source: &str) -> Result<Vec<String>, SyntaxError> {
    let mut walk = Reads { found: Found::default() };
    walked(source, &mut walk)?;
    Ok(walk.found.names)
}

fn walked<V: for<'a> Visitor<'a>>(source: &str, walk: &mut V) -> Result<(), SyntaxError> {
    let file: Arc<str> = Arc::from("<code>");
    with_tree(source, &file, TreeKind::Module, &Guard::default(), &|line| line, |tree, _| {
        match tree {
            Tree::Module(body) => walk.visit_body(body),
            Tree::Expression(expr) => walk.visit_expr(expr),
        }
        Ok(())
    })
}

#[derive(Default)]
struct Found {
    names: Vec<String>,
    seen: hashbrown::HashSet<String>,
}

impl Found {
    fn add(&mut self, name: impl Into<String>) {
        let name = name.into();
        if self.seen.insert(name.clone()) {
            self.names.push(name);
        }
    }
}

struct Assignments {
    found: Found,
}

impl Assignments {
    fn target(&mut self, target: &Expr) {
        match target {
            Expr::Tuple(node) => node.elts.iter().for_each(|item| self.target(item)),
            Expr::List(node) => node.elts.iter().for_each(|item| self.target(item)),
            Expr::Starred(node) => self.target(&node.value),
            other => {
                if let Ok(target) = target_of(other) {
                    self.found.add(target.to_string());
                }
            }
        }
    }

    fn imported(&mut self, names: &[Alias]) {
        for alias in names.iter().filter(|alias| alias.name.as_str() != "*") {
            match &alias.asname {
                Some(name) => self.found.add(name.as_str()),
                None => self.found.add(alias.name.split('.').next().unwrap_or_default()),
            }
        }
    }
}

impl<'a> Visitor<'a> for Assignments {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::Assign(node) => node.targets.iter().for_each(|target| self.target(target)),
            Stmt::AugAssign(node) => self.target(&node.target),
            Stmt::AnnAssign(node) => self.target(&node.target),
            Stmt::For(node) => self.target(&node.target),
            Stmt::FunctionDef(node) => self.found.add(node.name.as_str()),
            Stmt::ClassDef(node) => self.found.add(node.name.as_str()),
            Stmt::Import(node) => self.imported(&node.names),
            Stmt::ImportFrom(node) => self.imported(&node.names),
            _ => {}
        }
        visitor::walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Lambda(node) => {
                for parameter in node.parameters.iter().flat_map(|parameters| parameters.iter()) {
                    self.found.add(parameter.name().as_str());
                }
            }
            Expr::Call(node) => {
                if let Expr::Name(name) = &*node.func
                    && name.id.as_str() == "define"
                    && let Some(Expr::StringLiteral(text)) = node.arguments.args.first()
                {
                    let text = text.value.to_str();
                    match parse_target(text) {
                        Ok(target) => self.found.add(target.to_string()),
                        Err(_) => self.found.add(text),
                    }
                }
            }
            _ => {}
        }
        visitor::walk_expr(self, expr);
    }

    fn visit_comprehension(&mut self, comprehension: &'a Comprehension) {
        self.target(&comprehension.target);
        visitor::walk_comprehension(self, comprehension);
    }

    fn visit_except_handler(&mut self, handler: &'a ExceptHandler) {
        let ExceptHandler::ExceptHandler(inner) = handler;
        if let Some(name) = &inner.name {
            self.found.add(name.as_str());
        }
        visitor::walk_except_handler(self, handler);
    }
}

struct Reads {
    found: Found,
}

impl<'a> Visitor<'a> for Reads {
    fn visit_expr(&mut self, expr: &'a Expr) {
        if let Expr::Name(name) = expr
            && name.ctx == ExprContext::Load
        {
            self.found.add(name.id.as_str());
        }
        visitor::walk_expr(self, expr);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(source: &str) -> Vec<String> {
        assigned_names(source).unwrap().names
    }

    #[test]
    fn every_kind_of_target_is_found_in_the_order_of_the_source() {
        let source = "\
a.b[\"c\"] = d = 1
(e, [f, *g]) = h[i] = x
j += 1
k: int = 2
l: str
for m, n[0] in y:
  def o(p):
    q = 1
  class r:
    s = 1
import t.u, v as w
from z import aa as bb, cc
from zz import *
try:
  pass
except E as dd:
  [ee for ee in ff if (lambda gg, *hh, ii=1: 0)]
define('jj[\"k\"]', 3)
define('kk', ll)
";
        let expected = "a.b['c'] d e f g h[i] j k l m n[0] o q r s t w bb cc dd ee gg hh ii jj['k'] kk";
        assert_eq!(names(source).join(" "), expected);
    }

    #[test]
    fn a_target_with_something_computed_in_it_is_left_out() {
        assert_eq!(names("f().x = a[i + 1] = b[1:2] = c[-1] = d[g()].e = ok = 1"), ["ok"]);
        assert_eq!(names("with a as b: pass\n(c := 1)\ndefine(d, 1)"), Vec::<String>::new());
    }

    #[test]
    fn a_name_is_listed_once() {
        assert_eq!(names("a = 1\na = 2\na.b = 3"), ["a", "a.b"]);
    }

    #[test]
    fn source_that_is_not_python_is_an_error() {
        assert_eq!(assigned_names("a = = 1").unwrap_err().to_string(), "invalid syntax (<code>, line 1)");
    }

    #[test]
    fn names_that_are_read_are_listed_once_and_without_what_follows_them() {
        assert_eq!(names_read("a = b.c[d] + b\nfor e in f(g): e").unwrap(), ["b", "d", "f", "g", "e"]);
    }
}
