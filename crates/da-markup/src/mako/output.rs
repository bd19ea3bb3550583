//! Python source that grows line by line, each line with the line of the template that it comes from.

#[derive(Debug, Default)]
pub(crate) struct Output {
    pub(crate) text: String,
    pub(crate) lines: Vec<u32>,
    pub(crate) indent: usize,
}

impl Output {
    pub(crate) fn indented(indent: usize) -> Self {
        Output { indent, ..Output::default() }
    }

    /// Adds a statement that comes from line `line`. What follows its first line inside brackets or
    /// after a backslash comes from the lines after.
    pub(crate) fn statement(&mut self, line: u32, statement: &str) {
        for (number, text) in (line..).zip(statement.split('\n')) {
            if number == line {
                self.text.extend(std::iter::repeat_n(' ', self.indent));
            }
            self.push_line(number, text);
        }
    }

    pub(crate) fn push_line(&mut self, line: u32, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
        self.lines.push(line);
    }

    pub(crate) fn append(&mut self, other: Output) {
        self.text.push_str(&other.text);
        self.lines.extend(other.lines);
    }
}

/// `text` as a Python string literal on one line.
pub(crate) fn string_literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('\'');
    for c in text.chars() {
        match c {
            '\'' | '\\' => literal.extend(['\\', c]),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                literal.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => literal.push(c),
        }
    }
    literal.push('\'');
    literal
}
