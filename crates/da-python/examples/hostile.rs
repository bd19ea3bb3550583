//! Runs one program that means harm, for `cargo xtask soak hostile`: under the default limits, without a clock that stops it.
//! It prints what the program ended in, how many milliseconds of the processor that took, and the most memory that this process ever
//! had, in kB.
//!
//! It must never run more than one: what one leaves behind would be counted for the next.
#![expect(clippy::print_stdout, reason = "printing is what it is for")]
#![expect(clippy::disallowed_methods, reason = "it measures time, and is given a file")]

use da_python::machine::{GroundBuilder, InterviewFloor, Limits, Mode, NoHost, PyError, Vm, compile};
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("give it a file")?;
    let source = std::fs::read_to_string(&file)?;
    let ground = GroundBuilder::new().standard_library().build()?;
    let floor = InterviewFloor::build(&ground, &[], Limits::default(), &mut NoHost)?;
    let before = clock();
    let end = end_of(&source, &floor);
    let milliseconds = (clock() - before) * 1000.0;
    println!("{end}\t{milliseconds:.1}\t{}", peak()?);
    Ok(())
}

/// What the program ends in: `nothing`, a limit, or the class of an exception. What it holds at its end is saved too, as the
/// answers of an interview are, and then let go.
fn end_of(source: &str, floor: &Arc<InterviewFloor>) -> String {
    let mut host = NoHost;
    let mut vm = Vm::new(floor, Limits::default(), &mut host);
    let Ok(code) = compile(source, "program", Mode::Module) else { return "SyntaxError".to_owned() };
    let ran = match vm.new_namespace() {
        Ok(namespace) => vm.exec(&code, namespace).map(|()| namespace),
        Err(raised) => Err(raised),
    };
    match ran.map_err(|raised| vm.error(raised)) {
        Ok(namespace) => match vm.snapshot(namespace) {
            Ok(_) => "nothing".to_owned(),
            Err(error) => format!("not saved: {error}"),
        },
        Err(PyError::Limit(limit)) => format!("{limit:?}"),
        Err(PyError::Exception { class, .. }) => class.to_string(),
    }
}

/// How long this thread was on a processor, so that whatever else the machine does counts little. The system is asked for it to the
/// nanosecond: what `/proc` tells is as coarse as the ticks of the kernel.
fn clock() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::try_from(time).map_or(0.0, |time| time.as_secs_f64())
}

/// The most memory that this process ever had, in kB.
fn peak() -> Result<u64, Box<dyn Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    Ok(line.trim().trim_end_matches("kB").trim().parse()?)
}
