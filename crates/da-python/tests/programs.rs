//! Runs the programs of `fixtures/python` and `fixtures/python_packages` and compares what they print with what CPython prints.
//!
//! `not_yet.txt` lists those that do not pass yet; it may only shrink.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]
#![expect(clippy::disallowed_methods, reason = "the programs are files; the crate itself reads none")]

use da_python::machine::{
    Ground, GroundBuilder, Host, InterviewFloor, Limits, Mode, ModuleSource, NoHost, Vm, compile,
};
use std::any::Any;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A host that keeps what is printed and finds modules beside the programs.
#[derive(Default)]
struct Programs {
    folder: PathBuf,
    printed: String,
    random: u64,
}

impl Host for Programs {
    fn write(&mut self, text: &str) {
        self.printed.push_str(text);
    }

    fn random(&mut self, bytes: &mut [u8]) -> bool {
        for byte in bytes {
            self.random = self.random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *byte = self.random.to_be_bytes()[0];
        }
        true
    }

    fn now(&mut self) -> Option<i64> {
        Some(1_700_000_000_000_000)
    }

    fn module_source(&mut self, name: &str) -> Option<ModuleSource> {
        let file = self.folder.join(format!("{}.py", name.replace('.', "/")));
        let text = fs::read_to_string(&file).ok()?;
        let file = format!("{name}.py");
        Some(ModuleSource { file: Arc::from(file), text: Arc::from(text), is_package: false })
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(name)
}

fn run(ground: &Arc<Ground>, file: &Path) -> String {
    let floor = InterviewFloor::build(ground, &[], Limits::default(), &mut NoHost).unwrap();
    let source = fs::read_to_string(file).unwrap();
    let mut host = Programs { folder: file.parent().unwrap().to_owned(), printed: String::new(), random: 1 };
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    let code = match compile(&source, &name, Mode::Module) {
        Ok(code) => code,
        Err(error) => return format!("SyntaxError: {error}\n"),
    };
    let ended = {
        let mut vm = Vm::new(&floor, Limits::default(), &mut host);
        let namespace = vm.new_namespace().unwrap();
        vm.exec(&code, namespace).map_err(|raised| vm.error(raised))
    };
    if let Err(error) = ended {
        host.printed.push_str(&format!("{error}\n"));
    }
    host.printed
}

fn first_difference(printed: &str, expected: &str) -> String {
    let mut lines = expected.lines().zip(printed.lines()).enumerate();
    match lines.find(|(_, (expected, printed))| expected != printed) {
        Some((at, (expected, printed))) => format!("line {}:\n  expected {expected}\n  printed  {printed}", at + 1),
        None => format!("the lines after the shorter one:\n{printed}"),
    }
}

/// What is wrong with the programs of a folder; those that are listed must not pass yet.
fn problems(folder: &Path, listed: &BTreeSet<&str>) -> Vec<String> {
    let ground = GroundBuilder::new().standard_library().build().unwrap();
    let mut problems = Vec::new();
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let expected = file.with_extension("out");
        if file.extension().is_none_or(|extension| extension != "py") || !expected.exists() {
            continue;
        }
        let printed = run(&ground, &file);
        let expected = fs::read_to_string(expected).unwrap();
        let passes = printed == expected;
        match (passes, listed.contains(&*name)) {
            (true, true) => problems.push(format!("{name} passes: take it out of not_yet.txt")),
            (false, false) => problems.push(format!("{name}: {}", first_difference(&printed, &expected))),
            _ => {}
        }
    }
    problems
}

#[test]
fn every_program_prints_what_cpython_prints_unless_it_is_listed_as_not_yet() {
    let listed = fs::read_to_string(folder("python").join("not_yet.txt")).unwrap();
    let listed: BTreeSet<&str> = listed.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let problems = problems(&folder("python"), &listed);
    assert!(problems.is_empty(), "{}", problems.join("\n----\n"));
}

#[test]
fn every_program_that_uses_a_package_prints_what_it_prints_with_that_package() {
    let problems = problems(&folder("python_packages"), &BTreeSet::new());
    assert!(problems.is_empty(), "{}", problems.join("\n----\n"));
}
