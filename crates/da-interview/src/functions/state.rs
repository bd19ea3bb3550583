//! The state of the evaluation: language, log, user, and what the engine keeps in `_internal`.

use super::function;
use crate::assemble::{EngineHost, from_plain};
use da_core::{Effect, LogMessage, Plain};
use da_python::machine::native::{Args, NativeFunction};
use da_python::machine::{PyResult, Value, Vm};

pub(super) static FUNCTIONS: &[NativeFunction] = &[
    function("random_name", random_name),
    function("random_number", random_number),
    function("get_language", get_language),
    function("set_language", set_language),
    function("setting", get_config),
    function("get_config", get_config),
    function("user_info", user_info),
    function("user_logged_in", user_logged_in),
    function("privileges", privileges),
    function("log", log),
    function("get_internal", get_internal),
    function("set_internal", set_internal),
    function("html", html),
    function("is_gathering", is_gathering),
    function("reconsiders", reconsiders),
];

fn text(vm: &mut Vm<'_>, value: Option<Value>) -> PyResult<String> {
    vm.to_str(value.unwrap_or(Value::None))
}

/// `random_name()`: a name for an object that has none yet, and is to get that of its variable.
fn random_name(vm: &mut Vm<'_>, _args: &Args) -> PyResult<Value> {
    let host = EngineHost::of(vm);
    host.has_unnamed = true;
    let name = host.random_letters(12);
    vm.str(name)
}

/// `random_number()`: a whole number that no other is likely to be, and that JSON can tell.
fn random_number(vm: &mut Vm<'_>, _args: &Args) -> PyResult<Value> {
    let mut bytes = [0; 8];
    vm.host().random(&mut bytes);
    let number = (u64::from_be_bytes(bytes) >> 12) | 1;
    Ok(Value::Int(i64::try_from(number).unwrap_or(1)))
}

fn get_language(vm: &mut Vm<'_>, _args: &Args) -> PyResult<Value> {
    let language = EngineHost::of(vm).language.clone();
    vm.str(language)
}

fn set_language(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [language] = args.bind(vm, "set_language", ["lang"], 1)?;
    let language = text(vm, language)?;
    EngineHost::of(vm).language = language;
    Ok(Value::None)
}

fn get_config(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name, alternative] = args.bind(vm, "get_config", ["key", "none_value"], 1)?;
    let name = text(vm, name)?;
    match EngineHost::of(vm).configuration.get(&name).cloned() {
        Some(plain) => from_plain(vm, &plain),
        None => Ok(alternative.unwrap_or(Value::None)),
    }
}

fn user_info(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name] = args.bind(vm, "user_info", ["name"], 0)?;
    let Some(name) = name else { return Err(vm.not_implemented("user_info() is not available yet")) };
    let name = text(vm, Some(name))?;
    let found = EngineHost::of(vm).user.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
    match found {
        Some(value) => vm.str(value),
        None => Ok(Value::None),
    }
}

fn user_logged_in(vm: &mut Vm<'_>, _args: &Args) -> PyResult<Value> {
    Ok(Value::from(!EngineHost::of(vm).user.is_empty()))
}

fn privileges(vm: &mut Vm<'_>, _args: &Args) -> PyResult<Value> {
    let names = EngineHost::of(vm).privileges.clone();
    from_plain(vm, &Plain::from(names))
}

/// `log(message, priority='log')`: a line for the server's log, or for the person.
fn log(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [message, priority] = args.bind(vm, "log", ["the_message", "priority"], 1)?;
    let message = text(vm, message)?;
    let priority = match priority {
        Some(priority) => text(vm, Some(priority))?,
        None => "log".to_owned(),
    };
    vm.produce(message.len() + priority.len())?;
    let host = EngineHost::of(vm);
    if priority == "log" {
        host.effect(Effect::Log(message));
    } else {
        host.messages.push(LogMessage { message, priority });
    }
    Ok(Value::None)
}

fn internal(vm: &mut Vm<'_>) -> Option<Value> {
    let variables = EngineHost::of(vm).variables?;
    vm.dict_get_str(variables, "_internal")
}

fn get_internal(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name] = args.bind(vm, "get_internal", ["name"], 1)?;
    let name = text(vm, name)?;
    let internal = internal(vm);
    Ok(internal.and_then(|internal| vm.dict_get_str(internal, &name)).unwrap_or(Value::None))
}

fn set_internal(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name, value] = args.bind(vm, "set_internal", ["name", "value"], 2)?;
    let name = text(vm, name)?;
    if let Some(internal) = internal(vm) {
        vm.dict_set_str(internal, &name, value.unwrap_or(Value::None))?;
    }
    Ok(Value::None)
}

fn html(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [words] = args.bind(vm, "html", ["text"], 1)?;
    let words = text(vm, words)?;
    vm.str(da_markup::markdown::html(&words, da_markup::markdown::RawHtml::Passed))
}

/// `is_gathering(name)`: whether the members of a group are being asked for.
fn is_gathering(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name] = args.bind(vm, "is_gathering", ["name"], 1)?;
    let name = text(vm, name)?;
    Ok(Value::from(EngineHost::of(vm).gathering.iter().any(|(under_way, _)| **under_way == *name)))
}

/// `reconsiders(name)`: whether a variable is still to be worked out anew, which happens once in an evaluation.
fn reconsiders(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name] = args.bind(vm, "reconsiders", ["name"], 1)?;
    let name = text(vm, name)?;
    Ok(Value::from(EngineHost::of(vm).reconsidered.insert(name)))
}
