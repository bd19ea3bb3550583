//! `cargo xtask bench python`: our Python machine beside CPython, in one run on one machine.
//! It must never compare figures of different runs or machines: what counts is the ratio.

use super::Kept;
use super::figures::{Figures, build};
use super::rule::{self, Rule};
use crate::{Outcome, repo, run, table};
use std::path::Path;
use std::process::Command;

/// Times the programs of fixtures/bench on our machine, built in release, and on CPython (python3), in turns; a tiny block, its
/// compiling, saving and loading of 1,000 objects, a new evaluation, and the memory that ten million temporary values take.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    kept: Kept,
    /// Only programs whose name contains one of these, and nothing else
    names: Vec<String>,
}

const PROGRAMS: [&str; 7] =
    ["fib", "string_building", "dict_and_list", "attributes", "methods", "sort_with_key", "generator_sum"];

/// The same on CPython, in time of the processor too: the shortest of three times of each program, and the tiny block.
const CPYTHON: &str = r#"
import sys, time
for file in sys.argv[1:]:
    names = {}
    exec(compile(open(file).read(), file, 'exec'), names)
    times = []
    for _ in range(3):
        started = time.process_time()
        for _ in range(5):
            names['run']()
        times.append((time.process_time() - started) / 5)
    print(file, min(times), sep='\t')
block = compile("total = price * count\nif total > 100:\n    label = 'large'\nelse:\n    label = 'small'\n", 'block', 'exec')
names = {'price': 7, 'count': 21}
times = []
for _ in range(5):
    started = time.process_time()
    for _ in range(20000):
        exec(block, names)
    times.append((time.process_time() - started) * 50)
print('block', sorted(times)[2], sep='\t')
"#;

pub(super) fn run(args: &Args) -> Outcome {
    if !run::is_there("python3") {
        return Err("this command needs python3, which is not on this machine".to_owned());
    }
    let version = run::capture(Command::new("python3").arg("--version"))?;
    let program = build("da-python", "bench_python")?;
    let root = repo::root()?;
    let is_wanted = |name: &&&str| args.names.is_empty() || args.names.iter().any(|part| name.contains(part.as_str()));
    let names: Vec<&str> = PROGRAMS.iter().filter(is_wanted).copied().collect();
    let files: Vec<String> = names.iter().map(|name| file(name)).collect();
    let (mut ours, mut theirs) = (Figures::default(), Figures::default());
    for _ in 0..args.kept.runs {
        ours.add(Command::new(&program).arg("run").args(&files).current_dir(&root))?;
        theirs.add(Command::new("python3").args(["-c", CPYTHON]).args(&files).current_dir(&root))?;
        if args.names.is_empty() {
            ours.add(Command::new(&program).arg("small"))?;
        }
    }
    if args.names.is_empty() {
        ours.add(Command::new(&program).arg("temporaries"))?;
    }
    let pairs = Pairs { ours: &ours, theirs: &theirs };
    let table = pairs.table(&names, version.trim());
    if !args.names.is_empty() {
        println!("{table}");
        return Ok("measured some; no rule was looked at".to_owned());
    }
    let (rules, broken) = rule::table(&pairs.rules());
    args.kept.report(("python", ""), &format!("{table}\n{rules}"), broken)
}

/// The program of a name.
fn file(name: &str) -> String {
    Path::new("fixtures/bench").join(name).with_extension("py").to_string_lossy().into_owned()
}

/// The figures of both.
struct Pairs<'f> {
    ours: &'f Figures,
    theirs: &'f Figures,
}

impl Pairs<'_> {
    /// How many times as long ours takes.
    fn ratio(&self, name: &str) -> Option<f64> {
        Some(self.ours.least(name)? / self.theirs.least(name)?)
    }

    fn table(&self, names: &[&str], version: &str) -> String {
        let head = ["program", "da-python", version, "ratio"].map(str::to_owned);
        let ms = |figure: Option<f64>| figure.map_or("not available".to_owned(), |s| format!("{:.2} ms", s * 1000.0));
        let line = |name: &&str| {
            let file = file(name);
            let ratio = self.ratio(&file).map_or("not available".to_owned(), |ratio| format!("{ratio:.2}"));
            [(*name).to_owned(), ms(self.ours.least(&file)), ms(self.theirs.least(&file)), ratio]
        };
        table::aligned(&[head].into_iter().chain(names.iter().map(line)).collect::<Vec<_>>())
    }

    fn rules(&self) -> Vec<Rule> {
        let ratios: Option<Vec<f64>> = PROGRAMS.iter().map(|name| self.ratio(&file(name))).collect();
        let us = |name: &str| self.ours.least(name);
        let kb = |name: &str| self.ours.middle(name).map(|bytes| bytes / 1000.0);
        let both = us("save").and_then(|save| Some((save + us("load")?) / 1000.0));
        vec![
            Rule::at_most("the geometric mean is at most twice CPython's time", ratios.as_deref().map(mean), 2.0, ""),
            Rule::at_most(
                "no program takes more than four times CPython's time",
                ratios.and_then(|all| all.into_iter().max_by(f64::total_cmp)),
                4.0,
                "",
            ),
            Rule::at_most(
                "a tiny block with a warm namespace takes at most CPython's time",
                self.ratio("block"),
                1.0,
                "",
            ),
            Rule::at_most("compiling it takes at most 15 us", us("compile"), 15.0, " us"),
            Rule::at_most("saving and loading 1,000 objects takes at most 1 ms together", both, 1.0, " ms"),
            Rule::at_most("a new evaluation takes at most 5 us", us("evaluation"), 5.0, " us"),
            Rule::at_most("a new evaluation takes at most 20 kB", kb("evaluation_bytes"), 20.0, " kB"),
            Rule::at_most("ten million temporaries take less than 16 MB", kb("temporaries_bytes"), 16_000.0, " kB"),
        ]
    }
}

/// The geometric mean.
#[expect(clippy::cast_precision_loss, reason = "there are a handful of programs")]
fn mean(ratios: &[f64]) -> f64 {
    (ratios.iter().map(|ratio| ratio.ln()).sum::<f64>() / ratios.len().max(1) as f64).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_is_that_of_the_ratios_as_factors() {
        assert!((mean(&[0.5, 8.0]) - 2.0).abs() < 1e-9);
    }
}
