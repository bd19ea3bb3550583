//! `check`: says what is wrong with an interview before anybody answers it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use da_app::check::{Checked, Finding, Severity};
use da_app::package::Packages;
use da_app::{Engine, Sources};
use da_core::InterviewName;

use super::{Format, imports, plural};
use crate::terminal::say;

/// What to check, and how to say what was found.
#[derive(Args)]
pub(crate) struct CheckArguments {
    /// Interviews: files, or names such as docassemble.demo:data/questions/questions.yml
    #[arg(required_unless_present = "imports", value_name = "FILE-OR-INTERVIEW")]
    interviews: Vec<String>,
    /// Read all packages below a folder instead, without running anything of theirs: what parses, and which imports are missing
    #[arg(long, env = "DA_CHECK_IMPORTS", value_name = "DIR", conflicts_with = "interviews")]
    imports: Option<PathBuf>,
    /// A folder of packages, laid out as DIR/docassemble/NAME; may be given again (DA_PACKAGES: separated by colons)
    #[arg(long, env = "DA_PACKAGES", value_name = "DIR", value_delimiter = ':')]
    packages: Vec<PathBuf>,
    /// How to print what was found
    #[arg(long, env = "DA_CHECK_FORMAT", value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Fail on warnings, too, and on missing imports
    #[arg(long, env = "DA_CHECK_STRICT")]
    strict: bool,
}

/// Checks; an error when the interviews cannot be used.
pub(super) fn run(arguments: &CheckArguments) -> Result<(), String> {
    if let Some(folder) = &arguments.imports {
        return imports::run(folder, &arguments.packages, arguments.format, arguments.strict);
    }
    let engine = Engine::new().map_err(|error| error.to_string())?;
    let mut all = Vec::new();
    for wanted in &arguments.interviews {
        let (name, packages) =
            Packages::with_interview(&arguments.packages, wanted).map_err(|error| error.to_string())?;
        let sources: Arc<dyn Sources> = Arc::new(packages);
        let checked = engine.check(&name, &sources);
        if arguments.format == Format::Text {
            for finding in &checked.findings {
                say(&text(finding, &*sources, Some(&Asked { wanted, name: &name })));
            }
            if arguments.packages.is_empty() && is_missing(&checked, &name) {
                say(
                    "    Packages are looked for in the folders that --packages DIR (or DA_PACKAGES) names; none is named.",
                );
            }
        }
        all.push((wanted, name, checked));
    }
    if arguments.format == Format::Json {
        let findings: Vec<_> = all
            .iter()
            .flat_map(|(wanted, name, checked)| {
                checked.findings.iter().map(|finding| json(finding, Some(&Asked { wanted, name })))
            })
            .collect();
        say(&serde_json::Value::Array(findings).to_string());
    }
    let count = |severity| all.iter().map(|(_, _, checked)| checked.count(severity)).sum::<usize>();
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    let summary = format!("{}, {}, {}", plural(errors, "error"), plural(warnings, "warning"), plural(notes, "note"));
    if errors > 0 || (arguments.strict && warnings > 0) {
        return Err(summary);
    }
    if arguments.format == Format::Text {
        say(&summary);
    }
    Ok(())
}

/// Whether there is no such interview at all.
fn is_missing(checked: &Checked, name: &InterviewName) -> bool {
    checked.findings.iter().any(|finding| finding.kind == "missing-file" && finding.file == name.as_str())
}

/// An interview as it was asked for at the terminal, and its name.
pub(super) struct Asked<'a> {
    pub(super) wanted: &'a str,
    pub(super) name: &'a InterviewName,
}

impl Asked<'_> {
    /// How a file is called: by a path, if the interview was, and the file lies in its package.
    fn file(&self, finding: &Finding) -> String {
        let wanted = Path::new(self.wanted);
        let inner = finding.file.strip_prefix(self.name.package()).and_then(|inner| inner.strip_prefix(':'));
        let Some(inner) = inner.filter(|_| wanted.is_file()) else { return finding.file.clone() };
        let (folder, file) = inner.rsplit_once('/').unwrap_or(("", inner));
        // A file without a package has beside it what a package has in its folders.
        let is_beside = finding.file.starts_with(Packages::HERE)
            || self.name.path().rsplit_once('/').is_some_and(|(own, _)| own == folder);
        if is_beside {
            return wanted.with_file_name(file).display().to_string();
        }
        let root = self.wanted.strip_suffix(self.name.path());
        root.map_or_else(|| finding.file.clone(), |root| format!("{root}{inner}"))
    }
}

/// How the file is called to somebody who asked for an interview, or for all.
fn file(finding: &Finding, asked: Option<&Asked<'_>>) -> String {
    asked.map_or_else(|| finding.file.clone(), |asked| asked.file(finding))
}

/// `file:line: error: message [kind]`, then the line and a caret where the place is known.
pub(super) fn text(finding: &Finding, sources: &dyn Sources, asked: Option<&Asked<'_>>) -> String {
    let line = finding.line.map_or_else(String::new, |line| format!(":{line}"));
    let mut text =
        format!("{}{line}: {}: {} [{}]", file(finding, asked), finding.severity.name(), finding.message, finding.kind);
    if let Some((line, column)) = finding.pointed(sources) {
        text.push_str(&format!("\n    {line}\n    {}^", " ".repeat(column)));
    }
    text
}

pub(super) fn json(finding: &Finding, asked: Option<&Asked<'_>>) -> serde_json::Value {
    serde_json::json!({
        "severity": finding.severity.name(),
        "kind": finding.kind,
        "file": file(finding, asked),
        "line": finding.line,
        "message": finding.message,
    })
}
