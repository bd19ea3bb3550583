//! schemathesis against a server of its own: what the API's document tells of is asked for with made-up values, good and bad.
//! It must never call a run good in which the key lost what it may: then nothing but refusals were looked at.

use crate::http::Client;
use crate::metadata::{Metadata, Scope};
use crate::server::{KEY, Server, named_or_built};
use crate::{Outcome, date, repo, run};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The version that is installed where none is named.
const VERSION: &str = "4.32.5";

/// Where the output of runs is kept, newest last.
const OUTPUT: &str = "docs/soak.md";

/// What an answer must be: no fault of the server, and what the document says.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,\
                      response_schema_conformance,unsupported_method,ignored_auth";

/// What a key may change about itself, so that it comes last.
const OF_OWN_KEY: &str = "patch_user_api";

/// What one operation alone can be asked: no other leads to it.
const ALONE: &str = "examples,coverage,fuzzing";

/// Operations that refuse whoever brings no password, so that made-up values reach nothing else.
const MOST_DENIED: u32 = 2;

/// No made-up keys beside the one that is given, which would go before it. And values that keep the run from taking away its own
/// privileges: what ends or changes an account does so to the second one.
const CONFIG: &str = "\
[generation]
with-security-parameters = false

[[operations]]
include-operation-id = [\"delete_user_user_id\", \"post_user_user_id\", \"patch_user_user_id\", \
\"post_user_user_id_privileges\", \"delete_user_user_id_privileges\"]
parameters = { \"path.user_id\" = 2 }
";

/// Asks a server everything that the API's document tells of, with an administrator's key, by schemathesis.
///
/// schemathesis is installed into target/schemathesis with the python3 of this machine, unless --program names it. The run fails on an
/// answer of 5xx, and on one that contradicts the document: a status, a media type or a body that it does not tell of, a method that
/// is not refused, a request without a key that is not.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// How many requests at least
    #[arg(long, default_value_t = 2000, value_parser = clap::value_parser!(u32).range(1..))]
    cases: u32,
    /// What the made-up values are made from
    #[arg(long, default_value_t = 1)]
    seed: u32,
    /// schemathesis, if it is installed
    #[arg(long, value_name = "PROGRAM")]
    program: Option<PathBuf>,
    /// The server's program, which is built in release otherwise
    #[arg(long, value_name = "PROGRAM")]
    server: Option<PathBuf>,
    /// Add what was seen to docs/soak.md
    #[arg(long)]
    write: bool,
}

/// Where the document is.
const DOCUMENT: &str = "/api/openapi.json";

/// The keys of a path that are operations.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// What schemathesis said about its requests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counted {
    cases: u32,
    operations: u32,
    /// Operations that answered with nothing but 403.
    denied: u32,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let program = args.program.clone().map_or_else(install, Ok)?;
    let server = Server::start(&named_or_built(args.server.as_deref())?, "", None)?;
    let mut client = Client::connect(server.address(), KEY)?;
    for name in ["ann", "bob"] {
        client.post("/api/user/new", &json!({"username": format!("{name}@example.com")}))?.json()?;
    }
    let document = client.get(DOCUMENT)?.json()?;
    let operations = operations_of(&document);
    let each = args.cases.div_ceil(u32::try_from(operations.max(1)).unwrap_or(u32::MAX));
    repo::write(&server.folder().join("schemathesis.toml"), CONFIG)?;
    let mut counted = Counted::default();
    let most = ask(&program, &server, args.seed, each, &["--exclude-operation-id", OF_OWN_KEY])?;
    // The server ends connections that nobody has used for so long.
    let user = Client::connect(server.address(), KEY)?.get("/api/user")?.json()?;
    if user.get("privileges") != Some(&json!(["admin"])) {
        return Err(format!("the key lost what it may: {user}"));
    }
    let last = ask(&program, &server, args.seed, each, &["--include-operation-id", OF_OWN_KEY, "--phases", ALONE])?;
    for part in [most, last] {
        counted.cases += part.cases;
        counted.operations += part.operations;
        counted.denied += part.denied;
    }
    server.stop()?;
    let all = usize::try_from(counted.operations) == Ok(operations);
    if counted.cases < args.cases || !all || counted.denied > MOST_DENIED {
        return Err(format!("that was not enough of {} cases over {operations} operations: {counted:?}", args.cases));
    }
    let words = format!(
        "schemathesis asked {} operations {} times (seed {}): no 5xx, and no answer that the document does not tell of",
        counted.operations, counted.cases, args.seed
    );
    if args.write {
        let path = repo::root()?.join(OUTPUT);
        let section = format!("## {}, schemathesis {VERSION}\n\n{words}.\nChecked: {CHECKS}.\n", date::today()?);
        repo::write(&path, &format!("{}\n{section}", repo::read(&path)?))?;
    }
    Ok(words)
}

/// How many operations a document tells of, without the one that gives the document: schemathesis leaves that out. What all
/// operations of a path have in common stands beside them.
fn operations_of(document: &Value) -> usize {
    let paths = document.get("paths").and_then(Value::as_object).into_iter().flatten();
    let paths = paths.filter(|(path, _)| *path != DOCUMENT);
    let of_path = |(_, path): (&String, &Value)| {
        METHODS.iter().filter(|method| path.get(**method).is_some_and(Value::is_object)).count()
    };
    paths.map(of_path).sum()
}

/// Runs it over some of the operations, in the folder where its configuration is.
fn ask(program: &Path, server: &Server, seed: u32, each: u32, which: &[&str]) -> Result<Counted, String> {
    let mut command = Command::new(program);
    command.current_dir(server.folder()).args(["run", &format!("http://{}{DOCUMENT}", server.address())]);
    command.args(["-H", &format!("X-API-Key: {KEY}"), "--checks", CHECKS, "--continue-on-failure", "--no-shrink"]);
    command
        .args(["--seed", &seed.to_string(), "--max-examples", &each.to_string(), "--request-timeout", "60"])
        .args(which);
    let mut counted = Counted::default();
    let is_good = run::watch(&mut command, |line| counted.add(line))?;
    if is_good {
        return Ok(counted);
    }
    server.show_last_words();
    Err("schemathesis found something (see above)".to_owned())
}

impl Counted {
    /// Reads a line of the summary: `3388 generated, 3388 passed`, `Tested: 70`, `Authentication failed: 2 operations returned`.
    fn add(&mut self, line: &str) {
        let number = |word: Option<&str>| word.and_then(|word| word.parse().ok());
        if let Some(tested) = line.trim().strip_prefix("Tested: ") {
            self.operations = number(Some(tested)).unwrap_or_default();
        }
        if let Some((_, denied)) = line.split_once("Authentication failed: ") {
            self.denied = number(denied.split_whitespace().next()).unwrap_or_default();
        }
        let mut words = line.split_whitespace();
        if let (Some(cases), Some("generated,")) = (number(words.next()), words.next()) {
            self.cases = cases;
        }
    }
}

/// A folder of its own for schemathesis, made once.
fn install() -> Result<PathBuf, String> {
    let folder = Metadata::load(Scope::Members)?.target.join(format!("schemathesis-{VERSION}"));
    let program = folder.join("bin/schemathesis");
    if !program.is_file() {
        run::show(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        let mut pip = Command::new(folder.join("bin/pip"));
        pip.args(["install", "--quiet", "--disable-pip-version-check", &format!("schemathesis=={VERSION}")]);
        run::show(&mut pip)?;
    }
    Ok(program)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_operations_of_a_path_have_in_common_is_none() {
        let document = json!({"paths": {"/a": {"get": {}, "post": {}, "parameters": []}, "/b": {"summary": "b", "patch": {}},
            DOCUMENT: {"get": {}}}});
        assert_eq!(operations_of(&document), 3);
    }

    #[test]
    fn the_summary_says_how_much_was_asked() {
        let mut counted = Counted::default();
        for line in [
            "  Selected: 70/71",
            "  Tested: 70",
            "Test cases:",
            "  3388 generated, 42 found 42 unique failures",
            "  Authentication failed: 31 operations returned only 401/403 responses",
        ] {
            counted.add(line);
        }
        assert_eq!(counted, Counted { cases: 3388, operations: 70, denied: 31 });
    }
}
