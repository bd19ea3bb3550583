//! Sums, products and lengths.

use super::real;
use crate::error::PyResult;
use crate::native::Args;
use crate::types::arguments;
use crate::value::Value;
use crate::vm::Vm;
use std::ops::ControlFlow;

fn length(numbers: &[f64]) -> f64 {
    if numbers.iter().any(|x| x.is_infinite()) {
        return f64::INFINITY;
    }
    match numbers {
        [a, b] => a.hypot(*b),
        _ => {
            let largest = numbers.iter().fold(0f64, |all, x| all.max(x.abs()));
            if largest == 0.0 || numbers.iter().any(|x| x.is_nan()) {
                return numbers.iter().sum();
            }
            // A power of two, so that nothing is lost; each square as its value and what it was rounded by.
            let down = f64::exp2(-largest.log2().floor());
            let squares = numbers.iter().map(|x| x * down).flat_map(|x| [x * x, x.mul_add(x, -(x * x))]);
            exact_sum(squares).sqrt() / down
        }
    }
}

pub(super) fn hypot(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = arguments::positional(vm, args, "hypot", 0, usize::MAX)?.to_vec();
    let mut numbers = Vec::with_capacity(given.len());
    for v in given {
        numbers.push(real(vm, v)?);
    }
    Ok(Value::from(length(&numbers)))
}

pub(super) fn dist(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = arguments::positional(vm, args, "dist", 2, 2)?.to_vec();
    let (a, b) = (vm.collect(given[0])?, vm.collect(given[1])?);
    if a.len() != b.len() {
        return Err(vm.value_error("both points must have the same number of dimensions"));
    }
    let mut numbers = Vec::with_capacity(a.len());
    for (a, b) in a.into_iter().zip(b) {
        numbers.push(real(vm, a)? - real(vm, b)?);
    }
    Ok(Value::from(length(&numbers)))
}

/// The sum, rounded once: partial sums that do not overlap (Shewchuk).
fn exact_sum(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut partials: Vec<f64> = Vec::new();
    for mut x in numbers {
        let mut kept = 0;
        for place in 0..partials.len() {
            let mut y = partials[place];
            if x.abs() < y.abs() {
                std::mem::swap(&mut x, &mut y);
            }
            let high = x + y;
            let low = y - (high - x);
            if low != 0.0 {
                partials[kept] = low;
                kept += 1;
            }
            x = high;
        }
        partials.truncate(kept);
        partials.push(x);
    }
    let Some(mut high) = partials.pop() else { return 0.0 };
    let mut low = 0.0;
    while let Some(next) = partials.pop() {
        let x = high;
        high = x + next;
        low = next - (high - x);
        if low != 0.0 {
            break;
        }
    }
    // Half-way cases are rounded by what lies below.
    if let Some(below) = partials.last()
        && (low < 0.0) == (*below < 0.0)
        && low != 0.0
    {
        let twice = low * 2.0;
        let x = high + twice;
        if twice == x - high {
            high = x;
        }
    }
    high
}

pub(super) fn fsum(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let iterable = arguments::single(vm, args, "math.fsum")?;
    let mut numbers = Vec::new();
    vm.for_each(iterable, |vm, item| {
        numbers.push(real(vm, item)?);
        vm.heap.would_fit(numbers.len() * 8)?;
        Ok(ControlFlow::Continue(()))
    })?;
    if numbers.iter().any(|x| !x.is_finite()) {
        let sum: f64 = numbers.iter().sum();
        if sum.is_nan() && !numbers.iter().any(|x| x.is_nan()) {
            return Err(vm.value_error("-inf + inf in fsum"));
        }
        return Ok(Value::from(sum));
    }
    let sum = exact_sum(numbers.into_iter());
    if sum.is_finite() { Ok(Value::from(sum)) } else { Err(vm.overflow_error("intermediate overflow in fsum")) }
}

pub(super) fn prod(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let [iterable, start] = args.bind(vm, "prod", ["iterable", "start*"], 1)?;
    let mut all = start.unwrap_or(Value::Int(1));
    let iterator = vm.iter(iterable.unwrap_or(Value::None))?;
    let held = vm.heap.roots.len();
    loop {
        let Some(item) = vm.next(iterator)? else { return Ok(all) };
        vm.pay(1)?;
        vm.root(item);
        all = vm.binary(crate::code::BinaryOp::Mul, all, item)?;
        vm.heap.roots.truncate(held);
        vm.root(all);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_rounded_once() {
        assert_eq!(exact_sum([0.1; 10].into_iter()), 1.0);
        assert_eq!(exact_sum([1e16, 1.0, 1e-16].into_iter()), 10_000_000_000_000_002.0);
        assert_eq!(exact_sum([1e100, 1.0, -1e100].into_iter()), 1.0);
        assert_eq!(exact_sum(std::iter::empty()), 0.0);
    }
}
