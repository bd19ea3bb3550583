//! `int` and `bool`: how they are made, and their methods.

use super::arguments::{self, natives};
use super::number::{self, Number};
use super::{int_text, quote};
use crate::error::PyResult;
use crate::native::{Args, NativeFunction};
use crate::value::{Builtin, Value};
use crate::vm::Vm;
use num_bigint::{BigInt, BigUint, Sign};
use num_traits::{Signed, Zero};

/// Methods; the receiver comes first.
pub(crate) static METHODS: &[NativeFunction] = natives! {
    "as_integer_ratio" => as_integer_ratio,
    "bit_count" => bit_count,
    "bit_length" => bit_length,
    "conjugate" => conjugate,
    "to_bytes" => to_bytes,
};

/// Class methods; the class comes first.
pub(crate) static CLASS_METHODS: &[NativeFunction] = natives! { "from_bytes" => from_bytes };

/// Read-only attributes.
pub(crate) static GETTERS: &[NativeFunction] = natives! {
    "denominator" => |_, _| Ok(Value::Int(1)),
    "imag" => |_, _| Ok(Value::Int(0)),
    "numerator" => |vm, args| conjugate(vm, args),
    "real" => |vm, args| conjugate(vm, args),
};

/// `int(x=0, base=10)`
pub(crate) fn construct(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let mut base = args.positional.get(1).copied();
    for (name, value) in &args.keywords {
        if &**name != "base" {
            return Err(vm.type_error(format!("'{name}' is an invalid keyword argument for int()")));
        }
        base = Some(*value);
    }
    if args.positional.len() > 2 {
        let given = args.positional.len();
        return Err(vm.type_error(format!("int() takes at most 2 arguments ({given} given)")));
    }
    match (args.positional.first(), base) {
        (None, None) => Ok(Value::Int(0)),
        (None, Some(_)) => Err(vm.type_error("int() missing string argument")),
        (Some(x), None) => from_value(vm, *x),
        (Some(x), Some(base)) => {
            let base = match arguments::saturating(vm, base)? {
                Some(base) => base,
                None => vm.index(base)?,
            };
            match u32::try_from(base) {
                Ok(base @ (0 | 2..=36)) => from_text(vm, *x, base),
                _ => Err(vm.value_error("int() base must be >= 2 and <= 36, or 0")),
            }
        }
    }
}

/// What a special method gave that must give a whole number: the number itself, with a warning when it is of a subclass.
fn whole_of(vm: &mut Vm<'_>, made: Value, method: &str) -> PyResult {
    let found = vm.type_name(made);
    match Number::of(vm, made) {
        Some(Number::Int(_) | Number::Big(_)) => {}
        _ => return Err(vm.type_error(format!("{method} returned non-int (type {found})"))),
    }
    if !vm.type_of(made).is(vm.class_of(Builtin::Int)) {
        vm.warn_of_old_ways(&format!(
            "{method} returned non-int (type {found}).  The ability to return an instance of a strict subclass of int \
             is deprecated, and may not be supported in a future version of Python."
        ))?;
    }
    match Number::of(vm, made) {
        Some(Number::Int(number)) => Ok(Value::Int(number)),
        _ => Ok(vm.builtin(made)),
    }
}

/// `int(v)` by `__trunc__`, which may give anything that is a whole number.
fn truncated(vm: &mut Vm<'_>, v: Value) -> PyResult {
    vm.warn_of_old_ways("The delegation of int() to __trunc__ is deprecated.")?;
    let made = vm.call_method(v, "__trunc__", &[])?;
    if let Some(Number::Int(_) | Number::Big(_)) = Number::of(vm, made) {
        return whole_of(vm, vm.builtin(made), "__trunc__");
    }
    for method in ["__index__", "__int__"] {
        if let Some(function) = vm.special(made, method) {
            let made = vm.call_function(function, made, &[])?;
            return whole_of(vm, made, method);
        }
    }
    let found = vm.type_name(made);
    Err(vm.type_error(format!("__trunc__ returned non-Integral (type {found})")))
}

fn from_value(vm: &mut Vm<'_>, v: Value) -> PyResult {
    if let Some(function) = vm.special(v, "__int__") {
        let made = vm.call_function(function, v, &[])?;
        return whole_of(vm, made, "__int__");
    }
    match Number::of(vm, v) {
        Some(Number::Int(number)) => return Ok(Value::Int(number)),
        Some(Number::Big(_)) => return Ok(vm.builtin(v)),
        Some(Number::Float(number)) => {
            let whole = number::truncate(vm, number)?;
            return vm.int(whole);
        }
        None => {}
    }
    if vm.as_str(v).is_some() || vm.as_bytes(v).is_some() {
        return from_text(vm, v, 10);
    }
    let class = vm.type_of(v);
    for method in ["__int__", "__index__"] {
        if vm.get_attr_opt(class, method)?.is_some() {
            let made = vm.call_method(v, method, &[])?;
            return whole_of(vm, made, method);
        }
    }
    if vm.get_attr_opt(class, "__trunc__")?.is_some() {
        return truncated(vm, v);
    }
    let found = vm.type_name(v);
    let wanted = "a string, a bytes-like object or a real number";
    Err(vm.type_error(format!("int() argument must be {wanted}, not '{found}'")))
}

fn from_text(vm: &mut Vm<'_>, v: Value, base: u32) -> PyResult {
    let (text, shown) = if let Some(text) = vm.text(v) {
        let shown = quote::text(text.chars().take(200).collect::<String>().as_str());
        (text.to_string(), shown)
    } else if let Some(bytes) = vm.as_bytes(v) {
        (bytes.iter().map(|&b| if b.is_ascii() { char::from(b) } else { '?' }).collect(), quote::bytes(bytes))
    } else {
        return Err(vm.type_error("int() can't convert non-string with explicit base"));
    };
    arguments::work(vm, text.len())?;
    vm.pay(text.len() as u64)?;
    // Only a base that is no power of two takes more than linear time, and what is too long for it is refused.
    if !base.is_power_of_two() && (vm.most_digits == 0 || text.len() <= vm.most_digits * 2) {
        vm.pay(number::long_text(text.len() as u64 * 3))?;
    }
    match int_text::parse(&text, base, vm.most_digits) {
        Ok(number) => vm.int(number),
        Err(error) => Err(vm.value_error(error.message(base, &shown, vm.most_digits))),
    }
}

/// The receiver of a method without arguments.
fn alone(vm: &mut Vm<'_>, args: &Args, name: &str) -> PyResult<BigInt> {
    let v = arguments::none(vm, args, name)?;
    match number::to_big(vm, v) {
        Some(number) => Ok(number),
        None => Err(arguments::wrong_receiver(vm, name, v)),
    }
}

fn conjugate(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let number = alone(vm, args, "int.conjugate")?;
    vm.int(number)
}

fn as_integer_ratio(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let number = alone(vm, args, "int.as_integer_ratio")?;
    let pair = vec![vm.int(number)?, Value::Int(1)];
    vm.tuple(pair)
}

fn bit_length(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let number = alone(vm, args, "int.bit_length")?;
    Ok(Value::Int(i64::try_from(number.bits()).unwrap_or(i64::MAX)))
}

fn bit_count(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let number = alone(vm, args, "int.bit_count")?;
    Ok(Value::Int(i64::try_from(number.magnitude().count_ones()).unwrap_or(i64::MAX)))
}

/// Whether the largest byte comes first.
fn big_first(vm: &mut Vm<'_>, v: Option<Value>, function: &str) -> PyResult<bool> {
    let Some(v) = v else { return Ok(true) };
    match vm.text(v).as_deref() {
        Some("big") => Ok(true),
        Some("little") => Ok(false),
        Some(_) => Err(vm.value_error("byteorder must be either 'little' or 'big'")),
        None => Err(arguments::argument_must_be(vm, function, " 'byteorder'", "str", v)),
    }
}

fn to_bytes(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let names = ["length", "byteorder", "signed*"];
    let (receiver, [length, order, signed]) = arguments::named(vm, args, "int.to_bytes", names, 0)?;
    let Some(number) = number::to_big(vm, receiver) else {
        return Err(arguments::wrong_receiver(vm, "int.to_bytes", receiver));
    };
    let length = match length {
        Some(length) => vm.index(length)?,
        None => 1,
    };
    let Ok(length) = usize::try_from(length) else {
        return Err(vm.value_error("length argument must be non-negative"));
    };
    let big = big_first(vm, order, "to_bytes")?;
    let signed = arguments::flag(vm, signed, false)?;
    if !signed && number.is_negative() {
        return Err(vm.overflow_error("can't convert negative int to unsigned"));
    }
    arguments::work(vm, length)?;
    vm.pay((length as u64).max(number.bits() / 8) / 4)?;
    let mut bytes = match (number.is_zero(), signed) {
        (true, _) => Vec::new(),
        (_, true) => number.to_signed_bytes_le(),
        (_, false) => number.magnitude().to_bytes_le(),
    };
    if bytes.len() > length {
        return Err(vm.overflow_error("int too big to convert"));
    }
    bytes.resize(length, if number.is_negative() { 0xff } else { 0 });
    if big {
        bytes.reverse();
    }
    vm.bytes(&bytes)
}

fn from_bytes(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let names = ["bytes", "byteorder", "signed*"];
    let (class, [bytes, order, signed]) = arguments::named(vm, args, "int.from_bytes", names, 1)?;
    let big = big_first(vm, order, "from_bytes")?;
    let signed = arguments::flag(vm, signed, false)?;
    let mut bytes = super::bytes::of_value(vm, bytes.unwrap_or(Value::None))?;
    vm.pay(bytes.len() as u64 / 4)?;
    if big {
        bytes.reverse();
    }
    arguments::work(vm, bytes.len())?;
    let number = if signed {
        BigInt::from_signed_bytes_le(&bytes)
    } else {
        BigInt::from_biguint(Sign::Plus, BigUint::from_bytes_le(&bytes))
    };
    let number = vm.int(number)?;
    if class.is(vm.class_of(crate::value::Builtin::Int)) { Ok(number) } else { vm.call(class, &[number]) }
}

/// `bool(x=False)`
pub(crate) fn construct_bool(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    match arguments::positional(vm, args, "bool", 0, 1)?.first() {
        Some(x) => vm.truth(*x).map(Value::from),
        None => Ok(Value::False),
    }
}
