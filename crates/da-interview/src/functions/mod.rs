//! The functions of `docassemble.base.util` that must be near the engine, written in Rust.
//!
//! They stand in a module of their own, `_engine`, which the prelude imports from. They change
//! nothing but the heap and the evaluation's host.

mod circumstances;
mod document;
mod door;
mod files;
mod link;
mod look;
mod outside;
mod scope;
mod state;
mod stored;
mod table;
mod template;

pub(crate) use circumstances::Facts;
pub(crate) use document::docx_text;
pub(crate) use link::{action_link, static_file};

use da_python::machine::native::NativeFunction;
use da_python::machine::{ModuleBuilder, PyResult};

/// Fills the module.
pub(crate) fn install(module: &mut ModuleBuilder<'_, '_>) -> PyResult<()> {
    module.functions(look::FUNCTIONS)?;
    module.functions(state::FUNCTIONS)?;
    module.functions(link::FUNCTIONS)?;
    module.functions(circumstances::FUNCTIONS)?;
    module.functions(document::FUNCTIONS)?;
    module.functions(door::FUNCTIONS)?;
    module.functions(files::FUNCTIONS)?;
    module.functions(stored::FUNCTIONS)?;
    module.functions(outside::FUNCTIONS)?;
    module.functions(table::FUNCTIONS)?;
    module.functions(crate::source::jinja::FUNCTIONS)?;
    module.functions(template::FUNCTIONS)
}

/// A function's entry in its table.
pub(crate) const fn function(name: &'static str, run: da_python::machine::native::NativeFn) -> NativeFunction {
    NativeFunction { name, run }
}
