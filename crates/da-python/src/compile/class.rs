//! Classes: the body is a function that fills the namespace and returns its `__class__` cell.

use super::expression::{count, needs_steps};
use super::{Compiled, Compiler, constant::refuse};
use crate::code::{Code, CodeKind, Op};
use ruff_python_ast::StmtClassDef;
use std::sync::Arc;

impl<'a> Compiler<'a, '_> {
    pub(super) fn class(&mut self, node: &'a StmtClassDef) -> Compiled {
        if let Some(types) = &node.type_params {
            return Err(refuse("type parameters", &**types));
        }
        self.decorators(&node.decorator_list)?;
        self.at(&node.name);
        let (line, span) = (self.line, self.span);
        let code = self.class_body(node)?;
        (self.line, self.span) = (line, span);
        self.make_function(code, 0)?;
        self.emit_text(&node.name)?;
        match &node.arguments {
            None => self.emit(Op::BuildClass(0))?,
            Some(arguments) if arguments.keywords.is_empty() && !needs_steps(&arguments.args) => {
                self.exprs(&arguments.args)?;
                self.emit(Op::BuildClass(count(arguments.args.len())))?;
            }
            Some(arguments) => {
                self.check_keywords(&arguments.keywords)?;
                self.spread_arguments(arguments)?;
                self.emit(Op::BuildClassSpread)?;
            }
        }
        self.apply_decorators(&node.decorator_list)?;
        self.store_text(&node.name)
    }

    fn class_body(&mut self, node: &'a StmtClassDef) -> Compiled<Arc<Code>> {
        self.enter(self.scope_of(node), CodeKind::Class, &node.name);
        self.begin_at(&node.decorator_list);
        let qualname = Arc::clone(&self.unit.qualname);
        self.emit_text(&qualname)?;
        self.store_text("__qualname__")?;
        self.module_prologue(&node.body)?;
        self.statements(&node.body)?;
        let class = self.symbols.intern("__class__");
        if self.scopes.get(self.unit.scope).cells.contains(&class) {
            self.emit(Op::LoadClosure(0))?;
        } else {
            self.emit_none()?;
        }
        self.emit(Op::Return)?;
        Ok(self.leave())
    }
}
