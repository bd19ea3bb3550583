//! Names: locals, cells, namespaces and what stands behind them.

use super::frame::Frame;
use super::{NameRef, Vm};
use crate::code::Name;
use crate::error::PyResult;
use crate::value::{Object, Value};
use std::sync::atomic::AtomicU32;

/// Namespaces behind namespaces behind ...: more than these are not looked into.
const PARENTS: usize = 256;

impl Vm<'_> {
    /// A name of a namespace or of one that stands behind it.
    #[inline]
    pub(super) fn find_global(&self, namespace: Value, name: NameRef<'_>) -> Option<Value> {
        let Some(Object::Dict(dict)) = self.heap.object(namespace) else { return None };
        if let Some(value) = self.heap.find_name(namespace, name) {
            return Some(value);
        }
        if dict.parents.is_empty() {
            return None;
        }
        self.find_in_parents(namespace, name)
    }

    pub(super) fn find_in_parents(&self, namespace: Value, name: NameRef<'_>) -> Option<Value> {
        if name.text.starts_with('_') {
            return None;
        }
        let mut seen = vec![namespace];
        let mut pending = self.parents_of(namespace);
        while let Some(parent) = pending.pop() {
            if let Some(value) = self.heap.find_name(parent, name) {
                return Some(value);
            }
            if seen.len() < PARENTS && !seen.iter().any(|other| other.is(parent)) {
                seen.push(parent);
                pending.extend(self.parents_of(parent));
            }
        }
        None
    }

    /// Every namespace behind one, in the order in which a name is looked for.
    pub(super) fn all_parents(&self, namespace: Value) -> Vec<Value> {
        let mut seen = vec![namespace];
        let mut pending = self.parents_of(namespace);
        while let Some(parent) = pending.pop() {
            if seen.len() < PARENTS && !seen.iter().any(|other| other.is(parent)) {
                seen.push(parent);
                pending.extend(self.parents_of(parent));
            }
        }
        seen.split_off(1)
    }

    /// The nearest last, so that it is taken first.
    fn parents_of(&self, namespace: Value) -> Vec<Value> {
        match self.heap.object(namespace) {
            Some(Object::Dict(dict)) => dict.parents.iter().rev().copied().collect(),
            _ => Vec::new(),
        }
    }

    /// A name of a namespace that is a dict, without what stands behind it.
    #[inline]
    pub(super) fn global_at(&self, namespace: Value, name: &Name, hint: &AtomicU32) -> Option<Value> {
        self.heap.find_name_at(namespace, name.into(), hint, None)
    }

    /// A global name that its namespace does not have itself.
    pub(super) fn load_global_behind(&mut self, globals: Value, name: &Name, hint: &AtomicU32) -> PyResult {
        if let Some(Object::Dict(dict)) = self.heap.object(globals)
            && !dict.parents.is_empty()
            && let Some(value) = self.find_in_parents(globals, name.into())
        {
            return Ok(value);
        }
        match self.heap.find_name_at(self.builtins, name.into(), hint, None) {
            Some(value) => Ok(value),
            None => Err(self.name_error(name.text())),
        }
    }

    #[inline]
    pub(super) fn load_global(&mut self, globals: Value, name: &Name) -> PyResult {
        if let Some(value) = self.find_global(globals, name.into()) {
            return Ok(value);
        }
        match self.heap.find_name(self.builtins, name.into()) {
            Some(value) => Ok(value),
            None => Err(self.name_error(name.text())),
        }
    }

    pub(super) fn load_name(&mut self, names: Value, globals: Value, name: &Name) -> PyResult {
        if let Some(value) = self.find_global(names, name.into()) {
            return Ok(value);
        }
        if !names.is(globals)
            && let Some(value) = self.find_in_mapping(names, name)?
        {
            return Ok(value);
        }
        self.load_global(globals, name)
    }

    /// Names of a mapping that is not a plain dict (`__prepare__`).
    fn find_in_mapping(&mut self, names: Value, name: &Name) -> PyResult<Option<Value>> {
        if self.as_instance(names).is_none() {
            return Ok(None);
        }
        let key = self.heap.intern(name)?;
        let found = self.get_item(names, Value::Ref(key));
        self.unless("KeyError", found)
    }

    pub(super) fn store_name(&mut self, names: Value, name: &Name, value: Value) -> PyResult<()> {
        if self.as_instance(names).is_some() {
            let key = self.heap.intern(name)?;
            return self.set_item(names, Value::Ref(key), value);
        }
        self.set_name(names, name, value)
    }

    pub(super) fn delete_name(&mut self, names: Value, name: &Name) -> PyResult<()> {
        match self.remove_name(self.builtin(names), name) {
            Some(_) => Ok(()),
            None => Err(self.name_error(name.text())),
        }
    }

    pub(super) fn delete_local(&mut self, frame: &Frame, index: u32) -> PyResult<()> {
        let place = frame.base as usize + index as usize;
        if let Value::Unset = std::mem::replace(&mut self.stack[place], Value::Unset) {
            return Err(self.unbound_local(frame.code.locals[index as usize].text()));
        }
        Ok(())
    }

    pub(super) fn load_local_or_global(&mut self, frame: &Frame, index: u32) -> PyResult<()> {
        let value = match self.stack[frame.base as usize + index as usize] {
            Value::Unset => self.load_global(frame.globals, &frame.code.locals[index as usize])?,
            value => value,
        };
        self.stack.push(value);
        Ok(())
    }

    fn cell_value(&self, frame: &Frame, index: u32) -> Option<Value> {
        match self.heap.object(self.stack[frame.cell(index)]) {
            Some(Object::Cell(value)) => *value,
            _ => None,
        }
    }

    fn cell_name(frame: &Frame, index: u32) -> &Name {
        let own = frame.code.cells.len();
        match (index as usize).checked_sub(own) {
            None => &frame.code.cells[index as usize],
            Some(free) => &frame.code.free[free],
        }
    }

    pub(super) fn load_cell(&mut self, frame: &Frame, index: u32) -> PyResult {
        if let Some(value) = self.cell_value(frame, index) {
            return Ok(value);
        }
        let name = Self::cell_name(frame, index).text();
        if (index as usize) < frame.code.cells.len() {
            return Err(self.unbound_local(name));
        }
        Err(self.unbound_free(name))
    }

    pub(super) fn load_cell_or_global(&mut self, frame: &Frame, index: u32) -> PyResult<()> {
        let value = match self.cell_value(frame, index) {
            Some(value) => value,
            None => self.load_global(frame.globals, Self::cell_name(frame, index))?,
        };
        self.stack.push(value);
        Ok(())
    }

    pub(super) fn load_class_cell(&mut self, frame: &Frame, index: u32) -> PyResult<()> {
        let name = Self::cell_name(frame, index);
        let value = match self.heap.find_name(frame.names, name.into()) {
            Some(value) => value,
            None => self.load_cell(frame, index)?,
        };
        self.stack.push(value);
        Ok(())
    }

    pub(super) fn store_cell(&mut self, frame: &Frame, index: u32) {
        let value = self.pop();
        self.set_cell(frame, index, Some(value));
    }

    fn set_cell(&mut self, frame: &Frame, index: u32, value: Option<Value>) {
        if let Value::Ref(handle) = self.stack[frame.cell(index)]
            && let Object::Cell(inside) = self.heap.get_mut(handle)
        {
            *inside = value;
        }
    }

    pub(super) fn delete_cell(&mut self, frame: &Frame, index: u32) -> PyResult<()> {
        self.load_cell(frame, index)?;
        self.set_cell(frame, index, None);
        Ok(())
    }

    /// `locals()` of the Python code that called: its namespace, or a dict of its variables.
    ///
    /// # Errors
    /// `Limit::Memory`
    pub fn frame_locals(&mut self) -> PyResult {
        let Some(frame) = self.frames.last().cloned() else { return self.dict() };
        let values = self.stack.get(frame.base as usize..frame.operands()).map(<[Value]>::to_vec).unwrap_or_default();
        self.variables(&frame, &values)
    }

    /// `globals()` of the Python code that called.
    pub fn frame_globals(&self) -> Option<Value> {
        self.frames.last().map(|frame| frame.globals)
    }

    /// The name of the module that called the module that runs now.
    pub(crate) fn calling_module(&self) -> Option<Value> {
        let own = self.frames.last()?.globals;
        let caller = self.frames.iter().rev().map(|frame| frame.globals).find(|globals| !globals.is(own))?;
        self.dict_get_str(caller, "__name__")
    }

    /// The `__class__` and the first argument of the method that called `super()`.
    pub(super) fn frame_super(&mut self) -> Option<(Value, Value)> {
        let frame = self.frames.last()?;
        let free = frame.code.free.iter().position(|name| name.text() == "__class__")?;
        let class = self.cell_value(frame, (frame.code.cells.len() + free) as u32)?;
        let first = match self.stack[frame.base as usize] {
            Value::Unset => {
                let (cell, _) = frame.code.cell_params.iter().find(|(_, local)| *local == 0)?;
                self.cell_value(frame, *cell)?
            }
            value => value,
        };
        Some((class, first))
    }
}
