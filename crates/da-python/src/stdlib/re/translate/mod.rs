//! Python's pattern syntax into that of the engine.
//!
//! What the two write differently is written out (`$`, `.`, `^`, names, verbose mode), so that only
//! the flag for case reaches the engine.

mod escape;
mod group;

use super::PatternError;
use super::class::literal;

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
}
