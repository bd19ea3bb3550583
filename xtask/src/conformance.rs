//! `cargo xtask conformance`: replays recorded answers of a real docassemble against this server.
//! It must never lower a floor: the committed numbers may only rise.

use crate::floor::{self, Numbers};
use crate::server::{KEY, Server, build};
use crate::{Outcome, repo, run, table};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the reached numbers are committed.
pub(crate) const FLOOR: &str = "fixtures/conformance_floor.txt";

/// As the recorded server was configured.
const CONFIG: &str = "timezone: America/New_York\nurl root: http://127.0.0.1:8765\napi compatibility: \"1.10\"\n";

/// Replays the transcripts of DIR against a release build of the server and compares with the committed floor.
///
/// DIR holds packages/, transcripts/ and replay.py. The server starts on a free port with a data folder of its own and is
/// stopped by SIGTERM afterwards. This command needs python3, for replay.py alone. The floor (fixtures/conformance_floor.txt)
/// is compared when all transcripts ran; --raise writes the numbers that were reached where they are higher.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder with packages/, transcripts/ and replay.py
    dir: PathBuf,
    /// Another file of floors
    #[arg(long, value_name = "FILE")]
    floor: Option<PathBuf>,
    /// Write the reached numbers into the floor file where they are higher
    #[arg(long, conflicts_with_all = ["explain", "names"])]
    raise: bool,
    /// Say for each transcript what its first difference at this level is (status, flow, core, exact, vars)
    #[arg(long, value_name = "LEVEL")]
    explain: Option<String>,
    /// How many transcripts are replayed at once
    #[arg(long, default_value_t = 2)]
    threads: u8,
    /// Replay only these transcripts
    names: Vec<String>,
}

impl Args {
    pub(crate) fn whole(dir: PathBuf) -> Self {
        Self { dir, floor: None, raise: false, explain: None, threads: 2, names: Vec::new() }
    }
}

pub(crate) fn run(args: &Args) -> Outcome {
    let root = repo::root()?;
    let dir = args.dir.canonicalize().map_err(|error| format!("cannot open {}: {error}", args.dir.display()))?;
    for part in ["packages", "transcripts", "replay.py"] {
        if !dir.join(part).exists() {
            return Err(format!("{} has no {part}", args.dir.display()));
        }
    }
    if !run::is_there("python3") {
        return Err("this command needs python3 (replay.py is written in it), which is not on this machine".to_owned());
    }
    let program = build()?;
    let server = Server::start(&program, CONFIG, Some(&dir.join("packages")))?;
    eprintln!("the server listens on {} after {:?}", server.address(), server.started_in);
    let results = replay(args, &dir, &server);
    if results.is_err() {
        server.show_last_words();
    }
    let memory = server.peak_memory();
    server.stop()?;
    let reached = count(&results?)?;
    let memory = memory.map_or(String::new(), |kb| format!(", peak memory {} MB", kb / 1024));
    println!("{}", shown(&reached));
    if !args.names.is_empty() {
        return Ok(format!("{}{memory}; the floor holds for all transcripts only", words(&reached)));
    }
    compare(&root.join(FLOOR), args, &reached).map(|floor| format!("{}{memory}; {floor}", words(&reached)))
}

fn replay(args: &Args, dir: &Path, server: &Server) -> Result<Value, String> {
    let file = server.folder().join("results.json");
    let mut command = Command::new("python3");
    command.arg("-B").arg(dir.join("replay.py"));
    command.args([
        "--base",
        &format!("http://{}", server.address()),
        "--key",
        KEY,
        "--threads",
        &args.threads.to_string(),
    ]);
    command.arg("--json").arg(&file);
    if let Some(level) = &args.explain {
        command.args(["-v", "--level", level]);
    }
    run::show(command.args(&args.names))?;
    serde_json::from_str(&repo::read(&file)?).map_err(|error| format!("replay.py wrote no JSON: {error}"))
}

/// How many transcripts reach each level; `core+vars` are those that reach core and end with the same variables.
fn count(results: &Value) -> Result<Numbers, String> {
    let results = results.as_object().ok_or("replay.py wrote no results by name")?;
    let names = ["status", "flow", "core", "exact", "vars", "core+vars"];
    let mut numbers: Numbers = names.iter().map(|name| ((*name).to_owned(), 0)).collect();
    let mut add = |name: &str, hit: bool| *numbers.entry(name.to_owned()).or_default() += u64::from(hit);
    for (name, result) in results {
        let level = result.get("level").and_then(Value::as_i64).ok_or_else(|| format!("{name} has no level"))?;
        let vars = result.get("vars").and_then(Value::as_bool).unwrap_or(false);
        for (index, name) in (0..).zip(["status", "flow", "core", "exact"]) {
            add(name, level >= index);
        }
        add("vars", vars);
        add("core+vars", vars && level >= 2);
    }
    numbers.insert("all".to_owned(), u64::try_from(results.len()).unwrap_or(u64::MAX));
    Ok(numbers)
}

fn shown(reached: &Numbers) -> String {
    let all = reached.get("all").copied().unwrap_or(0);
    let mut lines = vec![["level", "reached", "of"].map(str::to_owned)];
    for (name, number) in reached.iter().filter(|(name, _)| *name != "all") {
        lines.push([name.clone(), number.to_string(), all.to_string()]);
    }
    table::aligned(&lines)
}

fn words(reached: &Numbers) -> String {
    let number = |name: &str| reached.get(name).copied().unwrap_or(0);
    format!("{} of {} reach core, {} of them with vars", number("core"), number("all"), number("core+vars"))
}

fn compare(path: &Path, args: &Args, reached: &Numbers) -> Outcome {
    let path = args.floor.as_deref().unwrap_or(path);
    let mut reached = reached.clone();
    reached.remove("all");
    let floor = if path.is_file() { floor::parse(&repo::read(path)?)? } else { Numbers::new() };
    let below = floor::below(&floor, &reached);
    if !below.is_empty() {
        return Err(below.join("; "));
    }
    if args.raise {
        let title = "How many transcripts reach each level (cargo xtask conformance DIR --raise); these may only rise.";
        repo::write(path, &floor::print(title, &floor::raised(&floor, &reached)))?;
        return Ok("the floor is raised".to_owned());
    }
    Ok(if floor.is_empty() { "there is no floor yet".to_owned() } else { "not below the floor".to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_level_counts_those_above_it_and_vars_are_counted_apart() {
        let results = json!({
            "a": {"level": 3, "vars": true}, "b": {"level": 2, "vars": false}, "c": {"level": 0, "vars": true},
            "d": {"level": -1, "vars": null}
        });
        let reached = count(&results).unwrap();
        let want = "status 3\nflow 2\ncore 2\nexact 1\nvars 2\ncore+vars 1\nall 4";
        assert_eq!(reached, floor::parse(want).unwrap());
        assert_eq!(words(&reached), "2 of 4 reach core, 1 of them with vars");
    }

    #[test]
    fn results_without_a_level_are_refused_by_name() {
        assert_eq!(count(&json!({"a": {}})).unwrap_err(), "a has no level");
    }
}
