//! Headings as docassemble's Markdown reads them: `##Heading` is one, though no space follows the signs.
//!
//! What stands in a block of code stays as it is.

use std::borrow::Cow;

/// Puts a space between the signs of a heading and its words where there is none.
pub(super) fn apart(text: &str) -> Cow<'_, str> {
    if !text.lines().any(is_close) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut fence: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let opens = ["```", "~~~"].into_iter().find(|signs| line.trim_start().starts_with(signs));
        match (fence, opens) {
            (None, Some(signs)) => fence = Some(signs),
            (Some(open), Some(signs)) if open == signs => fence = None,
            _ => {}
        }
        if fence.is_none() && is_close(line) {
            let (signs, words) = line.split_at(depth(line));
            out.extend([signs, " ", words]);
        } else {
            out.push_str(line);
        }
    }
    Cow::Owned(out)
}

fn depth(line: &str) -> usize {
    line.bytes().take_while(|byte| *byte == b'#').count()
}

/// Whether a line is a heading whose words follow its signs at once.
fn is_close(line: &str) -> bool {
    let depth = depth(line);
    (1..=6).contains(&depth) && !line[depth..].starts_with(char::is_whitespace) && depth < line.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_and_words_of_a_heading_need_no_space_between_them() {
        for (text, expected) in [
            ("####For you:\nx", "#### For you:\nx"),
            ("# One\n#Two #2\n", "# One\n# Two #2\n"),
            ("a #b\n #c\n#######d\n#\n", "a #b\n #c\n#######d\n#\n"),
            ("```\n#code\n```\n#E", "```\n#code\n```\n# E"),
            ("    #code", "    #code"),
        ] {
            assert_eq!(apart(text), expected);
        }
    }
}
