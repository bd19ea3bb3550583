//! `cargo xtask test`: all tests, on the databases one names.
//! It must never need more than cargo: no network, no PostgreSQL, no Python, no other test runner.

use crate::metadata::{Metadata, Scope};
use crate::{Outcome, insta, repo, run};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// Runs all tests and documentation examples (cargo test --workspace).
///
/// Needs neither network nor database nor Python: by default the store's tests use SQLite. Arguments after the flags go to cargo test, as in `cargo xtask test -p da-store` or `cargo xtask test -- NAME`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Run the same tests on this PostgreSQL too, as in postgres://postgres@127.0.0.1:5432/test (sets `DA_TEST_POSTGRES`)
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
    /// Run the tests of contents in a bucket on this stand-in for S3, as in http://127.0.0.1:5000 (sets `DA_TEST_S3`)
    #[arg(long, value_name = "URL")]
    s3: Option<String>,
    /// Run the same tests with values that servers share in this Redis, as in redis://127.0.0.1:6379 (sets `DA_TEST_REDIS`)
    #[arg(long, value_name = "URL")]
    redis: Option<String>,
    /// Collect garbage at every safe point: runs the tests of da-python, da-markup and da-interview that way
    #[arg(long)]
    gc_stress: bool,
    /// Passed on to cargo test
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

/// What the tests said.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) ignored: u64,
}

/// The outside that tests may use.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Doors<'a> {
    pub(crate) postgres: Option<&'a str>,
    /// The address of a stand-in for S3.
    pub(crate) s3: Option<&'a str>,
    pub(crate) redis: Option<&'a str>,
    pub(crate) chromedriver: Option<&'a str>,
    /// The folder with the programs of docassemblecli.
    pub(crate) clients: Option<&'a str>,
    /// A folder in which tests note that they used a door: a file for each door, a line for each test.
    pub(crate) used: Option<&'a Path>,
    /// Where insta notes the snapshots that tests ask for.
    pub(crate) references: Option<&'a Path>,
}

/// The crates whose tests run with the collector under stress.
const STRESSED: [&str; 3] = ["da-python", "da-markup", "da-interview"];

/// Names the folder in which tests note what they used.
const USED: &str = "DA_TEST_USED";

/// How many tests noted that they used this door.
pub(crate) fn that_used(folder: &Path, door: &str) -> Result<usize, String> {
    let file = folder.join(door);
    if !file.exists() {
        return Ok(0);
    }
    Ok(repo::read(&file)?.lines().collect::<BTreeSet<_>>().len())
}

pub(crate) fn run(args: &Args) -> Outcome {
    let doors = Doors {
        postgres: args.postgres.as_deref(),
        s3: args.s3.as_deref(),
        redis: args.redis.as_deref(),
        ..Doors::default()
    };
    let (tally, good) = if args.gc_stress { gc_stress(&args.rest)? } else { workspace(doors, &args.rest)? };
    verdict(tally, good)
}

pub(crate) fn verdict(tally: Tally, good: bool) -> Outcome {
    let words = format!("{} tests passed, {} failed", tally.passed, tally.failed);
    match (good, tally.failed) {
        (true, _) => Ok(words),
        (false, 0) => Err(format!("{words}, and something did not build or did not end well (see above)")),
        (false, _) => Err(words),
    }
}

/// `cargo test` over the workspace, or over the packages that `rest` names.
pub(crate) fn workspace(doors: Doors<'_>, rest: &[String]) -> Result<(Tally, bool), String> {
    let mut command = run::cargo();
    command.args(["test", "--no-fail-fast"]);
    if !rest.iter().take_while(|arg| *arg != "--").any(|arg| arg == "-p" || arg.starts_with("--package")) {
        command.arg("--workspace");
    }
    command.args(rest);
    tested(&mut command, doors)
}

pub(crate) fn gc_stress(rest: &[String]) -> Result<(Tally, bool), String> {
    let metadata = Metadata::load(Scope::Members)?;
    let python = metadata.member("da-python").ok_or("there is no crate da-python to put under stress")?;
    if !python.features.contains("gc-stress") {
        return Err("da-python has no feature gc-stress".to_owned());
    }
    let mut command = run::cargo();
    command.args(["test", "--no-fail-fast", "--features", "da-python/gc-stress"]);
    for name in STRESSED.into_iter().filter(|name| metadata.member(name).is_some()) {
        command.args(["-p", name]);
    }
    command.args(rest);
    tested(&mut command, Doors::default())
}

fn tested(command: &mut Command, doors: Doors<'_>) -> Result<(Tally, bool), String> {
    for (name, value) in [
        ("DA_TEST_POSTGRES", doors.postgres),
        ("DA_TEST_S3", doors.s3),
        ("DA_TEST_REDIS", doors.redis),
        ("DA_TEST_CHROMEDRIVER", doors.chromedriver),
        ("DA_TEST_CLIENTS", doors.clients),
    ] {
        match value {
            Some(value) => command.env(name, value),
            // What one has in one's shell must not decide what was tested.
            None => command.env_remove(name),
        };
    }
    match doors.used {
        Some(folder) => command.env(USED, folder),
        None => command.env_remove(USED),
    };
    if let Some(path) = doors.references {
        command.env(insta::REFERENCES, path);
    }
    let mut tally = Tally::default();
    let good = run::watch(command, |line| tally.add(line))?;
    Ok((tally, good))
}

impl Tally {
    /// Adds a line such as `test result: ok. 3 passed; 1 failed; 0 ignored; ...`; other lines are not for us.
    fn add(&mut self, line: &str) {
        let Some((_, counts)) = line.strip_prefix("test result: ").and_then(|rest| rest.split_once(". ")) else {
            return;
        };
        for part in counts.split("; ") {
            let Some((number, word)) = part.trim().split_once(' ') else { continue };
            let number: u64 = number.parse().unwrap_or(0);
            match word {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                "ignored" => self.ignored += number,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_results_of_all_test_programs_are_added_up() {
        let mut tally = Tally::default();
        for line in [
            "running 4 tests",
            "test result: ok. 4 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "test result: FAILED. 10 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 1.20s",
        ] {
            tally.add(line);
        }
        assert_eq!(tally, Tally { passed: 14, failed: 2, ignored: 1 });
    }

    #[test]
    fn a_build_that_fails_without_a_failed_test_is_told_apart() {
        let tally = Tally { passed: 3, failed: 0, ignored: 0 };
        assert_eq!(verdict(tally, true).unwrap(), "3 tests passed, 0 failed");
        assert_eq!(
            verdict(tally, false).unwrap_err(),
            "3 tests passed, 0 failed, and something did not build or did not end well (see above)"
        );
    }
}
