//! What is said when an operator is not for its operands: some types have words of their own.

use super::kind;
use crate::code::BinaryOp;
use crate::error::Raised;
use crate::value::{Builtin, Value};
use crate::vm::Vm;

/// How an operator is written.
pub(crate) fn symbol(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Add => "+",
        BinaryOp::Sub => "-",
        BinaryOp::Mul => "*",
        BinaryOp::Div => "/",
        BinaryOp::FloorDiv => "//",
        BinaryOp::Mod => "%",
        BinaryOp::Pow => "** or pow()",
        BinaryOp::MatMul => "@",
        BinaryOp::LShift => "<<",
        BinaryOp::RShift => ">>",
        BinaryOp::And => "&",
        BinaryOp::Or => "|",
        BinaryOp::Xor => "^",
    }
}

/// The `TypeError` of `a op b` (or `a op= b`) that neither operand knows.
pub(crate) fn refused(vm: &mut Vm<'_>, op: BinaryOp, in_place: bool, a: Value, b: Value) -> Raised {
    let (left, right) = (vm.type_name(a), vm.type_name(b));
    let concatenates = match kind(vm, a) {
        Builtin::Str => Some("str"),
        Builtin::List => Some("list"),
        Builtin::Tuple => Some("tuple"),
        Builtin::Bytes | Builtin::ByteArray => Some("bytes"),
        _ => None,
    };
    let repeats = |v: Value| {
        matches!(kind(vm, v), Builtin::Str | Builtin::List | Builtin::Tuple | Builtin::Bytes | Builtin::ByteArray)
    };
    let message = match (op, concatenates) {
        (BinaryOp::Add, Some("bytes")) => format!("can't concat {right} to {left}"),
        (BinaryOp::Add, Some(name)) => format!("can only concatenate {name} (not \"{right}\") to {name}"),
        (BinaryOp::Mul, _) if repeats(a) => format!("can't multiply sequence by non-int of type '{right}'"),
        (BinaryOp::Mul, _) if repeats(b) => format!("can't multiply sequence by non-int of type '{left}'"),
        (BinaryOp::Pow, _) if in_place => format!("unsupported operand type(s) for **=: '{left}' and '{right}'"),
        _ => {
            let (symbol, equals) = (symbol(op), if in_place { "=" } else { "" });
            format!("unsupported operand type(s) for {symbol}{equals}: '{left}' and '{right}'")
        }
    };
    vm.type_error(message)
}
