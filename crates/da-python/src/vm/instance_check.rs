//! `isinstance`, `issubclass`, `callable`, `dir`.

use super::Vm;
use crate::error::PyResult;
use crate::value::{Object, Value};
use std::collections::BTreeSet;
use std::sync::Arc;

impl Vm<'_> {
    /// `isinstance(v, class)`; `class` may be a tuple.
    ///
    /// # Errors
    /// `TypeError` for what is no class, and what `__instancecheck__` raises.
    pub fn is_instance(&mut self, v: Value, class: Value) -> PyResult<bool> {
        if self.as_class(class).is_some() {
            if self.type_of(v).is(class) {
                return Ok(true);
            }
            if let Some(verdict) = self.call_special(class, "__instancecheck__", &[v])? {
                return self.truth(verdict);
            }
            return Ok(self.derives(self.type_of(v), class) || self.says_it_derives(v, class)?);
        }
        if let Some(classes) = self.as_tuple(class) {
            let classes = classes.to_vec();
            self.pay(classes.len() as u64)?;
            for class in classes {
                if self.deeper_in(" in __instancecheck__", |vm| vm.is_instance(v, class))? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        if let Some(verdict) = self.call_special(class, "__instancecheck__", &[v])? {
            return self.truth(verdict);
        }
        Err(self.type_error("isinstance() arg 2 must be a type, a tuple of types, or a union"))
    }

    /// Whether an object says by its `__class__` that it is of a class, although it is not.
    pub(crate) fn says_it_derives(&mut self, v: Value, class: Value) -> PyResult<bool> {
        let own = self.as_instance(v).and_then(|instance| self.as_class(instance.class)).map(|class| class.hooks);
        if !own.is_some_and(|hooks| hooks.class || hooks.get) {
            return Ok(false);
        }
        let said = self.get_attr_opt(v, "__class__")?;
        Ok(said.is_some_and(|said| self.derives(said, class)))
    }

    /// `issubclass(class, of)`; `of` may be a tuple.
    ///
    /// # Errors
    /// `TypeError` for what is no class, and what `__subclasscheck__` raises.
    pub fn is_subclass(&mut self, class: Value, of: Value) -> PyResult<bool> {
        if self.as_class(class).is_none() {
            return Err(self.type_error("issubclass() arg 1 must be a class"));
        }
        if self.as_class(of).is_some() {
            if let Some(verdict) = self.call_special(of, "__subclasscheck__", &[class])? {
                return self.truth(verdict);
            }
            return Ok(self.derives(class, of));
        }
        let Some(classes) = self.as_tuple(of) else {
            if let Some(verdict) = self.call_special(of, "__subclasscheck__", &[class])? {
                return self.truth(verdict);
            }
            return Err(self.type_error("issubclass() arg 2 must be a class, a tuple of classes, or a union"));
        };
        let classes = classes.to_vec();
        self.pay(classes.len() as u64)?;
        for of in classes {
            if self.deeper_in(" in __subclasscheck__", |vm| vm.is_subclass(class, of))? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// `callable(v)`
    pub fn is_callable(&self, v: Value) -> bool {
        match self.heap.object(v) {
            Some(Object::Function(_) | Object::Native(_) | Object::BoundMethod(_) | Object::Class(_)) => true,
            Some(Object::StaticMethod(_)) => true,
            Some(Object::Instance(_)) => self.special(v, "__call__").is_some(),
            _ => false,
        }
    }

    /// `dir(v)`
    ///
    /// # Errors
    /// What `__dir__` raises.
    pub fn dir(&mut self, v: Value) -> PyResult<Vec<Arc<str>>> {
        if let Some(names) = self.call_special(v, "__dir__", &[])? {
            let names = self.collect(names)?;
            let mut names: Vec<Arc<str>> = names.into_iter().filter_map(|name| self.text(name)).collect();
            names.sort();
            return Ok(names);
        }
        Ok(self.plain_dir(v))
    }

    /// The names of an object's attributes and those of its class.
    pub(crate) fn plain_dir(&self, v: Value) -> Vec<Arc<str>> {
        let mut names = BTreeSet::new();
        let mut dicts = Vec::new();
        match self.heap.object(v) {
            Some(Object::Module(module)) => dicts.push(module.namespace),
            Some(Object::Class(class)) => {
                dicts.extend(class.mro.iter().filter_map(|c| self.as_class(*c)).map(|c| c.attributes))
            }
            object => {
                match object {
                    Some(Object::Instance(instance)) => dicts.push(instance.attributes),
                    Some(Object::Function(function)) => dicts.push(function.attributes),
                    _ => {}
                }
                if let Some(class) = self.as_class(self.type_of(v)) {
                    dicts.extend(class.mro.iter().filter_map(|c| self.as_class(*c)).map(|c| c.attributes));
                }
            }
        }
        for dict in dicts {
            names.extend(self.names_behind(dict).iter().filter_map(|entry| self.text(entry.key)));
            if let Some(dict) = self.as_dict(dict) {
                names.extend(dict.iter().filter_map(|entry| self.text(entry.key)));
            }
        }
        names.into_iter().collect()
    }
}
