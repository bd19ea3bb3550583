//! Functions of whole numbers.

use crate::error::PyResult;
use crate::native::Args;
use crate::types::arguments;
use crate::types::number;
use crate::value::Value;
use crate::vm::Vm;
use num_bigint::BigInt;
use num_traits::{One, Signed, ToPrimitive};

fn whole_number(vm: &mut Vm<'_>, v: Value) -> PyResult<BigInt> {
    Ok(number::index(vm, v)?.whole().unwrap_or_default())
}

pub(super) fn folded(vm: &mut Vm<'_>, args: &Args, start: i64, f: fn(&BigInt, &BigInt) -> BigInt) -> PyResult {
    let given = arguments::positional(vm, args, "gcd", 0, usize::MAX)?.to_vec();
    let mut all = BigInt::from(start);
    for v in given {
        let number = whole_number(vm, v)?;
        // Euclid's work grows with the product of the lengths.
        vm.pay((all.bits() / 64 + 1).saturating_mul(number.bits() / 64 + 1))?;
        all = f(&all, &number).abs();
    }
    vm.int(all)
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
        vm.pay(product.bits() / 64 + 1)?;
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
        vm.pay(result.bits() / 32 + 1)?;
        vm.heap.would_fit(usize::try_from(result.bits() / 8).unwrap_or(usize::MAX))?;
        result = result * (&n - step) / (step + 1);
    }
    vm.int(result)
}

pub(super) fn isqrt(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let v = arguments::single(vm, args, "math.isqrt")?;
    let number = not_negative(vm, v, "isqrt() argument must be nonnegative")?;
    let words = number.bits() / 64 + 1;
    vm.pay(words.saturating_mul(words) / 4)?;
    vm.int(number.sqrt())
}
