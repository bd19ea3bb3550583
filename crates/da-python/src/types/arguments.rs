//! What native methods do with their arguments, in CPython's words when they do not fit.
//!
//! Names are written as scripts know them (`str.upper`, `len`). Nothing here calls a value, except
//! `__index__` of what stands for a number.

use super::slicing::Places;
use crate::error::{PyResult, Raised};
use crate::native::Args;
use crate::value::{Slice, Value};
use crate::vm::Vm;
use num_bigint::Sign;

fn short(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(_, short)| short)
}

fn refuse_keywords(vm: &mut Vm<'_>, args: &Args, name: &str) -> PyResult<()> {
    if args.keywords.is_empty() { Ok(()) } else { Err(vm.type_error(format!("{name}() takes no keyword arguments"))) }
}

/// The receiver of a method.
pub(crate) fn receiver(vm: &mut Vm<'_>, args: &Args, name: &str) -> PyResult {
    match args.positional.first() {
        Some(value) => Ok(*value),
        None => Err(vm.type_error(format!("unbound method {name}() needs an argument"))),
    }
}

/// The error of a method that was called on something of another type.
pub(crate) fn wrong_receiver(vm: &mut Vm<'_>, name: &str, value: Value) -> Raised {
    let (class, method) = name.split_once('.').unwrap_or(("object", name));
    let found = vm.type_name(value);
    vm.type_error(format!("descriptor '{method}' for '{class}' objects doesn't apply to a '{found}' object"))
}

/// A method without arguments: its receiver.
pub(crate) fn none(vm: &mut Vm<'_>, args: &Args, name: &str) -> PyResult {
    refuse_keywords(vm, args, name)?;
    let this = receiver(vm, args, name)?;
    match args.positional.len() - 1 {
        0 => Ok(this),
        given => Err(vm.type_error(format!("{name}() takes no arguments ({given} given)"))),
    }
}

/// A method of one argument: the receiver and the argument.
pub(crate) fn one(vm: &mut Vm<'_>, args: &Args, name: &str) -> PyResult<(Value, Value)> {
    refuse_keywords(vm, args, name)?;
    let this = receiver(vm, args, name)?;
    match args.positional[1..] {
        [argument] => Ok((this, argument)),
        _ => {
            let given = args.positional.len() - 1;
            Err(vm.type_error(format!("{name}() takes exactly one argument ({given} given)")))
        }
    }
}

/// A method of `least` to `most` arguments by position: the receiver and the arguments.
pub(crate) fn between<'a>(
    vm: &mut Vm<'_>,
    args: &'a Args,
    name: &str,
    least: usize,
    most: usize,
) -> PyResult<(Value, &'a [Value])> {
    refuse_keywords(vm, args, name)?;
    let this = receiver(vm, args, name)?;
    let rest = args.positional.get(1..).unwrap_or(&[]);
    check_count(vm, short(name), rest.len(), least, most)?;
    Ok((this, rest))
}

/// A function of `least` to `most` arguments by position.
pub(crate) fn positional<'a>(
    vm: &mut Vm<'_>,
    args: &'a Args,
    name: &str,
    least: usize,
    most: usize,
) -> PyResult<&'a [Value]> {
    refuse_keywords(vm, args, name)?;
    check_count(vm, name, args.positional.len(), least, most)?;
    Ok(&args.positional)
}

fn check_count(vm: &mut Vm<'_>, name: &str, given: usize, least: usize, most: usize) -> PyResult<()> {
    let (bound, number) = if given < least {
        (if least == most { "" } else { "at least " }, least)
    } else if given > most {
        (if least == most { "" } else { "at most " }, most)
    } else {
        return Ok(());
    };
    let plural = if number == 1 { "" } else { "s" };
    Err(vm.type_error(format!("{name} expected {bound}{number} argument{plural}, got {given}")))
}

/// A function of exactly one argument.
pub(crate) fn single(vm: &mut Vm<'_>, args: &Args, name: &str) -> PyResult {
    refuse_keywords(vm, args, name)?;
    match args.positional[..] {
        [argument] => Ok(argument),
        _ => {
            let given = args.positional.len();
            Err(vm.type_error(format!("{name}() takes exactly one argument ({given} given)")))
        }
    }
}

/// A method whose arguments have names: the receiver, and the arguments by [`Args::bind`].
pub(crate) fn named<const N: usize>(
    vm: &mut Vm<'_>,
    args: &Args,
    name: &str,
    names: [&str; N],
    required: usize,
) -> PyResult<(Value, [Option<Value>; N])> {
    let this = receiver(vm, args, name)?;
    let rest = Args { positional: args.positional[1..].to_vec(), keywords: args.keywords.clone() };
    let bound = rest.bind(vm, short(name), names, required)?;
    Ok((this, bound))
}

/// Accounts for native work on so many bytes that makes a temporary of that size.
pub(crate) fn work(vm: &mut Vm<'_>, bytes: usize) -> PyResult<()> {
    vm.heap.would_fit(bytes)?;
    vm.pay(bytes as u64 / 32 + 1)
}

/// A whole number that saturates, as slices take it; `None` for what is no number.
pub(crate) fn saturating(vm: &mut Vm<'_>, v: Value) -> PyResult<Option<i64>> {
    if let Some(number) = vm.as_int(v) {
        return Ok(Some(number));
    }
    if let Some(big) = vm.as_big(v) {
        return Ok(Some(if big.sign() == Sign::Minus { i64::MIN } else { i64::MAX }));
    }
    if vm.get_attr_opt(vm.type_of(v), "__index__")?.is_none() {
        return Ok(None);
    }
    let number = vm.call_method(v, "__index__", &[])?;
    match (vm.as_int(number), vm.as_big(number).map(num_bigint::BigInt::sign)) {
        (Some(number), _) => Ok(Some(number)),
        (_, Some(sign)) => Ok(Some(if sign == Sign::Minus { i64::MIN } else { i64::MAX })),
        _ => vm.index(v).map(Some),
    }
}

/// A bound of a slice: `None` when it is absent.
pub(crate) fn bound(vm: &mut Vm<'_>, v: Option<Value>) -> PyResult<Option<i64>> {
    let Some(v) = v.filter(|v| !v.is_none()) else { return Ok(None) };
    match saturating(vm, v)? {
        Some(number) => Ok(Some(number)),
        None => Err(vm.type_error("slice indices must be integers or None or have an __index__ method")),
    }
}

/// The places that a slice takes from a sequence of this length.
pub(crate) fn places(vm: &mut Vm<'_>, slice: Slice, len: usize) -> PyResult<Places> {
    let step = bound(vm, Some(slice.step))?.unwrap_or(1);
    if step == 0 {
        return Err(vm.value_error("slice step cannot be zero"));
    }
    let start = bound(vm, Some(slice.start))?;
    let stop = bound(vm, Some(slice.stop))?;
    Ok(Places::fit(start, stop, step.max(-i64::MAX), len))
}

/// A number of times or characters; what is below 0 counts as 0.
pub(crate) fn count(vm: &mut Vm<'_>, v: Value) -> PyResult<usize> {
    let number = vm.index(v)?;
    Ok(usize::try_from(number.max(0)).unwrap_or(usize::MAX))
}

/// A truth value of an optional argument.
pub(crate) fn flag(vm: &mut Vm<'_>, v: Option<Value>, absent: bool) -> PyResult<bool> {
    match v {
        Some(v) => vm.truth(v),
        None => Ok(absent),
    }
}

/// The error of an operation on something that is not of the wanted type.
pub(crate) fn must_be(vm: &mut Vm<'_>, wanted: &str, v: Value) -> Raised {
    let found = vm.type_name(v);
    vm.type_error(format!("must be {wanted}, not {found}"))
}

/// The error of an argument that is not of the wanted type: `function() argument n must be ...`.
pub(crate) fn argument_must_be(vm: &mut Vm<'_>, function: &str, number: &str, wanted: &str, v: Value) -> Raised {
    let found = if v.is_none() { "None".into() } else { vm.type_name(v) };
    vm.type_error(format!("{function}() argument{number} must be {wanted}, not {found}"))
}

/// Tables of native functions.
macro_rules! natives {
    ($($name:literal => $run:expr),* $(,)?) => {
        &[$($crate::native::NativeFunction { name: $name, run: $run }),*]
    };
}
pub(crate) use natives;
