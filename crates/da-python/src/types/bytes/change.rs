//! `bytearray`: what changes it.

use super::{byte, of_value};
use crate::error::PyResult;
use crate::native::Args;
use crate::types::{arguments, sequence, slicing};
use crate::value::{Object, Value};
use crate::vm::Vm;

const RANGE: &str = "byte must be in range(0, 256)";

fn array<'a>(vm: &'a mut Vm<'_>, v: Value) -> Option<&'a mut Vec<u8>> {
    match vm.builtin(v) {
        Value::Ref(handle) if matches!(vm.heap.get(handle), Object::ByteArray(_)) => match vm.heap.get_mut(handle) {
            Object::ByteArray(bytes) => Some(bytes),
            _ => None,
        },
        _ => None,
    }
}

fn this(vm: &mut Vm<'_>, v: Value, name: &str) -> PyResult {
    if array(vm, v).is_some() { Ok(vm.builtin(v)) } else { Err(arguments::wrong_receiver(vm, name, v)) }
}

pub(super) fn append(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, item) = arguments::one(vm, args, "bytearray.append")?;
    let this = this(vm, receiver, "bytearray.append")?;
    let item = byte(vm, item, RANGE)?;
    vm.heap.charge(1)?;
    array(vm, this).into_iter().for_each(|bytes| bytes.push(item));
    Ok(Value::None)
}

pub(super) fn clear(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let receiver = arguments::none(vm, args, "bytearray.clear")?;
    let this = this(vm, receiver, "bytearray.clear")?;
    array(vm, this).into_iter().for_each(Vec::clear);
    Ok(Value::None)
}

pub(super) fn copy(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let receiver = arguments::none(vm, args, "bytearray.copy")?;
    let bytes = super::this(vm, receiver, "bytearray.copy")?;
    vm.make(Object::ByteArray(bytes))
}

pub(super) fn extend(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, items) = arguments::one(vm, args, "bytearray.extend")?;
    let this = this(vm, receiver, "bytearray.extend")?;
    let items = of_value(vm, items)?;
    vm.heap.charge(items.len())?;
    array(vm, this).into_iter().for_each(|bytes| bytes.extend_from_slice(&items));
    Ok(Value::None)
}

pub(super) fn insert(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, rest) = arguments::between(vm, args, "bytearray.insert", 2, 2)?;
    let this = this(vm, receiver, "bytearray.insert")?;
    let (index, item) = (vm.index(rest[0])?, byte(vm, rest[1], RANGE)?);
    vm.heap.charge(1)?;
    vm.pay_for_reading(vm.as_bytes(this).map_or(0, <[u8]>::len))?;
    if let Some(bytes) = array(vm, this) {
        let len = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let place = if index < 0 { index.saturating_add(len).max(0) } else { index.min(len) };
        bytes.insert(usize::try_from(place).unwrap_or(0), item);
    }
    Ok(Value::None)
}

pub(super) fn pop(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, rest) = arguments::between(vm, args, "bytearray.pop", 0, 1)?;
    let this = this(vm, receiver, "bytearray.pop")?;
    let index = match rest.first() {
        Some(index) => vm.index(*index)?,
        None => -1,
    };
    let len = vm.as_bytes(this).map_or(0, <[u8]>::len);
    if index != -1 {
        vm.pay_for_reading(len)?;
    }
    match (slicing::place(index, len), array(vm, this)) {
        (Some(place), Some(bytes)) => Ok(Value::Int(i64::from(bytes.remove(place)))),
        _ => {
            let message = if len == 0 { "pop from empty bytearray" } else { "pop index out of range" };
            Err(vm.index_error(message, receiver, Value::Int(index)))
        }
    }
}

pub(super) fn remove(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, item) = arguments::one(vm, args, "bytearray.remove")?;
    let this = this(vm, receiver, "bytearray.remove")?;
    let item = byte(vm, item, RANGE)?;
    vm.pay(vm.as_bytes(this).map_or(0, <[u8]>::len) as u64 / 8)?;
    let place = array(vm, this).and_then(|bytes| bytes.iter().position(|&b| b == item));
    match (place, array(vm, this)) {
        (Some(place), Some(bytes)) => {
            bytes.remove(place);
            Ok(Value::None)
        }
        _ => Err(vm.value_error("value not found in bytearray")),
    }
}

pub(super) fn reverse(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let receiver = arguments::none(vm, args, "bytearray.reverse")?;
    let this = this(vm, receiver, "bytearray.reverse")?;
    vm.pay_for_reading(vm.as_bytes(this).map_or(0, <[u8]>::len))?;
    array(vm, this).into_iter().for_each(|bytes| bytes.reverse());
    Ok(Value::None)
}

/// `bytearray[key] = value`
pub(crate) fn set_item(vm: &mut Vm<'_>, v: Value, key: Value, value: Value) -> PyResult<()> {
    let len = vm.as_bytes(v).map_or(0, <[u8]>::len);
    if let Some(slice) = vm.as_slice(key) {
        let items = of_value(vm, value)?;
        let places = arguments::places(vm, slice, len)?;
        if places.step != 1 && items.len() != places.count {
            let (given, wanted) = (items.len(), places.count);
            return Err(
                vm.value_error(format!("attempt to assign bytes of size {given} to extended slice of size {wanted}"))
            );
        }
        vm.heap.charge(items.len())?;
        vm.pay_for_reading(items.len() + len)?;
        let Some(bytes) = array(vm, v) else { return Ok(()) };
        match places.range() {
            Some(range) if range.end <= bytes.len() => drop(bytes.splice(range, items)),
            Some(_) => {}
            None => places.iter().zip(items).for_each(|(place, item)| {
                if let Some(byte) = bytes.get_mut(place) {
                    *byte = item;
                }
            }),
        }
        return Ok(());
    }
    let index = sequence::key_index(vm, "bytearray", key)?;
    let item = byte(vm, value, RANGE)?;
    // The item's `__index__` may have changed the array.
    let place = slicing::place(index, len);
    match array(vm, v).and_then(|bytes| bytes.get_mut(place?)) {
        Some(byte) => {
            *byte = item;
            Ok(())
        }
        None => Err(vm.index_error("bytearray index out of range", v, key)),
    }
}

/// `del bytearray[key]`
pub(crate) fn del_item(vm: &mut Vm<'_>, v: Value, key: Value) -> PyResult<()> {
    let len = vm.as_bytes(v).map_or(0, <[u8]>::len);
    if let Some(slice) = vm.as_slice(key) {
        let places = arguments::places(vm, slice, len)?;
        vm.heap.would_fit(places.count * size_of::<usize>())?;
        vm.pay(places.count as u64 + len as u64 / 4)?;
        let mut gone: Vec<usize> = places.iter().collect();
        gone.sort_unstable();
        if let Some(bytes) = array(vm, v) {
            let mut gone = gone.into_iter().peekable();
            let mut place = 0;
            bytes.retain(|_| {
                place += 1;
                gone.next_if_eq(&(place - 1)).is_none()
            });
        }
        return Ok(());
    }
    let index = sequence::key_index(vm, "bytearray", key)?;
    vm.pay_for_reading(len)?;
    match (slicing::place(index, len), array(vm, v)) {
        (Some(place), Some(bytes)) => {
            bytes.remove(place);
            Ok(())
        }
        _ => Err(vm.index_error("bytearray index out of range", v, key)),
    }
}
