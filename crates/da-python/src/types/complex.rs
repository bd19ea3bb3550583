//! `complex`: how it is made, shown and calculated with.
//!
//! Follows CPython's formulas, so that the last digits agree.

use super::arguments::{self, natives};
use super::float_text;
use super::number::{self, Number};
use crate::code::BinaryOp;
use crate::error::PyResult;
use crate::native::{Args, NativeFunction};
use crate::value::{Complex, Object, Value};
use crate::vm::Vm;

/// Methods; the receiver comes first.
pub(crate) static METHODS: &[NativeFunction] = natives! {
    "__complex__" => |vm, args| {
        let number = alone(vm, args, "complex.__complex__")?;
        make(vm, number)
    },
    "__getnewargs__" => |vm, args| {
        let number = alone(vm, args, "complex.__getnewargs__")?;
        vm.tuple(vec![Value::from(number.real), Value::from(number.imag)])
    },
    "conjugate" => |vm, args| {
        let number = alone(vm, args, "complex.conjugate")?;
        make(vm, Complex { real: number.real, imag: -number.imag })
    },
};

/// Read-only attributes.
pub(crate) static GETTERS: &[NativeFunction] = natives! {
    "imag" => |vm, args| alone(vm, args, "complex.imag").map(|number| Value::from(number.imag)),
    "real" => |vm, args| alone(vm, args, "complex.real").map(|number| Value::from(number.real)),
};

fn alone(vm: &mut Vm<'_>, args: &Args, name: &str) -> PyResult<Complex> {
    let v = arguments::none(vm, args, name)?;
    match of(vm, v) {
        Some(number) => Ok(number),
        None => Err(arguments::wrong_receiver(vm, name, v)),
    }
}

/// The number, if it is a `complex`.
pub(crate) fn of(vm: &Vm<'_>, v: Value) -> Option<Complex> {
    match vm.object(v)? {
        Object::Complex(number) => Some(*number),
        _ => None,
    }
}

/// A `complex`.
pub(crate) fn make(vm: &mut Vm<'_>, number: Complex) -> PyResult {
    vm.make(Object::Complex(number))
}

/// Any number as a complex one.
fn widened(vm: &mut Vm<'_>, v: Value) -> PyResult<Option<Complex>> {
    if let Some(number) = of(vm, v) {
        return Ok(Some(number));
    }
    match Number::of(vm, v) {
        Some(number) => Ok(Some(Complex { real: number.float(vm)?, imag: 0.0 })),
        None => Ok(None),
    }
}

/// `complex(real=0, imag=0)`
pub(crate) fn construct(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let [real, imag] = args.bind(vm, "complex", ["real", "imag"], 0)?;
    if let Some(text) = real.and_then(|v| vm.text(v)) {
        if imag.is_some() {
            return Err(vm.type_error("complex() can't take second arg if first is a string"));
        }
        arguments::work(vm, text.len())?;
        return match parse(&text) {
            Some(number) => make(vm, number),
            None => Err(vm.value_error("complex() arg is a malformed string")),
        };
    }
    if imag.is_some_and(|v| vm.as_str(v).is_some()) {
        return Err(vm.type_error("complex() second arg can't be a string"));
    }
    let first = part(vm, real, "first argument must be a string or a number")?;
    let second = part(vm, imag, "second argument must be a number")?;
    // A part that was not given does not change the sign of a zero.
    let complex = first.imag != 0.0 || real.is_some_and(|v| of(vm, v).is_some());
    let imag = if complex { first.imag + second.real } else { second.real };
    let twisted = imag_is_complex(vm, args);
    make(vm, Complex { real: if twisted { first.real - second.imag } else { first.real }, imag })
}

/// Whether the second argument is itself complex.
fn imag_is_complex(vm: &Vm<'_>, args: &Args) -> bool {
    let named = args.keywords.iter().find(|(name, _)| &**name == "imag").map(|(_, v)| *v);
    args.positional.get(1).copied().or(named).is_some_and(|v| of(vm, v).is_some())
}

fn part(vm: &mut Vm<'_>, v: Option<Value>, wanted: &str) -> PyResult<Complex> {
    let Some(v) = v else { return Ok(Complex { real: 0.0, imag: 0.0 }) };
    if let Some(number) = converted(vm, v)? {
        return Ok(number);
    }
    let real = number::to_float(vm, v, |found| format!("complex() {wanted}, not '{found}'"))?;
    Ok(Complex { real, imag: 0.0 })
}

/// A complex number, or what `__complex__` gives.
fn converted(vm: &mut Vm<'_>, v: Value) -> PyResult<Option<Complex>> {
    if vm.as_instance(v).is_some() {
        let class = vm.type_of(v);
        let own = vm.get_attr_opt(class, "__complex__")?;
        if own.is_some() && of(vm, v).is_none() {
            let made = vm.call_method(v, "__complex__", &[])?;
            if let Some(number) = of(vm, made) {
                return Ok(Some(number));
            }
            let found = vm.type_name(made);
            return Err(vm.type_error(format!("__complex__ returned non-complex (type {found})")));
        }
    }
    Ok(of(vm, v))
}

/// Reads `1+2j`, `(3j)`, `nan-infj`.
fn parse(text: &str) -> Option<Complex> {
    let text = text.trim();
    let text = match text.strip_prefix('(') {
        Some(inside) => inside.strip_suffix(')')?.trim(),
        None => text,
    };
    let Some(body) = text.strip_suffix(['j', 'J']) else {
        return Some(Complex { real: float_text::parse(text).filter(|_| is_number(text))?, imag: 0.0 });
    };
    let split = body
        .char_indices()
        .rev()
        .find(|&(at, c)| matches!(c, '+' | '-') && at > 0 && !matches!(body.as_bytes().get(at - 1), Some(b'e' | b'E')));
    let imag = |text: &str| match text {
        "" | "+" => Some(1.0),
        "-" => Some(-1.0),
        text => float_text::parse(text).filter(|_| is_number(text)),
    };
    match split {
        Some((at, _)) => {
            let (real, rest) = body.split_at(at);
            Some(Complex { real: float_text::parse(real).filter(|_| is_number(real))?, imag: imag(rest)? })
        }
        None => Some(Complex { real: 0.0, imag: imag(body)? }),
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && !text.contains(char::is_whitespace)
}

/// `a op b`, when one of them is complex; `None` when the operator is not for them.
pub(crate) fn binary(vm: &mut Vm<'_>, op: BinaryOp, a: Value, b: Value) -> PyResult<Option<Value>> {
    let (Some(a), Some(b)) = (widened(vm, a)?, widened(vm, b)?) else { return Ok(None) };
    let made = match op {
        BinaryOp::Add => Complex { real: a.real + b.real, imag: a.imag + b.imag },
        BinaryOp::Sub => Complex { real: a.real - b.real, imag: a.imag - b.imag },
        BinaryOp::Mul => product(a, b),
        BinaryOp::Div => match quotient(a, b) {
            Some(made) => made,
            None => return Err(vm.zero_division("complex division by zero")),
        },
        BinaryOp::Pow => return power(vm, a, b).map(Some),
        _ => return Ok(None),
    };
    make(vm, made).map(Some)
}

fn product(a: Complex, b: Complex) -> Complex {
    Complex { real: a.real * b.real - a.imag * b.imag, imag: a.real * b.imag + a.imag * b.real }
}

/// Divides by the larger part first, so that nothing overflows on the way.
fn quotient(a: Complex, b: Complex) -> Option<Complex> {
    let (real, imag) = (b.real.abs(), b.imag.abs());
    if real >= imag {
        if real == 0.0 {
            return None;
        }
        let ratio = b.imag / b.real;
        let under = b.real + b.imag * ratio;
        return Some(Complex { real: (a.real + a.imag * ratio) / under, imag: (a.imag - a.real * ratio) / under });
    }
    if imag >= real {
        let ratio = b.real / b.imag;
        let under = b.real * ratio + b.imag;
        return Some(Complex { real: (a.real * ratio + a.imag) / under, imag: (a.imag * ratio - a.real) / under });
    }
    Some(Complex { real: f64::NAN, imag: f64::NAN })
}

/// `a ** b`
pub(crate) fn power(vm: &mut Vm<'_>, a: Complex, b: Complex) -> PyResult {
    let one = Complex { real: 1.0, imag: 0.0 };
    let made = if b.real == 0.0 && b.imag == 0.0 {
        one
    } else if a.real == 0.0 && a.imag == 0.0 {
        if b.imag != 0.0 || b.real < 0.0 {
            return Err(vm.zero_division("0.0 to a negative or complex power"));
        }
        Complex { real: 0.0, imag: 0.0 }
    } else if b.imag == 0.0 && b.real.fract() == 0.0 && b.real.abs() <= 100.0 {
        let whole = repeated(a, b.real.abs() as u32);
        let inverse = if b.real < 0.0 { quotient(one, whole) } else { Some(whole) };
        match inverse {
            Some(made) => made,
            None => return Err(vm.zero_division("0.0 to a negative or complex power")),
        }
    } else {
        let (size, angle) = (a.real.hypot(a.imag), a.imag.atan2(a.real));
        let (mut len, mut phase) = (size.powf(b.real), angle * b.real);
        if b.imag != 0.0 {
            len *= (-angle * b.imag).exp();
            phase += b.imag * size.ln();
        }
        Complex { real: len * phase.cos(), imag: len * phase.sin() }
    };
    if made.real.is_infinite() || made.imag.is_infinite() {
        return Err(vm.overflow_error("complex exponentiation"));
    }
    make(vm, made)
}

fn repeated(base: Complex, count: u32) -> Complex {
    let (mut made, mut square, mut left) = (Complex { real: 1.0, imag: 0.0 }, base, count);
    while left > 0 {
        if left & 1 == 1 {
            made = product(made, square);
        }
        left >>= 1;
        square = product(square, square);
    }
    made
}

/// `abs(number)`
pub(crate) fn size(vm: &mut Vm<'_>, number: Complex) -> PyResult {
    let size = number.real.hypot(number.imag);
    if size.is_infinite() && number.real.is_finite() && number.imag.is_finite() {
        return Err(vm.overflow_error("absolute value too large"));
    }
    Ok(Value::from(size))
}

/// `a == b`, when one of them is complex.
pub(crate) fn eq(vm: &mut Vm<'_>, a: Value, b: Value) -> PyResult<Option<bool>> {
    let (number, other) = match (of(vm, a), of(vm, b)) {
        (Some(number), Some(other)) => {
            return Ok(Some(number.real == other.real && number.imag == other.imag));
        }
        (Some(number), None) => (number, b),
        (None, Some(number)) => (number, a),
        (None, None) => return Ok(None),
    };
    let equal = number::compare(vm, crate::code::CompareOp::Eq, Value::from(number.real), other)?;
    Ok(equal.map(|equal| equal && number.imag == 0.0))
}

/// `hash(number)`
pub(crate) fn hash(number: Complex) -> u64 {
    let part = |x: f64| number::hash(&Number::Float(x)).cast_unsigned();
    let whole = part(number.real).wrapping_add(part(number.imag).wrapping_mul(1_000_003));
    if whole == u64::MAX { u64::MAX - 1 } else { whole }
}

/// `repr(number)`
pub(crate) fn repr(number: Complex) -> String {
    let short = |x: f64| {
        let text = float_text::repr(x);
        text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
    };
    let imag = short(number.imag);
    if number.real == 0.0 && number.real.is_sign_positive() {
        return format!("{imag}j");
    }
    let sign = if imag.starts_with('-') { "" } else { "+" };
    format!("({}{sign}{imag}j)", short(number.real))
}

/// `format(number, spec)`
pub(crate) fn format(vm: &mut Vm<'_>, v: Value, spec: &str) -> PyResult<String> {
    let Some(number) = of(vm, v) else { return Ok(String::new()) };
    let class = vm.type_name(v);
    let spec = super::parse_spec(vm, spec, &class, '>')?;
    super::formatted(vm, &spec, 800, |spec| spec.complex(number, &class))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_as_cpython_reads_them() {
        let table = [
            ("1+2j", Some((1.0, 2.0))),
            (" ( 1e5-j ) ", Some((1e5, -1.0))),
            ("1e-3J", Some((0.0, 1e-3))),
            ("-7", Some((-7.0, 0.0))),
            ("1 + 2j", None),
            ("j2", None),
            ("", None),
        ];
        for (text, wanted) in table {
            assert_eq!(parse(text).map(|number| (number.real, number.imag)), wanted, "{text}");
        }
    }

    #[test]
    fn numbers_are_shown_as_cpython_shows_them() {
        assert_eq!(repr(Complex { real: 0.0, imag: 2.0 }), "2j");
        assert_eq!(repr(Complex { real: -0.0, imag: 2.0 }), "(-0+2j)");
        assert_eq!(repr(Complex { real: 1.5, imag: -1e300 }), "(1.5-1e+300j)");
    }
}
