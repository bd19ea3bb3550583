//! What YAML forbids, and ruamel.yaml (with which docassemble reads) takes all the same: lines inside brackets and quotes that begin
//! too far left, and comments that follow a bracket or a quote without a blank.
//!
//! Such a line is moved to the right, such a comment too. Blanks at these places mean nothing, so that the text says what it said;
//! every line keeps its number.

use saphyr_parser::{Parser, ScanError};

/// So many lines of a document are moved.
const MOST: usize = 200;

/// What the parser says of a line that begins too far left: at the line itself, and at the quote before it.
const HERE: [&str; 2] = ["invalid indentation", "invalid indentation in flow construct"];
const IN_QUOTES: &str = "invalid indentation in quoted scalar";
const COMMENT: &str = "comments must be separated from other tokens by whitespace";

/// The document with such lines moved; `None` where there are none, or where something else is wrong.
pub(super) fn repaired(text: &str) -> Option<String> {
    let mut lines: Option<Vec<String>> = None;
    for _ in 0..MOST {
        let whole = lines.as_ref().map(|lines| lines.join("\n"));
        let Some(fault) = fault(whole.as_deref().unwrap_or(text)) else { return whole };
        let lines = lines.get_or_insert_with(|| text.split('\n').map(str::to_owned).collect());
        let marked = fault.marker().line().checked_sub(1)?;
        if fault.info() == COMMENT {
            part_comment(lines.get_mut(marked)?, fault.marker().col())?;
            continue;
        }
        let at = match fault.info() {
            IN_QUOTES => first_left(lines, marked + 1)?,
            info if HERE.contains(&info) => marked,
            _ => return None,
        };
        let line = lines.get_mut(at).filter(|line| !is_moved(line))?;
        line.insert_str(0, MOVED);
    }
    None
}

/// Farther right than any line has to begin whose document is not nested too deeply.
const MOVED: &str = "                                                                                                                                ";

/// Puts a blank before a comment.
fn part_comment(line: &mut String, column: usize) -> Option<()> {
    let (at, _) = line.char_indices().nth(column).filter(|(_, c)| *c == '#')?;
    line.insert(at, ' ');
    Some(())
}

fn is_moved(line: &str) -> bool {
    line.starts_with(MOVED)
}

fn first_left(lines: &[String], from: usize) -> Option<usize> {
    (from..lines.len()).find(|at| !lines[*at].trim().is_empty() && !is_moved(&lines[*at]))
}

fn fault(text: &str) -> Option<ScanError> {
    Parser::new_from_str(text).find_map(Result::err)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_and_quotes_may_end_farther_left_than_they_begin() {
        for text in [
            "a:\n  b: [\n    1,\n  2\n]\nc: 3\n",
            "a:\n  - {b: 1,\nc: 2\n}\n",
            "a:\n  b: \"one\ntwo\n\n three\"\nc: 'x\n  y'\n",
            "a: [b, c]# of d\ne: \"f\"# g\n",
        ] {
            let repaired = repaired(text).unwrap_or_else(|| panic!("{text}"));
            assert!(fault(&repaired).is_none(), "{repaired}");
            assert_eq!(repaired.matches('\n').count(), text.matches('\n').count());
        }
    }

    #[test]
    fn what_is_wrong_otherwise_stays_as_it_is() {
        for text in ["a: [1\n", "a: 1\n", "a: \"b\n", "]\n", "a:\n  b: [\n c: \"\\q\"\n]\n"] {
            assert_eq!(repaired(text), None, "{text}");
        }
    }
}
