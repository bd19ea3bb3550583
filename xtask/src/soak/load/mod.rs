//! Many clients on many sessions at once, for as long as one likes, and with the server killed now and then.
//! It must never call a run good in which an acknowledged answer is missing or the server answered 5xx.

mod call;
mod client;
mod database;
mod interview;
mod ledger;
mod nodes;
mod report;

use crate::http::Client;
use crate::server::{KEY, named_or_built};
use crate::{Outcome, repo};
use client::Worker;
use ledger::Ledger;
use nodes::{Ending, Nodes};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Where the output of runs is kept, newest last.
const OUTPUT: &str = "docs/soak.md";

/// Lets many clients work on many sessions at once and looks for what was lost.
///
/// Each client takes a session by chance and posts a variable that nobody else posts, adds one to a count that everybody adds to,
/// sends a file, reads the variables or the question, lists sessions and interviews, stashes data, makes links; on sessions of its own
/// it goes back and deletes. A reading must show everything that was acknowledged before it was asked for; at the end every session,
/// file and stash is read once more, and every count must be exact. An answer of 5xx, or one that is not the expected one, ends the run.
/// With --kill-every a server is killed (SIGKILL) that often and started again on the same data and address; with --restart-every it is
/// ended in good order (SIGTERM). With --nodes several servers share one PostgreSQL and one bucket (and a Redis, where one is named):
/// every call goes to another, and they are killed or ended in turn. Whoever is answered with 503 after a kill, because a session was in use,
/// is counted; without kills and restarts that is a failure.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// For how long
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..))]
    seconds: u64,
    /// How many clients work at once
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=1000))]
    clients: u32,
    /// How many sessions they share
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    sessions: u32,
    /// Kill the server and start it again every so many seconds
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    kill_every: Option<u64>,
    /// End a server in good order and start it again every so many seconds
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..), conflicts_with = "kill_every")]
    restart_every: Option<u64>,
    /// How many servers share the load; several need --postgres and --s3
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=8))]
    nodes: u32,
    /// Contents of files in a bucket that is made on this stand-in for S3
    #[arg(long, value_name = "URL")]
    s3: Option<String>,
    /// What servers share in this Redis, as in redis://127.0.0.1:6379
    #[arg(long, value_name = "URL")]
    redis: Option<String>,
    /// On this PostgreSQL, in a schema that is made for the run and dropped after it (needs psql)
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
    /// The server's program, which is built in release otherwise
    #[arg(long, value_name = "PROGRAM")]
    server: Option<PathBuf>,
    /// Add what was seen to docs/soak.md
    #[arg(long)]
    write: bool,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let program = named_or_built(args.server.as_deref())?;
    let package = interview::write()?;
    let mut nodes = Nodes::start(args, &program, package.path())?;
    let addresses = nodes.addresses();
    let address = nodes.first_address()?;
    let mut first = Client::connect(address, KEY)?;
    let ledger = Ledger::open(&mut first, args.sessions)?;
    let stop = AtomicBool::new(false);
    let may_break = args.kill_every.or(args.restart_every).is_some();
    let (counts, kills) = thread::scope(|scope| {
        let workers: Vec<_> = (0..args.clients)
            .map(|number| {
                let worker = Worker::new(number, &addresses, &ledger, &stop, may_break);
                scope.spawn(move || worker.run())
            })
            .collect();
        let kills = watch(args, &mut nodes, &stop);
        stop.store(true, Ordering::Relaxed);
        let joined = workers.into_iter().map(|worker| worker.join().map_err(|_| "a client broke".to_owned())?);
        let counts = joined.collect::<Result<Vec<_>, String>>();
        // A client that saw something wrong says more than a server that went away.
        counts.and_then(|counts| Ok((counts, kills?)))
    })
    .inspect_err(|_| nodes.show_last_words())?;
    let found = ledger.check(&mut Client::connect(address, KEY)?)?;
    let memory = nodes.peak_memory();
    nodes.stop()?;
    let text = report::text(args, &counts, found, kills, memory)?;
    println!("{text}");
    if args.write {
        let path = repo::root()?.join(OUTPUT);
        let before = if path.is_file() { repo::read(&path)? } else { report::TITLE.to_owned() };
        repo::write(&path, &format!("{before}\n{text}"))?;
    }
    let answers = found.variables + found.files + found.stashes;
    Ok(format!(
        "{answers} acknowledged answers in {} sessions, none lost; {} counted, exactly",
        args.sessions, found.added
    ))
}

/// Waits for the end of the run, with a line of progress every ten seconds, and ends the next server when it is time; how often.
fn watch(args: &Args, nodes: &mut Nodes, stop: &AtomicBool) -> Result<u32, String> {
    let (began, whole) = (Instant::now(), Duration::from_secs(args.seconds));
    let ending = if args.kill_every.is_some() { Ending::Kill } else { Ending::Restart };
    let every = args.kill_every.or(args.restart_every);
    let mut next_kill = every.map(Duration::from_secs);
    let (mut kills, mut told) = (0, 0);
    while began.elapsed() < whole && !stop.load(Ordering::Relaxed) {
        thread::sleep(Duration::from_millis(50));
        let elapsed = began.elapsed();
        if elapsed.as_secs() / 10 > told {
            told = elapsed.as_secs() / 10;
            eprintln!("{} of {} s, servers ended {kills} times", elapsed.as_secs(), args.seconds);
        }
        if let (Some(due), Some(every)) = (next_kill, every)
            && elapsed >= due
        {
            // Whatever happens, the clients must not wait for a server that is not coming back.
            nodes.end_next(ending).inspect_err(|_| stop.store(true, Ordering::Relaxed))?;
            kills += 1;
            next_kill = Some(began.elapsed() + Duration::from_secs(every));
        }
    }
    Ok(kills)
}
