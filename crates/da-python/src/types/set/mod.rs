//! `set` and `frozenset`: operators and methods.
//!
//! Both are tables whose values are `None`. They keep the order of insertion, which CPython does not
//! promise.

mod method;

use super::arguments::{self, natives};
use crate::code::{BinaryOp, CompareOp};
use crate::error::PyResult;
use crate::native::{Args, NativeFunction};
use crate::value::{Builtin, Dict, DictEntry, Object, Value};
use crate::vm::Vm;
use std::ops::ControlFlow;

/// What it costs to look an entry of one set up in another, or to add it.
const ENTRY: u64 = 12;

/// Methods of `set`; the receiver comes first.
pub(crate) static METHODS: &[NativeFunction] = natives! {
    "add" => method::add,
    "clear" => method::clear,
    "copy" => method::copy,
    "difference" => method::difference,
    "difference_update" => method::difference_update,
    "discard" => method::discard,
    "intersection" => method::intersection,
    "intersection_update" => method::intersection_update,
    "isdisjoint" => method::isdisjoint,
    "issubset" => method::issubset,
    "issuperset" => method::issuperset,
    "pop" => method::pop,
    "remove" => method::remove,
    "symmetric_difference" => method::symmetric_difference,
    "symmetric_difference_update" => method::symmetric_difference_update,
    "union" => method::union,
    "update" => method::update,
};

/// Methods of `frozenset`; the receiver comes first.
pub(crate) static FROZEN_METHODS: &[NativeFunction] = natives! {
    "copy" => method::copy,
    "difference" => method::difference,
    "intersection" => method::intersection,
    "isdisjoint" => method::isdisjoint,
    "issubset" => method::issubset,
    "issuperset" => method::issuperset,
    "symmetric_difference" => method::symmetric_difference,
    "union" => method::union,
};

/// `set(iterable=())`
pub(crate) fn construct(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let set = vm.set()?;
    if let Some(iterable) = arguments::positional(vm, args, "set", 0, 1)?.first() {
        update(vm, set, *iterable)?;
    }
    Ok(set)
}

/// `frozenset(iterable=())`
pub(crate) fn construct_frozen(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = arguments::positional(vm, args, "frozenset", 0, 1)?.first().copied();
    if let Some(v) = given.filter(|v| vm.builtin_type(*v) == Builtin::FrozenSet) {
        return Ok(v);
    }
    let set = vm.set()?;
    if let Some(iterable) = given {
        update(vm, set, iterable)?;
    }
    like(vm, Builtin::FrozenSet, set)
}

/// A new set of the given type with the entries of a set that nobody else holds.
fn like(vm: &mut Vm<'_>, kind: Builtin, set: Value) -> PyResult {
    if kind != Builtin::FrozenSet {
        return Ok(set);
    }
    let table = vm.as_table_mut(set).map(std::mem::take).unwrap_or_default();
    vm.make(Object::FrozenSet(Box::new(table)))
}

/// Sets an entry of a table whose key's hash is known.
pub(crate) fn insert(vm: &mut Vm<'_>, table: Value, hash: u64, key: Value, value: Value) -> PyResult<()> {
    let table = vm.builtin(table);
    if let Some(place) = vm.find_key(table, hash, key)? {
        if let Some(table) = vm.as_table_mut(table) {
            table.set_at(place, value);
        }
        return Ok(());
    }
    vm.pay_for_adding(table)?;
    if let Some(table) = vm.as_table_mut(table) {
        table.push(hash, key, value);
    }
    Ok(())
}

/// The entries of a set or a dict.
fn entries(vm: &mut Vm<'_>, v: Value) -> PyResult<Option<Vec<DictEntry>>> {
    let found: Option<Vec<DictEntry>> =
        vm.as_set(v).or_else(|| vm.as_dict(v)).map(|table| table.iter().copied().collect());
    vm.pay(found.as_ref().map_or(0, Vec::len) as u64 * ENTRY)?;
    Ok(found)
}

/// Adds what an iterable gives.
pub(crate) fn update(vm: &mut Vm<'_>, set: Value, iterable: Value) -> PyResult<()> {
    if is_plain_table(vm, iterable)
        && let Some(entries) = entries(vm, iterable)?
    {
        for entry in entries {
            insert(vm, set, entry.hash, entry.key, Value::None)?;
        }
        return Ok(());
    }
    vm.for_each(iterable, |vm, item| {
        vm.dict_set(set, item, Value::None)?;
        Ok(ControlFlow::Continue(()))
    })
}

fn is_plain_table(vm: &Vm<'_>, v: Value) -> bool {
    matches!(vm.builtin_type(v), Builtin::Set | Builtin::FrozenSet | Builtin::Dict)
}

/// A set or dict to look into: the value itself, or a set of what it gives.
fn table_of(vm: &mut Vm<'_>, v: Value) -> PyResult {
    if is_plain_table(vm, v) || vm.as_set(v).is_some() {
        return Ok(vm.builtin(v));
    }
    let set = vm.set()?;
    update(vm, set, v)?;
    Ok(set)
}

/// The entries of `a` that are in `b`, or those that are not.
fn kept(vm: &mut Vm<'_>, a: Value, b: Value, wanted: bool) -> PyResult {
    let entries = entries(vm, a)?.unwrap_or_default();
    let set = vm.set()?;
    for entry in entries {
        if vm.find_key(b, entry.hash, entry.key)?.is_some() == wanted {
            insert(vm, set, entry.hash, entry.key, Value::None)?;
        }
    }
    Ok(set)
}

fn copied(vm: &mut Vm<'_>, set: Value) -> PyResult {
    let size = vm.as_set(set).map_or(0, Dict::size);
    vm.heap.would_fit(size)?;
    vm.pay(size as u64 / 16)?;
    let table = vm.as_set(set).cloned().unwrap_or_default();
    vm.make(Object::Set(Box::new(table)))
}

/// A new `set` of the operation; `b` is a set or dict.
fn combined(vm: &mut Vm<'_>, op: BinaryOp, a: Value, b: Value) -> PyResult {
    let (a, b) = (vm.builtin(a), vm.builtin(b));
    match op {
        BinaryOp::Sub => kept(vm, a, b, false),
        BinaryOp::And => kept(vm, a, b, true),
        BinaryOp::Or => {
            let set = copied(vm, a)?;
            update(vm, set, b)?;
            Ok(set)
        }
        _ => {
            let set = kept(vm, a, b, false)?;
            let rest = kept(vm, b, a, false)?;
            update(vm, set, rest)?;
            Ok(set)
        }
    }
}

fn is_operator(op: BinaryOp) -> bool {
    matches!(op, BinaryOp::Sub | BinaryOp::And | BinaryOp::Or | BinaryOp::Xor)
}

/// `a op b` of two sets; `None` when one is none.
pub(crate) fn binary(vm: &mut Vm<'_>, op: BinaryOp, a: Value, b: Value) -> PyResult<Option<Value>> {
    if !is_operator(op) || vm.as_set(a).is_none() || vm.as_set(b).is_none() {
        return Ok(None);
    }
    let kind = vm.builtin_type(vm.builtin(a));
    let set = combined(vm, op, a, b)?;
    like(vm, kind, set).map(Some)
}

/// `a op= b` of a `set`; `None` when it is for [`binary`].
pub(crate) fn in_place(vm: &mut Vm<'_>, op: BinaryOp, a: Value, b: Value) -> PyResult<Option<Value>> {
    if !is_operator(op) || vm.builtin_type(vm.builtin(a)) != Builtin::Set || vm.as_set(b).is_none() {
        return Ok(None);
    }
    if op == BinaryOp::Or {
        update(vm, a, b)?;
    } else {
        let set = combined(vm, op, a, b)?;
        replace(vm, a, set)?;
    }
    Ok(Some(a))
}

/// Gives a set the entries of another that nobody else holds.
fn replace(vm: &mut Vm<'_>, set: Value, by: Value) -> PyResult<()> {
    let table = vm.as_table_mut(by).map(std::mem::take).unwrap_or_default();
    vm.heap.charge(table.size())?;
    if let Some(place) = vm.as_table_mut(set) {
        *place = table;
    }
    Ok(())
}

/// Whether all of `a` is in `b`.
fn is_subset(vm: &mut Vm<'_>, a: Value, b: Value) -> PyResult<bool> {
    let (a, b) = (vm.builtin(a), vm.builtin(b));
    for entry in entries(vm, a)?.unwrap_or_default() {
        if vm.find_key(b, entry.hash, entry.key)?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// `a < b` and others, where less means contained; `None` when one is no set.
pub(crate) fn compare(vm: &mut Vm<'_>, op: CompareOp, a: Value, b: Value) -> PyResult<Option<bool>> {
    let (Some(m), Some(n)) = (vm.as_set(a).map(Dict::len), vm.as_set(b).map(Dict::len)) else { return Ok(None) };
    Ok(Some(match op {
        CompareOp::Eq => m == n && is_subset(vm, a, b)?,
        CompareOp::Ne => m != n || !is_subset(vm, a, b)?,
        CompareOp::Lt => m < n && is_subset(vm, a, b)?,
        CompareOp::Le => m <= n && is_subset(vm, a, b)?,
        CompareOp::Gt => m > n && is_subset(vm, b, a)?,
        CompareOp::Ge => m >= n && is_subset(vm, b, a)?,
        _ => return Ok(None),
    }))
}

/// `hash(frozenset)`, whatever the order of its items.
pub(crate) fn hash(vm: &Vm<'_>, v: Value) -> u64 {
    let mix = |hash: u64| (hash ^ 89_869_747 ^ (hash << 16)).wrapping_mul(3_644_798_167);
    let table = vm.as_set(v);
    let mut hash = table.map_or(0, |table| table.iter().fold(0, |all, entry| all ^ mix(entry.hash)));
    hash ^= (table.map_or(0, Dict::len) as u64 + 1).wrapping_mul(1_927_868_237);
    hash ^= (hash >> 11) ^ (hash >> 25);
    hash.wrapping_mul(69_069).wrapping_add(907_133_923)
}

/// `repr` without the guard against recursion; `name` is that of the class.
pub(crate) fn repr(vm: &mut Vm<'_>, v: Value) -> PyResult<String> {
    let class = vm.type_name(v);
    let items: Vec<Value> = entries(vm, v)?.unwrap_or_default().iter().map(|entry| entry.key).collect();
    if items.is_empty() {
        return Ok(format!("{class}()"));
    }
    let list = vm.list(items)?;
    let plain = vm.builtin_type(v) == Builtin::Set;
    let (open, close) = if plain { ("{".into(), "}") } else { (format!("{class}({{"), "})") };
    super::sequence::repr(vm, list, &open, close)
}

/// What is looked for in a set: a set, which has no hash, stands for the frozen set of its items.
pub(crate) fn sought(vm: &mut Vm<'_>, item: Value) -> PyResult {
    let Some(Object::Set(table)) = vm.object(item) else { return Ok(item) };
    if vm.special(item, "__hash__").is_some_and(|function| !function.is_none()) {
        return Ok(item);
    }
    let table = table.clone();
    vm.make(Object::FrozenSet(table))
}
