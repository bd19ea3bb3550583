//! Imports: frozen modules first, then what the host has.

use super::Vm;
use super::frame::Frame;
use crate::code::{Code, Name, Op};
use crate::compile::{Mode, compile};
use crate::error::{PyResult, Raised};
use crate::host::ModuleSource;
use crate::syntax::SyntaxError;
use crate::value::{Module, Object, Value};
use std::sync::Arc;

impl Vm<'_> {
    /// A module that was imported already.
    pub(crate) fn loaded_module(&self, name: &str) -> Option<Value> {
        let own = self.modules.get(name);
        own.or_else(|| self.below.iter().find_map(|modules| modules.get(name))).copied()
    }

    /// All modules that were imported, by name.
    pub(crate) fn loaded_modules(&self) -> Vec<(Arc<str>, Value)> {
        let all = self.below.iter().rev().flat_map(|modules| modules.iter()).chain(&self.modules);
        let mut found: Vec<_> = all.map(|(name, module)| (Arc::clone(name), *module)).collect();
        found.sort_by(|a, b| a.0.cmp(&b.0));
        found
    }

    /// The module of a dotted name, imported if it was not yet.
    ///
    /// # Errors
    /// `ModuleNotFoundError`, and what its top level raises.
    pub fn import(&mut self, name: &str) -> PyResult {
        if let Some(module) = self.loaded_module(name) {
            return Ok(module);
        }
        let mut parent: Option<Value> = None;
        let mut module = Value::None;
        for end in name.match_indices('.').map(|(at, _)| at).chain([name.len()]) {
            let part = &name[..end];
            module = match self.loaded_module(part) {
                Some(module) => module,
                None => self.import_one(part, name, parent)?,
            };
            if let Some(parent) = parent
                && let Some((_, last)) = part.rsplit_once('.')
            {
                self.bind_in_package(parent, last, module)?;
            }
            parent = Some(module);
        }
        Ok(module)
    }

    pub(super) fn bind_in_package(&mut self, package: Value, name: &str, module: Value) -> PyResult<()> {
        let Some(namespace) = self.namespace_of(package) else { return Ok(()) };
        if self.dict_get_str(namespace, name).is_some_and(|bound| bound.is(module)) {
            return Ok(());
        }
        self.set_name(namespace, name, module)
    }

    /// The namespace of a module.
    pub fn namespace_of(&self, module: Value) -> Option<Value> {
        match self.heap.object(module) {
            Some(Object::Module(module)) => Some(module.namespace),
            _ => None,
        }
    }

    fn import_one(&mut self, part: &str, whole: &str, parent: Option<Value>) -> PyResult {
        if let Some(source) = self.host.module_source(part) {
            return self.run_module(part, &source);
        }
        // A folder without a file of its own, or the package of modules that native code registered.
        let prefix = format!("{part}.");
        let known = |name: &Arc<str>| name.starts_with(&prefix);
        let is_package = self.below.iter().any(|modules| modules.keys().any(known)) || self.modules.keys().any(known);
        if is_package || (part != whole && self.host.module_source(whole).is_some()) {
            let namespace = self.new_module(part, None, true)?;
            return self.module_value(part, namespace);
        }
        let not_package = parent.and_then(|parent| {
            let namespace = self.namespace_of(parent)?;
            let path = self.dict_get_str(namespace, "__path__");
            (path.is_none() && part.contains('.')).then(|| part.rsplit_once('.').map(|(front, _)| front.to_owned()))?
        });
        let message = match not_package {
            Some(front) => format!("No module named '{part}'; '{front}' is not a package"),
            None => format!("No module named '{part}'"),
        };
        Err(self.import_error("ModuleNotFoundError", message, part))
    }

    /// The error of a module that is not there.
    pub(super) fn module_not_found(&mut self, name: &str) -> Raised {
        self.import_error("ModuleNotFoundError", format!("No module named '{name}'"), name)
    }

    fn import_error(&mut self, class: &str, message: String, name: &str) -> Raised {
        let raised = self.raise(class, message);
        if let Raised::Exception(exception) = raised
            && let (Ok(attributes), Ok(name)) = (self.own_attributes(exception), self.str(name))
            && let Err(limit) = self.set_name(attributes, "name", name)
        {
            return limit;
        }
        raised
    }

    fn run_module(&mut self, name: &str, source: &ModuleSource) -> PyResult {
        let compiled = compile(&source.text, &source.file, Mode::Module);
        self.run_compiled(name, (&source.file, source.is_package), &compiled)
    }

    fn run_compiled(
        &mut self,
        name: &str,
        (file, is_package): (&Arc<str>, bool),
        compiled: &Result<Arc<Code>, SyntaxError>,
    ) -> PyResult {
        let namespace = self.new_module(name, Some(file), is_package)?;
        let module = self.module_value(name, namespace)?;
        let result = match compiled {
            Ok(code) => self.deeper(|vm| vm.run_code(code, namespace, namespace)),
            Err(error) => Err(self.syntax_error(error)),
        };
        match result {
            Ok(_) => Ok(module),
            Err(raised) => {
                self.modules.remove(name);
                Err(raised)
            }
        }
    }

    /// The `SyntaxError` of source that is not Python.
    pub(crate) fn syntax_error(&mut self, error: &SyntaxError) -> Raised {
        let class = if error.is_indentation() { "IndentationError" } else { "SyntaxError" };
        let raised = self.raise(class, error.to_string());
        let Raised::Exception(exception) = raised else { return raised };
        match self.tell_place(exception, error) {
            Ok(()) => raised,
            Err(limit) => limit,
        }
    }

    /// Where a `SyntaxError` is, as its attributes.
    fn tell_place(&mut self, exception: Value, error: &SyntaxError) -> PyResult<()> {
        let attributes = self.own_attributes(exception)?;
        let (message, file) = (self.str(error.message.as_str())?, self.str(Arc::clone(&error.file))?);
        let text = self.str(error.text.as_str())?;
        let number = |number: u32| Value::Int(i64::from(number));
        let parts = [
            ("msg", message),
            ("filename", file),
            ("lineno", number(error.line)),
            ("offset", number(error.column)),
            ("text", text),
        ];
        for (name, value) in parts {
            self.dict_set_str(attributes, name, value)?;
        }
        Ok(())
    }

    /// Registers an empty module; its namespace.
    pub(super) fn new_module(&mut self, name: &str, file: Option<&str>, is_package: bool) -> PyResult {
        let namespace = self.dict()?;
        let text = self.name(name)?;
        self.set_name(namespace, "__name__", text)?;
        let package = if is_package { name } else { name.rsplit_once('.').map_or("", |(front, _)| front) };
        let package = self.name(package)?;
        self.set_name(namespace, "__package__", package)?;
        self.set_name(namespace, "__doc__", Value::None)?;
        if let Some(file) = file {
            let file = self.str(file)?;
            self.set_name(namespace, "__file__", file)?;
        }
        if is_package {
            let path = self.list(Vec::new())?;
            self.set_name(namespace, "__path__", path)?;
        }
        self.add_module(name, namespace)?;
        Ok(namespace)
    }

    pub(super) fn module_value(&mut self, name: &str, namespace: Value) -> PyResult {
        match self.loaded_module(name) {
            Some(module) => Ok(module),
            None => self.make(Object::Module(Box::new(Module { name: Arc::from(name), namespace }))),
        }
    }

    /// Registers a module with this namespace.
    pub(crate) fn add_module(&mut self, name: &str, namespace: Value) -> PyResult<()> {
        let name: Arc<str> = Arc::from(name);
        let module = self.make(Object::Module(Box::new(Module { name: Arc::clone(&name), namespace })))?;
        self.modules.insert(name, module);
        Ok(())
    }

    /// Registers a module written in Rust and its packages; its namespace.
    pub(crate) fn add_native_module(&mut self, name: &str) -> PyResult {
        let namespace = self.new_module(name, None, false)?;
        self.link_packages(name)?;
        Ok(namespace)
    }

    /// Runs a module of our own, written in Python. It is a package when modules inside it were registered before.
    pub(crate) fn run_frozen_module(&mut self, name: &str, compiled: &Result<Arc<Code>, SyntaxError>) -> PyResult<()> {
        let prefix = format!("{name}.");
        let is_package = self.modules.keys().any(|known| known.starts_with(&prefix));
        self.run_compiled(name, (&Arc::from(name), is_package), compiled)?;
        self.link_packages(name)
    }

    /// Makes the packages of a registered module, and binds it in them.
    fn link_packages(&mut self, name: &str) -> PyResult<()> {
        let mut child = name;
        while let Some((front, last)) = child.rsplit_once('.') {
            if self.loaded_module(front).is_none() {
                self.new_module(front, None, true)?;
            }
            if let (Some(package), Some(module)) = (self.loaded_module(front), self.loaded_module(child)) {
                self.bind_in_package(package, last, module)?;
                if let Some(namespace) = self.namespace_of(package)
                    && self.dict_get_str(namespace, "__path__").is_none()
                {
                    let path = self.list(Vec::new())?;
                    self.set_name(namespace, "__path__", path)?;
                }
            }
            child = front;
        }
        Ok(())
    }

    pub(super) fn import_instruction(&mut self, frame: &Frame, op: Op) -> PyResult<()> {
        match op {
            Op::ImportName { name, level, top } => {
                let name = frame.code.names[name as usize].clone();
                let module = self.import_from_frame(frame, name.text(), level, top)?;
                self.stack.push(module);
                Ok(())
            }
            Op::ImportFrom(index) => {
                let name = frame.code.names[index as usize].clone();
                let value = self.import_name_from(self.top(), &name)?;
                self.stack.push(value);
                Ok(())
            }
            _ => {
                let module = self.top();
                let target = if frame.names.is_none() { frame.globals } else { frame.names };
                self.import_star(target, module)?;
                self.stack.pop();
                Ok(())
            }
        }
    }

    fn import_from_frame(&mut self, frame: &Frame, name: &str, level: u8, top: bool) -> PyResult {
        let full = if level == 0 { name.to_owned() } else { self.absolute(frame.globals, name, level)? };
        let is_absent = level == 0 && self.is_absent(&full);
        let module = match is_absent {
            true if self.may_stand_in(frame) => self.stand_in(&full)?,
            true => return Err(self.module_not_found(&full)),
            false => self.import(&full)?,
        };
        match name.split_once('.') {
            Some((first, _)) if top && level == 0 => self.import(first),
            _ => Ok(module),
        }
    }

    fn absolute(&mut self, globals: Value, name: &str, level: u8) -> PyResult<String> {
        let package = self.dict_get_str(globals, "__package__").and_then(|v| self.text(v));
        let package = package.filter(|package| !package.is_empty());
        let Some(package) = package else {
            return Err(self.raise("ImportError", "attempted relative import with no known parent package"));
        };
        let mut base: &str = &package;
        for _ in 1..level {
            base = match base.rsplit_once('.') {
                Some((front, _)) => front,
                None => return Err(self.raise("ImportError", "attempted relative import beyond top-level package")),
            };
        }
        Ok(if name.is_empty() { base.to_owned() } else { format!("{base}.{name}") })
    }

    fn import_name_from(&mut self, module: Value, name: &Name) -> PyResult {
        let found = self.attribute(module, name.into());
        if let Some(value) = self.unless("AttributeError", found)? {
            return Ok(value);
        }
        let Some(Object::Module(data)) = self.heap.object(module) else {
            return Err(self.raise("ImportError", format!("cannot import name '{}'", name.text())));
        };
        let (module_name, namespace) = (Arc::clone(&data.name), data.namespace);
        let full = format!("{module_name}.{}", name.text());
        let submodule = self.import(&full);
        match submodule {
            Ok(value) => Ok(value),
            Err(raised) if self.exception_is(&raised, "ModuleNotFoundError") => {
                let file = self.dict_get_str(namespace, "__file__").and_then(|v| self.text(v));
                let place = file.unwrap_or_else(|| Arc::from("unknown location"));
                let name = name.text();
                let message = format!("cannot import name '{name}' from '{module_name}' ({place})");
                Err(self.import_error("ImportError", message, &module_name))
            }
            Err(raised) => Err(raised),
        }
    }

    /// `from module import *`: the module stands behind the namespace, nothing is copied, except over
    /// names that the namespace has already.
    pub(super) fn import_star(&mut self, namespace: Value, module: Value) -> PyResult<()> {
        self.add_parent(namespace, module)?;
        let Some(source) = self.public_names(module)? else { return Ok(()) };
        let own: Vec<Value> = self.as_dict(namespace).map(|d| d.iter().map(|e| e.key).collect()).unwrap_or_default();
        for key in own {
            let Some(name) = self.text(key) else { continue };
            if !name.starts_with('_')
                && let Some(value) = self.find_global(source, (&*name).into())
            {
                self.set_name(namespace, &*name, value)?;
            }
        }
        Ok(())
    }

    /// Puts the public names of a module behind a namespace.
    ///
    /// # Errors
    /// `AttributeError` when `__all__` names what is not there, `Limit::Memory`.
    pub fn add_parent(&mut self, ns: Value, module: Value) -> PyResult<()> {
        let Some(source) = self.public_names(module)? else { return Ok(()) };
        if let Some(dict) = self.as_table_mut(ns) {
            dict.parents.retain(|parent| !parent.is(source));
            dict.parents.insert(0, source);
        }
        Ok(())
    }

    /// The namespace that `import *` takes a module's names from: its own, or a view of `__all__`,
    /// made once.
    fn public_names(&mut self, module: Value) -> PyResult<Option<Value>> {
        let Some(namespace) = self.namespace_of(module) else { return Ok(None) };
        let Some(all) = self.dict_get_str(namespace, "__all__") else { return Ok(Some(namespace)) };
        if let Some(view) = self.dict_get_str(namespace, "__public__") {
            return Ok(Some(view));
        }
        let view = self.dict()?;
        for name in self.collect(all)? {
            let Some(name) = self.text(name) else { continue };
            let value = self.attribute(module, (&*name).into())?;
            self.set_name(view, &*name, value)?;
        }
        self.set_name(namespace, "__public__", view)?;
        Ok(Some(view))
    }
}
