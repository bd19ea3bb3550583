//! `str.format` and `str.format_map`.

use super::this;
use crate::error::PyResult;
use crate::native::Args;
use crate::types::arguments;
use crate::types::fields::{self, Piece, Step};
use crate::value::Value;
use crate::vm::Vm;

/// What a piece of a template costs, beside its text.
const PIECE: u64 = 10;

/// What the fields are filled from, and how they have been numbered so far.
struct Source<'a> {
    positional: &'a [Value],
    keywords: Option<&'a [(std::sync::Arc<str>, Value)]>,
    mapping: Value,
    next: i64,
    automatic: Option<bool>,
}

pub(super) fn format(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let receiver = arguments::receiver(vm, args, "str.format")?;
    let text = this(vm, receiver, "str.format")?;
    let positional = args.positional.get(1..).unwrap_or(&[]);
    let keywords = Some(args.keywords.as_slice());
    let mut source = Source { positional, keywords, mapping: Value::None, next: 0, automatic: None };
    let out = fill(vm, text.text(), &mut source, 2)?;
    vm.str(out)
}

pub(super) fn format_map(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, mapping) = arguments::one(vm, args, "str.format_map")?;
    let text = this(vm, receiver, "str.format_map")?;
    let mut source = Source { positional: &[], keywords: None, mapping, next: 0, automatic: None };
    let out = fill(vm, text.text(), &mut source, 2)?;
    vm.str(out)
}

fn fill(vm: &mut Vm<'_>, text: &str, source: &mut Source<'_>, depth: u8) -> PyResult<String> {
    let Some(depth) = depth.checked_sub(1) else {
        return Err(vm.value_error("Max string recursion exceeded"));
    };
    vm.pay(text.len() as u64)?;
    arguments::work(vm, text.len().saturating_mul(4))?;
    let pieces = match fields::parse(text) {
        Ok(pieces) => pieces,
        Err(message) => return Err(vm.value_error(message)),
    };
    let mut out = String::new();
    for piece in pieces {
        vm.pay(PIECE)?;
        match piece {
            Piece::Literal(literal) => out.push_str(&literal),
            Piece::Field { name, conversion, spec, nested } => {
                let value = look_up(vm, &name, source)?;
                let value = convert(vm, value, conversion)?;
                let spec = if nested { fill(vm, &spec, source, depth)? } else { spec };
                out.push_str(&vm.format(value, &spec)?);
            }
        }
        vm.heap.would_fit(out.len())?;
    }
    Ok(out)
}

fn look_up(vm: &mut Vm<'_>, name: &str, source: &mut Source<'_>) -> PyResult {
    let (first, steps) = match fields::split_name(name) {
        Ok(parts) => parts,
        Err(message) => return Err(vm.value_error(message)),
    };
    let mut value = first_value(vm, first, source)?;
    for step in steps {
        value = match step {
            Step::Attribute(name) => vm.get_attr(value, &name)?,
            Step::Index(index) => vm.get_item(value, Value::Int(index))?,
            Step::Key(key) => {
                let key = vm.str(key)?;
                vm.get_item(value, key)?
            }
        };
        vm.root(value);
    }
    Ok(value)
}

fn first_value(vm: &mut Vm<'_>, first: &str, source: &mut Source<'_>) -> PyResult {
    let index = match fields::index(first) {
        Ok(index) => index,
        Err(message) => return Err(vm.value_error(message)),
    };
    let automatic = first.is_empty();
    if automatic || index.is_some() {
        if source.automatic.is_some_and(|before| before != automatic) {
            let (from, to) = if automatic {
                ("manual field specification", "automatic field numbering")
            } else {
                ("automatic field numbering", "manual field specification")
            };
            return Err(vm.value_error(format!("cannot switch from {from} to {to}")));
        }
        source.automatic = Some(automatic);
    }
    let number = match index {
        Some(index) => index,
        None if automatic => {
            source.next += 1;
            source.next - 1
        }
        None => return by_keyword(vm, first, source),
    };
    if source.keywords.is_none() {
        return Err(vm.value_error("Format string contains positional fields"));
    }
    match usize::try_from(number).ok().and_then(|place| source.positional.get(place)) {
        Some(value) => Ok(*value),
        None => {
            let message = format!("Replacement index {number} out of range for positional args tuple");
            Err(vm.raise("IndexError", message))
        }
    }
}

fn by_keyword(vm: &mut Vm<'_>, name: &str, source: &Source<'_>) -> PyResult {
    let Some(keywords) = source.keywords else {
        let key = vm.str(name)?;
        let value = vm.get_item(source.mapping, key)?;
        return Ok(vm.root(value));
    };
    match keywords.iter().find(|(keyword, _)| &**keyword == name) {
        Some((_, value)) => Ok(*value),
        None => {
            let key = vm.str(name)?;
            Err(vm.raise_with("KeyError", vec![key], None))
        }
    }
}

fn convert(vm: &mut Vm<'_>, value: Value, conversion: Option<char>) -> PyResult {
    let text = match conversion {
        None => return Ok(value),
        Some('s') => vm.to_str(value)?,
        Some('r') => vm.repr(value)?,
        Some('a') => crate::types::quote::escape_non_ascii(&vm.repr(value)?),
        Some(c) if (' '..'\u{7f}').contains(&c) => {
            return Err(vm.value_error(format!("Unknown conversion specifier {c}")));
        }
        Some(c) => return Err(vm.value_error(format!("Unknown conversion specifier \\x{:x}", u32::from(c)))),
    };
    vm.str(text)
}
