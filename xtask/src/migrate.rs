//! `cargo xtask migrate`: runs, creates and seals migrations.
//! It must never change a seal that stands: a landed migration is not edited.

use crate::tidy::migrations::{DIALECTS, SEALS, read, sums};
use crate::{Outcome, date, repo, run};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Runs the migrations on a database, or creates (--new) or seals (--seal) migrations.
///
/// Running is the server's own `da-server migrate`, built in the development profile. --new writes
/// migrations/{sqlite,postgres}/DAY-NUMBER_NAME/{up,down}.sql; --seal appends the checksums of new migrations to
/// migrations/checksums.txt, after which tidy refuses an edit.
#[derive(clap::Args)]
#[group(multiple = false, required = true)]
pub(crate) struct Args {
    /// Migrate the SQLite database in this data folder
    #[arg(long, value_name = "DATA")]
    sqlite: Option<PathBuf>,
    /// Migrate this PostgreSQL database, as in postgres://user:password@host:5432/name
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
    /// Create an empty migration of this name in both dialects
    #[arg(long, value_name = "NAME")]
    new: Option<String>,
    /// Seal the migrations that have no seal yet
    #[arg(long)]
    seal: bool,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let root = repo::root()?;
    if let Some(data) = &args.sqlite {
        migrate(&[], data).map(|()| format!("{} is migrated", data.display()))
    } else if let Some(url) = &args.postgres {
        postgres(url)
    } else if let Some(name) = &args.new {
        create(&root, name)
    } else {
        seal(&root)
    }
}

fn migrate(config: &[&str], data: &Path) -> Result<(), String> {
    run::show(
        run::cargo()
            .args(["run", "--quiet", "--package", "da-server", "--", "migrate"])
            .args(config)
            .arg("--data")
            .arg(data),
    )
}

fn postgres(url: &str) -> Outcome {
    let folder = crate::scratch::Scratch::new("migrate")?;
    let config = folder.path().join("config.yml");
    repo::write(&config, &database(url)?)?;
    let config = config.to_string_lossy();
    migrate(&["--config", &config], &folder.path().join("data"))
        .map(|()| "the PostgreSQL database is migrated".to_owned())
}

/// The `db` directive for a URL; JSON texts are YAML texts, so that no character of a password needs thought.
fn database(url: &str) -> Result<String, String> {
    let bad = || "want postgres://user:password@host:port/name".to_owned();
    let rest = url.strip_prefix("postgres://").or_else(|| url.strip_prefix("postgresql://")).ok_or_else(bad)?;
    let (place, name) = rest.split_once('/').ok_or_else(bad)?;
    let (who, place) = place.rsplit_once('@').unwrap_or(("", place));
    let (user, password) = who.split_once(':').unwrap_or((who, ""));
    let (host, port) = place.rsplit_once(':').unwrap_or((place, "5432"));
    let port: u16 = port.parse().map_err(|_| bad())?;
    let mut text = "db:\n  prefix: postgresql://\n".to_owned();
    for (key, value) in [("name", name), ("user", user), ("password", password), ("host", host)] {
        if !value.is_empty() {
            let _ = writeln!(text, "  {key}: {}", serde_json::Value::from(value));
        }
    }
    let _ = writeln!(text, "  port: {port}");
    Ok(text)
}

fn create(root: &Path, name: &str) -> Outcome {
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_') {
        return Err("a migration's name is made of small letters, digits and _".to_owned());
    }
    let folder = format!("{}_{name}", next_version(&repo::files(root)?, &date::today()?));
    for dialect in DIALECTS {
        let path = root.join("migrations").join(dialect).join(&folder);
        repo::write(&path.join("up.sql"), "")?;
        repo::write(&path.join("down.sql"), "")?;
    }
    Ok(format!("migrations/sqlite/{folder} and migrations/postgres/{folder} wait for their SQL"))
}

/// `2026-01-31-000001`: the day, and one more than the highest number of that day. diesel runs them in this order.
fn next_version(files: &[String], day: &str) -> String {
    let names = files.iter().filter_map(|file| file.strip_prefix("migrations/")?.split('/').nth(1));
    let numbers =
        names.filter_map(|name| name.strip_prefix(day)?.strip_prefix('-')?.split('_').next()?.parse::<u64>().ok());
    format!("{day}-{:06}", numbers.max().unwrap_or(0) + 1)
}

fn seal(root: &Path) -> Outcome {
    let path = root.join(SEALS);
    let mut text = if path.is_file() { repo::read(&path)? } else { String::new() };
    if text.is_empty() {
        text.push_str("# Checksums of the migrations that have landed; written by cargo xtask migrate --seal.\n");
    }
    let lines = new_seals(&read(&text)?, &sums(root, &repo::files(root)?)?)?;
    for line in &lines {
        text.push_str(line);
    }
    if lines.is_empty() {
        return Ok("all migrations were sealed already".to_owned());
    }
    repo::write(&path, &text)?;
    Ok(format!("{} files sealed in {SEALS}", lines.len()))
}

fn new_seals(seals: &BTreeMap<String, String>, sums: &BTreeMap<String, String>) -> Result<Vec<String>, String> {
    let mut lines = Vec::new();
    for (file, sum) in sums {
        match seals.get(file) {
            None => lines.push(format!("{sum}  {file}\n")),
            Some(sealed) if sealed == sum => {}
            Some(_) => {
                return Err(format!("{file} has landed and was edited: take the edit back and write a new migration"));
            }
        }
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(list: &[(&str, &str)]) -> BTreeMap<String, String> {
        list.iter().map(|(file, sum)| ((*file).to_owned(), (*sum).to_owned())).collect()
    }

    #[test]
    fn sealing_appends_what_is_new_and_refuses_what_was_edited() {
        let seals = pairs(&[("a", "1")]);
        assert_eq!(new_seals(&seals, &pairs(&[("a", "1"), ("b", "2")])).unwrap(), ["2  b\n"]);
        let error = new_seals(&seals, &pairs(&[("a", "9")])).unwrap_err();
        assert_eq!(error, "a has landed and was edited: take the edit back and write a new migration");
    }

    #[test]
    fn the_next_version_follows_the_highest_of_its_day() {
        let files = ["migrations/sqlite/2026-01-31-000009_a/up.sql", "migrations/postgres/2026-01-30-000012_b/up.sql"];
        let files = files.map(str::to_owned);
        assert_eq!(next_version(&files, "2026-01-31"), "2026-01-31-000010");
        assert_eq!(next_version(&files, "2026-02-01"), "2026-02-01-000001");
    }

    #[test]
    fn a_url_becomes_the_db_directive() {
        let want = "db:\n  prefix: postgresql://\n  name: \"test\"\n  user: \"da\"\n  password: \"a\\\"b@c\"\n  host: \"127.0.0.1\"\n  port: 5433\n";
        assert_eq!(database("postgres://da:a\"b@c@127.0.0.1:5433/test").unwrap(), want);
        assert_eq!(database("mysql://x").unwrap_err(), "want postgres://user:password@host:port/name");
    }
}
