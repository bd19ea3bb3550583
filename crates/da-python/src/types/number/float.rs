//! Operators of floating point numbers.

use crate::code::BinaryOp;
use crate::error::PyResult;
use crate::types::{complex, float_text, int_text};
use crate::value::{Complex, Value};
use crate::vm::Vm;
use num_bigint::BigInt;

/// Whether the operator is one of floats.
pub(super) fn has(op: BinaryOp) -> bool {
    matches!(
        op,
        BinaryOp::Add
            | BinaryOp::Sub
            | BinaryOp::Mul
            | BinaryOp::Div
            | BinaryOp::FloorDiv
            | BinaryOp::Mod
            | BinaryOp::Pow
    )
}

/// `a op b`
pub(super) fn binary(vm: &mut Vm<'_>, op: BinaryOp, a: f64, b: f64) -> PyResult {
    let zero = |vm: &mut Vm<'_>, message: &str| if b == 0.0 { Err(vm.zero_division(message)) } else { Ok(()) };
    Ok(Value::from(match op {
        BinaryOp::Add => a + b,
        BinaryOp::Sub => a - b,
        BinaryOp::Mul => a * b,
        BinaryOp::Div => {
            zero(vm, "float division by zero")?;
            a / b
        }
        BinaryOp::FloorDiv => {
            zero(vm, "float floor division by zero")?;
            divide_with_rest(a, b).0
        }
        BinaryOp::Mod => {
            zero(vm, "float modulo")?;
            divide_with_rest(a, b).1
        }
        BinaryOp::Pow if a < 0.0 && a.is_finite() && b.is_finite() && b.fract() != 0.0 => {
            let whole = |real: f64| Complex { real, imag: 0.0 };
            return complex::power(vm, whole(a), whole(b));
        }
        _ => power(vm, a, b)?,
    }))
}

/// `divmod(a, b)` for a divisor that is not 0.
pub(crate) fn divide_with_rest(a: f64, b: f64) -> (f64, f64) {
    let mut rest = a % b;
    let mut quotient = (a - rest) / b;
    if rest == 0.0 {
        rest = 0f64.copysign(b);
    } else if (b < 0.0) != (rest < 0.0) {
        rest += b;
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return (0f64.copysign(a / b), rest);
    }
    let floor = quotient.floor();
    (if quotient - floor > 0.5 { floor + 1.0 } else { floor }, rest)
}

/// `a ** b`
pub(super) fn power(vm: &mut Vm<'_>, a: f64, b: f64) -> PyResult<f64> {
    if a == 0.0 && b < 0.0 {
        return Err(vm.zero_division("0.0 cannot be raised to a negative power"));
    }
    if a < 0.0 && a.is_finite() && b.is_finite() && b.fract() != 0.0 {
        return Err(vm.value_error("a negative number to a fractional power is complex"));
    }
    let result = a.powf(b);
    if result.is_infinite() && a.is_finite() && b.is_finite() {
        let text = vm.str("Numerical result out of range")?;
        return Err(vm.raise_with("OverflowError", vec![Value::Int(34), text], None));
    }
    Ok(result)
}

/// `round(x)`: half to even.
pub(crate) fn round(vm: &mut Vm<'_>, x: f64) -> PyResult {
    super::truncate(vm, x)?;
    let (numerator, denominator) = float_text::ratio(x);
    let whole: BigInt = int_text::divide_half_even(&numerator, &denominator);
    vm.int(whole)
}
