//! Cuts a file into parts at its `---` lines, as docassemble does before YAML is looked at (so that a
//! `---` line ends a part even inside a block of text).

/// A part of a file and the line that it begins on.
pub(super) struct Part {
    pub(super) line: u32,
    pub(super) text: String,
}

/// The parts of a file. A part after the first begins with the rest of its `---` line, so the numbers of
/// its lines are those of the file.
pub(super) fn parts(text: &str) -> Vec<Part> {
    let text = normalise(text);
    let mut parts = vec![Part { line: 1, text: String::new() }];
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        match (is_separator(line), parts.last_mut()) {
            (false, Some(part)) => part.text.push_str(line),
            _ => parts.push(Part { line: number, text: "\n".to_owned() }),
        }
    }
    for part in &mut parts {
        let end = part.text.trim_end_matches('\n');
        if let Some(rest) = end.strip_suffix("\n...") {
            part.text.truncate(rest.len());
        }
    }
    parts
}

/// One kind of line end, no byte order mark, and spaces for tabs.
pub(super) fn normalise(text: &str) -> String {
    text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n").replace('\t', "  ")
}

fn is_separator(line: &str) -> bool {
    line.strip_prefix("---").is_some_and(|rest| rest.trim_matches([' ', '\n']).is_empty())
}
