//! Attributes of functions, methods, properties and code.

use super::native;
use super::operator::argument;
use crate::code::Code;
use crate::error::PyResult;
use crate::native::{Args, NativeFunction};
use crate::value::{Builtin, Function, Object, Property, Value};
use crate::vm::Vm;
use std::sync::Arc;

pub(super) static METHODS: &[NativeFunction] = &[
    native("__call__", |vm, args| {
        let function = argument(vm, args, 0)?;
        let rest = Args { positional: args.positional[1..].to_vec(), keywords: args.keywords.clone() };
        vm.call_with(function, rest)
    }),
    native("__get__", |vm, args| {
        let (function, receiver) = (argument(vm, args, 0)?, argument(vm, args, 1)?);
        if receiver.is_none() {
            return Ok(function);
        }
        vm.make(Object::BoundMethod(crate::value::BoundMethod { receiver, function }))
    }),
];

pub(super) static GETTERS: &[NativeFunction] = &[
    native("__name__", |vm, args| text_of(vm, args, |f| Some(Arc::clone(f.code.name.shared())))),
    native("__qualname__", |vm, args| text_of(vm, args, |f| Some(Arc::clone(&f.code.qualname)))),
    native("__doc__", |vm, args| text_of(vm, args, |f| f.code.doc.clone())),
    native("__module__", |vm, args| {
        let globals = value_of(vm, args, |f| f.globals)?;
        Ok(vm.dict_get_str(globals, "__name__").unwrap_or(Value::None))
    }),
    native("__globals__", |vm, args| value_of(vm, args, |f| f.globals)),
    native("__kwdefaults__", |vm, args| value_of(vm, args, |f| f.keyword_defaults)),
    native("__annotations__", |vm, args| match value_of(vm, args, |f| f.annotations)? {
        Value::None => vm.dict(),
        annotations => Ok(annotations),
    }),
    native("__dict__", |vm, args| match value_of(vm, args, |f| f.attributes)? {
        Value::None => vm.dict(),
        attributes => Ok(attributes),
    }),
    native("__defaults__", |vm, args| {
        let v = argument(vm, args, 0)?;
        let items = vm.as_function(v).map(|f| f.defaults.to_vec()).unwrap_or_default();
        if items.is_empty() { Ok(Value::None) } else { vm.tuple(items) }
    }),
    native("__closure__", |vm, args| {
        let v = argument(vm, args, 0)?;
        let items = vm.as_function(v).map(|f| f.closure.to_vec()).unwrap_or_default();
        if items.is_empty() { Ok(Value::None) } else { vm.tuple(items) }
    }),
    native("__code__", |vm, args| {
        let v = argument(vm, args, 0)?;
        match vm.as_function(v).map(|f| Arc::clone(&f.code)) {
            Some(code) => vm.make(Object::Code(code)),
            None => Ok(Value::None),
        }
    }),
];

fn value_of(vm: &mut Vm<'_>, args: &Args, part: impl FnOnce(&Function) -> Value) -> PyResult {
    let v = argument(vm, args, 0)?;
    Ok(vm.as_function(v).map_or(Value::None, part))
}

fn text_of(vm: &mut Vm<'_>, args: &Args, part: impl FnOnce(&Function) -> Option<Arc<str>>) -> PyResult {
    let v = argument(vm, args, 0)?;
    match vm.as_function(v).and_then(part) {
        Some(text) => vm.name(&*text),
        None => Ok(Value::None),
    }
}

pub(super) static NATIVE_GETTERS: &[NativeFunction] = &[
    native("__name__", native_name),
    native("__qualname__", native_name),
    native("__doc__", |_, _| Ok(Value::None)),
    native("__module__", |vm, _| vm.str("builtins")),
];

fn native_name(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let v = argument(vm, args, 0)?;
    match vm.heap.object(v) {
        Some(Object::Native(function)) => vm.str(function.name),
        _ => Ok(Value::None),
    }
}

pub(super) static METHOD_GETTERS: &[NativeFunction] = &[
    native("__self__", |vm, args| {
        let v = argument(vm, args, 0)?;
        match vm.heap.object(v) {
            Some(Object::BoundMethod(method)) => Ok(method.receiver),
            _ => Ok(Value::None),
        }
    }),
    native("__func__", |vm, args| {
        let v = argument(vm, args, 0)?;
        match vm.heap.object(v) {
            Some(Object::BoundMethod(method)) => Ok(method.function),
            _ => Ok(Value::None),
        }
    }),
];

fn property(vm: &mut Vm<'_>, args: &Args) -> PyResult<Property> {
    let v = argument(vm, args, 0)?;
    match vm.object(v) {
        Some(Object::Property(property)) => Ok(**property),
        _ => Err(vm.type_error("descriptor requires a 'property' object")),
    }
}

fn changed(vm: &mut Vm<'_>, args: &Args, change: impl FnOnce(&mut Property, Value)) -> PyResult {
    let (mut property, function) = (property(vm, args)?, argument(vm, args, 1)?);
    change(&mut property, function);
    // A subclass makes its own kind.
    let class = vm.type_of(args.positional[0]);
    if !class.is(vm.class_of(Builtin::Property)) {
        return vm.call(class, &[property.get, property.set, property.delete, property.doc]);
    }
    vm.make(Object::Property(Box::new(property)))
}

pub(super) static PROPERTY_METHODS: &[NativeFunction] = &[
    native("getter", |vm, args| changed(vm, args, |p, f| p.get = f)),
    native("setter", |vm, args| changed(vm, args, |p, f| p.set = f)),
    native("deleter", |vm, args| changed(vm, args, |p, f| p.delete = f)),
    native("__get__", |vm, args| {
        let (property, receiver) = (property(vm, args)?, argument(vm, args, 1)?);
        if receiver.is_none() {
            return argument(vm, args, 0);
        }
        if property.get.is_none() {
            return Err(vm.no_getter(args.positional[0], receiver));
        }
        vm.call(property.get, &[receiver])
    }),
    native("__set__", |vm, args| {
        let (property, receiver, value) = (property(vm, args)?, argument(vm, args, 1)?, argument(vm, args, 2)?);
        if property.set.is_none() {
            return Err(vm.property_lacks(args.positional[0], receiver, "setter"));
        }
        vm.call(property.set, &[receiver, value])
    }),
    native("__set_name__", |vm, args| {
        let given = args.positional.len().saturating_sub(1);
        if given != 2 {
            return Err(vm.type_error(format!("__set_name__() takes 2 positional arguments but {given} were given")));
        }
        vm.name_property(args.positional[0], args.positional[2]);
        Ok(Value::None)
    }),
    native("__delete__", |vm, args| {
        let (property, receiver) = (property(vm, args)?, argument(vm, args, 1)?);
        if property.delete.is_none() {
            return Err(vm.property_lacks(args.positional[0], receiver, "deleter"));
        }
        vm.call(property.delete, &[receiver])
    }),
];

pub(super) static PROPERTY_GETTERS: &[NativeFunction] = &[
    native("fget", |vm, args| property(vm, args).map(|p| p.get)),
    native("fset", |vm, args| property(vm, args).map(|p| p.set)),
    native("fdel", |vm, args| property(vm, args).map(|p| p.delete)),
    native("__isabstractmethod__", |vm, args| {
        let property = property(vm, args)?;
        for function in [property.get, property.set, property.delete] {
            if let Value::True = is_abstract(vm, function)? {
                return Ok(Value::True);
            }
        }
        Ok(Value::False)
    }),
    native("__doc__", |vm, args| {
        let property = property(vm, args)?;
        if property.doc.is_none() && !property.get.is_none() {
            vm.get_attr(property.get, "__doc__")
        } else {
            Ok(property.doc)
        }
    }),
];

pub(super) static WRAPPER_METHODS: &[NativeFunction] = &[native("__get__", |vm, args| {
    let (wrapper, receiver) = (argument(vm, args, 0)?, argument(vm, args, 1)?);
    let class = match args.positional.get(2).filter(|class| !class.is_none()) {
        Some(class) => *class,
        None => vm.type_of(receiver),
    };
    match vm.object(wrapper) {
        Some(Object::StaticMethod(function)) => Ok(*function),
        Some(Object::ClassMethod(function)) => {
            let function = *function;
            vm.make(Object::BoundMethod(crate::value::BoundMethod { receiver: class, function }))
        }
        _ => Err(vm.type_error("descriptor '__get__' needs a classmethod or a staticmethod")),
    }
})];

pub(super) static WRAPPER_GETTERS: &[NativeFunction] = &[
    native("__func__", wrapped),
    native("__wrapped__", wrapped),
    native("__name__", |vm, args| of_wrapped(vm, args, "__name__")),
    native("__qualname__", |vm, args| of_wrapped(vm, args, "__qualname__")),
    native("__doc__", |vm, args| of_wrapped(vm, args, "__doc__")),
    native("__module__", |vm, args| of_wrapped(vm, args, "__module__")),
    native("__annotations__", |vm, args| of_wrapped(vm, args, "__annotations__")),
    native("__isabstractmethod__", |vm, args| {
        let function = wrapped(vm, args)?;
        is_abstract(vm, function)
    }),
];

fn of_wrapped(vm: &mut Vm<'_>, args: &Args, name: &str) -> PyResult {
    let function = wrapped(vm, args)?;
    vm.get_attr(function, name)
}

/// Whether a function says that it is to be overridden.
fn is_abstract(vm: &mut Vm<'_>, function: Value) -> PyResult {
    match vm.get_attr_opt(function, "__isabstractmethod__")? {
        Some(flag) => vm.truth(flag).map(Value::from),
        None => Ok(Value::False),
    }
}

fn wrapped(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let v = argument(vm, args, 0)?;
    match vm.object(v) {
        Some(Object::StaticMethod(function) | Object::ClassMethod(function)) => Ok(*function),
        _ => Ok(Value::None),
    }
}

fn code(vm: &mut Vm<'_>, args: &Args) -> PyResult<Arc<Code>> {
    let v = argument(vm, args, 0)?;
    match vm.heap.object(v) {
        Some(Object::Code(code)) => Ok(Arc::clone(code)),
        _ => Err(vm.type_error("descriptor requires a 'code' object")),
    }
}

pub(super) static CODE_GETTERS: &[NativeFunction] = &[
    native("co_name", |vm, args| {
        let code = code(vm, args)?;
        vm.str(Arc::clone(code.name.shared()))
    }),
    native("co_filename", |vm, args| {
        let code = code(vm, args)?;
        vm.str(Arc::clone(&code.file))
    }),
    native("co_firstlineno", |vm, args| {
        let code = code(vm, args)?;
        Ok(Value::Int(i64::from(code.first_line)))
    }),
    native("co_argcount", |vm, args| code(vm, args).map(|code| Value::Int(i64::from(code.params.positional)))),
    native("co_kwonlyargcount", |vm, args| code(vm, args).map(|code| Value::Int(i64::from(code.params.keyword_only)))),
    native("co_posonlyargcount", |vm, args| {
        code(vm, args).map(|code| Value::Int(i64::from(code.params.positional_only)))
    }),
    native("co_flags", |vm, args| {
        let code = code(vm, args)?;
        let generator = code.kind == crate::code::CodeKind::Generator;
        let flags = 3 + i64::from(code.params.args) * 4 + i64::from(code.params.kwargs) * 8 + i64::from(generator) * 32;
        Ok(Value::Int(flags))
    }),
    native("co_varnames", |vm, args| {
        let code = code(vm, args)?;
        let mut names = Vec::with_capacity(code.locals.len());
        for name in code.locals.iter().filter(|name| !name.text().starts_with('.')) {
            names.push(vm.name(name)?);
        }
        vm.tuple(names)
    }),
];
