//! The host of the tests: modules from the folder of support first, then from CPython's.

use crate::refused;
use da_python::machine::native::{Args, NativeFunction};
use da_python::machine::{Host, ModuleSource, PyResult, Value, Vm};
use std::any::Any;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// The source of a module that can be imported and nothing else.
const ABSENT: &str = include_str!("absent.py");

/// What cases may read of the files beside them.
pub(crate) static FILES: &[NativeFunction] =
    &[NativeFunction { name: "read", run: read }, NativeFunction { name: "names", run: names }];

/// The file or folder of CPython's tests that a path names, if it is one of them.
fn beside(vm: &mut Vm<'_>, args: &Args) -> Option<PathBuf> {
    let path = vm.text(*args.positional.first()?)?;
    let tests = Tests::of(vm).tests.canonicalize().ok()?;
    Path::new(&*path).canonicalize().ok().filter(|path| path.starts_with(tests))
}

/// The text of a file, or `None`.
fn read(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let text = beside(vm, args).and_then(|path| fs::read_to_string(path).ok());
    match text {
        Some(text) => vm.str(text),
        None => Ok(Value::None),
    }
}

/// The names in a folder, or `None`.
fn names(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let Some(entries) = beside(vm, args).and_then(|path| fs::read_dir(path).ok()) else { return Ok(Value::None) };
    let mut names: Vec<String> = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    let mut values = Vec::with_capacity(names.len());
    for name in names {
        values.push(vm.str(name)?);
    }
    vm.list(values)
}

pub(crate) struct Tests {
    /// CPython's `Lib/test`.
    tests: PathBuf,
    /// Our `unittest` and `test.support`.
    support: PathBuf,
    absent: Vec<String>,
    patience: Duration,
    until: Instant,
    random: u64,
}

impl Tests {
    pub(crate) fn new(tests: &str, patience: Duration) -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cpython");
        let listed = fs::read_to_string(here.join("absent.txt")).unwrap_or_default();
        let absent = listed.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect();
        let until = Instant::now() + patience;
        Tests { tests: PathBuf::from(tests), support: here.join("lib"), absent, patience, until, random: 1 }
    }

    /// The host of a machine that was given one.
    pub(crate) fn of<'v>(vm: &'v mut Vm<'_>) -> &'v mut Self {
        match vm.host().as_any_mut().downcast_mut() {
            Some(tests) => tests,
            None => std::process::exit(2),
        }
    }

    /// A case begins.
    pub(crate) fn begin(&mut self) {
        self.until = Instant::now() + self.patience;
    }
}

impl Host for Tests {
    fn now(&mut self) -> Option<i64> {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
        i64::try_from(since.as_micros()).ok()
    }

    fn random(&mut self, bytes: &mut [u8]) -> bool {
        for byte in bytes {
            self.random = self.random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *byte = self.random.to_be_bytes()[0];
        }
        true
    }

    fn module_source(&mut self, name: &str) -> Option<ModuleSource> {
        if self.absent.iter().any(|absent| absent == name) {
            return Some(ModuleSource { file: Arc::from(name), text: Arc::from(ABSENT), is_package: false });
        }
        let path = name.replace('.', "/");
        let below_test = path.strip_prefix("test/").map(|path| self.tests.join(path));
        for (folder, is_own) in
            [Some((self.support.join(&path), true)), below_test.map(|path| (path, false))].into_iter().flatten()
        {
            for (file, is_package) in [(folder.with_extension("py"), false), (folder.join("__init__.py"), true)] {
                let Ok(text) = fs::read_to_string(&file) else { continue };
                let text = if is_own { text } else { refused::cut(text) };
                let shown = if is_own { name.to_owned() } else { file.display().to_string() };
                return Some(ModuleSource { file: Arc::from(shown), text: Arc::from(text), is_package });
            }
        }
        None
    }

    fn time_is_up(&mut self) -> bool {
        Instant::now() > self.until
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}
