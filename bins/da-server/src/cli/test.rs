//! `test`: walks the cases of an author's package, and says where they show something else than what was recorded.
//!
//! It compares and tells; what a case is, and how it is walked, is `da_app`'s.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use da_app::Engine;
use da_app::case::{Case, CaseError, Difference};
use serde_json::{Value, json};

use super::{Format, plural};
use crate::terminal::say;

/// Which cases, and what to do with what they show.
#[derive(Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct TestArguments {
    /// Folders of cases: every folder with a steps.yml, at or below them
    #[arg(required = true, value_name = "DIR")]
    folders: Vec<PathBuf>,
    /// A folder of packages, laid out as DIR/docassemble/NAME; may be given again (DA_PACKAGES: separated by colons)
    #[arg(long, env = "DA_PACKAGES", value_name = "DIR", value_delimiter = ':')]
    packages: Vec<PathBuf>,
    /// How to print what came of it
    #[arg(long, env = "DA_TEST_FORMAT", value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Record what comes, in snapshots/walk.snap of each case; read the change before you keep it
    #[arg(long, env = "DA_TEST_WRITE")]
    write: bool,
}

/// What stands below the flags in `--help`.
const EXAMPLE: &str = "A case is a folder with a steps.yml:

  tells: Whoever has no income is told so.
  interview: ../../questions/intake.yml   # a file or a name; without it, interview.yml beside steps.yml
  steps:
    - answer: {user_name: Ann}            # fills the screen in, by the names of its variables
    - choose: No income                   # presses the button, or takes the choice, of this label
    - continue                            # goes on where there is nothing to fill in
    - set: {region: North}                # sets variables without a look at the screen
    - delete: [region]
    - act: {add: {by: 2}}                 # runs an action with arguments
    - back
    - show                                # loads the page again
    - variables                           # looks at the variables

`begin: {name: value}` as the first step begins with parameters of the address. What every step shows is recorded by --write,
and compared from then on. All cases happen at the same moment (15 January 2027, 08:00 UTC), without mail and without the network.";

/// What came of a case.
struct Verdict {
    case: String,
    tells: String,
    steps: usize,
    result: Came,
}

enum Came {
    Same,
    Written,
    /// Nothing is recorded yet.
    New,
    Other(Difference),
    /// It cannot be walked.
    Wrong(CaseError),
}

/// Walks all cases; an error when one of them shows something else.
pub(super) fn run(arguments: &TestArguments) -> Result<(), String> {
    let engine = Engine::new().map_err(|error| error.to_string())?;
    let mut verdicts = Vec::new();
    for folder in &arguments.folders {
        let cases = Case::folders(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        for case in cases {
            let verdict = walk(&engine, arguments, &case)?;
            if arguments.format == Format::Text {
                say(&text(&verdict));
            }
            verdicts.push(verdict);
        }
    }
    if verdicts.is_empty() {
        return Err("there is no case: no folder has a steps.yml".to_owned());
    }
    if arguments.format == Format::Json {
        say(&Value::Array(verdicts.iter().map(as_json).collect()).to_string());
    }
    let failed = verdicts.iter().filter(|verdict| !matches!(verdict.result, Came::Same | Came::Written)).count();
    let all = plural(verdicts.len(), "case");
    if failed > 0 {
        return Err(format!("{all}, {failed} failed"));
    }
    if arguments.format == Format::Text {
        say(&all);
    }
    Ok(())
}

/// Walks a case, and compares or records what it shows. Only a record that cannot be written is an error.
fn walk(engine: &Engine, arguments: &TestArguments, folder: &Path) -> Result<Verdict, String> {
    let name = name(&arguments.folders, folder);
    let case = match Case::read(folder) {
        Ok(case) => case,
        Err(error) => return Ok(Verdict { case: name, tells: String::new(), steps: 0, result: Came::Wrong(error) }),
    };
    let (tells, steps) = (case.tells.clone(), case.steps.len());
    let record = match case.record(engine, &arguments.packages) {
        Ok(record) => record,
        Err(error) => return Ok(Verdict { case: name, tells, steps, result: Came::Wrong(error) }),
    };
    let file = case.record_file();
    let before = fs::read_to_string(&file).ok();
    let difference = before.as_deref().map(|recorded| record.difference(recorded));
    let result = match difference {
        Some(None) => Came::Same,
        _ if arguments.write => {
            let written = fs::create_dir_all(case.snapshots())
                .and_then(|()| fs::write(&file, record.text_after(before.as_deref().unwrap_or_default())));
            written.map_err(|error| format!("{} cannot be written: {error}", file.display()))?;
            Came::Written
        }
        None => Came::New,
        Some(Some(difference)) => Came::Other(difference),
    };
    Ok(Verdict { case: name, tells, steps, result })
}

/// The folder as it is seen from the one that was named.
fn name(folders: &[PathBuf], folder: &Path) -> String {
    let inner = folders.iter().find_map(|all| folder.strip_prefix(all).ok());
    let inner = inner.filter(|inner| !inner.as_os_str().is_empty());
    let own = inner.unwrap_or_else(|| folder.file_name().map_or(folder, Path::new));
    own.display().to_string()
}

/// A line for a case that shows what it should, and what is wrong with any other.
fn text(verdict: &Verdict) -> String {
    let Verdict { case, tells, steps, result } = verdict;
    match result {
        Came::Same => format!("ok      {case} ({})", plural(*steps, "step")),
        Came::Written => format!("written {case} ({})", plural(*steps, "step")),
        Came::New => format!("FAILED  {case}: nothing is recorded yet; --write records what comes"),
        Came::Wrong(error) => match &error.step {
            Some((number, step)) => format!("FAILED  {case}, step {number}, {step}\n  {}", error.message),
            None => format!("FAILED  {case}\n  {}", error.message),
        },
        Came::Other(Difference { step, title, before, expected, came }) => {
            let at = if *step == 0 { title.clone() } else { format!("step {step}, {title}") };
            let mut text = format!("FAILED  {case}, {at}\n  ({tells})\n");
            for line in before.lines() {
                text.push_str(&format!("    {line}\n"));
            }
            text.push_str(&format!("{}{}", marked("expected", expected), marked("came", came)));
            text.trim_end().to_owned()
        }
    }
}

/// Lines under a word that says whose they are.
fn marked(whose: &str, lines: &str) -> String {
    if lines.is_empty() {
        return format!("  {whose}: nothing\n");
    }
    let lines: String = lines.lines().map(|line| format!("    {line}\n")).collect();
    format!("  {whose}:\n{lines}")
}

fn as_json(verdict: &Verdict) -> Value {
    let mut told = json!({"case": verdict.case, "tells": verdict.tells, "steps": verdict.steps});
    let more = match &verdict.result {
        Came::Same => json!({"result": "ok"}),
        Came::Written => json!({"result": "written"}),
        Came::New => json!({"result": "new"}),
        Came::Wrong(error) => {
            let (number, step) = error.step.clone().unzip();
            json!({"result": "wrong", "step": number, "title": step, "message": error.message})
        }
        Came::Other(difference) => json!({
            "result": "failed", "step": difference.step, "title": difference.title, "before": difference.before,
            "expected": difference.expected, "came": difference.came,
        }),
    };
    if let (Value::Object(told), Value::Object(more)) = (&mut told, more) {
        told.extend(more);
    }
    told
}
