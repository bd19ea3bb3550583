//! The characters of YAML: where a line is broken, how a text is written in each of its styles.
//!
//! Knows nothing of the tree. Widths are counted in characters.

use super::analysis::is_break;

/// How the text is laid out.
pub(super) struct Layout {
    pub(super) indent: usize,
    pub(super) width: usize,
    pub(super) unicode: bool,
    pub(super) line_break: &'static str,
    pub(super) canonical: bool,
}

/// A text that grows, and where it is.
pub(super) struct Writer {
    pub(super) out: String,
    pub(super) layout: Layout,
    /// Where lines begin; `None` before the root.
    pub(super) indent: Option<usize>,
    pub(super) column: usize,
    /// The last character was a space, or nothing needs one.
    pub(super) whitespace: bool,
    /// The line holds nothing but indentation, `-`, `?` and `:` so far.
    pub(super) indention: bool,
    /// The document could go on: another one after it needs `...` or `---`.
    pub(super) open_ended: bool,
}

impl Writer {
    pub(super) fn new(layout: Layout) -> Self {
        Writer {
            out: String::new(),
            layout,
            indent: None,
            column: 0,
            whitespace: true,
            indention: true,
            open_ended: false,
        }
    }

    pub(super) fn is_wide(&self) -> bool {
        self.column > self.layout.width
    }

    fn raw(&mut self, text: &str) {
        self.column += text.chars().count();
        self.out.push_str(text);
    }

    /// A sign of YAML, with a space before it where it needs one.
    pub(super) fn indicator(&mut self, sign: &str, needs_space: bool) {
        if needs_space && !self.whitespace {
            self.raw(" ");
        }
        self.raw(sign);
        self.whitespace = false;
        self.indention = false;
        self.open_ended = false;
    }

    /// `-`, `?` or `:` at the beginning of a line: after it, a block may begin on the same line.
    pub(super) fn bullet(&mut self, sign: &str) {
        let indention = self.indention;
        self.indicator(sign, true);
        self.indention = indention;
    }

    /// `[` or `{`
    pub(super) fn bracket(&mut self, sign: &str) {
        self.indicator(sign, true);
        self.whitespace = true;
    }

    pub(super) fn line_break(&mut self, sign: Option<char>) {
        self.whitespace = true;
        self.indention = true;
        self.column = 0;
        match sign {
            Some(sign) if sign != '\n' => self.out.push(sign),
            _ => self.out.push_str(self.layout.line_break),
        }
    }

    /// Goes to where lines begin, on a new line unless this one is still before it.
    pub(super) fn new_line(&mut self) {
        let indent = self.indent.unwrap_or(0);
        if !self.indention || self.column > indent || (self.column == indent && !self.whitespace) {
            self.line_break(None);
        }
        if self.column < indent {
            self.whitespace = true;
            let missing = indent - self.column;
            self.raw(&" ".repeat(missing));
        }
    }

    fn continue_line(&mut self) {
        self.new_line();
        self.whitespace = false;
        self.indention = false;
    }

    /// Line ends in quotes and folded texts: one alone would be read as a space.
    fn breaks(&mut self, run: &str, doubled: bool) {
        if doubled && run.starts_with('\n') {
            self.line_break(None);
        }
        for sign in run.chars() {
            self.line_break(Some(sign));
        }
    }

    /// Without quotes. `root` says that the text is all of the document.
    pub(super) fn plain(&mut self, text: &str, root: bool, split: bool) {
        self.open_ended |= root;
        if text.is_empty() {
            return;
        }
        if !self.whitespace {
            self.raw(" ");
        }
        self.whitespace = false;
        self.indention = false;
        for run in runs(text) {
            if run == " " && self.is_wide() && split {
                self.continue_line();
            } else {
                self.raw(run);
            }
        }
    }

    pub(super) fn single_quoted(&mut self, text: &str, split: bool) {
        self.indicator("'", true);
        let mut at = 0;
        for run in runs(text) {
            let end = at + run.len();
            if run.starts_with(' ') {
                if run == " " && self.is_wide() && split && at > 0 && end < text.len() {
                    self.new_line();
                } else {
                    self.raw(run);
                }
            } else if run.starts_with(is_break) {
                self.breaks(run, true);
                self.new_line();
            } else {
                self.raw(&run.replace('\'', "''"));
            }
            at = end;
        }
        self.indicator("'", false);
    }

    pub(super) fn double_quoted(&mut self, text: &str, split: bool) {
        self.indicator("\"", true);
        let chars: Vec<char> = text.chars().collect();
        let (mut waiting, mut count) = (String::new(), 0);
        for (place, c) in chars.iter().copied().enumerate() {
            let escaped = self.must_escape(c);
            if escaped {
                self.raw(&waiting);
                (waiting, count) = (String::new(), 0);
                self.raw(&escape(c));
            }
            let inside = place > 0 && place + 1 < chars.len();
            // What was just escaped counts one less: so PyYAML counts.
            let reached = self.column + count - usize::from(escaped);
            if inside && split && (c == ' ' || waiting.is_empty()) && reached > self.layout.width {
                self.raw(&waiting);
                (waiting, count) = (String::new(), 0);
                self.raw("\\");
                self.continue_line();
                let next = if escaped { chars.get(place + 1) } else { Some(&c) };
                if next == Some(&' ') {
                    self.raw("\\");
                }
            }
            if !escaped {
                waiting.push(c);
                count += 1;
            }
        }
        self.raw(&waiting);
        self.indicator("\"", false);
    }

    fn must_escape(&self, c: char) -> bool {
        let ascii = (' '..='~').contains(&c);
        let shown = ascii || (self.layout.unicode && ('\u{a0}'..='\u{fffd}').contains(&c));
        matches!(c, '"' | '\\' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}') || !shown
    }

    /// The sign of a block of text, and what it says of blanks at its ends.
    fn block_head(&mut self, sign: char, text: &str) {
        let mut head = String::from(sign);
        if text.starts_with(|c| c == ' ' || is_break(c)) {
            head.push_str(&self.layout.indent.to_string());
        }
        let mut last = text.chars().rev();
        match (last.next(), last.next()) {
            (Some(end), _) if !is_break(end) => head.push('-'),
            (Some(_), None) => head.push('+'),
            (Some(_), Some(before)) if is_break(before) => head.push('+'),
            _ => {}
        }
        self.indicator(&head, true);
        self.open_ended |= head.ends_with('+');
        self.line_break(None);
    }

    pub(super) fn literal(&mut self, text: &str) {
        self.block_head('|', text);
        let mut fresh = true;
        for run in text.split_inclusive(is_break) {
            let (line, end) = match run.chars().next_back().filter(|c| is_break(*c)) {
                Some(end) => (&run[..run.len() - end.len_utf8()], Some(end)),
                None => (run, None),
            };
            if !line.is_empty() {
                if fresh {
                    self.new_line();
                }
                self.out.push_str(line);
                self.column += line.chars().count();
                self.indention = false;
            }
            fresh = true;
            self.line_break(end);
        }
        self.column = 0;
    }

    pub(super) fn folded(&mut self, text: &str) {
        self.block_head('>', text);
        let (mut after_space, mut fresh) = (true, true);
        let all: Vec<&str> = runs(text).collect();
        for (place, run) in all.iter().enumerate() {
            if run.starts_with(is_break) {
                let next = all.get(place + 1).and_then(|next| next.chars().next());
                self.breaks(run, !after_space && next.is_some_and(|c| c != ' '));
                after_space = next == Some(' ');
                fresh = true;
                continue;
            }
            if fresh {
                after_space = run.starts_with(' ');
                self.new_line();
            }
            if *run == " " && self.is_wide() && !fresh && place + 1 < all.len() {
                self.new_line();
            } else {
                self.raw(run);
                self.whitespace = false;
                self.indention = false;
            }
            fresh = false;
        }
        if !fresh {
            self.line_break(None);
        }
    }
}

/// A text cut into runs of spaces, of line ends, and of anything else.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    let kind = |c: char| if c == ' ' { 0 } else { 1 + u8::from(is_break(c)) };
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = kind(rest.chars().next()?);
        let end = rest.find(|c| kind(c) != first).unwrap_or(rest.len());
        let (run, left) = rest.split_at(end);
        rest = left;
        Some(run)
    })
}

fn escape(c: char) -> String {
    let short = match c {
        '\0' => '0',
        '\u{7}' => 'a',
        '\u{8}' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\u{b}' => 'v',
        '\u{c}' => 'f',
        '\r' => 'r',
        '\u{1b}' => 'e',
        '"' => '"',
        '\\' => '\\',
        '\u{85}' => 'N',
        '\u{a0}' => '_',
        '\u{2028}' => 'L',
        '\u{2029}' => 'P',
        _ => {
            let code = u32::from(c);
            return match code {
                0..=0xff => format!("\\x{code:02X}"),
                0x100..=0xffff => format!("\\u{code:04X}"),
                _ => format!("\\U{code:08X}"),
            };
        }
    };
    format!("\\{short}")
}
