//! The attributes of an object, as the engine's own code reads and writes them: without asking for
//! what is not there, and without ceremony where no class written in Python has a say.

use da_python::machine::value::Origin;
use da_python::machine::{PyResult, Value, Vm};

/// An attribute that the object itself has.
pub(super) fn own(vm: &Vm<'_>, object: Value, name: &str) -> Option<Value> {
    vm.dict_get_str(vm.as_instance(object)?.attributes, name)
}

/// What the class of an object, or one that it derives from, has under a name.
pub(super) fn in_class(vm: &Vm<'_>, object: Value, name: &str) -> Option<Value> {
    let class = vm.as_class(vm.type_of(object))?;
    class.mro.iter().find_map(|&base| vm.dict_get_str(vm.as_class(base)?.attributes, name))
}

/// The classes of an object that are written in Python and come before those written in Rust.
fn scripts_decide(vm: &Vm<'_>, object: Value, names: &[&str]) -> bool {
    let Some(class) = vm.as_class(vm.type_of(object)) else { return true };
    let bases = class.mro.iter().filter_map(|&base| vm.as_class(base));
    bases
        .take_while(|base| base.origin == Origin::Script)
        .any(|base| names.iter().any(|name| vm.dict_get_str(base.attributes, name).is_some()))
}

/// The value of an attribute, if there is one (`hasattr` and `getattr`).
pub(super) fn peek(vm: &mut Vm<'_>, object: Value, name: &str) -> PyResult<Option<Value>> {
    if let Some(value) = own(vm, object, name) {
        return Ok(Some(value));
    }
    if in_class(vm, object, name).is_some() || scripts_decide(vm, object, &["__getattr__", "__getattribute__"]) {
        return vm.get_attr_opt(object, name);
    }
    Ok(None)
}

/// Whether an attribute is there and true.
pub(super) fn is_true(vm: &mut Vm<'_>, object: Value, name: &str) -> PyResult<bool> {
    match peek(vm, object, name)? {
        Some(value) => vm.truth(value),
        None => Ok(false),
    }
}

/// Whether an attribute is there.
pub(super) fn has(vm: &mut Vm<'_>, object: Value, name: &str) -> PyResult<bool> {
    Ok(peek(vm, object, name)?.is_some())
}

/// The value of an attribute, which is asked for if it is not there.
pub(super) fn get(vm: &mut Vm<'_>, object: Value, name: &str) -> PyResult<Value> {
    match own(vm, object, name) {
        Some(value) => Ok(value),
        None => vm.get_attr(object, name),
    }
}

/// Sets an attribute.
pub(super) fn put(vm: &mut Vm<'_>, object: Value, name: &str, value: Value) -> PyResult<()> {
    if scripts_decide(vm, object, &[name, "__setattr__"]) {
        return vm.set_attr(object, name, value);
    }
    let attributes = vm.own_attributes(object)?;
    vm.dict_set_str(attributes, name, value)
}

/// Sets an attribute, unless it is known to be true already.
pub(super) fn put_true(vm: &mut Vm<'_>, object: Value, name: &str) -> PyResult<()> {
    match own(vm, object, name) {
        Some(Value::True) => Ok(()),
        _ => put(vm, object, name, Value::True),
    }
}

/// Deletes attributes; those that are not there are no error.
pub(super) fn forget(vm: &mut Vm<'_>, object: Value, names: &[&str]) -> PyResult<()> {
    for name in names {
        if own(vm, object, name).is_some() {
            vm.del_attr(object, name)?;
        }
    }
    Ok(())
}
