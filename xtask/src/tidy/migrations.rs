//! Migrations: each stands in both dialects, and one that has landed is never edited.
//! It must never write: sealing is the job of `cargo xtask migrate --seal`.

use super::Complaints;
use crate::repo;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

pub(crate) const SEALS: &str = "migrations/checksums.txt";
pub(crate) const DIALECTS: [&str; 2] = ["sqlite", "postgres"];

pub(super) fn check(root: &Path, files: &[String]) -> Result<Complaints, String> {
    let mut complaints = pairs(files);
    let seals = if root.join(SEALS).is_file() { read(&repo::read(&root.join(SEALS))?)? } else { BTreeMap::new() };
    let sums = sums(root, files)?;
    for (file, sum) in &sums {
        match seals.get(file) {
            Some(sealed) if sealed == sum => {}
            Some(_) => complaints.push(format!("{file} has landed and must not be edited: write a new migration")),
            None => complaints.push(format!("{file} is not sealed: run cargo xtask migrate --seal")),
        }
    }
    for file in seals.keys().filter(|file| !sums.contains_key(*file)) {
        complaints.push(format!("{file} has landed and must not be removed"));
    }
    Ok(complaints)
}

/// A migration that one dialect has and the other lacks.
fn pairs(files: &[String]) -> Complaints {
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for file in files {
        let parts: Vec<&str> = file.split('/').collect();
        match parts[..] {
            ["migrations", dialect, name, "up.sql"] => found.entry(name).or_default().insert(dialect),
            _ => continue,
        };
    }
    let mut complaints = Complaints::new();
    for (name, dialects) in found {
        for dialect in DIALECTS.iter().filter(|dialect| !dialects.contains(*dialect)) {
            complaints.push(format!("{name} has no migrations/{dialect}/{name}/up.sql"));
        }
    }
    complaints
}

/// The checksum of every migration's SQL.
pub(crate) fn sums(root: &Path, files: &[String]) -> Result<BTreeMap<String, String>, String> {
    let sql = files.iter().filter(|file| file.starts_with("migrations/") && file.ends_with(".sql"));
    sql.map(|file| Ok((file.clone(), sum(&repo::read(&root.join(file))?)))).collect()
}

/// Lines of a checksum and a path.
pub(crate) fn read(text: &str) -> Result<BTreeMap<String, String>, String> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let pair = |line: &str| line.split_once("  ").map(|(sum, file)| (file.to_owned(), sum.to_owned()));
    lines.map(|line| pair(line).ok_or_else(|| format!("{SEALS}: cannot read `{line}`"))).collect()
}

/// FNV-1a over 64 bits: this guards against an absent-minded edit, not against an attacker, who could edit the list too.
fn sum(text: &str) -> String {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", text.bytes().fold(0xcbf2_9ce4_8422_2325, step))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_fnv_1a() {
        assert_eq!(sum(""), "cbf29ce484222325");
        assert_eq!(sum("foobar"), "85944171f73967e8");
    }

    #[test]
    fn a_migration_in_one_dialect_alone_is_named() {
        let files = ["sqlite/0001_a/up.sql", "postgres/0001_a/up.sql", "sqlite/0002_b/up.sql"]
            .map(|file| format!("migrations/{file}"));
        assert_eq!(pairs(&files), ["0002_b has no migrations/postgres/0002_b/up.sql"]);
    }

    #[test]
    fn the_list_of_seals_is_read_by_path() {
        let seals = read("# sealed\n00ff  migrations/sqlite/a/up.sql\n").unwrap();
        assert_eq!(seals["migrations/sqlite/a/up.sql"], "00ff");
        assert_eq!(read("nonsense").unwrap_err(), "migrations/checksums.txt: cannot read `nonsense`");
    }
}
