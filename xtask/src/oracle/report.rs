//! The table of CPython's tests: in the terminal, in docs/cpython-tests.md, and as numbers of the floor.
//! It must never round a share up.

use super::case::Case;
use crate::floor::Numbers;
use crate::table;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What came of a file.
#[derive(Debug)]
pub(super) struct File {
    pub(super) name: String,
    pub(super) cases: Vec<Case>,
}

impl File {
    fn counts(&self) -> [usize; 4] {
        let left_out = self.cases.iter().filter(|case| case.left_out.is_some()).count();
        let passed = self.cases.iter().filter(|case| case.left_out.is_none() && case.failure.is_none()).count();
        [self.cases.len(), passed, self.cases.len() - passed - left_out, left_out]
    }

    /// Why how many cases are left out: `2 cpython_only, 1 gc`.
    fn reasons(&self) -> String {
        let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
        for reason in self.cases.iter().filter_map(|case| case.left_out.as_deref()) {
            *reasons.entry(reason).or_default() += 1;
        }
        let reasons: Vec<String> = reasons.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
        reasons.join(", ")
    }
}

fn share([_, passed, failed, _]: [usize; 4]) -> String {
    match passed + failed {
        0 => String::new(),
        all => format!("{} %", passed * 100 / all),
    }
}

fn rows(files: &[File]) -> Vec<[String; 7]> {
    let head = ["file", "cases", "passed", "failed", "left out", "share", "why left out"];
    let row = |name: &str, counts: [usize; 4], why: String| {
        let [cases, passed, failed, left_out] = counts.map(|count| count.to_string());
        [name.to_owned(), cases, passed, failed, left_out, share(counts), why]
    };
    let mut rows = vec![head.map(str::to_owned)];
    rows.extend(files.iter().map(|file| row(&file.name, file.counts(), file.reasons())));
    rows.push(row("all", all(files), String::new()));
    rows
}

fn all(files: &[File]) -> [usize; 4] {
    files.iter().map(File::counts).fold([0; 4], |sum, counts| std::array::from_fn(|place| sum[place] + counts[place]))
}

/// The table for a terminal.
pub(super) fn shown(files: &[File]) -> String {
    table::aligned(&rows(files))
}

/// The cases that fail, and why.
pub(super) fn failures(files: &[File]) -> String {
    let mut text = String::new();
    for case in files.iter().flat_map(|file| &file.cases).filter(|case| case.left_out.is_none()) {
        if let Some(failure) = &case.failure {
            let _ = writeln!(text, "{} {}: {failure}", case.module, case.name);
        }
    }
    text
}

/// `4000 of 4900 cases pass (81 %)`
pub(super) fn words(files: &[File]) -> String {
    let counts @ [_, passed, failed, left_out] = all(files);
    format!("{passed} of {} cases pass ({}), {left_out} are left out", passed + failed, share(counts))
}

/// How many cases pass, by file and together.
pub(super) fn numbers(files: &[File]) -> Numbers {
    let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let mut numbers: Numbers = files.iter().map(|file| (file.name.clone(), number(file.counts()[1]))).collect();
    numbers.insert("all".to_owned(), number(all(files)[1]));
    numbers
}

/// The page of the documentation.
pub(super) fn page(files: &[File], version: &str) -> String {
    let mut text = format!(
        "# CPython's own tests\n\n\
        Files of the tests that come with {version}, run on our machine under a small `unittest` and `test.support` of our own\n\
        (`crates/da-python/tests/cpython`). Made by `cargo xtask oracle --cpython-tests DIR --raise`; CI holds the numbers as a floor\n\
        (`fixtures/cpython_floor.txt`).\n\n\
        - **cases** are those that pass on CPython itself without extra resources, subclasses and doctests of the file included.\n\
        - **left out** are those that CPython marks `cpython_only` and those with a word of `left_out.txt` in their names: files, threads,\n\
        \x20 async, pickle, garbage and reference counts, doctest, syntax errors; at most a fifth of a file, whatever their result.\n\
        - Everything else that does not pass has **failed**: also what is skipped, runs longer than 20 seconds, uses a module that does not\n\
        \x20 exist here (`absent.txt`), or a function that does not compile (`async`). A file that does not import has failed as a whole.\n\n"
    );
    for (number, row) in rows(files).iter().enumerate() {
        let _ = writeln!(text, "| {} |", row.join(" | "));
        if number == 0 {
            let _ = writeln!(text, "|{}|", ["---"; 7].join("|"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(left_out: Option<&str>, failure: Option<&str>) -> Case {
        let text = |text: Option<&str>| text.map(str::to_owned);
        Case {
            module: "test.test_x".to_owned(),
            name: "A.a".to_owned(),
            left_out: text(left_out),
            failure: text(failure),
        }
    }

    #[test]
    fn a_file_is_counted_without_what_is_left_out_and_its_share_is_rounded_down() {
        let cases = vec![case(None, None), case(None, None), case(None, Some("no")), case(Some("gc"), Some("no"))];
        let files = [File { name: "x".to_owned(), cases }];
        assert_eq!(rows(&files)[1], ["x", "4", "2", "1", "1", "66 %", "1 gc"]);
        assert_eq!(words(&files), "2 of 3 cases pass (66 %), 1 are left out");
        assert_eq!(numbers(&files), Numbers::from([("x".to_owned(), 2), ("all".to_owned(), 2)]));
        assert_eq!(failures(&files), "test.test_x A.a: no\n");
    }
}
