//! Iteration: `iter` and `next` of built-in iterators, and of what defines its own.

use super::Vm;
use super::frame::Outcome;
use crate::error::{PyResult, Raised};
use crate::heap::Handle;
use crate::value::{Dict, Iter, Object, Value, ViewKind};
use std::ops::ControlFlow;
use std::sync::Arc;

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
        let inside = self.builtin(v);
        let iterator = match self.heap.object(inside) {
            Some(Object::Iterator(_) | Object::Generator(_)) => return Ok(inside),
            Some(object) => self.iterator_over(inside, object),
            None => None,
        };
        match iterator {
            Some(iterator) => self.make(Object::Iterator(Box::new(iterator))),
            None if self.special(v, "__getitem__").is_some() => {
                self.make(Object::Iterator(Box::new(Iter::Sequence { sequence: v, next: 0 })))
            }
            None => Err(self.not_iterable(v)),
        }
    }

    fn iterator_over(&self, inside: Value, object: &Object) -> Option<Iter> {
        Some(match object {
            Object::List(_) => Iter::List { list: inside, next: 0 },
            Object::Tuple(_) => Iter::Tuple { tuple: inside, next: 0 },
            Object::Str(_) => Iter::Str { text: inside, next: 0 },
            Object::Bytes(_) | Object::ByteArray(_) => Iter::Bytes { bytes: inside, next: 0 },
            Object::Range(range) => Iter::Range { range: **range, next: 0 },
            Object::Dict(dict) => Iter::Dict { dict: inside, next: 0, kind: ViewKind::Keys, len: dict.len() },
            Object::View { dict, kind } => {
                let len = self.as_dict(*dict).map_or(0, Dict::len);
                Iter::Dict { dict: self.builtin(*dict), next: 0, kind: *kind, len }
            }
            Object::Set(set) | Object::FrozenSet(set) => Iter::Set { set: inside, next: 0, len: set.len() },
            _ => return None,
        })
    }

    /// Whether `iter` would work.
    pub(super) fn is_iterable(&self, v: Value) -> bool {
        if let Some(function) = self.special(v, "__iter__") {
            return !function.is_none();
        }
        let inside = self.builtin(v);
        match self.heap.object(inside) {
            Some(Object::Iterator(_) | Object::Generator(_)) => true,
            Some(object) if self.iterator_over(inside, object).is_some() => true,
            _ => self.special(v, "__getitem__").is_some(),
        }
    }

    fn is_iterator(&self, v: Value) -> bool {
        matches!(self.heap.object(v), Some(Object::Iterator(_) | Object::Generator(_)))
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
            Some(Object::Iterator(_)) => {
                let Value::Ref(handle) = iterator else { return Ok(Err(Value::None)) };
                let next = match self.next_quick(handle)? {
                    Quick::Item(value) => Some(value),
                    Quick::Over => {
                        self.set_iterator(handle, Iter::Done);
                        None
                    }
                    Quick::Slow(slow) => self.deeper(|vm| vm.next_slow(handle, slow))?,
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

    fn set_iterator(&mut self, handle: Handle, to: Iter) {
        if let Object::Iterator(iterator) = self.heap.get_mut(handle) {
            **iterator = to;
        }
    }

    /// Steps that run no Python code and do not recurse.
    fn next_quick(&mut self, handle: Handle) -> PyResult<Quick> {
        let Object::Iterator(iterator) = self.heap.get(handle) else { return Ok(Quick::Over) };
        let (value, then) = match &**iterator {
            Iter::List { list, next } => {
                let Some(value) = self.as_list(*list).and_then(|items| items.get(*next).copied()) else {
                    return Ok(Quick::Over);
                };
                (value, *next + 1)
            }
            Iter::Tuple { tuple, next } => {
                let Some(value) = self.as_tuple(*tuple).and_then(|items| items.get(*next).copied()) else {
                    return Ok(Quick::Over);
                };
                (value, *next + 1)
            }
            Iter::Range { range, next } => {
                let offset = range.step.checked_mul((*next).cast_signed());
                let value = offset.and_then(|offset| range.start.checked_add(offset));
                let inside = value.is_some_and(|v| if range.step > 0 { v < range.stop } else { v > range.stop });
                match value {
                    Some(value) if inside => (Value::Int(value), *next as usize + 1),
                    _ => return Ok(Quick::Over),
                }
            }
            Iter::Bytes { bytes, next } => {
                let Some(value) = self.as_bytes(*bytes).and_then(|items| items.get(*next).copied()) else {
                    return Ok(Quick::Over);
                };
                (Value::Int(i64::from(value)), *next + 1)
            }
            Iter::Str { text, next } => {
                let (text, next) = (*text, *next);
                return self.next_char(handle, text, next);
            }
            Iter::Dict { .. } | Iter::Set { .. } => return self.next_entry(handle),
            Iter::Done => return Ok(Quick::Over),
            slow => return Ok(Quick::Slow(slow.clone())),
        };
        self.advance(handle, then);
        Ok(Quick::Item(value))
    }

    fn advance(&mut self, handle: Handle, to: usize) {
        if let Object::Iterator(iterator) = self.heap.get_mut(handle) {
            match &mut **iterator {
                Iter::List { next, .. }
                | Iter::Tuple { next, .. }
                | Iter::Str { next, .. }
                | Iter::Bytes { next, .. }
                | Iter::Dict { next, .. }
                | Iter::Set { next, .. }
                | Iter::Reversed { next, .. } => *next = to,
                Iter::Range { next, .. } => *next = to as u64,
                _ => {}
            }
        }
    }

    fn next_char(&mut self, handle: Handle, text: Value, next: usize) -> PyResult<Quick> {
        let Some(char) = self.as_str(text).and_then(|text| text.text().get(next..)?.chars().next()) else {
            return Ok(Quick::Over);
        };
        self.advance(handle, next + char.len_utf8());
        let mut buffer = [0; 4];
        let text: &str = char.encode_utf8(&mut buffer);
        let value = if char.is_ascii() { self.name(text)? } else { self.str(Arc::<str>::from(text))? };
        Ok(Quick::Item(value))
    }

    fn next_entry(&mut self, handle: Handle) -> PyResult<Quick> {
        let Object::Iterator(iterator) = self.heap.get(handle) else { return Ok(Quick::Over) };
        let (over, next, kind, len, what) = match **iterator {
            Iter::Dict { dict, next, kind, len } => (dict, next, kind, len, "dictionary"),
            Iter::Set { set, next, len } => (set, next, ViewKind::Keys, len, "Set"),
            _ => return Ok(Quick::Over),
        };
        let table = match self.heap.object(over) {
            Some(Object::Dict(table) | Object::Set(table) | Object::FrozenSet(table)) => table,
            _ => return Ok(Quick::Over),
        };
        if table.len() != len {
            self.set_iterator(handle, Iter::Done);
            return Err(self.runtime_error(format!("{what} changed size during iteration")));
        }
        let found = (next..table.places()).find_map(|place| table.at(place).map(|entry| (place, *entry)));
        let Some((place, entry)) = found else { return Ok(Quick::Over) };
        self.advance(handle, place + 1);
        Ok(Quick::Item(match kind {
            ViewKind::Keys => entry.key,
            ViewKind::Values => entry.value,
            ViewKind::Items => self.tuple(vec![entry.key, entry.value])?,
        }))
    }

    /// Steps that may run Python code.
    fn next_slow(&mut self, handle: Handle, iterator: Iter) -> PyResult<Option<Value>> {
        self.pay(1)?;
        match iterator {
            Iter::Map { function, iterators } => {
                let mut args = Vec::with_capacity(iterators.len());
                for iterator in iterators {
                    match self.next(iterator)? {
                        Some(item) => args.push(self.root(item)),
                        None => return Ok(None),
                    }
                }
                self.call(function, &args).map(Some)
            }
            Iter::Filter { function, iterator } => self.next_filtered(function, iterator),
            Iter::Zip { iterators, strict } => self.next_zip(&iterators, strict),
            Iter::Enumerate { iterator, count } => {
                let Some(item) = self.next(iterator)? else { return Ok(None) };
                self.set_iterator(handle, Iter::Enumerate { iterator, count: count.saturating_add(1) });
                self.tuple(vec![Value::Int(count), item]).map(Some)
            }
            Iter::Reversed { sequence, next } => {
                if next == 0 {
                    return self.end(handle);
                }
                self.advance(handle, next - 1);
                if let Some(items) = self.as_sequence(sequence) {
                    return Ok(items.get(next - 1).copied());
                }
                self.get_item(sequence, Value::Int((next - 1).cast_signed() as i64)).map(Some)
            }
            Iter::Sequence { sequence, next } => {
                let item = self.get_item(sequence, Value::Int(next));
                match item {
                    Ok(item) => {
                        self.set_iterator(handle, Iter::Sequence { sequence, next: next + 1 });
                        Ok(Some(item))
                    }
                    Err(raised) if self.exception_is(&raised, "IndexError") || self.is_stop_iteration(&raised) => {
                        self.end(handle)
                    }
                    Err(raised) => Err(raised),
                }
            }
            Iter::CallUntil { callable, sentinel } => {
                let value = self.call(callable, &[])?;
                if self.eq(value, sentinel)? { self.end(handle) } else { Ok(Some(value)) }
            }
            _ => Ok(None),
        }
    }

    fn end(&mut self, handle: Handle) -> PyResult<Option<Value>> {
        self.set_iterator(handle, Iter::Done);
        Ok(None)
    }

    fn next_filtered(&mut self, function: Value, iterator: Value) -> PyResult<Option<Value>> {
        loop {
            self.pay(1)?;
            let held = self.heap.roots.len();
            let Some(item) = self.next(iterator)? else { return Ok(None) };
            self.root(item);
            let verdict = if function.is_none() { item } else { self.call(function, &[item])? };
            let keep = self.truth(verdict)?;
            self.heap.roots.truncate(held);
            if keep {
                return Ok(Some(self.root(item)));
            }
        }
    }

    fn next_zip(&mut self, iterators: &[Value], strict: bool) -> PyResult<Option<Value>> {
        let mut items = Vec::with_capacity(iterators.len());
        for (place, iterator) in iterators.iter().enumerate() {
            match self.next(*iterator)? {
                Some(item) => items.push(self.root(item)),
                None if !strict => return Ok(None),
                None if place > 0 => return Err(self.zip_length(place, "shorter")),
                None => {
                    for (place, other) in iterators.iter().enumerate().skip(1) {
                        if self.next(*other)?.is_some() {
                            return Err(self.zip_length(place, "longer"));
                        }
                    }
                    return Ok(None);
                }
            }
        }
        if items.is_empty() { Ok(None) } else { self.tuple(items).map(Some) }
    }

    fn zip_length(&mut self, place: usize, what: &str) -> Raised {
        let before = if place == 1 { "argument 1".to_owned() } else { format!("arguments 1-{place}") };
        self.value_error(format!("zip() argument {} is {what} than {before}", place + 1))
    }

    /// Gives every item to `f`; pays fuel and releases what each round made.
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
            self.pay(1)?;
            let held = self.heap.roots.len();
            let Some(item) = self.next(iterator)? else { return Ok(()) };
            self.root(item);
            let flow = f(self, item)?;
            self.heap.roots.truncate(held);
            if flow.is_break() {
                return Ok(());
            }
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
            self.pay(1)?;
            if items.len() == items.capacity() {
                self.heap.would_fit(items.len() * 4 * size_of::<Value>())?;
            }
            let held = self.heap.roots.len();
            let Some(item) = self.next(iterator)? else { return Ok(items) };
            self.heap.roots.truncate(held);
            items.push(self.root(item));
        }
    }
}

/// What a quick step of an iterator came to.
enum Quick {
    Item(Value),
    Over,
    Slow(Iter),
}
