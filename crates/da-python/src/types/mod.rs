//! The built-in types: what they can do without the machine's own special methods.
//!
//! Each function here picks the type's file. `None` says that the operation is not for these types;
//! the machine then goes on (special methods, identity, the error). Values of subclasses of built-in
//! types are seen through.

pub(crate) mod arguments;
mod bytes;
pub(crate) mod complex;
mod container;
mod dict;
pub(crate) mod fields;
mod float;
pub(crate) mod float_text;
mod format_spec;
mod int;
pub(crate) mod int_text;
pub(crate) mod iterator;
pub(crate) mod list;
mod memory;
pub(crate) mod number;
pub(crate) mod quote;
pub(crate) mod range;
mod refusal;
pub(crate) mod sequence;
mod set;
mod show;
pub(crate) mod slicing;
pub(crate) mod str;
mod tuple;
pub(crate) mod unicode;

pub(crate) use container::{contains, del_item, get_item, len, set_item};
pub(crate) use refusal::refused;
pub(crate) use show::repr;
pub(crate) use sort::sort;

use crate::builtins::iterate;
use crate::code::{BinaryOp, CompareOp, UnaryOp};
use crate::error::PyResult;
use crate::native::{Args, NativeFunction};
use crate::value::{Builtin, Complex, Value};
use crate::vm::Vm;
use format_spec::{FormatError, Spec};
use list::sort;
use number::Number;
use std::cmp::Ordering;

/// Methods of a type; the receiver comes first.
pub(crate) fn methods(b: Builtin) -> &'static [NativeFunction] {
    match b {
        Builtin::Str => str::METHODS,
        Builtin::Int => int::METHODS,
        Builtin::Float => float::METHODS,
        Builtin::Complex => complex::METHODS,
        Builtin::Bytes => bytes::METHODS,
        Builtin::ByteArray => bytes::ARRAY_METHODS,
        Builtin::MemoryView => memory::METHODS,
        Builtin::List => list::METHODS,
        Builtin::Tuple => tuple::METHODS,
        Builtin::Dict => dict::METHODS,
        Builtin::Set => set::METHODS,
        Builtin::FrozenSet => set::FROZEN_METHODS,
        Builtin::Range => range::METHODS,
        Builtin::Slice => range::SLICE_METHODS,
        Builtin::DictKeys | Builtin::DictItems => dict::view::SET_METHODS,
        _ => &[],
    }
}

/// Class methods of a type; the class comes first.
pub(crate) fn class_methods(b: Builtin) -> &'static [NativeFunction] {
    match b {
        Builtin::Int => int::CLASS_METHODS,
        Builtin::Float => float::CLASS_METHODS,
        Builtin::Bytes | Builtin::ByteArray => bytes::CLASS_METHODS,
        Builtin::Dict => dict::CLASS_METHODS,
        _ => &[],
    }
}

/// Static methods of a type.
pub(crate) fn static_methods(b: Builtin) -> &'static [NativeFunction] {
    match b {
        Builtin::Str => str::STATIC_METHODS,
        Builtin::Bytes | Builtin::ByteArray => bytes::STATIC_METHODS,
        _ => &[],
    }
}

/// Read-only attributes of a type.
pub(crate) fn getters(b: Builtin) -> &'static [NativeFunction] {
    match b {
        Builtin::Int => int::GETTERS,
        Builtin::Float => float::GETTERS,
        Builtin::Complex => complex::GETTERS,
        Builtin::MemoryView => memory::GETTERS,
        Builtin::Range => range::GETTERS,
        Builtin::Slice => range::SLICE_GETTERS,
        Builtin::DictKeys | Builtin::DictValues | Builtin::DictItems => dict::view::GETTERS,
        _ => &[],
    }
}

/// Calls a type that holds data; a subclass gets the result inside.
pub(crate) fn construct(vm: &mut Vm<'_>, b: Builtin, args: &Args) -> PyResult {
    match b {
        Builtin::Bool => int::construct_bool(vm, args),
        Builtin::Int => int::construct(vm, args),
        Builtin::Float => float::construct(vm, args),
        Builtin::Complex => complex::construct(vm, args),
        Builtin::Str => str::construct(vm, args),
        Builtin::Bytes | Builtin::ByteArray => bytes::construct(vm, args, b),
        Builtin::MemoryView => memory::construct(vm, args),
        Builtin::List => list::construct(vm, args),
        Builtin::Tuple => tuple::construct(vm, args),
        Builtin::Dict => dict::construct(vm, args),
        Builtin::Set => set::construct(vm, args),
        Builtin::FrozenSet => set::construct_frozen(vm, args),
        Builtin::Range => range::construct(vm, args),
        Builtin::Slice => range::construct_slice(vm, args),
        Builtin::Map => iterate::map(vm, args),
        Builtin::Filter => iterate::filter(vm, args),
        Builtin::Zip => iterate::zip(vm, args),
        Builtin::Enumerate => iterate::enumerate(vm, args),
        Builtin::Reversed => iterate::reversed(vm, args),
        _ => {
            let name = vm.as_class(vm.class_of(b)).map(|class| class.name.clone()).unwrap_or_default();
            Err(vm.type_error(format!("cannot create '{name}' instances")))
        }
    }
}

/// What is inside, and its type.
fn kind(vm: &Vm<'_>, v: Value) -> Builtin {
    vm.builtin_type(vm.builtin(v))
}

/// `a op b`
pub(crate) fn binary(vm: &mut Vm<'_>, op: BinaryOp, a: Value, b: Value) -> PyResult<Option<Value>> {
    match kind(vm, a) {
        Builtin::Int | Builtin::Float | Builtin::Bool => {
            let done = number::binary(vm, op, a, b)?;
            if done.is_some() {
                return Ok(done);
            }
            match kind(vm, b) {
                Builtin::Complex => return complex::binary(vm, op, a, b),
                _ if op != BinaryOp::Mul => return Ok(None),
                _ => {}
            }
            match kind(vm, b) {
                Builtin::Str | Builtin::List | Builtin::Tuple | Builtin::Bytes | Builtin::ByteArray => {
                    binary(vm, op, b, a)
                }
                _ => Ok(None),
            }
        }
        Builtin::Complex => complex::binary(vm, op, a, b),
        Builtin::Str => str::binary(vm, op, a, b),
        Builtin::List => list::binary(vm, op, a, b),
        Builtin::Tuple => tuple::binary(vm, op, a, b),
        Builtin::Bytes | Builtin::ByteArray => bytes::binary(vm, op, a, b),
        Builtin::Dict => dict::binary(vm, op, a, b),
        Builtin::DictKeys | Builtin::DictItems => dict::view::binary(vm, op, a, b),
        Builtin::Set | Builtin::FrozenSet if dict::view::is_set_like(vm, b) => dict::view::binary(vm, op, a, b),
        Builtin::Set | Builtin::FrozenSet => set::binary(vm, op, a, b),
        _ => Ok(None),
    }
}

/// `a op= b`, where it differs from `a op b`: the value is changed and given back.
pub(crate) fn in_place(vm: &mut Vm<'_>, op: BinaryOp, a: Value, b: Value) -> PyResult<Option<Value>> {
    match kind(vm, a) {
        Builtin::List => list::in_place(vm, op, a, b),
        Builtin::ByteArray => bytes::in_place(vm, op, a, b),
        Builtin::Dict => dict::in_place(vm, op, a, b),
        Builtin::Set => set::in_place(vm, op, a, b),
        _ => Ok(None),
    }
}

/// `op a`
pub(crate) fn unary(vm: &mut Vm<'_>, op: UnaryOp, a: Value) -> PyResult<Option<Value>> {
    let Some(number) = complex::of(vm, a) else { return number::unary(vm, op, a) };
    match op {
        UnaryOp::Not => Ok(Some(Value::from(number.real == 0.0 && number.imag == 0.0))),
        UnaryOp::Neg => complex::make(vm, Complex { real: -number.real, imag: -number.imag }).map(Some),
        UnaryOp::Pos => Ok(Some(vm.builtin(a))),
        UnaryOp::Invert => Ok(None),
    }
}

/// `a == b`
pub(crate) fn eq(vm: &mut Vm<'_>, a: Value, b: Value) -> PyResult<Option<bool>> {
    Ok(match (kind(vm, a), kind(vm, b)) {
        (Builtin::Str, Builtin::Str) => str::compare(vm, CompareOp::Eq, a, b)?,
        (Builtin::Complex, _) | (_, Builtin::Complex) => complex::eq(vm, a, b)?,
        (Builtin::Int | Builtin::Float | Builtin::Bool, _) => number::compare(vm, CompareOp::Eq, a, b)?,
        (Builtin::List, Builtin::List) | (Builtin::Tuple, Builtin::Tuple) => Some(sequence::eq(vm, a, b)?),
        (Builtin::Dict, Builtin::Dict) => Some(dict::eq(vm, a, b)?),
        (
            Builtin::Bytes | Builtin::ByteArray | Builtin::MemoryView,
            Builtin::Bytes | Builtin::ByteArray | Builtin::MemoryView,
        ) => bytes::compare(vm, CompareOp::Eq, a, b)?,
        (Builtin::Set | Builtin::FrozenSet, Builtin::Set | Builtin::FrozenSet) => {
            set::compare(vm, CompareOp::Eq, a, b)?
        }
        (Builtin::DictKeys | Builtin::DictItems, _) | (_, Builtin::DictKeys | Builtin::DictItems) => {
            dict::view::compare(vm, CompareOp::Eq, a, b)?
        }
        (Builtin::Range, Builtin::Range) => match (vm.as_range(a), vm.as_range(b)) {
            (Some(a), Some(b)) => Some(range::eq(&a, &b)),
            _ => None,
        },
        (Builtin::Slice, Builtin::Slice) => match (range::parts(vm, a)?, range::parts(vm, b)?) {
            (Some(a), Some(b)) => Some(sequence::eq(vm, a, b)?),
            _ => None,
        },
        _ => None,
    })
}

/// `a < b` and others
pub(crate) fn compare(vm: &mut Vm<'_>, op: CompareOp, a: Value, b: Value) -> PyResult<Option<Value>> {
    match op {
        CompareOp::Eq => return Ok(eq(vm, a, b)?.map(Value::from)),
        CompareOp::Ne => return Ok(eq(vm, a, b)?.map(|same| Value::from(!same))),
        _ => {}
    }
    let result = match (kind(vm, a), kind(vm, b)) {
        (Builtin::Str, Builtin::Str) => str::compare(vm, op, a, b)?,
        (Builtin::Int | Builtin::Float | Builtin::Bool, _) => number::compare(vm, op, a, b)?,
        (Builtin::List, Builtin::List) | (Builtin::Tuple, Builtin::Tuple) => {
            return sequence::compare(vm, op, a, b).map(Some);
        }
        (Builtin::Bytes | Builtin::ByteArray, Builtin::Bytes | Builtin::ByteArray) => bytes::compare(vm, op, a, b)?,
        (Builtin::Set | Builtin::FrozenSet, Builtin::Set | Builtin::FrozenSet) => set::compare(vm, op, a, b)?,
        (Builtin::DictKeys | Builtin::DictItems, _) | (_, Builtin::DictKeys | Builtin::DictItems) => {
            dict::view::compare(vm, op, a, b)?
        }
        (Builtin::Slice, Builtin::Slice) => return range::compare_slices(vm, op, a, b),
        _ => None,
    };
    Ok(result.map(Value::from))
}

/// What an order says of a comparison; `None` for those that are not about order.
fn ordered(op: CompareOp, order: Ordering) -> Option<bool> {
    Some(match op {
        CompareOp::Eq => order.is_eq(),
        CompareOp::Ne => order.is_ne(),
        CompareOp::Lt => order.is_lt(),
        CompareOp::Le => order.is_le(),
        CompareOp::Gt => order.is_gt(),
        CompareOp::Ge => order.is_ge(),
        _ => return None,
    })
}

/// `hash(v)`; `None` for what is hashed by identity.
pub(crate) fn hash(vm: &mut Vm<'_>, v: Value) -> PyResult<Option<u64>> {
    if let Some(number) = Number::of(vm, v) {
        vm.pay_for_reading(vm.extent(v) * 16)?;
        if matches!(number, Number::Float(_)) {
            vm.pay(FLOAT)?;
        }
        return Ok(Some(number::hash(&number).cast_unsigned()));
    }
    vm.pay_for_hashing(vm.builtin(v))?;
    if let Some(text) = vm.as_str(v) {
        return Ok(Some(text.hash()));
    }
    Ok(Some(match kind(vm, v) {
        Builtin::Complex => complex::of(vm, v).map_or(0, complex::hash),
        Builtin::NoneType => 0xfca_8642,
        Builtin::Ellipsis => 0xe11_1951,
        Builtin::NotImplementedType => 0x1070_1413,
        Builtin::Tuple => tuple::hash(vm, v)?,
        Builtin::FrozenSet => {
            vm.pay_for_items(vm.as_set(v).map_or(0, crate::value::Dict::places))?;
            set::hash(vm, v)
        }
        Builtin::Range => vm.as_range(v).map_or(0, |range| range::hash(&range)),
        Builtin::MemoryView if memory::can_change(vm, v) => {
            return Err(vm.value_error("cannot hash writable memoryview object"));
        }
        Builtin::Bytes | Builtin::MemoryView => {
            vm.pay_for_reading(vm.extent(v) * 8)?;
            bytes_hash(vm.as_bytes(v).unwrap_or(&[]))
        }
        Builtin::List
        | Builtin::Dict
        | Builtin::Set
        | Builtin::ByteArray
        | Builtin::Slice
        | Builtin::DictKeys
        | Builtin::DictItems => {
            let class = vm.type_name(v);
            return Err(vm.type_error(format!("unhashable type: '{class}'")));
        }
        _ => return Ok(None),
    }))
}

fn bytes_hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// `bool(v)`; `None` for what is true unless its class says otherwise.
pub(crate) fn truth(vm: &mut Vm<'_>, v: Value) -> Option<bool> {
    match vm.builtin(v) {
        Value::None => Some(false),
        Value::False => Some(false),
        Value::True => Some(true),
        Value::Int(number) => Some(number != 0),
        Value::Float(number) => Some(number.get() != 0.0),
        v if vm.as_big(v).is_some() => Some(true),
        v if complex::of(vm, v).is_some() => complex::of(vm, v).map(|number| number.real != 0.0 || number.imag != 0.0),
        v => len(vm, v).map(|len| len != 0),
    }
}

/// `format(v, spec)`; `None` for what takes no specification.
pub(crate) fn format(vm: &mut Vm<'_>, v: Value, spec: &str) -> PyResult<Option<String>> {
    match kind(vm, v) {
        Builtin::Str => str::format(vm, v, spec).map(Some),
        Builtin::Int | Builtin::Float => number::format(vm, v, spec).map(Some),
        Builtin::Bool => number::format(vm, v, spec).map(Some),
        Builtin::Complex => complex::format(vm, v, spec).map(Some),
        _ => Ok(None),
    }
}

fn format_error(vm: &mut Vm<'_>, error: FormatError) -> crate::error::Raised {
    match error {
        FormatError::Value(message) => vm.value_error(message),
        FormatError::Overflow(message) => vm.overflow_error(message),
    }
}

fn parse_spec(vm: &mut Vm<'_>, spec: &str, class: &str, align: char) -> PyResult<Spec> {
    match Spec::parse(spec, class, align) {
        Ok(mut spec) => {
            spec.most_digits = vm.most_digits;
            Ok(spec)
        }
        Err(error) => Err(format_error(vm, error)),
    }
}

/// What the hash of a float costs.
const FLOAT: u64 = 20;
/// What it costs to format by a specification, beside the text.
const FORMATTING: u64 = 10;

/// Formats after asking for the room; `size` bounds the text without padding.
fn formatted(
    vm: &mut Vm<'_>,
    spec: &Spec,
    size: usize,
    f: impl FnOnce(&Spec) -> Result<String, FormatError>,
) -> PyResult<String> {
    vm.pay(FORMATTING)?;
    arguments::work(vm, spec.cost().saturating_add(size))?;
    f(spec).map_err(|error| format_error(vm, error))
}

/// A number of times, for `sequence * number`; `None` for what is no whole number.
fn times(vm: &mut Vm<'_>, v: Value) -> PyResult<Option<usize>> {
    if vm.as_float(v).is_some() || vm.as_str(v).is_some() {
        return Ok(None);
    }
    let number = arguments::saturating(vm, v)?;
    Ok(number.map(|number| usize::try_from(number.max(0)).unwrap_or(usize::MAX)))
}
