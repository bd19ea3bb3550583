//! The special methods of operators, for built-in types.

use super::native;
use crate::code::{BinaryOp, CompareOp, UnaryOp};
use crate::error::PyResult;
use crate::native::{Args, NativeFunction};
use crate::types;
use crate::value::Value;
use crate::vm::Vm;

/// The receiver, with what is inside it.
pub(super) fn receiver(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    match args.positional.first() {
        Some(v) => Ok(vm.builtin(*v)),
        None => Err(vm.type_error("descriptor needs an argument")),
    }
}

pub(super) fn argument(vm: &mut Vm<'_>, args: &Args, place: usize) -> PyResult {
    match args.positional.get(place) {
        Some(v) => Ok(*v),
        None => {
            let got = args.positional.len().saturating_sub(1);
            Err(vm.type_error(format!("expected {place} argument{}, got {got}", if place == 1 { "" } else { "s" })))
        }
    }
}

fn binary(vm: &mut Vm<'_>, op: BinaryOp, args: &Args, reflected: bool) -> PyResult {
    let a = receiver(vm, args)?;
    let b = argument(vm, args, 1)?;
    let (a, b) = if reflected { (b, a) } else { (a, b) };
    vm.builtin_binary(op, a, b).map(|value| value.unwrap_or(Value::NotImplemented))
}

/// `a op= b` of a built-in type that changes; the receiver is given back.
fn in_place(vm: &mut Vm<'_>, op: BinaryOp, args: &Args) -> PyResult {
    let (a, inside, b) = (argument(vm, args, 0)?, receiver(vm, args)?, argument(vm, args, 1)?);
    match types::in_place(vm, op, inside, b)? {
        Some(value) => Ok(if value.is(inside) { a } else { value }),
        None => Ok(Value::NotImplemented),
    }
}

fn compare(vm: &mut Vm<'_>, op: CompareOp, args: &Args) -> PyResult {
    let a = receiver(vm, args)?;
    let b = argument(vm, args, 1)?;
    let inside = vm.builtin(b);
    let equality = |equal: Option<bool>, yes: bool| match equal {
        Some(equal) => Value::from(equal == yes),
        None if a.is(inside) => Value::from(yes),
        None => Value::NotImplemented,
    };
    match op {
        CompareOp::Eq => Ok(equality(types::eq(vm, a, inside)?, true)),
        CompareOp::Ne => Ok(equality(types::eq(vm, a, inside)?, false)),
        _ => types::compare(vm, op, a, inside).map(|value| value.unwrap_or(Value::NotImplemented)),
    }
}

macro_rules! binary_slots {
    ($($name:literal $reflected:literal $op:ident),*) => {
        &[$(
            native($name, |vm, args| binary(vm, BinaryOp::$op, args, false)),
            native($reflected, |vm, args| binary(vm, BinaryOp::$op, args, true)),
        )*]
    };
}

pub(super) static EXTEND: &[NativeFunction] = &[
    native("__iadd__", |vm, args| in_place(vm, BinaryOp::Add, args)),
    native("__imul__", |vm, args| in_place(vm, BinaryOp::Mul, args)),
];
pub(super) static MERGE: &[NativeFunction] = &[
    native("__or__", |vm, args| binary(vm, BinaryOp::Or, args, false)),
    native("__ror__", |vm, args| binary(vm, BinaryOp::Or, args, true)),
    native("__ior__", |vm, args| in_place(vm, BinaryOp::Or, args)),
];
pub(super) static CHANGE_SET: &[NativeFunction] = &[
    native("__iand__", |vm, args| in_place(vm, BinaryOp::And, args)),
    native("__ior__", |vm, args| in_place(vm, BinaryOp::Or, args)),
    native("__isub__", |vm, args| in_place(vm, BinaryOp::Sub, args)),
    native("__ixor__", |vm, args| in_place(vm, BinaryOp::Xor, args)),
];
pub(super) static ADD: &[NativeFunction] = binary_slots!("__add__" "__radd__" Add, "__mul__" "__rmul__" Mul);
pub(super) static REMAINDER: &[NativeFunction] = binary_slots!("__mod__" "__rmod__" Mod);
pub(super) static BITS: &[NativeFunction] = binary_slots!(
    "__and__" "__rand__" And, "__or__" "__ror__" Or, "__xor__" "__rxor__" Xor,
    "__lshift__" "__rlshift__" LShift, "__rshift__" "__rrshift__" RShift
);
pub(super) static SETS: &[NativeFunction] = binary_slots!(
    "__and__" "__rand__" And, "__or__" "__ror__" Or, "__xor__" "__rxor__" Xor, "__sub__" "__rsub__" Sub
);
pub(super) static WHOLE: &[NativeFunction] =
    &[native("__invert__", |vm, args| unary(vm, UnaryOp::Invert, args)), native("__index__", receiver)];
/// What all numbers know.
pub(super) static ARITHMETIC: &[NativeFunction] =
    binary_slots!("__sub__" "__rsub__" Sub, "__truediv__" "__rtruediv__" Div, "__pow__" "__rpow__" Pow);
pub(super) static SIGN: &[NativeFunction] = &[
    native("__neg__", |vm, args| unary(vm, UnaryOp::Neg, args)),
    native("__pos__", |vm, args| unary(vm, UnaryOp::Pos, args)),
    native("__bool__", |vm, args| {
        let v = receiver(vm, args)?;
        vm.truth(v).map(Value::from)
    }),
];
/// What numbers in an order know beside that.
pub(super) static NUMBER: &[NativeFunction] = &[
    native("__floordiv__", |vm, args| binary(vm, BinaryOp::FloorDiv, args, false)),
    native("__rfloordiv__", |vm, args| binary(vm, BinaryOp::FloorDiv, args, true)),
    native("__abs__", |vm, args| {
        let v = receiver(vm, args)?;
        let negative = vm.compare(CompareOp::Lt, v, Value::Int(0))?;
        if matches!(negative, Value::True) { vm.unary(UnaryOp::Neg, v) } else { Ok(v) }
    }),
    native("__divmod__", |vm, args| {
        let (a, b) = (receiver(vm, args)?, argument(vm, args, 1)?);
        crate::builtins::numbers::divmod(vm, &Args::of(&[a, b]))
    }),
    native("__rdivmod__", |vm, args| {
        let (a, b) = (receiver(vm, args)?, argument(vm, args, 1)?);
        crate::builtins::numbers::divmod(vm, &Args::of(&[b, a]))
    }),
    native("__round__", |vm, args| {
        let inside = receiver(vm, args)?;
        let mut all = vec![inside];
        all.extend_from_slice(args.positional.get(1..).unwrap_or_default());
        crate::builtins::numbers::round(vm, &Args::of(&all))
    }),
    native("__trunc__", |vm, args| convert(vm, crate::value::Builtin::Int, args)),
    native("__int__", |vm, args| convert(vm, crate::value::Builtin::Int, args)),
    native("__float__", |vm, args| convert(vm, crate::value::Builtin::Float, args)),
];

/// What complex numbers know beside sums and products.
pub(super) static COMPLEX: &[NativeFunction] = &[native("__abs__", |vm, args| {
    let v = receiver(vm, args)?;
    match types::complex::of(vm, v) {
        Some(number) => types::complex::size(vm, number),
        None => Ok(Value::NotImplemented),
    }
})];

fn convert(vm: &mut Vm<'_>, to: crate::value::Builtin, args: &Args) -> PyResult {
    let v = receiver(vm, args)?;
    types::construct(vm, to, &Args::of(&[v]))
}

fn unary(vm: &mut Vm<'_>, op: UnaryOp, args: &Args) -> PyResult {
    let v = receiver(vm, args)?;
    vm.unary(op, v)
}

pub(super) static ORDER: &[NativeFunction] = &[
    native("__lt__", |vm, args| compare(vm, CompareOp::Lt, args)),
    native("__le__", |vm, args| compare(vm, CompareOp::Le, args)),
    native("__gt__", |vm, args| compare(vm, CompareOp::Gt, args)),
    native("__ge__", |vm, args| compare(vm, CompareOp::Ge, args)),
];
pub(super) static EQUAL: &[NativeFunction] =
    &[native("__eq__", |vm, args| compare(vm, CompareOp::Eq, args)), native("__ne__", not_equal)];

/// `!=` is by default the opposite of `==`, whoever defines that.
fn not_equal(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (a, b) = (argument(vm, args, 0)?, argument(vm, args, 1)?);
    if let Some(function) = vm.special(a, "__eq__") {
        return match vm.call(function, &[a, b])? {
            Value::NotImplemented => Ok(Value::NotImplemented),
            equal => vm.truth(equal).map(|equal| Value::from(!equal)),
        };
    }
    compare(vm, CompareOp::Ne, args)
}

pub(super) static HASH: &[NativeFunction] = &[native("__hash__", |vm, args| {
    let v = receiver(vm, args)?;
    let hash = vm.builtin_hash(v)?;
    Ok(Value::Int(hash.cast_signed()))
})];
pub(super) static REPR: &[NativeFunction] = &[
    native("__repr__", |vm, args| {
        let v = argument(vm, args, 0)?;
        let text = vm.builtin_repr(v)?;
        vm.str(text)
    }),
    native("__str__", |vm, args| {
        let v = argument(vm, args, 0)?;
        let text = vm.builtin_str(v)?;
        vm.str(text)
    }),
    native("__format__", |vm, args| {
        let (v, spec) = (argument(vm, args, 0)?, argument(vm, args, 1)?);
        let Some(spec) = vm.text(spec) else { return Err(vm.type_error("format spec must be str")) };
        let text = vm.builtin_format(v, &spec)?;
        vm.str(text)
    }),
];
pub(super) static LEN: &[NativeFunction] = &[native("__len__", |vm, args| {
    let v = receiver(vm, args)?;
    vm.len(v).map(|len| Value::Int(len as i64))
})];
pub(super) static ITEM: &[NativeFunction] = &[native("__getitem__", |vm, args| {
    let (v, key) = (argument(vm, args, 0)?, argument(vm, args, 1)?);
    vm.builtin_get_item(v, key)
})];
pub(super) static MUTABLE: &[NativeFunction] = &[
    native("__setitem__", |vm, args| {
        let (v, key, value) = (receiver(vm, args)?, argument(vm, args, 1)?, argument(vm, args, 2)?);
        vm.set_item(v, key, value).map(|()| Value::None)
    }),
    native("__delitem__", |vm, args| {
        let (v, key) = (receiver(vm, args)?, argument(vm, args, 1)?);
        vm.del_item(v, key).map(|()| Value::None)
    }),
];
pub(super) static CONTAINS: &[NativeFunction] = &[native("__contains__", |vm, args| {
    let (v, item) = (receiver(vm, args)?, argument(vm, args, 1)?);
    vm.contains(v, item).map(Value::from)
})];
pub(super) static ITERATE: &[NativeFunction] = &[native("__iter__", |vm, args| {
    let v = receiver(vm, args)?;
    vm.iter(v)
})];
