//! `_machine`: what `sys` tells of the evaluation.
//!
//! Nothing here changes what a script computes; `collect` frees what it cannot reach.

use crate::error::PyResult;
use crate::native::{Args, NativeFunction};
use crate::types::arguments::{natives, single};
use crate::value::{Object, Value};
use crate::vm::Vm;

/// The functions of the module.
pub(super) static FUNCTIONS: &[NativeFunction] = natives! {
    "_getframe" => frame,
    "caller" => caller,
    "collect" => collect,
    "digits" => |vm, _| Ok(Value::Int(i64::try_from(vm.most_digits).unwrap_or(0))),
    "handled" => handled,
    "lays_floor" => |vm, _| Ok(Value::from(vm.lays_floor)),
    "modules" => modules,
    "set_digits" => set_digits,
    "recursion_limit" => recursion_limit,
    "strong" => strong,
    "weak" => weak,
};

/// The name of the module that called the one that asks, or `None`.
fn caller(vm: &mut Vm<'_>, _: &Args) -> PyResult {
    Ok(vm.calling_module().unwrap_or(Value::None))
}

/// A picture of the frame that is so many calls below the one that asks.
fn frame(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let depth = match args.positional.first() {
        Some(depth) => vm.index(*depth)?,
        None => 0,
    };
    match vm.frame_picture(usize::try_from(depth).unwrap_or(0))? {
        Some(frame) => Ok(frame),
        None => Err(vm.value_error("call stack is not deep enough")),
    }
}

/// Frees what nothing reaches; says how many objects that were.
fn collect(vm: &mut Vm<'_>, _: &Args) -> PyResult {
    let before = vm.heap.living();
    vm.pay(before as u64 / 2 + 100)?;
    vm.collect_garbage();
    Ok(Value::Int(i64::try_from(before.saturating_sub(vm.heap.living())).unwrap_or(i64::MAX)))
}

/// A reference that does not keep its object alive.
fn weak(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    match single(vm, args, "weak")? {
        Value::Ref(handle) => vm.make(Object::Weak(Some(handle))),
        immediate => Ok(immediate),
    }
}

/// The object of a weak reference, or `None` when it was freed.
fn strong(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let weak = single(vm, args, "strong")?;
    match vm.heap.object(weak) {
        Some(Object::Weak(held)) => Ok(held.map_or(Value::None, Value::Ref)),
        _ => Ok(weak),
    }
}

/// The exception that is being handled, or `None`.
fn handled(vm: &mut Vm<'_>, _: &Args) -> PyResult {
    Ok(vm.handled().unwrap_or(Value::None))
}

/// A dict of the modules that were imported.
fn modules(vm: &mut Vm<'_>, _: &Args) -> PyResult {
    let dict = vm.dict()?;
    for (name, module) in vm.loaded_modules() {
        vm.pay(1)?;
        vm.dict_set_str(dict, &name, module)?;
    }
    Ok(dict)
}

/// Sets how many digits of a whole number are converted to and from text, for this evaluation.
fn set_digits(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let most = single(vm, args, "set_int_max_str_digits")?;
    let most = vm.index(most)?;
    match usize::try_from(most) {
        Ok(most) if most == 0 || most >= 640 => {
            vm.most_digits = most;
            Ok(Value::None)
        }
        _ => Err(vm.value_error("maxdigits must be 0 or larger than 640")),
    }
}

fn recursion_limit(vm: &mut Vm<'_>, _: &Args) -> PyResult {
    Ok(Value::Int(i64::from(vm.limits.recursion)))
}
