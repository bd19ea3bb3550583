//! What a run was and what it saw, as Markdown that is read as it is.
//! It must never say more than was counted.

use super::Args;
use super::call::CALLS;
use super::client::Counts;
use super::ledger::Found;
use crate::date;
use std::time::Duration;

pub(super) const TITLE: &str = "# Soak runs\n\nWhat `cargo xtask soak load --write` saw, newest last: many clients on shared sessions, each answer compared.\n";

pub(super) fn text(
    args: &Args,
    counts: &[Counts],
    found: Found,
    kills: u32,
    memory: Option<u64>,
) -> Result<String, String> {
    let database = if args.postgres.is_some() { "PostgreSQL" } else { "SQLite" };
    let calls: u64 = counts.iter().flat_map(|counts| counts.answered).sum();
    let per_second = calls / args.seconds.max(1);
    let longest = counts.iter().map(|counts| counts.longest).max().unwrap_or_default();
    let ended = match (kills, args.kill_every) {
        (0, _) => "",
        (_, Some(_)) => ", with kills",
        (_, None) => ", with restarts",
    };
    let mut lines = vec![
        format!("## {}, {database}{}{ended}", date::today()?, beside(args)),
        String::new(),
        format!("{} clients, {} sessions, {} s.", args.clients, args.sessions, args.seconds),
        String::new(),
    ];
    for (place, (call, _)) in CALLS.into_iter().enumerate() {
        let number: u64 = counts.iter().map(|counts| counts.answered[place]).sum();
        lines.push(format!("- {}: {number}", call.name()));
    }
    lines.push(format!("- together {calls}, {per_second} a second, the longest {}", shown(longest)));
    if kills > 0 {
        let cut_off: u64 = counts.iter().map(|counts| counts.cut_off).sum();
        let busy: u64 = counts.iter().map(|counts| counts.busy).sum();
        if busy > 0 {
            lines.push(format!("- answered with 503, because a session was in use: {busy}"));
        }
        let repeated: u64 = counts.iter().map(|counts| counts.repeated).sum();
        lines.push(format!(
            "- servers were {} {kills} times; {cut_off} calls were cut off, {repeated} of them sent again under their names",
            if args.kill_every.is_some() { "killed" } else { "ended in good order" }
        ));
    }
    lines.push(format!(
        "- looked for at the end: {} variables, {} files, {} stashes, lost: 0; {} additions, every count exact; other answers of 5xx: 0",
        found.variables, found.files, found.stashes, found.added
    ));
    if let Some(memory) = memory {
        lines.push(format!(
            "- peak memory of the server{}: {} MB",
            if kills > 0 { " after its last start" } else { "" },
            memory / 1024
        ));
    }
    lines.push(String::new());
    Ok(lines.join("\n"))
}

/// What the servers shared.
fn beside(args: &Args) -> String {
    let servers = if args.nodes > 1 { format!(", {} servers", args.nodes) } else { String::new() };
    let bucket = if args.s3.is_some() { ", a bucket" } else { "" };
    let redis = if args.redis.is_some() { ", a Redis" } else { "" };
    format!("{bucket}{redis}{servers}")
}

fn shown(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}
