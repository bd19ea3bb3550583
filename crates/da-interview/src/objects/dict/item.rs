//! Items of a dictionary by their keys: what is not there is asked for, or made when the dictionary
//! knows of which class its values are.

use super::inside;
use crate::assemble::EngineHost;
use crate::functions::function;
use crate::objects::attributes::{get, is_true, peek, put, put_true};
use crate::objects::plan::Plan;
use crate::objects::{group, is_flattened, me, missing, name, object, rest};
use da_python::machine::native::{Args, NativeFunction};
use da_python::machine::{PyResult, Value, Vm};

pub(super) static METHODS: &[NativeFunction] = &[
    function("__getitem__", |vm, args| {
        let [dict, key] = args.bind(vm, "__getitem__", ["self", "index"], 2)?;
        item(vm, dict.unwrap_or(Value::None), key.unwrap_or(Value::None))
    }),
    function("__setitem__", |vm, args| {
        let [dict, key, value] = args.bind(vm, "__setitem__", ["self", "key", "value"], 3)?;
        let (dict, key) = (dict.unwrap_or(Value::None), key.unwrap_or(Value::None));
        let value = value.unwrap_or(Value::None);
        name::adopt(vm, value, |vm| place(vm, dict, key))?;
        let elements = group::elements(vm, dict)?;
        vm.set_item(elements, key, value).map(|()| Value::None)
    }),
    function("__delitem__", |vm, args| {
        let [dict, key] = args.bind(vm, "__delitem__", ["self", "key"], 2)?;
        let (dict, key) = (dict.unwrap_or(Value::None), key.unwrap_or(Value::None));
        item(vm, dict, key)?;
        let elements = group::elements(vm, dict)?;
        vm.del_item(elements, key).map(|()| Value::None)
    }),
    function("raise_undefined_index_error", |vm, args| {
        let [dict, key] = args.bind(vm, "raise_undefined_index_error", ["self", "index"], 2)?;
        let key = vm.repr(key.unwrap_or(Value::None))?;
        Err(missing::item(vm, dict.unwrap_or(Value::None), &key))
    }),
    function("initializeObject", initialize_object),
    function("initialize_object", initialize_object),
    function("new", new),
    function("get", |vm, args| inner(vm, args, "get")),
    function("setdefault", |vm, args| inner(vm, args, "setdefault")),
    function("clear", |vm, args| inner(vm, args, "clear")),
    function("has_key", |vm, args| {
        let [dict, key] = args.bind(vm, "has_key", ["self", "key"], 2)?;
        let elements = group::elements(vm, dict.unwrap_or(Value::None))?;
        vm.contains(elements, key.unwrap_or(Value::None)).map(Value::from)
    }),
    function("item", |vm, args| {
        let [dict, key] = args.bind(vm, "item", ["self", "key"], 2)?;
        let (dict, key) = (dict.unwrap_or(Value::None), key.unwrap_or(Value::None));
        let elements = group::gathered_elements(vm, args)?;
        if vm.contains(elements, key)? { vm.get_item(dict, key) } else { crate::objects::empty(vm) }
    }),
    function("pop", pop),
    function("popitem", |vm, args| {
        let dict = me(vm, args)?;
        let last = group::size(vm, dict)? == 1;
        let item = inner(vm, args, "popitem")?;
        if last {
            put(vm, dict, "there_are_any", Value::False)?;
        }
        Ok(item)
    }),
    function("update", |vm, args| {
        let dict = me(vm, args)?;
        let elements = group::elements(vm, dict)?;
        let mut given = rest(args);
        for other in &mut given.positional {
            *other = inside(vm, *other);
        }
        let method = vm.get_attr(elements, "update")?;
        vm.call_with(method, given)
    }),
    function("delitem", |vm, args| {
        let dict = me(vm, args)?;
        for &key in &args.positional[1..] {
            let elements = group::elements(vm, dict)?;
            if vm.contains(elements, key)? {
                vm.del_item(dict, key)?;
            }
        }
        Ok(Value::None)
    }),
    function("slice", slice),
];

/// A method of the dictionary that is inside.
fn inner(vm: &mut Vm<'_>, args: &Args, method: &str) -> PyResult<Value> {
    let dict = me(vm, args)?;
    let elements = group::elements(vm, dict)?;
    let method = vm.get_attr(elements, method)?;
    vm.call_with(method, rest(args))
}

/// The name of a place.
fn place(vm: &mut Vm<'_>, dict: Value, key: Value) -> PyResult<String> {
    let shown = vm.repr(key)?;
    Ok(format!("{}[{shown}]", name::plain(vm, dict)))
}

/// `dict[key]`
pub(super) fn item(vm: &mut Vm<'_>, dict: Value, key: Value) -> PyResult<Value> {
    let elements = group::elements(vm, dict)?;
    if let Some(value) = vm.dict_get(elements, key)? {
        return Ok(value);
    }
    let asked = is_true(vm, dict, "ask_object_type")?;
    let plain = peek(vm, dict, "object_type")?.is_none_or(Value::is_none) && !asked;
    if plain || EngineHost::find(vm).is_some_and(|host| host.probing > 0) {
        let shown = vm.repr(key)?;
        return Err(missing::item(vm, dict, &shown));
    }
    if asked {
        vm.set_item(dict, key, Value::None)?;
        return Ok(Value::None);
    }
    vm.call_method(dict, "initializeObject", &[key])
}

/// `initializeObject(key, Class=None, *pargs, **parameters)`: puts a new object under a key.
fn initialize_object(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let dict = me(vm, args)?;
    let Some(&key) = args.positional.get(1) else {
        return Err(vm.type_error("initializeObject() needs a key"));
    };
    let plan = group::plan_of_new(vm, dict, args.positional.get(2).copied())?;
    put_new(vm, dict, key, &plan, &args.positional[args.positional.len().min(3)..], args)
}

fn put_new(vm: &mut Vm<'_>, dict: Value, key: Value, plan: &Plan, more: &[Value], args: &Args) -> PyResult<Value> {
    let full = place(vm, dict, key)?;
    let made = plan.make(vm, full, more, &args.keywords)?;
    vm.set_item(dict, key, made)?;
    put_true(vm, dict, "there_are_any")?;
    Ok(made)
}

/// `new(*keys, **parameters)`: an object under each key that is not there yet; what holds keys stands
/// for them.
fn new(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let dict = me(vm, args)?;
    for &key in &args.positional[1..] {
        if is_flattened(vm, key) {
            for inside in vm.collect(key)? {
                let one = Args { positional: vec![inside], keywords: args.keywords.clone() };
                crate::objects::call_with(vm, dict, "new", one)?;
            }
            continue;
        }
        let elements = group::elements(vm, dict)?;
        if vm.contains(elements, key)? {
            continue;
        }
        if is_true(vm, dict, "ask_object_type")? {
            vm.set_item(dict, key, Value::None)?;
            continue;
        }
        let one = Args { positional: vec![key], keywords: args.keywords.clone() };
        crate::objects::call_with(vm, dict, "initializeObject", one)?;
    }
    Ok(Value::None)
}

fn pop(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let dict = me(vm, args)?;
    let elements = group::elements(vm, dict)?;
    if let Some(&key) = args.positional.get(1)
        && let Some(value) = vm.dict_get(elements, key)?
    {
        vm.call_method(dict, "hook_on_remove", &[value])?;
    }
    let value = inner(vm, args, "pop")?;
    if group::size(vm, dict)? == 0 {
        put(vm, dict, "there_are_any", Value::False)?;
    }
    Ok(value)
}

/// `slice(*keys)` or `slice(function)`: a gathered dictionary of some of the entries.
fn slice(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let dict = me(vm, args)?;
    let elements = group::elements(vm, dict)?;
    let chosen = vm.dict()?;
    let by_function = match args.positional[1..] {
        [one] if vm.as_function(one).is_some() => Some(one),
        _ => None,
    };
    let wanted = if by_function.is_some() { vm.collect(elements)? } else { args.positional[1..].to_vec() };
    for key in wanted {
        let Some(value) = vm.dict_get(elements, key)? else { continue };
        let takes = match by_function {
            Some(function) => {
                let answer = vm.call(function, &[value])?;
                vm.truth(answer)?
            }
            None => true,
        };
        if takes {
            vm.dict_set(chosen, key, value)?;
        }
    }
    let none = vm.len(chosen)? == 0;
    let own_name = get(vm, dict, "instanceName")?;
    let made = object::shallow(vm, dict, own_name)?;
    put(vm, made, "elements", chosen)?;
    put(vm, made, "gathered", Value::True)?;
    if none {
        put(vm, made, "there_are_any", Value::False)?;
    }
    Ok(made)
}
