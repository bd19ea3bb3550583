//! Python's pattern syntax into that of the engine.
//!
//! What the two write differently is written out (`$`, `.`, `^`, names, verbose mode), so that only
//! the flag for case reaches the engine.

use super::PatternError;
use super::class::{ascii_boundary, literal, named};

/// `re.IGNORECASE` and the others.
pub(super) const IGNORECASE: i64 = 2;
pub(super) const LOCALE: i64 = 4;
pub(super) const MULTILINE: i64 = 8;
pub(super) const DOTALL: i64 = 16;
pub(super) const UNICODE: i64 = 32;
pub(super) const VERBOSE: i64 = 64;
pub(super) const ASCII: i64 = 256;

/// Groups inside each other.
const DEPTH: usize = 100;

/// A pattern in the engine's syntax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Translated {
    /// The pattern.
    pub(super) text: String,
    /// The flags, those that the pattern sets itself included.
    pub(super) flags: i64,
    /// Groups that have names.
    pub(super) names: Vec<(String, usize)>,
    /// The groups in the order in which they are closed.
    pub(super) closing: Vec<usize>,
}

struct Translator {
    chars: Vec<char>,
    at: usize,
    flags: i64,
    /// The flags that the pattern set for all of itself.
    global: i64,
    opened: usize,
    closing: Vec<usize>,
    names: Vec<(String, usize)>,
    depth: usize,
    out: String,
}

type Step<T = ()> = Result<T, PatternError>;

fn fail<T>(message: impl Into<String>, place: usize) -> Step<T> {
    Err(PatternError { message: message.into(), place })
}

/// Translates a pattern.
pub(super) fn translate(pattern: &str, flags: i64) -> Step<Translated> {
    let mut flags = flags;
    // A pattern that turns verbose mode on for all of itself is read again in that mode.
    for _ in 0..2 {
        let mut translator = Translator {
            chars: pattern.chars().collect(),
            at: 0,
            flags,
            global: 0,
            opened: 0,
            closing: Vec::new(),
            names: Vec::new(),
            depth: 0,
            out: String::new(),
        };
        translator.alternatives()?;
        if translator.at < translator.chars.len() {
            return fail("unbalanced parenthesis", translator.at);
        }
        let all = flags | translator.global;
        if all != flags {
            flags = all;
            continue;
        }
        let case = if flags & IGNORECASE != 0 { "(?i)" } else { "" };
        let flags = if flags & ASCII == 0 { flags | UNICODE } else { flags };
        let Translator { out, names, closing, .. } = translator;
        return Ok(Translated { text: format!("{case}{out}"), flags, names, closing });
    }
    fail("the flags of the pattern contradict each other", 0)
}

/// What stands before a quantifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item {
    Nothing,
    Repeatable(usize),
    Repeated,
}

impl Translator {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn has(&self, flag: i64) -> bool {
        self.flags & flag != 0
    }

    /// Everything up to a closing parenthesis or the end.
    fn alternatives(&mut self) -> Step {
        let mut item = Item::Nothing;
        while let Some(c) = self.peek() {
            if c == ')' {
                break;
            }
            item = self.piece(c, item)?;
        }
        Ok(())
    }

    fn piece(&mut self, c: char, before: Item) -> Step<Item> {
        let place = self.at;
        let start = self.out.len();
        self.at += 1;
        match c {
            '|' => {
                self.out.push('|');
                return Ok(Item::Nothing);
            }
            '*' | '+' | '?' => return self.quantifier(&c.to_string(), place, before),
            '{' => return self.braces(place, before),
            '^' => return self.anchor(if self.has(MULTILINE) { "(?m:^)" } else { r"\A" }),
            '$' => return self.anchor(if self.has(MULTILINE) { "(?m:$)" } else { r"(?=\n?\z)" }),
            '.' => self.out.push_str(if self.has(DOTALL) { "(?s:.)" } else { r"[^\n]" }),
            '(' => {
                if !self.group(place)? {
                    return Ok(before);
                }
            }
            '[' => self.set(place)?,
            '\\' => return self.escape(place),
            ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' if self.has(VERBOSE) => return Ok(before),
            '#' if self.has(VERBOSE) => {
                while self.next().is_some_and(|c| c != '\n') {}
                return Ok(before);
            }
            c => self.out.push_str(&literal(c)),
        }
        Ok(Item::Repeatable(start))
    }

    /// A place, which cannot be repeated.
    fn anchor(&mut self, text: &str) -> Step<Item> {
        self.out.push_str(text);
        Ok(Item::Nothing)
    }

    fn quantifier(&mut self, text: &str, place: usize, before: Item) -> Step<Item> {
        let start = match before {
            Item::Nothing => return fail("nothing to repeat", place),
            Item::Repeated => return fail("multiple repeat", place),
            Item::Repeatable(start) => start,
        };
        // What looks around can be repeated in Python, not in the engine.
        let repeated = self.out.get(start..).unwrap_or("");
        if ["(?=", "(?!", "(?<"].iter().any(|look| repeated.starts_with(look)) {
            let wrapped = format!("(?:{repeated})");
            self.out.truncate(start);
            self.out.push_str(&wrapped);
        }
        self.out.push_str(text);
        if let Some(more @ ('?' | '+')) = self.peek() {
            self.at += 1;
            self.out.push(more);
        }
        Ok(Item::Repeated)
    }

    /// `{m}`, `{m,n}`, or braces that stand for themselves.
    fn braces(&mut self, place: usize, before: Item) -> Step<Item> {
        let digits = |translator: &mut Translator| {
            let mut digits = String::new();
            while let Some(c) = translator.peek().filter(char::is_ascii_digit) {
                digits.push(c);
                translator.at += 1;
            }
            digits
        };
        let low = digits(self);
        let (comma, high) = if self.take(',') { (true, digits(self)) } else { (false, String::new()) };
        if !self.take('}') || (low.is_empty() && !comma) {
            self.at = place + 1;
            let start = self.out.len();
            self.out.push_str(&literal('{'));
            return Ok(Item::Repeatable(start));
        }
        let number = |text: &str| text.parse::<u32>().ok();
        let large = |text: &str| !text.is_empty() && number(text).is_none_or(|n| n > 100_000);
        if large(&low) || large(&high) {
            return fail("the repetition number is too large", place);
        }
        if let (Some(low), Some(high)) = (number(&low), number(&high))
            && low > high
        {
            return fail("min repeat greater than max repeat", place + 1);
        }
        let low = if low.is_empty() { "0" } else { &low };
        let text = if comma { format!("{{{low},{high}}}") } else { format!("{{{low}}}") };
        self.quantifier(&text, place, before)
    }

    /// What is in parentheses, the opening one taken. Says whether it is something to match.
    fn group(&mut self, place: usize) -> Step<bool> {
        if self.depth >= DEPTH {
            return fail("the groups are nested too deeply", place);
        }
        let flags = self.flags;
        let mut number = None;
        if self.take('?') {
            match self.extension(place)? {
                Opened::Nothing => return Ok(false),
                Opened::Whole => return Ok(true),
                Opened::Plain => {}
                Opened::Named(name) => number = Some(self.open(Some(name), place)?),
            }
        } else {
            number = Some(self.open(None, place)?);
        }
        self.depth += 1;
        self.alternatives()?;
        self.depth -= 1;
        if !self.take(')') {
            return fail("missing ), unterminated subpattern", place);
        }
        self.out.push(')');
        self.closing.extend(number);
        self.flags = flags;
        Ok(true)
    }

    fn open(&mut self, name: Option<String>, place: usize) -> Step<usize> {
        self.opened += 1;
        let number = self.opened;
        if let Some(name) = name {
            if let Some((_, was)) = self.names.iter().find(|(other, _)| *other == name) {
                let message = format!("redefinition of group name '{name}' as group {number}; was group {was}");
                return fail(message, place + 4);
            }
            self.names.push((name, number));
        }
        self.out.push('(');
        Ok(number)
    }

    /// What follows `(?`.
    fn extension(&mut self, place: usize) -> Step<Opened> {
        let Some(c) = self.next() else { return fail("unexpected end of pattern", self.at) };
        let opening = match c {
            ':' => "(?:",
            '=' => "(?=",
            '!' => "(?!",
            '>' => "(?>",
            '#' => {
                while let Some(c) = self.next() {
                    if c == ')' {
                        return Ok(Opened::Nothing);
                    }
                }
                return fail("missing ), unterminated comment", place);
            }
            '<' => match self.next() {
                Some('=') => "(?<=",
                Some('!') => "(?<!",
                Some(c) => return fail(format!("unknown extension ?<{c}"), place + 1),
                None => return fail("unexpected end of pattern", self.at),
            },
            'P' => return self.python_extension(place),
            '(' => return self.condition(),
            '-' | 'a' | 'i' | 'L' | 'm' | 's' | 'u' | 'x' => return self.inline_flags(c, place),
            c => return fail(format!("unknown extension ?{c}"), place + 1),
        };
        self.out.push_str(opening);
        Ok(Opened::Plain)
    }

    fn python_extension(&mut self, place: usize) -> Step<Opened> {
        match self.next() {
            Some('<') => self.name('>').map(Opened::Named),
            Some('=') => {
                let start = self.at;
                let name = self.name(')')?;
                let Some((_, number)) = self.names.iter().find(|(other, _)| *other == name) else {
                    return fail(format!("unknown group name '{name}'"), start);
                };
                self.reference(*number, start)?;
                Ok(Opened::Whole)
            }
            Some(c) => fail(format!("unknown extension ?P{c}"), place + 1),
            None => fail("unexpected end of pattern", self.at),
        }
    }

    fn name(&mut self, end: char) -> Step<String> {
        let start = self.at;
        let mut name = String::new();
        loop {
            match self.next() {
                Some(c) if c == end => break,
                Some(c) => name.push(c),
                None if name.is_empty() => return fail("missing group name", start),
                None => return fail(format!("missing {end}, unterminated name"), start),
            }
        }
        let unicode = |c: char| crate::types::unicode::continues_identifier(c);
        if name.is_empty() {
            return fail("missing group name", start);
        }
        let first = name.chars().next().is_some_and(crate::types::unicode::starts_identifier);
        if !first || !name.chars().all(unicode) {
            return fail(format!("bad character in group name {}", crate::types::quote::text(&name)), start);
        }
        Ok(name)
    }

    /// `(?(1)yes|no)`, after the second parenthesis.
    fn condition(&mut self) -> Step<Opened> {
        let start = self.at;
        let mut name = String::new();
        while let Some(c) = self.next().filter(|c| *c != ')') {
            name.push(c);
        }
        let number = match name.parse::<usize>() {
            Ok(number) => number,
            Err(_) => match self.names.iter().find(|(other, _)| *other == name) {
                Some((_, number)) => *number,
                None => return fail(format!("unknown group name '{name}'"), start),
            },
        };
        if number == 0 || number > self.opened {
            return fail(format!("invalid group reference {number}"), start);
        }
        self.out.push_str(&format!("(?({number})"));
        Ok(Opened::Plain)
    }

    fn inline_flags(&mut self, first: char, place: usize) -> Step<Opened> {
        let (mut on, mut off, mut negative) = (0, 0, false);
        let mut c = first;
        loop {
            let flag = match c {
                'i' => IGNORECASE,
                'L' => LOCALE,
                'm' => MULTILINE,
                's' => DOTALL,
                'u' => UNICODE,
                'x' => VERBOSE,
                'a' => ASCII,
                '-' if !negative => {
                    negative = true;
                    0
                }
                ':' | ')' => break,
                _ => return fail("unknown flag", self.at - 1),
            };
            if negative {
                off |= flag
            } else {
                on |= flag
            }
            match self.next() {
                Some(next) => c = next,
                None => return fail("missing -, : or )", self.at),
            }
        }
        if on & LOCALE != 0 {
            return fail("bad inline flags: cannot use 'L' flag with a str pattern", self.at - 1);
        }
        if c == ')' {
            if negative {
                return fail("missing :", self.at - 1);
            }
            if place != 0 {
                return fail("global flags not at the start of the expression", place);
            }
            self.global |= on;
            return Ok(Opened::Nothing);
        }
        self.flags = (self.flags | on) & !off;
        let case = match (on & IGNORECASE != 0, off & IGNORECASE != 0) {
            (true, _) => "(?i:",
            (_, true) => "(?-i:",
            _ => "(?:",
        };
        self.out.push_str(case);
        Ok(Opened::Plain)
    }

    fn reference(&mut self, number: usize, place: usize) -> Step {
        if number > self.opened {
            return fail(format!("invalid group reference {number}"), place);
        }
        if !self.closing.contains(&number) {
            return fail("cannot refer to an open group", place);
        }
        self.out.push_str(&format!("(?:\\{number})"));
        Ok(())
    }

    fn escape(&mut self, place: usize) -> Step<Item> {
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
            c if c.is_ascii_alphanumeric() => return fail(format!("bad escape \\{c}"), place),
            c => c,
        };
        Ok(simple)
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
    fn set(&mut self, place: usize) -> Step {
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

/// What a group begins as.
enum Opened {
    /// Nothing to match: a comment, or flags.
    Nothing,
    /// Something that is complete.
    Whole,
    /// A group without a number.
    Plain,
    /// A group with a name.
    Named(String),
}
