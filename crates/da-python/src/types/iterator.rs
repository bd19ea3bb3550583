//! Iterators of the built-in kinds: how each is made and how it goes on.
//!
//! An iterator that has ended stays ended. It holds its place, never the items.

use super::range;
use crate::error::PyResult;
use crate::heap::Heap;
use crate::value::{Dict, Iter, Object, Value, ViewKind};
use crate::vm::{STEP, Vm};

/// The iterator over a built-in container; `None` when it is not one.
pub(crate) fn over(vm: &mut Vm<'_>, v: Value) -> PyResult<Option<Value>> {
    let v = vm.with_names_behind(v)?;
    let iter = match vm.object(v) {
        Some(Object::List(_)) => Iter::List { list: v, next: 0 },
        Some(Object::Tuple(_)) => Iter::Tuple { tuple: v, next: 0 },
        Some(Object::Str(_)) => Iter::Str { text: v, next: 0 },
        Some(Object::Bytes(_) | Object::ByteArray(_) | Object::MemoryView(_)) => Iter::Bytes { bytes: v, next: 0 },
        Some(Object::Dict(table)) => {
            Iter::Dict { dict: v, next: 0, kind: ViewKind::Keys, len: table.len(), left: table.len() }
        }
        Some(Object::Set(table) | Object::FrozenSet(table)) => {
            Iter::Set { set: v, next: 0, len: table.len(), left: table.len() }
        }
        Some(Object::Range(range)) => range::steps(range),
        Some(Object::View { dict, kind }) => {
            let (dict, kind) = (*dict, *kind);
            let len = vm.as_dict(dict).map_or(0, Dict::len);
            Iter::Dict { dict, next: 0, kind, len, left: len }
        }
        Some(Object::Iterator(_)) => return Ok(Some(v)),
        _ => return Ok(None),
    };
    make(vm, iter).map(Some)
}

/// Whether [`over`] makes an iterator over it.
pub(crate) fn is_container(vm: &Vm<'_>, v: Value) -> bool {
    matches!(
        vm.object(v),
        Some(
            Object::List(_)
                | Object::Tuple(_)
                | Object::Str(_)
                | Object::Bytes(_)
                | Object::ByteArray(_)
                | Object::MemoryView(_)
                | Object::Dict(_)
                | Object::Set(_)
                | Object::FrozenSet(_)
                | Object::Range(_)
                | Object::View { .. }
        )
    )
}

/// Whether the iterator runs other things to go on.
#[inline]
pub(crate) fn calls(iter: &Iter) -> bool {
    matches!(
        iter,
        Iter::Reversed { .. }
            | Iter::Sequence { .. }
            | Iter::CallUntil { .. }
            | Iter::Map { .. }
            | Iter::Filter { .. }
            | Iter::Zip { .. }
            | Iter::Enumerate { .. }
    )
}

/// A new iterator.
pub(crate) fn make(vm: &mut Vm<'_>, iter: Iter) -> PyResult {
    vm.make(Object::Iterator(Box::new(iter)))
}

fn state<'a>(vm: &'a mut Vm<'_>, v: Value) -> Option<&'a mut Iter> {
    match v {
        Value::Ref(handle) if matches!(vm.heap.get(handle), Object::Iterator(_)) => match vm.heap.get_mut(handle) {
            Object::Iterator(iter) => Some(iter),
            _ => None,
        },
        _ => None,
    }
}

fn set(vm: &mut Vm<'_>, v: Value, iter: Iter) {
    if let Some(place) = state(vm, v) {
        *place = iter;
    }
}

/// How many items are left, as far as that can be known without running anything.
pub(crate) fn left(vm: &Vm<'_>, v: Value) -> Option<usize> {
    let Some(Object::Iterator(iter)) = vm.heap.object(v) else { return None };
    let rest = |len: usize, next: usize| len.saturating_sub(next);
    Some(match &**iter {
        Iter::List { list, next } => rest(vm.as_list(*list).map_or(0, Vec::len), *next),
        Iter::Tuple { tuple, next } => rest(vm.as_tuple(*tuple).map_or(0, <[Value]>::len), *next),
        Iter::Str { text, next } => {
            vm.as_str(*text).and_then(|text| text.text().get(*next..)).map_or(0, |rest| rest.chars().count())
        }
        Iter::Bytes { bytes, next } => rest(vm.as_bytes(*bytes).map_or(0, <[u8]>::len), *next),
        Iter::Dict { dict, len, left, .. } => match vm.as_dict(*dict) {
            Some(table) if table.len() == *len => *left,
            _ => 0,
        },
        Iter::Set { set, len, left, .. } => match vm.as_set(*set) {
            Some(table) if table.len() == *len => *left,
            _ => 0,
        },
        Iter::Range { left, .. } => usize::try_from(*left).unwrap_or(usize::MAX),
        Iter::Reversed { next, .. } => *next,
        Iter::Done(_) => 0,
        _ => return None,
    })
}

/// The next of what is left of a range, a list or a tuple; `None` for all else, and at the end, which [`next`] marks.
#[inline]
pub(crate) fn step(heap: &mut Heap, iterator: Value) -> Option<Value> {
    let Value::Ref(handle) = iterator else { return None };
    let Object::Iterator(iter) = heap.get(handle) else { return None };
    let item = match **iter {
        Iter::Range { next, left, .. } if left > 0 => Value::Int(next),
        Iter::List { list, next } => match heap.object(list) {
            Some(Object::List(items)) => *items.get(next)?,
            _ => return None,
        },
        Iter::Tuple { tuple, next } => match heap.object(tuple) {
            Some(Object::Tuple(items)) => *items.get(next)?,
            _ => return None,
        },
        _ => return None,
    };
    if let Object::Iterator(iter) = heap.get_mut(handle) {
        match &mut **iter {
            Iter::Range { next, step, left } => {
                // The number after the last one may not fit, and is never given.
                *next = next.wrapping_add(*step);
                *left -= 1;
            }
            Iter::List { next, .. } | Iter::Tuple { next, .. } => *next += 1,
            _ => {}
        }
    }
    Some(item)
}

/// The parts of the next of what is left of the items of a dict or of a numbered range, list or tuple, without a tuple of them;
/// `None` for all else, at the end, and where something is wrong: then nothing has gone on.
#[inline]
pub(crate) fn step_pair(heap: &mut Heap, iterator: Value) -> Option<(Value, Value)> {
    let Value::Ref(handle) = iterator else { return None };
    let Object::Iterator(iter) = heap.get(handle) else { return None };
    match **iter {
        Iter::Dict { dict, next, kind: ViewKind::Items, len, left } if left > 0 => {
            let Some(Object::Dict(table)) = heap.object(dict) else { return None };
            let entry = *table.at(next).filter(|_| table.len() == len)?;
            if let Object::Iterator(iter) = heap.get_mut(handle)
                && let Iter::Dict { next, left, .. } = &mut **iter
            {
                *next += 1;
                *left -= 1;
            }
            Some((entry.key, entry.value))
        }
        Iter::Enumerate { iterator, count: Value::Int(number) } => {
            let next = number.checked_add(1)?;
            let item = step(heap, iterator)?;
            if let Object::Iterator(iter) = heap.get_mut(handle)
                && let Iter::Enumerate { count, .. } = &mut **iter
            {
                *count = Value::Int(next);
            }
            Some((Value::Int(number), item))
        }
        _ => None,
    }
}

/// What the iterator gives next; `None` at its end. It must be an [`Object::Iterator`].
pub(crate) fn next(vm: &mut Vm<'_>, v: Value) -> PyResult<Option<Value>> {
    if let Some(item) = step(&mut vm.heap, v) {
        return Ok(Some(item));
    }
    let found = match state(vm, v) {
        None | Some(Iter::Done(_)) => return Ok(None),
        Some(Iter::List { list, next }) => {
            let (list, place) = (*list, *next);
            *next += 1;
            vm.as_list(list).and_then(|items| items.get(place).copied())
        }
        Some(Iter::Tuple { tuple, next }) => {
            let (tuple, place) = (*tuple, *next);
            *next += 1;
            vm.as_tuple(tuple).and_then(|items| items.get(place).copied())
        }
        // What is left is given by `step`.
        Some(Iter::Range { .. }) => None,
        Some(Iter::Bytes { bytes, next }) => {
            let (bytes, place) = (*bytes, *next);
            *next += 1;
            vm.as_bytes(bytes).and_then(|bytes| bytes.get(place).copied()).map(|byte| Value::Int(i64::from(byte)))
        }
        Some(Iter::Str { text, next }) => {
            let (text, place) = (*text, *next);
            next_of_text(vm, v, text, place)?
        }
        Some(Iter::Dict { dict, next, kind, len, .. }) => {
            let (dict, place, kind, len) = (*dict, *next, *kind, *len);
            next_of_dict(vm, v, dict, place, kind, len)?
        }
        Some(Iter::Set { set, next, len, .. }) => {
            let (set, place, len) = (*set, *next, *len);
            next_of_set(vm, v, set, place, len)?
        }
        Some(_) => next_by_calling(vm, v)?,
    };
    if found.is_none()
        && let Some(place) = state(vm, v)
    {
        *place = Iter::Done(place.builtin());
    }
    Ok(found)
}

fn next_of_text(vm: &mut Vm<'_>, v: Value, text: Value, place: usize) -> PyResult<Option<Value>> {
    let c = vm.as_str(text).and_then(|text| text.text().get(place..)?.chars().next());
    let Some(c) = c else { return Ok(None) };
    if let Some(Iter::Str { next, .. }) = state(vm, v) {
        *next += c.len_utf8();
    }
    let mut buffer = [0; 4];
    let text = &*c.encode_utf8(&mut buffer);
    if c.is_ascii() { vm.name(text).map(Some) } else { vm.str(text).map(Some) }
}

fn next_of_dict(
    vm: &mut Vm<'_>,
    v: Value,
    dict: Value,
    place: usize,
    kind: ViewKind,
    len: usize,
) -> PyResult<Option<Value>> {
    let Some(table) = vm.as_dict(dict) else { return Ok(None) };
    if table.len() != len {
        return Err(vm.runtime_error("dictionary changed size during iteration"));
    }
    let found = (place..table.places()).find_map(|place| table.at(place).map(|entry| (place, *entry)));
    let Some((there, entry)) = found else { return Ok(None) };
    // What was removed is gone past.
    vm.pay((there - place) as u64 / 4)?;
    let place = there;
    if let Some(Iter::Dict { next, left, .. }) = state(vm, v) {
        *next = place + 1;
        if *left == 0 {
            return Err(vm.runtime_error("dictionary keys changed during iteration"));
        }
        *left -= 1;
    }
    match kind {
        ViewKind::Keys => Ok(Some(entry.key)),
        ViewKind::Values => Ok(Some(entry.value)),
        ViewKind::Items => vm.tuple(vec![entry.key, entry.value]).map(Some),
    }
}

fn next_of_set(vm: &mut Vm<'_>, v: Value, set: Value, place: usize, len: usize) -> PyResult<Option<Value>> {
    let Some(table) = vm.as_set(set) else { return Ok(None) };
    if table.len() != len {
        return Err(vm.runtime_error("Set changed size during iteration"));
    }
    let found = (place..table.places()).find_map(|place| table.at(place).map(|entry| (place, entry.key)));
    let Some((there, key)) = found else { return Ok(None) };
    vm.pay((there - place) as u64 / 4)?;
    let place = there;
    if let Some(Iter::Set { next, left, .. }) = state(vm, v) {
        *next = place + 1;
        *left = left.saturating_sub(1);
    }
    Ok(Some(key))
}

/// The kinds that go on by running other things.
fn next_by_calling(vm: &mut Vm<'_>, v: Value) -> PyResult<Option<Value>> {
    let Some(iter) = state(vm, v).map(|iter| iter.clone()) else { return Ok(None) };
    match iter {
        Iter::Reversed { sequence, next } => {
            let Some(place) = next.checked_sub(1) else { return Ok(None) };
            set(vm, v, Iter::Reversed { sequence, next: place });
            item_or_end(vm, sequence, i64::try_from(place).unwrap_or(i64::MAX))
        }
        Iter::Sequence { sequence, next } => {
            set(vm, v, Iter::Sequence { sequence, next: next.saturating_add(1) });
            item_or_end(vm, sequence, next)
        }
        Iter::CallUntil { callable, sentinel } => {
            let made = vm.call(callable, &[]);
            let Some(made) = vm.unless("StopIteration", made)? else { return Ok(None) };
            let over = vm.eq(made, sentinel)?;
            Ok((!over).then_some(made))
        }
        Iter::Map { function, iterators } => {
            let mut items = Vec::with_capacity(iterators.len());
            for iterator in iterators {
                match vm.next(iterator)? {
                    Some(item) => items.push(vm.root(item)),
                    None => return Ok(None),
                }
            }
            vm.call(function, &items).map(Some)
        }
        Iter::Filter { function, iterator } => next_filtered(vm, function, iterator),
        Iter::Zip { iterators, strict } => next_zipped(vm, &iterators, strict),
        Iter::Enumerate { iterator, count } => {
            let Some(item) = vm.next(iterator)? else { return Ok(None) };
            vm.root(item);
            let next = vm.binary(crate::code::BinaryOp::Add, count, Value::Int(1))?;
            set(vm, v, Iter::Enumerate { iterator, count: next });
            vm.tuple(vec![count, item]).map(Some)
        }
        _ => Ok(None),
    }
}

/// An item by its index; the end when there is none.
fn item_or_end(vm: &mut Vm<'_>, sequence: Value, index: i64) -> PyResult<Option<Value>> {
    match vm.get_item(sequence, Value::Int(index)) {
        Ok(item) => Ok(Some(item)),
        Err(raised) if vm.exception_is(&raised, "IndexError") || vm.exception_is(&raised, "StopIteration") => Ok(None),
        Err(raised) => Err(raised),
    }
}

fn next_filtered(vm: &mut Vm<'_>, function: Value, iterator: Value) -> PyResult<Option<Value>> {
    loop {
        vm.pay(STEP)?;
        let Some(item) = vm.next(iterator)? else { return Ok(None) };
        let good = vm.scope(|vm| {
            vm.root(item);
            let judged = if function.is_none() { item } else { vm.call(function, &[item])? };
            vm.root(judged);
            vm.truth(judged)
        })?;
        if good {
            return Ok(Some(vm.root(item)));
        }
        vm.rest();
    }
}

fn next_zipped(vm: &mut Vm<'_>, iterators: &[Value], strict: bool) -> PyResult<Option<Value>> {
    let mut items = Vec::with_capacity(iterators.len());
    for iterator in iterators {
        match vm.next(*iterator)? {
            Some(item) => items.push(vm.root(item)),
            None if strict => return check_all_ended(vm, iterators, items.len()),
            None => return Ok(None),
        }
    }
    if items.is_empty() {
        return Ok(None);
    }
    vm.tuple(items).map(Some)
}

/// With `strict`, the others must end where the one at `ended` does.
fn check_all_ended(vm: &mut Vm<'_>, iterators: &[Value], ended: usize) -> PyResult<Option<Value>> {
    let others = |number: usize| if number == 1 { "argument 1".to_owned() } else { format!("arguments 1-{number}") };
    if ended > 0 {
        let message = format!("zip() argument {} is shorter than {}", ended + 1, others(ended));
        return Err(vm.value_error(message));
    }
    for (place, iterator) in iterators.iter().enumerate().skip(1) {
        if vm.next(*iterator)?.is_some() {
            let message = format!("zip() argument {} is longer than {}", place + 1, others(place));
            return Err(vm.value_error(message));
        }
    }
    Ok(None)
}
