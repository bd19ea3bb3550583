//! `bytes` and `bytearray`: operators and the tables of methods.

mod change;
mod form;
mod search;

pub(super) use form::hex;

use super::arguments::{self, natives, work};
use super::{quote, sequence, slicing};
use crate::code::{BinaryOp, CompareOp};
use crate::error::PyResult;
use crate::native::{Args, NativeFunction};
use crate::value::{Builtin, Object, Value};
use crate::vm::Vm;
use num_traits::ToPrimitive;
use std::ops::ControlFlow;

macro_rules! shared_methods {
    ($($extra:tt)*) => {
        natives! {
            "capitalize" => form::capitalize,
            "center" => form::center,
            "count" => search::count,
            "decode" => form::decode,
            "endswith" => search::endswith,
            "expandtabs" => form::expandtabs,
            "find" => search::find,
            "hex" => form::hex,
            "index" => search::index,
            "isalnum" => form::isalnum,
            "isalpha" => form::isalpha,
            "isascii" => form::isascii,
            "isdigit" => form::isdigit,
            "islower" => form::islower,
            "isspace" => form::isspace,
            "isupper" => form::isupper,
            "join" => form::join,
            "ljust" => form::ljust,
            "lower" => form::lower,
            "lstrip" => form::lstrip,
            "partition" => search::partition,
            "removeprefix" => search::removeprefix,
            "removesuffix" => search::removesuffix,
            "replace" => search::replace,
            "rfind" => search::rfind,
            "rindex" => search::rindex,
            "rjust" => form::rjust,
            "rpartition" => search::rpartition,
            "rstrip" => form::rstrip,
            "split" => search::split,
            "rsplit" => search::rsplit,
            "title" => form::title,
            "istitle" => form::istitle,
            "splitlines" => search::splitlines,
            "startswith" => search::startswith,
            "strip" => form::strip,
            "swapcase" => form::swapcase,
            "translate" => form::translate,
            "upper" => form::upper,
            "zfill" => form::zfill,
            $($extra)*
        }
    };
}

/// Methods of `bytes`; the receiver comes first.
pub(crate) static METHODS: &[NativeFunction] = shared_methods! { "__bytes__" => itself };

/// Methods of `bytearray`; the receiver comes first.
pub(crate) static ARRAY_METHODS: &[NativeFunction] = shared_methods! {
    "append" => change::append,
    "clear" => change::clear,
    "copy" => change::copy,
    "extend" => change::extend,
    "insert" => change::insert,
    "pop" => change::pop,
    "remove" => change::remove,
    "reverse" => change::reverse,
};

/// Class methods of both; the class comes first.
pub(crate) static CLASS_METHODS: &[NativeFunction] = natives! { "fromhex" => form::fromhex };

pub(crate) use change::{del_item, set_item};

/// Static methods of both.
pub(crate) static STATIC_METHODS: &[NativeFunction] = natives! { "maketrans" => form::maketrans };

/// `bytes.__bytes__`: the value inside a subclass.
fn itself(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let v = arguments::single(vm, args, "bytes.__bytes__")?;
    let bytes = this(vm, v, "bytes.__bytes__")?;
    vm.bytes(&bytes)
}

/// A new value of the type that `like` is of.
fn same_kind(vm: &mut Vm<'_>, like: Value, bytes: Vec<u8>) -> PyResult {
    if vm.builtin_type(vm.builtin(like)) == Builtin::ByteArray {
        return vm.make(Object::ByteArray(bytes));
    }
    vm.bytes(&bytes)
}

fn this(vm: &mut Vm<'_>, v: Value, name: &str) -> PyResult<Vec<u8>> {
    let Some(bytes) = vm.as_bytes(v) else { return Err(arguments::wrong_receiver(vm, name, v)) };
    let len = bytes.len();
    work(vm, len)?;
    Ok(vm.as_bytes(v).unwrap_or(&[]).to_vec())
}

/// A bytes-like argument.
fn like(vm: &mut Vm<'_>, v: Value) -> PyResult<Vec<u8>> {
    work(vm, vm.as_bytes(v).map_or(0, <[u8]>::len))?;
    match vm.as_bytes(v).map(<[u8]>::to_vec) {
        Some(bytes) => Ok(bytes),
        None => {
            let found = vm.type_name(v);
            Err(vm.type_error(format!("a bytes-like object is required, not '{found}'")))
        }
    }
}

/// A number that is one byte.
pub(crate) fn byte(vm: &mut Vm<'_>, v: Value, message: &str) -> PyResult<u8> {
    let number = super::number::index(vm, v)?.whole();
    number.and_then(|number| number.to_u8()).ok_or_else(|| vm.value_error(message))
}

/// The bytes of a bytes-like value or of an iterable of numbers.
pub(crate) fn of_value(vm: &mut Vm<'_>, v: Value) -> PyResult<Vec<u8>> {
    work(vm, vm.as_bytes(v).map_or(0, <[u8]>::len))?;
    if let Some(bytes) = vm.as_bytes(v).map(<[u8]>::to_vec) {
        return Ok(bytes);
    }
    if vm.as_str(v).is_some() {
        return Err(vm.type_error("cannot convert 'str' object to bytes"));
    }
    let mut bytes = Vec::new();
    vm.for_each(v, |vm, item| {
        bytes.push(byte(vm, item, "bytes must be in range(0, 256)")?);
        vm.heap.would_fit(bytes.len())?;
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(bytes)
}

/// `bytes(source=b'', encoding=..., errors=...)` and the same of `bytearray`.
pub(crate) fn construct(vm: &mut Vm<'_>, args: &Args, kind: Builtin) -> PyResult {
    let name = if kind == Builtin::Bytes { "bytes" } else { "bytearray" };
    let [source, encoding, errors] = args.bind(vm, name, ["source", "encoding", "errors"], 0)?;
    let bytes = made_from(vm, source, encoding, errors, name)?;
    match kind {
        Builtin::ByteArray => vm.make(Object::ByteArray(bytes)),
        _ => vm.bytes(&bytes),
    }
}

fn made_from(
    vm: &mut Vm<'_>,
    source: Option<Value>,
    encoding: Option<Value>,
    errors: Option<Value>,
    name: &str,
) -> PyResult<Vec<u8>> {
    let coded = encoding.is_some() || errors.is_some();
    let Some(source) = source else {
        return if coded { Err(vm.type_error("encoding without a string argument")) } else { Ok(Vec::new()) };
    };
    if !coded
        && name == "bytes"
        && let Some(function) = vm.special(source, "__bytes__")
    {
        let made = vm.call_function(function, source, &[])?;
        if vm.as_bytes(made).is_none() {
            let found = vm.type_name(made);
            return Err(vm.type_error(format!("__bytes__ returned non-bytes (type {found})")));
        }
        return like(vm, made);
    }
    if let Some(text) = vm.text(source) {
        if encoding.is_none() {
            return Err(vm.type_error("string argument without an encoding"));
        }
        return super::str::encode_text(vm, &text, encoding, errors, name);
    }
    if coded {
        return Err(vm.type_error("encoding without a string argument"));
    }
    let count = match vm.as_int(source) {
        None if vm.special(source, "__index__").is_some() => {
            let count = vm.index(source);
            vm.unless("TypeError", count)?
        }
        count => count,
    };
    if let Some(count) = count {
        let Ok(count) = usize::try_from(count) else { return Err(vm.value_error("negative count")) };
        work(vm, count)?;
        return Ok(vec![0; count]);
    }
    of_value(vm, source)
}

/// `bytearray += bytes` and `bytearray *= number`: the array itself grows.
pub(crate) fn in_place(vm: &mut Vm<'_>, op: BinaryOp, a: Value, b: Value) -> PyResult<Option<Value>> {
    let made = match op {
        BinaryOp::Add if vm.as_bytes(b).is_none() => {
            let found = vm.type_name(b);
            return Err(vm.type_error(format!("can't concat {found} to bytearray")));
        }
        BinaryOp::Add | BinaryOp::Mul => binary(vm, op, a, b)?,
        _ => None,
    };
    let Some(made) = made else { return Ok(None) };
    work(vm, vm.as_bytes(made).map_or(0, <[u8]>::len))?;
    let bytes = vm.as_bytes(made).unwrap_or(&[]).to_vec();
    if let Value::Ref(handle) = a
        && let Object::ByteArray(array) = vm.heap.get_mut(handle)
    {
        *array = bytes;
    }
    Ok(Some(a))
}

/// `bytes op other`; `None` when the operand is not for it.
pub(crate) fn binary(vm: &mut Vm<'_>, op: BinaryOp, a: Value, b: Value) -> PyResult<Option<Value>> {
    match op {
        BinaryOp::Add if vm.as_bytes(b).is_some() => {
            let len = vm.as_bytes(a).map_or(0, <[u8]>::len) + vm.as_bytes(b).map_or(0, <[u8]>::len);
            work(vm, len)?;
            let joined = [vm.as_bytes(a).unwrap_or(&[]), vm.as_bytes(b).unwrap_or(&[])].concat();
            same_kind(vm, a, joined).map(Some)
        }
        BinaryOp::Mul => {
            let Some(times) = super::times(vm, b)? else { return Ok(None) };
            let len = vm.as_bytes(a).map_or(0, <[u8]>::len);
            work(vm, len.saturating_mul(times))?;
            let repeated = vm.as_bytes(a).unwrap_or(&[]).repeat(times);
            same_kind(vm, a, repeated).map(Some)
        }
        BinaryOp::Mod => {
            let format = vm.as_bytes(a).unwrap_or(&[]).to_vec();
            let made = super::str::percent::apply_to_bytes(vm, &format, b)?;
            same_kind(vm, a, made).map(Some)
        }
        _ => Ok(None),
    }
}

/// `a < b` and others.
pub(crate) fn compare(vm: &mut Vm<'_>, op: CompareOp, a: Value, b: Value) -> PyResult<Option<bool>> {
    vm.pay_for_comparing(a, b)?;
    let (Some(a), Some(b)) = (vm.as_bytes(a), vm.as_bytes(b)) else { return Ok(None) };
    Ok(super::ordered(op, a.cmp(b)))
}

/// `bytes[key]`
pub(crate) fn get_item(vm: &mut Vm<'_>, v: Value, key: Value) -> PyResult {
    let len = vm.as_bytes(v).map_or(0, <[u8]>::len);
    if let Some(slice) = vm.as_slice(key) {
        let places = arguments::places(vm, slice, len)?;
        work(vm, places.count)?;
        let bytes = vm.as_bytes(v).unwrap_or(&[]);
        let taken = places.iter().filter_map(|place| bytes.get(place).copied()).collect();
        return same_kind(vm, v, taken);
    }
    let array = vm.builtin_type(vm.builtin(v)) == Builtin::ByteArray;
    let index = sequence::key_index(vm, if array { "bytearray" } else { "byte" }, key)?;
    match slicing::place(index, len).and_then(|place| vm.as_bytes(v)?.get(place).copied()) {
        Some(byte) => Ok(Value::Int(i64::from(byte))),
        None => {
            let message = if array { "bytearray index out of range" } else { "index out of range" };
            Err(vm.index_error(message, v, key))
        }
    }
}

/// `item in bytes`
pub(crate) fn contains(vm: &mut Vm<'_>, v: Value, item: Value) -> PyResult<bool> {
    let part = search::part(vm, item, "a bytes-like object is required, not")?;
    work(vm, vm.as_bytes(v).map_or(0, <[u8]>::len))?;
    Ok(search::position(vm.as_bytes(v).unwrap_or(&[]), &part).is_some())
}

/// `repr(bytes)`
pub(crate) fn repr(vm: &mut Vm<'_>, v: Value) -> PyResult<String> {
    let len = vm.as_bytes(v).map_or(0, <[u8]>::len);
    work(vm, len.saturating_mul(4))?;
    let shown = quote::bytes(vm.as_bytes(v).unwrap_or(&[]));
    Ok(if vm.builtin_type(v) == Builtin::ByteArray { format!("bytearray({shown})") } else { shown })
}
