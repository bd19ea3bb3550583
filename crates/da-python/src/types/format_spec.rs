//! The mini-language of `format()`: `[[fill]align][sign][z][#][0][width][,][.precision][type]`.
//!
//! Works on text and numbers alone; never on a value of the machine, so that it cannot run anything.

use super::float_text::{self, FloatStyle};
use crate::value::Complex;
use num_bigint::{BigInt, Sign};

/// A parsed specification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spec {
    fill: char,
    align: char,
    sign: Option<char>,
    no_negative_zero: bool,
    alternate: bool,
    width: usize,
    separator: Option<char>,
    precision: Option<usize>,
    /// The type code.
    pub(crate) code: Option<char>,
    /// How many digits a number in base 10 may have; 0 is no limit.
    pub(crate) most_digits: usize,
}

/// What a specification is wrong with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FormatError {
    /// `ValueError`
    Value(String),
    /// `OverflowError`
    Overflow(String),
}

fn wrong<T>(message: impl Into<String>) -> Result<T, FormatError> {
    Err(FormatError::Value(message.into()))
}

struct Reader<'a> {
    chars: std::iter::Peekable<std::str::Chars<'a>>,
}

impl Reader<'_> {
    fn take(&mut self, wanted: char) -> bool {
        self.chars.next_if_eq(&wanted).is_some()
    }

    fn number(&mut self) -> Result<Option<usize>, FormatError> {
        let mut number: Option<usize> = None;
        while let Some(digit) = self.chars.peek().copied().and_then(super::unicode::decimal_value) {
            self.chars.next();
            let so_far = number.unwrap_or(0).checked_mul(10).and_then(|n| n.checked_add(digit as usize));
            match so_far.filter(|&n| i64::try_from(n).is_ok()) {
                Some(so_far) => number = Some(so_far),
                None => return wrong("Too many decimal digits in format string"),
            }
        }
        Ok(number)
    }
}

fn is_align(c: char) -> bool {
    matches!(c, '<' | '>' | '=' | '^')
}

impl Spec {
    /// Parses a specification for a value of the named type; `align` is the type's own alignment.
    pub(crate) fn parse(text: &str, type_name: &str, align: char) -> Result<Spec, FormatError> {
        let mut spec = Spec {
            fill: ' ',
            align,
            sign: None,
            no_negative_zero: false,
            alternate: false,
            width: 0,
            separator: None,
            precision: None,
            code: None,
            most_digits: super::int_text::MOST_DIGITS,
        };
        let mut reader = Reader { chars: text.chars().peekable() };
        let (filled, aligned) = spec.read_align(&mut reader, text);
        spec.sign = reader.chars.next_if(|c| matches!(c, ' ' | '+' | '-'));
        spec.no_negative_zero = reader.take('z');
        spec.alternate = reader.take('#');
        if !filled && reader.take('0') {
            spec.fill = '0';
            if !aligned && align == '>' {
                spec.align = '=';
            }
        }
        spec.width = reader.number()?.unwrap_or(0);
        spec.read_separator(&mut reader)?;
        if reader.take('.') {
            spec.precision = reader.number()?;
            if spec.precision.is_none() {
                return wrong("Format specifier missing precision");
            }
        }
        spec.code = reader.chars.next();
        if reader.chars.next().is_some() {
            return wrong(format!("Invalid format specifier '{text}' for object of type '{type_name}'"));
        }
        spec.check_separator(align)?;
        Ok(spec)
    }

    fn read_align(&mut self, reader: &mut Reader<'_>, text: &str) -> (bool, bool) {
        if let Some(align) = text.chars().nth(1).filter(|&c| is_align(c)) {
            self.fill = reader.chars.next().unwrap_or(' ');
            reader.chars.next();
            self.align = align;
            return (true, true);
        }
        match reader.chars.next_if(|&c| is_align(c)) {
            Some(align) => {
                self.align = align;
                (false, true)
            }
            None => (false, false),
        }
    }

    fn read_separator(&mut self, reader: &mut Reader<'_>) -> Result<(), FormatError> {
        if reader.take(',') {
            self.separator = Some(',');
        }
        if reader.take('_') {
            if self.separator.is_some() {
                return wrong("Cannot specify both ',' and '_'.");
            }
            self.separator = Some('_');
        }
        if self.separator == Some('_') && reader.chars.peek() == Some(&',') {
            return wrong("Cannot specify both ',' and '_'.");
        }
        Ok(())
    }

    fn check_separator(&self, align: char) -> Result<(), FormatError> {
        let Some(separator) = self.separator else { return Ok(()) };
        // Texts, which stand at the left, have a code of their own when none is written.
        match self.code.or((align == '<').then_some('s')) {
            None | Some('d' | 'e' | 'f' | 'g' | 'E' | 'G' | '%' | 'F') => Ok(()),
            Some('b' | 'o' | 'x' | 'X') if separator == '_' => Ok(()),
            Some(code) if (' '..'\u{80}').contains(&code) => {
                wrong(format!("Cannot specify '{separator}' with '{code}'."))
            }
            Some(code) => wrong(format!("Cannot specify '{separator}' with '\\x{:x}'.", u32::from(code))),
        }
    }

    /// A bound on the bytes that formatting adds to the digits or the text itself.
    pub(crate) fn cost(&self) -> usize {
        self.width.saturating_mul(self.fill.len_utf8()).saturating_add(self.precision.unwrap_or(0))
    }

    /// How many digits are asked for behind the point.
    pub(crate) fn digits(&self) -> usize {
        self.precision.unwrap_or(0)
    }

    fn unknown<T>(&self, type_name: &str) -> Result<T, FormatError> {
        let code = self.code.unwrap_or(' ');
        if ('!'..'\u{80}').contains(&code) {
            return wrong(format!("Unknown format code '{code}' for object of type '{type_name}'"));
        }
        wrong(format!("Unknown format code '\\x{:x}' for object of type '{type_name}'", u32::from(code)))
    }

    /// Formats a text.
    pub(crate) fn text(&self, text: &str, type_name: &str) -> Result<String, FormatError> {
        if !matches!(self.code, None | Some('s')) {
            return self.unknown(type_name);
        }
        match self.sign {
            Some(' ') => return wrong("Space not allowed in string format specifier"),
            Some(_) => return wrong("Sign not allowed in string format specifier"),
            None => {}
        }
        if self.no_negative_zero {
            return wrong("Negative zero coercion (z) not allowed in string format specifier");
        }
        if self.alternate {
            return wrong("Alternate form (#) not allowed in string format specifier");
        }
        if self.align == '=' {
            return wrong("'=' alignment not allowed in string format specifier");
        }
        let cut = match self.precision.and_then(|most| text.char_indices().nth(most)) {
            Some((end, _)) => text.get(..end).unwrap_or(text),
            None => text,
        };
        Ok(self.lay_out("", "", cut))
    }

    /// Formats a whole number.
    pub(crate) fn integer(&self, number: &BigInt, type_name: &str) -> Result<String, FormatError> {
        if matches!(self.code, Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%')) {
            let Some(float) = super::float_text::from_big(number) else {
                return Err(FormatError::Overflow("int too large to convert to float".into()));
            };
            return self.float(float, type_name);
        }
        if !matches!(self.code, None | Some('b' | 'c' | 'd' | 'o' | 'x' | 'X' | 'n')) {
            return self.unknown(type_name);
        }
        if self.precision.is_some() {
            return wrong("Precision not allowed in integer format specifier");
        }
        if self.no_negative_zero {
            return wrong("Negative zero coercion (z) not allowed in integer format specifier");
        }
        if self.code == Some('c') {
            return self.character(number);
        }
        let (radix, prefix) = match self.code {
            Some('b') => (2, "0b"),
            Some('o') => (8, "0o"),
            Some('x') => (16, "0x"),
            Some('X') => (16, "0X"),
            _ => (10, ""),
        };
        let mut digits = if radix == 10 {
            super::int_text::to_decimal(&number.magnitude().clone().into(), self.most_digits)
                .map_err(FormatError::Value)?
        } else {
            number.magnitude().to_str_radix(radix)
        };
        if self.code == Some('X') {
            digits.make_ascii_uppercase();
        }
        let sign = self.sign_of(number.sign() == Sign::Minus);
        let lead = format!("{sign}{}", if self.alternate { prefix } else { "" });
        Ok(self.number(&lead, &digits, ""))
    }

    fn character(&self, number: &BigInt) -> Result<String, FormatError> {
        if self.sign.is_some() {
            return wrong("Sign not allowed with integer format specifier 'c'");
        }
        if self.alternate {
            return wrong("Alternate form (#) not allowed with integer format specifier 'c'");
        }
        match u32::try_from(number).ok().and_then(char::from_u32) {
            Some(c) => Ok(self.lay_out("", "", &String::from(c))),
            None => Err(FormatError::Overflow("%c arg not in range(0x110000)".into())),
        }
    }

    /// Formats a floating point number.
    pub(crate) fn float(&self, number: f64, type_name: &str) -> Result<String, FormatError> {
        let code = match self.code {
            None if self.precision.is_none() => 'r',
            None | Some('n') => 'g',
            Some('%') => 'f',
            Some(code @ ('e' | 'E' | 'f' | 'F' | 'g' | 'G')) => code,
            Some(_) => return self.unknown(type_name),
        };
        let value = if self.code == Some('%') { number * 100.0 } else { number };
        let style = FloatStyle {
            code: code.to_ascii_lowercase(),
            precision: self.precision.unwrap_or(6),
            alternate: self.alternate,
            dot_zero: self.code.is_none(),
        };
        let mut text = float_text::format(value, style);
        if code.is_ascii_uppercase() {
            text.make_ascii_uppercase();
        }
        let mut negative = text.starts_with('-');
        let text = text.trim_start_matches('-');
        if self.no_negative_zero && value.is_finite() && !text.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
            negative = false;
        }
        let whole = text.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = text.split_at(whole);
        let percent = if self.code == Some('%') { "%" } else { "" };
        Ok(self.number(self.sign_of(negative), digits, &format!("{rest}{percent}")))
    }

    /// Formats a complex number: both parts by the specification, in parentheses when it has no code.
    pub(crate) fn complex(&self, number: Complex, type_name: &str) -> Result<String, FormatError> {
        if !matches!(self.code, None | Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n')) {
            return self.unknown(type_name);
        }
        if self.fill == '0' && self.align == '=' {
            return wrong("Zero padding is not allowed in complex format specifier");
        }
        if self.align == '=' {
            return wrong("'=' alignment flag is not allowed in complex format specifier");
        }
        let part = |number: f64, sign: Option<char>| {
            let spec = Spec { width: 0, sign, align: '>', ..self.clone() };
            let text = spec.float(number, type_name)?;
            let whole = spec.code.is_none() && spec.precision.is_none();
            Ok(text.strip_suffix(".0").filter(|_| whole).map(str::to_owned).unwrap_or(text))
        };
        let imag = part(number.imag, Some('+'));
        let text = if self.code.is_some() {
            format!("{}{}j", part(number.real, self.sign)?, imag?)
        } else if number.real == 0.0 && number.real.is_sign_positive() {
            format!("{}j", part(number.imag, self.sign)?)
        } else {
            format!("({}{}j)", part(number.real, self.sign)?, imag?)
        };
        Ok(self.lay_out("", &text, ""))
    }

    fn sign_of(&self, negative: bool) -> &'static str {
        match (negative, self.sign) {
            (true, _) => "-",
            (false, Some('+')) => "+",
            (false, Some(' ')) => " ",
            _ => "",
        }
    }

    /// Groups the digits and pads: `lead` is sign and prefix, `rest` what follows the whole digits.
    fn number(&self, lead: &str, digits: &str, rest: &str) -> String {
        let least =
            if self.fill == '0' && self.align == '=' { self.width.saturating_sub(lead.len() + rest.len()) } else { 0 };
        let size = if matches!(self.code, Some('b' | 'o' | 'x' | 'X')) { 4 } else { 3 };
        let grouped = match self.separator {
            _ if digits.is_empty() => String::new(),
            Some(separator) => group(digits, size, separator, least),
            None => format!("{}{digits}", "0".repeat(least.saturating_sub(digits.len()))),
        };
        self.lay_out(lead, &grouped, rest)
    }

    fn lay_out(&self, lead: &str, digits: &str, rest: &str) -> String {
        let used = lead.len() + digits.len() + rest.chars().count();
        let pad = self.width.saturating_sub(used);
        let (left, inner, right) = match self.align {
            '>' => (pad, 0, 0),
            '^' => (pad / 2, 0, pad - pad / 2),
            '=' => (0, pad, 0),
            _ => (0, 0, pad),
        };
        let room = lead.len() + digits.len() + rest.len() + pad * self.fill.len_utf8();
        let mut out = String::with_capacity(room);
        out.extend(std::iter::repeat_n(self.fill, left));
        out.push_str(lead);
        out.extend(std::iter::repeat_n(self.fill, inner));
        out.push_str(digits);
        out.push_str(rest);
        out.extend(std::iter::repeat_n(self.fill, right));
        out
    }
}

/// Puts a separator between groups of digits and zeros before them, until it is `least` long.
fn group(digits: &str, size: usize, separator: char, least: usize) -> String {
    let (mut remaining, mut least) = (digits.len(), least);
    let mut reversed = Vec::with_capacity(least.max(digits.len()) * 4 / 3 + 2);
    let bytes = digits.as_bytes();
    loop {
        let take = size.min(remaining.max(least).max(1));
        for _ in 0..take {
            match remaining.checked_sub(1) {
                Some(next) => {
                    reversed.push(bytes[next] as char);
                    remaining = next;
                }
                None => reversed.push('0'),
            }
        }
        least = least.saturating_sub(take);
        if remaining == 0 && least == 0 {
            return reversed.iter().rev().collect();
        }
        reversed.push(separator);
        least = least.saturating_sub(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_float(value: f64, spec: &str) -> String {
        match Spec::parse(spec, "float", '>').and_then(|s| s.float(value, "float")) {
            Ok(text) => text,
            Err(FormatError::Value(m) | FormatError::Overflow(m)) => m,
        }
    }

    fn of_int(value: i64, spec: &str) -> String {
        match Spec::parse(spec, "int", '>').and_then(|s| s.integer(&value.into(), "int")) {
            Ok(text) => text,
            Err(FormatError::Value(m) | FormatError::Overflow(m)) => m,
        }
    }

    fn of_text(value: &str, spec: &str) -> String {
        match Spec::parse(spec, "str", '<').and_then(|s| s.text(value, "str")) {
            Ok(text) => text,
            Err(FormatError::Value(m) | FormatError::Overflow(m)) => m,
        }
    }

    #[test]
    fn floats_are_formatted_as_cpython_does() {
        let table: &[(f64, &str, &str)] = include!("tables/format_float.in");
        for (value, spec, wanted) in table {
            assert_eq!(&of_float(*value, spec), wanted, "format({value:?}, {spec:?})");
        }
    }

    #[test]
    fn whole_numbers_are_formatted_as_cpython_does() {
        let table: &[(i64, &str, &str)] = include!("tables/format_int.in");
        for (value, spec, wanted) in table {
            assert_eq!(&of_int(*value, spec), wanted, "format({value:?}, {spec:?})");
        }
    }

    #[test]
    fn texts_are_formatted_as_cpython_does() {
        let table: &[(&str, &str, &str)] = include!("tables/format_str.in");
        for (value, spec, wanted) in table {
            assert_eq!(&of_text(value, spec), wanted, "format({value:?}, {spec:?})");
        }
    }
}
