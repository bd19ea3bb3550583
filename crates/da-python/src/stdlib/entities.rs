//! `_entities`: the names that HTML has for characters; `html` and `html.entities` are made of it.
//!
//! Names come without the ampersand, and with their semicolon: some are good without one too, and stand there twice.

use crate::error::PyResult;
use crate::native::{Args, NativeFunction};
use crate::types::arguments::{natives, single};
use crate::value::Value;
use crate::vm::Vm;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The functions of the module.
pub(super) static FUNCTIONS: &[NativeFunction] = natives! {
    "find" => find,
    "names" => names,
};

static CHARACTERS: LazyLock<HashMap<&str, &str>> =
    LazyLock::new(|| entities::ENTITIES.iter().map(|entity| (&entity.entity[1..], entity.characters)).collect());

/// `find(name)`: the characters that a name stands for, or `None`.
fn find(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let name = single(vm, args, "find")?;
    let found = vm.text(name).and_then(|name| CHARACTERS.get(&*name).copied());
    found.map_or(Ok(Value::None), |characters| vm.str(characters))
}

/// `names()`: all names, in one text with spaces between them.
fn names(vm: &mut Vm<'_>, _args: &Args) -> PyResult {
    let all: Vec<&str> = entities::ENTITIES.iter().map(|entity| &entity.entity[1..]).collect();
    vm.str(all.join(" "))
}
