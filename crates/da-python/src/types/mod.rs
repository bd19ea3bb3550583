//! The built-in types: what they can do without running the machine's own special methods.

use crate::code::{BinaryOp, CompareOp, UnaryOp};
use crate::error::PyResult;
use crate::native::{Args, NativeFunction};
use crate::value::{Builtin, Value};
use crate::vm::Vm;

/// Methods of a type; the receiver comes first.
pub(crate) fn methods(_: Builtin) -> &'static [NativeFunction] {
    &[]
}

/// Class methods of a type; the class comes first.
pub(crate) fn class_methods(_: Builtin) -> &'static [NativeFunction] {
    &[]
}

/// Static methods of a type.
pub(crate) fn static_methods(_: Builtin) -> &'static [NativeFunction] {
    &[]
}

/// Read-only attributes of a type.
pub(crate) fn getters(_: Builtin) -> &'static [NativeFunction] {
    &[]
}

/// Calls a type.
pub(crate) fn construct(vm: &mut Vm<'_>, b: Builtin, _: &Args) -> PyResult {
    Err(vm.type_error(format!("cannot create '{b:?}' instances")))
}

/// `a op b`
pub(crate) fn binary(_: &mut Vm<'_>, _: BinaryOp, _: Value, _: Value) -> PyResult<Option<Value>> {
    Ok(None)
}

/// `a op= b`
pub(crate) fn in_place(_: &mut Vm<'_>, _: BinaryOp, _: Value, _: Value) -> PyResult<Option<Value>> {
    Ok(None)
}

/// `op a`
pub(crate) fn unary(_: &mut Vm<'_>, _: UnaryOp, _: Value) -> PyResult<Option<Value>> {
    Ok(None)
}

/// `a == b`
pub(crate) fn eq(_: &mut Vm<'_>, _: Value, _: Value) -> PyResult<Option<bool>> {
    Ok(None)
}

/// `a < b` and others
pub(crate) fn compare(_: &mut Vm<'_>, _: CompareOp, _: Value, _: Value) -> PyResult<Option<Value>> {
    Ok(None)
}

/// `hash(v)`
pub(crate) fn hash(_: &mut Vm<'_>, _: Value) -> PyResult<Option<u64>> {
    Ok(None)
}

/// `bool(v)`
pub(crate) fn truth(_: &mut Vm<'_>, _: Value) -> Option<bool> {
    None
}

/// `repr(v)`
pub(crate) fn repr(_: &mut Vm<'_>, _: Value) -> PyResult<Option<String>> {
    Ok(None)
}

/// `format(v, spec)`
pub(crate) fn format(_: &mut Vm<'_>, _: Value, _: &str) -> PyResult<Option<String>> {
    Ok(None)
}

/// `len(v)`
pub(crate) fn len(_: &mut Vm<'_>, _: Value) -> Option<usize> {
    None
}

/// `v[key]`
pub(crate) fn get_item(_: &mut Vm<'_>, _: Value, _: Value) -> PyResult<Option<Value>> {
    Ok(None)
}

/// `v[key] = value`
pub(crate) fn set_item(_: &mut Vm<'_>, _: Value, _: Value, _: Value) -> PyResult<Option<()>> {
    Ok(None)
}

/// `del v[key]`
pub(crate) fn del_item(_: &mut Vm<'_>, _: Value, _: Value) -> PyResult<Option<()>> {
    Ok(None)
}

/// `item in container`
pub(crate) fn contains(_: &mut Vm<'_>, _: Value, _: Value) -> PyResult<Option<bool>> {
    Ok(None)
}
