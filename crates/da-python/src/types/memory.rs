//! `memoryview`: a part of `bytes` or of a `bytearray`, without a copy. Its items are single bytes; no other formats exist.

use super::arguments::{self, natives};
use super::bytes::byte;
use super::{sequence, slicing};
use crate::error::{PyResult, Raised};
use crate::native::{Args, NativeFunction};
use crate::value::{Builtin, MemoryView, Object, Value};
use crate::vm::Vm;

/// Methods; the receiver comes first.
pub(super) static METHODS: &[NativeFunction] = natives! {
    "__enter__" => |vm, args| held(vm, args).map(|_| args.positional[0]),
    "__exit__" => release,
    "cast" => cast,
    "hex" => super::bytes::hex,
    "release" => release,
    "tobytes" => |vm, args| {
        held(vm, args)?;
        let bytes = vm.as_bytes(args.positional[0]).unwrap_or(&[]).to_vec();
        vm.bytes(&bytes)
    },
    "tolist" => tolist,
    "toreadonly" => |vm, args| {
        let view = held(vm, args)?;
        vm.make(Object::MemoryView(Box::new(MemoryView { read_only: true, ..view })))
    },
};

/// Attributes.
pub(super) static GETTERS: &[NativeFunction] = natives! {
    "obj" => |vm, args| held(vm, args).map(|view| view.base),
    "nbytes" => |vm, args| length(vm, args).map(Value::Int),
    "readonly" => |vm, args| {
        let view = held(vm, args)?;
        Ok(Value::from(!can_change_in(vm, &view)))
    },
    "format" => |vm, args| {
        held(vm, args)?;
        vm.name("B")
    },
    "itemsize" => |vm, args| held(vm, args).map(|_| Value::Int(1)),
    "ndim" => |vm, args| held(vm, args).map(|_| Value::Int(1)),
    "shape" => |vm, args| {
        let length = length(vm, args)?;
        vm.tuple(vec![Value::Int(length)])
    },
    "strides" => |vm, args| {
        held(vm, args)?;
        vm.tuple(vec![Value::Int(1)])
    },
    "suboffsets" => |vm, args| {
        held(vm, args)?;
        vm.tuple(Vec::new())
    },
    "c_contiguous" => |vm, args| held(vm, args).map(|_| Value::True),
    "f_contiguous" => |vm, args| held(vm, args).map(|_| Value::True),
    "contiguous" => |vm, args| held(vm, args).map(|_| Value::True),
};

/// `memoryview(object)`
pub(super) fn construct(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let [object] = args.bind(vm, "memoryview", ["object"], 1)?;
    let object = object.unwrap_or(Value::None);
    let view = match vm.heap.object(object) {
        Some(Object::MemoryView(view)) => **view,
        _ => MemoryView { base: object, start: 0, len: 0, read_only: false, released: false },
    };
    if view.released {
        return Err(released(vm));
    }
    let Some(len) = vm.as_bytes(object).map(<[u8]>::len) else {
        let found = vm.type_name(object);
        return Err(vm.type_error(format!("memoryview: a bytes-like object is required, not '{found}'")));
    };
    vm.make(Object::MemoryView(Box::new(MemoryView { len, ..view })))
}

fn released(vm: &mut Vm<'_>) -> Raised {
    vm.value_error("operation forbidden on released memoryview object")
}

/// The view of a receiver that was not released.
fn held(vm: &mut Vm<'_>, args: &Args) -> PyResult<MemoryView> {
    let v = args.positional.first().copied().unwrap_or(Value::None);
    of(vm, v)
}

fn of(vm: &mut Vm<'_>, v: Value) -> PyResult<MemoryView> {
    match vm.heap.object(v) {
        Some(Object::MemoryView(view)) if view.released => Err(released(vm)),
        Some(Object::MemoryView(view)) => Ok(**view),
        _ => Err(arguments::wrong_receiver(vm, "memoryview", v)),
    }
}

fn length(vm: &mut Vm<'_>, args: &Args) -> PyResult<i64> {
    held(vm, args)?;
    Ok(vm.as_bytes(args.positional[0]).map_or(0, |bytes| i64::try_from(bytes.len()).unwrap_or(i64::MAX)))
}

/// Whether what is looked at can be changed through the view.
pub(super) fn can_change(vm: &Vm<'_>, v: Value) -> bool {
    match vm.heap.object(v) {
        Some(Object::MemoryView(view)) => can_change_in(vm, view),
        _ => false,
    }
}

fn can_change_in(vm: &Vm<'_>, view: &MemoryView) -> bool {
    !view.read_only && vm.builtin_type(vm.builtin(view.base)) == Builtin::ByteArray
}

fn release(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    if let Some(Value::Ref(handle)) = args.positional.first().copied()
        && let Object::MemoryView(view) = vm.heap.get_mut(handle)
    {
        view.released = true;
    }
    Ok(Value::None)
}

fn cast(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let view = held(vm, args)?;
    let format = args.positional.get(1).and_then(|format| vm.text(*format));
    match format.as_deref() {
        Some("B" | "@B") => vm.make(Object::MemoryView(Box::new(view))),
        Some(other) => {
            let message = format!("memoryview.cast('{other}'): only the format 'B' is supported");
            Err(vm.not_implemented(message))
        }
        None => Err(vm.type_error("memoryview: format argument must be a string")),
    }
}

fn tolist(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    held(vm, args)?;
    let bytes = vm.as_bytes(args.positional[0]).unwrap_or(&[]).to_vec();
    arguments::work(vm, bytes.len().saturating_mul(size_of::<Value>()))?;
    vm.list(bytes.into_iter().map(|byte| Value::Int(i64::from(byte))).collect())
}

/// `view[key]`: a byte, or the view of a part.
pub(super) fn get_item(vm: &mut Vm<'_>, v: Value, key: Value) -> PyResult {
    let view = of(vm, v)?;
    let len = vm.as_bytes(v).map_or(0, <[u8]>::len);
    if let Some(slice) = vm.as_slice(key) {
        let places = arguments::places(vm, slice, len)?;
        let first = places.iter().next().unwrap_or(0);
        if places.count <= 1 || places.iter().nth(1) == Some(first + 1) {
            let part = MemoryView { start: view.start + first, len: places.count, ..view };
            return vm.make(Object::MemoryView(Box::new(part)));
        }
        if can_change_in(vm, &view) {
            return Err(vm.not_implemented("a step in the slice of a memoryview that can be changed"));
        }
        arguments::work(vm, places.count)?;
        let bytes = vm.as_bytes(v).unwrap_or(&[]);
        let taken: Vec<u8> = places.iter().filter_map(|place| bytes.get(place).copied()).collect();
        let base = vm.bytes(&taken)?;
        let part = MemoryView { base, start: 0, len: taken.len(), read_only: true, released: false };
        return vm.make(Object::MemoryView(Box::new(part)));
    }
    let place = place_of(vm, key, len)?;
    match vm.as_bytes(v).and_then(|bytes| bytes.get(place)) {
        Some(byte) => Ok(Value::Int(i64::from(*byte))),
        None => Err(out_of_bounds(vm, v, key)),
    }
}

fn place_of(vm: &mut Vm<'_>, key: Value, len: usize) -> PyResult<usize> {
    if vm.as_int(key).is_none() && vm.special(key, "__index__").is_none() && vm.as_big(key).is_none() {
        return Err(vm.type_error("memoryview: invalid slice key"));
    }
    let index = sequence::key_index(vm, "memoryview", key)?;
    Ok(slicing::place(index, len).unwrap_or(usize::MAX))
}

fn out_of_bounds(vm: &mut Vm<'_>, v: Value, key: Value) -> Raised {
    vm.index_error("index out of bounds on dimension 1", v, key)
}

/// `view[key] = value`: changes what is looked at, never its length.
pub(super) fn set_item(vm: &mut Vm<'_>, v: Value, key: Value, value: Value) -> PyResult<()> {
    let view = of(vm, v)?;
    if !can_change_in(vm, &view) {
        return Err(vm.type_error("cannot modify read-only memory"));
    }
    let len = vm.as_bytes(v).map_or(0, <[u8]>::len);
    let mut changes = Vec::new();
    if let Some(slice) = vm.as_slice(key) {
        let places = arguments::places(vm, slice, len)?;
        // The places and the bytes are copied, since the two may be of one array.
        vm.heap.charge(places.count * size_of::<(usize, u8)>() + vm.as_bytes(value).map_or(0, <[u8]>::len))?;
        let Some(bytes) = vm.as_bytes(value).map(<[u8]>::to_vec) else {
            let found = vm.type_name(value);
            return Err(vm.type_error(format!("a bytes-like object is required, not '{found}'")));
        };
        if bytes.len() != places.count {
            let message = "memoryview assignment: lvalue and rvalue have different structures";
            return Err(vm.value_error(message));
        }
        arguments::work(vm, places.count)?;
        changes.extend(places.iter().zip(bytes));
    } else {
        let place = place_of(vm, key, len)?;
        if place >= len {
            return Err(out_of_bounds(vm, v, key));
        }
        if vm.as_int(value).is_none() && vm.special(value, "__index__").is_none() {
            return Err(vm.type_error("memoryview: invalid type for format 'B'"));
        }
        changes.push((place, byte(vm, value, "memoryview: invalid value for format 'B'")?));
    }
    if let Value::Ref(handle) = vm.builtin(view.base)
        && let Object::ByteArray(array) = vm.heap.get_mut(handle)
    {
        for (place, byte) in changes {
            if let Some(slot) = array.get_mut(view.start + place) {
                *slot = byte;
            }
        }
    }
    Ok(())
}

/// `item in view`
pub(super) fn contains(vm: &mut Vm<'_>, v: Value, item: Value) -> PyResult<bool> {
    of(vm, v)?;
    let Some(number) = vm.as_int(item) else { return Ok(false) };
    let bytes = vm.as_bytes(v).unwrap_or(&[]);
    let found = bytes.iter().any(|byte| i64::from(*byte) == number);
    vm.pay(vm.as_bytes(v).map_or(0, <[u8]>::len) as u64 / 16)?;
    Ok(found)
}
