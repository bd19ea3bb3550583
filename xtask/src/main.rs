//! `cargo xtask`: what a developer and CI do with this repository, a file per command.
//! It must never import a crate of the workspace (it has to build in seconds, and also when they do not build),
//! and never change a file that the command's help does not name.
#![expect(clippy::print_stdout, reason = "a command line program speaks on its standard output")]
#![expect(clippy::print_stderr, reason = "progress goes to standard error, so that output can be piped")]

mod bench;
mod ci;
mod conformance;
mod date;
mod floor;
mod http;
mod insta;
mod metadata;
mod migrate;
mod oracle;
mod repo;
mod run;
mod scratch;
mod server;
mod snapshots;
mod soak;
mod table;
mod test;
mod tidy;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// What a command hands back: the words after `ok:`, or those after `failed:`.
type Outcome = Result<String, String>;

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "What a developer and CI do with this repository")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Test(test::Args),
    Tidy(tidy::Args),
    Migrate(migrate::Args),
    Snapshots(snapshots::Args),
    Conformance(conformance::Args),
    Oracle(oracle::Args),
    Bench(bench::Args),
    Soak(soak::Args),
    Ci(ci::Args),
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Test(args) => test::run(&args),
        Command::Tidy(args) => tidy::run(&args),
        Command::Migrate(args) => migrate::run(&args),
        Command::Snapshots(args) => snapshots::run(&args),
        Command::Conformance(args) => conformance::run(&args),
        Command::Bench(args) => bench::run(&args),
        Command::Soak(args) => soak::run(&args),
        Command::Oracle(args) => oracle::run(&args),
        Command::Ci(args) => ci::run(&args),
    };
    match outcome {
        Ok(words) => {
            println!("ok: {words}");
            ExitCode::SUCCESS
        }
        Err(words) => {
            println!("failed: {words}");
            ExitCode::FAILURE
        }
    }
}
