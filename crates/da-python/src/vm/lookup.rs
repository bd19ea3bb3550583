//! Looking through classes: the order of resolution, special methods, binding.

use super::{NameRef, Vm};
use crate::error::PyResult;
use crate::value::{BoundMethod, Builtin, Class, Object, Origin, Value};

/// Something found in a class.
#[derive(Debug, Clone, Copy)]
pub(super) struct InClass {
    pub(super) value: Value,
    /// The class that has it.
    pub(super) origin: Origin,
}

impl Vm<'_> {
    /// What a class or one that it derives from has under a name.
    #[inline]
    pub(super) fn class_lookup(&self, class: Value, name: NameRef<'_>) -> Option<InClass> {
        self.known(class, name, |known| known.found)?
    }

    pub(super) fn lookup_in(&self, mro: &[Value], name: NameRef<'_>) -> Option<InClass> {
        mro.iter().find_map(|class| {
            let class = self.as_class(*class)?;
            let value = self.heap.find_name(class.attributes, name)?;
            Some(InClass { value, origin: class.origin })
        })
    }

    /// Whether a class is another or derives from it.
    #[inline]
    pub(crate) fn derives(&self, class: Value, of: Value) -> bool {
        class.is(of) || self.as_class(class).is_some_and(|class| class.mro.iter().any(|base| base.is(of)))
    }

    /// Whether values of this kind may have special methods written outside of the language itself.
    #[inline]
    pub(super) fn is_special(&self, v: Value) -> bool {
        match self.heap.object(v) {
            Some(Object::Instance(_)) => true,
            Some(Object::Class(class)) => !class.metaclass.is(self.class_of(Builtin::Type)),
            _ => false,
        }
    }

    /// A special method that the class of a value defines itself, so not one that the language gives
    /// to its built-in types. It is a function that takes the value first.
    pub(crate) fn special(&self, v: Value, name: &str) -> Option<Value> {
        if !self.is_special(v) {
            return None;
        }
        let found = self.class_lookup(self.type_of(v), name.into())?;
        if found.origin == Origin::Builtin {
            return None;
        }
        Some(found.value)
    }

    /// Calls a special method, if the class defines it.
    pub(super) fn call_special(&mut self, v: Value, name: &str, args: &[Value]) -> PyResult<Option<Value>> {
        let Some(function) = self.special(v, name) else { return Ok(None) };
        self.call_function(function, v, args).map(Some)
    }

    /// Calls what was found in the class of `receiver` as its method.
    pub(crate) fn call_function(&mut self, function: Value, receiver: Value, args: &[Value]) -> PyResult {
        match self.heap.object(function) {
            Some(Object::Function(_) | Object::Native(_)) => {
                let mut all = self.spare.pop().unwrap_or_default();
                all.push(receiver);
                all.extend_from_slice(args);
                let result = self.call(function, &all);
                self.reuse(crate::native::Args { positional: all, keywords: Vec::new() });
                result
            }
            _ => {
                let class = self.type_of(receiver);
                let bound = self.bind(InClass { value: function, origin: Origin::Script }, receiver, class)?;
                self.call(bound, args)
            }
        }
    }

    /// Whether what was found in a class decides before the instance's own attributes.
    pub(super) fn is_data_descriptor(&self, v: Value) -> bool {
        match self.heap.object(v) {
            Some(Object::Property(_) | Object::Member(_)) => true,
            Some(Object::Instance(instance)) => {
                let has = |name: &str| {
                    self.class_lookup(instance.class, name.into()).is_some_and(|found| found.origin != Origin::Builtin)
                };
                has("__set__") || has("__delete__") || matches!(self.object(v), Some(Object::Property(_)))
            }
            _ => false,
        }
    }

    /// What an attribute of a class is as an attribute of an instance.
    pub(super) fn bind(&mut self, found: InClass, receiver: Value, class: Value) -> PyResult {
        let value = found.value;
        match self.heap.object(value) {
            Some(Object::Function(_)) => self.make(Object::BoundMethod(BoundMethod { receiver, function: value })),
            Some(Object::Native(_)) if found.origin != Origin::Script => {
                self.make(Object::BoundMethod(BoundMethod { receiver, function: value }))
            }
            Some(Object::Member(_)) => self.get_member(value, receiver),
            // `super(C)` in a class becomes `super(C, receiver)` of its instances.
            Some(Object::Super(sup)) if sup.start.is_none() => {
                let of = sup.class;
                self.call(self.class_of(Builtin::Super), &[of, receiver])
            }
            Some(Object::Instance(_)) => match self.call_special(value, "__get__", &[receiver, class])? {
                Some(got) => Ok(got),
                None => self.bind_inside(value, receiver, class),
            },
            _ => self.bind_inside(value, receiver, class),
        }
    }

    /// A class method: its function bound to the class, or what its descriptor gives for the class.
    pub(crate) fn class_method(&mut self, function: Value, class: Value) -> PyResult {
        match self.object(function) {
            Some(Object::Property(property)) => {
                let get = property.get;
                self.call(get, &[class])
            }
            Some(Object::Instance(_)) if self.special(function, "__get__").is_some() => {
                let metaclass = self.type_of(class);
                let got = self.call_special(function, "__get__", &[class, metaclass])?;
                Ok(got.unwrap_or(function))
            }
            _ => self.make(Object::BoundMethod(BoundMethod { receiver: class, function })),
        }
    }

    /// Binds a `property`, `staticmethod` or `classmethod`, or an instance of a subclass of one; anything else is itself.
    fn bind_inside(&mut self, value: Value, receiver: Value, class: Value) -> PyResult {
        match self.object(value) {
            Some(Object::Property(property)) => {
                let get = property.get;
                if get.is_none() {
                    return Err(self.no_getter(value, receiver));
                }
                self.call(get, &[receiver])
            }
            Some(Object::StaticMethod(function)) => Ok(*function),
            Some(Object::ClassMethod(function)) => {
                let function = *function;
                self.class_method(function, class)
            }
            _ => Ok(value),
        }
    }

    /// What an attribute of a class is when it is asked of the class itself.
    pub(super) fn bind_to_class(&mut self, value: Value, class: Value) -> PyResult {
        match self.heap.object(value) {
            Some(Object::StaticMethod(function)) => Ok(*function),
            Some(Object::ClassMethod(function)) => {
                let function = *function;
                self.class_method(function, class)
            }
            Some(Object::Instance(_)) => match self.call_special(value, "__get__", &[Value::None, class])? {
                Some(got) => Ok(got),
                None => match self.object(value) {
                    Some(Object::StaticMethod(_) | Object::ClassMethod(_)) => self.bind_inside(value, class, class),
                    _ => Ok(value),
                },
            },
            _ => Ok(value),
        }
    }

    /// The module and the name of a class, as `repr` shows them.
    pub(super) fn full_name(&self, class: &Class) -> String {
        if &*class.module == "builtins" {
            class.qualname.to_string()
        } else {
            format!("{}.{}", class.module, class.qualname)
        }
    }
}
