//! Files: their header, their length, their name, and what must not stand in them.
//! It must never judge fixtures: those are data, and may be as an author would write them.

use super::Complaints;
use crate::repo;
use std::path::Path;

const LONGEST: usize = 600;
const LONGEST_LIB: usize = 150;
/// Names that say nothing about what is inside.
const BANNED_NAMES: [&str; 5] = ["utils", "helpers", "common", "misc", "manager"];
/// Attributes that hide something, with what to write instead.
const BANNED_ATTRIBUTES: [(&str, &str); 3] = [
    ("allow(", "write #[expect(lint, reason = \"...\")]"),
    ("ignore", "a test runs or does not exist"),
    ("should_panic", "compare the error exactly"),
];
/// Folders of one machine. `~` and environment variables say the same for every machine.
const MACHINE_FOLDERS: [&str; 5] = ["home", "root", "tmp", "work", "Users"];

pub(super) fn check(root: &Path, files: &[String]) -> Result<Complaints, String> {
    let mut complaints = Complaints::new();
    for file in files.iter().filter(|file| !file.starts_with("fixtures/")) {
        check_name(file, &mut complaints);
        if is_text(file) {
            check_text(file, &repo::read(&root.join(file))?, &mut complaints);
        }
    }
    Ok(complaints)
}

fn is_text(file: &str) -> bool {
    let ends = [".rs", ".toml", ".md", ".sql", ".sh", ".py", ".yml", ".css", ".html", ".js"];
    ends.iter().any(|end| file.ends_with(end)) || file.starts_with(".ci/")
}

fn check_name(file: &str, complaints: &mut Complaints) {
    let is_code = [".rs", ".py", ".js", ".sh"].iter().any(|end| file.ends_with(end));
    let words = file.split(['/', '.', '_', '-']);
    if let Some(word) = words.into_iter().find(|word| is_code && BANNED_NAMES.contains(word)) {
        complaints.push(format!("{file}: `{word}` says nothing; name the file after what is inside"));
    }
}

fn check_text(file: &str, text: &str, complaints: &mut Complaints) {
    if file.ends_with(".rs") {
        check_rust(file, text, complaints);
    }
    for (number, line) in text.lines().enumerate() {
        if let Some(folder) = MACHINE_FOLDERS.iter().find(|folder| names_machine_path(line, folder)) {
            complaints.push(format!("{file}:{}: `/{folder}/` is a path of one machine", number + 1));
        }
    }
}

fn check_rust(file: &str, text: &str, complaints: &mut Complaints) {
    if !text.starts_with("//!") {
        complaints.push(format!("{file}: opens without `//!`: what it is, then what it must never do"));
    }
    let length = length_without_tests(text);
    let longest = if file.ends_with("/lib.rs") { LONGEST_LIB } else { LONGEST };
    if length > longest && !may_be_long(file, text) {
        complaints.push(format!("{file}: {length} lines, at most {longest}: split it by thing"));
    }
    for (number, line) in text.lines().enumerate() {
        let attribute = line.trim_start().strip_prefix("#![").or_else(|| line.trim_start().strip_prefix("#["));
        let banned =
            attribute.and_then(|attribute| BANNED_ATTRIBUTES.iter().find(|(word, _)| attribute.starts_with(word)));
        if let Some((word, instead)) = banned {
            complaints.push(format!("{file}:{}: no `#[{}]`: {instead}", number + 1, word.trim_end_matches('(')));
        }
    }
}

/// Tests apart: the module of unit tests at the end of a file is not counted.
fn length_without_tests(text: &str) -> usize {
    let lines: Vec<&str> = text.lines().collect();
    let is_tests = |pair: &[&str]| pair[0] == "#[cfg(test)]" && pair[1].contains("mod ") && pair[1].ends_with('{');
    lines.windows(2).position(is_tests).unwrap_or(lines.len())
}

/// Tests, the schema that diesel generates, and tables of data, which say so in their first line.
fn may_be_long(file: &str, text: &str) -> bool {
    let is_test =
        file.split('/').any(|part| part == "tests") || file.ends_with("/tests.rs") || file.ends_with("_tests.rs");
    is_test || file.ends_with("/schema.rs") || text.starts_with("//! Data table:")
}

/// The path begins there, and is not the tail of another path or of an address.
fn names_machine_path(line: &str, folder: &str) -> bool {
    line.match_indices(&format!("/{folder}/")).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|letter| {
            !letter.is_alphanumeric() && !matches!(letter, '.' | '_' | '-' | '~' | '/' | '}' | '*')
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(file: &str, text: &str) -> Complaints {
        let mut complaints = Complaints::new();
        check_name(file, &mut complaints);
        check_text(file, text, &mut complaints);
        complaints
    }

    #[test]
    fn a_file_opens_with_its_header_and_hides_nothing() {
        let want = [
            "a/x.rs: opens without `//!`: what it is, then what it must never do",
            "a/x.rs:1: no `#[allow]`: write #[expect(lint, reason = \"...\")]",
            "a/x.rs:2: no `#[ignore]`: a test runs or does not exist",
        ];
        assert_eq!(complaints("a/x.rs", "#[allow(dead_code)]\n    #[ignore]\n"), want);
        assert_eq!(complaints("a/x.rs", "//! Allows nothing.\n// #[allow(\n"), Complaints::new());
    }

    #[test]
    fn length_is_counted_without_tests_and_not_at_all_for_tests_and_data() {
        let long = format!("//! Long.\n{}", "//\n".repeat(600));
        assert_eq!(complaints("a/x.rs", &long), ["a/x.rs: 601 lines, at most 600: split it by thing"]);
        assert_eq!(complaints("a/tests/x.rs", &long), Complaints::new());
        assert_eq!(complaints("a/x.rs", &long.replace("Long.", "Data table: letters.")), Complaints::new());
        let tested = format!("//! Short.\n#[cfg(test)]\nmod tests {{\n{}}}\n", "//\n".repeat(600));
        assert_eq!(complaints("a/x.rs", &tested), Complaints::new());
        let library = format!("//! Long.\n{}", "//\n".repeat(150));
        assert_eq!(complaints("a/lib.rs", &library), ["a/lib.rs: 151 lines, at most 150: split it by thing"]);
    }

    #[test]
    fn a_name_that_says_nothing_is_refused() {
        for (file, word) in [("a/utils.rs", "utils"), ("a/common/mod.rs", "common"), ("a/file_manager.rs", "manager")] {
            let want = format!("{file}: `{word}` says nothing; name the file after what is inside");
            assert_eq!(complaints(file, "//! x"), [want]);
        }
        assert_eq!(complaints("docs/common.md", ""), Complaints::new());
        assert_eq!(complaints("a/util.py", ""), Complaints::new());
    }

    #[test]
    fn a_path_of_one_machine_is_refused_but_not_the_tail_of_another_path() {
        let line = format!("see /{}/x", "root");
        assert_eq!(complaints("a.md", &line), [format!("a.md:1: `/{}/` is a path of one machine", "root")]);
        let tails = format!("https://example.com/{}/x, target/{}/x, ~/elsewhere/x", "home", "tmp");
        assert_eq!(complaints("a.md", &tails), Complaints::new());
    }
}
