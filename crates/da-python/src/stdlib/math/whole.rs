//! Functions of whole numbers.

use crate::error::PyResult;
use crate::native::Args;
use crate::types::arguments;
use crate::types::number;
use crate::value::Value;
use crate::vm::Vm;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// What a step costs with large numbers, beside their length.
const STEP: u64 = 10;

fn whole_number(vm: &mut Vm<'_>, v: Value) -> PyResult<BigInt> {
    Ok(number::index(vm, v)?.whole().unwrap_or_default())
}

pub(super) fn folded(vm: &mut Vm<'_>, args: &Args, start: i64, f: fn(&BigInt, &BigInt) -> BigInt) -> PyResult {
    let given = arguments::positional(vm, args, "gcd", 0, usize::MAX)?.to_vec();
    let mut all = BigInt::from(start);
    for v in given {
        let number = whole_number(vm, v)?;
        pay_for_gcd(vm, &all, &number)?;
        all = f(&all, &number).abs();
    }
    vm.int(all)
}

/// Pays for a greatest common divisor: for a division that brings the larger number near the smaller one, and for as many steps as
/// that has bits, each of which goes over all of it.
fn pay_for_gcd(vm: &mut Vm<'_>, a: &BigInt, b: &BigInt) -> PyResult<()> {
    let (less, more) = (a.bits().min(b.bits()), a.bits().max(b.bits()));
    vm.pay(STEP + (less / 64).saturating_mul((more - less) / 64) / 4)?;
    vm.pay(less.saturating_mul(less / 1024 + 3))
}

/// The greatest common divisor. That of the library takes one step for each bit of the larger number, which a division saves where the
/// other one is much smaller.
pub(super) fn gcd(a: &BigInt, b: &BigInt) -> BigInt {
    let (mut a, mut b) = (a.abs(), b.abs());
    while !a.is_zero() && !b.is_zero() && a.bits().abs_diff(b.bits()) > 64 {
        if a > b { a %= &b } else { b %= &a }
    }
    a.gcd(&b)
}

/// The least common multiple.
pub(super) fn lcm(a: &BigInt, b: &BigInt) -> BigInt {
    if a.is_zero() || b.is_zero() { BigInt::zero() } else { a / gcd(a, b) * b }
}

fn not_negative(vm: &mut Vm<'_>, v: Value, message: &str) -> PyResult<BigInt> {
    let number = whole_number(vm, v)?;
    if number.is_negative() { Err(vm.value_error(message)) } else { Ok(number) }
}

pub(super) fn factorial(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let v = arguments::single(vm, args, "math.factorial")?;
    let number = not_negative(vm, v, "factorial() not defined for negative values")?;
    falling(vm, &number, &number)
}

/// `n * (n - 1) * ...`, `k` factors.
fn falling(vm: &mut Vm<'_>, n: &BigInt, k: &BigInt) -> PyResult {
    let Some(count) = k.to_u64().filter(|count| *count <= 1 << 32) else {
        return Err(vm.overflow_error("factorial() argument should not exceed 9223372036854775807"));
    };
    let mut product = BigInt::one();
    for step in 0..count {
        vm.pay(STEP + product.bits() / 64)?;
        vm.heap.would_fit(usize::try_from(product.bits() / 8).unwrap_or(usize::MAX))?;
        product *= n - step;
    }
    vm.int(product)
}

pub(super) fn perm(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = arguments::positional(vm, args, "perm", 1, 2)?.to_vec();
    let n = not_negative(vm, given[0], "n must be a non-negative integer")?;
    let k = match given.get(1).filter(|v| !v.is_none()) {
        Some(k) => not_negative(vm, *k, "k must be a non-negative integer")?,
        None => n.clone(),
    };
    if k > n { Ok(Value::Int(0)) } else { falling(vm, &n, &k) }
}

pub(super) fn comb(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = arguments::positional(vm, args, "comb", 2, 2)?.to_vec();
    let n = not_negative(vm, given[0], "n must be a non-negative integer")?;
    let k = not_negative(vm, given[1], "k must be a non-negative integer")?;
    if k > n {
        return Ok(Value::Int(0));
    }
    let k = k.clone().min(&n - &k);
    let count = k.to_u64().unwrap_or(u64::MAX);
    let mut result = BigInt::one();
    for step in 0..count {
        vm.pay(STEP + result.bits() / 16)?;
        vm.heap.would_fit(usize::try_from(result.bits() / 8).unwrap_or(usize::MAX))?;
        result = result * (&n - step) / (step + 1);
    }
    vm.int(result)
}

pub(super) fn isqrt(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let v = arguments::single(vm, args, "math.isqrt")?;
    let number = not_negative(vm, v, "isqrt() argument must be nonnegative")?;
    let words = number.bits() / 64 + 1;
    vm.pay(STEP + words.saturating_mul(words))?;
    vm.int(number.sqrt())
}
