//! `_unicode`: what the Unicode database says of characters; `unicodedata` is made of it.

use crate::error::PyResult;
use crate::native::{Args, NativeFunction};
use crate::types::arguments::{argument_must_be, natives, positional, single, work};
use crate::value::Value;
use crate::vm::Vm;
use icu_properties::props::{BidiClass, EastAsianWidth, EnumeratedProperty, GeneralCategory};
use icu_properties::{CodePointMapData, PropertyNamesShort};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, decompose_canonical};

/// The functions of the module.
pub(super) static FUNCTIONS: &[NativeFunction] = natives! {
    "bidirectional" => |vm, args| of_char(vm, args, |c| CodePointMapData::<BidiClass>::new().get(c).short()),
    "category" => |vm, args| of_char(vm, args, |c| CodePointMapData::<GeneralCategory>::new().get(c).short()),
    "combining" => |vm, args| character(vm, args).map(|c| Value::Int(i64::from(canonical_combining_class(c)))),
    "decomposed" => decomposed,
    "lookup" => lookup,
    "name" => name,
    "normalize" => normalize,
    "width" => |vm, args| of_char(vm, args, |c| CodePointMapData::<EastAsianWidth>::new().get(c).short()),
};

/// The short name of a property's value: `Lu`, `AL`, `W`.
trait Short {
    fn short(self) -> &'static str;
}

impl<T: EnumeratedProperty + icu_properties::props::NamedEnumeratedProperty> Short for T {
    fn short(self) -> &'static str {
        PropertyNamesShort::<T>::new().get(self).unwrap_or("")
    }
}

fn character(vm: &mut Vm<'_>, args: &Args) -> PyResult<char> {
    let value = single(vm, args, "unicodedata")?;
    let text = vm.text(value);
    let mut chars = text.as_deref().unwrap_or_default().chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(c),
        _ => Err(argument_must_be(vm, "unicodedata", "", "a unicode character", value)),
    }
}

fn of_char(vm: &mut Vm<'_>, args: &Args, say: fn(char) -> &'static str) -> PyResult {
    let c = character(vm, args)?;
    vm.name(say(c))
}

/// `name(c)`: its name, or `None`.
fn name(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let c = character(vm, args)?;
    match unicode_names2::name(c) {
        Some(name) => vm.str(name.to_string()),
        None => Ok(Value::None),
    }
}

/// `lookup(name)`: the character, or `None`.
fn lookup(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let value = single(vm, args, "lookup")?;
    let Some(name) = vm.text(value) else { return Err(argument_must_be(vm, "lookup", "", "str", value)) };
    work(vm, name.len() * 16)?;
    match unicode_names2::character(&name) {
        Some(c) => vm.str(c.to_string()),
        None => Ok(Value::None),
    }
}

/// `decomposed(c)`: the characters that it is made of, one step deep, or `None`.
fn decomposed(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let c = character(vm, args)?;
    let mut made = String::new();
    decompose_canonical(c, |part| made.push(part));
    if made.chars().eq([c]) { Ok(Value::None) } else { vm.str(made) }
}

/// `normalize(form, text)`
fn normalize(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = positional(vm, args, "normalize", 2, 2)?.to_vec();
    let (Some(form), Some(text)) = (vm.text(given[0]), vm.text(given[1])) else {
        return Err(argument_must_be(vm, "normalize", " 2", "str", given[1]));
    };
    // One character becomes at most eighteen.
    vm.pay(text.len() as u64 * 2)?;
    work(vm, text.len().saturating_mul(18))?;
    let made: String = match &*form {
        "NFC" => text.nfc().collect(),
        "NFD" => text.nfd().collect(),
        "NFKC" => text.nfkc().collect(),
        "NFKD" => text.nfkd().collect(),
        _ => return Err(vm.value_error("invalid normalization form")),
    };
    vm.str(made)
}
