//! The views that `keys`, `values` and `items` give, with the set operations of keys and items.

use super::ENTRY;
use crate::code::{BinaryOp, CompareOp};
use crate::error::PyResult;
use crate::native::{Args, NativeFunction};
use crate::types::arguments::{self, natives};
use crate::types::{sequence, set};
use crate::value::{Dict, Object, Value, ViewKind};
use crate::vm::Vm;
use std::ops::ControlFlow;

/// Methods of the views of keys and items.
pub(crate) static SET_METHODS: &[NativeFunction] = natives! { "isdisjoint" => isdisjoint };

/// Read-only attributes of all views.
pub(crate) static GETTERS: &[NativeFunction] = natives! { "mapping" => mapping };

/// The dict of a view and what of it is seen.
pub(crate) fn of(vm: &Vm<'_>, v: Value) -> Option<(Value, ViewKind)> {
    match vm.object(v)? {
        Object::View { dict, kind } => Some((*dict, *kind)),
        _ => None,
    }
}

fn mapping(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    Ok(args.positional.first().and_then(|view| of(vm, *view)).map_or(Value::None, |(dict, _)| dict))
}

fn isdisjoint(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (view, other) = arguments::one(vm, args, "dict_keys.isdisjoint")?;
    let mut disjoint = true;
    vm.for_each(other, |vm, item| {
        disjoint = !contains(vm, view, item)?;
        Ok(if disjoint { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    })?;
    Ok(Value::from(disjoint))
}

/// `item in view`
pub(crate) fn contains(vm: &mut Vm<'_>, view: Value, item: Value) -> PyResult<bool> {
    let Some((dict, kind)) = of(vm, view) else { return Ok(false) };
    match kind {
        ViewKind::Keys => Ok(vm.dict_get(dict, item)?.is_some()),
        ViewKind::Items => {
            let Some([key, value]) = vm.as_tuple(item).and_then(|pair| <[Value; 2]>::try_from(pair).ok()) else {
                return Ok(false);
            };
            match vm.dict_get(dict, key)? {
                Some(found) => sequence::same(vm, found, value),
                None => Ok(false),
            }
        }
        ViewKind::Values => {
            let mut place = 0;
            while place < vm.as_dict(dict).map_or(0, Dict::places) {
                let found = vm.as_dict(dict).and_then(|table| table.at(place)).map(|entry| entry.value);
                place += 1;
                let Some(found) = found else { continue };
                vm.pay(ENTRY)?;
                vm.root(found);
                if sequence::same(vm, found, item)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
    }
}

/// How many entries the view has.
pub(crate) fn len(vm: &Vm<'_>, view: Value) -> usize {
    of(vm, view).and_then(|(dict, _)| vm.as_dict(dict)).map_or(0, Dict::len)
}

/// What the view shows, as values.
pub(crate) fn items(vm: &mut Vm<'_>, view: Value) -> PyResult<Vec<Value>> {
    let Some((dict, kind)) = of(vm, view) else { return Ok(Vec::new()) };
    let entries: Vec<(Value, Value)> =
        vm.as_dict(dict).map(|table| table.iter().map(|entry| (entry.key, entry.value)).collect()).unwrap_or_default();
    vm.pay(entries.len() as u64 * 4)?;
    let mut items = Vec::with_capacity(entries.len());
    for (key, value) in entries {
        items.push(match kind {
            ViewKind::Keys => key,
            ViewKind::Values => value,
            ViewKind::Items => vm.tuple(vec![key, value])?,
        });
    }
    Ok(items)
}

/// Whether set operations are for it.
pub(crate) fn is_set_like(vm: &Vm<'_>, v: Value) -> bool {
    matches!(of(vm, v), Some((_, ViewKind::Keys | ViewKind::Items)))
}

/// A set of what the value shows.
pub(crate) fn to_set(vm: &mut Vm<'_>, v: Value) -> PyResult {
    let set = vm.set()?;
    set::update(vm, set, v)?;
    Ok(set)
}

/// `a op b` where one is a view of keys or items; the other may be any iterable.
pub(crate) fn binary(vm: &mut Vm<'_>, op: BinaryOp, a: Value, b: Value) -> PyResult<Option<Value>> {
    if !matches!(op, BinaryOp::Sub | BinaryOp::And | BinaryOp::Or | BinaryOp::Xor) {
        return Ok(None);
    }
    let (a, b) = (to_set(vm, a)?, to_set(vm, b)?);
    set::binary(vm, op, a, b)
}

/// `a < b` and others of views and sets; `None` when one is neither.
pub(crate) fn compare(vm: &mut Vm<'_>, op: CompareOp, a: Value, b: Value) -> PyResult<Option<bool>> {
    let fits = |vm: &Vm<'_>, v: Value| is_set_like(vm, v) || vm.as_set(v).is_some();
    if !fits(vm, a) || !fits(vm, b) {
        return Ok(None);
    }
    let (a, b) = (to_set(vm, a)?, to_set(vm, b)?);
    set::compare(vm, op, a, b)
}

/// `repr` without the guard against recursion.
pub(crate) fn repr(vm: &mut Vm<'_>, view: Value) -> PyResult<String> {
    let class = vm.type_name(view);
    let items = items(vm, view)?;
    let list = vm.list(items)?;
    sequence::repr(vm, list, &format!("{class}(["), "])")
}
