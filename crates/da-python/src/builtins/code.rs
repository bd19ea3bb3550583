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
    vm.pay(COMPILING + text.len() as u64 * 4)?;
    match crate::compile::compile(text, file, mode) {
        Ok(code) => Ok(code),
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
        Some(globals) if vm.as_dict(*globals).is_some() => vm.builtin(*globals),
        Some(other) => {
            let name = vm.type_name(*other);
            return Err(vm.type_error(format!("{function}() globals must be a dict, not {name}")));
        }
    };
    Ok(globals)
}

/// Separate locals, when there are any.
fn separate_locals(vm: &mut Vm<'_>, given: &[Value], globals: Value) -> PyResult<Option<Value>> {
    match given.get(2) {
        None | Some(Value::None) => {
            if matches!(given.get(1), None | Some(Value::None)) {
                let locals = vm.frame_locals()?;
                return Ok((!locals.is(globals)).then_some(locals));
            }
            Ok(None)
        }
        Some(locals) => Ok((!locals.is(globals)).then_some(*locals)),
    }
}

/// A namespace with the names of `locals`, and `globals` behind it.
fn overlay(vm: &mut Vm<'_>, globals: Value, locals: Value) -> PyResult {
    let over = vm.dict()?;
    vm.call_method(over, "update", &[locals])?;
    if let Some(table) = vm.as_table_mut(over) {
        table.parents.push(globals);
    }
    Ok(over)
}

/// Sets in `locals` what the code set.
fn write_back(vm: &mut Vm<'_>, over: Value, locals: Value) -> PyResult<()> {
    let entries: Vec<(Value, Value)> =
        vm.as_dict(over).map(|table| table.iter().map(|entry| (entry.key, entry.value)).collect()).unwrap_or_default();
    for (name, value) in entries {
        vm.pay(1)?;
        vm.set_item(locals, name, value)?;
    }
    Ok(())
}

pub(super) fn eval(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = positional(vm, args, "eval", 1, 3)?;
    let code = code_of(vm, given[0], "eval", Mode::Expression)?;
    let globals = namespace(vm, "eval", given)?;
    match separate_locals(vm, given, globals)? {
        None => vm.eval(&code, globals),
        Some(locals) => {
            let over = overlay(vm, globals, locals)?;
            vm.eval(&code, over)
        }
    }
}

pub(super) fn exec(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = positional(vm, args, "exec", 1, 3)?;
    let code = code_of(vm, given[0], "exec", Mode::Module)?;
    let globals = namespace(vm, "exec", given)?;
    match separate_locals(vm, given, globals)? {
        None => vm.exec(&code, globals)?,
        Some(locals) => {
            let over = overlay(vm, globals, locals)?;
            vm.exec(&code, over)?;
            write_back(vm, over, locals)?;
        }
    }
    Ok(Value::None)
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
