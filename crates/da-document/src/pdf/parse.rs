//! The syntax of PDF: bytes become objects.

use super::budget::Budget;
use super::object::{Dict, Number, Object};
use crate::DocumentError;

/// Lists and dictionaries within one another are followed this far.
const DEEPEST: usize = 60;

/// Reads objects from bytes, one after another.
#[derive(Debug)]
pub(super) struct Parser<'p> {
    bytes: &'p [u8],
    pub(super) at: usize,
    /// Bytes that were looked at and not paid for, some of them more than once.
    walked: usize,
}

/// Why no object was read.
#[derive(Debug)]
pub(super) enum NoObject {
    /// There is none, or it is broken.
    Broken,
    /// A limit was reached.
    Limit(DocumentError),
}

impl From<DocumentError> for NoObject {
    fn from(error: DocumentError) -> Self {
        NoObject::Limit(error)
    }
}

pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl<'p> Parser<'p> {
    pub(super) fn new(bytes: &'p [u8], at: usize) -> Self {
        Parser { bytes, at: at.min(bytes.len()), walked: 0 }
    }

    /// Pays for what was looked at so far: blanks, comments and words, also those that nothing came of.
    pub(super) fn pay(&mut self, budget: &mut Budget) -> Result<(), DocumentError> {
        budget.spend(std::mem::take(&mut self.walked))
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Passes over blanks and comments.
    pub(super) fn skip_blanks(&mut self) {
        let from = self.at;
        self.pass_blanks();
        self.walked += self.at - from;
    }

    fn pass_blanks(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                let rest = &self.bytes[self.at..];
                self.at += rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(rest.len());
            } else if is_blank(byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// Passes over a word, if it stands here.
    pub(super) fn word(&mut self, word: &[u8]) -> bool {
        self.skip_blanks();
        let is_here = self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(word));
        let ends = self.bytes.get(self.at + word.len()).is_none_or(|&byte| is_blank(byte) || is_delimiter(byte));
        if is_here && ends {
            self.at += word.len();
        }
        is_here && ends
    }

    /// A whole number without a sign.
    pub(super) fn whole(&mut self) -> Option<u64> {
        self.skip_blanks();
        let word = self.regular();
        let number = std::str::from_utf8(word).ok().filter(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
        let number = number.and_then(|word| word.parse().ok());
        if number.is_none() {
            self.at -= word.len();
        }
        number
    }

    /// Characters up to the next blank or delimiter.
    fn regular(&mut self) -> &'p [u8] {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|&byte| is_blank(byte) || is_delimiter(byte)).unwrap_or(rest.len());
        self.at += length;
        self.walked += length;
        &rest[..length]
    }

    /// `12 0 obj`, where the object of this number begins: its number.
    pub(super) fn head(&mut self) -> Option<u32> {
        let number = self.whole()?;
        self.whole()?;
        self.word(b"obj").then_some(())?;
        u32::try_from(number).ok()
    }

    /// An object, with the bytes behind it where it is a stream.
    pub(super) fn object(&mut self, budget: &mut Budget) -> Result<Object, NoObject> {
        let read = self.nested(budget, 0);
        let is_stream = matches!(read, Ok(Object::Dict(_))) && self.word(b"stream");
        self.pay(budget)?;
        match read? {
            Object::Dict(dict) if is_stream => {
                // The bytes begin on the next line.
                if self.peek() == Some(b'\r') {
                    self.at += 1;
                }
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
                Ok(Object::Stream(dict, self.at))
            }
            object => Ok(object),
        }
    }

    fn nested(&mut self, budget: &mut Budget, depth: usize) -> Result<Object, NoObject> {
        if depth > DEEPEST {
            return Err(NoObject::Limit(DocumentError::TooDeep));
        }
        budget.object()?;
        self.skip_blanks();
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        match rest {
            [b'<', b'<', ..] => self.dict(budget, depth),
            [b'<', ..] => Ok(self.hexadecimal()),
            [b'(', ..] => Ok(self.literal()),
            [b'/', ..] => Ok(Object::Name(self.name())),
            [b'[', ..] => self.list(budget, depth),
            [b'+' | b'-' | b'.' | b'0'..=b'9', ..] => self.number().ok_or(NoObject::Broken),
            _ => match self.regular() {
                b"true" | b"false" => Ok(Object::Bool),
                b"null" => Ok(Object::Null),
                _ => Err(NoObject::Broken),
            },
        }
    }

    fn list(&mut self, budget: &mut Budget, depth: usize) -> Result<Object, NoObject> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.skip_blanks();
            if self.peek() == Some(b']') {
                self.at += 1;
                return Ok(Object::List(items));
            }
            items.push(self.nested(budget, depth + 1)?);
        }
    }

    fn dict(&mut self, budget: &mut Budget, depth: usize) -> Result<Object, NoObject> {
        self.at += 2;
        let mut dict = Dict::new();
        loop {
            self.skip_blanks();
            match self.bytes.get(self.at..).unwrap_or_default() {
                [b'>', b'>', ..] => {
                    self.at += 2;
                    return Ok(Object::Dict(dict));
                }
                [b'/', ..] => {
                    let name = self.name();
                    let value = self.nested(budget, depth + 1)?;
                    dict.insert(name, value);
                }
                _ => return Err(NoObject::Broken),
            }
        }
    }

    fn name(&mut self) -> Vec<u8> {
        self.at += 1;
        let written = self.regular();
        let mut name = Vec::with_capacity(written.len());
        let mut rest = written;
        while let Some((&byte, behind)) = rest.split_first() {
            rest = behind;
            match (byte, behind) {
                (b'#', [high, low, behind @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                    name.push(digit(*high) << 4 | digit(*low));
                    rest = behind;
                }
                _ => name.push(byte),
            }
        }
        name
    }

    /// A number; two whole ones before an `R` are a reference.
    fn number(&mut self) -> Option<Object> {
        let word = std::str::from_utf8(self.regular()).ok()?;
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            let behind = self.at;
            if let (Ok(number), Some(_)) = (word.parse(), self.whole())
                && self.word(b"R")
            {
                return Some(Object::Reference(number));
            }
            self.at = behind;
        }
        if let Ok(number) = word.parse::<i64>() {
            return Some(Object::Number(Number::Integer(number)));
        }
        let is_plain = word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'+' | b'-'));
        let real = if is_plain { word.parse::<f64>().ok().filter(|real| real.is_finite()) } else { None };
        // What some programs write instead of a number is none that matters.
        Some(real.map_or(Object::Null, |real| Object::Number(Number::Real(real))))
    }

    fn literal(&mut self) -> Object {
        let from = self.at;
        let text = self.literal_text();
        self.walked += self.at - from;
        text
    }

    fn literal_text(&mut self) -> Object {
        self.at += 1;
        let (mut text, mut open) = (Vec::new(), 0_usize);
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' if open == 0 => break,
                b')' => open -= 1,
                b'\\' => {
                    self.escape(&mut text);
                    continue;
                }
                // An end of a line is one character, however it is written.
                b'\r' => {
                    if self.peek() == Some(b'\n') {
                        self.at += 1;
                    }
                    text.push(b'\n');
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
        Object::Text(text)
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
            }
            b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    match self.peek() {
                        Some(digit @ b'0'..=b'7') => code = code * 8 + u32::from(digit - b'0'),
                        _ => break,
                    }
                    self.at += 1;
                }
                text.push(code.to_le_bytes()[0]);
            }
            other => text.push(other),
        }
    }

    fn hexadecimal(&mut self) -> Object {
        self.at += 1;
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|&byte| byte == b'>').unwrap_or(rest.len());
        self.at = (self.at + length + 1).min(self.bytes.len());
        self.walked += length;
        let digits: Vec<u8> = rest[..length].iter().filter(|byte| byte.is_ascii_hexdigit()).copied().collect();
        // A last digit that stands alone is followed by a 0.
        let byte = |pair: &[u8]| digit(pair[0]) << 4 | pair.get(1).copied().map_or(0, digit);
        Object::Text(digits.chunks(2).map(byte).collect())
    }
}

fn digit(digit: u8) -> u8 {
    char::from(digit).to_digit(16).map_or(0, |value| value.to_le_bytes()[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Object> {
        Parser::new(text.as_bytes(), 0).object(&mut Budget::full()).ok()
    }

    #[test]
    fn every_kind_of_object_is_read() {
        let integer = |number| Object::Number(Number::Integer(number));
        assert_eq!(read(" % a comment\n -12 "), Some(integer(-12)));
        assert_eq!(read("+.5"), Some(Object::Number(Number::Real(0.5))));
        assert_eq!(read("12 0 R"), Some(Object::Reference(12)));
        assert_eq!(read("/A#42c"), Some(Object::Name(b"ABc".to_vec())));
        assert_eq!(read("(a\\(b(c)\\)\\101\\r\r\nd)"), Some(Object::Text(b"a(b(c))A\r\nd".to_vec())));
        assert_eq!(read("<48 6 9 7>"), Some(Object::Text(b"Hip".to_vec())));
        let items = vec![integer(1), integer(2), Object::Reference(3), Object::Null, Object::Bool];
        assert_eq!(read("[1 2 3 0 R null true]"), Some(Object::List(items)));
        let dict: Dict = [(b"A".to_vec(), Object::Name(b"B".to_vec())), (b"C".to_vec(), integer(1))].into();
        assert_eq!(read("<</A/B/C 1>>"), Some(Object::Dict(dict.clone())));
        assert_eq!(read("<</A/B/C 1>>stream\r\nxyz"), Some(Object::Stream(dict, 20)));
    }

    #[test]
    fn what_is_broken_or_too_deep_is_no_object() {
        for text in ["", "<</A>>", "[1 2", "<</A 1", "endobj", "]"] {
            assert_eq!(read(text), None, "{text}");
        }
        let deep = "[".repeat(100_000);
        let read = Parser::new(deep.as_bytes(), 0).object(&mut Budget::full());
        assert!(matches!(read, Err(NoObject::Limit(DocumentError::TooDeep))));
    }
}
