//! Sorting: stable, with keys, by `<` alone.
//!
//! The list is empty while its items are sorted, so that code which the sort calls cannot reach them.

use super::this;
use crate::code::CompareOp;
use crate::error::PyResult;
use crate::native::Args;
use crate::types::arguments;
use crate::types::number::{self, Number};
use crate::value::{Object, Value};
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
    let texts: usize = pairs.iter().map(|(key, _)| vm.extent(*key)).sum();
    vm.pay((items.len() * 2 + texts / 64) as u64 * rounds)?;
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
fn sort_plain(vm: &Vm<'_>, pairs: &mut Pairs) -> bool {
    let Some((first, _)) = pairs.first() else { return true };
    let sorted = match Plain::of(vm, *first) {
        Some(_) => sorted_by_one(vm, pairs),
        None => sorted_by_tuples(vm, pairs),
    };
    match sorted {
        Some(sorted) => {
            *pairs = sorted;
            true
        }
        None => false,
    }
}

fn sorted_by_one(vm: &Vm<'_>, pairs: &Pairs) -> Option<Pairs> {
    let mut keys = Vec::with_capacity(pairs.len());
    for pair in pairs {
        keys.push((Plain::of(vm, pair.0)?, *pair));
    }
    let first = keys.first()?.0;
    if !keys.iter().all(|(key, _)| key.is_like(first)) {
        return None;
    }
    keys.sort_by(|a, b| a.0.order(b.0));
    Some(keys.into_iter().map(|(_, pair)| pair).collect())
}

fn sorted_by_tuples(vm: &Vm<'_>, pairs: &Pairs) -> Option<Pairs> {
    let items = |v: Value| vm.as_tuple(v).filter(|_| vm.builtin(v).is(v));
    let width = items(pairs.first()?.0)?.len();
    let mut keys = Vec::with_capacity(pairs.len() * width);
    for (key, _) in pairs {
        let items = items(*key).filter(|items| items.len() == width)?;
        for item in items {
            let key = Plain::of(vm, *item)?;
            let above = keys.len().checked_sub(width).and_then(|above| keys.get(above));
            if above.is_some_and(|above| !key.is_like(*above)) {
                return None;
            }
            keys.push(key);
        }
    }
    let of = |place: usize| &keys[place * width..(place + 1) * width];
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    order.sort_by(|&a, &b| {
        let mut parts = of(a).iter().zip(of(b)).map(|(a, b)| a.order(*b));
        parts.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    });
    Some(order.into_iter().map(|place| pairs[place]).collect())
}

/// A key that can be compared without Python code.
#[derive(Debug, Clone, Copy)]
enum Plain<'a> {
    Int(i64),
    /// A number of which some are not whole.
    Float(f64),
    /// A text, and its first bytes as a number that has their order: most texts differ there.
    Text(u64, &'a str),
}

impl<'a> Plain<'a> {
    fn of(vm: &'a Vm<'_>, v: Value) -> Option<Plain<'a>> {
        match v {
            Value::Int(number) => Some(Plain::Int(number)),
            Value::False => Some(Plain::Int(0)),
            Value::True => Some(Plain::Int(1)),
            Value::Float(number) if !number.get().is_nan() => Some(Plain::Float(number.get())),
            Value::Ref(handle) => match vm.heap.get(handle) {
                Object::Str(text) => Some(Plain::Text(beginning(text.text()), text.text())),
                _ => None,
            },
            _ => None,
        }
    }

    fn is_like(self, other: Plain<'_>) -> bool {
        matches!(self, Plain::Text(..)) == matches!(other, Plain::Text(..))
    }

    fn order(self, other: Plain<'_>) -> Ordering {
        match (self, other) {
            (Plain::Int(a), Plain::Int(b)) => a.cmp(&b),
            (Plain::Text(a, text), Plain::Text(b, other)) => a.cmp(&b).then_with(|| text.cmp(other)),
            (a, b) => {
                let number = |key: Plain<'_>| match key {
                    Plain::Int(number) => Number::Int(number),
                    Plain::Float(number) => Number::Float(number),
                    Plain::Text(..) => Number::Int(0),
                };
                number::order(&number(a), &number(b)).unwrap_or(Ordering::Equal)
            }
        }
    }
}

fn beginning(text: &str) -> u64 {
    let mut bytes = [0; 8];
    let len = text.len().min(8);
    bytes[..len].copy_from_slice(&text.as_bytes()[..len]);
    u64::from_be_bytes(bytes)
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
