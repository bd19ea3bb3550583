//! `dict`: operators and methods.

mod update;
pub(crate) mod view;

pub(crate) use update::update;

use super::arguments::{self, natives};
use crate::code::BinaryOp;
use crate::error::PyResult;
use crate::native::{Args, NativeFunction};
use crate::value::{Builtin, Dict, Object, Value, ViewKind};
use crate::vm::Vm;

/// What it costs to look an entry of one dict up in another, or to add it.
pub(super) const ENTRY: u64 = 20;

/// Methods; the receiver comes first.
pub(crate) static METHODS: &[NativeFunction] = natives! {
    "clear" => clear,
    "copy" => copy,
    "get" => get,
    "items" => |vm, args| view_of(vm, args, "dict.items", ViewKind::Items),
    "keys" => |vm, args| view_of(vm, args, "dict.keys", ViewKind::Keys),
    "pop" => pop,
    "popitem" => popitem,
    "setdefault" => setdefault,
    "update" => update::method,
    "values" => |vm, args| view_of(vm, args, "dict.values", ViewKind::Values),
};

/// Class methods; the class comes first.
pub(crate) static CLASS_METHODS: &[NativeFunction] = natives! { "fromkeys" => fromkeys };

/// `dict(mapping_or_pairs, **keywords)`
pub(crate) fn construct(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let dict = vm.dict()?;
    update::from_arguments(vm, dict, args.positional.as_slice(), &args.keywords, "dict")?;
    Ok(dict)
}

fn this(vm: &mut Vm<'_>, v: Value, name: &str) -> PyResult {
    if vm.as_dict(v).is_some() { Ok(vm.builtin(v)) } else { Err(arguments::wrong_receiver(vm, name, v)) }
}

fn alone(vm: &mut Vm<'_>, args: &Args, name: &str) -> PyResult {
    let receiver = arguments::none(vm, args, name)?;
    this(vm, receiver, name)
}

fn view_of(vm: &mut Vm<'_>, args: &Args, name: &str, kind: ViewKind) -> PyResult {
    let dict = alone(vm, args, name)?;
    let dict = vm.with_names_behind(dict)?;
    vm.make(Object::View { dict, kind })
}

fn clear(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let dict = alone(vm, args, "dict.clear")?;
    if let Some(table) = vm.as_table_mut(dict) {
        table.clear();
    }
    Ok(Value::None)
}

/// A copy of the entries.
pub(crate) fn copied(vm: &mut Vm<'_>, dict: Value) -> PyResult {
    let whole = vm.with_names_behind(dict)?;
    if !whole.is(dict) {
        return Ok(whole);
    }
    let table = vm.as_dict(dict).map_or(0, Dict::size);
    vm.heap.would_fit(table)?;
    vm.pay(table as u64 / 16)?;
    let mut table = vm.as_dict(dict).cloned().unwrap_or_default();
    table.parents.clear();
    vm.make(Object::Dict(Box::new(table)))
}

fn copy(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let dict = alone(vm, args, "dict.copy")?;
    copied(vm, dict)
}

fn get(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, rest) = arguments::between(vm, args, "dict.get", 1, 2)?;
    let dict = this(vm, receiver, "dict.get")?;
    let found = vm.dict_get(dict, rest[0])?;
    Ok(found.unwrap_or_else(|| rest.get(1).copied().unwrap_or(Value::None)))
}

fn setdefault(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, rest) = arguments::between(vm, args, "dict.setdefault", 1, 2)?;
    let dict = this(vm, receiver, "dict.setdefault")?;
    if let Some(found) = vm.dict_get(dict, rest[0])? {
        return Ok(found);
    }
    let value = rest.get(1).copied().unwrap_or(Value::None);
    vm.dict_set(dict, rest[0], value)?;
    Ok(value)
}

fn pop(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, rest) = arguments::between(vm, args, "dict.pop", 1, 2)?;
    let dict = this(vm, receiver, "dict.pop")?;
    match (vm.dict_remove(dict, rest[0])?, rest.get(1)) {
        (Some(value), _) => Ok(vm.root(value)),
        (None, Some(absent)) => Ok(*absent),
        (None, None) => Err(vm.key_error(receiver, rest[0])),
    }
}

fn popitem(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let dict = alone(vm, args, "dict.popitem")?;
    let last = vm.as_table_mut(dict).and_then(|table| table.remove_at(table.places().checked_sub(1)?));
    match last {
        Some(entry) => {
            vm.root(entry.key);
            vm.root(entry.value);
            vm.tuple(vec![entry.key, entry.value])
        }
        None => {
            let message = vm.str("popitem(): dictionary is empty")?;
            Err(vm.raise_with("KeyError", vec![message], None))
        }
    }
}

fn fromkeys(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (class, rest) = arguments::between(vm, args, "dict.fromkeys", 1, 2)?;
    let value = rest.get(1).copied().unwrap_or(Value::None);
    let plain = class.is(vm.class_of(Builtin::Dict));
    let dict = if plain { vm.dict()? } else { vm.call(class, &[])? };
    vm.for_each(rest[0], |vm, key| {
        if plain {
            vm.dict_set(dict, key, value)?
        } else {
            vm.set_item(dict, key, value)?
        }
        Ok(std::ops::ControlFlow::Continue(()))
    })?;
    Ok(dict)
}

/// `dict | other`; `None` when the operand is not for it.
pub(crate) fn binary(vm: &mut Vm<'_>, op: BinaryOp, a: Value, b: Value) -> PyResult<Option<Value>> {
    if op != BinaryOp::Or || vm.as_dict(a).is_none() || vm.as_dict(b).is_none() {
        return Ok(None);
    }
    let joined = copied(vm, a)?;
    update(vm, joined, b)?;
    Ok(Some(joined))
}

/// `dict |= other`
pub(crate) fn in_place(vm: &mut Vm<'_>, op: BinaryOp, a: Value, b: Value) -> PyResult<Option<Value>> {
    if op != BinaryOp::Or {
        return Ok(None);
    }
    update(vm, a, b)?;
    Ok(Some(a))
}

/// `dict[key]`, with `__missing__` of a subclass.
pub(crate) fn get_item(vm: &mut Vm<'_>, v: Value, key: Value) -> PyResult {
    if let Some(found) = vm.dict_get(v, key)? {
        return Ok(found);
    }
    if !vm.builtin(v).is(v) && vm.get_attr_opt(vm.type_of(v), "__missing__")?.is_some() {
        return vm.call_method(v, "__missing__", &[key]);
    }
    Err(vm.key_error(v, key))
}

/// `del dict[key]`
pub(crate) fn del_item(vm: &mut Vm<'_>, v: Value, key: Value) -> PyResult<()> {
    match vm.dict_remove(v, key)? {
        Some(_) => Ok(()),
        None => Err(vm.key_error(v, key)),
    }
}

/// `a == b`
pub(crate) fn eq(vm: &mut Vm<'_>, a: Value, b: Value) -> PyResult<bool> {
    let (a, b) = (vm.builtin(a), vm.builtin(b));
    let (a, b) = (vm.with_names_behind(a)?, vm.with_names_behind(b)?);
    if vm.as_dict(a).map(Dict::len) != vm.as_dict(b).map(Dict::len) {
        return Ok(false);
    }
    let mut place = 0;
    while place < vm.as_dict(a).map_or(0, Dict::places) {
        let entry = vm.as_dict(a).and_then(|table| table.at(place)).copied();
        place += 1;
        let Some(entry) = entry else { continue };
        vm.pay(ENTRY)?;
        let same = vm.scope(|vm| {
            vm.root(entry.key);
            vm.root(entry.value);
            let Some(there) = vm.find_key(b, entry.hash, entry.key)? else { return Ok(false) };
            match vm.as_dict(b).and_then(|table| table.at(there)).map(|entry| entry.value) {
                Some(other) => super::sequence::same(vm, entry.value, other),
                None => Ok(false),
            }
        })?;
        if !same {
            return Ok(false);
        }
    }
    Ok(true)
}

/// `repr` without the guard against recursion.
pub(crate) fn repr(vm: &mut Vm<'_>, v: Value) -> PyResult<String> {
    let v = vm.with_names_behind(v)?;
    let mut out = String::from("{");
    let mut place = 0;
    while place < vm.as_dict(v).map_or(0, Dict::places) {
        let entry = vm.as_dict(v).and_then(|table| table.at(place)).copied();
        place += 1;
        let Some(entry) = entry else { continue };
        vm.pay(ENTRY)?;
        if out.len() > 1 {
            out.push_str(", ");
        }
        vm.scope(|vm| {
            vm.root(entry.key);
            vm.root(entry.value);
            out.push_str(&vm.repr(entry.key)?);
            out.push_str(": ");
            out.push_str(&vm.repr(entry.value)?);
            vm.heap.would_fit(out.len())
        })?;
    }
    out.push('}');
    Ok(out)
}
