//! What stands in parentheses: groups, flags, conditions, and references to groups.

use super::{ASCII, DEPTH, DOTALL, IGNORECASE, LOCALE, MULTILINE, Step, Translator, UNICODE, VERBOSE, fail};

impl Translator {
    /// What is in parentheses, the opening one taken. Says whether it is something to match.
    pub(super) fn group(&mut self, place: usize) -> Step<bool> {
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
            // White space and comments of verbose mode may stand before.
            if !self.out.is_empty() {
                return fail("global flags not at the start of the expression", place);
            }
            self.global |= on;
            self.flags |= on & VERBOSE;
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

    pub(super) fn reference(&mut self, number: usize, place: usize) -> Step {
        if number > self.opened {
            return fail(format!("invalid group reference {number}"), place);
        }
        if !self.closing.contains(&number) {
            return fail("cannot refer to an open group", place);
        }
        self.out.push_str(&format!("(?:\\{number})"));
        Ok(())
    }
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
