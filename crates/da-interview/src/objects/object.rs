//! `DAObject`: the root of all objects whose attributes an interview asks for.

use super::attributes::{forget, has, in_class, own, peek};
use super::plan::{Plan, using};
use super::{call_with, is_object, me, missing, name, rest};
use crate::functions::function;
use da_python::machine::code::CompareOp;
use da_python::machine::native::{Args, NativeFunction};
use da_python::machine::value::{Instance, Object, Origin};
use da_python::machine::{ClassBuilder, PyResult, Value, Vm};
use std::sync::Arc;

/// The class.
pub(super) fn class() -> ClassBuilder {
    super::class("DAObject")
        .methods(LIFE)
        .methods(HASH)
        .methods(COMPARISON)
        .methods(ATTRIBUTES)
        .methods(NAMES)
        .class_methods(PLANS)
}

static PLANS: &[NativeFunction] = &[function("using", |vm, args| {
    let class = me(vm, args)?;
    using(vm, class, &args.keywords)
})];

static LIFE: &[NativeFunction] = &[
    function("__init__", construct),
    function("init", |vm, args| {
        let object = me(vm, args)?;
        init(vm, object, &args.keywords).map(|()| Value::None)
    }),
    function("__str__", show),
    function("copy_shallow", copy_shallow),
    function("copy_deep", copy_deep),
    function("as_serializable", |vm, args| {
        let object = me(vm, args)?;
        let plain = crate::assemble::to_plain(vm, object)?;
        crate::assemble::from_plain(vm, &plain)
    }),
];

/// The hash is that of the name: an object that is saved and read back has the same.
static HASH: &[NativeFunction] = &[function("__hash__", |vm, args| {
    let object = me(vm, args)?;
    let text = vm.str(name::plain(vm, object))?;
    let key = vm.tuple(vec![text])?;
    Ok(Value::Int(vm.hash(key)?.cast_signed()))
})];

static COMPARISON: &[NativeFunction] = &[
    function("__lt__", |vm, args| compare(vm, args, CompareOp::Lt)),
    function("__le__", |vm, args| compare(vm, args, CompareOp::Le)),
    function("__gt__", |vm, args| compare(vm, args, CompareOp::Gt)),
    function("__ge__", |vm, args| compare(vm, args, CompareOp::Ge)),
];

static ATTRIBUTES: &[NativeFunction] = &[
    function("__getattr__", miss),
    function("__setattr__", set),
    function("__dir__", |vm, args| {
        let object = me(vm, args)?;
        let names = own(vm, object, "attrList").and_then(|names| vm.as_list(names).cloned());
        vm.list(names.unwrap_or_default())
    }),
    function("initializeAttribute", initialize),
    function("initialize_attribute", initialize),
    function("reInitializeAttribute", reinitialize),
    function("reinitialize_attribute", reinitialize),
    function("attribute_defined", |vm, args| {
        let [object, attribute] = args.bind(vm, "attribute_defined", ["self", "name"], 2)?;
        let attribute = text(vm, attribute)?;
        has(vm, object.unwrap_or(Value::None), &attribute).map(Value::from)
    }),
    function("attr", |vm, args| {
        let [object, attribute] = args.bind(vm, "attr", ["self", "name"], 2)?;
        let attribute = text(vm, attribute)?;
        Ok(peek(vm, object.unwrap_or(Value::None), &attribute)?.unwrap_or(Value::None))
    }),
    function("delattr", |vm, args| {
        let object = me(vm, args)?;
        for &attribute in &args.positional[1..] {
            let attribute = text(vm, Some(attribute))?;
            forget(vm, object, &[&attribute])?;
        }
        Ok(Value::None)
    }),
    function("raise_undefined_attribute_error", |vm, args| {
        let [object, attribute] = args.bind(vm, "raise_undefined_attribute_error", ["self", "thename"], 2)?;
        let attribute = text(vm, attribute)?;
        Err(missing::attribute(vm, object.unwrap_or(Value::None), &attribute))
    }),
];

static NAMES: &[NativeFunction] = &[
    function("attr_name", |vm, args| {
        let [object, attribute] = args.bind(vm, "attr_name", ["self", "attr"], 2)?;
        let attribute = text(vm, attribute)?;
        let full = format!("{}.{attribute}", name::of(vm, object.unwrap_or(Value::None)));
        vm.str(full)
    }),
    function("set_instance_name", |vm, args| {
        let [object, new] = args.bind(vm, "set_instance_name", ["self", "thename"], 2)?;
        let (object, new) = (object.unwrap_or(Value::None), text(vm, new)?);
        if !name::is_named(vm, object) {
            name::set(vm, object, &new)?;
        }
        Ok(Value::None)
    }),
    function("set_random_instance_name", |vm, args| {
        let object = me(vm, args)?;
        name::set_random(vm, object).map(|()| Value::None)
    }),
    function("_set_instance_name_recursively", |vm, args| {
        let [object, new, matching] =
            args.bind(vm, "_set_instance_name_recursively", ["self", "thename", "matching"], 2)?;
        let (object, new) = (object.unwrap_or(Value::None), text(vm, new)?);
        let matching = matching.and_then(|matching| vm.text(matching));
        name::rename_all(vm, object, &new, matching.as_deref()).map(|()| Value::None)
    }),
    function("fix_instance_name", fix_instance_name),
    function("_mark_as_gathered_recursively", |vm, args| {
        let object = me(vm, args)?;
        for object in name::reached(vm, object)? {
            vm.set_attr(object, "gathered", Value::True)?;
            vm.set_attr(object, "revisit", Value::True)?;
        }
        Ok(Value::None)
    }),
    function("_reset_gathered_recursively", |vm, args| {
        let object = me(vm, args)?;
        for object in name::reached(vm, object)? {
            if in_class(vm, object, "reset_gathered").is_some() {
                vm.call_method(object, "reset_gathered", &[])?;
            }
        }
        Ok(Value::None)
    }),
];

/// A text argument.
fn text(vm: &mut Vm<'_>, value: Option<Value>) -> PyResult<Arc<str>> {
    let value = value.unwrap_or(Value::None);
    match vm.text(value) {
        Some(text) => Ok(text),
        None => Ok(Arc::from(vm.to_str(value)?)),
    }
}

/// `__init__(name=None, *pargs, **kwargs)`: names the object, and leaves the rest to `init`.
fn construct(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let object = me(vm, args)?;
    let attributes = vm.own_attributes(object)?;
    let given = args.positional.get(1).copied().filter(|given| !given.is_none());
    let instance_name = match given {
        Some(given) if vm.text(given).is_some() => given,
        Some(given) => {
            let text = vm.to_str(given)?;
            vm.str(text)?
        }
        None => name::random(vm, object)?,
    };
    vm.dict_set_str(attributes, "has_nonrandom_instance_name", Value::from(given.is_some()))?;
    vm.dict_set_str(attributes, "instanceName", instance_name)?;
    let list = vm.list(Vec::new())?;
    vm.dict_set_str(attributes, "attrList", list)?;
    let mut others = rest(args);
    if !others.positional.is_empty() {
        others.positional.remove(0);
    }
    call_with(vm, object, "init", others).map(|_| Value::None)
}

/// Sets an attribute for every argument by name.
pub(super) fn init(vm: &mut Vm<'_>, object: Value, keywords: &[(Arc<str>, Value)]) -> PyResult<()> {
    keywords.iter().try_for_each(|(name, value)| vm.set_attr(object, name, *value))
}

/// Goes on with the `init` that comes after a class of ours in the order of resolution.
pub(super) fn init_next(vm: &mut Vm<'_>, object: Value, after: &str, args: Args) -> PyResult<Value> {
    let bases = vm.as_class(vm.type_of(object)).map(|class| class.mro.to_vec()).unwrap_or_default();
    let is_it =
        |&base: &Value| vm.as_class(base).is_some_and(|class| class.origin == Origin::Native && &*class.name == after);
    let place = bases.iter().position(is_it).map_or(0, |place| place + 1);
    let found = bases[place..].iter().find_map(|&base| vm.dict_get_str(vm.as_class(base)?.attributes, "init"));
    let Some(found) = found else { return init(vm, object, &args.keywords).map(|()| Value::None) };
    let mut args = args;
    args.positional.insert(0, object);
    match vm.object(found) {
        Some(Object::Native(function)) => (function.run)(vm, &args),
        _ => vm.call_with(found, args),
    }
}

/// `__getattr__(name)`: an attribute that was never set is wanted, unless it is one of the language's
/// own or the class has it and refused.
fn miss(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [object, attribute] = args.bind(vm, "__getattr__", ["self", "name"], 2)?;
    let (object, attribute) = (object.unwrap_or(Value::None), text(vm, attribute)?);
    if attribute.starts_with("__") || in_class(vm, object, &attribute).is_some() {
        return Err(vm.attribute_error(object, &attribute));
    }
    Err(missing::attribute(vm, object, &attribute))
}

/// `__setattr__(name, value)`: an object without a name gets that of its place.
fn set(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [object, attribute, value] = args.bind(vm, "__setattr__", ["self", "name", "value"], 3)?;
    let (object, value) = (object.unwrap_or(Value::None), value.unwrap_or(Value::None));
    let attribute = text(vm, attribute)?;
    name::adopt(vm, value, |vm| Ok(format!("{}.{attribute}", name::plain(vm, object))))?;
    vm.set_attr_plainly(object, &attribute, value).map(|()| Value::None)
}

fn show(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let object = me(vm, args)?;
    let said = match peek(vm, object, "name")? {
        Some(name) => name,
        None => vm.call_method(object, "object_name", &[])?,
    };
    let said = vm.to_str(said)?;
    vm.str(said)
}

/// Objects are ordered by their texts.
fn compare(vm: &mut Vm<'_>, args: &Args, op: CompareOp) -> PyResult<Value> {
    let [object, other] = args.bind(vm, "comparison", ["self", "other"], 2)?;
    let own_text = vm.to_str(object.unwrap_or(Value::None))?;
    let own_text = vm.str(own_text)?;
    let mut other = other.unwrap_or(Value::None);
    if is_object(vm, other) {
        let text = vm.to_str(other)?;
        other = vm.str(text)?;
    }
    vm.compare(op, own_text, other)
}

/// `initializeAttribute(name, Class, **parameters)`: makes an attribute an object, unless it is set
/// already.
fn initialize(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let object = me(vm, args)?;
    if args.positional.len() < 3 {
        return Err(super::error(vm, "initialize_attribute requires an attribute name and an object type"));
    }
    let attribute = text(vm, args.positional.get(1).copied())?;
    match own(vm, object, &attribute) {
        Some(value) => Ok(value),
        None => reinitialize(vm, args),
    }
}

/// `reInitializeAttribute(name, Class, **parameters)`: makes an attribute an object, whatever it was.
fn reinitialize(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let object = me(vm, args)?;
    let (Some(&attribute), Some(&class)) = (args.positional.get(1), args.positional.get(2)) else {
        return Err(super::error(vm, "reinitialize_attribute requires an attribute name and an object type"));
    };
    let attribute_name = text(vm, Some(attribute))?;
    let plan = Plan::read(vm, class)?;
    let full = format!("{}.{attribute_name}", name::plain(vm, object));
    let made = plan.make(vm, full, &args.positional[3..], &args.keywords)?;
    vm.set_attr_plainly(object, &attribute_name, made)?;
    if let Some(list) = own(vm, object, "attrList")
        && !vm.contains(list, attribute)?
    {
        vm.list_push(list, attribute)?;
    }
    Ok(made)
}

fn fix_instance_name(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [object, old, new] =
        args.bind(vm, "fix_instance_name", ["self", "old_instance_name", "new_instance_name"], 3)?;
    let (old, new) = (text(vm, old)?, text(vm, new)?);
    for object in name::reached(vm, object.unwrap_or(Value::None))? {
        if let Some(after) = name::plain(vm, object).strip_prefix(&*old) {
            name::set(vm, object, &format!("{new}{after}"))?;
        }
    }
    Ok(Value::None)
}

/// A copy that shares its parts with the object.
pub(super) fn shallow(vm: &mut Vm<'_>, object: Value, new_name: Value) -> PyResult<Value> {
    let Some(Instance { class, attributes, slots, inner }) = vm.as_instance(object).cloned() else { return Ok(object) };
    let table = vm.as_dict(attributes).cloned().unwrap_or_default();
    let attributes = vm.make(Object::Dict(Box::new(table)))?;
    vm.dict_set_str(attributes, "instanceName", new_name)?;
    vm.make(Object::Instance(Box::new(Instance { class, attributes, slots, inner })))
}

fn copy_shallow(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [object, new_name] = args.bind(vm, "copy_shallow", ["self", "thename"], 2)?;
    shallow(vm, object.unwrap_or(Value::None), new_name.unwrap_or(Value::None))
}

fn copy_deep(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [object, new_name] = args.bind(vm, "copy_deep", ["self", "thename"], 2)?;
    let new_name = text(vm, new_name)?;
    let module = vm.import("copy")?;
    let copied = vm.call_method(module, "deepcopy", &[object.unwrap_or(Value::None)])?;
    name::rename(vm, copied, &new_name)?;
    Ok(copied)
}
