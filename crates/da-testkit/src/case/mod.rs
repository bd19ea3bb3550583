//! [`Case`]: an interview and what is done with it, as a folder of `fixtures/interviews`.
//!
//! `interview.yml` is the interview, `steps.yml` what a person does, `snapshots/` what is shown. Other interviews, modules
//! (`.py`) and the folders `templates`, `static` and `sources` may lie beside them.

mod steps;

use std::fs;
use std::path::{Path, PathBuf};

use crate::{Door, Place};
pub(crate) use steps::Named;
pub use steps::Step;

/// A case.
#[derive(Debug, Clone)]
pub struct Case {
    /// The name of its folder.
    pub name: String,
    /// What it shows about docassemble, as a sentence.
    pub tells: String,
    /// The doors that it goes through.
    pub doors: Vec<Door>,
    /// What is done, with what it is called in a report.
    pub steps: Vec<(String, Step)>,
    folder: PathBuf,
}

impl Case {
    /// The name of the interview of every case.
    pub const INTERVIEW: &'static str = "docassemble.mine:data/questions/interview.yml";

    /// Reads a folder.
    pub fn read(folder: &Path) -> Case {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let path = folder.join("steps.yml");
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let read = steps::read(&text).unwrap_or_else(|error| panic!("{name}/steps.yml: {error}"));
        Case { name, tells: read.tells, doors: read.doors, steps: read.steps, folder: folder.to_owned() }
    }

    /// All cases of a folder, in the order of their names.
    pub fn all(folder: &Path) -> Vec<Case> {
        let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let mut folders: Vec<PathBuf> =
            entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
        folders.sort();
        folders.iter().map(|folder| Case::read(folder)).collect()
    }

    /// Where its snapshots are.
    pub fn snapshots(&self) -> PathBuf {
        self.folder.join("snapshots")
    }

    /// A place with its files.
    pub fn place(&self) -> Place {
        let place = Place::new();
        place.take(&self.folder);
        place
    }
}
