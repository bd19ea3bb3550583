//! Raising exceptions from native code, in CPython's words.

use super::Vm;
use crate::error::{PyError, PyResult, Raised};
use crate::value::{ExceptionData, Inner, Instance, Missing, Object, Value};
use std::sync::Arc;

impl Vm<'_> {
    /// The exception that is being handled.
    pub(crate) fn handled(&self) -> Option<Value> {
        self.handling.last().copied()
    }

    /// Makes an exception of a built-in class, with a message.
    pub fn raise(&mut self, class_name: &str, message: impl Into<String>) -> Raised {
        match self.str(message.into()) {
            Ok(text) => self.raise_with(class_name, vec![text], None),
            Err(limit) => limit,
        }
    }

    /// Makes an exception of a built-in class with these arguments.
    pub fn raise_with(&mut self, class_name: &str, args: Vec<Value>, missing: Option<Missing>) -> Raised {
        let class = self.classes.exception(class_name);
        self.raise_class(class, args, missing)
    }

    /// Makes an exception of a class (an exception class, whose `__init__` is not called).
    pub fn raise_class(&mut self, class: Value, args: Vec<Value>, missing: Option<Missing>) -> Raised {
        let context = self.handling.last().copied();
        let data = ExceptionData { args, context, missing, ..ExceptionData::default() };
        let inner = Inner::Exception(Box::new(data));
        match self.make(Object::Instance(Box::new(Instance {
            class,
            attributes: Value::None,
            slots: Value::None,
            inner,
        }))) {
            Ok(exception) => Raised::Exception(exception),
            Err(limit) => limit,
        }
    }

    fn raise_missing(&mut self, class_name: &str, message: String, missing: Missing) -> Raised {
        match self.str(message) {
            Ok(text) => self.raise_with(class_name, vec![text], Some(missing)),
            Err(limit) => limit,
        }
    }

    /// `TypeError`
    pub fn type_error(&mut self, message: impl Into<String>) -> Raised {
        self.raise("TypeError", message)
    }

    /// `ValueError`
    pub fn value_error(&mut self, message: impl Into<String>) -> Raised {
        self.raise("ValueError", message)
    }

    /// `OverflowError`
    pub fn overflow_error(&mut self, message: impl Into<String>) -> Raised {
        self.raise("OverflowError", message)
    }

    /// `ZeroDivisionError`
    pub fn zero_division(&mut self, message: impl Into<String>) -> Raised {
        self.raise("ZeroDivisionError", message)
    }

    /// `RuntimeError`
    pub fn runtime_error(&mut self, message: impl Into<String>) -> Raised {
        self.raise("RuntimeError", message)
    }

    /// `NotImplementedError`
    pub fn not_implemented(&mut self, message: impl Into<String>) -> Raised {
        self.raise("NotImplementedError", message)
    }

    /// `RecursionError`
    pub fn recursion_error(&mut self) -> Raised {
        self.raise("RecursionError", "maximum recursion depth exceeded")
    }

    /// `IndexError` for an index that an object does not have.
    pub fn index_error(&mut self, message: impl Into<String>, object: Value, key: Value) -> Raised {
        self.raise_missing("IndexError", message.into(), Missing::Item { object, key })
    }

    /// `KeyError` for a key that an object does not have.
    pub fn key_error(&mut self, object: Value, key: Value) -> Raised {
        self.raise_with("KeyError", vec![key], Some(Missing::Item { object, key }))
    }

    /// `NameError` for a global name.
    pub fn name_error(&mut self, name: &str) -> Raised {
        let missing = Missing::Name(Arc::from(name));
        self.raise_missing("NameError", format!("name '{name}' is not defined"), missing)
    }

    /// `UnboundLocalError`
    pub fn unbound_local(&mut self, name: &str) -> Raised {
        let message = format!("cannot access local variable '{name}' where it is not associated with a value");
        self.raise_missing("UnboundLocalError", message, Missing::Local(Arc::from(name)))
    }

    /// `NameError` for a captured variable without a value.
    pub fn unbound_free(&mut self, name: &str) -> Raised {
        let message =
            format!("cannot access free variable '{name}' where it is not associated with a value in enclosing scope");
        self.raise_missing("NameError", message, Missing::Local(Arc::from(name)))
    }

    /// `AttributeError` for an attribute that an object does not have.
    pub fn attribute_error(&mut self, object: Value, name: &str) -> Raised {
        let message = match self.heap.object(object) {
            Some(Object::Class(class)) => format!("type object '{}' has no attribute '{name}'", class.name),
            Some(Object::Module(module)) => format!("module '{}' has no attribute '{name}'", module.name),
            _ => format!("'{}' object has no attribute '{name}'", self.type_name(object)),
        };
        self.attribute_error_saying(message, object, name)
    }

    /// `AttributeError` with a message of its own.
    pub fn attribute_error_saying(&mut self, message: impl Into<String>, object: Value, name: &str) -> Raised {
        self.raise_missing("AttributeError", message.into(), Missing::Attribute { object, name: Arc::from(name) })
    }

    /// `NameError` for a variable that an embedder's class wants (`client.name.first`).
    pub fn missing_variable(&mut self, name: &str) -> Raised {
        let missing = Missing::Variable(Arc::from(name));
        self.raise_missing("NameError", format!("name '{name}' is not defined"), missing)
    }

    /// `StopIteration`, with the value that a generator returned.
    pub fn stop_iteration(&mut self, value: Value) -> Raised {
        let args = if value.is_none() { Vec::new() } else { vec![value] };
        self.raise_with("StopIteration", args, None)
    }

    /// Whether an exception of this built-in class (or one derived from it) was raised.
    pub fn exception_is(&self, raised: &Raised, class_name: &str) -> bool {
        match raised {
            Raised::Exception(exception) => self.derives(self.type_of(*exception), self.classes.exception(class_name)),
            Raised::Limit(_) => false,
        }
    }

    /// Whether it is `StopIteration`.
    pub fn is_stop_iteration(&self, raised: &Raised) -> bool {
        self.exception_is(raised, "StopIteration")
    }

    /// `Ok(None)` in place of an exception of this class.
    ///
    /// # Errors
    /// Every other exception, and limits.
    pub fn unless<T>(&self, class_name: &str, result: PyResult<T>) -> PyResult<Option<T>> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(raised) if self.exception_is(&raised, class_name) => Ok(None),
            Err(raised) => Err(raised),
        }
    }

    /// A `DeprecationWarning`, by the module `warnings`.
    ///
    /// # Errors
    /// The warning itself where a filter makes it an error.
    pub(crate) fn warn_of_old_ways(&mut self, message: &str) -> PyResult<()> {
        let module = self.import("warnings")?;
        let (text, class) = (self.str(message)?, self.classes.exception("DeprecationWarning"));
        self.call_method(module, "warn", &[text, class]).map(|_| ())
    }

    /// What was missing, if that is what was raised.
    pub fn missing(&self, raised: &Raised) -> Option<Missing> {
        match raised {
            Raised::Exception(exception) => self.as_exception(*exception)?.missing.clone(),
            Raised::Limit(_) => None,
        }
    }

    /// What was raised, as plain data that outlives this machine.
    pub fn error(&mut self, raised: Raised) -> PyError {
        let exception = match raised {
            Raised::Limit(limit) => return PyError::Limit(limit),
            Raised::Exception(exception) => exception,
        };
        self.root(exception);
        let message = self.to_str(exception).unwrap_or_default();
        PyError::Exception { class: self.type_name(exception), message, traceback: self.traceback_lines(exception) }
    }
}
