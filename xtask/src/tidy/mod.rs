//! `cargo xtask tidy`: the rules of the house that no compiler knows.
//! It must never change a file: it reads, and says where a rule is broken.

mod duplicates;
mod examples;
mod fence;
mod files;
mod imports;
mod licence;
mod licences;
pub(crate) mod migrations;
mod purity;
mod snapshots;
mod walls;

use crate::metadata::{Metadata, Scope};
use crate::{Outcome, repo};

/// Checks the rules of the house: imports and walls (ARCHITECTURE.md), licences, duplicates, files, migrations.
///
/// Reads `cargo metadata` and the files of the repository, and needs no other tool. Refuses: an import between crates that
/// ARCHITECTURE.md does not list; a walled-off crate outside its walls; a licence outside the list; two versions of one crate
/// without a reason in xtask/duplicates.txt (a list that may only shrink); a file without its `//!` header or too long; a
/// banned name; an edited migration; a pure crate whose clippy.toml forbids too little; a snapshot whose test is gone; a function
/// of a facade without an example.
#[derive(clap::Args)]
pub(crate) struct Args {}

/// A broken rule, in words that name the place.
type Complaints = Vec<String>;

pub(crate) fn run(_args: &Args) -> Outcome {
    let root = repo::root()?;
    let files = repo::files(&root)?;
    let architecture = repo::read(&root.join("ARCHITECTURE.md"))?;
    let here = Metadata::load(Scope::ThisPlatform)?;
    let everything = Metadata::load(Scope::Everything)?;
    let checks: [(&str, Result<Complaints, String>); 9] = [
        ("imports", imports::check(&architecture, &here)),
        ("walls", walls::check(&architecture, &here)),
        ("licences", Ok(licences::check(&everything))),
        ("duplicates", repo::read(&root.join(duplicates::LIST)).and_then(|list| duplicates::check(&list, &here))),
        ("examples", examples::check(&root, &files)),
        ("files", files::check(&root, &files)),
        ("migrations", migrations::check(&root, &files)),
        ("purity", purity::check(&root)),
        ("snapshots", snapshots::check(&root, &files)),
    ];
    let mut count = 0;
    for (rule, complaints) in checks {
        for complaint in complaints.unwrap_or_else(|error| vec![error]) {
            println!("{rule}: {complaint}");
            count += 1;
        }
    }
    let packages = everything.packages.len();
    match count {
        0 => Ok(format!("{} files and {packages} packages keep the rules of the house", files.len())),
        1 => Err("1 rule of the house is broken".to_owned()),
        _ => Err(format!("{count} rules of the house are broken")),
    }
}
