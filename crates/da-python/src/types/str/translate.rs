//! `str`: tables of characters (`maketrans`, `translate`).

use super::this;
use crate::error::PyResult;
use crate::native::Args;
use crate::types::arguments::{self, work};
use crate::value::Value;
use crate::vm::Vm;
use std::sync::Arc;

fn code(c: char) -> Value {
    Value::Int(i64::from(u32::from(c)))
}

pub(super) fn maketrans(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = arguments::positional(vm, args, "maketrans", 1, 3)?;
    if let [mapping] = given {
        return from_dict(vm, *mapping);
    }
    let text = |vm: &mut Vm<'_>, place: usize| -> PyResult<Arc<str>> {
        match vm.text(given[place]) {
            Some(text) => Ok(text),
            None if place == 0 => {
                Err(vm.type_error("first maketrans argument must be a string if there is a second argument"))
            }
            None => {
                let number = format!(" {}", place + 1);
                Err(arguments::argument_must_be(vm, "maketrans", &number, "str", given[place]))
            }
        }
    };
    let second = text(vm, 1)?;
    let first = text(vm, 0)?;
    if first.chars().count() != second.chars().count() {
        return Err(vm.value_error("the first two maketrans arguments must have equal length"));
    }
    let table = vm.dict()?;
    vm.pay(first.len() as u64 * CHARACTER)?;
    work(vm, first.len() * 16)?;
    for (from, to) in first.chars().zip(second.chars()) {
        vm.dict_set(table, code(from), code(to))?;
    }
    if given.len() == 3 {
        for gone in text(vm, 2)?.chars() {
            vm.dict_set(table, code(gone), Value::None)?;
        }
    }
    Ok(table)
}

fn from_dict(vm: &mut Vm<'_>, mapping: Value) -> PyResult {
    let Some(entries) = vm.as_dict(mapping).map(|d| d.iter().map(|e| (e.key, e.value)).collect::<Vec<_>>()) else {
        return Err(vm.type_error("if you give only one argument to maketrans it must be a dict"));
    };
    let table = vm.dict()?;
    for (key, value) in entries {
        let key = match vm.text(key) {
            Some(text) => {
                let mut chars = text.chars();
                match (chars.next(), chars.next()) {
                    (Some(c), None) => code(c),
                    _ => return Err(vm.value_error("string keys in translate table must be of length 1")),
                }
            }
            None if vm.as_int(key).is_some() => key,
            None => return Err(vm.type_error("keys in translate table must be strings or integers")),
        };
        vm.dict_set(table, key, value)?;
    }
    Ok(table)
}

/// What it costs to look up a character.
const CHARACTER: u64 = 5;

pub(super) fn translate(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, table) = arguments::one(vm, args, "str.translate")?;
    let text = this(vm, receiver, "str.translate")?;
    let mut out = String::with_capacity(text.text().len());
    for c in text.text().chars() {
        vm.pay(CHARACTER)?;
        match lookup(vm, table, code(c))? {
            None => out.push(c),
            Some(Value::None) => {}
            Some(to) => push_translated(vm, to, &mut out)?,
        }
        vm.heap.would_fit(out.len())?;
    }
    vm.str(out)
}

fn lookup(vm: &mut Vm<'_>, table: Value, key: Value) -> PyResult<Option<Value>> {
    let plain = vm.builtin_type(table) == crate::value::Builtin::Dict;
    if plain {
        return vm.dict_get(table, key);
    }
    match vm.get_item(table, key) {
        Ok(found) => Ok(Some(found)),
        Err(raised) if vm.exception_is(&raised, "LookupError") => Ok(None),
        Err(raised) => Err(raised),
    }
}

fn push_translated(vm: &mut Vm<'_>, to: Value, out: &mut String) -> PyResult<()> {
    if let Some(text) = vm.as_str(to) {
        out.push_str(text.text());
        return Ok(());
    }
    let Some(number) = vm.as_int(to) else {
        return Err(vm.type_error("character mapping must return integer, None or str"));
    };
    match u32::try_from(number).ok().and_then(char::from_u32) {
        Some(c) => {
            out.push(c);
            Ok(())
        }
        None => Err(vm.value_error("character mapping must be in range(0x110000)")),
    }
}
