//! Programs that want too much: each ends in a limit or an exception, soon, and never in an abort.
//!
//! They stand in `limits/*.txt`: what follows ends in what the line at the margin says, `ok`, a limit or the class of
//! an exception; a blank line separates programs. `N` is a large number, `slow()` makes the clock run out. Under the
//! stressed collector, where the time of a program grows with the square of its objects, `N` and the limits are smaller.
//! Nothing here looks at a clock.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use da_python::machine::{
    Ground, GroundBuilder, Host, InterviewFloor, Limit, Limits, Mode, NoHost, PyError, Value, Vm, compile,
};
use std::any::Any;
use std::sync::{Arc, LazyLock};

const STRESSED: bool = cfg!(feature = "gc-stress");
/// More than every depth that is allowed.
const N: i64 = if STRESSED { 1_200 } else { 100_000 };
/// Enough to make large things, too little to keep them.
const SMALL: Limits = Limits {
    fuel: if STRESSED { 100_000 } else { 1_000_000 },
    memory: if STRESSED { 512 << 10 } else { 1 << 20 },
    recursion: 1000,
    native_depth: 180,
    output: 64 << 10,
};
/// Too little to keep what is large, and the fuel to get there.
const CRAMPED: Limits = Limits { fuel: 20_000_000, ..SMALL };
/// Enough to make what is nested `N` times.
const ROOMY: Limits = Limits { fuel: 150_000_000, memory: 128 << 20, ..SMALL };

/// Fuel for programs that end by themselves, however often the collector runs.
const PATIENT: Limits = Limits { fuel: 1_000_000, ..SMALL };

/// Room for what is large, and fuel for a few hundred thousand instructions.
const BRISK: Limits = Limits { fuel: 2_000_000, memory: 128 << 20, ..SMALL };

static GROUND: LazyLock<Arc<Ground>> = LazyLock::new(|| GroundBuilder::new().standard_library().build().unwrap());

/// A host whose clock runs out when it was told to.
struct Clock {
    late: bool,
}

impl Host for Clock {
    fn time_is_up(&mut self) -> bool {
        self.late
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

/// What the program ends in.
fn end_of(source: &str, limits: Limits) -> String {
    let floor = InterviewFloor::build(&GROUND, &[], limits, &mut NoHost).unwrap();
    let mut host = Clock { late: source.contains("slow()") };
    let mut vm = Vm::new(&floor, limits, &mut host);
    let namespace = vm.new_namespace().unwrap();
    vm.dict_set_str(namespace, "N", Value::Int(N)).unwrap();
    let code = match compile(&source.replace("slow()", "None"), "program", Mode::Module) {
        Ok(code) => code,
        Err(error) => return format!("not compiled: {error}"),
    };
    match vm.exec(&code, namespace).map_err(|raised| vm.error(raised)) {
        Ok(()) => "ok".to_owned(),
        Err(PyError::Limit(limit)) => format!("{limit:?}"),
        Err(PyError::Exception { class, .. }) => class.to_string(),
    }
}

/// The programs of a table, each with what it ends in.
fn programs(table: &str) -> Vec<(&str, String)> {
    let mut found: Vec<(&str, String)> = Vec::new();
    let (mut end, mut open) = ("", false);
    for line in table.lines() {
        match line.strip_prefix("    ") {
            Some(line) if open => {
                if let Some((_, program)) = found.last_mut() {
                    program.push_str(line);
                    program.push('\n');
                }
            }
            Some(line) => {
                found.push((end, format!("{line}\n")));
                open = true;
            }
            None => {
                open = false;
                if !line.is_empty() {
                    end = line;
                }
            }
        }
    }
    found
}

#[track_caller]
fn check(table: &str, limits: Limits) {
    let wrong: Vec<String> = programs(table)
        .into_iter()
        .map(|(expected, program)| (end_of(&program, limits), expected, program))
        .filter(|(end, expected, _)| end != expected)
        .map(|(end, expected, program)| format!("{program}ended in {end}, not in {expected}"))
        .collect();
    assert!(wrong.is_empty(), "{} programs:\n{}", wrong.len(), wrong.join("\n\n"));
}

#[test]
fn results_that_are_too_large_are_refused_before_they_are_made() {
    check(include_str!("limits/large.txt"), CRAMPED);
}

#[test]
fn work_without_end_runs_out_of_fuel_or_time_and_cannot_catch_it() {
    check(include_str!("limits/endless.txt"), SMALL);
}

#[test]
fn what_is_nested_too_deeply_is_a_recursion_error() {
    check(include_str!("limits/nested.txt"), ROOMY);
}

#[test]
fn source_that_is_nested_too_deeply_or_too_long_is_a_syntax_error() {
    check(include_str!("limits/source.txt"), ROOMY);
}

#[test]
fn special_methods_that_lie_or_change_what_is_worked_on_do_no_harm() {
    check(include_str!("limits/evil.txt"), PATIENT);
}

#[test]
fn work_on_what_is_large_costs_what_it_takes() {
    check(include_str!("limits/costly.txt"), BRISK);
}

#[test]
fn temporaries_run_in_constant_memory() {
    // Each makes several times more than it may hold.
    for program in [
        "for i in range(N): x = [i, str(i), {'k': i}]",
        "def f(i): return [i] * 50\nfor i in range(N): f(i)",
        "class A: pass\nfor i in range(N):\n    a = A()\n    a.me = a",
        "all(map(str, range(1, N)))",
        "sum(len(str(i)) for i in range(N))",
        "[i for i in map(list, [[1]] * N) if not i]",
        "i = 0\nwhile i < N:\n    try: raise ValueError(i)\n    except ValueError: i += 1",
    ] {
        assert_eq!(
            end_of(program, Limits { memory: if STRESSED { 192 << 10 } else { 3 << 20 }, ..ROOMY }),
            "ok",
            "{program}"
        );
    }
}

#[test]
fn what_is_nested_deeply_is_saved_and_read_back() {
    let floor = InterviewFloor::build(&GROUND, &[], ROOMY, &mut NoHost).unwrap();
    let mut host = NoHost;
    let mut vm = Vm::new(&floor, ROOMY, &mut host);
    let namespace = vm.new_namespace().unwrap();
    vm.dict_set_str(namespace, "N", Value::Int(N)).unwrap();
    let make = "x = []\nfor i in range(N): x = [x]\nx.append(x)";
    vm.exec(&compile(make, "make", Mode::Module).unwrap(), namespace).unwrap();
    let saved = vm.snapshot(namespace).unwrap();
    let mut host = NoHost;
    let mut vm = Vm::new(&floor, ROOMY, &mut host);
    let namespace = vm.restore(&saved.bytes).unwrap();
    vm.pin(namespace);
    let count = "depth = 0\ny = x[1]\nwhile y: y = y[0]; depth += 1\ndepth == N or 1 / 0";
    assert_eq!(
        vm.exec(&compile(count, "count", Mode::Module).unwrap(), namespace).map_err(|raised| vm.error(raised)),
        Ok(())
    );
}

#[test]
fn a_limit_is_told_in_words() {
    assert_eq!(PyError::Limit(Limit::Fuel).to_string(), "the program ran too long");
    assert_eq!(PyError::Limit(Limit::Memory).to_string(), "the program needed too much memory");
    assert_eq!(PyError::Limit(Limit::Time).to_string(), "the program took too long");
}
