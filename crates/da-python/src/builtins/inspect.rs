//! What an object is: `isinstance`, `issubclass`, `callable`, `id`, `hash`, `dir`, `vars`, and the
//! namespaces of the caller.
//!
//! Nothing here changes an object.

use crate::error::PyResult;
use crate::native::Args;
use crate::types::arguments::{positional, single};
use crate::value::Value;
use crate::vm::Vm;

pub(super) fn isinstance(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = positional(vm, args, "isinstance", 2, 2)?;
    vm.is_instance(given[0], given[1]).map(Value::from)
}

pub(super) fn issubclass(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = positional(vm, args, "issubclass", 2, 2)?;
    vm.is_subclass(given[0], given[1]).map(Value::from)
}

pub(super) fn callable(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let value = single(vm, args, "callable")?;
    Ok(Value::from(vm.is_callable(value)))
}

pub(super) fn id(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let value = single(vm, args, "id")?;
    Ok(Value::Int(vm.address(value).cast_signed()))
}

pub(super) fn hash(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let value = single(vm, args, "hash")?;
    Ok(Value::Int(vm.hash(value)?.cast_signed()))
}

pub(super) fn dir(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let names = match *positional(vm, args, "dir", 0, 1)? {
        [value] => match own_dir(vm, value)? {
            Some(names) => return sorted(vm, names),
            None => vm.dir(value)?,
        },
        _ => {
            let names = vm.frame_locals()?;
            let names = vm.collect(names)?;
            return sorted(vm, names);
        }
    };
    let mut values = Vec::with_capacity(names.len());
    for name in names {
        vm.pay(1)?;
        values.push(vm.str(name)?);
    }
    sorted(vm, values)
}

/// What `__dir__` of the object's class says.
fn own_dir(vm: &mut Vm<'_>, value: Value) -> PyResult<Option<Vec<Value>>> {
    if vm.as_instance(value).is_none() {
        return Ok(None);
    }
    match vm.get_attr_opt(value, "__dir__")? {
        Some(function) => {
            let names = vm.call(function, &[])?;
            vm.collect(names).map(Some)
        }
        None => Ok(None),
    }
}

fn sorted(vm: &mut Vm<'_>, mut names: Vec<Value>) -> PyResult {
    crate::types::sort(vm, &mut names, None, false)?;
    vm.list(names)
}

pub(super) fn vars(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    match *positional(vm, args, "vars", 0, 1)? {
        [value] => match vm.get_attr_opt(value, "__dict__")? {
            Some(attributes) => Ok(attributes),
            None => Err(vm.type_error("vars() argument must have __dict__ attribute")),
        },
        _ => vm.frame_locals(),
    }
}

pub(super) fn globals(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    positional(vm, args, "globals", 0, 0)?;
    match vm.frame_globals() {
        Some(globals) => Ok(globals),
        None => vm.dict(),
    }
}

pub(super) fn locals(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    positional(vm, args, "locals", 0, 0)?;
    vm.frame_locals()
}
