//! Functions and lambdas: their code, defaults, annotations and closure.

use super::analyse::node_key;
use super::constant::refuse;
use super::expression::count;
use super::scope::ScopeId;
use super::{Compiled, Compiler};
use crate::code::{Code, CodeKind, Const, Op, Params};
use crate::syntax::Fault;
use ruff_python_ast::{Decorator, Expr, ExprLambda, Parameters, StmtFunctionDef};
use ruff_text_size::Ranged;
use std::sync::Arc;

/// The flags of [`Op::MakeFunction`].
const DEFAULTS: u32 = 1;
const KEYWORD_DEFAULTS: u32 = 2;
const ANNOTATIONS: u32 = 4;
const CLOSURE: u32 = 8;

/// Decorators wait on the stack for what they decorate.
const MAX_DECORATORS: usize = 200;

impl<'a> Compiler<'a, '_> {
    pub(super) fn scope_of<T>(&self, node: &T) -> ScopeId {
        self.by_node.get(&node_key(node)).copied().unwrap_or(ScopeId(0))
    }

    /// A unit for a scope: its kind follows from whether there is a `yield` in it.
    pub(super) fn enter_function(&mut self, scope: ScopeId, name: &str, parameters: Option<&Parameters>) {
        let kind = if self.scopes.get(scope).generator { CodeKind::Generator } else { CodeKind::Function };
        self.enter(scope, kind, name);
        if let Some(parameters) = parameters {
            self.unit.params = Params {
                positional_only: count(parameters.posonlyargs.len()),
                positional: count(parameters.posonlyargs.len() + parameters.args.len()),
                keyword_only: count(parameters.kwonlyargs.len()),
                args: parameters.vararg.is_some(),
                kwargs: parameters.kwarg.is_some(),
            };
        }
    }

    pub(super) fn function(&mut self, node: &'a StmtFunctionDef) -> Compiled {
        if node.is_async {
            return Err(refuse("async functions", node));
        }
        if let Some(types) = &node.type_params {
            return Err(refuse("type parameters", &**types));
        }
        self.decorators(&node.decorator_list)?;
        self.at(&node.name);
        let mut flags = self.defaults(&node.parameters)?;
        flags |= self.annotations(&node.parameters, node.returns.as_deref())?;
        let (line, span) = (self.line, self.span);
        self.enter_function(self.scope_of(node), &node.name, Some(&node.parameters));
        self.begin_at(&node.decorator_list);
        self.unit.doc = Self::docstring(&node.body).map(Arc::from);
        self.statements(&node.body)?;
        self.emit_none()?;
        self.emit(Op::Return)?;
        let code = self.leave();
        (self.line, self.span) = (line, span);
        self.make_function(code, flags)?;
        self.apply_decorators(&node.decorator_list)?;
        self.store_text(&node.name)
    }

    pub(super) fn lambda(&mut self, node: &'a ExprLambda) -> Compiled {
        let parameters = node.parameters.as_deref();
        let flags = parameters.map_or(Ok(0), |parameters| self.defaults(parameters))?;
        self.enter_function(self.scope_of(node), "<lambda>", parameters);
        self.expr(&node.body)?;
        self.emit(Op::Return)?;
        let code = self.leave();
        self.make_function(code, flags)
    }

    /// What is decorated begins with its first decorator.
    pub(super) fn begin_at(&mut self, decorators: &[Decorator]) {
        if let Some(first) = decorators.first() {
            self.unit.first_line = (self.line_of)(self.lines.line(u32::from(first.start())));
        }
    }

    pub(super) fn decorators(&mut self, decorators: &'a [Decorator]) -> Compiled {
        if let Some(decorator) = decorators.get(MAX_DECORATORS) {
            return Err(Fault::new("too many decorators", u32::from(decorator.start())));
        }
        decorators.iter().try_for_each(|decorator| self.expr(&decorator.expression))
    }

    pub(super) fn apply_decorators(&mut self, decorators: &'a [Decorator]) -> Compiled {
        for decorator in decorators.iter().rev() {
            let before = self.at(decorator);
            self.emit(Op::Call(1))?;
            self.line = before;
            self.span = (0, 0);
        }
        Ok(())
    }

    fn defaults(&mut self, parameters: &'a Parameters) -> Compiled<u32> {
        let mut flags = 0;
        let mut defaults = 0;
        for parameter in parameters.posonlyargs.iter().chain(&parameters.args) {
            if let Some(default) = &parameter.default {
                self.expr(default)?;
                defaults += 1;
            }
        }
        if defaults > 0 {
            self.emit(Op::BuildTuple(defaults))?;
            flags |= DEFAULTS;
        }
        let mut keywords = 0;
        for parameter in &parameters.kwonlyargs {
            if let Some(default) = &parameter.default {
                let symbol = self.symbol(&parameter.parameter.name);
                let name = self.symbols.text(symbol).to_owned();
                self.emit_text(&name)?;
                self.expr(default)?;
                keywords += 1;
            }
        }
        if keywords > 0 {
            self.emit(Op::BuildDict(keywords))?;
            flags |= KEYWORD_DEFAULTS;
        }
        Ok(flags)
    }

    fn annotations(&mut self, parameters: &'a Parameters, returns: Option<&'a Expr>) -> Compiled<u32> {
        let mut total = 0;
        let positional = parameters.posonlyargs.iter().chain(&parameters.args).map(|with| &with.parameter);
        let all = positional
            .chain(parameters.vararg.as_deref())
            .chain(parameters.kwonlyargs.iter().map(|with| &with.parameter))
            .chain(parameters.kwarg.as_deref());
        for parameter in all {
            if let Some(annotation) = &parameter.annotation {
                let symbol = self.symbol(&parameter.name);
                let name = self.symbols.text(symbol).to_owned();
                self.emit_text(&name)?;
                self.annotation(annotation)?;
                total += 1;
            }
        }
        if let Some(returns) = returns {
            self.emit_text("return")?;
            self.annotation(returns)?;
            total += 1;
        }
        if total == 0 {
            return Ok(0);
        }
        self.emit(Op::BuildDict(total))?;
        Ok(ANNOTATIONS)
    }

    /// Makes a function of finished code, with the cells that it captures from here.
    pub(super) fn make_function(&mut self, code: Arc<Code>, mut flags: u32) -> Compiled {
        if !code.free.is_empty() {
            for name in &code.free {
                let symbol = self.symbols.intern(name.text());
                let Some(cell) = self.scopes.get(self.unit.scope).cell(symbol) else {
                    return Err(Fault::new(format!("no cell for '{}'", name.text()), self.span.0));
                };
                self.emit(Op::LoadClosure(cell))?;
            }
            self.emit(Op::BuildTuple(count(code.free.len())))?;
            flags |= CLOSURE;
        }
        let index = self.unit.add_constant(Const::Code(code));
        self.emit(Op::Const(index))?;
        self.emit(Op::MakeFunction(flags))
    }
}
