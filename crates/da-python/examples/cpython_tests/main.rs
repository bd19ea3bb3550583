//! Runs cases of CPython's own tests on our machine: `cargo run -p da-python --example cpython_tests -- TESTS MODULE CASES`,
//! where TESTS is the folder `Lib/test` of an installed CPython and CASES a file with a case (`Class.method`) a line. It prints a line
//! for each case: its name, what came of it and why, with tabs between. `cargo xtask oracle --cpython-tests` makes the table.
//!
//! It must never write a file, and never leave a case out: who counts does that.
#![expect(clippy::print_stdout, reason = "printing is what it is for")]
#![expect(clippy::disallowed_methods, reason = "a host has the clock and the files that the machine has not")]

mod host;
mod refused;

use da_python::machine::{Ground, GroundBuilder, InterviewFloor, Limits, NoHost, PyResult, Raised, Value, Vm};
use host::Tests;
use std::collections::VecDeque;
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

/// A case that takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(20);

const LIMITS: Limits =
    Limits { fuel: 1 << 50, memory: 128 << 20, recursion: 1000, native_depth: 180, output: 64 << 20 };

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(tests), Some(module), Some(cases)) = (args.next(), args.next(), args.next()) else {
        return Err("give it the folder of tests, the module and the file of cases".into());
    };
    let cases = std::fs::read_to_string(cases)?;
    let mut cases: VecDeque<&str> = cases.lines().filter(|line| !line.is_empty()).collect();
    let ground = GroundBuilder::new().standard_library();
    let ground = ground.native_module("_test_files", |module| module.functions(host::FILES)).build()?;
    // A machine that came to a limit is not used again.
    while !cases.is_empty() {
        if let Err(reason) = run(&ground, &tests, &module, &mut cases) {
            for case in cases.drain(..) {
                say(case, "failed", &format!("the file does not import: {reason}"));
            }
        }
    }
    Ok(())
}

/// Runs cases until one comes to a limit.
fn run(ground: &Arc<Ground>, tests: &str, module: &str, cases: &mut VecDeque<&str>) -> Result<(), String> {
    let floor = InterviewFloor::build(ground, &[], LIMITS, &mut NoHost).map_err(|error| error.to_string())?;
    let mut host = Tests::new(tests, PATIENCE);
    let mut vm = Vm::new(&floor, LIMITS, &mut host);
    let loaded = load(&mut vm, module);
    let (runner, loaded) = match loaded {
        Ok(loaded) => loaded,
        Err(raised) => return Err(vm.error(raised).to_string()),
    };
    while let Some(case) = cases.pop_front() {
        host::Tests::of(&mut vm).begin();
        match vm.scope(|vm| one(vm, runner, loaded, case)) {
            Ok((outcome, reason)) => say(case, &outcome, &reason),
            Err(raised @ Raised::Limit(_)) => {
                say(case, "failed", &vm.error(raised).to_string());
                return Ok(());
            }
            Err(raised) => say(case, "failed", &vm.error(raised).to_string()),
        }
    }
    Ok(())
}

fn load(vm: &mut Vm<'_>, module: &str) -> PyResult<(Value, Value)> {
    let runner = vm.import("run_case")?;
    vm.pin(runner);
    let name = vm.str(module)?;
    let loaded = vm.call_method(runner, "load", &[name])?;
    Ok((runner, vm.pin(loaded)))
}

fn one(vm: &mut Vm<'_>, runner: Value, module: Value, case: &str) -> PyResult<(String, String)> {
    let name = vm.str(case)?;
    let result = vm.call_method(runner, "run", &[module, name])?;
    let mut texts = Vec::new();
    for item in vm.collect(result)? {
        texts.push(vm.to_str(item)?);
    }
    let reason = texts.pop().unwrap_or_default();
    Ok((texts.pop().unwrap_or_default(), reason))
}

fn say(case: &str, outcome: &str, reason: &str) {
    println!("{case}\t{outcome}\t{}", reason.replace(['\t', '\n'], " "));
}
