//! Comparisons, truth, hashes and membership.

use super::Vm;
use crate::code::{CompareOp, hash_text};
use crate::error::PyResult;
use crate::heap::price::LONG;
use crate::types;
use crate::value::{BoundMethod, Object, Value};
use std::ops::ControlFlow;

impl Vm<'_> {
    /// Whether a value is true.
    ///
    /// # Errors
    /// What `__bool__` and `__len__` raise.
    pub fn truth(&mut self, v: Value) -> PyResult<bool> {
        match v {
            Value::True => return Ok(true),
            Value::False | Value::None | Value::Unset => return Ok(false),
            Value::Int(number) => return Ok(number != 0),
            Value::Float(number) => return Ok(number.get() != 0.0),
            Value::NotImplemented | Value::Ellipsis => return Ok(true),
            Value::Ref(_) => {}
        }
        if self.is_special(v) {
            if let Some(value) = self.call_special(v, "__bool__", &[])? {
                return match value {
                    Value::True => Ok(true),
                    Value::False => Ok(false),
                    other => {
                        let name = self.type_name(other);
                        Err(self.type_error(format!("__bool__ should return bool, returned {name}")))
                    }
                };
            }
            if self.special(v, "__len__").is_some() {
                return self.len(v).map(|len| len > 0);
            }
        }
        let inside = self.builtin(v);
        match inside {
            Value::Ref(_) => Ok(types::truth(self, inside).unwrap_or(true)),
            other => self.truth(other),
        }
    }

    /// `a == b`, identity first (as containers compare).
    ///
    /// # Errors
    /// What `__eq__` raises.
    pub fn eq(&mut self, a: Value, b: Value) -> PyResult<bool> {
        match (a, b) {
            (Value::Int(x), Value::Int(y)) => Ok(x == y),
            _ if a.is(b) => Ok(true),
            _ => match self.rich_eq(a, b)? {
                Value::True => Ok(true),
                Value::False => Ok(false),
                equal => self.truth(equal),
            },
        }
    }

    /// A comparison.
    ///
    /// # Errors
    /// `TypeError` when neither knows the comparison, and what special methods raise.
    pub fn compare(&mut self, op: CompareOp, a: Value, b: Value) -> PyResult {
        match op {
            CompareOp::Is => Ok(Value::from(a.is(b))),
            CompareOp::IsNot => Ok(Value::from(!a.is(b))),
            CompareOp::In => self.contains(b, a).map(Value::from),
            CompareOp::NotIn => self.contains(b, a).map(|found| Value::from(!found)),
            CompareOp::Eq => self.rich_eq(a, b),
            CompareOp::Ne => self.rich_ne(a, b),
            CompareOp::Lt => self.order(op, a, b, "__lt__", "__gt__", "<"),
            CompareOp::Le => self.order(op, a, b, "__le__", "__ge__", "<="),
            CompareOp::Gt => self.order(op, a, b, "__gt__", "__lt__", ">"),
            CompareOp::Ge => self.order(op, a, b, "__ge__", "__le__", ">="),
        }
    }

    fn rich_eq(&mut self, a: Value, b: Value) -> PyResult {
        if let Some(equal) = self.plainly_equal(a, b) {
            return Ok(Value::from(equal));
        }
        if (self.is_special(a) || self.is_special(b))
            && let Some(value) = self.special_compare(a, b, "__eq__", "__eq__")?
        {
            return Ok(value);
        }
        if let (Some(Object::BoundMethod(x)), Some(Object::BoundMethod(y))) = (self.heap.object(a), self.heap.object(b))
        {
            let same = |x: &BoundMethod, y: &BoundMethod| x.receiver.is(y.receiver) && x.function.is(y.function);
            return Ok(Value::from(same(x, y)));
        }
        let equal = self.deeper_in(COMPARISON, |vm| types::eq(vm, a, b))?;
        Ok(Value::from(equal.unwrap_or_else(|| a.is(b))))
    }

    /// Equality of what is compared at once, without recursion and without special methods.
    #[inline]
    fn plainly_equal(&self, a: Value, b: Value) -> Option<bool> {
        match (a, b) {
            (Value::Int(x), Value::Int(y)) => Some(x == y),
            (Value::Float(x), Value::Float(y)) => Some(x.get() == y.get()),
            (Value::True | Value::False, Value::True | Value::False) => Some(a.is(b)),
            (Value::Ref(x), Value::Ref(y)) => match (self.heap.get(x), self.heap.get(y)) {
                (Object::Str(a), Object::Str(b)) => {
                    let (a, b) = (a.text(), b.text());
                    if x == y || a.len() != b.len() {
                        return Some(x == y);
                    }
                    (a.len() <= LONG).then(|| a == b)
                }
                _ => None,
            },
            (Value::None, other) | (other, Value::None) if !self.is_special(other) => Some(a.is(b)),
            _ => None,
        }
    }

    fn rich_ne(&mut self, a: Value, b: Value) -> PyResult {
        if (self.is_special(a) || self.is_special(b))
            && let Some(value) = self.special_compare(a, b, "__ne__", "__ne__")?
        {
            return Ok(value);
        }
        let equal = self.rich_eq(a, b)?;
        self.truth(equal).map(|equal| Value::from(!equal))
    }

    fn order(&mut self, op: CompareOp, a: Value, b: Value, plain: &str, reflected: &str, sign: &str) -> PyResult {
        match (a, b) {
            (Value::Int(x), Value::Int(y)) => return Ok(Value::from(ordered(op, x, y))),
            (Value::Float(x), Value::Float(y)) => return Ok(Value::from(ordered(op, x.get(), y.get()))),
            _ => {}
        }
        if (self.is_special(a) || self.is_special(b))
            && let Some(value) = self.special_compare(a, b, plain, reflected)?
        {
            return Ok(value);
        }
        match self.deeper_in(COMPARISON, |vm| types::compare(vm, op, a, b))? {
            Some(value) => Ok(value),
            None => {
                let (a, b) = (self.type_name(a), self.type_name(b));
                Err(self.type_error(format!("'{sign}' not supported between instances of '{a}' and '{b}'")))
            }
        }
    }

    fn special_compare(&mut self, a: Value, b: Value, plain: &str, reflected: &str) -> PyResult<Option<Value>> {
        let (class_a, class_b) = (self.type_of(a), self.type_of(b));
        let (left, right) = (self.special(a, plain), self.special(b, reflected));
        let right_first = right.is_some() && !class_a.is(class_b) && self.derives(class_b, class_a);
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
        if !right_first && let Some(function) = right {
            return self.unless_not_implemented(function, b, a);
        }
        Ok(None)
    }

    /// The hash.
    ///
    /// # Errors
    /// `TypeError` for what has none, and what `__hash__` raises.
    pub fn hash(&mut self, v: Value) -> PyResult<u64> {
        self.pay_for_hashing(v)?;
        if let Value::Ref(handle) = v
            && let Object::Str(text) = self.heap.get(handle)
        {
            return Ok(text.hash());
        }
        if let Some(function) = self.special(v, "__hash__") {
            if function.is_none() {
                return Err(self.unhashable(v));
            }
            let value = self.call_function(function, v, &[])?;
            return match self.as_int(value) {
                // -1 means an error in CPython, so that no hash is.
                Some(-1) => Ok((-2_i64).cast_unsigned()),
                Some(hash) => Ok(hash.cast_unsigned()),
                None if self.as_big(value).is_some() => types::hash(self, value).map(Option::unwrap_or_default),
                None => Err(self.type_error("__hash__ method should return an integer")),
            };
        }
        self.builtin_hash(v)
    }

    /// The hash that the built-in type gives, or the identity's.
    pub(crate) fn builtin_hash(&mut self, v: Value) -> PyResult<u64> {
        if let Some(hash) = self.deeper(|vm| types::hash(vm, v))? {
            return Ok(hash);
        }
        let inside = self.builtin(v);
        match self.heap.object(inside) {
            Some(Object::BoundMethod(method)) => {
                let (a, b) = (self.address(method.receiver), self.address(method.function));
                Ok(identity_hash(a ^ b.rotate_left(17)))
            }
            Some(_) => Ok(identity_hash(self.address(inside))),
            None => Ok(hash_text(&format!("{inside:?}"))),
        }
    }

    fn unhashable(&mut self, v: Value) -> crate::error::Raised {
        let name = self.type_name(v);
        self.type_error(format!("unhashable type: '{name}'"))
    }

    /// `item in container`
    ///
    /// # Errors
    /// `TypeError` for what is no container, and what special methods raise.
    pub fn contains(&mut self, container: Value, item: Value) -> PyResult<bool> {
        if let Some(function) = self.special(container, "__contains__") {
            if function.is_none() {
                let name = self.type_name(container);
                return Err(self.type_error(format!("'{name}' object is not a container")));
            }
            let found = self.call_function(function, container, &[item])?;
            return self.truth(found);
        }
        if let Some(found) = types::contains(self, container, item)? {
            return Ok(found);
        }
        if !self.is_iterable(container) {
            let name = self.type_name(container);
            return Err(self.type_error(format!("argument of type '{name}' is not iterable")));
        }
        let mut found = false;
        self.for_each(container, |vm, other| {
            found = vm.eq(other, item)?;
            Ok(if found { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })?;
        Ok(found)
    }
}

/// Where a comparison that recursed too deeply was.
const COMPARISON: &str = " in comparison";

fn ordered<T: PartialOrd>(op: CompareOp, x: T, y: T) -> bool {
    match op {
        CompareOp::Lt => x < y,
        CompareOp::Le => x <= y,
        CompareOp::Gt => x > y,
        _ => x >= y,
    }
}

fn identity_hash(address: u64) -> u64 {
    (address >> 4).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
