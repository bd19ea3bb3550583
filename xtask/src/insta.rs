//! The snapshot files of insta: which wait for review, which no test asks for any more.
//! It must never accept a snapshot by itself: accepting is a person's word.

use crate::{repo, run};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// insta appends the path of every snapshot that a test asked for to the file that this variable names.
pub(crate) const REFERENCES: &str = "INSTA_SNAPSHOT_REFERENCES_FILE";

/// New snapshots that wait for a decision: `.snap.new` files and inline ones (`.pending-snap`).
pub(crate) fn pending(files: &[String]) -> Vec<&String> {
    files.iter().filter(|file| file.ends_with(".snap.new") || file.ends_with(".pending-snap")).collect()
}

/// Where the tests of this run note the snapshots they ask for; emptied here.
pub(crate) fn fresh_references(target: &Path) -> Result<PathBuf, String> {
    let path = target.join("snapshot-references.txt");
    repo::write(&path, "")?;
    Ok(path)
}

/// Snapshots that no test of a whole run asked for.
pub(crate) fn unreferenced(root: &Path, files: &[String], references: &str) -> Vec<String> {
    let asked: BTreeSet<PathBuf> = references.lines().map(|line| canonical(Path::new(line))).collect();
    let snapshots = files.iter().filter(|file| file.ends_with(".snap"));
    snapshots.filter(|file| !asked.contains(&canonical(&root.join(file)))).cloned().collect()
}

/// insta writes paths with `..` in them; both sides must be comparable.
fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// The accepted form of a pending snapshot: without the line of the assertion, which changes with every edit above it.
pub(crate) fn accepted(pending: &str) -> String {
    let mut head = true;
    let mut seen_fence = false;
    let mut text = String::with_capacity(pending.len());
    for line in pending.split_inclusive('\n') {
        if head && line.trim_end() == "---" {
            head = !seen_fence;
            seen_fence = true;
        } else if head && line.starts_with("assertion_line:") {
            continue;
        }
        text.push_str(line);
    }
    text
}

/// Shows how a pending snapshot differs from the accepted one.
pub(crate) fn show_difference(root: &Path, pending: &str) -> Result<(), String> {
    let accepted = pending.strip_suffix(".new").unwrap_or(pending);
    println!("\n== {accepted}");
    if !root.join(accepted).is_file() {
        println!("(new)\n{}", repo::read(&root.join(pending))?);
        return Ok(());
    }
    // `diff` ends with 1 when there is a difference, which here is the expected case.
    let mut diff = std::process::Command::new("diff");
    diff.current_dir(root).args(["-u", accepted, pending]);
    run::watch(&mut diff, |_| ()).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepting_drops_the_line_number_from_the_head_and_nothing_from_the_body() {
        let pending = "---\nsource: a.rs\nassertion_line: 12\nexpression: x\n---\nassertion_line: 3\n---\nend\n";
        assert_eq!(accepted(pending), "---\nsource: a.rs\nexpression: x\n---\nassertion_line: 3\n---\nend\n");
    }

    #[test]
    fn a_snapshot_that_no_test_asked_for_is_found() {
        let files = ["a/x.snap", "a/y.snap", "a/x.rs"].map(str::to_owned);
        assert_eq!(unreferenced(Path::new("repo"), &files, "repo/a/x.snap\n"), ["a/y.snap"]);
    }

    #[test]
    fn pending_snapshots_are_those_beside_the_accepted_ones_and_the_inline_ones() {
        let files = ["a/x.snap", "a/x.snap.new", "b/.c.rs.pending-snap"].map(str::to_owned);
        assert_eq!(pending(&files), [&files[1], &files[2]]);
    }
}
