//! Operators of one and two operands.

use super::Vm;
use crate::code::{BinaryOp, UnaryOp};
use crate::error::PyResult;
use crate::types;
use crate::value::{Object, Value};

/// The special methods of an operator.
struct Methods {
    plain: &'static str,
    reflected: &'static str,
    in_place: &'static str,
}

const fn methods(op: BinaryOp) -> Methods {
    let (plain, reflected, in_place) = match op {
        BinaryOp::Add => ("__add__", "__radd__", "__iadd__"),
        BinaryOp::Sub => ("__sub__", "__rsub__", "__isub__"),
        BinaryOp::Mul => ("__mul__", "__rmul__", "__imul__"),
        BinaryOp::Div => ("__truediv__", "__rtruediv__", "__itruediv__"),
        BinaryOp::FloorDiv => ("__floordiv__", "__rfloordiv__", "__ifloordiv__"),
        BinaryOp::Mod => ("__mod__", "__rmod__", "__imod__"),
        BinaryOp::Pow => ("__pow__", "__rpow__", "__ipow__"),
        BinaryOp::MatMul => ("__matmul__", "__rmatmul__", "__imatmul__"),
        BinaryOp::LShift => ("__lshift__", "__rlshift__", "__ilshift__"),
        BinaryOp::RShift => ("__rshift__", "__rrshift__", "__irshift__"),
        BinaryOp::And => ("__and__", "__rand__", "__iand__"),
        BinaryOp::Or => ("__or__", "__ror__", "__ior__"),
        BinaryOp::Xor => ("__xor__", "__rxor__", "__ixor__"),
    };
    Methods { plain, reflected, in_place }
}

impl Vm<'_> {
    /// `a op b`
    ///
    /// # Errors
    /// `TypeError` when neither knows the operator, and what special methods raise.
    pub fn binary(&mut self, op: BinaryOp, a: Value, b: Value) -> PyResult {
        if let Some(value) = fast(op, a, b) {
            return Ok(value);
        }
        if op == BinaryOp::Add && self.is_text(a) && self.is_text(b) {
            return types::str::joined(self, a, b);
        }
        match self.try_binary(op, a, b)? {
            Some(value) => Ok(self.root(value)),
            None => Err(types::refused(self, op, false, a, b)),
        }
    }

    /// Whether it is a `str` itself, not an instance of a class that derives from it.
    fn is_text(&self, v: Value) -> bool {
        matches!(self.heap.object(v), Some(Object::Str(_)))
    }

    fn try_binary(&mut self, op: BinaryOp, a: Value, b: Value) -> PyResult<Option<Value>> {
        if (self.is_special(a) || self.is_special(b))
            && let Some(value) = self.special_binary(op, a, b)?
        {
            return Ok(Some(value));
        }
        let a = self.builtin(a);
        if let Some(value) = self.builtin_binary(op, a, b)? {
            return Ok(Some(value));
        }
        self.union(op, a, b)
    }

    /// What the built-in types give for `a op b`.
    pub(crate) fn builtin_binary(&mut self, op: BinaryOp, a: Value, b: Value) -> PyResult<Option<Value>> {
        if let Some(value) = fast(op, a, b) {
            return Ok(Some(value));
        }
        types::binary(self, op, a, b)
    }

    /// `int | None`: a `types.UnionType`; a tuple of classes, which `isinstance` takes, while that is not there.
    fn union(&mut self, op: BinaryOp, a: Value, b: Value) -> PyResult<Option<Value>> {
        let is_part = |vm: &Self, v: Value| v.is_none() || vm.as_class(v).is_some() || vm.as_tuple(v).is_some();
        let has_class = self.as_class(a).is_some() || self.as_class(b).is_some();
        if op != BinaryOp::Or || !has_class || !is_part(self, a) || !is_part(self, b) {
            return Ok(None);
        }
        if let Some(union) = self.of_types("_union") {
            let made = self.call(union, &[a, b])?;
            return Ok((!matches!(made, Value::NotImplemented)).then_some(made));
        }
        let mut parts = Vec::new();
        for v in [a, b] {
            match self.as_tuple(v) {
                Some(items) => parts.extend_from_slice(items),
                None if v.is_none() => parts.push(self.class_of(crate::value::Builtin::NoneType)),
                None => parts.push(v),
            }
        }
        self.tuple(parts).map(Some)
    }

    /// The operator by special methods; the right operand's goes first if its class derives from the
    /// left one's and defines its own.
    fn special_binary(&mut self, op: BinaryOp, a: Value, b: Value) -> PyResult<Option<Value>> {
        let names = methods(op);
        let (class_a, class_b) = (self.type_of(a), self.type_of(b));
        let right = if class_a.is(class_b) { None } else { self.special(b, names.reflected) };
        let left = self.special(a, names.plain);
        let inherited = |vm: &Self, function: Value| {
            vm.class_lookup(class_a, names.reflected.into()).is_some_and(|found| found.value.is(function))
        };
        let right_first = self.derives(class_b, class_a) && right.is_some_and(|function| !inherited(self, function));
        if right_first
            && let Some(function) = right
            && let Some(value) = self.unless_not_implemented(function, b, a)?
        {
            return Ok(Some(value));
        }
        if let Some(function) = left
            && let Some(value) = self.unless_not_implemented(function, a, b)?
        {
            return Ok(Some(value));
        }
        if left.is_none() && self.decides_first(op, a, b) {
            let a = self.builtin(a);
            if let Some(value) = self.builtin_binary(op, a, b)? {
                return Ok(Some(value));
            }
        }
        if !right_first && let Some(function) = right {
            return self.unless_not_implemented(function, b, a);
        }
        Ok(None)
    }

    /// Whether the built-in type of `a` is asked before the class of `b`: texts are formatted with
    /// whatever comes, and numbers know numbers. (Sequences are put together only when nobody else
    /// knows how.)
    fn decides_first(&self, op: BinaryOp, a: Value, b: Value) -> bool {
        match self.object(a) {
            Some(Object::Str(_)) => op == BinaryOp::Mod,
            _ => !self.builtin(b).is(b),
        }
    }

    pub(super) fn unless_not_implemented(&mut self, function: Value, a: Value, b: Value) -> PyResult<Option<Value>> {
        match self.call_function(function, a, &[b])? {
            Value::NotImplemented => Ok(None),
            value => Ok(Some(value)),
        }
    }

    /// `a op= b`
    ///
    /// # Errors
    /// `TypeError` when neither knows the operator, and what special methods raise.
    pub fn in_place(&mut self, op: BinaryOp, a: Value, b: Value) -> PyResult {
        if let Some(value) = fast(op, a, b) {
            return Ok(value);
        }
        if op == BinaryOp::Add && self.is_text(a) && self.is_text(b) {
            return types::str::joined(self, a, b);
        }
        let names = methods(op);
        if let Some(function) = self.special(a, names.in_place)
            && let Some(value) = self.unless_not_implemented(function, a, b)?
        {
            return Ok(value);
        }
        // What changes a built-in inside of an instance gives that instance back.
        let inside = self.builtin(a);
        let overridden = self.special(a, names.plain).is_some();
        if !overridden
            && let Value::Ref(_) = inside
            && let Some(value) = types::in_place(self, op, inside, b)?
        {
            return Ok(if value.is(inside) { a } else { value });
        }
        match self.try_binary(op, a, b)? {
            Some(value) => Ok(self.root(value)),
            None => Err(types::refused(self, op, true, a, b)),
        }
    }

    /// `op a`
    ///
    /// # Errors
    /// `TypeError` when it does not know the operator, and what special methods raise.
    pub fn unary(&mut self, op: UnaryOp, a: Value) -> PyResult {
        let (name, sign) = match op {
            UnaryOp::Not => return self.truth(a).map(|truth| Value::from(!truth)),
            UnaryOp::Neg => ("__neg__", "unary -"),
            UnaryOp::Pos => ("__pos__", "unary +"),
            UnaryOp::Invert => ("__invert__", "unary ~"),
        };
        match (op, a) {
            (UnaryOp::Neg, Value::Float(x)) => return Ok(Value::from(-x.get())),
            (UnaryOp::Neg, Value::Int(x)) if x != i64::MIN => return Ok(Value::Int(-x)),
            _ => {}
        }
        if let Some(value) = self.call_special(a, name, &[])? {
            return Ok(value);
        }
        match types::unary(self, op, a)? {
            Some(value) => Ok(value),
            None => {
                let name = self.type_name(a);
                Err(self.type_error(format!("bad operand type for {sign}: '{name}'")))
            }
        }
    }
}

/// What needs no heap and cannot fail.
#[inline]
fn fast(op: BinaryOp, a: Value, b: Value) -> Option<Value> {
    match (a, b) {
        (Value::Int(x), Value::Int(y)) => match op {
            BinaryOp::Add => x.checked_add(y).map(Value::Int),
            BinaryOp::Sub => x.checked_sub(y).map(Value::Int),
            BinaryOp::Mul => x.checked_mul(y).map(Value::Int),
            BinaryOp::And => Some(Value::Int(x & y)),
            BinaryOp::Or => Some(Value::Int(x | y)),
            BinaryOp::Xor => Some(Value::Int(x ^ y)),
            BinaryOp::FloorDiv if y > 0 => Some(Value::Int(x.div_euclid(y))),
            BinaryOp::Mod if y > 0 => Some(Value::Int(x.rem_euclid(y))),
            BinaryOp::Div if y != 0 && exact(x) && exact(y) => Some(Value::from(x as f64 / y as f64)),
            _ => None,
        },
        (Value::Float(x), Value::Float(y)) => float(op, x.get(), y.get()),
        (Value::Float(x), Value::Int(y)) if exact(y) => float(op, x.get(), y as f64),
        (Value::Int(x), Value::Float(y)) if exact(x) => float(op, x as f64, y.get()),
        _ => None,
    }
}

/// Whether a float holds this number without loss.
fn exact(number: i64) -> bool {
    number.unsigned_abs() <= 1 << 53
}

fn float(op: BinaryOp, x: f64, y: f64) -> Option<Value> {
    match op {
        BinaryOp::Add => Some(Value::from(x + y)),
        BinaryOp::Sub => Some(Value::from(x - y)),
        BinaryOp::Mul => Some(Value::from(x * y)),
        BinaryOp::Div if y != 0.0 => Some(Value::from(x / y)),
        _ => None,
    }
}
