//! What lists and tuples have in common: comparing, searching, repeating.
//!
//! Items are read afresh in every round, because comparing them may run code that changes the list.

use super::arguments;
use super::slicing::Places;
use crate::code::CompareOp;
use crate::error::PyResult;
use crate::value::{Slice, Value};
use crate::vm::Vm;

/// The item at a place.
pub(crate) fn item(vm: &Vm<'_>, sequence: Value, place: usize) -> Option<Value> {
    vm.as_sequence(sequence)?.get(place).copied()
}

fn len(vm: &Vm<'_>, sequence: Value) -> usize {
    vm.as_sequence(sequence).map_or(0, <[Value]>::len)
}

/// Whether two values are the same object or equal, as containers compare.
pub(crate) fn same(vm: &mut Vm<'_>, a: Value, b: Value) -> PyResult<bool> {
    if a.is(b) { Ok(true) } else { vm.eq(a, b) }
}

/// The first place where two sequences differ.
fn difference(vm: &mut Vm<'_>, a: Value, b: Value) -> PyResult<Option<(Value, Value)>> {
    let mut place = 0;
    while let (Some(x), Some(y)) = (item(vm, a, place), item(vm, b, place)) {
        vm.pay(2)?;
        if !x.is(y) {
            let held = vm.heap.roots.len();
            let (x, y) = (vm.root(x), vm.root(y));
            if !vm.eq(x, y)? {
                return Ok(Some((x, y)));
            }
            vm.heap.roots.truncate(held);
        }
        place += 1;
    }
    Ok(None)
}

/// `a == b`
pub(crate) fn eq(vm: &mut Vm<'_>, a: Value, b: Value) -> PyResult<bool> {
    if len(vm, a) != len(vm, b) {
        return Ok(false);
    }
    Ok(difference(vm, a, b)?.is_none() && len(vm, a) == len(vm, b))
}

/// `a < b` and others, item by item.
pub(crate) fn compare(vm: &mut Vm<'_>, op: CompareOp, a: Value, b: Value) -> PyResult {
    match difference(vm, a, b)? {
        Some((x, y)) => vm.compare(op, x, y),
        None => {
            let order = len(vm, a).cmp(&len(vm, b));
            Ok(super::ordered(op, order).map_or(Value::NotImplemented, Value::from))
        }
    }
}

/// `item in sequence`
pub(crate) fn contains(vm: &mut Vm<'_>, sequence: Value, wanted: Value) -> PyResult<bool> {
    Ok(position(vm, sequence, wanted, 0, usize::MAX)?.is_some())
}

/// The place of the first equal item between two places.
pub(crate) fn position(
    vm: &mut Vm<'_>,
    sequence: Value,
    wanted: Value,
    start: usize,
    stop: usize,
) -> PyResult<Option<usize>> {
    let mut place = start;
    while let Some(found) = item(vm, sequence, place).filter(|_| place < stop) {
        vm.pay(2)?;
        if vm.scope(|vm| {
            vm.root(found);
            same(vm, found, wanted)
        })? {
            return Ok(Some(place));
        }
        place += 1;
    }
    Ok(None)
}

/// How many items are equal.
pub(crate) fn count(vm: &mut Vm<'_>, sequence: Value, wanted: Value) -> PyResult {
    let (mut count, mut place) = (0, 0);
    while let Some(found) = position(vm, sequence, wanted, place, usize::MAX)? {
        count += 1;
        place = found + 1;
    }
    Ok(Value::Int(count))
}

/// `index(value, start, stop)` of the arguments after the receiver.
pub(crate) fn index(vm: &mut Vm<'_>, sequence: Value, rest: &[Value]) -> PyResult<Option<usize>> {
    let bounds = |vm: &mut Vm<'_>, place: usize| match rest.get(place) {
        Some(v) => match arguments::saturating(vm, *v)? {
            Some(number) => Ok(Some(number)),
            None => Err(vm.type_error("slice indices must be integers or have an __index__ method")),
        },
        None => Ok(None),
    };
    let (start, stop) = (bounds(vm, 1)?, bounds(vm, 2)?);
    let places = Places::fit(start, stop, 1, len(vm, sequence));
    let (first, last) = (usize::try_from(places.start).unwrap_or(0), usize::try_from(places.stop).unwrap_or(0));
    let last = if stop.is_none() { usize::MAX } else { last };
    position(vm, sequence, rest[0], first, last)
}

/// The items so many times over.
pub(crate) fn repeat(vm: &mut Vm<'_>, sequence: Value, times: usize) -> PyResult<Vec<Value>> {
    let all = len(vm, sequence).saturating_mul(times);
    vm.heap.would_fit(all.saturating_mul(size_of::<Value>()))?;
    vm.pay_for_items(all)?;
    Ok(vm.as_sequence(sequence).unwrap_or(&[]).repeat(times))
}

/// Both sequences' items.
pub(crate) fn concat(vm: &mut Vm<'_>, a: Value, b: Value) -> PyResult<Vec<Value>> {
    let all = len(vm, a) + len(vm, b);
    vm.heap.would_fit(all * size_of::<Value>())?;
    vm.pay_for_items(all)?;
    let mut items = Vec::with_capacity(all);
    items.extend_from_slice(vm.as_sequence(a).unwrap_or(&[]));
    items.extend_from_slice(vm.as_sequence(b).unwrap_or(&[]));
    Ok(items)
}

/// The items that a slice takes.
pub(crate) fn slice(vm: &mut Vm<'_>, sequence: Value, slice: Slice) -> PyResult<Vec<Value>> {
    let places = arguments::places(vm, slice, len(vm, sequence))?;
    vm.heap.would_fit(places.count * size_of::<Value>())?;
    vm.pay_for_items(places.count)?;
    let items = vm.as_sequence(sequence).unwrap_or(&[]);
    Ok(places.iter().filter_map(|place| items.get(place).copied()).collect())
}

/// The number that a key is, for a sequence that is called `kind` in the message.
pub(crate) fn key_index(vm: &mut Vm<'_>, kind: &str, key: Value) -> PyResult<i64> {
    if vm.as_big(key).is_some() {
        return Err(vm.raise("IndexError", "cannot fit 'int' into an index-sized integer"));
    }
    match arguments::saturating(vm, key)? {
        Some(index) => Ok(index),
        None => {
            let found = vm.type_name(key);
            Err(vm.type_error(format!("{kind} indices must be integers or slices, not {found}")))
        }
    }
}

/// What it costs to show an item, beside its text.
const SHOWN: u64 = 12;

/// `repr` of the items with what stands around them.
pub(crate) fn repr(vm: &mut Vm<'_>, sequence: Value, open: &str, close: &str) -> PyResult<String> {
    let mut out = String::from(open);
    let mut place = 0;
    while let Some(found) = item(vm, sequence, place) {
        if place > 0 {
            out.push_str(", ");
        }
        let shown = vm.scope(|vm| {
            vm.root(found);
            vm.repr(found)
        })?;
        vm.pay(SHOWN + shown.len() as u64 / 16)?;
        out.push_str(&shown);
        vm.heap.would_fit(out.len())?;
        place += 1;
    }
    if place == 1 && open == "(" {
        out.push(',');
    }
    out.push_str(close);
    Ok(out)
}
