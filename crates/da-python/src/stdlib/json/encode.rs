//! Values to JSON text.

use super::{DEPTH, nested};
use crate::error::PyResult;
use crate::heap::Handle;
use crate::native::Args;
use crate::types::number::{self, Number};
use crate::types::{arguments, float_text, int_text};
use crate::value::Value;
use crate::vm::Vm;
use std::sync::Arc;

/// What it costs to write a value.
const VALUE: u64 = 16;

/// How the text is written.
struct Encoder {
    default: Value,
    skip_keys: bool,
    ascii: bool,
    check_circular: bool,
    allow_nan: bool,
    indent: Option<Arc<str>>,
    item_separator: Arc<str>,
    key_separator: Arc<str>,
    sort_keys: bool,
    /// Containers that are being written.
    open: Vec<Handle>,
    depth: usize,
    out: String,
}

/// `encode(value, default, skipkeys, ensure_ascii, check_circular, allow_nan, indent, item_separator,
/// key_separator, sort_keys)`
pub(super) fn encode(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = arguments::positional(vm, args, "encode", 10, 10)?.to_vec();
    let mut flags = [false; 5];
    for (flag, place) in flags.iter_mut().zip([2, 3, 4, 5, 9]) {
        *flag = vm.truth(given[place])?;
    }
    let indent = match number::to_big(vm, given[6]) {
        Some(_) => {
            let count = arguments::count(vm, given[6])?;
            arguments::work(vm, count)?;
            Some(Arc::from(" ".repeat(count)))
        }
        None if given[6].is_none() => None,
        None => Some(text(vm, given[6], "indent")?),
    };
    let mut encoder = Encoder {
        default: given[1],
        skip_keys: flags[0],
        ascii: flags[1],
        check_circular: flags[2],
        allow_nan: flags[3],
        indent,
        item_separator: text(vm, given[7], "item separator")?,
        key_separator: text(vm, given[8], "key separator")?,
        sort_keys: flags[4],
        open: Vec::new(),
        depth: 0,
        out: String::new(),
    };
    encoder.value(vm, given[0])?;
    vm.str(encoder.out)
}

fn text(vm: &mut Vm<'_>, v: Value, what: &str) -> PyResult<Arc<str>> {
    match vm.text(v) {
        Some(text) => Ok(text),
        None => {
            let found = vm.type_name(v);
            Err(vm.type_error(format!("{what} must be str, not {found}")))
        }
    }
}

/// `quote(text, ensure_ascii)`
pub(super) fn quote_function(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = arguments::positional(vm, args, "quote", 2, 2)?.to_vec();
    let ascii = vm.truth(given[1])?;
    let text = text(vm, given[0], "first argument")?;
    pay_for_quoting(vm, &text, ascii)?;
    let mut out = String::new();
    push_quoted(&mut out, &text, ascii);
    vm.str(out)
}

/// Asks for the room of a text with its escapes, and pays for writing it.
fn pay_for_quoting(vm: &mut Vm<'_>, text: &str, ascii: bool) -> PyResult<()> {
    let size = |c: char| match c {
        '"' | '\\' | '\n' | '\r' | '\t' => 2,
        c if c < ' ' || (ascii && !(' '..='~').contains(&c)) => 6 * c.len_utf16(),
        c => c.len_utf8(),
    };
    vm.pay(text.len() as u64 / 8)?;
    let size: usize = text.chars().map(size).sum();
    vm.pay((size - text.len().min(size)) as u64)?;
    arguments::work(vm, size * 2)
}

fn push_quoted(out: &mut String, text: &str, ascii: bool) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{c}' => out.push_str("\\f"),
            '\u{8}' => out.push_str("\\b"),
            c if c < ' ' || (ascii && !(' '..='~').contains(&c)) => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

impl Encoder {
    fn value(&mut self, vm: &mut Vm<'_>, v: Value) -> PyResult<()> {
        vm.pay(VALUE)?;
        vm.heap.would_fit(self.out.len().saturating_mul(2))?;
        if let Some(scalar) = self.scalar(vm, v)? {
            self.out.push_str(&scalar);
            return Ok(());
        }
        if let Some(text) = vm.text(v) {
            pay_for_quoting(vm, &text, self.ascii)?;
            push_quoted(&mut self.out, &text, self.ascii);
            return Ok(());
        }
        if self.depth >= DEPTH {
            return Err(vm.recursion_error());
        }
        self.depth += 1;
        let result = nested(|| self.container(vm, v));
        self.depth -= 1;
        result
    }

    fn scalar(&self, vm: &mut Vm<'_>, v: Value) -> PyResult<Option<String>> {
        let text = match vm.builtin(v) {
            Value::None => "null".into(),
            Value::True => "true".into(),
            Value::False => "false".into(),
            inner => match Number::of(vm, inner) {
                Some(Number::Float(x)) => self.float(vm, x)?,
                Some(Number::Int(number)) => number.to_string(),
                Some(Number::Big(number)) => {
                    int_text::to_decimal(&number, vm.most_digits).map_err(|m| vm.value_error(m))?
                }
                None => return Ok(None),
            },
        };
        Ok(Some(text))
    }

    fn float(&self, vm: &mut Vm<'_>, x: f64) -> PyResult<String> {
        if x.is_finite() {
            return Ok(float_text::repr(x));
        }
        if !self.allow_nan {
            return Err(vm.value_error("Out of range float values are not JSON compliant"));
        }
        let name = if x.is_nan() { "NaN" } else { "Infinity" };
        Ok(if x < 0.0 { format!("-{name}") } else { name.into() })
    }

    fn container(&mut self, vm: &mut Vm<'_>, v: Value) -> PyResult<()> {
        let Value::Ref(handle) = v else { return self.other(vm, v) };
        if self.check_circular && self.open.contains(&handle) {
            return Err(vm.value_error("Circular reference detected"));
        }
        self.open.push(handle);
        if vm.as_dict(v).is_some() {
            self.object(vm, v)?;
        } else if vm.as_sequence(v).is_some() {
            self.array(vm, v)?;
        } else {
            self.other(vm, v)?;
        }
        self.open.pop();
        Ok(())
    }

    fn other(&mut self, vm: &mut Vm<'_>, v: Value) -> PyResult<()> {
        let held = vm.heap.roots.len();
        let replaced = vm.call(self.default, &[v])?;
        self.value(vm, replaced)?;
        vm.heap.roots.truncate(held);
        Ok(())
    }

    /// A line's end and the spaces of the next one.
    fn line(&mut self, depth: usize) {
        if let Some(indent) = &self.indent {
            self.out.push('\n');
            for _ in 0..depth {
                self.out.push_str(indent);
            }
        }
    }

    fn array(&mut self, vm: &mut Vm<'_>, v: Value) -> PyResult<()> {
        let items = vm.as_sequence(v).unwrap_or(&[]).to_vec();
        if items.is_empty() {
            self.out.push_str("[]");
            return Ok(());
        }
        for item in &items {
            vm.root(*item);
        }
        let depth = self.depth;
        self.out.push('[');
        for (place, item) in items.into_iter().enumerate() {
            if place > 0 {
                self.out.push_str(&Arc::clone(&self.item_separator));
            }
            self.line(depth);
            self.value(vm, item)?;
        }
        self.line(depth - 1);
        self.out.push(']');
        Ok(())
    }

    fn object(&mut self, vm: &mut Vm<'_>, v: Value) -> PyResult<()> {
        let entries: Vec<(Value, Value)> =
            vm.as_dict(v).map(|d| d.iter().map(|entry| (entry.key, entry.value)).collect()).unwrap_or_default();
        if entries.is_empty() {
            self.out.push_str("{}");
            return Ok(());
        }
        for (key, value) in &entries {
            vm.root(*key);
            vm.root(*value);
        }
        let entries = if self.sort_keys { sorted(vm, entries)? } else { entries };
        let depth = self.depth;
        self.out.push('{');
        let mut first = true;
        for (key, value) in entries {
            let Some(key) = self.key(vm, key)? else { continue };
            if !first {
                self.out.push_str(&Arc::clone(&self.item_separator));
            }
            first = false;
            self.line(depth);
            pay_for_quoting(vm, &key, self.ascii)?;
            push_quoted(&mut self.out, &key, self.ascii);
            self.out.push_str(&Arc::clone(&self.key_separator));
            self.value(vm, value)?;
        }
        self.line(depth - 1);
        self.out.push('}');
        Ok(())
    }

    /// The text of a key; `None` for one that is left out.
    fn key(&self, vm: &mut Vm<'_>, key: Value) -> PyResult<Option<Arc<str>>> {
        if let Some(text) = vm.text(key) {
            return Ok(Some(text));
        }
        if let Some(scalar) = self.scalar(vm, key)? {
            return Ok(Some(Arc::from(scalar)));
        }
        if self.skip_keys {
            return Ok(None);
        }
        let found = vm.type_name(key);
        Err(vm.type_error(format!("keys must be str, int, float, bool or None, not {found}")))
    }
}

fn sorted(vm: &mut Vm<'_>, entries: Vec<(Value, Value)>) -> PyResult<Vec<(Value, Value)>> {
    let mut keys: Vec<Value> = entries.iter().map(|(key, _)| *key).collect();
    crate::types::sort(vm, &mut keys, None, false)?;
    // Keys are distinct, so that each is found again by identity.
    let mut entries = entries;
    let mut ordered = Vec::with_capacity(entries.len());
    if keys.len() > 64 {
        let place_of = |v: &Value| match v {
            Value::Ref(handle) => u64::from(handle.index()),
            Value::Int(number) => number.cast_unsigned(),
            Value::Float(number) => number.to_bits(),
            Value::False => 0,
            Value::True => 1,
            _ => 0,
        };
        entries.sort_by_key(|(key, _)| place_of(key));
        for key in keys {
            let start = entries.partition_point(|(other, _)| place_of(other) < place_of(&key));
            ordered.extend(entries[start..].iter().find(|(other, _)| other.is(key)));
        }
        return Ok(ordered);
    }
    for key in keys {
        ordered.extend(entries.iter().find(|(other, _)| other.is(key)));
    }
    Ok(ordered)
}
