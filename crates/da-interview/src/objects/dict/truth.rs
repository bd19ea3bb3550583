//! A dictionary of yes and no: which keys are true, and whether all or any are.

use super::{keys, me};
use crate::functions::function;
use crate::objects::{class_named, gather, group, is_flattened};
use da_python::machine::native::{Args, NativeFunction};
use da_python::machine::{PyResult, Value, Vm};
use std::sync::Arc;

pub(super) static METHODS: &[NativeFunction] = &[
    function("true_values", |vm, args| values(vm, args, true)),
    function("false_values", |vm, args| values(vm, args, false)),
    function("all_true", |vm, args| all(vm, args, true).map(Value::from)),
    function("all_false", |vm, args| all(vm, args, false).map(Value::from)),
    function("any_true", |vm, args| Ok(Value::from(!called(vm, args, "all_false")?))),
    function("any_false", |vm, args| Ok(Value::from(!called(vm, args, "all_true")?))),
];

/// The keys whose values are true (or not), as a gathered list.
fn values(vm: &mut Vm<'_>, args: &Args, wanted: bool) -> PyResult<Value> {
    let [dict, in_order] = args.bind(vm, "true_values", ["self", "insertion_order"], 1)?;
    let dict = dict.unwrap_or(Value::None);
    gather::trigger(vm, dict)?;
    let elements = group::elements(vm, dict)?;
    let keys = if vm.truth(in_order.unwrap_or(Value::None))? { vm.collect(elements)? } else { keys(vm, dict)? };
    let mut chosen = Vec::new();
    for key in keys {
        let value = vm.get_item(elements, key)?;
        if vm.truth(value)? == wanted {
            chosen.push(key);
        }
    }
    let chosen = vm.list(chosen)?;
    let list = class_named(vm, "DAList")?;
    vm.call_with(list, Args { positional: Vec::new(), keywords: vec![(Arc::from("elements"), chosen)] })
}

fn called(vm: &mut Vm<'_>, args: &Args, method: &str) -> PyResult<bool> {
    let dict = me(vm, args)?;
    let answer = crate::objects::call_with(vm, dict, method, crate::objects::rest(args))?;
    vm.truth(answer)
}

/// Whether the named values (all, when none are named) are like this, and with `exclusive` no others.
fn all(vm: &mut Vm<'_>, args: &Args, wanted: bool) -> PyResult<bool> {
    let dict = me(vm, args)?;
    let exclusive = match args.keywords.iter().find(|(name, _)| &**name == "exclusive") {
        Some((_, exclusive)) => vm.truth(*exclusive)?,
        None => false,
    };
    let mut named = Vec::new();
    for &key in &args.positional[1..] {
        if is_flattened(vm, key) { named.extend(vm.collect(key)?) } else { named.push(key) }
    }
    let elements = group::elements(vm, dict)?;
    for &key in &named {
        if !vm.contains(elements, key)? {
            return Ok(false);
        }
    }
    let every = named.is_empty();
    let named = vm.list(named)?;
    for key in keys(vm, dict)? {
        let value = vm.get_item(elements, key)?;
        let is_so = vm.truth(value)? == wanted;
        let is_named = every || vm.contains(named, key)?;
        if is_named && !is_so || !is_named && exclusive && is_so {
            return Ok(false);
        }
    }
    gather::trigger(vm, dict)?;
    Ok(true)
}
