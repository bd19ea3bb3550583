//! Packages that programs are used to and that are not here: a module that imports one at its top level runs until it
//! really needs it.
//!
//! A stand-in never hides that the package is missing: an import inside `try` or a function fails at once, and whatever is
//! done with a stand-in is a `ModuleNotFoundError` that names it.

use super::Vm;
use super::frame::Frame;
use crate::error::PyResult;
use crate::value::Value;

impl Vm<'_> {
    /// Whether a module belongs to a package that is named as absent.
    pub(super) fn is_absent(&self, name: &str) -> bool {
        self.ground.as_ref().is_some_and(|ground| ground.is_absent(name))
    }

    /// Whether the import that runs is at the top level of a file, outside of any `try`.
    pub(super) fn may_stand_in(&self, frame: &Frame) -> bool {
        let top = frame.names.is_none() || frame.names.is(frame.globals);
        top && self.guards.len() == frame.guards as usize && self.dict_get_str(frame.globals, "__file__").is_some()
    }

    /// The module of a dotted name as an interview imports it: a stand-in for one that is named as absent.
    ///
    /// # Errors
    /// As [`Vm::import`].
    pub fn import_or_stand_in(&mut self, name: &str) -> PyResult {
        if self.is_absent(name) { self.stand_in(name) } else { self.import(name) }
    }

    /// The module of a dotted name, and never a stand-in.
    pub(crate) fn import_present(&mut self, name: &str) -> PyResult {
        if self.is_absent(name) { Err(self.module_not_found(name)) } else { self.import(name) }
    }

    /// A module whose names are stand-ins; those of the packages that it is in, too.
    pub(super) fn stand_in(&mut self, name: &str) -> PyResult {
        let mut parent: Option<Value> = None;
        for end in name.match_indices('.').map(|(at, _)| at).chain([name.len()]) {
            let part = &name[..end];
            let module = match self.loaded_module(part) {
                Some(module) => module,
                None if self.is_absent(part) => self.new_stand_in(part)?,
                None => self.import(part)?,
            };
            if let Some(parent) = parent
                && let Some((_, last)) = part.rsplit_once('.')
            {
                self.bind_in_package(parent, last, module)?;
            }
            parent = Some(module);
        }
        Ok(parent.unwrap_or(Value::None))
    }

    fn new_stand_in(&mut self, name: &str) -> PyResult {
        let absent = self.import("_absent")?;
        let text = self.str(name)?;
        let getter = self.call_method(absent, "names_of", &[text])?;
        let namespace = self.new_module(name, None, true)?;
        self.dict_set_str(namespace, "__getattr__", getter)?;
        self.module_value(name, namespace)
    }
}
