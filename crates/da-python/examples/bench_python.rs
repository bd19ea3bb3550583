//! Times the machine for `cargo xtask bench python`: `bench run FILE...` runs the `run()` of each program, `bench small` times
//! what a server does all the time, `bench temporaries` makes ten million values that nothing keeps.
//!
//! It prints a name and a figure a line, and judges nothing.
#![expect(clippy::print_stdout, reason = "printing is what it is for")]
#![expect(clippy::disallowed_methods, reason = "it measures time, and is given files")]

use da_python::machine::{GroundBuilder, InterviewFloor, Limits, Mode, NoHost, Vm, compile};
use std::error::Error;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

type Done<T = ()> = Result<T, Box<dyn Error>>;

/// How often a program runs for one figure.
const EACH: u32 = 5;

/// Modules that an interview may import: a new evaluation has them at hand.
const MODULES: [&str; 20] = [
    "re",
    "json",
    "datetime",
    "decimal",
    "math",
    "random",
    "string",
    "textwrap",
    "copy",
    "itertools",
    "functools",
    "collections",
    "operator",
    "enum",
    "dataclasses",
    "typing",
    "statistics",
    "uuid",
    "html",
    "calendar",
];

const THINGS: &str = "class Thing:\n    def __init__(self, number):\n        self.name = 'thing %d' % number\n        \
                      self.number = number\n        self.tags = ['a', 'b']\n\ndef make():\n    return [Thing(n) for n in range(1000)]\n";

fn main() -> Done {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first() {
        Some((how, files)) if how == "run" => run(files),
        Some((how, _)) if how == "small" => small(),
        Some((how, _)) if how == "temporaries" => temporaries(),
        _ => Err("bench run FILE... | bench small | bench temporaries".into()),
    }
}

fn floor(modules: &[&str]) -> Done<Arc<InterviewFloor>> {
    let ground = GroundBuilder::new().standard_library().frozen_module("things", THINGS).build()?;
    let modules: Vec<String> = modules.iter().map(|&name| name.to_owned()).collect();
    Ok(InterviewFloor::build(&ground, &modules, Limits::default(), &mut NoHost)?)
}

fn limits() -> Limits {
    Limits { fuel: u64::MAX, memory: 1 << 30, ..Limits::default() }
}

/// How long this thread was on a processor, so that whatever else the machine does counts little. The system is asked for it to the
/// nanosecond: what `/proc` tells is as coarse as the ticks of the kernel.
fn clock() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::try_from(time).map_or(0.0, |time| time.as_secs_f64())
}

/// The shortest of several times of each program, in seconds.
fn run(files: &[String]) -> Done {
    let floor = floor(&[])?;
    for file in files {
        let code = compile(&std::fs::read_to_string(file)?, file, Mode::Module)?;
        let mut host = NoHost;
        let mut vm = Vm::new(&floor, limits(), &mut host);
        let namespace = vm.new_namespace().map_err(|raised| vm.error(raised))?;
        vm.exec(&code, namespace).map_err(|raised| vm.error(raised))?;
        let function = vm.lookup(namespace, "run").ok_or("there is no run()")?;
        let mut best = f64::INFINITY;
        for _ in 0..3 {
            let before = clock();
            for _ in 0..EACH {
                let result = vm.scope(|vm| vm.call(function, &[]).map(black_box));
                result.map_err(|raised| vm.error(raised))?;
            }
            best = best.min((clock() - before) / f64::from(EACH));
        }
        println!("{file}\t{best}");
    }
    Ok(())
}

/// The median time of a piece of work, in microseconds, over five rounds of many.
fn micros(each: usize, mut work: impl FnMut() -> Done) -> Done<f64> {
    let mut times = Vec::new();
    for _ in 0..5 {
        let before = clock();
        for _ in 0..each * 20 {
            work()?;
        }
        times.push((clock() - before) * 1e6 / (each * 20) as f64);
    }
    times.sort_by(f64::total_cmp);
    Ok(times[times.len() / 2])
}

const BLOCK: &str = "total = price * count\nif total > 100:\n    label = 'large'\nelse:\n    label = 'small'\n";

fn small() -> Done {
    let floor = floor(&MODULES)?;
    let mut host = NoHost;
    let mut vm = Vm::new(&floor, limits(), &mut host);
    let namespace = vm.new_namespace().map_err(|raised| vm.error(raised))?;
    let set = compile("price = 7\ncount = 21\n", "block", Mode::Module)?;
    vm.exec(&set, namespace).map_err(|raised| vm.error(raised))?;
    let code = compile(BLOCK, "block", Mode::Module)?;
    let block = micros(1000, || vm.exec(&code, namespace).map_err(|raised| vm.error(raised).into()))?;
    println!("block\t{block}");
    println!(
        "compile\t{}",
        micros(200, || {
            black_box(compile(black_box(BLOCK), "block", Mode::Module)?);
            Ok(())
        })?
    );
    let mut other = NoHost;
    println!(
        "evaluation\t{}",
        micros(500, || {
            black_box(Vm::new(&floor, Limits::default(), &mut other).new_namespace().is_ok());
            Ok(())
        })?
    );
    println!("evaluation_bytes\t{}", bytes_of_an_evaluation(&floor)?);
    let (save, load, size) = objects(&floor, &mut vm)?;
    println!("save\t{save}\nload\t{load}\nsaved_bytes\t{size}");
    Ok(())
}

/// How much larger the process is for each evaluation that has a namespace and has run a block.
fn bytes_of_an_evaluation(floor: &Arc<InterviewFloor>) -> Done<usize> {
    const MANY: usize = 4000;
    let code = compile("import re\nx = 1\n", "block", Mode::Module)?;
    let mut hosts: Vec<NoHost> = (0..MANY).map(|_| NoHost).collect();
    let mut all: Vec<Vm<'_>> = Vec::with_capacity(MANY);
    let before = memory("VmRSS")?;
    for host in &mut hosts {
        let mut vm = Vm::new(floor, Limits::default(), host);
        let namespace = vm.new_namespace().map_err(|raised| vm.error(raised))?;
        vm.exec(&code, namespace).map_err(|raised| vm.error(raised))?;
        all.push(vm);
    }
    Ok(memory("VmRSS")?.saturating_sub(before) * 1024 / MANY)
}

/// Saving 1,000 objects, and loading them into a new evaluation, which is then let go, as a request does it.
fn objects(floor: &Arc<InterviewFloor>, vm: &mut Vm<'_>) -> Done<(f64, f64, usize)> {
    let module = vm.import("things").map_err(|raised| vm.error(raised))?;
    let made = vm.call_method(module, "make", &[]).map_err(|raised| vm.error(raised))?;
    let made = vm.pin(made);
    let mut bytes = Vec::new();
    let save = micros(10, || {
        bytes = vm.snapshot(made)?.bytes;
        Ok(())
    })?;
    let load = micros(10, || {
        black_box(Vm::new(floor, limits(), &mut NoHost).restore(&bytes)?);
        Ok(())
    })?;
    Ok((save, load, bytes.len()))
}

/// Ten million values that nothing keeps: how much larger the process was at its largest, in bytes.
fn temporaries() -> Done {
    let floor = floor(&[])?;
    let text = "n = 0\nwhile n < 10000000:\n    t = [n]\n    n += 1\n";
    let code = compile(text, "block", Mode::Module)?;
    let mut host = NoHost;
    let mut vm = Vm::new(&floor, limits(), &mut host);
    let namespace = vm.new_namespace().map_err(|raised| vm.error(raised))?;
    let before = memory("VmHWM")?;
    let started = Instant::now();
    vm.exec(&code, namespace).map_err(|raised| vm.error(raised))?;
    println!("temporaries_seconds\t{}", started.elapsed().as_secs_f64());
    println!("temporaries_bytes\t{}", memory("VmHWM")?.saturating_sub(before) * 1024);
    Ok(())
}

/// A line of the process's own status, in kB.
fn memory(name: &str) -> Done<usize> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).ok_or("no such line")?;
    Ok(line.trim().trim_end_matches("kB").trim().parse()?)
}
