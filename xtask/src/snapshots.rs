//! `cargo xtask snapshots`: reviewing insta's snapshots without another tool.
//! It must never accept what was not asked for: listing is the default.

use crate::metadata::{Metadata, Scope};
use crate::test::Doors;
use crate::{Outcome, insta, repo, test};
use std::fs;
use std::path::Path;

/// Shows snapshots that wait for review; --accept takes them, --check finds those that no test asks for.
///
/// A test whose snapshot differs leaves a .snap.new file beside it. Without a flag this command shows every difference.
/// --check runs all tests and refuses pending snapshots and those that no test asked for.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Accept the pending snapshots: all, or those whose path contains one of NAMES
    #[arg(long, conflicts_with = "check")]
    accept: bool,
    /// Run all tests, then refuse pending snapshots and those that no test asked for
    #[arg(long)]
    check: bool,
    /// Parts of paths; without any, all are meant
    names: Vec<String>,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let root = repo::root()?;
    if args.check {
        return check(&root);
    }
    let files = repo::files(&root)?;
    let is_meant = |file: &str| args.names.is_empty() || args.names.iter().any(|name| file.contains(name.as_str()));
    let pending: Vec<&String> = insta::pending(&files).into_iter().filter(|file| is_meant(file)).collect();
    if args.accept {
        return accept(&root, &pending);
    }
    for file in &pending {
        insta::show_difference(&root, file)?;
    }
    match pending.len() {
        0 => Ok("no snapshot waits for review".to_owned()),
        number => {
            Err(format!("{number} snapshots wait for review: accept with cargo xtask snapshots --accept [NAMES]"))
        }
    }
}

fn accept(root: &Path, pending: &[&String]) -> Outcome {
    for file in pending {
        let Some(accepted) = file.strip_suffix(".new") else {
            return Err(format!("{file} is an inline snapshot: write its new text into the test by hand"));
        };
        repo::write(&root.join(accepted), &insta::accepted(&repo::read(&root.join(file))?))?;
        fs::remove_file(root.join(file)).map_err(|error| format!("cannot remove {file}: {error}"))?;
        println!("accepted {accepted}");
    }
    Ok(format!("{} snapshots accepted", pending.len()))
}

fn check(root: &Path) -> Outcome {
    let references = insta::fresh_references(&Metadata::load(Scope::Members)?.target)?;
    let doors = Doors { references: Some(&references), ..Doors::default() };
    let (tally, good) = test::workspace(doors, &[])?;
    test::verdict(tally, good)?;
    review(root, &references)
}

/// After a run of all tests: nothing pending, and every snapshot asked for.
pub(crate) fn review(root: &Path, references: &Path) -> Outcome {
    let files = repo::files(root)?;
    let pending = insta::pending(&files);
    let unreferenced = insta::unreferenced(root, &files, &repo::read(references)?);
    for file in &pending {
        println!("{file} waits for review");
    }
    for file in &unreferenced {
        println!("{file} is asked for by no test: remove it");
    }
    let number = files.iter().filter(|file| file.ends_with(".snap")).count();
    match (pending.len(), unreferenced.len()) {
        (0, 0) => Ok(format!("{number} snapshots, each asked for by a test")),
        (waiting, unused) => Err(format!("{waiting} snapshots wait for review, {unused} are asked for by no test")),
    }
}
