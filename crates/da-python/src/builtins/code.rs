//! Code as data: `eval`, `exec`, `compile`, `__import__`
//!
//! It runs in the same machine under the same limits as everything else.

use crate::code::Code;
use crate::compile::Mode;
use crate::error::PyResult;
use crate::native::Args;
use crate::types::arguments::positional;
use crate::value::{Object, Value};
use crate::vm::Vm;
use std::sync::Arc;

/// What compiling costs beside the length of the text.
const COMPILING: u64 = 400;

/// The code of a text or of a code object.
fn code_of(vm: &mut Vm<'_>, source: Value, function: &str, mode: Mode) -> PyResult<Arc<Code>> {
    if let Some(Object::Code(code)) = vm.heap.object(source) {
        let code = Arc::clone(code);
        if !code.free.is_empty() {
            let message = format!("code object passed to {function}() may not contain free variables");
            return Err(vm.type_error(message));
        }
        return Ok(code);
    }
    let text = match (vm.text(source), vm.as_bytes(source)) {
        (Some(text), _) => text,
        (None, Some(bytes)) => Arc::from(String::from_utf8_lossy(bytes)),
        (None, None) => {
            let message = format!("{function}() arg 1 must be a string, bytes or code object");
            return Err(vm.type_error(message));
        }
    };
    compiled(vm, &text, "<string>", mode)
}

fn compiled(vm: &mut Vm<'_>, text: &str, file: &str, mode: Mode) -> PyResult<Arc<Code>> {
    // What is too long or nested too deeply is refused before much is done with it.
    vm.pay(COMPILING + text.len() as u64 * 2)?;
    match crate::compile::compile(text, file, mode) {
        Ok(code) => {
            vm.pay(text.len() as u64 * 10)?;
            Ok(code)
        }
        Err(wrong) => Err(vm.syntax_error(&wrong)),
    }
}

/// The namespace that the code runs in: that given, or the caller's.
fn namespace(vm: &mut Vm<'_>, function: &str, given: &[Value]) -> PyResult {
    let globals = match given.get(1) {
        None | Some(Value::None) => match vm.frame_globals() {
            Some(globals) => globals,
            None => vm.dict()?,
        },
        Some(globals) if vm.as_dict(*globals).is_some() => {
            let globals = vm.builtin(*globals);
            if vm.dict_get_str(globals, "__builtins__").is_none()
                && let Some(builtins) = vm.loaded_module("builtins")
            {
                vm.dict_set_str(globals, "__builtins__", builtins)?;
            }
            globals
        }
        Some(_) if function == "eval" => return Err(vm.type_error("globals must be a dict")),
        Some(other) => {
            let name = vm.type_name(*other);
            return Err(vm.type_error(format!("{function}() globals must be a dict, not {name}")));
        }
    };
    Ok(globals)
}

/// Separate locals, when there are any.
fn separate_locals(vm: &mut Vm<'_>, function: &str, given: &[Value], globals: Value) -> PyResult<Option<Value>> {
    match given.get(2) {
        None | Some(Value::None) => {
            if matches!(given.get(1), None | Some(Value::None)) {
                let locals = vm.frame_locals()?;
                return Ok((!locals.is(globals)).then_some(locals));
            }
            Ok(None)
        }
        Some(locals) if vm.as_dict(*locals).is_none() && vm.get_attr_opt(*locals, "__getitem__")?.is_none() => {
            let name = vm.type_name(*locals);
            let or_none = if function == "exec" { format!(" or None, not {name}") } else { String::new() };
            Err(vm.type_error(format!("locals must be a mapping{or_none}")))
        }
        Some(locals) => Ok((!locals.is(globals)).then_some(*locals)),
    }
}

pub(super) fn eval(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = positional(vm, args, "eval", 1, 3)?;
    let code = code_of(vm, given[0], "eval", Mode::Expression)?;
    run(vm, "eval", given, &code)
}

pub(super) fn exec(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = positional(vm, args, "exec", 1, 3)?;
    let code = code_of(vm, given[0], "exec", Mode::Module)?;
    run(vm, "exec", given, &code)?;
    Ok(Value::None)
}

fn run(vm: &mut Vm<'_>, function: &str, given: &[Value], code: &Arc<Code>) -> PyResult {
    let globals = namespace(vm, function, given)?;
    let locals = separate_locals(vm, function, given, globals)?.unwrap_or(globals);
    vm.run_code(code, globals, locals)
}

pub(super) fn compile(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let names = ["source", "filename", "mode", "flags", "dont_inherit", "optimize"];
    let [source, file, mode, ..] = args.bind(vm, "compile", names, 3)?;
    let mode = match mode.and_then(|mode| vm.text(mode)).as_deref() {
        Some("exec" | "single") => Mode::Module,
        Some("eval") => Mode::Expression,
        _ => return Err(vm.value_error("compile() mode must be 'exec', 'eval' or 'single'")),
    };
    let source = source.unwrap_or(Value::None);
    let Some(text) = vm.text(source) else {
        return Err(vm.type_error("compile() arg 1 must be a string, bytes or AST object"));
    };
    let file = file.and_then(|file| vm.text(file)).unwrap_or_else(|| Arc::from("<string>"));
    let code = compiled(vm, &text, &file, mode)?;
    vm.make(Object::Code(code))
}

pub(super) fn import(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let names = ["name", "globals", "locals", "fromlist", "level"];
    let [name, _, _, wanted, _] = args.bind(vm, "__import__", names, 1)?;
    let Some(name) = name.and_then(|name| vm.text(name)) else {
        return Err(vm.type_error("__import__() argument 1 must be str"));
    };
    let module = vm.import_present(&name)?;
    let whole = match wanted {
        Some(wanted) => vm.truth(wanted)?,
        None => false,
    };
    match name.split_once('.') {
        Some((top, _)) if !whole => vm.import(top),
        _ => Ok(module),
    }
}
