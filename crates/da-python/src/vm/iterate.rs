//! Iteration: `iter` and `next`, and loops of native code.

use super::Vm;
use super::frame::Outcome;
use crate::error::{PyResult, Raised};
use crate::types;
use crate::value::{Iter, Object, Value};
use std::ops::ControlFlow;

/// What a step of a native loop costs, and one of an iterator that runs others: as much as the instructions that take as long.
pub(crate) const STEP: u64 = 8;
const CALLING: u64 = 16;

impl Vm<'_> {
    /// `iter(v)`
    ///
    /// # Errors
    /// `TypeError` for what is not iterable, and what `__iter__` raises.
    pub fn iter(&mut self, v: Value) -> PyResult {
        if let Some(function) = self.special(v, "__iter__") {
            if function.is_none() {
                return Err(self.not_iterable(v));
            }
            let iterator = self.call_function(function, v, &[])?;
            if !self.is_iterator(iterator) {
                let name = self.type_name(iterator);
                return Err(self.type_error(format!("iter() returned non-iterator of type '{name}'")));
            }
            return Ok(iterator);
        }
        if let Some(Object::Generator(_)) = self.heap.object(v) {
            return Ok(v);
        }
        if let Some(iterator) = types::iterator::over(self, v)? {
            return Ok(iterator);
        }
        if self.special(v, "__getitem__").is_some() {
            return types::iterator::make(self, Iter::Sequence { sequence: v, next: 0 });
        }
        Err(self.not_iterable(v))
    }

    /// Whether `iter` would work.
    pub(super) fn is_iterable(&self, v: Value) -> bool {
        if let Some(function) = self.special(v, "__iter__") {
            return !function.is_none();
        }
        types::iterator::is_container(self, v)
            || matches!(self.object(v), Some(Object::Iterator(_) | Object::Generator(_)))
            || self.special(v, "__getitem__").is_some()
    }

    fn is_iterator(&self, v: Value) -> bool {
        matches!(self.object(v), Some(Object::Iterator(_) | Object::Generator(_)))
            || self.special(v, "__next__").is_some()
    }

    fn not_iterable(&mut self, v: Value) -> Raised {
        let name = self.type_name(v);
        self.type_error(format!("'{name}' object is not iterable"))
    }

    /// The next item, `None` at the end.
    ///
    /// # Errors
    /// `TypeError` for what is no iterator, and what it raises other than `StopIteration`.
    pub fn next(&mut self, iterator: Value) -> PyResult<Option<Value>> {
        self.next_or_result(iterator).map(Result::ok)
    }

    /// The next item, or what the iterator returned at its end.
    pub(crate) fn next_or_result(&mut self, iterator: Value) -> PyResult<Result<Value, Value>> {
        match self.heap.object(iterator) {
            Some(Object::Iterator(iter)) => {
                let next = if types::iterator::calls(iter) {
                    self.next_by_calling(iterator)?
                } else {
                    types::iterator::next(self, iterator)?
                };
                Ok(next.ok_or(Value::None))
            }
            Some(Object::Generator(_)) => {
                let Value::Ref(handle) = iterator else { return Ok(Err(Value::None)) };
                Ok(match self.generator_send(handle, Value::None)? {
                    Some(Outcome::Yielded(value)) => Ok(value),
                    Some(Outcome::Returned(value)) => Err(value),
                    None => Err(Value::None),
                })
            }
            _ => match self.special(iterator, "__next__") {
                Some(function) => {
                    let result = self.call_function(function, iterator, &[]);
                    self.result_of_stop(result)
                }
                None => {
                    let inside = self.builtin(iterator);
                    if let Some(Object::Iterator(_)) = self.heap.object(inside) {
                        return self.next_or_result(inside);
                    }
                    let name = self.type_name(iterator);
                    Err(self.type_error(format!("'{name}' object is not an iterator")))
                }
            },
        }
    }

    /// `StopIteration` as the end, with its value.
    pub(super) fn result_of_stop(&mut self, result: PyResult) -> PyResult<Result<Value, Value>> {
        match result {
            Ok(value) => Ok(Ok(value)),
            Err(raised) if self.is_stop_iteration(&raised) => {
                let Raised::Exception(stop) = raised else { return Err(raised) };
                let value = self.as_exception(stop).and_then(|data| data.args.first().copied());
                Ok(Err(value.unwrap_or(Value::None)))
            }
            Err(raised) => Err(raised),
        }
    }

    /// The next of an iterator that runs others, one level deeper; what they made on the way is
    /// released.
    fn next_by_calling(&mut self, iterator: Value) -> PyResult<Option<Value>> {
        self.pay(CALLING)?;
        let result = self.scope(|vm| vm.deeper(|vm| types::iterator::next(vm, iterator)));
        match result {
            Ok(item) => Ok(item.map(|item| self.root(item))),
            Err(Raised::Exception(exception)) => Err(Raised::Exception(self.root(exception))),
            Err(limit) => Err(limit),
        }
    }

    /// Gives every item to `f`; pays fuel, releases what each round made and collects when it is time to:
    /// what the caller keeps from round to round must be rooted before.
    ///
    /// # Errors
    /// What the iterable or `f` raises.
    pub fn for_each(
        &mut self,
        iterable: Value,
        mut f: impl FnMut(&mut Self, Value) -> PyResult<ControlFlow<()>>,
    ) -> PyResult<()> {
        let iterator = self.iter(iterable)?;
        self.root(iterator);
        loop {
            self.pay(STEP)?;
            let held = self.heap.roots.len();
            let Some(item) = self.next(iterator)? else { return Ok(()) };
            self.root(item);
            let flow = f(self, item)?;
            self.heap.roots.truncate(held);
            if flow.is_break() {
                return Ok(());
            }
            self.rest();
        }
    }

    /// All items, rooted.
    ///
    /// # Errors
    /// What the iterable raises, `Limit::Memory`.
    pub fn collect(&mut self, iterable: Value) -> PyResult<Vec<Value>> {
        if !self.is_special(iterable)
            && let Some(items) = self.as_sequence(iterable)
        {
            let items = items.to_vec();
            self.pay(items.len() as u64)?;
            self.heap.would_fit(items.len() * size_of::<Value>())?;
            items.iter().for_each(|item| {
                self.root(*item);
            });
            return Ok(items);
        }
        let iterator = self.iter(iterable)?;
        self.root(iterator);
        let mut items = Vec::new();
        loop {
            self.pay(STEP)?;
            if items.len() == items.capacity() {
                self.heap.would_fit(items.len() * 4 * size_of::<Value>())?;
            }
            let held = self.heap.roots.len();
            let Some(item) = self.next(iterator)? else { return Ok(items) };
            self.heap.roots.truncate(held);
            items.push(self.root(item));
            self.rest();
        }
    }
}
