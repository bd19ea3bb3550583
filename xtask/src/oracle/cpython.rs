//! `cargo xtask oracle --cpython-tests DIR`: files of CPython's own tests on our machine.
//! It must never write one of those files into the repository, and never lower a floor.

use super::report::{self, File};
use super::{Args, case};
use crate::scratch::Scratch;
use crate::{Outcome, floor, repo, run};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the page and the numbers are committed.
const PAGE: &str = "docs/cpython-tests.md";
pub(crate) const FLOOR: &str = "fixtures/cpython_floor.txt";
/// What runs the tests, on CPython and here.
const FOLDER: &str = "crates/da-python/tests/cpython";

/// The files, by their names without `test_`.
const FILES: [&str; 34] = [
    "list",
    "dict",
    "set",
    "bytes",
    "format",
    "float",
    "int",
    "re",
    "json",
    "decimal",
    "itertools",
    "collections",
    "generators",
    "class",
    "descr",
    "scope",
    "exceptions",
    "string",
    "functools",
    "copy",
    "enum",
    "dataclasses",
    "statistics",
    "textwrap",
    "fstring",
    "with",
    "raise",
    "super",
    "property",
    "slice",
    "sort",
    "range",
    "enumerate",
    "datetimetester",
];

/// The folder of tests of the machine's python3.
///
/// # Errors
/// Why there is none: no python3, another version, tests that were not installed.
pub(crate) fn beside_python3() -> Result<PathBuf, String> {
    if !run::is_there("python3") {
        return Err("no python3".to_owned());
    }
    version()?;
    let path = "import test; print(test.__path__[0])";
    let found =
        run::capture(Command::new("python3").args(["-c", path])).map_err(|_| "python3 has no tests".to_owned())?;
    let dir = PathBuf::from(found.trim());
    modules(&dir, "list").map(|_| dir)
}

fn version() -> Result<String, String> {
    let version = run::capture(Command::new("python3").arg("--version"))?.trim().to_owned();
    if version.starts_with("Python 3.11.") { Ok(version) } else { Err(format!("python3 is {version}, not 3.11")) }
}

pub(super) fn run(dir: &Path, args: &Args) -> Outcome {
    let root = repo::root()?;
    let dir = dir.canonicalize().map_err(|error| format!("cannot open {}: {error}", dir.display()))?;
    let version = version()?;
    let names: Vec<&str> = match args.names.is_empty() {
        true => FILES.to_vec(),
        false => FILES.into_iter().filter(|file| args.names.iter().any(|name| name == file)).collect(),
    };
    if names.is_empty() {
        return Err(format!("none of these is a file of tests; there are {}", FILES.join(", ")));
    }
    let mut of_file = Vec::new();
    for name in names {
        of_file.push((name, modules(&dir, name)?));
    }
    let mut files = on_cpython(&root, &dir, &of_file)?;
    let words = left_out(&root)?;
    files.iter_mut().for_each(|file| case::leave_out(&mut file.cases, &words));
    on_our_machine(&root, &dir, &of_file, &mut files)?;
    if args.explain {
        print!("{}", report::failures(&files));
    }
    println!("{}", report::shown(&files));
    let said = report::words(&files);
    if !args.names.is_empty() {
        return Ok(format!("{said}; the floor holds for all files only"));
    }
    finish(&root, args, &files, &version).map(|floor| format!("{said}; {floor}"))
}

/// The modules of a file: one, or those of a package of tests.
fn modules(dir: &Path, name: &str) -> Result<Vec<String>, String> {
    let file = if name == "datetimetester" { name.to_owned() } else { format!("test_{name}") };
    if name != "json" {
        let is_there = dir.join(format!("{file}.py")).is_file() || dir.join(&file).join("__init__.py").is_file();
        let missing = || format!("{} has no {file}.py", dir.display());
        return is_there.then(|| vec![format!("test.{file}")]).ok_or_else(missing);
    }
    let entries = fs::read_dir(dir.join(&file)).map_err(|error| format!("{} has no {file}: {error}", dir.display()))?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let tests =
        names.filter_map(|name| name.strip_suffix(".py").filter(|name| name.starts_with("test_")).map(str::to_owned));
    let mut modules: Vec<String> = tests.map(|module| format!("test.{file}.{module}")).collect();
    modules.sort();
    Ok(modules)
}

/// The cases that pass on CPython.
fn on_cpython(root: &Path, dir: &Path, of_file: &[(&str, Vec<String>)]) -> Result<Vec<File>, String> {
    let mut command = Command::new("python3");
    command.arg("-B").arg(root.join(FOLDER).join("cases.py")).arg(dir);
    command.args(of_file.iter().flat_map(|(_, modules)| modules));
    command.env("PYTHONHASHSEED", "0").env("TZ", "UTC").env_remove("PYTHONPATH");
    let mut by_module: BTreeMap<String, Vec<case::Case>> = BTreeMap::new();
    for case in case::parse(&run::capture(&mut command)?)? {
        by_module.entry(case.module.clone()).or_default().push(case);
    }
    let mut cases_of =
        |modules: &[String]| modules.iter().flat_map(|module| by_module.remove(module).unwrap_or_default()).collect();
    Ok(of_file.iter().map(|(name, modules)| File { name: (*name).to_owned(), cases: cases_of(modules) }).collect())
}

fn left_out(root: &Path) -> Result<Vec<String>, String> {
    let path = root.join(FOLDER).join("left_out.txt");
    let text = fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    Ok(text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect())
}

/// Runs what is not left out, a process for each module. In release: decimal's tests compute for minutes otherwise.
fn on_our_machine(root: &Path, dir: &Path, of_file: &[(&str, Vec<String>)], files: &mut [File]) -> Result<(), String> {
    let scratch = Scratch::new("cpython")?;
    let list = scratch.path().join("cases");
    run::show(
        run::cargo()
            .args(["build", "--quiet", "--release", "--package", "da-python", "--example", "cpython_tests"])
            .current_dir(root),
    )?;
    for (file, (_, modules)) in files.iter_mut().zip(of_file) {
        for module in modules {
            let counted = file.cases.iter().filter(|case| case.module == *module && case.left_out.is_none());
            let names: String = counted.map(|case| format!("{}\n", case.name)).collect();
            fs::write(&list, names).map_err(|error| format!("cannot write the list of cases: {error}"))?;
            let mut command = run::cargo();
            command.args(["run", "--quiet", "--release", "--package", "da-python", "--example", "cpython_tests", "--"]);
            command.arg(dir).arg(module).arg(&list).current_dir(root);
            let output = command.output().map_err(|error| format!("cannot start cargo: {error}"))?;
            let ending = (!output.status.success()).then(|| format!("the process ended with {}", output.status));
            case::take_results(&mut file.cases, module, &String::from_utf8_lossy(&output.stdout), ending.as_deref());
        }
    }
    Ok(())
}

fn finish(root: &Path, args: &Args, files: &[File], version: &str) -> Outcome {
    let path = root.join(FLOOR);
    let committed = fs::read_to_string(&path).unwrap_or_default();
    let committed = floor::parse(&committed).map_err(|error| format!("{FLOOR}: {error}"))?;
    let reached = report::numbers(files);
    if args.raise {
        let title = "How many cases of CPython's own tests pass (cargo xtask oracle --cpython-tests DIR --raise); these may only rise.";
        let write = |path: &Path, text: String| {
            fs::write(path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
        };
        write(&path, floor::print(title, &floor::raised(&committed, &reached)))?;
        write(&root.join(PAGE), report::page(files, version))?;
        return Ok(format!("{PAGE} and {FLOOR} are written"));
    }
    let below = floor::below(&committed, &reached);
    if below.is_empty() { Ok("no file is below its floor".to_owned()) } else { Err(below.join("; ")) }
}
