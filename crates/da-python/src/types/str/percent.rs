//! `text % values`, the older way to format.

use crate::error::PyResult;
use crate::types::arguments::work;
use crate::types::{float_text, int_text, quote};
use crate::value::{Builtin, Value};
use crate::vm::Vm;
use num_bigint::{BigInt, Sign};

/// One conversion: `%[(key)][flags][width][.precision]type`.
#[derive(Debug, Default)]
struct Conversion {
    left: bool,
    plus: bool,
    space: bool,
    alternate: bool,
    zero: bool,
    width: usize,
    precision: Option<usize>,
}

/// Where the values come from.
struct Values<'a> {
    all: Vec<Value>,
    next: usize,
    /// The operand, when it can be asked for keys.
    mapping: Option<Value>,
    chars: &'a [char],
    at: usize,
    /// Whether bytes are formatted: each is a character of the same number.
    bytes: bool,
}

/// `text % operand`
pub(super) fn apply(vm: &mut Vm<'_>, text: &str, operand: Value) -> PyResult {
    let made = formatted(vm, text, operand, false)?;
    vm.str(made)
}

/// `bytes % operand`
pub(crate) fn apply_to_bytes(vm: &mut Vm<'_>, bytes: &[u8], operand: Value) -> PyResult<Vec<u8>> {
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let made = formatted(vm, &text, operand, true)?;
    Ok(made.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect())
}

/// What a conversion costs, beside its text.
const CONVERSION: u64 = 20;

fn formatted(vm: &mut Vm<'_>, text: &str, operand: Value, bytes: bool) -> PyResult<String> {
    vm.pay(text.len() as u64 / 4)?;
    work(vm, text.len() * 5)?;
    let chars: Vec<char> = text.chars().collect();
    let tuple = vm.as_tuple(operand).map(<[Value]>::to_vec);
    let single = tuple.is_none();
    let is_text = vm.as_str(operand).is_some() || bytes && vm.as_bytes(operand).is_some();
    let mapping = if single && !is_text && is_mapping(vm, operand)? { Some(operand) } else { None };
    let all = tuple.unwrap_or_else(|| vec![operand]);
    let mut values = Values { all, next: 0, mapping, chars: &chars, at: 0, bytes };
    let mut out = String::with_capacity(text.len());
    while let Some(c) = values.read() {
        if c == '%' {
            vm.pay(CONVERSION)?;
            convert(vm, &mut values, &mut out)?;
            vm.heap.would_fit(out.len())?;
        } else {
            out.push(c);
        }
    }
    if values.next < values.all.len() && mapping.is_none() {
        let what = if bytes { "bytes" } else { "string" };
        return Err(vm.type_error(format!("not all arguments converted during {what} formatting")));
    }
    Ok(out)
}

fn is_mapping(vm: &mut Vm<'_>, v: Value) -> PyResult<bool> {
    Ok(match vm.builtin_type(vm.builtin(v)) {
        Builtin::Dict | Builtin::List | Builtin::ByteArray | Builtin::Bytes | Builtin::Range => true,
        Builtin::Object => vm.get_attr_opt(vm.type_of(v), "__getitem__")?.is_some(),
        _ => false,
    })
}

impl Values<'_> {
    fn read(&mut self) -> Option<char> {
        let c = self.chars.get(self.at).copied()?;
        self.at += 1;
        Some(c)
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn value(&mut self, vm: &mut Vm<'_>) -> PyResult {
        match self.all.get(self.next) {
            Some(value) => {
                self.next += 1;
                Ok(*value)
            }
            None => Err(vm.type_error("not enough arguments for format string")),
        }
    }

    /// `*` or a number; `None` when there is neither.
    fn number(&mut self, vm: &mut Vm<'_>, what: &str) -> PyResult<Option<i64>> {
        if self.peek() == Some('*') {
            self.at += 1;
            let value = self.value(vm)?;
            return match vm.as_int(value) {
                Some(number) => Ok(Some(number)),
                None => Err(vm.type_error("* wants int")),
            };
        }
        let mut number: Option<i64> = None;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            self.at += 1;
            let so_far = number.unwrap_or(0).checked_mul(10).and_then(|n| n.checked_add(i64::from(digit)));
            match so_far.filter(|&n| n <= i64::from(i32::MAX) || what == "width") {
                Some(so_far) => number = Some(so_far),
                None => return Err(vm.value_error(format!("{what} too big"))),
            }
        }
        Ok(number)
    }

    fn key(&mut self, vm: &mut Vm<'_>) -> PyResult<()> {
        let Some(mapping) = self.mapping else { return Err(vm.type_error("format requires a mapping")) };
        let mut key = String::new();
        let mut depth = 1;
        while depth > 0 {
            match self.read() {
                Some(')') => depth -= 1,
                Some('(') => depth += 1,
                Some(_) => {}
                None => return Err(vm.value_error("incomplete format key")),
            }
            if depth > 0 {
                key.extend(self.chars.get(self.at - 1));
            }
        }
        let key = match self.bytes {
            true => vm.bytes(&key.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect::<Vec<u8>>())?,
            false => vm.str(key)?,
        };
        let value = vm.get_item(mapping, key)?;
        self.all = vec![vm.root(value)];
        self.next = 0;
        Ok(())
    }
}

fn convert(vm: &mut Vm<'_>, values: &mut Values<'_>, out: &mut String) -> PyResult<()> {
    let mut how = Conversion::default();
    if values.peek() == Some('(') {
        values.at += 1;
        values.key(vm)?;
    }
    while let Some(flag) = values.peek() {
        match flag {
            '-' => how.left = true,
            '+' => how.plus = true,
            ' ' => how.space = true,
            '#' => how.alternate = true,
            '0' => how.zero = true,
            _ => break,
        }
        values.at += 1;
    }
    if let Some(width) = values.number(vm, "width")? {
        how.left |= width < 0;
        how.width = usize::try_from(width.unsigned_abs()).unwrap_or(usize::MAX);
    }
    if values.peek() == Some('.') {
        values.at += 1;
        let precision = values.number(vm, "precision")?.unwrap_or(0);
        how.precision = Some(usize::try_from(precision).unwrap_or(0));
    }
    if matches!(values.peek(), Some('h' | 'l' | 'L')) {
        values.at += 1;
    }
    let Some(code) = values.read() else { return Err(vm.value_error("incomplete format")) };
    if code == '%' {
        out.push('%');
        return Ok(());
    }
    let known =
        matches!(code, 's' | 'r' | 'a' | 'c' | 'd' | 'i' | 'u' | 'o' | 'x' | 'X' | 'e' | 'E' | 'f' | 'F' | 'g' | 'G');
    if !(known || values.bytes && code == 'b') {
        let (number, place) = (u32::from(code), values.at - 1);
        let message = format!("unsupported format character '{code}' (0x{number:x}) at index {place}");
        return Err(vm.value_error(message));
    }
    let value = values.value(vm)?;
    let room = how.width.saturating_add(how.precision.unwrap_or(0));
    work(vm, room)?;
    if values.bytes && matches!(code, 's' | 'b' | 'r' | 'c') {
        return how.write_bytes(vm, code, value, out);
    }
    how.write(vm, code, value, out)
}

impl Conversion {
    /// What is written into bytes otherwise than into a text.
    fn write_bytes(&self, vm: &mut Vm<'_>, code: char, value: Value, out: &mut String) -> PyResult<()> {
        let text: String = match code {
            'r' => quote::escape_non_ascii(&vm.repr(value)?),
            'c' => char::from(byte(vm, value)?).to_string(),
            _ => bytes_of(vm, value)?.iter().map(|byte| char::from(*byte)).collect(),
        };
        let most = if code == 'c' { usize::MAX } else { self.precision.unwrap_or(usize::MAX) };
        self.pad("", &text.chars().take(most).collect::<String>(), false, out);
        Ok(())
    }

    fn write(&self, vm: &mut Vm<'_>, code: char, value: Value, out: &mut String) -> PyResult<()> {
        match code {
            's' | 'r' | 'a' => {
                let text = match code {
                    's' => vm.to_str(value)?,
                    'r' => vm.repr(value)?,
                    _ => quote::escape_non_ascii(&vm.repr(value)?),
                };
                let cut: String = text.chars().take(self.precision.unwrap_or(usize::MAX)).collect();
                self.pad("", &cut, false, out);
            }
            'c' => {
                let c = character(vm, value)?;
                self.pad("", &c.to_string(), false, out);
            }
            'd' | 'i' | 'u' | 'o' | 'x' | 'X' => {
                let number = whole(vm, code, value)?;
                self.integer(vm, code, &number, out)?;
            }
            _ => {
                let number = real(vm, value)?;
                self.float(code, number, out);
            }
        }
        Ok(())
    }

    fn sign(&self, negative: bool) -> &'static str {
        match (negative, self.plus, self.space) {
            (true, ..) => "-",
            (_, true, _) => "+",
            (_, _, true) => " ",
            _ => "",
        }
    }

    fn integer(&self, vm: &mut Vm<'_>, code: char, number: &BigInt, out: &mut String) -> PyResult<()> {
        let (radix, prefix) = match code {
            'o' => (8, "0o"),
            'x' => (16, "0x"),
            'X' => (16, "0X"),
            _ => (10, ""),
        };
        let mut digits = if radix == 10 {
            match int_text::to_decimal(number, vm.most_digits) {
                Ok(text) => text.trim_start_matches('-').to_owned(),
                Err(message) => return Err(vm.value_error(message)),
            }
        } else {
            number.magnitude().to_str_radix(radix)
        };
        if code == 'X' {
            digits.make_ascii_uppercase();
        }
        let missing = self.precision.unwrap_or(0).saturating_sub(digits.len());
        let digits = format!("{}{digits}", "0".repeat(missing));
        let lead = format!("{}{}", self.sign(number.sign() == Sign::Minus), if self.alternate { prefix } else { "" });
        self.pad(&lead, &digits, true, out);
        Ok(())
    }

    fn float(&self, code: char, number: f64, out: &mut String) {
        let style = float_text::FloatStyle {
            code: code.to_ascii_lowercase(),
            precision: self.precision.unwrap_or(6),
            alternate: self.alternate,
            dot_zero: false,
        };
        let mut text = float_text::format(number, style);
        if code.is_ascii_uppercase() {
            text.make_ascii_uppercase();
        }
        let negative = text.starts_with('-');
        self.pad(self.sign(negative), text.trim_start_matches('-'), true, out);
    }

    fn pad(&self, lead: &str, body: &str, number: bool, out: &mut String) {
        let pad = self.width.saturating_sub(lead.len() + body.chars().count());
        let zeros = number && self.zero && !self.left;
        if !self.left && !zeros {
            out.extend(std::iter::repeat_n(' ', pad));
        }
        out.push_str(lead);
        if zeros {
            out.extend(std::iter::repeat_n('0', pad));
        }
        out.push_str(body);
        if self.left {
            out.extend(std::iter::repeat_n(' ', pad));
        }
    }
}

/// The bytes of a value for `%b`.
fn bytes_of(vm: &mut Vm<'_>, value: Value) -> PyResult<Vec<u8>> {
    if let Some(bytes) = vm.as_bytes(value) {
        return Ok(bytes.to_vec());
    }
    if let Some(function) = vm.special(value, "__bytes__") {
        let made = vm.call(function, &[value])?;
        return match vm.as_bytes(made) {
            Some(bytes) => Ok(bytes.to_vec()),
            None => {
                let found = vm.type_name(made);
                Err(vm.type_error(format!("__bytes__ returned non-bytes (type {found})")))
            }
        };
    }
    let found = vm.type_name(value);
    let wanted = "a bytes-like object, or an object that implements __bytes__";
    Err(vm.type_error(format!("%b requires {wanted}, not '{found}'")))
}

fn byte(vm: &mut Vm<'_>, value: Value) -> PyResult<u8> {
    if let Some([byte]) = vm.as_bytes(value) {
        return Ok(*byte);
    }
    match crate::types::number::to_big(vm, value) {
        Some(number) => match u8::try_from(number) {
            Ok(byte) => Ok(byte),
            Err(_) => Err(vm.overflow_error("%c arg not in range(256)")),
        },
        None => Err(vm.type_error("%c requires an integer in range(256) or a single byte")),
    }
}

fn character(vm: &mut Vm<'_>, value: Value) -> PyResult<char> {
    if let Some(text) = vm.text(value) {
        let mut chars = text.chars();
        if let (Some(c), None) = (chars.next(), chars.next()) {
            return Ok(c);
        }
        return Err(vm.type_error("%c requires int or char"));
    }
    let Some(number) = crate::types::number::to_big(vm, value) else {
        return Err(vm.type_error("%c requires int or char"));
    };
    match u32::try_from(number).ok().and_then(char::from_u32) {
        Some(c) => Ok(c),
        None => Err(vm.overflow_error("%c arg not in range(0x110000)")),
    }
}

fn whole(vm: &mut Vm<'_>, code: char, value: Value) -> PyResult<BigInt> {
    if let Some(number) = crate::types::number::to_big(vm, value) {
        return Ok(number);
    }
    let decimal = matches!(code, 'd' | 'i' | 'u');
    let class = vm.type_of(value);
    let method = if vm.get_attr_opt(class, "__index__")?.is_some() {
        Some("__index__")
    } else if decimal && vm.as_float(value).is_some() {
        return crate::types::number::truncate(vm, vm.as_float(value).unwrap_or(0.0));
    } else if decimal && vm.as_str(value).is_none() && vm.get_attr_opt(class, "__int__")?.is_some() {
        Some("__int__")
    } else {
        None
    };
    if let Some(method) = method {
        let number = vm.call_method(value, method, &[])?;
        if let Some(number) = crate::types::number::to_big(vm, number) {
            return Ok(number);
        }
    }
    let found = vm.type_name(value);
    let wanted = if decimal { "a real number is" } else { "an integer is" };
    Err(vm.type_error(format!("%{code} format: {wanted} required, not {found}")))
}

fn real(vm: &mut Vm<'_>, value: Value) -> PyResult<f64> {
    crate::types::number::to_float(vm, value, |found| format!("must be real number, not {found}"))
}
