//! What CPython 3.11 says is wrong in an f-string. There it is a text first, whose expressions are looked at one by one; the
//! parser here reads it in one go, and its words differ.
//!
//! It is asked only after the parser found a fault, and never finds one in source that the parser takes.

/// How deep formats inside formats may be.
const NESTED: u32 = 2;
const CLOSES: &str = ")]}";

/// A text of the source: where its inside begins and ends.
struct Literal {
    start: usize,
    end: usize,
    formatted: bool,
    raw: bool,
}

/// What is wrong in the f-string at an offset: that in which the offset lies, or the last before it on its line.
pub(super) fn fault_at(source: &str, offset: usize) -> Option<String> {
    let literal = literals(source).into_iter().take_while(|literal| literal.start <= offset + 1).last()?;
    let same_line = !source.get(literal.end..offset.max(literal.end))?.contains('\n');
    if !literal.formatted || !same_line {
        return None;
    }
    let inside: Vec<(usize, char)> =
        source.get(literal.start..literal.end)?.char_indices().map(|(at, c)| (literal.start + at, c)).collect();
    let mut reader = Reader { chars: &inside, at: 0, raw: literal.raw };
    match reader.text(0) {
        Err(message) => Some(message),
        Ok(()) => (offset < literal.end).then(|| "f-string: invalid syntax".to_owned()),
    }
}

/// The texts of a source, as they are without expressions in them.
fn literals(source: &str) -> Vec<Literal> {
    let bytes = source.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'#' => at += source[at..].find('\n').unwrap_or(source.len() - at),
            quote @ (b'"' | b'\'') => {
                let prefix = bytes[..at].iter().rev().take_while(|b| b.is_ascii_alphabetic()).count();
                let prefix = source[at - prefix..at].to_ascii_lowercase();
                let long = bytes[at..].starts_with(&[quote; 3]);
                let start = at + if long { 3 } else { 1 };
                let end = end_of(bytes, start, quote, long);
                let is_prefix = prefix.len() <= 2;
                let has = |letter| is_prefix && prefix.contains(letter);
                found.push(Literal { start, end: end.min(bytes.len()), formatted: has('f'), raw: has('r') });
                at = end + if long { 3 } else { 1 };
            }
            _ => at += 1,
        }
    }
    found
}

fn end_of(bytes: &[u8], mut at: usize, quote: u8, long: bool) -> usize {
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'\n' if !long => break,
            byte if byte == quote && (!long || bytes[at..].starts_with(&[quote; 3])) => break,
            _ => {}
        }
        at += 1;
    }
    at
}

/// Reads the inside of an f-string.
struct Reader<'a> {
    chars: &'a [(usize, char)],
    at: usize,
    raw: bool,
}

type Checked = Result<(), String>;

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).map(|(_, c)| *c)
    }

    fn next_is(&self, wanted: char) -> bool {
        self.chars.get(self.at + 1).is_some_and(|(_, c)| *c == wanted)
    }

    /// Text and expressions, to the end or, in a format, to the brace that ends it.
    fn text(&mut self, depth: u32) -> Checked {
        while let Some(c) = self.peek() {
            match c {
                '\\' if !self.raw && self.next_is('N') => self.named(),
                '\\' if !self.raw && !self.next_is('{') => self.at += 2,
                '{' if depth == 0 && self.next_is('{') => self.at += 2,
                '}' if depth == 0 && self.next_is('}') => self.at += 2,
                '{' => self.expression(depth)?,
                '}' if depth > 0 => return Ok(()),
                '}' => return Err("f-string: single '}' is not allowed".to_owned()),
                _ => self.at += 1,
            }
        }
        Ok(())
    }

    /// `\N{...}`
    fn named(&mut self) {
        self.at += 2;
        if self.peek() == Some('{') {
            while self.peek().is_some_and(|c| c != '}') {
                self.at += 1;
            }
            self.at += 1;
        }
    }

    fn expression(&mut self, depth: u32) -> Checked {
        if depth >= NESTED {
            return Err("f-string: expressions nested too deeply".to_owned());
        }
        self.at += 1;
        let from = self.at;
        self.pass_expression()?;
        let stopped = self.peek();
        if self.chars[from..self.at].iter().all(|(_, c)| matches!(c, ' ' | '\t' | '\n' | '\x0c' | '\r')) {
            return Err(match stopped {
                Some(c @ ('!' | ':' | '=')) => format!("f-string: expression required before '{c}'"),
                Some('}') => "f-string: empty expression not allowed".to_owned(),
                _ => "f-string: expecting '}'".to_owned(),
            });
        }
        if self.peek() == Some('=') {
            self.at += 1;
            while self.peek().is_some_and(char::is_whitespace) {
                self.at += 1;
            }
        }
        if self.peek() == Some('!') {
            self.conversion()?;
        }
        if self.peek() == Some(':') {
            self.at += 1;
            self.text(depth + 1)?;
        }
        if self.peek() != Some('}') {
            return Err("f-string: expecting '}'".to_owned());
        }
        self.at += 1;
        Ok(())
    }

    fn conversion(&mut self) -> Checked {
        self.at += 1;
        match self.peek() {
            None => return Err("f-string: expecting '}'".to_owned()),
            Some('s' | 'r' | 'a') => self.at += 1,
            Some(_) => {
                let from = self.at;
                while self.peek().is_some_and(|c| c.is_alphanumeric() || c == '_') {
                    self.at += 1;
                }
                let given: String = self.chars[from..self.at].iter().map(|(_, c)| *c).collect();
                let given = if given.is_empty() { String::new() } else { format!(" '{given}'") };
                return Err(format!("f-string: invalid conversion character{given}: expected 's', 'r', or 'a'"));
            }
        }
        match self.peek() {
            Some('}' | ':') => Ok(()),
            _ => Err("f-string: expecting '}'".to_owned()),
        }
    }

    /// Goes over an expression, up to what ends it.
    fn pass_expression(&mut self) -> Checked {
        let mut open: Vec<char> = Vec::new();
        while let Some(c) = self.peek() {
            match c {
                '\\' => return Err("f-string expression part cannot include a backslash".to_owned()),
                '#' => return Err("f-string expression part cannot include '#'".to_owned()),
                '\'' | '"' => {
                    self.quoted(c)?;
                    continue;
                }
                '(' | '[' | '{' => open.push(c),
                '=' | '!' | '<' | '>' if open.is_empty() && self.next_is('=') => self.at += 1,
                '<' | '>' => {}
                '!' | ':' | '=' | '}' if open.is_empty() => break,
                ')' | ']' | '}' => match open.pop() {
                    None => return Err(format!("f-string: unmatched '{c}'")),
                    Some(opening) if CLOSES.find(c) == "([{".find(opening) => {}
                    Some(opening) => {
                        return Err(format!(
                            "f-string: closing parenthesis '{c}' does not match opening parenthesis '{opening}'"
                        ));
                    }
                },
                _ => {}
            }
            self.at += 1;
        }
        match open.pop() {
            Some(opening) => Err(format!("f-string: unmatched '{opening}'")),
            None => Ok(()),
        }
    }

    /// A text inside an expression.
    fn quoted(&mut self, quote: char) -> Checked {
        let is_long = |reader: &Self| {
            let three = reader.chars.get(reader.at..reader.at + 3);
            three.is_some_and(|three| three.iter().all(|(_, c)| *c == quote))
        };
        let long = is_long(self);
        self.at += if long { 3 } else { 1 };
        while let Some(c) = self.peek() {
            if c == '\\' {
                return Err("f-string expression part cannot include a backslash".to_owned());
            }
            if c == quote && (!long || is_long(self)) {
                self.at += if long { 3 } else { 1 };
                return Ok(());
            }
            self.at += 1;
        }
        Err("f-string: unterminated string".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(source: &str) -> String {
        fault_at(source, source.len().saturating_sub(2)).unwrap_or_default()
    }

    #[test]
    fn a_fault_in_an_f_string_is_told_in_the_words_of_cpython() {
        assert_eq!(said("f'{}'"), "f-string: empty expression not allowed");
        assert_eq!(said("f'{ !r}'"), "f-string: expression required before '!'");
        assert_eq!(said("f'{a[4)}'"), "f-string: closing parenthesis ')' does not match opening parenthesis '['");
        assert_eq!(said("f'{1#}'"), "f-string expression part cannot include '#'");
        assert_eq!(said("f'{\"x'"), "f-string: unterminated string");
        assert_eq!(said("f'{3!x}'"), "f-string: invalid conversion character 'x': expected 's', 'r', or 'a'");
        assert_eq!(said("f'{3' 'x"), "");
        assert_eq!(said("f'}'"), "f-string: single '}' is not allowed");
        assert_eq!(said("f'{a b}'"), "f-string: invalid syntax");
        assert_eq!(said("'{}'"), "");
    }
}
