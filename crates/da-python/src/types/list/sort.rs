//! Sorting: stable, with keys, by `<` alone.
//!
//! The list is empty while its items are sorted, so that code which the sort calls cannot reach them.

use super::this;
use crate::code::CompareOp;
use crate::error::PyResult;
use crate::native::Args;
use crate::types::arguments;
use crate::types::number::{self, Number};
use crate::value::Value;
use crate::vm::Vm;
use std::cmp::Ordering;

/// Runs of this length are sorted by insertion before they are merged.
const RUN: usize = 16;

pub(super) fn method(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let receiver = arguments::receiver(vm, args, "list.sort")?;
    let list = this(vm, receiver, "list.sort")?;
    if args.positional.len() > 1 {
        return Err(vm.type_error("sort() takes no positional arguments"));
    }
    let (_, [key, reverse]) = arguments::named(vm, args, "list.sort", ["key*", "reverse*"], 0)?;
    let reverse = arguments::flag(vm, reverse, false)?;
    let items = vm.as_list_mut(list).map(std::mem::take).unwrap_or_default();
    for item in &items {
        vm.root(*item);
    }
    let mut sorted = items.clone();
    let result = sort(vm, &mut sorted, key.filter(|v| !v.is_none()), reverse);
    let changed = vm.as_list(list).is_some_and(|now| !now.is_empty() || now.capacity() > 0);
    if let Some(all) = vm.as_list_mut(list) {
        *all = if result.is_ok() { sorted } else { items };
    }
    result?;
    if changed {
        return Err(vm.value_error("list modified during sort"));
    }
    Ok(Value::None)
}

/// Sorts values, which are rooted.
///
/// # Errors
/// What keys and comparisons raise; the values are then in any order.
pub(crate) fn sort(vm: &mut Vm<'_>, items: &mut [Value], key: Option<Value>, reverse: bool) -> PyResult<()> {
    vm.heap.would_fit(items.len() * 4 * size_of::<Value>())?;
    let mut pairs = Vec::with_capacity(items.len());
    for item in items.iter() {
        let by = match key {
            Some(key) => vm.call(key, &[*item])?,
            None => *item,
        };
        pairs.push((vm.root(by), *item));
    }
    // Equal items keep their order in both directions.
    if reverse {
        pairs.reverse();
    }
    let rounds = u64::from(items.len().checked_ilog2().unwrap_or(0) + 1);
    vm.pay(items.len() as u64 * rounds / 8)?;
    if !sort_plain(vm, &mut pairs) {
        pairs = merge_sort(vm, pairs)?;
    }
    if reverse {
        pairs.reverse();
    }
    for (place, (_, item)) in items.iter_mut().zip(pairs) {
        *place = item;
    }
    Ok(())
}

/// Sorts when all keys are texts or all are numbers (and none is NaN), which runs no Python code.
fn sort_plain(vm: &Vm<'_>, pairs: &mut [(Value, Value)]) -> bool {
    let exact = |v: Value| vm.builtin(v).is(v);
    if pairs.iter().all(|(key, _)| exact(*key) && vm.as_str(*key).is_some()) {
        let text = |v: Value| vm.as_str(v).map_or("", |text| text.text());
        pairs.sort_by(|a, b| text(a.0).cmp(text(b.0)));
        return true;
    }
    let plain = |v: Value| match v {
        Value::Int(_) | Value::Bool(_) => true,
        Value::Float(number) => !number.is_nan(),
        _ => false,
    };
    if pairs.iter().all(|(key, _)| plain(*key)) {
        let number = |v: Value| Number::of(vm, v).unwrap_or(Number::Int(0));
        pairs.sort_by(|a, b| number::order(&number(a.0), &number(b.0)).unwrap_or(Ordering::Equal));
        return true;
    }
    false
}

fn less(vm: &mut Vm<'_>, a: Value, b: Value) -> PyResult<bool> {
    vm.pay(1)?;
    vm.scope(|vm| {
        let result = vm.compare(CompareOp::Lt, a, b)?;
        vm.truth(result)
    })
}

type Pairs = Vec<(Value, Value)>;

fn merge_sort(vm: &mut Vm<'_>, mut pairs: Pairs) -> PyResult<Pairs> {
    for start in (0..pairs.len()).step_by(RUN) {
        let end = (start + RUN).min(pairs.len());
        insertion_sort(vm, &mut pairs[start..end])?;
    }
    let mut width = RUN;
    while width < pairs.len() {
        let mut merged = Vec::with_capacity(pairs.len());
        for start in (0..pairs.len()).step_by(width * 2) {
            let middle = (start + width).min(pairs.len());
            let end = (start + width * 2).min(pairs.len());
            merge(vm, &pairs[start..middle], &pairs[middle..end], &mut merged)?;
        }
        pairs = merged;
        width *= 2;
    }
    Ok(pairs)
}

fn insertion_sort(vm: &mut Vm<'_>, pairs: &mut [(Value, Value)]) -> PyResult<()> {
    for next in 1..pairs.len() {
        let mut place = next;
        while place > 0 && less(vm, pairs[place].0, pairs[place - 1].0)? {
            pairs.swap(place, place - 1);
            place -= 1;
        }
    }
    Ok(())
}

fn merge(vm: &mut Vm<'_>, left: &[(Value, Value)], right: &[(Value, Value)], out: &mut Pairs) -> PyResult<()> {
    let (mut l, mut r) = (0, 0);
    // Already in order, as it often is.
    if let (Some(last), Some(first)) = (left.last(), right.first())
        && !less(vm, first.0, last.0)?
    {
        out.extend_from_slice(left);
        out.extend_from_slice(right);
        return Ok(());
    }
    while l < left.len() && r < right.len() {
        if less(vm, right[r].0, left[l].0)? {
            out.push(right[r]);
            r += 1;
        } else {
            out.push(left[l]);
            l += 1;
        }
    }
    out.extend_from_slice(&left[l..]);
    out.extend_from_slice(&right[r..]);
    Ok(())
}
