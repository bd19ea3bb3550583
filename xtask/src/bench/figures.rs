//! [`Figures`]: what a program that times something prints, a name, a tab and a number a line.
//! It must never take a line that it does not understand for a figure.

use super::report::middle_number;
use crate::metadata::{Metadata, Scope};
use crate::run;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

/// The figures of several runs, by their names.
#[derive(Debug, Default)]
pub(super) struct Figures(BTreeMap<String, Vec<f64>>);

impl Figures {
    /// Runs a program once more.
    pub(super) fn add(&mut self, command: &mut Command) -> Result<(), String> {
        self.read(&run::capture(command)?)
    }

    fn read(&mut self, printed: &str) -> Result<(), String> {
        for line in printed.lines() {
            let figure = line.split_once('\t').and_then(|(name, figure)| Some((name, figure.parse().ok()?)));
            let (name, figure) = figure.ok_or_else(|| format!("this is no figure: {line}"))?;
            self.0.entry(name.to_owned()).or_default().push(figure);
        }
        Ok(())
    }

    /// The median of the runs.
    pub(super) fn middle(&self, name: &str) -> Option<f64> {
        middle_number(self.0.get(name)?.iter().copied())
    }

    /// The smallest of the runs: what it takes when nothing else is in the way.
    pub(super) fn least(&self, name: &str) -> Option<f64> {
        self.0.get(name)?.iter().copied().min_by(f64::total_cmp)
    }
}

/// Builds an example of a package, in release, and says where it is.
pub(super) fn build(package: &str, example: &str) -> Result<PathBuf, String> {
    let target = Metadata::load(Scope::Members)?.target;
    run::show(run::cargo().args(["build", "--release", "--locked", "--package", package, "--example", example]))?;
    Ok(target.join("release/examples").join(example))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_kept_by_name_and_anything_else_is_refused() {
        let mut figures = Figures::default();
        figures.read("a\t3\nb\t1.5\n").unwrap();
        figures.read("a\t1\n").unwrap();
        figures.read("a\t2\n").unwrap();
        assert_eq!((figures.middle("a"), figures.least("a"), figures.middle("c")), (Some(2.0), Some(1.0), None));
        assert_eq!(figures.read("warning: b\n").unwrap_err(), "this is no figure: warning: b");
    }
}
