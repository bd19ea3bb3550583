//! The value stack.

use super::Vm;
use crate::error::PyResult;
use crate::value::Value;

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

    /// The topmost two, if both are whole numbers of 64 bits. Looked at where they lie, as in [`Vm::truth_of_top`].
    #[inline]
    pub(super) fn two_ints(&self) -> Option<(i64, i64)> {
        match self.stack.as_slice() {
            [.., Value::Int(a), Value::Int(b)] => Some((*a, *b)),
            _ => None,
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

    #[inline]
    pub(super) fn truth_of_top(&mut self) -> PyResult<bool> {
        // Looked at where it lies: a value that was just put there in two words is slow to copy as one.
        match self.stack.last() {
            Some(Value::Bool(value)) => Ok(*value),
            _ => self.truth(self.top()),
        }
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
