//! Snapshots without a run: none waits for review, and each names a source that is there.
//! It must never run tests; `cargo xtask snapshots --check` does, and finds those that no test asks for.

use super::Complaints;
use crate::{insta, repo};
use std::path::Path;

pub(super) fn check(root: &Path, files: &[String]) -> Result<Complaints, String> {
    let mut complaints = Complaints::new();
    for file in insta::pending(files) {
        complaints.push(format!("{file} waits for review: see cargo xtask snapshots"));
    }
    for file in files.iter().filter(|file| file.ends_with(".snap")) {
        let text = repo::read(&root.join(file))?;
        match source(&text) {
            Some(source) if root.join(source).is_file() => {}
            Some(source) => complaints.push(format!("{file}: its source {source} is gone")),
            None => complaints.push(format!("{file}: names no source")),
        }
    }
    Ok(complaints)
}

/// The `source:` of a snapshot's head, relative to the workspace.
fn source(text: &str) -> Option<&str> {
    let head = text.strip_prefix("---\n")?.split("\n---").next()?;
    head.lines().find_map(|line| line.strip_prefix("source:")).map(|value| value.trim().trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_is_read_from_the_head_alone() {
        assert_eq!(source("---\nsource: crates/a/src/b.rs\nexpression: x\n---\nbody"), Some("crates/a/src/b.rs"));
        assert_eq!(source("---\nexpression: x\n---\nsource: no"), None);
        assert_eq!(source("source: no"), None);
    }
}
