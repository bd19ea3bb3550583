//! The fenced blocks of ARCHITECTURE.md that this program reads: lines of a name, a colon and words.
//! It must never accept a line that it does not understand.

use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) words: BTreeSet<String>,
    /// After `| tests:`.
    pub(super) tests: BTreeSet<String>,
}

/// Reads the block whose fence says `tag`.
pub(super) fn read(document: &str, tag: &str) -> Result<BTreeMap<String, Line>, String> {
    let mut lines = document.lines().skip_while(|line| line.strip_prefix("```").map(str::trim) != Some(tag));
    lines.next().ok_or_else(|| format!("ARCHITECTURE.md has no block ```{tag}"))?;
    let mut block = BTreeMap::new();
    for line in lines {
        if line.starts_with("```") {
            return Ok(block);
        }
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        let (names, rest) = line.split_once(':').ok_or_else(|| format!("block {tag}: no colon in `{line}`"))?;
        let (words, tests) = rest.split_once("| tests:").unwrap_or((rest, ""));
        let value = Line { words: split(words), tests: split(tests) };
        if block.insert(names.trim().to_owned(), value).is_some() {
            return Err(format!("block {tag}: `{}` stands twice", names.trim()));
        }
    }
    Err(format!("ARCHITECTURE.md: the block ```{tag} does not end"))
}

fn split(words: &str) -> BTreeSet<String> {
    words.split_whitespace().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_read_with_what_tests_alone_may_use() {
        let text =
            "# Map\n```imports\nda-core:\nda-store: da-core da-crypto | tests: da-testkit # why\n\n```\nmore: text\n";
        let block = read(text, "imports").unwrap();
        assert_eq!(block.len(), 2);
        assert_eq!(block["da-core"], Line::default());
        assert_eq!(block["da-store"], Line { words: split("da-core da-crypto"), tests: split("da-testkit") });
    }

    #[test]
    fn what_is_not_a_block_is_refused_by_name() {
        assert_eq!(read("", "walls").unwrap_err(), "ARCHITECTURE.md has no block ```walls");
        assert_eq!(read("```walls\na: b\n", "walls").unwrap_err(), "ARCHITECTURE.md: the block ```walls does not end");
        assert_eq!(read("```walls\na\n```", "walls").unwrap_err(), "block walls: no colon in `a`");
        assert_eq!(read("```walls\na:\na: b\n```", "walls").unwrap_err(), "block walls: `a` stands twice");
    }
}
