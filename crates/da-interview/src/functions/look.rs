//! Looking at variables by name, and changing them.

use super::function;
use crate::assemble::namespace::{assign, delete, key, walk};
use crate::assemble::{EngineHost, from_plain, to_plain};
use da_core::Plain;
use da_python::machine::names::{Step, parse_target};
use da_python::machine::native::{Args, NativeFunction};
use da_python::machine::value::Missing;
use da_python::machine::{PyResult, Raised, Value, Vm};
use std::sync::Arc;

pub(super) static FUNCTIONS: &[NativeFunction] = &[
    function("missing", missing),
    function("defined", defined),
    function("value", value),
    function("showifdef", showifdef),
    function("define", define),
    function("undefine", undefine),
    function("invalidate", invalidate),
    function("all_variables", all_variables),
    function("as_serializable", as_serializable),
    function("find_class", find_class),
    function("key_of", key_of),
];

/// The variables of the session.
fn variables(vm: &mut Vm<'_>) -> PyResult<Value> {
    match EngineHost::of(vm).variables {
        Some(variables) => Ok(variables),
        None => Err(vm.runtime_error("there is no session")),
    }
}

fn name_of(vm: &mut Vm<'_>, value: Value) -> PyResult<String> {
    match vm.text(value) {
        Some(text) => Ok(text.to_string()),
        None => Err(vm.type_error("the name of a variable must be a text")),
    }
}

/// Raises what the language itself would raise (`AttributeError`, `IndexError`, `KeyError`), so that
/// `hasattr` and the like see it, and says which variable is wanted.
fn missing(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name, class] = args.bind(vm, "missing", ["name", "error"], 1)?;
    let name = name_of(vm, name.unwrap_or(Value::None))?;
    let class = class.and_then(|class| vm.text(class)).unwrap_or_else(|| Arc::from("AttributeError"));
    let message = vm.str(format!("name '{name}' is not defined"))?;
    Err(vm.raise_with(&class, vec![message], Some(Missing::Variable(Arc::from(name)))))
}

/// The value of a variable without asking for it.
fn peek(vm: &mut Vm<'_>, name: &str) -> PyResult<Option<Value>> {
    let Ok(target) = parse_target(name) else {
        return Err(vm.raise("DAException", format!("{name} is not the name of a variable")));
    };
    let variables = variables(vm)?;
    EngineHost::of(vm).probing += 1;
    let found = walk(vm, variables, &target, target.path.len());
    EngineHost::of(vm).probing -= 1;
    match found {
        Ok(value) => Ok(Some(value)),
        Err(Raised::Exception(_)) => Ok(None),
        Err(limit) => Err(limit),
    }
}

fn defined(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name, _prior] = args.bind(vm, "defined", ["var", "prior"], 1)?;
    let name = name_of(vm, name.unwrap_or(Value::None))?;
    Ok(Value::from(peek(vm, &name)?.is_some()))
}

fn value(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name, _prior] = args.bind(vm, "value", ["var", "prior"], 1)?;
    let name = name_of(vm, name.unwrap_or(Value::None))?;
    match parse_target(&name) {
        Ok(target) => {
            let variables = variables(vm)?;
            walk(vm, variables, &target, target.path.len())
        }
        Err(_) => Err(vm.name_error(&name)),
    }
}

fn showifdef(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name, alternative, _prior] = args.bind(vm, "showifdef", ["var", "alternative", "prior"], 1)?;
    let name = name_of(vm, name.unwrap_or(Value::None))?;
    match peek(vm, &name)? {
        Some(value) => Ok(value),
        None => match alternative {
            Some(alternative) => Ok(alternative),
            None => vm.str(""),
        },
    }
}

fn define(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name, value] = args.bind(vm, "define", ["var", "val"], 2)?;
    let name = name_of(vm, name.unwrap_or(Value::None))?;
    let Ok(target) = parse_target(&name) else { return Err(vm.name_error(&name)) };
    let variables = variables(vm)?;
    assign(vm, variables, &target, value.unwrap_or(Value::None))?;
    Ok(Value::None)
}

fn undefine(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    for &name in &args.positional {
        let name = name_of(vm, name)?;
        if peek(vm, &name)?.is_some()
            && let Ok(target) = parse_target(&name)
        {
            let variables = variables(vm)?;
            delete(vm, variables, &target)?;
        }
    }
    Ok(Value::None)
}

/// `invalidate(name, ...)`: undefines variables; what they were is the default when they are asked for again.
fn invalidate(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let variables = variables(vm)?;
    let dirty = vm.dict_get_str(variables, "_internal").and_then(|internal| vm.dict_get_str(internal, "dirty"));
    for &name in &args.positional {
        let name = name_of(vm, name)?;
        if let (Some(value), Some(dirty)) = (peek(vm, &name)?, dirty) {
            vm.dict_set_str(dirty, &name, value)?;
        }
    }
    undefine(vm, args)
}

fn all_variables(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [_simplify, internal, _special, _make_copy] =
        args.bind(vm, "all_variables", ["simplify", "include_internal", "special", "make_copy"], 0)?;
    let internal = internal.is_some_and(|value| matches!(value, Value::True));
    let variables = variables(vm)?;
    let plain = to_plain(vm, variables)?;
    let Plain::Map(entries) = plain else { return Ok(Value::None) };
    let kept = entries
        .into_iter()
        .filter(|(name, _)| name != "__name__" && (internal || (name != "_internal" && name != "nav")));
    from_plain(vm, &Plain::Map(kept.collect()))
}

fn as_serializable(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [thing] = args.bind(vm, "as_serializable", ["thing"], 1)?;
    let plain = to_plain(vm, thing.unwrap_or(Value::None))?;
    from_plain(vm, &plain)
}

/// What a text means between the brackets of a name: `0`, `'key'`, `i`.
fn key_of(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [text] = args.bind(vm, "key_of", ["text"], 1)?;
    let text = name_of(vm, text.unwrap_or(Value::None))?;
    let target = parse_target(&format!("x[{text}]"));
    let Some(Step::Index(index)) =
        target.ok().and_then(|mut target| target.path.pop().filter(|_| target.path.is_empty()))
    else {
        return Err(vm.name_error(&text));
    };
    let variables = variables(vm)?;
    key(vm, variables, &index)
}

fn find_class(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name] = args.bind(vm, "find_class", ["name"], 1)?;
    let name = name_of(vm, name.unwrap_or(Value::None))?;
    let Some((module, class)) = name.rsplit_once('.') else { return Ok(Value::None) };
    Ok(vm.find_class(module, class)?.unwrap_or(Value::None))
}
