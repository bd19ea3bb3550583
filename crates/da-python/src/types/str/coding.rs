//! Texts to bytes and back: UTF-8, ASCII, Latin-1, UTF-16, UTF-32 and encodings of single bytes (`charmap`).

use super::charmap::{self, Charmap};
use super::this;
use crate::error::{PyResult, Raised};
use crate::native::Args;
use crate::types::arguments::{self, work};
use crate::value::Value;
use crate::vm::Vm;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf8Sig,
    Ascii,
    Latin1,
    /// Another encoding of single bytes.
    Map(&'static Charmap),
    /// Bytes of a unit, and whether the largest comes first; `None` has a mark at the start.
    Wide(usize, Option<bool>),
}

impl Encoding {
    fn find(name: &str) -> Option<Encoding> {
        let plain: String = name.to_ascii_lowercase().replace(['_', ' '], "-");
        Some(match plain.as_str() {
            "utf-8" | "utf8" | "u8" | "cp65001" => Encoding::Utf8,
            "utf-8-sig" => Encoding::Utf8Sig,
            "ascii" | "us-ascii" | "646" => Encoding::Ascii,
            "latin-1" | "latin1" | "iso-8859-1" | "iso8859-1" | "8859" | "cp819" | "l1" => Encoding::Latin1,
            "utf-16" | "utf16" | "u16" => Encoding::Wide(2, None),
            "utf-16-le" | "utf-16le" => Encoding::Wide(2, Some(false)),
            "utf-16-be" | "utf-16be" => Encoding::Wide(2, Some(true)),
            "utf-32" | "utf32" | "u32" => Encoding::Wide(4, None),
            "utf-32-le" | "utf-32le" => Encoding::Wide(4, Some(false)),
            "utf-32-be" | "utf-32be" => Encoding::Wide(4, Some(true)),
            other => return charmap::find(other).map(Encoding::Map),
        })
    }

    fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 | Encoding::Utf8Sig => "utf-8",
            Encoding::Ascii => "ascii",
            Encoding::Latin1 => "latin-1",
            Encoding::Map(_) => "charmap",
            Encoding::Wide(2, _) => "utf-16",
            Encoding::Wide(..) => "utf-32",
        }
    }
}

fn name_of(vm: &mut Vm<'_>, v: Option<Value>, absent: &str, function: &str, argument: &str) -> PyResult<String> {
    let Some(v) = v else { return Ok(absent.into()) };
    match vm.text(v) {
        Some(text) => Ok(text.to_string()),
        None => Err(arguments::argument_must_be(vm, function, &format!(" '{argument}'"), "str", v)),
    }
}

fn encoding_of(vm: &mut Vm<'_>, v: Option<Value>, function: &str) -> PyResult<Encoding> {
    let name = name_of(vm, v, "utf-8", function, "encoding")?;
    Encoding::find(&name).ok_or_else(|| vm.raise("LookupError", format!("unknown encoding: {name}")))
}

pub(super) fn encode(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, [encoding, errors]) = arguments::named(vm, args, "str.encode", ["encoding", "errors"], 0)?;
    let text = this(vm, receiver, "str.encode")?;
    let bytes = encode_text(vm, text.text(), encoding, errors, "encode")?;
    vm.bytes(&bytes)
}

/// What it costs to put something else in the place of a character.
const REPLACED: u64 = 12;

/// The bytes of a text.
pub(crate) fn encode_text(
    vm: &mut Vm<'_>,
    text: &str,
    encoding: Option<Value>,
    errors: Option<Value>,
    function: &str,
) -> PyResult<Vec<u8>> {
    let encoding = encoding_of(vm, encoding, function)?;
    let errors = name_of(vm, errors, "strict", function, "errors")?;
    vm.pay(text.len() as u64)?;
    work(vm, text.len().saturating_mul(4))?;
    let last = match encoding {
        Encoding::Utf8 => return Ok(text.as_bytes().to_vec()),
        Encoding::Utf8Sig => return Ok([b"\xef\xbb\xbf", text.as_bytes()].concat()),
        Encoding::Wide(unit, order) => return Ok(encode_wide(text, unit, order)),
        Encoding::Ascii => 0x7f,
        Encoding::Latin1 | Encoding::Map(_) => 0xff,
    };
    let mut bytes = Vec::with_capacity(text.len());
    for (place, c) in text.chars().enumerate() {
        let code = u32::from(c);
        let byte = match encoding {
            Encoding::Map(map) => charmap::byte(map, c),
            _ => u8::try_from(code).ok().filter(|_| code <= last),
        };
        match byte {
            Some(byte) => bytes.push(byte),
            None => unencodable(vm, (text, place, c), encoding.name(), &errors, &mut bytes)?,
        }
    }
    Ok(bytes)
}

fn encode_wide(text: &str, unit: usize, order: Option<bool>) -> Vec<u8> {
    let big = order.unwrap_or(false);
    let mut bytes = Vec::with_capacity(text.len() * unit + unit);
    let mut push = |code: u32| {
        let all = if big { code.to_be_bytes() } else { code.to_le_bytes() };
        bytes.extend_from_slice(if big { &all[4 - unit..] } else { &all[..unit] });
    };
    if order.is_none() {
        push(0xfeff);
    }
    if unit == 2 {
        text.encode_utf16().for_each(|code| push(u32::from(code)));
    } else {
        text.chars().for_each(|c| push(u32::from(c)));
    }
    bytes
}

fn unencodable(
    vm: &mut Vm<'_>,
    (text, place, c): (&str, usize, char),
    encoding: &str,
    errors: &str,
    bytes: &mut Vec<u8>,
) -> PyResult<()> {
    let code = u32::from(c);
    let escaped = match code {
        0..=0xff => format!("\\x{code:02x}"),
        0x100..=0xffff => format!("\\u{code:04x}"),
        _ => format!("\\U{code:08x}"),
    };
    vm.pay(REPLACED)?;
    match errors {
        "ignore" => {}
        "replace" => bytes.push(b'?'),
        "backslashreplace" => bytes.extend_from_slice(escaped.as_bytes()),
        "xmlcharrefreplace" => bytes.extend_from_slice(format!("&#{code};").as_bytes()),
        "namereplace" | "surrogateescape" | "surrogatepass" | "strict" => {
            let range = if encoding == "ascii" { 128 } else { 256 };
            let last = u32::from(u8::try_from(range - 1).unwrap_or(u8::MAX));
            let run = text.chars().skip(place).take_while(|c| u32::from(*c) > last).count();
            let object = vm.str(text)?;
            let (run, reason) = match encoding {
                "charmap" => (1, "character maps to <undefined>".to_owned()),
                _ => (run, format!("ordinal not in range({range})")),
            };
            return Err(refused(vm, "UnicodeEncodeError", encoding, object, place..place + run, &reason));
        }
        _ => return Err(vm.raise("LookupError", format!("unknown error handler name '{errors}'"))),
    }
    Ok(())
}

/// The text of bytes, as a new value.
pub(crate) fn decode(
    vm: &mut Vm<'_>,
    bytes: &[u8],
    encoding: Option<Value>,
    errors: Option<Value>,
    function: &str,
) -> PyResult {
    let encoding = encoding_of(vm, encoding, function)?;
    let errors = name_of(vm, errors, "strict", function, "errors")?;
    vm.pay(bytes.len() as u64)?;
    work(vm, bytes.len().saturating_mul(4))?;
    let text = match encoding {
        Encoding::Utf8 => decode_utf8(vm, bytes, &errors)?,
        Encoding::Utf8Sig => decode_utf8(vm, bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes), &errors)?,
        Encoding::Latin1 => bytes.iter().map(|&b| char::from(b)).collect(),
        Encoding::Ascii => decode_ascii(vm, bytes, &errors)?,
        Encoding::Map(map) => decode_map(vm, bytes, map, &errors)?,
        Encoding::Wide(unit, order) => decode_wide(vm, bytes, unit, order, &errors)?,
    };
    vm.str(text)
}

/// The exception about a part that cannot be converted.
fn refused(
    vm: &mut Vm<'_>,
    class: &str,
    encoding: &str,
    object: Value,
    part: std::ops::Range<usize>,
    reason: &str,
) -> Raised {
    let number = |place: usize| Value::Int(i64::try_from(place).unwrap_or(i64::MAX));
    match (vm.str(encoding), vm.str(reason)) {
        (Ok(encoding), Ok(reason)) => {
            vm.raise_with(class, vec![encoding, object, number(part.start), number(part.end), reason], None)
        }
        (Err(limit), _) | (_, Err(limit)) => limit,
    }
}

struct Fault<'a> {
    encoding: &'a str,
    bytes: &'a [u8],
    start: usize,
    end: usize,
    reason: &'a str,
}

fn undecodable(vm: &mut Vm<'_>, fault: &Fault<'_>, errors: &str, out: &mut String) -> Result<(), Raised> {
    let Fault { encoding, bytes, start, end, reason } = *fault;
    match errors {
        "ignore" => {}
        "replace" => out.push('\u{fffd}'),
        "backslashreplace" => {
            for byte in bytes.get(start..end).unwrap_or(&[]) {
                out.push_str(&format!("\\x{byte:02x}"));
            }
        }
        "strict" | "surrogateescape" | "surrogatepass" => {
            let object = vm.bytes(bytes)?;
            return Err(refused(vm, "UnicodeDecodeError", encoding, object, start..end, reason));
        }
        _ => return Err(vm.raise("LookupError", format!("unknown error handler name '{errors}'"))),
    }
    Ok(())
}

fn decode_utf8(vm: &mut Vm<'_>, bytes: &[u8], errors: &str) -> PyResult<String> {
    let mut out = String::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let error = match std::str::from_utf8(rest) {
            Ok(text) => {
                out.push_str(text);
                break;
            }
            Err(error) => error,
        };
        let good = error.valid_up_to();
        out.push_str(std::str::from_utf8(&rest[..good]).unwrap_or(""));
        let start = at + good;
        let (len, reason) = match error.error_len() {
            None => (bytes.len() - start, "unexpected end of data"),
            Some(len) if matches!(bytes[start], 0x80..=0xc1 | 0xf5..=0xff) => (len, "invalid start byte"),
            Some(len) => (len, "invalid continuation byte"),
        };
        let fault = Fault { encoding: "utf-8", bytes, start, end: start + len, reason };
        undecodable(vm, &fault, errors, &mut out)?;
        at = start + len;
    }
    Ok(out)
}

fn decode_ascii(vm: &mut Vm<'_>, bytes: &[u8], errors: &str) -> PyResult<String> {
    let mut out = String::with_capacity(bytes.len());
    for (start, &byte) in bytes.iter().enumerate() {
        if byte.is_ascii() {
            out.push(char::from(byte));
        } else {
            let reason = "ordinal not in range(128)";
            let fault = Fault { encoding: "ascii", bytes, start, end: start + 1, reason };
            undecodable(vm, &fault, errors, &mut out)?;
        }
    }
    Ok(out)
}

fn decode_map(vm: &mut Vm<'_>, bytes: &[u8], map: &Charmap, errors: &str) -> PyResult<String> {
    let mut out = String::with_capacity(bytes.len());
    for (start, &byte) in bytes.iter().enumerate() {
        if let Some(c) = charmap::character(map, byte) {
            out.push(c);
            continue;
        }
        let reason = "character maps to <undefined>";
        let fault = Fault { encoding: "charmap", bytes, start, end: start + 1, reason };
        undecodable(vm, &fault, errors, &mut out)?;
    }
    Ok(out)
}

fn decode_wide(vm: &mut Vm<'_>, bytes: &[u8], unit: usize, order: Option<bool>, errors: &str) -> PyResult<String> {
    let name = if unit == 2 { "utf-16" } else { "utf-32" };
    let read = |unit_bytes: &[u8], big: bool| {
        let shift = |code: u32, byte: &u8| code << 8 | u32::from(*byte);
        if big { unit_bytes.iter().fold(0, shift) } else { unit_bytes.iter().rev().fold(0, shift) }
    };
    let first = bytes.get(..unit).unwrap_or(&[]);
    let (big, skip) = match order {
        Some(big) => (big, 0),
        None if !first.is_empty() && read(first, true) == 0xfeff => (true, unit),
        None if !first.is_empty() && read(first, false) == 0xfeff => (false, unit),
        None => (false, 0),
    };
    let mut out = String::with_capacity(bytes.len());
    let mut at = skip;
    while at < bytes.len() {
        let mut end = at + unit;
        let code = bytes.get(at..end).map(|unit| read(unit, big));
        let low = bytes.get(end..end + 2).map(|unit| read(unit, big));
        let c = match (code, low) {
            (Some(high @ 0xd800..=0xdbff), Some(low @ 0xdc00..=0xdfff)) if unit == 2 => {
                end += 2;
                char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))
            }
            (Some(code), _) => char::from_u32(code),
            (None, _) => None,
        };
        match c {
            Some(c) => out.push(c),
            None => {
                let reason = if code.is_none() { "truncated data" } else { "illegal encoding" };
                let fault = Fault { encoding: name, bytes, start: at, end: end.min(bytes.len()), reason };
                undecodable(vm, &fault, errors, &mut out)?;
            }
        }
        at = end;
    }
    Ok(out)
}
