//! `import` and `from ... import`.

use super::{Compiled, Compiler};
use crate::code::{CodeKind, Op};
use crate::syntax::Fault;
use ruff_python_ast::{Alias, Identifier, StmtImport, StmtImportFrom};
use ruff_text_size::Ranged;

/// What `from __future__ import` knows; all but `annotations` have long been the rule.
const FEATURES: [&str; 9] = [
    "nested_scopes",
    "generators",
    "division",
    "absolute_import",
    "with_statement",
    "print_function",
    "unicode_literals",
    "generator_stop",
    "annotations",
];

impl<'a> Compiler<'a, '_> {
    pub(super) fn import(&mut self, node: &'a StmtImport) -> Compiled {
        for alias in &node.names {
            let name = self.module_name(&alias.name);
            self.emit(Op::ImportName { name, level: 0, top: alias.asname.is_none() })?;
            let bound = alias.asname.as_ref().unwrap_or(&alias.name);
            self.store_text(bound.split('.').next().unwrap_or_default())?;
        }
        Ok(())
    }

    pub(super) fn import_from(&mut self, node: &'a StmtImportFrom) -> Compiled {
        let module = node.module.as_ref().map_or("", Identifier::as_str);
        if module == "__future__" && node.level == 0 {
            return self.future(&node.names);
        }
        let Ok(level) = u8::try_from(node.level) else {
            return Err(Fault::new("too many dots in a relative import", u32::from(node.start())));
        };
        let name = self.module_name(module);
        self.emit(Op::ImportName { name, level, top: false })?;
        for alias in &node.names {
            if alias.name.as_str() == "*" {
                if self.unit.kind != CodeKind::Module {
                    return Err(Fault::new("import * only allowed at module level", u32::from(node.start())));
                }
                return self.emit(Op::ImportStar);
            }
            let symbol = self.symbols.intern(&alias.name);
            let name = self.name_index(symbol);
            self.emit(Op::ImportFrom(name))?;
            self.store_text(alias.asname.as_ref().unwrap_or(&alias.name))?;
        }
        self.emit(Op::Pop)
    }

    pub(super) fn module_name(&mut self, text: &str) -> u32 {
        let symbol = self.symbols.intern(text);
        self.name_index(symbol)
    }

    /// Changes how the rest is compiled; nothing is imported.
    fn future(&mut self, names: &[Alias]) -> Compiled {
        for alias in names {
            if !FEATURES.contains(&alias.name.as_str()) {
                let message = format!("future feature {} is not defined", alias.name);
                return Err(Fault::new(message, u32::from(alias.start())));
            }
            self.text_annotations |= alias.name.as_str() == "annotations";
        }
        Ok(())
    }
}
