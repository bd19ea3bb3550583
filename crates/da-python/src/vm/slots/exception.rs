//! Methods and attributes of exceptions.

use super::native;
use super::operator::argument;
use crate::error::PyResult;
use crate::native::{Args, NativeFunction};
use crate::value::{ExceptionData, Missing, Value};
use crate::vm::Vm;
use std::sync::Arc;

pub(crate) static METHODS: &[NativeFunction] = &[
    native("__init__", init),
    native("with_traceback", |vm, args| {
        let (v, traceback) = (argument(vm, args, 0)?, argument(vm, args, 1)?);
        vm.set_traceback(v, traceback)?;
        Ok(v)
    }),
    native("add_note", add_note),
    native("__str__", |vm, args| {
        let v = argument(vm, args, 0)?;
        let text = vm.exception_str(v)?;
        vm.str(text)
    }),
];

/// What every exception has: how it is got, set and deleted.
pub(crate) static ACCESSORS: &[[NativeFunction; 3]] = &[
    [
        native("args", |vm, args| {
            let v = argument(vm, args, 0)?;
            let items = vm.as_exception(v).map(|data| data.args.clone()).unwrap_or_default();
            vm.tuple(items)
        }),
        native("args", |vm, args| {
            let (v, value) = (argument(vm, args, 0)?, argument(vm, args, 1)?);
            let items = vm.collect(value)?;
            set(vm, v, |data| data.args = items)
        }),
        native("args", |vm, _| Err(vm.type_error("args may not be deleted"))),
    ],
    [
        native("__cause__", |vm, args| {
            let v = argument(vm, args, 0)?;
            Ok(vm.as_exception(v).and_then(|data| data.cause).unwrap_or(Value::None))
        }),
        native("__cause__", |vm, args| {
            let (v, link) = (argument(vm, args, 0)?, linked(vm, args, "cause")?);
            set(vm, v, |data| (data.cause, data.suppress_context) = (link, true))
        }),
        native("__cause__", |vm, _| Err(vm.type_error("__cause__ may not be deleted"))),
    ],
    [
        native("__context__", |vm, args| {
            let v = argument(vm, args, 0)?;
            Ok(vm.as_exception(v).and_then(|data| data.context).unwrap_or(Value::None))
        }),
        native("__context__", |vm, args| {
            let (v, link) = (argument(vm, args, 0)?, linked(vm, args, "context")?);
            set(vm, v, |data| data.context = link)
        }),
        native("__context__", |vm, _| Err(vm.type_error("__context__ may not be deleted"))),
    ],
    [
        native("__suppress_context__", |vm, args| {
            let v = argument(vm, args, 0)?;
            Ok(Value::from(vm.as_exception(v).is_some_and(|data| data.suppress_context)))
        }),
        native("__suppress_context__", |vm, args| {
            let (v, value) = (argument(vm, args, 0)?, argument(vm, args, 1)?);
            let Some(value) = value.as_bool() else {
                return Err(vm.type_error("attribute value type must be bool"));
            };
            set(vm, v, |data| data.suppress_context = value)
        }),
        native("__suppress_context__", |vm, _| Err(vm.type_error("can't delete numeric/char attribute"))),
    ],
    [
        native("__traceback__", |vm, args| {
            let v = argument(vm, args, 0)?;
            vm.traceback(v)
        }),
        native("__traceback__", |vm, args| {
            let (v, traceback) = (argument(vm, args, 0)?, argument(vm, args, 1)?);
            vm.set_traceback(v, traceback).map(|()| Value::None)
        }),
        native("__traceback__", |vm, _| Err(vm.type_error("__traceback__ may not be deleted"))),
    ],
];

fn set(vm: &mut Vm<'_>, v: Value, change: impl FnOnce(&mut ExceptionData)) -> PyResult {
    if let Some(data) = vm.as_exception_mut(v) {
        change(data);
    }
    Ok(Value::None)
}

/// An exception that another is linked to, or nothing for `None`.
fn linked(vm: &mut Vm<'_>, args: &Args, what: &str) -> PyResult<Option<Value>> {
    let value = argument(vm, args, 1)?;
    if value.is_none() || vm.as_exception(value).is_some() {
        return Ok((!value.is_none()).then_some(value));
    }
    Err(vm.type_error(format!("exception {what} must be None or derive from BaseException")))
}

/// Attributes of single classes.
pub(crate) static CLASS_GETTERS: &[(&str, &[NativeFunction])] = &[
    ("StopIteration", &[native("value", |vm, args| of_args(vm, args, "value", 0))]),
    ("SystemExit", &[native("code", |vm, args| of_args(vm, args, "code", 0))]),
    ("NameError", &[native("name", name)]),
    ("AttributeError", &[native("name", name), native("obj", obj)]),
    (
        "ImportError",
        &[
            native("name", |vm, args| own(vm, args, "name")),
            native("path", |vm, args| own(vm, args, "path")),
            native("msg", |vm, args| of_args(vm, args, "msg", 0)),
        ],
    ),
    (
        "SyntaxError",
        &[
            native("msg", |vm, args| of_args(vm, args, "msg", 0)),
            native("lineno", |vm, args| own(vm, args, "lineno")),
            native("filename", |vm, args| own(vm, args, "filename")),
            native("offset", |vm, args| own(vm, args, "offset")),
            native("text", |vm, args| own(vm, args, "text")),
            native("end_lineno", |vm, args| own(vm, args, "end_lineno")),
            native("end_offset", |vm, args| own(vm, args, "end_offset")),
            native("print_file_and_line", |vm, args| own(vm, args, "print_file_and_line")),
        ],
    ),
    ("UnicodeEncodeError", CODING),
    ("UnicodeDecodeError", CODING),
    (
        "UnicodeTranslateError",
        &[
            native("object", |vm, args| of_args(vm, args, "object", 0)),
            native("start", |vm, args| of_args(vm, args, "start", 1)),
            native("end", |vm, args| of_args(vm, args, "end", 2)),
            native("reason", |vm, args| of_args(vm, args, "reason", 3)),
        ],
    ),
    (
        "OSError",
        &[
            native("errno", |vm, args| of_two(vm, args, "errno", 0)),
            native("strerror", |vm, args| of_two(vm, args, "strerror", 1)),
            native("filename", |vm, args| of_args(vm, args, "filename", 2)),
            native("filename2", |vm, args| own(vm, args, "filename2")),
        ],
    ),
];

/// What texts and bytes that cannot be converted tell.
static CODING: &[NativeFunction] = &[
    native("encoding", |vm, args| of_args(vm, args, "encoding", 0)),
    native("object", |vm, args| of_args(vm, args, "object", 1)),
    native("start", |vm, args| of_args(vm, args, "start", 2)),
    native("end", |vm, args| of_args(vm, args, "end", 3)),
    native("reason", |vm, args| of_args(vm, args, "reason", 4)),
];

fn init(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let v = argument(vm, args, 0)?;
    let class = vm.type_of(v);
    let given = Args { positional: args.positional[1..].to_vec(), keywords: args.keywords.clone() };
    forget(vm, v, class);
    let items = args.positional[1..].to_vec();
    if let Some(data) = vm.as_exception_mut(v) {
        data.args = items;
    }
    vm.initialise_exception(v, class, &given)?;
    Ok(Value::None)
}

/// What an earlier `__init__` set.
fn forget(vm: &mut Vm<'_>, v: Value, class: Value) {
    let attributes = vm.as_instance(v).map_or(Value::None, |instance| instance.attributes);
    if attributes.is_none() || !vm.derives(class, vm.classes.exception("ImportError")) {
        return;
    }
    for name in ["name", "path", "msg"] {
        vm.remove_name(attributes, name);
    }
}

fn add_note(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (v, note) = (argument(vm, args, 0)?, argument(vm, args, 1)?);
    if vm.as_str(note).is_none() {
        let name = vm.type_name(note);
        return Err(vm.type_error(format!("note must be a str, not '{name}'")));
    }
    let attributes = vm.own_attributes(v)?;
    let notes = match vm.dict_get_str(attributes, "__notes__") {
        Some(notes) => notes,
        None => {
            let notes = vm.list(Vec::new())?;
            vm.dict_set_str(attributes, "__notes__", notes)?;
            notes
        }
    };
    if vm.as_list(notes).is_none() {
        return Err(vm.type_error("Cannot add note: __notes__ is not a list"));
    }
    vm.list_push(notes, note)?;
    Ok(Value::None)
}

fn own_value(vm: &Vm<'_>, v: Value, name: &str) -> Option<Value> {
    let attributes = vm.as_instance(v)?.attributes;
    vm.dict_get_str(attributes, name)
}

fn own(vm: &mut Vm<'_>, args: &Args, name: &str) -> PyResult {
    let v = argument(vm, args, 0)?;
    Ok(own_value(vm, v, name).unwrap_or(Value::None))
}

fn of_args(vm: &mut Vm<'_>, args: &Args, name: &str, place: usize) -> PyResult {
    let v = argument(vm, args, 0)?;
    let set = own_value(vm, v, name);
    let found = set.or_else(|| vm.as_exception(v).and_then(|data| data.args.get(place).copied()));
    Ok(found.unwrap_or(Value::None))
}

/// An argument of `OSError`, which has a meaning only when there are at least two.
fn of_two(vm: &mut Vm<'_>, args: &Args, name: &str, place: usize) -> PyResult {
    let v = argument(vm, args, 0)?;
    match vm.as_exception(v) {
        Some(data) if data.args.len() >= 2 => of_args(vm, args, name, place),
        _ => own(vm, args, name),
    }
}

fn name(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let v = argument(vm, args, 0)?;
    if let Some(value) = own_value(vm, v, "name") {
        return Ok(value);
    }
    let name: Option<Arc<str>> = match vm.as_exception(v).and_then(|data| data.missing.as_ref()) {
        Some(Missing::Name(name) | Missing::Local(name) | Missing::Variable(name)) => Some(Arc::clone(name)),
        Some(Missing::Attribute { name, .. }) => Some(Arc::clone(name)),
        _ => None,
    };
    match name {
        Some(name) => vm.str(name),
        None => Ok(Value::None),
    }
}

fn obj(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let v = argument(vm, args, 0)?;
    if let Some(value) = own_value(vm, v, "obj") {
        return Ok(value);
    }
    match vm.as_exception(v).and_then(|data| data.missing.as_ref()) {
        Some(Missing::Attribute { object, .. }) => Ok(*object),
        _ => Ok(Value::None),
    }
}
