//! docassemble's objects: `DAObject`, `DAList`, `DADict`, `DAOrderedDict` and `DASet`, registered as
//! classes written in Rust.
//!
//! They stand in a module of their own, `_objects`, which `docassemble.base.util` imports from; they
//! say that they belong to `docassemble.base.util`, because interviews and snapshots know them by
//! that name. What they say in words (nouns, pronouns, buttons) the prelude adds in Python. Every
//! method can be overridden in Python: one method never reaches another but by its name, other than
//! to look at what is there. Nothing here asks by itself: what is wanted travels as data in the
//! exception.

mod attributes;
mod dict;
mod gather;
mod group;
mod list;
mod missing;
mod name;
mod object;
mod plan;
mod set;

pub(crate) use name::name_variables;

use da_python::machine::native::{Args, NativeFunction};
use da_python::machine::value::{Object, Origin};
use da_python::machine::{ClassBuilder, ModuleBuilder, PyResult, Raised, Value, Vm};

/// Where the classes say that they are.
const MODULE: &str = "docassemble.base.util";
/// Where they are registered.
pub(crate) const REGISTERED: &str = "_objects";

/// Fills the module.
pub(crate) fn install(module: &mut ModuleBuilder<'_, '_>) -> PyResult<()> {
    module.class(ClassBuilder::new("DAObjectPlusParameters").in_module(MODULE))?;
    let object = module.class(object::class())?;
    module.class(list::class(object))?;
    let dict = module.class(dict::class(object))?;
    module.class(dict::ordered(dict))?;
    module.class(set::class(object))?;
    Ok(())
}

/// A class of ours.
fn class(name: &'static str) -> ClassBuilder {
    ClassBuilder::new(name).in_module(MODULE)
}

/// Whether a value is an instance of a native class of this name.
fn is_a(vm: &Vm<'_>, value: Value, name: &str) -> bool {
    let Some(instance) = vm.as_instance(value) else { return false };
    let Some(class) = vm.as_class(instance.class) else { return false };
    class
        .mro
        .iter()
        .filter_map(|&base| vm.as_class(base))
        .any(|base| base.origin == Origin::Native && &*base.name == name)
}

/// Whether a value is a `DAObject`.
pub(crate) fn is_object(vm: &Vm<'_>, value: Value) -> bool {
    is_a(vm, value, "DAObject")
}

/// A class of ours by its name.
fn class_named(vm: &mut Vm<'_>, name: &str) -> PyResult<Value> {
    Ok(vm.find_class(REGISTERED, name)?.unwrap_or(Value::None))
}

/// `DAError` with a message.
fn error(vm: &mut Vm<'_>, message: impl Into<std::sync::Arc<str>>) -> Raised {
    raise(vm, message.into()).unwrap_or_else(|raised| raised)
}

fn raise(vm: &mut Vm<'_>, message: std::sync::Arc<str>) -> PyResult<Raised> {
    let class = vm.find_class(MODULE, "DAError")?.unwrap_or(Value::None);
    let message = vm.str(message)?;
    let made = vm.call(class, &[message])?;
    Ok(Raised::Exception(made))
}

/// Whether a value is a `DAEmpty`, which the prelude defines.
fn is_empty_value(vm: &Vm<'_>, value: Value) -> bool {
    vm.as_instance(value).is_some() && &*vm.type_name(value) == "DAEmpty"
}

/// A new `DAEmpty`.
fn empty(vm: &mut Vm<'_>) -> PyResult<Value> {
    let class = vm.find_class(MODULE, "DAEmpty")?.unwrap_or(Value::None);
    vm.call(class, &[])
}

/// Whether a value stands for what it holds where keys or members are listed: anything that can be
/// gone through, other than a text.
fn is_flattened(vm: &Vm<'_>, value: Value) -> bool {
    vm.text(value).is_none()
        && (attributes::in_class(vm, value, "__iter__").is_some()
            || matches!(vm.object(value), Some(Object::Generator(_) | Object::Iterator(_) | Object::View { .. })))
}

/// Whether the attributes of a member are these.
fn is_like(vm: &mut Vm<'_>, member: Value, wanted: &plan::Keywords) -> PyResult<bool> {
    for (attribute, value) in wanted {
        let own = vm.get_attr(member, attribute)?;
        if !vm.eq(own, *value)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The receiver of a method.
fn me(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    match args.positional.first() {
        Some(&me) => Ok(me),
        None => Err(vm.type_error("unbound method needs an argument")),
    }
}

/// The arguments without the receiver.
fn rest(args: &Args) -> Args {
    Args { positional: args.positional.iter().skip(1).copied().collect(), keywords: args.keywords.clone() }
}

/// What the class of a value has under a name, if it is a function written in Rust: no one
/// overrides it.
fn native_method(vm: &Vm<'_>, value: Value, name: &str) -> Option<&'static NativeFunction> {
    match vm.object(attributes::in_class(vm, value, name)?) {
        Some(Object::Native(function)) => Some(*function),
        _ => None,
    }
}

/// Calls a method with any arguments.
fn call_with(vm: &mut Vm<'_>, value: Value, name: &str, args: Args) -> PyResult<Value> {
    if let Some(function) = native_method(vm, value, name)
        && attributes::own(vm, value, name).is_none()
    {
        let mut args = args;
        args.positional.insert(0, value);
        return (function.run)(vm, &args);
    }
    let method = vm.get_attr(value, name)?;
    vm.call_with(method, args)
}
