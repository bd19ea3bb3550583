//! Methods and attributes of `object`, `type` and modules.

use super::native;
use super::operator::argument;
use crate::error::PyResult;
use crate::native::{Args, NativeFunction};
use crate::types;
use crate::value::{Builtin, ClassKind, Object, Value};
use crate::vm::Vm;
use std::sync::Arc;

pub(super) static METHODS: &[NativeFunction] = &[
    native("__init__", init),
    native("__setattr__", |vm, args| {
        let (v, name, value) = (argument(vm, args, 0)?, name(vm, args)?, argument(vm, args, 2)?);
        if vm.as_class(v).is_some() {
            return vm.store_plainly_in_class(v, (&*name).into(), value).map(|()| Value::None);
        }
        if vm.as_instance(v).is_none() {
            return vm.set_attr(v, &name, value).map(|()| Value::None);
        }
        vm.store_plain(v, (&*name).into(), value).map(|()| Value::None)
    }),
    native("__getattribute__", |vm, args| {
        let (v, name) = (argument(vm, args, 0)?, name(vm, args)?);
        if vm.as_instance(v).is_none() {
            return vm.get_attr(v, &name);
        }
        let class = vm.type_of(v);
        match vm.instance_attribute(v, class, (&*name).into())? {
            Some(value) => Ok(value),
            None => Err(vm.attribute_error(v, &name)),
        }
    }),
    native("__delattr__", |vm, args| {
        let (v, name) = (argument(vm, args, 0)?, name(vm, args)?);
        if vm.as_class(v).is_some() {
            return vm.delete_in_class(v, (&*name).into()).map(|()| Value::None);
        }
        vm.delete_plain(v, (&*name).into()).map(|()| Value::None)
    }),
    native("__reduce_ex__", |vm, args| {
        let (v, protocol) = (argument(vm, args, 0)?, argument(vm, args, 1)?);
        // Who says how it is taken apart has the word.
        if let Some(own) = vm.special(v, "__reduce__") {
            return vm.call(own, &[v]);
        }
        taken_apart(vm, "_reduce_ex", &[v, protocol])
    }),
    native("__reduce__", |vm, args| {
        let v = argument(vm, args, 0)?;
        taken_apart(vm, "_reduce_ex", &[v, Value::Int(0)])
    }),
    native("__getstate__", |vm, args| {
        let v = argument(vm, args, 0)?;
        taken_apart(vm, "_getstate", &[v])
    }),
    native("__dir__", |vm, args| {
        let v = argument(vm, args, 0)?;
        let mut names = Vec::new();
        for name in vm.plain_dir(v) {
            names.push(vm.name(&*name)?);
        }
        vm.list(names)
    }),
];

/// Whether a class has a method that is not the one of `object`.
fn overrides(vm: &Vm<'_>, class: Value, name: &str) -> bool {
    let own = |class: Value| vm.as_class(class).and_then(|class| vm.dict_get_str(class.attributes, name));
    let of_object = own(vm.class_of(Builtin::Object));
    let mro = vm.as_class(class).map(|class| class.mro.to_vec()).unwrap_or_default();
    mro.into_iter().find_map(own).is_some_and(|found| !of_object.is_some_and(|plain| plain.is(found)))
}

/// Whether instances are made of nothing that a built-in type would initialise.
fn is_plain(vm: &Vm<'_>, class: Value) -> bool {
    vm.as_class(class).is_some_and(|class| class.kind == ClassKind::Plain)
}

/// `object.__init__`: takes no arguments, unless they were for a `__new__`.
fn init(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let v = argument(vm, args, 0)?;
    let class = vm.type_of(v);
    if (args.positional.len() > 1 || !args.keywords.is_empty()) && is_plain(vm, class) {
        if overrides(vm, class, "__init__") {
            let message = "object.__init__() takes exactly one argument (the instance to initialize)";
            return Err(vm.type_error(message));
        }
        if !overrides(vm, class, "__new__") {
            let name = vm.class_name(class);
            let message = format!("{name}.__init__() takes exactly one argument (the instance to initialize)");
            return Err(vm.type_error(message));
        }
    }
    Ok(Value::None)
}

/// `object.__new__` takes no arguments, unless they are for an `__init__`.
fn refuse_new_arguments(vm: &mut Vm<'_>, class: Value, rest: &Args) -> PyResult<()> {
    if (rest.positional.is_empty() && rest.keywords.is_empty()) || !is_plain(vm, class) {
        return Ok(());
    }
    if overrides(vm, class, "__new__") {
        return Err(vm.type_error("object.__new__() takes exactly one argument (the type to instantiate)"));
    }
    if !overrides(vm, class, "__init__") {
        let name = vm.class_name(class);
        return Err(vm.type_error(format!("{name}() takes no arguments")));
    }
    Ok(())
}

/// What a function of `copyreg` says.
fn taken_apart(vm: &mut Vm<'_>, function: &str, args: &[Value]) -> PyResult {
    let module = vm.import("copyreg")?;
    let function = vm.get_attr(module, function)?;
    vm.call(function, args)
}

pub(super) static CLASS_METHODS: &[NativeFunction] = &[native("__init_subclass__", |_, _| Ok(Value::None))];

pub(super) static STATIC_METHODS: &[NativeFunction] = &[native("__new__", |vm, args| {
    let class = argument(vm, args, 0)?;
    if vm.as_class(class).is_none() {
        let given = vm.type_name(class);
        return Err(vm.type_error(format!("object.__new__(X): X is not a type object ({given})")));
    }
    let rest = Args { positional: args.positional[1..].to_vec(), keywords: args.keywords.clone() };
    refuse_new_arguments(vm, class, &rest)?;
    let exact = vm
        .as_class(class)
        .is_some_and(|data| data.origin == crate::value::Origin::Builtin && data.kind != ClassKind::Exception);
    if exact { vm.construct_builtin(class, &rest) } else { vm.new_default(class, &rest, true) }
})];

fn name(vm: &mut Vm<'_>, args: &Args) -> PyResult<Arc<str>> {
    let name = argument(vm, args, 1)?;
    match vm.text(name) {
        Some(name) => Ok(name),
        None => {
            let given = vm.type_name(name);
            Err(vm.type_error(format!("attribute name must be string, not '{given}'")))
        }
    }
}

/// `__init__` of containers: fills what `__new__` made empty.
pub(super) static FILL: &[NativeFunction] = &[native("__init__", |vm, args| {
    let v = argument(vm, args, 0)?;
    let rest = Args { positional: args.positional[1..].to_vec(), keywords: args.keywords.clone() };
    vm.fill_container(v, &rest).map(|()| Value::None)
})];

impl Vm<'_> {
    /// Gives a container what its type makes of these arguments.
    pub(crate) fn fill_container(&mut self, v: Value, args: &Args) -> PyResult<()> {
        let inside = self.builtin(v);
        let made = types::construct(self, self.builtin_type(inside), args)?;
        if self.as_dict(inside).is_some() {
            // A dict keeps what it holds.
            self.call_method(inside, "update", &[made])?;
            return Ok(());
        }
        if let (Value::Ref(to), Some(object)) = (inside, self.heap.object(made)) {
            let object = object.clone();
            *self.heap.get_mut(to) = object;
        }
        Ok(())
    }
}

pub(super) static GETTERS: &[NativeFunction] = &[
    native("__class__", |vm, args| {
        let v = argument(vm, args, 0)?;
        Ok(vm.type_of(v))
    }),
    native("__doc__", |vm, args| {
        let v = argument(vm, args, 0)?;
        let class = vm.type_of(v);
        vm.get_attr(class, "__doc__")
    }),
];

/// `__dict__` of what has one: how it is got, set and deleted.
pub(super) const DICT: [NativeFunction; 3] = [
    native("__dict__", |vm, args| {
        let v = argument(vm, args, 0)?;
        if vm.as_instance(v).is_none() || !vm.has_dict(vm.type_of(v)) {
            return Err(vm.attribute_error(v, "__dict__"));
        }
        vm.own_attributes(v)
    }),
    native("__dict__", |vm, args| {
        let (v, dict) = (argument(vm, args, 0)?, argument(vm, args, 1)?);
        vm.set_dict_of(v, dict).map(|()| Value::None)
    }),
    native("__dict__", |vm, args| {
        let v = argument(vm, args, 0)?;
        let empty = vm.dict()?;
        vm.set_dict_of(v, empty).map(|()| Value::None)
    }),
];

fn class_text(vm: &mut Vm<'_>, args: &Args, part: impl FnOnce(&crate::value::Class) -> Arc<str>) -> PyResult {
    let class = argument(vm, args, 0)?;
    match vm.as_class(class).map(part) {
        Some(text) => vm.str(text),
        None => Ok(Value::None),
    }
}

pub(super) static TYPE_GETTERS: &[NativeFunction] = &[
    native("__name__", |vm, args| class_text(vm, args, |class| Arc::clone(&class.name))),
    native("__qualname__", |vm, args| class_text(vm, args, |class| Arc::clone(&class.qualname))),
    native("__module__", |vm, args| class_text(vm, args, |class| Arc::clone(&class.module))),
    native("__doc__", |_, _| Ok(Value::None)),
    native("__annotations__", |vm, _| vm.dict()),
    native("__bases__", |vm, args| {
        let class = argument(vm, args, 0)?;
        let bases = vm.as_class(class).map(|class| class.bases.to_vec()).unwrap_or_default();
        vm.tuple(bases)
    }),
    native("__base__", |vm, args| {
        let class = argument(vm, args, 0)?;
        Ok(vm.as_class(class).and_then(|class| class.bases.first().copied()).unwrap_or(Value::None))
    }),
    native("__mro__", |vm, args| {
        let class = argument(vm, args, 0)?;
        let mro = vm.as_class(class).map(|class| class.mro.to_vec()).unwrap_or_default();
        vm.tuple(mro)
    }),
    native("__dict__", |vm, args| {
        let class = argument(vm, args, 0)?;
        let entries: Vec<(Value, Value)> = vm
            .as_class(class)
            .and_then(|class| vm.as_dict(class.attributes))
            .map(|dict| dict.iter().map(|entry| (entry.key, entry.value)).collect())
            .unwrap_or_default();
        let copy = vm.dict()?;
        for (key, value) in entries {
            vm.dict_set(copy, key, value)?;
        }
        Ok(copy)
    }),
];

pub(super) static TYPE_METHODS: &[NativeFunction] = &[
    native("__init__", |_, _| Ok(Value::None)),
    native("__call__", |vm, args| {
        let class = argument(vm, args, 0)?;
        let rest = Args { positional: args.positional[1..].to_vec(), keywords: args.keywords.clone() };
        vm.construct_plainly(class, rest)
    }),
    native("mro", |vm, args| {
        let class = argument(vm, args, 0)?;
        let Some(data) = vm.as_class(class) else {
            return Err(vm.type_error("descriptor 'mro' requires a 'type' object"));
        };
        let bases = data.bases.to_vec();
        let mro = vm.order_of_resolution(class, &bases)?;
        vm.list(mro)
    }),
    native("__instancecheck__", |vm, args| {
        let (class, v) = (argument(vm, args, 0)?, argument(vm, args, 1)?);
        Ok(Value::from(vm.derives(vm.type_of(v), class) || vm.says_it_derives(v, class)?))
    }),
    native("__subclasscheck__", |vm, args| {
        let (class, of) = (argument(vm, args, 0)?, argument(vm, args, 1)?);
        Ok(Value::from(vm.derives(of, class)))
    }),
    native("__subclasses__", |vm, args| {
        let class = argument(vm, args, 0)?;
        vm.pay_for_looking_through()?;
        let found = vm.heap.handles().filter(|handle| match vm.heap.get(*handle) {
            Object::Class(other) => other.bases.iter().any(|base| base.is(class)),
            _ => false,
        });
        let found: Vec<Value> = found.map(Value::Ref).collect();
        vm.list(found)
    }),
    native("__prepare__", |vm, _| vm.dict()),
];

pub(super) static MODULE_GETTERS: &[NativeFunction] = &[native("__dict__", |vm, args| {
    let module = argument(vm, args, 0)?;
    Ok(vm.namespace_of(module).unwrap_or(Value::None))
})];

/// Whether instances are made of a container that `__init__` fills.
pub(crate) fn is_filled_later(kind: ClassKind) -> bool {
    matches!(kind, ClassKind::Builtin(Builtin::List | Builtin::Dict | Builtin::Set | Builtin::ByteArray))
}
