//! Checks an interview without running it: what an author would like to know before anybody answers it.
//!
//! It reads everything, goes on after each fault, and evaluates nothing but the top levels of modules.

mod absent;
mod advice;
mod datatypes;
mod files;
mod ids;
mod names;
mod reach;
mod spelling;
mod template;
mod vocabulary;

use std::sync::Arc;

use da_core::InterviewName;

pub use files::FileRead;
pub use spelling::nearest;
pub(crate) use template::names_from_outside;
pub use vocabulary::Vocabulary;

use crate::engine::Engine;
use crate::error::{Point, SourceError, SourceErrorKind};
use crate::interview::Interview;
use crate::load::load_for_check;
use crate::source::Sources;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The interview cannot be used as it is.
    Error,
    /// It looks like a mistake.
    Warning,
    /// It may be meant that way.
    Note,
}

impl Severity {
    /// Its name, in small letters.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// What kind it is, a word or two with hyphens; stays the same from version to version.
    pub kind: &'static str,
    /// `package:path` of the file.
    pub file: String,
    /// The line; the first is 1.
    pub line: Option<u32>,
    /// A sentence.
    pub message: String,
    /// The very place in the line.
    pub point: Option<Point>,
}

impl Finding {
    /// The line of the file that it is about, without blanks at its ends, and how many characters stand before the very place.
    /// Nothing when the place is not known, or the file has changed.
    pub fn pointed(&self, sources: &dyn Sources) -> Option<(String, usize)> {
        let point = self.point.as_ref()?;
        let (package, path) = self.file.split_once(':')?;
        let text = sources.read(package, path).ok()?.text;
        // Of what Jinja2 made of a file, nobody knows where it stands in the file.
        if text.starts_with("# use jinja") {
            return None;
        }
        let line = text.lines().nth(self.line?.checked_sub(1)? as usize)?;
        Some((line.trim().to_owned(), point.in_line(line)?))
    }
}

/// The result of a check.
pub struct Checked {
    /// The interview, if it can be used.
    pub interview: Option<Arc<Interview>>,
    /// What was found, in the order of files and lines.
    pub findings: Vec<Finding>,
}

impl Checked {
    /// How many findings of a severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

impl Engine {
    /// Checks an interview: every fault in its files, and, when they can be read, names that nothing defines, blocks that
    /// nothing asks for, and ids that stand twice.
    pub fn check(&self, name: &InterviewName, sources: &Arc<dyn Sources>) -> Checked {
        let (interview, faults) = load_for_check(self, name, sources);
        let mut findings: Vec<Finding> = faults.iter().map(|fault| of_fault(fault, &**sources)).collect();
        if let Some(interview) = &interview {
            findings.extend(interview.program().warnings.iter().map(|warning| Finding {
                severity: Severity::Warning,
                kind: "block",
                file: warning.file.clone(),
                line: Some(warning.line),
                message: warning.message.clone(),
                point: warning.point.clone(),
            }));
            findings.extend(absent::packages(interview));
            findings.extend(ids::twice(interview.program()));
            findings.extend(datatypes::unknown(interview));
            // What stands in a block that cannot be read is not missing.
            if faults.is_empty() {
                findings.extend(names::undefined(interview));
                findings.extend(reach::never_asked(interview));
            }
        }
        let interview = interview.filter(|_| faults.is_empty());
        let files = order_of_files(&findings, name);
        findings.sort_by_key(|finding| {
            (files.iter().position(|file| *file == finding.file), finding.line, finding.severity)
        });
        Checked { interview, findings }
    }
}

fn order_of_files(findings: &[Finding], first: &InterviewName) -> Vec<String> {
    let mut files = vec![first.as_str().to_owned()];
    for finding in findings {
        if !files.contains(&finding.file) {
            files.push(finding.file.clone());
        }
    }
    files
}

fn of_fault(fault: &SourceError, sources: &dyn Sources) -> Finding {
    let kind = match fault.kind {
        SourceErrorKind::Missing => "missing-file",
        SourceErrorKind::Unreadable => "unreadable-file",
        SourceErrorKind::Yaml => "yaml",
        SourceErrorKind::Block => "block",
        SourceErrorKind::Python => "python",
        SourceErrorKind::Template => "template",
    };
    let mut finding = Finding {
        severity: Severity::Error,
        kind,
        file: format!("{}:{}", fault.place.package, fault.place.file),
        line: fault.place.line,
        message: fault.message.clone(),
        point: fault.place.point.clone(),
    };
    if fault.kind == SourceErrorKind::Yaml
        && let Some(advice) = advice::on_yaml(&finding, sources)
    {
        finding.message = format!("{} ({advice})", finding.message);
    }
    finding
}

#[cfg(test)]
mod tests;
