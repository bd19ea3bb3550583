//! `cargo xtask ci`: every suite in turn, and one table at the end.
//! It must never stop at the first failure, and never leave a suite that did not run out of the table.

use crate::metadata::{Metadata, Scope};
use crate::table::{Row, count, suites};
use crate::test::Doors;
use crate::{Outcome, insta, repo, run, snapshots, test, tidy};
use std::process::Command;
use std::time::Instant;

/// Format, clippy with warnings denied, documentation, tidy and all tests, with a table at the end.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Run the tests on this PostgreSQL too
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
    /// Run the tests on this Redis too
    #[arg(long, value_name = "URL")]
    redis: Option<String>,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let mut rows = Vec::new();
    rows.push(timed("format", || {
        run::show(run::cargo().args(["fmt", "--all", "--check"])).map(|()| "as rustfmt writes it".to_owned())
    }));
    rows.push(timed("clippy", || run::show(&mut clippy()).map(|()| "no warning".to_owned())));
    rows.push(timed("docs", || run::show(&mut docs()).map(|()| "no warning".to_owned())));
    rows.push(timed("tidy", || tidy::run(&tidy::Args {})));
    let root = repo::root()?;
    let references = insta::fresh_references(&Metadata::load(Scope::Members)?.target)?;
    let doors = Doors {
        references: Some(&references),
        postgres: args.postgres.as_deref(),
        redis: args.redis.as_deref(),
        ..Doors::default()
    };
    rows.push(tested("tests", || test::workspace(doors, &[])));
    rows.push(timed("snapshots", || snapshots::review(&root, &references)));
    println!("\n{}", suites(&rows));
    let (passed, failed) = count(&rows);
    println!("{passed} passed, {failed} failed");
    if rows.iter().any(Row::is_failure) { Err("see the table".to_owned()) } else { Ok("all suites".to_owned()) }
}

fn clippy() -> Command {
    let mut command = run::cargo();
    command.args(["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]);
    command
}

fn docs() -> Command {
    let mut command = run::cargo();
    command.env("RUSTDOCFLAGS", "-D warnings").args(["doc", "--no-deps", "--workspace", "--locked"]);
    command
}

fn timed(suite: &'static str, work: impl FnOnce() -> Outcome) -> Row {
    eprintln!("\n== {suite}");
    let start = Instant::now();
    let outcome = work();
    Row::of(suite, outcome, start.elapsed())
}

fn tested(suite: &'static str, work: impl FnOnce() -> Result<(test::Tally, bool), String>) -> Row {
    let mut tally = test::Tally::default();
    let mut row = timed(suite, || {
        let (seen, good) = work()?;
        tally = seen;
        test::verdict(seen, good)
    });
    if tally.passed + tally.failed > 0 {
        row.passed = tally.passed;
        row.failed = tally.failed.max(row.failed);
    }
    row
}
