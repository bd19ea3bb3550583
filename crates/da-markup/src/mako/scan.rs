//! Finds the end of Python inside a template without parsing it: it knows strings, comments and
//! brackets, and that is all.

/// Where Python that begins at the start of `text` ends: the offset of the first of `ends` that
/// stands outside strings and comments and, with `nested`, outside brackets; and which one it is.
pub(super) fn python_end<'e>(text: &str, ends: &[&'e str], nested: bool) -> Option<(usize, &'e str)> {
    let mut depth = 0i32;
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let first = rest.chars().next()?;
        if let Some(end) = ends.iter().find(|end| rest.starts_with(**end))
            && (!nested || depth <= 0)
        {
            return Some((at, end));
        }
        at += match first {
            // A comment that no line ends is not one: its text may hold the end that is sought.
            '#' => rest.find('\n').unwrap_or(1),
            '"' | '\'' => string_length(rest).unwrap_or(1),
            '(' | '[' | '{' => {
                depth += 1;
                1
            }
            // A bracket that nothing opened would close one that the translation adds.
            ')' | ']' | '}' if nested && depth == 0 => return None,
            ')' | ']' | '}' => {
                depth -= 1;
                1
            }
            other => other.len_utf8(),
        };
    }
    None
}

/// The length of the string literal that `text` begins with; `None` when it does not end.
pub(super) fn string_length(text: &str) -> Option<usize> {
    let quote = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quote| text.starts_with(quote))?;
    let mut at = quote.len();
    loop {
        let rest = text.get(at..)?;
        if rest.starts_with(quote) {
            return Some(at + quote.len());
        }
        let mut chars = rest.chars();
        let first = chars.next()?;
        at += first.len_utf8();
        if first == '\\' {
            at += chars.next().map_or(0, char::len_utf8);
        } else if first == '\n' && quote.len() == 1 {
            return None;
        }
    }
}

/// Whether `name` stands in `code` as a name of its own (not inside a string, not after a dot).
pub(super) fn uses_name(code: &str, name: &str) -> bool {
    let mut at = 0;
    let mut before = ' ';
    while let Some(rest) = code.get(at..).filter(|rest| !rest.is_empty()) {
        let word: usize = rest.chars().take_while(|c| *c == '_' || c.is_alphanumeric()).map(char::len_utf8).sum();
        if word > 0 {
            if &rest[..word] == name && before != '.' {
                return true;
            }
            before = ' ';
            at += word;
            continue;
        }
        let Some(first) = rest.chars().next() else { return false };
        at += match first {
            '"' | '\'' => string_length(rest).unwrap_or(1),
            other => other.len_utf8(),
        };
        if !first.is_whitespace() {
            before = first;
        }
    }
    false
}
