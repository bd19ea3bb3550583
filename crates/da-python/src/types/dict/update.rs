//! `dict`: taking over the entries of mappings and pairs.

use super::{ENTRY, this};
use crate::error::PyResult;
use crate::native::Args;
use crate::types::arguments;
use crate::value::{Builtin, Dict, Value};
use crate::vm::Vm;
use std::ops::ControlFlow;
use std::sync::Arc;

pub(super) fn method(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let receiver = arguments::receiver(vm, args, "dict.update")?;
    let dict = this(vm, receiver, "dict.update")?;
    from_arguments(vm, dict, &args.positional[1..], &args.keywords, "update")?;
    Ok(Value::None)
}

/// What `dict(...)` and `update(...)` do with their arguments.
pub(super) fn from_arguments(
    vm: &mut Vm<'_>,
    dict: Value,
    positional: &[Value],
    keywords: &[(Arc<str>, Value)],
    name: &str,
) -> PyResult<()> {
    match positional {
        [] => {}
        [source] => update(vm, dict, *source)?,
        more => {
            let given = more.len();
            return Err(vm.type_error(format!("{name} expected at most 1 argument, got {given}")));
        }
    }
    for (name, value) in keywords {
        vm.dict_set_str(dict, name, *value)?;
    }
    Ok(())
}

/// Sets the entries of a mapping, or of an iterable of pairs.
pub(crate) fn update(vm: &mut Vm<'_>, dict: Value, source: Value) -> PyResult<()> {
    if vm.builtin_type(source) == Builtin::Dict {
        return update_from_dict(vm, dict, source);
    }
    if vm.get_attr_opt(source, "keys")?.is_some() {
        let keys = vm.call_method(source, "keys", &[])?;
        return vm.for_each(keys, |vm, key| {
            let value = vm.get_item(source, key)?;
            vm.dict_set(dict, key, value)?;
            Ok(ControlFlow::Continue(()))
        });
    }
    let mut place = 0;
    vm.for_each(source, |vm, pair| {
        let items = match vm.iter(pair) {
            Ok(iterator) => vm.collect(iterator)?,
            Err(raised) if vm.exception_is(&raised, "TypeError") => {
                let message = format!("cannot convert dictionary update sequence element #{place} to a sequence");
                return Err(vm.type_error(message));
            }
            Err(raised) => return Err(raised),
        };
        let [key, value] = items[..] else {
            let len = items.len();
            let message = format!("dictionary update sequence element #{place} has length {len}; 2 is required");
            return Err(vm.value_error(message));
        };
        vm.dict_set(dict, key, value)?;
        place += 1;
        Ok(ControlFlow::Continue(()))
    })
}

fn update_from_dict(vm: &mut Vm<'_>, dict: Value, source: Value) -> PyResult<()> {
    let source = if dict.is(source) { source } else { vm.with_names_behind(source)? };
    let mut place = 0;
    let len = vm.as_dict(source).map_or(0, Dict::len);
    while place < vm.as_dict(source).map_or(0, Dict::places) {
        let entry = vm.as_dict(source).and_then(|table| table.at(place)).copied();
        place += 1;
        let Some(entry) = entry else { continue };
        vm.pay(ENTRY)?;
        crate::types::set::insert(vm, dict, entry.hash, entry.key, entry.value)?;
        if !dict.is(source) && vm.as_dict(source).map_or(0, Dict::len) != len {
            return Err(vm.runtime_error("dict mutated during update"));
        }
    }
    Ok(())
}
