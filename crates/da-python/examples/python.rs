//! Runs a Python program from a file under the default limits, with the machine's clock and nothing else of the
//! outside: `cargo run --release -p da-python --example python -- FILE`.
//!
//! It must never give the program files or the network.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "printing is what it is for")]
#![expect(clippy::disallowed_methods, reason = "a host has the clock and the file that the machine has not")]

use da_python::machine::{GroundBuilder, Host, InterviewFloor, Limits, Mode, NoHost, Vm, compile};
use std::any::Any;
use std::error::Error;
use std::time::{SystemTime, UNIX_EPOCH};

/// A host that prints and knows what time it is.
struct Terminal;

impl Host for Terminal {
    fn now(&mut self) -> Option<i64> {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
        i64::try_from(since.as_micros()).ok()
    }

    fn write(&mut self, text: &str) {
        print!("{text}");
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("give it a file")?;
    let code = compile(&std::fs::read_to_string(&file)?, &file, Mode::Module)?;
    let ground = GroundBuilder::new().standard_library().build()?;
    let floor = InterviewFloor::build(&ground, &[], Limits::default(), &mut NoHost)?;
    let mut host = Terminal;
    let mut vm = Vm::new(&floor, Limits { fuel: 20_000_000_000, ..Limits::default() }, &mut host);
    let namespace = vm.new_namespace().map_err(|raised| vm.error(raised))?;
    if let Err(raised) = vm.exec(&code, namespace) {
        eprintln!("{}", vm.error(raised));
        std::process::exit(1);
    }
    Ok(())
}
