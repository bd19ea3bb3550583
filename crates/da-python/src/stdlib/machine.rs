//! `_machine`: what `sys` tells of the evaluation.
//!
//! Nothing here changes it.

use crate::error::PyResult;
use crate::native::{Args, NativeFunction};
use crate::types::arguments::natives;
use crate::value::Value;
use crate::vm::Vm;

/// The functions of the module.
pub(super) static FUNCTIONS: &[NativeFunction] = natives! {
    "caller" => caller,
    "digits" => |vm, _| Ok(Value::Int(i64::try_from(vm.most_digits).unwrap_or(0))),
    "handled" => handled,
    "modules" => modules,
    "set_digits" => set_digits,
    "recursion_limit" => recursion_limit,
};

/// The name of the module that called the one that asks, or `None`.
fn caller(vm: &mut Vm<'_>, _: &Args) -> PyResult {
    Ok(vm.calling_module().unwrap_or(Value::None))
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
    let most = crate::types::arguments::single(vm, args, "set_int_max_str_digits")?;
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
