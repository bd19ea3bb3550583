//! The built-in classes and their namespace.

use crate::builtins;
use crate::error::PyResult;
use crate::exceptions;
use crate::native::NativeFunction;
use crate::types;
use crate::value::{Builtin, Class, ClassKind, Hooks, Object, Origin, Property, Value};
use crate::vm::{Vm, slots};
use hashbrown::HashMap;
use std::sync::Arc;

/// Where the built-in classes are in the heap.
#[derive(Debug, Clone)]
pub(crate) struct Classes {
    builtin: [Value; Builtin::ALL.len()],
    exceptions: HashMap<&'static str, Value>,
}

impl Default for Classes {
    fn default() -> Self {
        Classes { builtin: [Value::None; Builtin::ALL.len()], exceptions: HashMap::new() }
    }
}

impl Classes {
    /// The class of a built-in type.
    #[inline]
    pub(crate) fn builtin(&self, b: Builtin) -> Value {
        self.builtin[b as usize]
    }

    /// All of them.
    pub(crate) fn all(&self) -> impl Iterator<Item = Value> {
        self.builtin.iter().chain(self.exceptions.values()).copied()
    }

    /// The built-in exception class of this name; `Exception` for a name that there is not.
    pub(crate) fn exception(&self, name: &str) -> Value {
        let found = self.exceptions.get(name).or_else(|| self.exceptions.get("Exception"));
        found.copied().unwrap_or(Value::None)
    }
}

/// The built-in types whose values cannot be keys.
const UNHASHABLE: [Builtin; 6] =
    [Builtin::ByteArray, Builtin::List, Builtin::Dict, Builtin::Set, Builtin::DictKeys, Builtin::DictItems];

/// Makes the built-in classes, exceptions and functions, and their namespace.
pub(super) fn install(vm: &mut Vm<'_>) -> PyResult<()> {
    vm.builtins = vm.dict()?;
    let mut classes = Classes::default();
    for (b, name, _) in Builtin::ALL {
        let (module, qualname) = ("builtins", Arc::<str>::from(name));
        let attributes = vm.dict()?;
        let object = classes.builtin[Builtin::Object as usize];
        let bases: Box<[Value]> = match b {
            Builtin::Object => Box::default(),
            Builtin::Bool => Box::new([classes.builtin[Builtin::Int as usize]]),
            _ => Box::new([object]),
        };
        let kind = if b == Builtin::Object { ClassKind::Plain } else { ClassKind::Builtin(b) };
        let class = Class {
            name: Arc::clone(&qualname),
            qualname,
            module: Arc::from(module),
            bases,
            mro: Box::default(),
            attributes,
            kind,
            metaclass: Value::None,
            origin: Origin::Builtin,
            hooks: Hooks::default(),
            slots: None,
        };
        classes.builtin[b as usize] = finish(vm, class)?;
    }
    let metaclass = classes.builtin[Builtin::Type as usize];
    for class in classes.builtin {
        if let Some(class) = vm.as_class_mut(class) {
            class.metaclass = metaclass;
        }
    }
    vm.classes = Arc::new(classes.clone());
    install_exceptions(vm, &mut classes)?;
    vm.classes = Arc::new(classes);
    install_names(vm)
}

/// Makes the class object; its order of resolution is computed for single inheritance.
fn finish(vm: &mut Vm<'_>, class: Class) -> PyResult {
    let mut above = Vec::new();
    if let Some(base) = class.bases.first() {
        above.extend(vm.as_class(*base).map(|base| base.mro.to_vec()).unwrap_or_default());
    }
    let made = vm.make(Object::Class(Box::new(class)))?;
    let mut mro = vec![made];
    mro.append(&mut above);
    if let Some(class) = vm.as_class_mut(made) {
        class.mro = mro.into_boxed_slice();
    }
    Ok(made)
}

fn install_exceptions(vm: &mut Vm<'_>, classes: &mut Classes) -> PyResult<()> {
    let object = classes.builtin(Builtin::Object);
    for (name, bases) in exceptions::TREE {
        let mut found: Vec<Value> = bases.iter().map(|base| classes.exception(base)).collect();
        if found.is_empty() {
            found.push(object);
        }
        let attributes = vm.dict()?;
        let class = Class {
            name: Arc::from(*name),
            qualname: Arc::from(*name),
            module: Arc::from("builtins"),
            bases: found.clone().into_boxed_slice(),
            mro: Box::default(),
            attributes,
            kind: ClassKind::Exception,
            metaclass: classes.builtin(Builtin::Type),
            origin: Origin::Builtin,
            hooks: Hooks::default(),
            slots: None,
        };
        let made = vm.make(Object::Class(Box::new(class)))?;
        let mro = vm.order_of_resolution(made, &found)?;
        if let Some(class) = vm.as_class_mut(made) {
            class.mro = mro.into_boxed_slice();
        }
        classes.exceptions.insert(name, made);
    }
    Ok(())
}

fn install_names(vm: &mut Vm<'_>) -> PyResult<()> {
    for (b, name, public) in Builtin::ALL {
        let class = vm.class_of(b);
        if public {
            vm.set_name(vm.builtins, name, class)?;
        }
        install_methods(vm, class, b)?;
    }
    for b in UNHASHABLE {
        vm.set_class_attribute(vm.class_of(b), "__hash__", Value::None)?;
    }
    for (name, _) in exceptions::TREE {
        let class = vm.classes.exception(name);
        vm.set_name(vm.builtins, *name, class)?;
    }
    let object = vm.class_of(Builtin::Object);
    install_accessors(vm, object, slots::OBJECT_ACCESSORS)?;
    let base = vm.classes.exception("BaseException");
    install_accessors(vm, base, slots::EXCEPTION_ACCESSORS)?;
    install_natives(vm, base, slots::EXCEPTION_METHODS, Bind::Receiver)?;
    for (name, getters) in slots::CLASS_GETTERS {
        let class = vm.classes.exception(name);
        install_natives(vm, class, getters, Bind::Getter)?;
    }
    let os_error = vm.classes.exception("OSError");
    vm.set_name(vm.builtins, "IOError", os_error)?;
    vm.set_name(vm.builtins, "EnvironmentError", os_error)?;
    vm.set_name(vm.builtins, "NotImplemented", Value::NotImplemented)?;
    vm.set_name(vm.builtins, "Ellipsis", Value::Ellipsis)?;
    vm.set_name(vm.builtins, "__debug__", Value::True)?;
    let name = vm.name("builtins")?;
    vm.set_name(vm.builtins, "__name__", name)?;
    for function in builtins::FUNCTIONS {
        let value = vm.make(Object::Native(function))?;
        vm.set_name(vm.builtins, function.name, value)?;
    }
    vm.add_module("builtins", vm.builtins)?;
    match vm.loaded_module("builtins") {
        Some(module) => vm.set_name(vm.builtins, "__builtins__", module),
        None => Ok(()),
    }
}

fn install_methods(vm: &mut Vm<'_>, class: Value, b: Builtin) -> PyResult<()> {
    for group in slots::methods(b) {
        install_natives(vm, class, group, Bind::Receiver)?;
    }
    install_natives(vm, class, types::methods(b), Bind::Receiver)?;
    install_natives(vm, class, types::class_methods(b), Bind::Class)?;
    install_natives(vm, class, slots::class_methods(b), Bind::Class)?;
    install_natives(vm, class, types::static_methods(b), Bind::Nothing)?;
    install_natives(vm, class, slots::static_methods(b), Bind::Nothing)?;
    install_natives(vm, class, types::getters(b), Bind::Getter)?;
    install_natives(vm, class, slots::getters(b), Bind::Getter)
}

/// Puts attributes into a class that can be got, set and deleted.
fn install_accessors(vm: &mut Vm<'_>, class: Value, accessors: &'static [[NativeFunction; 3]]) -> PyResult<()> {
    for [get, set, delete] in accessors {
        let name = get.name;
        let [get, set, delete] = [get, set, delete].map(|function| vm.make(Object::Native(function)));
        let (get, set, delete, doc) = (get?, set?, delete?, Value::None);
        let property = vm.make(Object::Property(Box::new(Property { get, set, delete, doc, name: Value::None })))?;
        vm.set_class_attribute(class, name, property)?;
    }
    Ok(())
}

/// What a native function of a class gets first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bind {
    Receiver,
    Class,
    Nothing,
    Getter,
}

/// Puts native functions into a class.
pub(super) fn install_natives(
    vm: &mut Vm<'_>,
    class: Value,
    functions: &'static [NativeFunction],
    bind: Bind,
) -> PyResult<()> {
    for function in functions {
        let native = vm.make(Object::Native(function))?;
        let value = match bind {
            Bind::Receiver => native,
            Bind::Class => vm.make(Object::ClassMethod(native))?,
            Bind::Nothing => vm.make(Object::StaticMethod(native))?,
            Bind::Getter => {
                let (set, delete, doc) = (Value::None, Value::None, Value::None);
                vm.make(Object::Property(Box::new(Property { get: native, set, delete, doc, name: Value::None })))?
            }
        };
        vm.set_class_attribute(class, function.name, value)?;
    }
    Ok(())
}
