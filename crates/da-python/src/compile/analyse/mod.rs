//! The first walk over the tree: what is bound, read and declared in which scope.
//!
//! Follows CPython's symbol table, its errors included. Emits nothing.

mod comprehension;
mod declaration;

use crate::compile::Mode;
use crate::compile::scope::{Flags, Scope, ScopeId, ScopeKind, Scopes};
use crate::compile::symbol::{Symbol, Symbols};
use crate::syntax::{Fault, Tree};
use hashbrown::HashMap;
use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{
    Alias, ExceptHandler, Expr, ExprContext, Identifier, Parameters, Pattern, Stmt, StmtClassDef, StmtFunctionDef,
    StmtImportFrom,
};
use ruff_text_size::Ranged;

/// What the first walk found.
pub(super) struct Analysis<'a> {
    pub(super) symbols: Symbols,
    pub(super) scopes: Scopes<'a>,
    /// The scope of a tree node, by its address: the tree does not move while it is compiled.
    pub(super) by_node: HashMap<usize, ScopeId>,
}

/// The key of a node in [`Analysis::by_node`].
pub(super) fn node_key<T>(node: &T) -> usize {
    std::ptr::from_ref(node).addr()
}

/// Walks the tree.
pub(super) fn analyse<'a>(tree: &Tree<'a>, mode: Mode) -> Result<Analysis<'a>, Box<Fault>> {
    let kind = if mode == Mode::Template { ScopeKind::Template } else { ScopeKind::Module };
    let mut symbols = Symbols::default();
    let class_symbol = symbols.intern("__class__");
    let mut scopes = Scopes::default();
    let current = scopes.push(Scope::new(kind, None, None));
    let mut walk = Walk {
        symbols,
        scopes,
        by_node: HashMap::new(),
        current,
        class_symbol,
        fault: None,
        iterable: 0,
        nonlocals: Vec::new(),
        beginning: 0,
        text_annotations: false,
    };
    match tree {
        Tree::Module(body) => {
            walk.beginning = beginning(body);
            walk.visit_body(body);
        }
        Tree::Expression(expression) => walk.visit_expr(expression),
    }
    walk.check_nonlocals();
    if let Some(fault) = walk.fault {
        return Err(fault);
    }
    let Walk { symbols, mut scopes, by_node, .. } = walk;
    scopes.settle(class_symbol);
    Ok(Analysis { symbols, scopes, by_node })
}

/// The end of the docstring and the `from __future__` imports that a source begins with.
fn beginning(body: &[Stmt]) -> u32 {
    let begins = |(index, stmt): &(usize, &Stmt)| match stmt {
        Stmt::ImportFrom(node) => is_future(node),
        Stmt::Expr(node) => *index == 0 && node.value.is_string_literal_expr(),
        _ => false,
    };
    body.iter().enumerate().take_while(begins).last().map_or(0, |(_, stmt)| u32::from(stmt.end()))
}

fn is_future(node: &StmtImportFrom) -> bool {
    node.level == 0 && node.module.as_ref().is_some_and(|module| module.as_str() == "__future__")
}

struct Walk<'a> {
    symbols: Symbols,
    scopes: Scopes<'a>,
    by_node: HashMap<usize, ScopeId>,
    current: ScopeId,
    class_symbol: Symbol,
    /// The first fault; the walk goes on, but nothing later matters.
    fault: Option<Box<Fault>>,
    /// How many iterables of comprehensions surround this.
    iterable: u32,
    /// The names that were declared `nonlocal`, and where.
    nonlocals: Vec<(ScopeId, Symbol, &'a Identifier)>,
    /// Where the part of the source ends in which `from __future__` may stand.
    beginning: u32,
    /// `from __future__ import annotations`: annotations are text, nothing in them is read.
    text_annotations: bool,
}

impl<'a> Walk<'a> {
    fn fail(&mut self, message: impl Into<String>, at: &impl Ranged) {
        if self.fault.is_none() {
            self.fault = Some(Fault::new(message, u32::from(at.start())));
        }
    }

    fn symbol(&mut self, text: &str) -> Symbol {
        let private = self.scopes.get(self.current).private;
        self.symbols.mangle(private, text)
    }

    fn note(&mut self, text: &str, flags: Flags) {
        let symbol = self.symbol(text);
        self.scopes.get_mut(self.current).add(symbol, flags);
    }

    fn bind(&mut self, text: &str, at: &impl Ranged) {
        if text == "__debug__" {
            self.fail("cannot assign to __debug__", at);
        }
        self.note(text, Flags::ASSIGNED);
    }

    fn read(&mut self, text: &str) {
        self.note(text, Flags::READ);
        if text == "super" && self.scopes.get(self.current).kind.is_function() {
            let class = self.class_symbol;
            self.scopes.get_mut(self.current).add(class, Flags::READ);
        }
    }

    fn enter<T>(&mut self, node: &T, kind: ScopeKind, private: Option<&'a str>) -> ScopeId {
        let outer = self.current;
        let private = private.or(self.scopes.get(outer).private);
        self.current = self.scopes.push(Scope::new(kind, Some(outer), private));
        self.by_node.insert(node_key(node), self.current);
        outer
    }

    fn parameters(&mut self, parameters: &'a Parameters) {
        let positional = parameters.posonlyargs.iter().chain(&parameters.args).chain(&parameters.kwonlyargs);
        let all = positional
            .map(|parameter| &parameter.parameter)
            .chain(parameters.vararg.as_deref())
            .chain(parameters.kwarg.as_deref());
        for parameter in all {
            let symbol = self.symbol(&parameter.name);
            if self.scopes.get(self.current).flags(symbol).has(Flags::PARAMETER) {
                self.fail(format!("duplicate argument '{}' in function definition", parameter.name), parameter);
            }
            if parameter.name.as_str() == "__debug__" {
                self.fail("cannot assign to __debug__", parameter);
            }
            self.scopes.get_mut(self.current).add(symbol, Flags::PARAMETER);
        }
    }

    fn function(&mut self, node: &'a StmtFunctionDef) {
        for decorator in &node.decorator_list {
            self.visit_decorator(decorator);
        }
        self.visit_parameters(&node.parameters);
        if let Some(returns) = &node.returns {
            self.visit_annotation(returns);
        }
        self.bind(&node.name, &node.name);
        let outer = self.enter(node, ScopeKind::Function, None);
        self.parameters(&node.parameters);
        self.visit_body(&node.body);
        self.current = outer;
    }

    fn class(&mut self, node: &'a StmtClassDef) {
        for decorator in &node.decorator_list {
            self.visit_decorator(decorator);
        }
        if let Some(arguments) = &node.arguments {
            self.visit_arguments(arguments);
        }
        self.bind(&node.name, &node.name);
        let outer = self.enter(node, ScopeKind::Class, Some(node.name.as_str()));
        self.visit_body(&node.body);
        self.current = outer;
    }

    fn generator(&mut self, word: &str, at: &impl Ranged) {
        match self.scopes.get(self.current).kind {
            ScopeKind::Function => self.scopes.get_mut(self.current).generator = true,
            ScopeKind::Comprehension => self.fail("'yield' inside a comprehension is not allowed", at),
            _ => self.fail(format!("'{word}' outside function"), at),
        }
    }

    fn import(&mut self, alias: &'a Alias) {
        match &alias.asname {
            Some(name) => self.bind(name, name),
            None if alias.name.as_str() == "*" => {}
            None => self.bind(alias.name.split('.').next().unwrap_or_default(), alias),
        }
    }
}

impl<'a> Visitor<'a> for Walk<'a> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(node) => self.function(node),
            Stmt::ClassDef(node) => self.class(node),
            Stmt::Global(node) => self.declare(&node.names, "global", Flags::GLOBAL),
            Stmt::Nonlocal(node) => self.nonlocal(&node.names, stmt),
            Stmt::AnnAssign(node) => {
                if let Expr::Name(name) = &*node.target
                    && node.simple
                {
                    let symbol = self.symbol(&name.id);
                    let seen = self.scopes.get(self.current).flags(symbol);
                    let module = self.scopes.get(self.current).kind == ScopeKind::Module;
                    if seen.has(Flags::GLOBAL) && !module {
                        self.fail(format!("annotated name '{}' can't be global", name.id), stmt);
                    } else if seen.has(Flags::NONLOCAL) {
                        self.fail(format!("annotated name '{}' can't be nonlocal", name.id), stmt);
                    }
                    self.note(&name.id, Flags::ANNOTATED);
                }
                visitor::walk_stmt(self, stmt);
            }
            Stmt::Import(node) => node.names.iter().for_each(|alias| self.import(alias)),
            Stmt::ImportFrom(node) if is_future(node) => {
                self.text_annotations |= node.names.iter().any(|alias| alias.name.as_str() == "annotations");
                if u32::from(node.start()) >= self.beginning {
                    self.fail("from __future__ imports must occur at the beginning of the file", node);
                }
            }
            Stmt::ImportFrom(node) => node.names.iter().for_each(|alias| self.import(alias)),
            _ => visitor::walk_stmt(self, stmt),
        }
    }

    fn visit_annotation(&mut self, expr: &'a Expr) {
        if !self.text_annotations {
            self.visit_expr(expr);
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Name(name) if name.ctx == ExprContext::Load => self.read(&name.id),
            Expr::Name(name) => self.bind(&name.id, name),
            Expr::Named(named) => {
                self.visit_expr(&named.value);
                self.walrus(&named.target);
            }
            Expr::Lambda(lambda) => {
                if let Some(parameters) = &lambda.parameters {
                    self.visit_parameters(parameters);
                }
                let outer = self.enter(lambda, ScopeKind::Function, None);
                if let Some(parameters) = &lambda.parameters {
                    self.parameters(parameters);
                }
                self.visit_expr(&lambda.body);
                self.current = outer;
            }
            Expr::ListComp(node) => self.comprehension(node, false, &node.generators, [Some(&node.elt), None]),
            Expr::SetComp(node) => self.comprehension(node, false, &node.generators, [Some(&node.elt), None]),
            Expr::Generator(node) => self.comprehension(node, true, &node.generators, [Some(&node.elt), None]),
            Expr::DictComp(node) => {
                self.comprehension(node, false, &node.generators, [node.key.as_deref(), Some(&node.value)]);
            }
            Expr::Yield(_) => {
                self.generator("yield", expr);
                visitor::walk_expr(self, expr);
            }
            Expr::YieldFrom(_) => {
                self.generator("yield from", expr);
                visitor::walk_expr(self, expr);
            }
            _ => visitor::walk_expr(self, expr),
        }
    }

    fn visit_except_handler(&mut self, handler: &'a ExceptHandler) {
        let ExceptHandler::ExceptHandler(inner) = handler;
        if let Some(name) = &inner.name {
            self.bind(name, name);
        }
        visitor::walk_except_handler(self, handler);
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        let name = match pattern {
            Pattern::MatchAs(node) => node.name.as_ref(),
            Pattern::MatchStar(node) => node.name.as_ref(),
            Pattern::MatchMapping(node) => node.rest.as_ref(),
            _ => None,
        };
        if let Some(name) = name {
            self.bind(name, name);
        }
        visitor::walk_pattern(self, pattern);
    }
}
