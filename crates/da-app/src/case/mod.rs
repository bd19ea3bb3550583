//! [`Case`]: an interview and what is done with it, as a folder: this server's own tests, and those of an author's package.
//!
//! `steps.yml` is what a person does; `interview.yml` beside it is the interview, unless `steps.yml` names another;
//! `snapshots/walk.snap` is what is shown. Other interviews, modules (`.py`) and the folders `templates`, `static` and `sources`
//! may lie beside them. A case is walked in a world that stands still, and leaves nothing but its record.

mod record;
mod redact;
mod shelf;
mod stage;
mod steps;
pub mod told;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use da_core::{InterviewName, Plain};
use da_interview::{Engine, Sources};

pub use record::{Difference, Record, cut};
pub use redact::redact;
pub use stage::{Deed, Failure, Stage, Walker, moment};
pub use steps::Step;

use crate::package::{Folder, Packages};

/// How deep folders of cases may lie in one another.
const DEEPEST: usize = 20;

/// A case.
#[derive(Debug, Clone)]
pub struct Case {
    /// The name of its folder.
    pub name: String,
    /// What it shows, as a sentence.
    pub tells: String,
    /// The doors that it goes through, when it is not all of them.
    pub doors: Option<Vec<String>>,
    /// What is done, with what it is called in a report.
    pub steps: Vec<(String, Step)>,
    interview: Option<String>,
    folder: PathBuf,
}

/// A case cannot be read, or a step cannot be done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct CaseError {
    /// The number of the step and the step, if it is one that cannot be done with the screen that is shown.
    pub step: Option<(usize, String)>,
    /// What is wrong.
    pub message: String,
}

impl CaseError {
    fn new(message: String) -> CaseError {
        CaseError { step: None, message }
    }

    /// About the step after so many.
    fn at(before: usize, title: &str, message: String) -> CaseError {
        CaseError { step: Some((before + 1, title.to_owned())), message }
    }
}

impl Case {
    /// The package of an interview that lies in the folder of its case.
    pub const PACKAGE: &'static str = "docassemble.mine";

    /// The name of such an interview.
    pub const INTERVIEW: &'static str = "docassemble.mine:data/questions/interview.yml";

    /// Reads a folder.
    ///
    /// # Errors
    /// [`CaseError`]: there is no `steps.yml`, or something in it is no step.
    pub fn read(folder: &Path) -> Result<Case, CaseError> {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let path = folder.join("steps.yml");
        let text = fs::read_to_string(&path).map_err(|error| CaseError::new(format!("{}: {error}", path.display())))?;
        let read = steps::read(&text).map_err(|why| CaseError::new(format!("steps.yml: {why}")))?;
        let folder = folder.to_owned();
        Ok(Case { name, tells: read.tells, doors: read.doors, steps: read.steps, interview: read.interview, folder })
    }

    /// An interview, a file or a name, that is begun and whose variables are then set.
    pub fn of_interview(wanted: &str, set: Vec<(String, Plain)>) -> Case {
        let mut steps = vec![("begin".to_owned(), Step::Begin(Vec::new()))];
        steps.extend(set.into_iter().map(|(name, value)| (format!("set {name}"), Step::Set(vec![(name, value)]))));
        let (name, interview) = (wanted.to_owned(), Some(wanted.to_owned()));
        Case { name, tells: String::new(), doors: None, steps, interview, folder: PathBuf::new() }
    }

    /// The folders of cases at or below a folder, in the order of their names.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn folders(folder: &Path) -> io::Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        look(folder, DEEPEST, &mut found)?;
        found.sort();
        Ok(found)
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where its snapshots are.
    pub fn snapshots(&self) -> PathBuf {
        self.folder.join("snapshots")
    }

    /// The file of its record.
    pub fn record_file(&self) -> PathBuf {
        self.snapshots().join("walk.snap")
    }

    /// Walks through the engine; `packages` are folders of packages, as a server has them.
    ///
    /// # Errors
    /// [`CaseError`]: there is no such interview, or a step cannot be done with the screen that is shown.
    pub fn stages(&self, engine: &Engine, packages: &[PathBuf]) -> Result<Vec<Stage>, CaseError> {
        stage::stages(&self.steps, self.walker(engine, packages)?, self.is_of_forms())
    }

    /// As [`Case::stages`], and every step tells why it ended where it did.
    ///
    /// # Errors
    /// As [`Case::stages`].
    pub fn explain(&self, engine: &Engine, packages: &[PathBuf]) -> Result<Vec<Stage>, CaseError> {
        stage::stages(&self.steps, self.walker(engine, packages)?.explained(), self.is_of_forms())
    }

    /// A walk that is still to be done.
    ///
    /// # Errors
    /// [`CaseError`]: there is no such interview. One that cannot be read fails when it is walked.
    pub fn walker(&self, engine: &Engine, packages: &[PathBuf]) -> Result<Walker, CaseError> {
        let (name, packages) = self.packages(packages)?;
        let sources: Arc<dyn Sources> = Arc::new(packages);
        Ok(Walker::new(engine.load(&name, &sources)))
    }

    /// Walks, and writes down what is shown.
    ///
    /// # Errors
    /// As [`Case::stages`].
    pub fn record(&self, engine: &Engine, packages: &[PathBuf]) -> Result<Record, CaseError> {
        Ok(Record::of(&self.tells, &self.stages(engine, packages)?))
    }

    /// A case that no client of the API walks is about what forms do.
    fn is_of_forms(&self) -> bool {
        let goes_by = |door: &str| self.doors.as_ref().is_none_or(|doors| doors.iter().any(|name| name == door));
        goes_by("html") && !goes_by("json")
    }

    /// The interview and where it comes from.
    fn packages(&self, folders: &[PathBuf]) -> Result<(InterviewName, Packages), CaseError> {
        let wrong = |why: String| CaseError::new(why);
        let Some(wanted) = &self.interview else {
            let mut packages = Packages::open(folders).map_err(|error| wrong(error.to_string()))?;
            packages.put_first(Folder::flat(&self.folder, Self::PACKAGE).map_err(|error| wrong(error.to_string()))?);
            let name = InterviewName::parse(Self::INTERVIEW).map_err(|error| wrong(error.to_string()))?;
            return Ok((name, packages));
        };
        let beside = self.folder.join(wanted);
        let wanted = if beside.is_file() { beside.to_string_lossy() } else { wanted.into() };
        Packages::with_interview(folders, &wanted)
            .map_err(|error| wrong(error.cause().map_or_else(|| error.to_string(), ToString::to_string)))
    }
}

/// A folder with `steps.yml` is a case; below it there are none.
fn look(folder: &Path, deep: usize, found: &mut Vec<PathBuf>) -> io::Result<()> {
    if folder.join("steps.yml").is_file() {
        found.push(folder.to_owned());
        return Ok(());
    }
    if deep == 0 {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        // A link could lead around in a circle.
        if entry.file_type()?.is_dir() {
            look(&entry.path(), deep - 1, found)?;
        }
    }
    Ok(())
}
