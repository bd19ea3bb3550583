//! `math`

mod gamma;
mod special;
mod sum;
mod whole;

use crate::error::PyResult;
use crate::ground::ModuleBuilder;
use crate::native::{Args, NativeFunction};
use crate::types::arguments::{self, natives};
use crate::types::float_text;
use crate::types::number::{self, Number};
use crate::value::Value;
use crate::vm::Vm;
use num_traits::{Signed, ToPrimitive};
use std::f64::consts;

/// Fills the module.
pub(super) fn fill(module: &mut ModuleBuilder<'_, '_>) -> PyResult<()> {
    module.functions(OF_ONE)?;
    module.functions(OTHERS)?;
    for (name, number) in
        [("e", consts::E), ("inf", f64::INFINITY), ("nan", f64::NAN), ("pi", consts::PI), ("tau", consts::TAU)]
    {
        module.value(name, Value::from(number))?;
    }
    Ok(())
}

/// Functions of one float: outside their domain they are a `ValueError`, beyond their range an
/// `OverflowError`.
macro_rules! of_one_float {
    ($($name:literal => $f:expr),* $(,)?) => {
        &[$(NativeFunction {
            name: $name,
            run: |vm, args| {
                let x = one(vm, args, concat!("math.", $name))?;
                checked(vm, &[x], $f(x))
            },
        }),*]
    };
}

static OF_ONE: &[NativeFunction] = of_one_float! {
    "acos" => f64::acos,
    "acosh" => f64::acosh,
    "asin" => f64::asin,
    "asinh" => f64::asinh,
    "atan" => f64::atan,
    "atanh" => |x: f64| if x.abs() == 1.0 { f64::NAN } else { x.atanh() },
    "cbrt" => f64::cbrt,
    "cos" => f64::cos,
    "cosh" => f64::cosh,
    "degrees" => |x: f64| x * (180.0 / consts::PI),
    "erf" => special::erf,
    "erfc" => special::erfc,
    "exp" => f64::exp,
    "exp2" => f64::exp2,
    "expm1" => f64::exp_m1,
    "fabs" => f64::abs,
    "gamma" => gamma::gamma,
    "lgamma" => gamma::log_gamma,
    "log1p" => |x: f64| if x == -1.0 { f64::NAN } else { x.ln_1p() },
    "radians" => |x: f64| x * (consts::PI / 180.0),
    "sin" => f64::sin,
    "sinh" => f64::sinh,
    "sqrt" => f64::sqrt,
    "tan" => f64::tan,
    "tanh" => f64::tanh,
};

static OTHERS: &[NativeFunction] = natives! {
    "atan2" => |vm, args| two(vm, args, "atan2", f64::atan2),
    "ceil" => |vm, args| rounded(vm, args, "ceil", "__ceil__", f64::ceil),
    "comb" => whole::comb,
    "copysign" => |vm, args| two(vm, args, "copysign", f64::copysign),
    "dist" => sum::dist,
    "factorial" => whole::factorial,
    "floor" => |vm, args| rounded(vm, args, "floor", "__floor__", f64::floor),
    "fmod" => |vm, args| two(vm, args, "fmod", |a, b| if b.is_infinite() && a.is_finite() { a } else { a % b }),
    "frexp" => frexp,
    "fsum" => sum::fsum,
    "gcd" => |vm, args| whole::folded(vm, args, 0, whole::gcd),
    "hypot" => sum::hypot,
    "isclose" => isclose,
    "isfinite" => |vm, args| one(vm, args, "math.isfinite").map(|x| Value::from(x.is_finite())),
    "isinf" => |vm, args| one(vm, args, "math.isinf").map(|x| Value::from(x.is_infinite())),
    "isnan" => |vm, args| one(vm, args, "math.isnan").map(|x| Value::from(x.is_nan())),
    "isqrt" => whole::isqrt,
    "lcm" => |vm, args| whole::folded(vm, args, 1, whole::lcm),
    "ldexp" => ldexp,
    "log" => log,
    "log10" => |vm, args| log_of(vm, args, "math.log10", f64::log10, consts::LOG10_2),
    "log2" => |vm, args| log_of(vm, args, "math.log2", f64::log2, 1.0),
    "modf" => modf,
    "nextafter" => nextafter,
    "perm" => whole::perm,
    "pow" => pow,
    "prod" => sum::prod,
    "remainder" => |vm, args| two(vm, args, "remainder", remainder),
    "trunc" => |vm, args| rounded(vm, args, "trunc", "__trunc__", f64::trunc),
    "ulp" => |vm, args| one(vm, args, "math.ulp").map(|x| Value::from(special::last_bit(x))),
};

fn real(vm: &mut Vm<'_>, v: Value) -> PyResult<f64> {
    number::to_float(vm, v, |found| format!("must be real number, not {found}"))
}

fn one(vm: &mut Vm<'_>, args: &Args, name: &str) -> PyResult<f64> {
    let v = arguments::single(vm, args, name)?;
    real(vm, v)
}

/// A result that is not a number though its operands are, or infinite though they are not, is an error.
fn checked(vm: &mut Vm<'_>, operands: &[f64], result: f64) -> PyResult {
    if result.is_nan() && !operands.iter().any(|x| x.is_nan()) {
        return Err(vm.value_error("math domain error"));
    }
    if result.is_infinite() && operands.iter().all(|x| x.is_finite()) {
        return Err(vm.overflow_error("math range error"));
    }
    Ok(Value::from(result))
}

fn two(vm: &mut Vm<'_>, args: &Args, name: &str, f: fn(f64, f64) -> f64) -> PyResult {
    let given = arguments::positional(vm, args, name, 2, 2)?.to_vec();
    let (a, b) = (real(vm, given[0])?, real(vm, given[1])?);
    checked(vm, &[a, b], f(a, b))
}

fn nextafter(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = arguments::positional(vm, args, "nextafter", 2, 2)?.to_vec();
    let (x, y) = (real(vm, given[0])?, real(vm, given[1])?);
    Ok(Value::from(special::next_after(x, y)))
}

/// IEEE 754's remainder: the nearest multiple is taken away, half to even.
fn remainder(a: f64, b: f64) -> f64 {
    if b.is_infinite() && a.is_finite() {
        return a;
    }
    let (size, by) = (a.abs(), b.abs());
    let rest = size % by;
    let other = by - rest;
    let signed = if rest < other {
        rest
    } else if rest > other {
        -other
    } else {
        rest - 2.0 * ((0.5 * (size - rest)) % by)
    };
    1f64.copysign(a) * signed
}

fn pow(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = arguments::positional(vm, args, "pow", 2, 2)?.to_vec();
    let (a, b) = (real(vm, given[0])?, real(vm, given[1])?);
    if a == 0.0 && b < 0.0 && b.is_finite() {
        return Err(vm.value_error("math domain error"));
    }
    checked(vm, &[a, b], a.powf(b))
}

fn rounded(vm: &mut Vm<'_>, args: &Args, name: &str, method: &str, f: fn(f64) -> f64) -> PyResult {
    let v = arguments::single(vm, args, &format!("math.{name}"))?;
    match Number::of(vm, v) {
        Some(Number::Float(x)) => {
            let number = number::truncate(vm, f(x))?;
            return vm.int(number);
        }
        Some(_) => return vm.binary(crate::code::BinaryOp::Add, v, Value::Int(0)),
        None => {}
    }
    if vm.get_attr_opt(vm.type_of(v), method)?.is_some() {
        return vm.call_method(v, method, &[]);
    }
    if name == "trunc" {
        let found = vm.type_name(v);
        return Err(vm.type_error(format!("type {found} doesn't define __trunc__ method")));
    }
    let x = real(vm, v)?;
    let number = number::truncate(vm, f(x))?;
    vm.int(number)
}

fn log_of(vm: &mut Vm<'_>, args: &Args, name: &str, f: fn(f64) -> f64, of_two: f64) -> PyResult {
    let v = arguments::single(vm, args, name)?;
    logarithm(vm, v, f, of_two).map(Value::from)
}

fn logarithm(vm: &mut Vm<'_>, v: Value, f: fn(f64) -> f64, of_two: f64) -> PyResult<f64> {
    if let Some(big) = number::to_big(vm, v).filter(|big| big.bits() > 1000 && big.is_positive()) {
        let shift = big.bits() - 64;
        let top = (big >> shift).to_f64().unwrap_or(1.0);
        return Ok(f(top) + shift.to_f64().unwrap_or(0.0) * of_two);
    }
    let x = real(vm, v)?;
    if x <= 0.0 {
        return Err(vm.value_error("math domain error"));
    }
    Ok(f(x))
}

fn log(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = arguments::positional(vm, args, "log", 1, 2)?.to_vec();
    let number = logarithm(vm, given[0], f64::ln, consts::LN_2)?;
    let Some(base) = given.get(1) else { return Ok(Value::from(number)) };
    let base = logarithm(vm, *base, f64::ln, consts::LN_2)?;
    if base == 0.0 {
        return Err(vm.zero_division("float division by zero"));
    }
    Ok(Value::from(number / base))
}

fn frexp(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let x = one(vm, args, "math.frexp")?;
    let (mantissa, exponent) = if x == 0.0 || !x.is_finite() { (x, 0) } else { split(x) };
    vm.tuple(vec![Value::from(mantissa), Value::Int(exponent)])
}

/// A fraction from a half up to one, and the power of two.
fn split(x: f64) -> (f64, i64) {
    let (number, exponent) = float_text::decode(x);
    let bits = i64::try_from(number.bits()).unwrap_or(0);
    let power = i64::from(exponent) + bits;
    let fraction = float_text::scale(&number.abs(), -bits).unwrap_or(0.5);
    (fraction.copysign(x), power)
}

fn ldexp(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = arguments::positional(vm, args, "ldexp", 2, 2)?.to_vec();
    let x = real(vm, given[0])?;
    if number::to_big(vm, given[1]).is_none() {
        return Err(vm.type_error("Expected an int as second argument to ldexp."));
    }
    let by = arguments::saturating(vm, given[1])?.unwrap_or(0);
    if x == 0.0 || !x.is_finite() {
        return Ok(Value::from(x));
    }
    let (number, exponent) = float_text::decode(x);
    match float_text::scale(&number.abs(), by.saturating_add(i64::from(exponent)).clamp(-4000, 4000)) {
        Some(size) => Ok(Value::from(size.copysign(x))),
        None => Err(vm.overflow_error("math range error")),
    }
}

fn modf(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let x = one(vm, args, "math.modf")?;
    let part = if x.is_infinite() { 0f64.copysign(x) } else { x.fract().copysign(x) };
    vm.tuple(vec![Value::from(part), Value::from(x.trunc())])
}

fn isclose(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let [a, b, relative, absolute] = args.bind(vm, "isclose", ["a", "b", "rel_tol*", "abs_tol*"], 2)?;
    let mut numbers = [0.0, 0.0, 1e-9, 0.0];
    for (number, v) in numbers.iter_mut().zip([a, b, relative, absolute]) {
        if let Some(v) = v {
            *number = real(vm, v)?;
        }
    }
    let [a, b, relative, absolute] = numbers;
    if relative < 0.0 || absolute < 0.0 {
        return Err(vm.value_error("tolerances must be non-negative"));
    }
    let far = (a - b).abs();
    let close = a == b
        || (a.is_finite()
            && b.is_finite()
            && (far <= (relative * b).abs() || far <= (relative * a).abs() || far <= absolute));
    Ok(Value::from(close))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_float_is_split_and_its_remainder_is_the_nearest() {
        assert_eq!(split(8.0), (0.5, 4));
        assert_eq!(split(-0.1), (-0.8, -3));
        assert_eq!(split(5e-324), (0.5, -1073));
        assert_eq!(remainder(5.0, 2.0), 1.0);
        assert_eq!(remainder(7.0, 2.0), -1.0);
        assert_eq!(remainder(-3.5, 1.0), 0.5);
    }
}
