//! Methods of iterators and generators.

use super::native;
use super::operator::argument;
use crate::error::{PyResult, Raised};
use crate::heap::Handle;
use crate::native::{Args, NativeFunction};
use crate::types;
use crate::value::{Object, Value};
use crate::vm::{Outcome, Vm};

pub(super) static ITERATOR: &[NativeFunction] = &[
    native("__iter__", |vm, args| argument(vm, args, 0)),
    native("__next__", |vm, args| {
        let iterator = argument(vm, args, 0)?;
        match vm.next_or_result(iterator)? {
            Ok(value) => Ok(value),
            Err(returned) => Err(vm.stop_iteration(returned)),
        }
    }),
    native("__length_hint__", |vm, args| {
        let iterator = argument(vm, args, 0)?;
        let left = types::iterator::left(vm, vm.builtin(iterator));
        Ok(left.map_or(Value::NotImplemented, |left| Value::Int(i64::try_from(left).unwrap_or(i64::MAX))))
    }),
];

pub(super) static GETTERS: &[NativeFunction] = &[
    native("__name__", |vm, args| of_function(vm, args, "__name__")),
    native("__qualname__", |vm, args| of_function(vm, args, "__qualname__")),
    native("gi_code", |vm, args| of_function(vm, args, "__code__")),
    native("gi_yieldfrom", |vm, args| {
        let generator = argument(vm, args, 0)?;
        match vm.heap.object(generator) {
            Some(Object::Generator(generator)) => Ok(generator.delegate().unwrap_or(Value::None)),
            _ => Ok(Value::None),
        }
    }),
    native("gi_frame", |vm, args| {
        let generator = handle(vm, args)?;
        Ok(vm.generator_picture(generator)?.unwrap_or(Value::None))
    }),
    native("gi_suspended", |vm, args| {
        let generator = argument(vm, args, 0)?;
        let waits = matches!(vm.heap.object(generator), Some(Object::Generator(generator)) if generator.is_suspended());
        Ok(Value::from(waits))
    }),
    native("gi_running", |vm, args| {
        let generator = argument(vm, args, 0)?;
        let running = matches!(vm.heap.object(generator), Some(Object::Generator(generator)) if generator.is_running());
        Ok(Value::from(running))
    }),
];

/// What the function that made a generator says.
fn of_function(vm: &mut Vm<'_>, args: &Args, name: &str) -> PyResult {
    let generator = argument(vm, args, 0)?;
    let function = match vm.heap.object(generator) {
        Some(Object::Generator(generator)) => {
            let given = match name {
                "__name__" => generator.given_name(0),
                "__qualname__" => generator.given_name(1),
                _ => Value::Unset,
            };
            if !matches!(given, Value::Unset) {
                return Ok(given);
            }
            generator.function()
        }
        _ => Value::None,
    };
    if vm.as_function(function).is_some() {
        return vm.get_attr(function, name);
    }
    if name == "__code__" { Ok(Value::None) } else { vm.str("<genexpr>") }
}

pub(super) static GENERATOR: &[NativeFunction] =
    &[native("send", send), native("throw", throw), native("close", close)];

fn handle(vm: &mut Vm<'_>, args: &Args) -> PyResult<Handle> {
    match argument(vm, args, 0)? {
        Value::Ref(handle) => Ok(handle),
        _ => Err(vm.type_error("descriptor requires a 'generator' object")),
    }
}

fn outcome(vm: &mut Vm<'_>, outcome: Outcome) -> PyResult {
    match outcome {
        Outcome::Yielded(value) => Ok(value),
        Outcome::Returned(value) => Err(vm.stop_iteration(value)),
    }
}

fn send(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (generator, sent) = (handle(vm, args)?, argument(vm, args, 1)?);
    match vm.generator_send(generator, sent)? {
        Some(got) => outcome(vm, got),
        None => Err(vm.stop_iteration(Value::None)),
    }
}

fn throw(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (generator, given) = (handle(vm, args)?, argument(vm, args, 1)?);
    let [value, traceback] = [2, 3].map(|place| args.positional.get(place).copied().unwrap_or(Value::None));
    if !traceback.is_none() && !matches!(vm.heap.object(traceback), Some(Object::Traceback(_))) {
        return Err(vm.type_error("throw() third argument must be a traceback object"));
    }
    let exception = if vm.as_exception(given).is_some() {
        if !value.is_none() {
            return Err(vm.type_error("instance exception may not have a separate value"));
        }
        given
    } else if vm.derives(given, vm.classes.exception("BaseException")) {
        match made_for_throw(vm, given, value) {
            Ok(made) => made,
            // What goes wrong in making it is raised where the generator waits.
            Err(Raised::Exception(wrong)) => wrong,
            Err(limit) => return Err(limit),
        }
    } else {
        let name = vm.type_name(given);
        return Err(
            vm.type_error(format!("exceptions must be classes or instances deriving from BaseException, not {name}"))
        );
    };
    if !traceback.is_none() {
        vm.set_traceback(exception, traceback)?;
    }
    match vm.generator_throw(generator, exception) {
        Ok(got) => outcome(vm, got),
        Err(Raised::Exception(e)) => Err(Raised::Exception(vm.root(e))),
        Err(limit) => Err(limit),
    }
}

/// The exception that a class makes of a value: the value itself, or an instance that is made with it.
fn made_for_throw(vm: &mut Vm<'_>, class: Value, value: Value) -> PyResult {
    if vm.as_exception(value).is_some() && vm.derives(vm.type_of(value), class) {
        return Ok(value);
    }
    let values = match vm.as_tuple(value) {
        _ if value.is_none() => Vec::new(),
        Some(items) => items.to_vec(),
        None => vec![value],
    };
    let made = vm.call(class, &values)?;
    if vm.as_exception(made).is_some() {
        return Ok(vm.root(made));
    }
    let (class, found) = (vm.repr(class)?, vm.type_of(made));
    let found = vm.repr(found)?;
    Err(vm.type_error(format!("calling {class} should have returned an instance of BaseException, not {found}")))
}

fn close(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let generator = handle(vm, args)?;
    vm.generator_close(generator).map(|()| Value::None)
}
