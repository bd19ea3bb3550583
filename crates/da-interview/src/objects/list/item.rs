//! Items of a list by their places: what is not there is asked for, or made when the list knows of
//! which class its items are.

use crate::assemble::EngineHost;
use crate::functions::function;
use crate::objects::attributes::{has, is_true, peek};
use crate::objects::{error, gather, group, me, missing, name};
use da_python::machine::native::{Args, NativeFunction};
use da_python::machine::{PyResult, Value, Vm};

/// No more items are made at once to reach a place.
const MADE_AT_ONCE: i64 = 10;

pub(super) static METHODS: &[NativeFunction] = &[
    function("__getitem__", |vm, args| {
        let [list, index] = args.bind(vm, "__getitem__", ["self", "index"], 2)?;
        item(vm, list.unwrap_or(Value::None), index.unwrap_or(Value::None))
    }),
    function("__setitem__", set_item),
    function("__delitem__", |vm, args| {
        let [list, index] = args.bind(vm, "__delitem__", ["self", "index"], 2)?;
        let (list, index) = (list.unwrap_or(Value::None), index.unwrap_or(Value::None));
        item(vm, list, index)?;
        let elements = group::elements(vm, list)?;
        vm.del_item(elements, index)?;
        name::renumber(vm, list).map(|()| Value::None)
    }),
    function("raise_undefined_index_error", |vm, args| {
        let [list, index] = args.bind(vm, "raise_undefined_index_error", ["self", "index"], 2)?;
        let index = vm.to_str(index.unwrap_or(Value::None))?;
        Err(missing::item(vm, list.unwrap_or(Value::None), &index))
    }),
    function("item", |vm, args| {
        let [list, index] = args.bind(vm, "item", ["self", "index"], 2)?;
        let (list, index) = (list.unwrap_or(Value::None), index.unwrap_or(Value::None));
        gather::trigger(vm, list)?;
        let number = vm.index(index)?;
        if number < group::size(vm, list)? as i64 { vm.get_item(list, index) } else { crate::objects::empty(vm) }
    }),
    function("first", |vm, args| {
        let list = me(vm, args)?;
        gather::trigger(vm, list)?;
        vm.get_item(list, Value::Int(0))
    }),
    function("last", |vm, args| {
        let list = me(vm, args)?;
        gather::trigger(vm, list)?;
        let last = group::size(vm, list)?.saturating_sub(1);
        vm.get_item(list, Value::Int(last as i64))
    }),
    function("_fill_up_to", |vm, args| {
        let [list, index] = args.bind(vm, "_fill_up_to", ["self", "index"], 2)?;
        let index = vm.index(index.unwrap_or(Value::None))?;
        fill_up_to(vm, list.unwrap_or(Value::None), index).map(|()| Value::None)
    }),
    function("_allow_appending", |vm, args| {
        let list = me(vm, args)?;
        vm.set_attr(list, "_appending_allowed", Value::True).map(|()| Value::None)
    }),
    function("_disallow_appending", |vm, args| {
        let list = me(vm, args)?;
        crate::objects::attributes::forget(vm, list, &["_appending_allowed"]).map(|()| Value::None)
    }),
];

/// `list[index]`
pub(super) fn item(vm: &mut Vm<'_>, list: Value, index: Value) -> PyResult<Value> {
    let elements = group::elements(vm, list)?;
    let Value::Int(place) = index else {
        return vm.get_item(elements, index);
    };
    let len = vm.len(elements)? as i64;
    if (-len..len).contains(&place) {
        return vm.get_item(elements, index);
    }
    if is_final(vm, list)? {
        return Err(vm.index_error("list index out of range", list, index));
    }
    if peek(vm, list, "object_type")?.is_none_or(Value::is_none) && !is_true(vm, list, "ask_object_type")? {
        return Err(missing::item(vm, list, &place.to_string()));
    }
    fill_up_to(vm, list, place)?;
    let elements = group::elements(vm, list)?;
    vm.get_item(elements, index)
}

/// Whether no items are to come: the list is gathered, or whoever looks does not want to ask.
fn is_final(vm: &mut Vm<'_>, list: Value) -> PyResult<bool> {
    if EngineHost::find(vm).is_some_and(|host| host.probing > 0) {
        return Ok(true);
    }
    Ok(is_true(vm, list, "auto_gather")? && has(vm, list, "gathered")? && !is_true(vm, list, "_appending_allowed")?)
}

/// Adds items until there is one at this place.
fn fill_up_to(vm: &mut Vm<'_>, list: Value, index: i64) -> PyResult<()> {
    let len = group::size(vm, list)? as i64;
    let wanted = if index < 0 { index.saturating_neg() - len } else { index.saturating_add(1) - len };
    if wanted > MADE_AT_ONCE {
        return Err(error(vm, "Attempt to fill up more than 10 items"));
    }
    for _ in 0..wanted.max(0) {
        let plain = peek(vm, list, "object_type")?.is_none_or(Value::is_none);
        if plain || is_true(vm, list, "ask_object_type")? {
            let elements = group::elements(vm, list)?;
            vm.list_push(elements, Value::None)?;
        } else {
            vm.call_method(list, "appendObject", &[])?;
        }
    }
    Ok(())
}

fn set_item(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [list, index, value] = args.bind(vm, "__setitem__", ["self", "index", "value"], 3)?;
    let (list, index) = (list.unwrap_or(Value::None), index.unwrap_or(Value::None));
    let value = value.unwrap_or(Value::None);
    let elements = group::elements(vm, list)?;
    if vm.as_slice(index).is_some() {
        return vm.set_item(elements, index, value).map(|()| Value::None);
    }
    let Some(place) = vm.as_int(index) else {
        let shown = vm.to_str(index)?;
        let own_name = name::plain(vm, list);
        return Err(error(vm, format!("Attempt to fill up {own_name} with index {shown}")));
    };
    fill_up_to(vm, list, place)?;
    let elements = group::elements(vm, list)?;
    name::adopt(vm, value, |vm| Ok(format!("{}[{place}]", name::plain(vm, list))))?;
    vm.set_item(elements, index, value).map(|()| Value::None)
}
