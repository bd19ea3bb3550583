//! A Python machine with little of everything, so that a run ends soon.
//!
//! It has no door to the outside.

use std::sync::{Arc, LazyLock};

use da_python::machine::{Ground, GroundBuilder, InterviewFloor, Limits, Mode, NoHost, Value, Vm, compile};

static GROUND: LazyLock<Arc<Ground>> = LazyLock::new(|| GroundBuilder::new().standard_library().build().unwrap());

static FLOOR: LazyLock<Arc<InterviewFloor>> =
    LazyLock::new(|| InterviewFloor::build(&GROUND, &[], Limits::default(), &mut NoHost).unwrap());

/// As much as a program of a few lines needs.
const LIMITS: Limits = Limits { fuel: 200_000, memory: 8 << 20, recursion: 200, native_depth: 180, output: 1 << 16 };

/// Runs with a machine and an empty namespace.
pub(crate) fn with<T>(work: impl FnOnce(&mut Vm<'_>, Value) -> T) -> T {
    let mut host = NoHost;
    let mut vm = Vm::new(&FLOOR, LIMITS, &mut host);
    let namespace = vm.new_namespace().unwrap();
    let namespace = vm.pin(namespace);
    work(&mut vm, namespace)
}

/// Runs a program; how it ends does not matter, that it ends does.
pub(crate) fn execute(vm: &mut Vm<'_>, namespace: Value, program: &str) {
    if let Ok(code) = compile(program, "fuzz.py", Mode::Module) {
        // An exception is an end like another; it is made into text, as a server would.
        if let Err(raised) = vm.exec(&code, namespace) {
            drop(vm.error(raised).to_string());
        }
    }
}
