//! Values as text: `print`, `repr`, `ascii`, `format`, `chr`, `ord`
//!
//! `print` writes to the host, or to what was put in the place of `sys.stdout`.

use crate::error::PyResult;
use crate::native::Args;
use crate::types::arguments::{argument_must_be, positional, single};
use crate::types::quote;
use crate::value::Value;
use crate::vm::Vm;

pub(super) fn print(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (mut separator, mut end, mut file) = (" ".to_owned(), "\n".to_owned(), Value::None);
    for (name, value) in &args.keywords {
        match &**name {
            "sep" => separator = option(vm, "sep", *value)?.unwrap_or(separator),
            "end" => end = option(vm, "end", *value)?.unwrap_or(end),
            "file" => file = *value,
            "flush" => {}
            _ => return Err(vm.type_error(format!("'{name}' is an invalid keyword argument for print()"))),
        }
    }
    let mut line = String::new();
    for (place, value) in args.positional.iter().enumerate() {
        if place > 0 {
            line.push_str(&separator);
        }
        let text = vm.to_str(*value)?;
        vm.heap.would_fit(line.len().saturating_add(text.len()))?;
        line.push_str(&text);
    }
    line.push_str(&end);
    if file.is_none() {
        match replaced_output(vm) {
            None => vm.write(&line)?,
            Some(Value::None) => {}
            Some(output) => {
                let line = vm.str(line)?;
                vm.call_method(output, "write", &[line])?;
            }
        }
    } else {
        let line = vm.str(line)?;
        vm.call_method(file, "write", &[line])?;
    }
    Ok(Value::None)
}

/// `sys.stdout`, if something else was put there.
fn replaced_output(vm: &Vm<'_>) -> Option<Value> {
    let namespace = vm.namespace_of(vm.loaded_module("sys")?)?;
    let (now, first) = (vm.dict_get_str(namespace, "stdout")?, vm.dict_get_str(namespace, "__stdout__")?);
    (!now.is(first)).then_some(now)
}

fn option(vm: &mut Vm<'_>, name: &str, value: Value) -> PyResult<Option<String>> {
    if value.is_none() {
        return Ok(None);
    }
    match vm.text(value) {
        Some(text) => Ok(Some(text.to_string())),
        None => {
            let given = vm.type_name(value);
            Err(vm.type_error(format!("{name} must be None or a string, not {given}")))
        }
    }
}

pub(super) fn repr(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let value = single(vm, args, "repr")?;
    let text = vm.repr(value)?;
    vm.str(text)
}

pub(super) fn ascii(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let value = single(vm, args, "ascii")?;
    let text = vm.repr(value)?;
    vm.str(quote::escape_non_ascii(&text))
}

pub(super) fn format(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = positional(vm, args, "format", 1, 2)?;
    let spec = match given.get(1) {
        None => String::new(),
        Some(spec) => match vm.text(*spec) {
            Some(spec) => spec.to_string(),
            None => return Err(argument_must_be(vm, "format", " 2", "str", *spec)),
        },
    };
    let text = vm.format(given[0], &spec)?;
    vm.str(text)
}

pub(super) fn chr(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let value = single(vm, args, "chr")?;
    let code = vm.index(value)?;
    match u32::try_from(code).ok().and_then(char::from_u32) {
        Some(c) => vm.str(&*c.encode_utf8(&mut [0; 4])),
        None if (0xd800..=0xdfff).contains(&code) => {
            Err(vm.raise("UnicodeError", "chr() of a lone surrogate is not supported"))
        }
        None if i32::try_from(code).is_err() => {
            Err(vm.raise("OverflowError", "Python int too large to convert to C int"))
        }
        None => Err(vm.value_error("chr() arg not in range(0x110000)")),
    }
}

pub(super) fn ord(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let value = single(vm, args, "ord")?;
    let len = match (vm.as_str(value), vm.as_bytes(value)) {
        (Some(text), _) => {
            let mut chars = text.text().chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) => return Ok(Value::Int(i64::from(u32::from(c)))),
                _ => text.len(),
            }
        }
        (None, Some([byte])) => return Ok(Value::Int(i64::from(*byte))),
        (None, Some(bytes)) => bytes.len(),
        (None, None) => {
            let name = vm.type_name(value);
            return Err(vm.type_error(format!("ord() expected string of length 1, but {name} found")));
        }
    };
    Err(vm.type_error(format!("ord() expected a character, but string of length {len} found")))
}
