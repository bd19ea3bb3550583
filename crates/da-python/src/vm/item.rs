//! Items, lengths and indexes.

use super::Vm;
use crate::error::{PyResult, Raised};
use crate::types::{self, slicing};
use crate::value::{Object, Value};

impl Vm<'_> {
    /// `v[key]`
    ///
    /// # Errors
    /// `IndexError`, `KeyError`, `TypeError`, and what special methods raise.
    pub fn get_item(&mut self, v: Value, key: Value) -> PyResult {
        if let (Value::Ref(handle), Value::Int(index)) = (v, key) {
            let items: &[Value] = match self.heap.get(handle) {
                Object::List(items) => items,
                Object::Tuple(items) => items,
                _ => &[],
            };
            if let Some(place) = slicing::place(index, items.len()) {
                return Ok(items[place]);
            }
        }
        if let Some(value) = self.call_special(v, "__getitem__", &[key])? {
            return Ok(value);
        }
        self.builtin_get_item(v, key)
    }

    /// What the built-in type gives for `v[key]`.
    pub(crate) fn builtin_get_item(&mut self, v: Value, key: Value) -> PyResult {
        let inside = self.builtin(v);
        if let Some(Object::Dict(_)) = self.heap.object(inside) {
            return self.get_dict_item(v, inside, key);
        }
        match types::get_item(self, v, key)? {
            Some(value) => Ok(value),
            None if self.as_class(v).is_some() => self.class_item(v, key),
            None => Err(self.object_cannot(v, "is not subscriptable")),
        }
    }

    fn get_dict_item(&mut self, v: Value, inside: Value, key: Value) -> PyResult {
        if let Some(value) = self.dict_get(inside, key)? {
            return Ok(value);
        }
        if let Some(value) = self.call_special(v, "__missing__", &[key])? {
            return Ok(value);
        }
        Err(self.key_error(v, key))
    }

    fn class_item(&mut self, class: Value, key: Value) -> PyResult {
        if let Some(found) = self.class_lookup(class, "__class_getitem__".into()) {
            let bound = self.bind_to_class(found.value, class)?;
            return self.call(bound, &[key]);
        }
        // `list[int]` says nothing when the program runs.
        let builtin = self.as_class(class).is_some_and(|c| c.origin == crate::value::Origin::Builtin);
        if builtin {
            return match self.of_types("GenericAlias") {
                Some(alias) => self.call(alias, &[class, key]),
                None => Ok(class),
            };
        }
        let name = self.as_class(class).map(|class| class.name.to_string()).unwrap_or_default();
        Err(self.type_error(format!("type '{name}' is not subscriptable")))
    }

    /// A class of the module `types`, once that is there.
    pub(super) fn of_types(&self, name: &str) -> Option<Value> {
        let namespace = self.namespace_of(self.loaded_module("types")?)?;
        self.dict_get_str(namespace, name)
    }

    /// `'X' object <what>`
    fn object_cannot(&mut self, v: Value, what: &str) -> Raised {
        let name = self.type_name(v);
        self.type_error(format!("'{name}' object {what}"))
    }

    /// `v[key] = value`
    ///
    /// # Errors
    /// `IndexError`, `TypeError`, `Limit::Memory`, and what special methods raise.
    pub fn set_item(&mut self, v: Value, key: Value, value: Value) -> PyResult<()> {
        if self.call_special(v, "__setitem__", &[key, value])?.is_some() {
            return Ok(());
        }
        let inside = self.builtin(v);
        if let Some(Object::Dict(_)) = self.heap.object(inside) {
            return self.dict_set(inside, key, value);
        }
        match types::set_item(self, v, key, value)? {
            Some(()) => Ok(()),
            None => Err(self.object_cannot(v, "does not support item assignment")),
        }
    }

    /// `del v[key]`
    ///
    /// # Errors
    /// `IndexError`, `KeyError`, `TypeError`, and what special methods raise.
    pub fn del_item(&mut self, v: Value, key: Value) -> PyResult<()> {
        if self.call_special(v, "__delitem__", &[key])?.is_some() {
            return Ok(());
        }
        let inside = self.builtin(v);
        if let Some(Object::Dict(_)) = self.heap.object(inside) {
            return match self.dict_remove(inside, key)? {
                Some(_) => Ok(()),
                None => Err(self.key_error(v, key)),
            };
        }
        match types::del_item(self, v, key)? {
            Some(()) => Ok(()),
            None if self.may_be_sequence(v) && self.as_int(key).is_some() => {
                Err(self.object_cannot(v, "doesn't support item deletion"))
            }
            None => Err(self.object_cannot(v, "does not support item deletion")),
        }
    }

    /// Whether CPython would take it for a sequence first: its messages differ.
    fn may_be_sequence(&self, v: Value) -> bool {
        matches!(
            self.object(v),
            Some(Object::Instance(_) | Object::Str(_) | Object::Bytes(_) | Object::Tuple(_) | Object::Range(_))
        )
    }

    /// `len(v)`
    ///
    /// # Errors
    /// `TypeError` for what has none, and what `__len__` raises.
    pub fn len(&mut self, v: Value) -> PyResult<usize> {
        if let Some(value) = self.call_special(v, "__len__", &[])? {
            let number = self.index(value)?;
            return match usize::try_from(number) {
                Ok(len) => Ok(len),
                Err(_) => Err(self.value_error("__len__() should return >= 0")),
            };
        }
        match types::len(self, v) {
            Some(len) => Ok(len),
            None => {
                let name = self.type_name(v);
                Err(self.type_error(format!("object of type '{name}' has no len()")))
            }
        }
    }

    /// A whole number, by `__index__`.
    ///
    /// # Errors
    /// `TypeError` for what is none, `OverflowError` beyond 64 bits, and what `__index__` raises.
    pub fn index(&mut self, v: Value) -> PyResult<i64> {
        if let Some(number) = self.as_int(v) {
            return Ok(number);
        }
        if let Some(value) = self.call_special(v, "__index__", &[])? {
            return match self.as_int(value) {
                Some(number) => Ok(number),
                None if self.as_big(value).is_some() => Err(self.index_overflow()),
                None => {
                    let name = self.type_name(value);
                    Err(self.type_error(format!("__index__ returned non-int (type {name})")))
                }
            };
        }
        if self.as_big(v).is_some() {
            return Err(self.index_overflow());
        }
        let name = self.type_name(v);
        Err(self.type_error(format!("'{name}' object cannot be interpreted as an integer")))
    }

    fn index_overflow(&mut self) -> Raised {
        self.overflow_error("Python int too large to convert to C ssize_t")
    }

    /// Appends to a list.
    ///
    /// # Errors
    /// `Limit::Memory`
    pub fn list_push(&mut self, list: Value, v: Value) -> PyResult<()> {
        let Value::Ref(handle) = self.builtin(list) else { return Ok(()) };
        if let Object::List(items) = self.heap.get(handle)
            && items.len() == items.capacity()
        {
            let growth = items.capacity().max(4) * size_of::<Value>();
            self.heap.charge(growth)?;
        }
        if let Object::List(items) = self.heap.get_mut(handle) {
            items.push(v);
        }
        Ok(())
    }
}
