//! Plans of objects: a class, or what `Class.using(...)` makes of a class and parameters.

use super::attributes::{own, put};
use super::{class_named, is_a};
use da_python::machine::native::Args;
use da_python::machine::{PyResult, Value, Vm};
use std::sync::Arc;

/// Arguments by name.
pub(super) type Keywords = Vec<(Arc<str>, Value)>;

/// What an object is to be made of.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) class: Value,
    pub(super) parameters: Keywords,
}

impl Plan {
    /// Reads a class or a class with parameters.
    pub(super) fn read(vm: &mut Vm<'_>, value: Value) -> PyResult<Plan> {
        if is_a(vm, value, "DAObjectPlusParameters") {
            let class = own(vm, value, "object_type").unwrap_or(Value::None);
            let parameters = own(vm, value, "parameters").unwrap_or(Value::None);
            return Ok(Plan { class, parameters: keywords(vm, parameters)? });
        }
        Ok(Plan { class: value, parameters: Vec::new() })
    }

    /// Makes the object, with more parameters, which win.
    pub(super) fn make(&self, vm: &mut Vm<'_>, name: String, more: &[Value], given: &Keywords) -> PyResult<Value> {
        let mut parameters = self.parameters.clone();
        for (key, value) in given {
            match parameters.iter_mut().find(|(known, _)| known == key) {
                Some((_, known)) => *known = *value,
                None => parameters.push((Arc::clone(key), *value)),
            }
        }
        let mut positional = vec![vm.str(name)?];
        positional.extend_from_slice(more);
        vm.call_with(self.class, Args { positional, keywords: parameters })
    }
}

/// The entries of a dict whose keys are texts.
pub(super) fn keywords(vm: &mut Vm<'_>, dict: Value) -> PyResult<Keywords> {
    let Some(table) = vm.as_dict(dict) else { return Ok(Vec::new()) };
    let entries: Keywords = table.iter().filter_map(|entry| Some((vm.text(entry.key)?, entry.value))).collect();
    vm.pay(entries.len() as u64)?;
    Ok(entries)
}

/// A dict of arguments.
pub(super) fn dict_of(vm: &mut Vm<'_>, entries: &Keywords) -> PyResult<Value> {
    let dict = vm.dict()?;
    for (name, value) in entries {
        vm.dict_set_str(dict, name, *value)?;
    }
    Ok(dict)
}

/// `Class.using(**parameters)`
pub(super) fn using(vm: &mut Vm<'_>, class: Value, parameters: &Keywords) -> PyResult<Value> {
    let of = class_named(vm, "DAObjectPlusParameters")?;
    let made = vm.call(of, &[])?;
    let parameters = dict_of(vm, parameters)?;
    put(vm, made, "object_type", class)?;
    put(vm, made, "parameters", parameters)?;
    Ok(made)
}
