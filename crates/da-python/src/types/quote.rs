//! `repr` of texts and bytes: which quotes, what is escaped.
//!
//! Pure: text in, text out.

use super::unicode;
use std::fmt::Write;

/// `repr(text)`
pub(crate) fn text(text: &str) -> String {
    quoted(text, unicode::is_printable)
}

fn quoted(text: &str, shown: impl Fn(char) -> bool) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => out.extend(['\\', c]),
            c if shown(c) => out.push(c),
            c => push_escaped(&mut out, c),
        }
    }
    out.push(quote);
    out
}

/// Replaces what is not ASCII in a `repr` by escapes.
pub(crate) fn escape_non_ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() { out.push(c) } else { push_escaped(&mut out, c) }
    }
    out
}

fn push_escaped(out: &mut String, c: char) {
    let code = u32::from(c);
    // Writing to a String cannot fail.
    let _ = match code {
        0..=0xff => write!(out, "\\x{code:02x}"),
        0x100..=0xffff => write!(out, "\\u{code:04x}"),
        _ => write!(out, "\\U{code:08x}"),
    };
}

/// `repr(bytes)`
pub(crate) fn bytes(bytes: &[u8]) -> String {
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') { b'"' } else { b'\'' };
    let mut out = String::with_capacity(bytes.len() + 3);
    out.push('b');
    out.push(char::from(quote));
    for &b in bytes {
        match b {
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            b if b == quote => out.extend(['\\', char::from(b)]),
            b' '..=b'~' => out.push(char::from(b)),
            _ => push_escaped(&mut out, char::from(b)),
        }
    }
    out.push(char::from(quote));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_escapes_are_those_of_cpython() {
        let table = [
            ("", "''"),
            ("a'b", "\"a'b\""),
            ("a'b\"", "'a\\'b\"'"),
            ("\\\n\r\t\u{0}\u{7f}", "'\\\\\\n\\r\\t\\x00\\x7f'"),
            ("é\u{a0}\u{2028}😀\u{e000}", "'é\\xa0\\u2028😀\\ue000'"),
        ];
        for (given, wanted) in table {
            assert_eq!(text(given), wanted);
        }
        assert_eq!(escape_non_ascii(&text("é😀'")), "\"\\xe9\\U0001f600'\"");
        assert_eq!(bytes(b"a'\"\\\x00\xff\n"), "b'a\\'\"\\\\\\x00\\xff\\n'");
    }
}
