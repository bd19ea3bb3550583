//! Reading attributes.

use super::lookup::InClass;
use super::{NameRef, Vm};
use crate::code::Name;
use crate::error::{PyResult, Raised};
use crate::value::{BoundMethod, Builtin, Missing, Object, Origin, Super, Value};
use std::sync::Arc;

impl Vm<'_> {
    /// `v.name`
    ///
    /// # Errors
    /// `AttributeError`, and what properties and hooks raise.
    pub fn get_attr(&mut self, v: Value, name: &str) -> PyResult {
        let value = self.attribute(v, name.into())?;
        Ok(self.root(value))
    }

    /// `v.name`, or `None` when that is an `AttributeError`.
    ///
    /// # Errors
    /// Every other exception that properties and hooks raise.
    pub fn get_attr_opt(&mut self, v: Value, name: &str) -> PyResult<Option<Value>> {
        if let Some(value) = self.plain_attribute(v, name.into()) {
            return Ok(value);
        }
        let result = self.get_attr(v, name);
        self.unless("AttributeError", result)
    }

    /// Answers for instances without hooks, so that no exception is made only to be dropped.
    fn plain_attribute(&self, v: Value, name: NameRef<'_>) -> Option<Option<Value>> {
        let instance = self.as_instance(v)?;
        let class = self.as_class(instance.class)?;
        if class.hooks.get || class.hooks.miss || self.class_lookup(instance.class, name).is_some() {
            return None;
        }
        Some(self.heap.find_name(instance.attributes, name))
    }

    pub(super) fn attribute(&mut self, v: Value, name: NameRef<'_>) -> PyResult {
        match self.heap.object(v) {
            Some(Object::Instance(instance)) => {
                let class_value = instance.class;
                let hooks = self.as_class(class_value).map(|class| class.hooks).unwrap_or_default();
                if !hooks.get && !hooks.miss {
                    return match self.instance_attribute(v, class_value, name)? {
                        Some(value) => Ok(value),
                        None => Err(self.attribute_error(v, name.text)),
                    };
                }
                self.hooked_attribute(v, class_value, name)
            }
            Some(Object::Class(_)) => self.class_attribute(v, name),
            Some(Object::Module(module)) => {
                let namespace = module.namespace;
                self.module_attribute(v, namespace, name)
            }
            Some(Object::Super(sup)) => {
                let sup = **sup;
                self.super_attribute(v, sup, name)
            }
            Some(Object::Function(function)) => match self.heap.find_name(function.attributes, name) {
                Some(value) => Ok(value),
                None => self.builtin_attribute(v, name),
            },
            Some(Object::BoundMethod(method)) => {
                let function = method.function;
                if !of_function(name.text) && self.class_lookup(self.class_of(Builtin::Method), name).is_some() {
                    return self.builtin_attribute(v, name);
                }
                self.attribute(function, name)
            }
            _ => self.builtin_attribute(v, name),
        }
    }

    /// An attribute of an instance by the rules of `object.__getattribute__`; `None` when there is none.
    pub(super) fn instance_attribute(&mut self, v: Value, class: Value, name: NameRef<'_>) -> PyResult<Option<Value>> {
        let found = self.class_lookup(class, name);
        if let Some(found) = found
            && self.is_data_descriptor(found.value)
            && self.gives_a_value(found.value)
        {
            return self.bind(found, v, class).map(Some);
        }
        if let Some(instance) = self.as_instance(v)
            && let Some(value) = self.heap.find_name(instance.attributes, name)
        {
            return Ok(Some(value));
        }
        match found {
            Some(found) => self.bind(found, v, class).map(Some),
            None => Ok(None),
        }
    }

    /// Whether a data descriptor is asked when an attribute is read; one that only sets leaves that to the instance.
    fn gives_a_value(&self, descriptor: Value) -> bool {
        match self.heap.object(descriptor) {
            Some(Object::Instance(_)) => {
                self.special(descriptor, "__get__").is_some()
                    || matches!(self.object(descriptor), Some(Object::Property(_)))
            }
            _ => true,
        }
    }

    fn hooked_attribute(&mut self, v: Value, class: Value, name: NameRef<'_>) -> PyResult {
        let own_way = self.as_class(class).is_some_and(|class| class.hooks.get);
        let hook = if own_way { self.class_lookup(class, "__getattribute__".into()) } else { None };
        let result = match hook {
            Some(hook) => {
                let text = self.name(name)?;
                self.call_function(hook.value, v, &[text])
            }
            None => match self.instance_attribute(v, class, name) {
                Ok(Some(value)) => return Ok(value),
                Ok(None) => return self.missed(v, class, name, None),
                Err(raised) => Err(raised),
            },
        };
        match result {
            // Who says which variable is wanted does not mean this attribute.
            Err(raised) if matches!(self.missing(&raised), Some(Missing::Variable(_))) => Err(raised),
            Err(raised) if self.exception_is(&raised, "AttributeError") => self.missed(v, class, name, Some(raised)),
            other => other,
        }
    }

    /// Asks `__getattr__`.
    fn missed(&mut self, v: Value, class: Value, name: NameRef<'_>, raised: Option<Raised>) -> PyResult {
        match self.class_lookup(class, "__getattr__".into()) {
            Some(hook) => {
                let text = self.name(name)?;
                self.call_function(hook.value, v, &[text])
            }
            None => match raised {
                Some(raised) => Err(raised),
                None => Err(self.attribute_error(v, name.text)),
            },
        }
    }

    fn builtin_attribute(&mut self, v: Value, name: NameRef<'_>) -> PyResult {
        let class = self.type_of(v);
        match self.class_lookup(class, name) {
            Some(found) => self.bind(found, v, class),
            None => Err(self.attribute_error(v, name.text)),
        }
    }

    fn class_attribute(&mut self, v: Value, name: NameRef<'_>) -> PyResult {
        let metaclass = self.type_of(v);
        let in_meta = self.class_lookup(metaclass, name);
        if let Some(found) = in_meta
            && self.is_data_descriptor(found.value)
            && self.gives_a_value(found.value)
            && !self.own_doc(v, name)
        {
            return self.bind(found, v, metaclass);
        }
        if let Some(found) = self.class_lookup(v, name) {
            return self.bind_to_class(found.value, v);
        }
        if let Some(found) = in_meta {
            return self.bind(found, v, metaclass);
        }
        match self.special(v, "__getattr__") {
            Some(hook) => {
                let text = self.name(name)?;
                self.call_function(hook, v, &[text])
            }
            None => Err(self.attribute_error(v, name.text)),
        }
    }

    /// Names that a class may have of its own although `type` describes them.
    fn own_doc(&self, class: Value, name: NameRef<'_>) -> bool {
        matches!(name.text, "__doc__" | "__module__" | "__annotations__")
            && !class.is(self.class_of(Builtin::Type))
            && self.as_class(class).is_some_and(|class| self.heap.find_name(class.attributes, name).is_some())
    }

    fn module_attribute(&mut self, v: Value, namespace: Value, name: NameRef<'_>) -> PyResult {
        if let Some(value) = self.find_global(namespace, name) {
            return Ok(value);
        }
        if let Some(found) = self.class_lookup(self.class_of(Builtin::Module), name) {
            return self.bind(found, v, self.class_of(Builtin::Module));
        }
        if let Some(hook) = self.heap.find_name(namespace, "__getattr__".into()) {
            let text = self.name(name)?;
            return self.call(hook, &[text]);
        }
        if let Some(Object::Module(module)) = self.heap.object(v) {
            let full = format!("{}.{}", module.name, name.text);
            if let Some(module) = self.loaded_module(&full) {
                return Ok(module);
            }
        }
        Err(self.attribute_error(v, name.text))
    }

    fn super_attribute(&mut self, v: Value, sup: Super, name: NameRef<'_>) -> PyResult {
        if name.text != "__class__"
            && let Some(classes) = self.classes_after(&sup)
            && let Some(found) = self.lookup_in(classes, name)
        {
            if sup.receiver.is(sup.start) {
                return self.bind_to_class(found.value, sup.receiver);
            }
            return self.bind(found, sup.receiver, sup.start);
        }
        match self.class_lookup(self.class_of(Builtin::Super), name) {
            Some(found) => self.bind(found, v, self.class_of(Builtin::Super)),
            None => Err(self.attribute_error_saying(
                format!("'super' object has no attribute '{}'", name.text),
                v,
                name.text,
            )),
        }
    }

    /// A method and its receiver without making a bound method, where that is possible; else the
    /// attribute and `Unset`.
    pub(super) fn load_method(&mut self, v: Value, name: &Name) -> PyResult<(Value, Value)> {
        let name: NameRef<'_> = name.into();
        if let Some(found) = self.plain_method(v, name) {
            return Ok(found);
        }
        let value = self.attribute(v, name)?;
        if let Some(Object::BoundMethod(BoundMethod { receiver, function })) = self.heap.object(value) {
            return Ok((*function, *receiver));
        }
        Ok((value, Value::Unset))
    }

    /// A method that is looked for in the class alone, and its receiver.
    #[inline]
    pub(super) fn plain_method(&self, v: Value, name: NameRef<'_>) -> Option<(Value, Value)> {
        let (class, attributes) = match self.heap.object(v) {
            Some(Object::Instance(instance)) => (instance.class, instance.attributes),
            Some(Object::Super(sup)) => return self.method_above(sup, name),
            Some(Object::Class(_) | Object::Module(_) | Object::Function(_) | Object::BoundMethod(_)) => return None,
            _ => (self.type_of(v), Value::None),
        };
        let found = self.known(class, name, |known| known.found.filter(|_| known.method))??;
        self.heap.find_name(attributes, name).is_none().then_some((found.value, v))
    }

    #[inline]
    pub(super) fn is_plain_method(&self, found: InClass) -> bool {
        match self.heap.object(found.value) {
            Some(Object::Function(_)) => true,
            Some(Object::Native(_)) => found.origin != Origin::Script,
            _ => false,
        }
    }

    /// A method of the classes that come after the one of `super`, and its receiver, if that is an instance.
    fn method_above(&self, sup: &Super, name: NameRef<'_>) -> Option<(Value, Value)> {
        if name.text == "__class__" || sup.receiver.is(sup.start) {
            return None;
        }
        let found = self.lookup_in(self.classes_after(sup)?, name)?;
        self.is_plain_method(found).then_some((found.value, sup.receiver))
    }

    /// The classes that `super` looks into.
    fn classes_after(&self, sup: &Super) -> Option<&[Value]> {
        let mro = &self.as_class(sup.start)?.mro;
        let after = mro.iter().position(|base| base.is(sup.class)).map_or(0, |place| place + 1);
        mro.get(after..)
    }

    pub(crate) fn no_getter(&mut self, property: Value, receiver: Value) -> Raised {
        self.property_lacks(property, receiver, "getter")
    }

    /// `AttributeError` for a property that cannot do this.
    pub(crate) fn property_lacks(&mut self, property: Value, receiver: Value, what: &str) -> Raised {
        let name = match self.object(property) {
            Some(Object::Property(property)) => self.text(property.name),
            _ => None,
        };
        let class = self.type_of(receiver);
        let owner = self.as_class(class).map(|class| Arc::clone(&class.qualname)).unwrap_or_default();
        let message = match &name {
            Some(name) => format!("property '{name}' of '{owner}' object has no {what}"),
            None => format!("property of '{owner}' object has no {what}"),
        };
        self.attribute_error_saying(message, receiver, name.as_deref().unwrap_or("?"))
    }
}

/// Attributes that a method has from its function.
fn of_function(name: &str) -> bool {
    matches!(name, "__doc__" | "__dict__" | "__name__" | "__qualname__" | "__module__")
}
