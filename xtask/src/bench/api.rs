//! `cargo xtask bench api`: whether this server is as quick with many sessions in its database as with few.
//! It must never compare two times that were not measured in turns: whatever else the machine does has to meet both.

use super::Kept;
use super::load::{self, Kind, Phase};
use super::pages::{self, Page};
use super::report::{micros, middle, middle_number, ratio};
use super::rule::{self, Rule};
use crate::http::Client;
use crate::server::{EMAIL, KEY, Server, named_or_built};
use crate::{Outcome, run, table};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Measures a server with few sessions beside one with many, on SQLite.
///
/// Both get sessions of the questionless interview with ten steps each: one is answered over HTTP, and copied by a command that
/// writes sealed rows, thousands in a transaction. Then the question and POST are measured over 1, 8 and 64 connections, on both
/// servers in turns, and pages of the lists of sessions; the bytes on disk for each step and the memory of both servers are told.
/// A rule that the figures break (a request that takes more than a quarter longer, a page of more than 50 ms) fails the command.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    kept: Kept,
    /// How many sessions many are
    #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u64).range(100..))]
    sessions: u64,
    /// How long each figure is measured
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u64).range(1..))]
    seconds: u64,
    /// The server's program, which is built in release otherwise
    #[arg(long, value_name = "PROGRAM")]
    server: Option<PathBuf>,
}

/// So many sessions are few.
const FEW: u64 = 10;

/// So many steps a session has.
const STEPS: u64 = 10;

const CONNECTIONS: [usize; 3] = [1, 8, 64];

/// A server with its sessions.
struct Side {
    server: Server,
    sessions: u64,
    bytes_a_step: f64,
}

/// Both servers, measured once: the few first.
#[derive(Default)]
struct Measured {
    phases: Vec<[Phase; 2]>,
    pages: Vec<[Page; 2]>,
}

pub(super) fn run(args: &Args) -> Outcome {
    let program = named_or_built(args.server.as_deref())?;
    let sides = [Side::begin(&program, FEW)?, Side::begin(&program, args.sessions)?];
    let mut runs = Vec::new();
    for number in 1..=args.kept.runs {
        eprintln!("run {number} of {}", args.kept.runs);
        let measured = measure(&sides, Duration::from_secs(args.seconds));
        runs.push(measured.inspect_err(|_| sides.iter().for_each(|side| side.server.show_last_words()))?);
    }
    let (rules, broken) = rule::table(&rules(&runs, args.sessions));
    let text = format!("{}\n{rules}", text(&runs, &sides));
    for side in sides {
        side.server.stop()?;
    }
    args.kept.report(("api", &format!(" of {} s each", args.seconds)), &text, broken)
}

impl Side {
    fn begin(program: &Path, sessions: u64) -> Result<Self, String> {
        let server = Server::start(program, "", None)?;
        let mut client = Client::connect(server.address(), KEY)?;
        // One session of an interview that hardly anybody uses, so that filters have something to look for.
        client.get(&format!("/api/session/new?i={}", pages::RARE))?.json()?;
        let first = answered(&mut client)?;
        let before = bytes(&server)?;
        eprintln!("  {sessions} sessions of {STEPS} steps");
        let mut copies = Command::new(program);
        copies.args(["session-copies", "--interview", load::INTERVIEW, "--owner", EMAIL]);
        copies.args(["--session", &first.0, "--number", &(sessions - 1).to_string()]);
        copies.env("DA_COPIES_SECRET", &first.1).arg("--data").arg(server.data()).arg("--config").arg(server.config());
        run::show(&mut copies)?;
        let grown = bytes(&server)?.saturating_sub(before);
        Ok(Self { server, sessions, bytes_a_step: ratio(grown, (sessions - 1) * STEPS) })
    }
}

/// A session with all its steps: its identifier, and what opens it.
fn answered(client: &mut Client) -> Result<(String, String), String> {
    let new = client.get(&format!("/api/session/new?i={}", load::INTERVIEW))?.json()?;
    let text = |key: &str| {
        let value = new.get(key).and_then(Value::as_str).map(str::to_owned);
        value.ok_or_else(|| format!("the new session has no {key}: {new}"))
    };
    let (session, secret) = (text("session")?, text("secret")?);
    for number in 1..STEPS {
        let variables = json!({format!("answer_{number}"): format!("what somebody said to question {number}")});
        let body = json!({"i": load::INTERVIEW, "session": session, "secret": secret, "variables": variables});
        client.post("/api/session", &body)?.json()?;
    }
    Ok((session, secret))
}

/// What the database takes on disk.
fn bytes(server: &Server) -> Result<u64, String> {
    let bad = |error: std::io::Error| format!("cannot look at the data folder: {error}");
    let mut bytes = 0;
    for entry in fs::read_dir(server.data()).map_err(bad)? {
        let entry = entry.map_err(bad)?;
        if entry.file_name().to_string_lossy().starts_with("da.sqlite") {
            bytes += entry.metadata().map_err(bad)?.len();
        }
    }
    Ok(bytes)
}

fn measure(sides: &[Side; 2], time: Duration) -> Result<Measured, String> {
    let mut measured = Measured::default();
    for connections in CONNECTIONS {
        for kind in [Kind::Question, Kind::Post] {
            eprintln!("  {} over {connections} connections", kind.name());
            let phase = |side: &Side| load::run(side.server.address(), kind, connections, time);
            measured.phases.push([phase(&sides[0])?, phase(&sides[1])?]);
        }
    }
    let [few, many] = sides;
    let few = pages::measure(few.server.address())?;
    let many = pages::measure(many.server.address())?;
    measured.pages = few.into_iter().zip(many).map(|(few, many)| [few, many]).collect();
    Ok(measured)
}

fn text(runs: &[Measured], sides: &[Side; 2]) -> String {
    let sessions = sides.each_ref().map(|side| format!("{} sessions", side.sessions));
    let [few, many] = sessions.clone();
    let mut lines = vec![["request".to_owned(), "connections".to_owned(), few, many, "of it".to_owned()]];
    for index in 0..runs.first().map_or(0, |run| run.phases.len()) {
        let phases: Vec<&[Phase; 2]> = runs.iter().filter_map(|run| run.phases.get(index)).collect();
        let name = phases.first().map_or("", |phases| phases[0].kind.name());
        let connections = phases.first().map_or(0, |phases| phases[0].connections);
        let [few, many] =
            [0, 1].map(|side| middle(phases.iter().map(|phases| phases[side].median)).unwrap_or_default());
        let times = slower(runs, index).map_or_else(String::new, |times| format!("{times:.2}"));
        lines.push([name.to_owned(), connections.to_string(), micros(few), micros(many), times]);
    }
    let [few, many] = sessions;
    let mut lists = vec![["a page of".to_owned(), few, many]];
    for index in 0..runs.first().map_or(0, |run| run.pages.len()) {
        let [few, many] = [0, 1].map(|side| micros(page(runs, index, side).unwrap_or_default()));
        lists.push([runs[0].pages[index][0].name.to_owned(), few, many]);
    }
    let mut after = String::new();
    for side in sides {
        let memory = |kb: Option<u64>| kb.map_or("not available".to_owned(), |kb| format!("{:.1} MB", ratio(kb, 1024)));
        let (now, peak) = (memory(side.server.memory()), memory(side.server.peak_memory()));
        after += &format!("with {} sessions: {:.0} bytes on disk for each step, ", side.sessions, side.bytes_a_step);
        after += &format!("memory of the server {now} after it all, at most {peak}\n");
    }
    format!("{}\n{}\n{after}", table::aligned(&lines), table::aligned(&lists))
}

/// How many times as long a request takes with many sessions: the median of what was measured in turns.
fn slower(runs: &[Measured], index: usize) -> Option<f64> {
    let times = runs.iter().filter_map(|run| run.phases.get(index));
    middle_number(times.map(|[few, many]| many.median.as_secs_f64() / few.median.as_secs_f64().max(1e-9)))
}

fn page(runs: &[Measured], index: usize, side: usize) -> Option<Duration> {
    middle(runs.iter().filter_map(|run| run.pages.get(index)).map(|pages| pages[side].median))
}

fn rules(runs: &[Measured], sessions: u64) -> Vec<Rule> {
    let mut rules = Vec::new();
    let first = runs.first();
    for (index, [phase, _]) in first.into_iter().flat_map(|run| &run.phases).enumerate() {
        let words = format!(
            "{} over {} connections takes at most a quarter longer with {sessions} sessions",
            phase.kind.name(),
            phase.connections
        );
        rules.push(Rule::at_most(words, slower(runs, index), 1.25, ""));
    }
    for (index, [few, _]) in first.into_iter().flat_map(|run| &run.pages).enumerate() {
        let time = page(runs, index, 1).map(|time| time.as_secs_f64() * 1000.0);
        rules.push(Rule::at_most(format!("a page of {} takes at most 50 ms", few.name), time, 50.0, " ms"));
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phase(median: u64) -> Phase {
        let time = Duration::from_micros(median);
        let (kind, counted) = (Kind::Post, None);
        Phase { kind, connections: 8, median: time, mean: time, p99: time, per_second: 1.0, requests: 9, counted }
    }

    fn measured(few: u64, many: u64) -> Measured {
        let page = |millis| Page { name: "the first sessions", median: Duration::from_millis(millis) };
        Measured { phases: vec![[phase(few), phase(many)]], pages: vec![[page(1), page(60)]] }
    }

    #[test]
    fn a_rule_looks_at_the_median_of_what_was_measured_in_turns() {
        let runs = [measured(100, 110), measured(1000, 1300), measured(100, 120)];
        let expected = "\
rule                                                                       measured
--------------------------------------------------------------------------------------------
POST over 8 connections takes at most a quarter longer with 7000 sessions  1.200      kept
a page of the first sessions takes at most 50 ms                           60.000 ms  BROKEN
";
        assert_eq!(rule::table(&rules(&runs, 7000)), (expected.to_owned(), 1));
    }
}
