//! Times the machine: `fib(25)`, a small block with a warm namespace, a new evaluation.

use da_python::{GroundBuilder, InterviewFloor, Limits, Mode, NoHost, PyError, Vm, compile};
use std::time::{Duration, Instant};

const FIB: &str =
    "def fib(n):\n    if n < 2:\n        return n\n    return fib(n - 1) + fib(n - 2)\nresult = fib(25)\n";
const BLOCK: &str = "a = 1\nb = a + 2\nif b > a:\n    c = 'yes'\nd = [a, b]\n";

#[expect(clippy::print_stdout, reason = "an example shows its figures")]
fn main() -> Result<(), PyError> {
    let start = Instant::now();
    let ground = GroundBuilder::new().build()?;
    println!("ground floor      {:?}", start.elapsed());
    let mut host = NoHost;
    let floor = InterviewFloor::build(&ground, &[], Limits::default(), &mut host)?;
    let (Ok(fib), Ok(block)) = (compile(FIB, "fib", Mode::Module), compile(BLOCK, "block", Mode::Module)) else {
        println!("does not compile");
        return Ok(());
    };
    let mut vm = Vm::new(&floor, Limits::default(), &mut host);
    let mut best = Duration::MAX;
    let mut run = |code, rounds: u32, vm: &mut Vm<'_>| -> Result<Duration, PyError> {
        best = Duration::MAX;
        let namespace = vm.new_namespace().map_err(|raised| vm.error(raised))?;
        for _ in 0..10 {
            let start = Instant::now();
            for _ in 0..rounds {
                vm.exec(code, namespace).map_err(|raised| vm.error(raised))?;
            }
            best = best.min(start.elapsed() / rounds);
        }
        Ok(best)
    };
    println!("fib(25)           {:?}", run(&fib, 1, &mut vm)?);
    println!("five-line block   {:?}", run(&block, 10_000, &mut vm)?);
    drop(vm);
    let start = Instant::now();
    for _ in 0..10_000 {
        let vm = Vm::new(&floor, Limits::default(), &mut host);
        std::hint::black_box(vm.fuel());
    }
    println!("new evaluation    {:?}", start.elapsed() / 10_000);
    Ok(())
}
