//! Escapes and sets of characters.

use super::{ASCII, Item, Step, Translator, fail};
use crate::stdlib::re::class::{ascii_boundary, literal, named};

impl Translator {
    pub(super) fn escape(&mut self, place: usize) -> Step<Item> {
        let start = self.out.len();
        let Some(c) = self.next() else { return fail("bad escape (end of pattern)", place) };
        if let Some(class) = named(c, self.has(ASCII), false) {
            self.out.push_str(&class);
            return Ok(Item::Repeatable(start));
        }
        match c {
            'A' => return self.anchor(r"\A"),
            'Z' => return self.anchor(r"\z"),
            'b' if self.has(ASCII) => return self.anchor(ascii_boundary(false)),
            'B' if self.has(ASCII) => return self.anchor(ascii_boundary(true)),
            'b' => return self.anchor(r"\b"),
            'B' => return self.anchor(r"\B"),
            '1'..='9' => self.number_escape(c, place)?,
            c => {
                let c = self.character_escape(c, place)?;
                self.out.push_str(&literal(c));
            }
        }
        Ok(Item::Repeatable(start))
    }

    /// A reference to a group, or a character in octal.
    fn number_escape(&mut self, first: char, place: usize) -> Step {
        let mut digits = String::from(first);
        if let Some(second) = self.peek().filter(char::is_ascii_digit) {
            let third = self.chars.get(self.at + 1).copied();
            let octal = |c: char| ('0'..='7').contains(&c);
            if octal(first) && octal(second) && third.is_some_and(octal) {
                digits.extend([Some(second), third].into_iter().flatten());
                self.at += 2;
                let code = u32::from_str_radix(&digits, 8).unwrap_or(0);
                let Some(c) = char::from_u32(code).filter(|_| code <= 0o377) else {
                    return fail(format!("octal escape value \\{digits} outside of range 0-0o377"), place);
                };
                self.out.push_str(&literal(c));
                return Ok(());
            }
            digits.push(second);
            self.at += 1;
        }
        let number = digits.parse().unwrap_or(usize::MAX);
        self.reference(number, place + 1).map_err(|mut error| {
            if error.message == "cannot refer to an open group" {
                error.place = place;
            }
            error
        })
    }

    /// The character of an escape that names one, after the letter.
    fn character_escape(&mut self, c: char, place: usize) -> Step<char> {
        let simple = match c {
            'a' => '\u{7}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\u{b}',
            '0' => {
                let mut code = 0;
                for _ in 0..2 {
                    if let Some(digit) = self.peek().and_then(|c| c.to_digit(8)) {
                        code = code * 8 + digit;
                        self.at += 1;
                    }
                }
                return Ok(char::from_u32(code).unwrap_or_default());
            }
            'x' => return self.hex_escape('x', 2, place),
            'u' => return self.hex_escape('u', 4, place),
            'U' => return self.hex_escape('U', 8, place),
            'N' => return self.named_escape(place),
            c if c.is_ascii_alphanumeric() => return fail(format!("bad escape \\{c}"), place),
            c => c,
        };
        Ok(simple)
    }

    /// `\N{NAME}`
    fn named_escape(&mut self, place: usize) -> Step<char> {
        if self.peek() != Some('{') {
            return fail("missing {", self.at);
        }
        self.at += 1;
        let mut name = String::new();
        loop {
            match self.next() {
                Some('}') => break,
                Some(c) => name.push(c),
                None => return fail("missing }, unterminated name", place + 3),
            }
        }
        match unicode_names2::character(&name) {
            Some(c) => Ok(c),
            None if name.is_empty() => fail("missing character name", place + 3),
            None => fail(format!("undefined character name '{name}'"), place),
        }
    }

    fn hex_escape(&mut self, letter: char, count: usize, place: usize) -> Step<char> {
        let mut digits = String::new();
        while digits.len() < count
            && let Some(c) = self.peek().filter(char::is_ascii_hexdigit)
        {
            digits.push(c);
            self.at += 1;
        }
        let code = u32::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == count);
        match code {
            None => fail(format!("incomplete escape \\{letter}{digits}"), place),
            Some(code) => match char::from_u32(code) {
                Some(c) => Ok(c),
                None => fail(format!("bad escape \\{letter}{digits}"), place),
            },
        }
    }

    /// A set in brackets, the opening one taken.
    pub(super) fn set(&mut self, place: usize) -> Step {
        let mut out = String::from(if self.take('^') { "[^" } else { "[" });
        let first = self.at;
        loop {
            let here = self.at;
            let Some(c) = self.next() else { return fail("unterminated character set", place) };
            if c == ']' && here > first {
                break;
            }
            let low = self.set_item(c, here, place)?;
            if self.peek() == Some('-') && self.chars.get(self.at + 1).is_some_and(|c| *c != ']') {
                self.at += 1;
                let after = self.at;
                let c = self.next().unwrap_or_default();
                let high = self.set_item(c, after, place)?;
                let (SetItem::Char(low), SetItem::Char(high)) = (&low, &high) else {
                    let range: String = self.chars.get(here..self.at).unwrap_or(&[]).iter().collect();
                    return fail(format!("bad character range {range}"), here);
                };
                if low > high {
                    let range: String = self.chars.get(here..self.at).unwrap_or(&[]).iter().collect();
                    return fail(format!("bad character range {range}"), here);
                }
                out.push_str(&format!("{}-{}", literal(*low), literal(*high)));
                continue;
            }
            match low {
                SetItem::Char(c) => out.push_str(&literal(c)),
                SetItem::Class(class) => out.push_str(&class),
            }
        }
        out.push(']');
        self.out.push_str(&out);
        Ok(())
    }

    fn set_item(&mut self, c: char, here: usize, place: usize) -> Step<SetItem> {
        if c != '\\' {
            return Ok(SetItem::Char(c));
        }
        let Some(c) = self.next() else { return fail("unterminated character set", place) };
        if let Some(class) = named(c, self.has(ASCII), true) {
            return Ok(SetItem::Class(class));
        }
        match c {
            'b' => Ok(SetItem::Char('\u{8}')),
            '1'..='7' => {
                self.at -= 1;
                let mut code = 0;
                for _ in 0..3 {
                    if let Some(digit) = self.peek().and_then(|c| c.to_digit(8)) {
                        code = code * 8 + digit;
                        self.at += 1;
                    }
                }
                Ok(SetItem::Char(char::from_u32(code).unwrap_or_default()))
            }
            c => self.character_escape(c, here).map(SetItem::Char),
        }
    }
}

/// What an item of a set is.
enum SetItem {
    Char(char),
    Class(String),
}
