//! Modules and classes written in Rust: how an embedder registers them.

use super::classes::{Bind, install_natives};
use super::{Fill, RestoreFn};
use crate::error::PyResult;
use crate::native::NativeFunction;
use crate::value::{Builtin, Class, ClassKind, Hooks, Object, Origin, Property, Value};
use crate::vm::Vm;
use hashbrown::HashMap;
use std::sync::Arc;

type Restorers = HashMap<(Arc<str>, Arc<str>), RestoreFn>;

pub(super) fn build(vm: &mut Vm<'_>, name: &str, fill: Fill, restorers: &mut Restorers) -> PyResult<()> {
    let namespace = vm.add_native_module(name)?;
    let mut builder = ModuleBuilder { vm, name: Arc::from(name), namespace, restorers };
    fill(&mut builder)
}

/// Fills a module written in Rust.
pub struct ModuleBuilder<'a, 'h> {
    /// The machine that the ground floor is built in.
    pub vm: &'a mut Vm<'h>,
    name: Arc<str>,
    namespace: Value,
    restorers: &'a mut Restorers,
}

impl ModuleBuilder<'_, '_> {
    /// Adds functions, under their own names.
    ///
    /// # Errors
    /// `Limit::Memory`
    pub fn functions(&mut self, functions: &'static [NativeFunction]) -> PyResult<()> {
        for function in functions {
            let value = self.vm.make(Object::Native(function))?;
            self.vm.set_name(self.namespace, function.name, value)?;
        }
        Ok(())
    }

    /// Adds a value.
    ///
    /// # Errors
    /// `Limit::Memory`
    pub fn value(&mut self, name: &str, value: Value) -> PyResult<()> {
        self.vm.set_name(self.namespace, name, value)
    }

    /// Adds a class and gives it back.
    ///
    /// # Errors
    /// `TypeError` when the bases do not go together, `Limit::Memory`.
    pub fn class(&mut self, class: ClassBuilder) -> PyResult {
        let made = class.make(self.vm, &self.name)?;
        if let Some(restore) = class.restore {
            let module = class.module.map_or_else(|| Arc::clone(&self.name), Arc::from);
            self.restorers.insert((module, Arc::from(class.name)), restore);
        }
        self.vm.set_name(self.namespace, class.name, made)?;
        Ok(made)
    }
}

/// Describes a class written in Rust.
#[derive(Debug, Clone)]
pub struct ClassBuilder {
    name: &'static str,
    module: Option<&'static str>,
    bases: Vec<Value>,
    kind: Option<ClassKind>,
    methods: Vec<&'static [NativeFunction]>,
    class_methods: Vec<&'static [NativeFunction]>,
    static_methods: Vec<&'static [NativeFunction]>,
    getters: Vec<&'static [NativeFunction]>,
    properties: Vec<(&'static str, &'static NativeFunction, &'static NativeFunction)>,
    values: Vec<(&'static str, Value)>,
    restore: Option<RestoreFn>,
}

impl ClassBuilder {
    /// A class of this name, derived from `object`.
    pub fn new(name: &'static str) -> Self {
        ClassBuilder {
            name,
            module: None,
            bases: Vec::new(),
            kind: None,
            methods: Vec::new(),
            class_methods: Vec::new(),
            static_methods: Vec::new(),
            getters: Vec::new(),
            properties: Vec::new(),
            values: Vec::new(),
            restore: None,
        }
    }

    /// The module that it says it belongs to, if that is another than the one that it is added to: the
    /// one that it is imported from, and that a snapshot names.
    #[must_use]
    pub fn in_module(mut self, module: &'static str) -> Self {
        self.module = Some(module);
        self
    }

    /// Adds a base class.
    #[must_use]
    pub fn base(mut self, class: Value) -> Self {
        self.bases.push(class);
        self
    }

    /// Its instances hold native data. They are made by `__new__`, a static method that gets the class first.
    #[must_use]
    pub fn native(mut self) -> Self {
        self.kind = Some(ClassKind::Native);
        self
    }

    /// Adds methods; they get the receiver first.
    #[must_use]
    pub fn methods(mut self, functions: &'static [NativeFunction]) -> Self {
        self.methods.push(functions);
        self
    }

    /// Adds class methods; they get the class first.
    #[must_use]
    pub fn class_methods(mut self, functions: &'static [NativeFunction]) -> Self {
        self.class_methods.push(functions);
        self
    }

    /// Adds static methods, `__new__` among them.
    #[must_use]
    pub fn static_methods(mut self, functions: &'static [NativeFunction]) -> Self {
        self.static_methods.push(functions);
        self
    }

    /// Adds read-only properties; each is a function of the receiver.
    #[must_use]
    pub fn getters(mut self, functions: &'static [NativeFunction]) -> Self {
        self.getters.push(functions);
        self
    }

    /// Adds a property that can be set.
    #[must_use]
    pub fn property(mut self, name: &'static str, get: &'static NativeFunction, set: &'static NativeFunction) -> Self {
        self.properties.push((name, get, set));
        self
    }

    /// Adds a class attribute.
    #[must_use]
    pub fn value(mut self, name: &'static str, value: Value) -> Self {
        self.values.push((name, value));
        self
    }

    /// How the native data of an instance is read back from a snapshot.
    #[must_use]
    pub fn restore(mut self, restore: RestoreFn) -> Self {
        self.restore = Some(restore);
        self
    }

    fn make(&self, vm: &mut Vm<'_>, module: &Arc<str>) -> PyResult {
        let bases = if self.bases.is_empty() { vec![vm.class_of(Builtin::Object)] } else { self.bases.clone() };
        let kind = match self.kind {
            Some(kind) => kind,
            None => vm.kind_of_bases(&bases)?,
        };
        let class = Class {
            name: Arc::from(self.name),
            qualname: Arc::from(self.name),
            module: self.module.map_or_else(|| Arc::clone(module), Arc::from),
            bases: bases.clone().into_boxed_slice(),
            mro: Box::default(),
            attributes: vm.dict()?,
            kind,
            metaclass: vm.class_of(Builtin::Type),
            origin: Origin::Native,
            hooks: Hooks::default(),
            slots: None,
        };
        let made = vm.make(Object::Class(Box::new(class)))?;
        let mro = vm.order_of_resolution(made, &bases)?;
        if let Some(class) = vm.as_class_mut(made) {
            class.mro = mro.into_boxed_slice();
        }
        self.install(vm, made)?;
        vm.update_hooks(made);
        Ok(made)
    }

    fn install(&self, vm: &mut Vm<'_>, class: Value) -> PyResult<()> {
        let groups = [
            (&self.methods, Bind::Receiver),
            (&self.class_methods, Bind::Class),
            (&self.static_methods, Bind::Nothing),
            (&self.getters, Bind::Getter),
        ];
        for (functions, bind) in groups {
            for functions in functions {
                install_natives(vm, class, functions, bind)?;
            }
        }
        for (name, get, set) in &self.properties {
            let get = vm.make(Object::Native(get))?;
            let set = vm.make(Object::Native(set))?;
            let (delete, doc) = (Value::None, Value::None);
            let property =
                vm.make(Object::Property(Box::new(Property { get, set, delete, doc, name: Value::None })))?;
            vm.set_class_attribute(class, name, property)?;
        }
        for (name, value) in &self.values {
            vm.set_class_attribute(class, name, *value)?;
        }
        Ok(())
    }
}
