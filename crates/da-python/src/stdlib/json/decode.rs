//! JSON text to values.
//!
//! What is wrong with a text is given back as a message and a place, for the exception that is made
//! of them in Python.

use super::{DEPTH, nested};
use crate::error::{PyResult, Raised};
use crate::native::Args;
use crate::types::arguments;
use crate::types::int_text;
use crate::value::Value;
use crate::vm::Vm;
use std::sync::Arc;

/// What it costs to read a value, beside its text.
const VALUE: u64 = 12;

/// Why reading stopped.
enum Stop {
    /// Something was raised.
    Raised(Raised),
    /// The text is wrong at this byte.
    Wrong(String, usize),
}

impl From<Raised> for Stop {
    fn from(raised: Raised) -> Self {
        Stop::Raised(raised)
    }
}

type Read<T> = Result<T, Stop>;

fn wrong<T>(message: &str, at: usize) -> Read<T> {
    Err(Stop::Wrong(message.into(), at))
}

struct Decoder<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    depth: usize,
    strict: bool,
    object_hook: Value,
    pairs_hook: Value,
    parse_float: Value,
    parse_int: Value,
    parse_constant: Value,
}

/// `decode(text, start, whole, strict, object_hook, object_pairs_hook, parse_float, parse_int, parse_constant)`
/// gives `(None, end, value)` or `(message, place, None)`. With `whole`, nothing may follow the value.
pub(super) fn decode(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = arguments::positional(vm, args, "decode", 9, 9)?.to_vec();
    let Some(text) = vm.as_str(given[0]).cloned() else {
        let found = vm.type_name(given[0]);
        return Err(vm.type_error(format!("the JSON object must be str, bytes or bytearray, not {found}")));
    };
    let start = arguments::count(vm, given[1])?;
    let whole = vm.truth(given[2])?;
    let strict = vm.truth(given[3])?;
    arguments::work(vm, text.text().len())?;
    vm.pay(text.text().len() as u64 / 2)?;
    let at = text.text().char_indices().nth(start).map_or(text.text().len(), |(at, _)| at);
    let mut decoder = Decoder {
        text: text.text(),
        bytes: text.text().as_bytes(),
        at,
        depth: 0,
        strict,
        object_hook: given[4],
        pairs_hook: given[5],
        parse_float: given[6],
        parse_int: given[7],
        parse_constant: given[8],
    };
    let place = |byte: usize| {
        let before = text.text().get(..byte).unwrap_or("").chars().count();
        Value::Int(i64::try_from(before).unwrap_or(i64::MAX))
    };
    match decoder.document(vm, whole) {
        Ok(value) => vm.tuple(vec![Value::None, place(decoder.at), value]),
        Err(Stop::Raised(raised)) => Err(raised),
        Err(Stop::Wrong(message, at)) => {
            let message = vm.str(message)?;
            vm.tuple(vec![message, place(at), Value::None])
        }
    }
}

impl Decoder<'_> {
    fn document(&mut self, vm: &mut Vm<'_>, whole: bool) -> Read<Value> {
        if whole {
            self.space();
        }
        let value = self.value(vm)?;
        if whole {
            self.space();
            if self.at < self.bytes.len() {
                return wrong("Extra data", self.at);
            }
        }
        Ok(value)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn take(&mut self, word: &str) -> bool {
        let found = self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes()));
        if found {
            self.at += word.len();
        }
        found
    }

    fn value(&mut self, vm: &mut Vm<'_>) -> Read<Value> {
        vm.pay(VALUE)?;
        match self.peek() {
            Some(b'"') => {
                let text = self.string()?;
                Ok(vm.str(text)?)
            }
            Some(open @ (b'{' | b'[')) => {
                if self.depth >= DEPTH {
                    return Err(vm.recursion_error().into());
                }
                self.depth += 1;
                let value = nested(|| if open == b'{' { self.object(vm) } else { self.array(vm) });
                self.depth -= 1;
                value
            }
            _ if self.take("null") => Ok(Value::None),
            _ if self.take("true") => Ok(Value::True),
            _ if self.take("false") => Ok(Value::False),
            _ => self.number(vm),
        }
    }

    fn number(&mut self, vm: &mut Vm<'_>) -> Read<Value> {
        for (word, number) in [("NaN", f64::NAN), ("Infinity", f64::INFINITY), ("-Infinity", f64::NEG_INFINITY)] {
            if self.take(word) {
                if self.parse_constant.is_none() {
                    return Ok(Value::from(number));
                }
                let word = vm.str(word)?;
                return Ok(vm.call(self.parse_constant, &[word])?);
            }
        }
        let start = self.at;
        let digits = |from: usize| self.bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
        let mut end = start + usize::from(self.peek() == Some(b'-'));
        let whole = if self.bytes.get(end) == Some(&b'0') { 1 } else { digits(end.min(self.bytes.len())) };
        if whole == 0 {
            return wrong("Expecting value", start);
        }
        end += whole;
        let mut is_float = false;
        if self.bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
            end += 1 + digits(end + 1);
            is_float = true;
        }
        if matches!(self.bytes.get(end), Some(b'e' | b'E')) {
            let signed = usize::from(matches!(self.bytes.get(end + 1), Some(b'+' | b'-')));
            let from = (end + 1 + signed).min(self.bytes.len());
            if digits(from) > 0 {
                end = from + digits(from);
                is_float = true;
            }
        }
        let text = self.text.get(start..end).unwrap_or("");
        self.at = end;
        let hook = if is_float { self.parse_float } else { self.parse_int };
        if !hook.is_none() {
            let text = vm.str(text)?;
            return Ok(vm.call(hook, &[text])?);
        }
        if is_float {
            return Ok(Value::from(text.parse().unwrap_or(0.0)));
        }
        match int_text::parse(text, 10, vm.most_digits) {
            Ok(number) => Ok(vm.int(number)?),
            Err(error) => Err(vm.value_error(error.message(10, text, vm.most_digits)).into()),
        }
    }

    /// A text; the place is at its opening quote.
    fn string(&mut self) -> Read<String> {
        let begin = self.at;
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or(&[]);
            let plain = rest.iter().take_while(|b| !matches!(b, b'"' | b'\\' | 0..=0x1f)).count();
            out.push_str(self.text.get(self.at..self.at + plain).unwrap_or(""));
            self.at += plain;
            match self.peek() {
                None => return wrong("Unterminated string starting at", begin),
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => self.escape(begin, &mut out)?,
                Some(_) if self.strict => return wrong("Invalid control character at", self.at),
                Some(control) => {
                    out.push(char::from(control));
                    self.at += 1;
                }
            }
        }
    }

    fn escape(&mut self, begin: usize, out: &mut String) -> Read<()> {
        let backslash = self.at;
        let Some(kind) = self.bytes.get(backslash + 1) else {
            return wrong("Unterminated string starting at", begin);
        };
        self.at += 2;
        out.push(match kind {
            b'"' | b'\\' | b'/' => char::from(*kind),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode_escape(backslash, out),
            _ => return wrong("Invalid \\escape", backslash),
        });
        Ok(())
    }

    fn unicode_escape(&mut self, backslash: usize, out: &mut String) -> Read<()> {
        let Some(high) = self.hex(self.at) else { return wrong("Invalid \\uXXXX escape", backslash + 1) };
        self.at += 4;
        let code = match high {
            0xd800..=0xdbff if self.bytes.get(self.at..self.at + 2) == Some(b"\\u") => {
                let Some(low) = self.hex(self.at + 2) else {
                    return wrong("Invalid \\uXXXX escape", self.at + 1);
                };
                if !(0xdc00..=0xdfff).contains(&low) {
                    return wrong("Lone surrogate in \\uXXXX escape", backslash);
                }
                self.at += 6;
                0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00)
            }
            code => code,
        };
        match char::from_u32(code) {
            Some(c) => {
                out.push(c);
                Ok(())
            }
            // A text of ours cannot hold half a character.
            None => wrong("Lone surrogate in \\uXXXX escape", backslash),
        }
    }

    fn hex(&self, at: usize) -> Option<u32> {
        let digits = self.text.get(at..at + 4)?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        u32::from_str_radix(digits, 16).ok()
    }

    fn array(&mut self, vm: &mut Vm<'_>) -> Read<Value> {
        self.at += 1;
        let mut items = Vec::new();
        self.space();
        if self.take("]") {
            return Ok(vm.list(items)?);
        }
        loop {
            let item = self.value(vm)?;
            items.push(vm.root(item));
            self.space();
            if self.take("]") {
                return Ok(vm.list(items)?);
            }
            if !self.take(",") {
                return wrong("Expecting ',' delimiter", self.at);
            }
            self.space();
        }
    }

    fn object(&mut self, vm: &mut Vm<'_>) -> Read<Value> {
        self.at += 1;
        let mut pairs = Vec::new();
        self.space();
        if !self.take("}") {
            loop {
                pairs.push(self.pair(vm)?);
                self.space();
                if self.take("}") {
                    break;
                }
                if !self.take(",") {
                    return wrong("Expecting ',' delimiter", self.at);
                }
                self.space();
            }
        }
        if !self.pairs_hook.is_none() {
            let mut items = Vec::with_capacity(pairs.len());
            for (key, value) in pairs {
                let key = vm.str(key)?;
                items.push(vm.tuple(vec![key, value])?);
            }
            let list = vm.list(items)?;
            return Ok(vm.call(self.pairs_hook, &[list])?);
        }
        let dict = vm.dict()?;
        for (key, value) in pairs {
            vm.dict_set_str(dict, &key, value)?;
        }
        if self.object_hook.is_none() { Ok(dict) } else { Ok(vm.call(self.object_hook, &[dict])?) }
    }

    fn pair(&mut self, vm: &mut Vm<'_>) -> Read<(Arc<str>, Value)> {
        if self.peek() != Some(b'"') {
            return wrong("Expecting property name enclosed in double quotes", self.at);
        }
        let key = self.string()?;
        self.space();
        if !self.take(":") {
            return wrong("Expecting ':' delimiter", self.at);
        }
        self.space();
        let value = self.value(vm)?;
        Ok((Arc::from(key), vm.root(value)))
    }
}
