//! Operators of whole numbers.

use super::{Number, float};
use crate::code::BinaryOp;
use crate::error::{PyResult, Raised};
use crate::types::{float_text, int_text};
use crate::value::Value;
use crate::vm::Vm;
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// What an operator costs whose operands or whose result are beyond 64 bits.
const LARGE: u64 = 10;
/// How many powers are made ahead for one.
const AHEAD: u64 = 32;
/// What a product modulo a number costs, beside the square of its length.
const MULTIPLYING: u64 = 20;

/// `a op b` of two whole numbers.
pub(crate) fn binary(vm: &mut Vm<'_>, op: BinaryOp, a: Number, b: Number) -> PyResult {
    if let (Number::Int(a), Number::Int(b)) = (&a, &b)
        && let Some(value) = small(vm, op, *a, *b)?
    {
        return Ok(value);
    }
    let (a, b) = (a.whole().unwrap_or_default(), b.whole().unwrap_or_default());
    big(vm, op, &a, &b)
}

/// The fast way; `None` when the result does not fit.
fn small(vm: &mut Vm<'_>, op: BinaryOp, a: i64, b: i64) -> PyResult<Option<Value>> {
    let result = match op {
        BinaryOp::Add => a.checked_add(b),
        BinaryOp::Sub => a.checked_sub(b),
        BinaryOp::Mul => a.checked_mul(b),
        BinaryOp::And => Some(a & b),
        BinaryOp::Or => Some(a | b),
        BinaryOp::Xor => Some(a ^ b),
        BinaryOp::FloorDiv | BinaryOp::Mod if b == 0 => return Err(by_zero(vm, op)),
        BinaryOp::FloorDiv if b != -1 => Some(Integer::div_floor(&a, &b)),
        BinaryOp::Mod if b != -1 => Some(Integer::mod_floor(&a, &b)),
        BinaryOp::Mod => Some(0),
        BinaryOp::Pow => u32::try_from(b).ok().and_then(|b| a.checked_pow(b)),
        BinaryOp::RShift if b >= 0 => Some(a >> b.min(63)),
        BinaryOp::LShift if (0..63).contains(&b) => a.checked_mul(1 << b),
        _ => None,
    };
    Ok(result.map(Value::Int))
}

fn by_zero(vm: &mut Vm<'_>, op: BinaryOp) -> Raised {
    vm.zero_division(match op {
        BinaryOp::Mod => "integer modulo by zero",
        BinaryOp::Div => "division by zero",
        _ => "integer division or modulo by zero",
    })
}

fn big(vm: &mut Vm<'_>, op: BinaryOp, a: &BigInt, b: &BigInt) -> PyResult {
    vm.pay(LARGE)?;
    let bits = a.bits().max(b.bits());
    let result = match op {
        BinaryOp::Pow => return power(vm, a, b),
        BinaryOp::Div => return divide(vm, a, b).map(Value::from),
        BinaryOp::FloorDiv | BinaryOp::Mod => {
            if b.is_zero() {
                return Err(by_zero(vm, op));
            }
            pay_division(vm, a, b)?;
            if op == BinaryOp::Mod { a.mod_floor(b) } else { a.div_floor(b) }
        }
        BinaryOp::Mul => {
            room(vm, a.bits() + b.bits())?;
            pay_product(vm, a.bits(), b.bits())?;
            a * b
        }
        BinaryOp::LShift | BinaryOp::RShift => return shift(vm, op, a, b),
        _ => {
            room(vm, bits + 1)?;
            match op {
                BinaryOp::Add => a + b,
                BinaryOp::Sub => a - b,
                BinaryOp::And => a & b,
                BinaryOp::Or => a | b,
                _ => a ^ b,
            }
        }
    };
    vm.int(result)
}

/// Asks for the room of a number of so many bits, and pays for writing it.
fn room(vm: &mut Vm<'_>, bits: u64) -> PyResult<()> {
    super::super::arguments::work(vm, usize::try_from(bits / 8).unwrap_or(usize::MAX))?;
    vm.pay(bits / 256)
}

/// Multiplication takes more than linear time.
fn pay_product(vm: &mut Vm<'_>, a: u64, b: u64) -> PyResult<()> {
    let (less, more) = (a.min(b) / 64, a.max(b) / 64);
    vm.pay(more.saturating_mul(less.isqrt()).saturating_mul(2))
}

/// Division takes quadratic time.
fn pay_division(vm: &mut Vm<'_>, a: &BigInt, b: &BigInt) -> PyResult<()> {
    let (divisor, quotient) = (b.bits() / 64, a.bits().saturating_sub(b.bits()) / 64);
    vm.pay(divisor.saturating_mul(quotient) / 4)
}

fn shift(vm: &mut Vm<'_>, op: BinaryOp, a: &BigInt, b: &BigInt) -> PyResult {
    if b.sign() == Sign::Minus {
        return Err(vm.value_error("negative shift count"));
    }
    let by = b.to_u64().unwrap_or(u64::MAX);
    if op == BinaryOp::RShift {
        let gone = by > a.bits();
        let result = if gone { BigInt::from(if a.is_negative() { -1 } else { 0 }) } else { a >> by };
        return vm.int(result);
    }
    if a.is_zero() {
        return Ok(Value::Int(0));
    }
    room(vm, a.bits().saturating_add(by))?;
    vm.int(a << by)
}

fn power(vm: &mut Vm<'_>, a: &BigInt, b: &BigInt) -> PyResult {
    if b.sign() == Sign::Minus {
        let (a, b) = (Number::Big(a.clone()).float(vm)?, Number::Big(b.clone()).float(vm)?);
        return float::power(vm, a, b).map(Value::from);
    }
    if a.is_zero() || a.is_one() {
        return vm.int(if b.is_zero() { BigInt::one() } else { a.clone() });
    }
    if (-a).is_one() {
        return Ok(Value::Int(if b.is_even() { 1 } else { -1 }));
    }
    // The result has at least (bits - 1) * b bits.
    let bits = (a.bits() - 1).max(1).saturating_mul(b.to_u64().unwrap_or(u64::MAX));
    room(vm, bits)?;
    pay_product(vm, bits, bits)?;
    vm.int(a.pow(b.to_u32().unwrap_or(u32::MAX)))
}

/// `pow(base, exponent, modulus)`
pub(crate) fn power_modulo(vm: &mut Vm<'_>, base: &BigInt, exponent: &BigInt, modulus: &BigInt) -> PyResult {
    if modulus.is_zero() {
        return Err(vm.value_error("pow() 3rd argument cannot be 0"));
    }
    let words = modulus.bits() / 64 + 1;
    // The first powers are made ahead.
    let steps = exponent.bits().saturating_add(AHEAD);
    vm.pay(words.saturating_mul(words).saturating_add(MULTIPLYING).saturating_mul(steps))?;
    pay_division(vm, base, modulus)?;
    let (base, exponent) = if exponent.is_negative() {
        // Euclid's work: as many divisions as there are bits, of numbers of so many words.
        vm.pay((words + MULTIPLYING).saturating_mul(base.bits().min(modulus.bits())))?;
        match base.modinv(&modulus.abs()) {
            Some(inverse) => (inverse, -exponent),
            None => return Err(vm.value_error("base is not invertible for the given modulus")),
        }
    } else {
        (base.clone(), exponent.clone())
    };
    if exponent.is_one() {
        return vm.int(base.mod_floor(modulus));
    }
    vm.int(base.modpow(&exponent, modulus))
}

/// `a / b`, rounded once.
pub(crate) fn divide(vm: &mut Vm<'_>, a: &BigInt, b: &BigInt) -> PyResult<f64> {
    if b.is_zero() {
        return Err(by_zero(vm, BinaryOp::Div));
    }
    if a.bits() <= 53 && b.bits() <= 53 {
        return Ok(a.to_f64().unwrap_or(0.0) / b.to_f64().unwrap_or(1.0));
    }
    pay_division(vm, a, b)?;
    let negative = a.is_negative() != b.is_negative();
    // 64 bits of the quotient, and one that says whether anything is behind them.
    let up = (64 + b.bits()).saturating_sub(a.bits());
    let (quotient, rest) = (a.abs() << up).div_rem(&b.abs());
    let kept = (quotient << 1u8) + u8::from(!rest.is_zero());
    if a.is_zero() {
        return Ok(0.0);
    }
    let exponent = -i64::try_from(up + 1).unwrap_or(i64::MAX);
    match float_text::scale(&kept, exponent) {
        Some(size) => Ok(if negative { -size } else { size }),
        None => Err(vm.overflow_error("integer division result too large for a float")),
    }
}

/// `divmod(a, b)`
pub(crate) fn divide_with_rest(vm: &mut Vm<'_>, a: &BigInt, b: &BigInt) -> PyResult {
    if b.is_zero() {
        return Err(by_zero(vm, BinaryOp::FloorDiv));
    }
    pay_division(vm, a, b)?;
    let (quotient, rest) = a.div_mod_floor(b);
    let pair = vec![vm.int(quotient)?, vm.int(rest)?];
    vm.tuple(pair)
}

/// `round(number, digits)`: half to even.
pub(crate) fn round(vm: &mut Vm<'_>, number: BigInt, digits: i64) -> PyResult {
    let Some(places) = digits.checked_neg().filter(|&places| places > 0) else { return vm.int(number) };
    // More places than the number has digits: it rounds to 0.
    if places.unsigned_abs() > number.bits() + 1 {
        return Ok(Value::Int(0));
    }
    pay_product(vm, number.bits(), number.bits())?;
    let unit = BigInt::from(10).pow(u32::try_from(places).unwrap_or(u32::MAX));
    pay_division(vm, &number, &unit)?;
    vm.int(int_text::divide_half_even(&number, &unit) * unit)
}
