//! `float`: how it is made, and its methods.

use super::arguments::{self, natives};
use super::float_text::{self, HexError};
use super::{number, quote};
use crate::error::PyResult;
use crate::native::{Args, NativeFunction};
use crate::value::{Builtin, Value};
use crate::vm::Vm;

/// Methods; the receiver comes first.
pub(crate) static METHODS: &[NativeFunction] = natives! {
    "__ceil__" => |vm, args| {
        let number = alone(vm, args, "float.__ceil__")?;
        let whole = number::truncate(vm, number.ceil())?;
        vm.int(whole)
    },
    "__floor__" => |vm, args| {
        let number = alone(vm, args, "float.__floor__")?;
        let whole = number::truncate(vm, number.floor())?;
        vm.int(whole)
    },
    "as_integer_ratio" => as_integer_ratio,
    "conjugate" => conjugate,
    "hex" => hex,
    "is_integer" => is_integer,
};

/// Class methods; the class comes first.
pub(crate) static CLASS_METHODS: &[NativeFunction] = natives! {
    "__getformat__" => getformat,
    "fromhex" => fromhex,
};

/// Read-only attributes.
pub(crate) static GETTERS: &[NativeFunction] = natives! {
    "imag" => |_, _| Ok(Value::from(0.0)),
    "real" => |vm, args| conjugate(vm, args),
};

/// `float(x=0.0)`
pub(crate) fn construct(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let Some(x) = arguments::positional(vm, args, "float", 0, 1)?.first().copied() else {
        return Ok(Value::from(0.0));
    };
    if let Some(function) = vm.special(x, "__float__") {
        let made = vm.call_function(function, x, &[])?;
        return float_of(vm, x, made);
    }
    // A text is copied, shown for the error, and read.
    let extent = vm.extent(x);
    vm.pay(extent as u64 * 3)?;
    arguments::work(vm, extent.saturating_mul(2))?;
    let (text, shown) = if let Some(text) = vm.text(x) {
        let shown = quote::text(&text);
        (text.to_string(), shown)
    } else if let Some(bytes) = vm.as_bytes(x) {
        (String::from_utf8_lossy(bytes).into_owned(), quote::bytes(bytes))
    } else {
        let wanted = "a string or a real number";
        let made = number::to_float(vm, x, |found| format!("float() argument must be {wanted}, not '{found}'"));
        return made.map(Value::from);
    };
    arguments::work(vm, text.len())?;
    match float_text::parse(&text) {
        Some(number) => Ok(Value::from(number)),
        None => Err(vm.value_error(format!("could not convert string to float: {shown}"))),
    }
}

/// What `__float__` gave: a float, with a warning when it is of a subclass.
fn float_of(vm: &mut Vm<'_>, v: Value, made: Value) -> PyResult {
    let (class, found) = (vm.type_name(v), vm.type_name(made));
    let Some(number) = vm.as_float(made) else {
        return Err(vm.type_error(format!("{class}.__float__ returned non-float (type {found})")));
    };
    if !vm.type_of(made).is(vm.class_of(crate::value::Builtin::Float)) {
        vm.warn_of_old_ways(&format!(
            "{class}.__float__ returned non-float (type {found}).  The ability to return an instance of a strict subclass \
             of float is deprecated, and may not be supported in a future version of Python."
        ))?;
    }
    Ok(Value::from(number))
}

fn alone(vm: &mut Vm<'_>, args: &Args, name: &str) -> PyResult<f64> {
    let v = arguments::none(vm, args, name)?;
    match vm.as_float(v) {
        Some(number) => Ok(number),
        None => Err(arguments::wrong_receiver(vm, name, v)),
    }
}

fn conjugate(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    alone(vm, args, "float.conjugate").map(Value::from)
}

fn is_integer(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let number = alone(vm, args, "float.is_integer")?;
    Ok(Value::from(number.is_finite() && number.fract() == 0.0))
}

fn hex(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let number = alone(vm, args, "float.hex")?;
    vm.str(float_text::hex(number))
}

fn as_integer_ratio(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let number = alone(vm, args, "float.as_integer_ratio")?;
    if number.is_nan() {
        return Err(vm.value_error("cannot convert NaN to integer ratio"));
    }
    if number.is_infinite() {
        return Err(vm.overflow_error("cannot convert Infinity to integer ratio"));
    }
    let (numerator, denominator) = float_text::ratio(number);
    let pair = vec![vm.int(numerator)?, vm.int(denominator)?];
    vm.tuple(pair)
}

/// How floats lie in memory; CPython's tests ask for it.
fn getformat(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (_, kind) = arguments::one(vm, args, "float.__getformat__")?;
    match vm.text(kind).as_deref() {
        Some("double" | "float") => vm.str("IEEE, little-endian"),
        Some(_) => Err(vm.value_error("__getformat__() argument 1 must be 'double' or 'float'")),
        None => Err(arguments::argument_must_be(vm, "__getformat__", "", "str", kind)),
    }
}

fn fromhex(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (class, text) = arguments::one(vm, args, "float.fromhex")?;
    let Some(text) = vm.text(text) else { return Err(vm.type_error("bad argument type for built-in operation")) };
    let number = match float_text::from_hex(&text) {
        Ok(number) => Value::from(number),
        Err(HexError::Invalid) => return Err(vm.value_error("invalid hexadecimal floating-point string")),
        Err(HexError::TooLarge) => {
            return Err(vm.overflow_error("hexadecimal value too large to represent as a float"));
        }
    };
    if class.is(vm.class_of(Builtin::Float)) { Ok(number) } else { vm.call(class, &[number]) }
}
