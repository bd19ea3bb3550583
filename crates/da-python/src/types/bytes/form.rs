//! `bytes`: case, kinds of characters, widths, stripping, joining, hexadecimal and decoding.

use super::search::is_space;
use super::{like, same_kind, this};
use crate::error::PyResult;
use crate::native::Args;
use crate::types::arguments::{self, work};
use crate::value::{Builtin, Value};
use crate::vm::Vm;

fn mapped(vm: &mut Vm<'_>, args: &Args, name: &str, change: impl Fn(usize, u8) -> u8) -> PyResult {
    let receiver = arguments::none(vm, args, name)?;
    let mut bytes = this(vm, receiver, name)?;
    bytes.iter_mut().enumerate().for_each(|(place, byte)| *byte = change(place, *byte));
    same_kind(vm, receiver, bytes)
}

pub(super) fn upper(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    mapped(vm, args, "bytes.upper", |_, b| b.to_ascii_uppercase())
}

pub(super) fn lower(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    mapped(vm, args, "bytes.lower", |_, b| b.to_ascii_lowercase())
}

pub(super) fn capitalize(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let change = |place, b: u8| if place == 0 { b.to_ascii_uppercase() } else { b.to_ascii_lowercase() };
    mapped(vm, args, "bytes.capitalize", change)
}

pub(super) fn swapcase(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    mapped(vm, args, "bytes.swapcase", |_, b| if b.is_ascii_alphabetic() { b ^ 0x20 } else { b })
}

pub(super) fn title(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let receiver = arguments::none(vm, args, "bytes.title")?;
    let mut bytes = this(vm, receiver, "bytes.title")?;
    let mut inside = false;
    for byte in &mut bytes {
        *byte = if inside { byte.to_ascii_lowercase() } else { byte.to_ascii_uppercase() };
        inside = byte.is_ascii_alphabetic();
    }
    same_kind(vm, receiver, bytes)
}

pub(super) fn istitle(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let receiver = arguments::none(vm, args, "bytes.istitle")?;
    let bytes = this(vm, receiver, "bytes.istitle")?;
    let (mut inside, mut any) = (false, false);
    for byte in bytes {
        if byte.is_ascii_alphabetic() {
            if byte.is_ascii_uppercase() == inside {
                return Ok(Value::False);
            }
            any = true;
        }
        inside = byte.is_ascii_alphabetic();
    }
    Ok(Value::from(any))
}

fn all(vm: &mut Vm<'_>, args: &Args, name: &str, holds: fn(u8) -> bool) -> PyResult {
    let receiver = arguments::none(vm, args, name)?;
    let bytes = this(vm, receiver, name)?;
    Ok(Value::from(!bytes.is_empty() && bytes.into_iter().all(holds)))
}

pub(super) fn isalnum(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    all(vm, args, "bytes.isalnum", |b| b.is_ascii_alphanumeric())
}

pub(super) fn isalpha(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    all(vm, args, "bytes.isalpha", |b| b.is_ascii_alphabetic())
}

pub(super) fn isdigit(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    all(vm, args, "bytes.isdigit", |b| b.is_ascii_digit())
}

pub(super) fn isspace(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    all(vm, args, "bytes.isspace", is_space)
}

pub(super) fn isascii(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let receiver = arguments::none(vm, args, "bytes.isascii")?;
    let bytes = this(vm, receiver, "bytes.isascii")?;
    Ok(Value::from(bytes.is_ascii()))
}

pub(super) fn islower(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let receiver = arguments::none(vm, args, "bytes.islower")?;
    let bytes = this(vm, receiver, "bytes.islower")?;
    Ok(Value::from(bytes.iter().any(u8::is_ascii_lowercase) && !bytes.iter().any(u8::is_ascii_uppercase)))
}

pub(super) fn isupper(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let receiver = arguments::none(vm, args, "bytes.isupper")?;
    let bytes = this(vm, receiver, "bytes.isupper")?;
    Ok(Value::from(bytes.iter().any(u8::is_ascii_uppercase) && !bytes.iter().any(u8::is_ascii_lowercase)))
}

fn padded(vm: &mut Vm<'_>, args: &Args, name: &str, left_of: fn(usize, usize) -> usize) -> PyResult {
    let (receiver, rest) = arguments::between(vm, args, name, 1, 2)?;
    let bytes = this(vm, receiver, name)?;
    let width = arguments::count(vm, rest[0])?;
    let fill = match rest.get(1) {
        None => b' ',
        Some(fill) => match vm.as_bytes(*fill) {
            Some([byte]) => *byte,
            _ => {
                let (method, found) = (name.trim_start_matches("bytes."), vm.type_name(*fill));
                let wanted = "a byte string of length 1";
                return Err(vm.type_error(format!("{method}() argument 2 must be {wanted}, not {found}")));
            }
        },
    };
    let pad = width.saturating_sub(bytes.len());
    work(vm, pad.saturating_add(bytes.len()))?;
    let left = left_of(pad, width);
    let mut out = vec![fill; left];
    out.extend(bytes);
    out.extend(std::iter::repeat_n(fill, pad - left));
    same_kind(vm, receiver, out)
}

pub(super) fn center(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    padded(vm, args, "bytes.center", |pad, width| pad / 2 + (pad & width & 1))
}

pub(super) fn ljust(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    padded(vm, args, "bytes.ljust", |_, _| 0)
}

pub(super) fn rjust(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    padded(vm, args, "bytes.rjust", |pad, _| pad)
}

pub(super) fn zfill(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, width) = arguments::one(vm, args, "bytes.zfill")?;
    let mut bytes = this(vm, receiver, "bytes.zfill")?;
    let pad = arguments::count(vm, width)?.saturating_sub(bytes.len());
    work(vm, pad.saturating_add(bytes.len()))?;
    let signed = usize::from(bytes.starts_with(b"+") || bytes.starts_with(b"-"));
    bytes.splice(signed..signed, std::iter::repeat_n(b'0', pad));
    same_kind(vm, receiver, bytes)
}

fn stripped(vm: &mut Vm<'_>, args: &Args, name: &str, left: bool, right: bool) -> PyResult {
    let (receiver, rest) = arguments::between(vm, args, name, 0, 1)?;
    let bytes = this(vm, receiver, name)?;
    let unwanted = match rest.first().copied().filter(|v| !v.is_none()) {
        Some(chars) => Some(like(vm, chars)?),
        None => None,
    };
    let goes = |byte: &u8| unwanted.as_ref().map_or_else(|| is_space(*byte), |chars| chars.contains(byte));
    let start = if left { bytes.iter().take_while(|b| goes(b)).count() } else { 0 };
    let end = if right { bytes[start..].iter().rev().take_while(|b| goes(b)).count() } else { 0 };
    same_kind(vm, receiver, bytes[start..bytes.len() - end].to_vec())
}

pub(super) fn strip(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    stripped(vm, args, "bytes.strip", true, true)
}

pub(super) fn lstrip(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    stripped(vm, args, "bytes.lstrip", true, false)
}

pub(super) fn rstrip(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    stripped(vm, args, "bytes.rstrip", false, true)
}

pub(super) fn join(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, iterable) = arguments::one(vm, args, "bytes.join")?;
    let separator = this(vm, receiver, "bytes.join")?;
    let items = vm.collect(iterable)?;
    let mut out = Vec::new();
    for (place, item) in items.into_iter().enumerate() {
        vm.pay(4)?;
        let Some(part) = vm.as_bytes(item) else {
            let found = vm.type_name(item);
            let message = format!("sequence item {place}: expected a bytes-like object, {found} found");
            return Err(vm.type_error(message));
        };
        if place > 0 {
            out.extend_from_slice(&separator);
        }
        out.extend_from_slice(part);
        vm.heap.would_fit(out.len())?;
    }
    same_kind(vm, receiver, out)
}

pub(super) fn translate(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, [table, gone]) = arguments::named(vm, args, "bytes.translate", ["table", "delete"], 1)?;
    let bytes = this(vm, receiver, "bytes.translate")?;
    vm.pay(bytes.len() as u64 * 4)?;
    let gone = match gone {
        Some(gone) => like(vm, gone)?,
        None => Vec::new(),
    };
    let table = match table.filter(|v| !v.is_none()) {
        Some(table) => {
            let table = like(vm, table)?;
            if table.len() != 256 {
                return Err(vm.value_error("translation table must be 256 characters long"));
            }
            table
        }
        None => (0..=255).collect(),
    };
    let kept = bytes.into_iter().filter(|b| !gone.contains(b)).map(|b| table[usize::from(b)]).collect();
    same_kind(vm, receiver, kept)
}

pub(super) fn decode(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, [encoding, errors]) = arguments::named(vm, args, "bytes.decode", ["encoding", "errors"], 0)?;
    let bytes = this(vm, receiver, "bytes.decode")?;
    crate::types::str::decode(vm, &bytes, encoding, errors, "decode")
}

pub(in crate::types) fn hex(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, [separator, every]) = arguments::named(vm, args, "bytes.hex", ["sep", "bytes_per_sep"], 0)?;
    let bytes = this(vm, receiver, "bytes.hex")?;
    let every = match every {
        Some(every) => vm.index(every)?,
        None => 1,
    };
    let separator = match separator {
        Some(v) => hex_separator(vm, v)?,
        None => String::new(),
    };
    vm.pay(bytes.len() as u64 * 2)?;
    work(vm, bytes.len().saturating_mul(2 + separator.len()))?;
    let size = usize::try_from(every.unsigned_abs()).unwrap_or(usize::MAX);
    let mut out = String::with_capacity(bytes.len() * 2);
    for (place, byte) in bytes.iter().enumerate() {
        // Groups are counted from the right, or from the left for a negative number.
        let edge = if every > 0 { bytes.len() - place } else { place };
        if place > 0 && size > 0 && edge % size == 0 {
            out.push_str(&separator);
        }
        out.push_str(&format!("{byte:02x}"));
    }
    vm.str(out)
}

fn hex_separator(vm: &mut Vm<'_>, v: Value) -> PyResult<String> {
    let text = match (vm.text(v), vm.as_bytes(v)) {
        (Some(text), _) => text.to_string(),
        (None, Some(bytes)) => String::from_utf8_lossy(bytes).into_owned(),
        (None, None) => {
            let len = vm.len(v)?;
            return Err(vm.type_error(format!("sep must be str or bytes, not a value of length {len}")));
        }
    };
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if c.is_ascii() => Ok(text),
        (Some(_), None) => Err(vm.value_error("sep must be ASCII.")),
        _ => Err(vm.value_error("sep must be length 1.")),
    }
}

pub(super) fn fromhex(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (class, text) = arguments::one(vm, args, "bytes.fromhex")?;
    let Some(text) = vm.text(text) else {
        return Err(arguments::argument_must_be(vm, "fromhex", "", "str", text));
    };
    work(vm, text.len())?;
    let mut bytes = Vec::with_capacity(text.len() / 2);
    let mut high = None;
    for (place, c) in text.chars().chain([' ']).enumerate() {
        match (c.to_digit(16), high) {
            (Some(digit), None) => high = Some(digit),
            (Some(digit), Some(before)) => {
                bytes.extend(u8::try_from(before * 16 + digit));
                high = None;
            }
            (None, None) if c.is_ascii() && is_space(c as u8) => {}
            _ => {
                let message = format!("non-hexadecimal number found in fromhex() arg at position {place}");
                return Err(vm.value_error(message));
            }
        }
    }
    let made = vm.bytes(&bytes)?;
    if class.is(vm.class_of(Builtin::Bytes)) { Ok(made) } else { vm.call(class, &[made]) }
}

pub(super) fn expandtabs(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, [size]) = arguments::named(vm, args, "bytes.expandtabs", ["tabsize"], 0)?;
    let bytes = this(vm, receiver, "bytes.expandtabs")?;
    let size = match size {
        Some(size) => arguments::count(vm, size)?,
        None => 8,
    };
    let tabs = bytes.iter().filter(|byte| **byte == b'\t').count();
    work(vm, tabs.saturating_mul(size).saturating_add(bytes.len()))?;
    let (mut out, mut column) = (Vec::with_capacity(bytes.len()), 0);
    for byte in bytes {
        match byte {
            b'\t' => {
                let spaces = if size > 0 { size - column % size } else { 0 };
                out.extend(std::iter::repeat_n(b' ', spaces));
                column += spaces;
            }
            _ => {
                out.push(byte);
                column = if matches!(byte, b'\n' | b'\r') { 0 } else { column + 1 };
            }
        }
    }
    same_kind(vm, receiver, out)
}

pub(super) fn maketrans(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = arguments::positional(vm, args, "maketrans", 2, 2)?.to_vec();
    let (from, to) = (like(vm, given[0])?, like(vm, given[1])?);
    if from.len() != to.len() {
        return Err(vm.value_error("maketrans arguments must have same length"));
    }
    let mut table: Vec<u8> = (0..=255).collect();
    for (from, to) in from.into_iter().zip(to) {
        table[usize::from(from)] = to;
    }
    vm.bytes(&table)
}
