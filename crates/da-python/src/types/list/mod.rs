//! `list`: operators and methods.
//!
//! A method never holds on to the items while it runs Python code, which may change the list.

mod change;
pub(crate) mod sort;

pub(crate) use change::{del_item, extend, set_item};

use super::arguments::{self, natives};
use super::{sequence, slicing};
use crate::code::BinaryOp;
use crate::error::PyResult;
use crate::native::{Args, NativeFunction};
use crate::value::Value;
use crate::vm::Vm;

/// Methods; the receiver comes first.
pub(crate) static METHODS: &[NativeFunction] = natives! {
    "append" => append,
    "clear" => clear,
    "copy" => copy,
    "count" => count,
    "extend" => change::extend_method,
    "index" => index,
    "insert" => insert,
    "pop" => pop,
    "remove" => remove,
    "reverse" => reverse,
    "sort" => sort::method,
};

/// `list(iterable=())`
pub(crate) fn construct(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let items = match arguments::positional(vm, args, "list", 0, 1)?.first() {
        Some(iterable) => vm.collect(*iterable)?,
        None => Vec::new(),
    };
    vm.list(items)
}

fn this(vm: &mut Vm<'_>, v: Value, name: &str) -> PyResult {
    if vm.as_list(v).is_some() { Ok(vm.builtin(v)) } else { Err(arguments::wrong_receiver(vm, name, v)) }
}

fn alone(vm: &mut Vm<'_>, args: &Args, name: &str) -> PyResult {
    let receiver = arguments::none(vm, args, name)?;
    this(vm, receiver, name)
}

fn with_one(vm: &mut Vm<'_>, args: &Args, name: &str) -> PyResult<(Value, Value)> {
    let (receiver, argument) = arguments::one(vm, args, name)?;
    Ok((this(vm, receiver, name)?, argument))
}

fn append(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (list, item) = with_one(vm, args, "list.append")?;
    vm.list_push(list, item)?;
    Ok(Value::None)
}

fn clear(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let list = alone(vm, args, "list.clear")?;
    if let Some(items) = vm.as_list_mut(list) {
        items.clear();
    }
    Ok(Value::None)
}

fn copy(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let list = alone(vm, args, "list.copy")?;
    let count = vm.as_list(list).map_or(0, Vec::len);
    vm.heap.would_fit(count * size_of::<Value>())?;
    vm.pay_for_items(count)?;
    let items = vm.as_list(list).cloned().unwrap_or_default();
    vm.list(items)
}

fn count(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (list, wanted) = with_one(vm, args, "list.count")?;
    sequence::count(vm, list, wanted)
}

fn index(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, rest) = arguments::between(vm, args, "list.index", 1, 3)?;
    let list = this(vm, receiver, "list.index")?;
    match sequence::index(vm, list, rest)? {
        Some(place) => Ok(Value::Int(i64::try_from(place).unwrap_or(i64::MAX))),
        None => {
            let shown = vm.repr(rest[0])?;
            Err(vm.value_error(format!("{shown} is not in list")))
        }
    }
}

fn insert(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, rest) = arguments::between(vm, args, "list.insert", 2, 2)?;
    let list = this(vm, receiver, "list.insert")?;
    let index = vm.index(rest[0])?;
    let count = vm.as_list(list).map_or(0, Vec::len);
    let len = i64::try_from(count).unwrap_or(i64::MAX);
    let index = if index < 0 { index.saturating_add(len).max(0) } else { index.min(len) };
    let place = usize::try_from(index).unwrap_or(0);
    vm.pay_for_items(count - place)?;
    vm.list_push(list, rest[1])?;
    if let Some(items) = vm.as_list_mut(list) {
        items[place..].rotate_right(1);
    }
    Ok(Value::None)
}

fn pop(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, rest) = arguments::between(vm, args, "list.pop", 0, 1)?;
    let list = this(vm, receiver, "list.pop")?;
    let index = match rest.first() {
        Some(index) => vm.index(*index)?,
        None => -1,
    };
    let len = vm.as_list(list).map_or(0, Vec::len);
    match slicing::place(index, len) {
        Some(place) => {
            vm.pay_for_items(len - place)?;
            let item = vm.as_list_mut(list).map_or(Value::None, |items| items.remove(place));
            Ok(vm.root(item))
        }
        None => {
            let message = if len == 0 { "pop from empty list" } else { "pop index out of range" };
            Err(vm.index_error(message, receiver, Value::Int(index)))
        }
    }
}

fn remove(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (list, wanted) = with_one(vm, args, "list.remove")?;
    match sequence::position(vm, list, wanted, 0, usize::MAX)? {
        Some(place) => {
            vm.pay_for_items(vm.as_list(list).map_or(0, Vec::len).saturating_sub(place))?;
            if let Some(items) = vm.as_list_mut(list).filter(|items| place < items.len()) {
                items.remove(place);
            }
            Ok(Value::None)
        }
        None => Err(vm.value_error("list.remove(x): x not in list")),
    }
}

fn reverse(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let list = alone(vm, args, "list.reverse")?;
    vm.pay_for_items(vm.as_list(list).map_or(0, Vec::len))?;
    if let Some(items) = vm.as_list_mut(list) {
        items.reverse();
    }
    Ok(Value::None)
}

/// `list op other`; `None` when the operand is not for it.
pub(crate) fn binary(vm: &mut Vm<'_>, op: BinaryOp, a: Value, b: Value) -> PyResult<Option<Value>> {
    match op {
        BinaryOp::Add if vm.as_list(b).is_some() => {
            let items = sequence::concat(vm, a, b)?;
            vm.list(items).map(Some)
        }
        BinaryOp::Mul => {
            let Some(times) = super::times(vm, b)? else { return Ok(None) };
            let items = sequence::repeat(vm, a, times)?;
            vm.list(items).map(Some)
        }
        _ => Ok(None),
    }
}

/// `list += iterable` and `list *= number`.
pub(crate) fn in_place(vm: &mut Vm<'_>, op: BinaryOp, a: Value, b: Value) -> PyResult<Option<Value>> {
    match op {
        BinaryOp::Add => {
            extend(vm, a, b)?;
            Ok(Some(a))
        }
        BinaryOp::Mul => {
            let Some(times) = super::times(vm, b)? else { return Ok(None) };
            let items = sequence::repeat(vm, a, times)?;
            vm.heap.charge(items.len() * size_of::<Value>())?;
            if let Some(all) = vm.as_list_mut(a) {
                *all = items;
            }
            Ok(Some(a))
        }
        _ => Ok(None),
    }
}

/// `list[key]`
pub(crate) fn get_item(vm: &mut Vm<'_>, v: Value, key: Value) -> PyResult {
    if let Some(slice) = vm.as_slice(key) {
        let items = sequence::slice(vm, v, slice)?;
        return vm.list(items);
    }
    let index = sequence::key_index(vm, "list", key)?;
    let items = vm.as_list(v).map_or(&[][..], Vec::as_slice);
    match slicing::place(index, items.len()) {
        Some(place) => Ok(items[place]),
        None => Err(vm.index_error("list index out of range", v, key)),
    }
}
