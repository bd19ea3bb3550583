//! The fuzz targets under libFuzzer: mutations that are led by coverage, on the stable compiler.
//! It must never run a target in its own process: a finding may take the process with it.

use crate::metadata::{self, Metadata, Scope};
use crate::{Outcome, repo, run};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// Mutates what the fuzz targets read, led by coverage, for as long as one likes.
///
/// Builds fuzz/ with the counters of libFuzzer into target/fuzz, which takes minutes the first time, and then runs each target
/// as a child for its share of the time. What makes a target panic, hang (10 s) or take too much memory (2 GB) stays in
/// fuzz/corpus/TARGET and fails `cargo test -p da-fuzz` until it is mended; inputs that reached new code stay in
/// target/fuzz/corpus.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// For how long, all targets together
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..))]
    minutes: u64,
    /// Run these alone; without any, all
    #[arg(value_name = "TARGET")]
    targets: Vec<String>,
}

/// What makes the compiler count. `passes` and `llvm-args` are stable flags.
const FLAGS: [&str; 7] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Cdebug-assertions=on",
    "-Ccodegen-units=1",
];

pub(crate) fn run(args: &Args) -> Outcome {
    let root = repo::root()?;
    let known = targets(&root)?;
    let wanted: Vec<&String> = match args.targets.is_empty() {
        true => known.iter().collect(),
        false => args.targets.iter().collect(),
    };
    if let Some(unknown) = wanted.iter().find(|name| !known.contains(**name)) {
        let all = known.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        return Err(format!("there is no target {unknown}; there are {all}"));
    }
    let target = Metadata::load(Scope::Members)?.target.join("fuzz");
    let program = build(&target)?;
    let seconds = (args.minutes * 60 / u64::try_from(wanted.len()).unwrap_or(1)).max(1);
    let mut findings = Vec::new();
    for (number, name) in wanted.iter().enumerate() {
        eprintln!("target {} of {}: {name}, {seconds} s", number + 1, wanted.len());
        findings.extend(soak(&root, &target, &program, name, seconds)?);
    }
    for finding in &findings {
        println!("found {finding}");
    }
    match findings.len() {
        0 => Ok(format!("{} targets for {seconds} s each, and nothing found", wanted.len())),
        number => Err(format!("{number} findings, kept in fuzz/corpus: cargo test -p da-fuzz shows each")),
    }
}

/// The targets are the folders of the corpus: a test makes sure of that.
fn targets(root: &Path) -> Result<BTreeSet<String>, String> {
    let files = repo::files(&root.join("fuzz/corpus"))?;
    Ok(files.iter().filter_map(|file| file.split_once('/')).map(|(name, _)| name.to_owned()).collect())
}

fn build(target: &Path) -> Result<PathBuf, String> {
    let host = metadata::host()?;
    let mut cargo = run::cargo();
    cargo.args(["build", "--release", "--locked", "-p", "da-fuzz", "--features", "libfuzzer", "--bin", "soak"]);
    // With a platform named, the flags go to the program and not to build scripts, which could not be linked.
    cargo.args(["--target", &host]).env("CARGO_TARGET_DIR", target).env("RUSTFLAGS", FLAGS.join(" "));
    cargo.env("CARGO_PROFILE_RELEASE_LTO", "off").env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "1");
    run::show(&mut cargo)?;
    Ok(target.join(host).join("release").join("soak"))
}

/// One target as a child; the files that it left as findings.
fn soak(root: &Path, target: &Path, program: &Path, name: &str, seconds: u64) -> Result<Vec<String>, String> {
    let grown = target.join("corpus").join(name);
    fs::create_dir_all(&grown).map_err(|error| format!("cannot make {}: {error}", grown.display()))?;
    let kept = root.join("fuzz/corpus").join(name);
    let before = names(&kept)?;
    let mut child = Command::new(program);
    child.env("DA_FUZZ_TARGET", name).env("RUST_BACKTRACE", "0").current_dir(env::temp_dir());
    child.arg(format!("-max_total_time={seconds}")).arg(format!("-artifact_prefix={}/", kept.display()));
    child.args(["-timeout=10", "-rss_limit_mb=2048", "-max_len=4096", "-print_final_stats=1"]).arg(&grown).arg(&kept);
    run::watch(&mut child, |_| ())?;
    let found = names(&kept)?.difference(&before).map(|file| format!("fuzz/corpus/{name}/{file}")).collect();
    Ok(found)
}

fn names(folder: &Path) -> Result<BTreeSet<String>, String> {
    Ok(repo::files(folder)?.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_targets_are_the_folders_of_the_corpus() {
        let source = repo::read(&repo::root().unwrap().join("fuzz/src/target/mod.rs")).unwrap();
        let named = source.lines().filter_map(|line| line.split_once(" name: \"")?.1.split('"').next());
        assert_eq!(targets(&repo::root().unwrap()).unwrap(), named.map(str::to_owned).collect());
    }
}
