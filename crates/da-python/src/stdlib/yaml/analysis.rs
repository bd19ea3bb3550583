//! Which styles a text can be written in.

/// What was found in a text.
#[expect(clippy::struct_excessive_bools, reason = "five styles, each allowed or not")]
pub(super) struct Analysis {
    pub(super) empty: bool,
    pub(super) multiline: bool,
    pub(super) flow_plain: bool,
    pub(super) block_plain: bool,
    pub(super) single_quoted: bool,
    pub(super) block: bool,
}

/// Whether a character ends a line.
pub(super) fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether a character separates words, as indicators need it; a text's end does too.
fn separates(c: Option<char>) -> bool {
    c.is_none_or(|c| matches!(c, '\0' | ' ' | '\t' | '\r') || is_break(c))
}

/// Characters that mean something to YAML where they stand: in a block, and between brackets.
#[derive(Default)]
struct Indicators {
    block: bool,
    flow: bool,
}

impl Indicators {
    fn look(&mut self, c: char, first: bool, before: Option<char>, after: Option<char>) {
        let both = if first {
            ",#[]{}&*!|>'\"%@`".contains(c) || (c == '-' && separates(after))
        } else {
            c == '#' && separates(before)
        };
        self.block |= both || (if first { matches!(c, '?' | ':') } else { c == ':' }) && separates(after);
        self.flow |= both || if first { matches!(c, '?' | ':') } else { ",?[]{}:".contains(c) };
    }
}

/// Spaces and line ends where they would get lost in some style.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a place where blanks matter")]
struct Blanks {
    at_an_end: bool,
    trailing_space: bool,
    break_space: bool,
    space_break: bool,
}

/// Looks at a text. Without `unicode`, what is not ASCII is special.
pub(super) fn of(text: &str, unicode: bool) -> Analysis {
    if text.is_empty() {
        return Analysis {
            empty: true,
            multiline: false,
            flow_plain: false,
            block_plain: true,
            single_quoted: true,
            block: false,
        };
    }
    let mut indicators = Indicators::default();
    if text.starts_with("---") || text.starts_with("...") {
        indicators = Indicators { block: true, flow: true };
    }
    let mut blanks = Blanks::default();
    let (mut multiline, mut special) = (false, false);
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied();
        indicators.look(c, before.is_none(), before, after);
        multiline |= is_break(c);
        special |= c != '\n' && !(' '..='~').contains(&c) && !(unicode && is_printable(c));
        let at_an_end = before.is_none() || after.is_none();
        blanks.at_an_end |= at_an_end && (c == ' ' || is_break(c));
        blanks.trailing_space |= after.is_none() && c == ' ';
        blanks.break_space |= c == ' ' && before.is_some_and(is_break);
        blanks.space_break |= is_break(c) && before == Some(' ');
        before = Some(c);
    }
    let quoted_only = blanks.space_break || special;
    let plain = !(blanks.at_an_end || blanks.break_space || quoted_only || multiline);
    Analysis {
        empty: false,
        multiline,
        flow_plain: plain && !indicators.flow,
        block_plain: plain && !indicators.block,
        single_quoted: !(blanks.break_space || quoted_only),
        block: !(blanks.trailing_space || quoted_only),
    }
}

/// Whether a character beyond ASCII can stand as it is.
pub(super) fn is_printable(c: char) -> bool {
    c == '\u{85}' || (c >= '\u{a0}' && !matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{10ffff}'))
}
