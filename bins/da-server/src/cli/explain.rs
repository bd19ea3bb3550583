//! `explain`: why an interview comes to the screens that it comes to.
//!
//! It walks and tells; the reasons are the engine's.

use std::path::{Path, PathBuf};

use clap::Args;
use da_app::case::{Case, CaseError, Stage, told};
use da_app::{Engine, view, yaml};
use da_core::{Outcome, Plain};
use serde_json::{Value, json};

use super::Format;
use crate::terminal::say;

/// What to walk.
#[derive(Args)]
pub(crate) struct ExplainArguments {
    /// An interview, a file or a name, which is begun; or the folder of a case (see `test`), whose steps are walked
    #[arg(value_name = "INTERVIEW-OR-CASE")]
    what: String,
    /// Sets a variable after the beginning, as YAML has it: name=Ann, age=7, "list=[a, b]"; may be given again, a step each
    #[arg(long, env = "DA_EXPLAIN_SET", value_name = "NAME=VALUE", value_parser = named)]
    set: Vec<(String, Plain)>,
    /// Only the step of this number; the first is 1
    #[arg(long, env = "DA_EXPLAIN_STEP", value_name = "NUMBER")]
    step: Option<usize>,
    /// A folder of packages, laid out as DIR/docassemble/NAME; may be given again (DA_PACKAGES: separated by colons)
    #[arg(long, env = "DA_PACKAGES", value_name = "DIR", value_delimiter = ':')]
    packages: Vec<PathBuf>,
    /// How to print the reasons
    #[arg(long, env = "DA_EXPLAIN_FORMAT", value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// A name and a value, with `=` between them.
fn named(text: &str) -> Result<(String, Plain), String> {
    let (name, value) = text.split_once('=').ok_or("expected a name, = and a value, such as age=7")?;
    if !da_app::is_variable(name.trim()) {
        return Err(format!("{name} is not the name of a variable"));
    }
    let (value, _) = yaml::parse_plain(value).map_err(|error| error.to_string())?;
    Ok((name.trim().to_owned(), value))
}

/// Walks, and tells why each step ended where it did.
pub(super) fn run(arguments: &ExplainArguments) -> Result<(), String> {
    let engine = Engine::new().map_err(|error| error.to_string())?;
    let case = case(arguments).map_err(|error| error.to_string())?;
    let stages = case.explain(&engine, &arguments.packages).map_err(|error| match &error.step {
        Some((number, step)) => format!("step {number}, {step}: {error}"),
        None => error.to_string(),
    })?;
    let numbered: Vec<(usize, &Stage)> = (1..).zip(&stages).collect();
    let is_wanted = |(number, _): &&(usize, &Stage)| arguments.step.is_none_or(|wanted| wanted == *number);
    let wanted: Vec<&(usize, &Stage)> = numbered.iter().filter(is_wanted).collect();
    if wanted.is_empty() {
        return Err(format!("the last step is number {}", stages.len()));
    }
    match arguments.format {
        Format::Text => wanted.iter().for_each(|(number, stage)| say(text(*number, stage).trim_end())),
        Format::Json => {
            say(&Value::Array(wanted.iter().map(|(number, stage)| as_json(*number, stage)).collect()).to_string());
        }
    }
    let failed = wanted.iter().filter(|(_, stage)| stage.outcome.is_err()).count();
    // A name, and nowhere to look for it.
    let looks_nowhere = arguments.packages.is_empty() && !Path::new(&arguments.what).exists();
    match (failed, looks_nowhere) {
        (0, _) => Ok(()),
        (_, false) => Err(format!("{failed} of {} fail", wanted.len())),
        (_, true) => {
            Err(format!("{failed} of {} fail; packages are those that --packages DIR names: none is", wanted.len()))
        }
    }
}

fn case(arguments: &ExplainArguments) -> Result<Case, CaseError> {
    let folder = Path::new(&arguments.what);
    if folder.is_dir() { Case::read(folder) } else { Ok(Case::of_interview(&arguments.what, arguments.set.clone())) }
}

/// The step, its reasons, and what it came to.
fn text(number: usize, stage: &Stage) -> String {
    let reasons = stage.reasons.as_ref().map(ToString::to_string).unwrap_or_default();
    format!("step {number}, {}\n{reasons}{}\n", stage.title, came(stage))
}

/// What a step came to, in a line.
fn came(stage: &Stage) -> String {
    match &stage.outcome {
        Ok(Outcome::Screen(screen) | Outcome::Refused { screen, .. }) => {
            format!("=> {}: {}", screen.question_name, screen.question.lines().next().unwrap_or_default())
        }
        Ok(Outcome::UndefinedVariable { variable, .. }) => format!("=> nothing defines {variable}"),
        Ok(Outcome::Response(response)) => format!("=> a response of the type {}", response.content_type),
        Ok(Outcome::Variables(_)) => "=> the variables".to_owned(),
        Ok(Outcome::Nothing) => "=> nothing to show".to_owned(),
        Err(failure) => format!("=> it fails: {}", failure.message),
    }
}

fn as_json(number: usize, stage: &Stage) -> Value {
    let reasons = stage.reasons.as_ref().map(|reasons| view::to_json(&reasons.plain()));
    json!({"step": number, "title": stage.title, "came": told::for_review(stage), "explanation": reasons})
}
