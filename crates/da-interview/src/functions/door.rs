//! What lies beside the session: values that are kept, other sessions, accounts, links. An evaluation asks its world for them by
//! name; here they are only passed on.
//!
//! A value that is kept is a snapshot, written as hexadecimal digits: it is read back as answers are, never evaluated.

use super::function;
use crate::assemble::{EngineHost, from_plain, to_plain};
use da_python::machine::native::{Args, NativeFunction};
use da_python::machine::{PyResult, Value, Vm};

pub(super) static FUNCTIONS: &[NativeFunction] =
    &[function("ask", ask), function("pack", pack), function("unpack", unpack)];

/// `ask(name, given)`: asks the world for something, with a dictionary of what it is given along.
fn ask(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name, given] = args.bind(vm, "ask", ["name", "given"], 2)?;
    let name = vm.to_str(name.unwrap_or(Value::None))?;
    let given = to_plain(vm, given.unwrap_or(Value::None))?;
    let world = EngineHost::of(vm).world();
    match world.ask(&name, &given) {
        Ok(answer) => from_plain(vm, &answer),
        Err(why) => Err(vm.raise("OSError", why)),
    }
}

/// `pack(value)`: a value as a text, to be kept.
fn pack(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [value] = args.bind(vm, "pack", ["value"], 1)?;
    let bytes = match vm.snapshot(value.unwrap_or(Value::None)) {
        Ok(snapshot) => snapshot.bytes,
        Err(error) => return Err(vm.type_error(format!("this cannot be kept: {error}"))),
    };
    vm.produce(2 * bytes.len())?;
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
        }
    }
    vm.str(text)
}

/// `unpack(text)`: the value that was packed.
fn unpack(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [text] = args.bind(vm, "unpack", ["text"], 1)?;
    let text = vm.to_str(text.unwrap_or(Value::None))?;
    let digits: Option<Vec<u8>> =
        text.chars().map(|digit| digit.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect();
    let bytes: Vec<u8> = digits.unwrap_or_default().chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect();
    match vm.restore(&bytes) {
        Ok(value) => Ok(vm.root(value)),
        Err(error) => Err(vm.value_error(format!("what was kept cannot be read back: {error}"))),
    }
}
