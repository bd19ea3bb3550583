//! `getattr`, `hasattr`, `setattr`, `delattr`
//!
//! Attributes are looked up by the machine.

use crate::error::PyResult;
use crate::native::Args;
use crate::types::arguments::positional;
use crate::value::Value;
use crate::vm::Vm;
use std::sync::Arc;

/// What it costs to look up a name that no code holds.
const NAMED: u64 = 20;

fn name(vm: &mut Vm<'_>, value: Value) -> PyResult<Arc<str>> {
    match vm.text(value) {
        Some(name) => {
            // It is hashed at each look into a class.
            vm.pay(NAMED + name.len() as u64 / 2)?;
            Ok(name)
        }
        None => {
            let given = vm.type_name(value);
            Err(vm.type_error(format!("attribute name must be string, not '{given}'")))
        }
    }
}

pub(super) fn getattr(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = positional(vm, args, "getattr", 2, 3)?;
    let name = name(vm, given[1])?;
    match given.get(2) {
        None => vm.get_attr(given[0], &name),
        Some(default) => Ok(vm.get_attr_opt(given[0], &name)?.unwrap_or(*default)),
    }
}

pub(super) fn hasattr(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = positional(vm, args, "hasattr", 2, 2)?;
    let name = name(vm, given[1])?;
    Ok(Value::from(vm.get_attr_opt(given[0], &name)?.is_some()))
}

pub(super) fn setattr(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = positional(vm, args, "setattr", 3, 3)?;
    let name = name(vm, given[1])?;
    vm.set_attr(given[0], &name, given[2])?;
    Ok(Value::None)
}

pub(super) fn delattr(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = positional(vm, args, "delattr", 2, 2)?;
    let name = name(vm, given[1])?;
    vm.del_attr(given[0], &name)?;
    Ok(Value::None)
}
