//! `cargo xtask ci`: every suite in turn, and one table at the end.
//! It must never stop at the first failure, and never leave a suite that did not run out of the table.

use crate::metadata::{Metadata, Scope};
use crate::scratch::Scratch;
use crate::table::{Row, count, suites};
use crate::test::Doors;
use crate::{Outcome, conformance, insta, oracle, repo, run, snapshots, test, tidy};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// Runs the suites that a change must pass, with one table at the end: which ran, which did not and why.
///
/// Format, clippy with warnings denied, documentation, tidy, all tests, snapshots. With --full also the language's tests with the
/// collector under stress, the Python fixtures on CPython, CPython's tests on our machine, the browser test, the test with public clients and conformance; then a
/// suite that has a committed floor and did not run is a failure. .ci/run calls it with --full and with all that the machine offers.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Run the tests on this PostgreSQL too
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
    /// Run the tests of contents in a bucket on this stand-in for S3
    #[arg(long, value_name = "URL")]
    s3: Option<String>,
    /// Run the tests on this Redis too
    #[arg(long, value_name = "URL")]
    redis: Option<String>,
    /// Run the suites that need more time or more programs
    #[arg(long)]
    full: bool,
    /// The folder of recorded answers (with --full)
    #[arg(long, value_name = "DIR", requires = "full")]
    conformance: Option<PathBuf>,
    /// The chromedriver for the browser test (with --full)
    #[arg(long, value_name = "PROGRAM", requires = "full")]
    chromedriver: Option<String>,
    /// The folder with the programs of docassemblecli, for the test with them (with --full)
    #[arg(long, value_name = "DIR", requires = "full")]
    clients: Option<String>,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let root = repo::root()?;
    let references = insta::fresh_references(&Metadata::load(Scope::Members)?.target)?;
    let mut rows = vec![
        timed("format", || run::show(&mut format_check()).map(|()| "as rustfmt writes it".to_owned())),
        timed("clippy", || run::show(&mut clippy()).map(|()| "no warning".to_owned())),
        timed("docs", || run::show(&mut docs()).map(|()| "no warning".to_owned())),
        timed("tidy", || tidy::run(&tidy::Args {})),
    ];
    let used = Scratch::new("doors")?;
    let doors = Doors {
        postgres: args.postgres.as_deref(),
        s3: args.s3.as_deref(),
        redis: args.redis.as_deref(),
        used: Some(used.path()),
        references: Some(&references),
        ..Doors::default()
    };
    let tests = tested("tests", || test::workspace(doors, &[]));
    let did_run = !tests.is_failure();
    rows.push(tests);
    rows.push(match &args.postgres {
        Some(_) => through(used.path(), ("tests: PostgreSQL", "postgres"), did_run)?,
        None => Row::not_run("tests: PostgreSQL", "no --postgres URL"),
    });
    rows.push(match &args.s3 {
        Some(_) => through(used.path(), ("tests: S3", "s3"), did_run)?,
        None => Row::not_run("tests: S3", "no --s3 URL"),
    });
    rows.push(match &args.redis {
        Some(_) => through(used.path(), ("tests: Redis", "redis"), did_run)?,
        None => Row::not_run("tests: Redis", "no --redis URL"),
    });
    if args.full {
        wide(&root, args, &references, &mut rows)?;
    } else {
        let wide = ["tests: gc-stress", "tests: browser", "tests: clients", "oracle", "CPython's tests", "conformance"];
        rows.extend(wide.map(|suite| Row::not_run(suite, "part of --full")));
    }
    // After the browser: its snapshots count as asked for, too.
    rows.push(if did_run {
        timed("snapshots", || snapshots::review(&root, &references))
    } else {
        Row::not_run("snapshots", "needs a run of all tests without a failure")
    });
    finish(&rows)
}

/// The suites that need more time, or a program that not every machine has.
fn wide(root: &Path, args: &Args, references: &Path, rows: &mut Vec<Row>) -> Result<(), String> {
    rows.push(tested("tests: gc-stress", || test::gc_stress(&[])));
    rows.push(browser(root, args, references)?);
    rows.push(clients(args, references));
    rows.push(match run::is_there("python3") {
        true => timed("oracle", || oracle::run(&oracle::Args::all())),
        false => Row::not_run("oracle", "no python3"),
    });
    let mut row = match oracle::cpython::beside_python3() {
        Ok(dir) => timed("CPython's tests", || oracle::run(&oracle::Args::cpython(dir))),
        Err(why) => Row::not_run("CPython's tests", &why),
    };
    row.has_floor = root.join(oracle::cpython::FLOOR).is_file();
    rows.push(row);
    let mut row = match &args.conformance {
        Some(_) if !run::is_there("python3") => Row::not_run("conformance", "no python3"),
        Some(dir) => timed("conformance", || conformance::run(&conformance::Args::whole(dir.clone()))),
        None => Row::not_run("conformance", "no --conformance DIR"),
    };
    row.has_floor = root.join(conformance::FLOOR).is_file();
    rows.push(row);
    Ok(())
}

/// The test in a real browser is the test target called `browser`, in whichever crate has one.
fn browser(root: &Path, args: &Args, references: &Path) -> Result<Row, String> {
    const SUITE: &str = "tests: browser";
    let files = repo::files(root)?;
    if !files.iter().any(|file| file.ends_with("/tests/browser.rs") || file.ends_with("/tests/browser/main.rs")) {
        return Ok(Row::not_run(SUITE, "no crate has tests/browser.rs"));
    }
    let Some(program) = args.chromedriver.as_deref() else {
        return Ok(Row::not_run(SUITE, "no --chromedriver PROGRAM"));
    };
    let doors = Doors { chromedriver: Some(program), references: Some(references), ..Doors::default() };
    Ok(tested(SUITE, || test::workspace(doors, &["--test".to_owned(), "browser".to_owned()])))
}

/// The tests with public clients are the test target called `clients` of the program.
fn clients(args: &Args, references: &Path) -> Row {
    const SUITE: &str = "tests: clients";
    let Some(folder) = args.clients.as_deref() else {
        return Row::not_run(SUITE, "no --clients DIR with docassemblecli");
    };
    let doors = Doors { clients: Some(folder), references: Some(references), ..Doors::default() };
    tested(SUITE, || test::workspace(doors, &["--test".to_owned(), "clients".to_owned()]))
}

/// Tests through such a door ran within the suite `tests`, so that nothing is built or run twice; here is said how many.
fn through(used: &Path, (suite, door): (&'static str, &str), did_run: bool) -> Result<Row, String> {
    let outcome = match test::that_used(used, door)? {
        0 => Err("no test used it".to_owned()),
        number if did_run => Ok(format!("{number} tests, counted in `tests`")),
        number => Err(format!("{number} tests; see `tests` for those that failed")),
    };
    // Counted there already.
    Ok(Row { passed: 0, ..Row::of(suite, outcome, Duration::ZERO) })
}

fn finish(rows: &[Row]) -> Outcome {
    println!("\n{}", suites(rows));
    let (passed, failed) = count(rows);
    println!("{passed} passed, {failed} failed");
    let bad: Vec<&str> = rows.iter().filter(|row| row.is_failure()).map(|row| row.suite).collect();
    if bad.is_empty() { Ok("every suite that ran passed".to_owned()) } else { Err(bad.join(", ")) }
}

fn format_check() -> Command {
    let mut command = run::cargo();
    command.args(["fmt", "--all", "--check"]);
    command
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
