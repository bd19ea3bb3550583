//! `str`: operators and the table of methods.
//!
//! Indexes are in code points, texts are in UTF-8. What makes a long text asks for the room first.

mod case;
mod charmap;
mod coding;
mod pad;
pub(crate) mod percent;
mod search;
mod split;
mod template;
mod translate;

pub(crate) use coding::{decode, encode_text};

use super::arguments::{self, natives, work};
use super::{format_spec::Spec, quote, slicing};
use crate::code::{BinaryOp, CompareOp};
use crate::error::PyResult;
use crate::heap::price::LONG;
use crate::native::{Args, NativeFunction};
use crate::value::{Object, Slice, Str, Value};
use crate::vm::Vm;

/// Methods; the receiver comes first.
pub(crate) static METHODS: &[NativeFunction] = natives! {
    "capitalize" => case::capitalize,
    "casefold" => case::casefold,
    "center" => pad::center,
    "count" => search::count,
    "encode" => coding::encode,
    "endswith" => search::endswith,
    "expandtabs" => pad::expandtabs,
    "find" => search::find,
    "format" => template::format,
    "format_map" => template::format_map,
    "index" => search::index,
    "isalnum" => case::isalnum,
    "isalpha" => case::isalpha,
    "isascii" => case::isascii,
    "isdecimal" => case::isdecimal,
    "isdigit" => case::isdigit,
    "isidentifier" => case::isidentifier,
    "islower" => case::islower,
    "isnumeric" => case::isnumeric,
    "isprintable" => case::isprintable,
    "isspace" => case::isspace,
    "istitle" => case::istitle,
    "isupper" => case::isupper,
    "join" => split::join,
    "ljust" => pad::ljust,
    "lower" => case::lower,
    "lstrip" => split::lstrip,
    "partition" => search::partition,
    "removeprefix" => search::removeprefix,
    "removesuffix" => search::removesuffix,
    "replace" => search::replace,
    "rfind" => search::rfind,
    "rindex" => search::rindex,
    "rjust" => pad::rjust,
    "rpartition" => search::rpartition,
    "rsplit" => split::rsplit,
    "rstrip" => split::rstrip,
    "split" => split::split,
    "splitlines" => split::splitlines,
    "startswith" => search::startswith,
    "strip" => split::strip,
    "swapcase" => case::swapcase,
    "title" => case::title,
    "translate" => translate::translate,
    "upper" => case::upper,
    "zfill" => pad::zfill,
};

/// Static methods.
pub(crate) static STATIC_METHODS: &[NativeFunction] = natives! { "maketrans" => translate::maketrans };

/// The text of a method's receiver.
fn this(vm: &mut Vm<'_>, v: Value, name: &str) -> PyResult<Str> {
    match vm.as_str(v) {
        Some(text) => Ok(text.clone()),
        None => Err(arguments::wrong_receiver(vm, name, v)),
    }
}

/// The receiver's text for a method without arguments.
fn alone(vm: &mut Vm<'_>, args: &Args, name: &str) -> PyResult<Str> {
    let v = arguments::none(vm, args, name)?;
    let text = this(vm, v, name)?;
    // Each character is looked at, and most methods write others.
    vm.pay(text.text().len() as u64)?;
    work(vm, text.text().len())?;
    Ok(text)
}

/// A text that must be one: `must be str, not int`.
fn needle(vm: &mut Vm<'_>, v: Value) -> PyResult<Str> {
    match vm.as_str(v) {
        Some(text) => Ok(text.clone()),
        None => Err(arguments::must_be(vm, "str", v)),
    }
}

/// The byte offset of a code point; the length of the text for one that is past its end.
pub(crate) fn byte_at(text: &Str, index: usize) -> usize {
    if text.is_ascii() {
        return index.min(text.text().len());
    }
    text.text().char_indices().nth(index).map_or(text.text().len(), |(at, _)| at)
}

/// The code points before a byte offset.
pub(crate) fn chars_before(text: &Str, byte: usize) -> usize {
    if text.is_ascii() { byte } else { text.text().get(..byte).map_or(0, |before| before.chars().count()) }
}

/// `str(object='', encoding=..., errors=...)`
pub(crate) fn construct(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let [object, encoding, errors] = args.bind(vm, "str", ["object", "encoding", "errors"], 0)?;
    if encoding.is_none() && errors.is_none() {
        return match object {
            None => vm.str(""),
            Some(Value::Ref(handle)) if matches!(vm.heap.get(handle), Object::Str(_)) => Ok(Value::Ref(handle)),
            Some(object) => {
                let text = vm.to_str(object)?;
                vm.str(text)
            }
        };
    }
    let Some(object) = object else { return vm.str("") };
    let Some(bytes) = vm.as_bytes(object).map(<[u8]>::to_vec) else {
        let found = vm.type_name(object);
        let what = if vm.as_str(object).is_some() {
            "decoding str is not supported".to_owned()
        } else {
            format!("decoding to str: need a bytes-like object, {found} found")
        };
        return Err(vm.type_error(what));
    };
    decode(vm, &bytes, encoding, errors, "str")
}

/// Two texts as one.
pub(crate) fn joined(vm: &mut Vm<'_>, a: Value, b: Value) -> PyResult {
    let len = |v: Value| vm.as_str(v).map_or(0, |text| text.text().len());
    let size = len(a) + len(b);
    work(vm, size)?;
    vm.str_of(|vm, out| {
        out.reserve(size);
        for part in [a, b] {
            out.push_str(vm.as_str(part).map_or("", Str::text));
        }
    })
}

/// `text op other`; `None` when the operand is not for it.
pub(crate) fn binary(vm: &mut Vm<'_>, op: BinaryOp, a: Value, b: Value) -> PyResult<Option<Value>> {
    match op {
        BinaryOp::Add => {
            if vm.as_str(a).is_none() || vm.as_str(b).is_none() {
                return Ok(None);
            }
            joined(vm, a, b).map(Some)
        }
        BinaryOp::Mul => {
            let (Some(text), Some(times)) = (vm.text(a), super::times(vm, b)?) else { return Ok(None) };
            work(vm, text.len().saturating_mul(times))?;
            vm.str(text.repeat(times)).map(Some)
        }
        BinaryOp::Mod => match vm.text(a) {
            Some(text) => percent::apply(vm, &text, b).map(Some),
            None => Ok(None),
        },
        _ => Ok(None),
    }
}

/// `a < b` and others.
pub(crate) fn compare(vm: &mut Vm<'_>, op: CompareOp, a: Value, b: Value) -> PyResult<Option<bool>> {
    vm.pay_for_comparing(a, b)?;
    let (Some(a), Some(b)) = (vm.as_str(a), vm.as_str(b)) else { return Ok(None) };
    // UTF-8 has the order of code points.
    Ok(super::ordered(op, a.text().cmp(b.text())))
}

/// `text[key]`
pub(crate) fn get_item(vm: &mut Vm<'_>, v: Value, key: Value) -> PyResult {
    let Some(text) = vm.as_str(v).cloned() else { return Err(arguments::must_be(vm, "str", v)) };
    if let Some(slice) = vm.as_slice(key) {
        return get_slice(vm, v, &text, slice);
    }
    let Some(index) = arguments::saturating(vm, key)? else {
        let found = vm.type_name(key);
        return Err(vm.type_error(format!("string indices must be integers, not '{found}'")));
    };
    pay_for_place(vm, &text)?;
    let Some(place) = slicing::place(index, text.len()) else {
        return Err(vm.index_error("string index out of range", v, key));
    };
    let at = byte_at(&text, place);
    let c = text.text().get(at..).and_then(|rest| rest.chars().next()).unwrap_or_default();
    let mut buffer = [0; 4];
    vm.str(&*c.encode_utf8(&mut buffer))
}

/// Pays for finding a place in a text, which is far when it is not ASCII alone.
fn pay_for_place(vm: &mut Vm<'_>, text: &Str) -> PyResult<()> {
    if text.is_ascii() { Ok(()) } else { vm.pay(text.text().len() as u64 / 16) }
}

fn get_slice(vm: &mut Vm<'_>, v: Value, text: &Str, slice: Slice) -> PyResult {
    let places = arguments::places(vm, slice, text.len())?;
    if places.count == text.len() && places.step == 1 {
        return Ok(vm.builtin(v));
    }
    work(vm, places.count)?;
    pay_for_place(vm, text)?;
    if let Some(range) = places.range() {
        let (start, end) = (byte_at(text, range.start), byte_at(text, range.end));
        return vm.str(text.text().get(start..end).unwrap_or(""));
    }
    if text.is_ascii() {
        let bytes = text.text().as_bytes();
        let taken: String = places.iter().filter_map(|place| bytes.get(place)).map(|&b| char::from(b)).collect();
        return vm.str(taken);
    }
    work(vm, text.len() * 4)?;
    let chars: Vec<char> = text.text().chars().collect();
    let taken: String = places.iter().filter_map(|place| chars.get(place)).collect();
    vm.str(taken)
}

/// `item in text`
pub(crate) fn contains(vm: &mut Vm<'_>, v: Value, item: Value) -> PyResult<bool> {
    let Some(part) = vm.text(item) else {
        let found = vm.type_name(item);
        return Err(vm.type_error(format!("'in <string>' requires string as left operand, not {found}")));
    };
    let Some(text) = vm.text(v) else { return Ok(false) };
    vm.pay((text.len() + part.len()) as u64 / 6)?;
    Ok(text.contains(&*part))
}

/// `repr(text)`
pub(crate) fn repr(vm: &mut Vm<'_>, text: &str) -> PyResult<String> {
    // An escape takes up to four bytes of each.
    vm.pay(text.len() as u64 / 4)?;
    work(vm, text.len().saturating_mul(if text.len() > LONG { 4 } else { 1 }) + 2)?;
    Ok(quote::text(text))
}

/// `format(text, spec)`
pub(crate) fn format(vm: &mut Vm<'_>, v: Value, spec: &str) -> PyResult<String> {
    let text = vm.text(v).unwrap_or_default();
    if spec.is_empty() {
        return Ok(text.to_string());
    }
    let class = vm.type_name(v);
    let spec = super::parse_spec(vm, spec, &class, '<')?;
    super::formatted(vm, &spec, text.len(), |spec: &Spec| spec.text(&text, &class))
}
