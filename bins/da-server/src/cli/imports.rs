//! `check --imports`: what of the packages below a folder parses, and which of their imports are missing here.
//!
//! Nothing of theirs is run.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use da_app::check::FileRead;
use da_app::package::{Found, Packages, below};
use da_app::{Engine, Sources};
use serde_json::{Value, json};

use super::check::{json as finding_json, text};
use super::{Format, plural};
use crate::terminal::say;

/// What was found out about a package.
struct Report {
    name: String,
    files: Vec<FileRead>,
    /// Modules that are missing, with the places that want them.
    missing: Vec<(String, Vec<String>)>,
}

impl Report {
    /// How many files parse.
    fn good(&self) -> usize {
        self.files.iter().filter(|file| file.faults.is_empty()).count()
    }

    fn pieces(&self) -> usize {
        self.files.iter().map(|file| file.pieces).sum()
    }
}

/// Reads all packages; an error when one does not parse, or, if that is wanted, lacks an import.
pub(super) fn run(folder: &Path, packages: &[PathBuf], format: Format, strict: bool) -> Result<(), String> {
    let engine = Engine::new().map_err(|error| error.to_string())?;
    let found = below(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    if found.is_empty() {
        return Err(format!("{}: there is no docassemble/NAME below it", folder.display()));
    }
    let mut sites: Vec<PathBuf> = packages.to_vec();
    for package in &found {
        if !sites.contains(&package.site) {
            sites.push(package.site.clone());
        }
    }
    let sources: Arc<dyn Sources> = Arc::new(Packages::open(&sites).map_err(|error| error.to_string())?);
    let reports: Vec<Report> = found.iter().map(|package| report(&engine, package, &sources)).collect();
    match format {
        Format::Text => reports.iter().for_each(|report| say_all(report, &*sources)),
        Format::Json => say(&Value::Array(reports.iter().map(as_json).collect()).to_string()),
    }
    let bad: usize = reports.iter().map(|report| report.files.len() - report.good()).sum();
    let missing: usize = reports.iter().map(|report| report.missing.len()).sum();
    let summary = format!(
        "{}, {} that {} not parse, {} missing",
        plural(reports.len(), "package"),
        plural(bad, "file"),
        if bad == 1 { "does" } else { "do" },
        plural(missing, "import")
    );
    if bad > 0 || (strict && missing > 0) {
        return Err(summary);
    }
    if format == Format::Text {
        say(&summary);
    }
    Ok(())
}

fn report(engine: &Engine, package: &Found, sources: &Arc<dyn Sources>) -> Report {
    let read = |path: &String| engine.read_file(&package.name, path, sources);
    let files: Vec<FileRead> = package.files.iter().map(read).collect();
    let mut missing: Vec<(String, Vec<String>)> = Vec::new();
    for file in &files {
        for (module, line) in file.imports.iter().filter(|(module, _)| !engine.has_module(module, sources)) {
            let place = format!("{}:{line}", file.file);
            match missing.iter_mut().find(|(known, _)| known == module) {
                Some((_, places)) => places.push(place),
                None => missing.push((module.clone(), vec![place])),
            }
        }
    }
    missing.sort();
    Report { name: package.name.clone(), files, missing }
}

fn say_all(report: &Report, sources: &dyn Sources) {
    let (good, all) = (report.good(), plural(report.files.len(), "file"));
    say(&format!("{}: {good} of {all} parse, with {} of Python", report.name, plural(report.pieces(), "piece")));
    for finding in report.files.iter().flat_map(|file| &file.faults) {
        say(&text(finding, sources, None));
    }
    for (module, places) in &report.missing {
        say(&format!("{}: missing: {module}", places.join(", ")));
    }
}

fn as_json(report: &Report) -> Value {
    let faults: Vec<Value> =
        report.files.iter().flat_map(|file| &file.faults).map(|finding| finding_json(finding, None)).collect();
    let missing = |(module, places): &(String, Vec<String>)| json!({"module": module, "wanted_by": places});
    json!({
        "package": report.name,
        "files": report.files.len(),
        "parse": report.good(),
        "pieces": report.pieces(),
        "faults": faults,
        "missing": report.missing.iter().map(missing).collect::<Vec<_>>(),
    })
}
