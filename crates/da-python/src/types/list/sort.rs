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

/// Sorts when all keys are texts, or numbers of which none is NaN, or tuples of such that are made alike: that runs no Python
/// code.
fn sort_plain(vm: &Vm<'_>, pairs: &mut [(Value, Value)]) -> bool {
    let Some((first, _)) = pairs.first() else { return true };
    if let Some(kind) = Kind::of(vm, *first) {
        if !pairs.iter().all(|(key, _)| Kind::of(vm, *key) == Some(kind)) {
            return false;
        }
        pairs.sort_by(|a, b| kind.order(vm, a.0, b.0));
        return true;
    }
    let Some(kinds) = kinds(vm, *first) else { return false };
    if !pairs.iter().all(|(key, _)| self::kinds(vm, *key).as_ref() == Some(&kinds)) {
        return false;
    }
    let items = |v: Value| vm.as_tuple(v).unwrap_or_default();
    pairs.sort_by(|a, b| {
        let mut parts = kinds.iter().zip(items(a.0).iter().zip(items(b.0)));
        let order = parts.find_map(|(kind, (a, b))| Some(kind.order(vm, *a, *b)).filter(|order| order.is_ne()));
        order.unwrap_or(Ordering::Equal)
    });
    true
}

/// What can be compared without Python code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
}

impl Kind {
    fn of(vm: &Vm<'_>, v: Value) -> Option<Kind> {
        match v {
            Value::Int(_) | Value::Bool(_) => Some(Kind::Number),
            Value::Float(number) if !number.is_nan() => Some(Kind::Number),
            Value::Ref(_) if vm.builtin(v).is(v) && vm.as_str(v).is_some() => Some(Kind::Text),
            _ => None,
        }
    }

    fn order(self, vm: &Vm<'_>, a: Value, b: Value) -> Ordering {
        match (self, a, b) {
            (Kind::Number, Value::Int(a), Value::Int(b)) => a.cmp(&b),
            (Kind::Number, a, b) => {
                let number = |v: Value| Number::of(vm, v).unwrap_or(Number::Int(0));
                number::order(&number(a), &number(b)).unwrap_or(Ordering::Equal)
            }
            (Kind::Text, a, b) => {
                let text = |v: Value| vm.as_str(v).map_or("", |text| text.text());
                text(a).cmp(text(b))
            }
        }
    }
}

/// The kinds of the items of a tuple, if each has one.
fn kinds(vm: &Vm<'_>, v: Value) -> Option<Vec<Kind>> {
    if !vm.builtin(v).is(v) {
        return None;
    }
    vm.as_tuple(v)?.iter().map(|item| Kind::of(vm, *item)).collect()
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
