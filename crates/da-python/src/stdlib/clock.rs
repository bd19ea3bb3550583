//! `_clock`: what time it is, as far as the host says.

use crate::error::PyResult;
use crate::native::{Args, NativeFunction};
use crate::types::arguments::natives;
use crate::value::Value;
use crate::vm::Vm;

/// The functions of the module.
pub(super) static FUNCTIONS: &[NativeFunction] = natives! { "now" => now, "timezone" => timezone };

/// Microseconds since 1970 in UTC.
fn now(vm: &mut Vm<'_>, _: &Args) -> PyResult {
    match vm.host().now() {
        Some(now) => Ok(Value::Int(now)),
        None if vm.lays_floor => {
            Err(vm.runtime_error("there is no clock here: the top level of a module cannot ask for the time"))
        }
        None => Err(vm.runtime_error("there is no clock here")),
    }
}

/// The name of the local time zone, or `None`.
fn timezone(vm: &mut Vm<'_>, _: &Args) -> PyResult {
    match vm.host().timezone() {
        Some(name) => vm.str(name),
        None => Ok(Value::None),
    }
}
