//! Character classes and escapes of patterns.

/// The classes that an escape names, as the engine writes them; `inside` brackets without brackets of
/// its own.
pub(super) fn named(letter: char, ascii: bool, inside: bool) -> Option<String> {
    let (body, negated) = match letter {
        'd' | 'D' if ascii => ("0-9", letter == 'D'),
        'd' | 'D' => (r"\p{Nd}", letter == 'D'),
        's' | 'S' if ascii => (r" \t-\r", letter == 'S'),
        's' | 'S' => (r"\s\x1c-\x1f", letter == 'S'),
        'w' | 'W' if ascii => ("0-9A-Za-z_", letter == 'W'),
        'w' | 'W' => (r"\p{L}\p{N}_", letter == 'W'),
        _ => return None,
    };
    Some(match (negated, inside) {
        (false, true) => body.into(),
        (false, false) => format!("[{body}]"),
        (true, _) => format!("[^{body}]"),
    })
}

/// A character as the engine takes it literally, inside brackets or outside.
pub(super) fn literal(c: char) -> String {
    match c {
        'a'..='z'
        | 'A'..='Z'
        | '0'..='9'
        | '_'
        | '<'
        | '>'
        | '/'
        | '"'
        | '\''
        | ','
        | ';'
        | ':'
        | '='
        | '@'
        | '%'
        | '!'
        | '`' => c.to_string(),
        c if c.is_ascii() => format!("\\x{:02x}", u32::from(c)),
        c => c.to_string(),
    }
}

/// The word boundary of ASCII words, or its opposite.
pub(super) fn ascii_boundary(negated: bool) -> &'static str {
    if negated {
        "(?:(?<=[0-9A-Za-z_])(?=[0-9A-Za-z_])|(?<![0-9A-Za-z_])(?![0-9A-Za-z_]))"
    } else {
        "(?:(?<=[0-9A-Za-z_])(?![0-9A-Za-z_])|(?<![0-9A-Za-z_])(?=[0-9A-Za-z_]))"
    }
}
