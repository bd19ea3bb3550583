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
    "handled" => handled,
    "modules" => modules,
    "recursion_limit" => recursion_limit,
};

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

fn recursion_limit(vm: &mut Vm<'_>, _: &Args) -> PyResult {
    Ok(Value::Int(i64::from(vm.limits.recursion)))
}
