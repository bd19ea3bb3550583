//! `<% python %>` blocks are written at any depth of a YAML text; Python wants them at the left edge.
//!
//! Lines inside a string that spans several lines are left alone.

use super::scan::string_length;

/// The lines of `code`, without the indentation of the first line that has any code, each with
/// whether it begins inside a string (and so must not be touched).
pub(super) fn lines(code: &str) -> Vec<(&str, bool)> {
    let starts = lines_inside_strings(code);
    let margin = code
        .split('\n')
        .find(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
        .map_or("", |line| &line[..line.len() - line.trim_start().len()]);
    code.split('\n')
        .zip(starts)
        .enumerate()
        .map(|(number, (line, inside))| match (inside, number) {
            (true, _) => (line, true),
            // What stands beside `<%` has no margin of its own.
            (false, 0) => (line.trim_start(), false),
            (false, _) => (line.strip_prefix(margin).unwrap_or_else(|| line.trim_start()), false),
        })
        .collect()
}

fn lines_inside_strings(code: &str) -> Vec<bool> {
    let mut inside = vec![false];
    let mut at = 0;
    while let Some(rest) = code.get(at..) {
        let Some(first) = rest.chars().next() else { break };
        let length = match first {
            '#' => rest.find('\n').unwrap_or(rest.len()),
            '"' | '\'' => string_length(rest).unwrap_or(1),
            other => other.len_utf8(),
        };
        let string = length > 1 && matches!(first, '"' | '\'');
        inside.extend(rest[..length].matches('\n').map(|_| string));
        at += length;
    }
    inside
}
