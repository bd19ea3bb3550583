//! What the loop of instructions does most, for operands that need nothing else: whole numbers, plain attributes, lists and dicts.
//!
//! Nothing here raises, runs Python code or allocates: it says that it cannot, and the loop goes the long way.

use super::{NameRef, Vm};
use crate::code::{BinaryOp, CompareOp, Name};
use crate::heap::price::{Collisions, LONG, READ};
use crate::types::number;
use crate::types::slicing;
use crate::value::{Dict, Object, Value};
use std::sync::atomic::AtomicU32;

/// An operator of two whole numbers whose result fits 64 bits.
#[inline]
pub(super) fn of_ints(op: BinaryOp, a: Value, b: Value) -> Option<Value> {
    let (Value::Int(a), Value::Int(b)) = (a, b) else { return None };
    let number = match op {
        BinaryOp::Add => a.checked_add(b)?,
        BinaryOp::Sub => a.checked_sub(b)?,
        BinaryOp::Mul => a.checked_mul(b)?,
        BinaryOp::Mod if b > 0 => a.rem_euclid(b),
        BinaryOp::FloorDiv if b > 0 => a.div_euclid(b),
        BinaryOp::And => a & b,
        BinaryOp::Or => a | b,
        BinaryOp::Xor => a ^ b,
        _ => return None,
    };
    Some(Value::Int(number))
}

/// A comparison of two whole numbers, and whether two are the same object.
#[inline]
pub(super) fn compared(op: CompareOp, a: Value, b: Value) -> Option<bool> {
    match op {
        // A local that is not there yet is told elsewhere.
        CompareOp::Is | CompareOp::IsNot if matches!(a, Value::Unset) || matches!(b, Value::Unset) => return None,
        CompareOp::Is => return Some(a.is(b)),
        CompareOp::IsNot => return Some(!a.is(b)),
        _ => {}
    }
    let (Value::Int(a), Value::Int(b)) = (a, b) else { return None };
    match op {
        CompareOp::Eq => Some(a == b),
        CompareOp::Ne => Some(a != b),
        CompareOp::Lt => Some(a < b),
        CompareOp::Le => Some(a <= b),
        CompareOp::Gt => Some(a > b),
        CompareOp::Ge => Some(a >= b),
        _ => None,
    }
}

/// Whether an immediate value is true.
#[inline]
pub(super) fn truth(v: Value) -> Option<bool> {
    match v {
        Value::True => Some(true),
        Value::False | Value::None => Some(false),
        Value::Int(number) => Some(number != 0),
        _ => None,
    }
}

impl Vm<'_> {
    /// Whether it is time to collect or to look at the clock.
    #[inline]
    pub(super) fn rest_is_due(&self) -> bool {
        self.heap.wants_collection() || self.fuel < self.next_clock || self.heap.debt() > 0
    }

    /// An attribute that an instance has of its own, or a plain value that its class has.
    #[inline]
    pub(super) fn attribute_at(&self, v: Value, name: &Name, hint: &AtomicU32) -> Option<Value> {
        let Some(Object::Instance(instance)) = self.heap.object(v) else { return None };
        let name: NameRef<'_> = name.into();
        let (reads, plain, key) = self.known(instance.class, name, |known| (known.reads, known.plain, known.key))?;
        if !reads {
            return None;
        }
        self.heap.find_name_at(instance.attributes, name, hint, key).or(plain)
    }

    /// Sets an attribute that an instance has of its own already; says whether it did.
    #[inline]
    pub(super) fn store_at(&mut self, v: Value, name: &Name, value: Value, hint: &AtomicU32) -> bool {
        let Some(Object::Instance(instance)) = self.heap.object(v) else { return false };
        let name: NameRef<'_> = name.into();
        let (class, Value::Ref(attributes)) = (instance.class, instance.attributes) else { return false };
        let Some((true, key)) = self.known(class, name, |known| (known.sets, known.key)) else { return false };
        let Object::Dict(table) = self.heap.get(attributes) else { return false };
        let Some(place) = self.heap.place_of_name_at(table, name, hint, key) else { return false };
        if let Object::Dict(table) = self.heap.get_mut(attributes) {
            table.set_at(place, value);
        }
        true
    }

    /// An item of a list, of a tuple, or of a dict under a text or a whole number.
    #[inline]
    pub(super) fn item_at(&self, v: Value, key: Value) -> Option<Value> {
        match (self.heap.object(v)?, key) {
            (Object::List(items), Value::Int(index)) => items.get(slicing::place(index, items.len())?).copied(),
            (Object::Tuple(items), Value::Int(index)) => items.get(slicing::place(index, items.len())?).copied(),
            (Object::Dict(table), key) => Some(table.at(self.place_of_key(table, key)?)?.value),
            _ => None,
        }
    }

    /// Sets an item that is there already; says whether it did.
    #[inline]
    pub(super) fn store_item_at(&mut self, v: Value, key: Value, value: Value) -> bool {
        let Value::Ref(handle) = v else { return false };
        let place = match (self.heap.get(handle), key) {
            (Object::List(items), Value::Int(index)) => slicing::place(index, items.len()),
            (Object::Dict(table), key) => self.place_of_key(table, key),
            _ => None,
        };
        let Some(place) = place else { return false };
        match self.heap.get_mut(handle) {
            Object::List(items) => items[place] = value,
            Object::Dict(table) => table.set_at(place, value),
            _ => {}
        }
        true
    }

    /// Where a text or a whole number is a key. Keys of other types that are equal are not looked for.
    #[inline]
    pub(crate) fn place_of_key(&self, table: &Dict, key: Value) -> Option<usize> {
        let collisions = Collisions::new(&self.heap);
        match key {
            Value::Int(number) => table.find(number::hash_of_int(number), |other| {
                collisions.count();
                other.is(key)
            }),
            Value::Ref(handle) => {
                let Object::Str(text) = self.heap.get(handle) else { return None };
                if text.text().len() > LONG && !text.is_hashed() {
                    self.heap.owe((text.text().len() / READ * 4) as u64);
                }
                table.find(text.hash(), |other| {
                    collisions.count();
                    other.is(key) || matches!(other, Value::Ref(other) if self.heap.is_text(other, text.text()))
                })
            }
            _ => None,
        }
    }
}
