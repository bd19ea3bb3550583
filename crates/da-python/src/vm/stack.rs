//! The value stack.

use super::Vm;
use crate::value::Value;
use std::ops::{Deref, DerefMut};

/// Values, and how many of them count. What lies above is left over from before: it means nothing and keeps nothing alive.
#[derive(Debug, Default)]
pub(super) struct Stack {
    values: Vec<Value>,
    top: usize,
}

/// How many places are made at first.
const FIRST: usize = 32;

impl Stack {
    /// How many values count from now on; there must have been that many before.
    #[inline]
    pub(super) fn set_top(&mut self, top: usize) {
        self.top = top;
    }

    /// What lies at a place, whether it counts or not.
    #[inline]
    pub(super) fn at(&self, place: usize) -> Value {
        self.values.get(place).copied().unwrap_or(Value::None)
    }

    /// Puts a value at a place, whether it counts or not.
    #[inline]
    pub(super) fn put(&mut self, place: usize, value: Value) {
        match self.values.get_mut(place) {
            Some(at) => *at = value,
            None => self.put_above(place, value),
        }
    }

    #[cold]
    #[inline(never)]
    fn put_above(&mut self, place: usize, value: Value) {
        self.make_room(place + 1);
        self.values[place] = value;
    }

    /// Makes so many places at least.
    fn make_room(&mut self, places: usize) {
        if places > self.values.len() {
            self.values.resize(places.max(self.values.len() * 2).max(FIRST), Value::Unset);
        }
    }

    #[inline]
    pub(super) fn push(&mut self, value: Value) {
        self.put(self.top, value);
        self.top += 1;
    }

    #[inline]
    pub(super) fn pop(&mut self) -> Option<Value> {
        self.top = self.top.checked_sub(1)?;
        Some(self.at(self.top))
    }

    #[inline]
    pub(super) fn truncate(&mut self, top: usize) {
        self.top = self.top.min(top);
    }

    pub(super) fn clear(&mut self) {
        self.top = 0;
    }

    /// Cuts it off, or fills it up with `value`.
    #[inline]
    pub(super) fn resize(&mut self, top: usize, value: Value) {
        if top > self.top {
            self.make_room(top);
            self.values[self.top..top].fill(value);
        }
        self.top = top;
    }

    pub(super) fn extend(&mut self, values: impl IntoIterator<Item = Value>) {
        for value in values {
            self.push(value);
        }
    }

    pub(super) fn extend_from_slice(&mut self, values: &[Value]) {
        let end = self.top + values.len();
        self.make_room(end);
        self.values[self.top..end].copy_from_slice(values);
        self.top = end;
    }

    /// Puts a value below others.
    pub(super) fn insert(&mut self, place: usize, value: Value) {
        self.push(value);
        self[place..].rotate_right(1);
    }

    /// Takes a value out from below others.
    pub(super) fn remove(&mut self, place: usize) {
        self[place..].rotate_left(1);
        self.top -= 1;
    }
}

impl Deref for Stack {
    type Target = [Value];

    #[inline]
    fn deref(&self) -> &[Value] {
        &self.values[..self.top]
    }
}

impl DerefMut for Stack {
    #[inline]
    fn deref_mut(&mut self) -> &mut [Value] {
        &mut self.values[..self.top]
    }
}

impl Vm<'_> {
    #[inline]
    pub(super) fn top(&self) -> Value {
        self.stack.last().copied().unwrap_or(Value::None)
    }

    /// The value so many places below the top.
    #[inline]
    pub(super) fn peek(&self, below: usize) -> Value {
        match self.stack.len().checked_sub(below + 1) {
            Some(place) => self.stack[place],
            None => Value::None,
        }
    }

    #[inline]
    pub(super) fn pop(&mut self) -> Value {
        self.stack.pop().unwrap_or(Value::None)
    }

    #[inline]
    pub(super) fn drop_top(&mut self, count: usize) {
        self.stack.truncate(self.stack.len().saturating_sub(count));
    }

    /// Puts a value in place of the topmost ones.
    #[inline]
    pub(super) fn replace(&mut self, count: usize, value: Value) {
        self.drop_top(count - 1);
        match self.stack.last_mut() {
            Some(top) => *top = value,
            None => self.stack.push(value),
        }
    }

    /// Moves the top below the others of the topmost `count`.
    pub(super) fn rotate(&mut self, count: usize) {
        let from = self.stack.len().saturating_sub(count);
        self.stack[from..].rotate_right(1);
    }

    /// The place of the callable of a method call; shifts out the mark of a plain value.
    pub(super) fn method_slot(&mut self, count: usize) -> usize {
        let slot = self.stack.len() - 2 - count;
        if let Value::Unset = self.stack[slot + 1] {
            self.stack.remove(slot + 1);
        }
        slot
    }
}
