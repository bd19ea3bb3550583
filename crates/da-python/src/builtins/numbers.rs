//! `abs`, `divmod`, `pow`, `round`, `bin`, `oct`, `hex`
//!
//! Instances answer by their special methods.

use crate::code::{BinaryOp, UnaryOp};
use crate::error::PyResult;
use crate::native::Args;
use crate::types::arguments::{self, positional, single, work};
use crate::types::number::{self, Number, to_big};
use crate::types::{complex, float_text};
use crate::value::Value;
use crate::vm::Vm;
use num_bigint::Sign;

pub(super) fn abs(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let value = single(vm, args, "abs")?;
    if let Some(result) = special(vm, value, "__abs__", &[])? {
        return Ok(result);
    }
    if let Some(number) = complex::of(vm, value) {
        return complex::size(vm, number);
    }
    match Number::of(vm, value) {
        Some(Number::Float(number)) => Ok(Value::from(number.abs())),
        Some(Number::Int(number)) if number >= 0 => Ok(Value::Int(number)),
        Some(Number::Big(ref number)) if number.sign() == Sign::Plus => Ok(vm.builtin(value)),
        Some(_) => {
            let plain = vm.builtin(value);
            vm.unary(UnaryOp::Neg, plain)
        }
        None => {
            let name = vm.type_name(value);
            Err(vm.type_error(format!("bad operand type for abs(): '{name}'")))
        }
    }
}

/// Calls a special method of an instance, if its class has it.
fn special(vm: &mut Vm<'_>, value: Value, method: &str, args: &[Value]) -> PyResult<Option<Value>> {
    if vm.as_instance(value).is_none() {
        return Ok(None);
    }
    match vm.get_attr_opt(value, method)? {
        Some(function) => vm.call(function, args).map(Some),
        None => Ok(None),
    }
}

pub(crate) fn divmod(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = positional(vm, args, "divmod", 2, 2)?;
    let (a, b) = (given[0], given[1]);
    for (value, method, other) in [(a, "__divmod__", b), (b, "__rdivmod__", a)] {
        match special(vm, value, method, &[other])? {
            None | Some(Value::NotImplemented) => {}
            Some(result) => return Ok(result),
        }
    }
    match (Number::of(vm, a), Number::of(vm, b)) {
        (Some(left), Some(right)) => {
            if matches!(left, Number::Float(_)) || matches!(right, Number::Float(_)) {
                let (left, right) = (left.float(vm)?, right.float(vm)?);
                if right == 0.0 {
                    return Err(vm.zero_division("float divmod()"));
                }
                let (quotient, rest) = number::float::divide_with_rest(left, right);
                return vm.tuple(vec![Value::from(quotient), Value::from(rest)]);
            }
            let (left, right) = (left.whole().unwrap_or_default(), right.whole().unwrap_or_default());
            number::int::divide_with_rest(vm, &left, &right)
        }
        _ => {
            let (a, b) = (vm.type_name(a), vm.type_name(b));
            Err(vm.type_error(format!("unsupported operand type(s) for divmod(): '{a}' and '{b}'")))
        }
    }
}

pub(super) fn pow(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let [base, exponent, modulus] = args.bind(vm, "pow", ["base", "exp", "mod"], 2)?;
    let (base, exponent) = (base.unwrap_or(Value::None), exponent.unwrap_or(Value::None));
    let modulus = match modulus {
        None | Some(Value::None) => return vm.binary(BinaryOp::Pow, base, exponent),
        Some(modulus) => modulus,
    };
    if let Some(result) = special(vm, base, "__pow__", &[exponent, modulus])? {
        return Ok(result);
    }
    match (to_big(vm, base), to_big(vm, exponent), to_big(vm, modulus)) {
        (Some(base), Some(exponent), Some(modulus)) => number::int::power_modulo(vm, &base, &exponent, &modulus),
        _ => Err(vm.type_error("pow() 3rd argument not allowed unless all arguments are integers")),
    }
}

pub(crate) fn round(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = args.positional.len() + args.keywords.len();
    if given > 2 {
        return Err(vm.type_error(format!("round() takes at most 2 arguments ({given} given)")));
    }
    let [number, places] = args.bind(vm, "round", ["number", "ndigits"], 1)?;
    let number = number.unwrap_or(Value::None);
    let extra: Vec<Value> = places.into_iter().collect();
    if let Some(result) = special(vm, number, "__round__", &extra)? {
        return Ok(result);
    }
    let Some(value) = Number::of(vm, number) else {
        let name = vm.type_name(number);
        return Err(vm.type_error(format!("type {name} doesn't define __round__ method")));
    };
    let places = match places {
        None | Some(Value::None) => None,
        // A float has no more digits than a number of 64 bits can count.
        Some(places) if matches!(value, Number::Float(_)) => match arguments::saturating(vm, places)? {
            Some(places) => Some(places),
            None => Some(vm.index(places)?),
        },
        Some(places) => Some(vm.index(places)?),
    };
    match (value, places) {
        (Number::Float(value), None) => number::float::round(vm, value),
        (Number::Float(value), Some(places)) => match float_text::round_digits(value, places) {
            Some(rounded) => Ok(Value::from(rounded)),
            None => Err(vm.overflow_error("rounded value too large to represent")),
        },
        (value, None) => vm.int(value.whole().unwrap_or_default()),
        (value, Some(places)) => number::int::round(vm, value.whole().unwrap_or_default(), places),
    }
}

fn in_base(vm: &mut Vm<'_>, args: &Args, function: &str, (prefix, base): (&str, u32)) -> PyResult {
    let value = single(vm, args, function)?;
    let number = number::index(vm, value)?.whole().unwrap_or_default();
    work(vm, usize::try_from(number.bits()).unwrap_or(usize::MAX))?;
    let sign = if number.sign() == Sign::Minus { "-" } else { "" };
    let text = number.magnitude().to_str_radix(base);
    vm.str(format!("{sign}{prefix}{text}"))
}

pub(super) fn bin(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    in_base(vm, args, "bin", ("0b", 2))
}

pub(super) fn oct(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    in_base(vm, args, "oct", ("0o", 8))
}

pub(super) fn hex(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    in_base(vm, args, "hex", ("0x", 16))
}
