//! Values as text: `repr`, `str`, `format`.

use super::Vm;
use crate::error::PyResult;
use crate::types;
use crate::value::{Inner, Object, Value};

impl Vm<'_> {
    /// `repr(v)`
    ///
    /// # Errors
    /// What `__repr__` raises, `RecursionError` for what is nested too deeply.
    pub fn repr(&mut self, v: Value) -> PyResult<String> {
        if let Value::Int(number) = v {
            return Ok(number.to_string());
        }
        self.deeper_in(" while getting the repr of an object", |vm| match vm.call_special(v, "__repr__", &[])? {
            Some(text) => vm.expect_text(text, "__repr__"),
            None => vm.builtin_repr(v),
        })
    }

    fn expect_text(&mut self, text: Value, method: &str) -> PyResult<String> {
        match self.as_str(text) {
            Some(text) => {
                let text = text.text().to_owned();
                self.pay(text.len() as u64 / 64)?;
                Ok(text)
            }
            None => {
                let name = self.type_name(text);
                Err(self.type_error(format!("{method} returned non-string (type {name})")))
            }
        }
    }

    /// The text that the language itself gives.
    pub(crate) fn builtin_repr(&mut self, v: Value) -> PyResult<String> {
        if let Some(text) = types::repr(self, v)? {
            self.heap.would_fit(text.len())?;
            return Ok(text);
        }
        let address = self.address(v);
        Ok(match self.heap.object(v) {
            None => match v {
                Value::None | Value::Unset => "None".to_owned(),
                Value::NotImplemented => "NotImplemented".to_owned(),
                Value::Ellipsis => "Ellipsis".to_owned(),
                Value::False => "False".to_owned(),
                Value::True => "True".to_owned(),
                Value::Int(number) => number.to_string(),
                other => format!("{other:?}"),
            },
            Some(Object::Function(function)) => format!("<function {} at {address:#x}>", self.qualname_of(function)),
            Some(Object::Native(function)) => format!("<built-in function {}>", function.name),
            Some(Object::BoundMethod(method)) => {
                let method = *method;
                return self.method_repr(method.function, method.receiver);
            }
            Some(Object::Class(class)) => format!("<class '{}'>", self.full_name(class)),
            Some(Object::Module(module)) => format!("<module '{}'>", module.name),
            Some(Object::Generator(generator)) => match generator.qualname() {
                Some(name) => format!("<generator object {name} at {address:#x}>"),
                // A generator that is done knows no code.
                None => {
                    let name = self.as_function(generator.function()).map(|function| self.qualname_of(function));
                    format!("<generator object {} at {address:#x}>", name.as_deref().unwrap_or("<genexpr>"))
                }
            },
            Some(Object::Code(code)) => {
                format!("<code object {} at {address:#x}, file \"{}\">", code.name.text(), code.file)
            }
            Some(Object::Member(member)) => {
                format!("<member '{}' of '{}' objects>", member.name.text(), self.class_name(member.class))
            }
            Some(Object::MemoryView(view)) => {
                let released = if view.released { "released " } else { "" };
                format!("<{released}memory at {address:#x}>")
            }
            Some(Object::Frame(frame)) => super::slots::frame_shown(frame, address),
            Some(Object::Instance(instance)) if matches!(instance.inner, Inner::Exception(_)) => {
                return self.exception_repr(v);
            }
            Some(_) => {
                let class = self.type_of(v);
                let name = self.as_class(class).map(|class| self.full_name(class)).unwrap_or_default();
                format!("<{name} object at {address:#x}>")
            }
        })
    }

    fn qualname_of(&self, function: &crate::value::Function) -> String {
        let own = self.dict_get_str(function.attributes, "__qualname__").and_then(|v| self.text(v));
        own.unwrap_or_else(|| function.code.qualname.clone()).to_string()
    }

    fn method_repr(&mut self, function: Value, receiver: Value) -> PyResult<String> {
        let name = match self.heap.object(function) {
            Some(Object::Function(function)) => self.qualname_of(function),
            Some(Object::Native(native)) => {
                let (name, owner) = (native.name, self.type_name(receiver));
                return Ok(format!("<built-in method {name} of {owner} object at {:#x}>", self.address(receiver)));
            }
            _ => {
                let name = match self.get_attr_opt(function, "__qualname__")? {
                    Some(name) => Some(name),
                    None => self.get_attr_opt(function, "__name__")?,
                };
                name.and_then(|name| self.text(name)).map_or("?".to_owned(), |name| name.to_string())
            }
        };
        let of = self.repr(receiver)?;
        Ok(format!("<bound method {name} of {of}>"))
    }

    fn exception_repr(&mut self, v: Value) -> PyResult<String> {
        let name = self.type_name(v);
        let args = self.as_exception(v).map(|data| data.args.clone()).unwrap_or_default();
        let mut texts = Vec::with_capacity(args.len());
        for arg in args {
            texts.push(self.repr(arg)?);
        }
        Ok(format!("{name}({})", texts.join(", ")))
    }

    /// `str(v)`
    ///
    /// # Errors
    /// What `__str__` and `__repr__` raise.
    pub fn to_str(&mut self, v: Value) -> PyResult<String> {
        if let Value::Ref(handle) = v
            && let Object::Str(text) = self.heap.get(handle)
        {
            return Ok(text.text().to_owned());
        }
        if let Some(function) = self.special(v, "__str__") {
            return self.deeper(|vm| {
                let text = vm.call_function(function, v, &[])?;
                vm.expect_text(text, "__str__")
            });
        }
        self.builtin_str(v)
    }

    /// What `object.__str__` and the built-in types give.
    pub(crate) fn builtin_str(&mut self, v: Value) -> PyResult<String> {
        if self.as_exception(v).is_some() {
            return self.exception_str(v);
        }
        if let Some(text) = self.as_str(v) {
            return Ok(text.text().to_owned());
        }
        self.repr(v)
    }

    pub(crate) fn exception_str(&mut self, v: Value) -> PyResult<String> {
        let args = self.as_exception(v).map(|data| data.args.clone()).unwrap_or_default();
        let class = self.type_of(v);
        let is = |vm: &Self, name: &str| vm.derives(class, vm.classes.exception(name));
        if args.len() >= 4 && is(self, "UnicodeError") {
            return self.coding_str(v);
        }
        match args[..] {
            [] => Ok(String::new()),
            [key] if is(self, "KeyError") => self.repr(key),
            [one] => self.to_str(one),
            [number, text] if is(self, "OSError") => {
                let (number, text) = (self.to_str(number)?, self.to_str(text)?);
                Ok(format!("[Errno {number}] {text}{}", super::slots::files_of_os_error(self, v)?))
            }
            [number, text, file] if is(self, "OSError") => {
                let (number, text, file) = (self.to_str(number)?, self.to_str(text)?, self.repr(file)?);
                Ok(format!("[Errno {number}] {text}: {file}"))
            }
            _ => {
                let mut texts = Vec::with_capacity(args.len());
                for arg in &args {
                    texts.push(self.repr(*arg)?);
                }
                Ok(format!("({})", texts.join(", ")))
            }
        }
    }

    /// The text of an exception about a text or bytes that cannot be converted; its attributes may have been set since.
    fn coding_str(&mut self, v: Value) -> PyResult<String> {
        let mut part = |name: &str| self.get_attr(v, name);
        let (object, start, end, reason) = (part("object")?, part("start")?, part("end")?, part("reason")?);
        let encoding = self.get_attr_opt(v, "encoding")?;
        let (start, end, reason) = (self.index(start)?, self.index(end)?, self.to_str(reason)?);
        let one = usize::try_from(start).ok().filter(|_| start.checked_add(1) == Some(end));
        let from_bytes = self.as_bytes(object).is_some();
        let byte = one.and_then(|place| self.as_bytes(object)?.get(place).copied());
        let c = one.and_then(|place| self.as_str(object)?.text().chars().nth(place));
        let what = match (byte, c.map(u32::from)) {
            (Some(byte), _) => format!("byte 0x{byte:02x} in position {start}"),
            (_, Some(c @ 0..=0xff)) => format!("character '\\x{c:02x}' in position {start}"),
            (_, Some(c @ 0x100..=0xffff)) => format!("character '\\u{c:04x}' in position {start}"),
            (_, Some(c)) => format!("character '\\U{c:08x}' in position {start}"),
            _ if from_bytes => format!("bytes in position {start}-{}", end.saturating_sub(1)),
            _ => format!("characters in position {start}-{}", end.saturating_sub(1)),
        };
        let Some(encoding) = encoding else { return Ok(format!("can't translate {what}: {reason}")) };
        let (encoding, verb) = (self.to_str(encoding)?, if from_bytes { "decode" } else { "encode" });
        Ok(format!("'{encoding}' codec can't {verb} {what}: {reason}"))
    }

    /// `format(v, spec)`
    ///
    /// # Errors
    /// `ValueError` for a wrong specification, and what `__format__` raises.
    pub fn format(&mut self, v: Value, spec: &str) -> PyResult<String> {
        if let Some(function) = self.special(v, "__format__") {
            let spec = self.str(spec)?;
            let text = self.call_function(function, v, &[spec])?;
            if self.as_str(text).is_none() {
                let name = self.type_name(text);
                return Err(self.type_error(format!("__format__ must return a str, not {name}")));
            }
            return self.expect_text(text, "__format__");
        }
        self.builtin_format(v, spec)
    }

    /// What the built-in type gives for `format(v, spec)`.
    pub(crate) fn builtin_format(&mut self, v: Value, spec: &str) -> PyResult<String> {
        if spec.is_empty() {
            return self.to_str(v);
        }
        let inside = self.builtin(v);
        if let Some(text) = types::format(self, inside, spec)? {
            return Ok(text);
        }
        let name = self.type_name(v);
        Err(self.type_error(format!("unsupported format string passed to {name}.__format__")))
    }
}
