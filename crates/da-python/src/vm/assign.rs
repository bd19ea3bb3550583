//! Setting and deleting attributes.

use super::{NameRef, Vm};
use crate::error::{PyResult, Raised};
use crate::value::{Inner, Object, Origin, Value};

impl Vm<'_> {
    /// `v.name = value`
    ///
    /// # Errors
    /// `AttributeError`, and what properties and hooks raise.
    pub fn set_attr(&mut self, v: Value, name: &str, value: Value) -> PyResult<()> {
        self.store_attribute(v, name.into(), value)
    }

    /// `del v.name`
    ///
    /// # Errors
    /// `AttributeError`, and what properties and hooks raise.
    pub fn del_attr(&mut self, v: Value, name: &str) -> PyResult<()> {
        self.delete_attribute(v, name.into())
    }

    pub(super) fn store_attribute(&mut self, v: Value, name: NameRef<'_>, value: Value) -> PyResult<()> {
        match self.heap.object(v) {
            Some(Object::Instance(instance)) => {
                let class = instance.class;
                if self.as_class(class).is_some_and(|class| class.hooks.set)
                    && let Some(hook) = self.class_lookup(class, "__setattr__".into())
                {
                    let text = self.name(name)?;
                    return self.call_function(hook.value, v, &[text, value]).map(|_| ());
                }
                self.store_plain(v, name, value)
            }
            Some(Object::Class(_)) => {
                if let Some(hook) = self.special(v, "__setattr__") {
                    let text = self.name(name)?;
                    return self.call_function(hook, v, &[text, value]).map(|_| ());
                }
                self.store_plainly_in_class(v, name, value)
            }
            Some(Object::Module(module)) => {
                let namespace = module.namespace;
                self.set_name(namespace, name, value)
            }
            Some(Object::Function(function)) => {
                let attributes = function.attributes;
                self.store_in_function(v, attributes, name, value)
            }
            Some(Object::Generator(_)) if matches!(name.text, "__name__" | "__qualname__") => {
                if self.as_str(value).is_none() {
                    let name = name.text;
                    return Err(self.type_error(format!("{name} must be set to a string object")));
                }
                if let Value::Ref(handle) = v
                    && let Object::Generator(generator) = self.heap.get_mut(handle)
                {
                    generator.rename(usize::from(name.text == "__qualname__"), value);
                }
                Ok(())
            }
            Some(Object::Property(_)) if matches!(name.text, "fget" | "fset" | "fdel") => {
                Err(self.attribute_error_saying("readonly attribute", v, name.text))
            }
            Some(Object::Traceback(_)) if name.text == "tb_next" => self.set_next_link(v, value),
            Some(Object::Property(_)) if name.text == "__doc__" => {
                if let Value::Ref(handle) = v
                    && let Object::Property(property) = self.heap.get_mut(handle)
                {
                    property.doc = value;
                }
                Ok(())
            }
            _ if name.text == "__class__" => self.set_class(v, value),
            _ => Err(self.cannot_store(v, name)),
        }
    }

    /// The rules of `type.__setattr__`.
    pub(super) fn store_plainly_in_class(&mut self, v: Value, name: NameRef<'_>, value: Value) -> PyResult<()> {
        if self.store_by_metaclass(v, name, value)? { Ok(()) } else { self.store_in_class(v, name, value) }
    }

    /// The rules of `type.__delattr__`.
    pub(super) fn delete_in_class(&mut self, v: Value, name: NameRef<'_>) -> PyResult<()> {
        let Some(class) = self.as_class(v) else { return Ok(()) };
        if class.origin == Origin::Builtin {
            return Err(self.immutable(v, name.text));
        }
        if matches!(name.text, "__name__" | "__qualname__" | "__bases__" | "__doc__" | "__module__") {
            let (class, name) = (class.name.clone(), name.text);
            return Err(self.type_error(format!("cannot delete '{name}' attribute of type '{class}'")));
        }
        let attributes = class.attributes;
        match self.remove_name(attributes, name) {
            Some(_) => self.hooks_changed(v, name.text),
            None => Err(self.attribute_error(v, name.text)),
        }
    }

    /// What a property or a descriptor of the metaclass does; says whether there is one.
    fn store_by_metaclass(&mut self, v: Value, name: NameRef<'_>, value: Value) -> PyResult<bool> {
        let Some(found) = self.class_lookup(self.type_of(v), name).filter(|found| found.origin == Origin::Script)
        else {
            return Ok(false);
        };
        match self.heap.object(found.value) {
            Some(Object::Property(property)) => {
                let set = property.set;
                if set.is_none() {
                    return Err(self.property_lacks(found.value, v, "setter"));
                }
                self.call(set, &[v, value]).map(|_| true)
            }
            Some(Object::Instance(_)) => Ok(self.call_special(found.value, "__set__", &[v, value])?.is_some()),
            _ => Ok(false),
        }
    }

    fn store_in_class(&mut self, v: Value, name: NameRef<'_>, value: Value) -> PyResult<()> {
        let Some(class) = self.as_class(v) else { return Ok(()) };
        if class.origin == Origin::Builtin {
            return Err(self.immutable(v, name.text));
        }
        if name.text == "__bases__" {
            return self.set_bases(v, value);
        }
        if matches!(name.text, "__name__" | "__qualname__") && self.as_str(value).is_none() {
            let (class, given, name) = (self.class_name(v), self.type_name(value), name.text);
            return Err(self.type_error(format!("can only assign string to {class}.{name}, not '{given}'")));
        }
        if let Some(text) = self.text(value)
            && let Some(class) = self.as_class_mut(v)
        {
            match name.text {
                "__name__" => class.name = text,
                "__qualname__" => class.qualname = text,
                _ => {}
            }
        }
        if matches!(name.text, "__name__" | "__qualname__") {
            return Ok(());
        }
        self.set_class_attribute(v, name.text, value)
    }

    fn store_in_function(&mut self, v: Value, attributes: Value, name: NameRef<'_>, value: Value) -> PyResult<()> {
        let attributes = match attributes {
            Value::None => self.dict()?,
            attributes => attributes,
        };
        self.set_name(attributes, name, value)?;
        if let Value::Ref(handle) = v
            && let Object::Function(function) = self.heap.get_mut(handle)
        {
            function.attributes = attributes;
        }
        Ok(())
    }

    /// `object.__setattr__(v, name, value)`: what properties do, without hooks.
    ///
    /// # Errors
    /// `AttributeError`, and what properties raise.
    pub fn set_attr_plainly(&mut self, v: Value, name: &str, value: Value) -> PyResult<()> {
        self.store_plain(v, name.into(), value)
    }

    /// The rules of `object.__setattr__`.
    pub(super) fn store_plain(&mut self, v: Value, name: NameRef<'_>, value: Value) -> PyResult<()> {
        let class = self.type_of(v);
        if let Some(found) = self.class_lookup(class, name) {
            match self.heap.object(found.value) {
                Some(Object::Property(property)) => {
                    let set = property.set;
                    if !set.is_none() {
                        return self.call(set, &[v, value]).map(|_| ());
                    }
                    if found.origin != Origin::Builtin {
                        return Err(self.property_lacks(found.value, v, "setter"));
                    }
                    return self.store_known(v, name, value);
                }
                Some(Object::Member(_)) => return self.set_member(found.value, v, value),
                Some(Object::Instance(_)) => {
                    let done = self.call_special(found.value, "__set__", &[v, value])?;
                    if done.is_some() {
                        return Ok(());
                    }
                    if let Some(Object::Property(property)) = self.object(found.value) {
                        let set = property.set;
                        if set.is_none() {
                            return Err(self.property_lacks(found.value, v, "setter"));
                        }
                        return self.call(set, &[v, value]).map(|_| ());
                    }
                }
                _ => {}
            }
        }
        if !self.has_dict(class) {
            return Err(self.cannot_store(v, name));
        }
        let attributes = self.own_attributes(v)?;
        self.set_name(attributes, name, value)
    }

    /// The dict of an instance's own attributes, made if there is none yet.
    ///
    /// # Errors
    /// `Limit::Memory`
    pub fn own_attributes(&mut self, v: Value) -> PyResult {
        let Some(instance) = self.as_instance(v) else { return Ok(Value::None) };
        if !instance.attributes.is_none() {
            return Ok(instance.attributes);
        }
        let made = self.dict()?;
        if let Some(instance) = self.as_instance_mut(v) {
            instance.attributes = made;
        }
        Ok(made)
    }

    /// Attributes that the language itself describes but that can be set.
    fn store_known(&mut self, v: Value, name: NameRef<'_>, value: Value) -> PyResult<()> {
        match name.text {
            "__class__" => return self.set_class(v, value),
            "__doc__" | "__module__" => {
                let attributes = self.own_attributes(v)?;
                return self.set_name(attributes, name, value);
            }
            _ => {}
        }
        if matches!(self.as_instance(v).map(|instance| &instance.inner), Some(Inner::Exception(_))) {
            let attributes = self.own_attributes(v)?;
            return self.set_name(attributes, name, value);
        }
        let owner = self.type_name(v);
        Err(self.attribute_error_saying(
            format!("attribute '{}' of '{owner}' objects is not writable", name.text),
            v,
            name.text,
        ))
    }

    fn cannot_store(&mut self, v: Value, name: NameRef<'_>) -> Raised {
        let class = self.type_of(v);
        if self.class_lookup(class, name).is_some() {
            let owner = self.type_name(v);
            let message = format!("'{owner}' object attribute '{}' is read-only", name.text);
            return self.attribute_error_saying(message, v, name.text);
        }
        self.attribute_error(v, name.text)
    }

    pub(super) fn delete_attribute(&mut self, v: Value, name: NameRef<'_>) -> PyResult<()> {
        let dict = match self.heap.object(v) {
            Some(Object::Instance(instance)) => {
                let class = instance.class;
                if self.as_class(class).is_some_and(|class| class.hooks.delete)
                    && let Some(hook) = self.class_lookup(class, "__delattr__".into())
                {
                    let text = self.name(name)?;
                    return self.call_function(hook.value, v, &[text]).map(|_| ());
                }
                return self.delete_plain(v, name);
            }
            Some(Object::Class(_)) => {
                if let Some(hook) = self.special(v, "__delattr__") {
                    let text = self.name(name)?;
                    return self.call_function(hook, v, &[text]).map(|_| ());
                }
                return self.delete_in_class(v, name);
            }
            Some(Object::Module(module)) => module.namespace,
            Some(Object::Function(function)) => function.attributes,
            Some(Object::Generator(_)) if matches!(name.text, "__name__" | "__qualname__") => {
                let name = name.text;
                return Err(self.type_error(format!("{name} must be set to a string object")));
            }
            Some(Object::Traceback(_)) if name.text == "tb_next" => {
                return Err(self.type_error("can't delete tb_next attribute"));
            }
            _ => Value::None,
        };
        match self.remove_name(dict, name) {
            Some(_) => Ok(()),
            None => Err(self.attribute_error(v, name.text)),
        }
    }

    /// The rules of `object.__delattr__`.
    pub(super) fn delete_plain(&mut self, v: Value, name: NameRef<'_>) -> PyResult<()> {
        let class = self.type_of(v);
        if let Some(found) = self.class_lookup(class, name) {
            match self.heap.object(found.value) {
                Some(Object::Property(property)) => {
                    let delete = property.delete;
                    if delete.is_none() {
                        return Err(self.property_lacks(found.value, v, "deleter"));
                    }
                    return self.call(delete, &[v]).map(|_| ());
                }
                Some(Object::Member(_)) => return self.delete_member(found.value, v),
                Some(Object::Instance(_)) => {
                    let done = self.call_special(found.value, "__delete__", &[v])?;
                    if done.is_some() {
                        return Ok(());
                    }
                    if let Some(Object::Property(property)) = self.object(found.value) {
                        let delete = property.delete;
                        if delete.is_none() {
                            return Err(self.property_lacks(found.value, v, "deleter"));
                        }
                        return self.call(delete, &[v]).map(|_| ());
                    }
                }
                _ => {}
            }
        }
        let attributes = self.as_instance(v).map_or(Value::None, |instance| instance.attributes);
        match self.remove_name(attributes, name) {
            Some(_) => Ok(()),
            None => Err(self.attribute_error(v, name.text)),
        }
    }
}
