//! `list`: setting and deleting items and slices.

use super::this;
use crate::error::PyResult;
use crate::native::Args;
use crate::types::slicing::{self, Places};
use crate::types::{arguments, sequence};
use crate::value::{Slice, Value};
use crate::vm::Vm;

pub(super) fn extend_method(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, iterable) = arguments::one(vm, args, "list.extend")?;
    let list = this(vm, receiver, "list.extend")?;
    extend(vm, list, iterable)?;
    Ok(Value::None)
}

/// Adds the items of an iterable at the end.
pub(crate) fn extend(vm: &mut Vm<'_>, list: Value, iterable: Value) -> PyResult<()> {
    if let Some(count) = vm.as_sequence(iterable).map(<[Value]>::len) {
        vm.heap.charge(count * size_of::<Value>())?;
        vm.pay_for_items(count)?;
        let items = vm.as_sequence(iterable).unwrap_or(&[]).to_vec();
        if let Some(all) = vm.as_list_mut(list) {
            all.extend_from_slice(&items);
        }
        return Ok(());
    }
    vm.for_each(iterable, |vm, item| {
        vm.list_push(list, item)?;
        Ok(std::ops::ControlFlow::Continue(()))
    })
}

/// `list[key] = value`
pub(crate) fn set_item(vm: &mut Vm<'_>, v: Value, key: Value, value: Value) -> PyResult<()> {
    if let Some(slice) = vm.as_slice(key) {
        return set_slice(vm, v, slice, value);
    }
    let index = sequence::key_index(vm, "list", key)?;
    let place = slicing::place(index, vm.as_list(v).map_or(0, Vec::len));
    match (place, vm.as_list_mut(v)) {
        (Some(place), Some(items)) => {
            items[place] = value;
            Ok(())
        }
        _ => Err(vm.index_error("list assignment index out of range", v, key)),
    }
}

fn set_slice(vm: &mut Vm<'_>, v: Value, slice: Slice, value: Value) -> PyResult<()> {
    let items = match vm.as_sequence(value).map(<[Value]>::to_vec) {
        Some(items) => items,
        None => collect(vm, value)?,
    };
    let places = fit(vm, v, slice)?;
    vm.heap.charge(items.len() * size_of::<Value>())?;
    vm.pay_for_items(items.len() + vm.as_list(v).map_or(0, Vec::len))?;
    if places.step != 1 && items.len() != places.count {
        let (given, wanted) = (items.len(), places.count);
        return Err(
            vm.value_error(format!("attempt to assign sequence of size {given} to extended slice of size {wanted}"))
        );
    }
    let Some(all) = vm.as_list_mut(v) else { return Ok(()) };
    match places.range() {
        Some(range) => drop(all.splice(range, items)),
        None => places.iter().zip(items).for_each(|(place, item)| all[place] = item),
    }
    Ok(())
}

fn collect(vm: &mut Vm<'_>, value: Value) -> PyResult<Vec<Value>> {
    match vm.iter(value) {
        Ok(iterator) => vm.collect(iterator),
        Err(raised) if vm.exception_is(&raised, "TypeError") => Err(vm.type_error("can only assign an iterable")),
        Err(raised) => Err(raised),
    }
}

fn fit(vm: &mut Vm<'_>, v: Value, slice: Slice) -> PyResult<Places> {
    // The bounds may run code that changes the list, so that its length is read after them.
    let step = arguments::bound(vm, Some(slice.step))?.unwrap_or(1);
    let start = arguments::bound(vm, Some(slice.start))?;
    let stop = arguments::bound(vm, Some(slice.stop))?;
    if step == 0 {
        return Err(vm.value_error("slice step cannot be zero"));
    }
    Ok(Places::fit(start, stop, step.max(-i64::MAX), vm.as_list(v).map_or(0, Vec::len)))
}

/// `del list[key]`
pub(crate) fn del_item(vm: &mut Vm<'_>, v: Value, key: Value) -> PyResult<()> {
    if let Some(slice) = vm.as_slice(key) {
        let places = fit(vm, v, slice)?;
        vm.pay_for_items(vm.as_list(v).map_or(0, Vec::len))?;
        if places.range().is_none() {
            vm.heap.would_fit(places.count * size_of::<usize>())?;
            vm.pay(places.count as u64)?;
        }
        let Some(all) = vm.as_list_mut(v) else { return Ok(()) };
        if let Some(range) = places.range() {
            all.drain(range);
            return Ok(());
        }
        let mut gone: Vec<usize> = places.iter().collect();
        gone.sort_unstable();
        let mut place = 0;
        let mut gone = gone.into_iter().peekable();
        all.retain(|_| {
            place += 1;
            gone.next_if_eq(&(place - 1)).is_none()
        });
        return Ok(());
    }
    let index = sequence::key_index(vm, "list", key)?;
    let len = vm.as_list(v).map_or(0, Vec::len);
    let place = slicing::place(index, len);
    vm.pay_for_items(len - place.unwrap_or(len))?;
    match (place, vm.as_list_mut(v)) {
        (Some(place), Some(items)) => {
            items.remove(place);
            Ok(())
        }
        _ => Err(vm.index_error("list assignment index out of range", v, key)),
    }
}
