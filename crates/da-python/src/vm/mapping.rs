//! Dicts: looking up, setting and removing keys.
//!
//! Keys are compared by identity first; keys of texts and numbers never run Python code.

use super::{NameRef, Vm};
use crate::error::PyResult;
use crate::heap::price::Collisions;
use crate::heap::{Handle, Heap};
use crate::value::{Dict, Object, Value};
use std::sync::atomic::{AtomicU32, Ordering};

/// A table of more entries does not fit what is near the processor; what another one costs then.
const FAR: usize = 1 << 15;
const ADDED: u64 = 40;
/// What it costs to compare a key with one of the same hash.
const COMPARED: u64 = 30;

impl Heap {
    /// The value of a name in a dict; parents are not looked into.
    #[inline]
    pub(crate) fn find_name(&self, dict: Value, name: NameRef<'_>) -> Option<Value> {
        let Some(Object::Dict(dict)) = self.object(dict) else { return None };
        let place = self.place_of_name(dict, name)?;
        dict.at(place).map(|entry| entry.value)
    }

    /// As [`Heap::find_name`], where the hint says first.
    #[inline]
    pub(crate) fn find_name_at(
        &self,
        dict: Value,
        name: NameRef<'_>,
        hint: &AtomicU32,
        key: Option<Handle>,
    ) -> Option<Value> {
        let Some(Object::Dict(dict)) = self.object(dict) else { return None };
        let place = self.place_of_name_at(dict, name, hint, key)?;
        dict.at(place).map(|entry| entry.value)
    }

    /// Where a name is in a dict, where the hint says first; `key` is the `str` of the name, if that is known.
    #[inline]
    pub(crate) fn place_of_name_at(
        &self,
        dict: &Dict,
        name: NameRef<'_>,
        hint: &AtomicU32,
        key: Option<Handle>,
    ) -> Option<usize> {
        let hinted = hint.load(Ordering::Relaxed) as usize;
        if let Some(entry) = dict.at(hinted)
            && let Value::Ref(found) = entry.key
            && (key == Some(found) || entry.hash == name.hash && self.is_text(found, name.text))
        {
            return Some(hinted);
        }
        let place = self.place_of_name(dict, name)?;
        hint.store(place as u32, Ordering::Relaxed);
        Some(place)
    }

    #[inline]
    fn place_of_name(&self, dict: &Dict, name: NameRef<'_>) -> Option<usize> {
        let collisions = Collisions::new(self);
        dict.find(name.hash, |key| {
            collisions.count();
            matches!(key, Value::Ref(key) if self.is_text(key, name.text))
        })
    }
}

impl Vm<'_> {
    /// The value of a text key in a dict; parents of a namespace are not looked into.
    pub fn dict_get_str(&self, dict: Value, key: &str) -> Option<Value> {
        self.heap.find_name(self.builtin(dict), key.into())
    }

    /// Sets a text key in a dict.
    ///
    /// # Errors
    /// `Limit::Memory`
    pub fn dict_set_str(&mut self, dict: Value, key: &str, value: Value) -> PyResult<()> {
        self.set_name(self.builtin(dict), key, value)
    }

    /// Sets a name in a namespace.
    pub(crate) fn set_name<'a>(&mut self, dict: Value, name: impl Into<NameRef<'a>>, value: Value) -> PyResult<()> {
        let name = name.into();
        let (Value::Ref(handle), Some(Object::Dict(table))) = (dict, self.heap.object(dict)) else { return Ok(()) };
        let place = self.heap.place_of_name(table, name);
        let growth = table.growth();
        if let Some(place) = place {
            if let Object::Dict(table) = self.heap.get_mut(handle) {
                table.set_at(place, value);
            }
            return Ok(());
        }
        self.heap.charge(growth)?;
        let key = self.name(name)?;
        if let Object::Dict(table) = self.heap.get_mut(handle) {
            table.push(name.hash, key, value);
        }
        Ok(())
    }

    /// Removes a name from a namespace.
    pub(crate) fn remove_name<'a>(&mut self, dict: Value, name: impl Into<NameRef<'a>>) -> Option<Value> {
        let (Value::Ref(handle), Some(Object::Dict(table))) = (dict, self.heap.object(dict)) else { return None };
        let place = self.heap.place_of_name(table, name.into())?;
        match self.heap.get_mut(handle) {
            Object::Dict(table) => table.remove_at(place).map(|entry| entry.value),
            _ => None,
        }
    }

    /// The value of a key in a dict (or `None` for one in a set). Of a namespace, also what stands behind it.
    ///
    /// # Errors
    /// `TypeError` for an unhashable key, and whatever `__hash__` and `__eq__` raise.
    pub fn dict_get(&mut self, dict: Value, key: Value) -> PyResult<Option<Value>> {
        let dict = self.builtin(dict);
        let hash = self.hash(key)?;
        if let Some(place) = self.find_key(dict, hash, key)? {
            return Ok(self.table(dict).and_then(|table| table.at(place)).map(|entry| entry.value));
        }
        if self.table(dict).is_none_or(|table| table.parents.is_empty()) {
            return Ok(None);
        }
        // `globals()` has what a star import put behind it.
        let Some(name) = self.text(key) else { return Ok(None) };
        Ok(self.find_in_parents(dict, NameRef::from(&*name)))
    }

    /// Sets a key in a dict or set.
    ///
    /// # Errors
    /// `TypeError` for an unhashable key, whatever `__hash__` and `__eq__` raise, `Limit::Memory`.
    pub fn dict_set(&mut self, dict: Value, key: Value, value: Value) -> PyResult<()> {
        let dict = self.builtin(dict);
        let hash = self.hash(key)?;
        if let Some(place) = self.find_key(dict, hash, key)? {
            if let Some(table) = self.as_table_mut(dict) {
                table.set_at(place, value);
            }
            return Ok(());
        }
        self.pay_for_adding(dict)?;
        if let Some(table) = self.as_table_mut(dict) {
            table.push(hash, key, value);
        }
        Ok(())
    }

    /// Asks for the room of another entry of a dict or set, and pays for putting it there: a large table is far from the processor.
    pub(crate) fn pay_for_adding(&mut self, dict: Value) -> PyResult<()> {
        let (growth, len) = self.table(dict).map_or((0, 0), |table| (table.growth(), table.len()));
        self.heap.charge(growth)?;
        if len > FAR {
            self.pay(ADDED)?;
        }
        Ok(())
    }

    /// Removes a key from a dict or set; its value.
    ///
    /// # Errors
    /// `TypeError` for an unhashable key, and whatever `__hash__` and `__eq__` raise.
    pub fn dict_remove(&mut self, dict: Value, key: Value) -> PyResult<Option<Value>> {
        let dict = self.builtin(dict);
        let hash = self.hash(key)?;
        let Some(place) = self.find_key(dict, hash, key)? else { return Ok(None) };
        Ok(self.as_table_mut(dict).and_then(|table| table.remove_at(place)).map(|entry| entry.value))
    }

    /// Where a key is in a dict or set.
    ///
    /// # Errors
    /// Whatever `__eq__` raises.
    pub fn find_key(&mut self, dict: Value, hash: u64, key: Value) -> PyResult<Option<usize>> {
        let Some(table) = self.table(dict) else { return Ok(None) };
        if let Some(simple) = self.simple_key(key) {
            let (collisions, mut unsure) = (Collisions::new(&self.heap), false);
            let found = table.find(hash, |other| {
                collisions.count();
                let same = self.same_simple(simple, other);
                unsure |= same.is_none();
                same.unwrap_or(false)
            });
            if found.is_some() || !unsure {
                return Ok(found);
            }
        }
        let unsure: Vec<usize> = table.candidates(hash);
        // Keys that collide are compared one by one, also those whose comparison runs no code.
        self.pay(unsure.len() as u64 * COMPARED)?;
        for place in unsure {
            let Some(entry) = self.table(dict).and_then(|table| table.at(place)).copied() else { continue };
            if entry.key.is(key) || self.eq(entry.key, key)? {
                return Ok(Some(place));
            }
        }
        Ok(None)
    }

    fn table(&self, dict: Value) -> Option<&Dict> {
        match self.heap.object(dict)? {
            Object::Dict(table) | Object::Set(table) | Object::FrozenSet(table) => Some(table),
            _ => None,
        }
    }

    /// Keys that can be compared without running anything: texts, small numbers.
    fn simple_key(&self, key: Value) -> Option<Value> {
        match key {
            Value::Ref(handle) => matches!(self.heap.get(handle), Object::Str(_)).then_some(key),
            _ => Some(key),
        }
    }

    fn same_simple(&self, key: Value, other: Value) -> Option<bool> {
        match (key, other) {
            (Value::Ref(a), Value::Ref(b)) => match (self.heap.get(a), self.heap.get(b)) {
                (Object::Str(text), Object::Str(_)) => Some(self.heap.is_text(b, text.text())),
                _ => None,
            },
            (Value::Int(a), Value::Int(b)) => Some(a == b),
            // `1 == 1.0 == True`
            _ => key.is(other).then_some(true),
        }
    }
}
