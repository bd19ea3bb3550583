//! The methods of `set` and `frozenset`.

use super::{combined, is_subset, kept, like, replace, table_of};
use crate::code::BinaryOp;
use crate::error::PyResult;
use crate::native::Args;
use crate::types::arguments;
use crate::value::{Builtin, Value};
use crate::vm::Vm;

fn this(vm: &mut Vm<'_>, v: Value, name: &str) -> PyResult {
    if vm.as_set(v).is_some() { Ok(vm.builtin(v)) } else { Err(arguments::wrong_receiver(vm, name, v)) }
}

fn with_one(vm: &mut Vm<'_>, args: &Args, name: &str) -> PyResult<(Value, Value)> {
    let (receiver, argument) = arguments::one(vm, args, name)?;
    Ok((this(vm, receiver, name)?, argument))
}

/// The receiver and any number of others, each as something to look into.
fn with_others(vm: &mut Vm<'_>, args: &Args, name: &str) -> PyResult<(Value, Vec<Value>)> {
    let (receiver, rest) = arguments::between(vm, args, name, 0, usize::MAX)?;
    let set = this(vm, receiver, name)?;
    let mut others = Vec::with_capacity(rest.len());
    for other in rest {
        others.push(table_of(vm, *other)?);
    }
    Ok((set, others))
}

pub(super) fn add(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (set, item) = with_one(vm, args, "set.add")?;
    let hash = vm.hash(item)?;
    if vm.find_key(set, hash, item)?.is_none() {
        super::insert(vm, set, hash, item, Value::None)?;
    }
    Ok(Value::None)
}

pub(super) fn clear(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let receiver = arguments::none(vm, args, "set.clear")?;
    let set = this(vm, receiver, "set.clear")?;
    if let Some(table) = vm.as_table_mut(set) {
        table.clear();
    }
    Ok(Value::None)
}

pub(super) fn copy(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let receiver = arguments::none(vm, args, "set.copy")?;
    let set = this(vm, receiver, "set.copy")?;
    if vm.builtin_type(set) == Builtin::FrozenSet {
        return Ok(set);
    }
    super::copied(vm, set)
}

pub(super) fn discard(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (set, item) = with_one(vm, args, "set.discard")?;
    let key = super::sought(vm, item)?;
    vm.dict_remove(set, key)?;
    Ok(Value::None)
}

pub(super) fn remove(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (set, item) = with_one(vm, args, "set.remove")?;
    let key = super::sought(vm, item)?;
    match vm.dict_remove(set, key)? {
        Some(_) => Ok(Value::None),
        None => Err(vm.raise_with("KeyError", vec![item], None)),
    }
}

pub(super) fn pop(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let receiver = arguments::none(vm, args, "set.pop")?;
    let set = this(vm, receiver, "set.pop")?;
    let first = vm.as_table_mut(set).and_then(|table| {
        let place = (0..table.places()).find(|place| table.at(*place).is_some())?;
        table.remove_at(place)
    });
    match first {
        Some(entry) => Ok(vm.root(entry.key)),
        None => {
            let message = vm.str("pop from an empty set")?;
            Err(vm.raise_with("KeyError", vec![message], None))
        }
    }
}

/// A new set of the receiver's type from the operation with each of the others in turn.
fn folded(vm: &mut Vm<'_>, args: &Args, name: &str, op: BinaryOp) -> PyResult {
    let (receiver, others) = with_others(vm, args, name)?;
    let kind = vm.builtin_type(receiver);
    let mut set = super::copied(vm, receiver)?;
    for other in others {
        set = combined(vm, op, set, other)?;
    }
    like(vm, kind, set)
}

fn folded_in_place(vm: &mut Vm<'_>, args: &Args, name: &str, op: BinaryOp) -> PyResult {
    let (set, others) = with_others(vm, args, name)?;
    for other in others {
        let made = combined(vm, op, set, other)?;
        replace(vm, set, made)?;
    }
    Ok(Value::None)
}

pub(super) fn difference(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    folded(vm, args, "set.difference", BinaryOp::Sub)
}

pub(super) fn difference_update(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    folded_in_place(vm, args, "set.difference_update", BinaryOp::Sub)
}

pub(super) fn intersection(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    folded(vm, args, "set.intersection", BinaryOp::And)
}

pub(super) fn intersection_update(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    folded_in_place(vm, args, "set.intersection_update", BinaryOp::And)
}

pub(super) fn union(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    folded(vm, args, "set.union", BinaryOp::Or)
}

pub(super) fn update(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, rest) = arguments::between(vm, args, "set.update", 0, usize::MAX)?;
    let set = this(vm, receiver, "set.update")?;
    for iterable in rest {
        super::update(vm, set, *iterable)?;
    }
    Ok(Value::None)
}

fn symmetric(vm: &mut Vm<'_>, args: &Args, name: &str) -> PyResult<(Value, Value)> {
    let (set, other) = with_one(vm, args, name)?;
    let other = super::super::dict::view::to_set(vm, other)?;
    let made = combined(vm, BinaryOp::Xor, set, other)?;
    Ok((set, made))
}

pub(super) fn symmetric_difference(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (set, made) = symmetric(vm, args, "set.symmetric_difference")?;
    let kind = vm.builtin_type(set);
    like(vm, kind, made)
}

pub(super) fn symmetric_difference_update(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (set, made) = symmetric(vm, args, "set.symmetric_difference_update")?;
    replace(vm, set, made)?;
    Ok(Value::None)
}

pub(super) fn isdisjoint(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (set, other) = with_one(vm, args, "set.isdisjoint")?;
    let other = table_of(vm, other)?;
    let shared = kept(vm, set, other, true)?;
    Ok(Value::from(vm.as_set(shared).is_some_and(crate::value::Dict::is_empty)))
}

pub(super) fn issubset(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (set, other) = with_one(vm, args, "set.issubset")?;
    let other = table_of(vm, other)?;
    is_subset(vm, set, other).map(Value::from)
}

pub(super) fn issuperset(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (set, other) = with_one(vm, args, "set.issuperset")?;
    let other = table_of(vm, other)?;
    is_subset(vm, other, set).map(Value::from)
}
