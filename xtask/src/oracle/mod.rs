//! `cargo xtask oracle`: the Python fixtures on CPython, and CPython's own tests on our machine.
//! It must never write an expectation: it compares what is committed with what CPython says.

mod case;
pub(crate) mod cpython;
mod report;

use crate::{Outcome, repo, run};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// Runs fixtures/python/*.py on CPython (python3) and compares with the .out beside each.
///
/// The same programs run on our own virtual machine in every test run; this command shows that the expectations are CPython's.
///
/// With --cpython-tests it does the reverse: files of CPython 3.11's own tests (DIR is its Lib/test) run on our machine, and a table
/// says for each how many cases pass of those that pass on CPython. The table stands in docs/cpython-tests.md, its numbers in
/// fixtures/cpython_floor.txt; --raise writes both.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Run the tests of this folder, CPython's Lib/test, on our machine
    #[arg(long, value_name = "DIR")]
    cpython_tests: Option<PathBuf>,
    /// Print the cases that fail, and why
    #[arg(long, requires = "cpython_tests")]
    explain: bool,
    /// Write the table, and the floor where it is higher
    #[arg(long, requires = "cpython_tests", conflicts_with = "names")]
    raise: bool,
    /// Only programs whose name contains one of these; with --cpython-tests only these files (`list`, `dict`)
    names: Vec<String>,
}

impl Args {
    pub(crate) fn all() -> Self {
        Self { cpython_tests: None, explain: false, raise: false, names: Vec::new() }
    }

    pub(crate) fn cpython(dir: PathBuf) -> Self {
        Self { cpython_tests: Some(dir), ..Self::all() }
    }
}

pub(crate) fn run(args: &Args) -> Outcome {
    if let Some(dir) = &args.cpython_tests {
        return cpython::run(dir, args);
    }
    let root = repo::root()?;
    let programs = programs(&root, &args.names)?;
    if programs.is_empty() {
        return Err("no program in fixtures/python has an .out beside it".to_owned());
    }
    if !run::is_there("python3") {
        return Err("this command needs python3, which is not on this machine".to_owned());
    }
    let version = run::capture(Command::new("python3").arg("--version"))?;
    let mut different = 0;
    for program in &programs {
        if let Some(difference) = compare(&root, program)? {
            println!("{program}: {difference}");
            different += 1;
        }
    }
    let words = format!(
        "{} of {} programs print on {} what is expected",
        programs.len() - different,
        programs.len(),
        version.trim()
    );
    if different == 0 { Ok(words) } else { Err(words) }
}

fn programs(root: &Path, names: &[String]) -> Result<Vec<String>, String> {
    let files = repo::files(root)?;
    let is_program = |file: &String| file.starts_with("fixtures/python/") && file.ends_with(".py");
    let has_out = |file: &String| files.binary_search(&file.replace(".py", ".out")).is_ok();
    let is_meant = |file: &String| names.is_empty() || names.iter().any(|name| file.contains(name.as_str()));
    Ok(files.iter().filter(|file| is_program(file) && has_out(file) && is_meant(file)).cloned().collect())
}

fn compare(root: &Path, program: &str) -> Result<Option<String>, String> {
    let path = root.join(program);
    let want =
        fs::read(path.with_extension("out")).map_err(|error| format!("cannot read the .out of {program}: {error}"))?;
    let mut command = Command::new("python3");
    command.arg(&path).current_dir(path.parent().map_or_else(|| root.to_path_buf(), Path::to_path_buf));
    command
        .env_clear()
        .envs(env::var_os("PATH").map(|path| ("PATH", path)))
        .envs(env::var_os("HOME").map(|home| ("HOME", home)));
    command.envs([
        ("PYTHONDONTWRITEBYTECODE", "1"),
        ("PYTHONHASHSEED", "0"),
        ("PYTHONIOENCODING", "utf-8"),
        ("TZ", "UTC"),
    ]);
    let output = command.output().map_err(|error| format!("cannot start python3: {error}"))?;
    if output.stdout == want {
        return Ok(None);
    }
    let last_words = String::from_utf8_lossy(&output.stderr).lines().last().unwrap_or_default().to_owned();
    let (want, got) =
        (String::from_utf8_lossy(&want).into_owned(), String::from_utf8_lossy(&output.stdout).into_owned());
    Ok(Some(format!("{} {last_words}", first_difference(&want, &got)).trim_end().to_owned()))
}

fn first_difference(want: &str, got: &str) -> String {
    let (mut wanted, mut given) = (want.lines(), got.lines());
    for number in 1.. {
        match (wanted.next(), given.next()) {
            (None, None) => break,
            (want, got) if want == got => {}
            (want, got) => {
                let (want, got) = (want.unwrap_or("the end"), got.unwrap_or("the end"));
                return format!("line {number}: expected `{want}`, CPython prints `{got}`");
            }
        }
    }
    "only line ends differ".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_differs_is_named() {
        assert_eq!(first_difference("a\nb\n", "a\nc\n"), "line 2: expected `b`, CPython prints `c`");
        assert_eq!(first_difference("a\n", ""), "line 1: expected `a`, CPython prints `the end`");
        assert_eq!(first_difference("a\n", "a"), "only line ends differ");
    }
}
