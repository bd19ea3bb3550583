//! Numbers: `int`, `bool` and `float` in operators, comparisons and hashes.
//!
//! Mixed comparison is exact. What makes a large number pays for the work and asks for the room first.

pub(crate) mod float;
pub(crate) mod int;

use super::{float_text, int_text};
use crate::code::{BinaryOp, CompareOp, UnaryOp};
use crate::error::PyResult;
use crate::value::Value;
use crate::vm::Vm;
use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;
use std::cmp::Ordering;

/// What it costs to copy a large number out of the heap, beside its length.
const LARGE: u64 = 4;

/// A number out of the heap.
#[derive(Debug, Clone)]
pub(crate) enum Number {
    /// Of 64 bits.
    Int(i64),
    /// Beyond 64 bits.
    Big(BigInt),
    /// A floating point number.
    Float(f64),
}

impl Number {
    /// The number that a value is.
    pub(crate) fn of(vm: &Vm<'_>, v: Value) -> Option<Number> {
        match vm.builtin(v) {
            Value::Int(number) => Some(Number::Int(number)),
            Value::False => Some(Number::Int(0)),
            Value::True => Some(Number::Int(1)),
            Value::Float(number) => Some(Number::Float(number.get())),
            Value::Ref(_) => vm.as_big(v).map(|big| {
                // It is copied.
                vm.heap.owe(LARGE + big.bits() / 256);
                Number::Big(big.clone())
            }),
            _ => None,
        }
    }

    /// The whole number, unless it is a float.
    pub(crate) fn whole(self) -> Option<BigInt> {
        match self {
            Number::Int(number) => Some(BigInt::from(number)),
            Number::Big(number) => Some(number),
            Number::Float(_) => None,
        }
    }

    pub(crate) fn float(&self, vm: &mut Vm<'_>) -> PyResult<f64> {
        match self {
            Number::Int(number) => Ok(*number as f64),
            Number::Float(number) => Ok(*number),
            Number::Big(number) => match float_text::from_big(number) {
                Some(number) => Ok(number),
                None => Err(vm.overflow_error("int too large to convert to float")),
            },
        }
    }

    fn is_zero(&self) -> bool {
        match self {
            Number::Int(number) => *number == 0,
            Number::Float(number) => *number == 0.0,
            Number::Big(_) => false,
        }
    }
}

/// The whole number that a value is.
pub(crate) fn to_big(vm: &Vm<'_>, v: Value) -> Option<BigInt> {
    Number::of(vm, v)?.whole()
}

/// A number as a float, with `__float__` and `__index__`; `wrong` words the error for another type.
pub(crate) fn to_float(vm: &mut Vm<'_>, v: Value, wrong: impl FnOnce(&str) -> String) -> PyResult<f64> {
    if let Some(number) = Number::of(vm, v) {
        return number.float(vm);
    }
    let class = vm.type_of(v);
    if vm.as_str(v).is_none() && vm.get_attr_opt(class, "__float__")?.is_some() {
        let made = vm.call_method(v, "__float__", &[])?;
        if let Some(number) = vm.as_float(made) {
            return Ok(number);
        }
        let (class, found) = (vm.type_name(v), vm.type_name(made));
        return Err(vm.type_error(format!("{class}.__float__ returned non-float (type {found})")));
    }
    if vm.get_attr_opt(class, "__index__")?.is_some() {
        return index(vm, v)?.float(vm);
    }
    let found = vm.type_name(v);
    Err(vm.type_error(wrong(&found)))
}

/// A whole number of any size, with `__index__`.
pub(crate) fn index(vm: &mut Vm<'_>, v: Value) -> PyResult<Number> {
    match Number::of(vm, v) {
        Some(number @ (Number::Int(_) | Number::Big(_))) => return Ok(number),
        Some(Number::Float(_)) => {}
        None => {
            let class = vm.type_of(v);
            if vm.get_attr_opt(class, "__index__")?.is_some() {
                let made = vm.call_method(v, "__index__", &[])?;
                match Number::of(vm, made) {
                    Some(number @ (Number::Int(_) | Number::Big(_))) => return Ok(number),
                    _ => {
                        let found = vm.type_name(made);
                        return Err(vm.type_error(format!("__index__ returned non-int (type {found})")));
                    }
                }
            }
        }
    }
    let found = vm.type_name(v);
    Err(vm.type_error(format!("'{found}' object cannot be interpreted as an integer")))
}

/// A finite float without its fraction.
///
/// # Errors
/// What CPython raises for the others.
pub(crate) fn truncate(vm: &mut Vm<'_>, x: f64) -> PyResult<BigInt> {
    if x.is_nan() {
        return Err(vm.value_error("cannot convert float NaN to integer"));
    }
    if x.is_infinite() {
        return Err(vm.overflow_error("cannot convert float infinity to integer"));
    }
    Ok(float_text::truncate(x))
}

/// `a op b`; `None` when the operator is not for numbers.
pub(crate) fn binary(vm: &mut Vm<'_>, op: BinaryOp, a: Value, b: Value) -> PyResult<Option<Value>> {
    if let (Some(a), Some(b)) = (vm.builtin(a).as_bool(), vm.builtin(b).as_bool()) {
        match op {
            BinaryOp::And => return Ok(Some(Value::from(a & b))),
            BinaryOp::Or => return Ok(Some(Value::from(a | b))),
            BinaryOp::Xor => return Ok(Some(Value::from(a ^ b))),
            _ => {}
        }
    }
    let (Some(a), Some(b)) = (Number::of(vm, a), Number::of(vm, b)) else { return Ok(None) };
    if matches!(a, Number::Float(_)) || matches!(b, Number::Float(_)) {
        if !float::has(op) {
            return Ok(None);
        }
        let (a, b) = (a.float(vm)?, b.float(vm)?);
        return float::binary(vm, op, a, b).map(Some);
    }
    if op == BinaryOp::MatMul {
        return Ok(None);
    }
    int::binary(vm, op, a, b).map(Some)
}

/// `op a`; `None` when the operator is not for it.
pub(crate) fn unary(vm: &mut Vm<'_>, op: UnaryOp, a: Value) -> PyResult<Option<Value>> {
    super::arguments::work(vm, vm.extent(a).saturating_mul(2))?;
    let Some(number) = Number::of(vm, a) else { return Ok(None) };
    let value = match (op, number) {
        (UnaryOp::Not, number) => Value::from(number.is_zero()),
        (UnaryOp::Pos, Number::Int(number)) => Value::Int(number),
        (UnaryOp::Pos, Number::Big(_)) => vm.builtin(a),
        (UnaryOp::Pos, Number::Float(number)) => Value::from(number),
        (UnaryOp::Neg, Number::Float(number)) => Value::from(-number),
        (UnaryOp::Invert, Number::Float(_)) => return Ok(None),
        (UnaryOp::Neg, Number::Int(number)) if number != i64::MIN => Value::Int(-number),
        (UnaryOp::Neg, number) => vm.int(-number.whole().unwrap_or_default())?,
        (UnaryOp::Invert, Number::Int(number)) => Value::Int(!number),
        (UnaryOp::Invert, number) => vm.int(-number.whole().unwrap_or_default() - 1)?,
    };
    Ok(Some(value))
}

/// How two numbers are ordered, exactly; `None` beside a NaN.
pub(crate) fn order(a: &Number, b: &Number) -> Option<Ordering> {
    Some(match (a, b) {
        (Number::Int(a), Number::Int(b)) => a.cmp(b),
        (Number::Big(a), Number::Big(b)) => a.cmp(b),
        (Number::Int(_), Number::Big(b)) => {
            if b.sign() == Sign::Minus {
                Ordering::Greater
            } else {
                Ordering::Less
            }
        }
        (Number::Big(_), Number::Int(_)) => order(b, a)?.reverse(),
        (Number::Float(a), Number::Float(b)) => return a.partial_cmp(b),
        (Number::Float(_), _) => order(b, a)?.reverse(),
        (_, Number::Float(b)) => return order_with_float(a.clone(), *b),
    })
}

fn order_with_float(a: Number, b: f64) -> Option<Ordering> {
    match &a {
        _ if b.is_nan() => return None,
        _ if b.is_infinite() => return 0.0.partial_cmp(&b),
        Number::Int(a) if a.unsigned_abs() <= 1 << 53 => return (*a as f64).partial_cmp(&b),
        _ => {}
    }
    let whole = a.whole()?.cmp(&float_text::truncate(b));
    Some(whole.then_with(|| 0.0.partial_cmp(&b.fract()).unwrap_or(Ordering::Equal)))
}

/// `a < b` and others; `None` when one is no number.
pub(crate) fn compare(vm: &mut Vm<'_>, op: CompareOp, a: Value, b: Value) -> PyResult<Option<bool>> {
    // Large ones are copied before they are compared.
    vm.pay_for_reading(vm.extent(a).saturating_add(vm.extent(b)).saturating_mul(2))?;
    let (Some(a), Some(b)) = (Number::of(vm, a), Number::of(vm, b)) else { return Ok(None) };
    Ok(match order(&a, &b) {
        Some(order) => super::ordered(op, order),
        None => Some(op == CompareOp::Ne),
    })
}

/// The prime that hashes of numbers are taken modulo, as CPython does: equal numbers of different
/// types have equal hashes.
const PRIME: u64 = (1 << 61) - 1;

/// `hash` of a whole number of 64 bits.
#[inline]
pub(crate) fn hash_of_int(number: i64) -> u64 {
    let size = number.unsigned_abs();
    let size = if size < PRIME { size } else { size % PRIME };
    let hash = if number < 0 { -(size.cast_signed()) } else { size.cast_signed() };
    // -1 means an error in CPython, so that no hash is.
    if hash == -1 { -2_i64 } else { hash }.cast_unsigned()
}

/// `hash(number)`
pub(crate) fn hash(number: &Number) -> i64 {
    let signed = |negative: bool, size: u64| {
        let hash = if negative { -(size.cast_signed()) } else { size.cast_signed() };
        if hash == -1 { -2 } else { hash }
    };
    match number {
        Number::Int(number) => hash_of_int(*number).cast_signed(),
        Number::Big(number) => signed(number.sign() == Sign::Minus, (number.magnitude() % PRIME).to_u64().unwrap_or(0)),
        Number::Float(x) if x.is_nan() => 0,
        Number::Float(x) if x.is_infinite() => {
            if *x > 0.0 {
                314_159
            } else {
                -314_159
            }
        }
        Number::Float(x) => {
            let (mantissa, exponent) = float_text::decode(*x);
            // 2**61 is 1 modulo the prime, so that a power of two is a rotation by 61 bits.
            let turn = exponent.rem_euclid(61);
            let size = (mantissa.magnitude() % PRIME).to_u64().unwrap_or(0);
            let turned = (u128::from(size) << turn) % u128::from(PRIME);
            signed(*x < 0.0, turned.to_u64().unwrap_or(0))
        }
    }
}

/// What it costs to write so many bits in base 10.
pub(crate) fn long_text(bits: u64) -> u64 {
    let words = bits / 64;
    words.saturating_mul(words) / 16
}

/// `repr` of a number.
pub(crate) fn repr(vm: &mut Vm<'_>, number: &Number) -> PyResult<String> {
    match number {
        Number::Int(number) => Ok(number.to_string()),
        Number::Float(number) => Ok(float_text::repr(*number)),
        Number::Big(number) => {
            vm.pay(long_text(number.bits()))?;
            int_text::to_decimal(number, vm.most_digits).map_err(|message| vm.value_error(message))
        }
    }
}

/// `format(number, spec)`
pub(crate) fn format(vm: &mut Vm<'_>, v: Value, spec: &str) -> PyResult<String> {
    let Some(number) = Number::of(vm, v) else { return Ok(String::new()) };
    if spec.is_empty() {
        return vm.to_str(v);
    }
    let class = vm.type_name(v);
    let spec = super::parse_spec(vm, spec, &class, '>')?;
    match number {
        Number::Float(number) => {
            // Digits of a float are those of a whole number that is as long.
            vm.pay(long_text(spec.digits() as u64 * 4))?;
            super::formatted(vm, &spec, 400, |spec| spec.float(number, &class))
        }
        number => {
            let number = number.whole().unwrap_or_default();
            let digits = usize::try_from(number.bits()).unwrap_or(usize::MAX);
            vm.pay(long_text(number.bits()))?;
            super::formatted(vm, &spec, digits, |spec| spec.integer(&number, &class))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_numbers_have_equal_hashes_and_those_of_cpython() {
        let big = BigInt::from(1) << 100;
        assert_eq!(hash(&Number::Int(-1)), -2);
        assert_eq!(hash(&Number::Float(-1.0)), -2);
        assert_eq!(hash(&Number::Float(0.5)), 1_152_921_504_606_846_976);
        assert_eq!(hash(&Number::Float(1e100)), 1_822_893_315_824_342_674);
        assert_eq!(hash(&Number::Big(big)), hash(&Number::Float(2f64.powi(100))));
        assert_eq!(hash(&Number::Int(i64::MAX)), 3);
    }

    #[test]
    fn a_float_is_compared_with_a_whole_number_exactly() {
        let table = [
            (9_007_199_254_740_993, 9_007_199_254_740_992.0, Some(Ordering::Greater)),
            (i64::MAX, 9_223_372_036_854_775_808.0, Some(Ordering::Less)),
            (1, 1.5, Some(Ordering::Less)),
            (-1, -1.5, Some(Ordering::Greater)),
            (0, f64::NAN, None),
            (0, f64::INFINITY, Some(Ordering::Less)),
        ];
        for (a, b, wanted) in table {
            assert_eq!(order(&Number::Int(a), &Number::Float(b)), wanted, "{a} {b}");
        }
    }
}
