//! `cargo xtask bench`: what this server costs on this machine.
//! It must never hide a request that failed: a figure over errors is no figure.

mod api;
mod counters;
mod engine;
mod figures;
mod load;
mod machine;
mod pages;
mod python;
mod report;
mod rule;
mod rules;

use crate::server::{Server, build};
use crate::{Outcome, date, repo};
use load::{Kind, Phase};
use std::time::Duration;

/// Measures latency and throughput of this server, built in release, on SQLite.
///
/// Starts the server with a data folder of its own, and asks and answers the questionless interview
/// (docassemble.demo:data/questions/examples/questionless.yml) over 1, 8 and 64 kept-alive connections, each with a session of its
/// own. Prints median and 99th percentile, requests per second, commits per request, the time in engine, crypto and database as the
/// server counts it and its share of what a client waits, the server's peak memory, and beside them what an fsync costs here.
/// Client and server share this machine. A rule that the figures break (commits, engine, memory) fails the command.
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    alone: Option<Alone>,
    #[command(flatten)]
    kept: Kept,
    /// How long each figure is measured
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..))]
    seconds: u64,
}

/// A part that is measured by itself.
#[derive(clap::Subcommand)]
enum Alone {
    Api(api::Args),
    Engine(engine::Args),
    Python(python::Args),
}

/// How often, and whether the figures are kept.
#[derive(clap::Args)]
pub(crate) struct Kept {
    /// How often everything is measured, each time anew; the median of each figure is printed
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// Append a dated section with the figures to docs/bench.md
    #[arg(long)]
    write: bool,
}

impl Kept {
    /// Prints the figures, keeps them if that is wanted, and says how many rules are broken.
    fn report(&self, (what, each): (&str, &str), text: &str, broken: usize) -> Outcome {
        println!("{text}");
        let kept = if self.write {
            append(text, what, &format!("median of {} runs{each}", self.runs))?;
            format!("written to {}", report::FILE)
        } else {
            format!("--write keeps it in {}", report::FILE)
        };
        let words = format!("measured {} times, {kept}; {broken} rules are broken", self.runs);
        if broken == 0 { Ok(words) } else { Err(words) }
    }
}

const CONNECTIONS: [usize; 3] = [1, 8, 64];

/// One measuring of everything.
struct Measured {
    phases: Vec<Phase>,
    fsync: Duration,
    memory: Option<u64>,
    started_in: Duration,
    /// The same for a start on data that is there.
    started_again_in: Duration,
    /// The same until such a start has answered its first question: it listens before it has read the preludes.
    answered_again_in: Duration,
}

pub(crate) fn run(args: &Args) -> Outcome {
    match &args.alone {
        Some(Alone::Api(args)) => return api::run(args),
        Some(Alone::Engine(args)) => return engine::run(args),
        Some(Alone::Python(args)) => return python::run(args),
        None => {}
    }
    let program = build()?;
    let mut runs = Vec::new();
    for number in 1..=args.kept.runs {
        eprintln!("run {number} of {}", args.kept.runs);
        let mut server = Server::start(&program, "", None)?;
        let measured = measure(&mut server, Duration::from_secs(args.seconds));
        if measured.is_err() {
            server.show_last_words();
        }
        server.stop()?;
        runs.push(measured?);
    }
    let (rules, broken) = rules::text(&runs);
    let each = format!(" of {} s each", args.seconds);
    args.kept.report(("server", &each), &format!("{}\n{rules}", report::text(&runs)), broken)
}

fn measure(server: &mut Server, time: Duration) -> Result<Measured, String> {
    let fsync = machine::fsync(&server.data())?;
    let mut phases = Vec::new();
    for connections in CONNECTIONS {
        for kind in [Kind::Question, Kind::Post] {
            eprintln!("  {} over {connections} connections", kind.name());
            phases.push(load::run(server.address(), kind, connections, time)?);
        }
    }
    let (memory, started_in) = (server.peak_memory(), server.started_in);
    let started_again_in = server.kill_and_start_again()?;
    let answered_again_in = started_again_in + load::first_question(server.address())?;
    Ok(Measured { phases, fsync, memory, started_in, started_again_in, answered_again_in })
}

fn append(text: &str, what: &str, how: &str) -> Result<(), String> {
    let path = repo::root()?.join(report::FILE);
    let before = repo::read(&path)?;
    let head = format!("## {}, {what}, commit {}", date::today()?, machine::commit()?);
    let how = format!("{}; {how}.", machine::describe());
    repo::write(&path, &format!("{}\n\n{head}\n\n{how}\n\n```\n{}\n```\n", before.trim_end(), text.trim_end()))
}
