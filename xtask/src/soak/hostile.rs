//! Programs that mean harm, each in a process of its own: `fixtures/hostile/FAMILY/NAME.py`.
//! It must never count a program as good that was not measured: one that takes its process with it is a finding.

use crate::metadata::{Metadata, Scope};
use crate::{Outcome, date, repo, run, table};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Where the programs stand.
const FOLDER: &str = "fixtures/hostile";
/// Where the output of runs is kept, newest last.
const OUTPUT: &str = "docs/soak.md";
/// What the first line of a program says before the end that it has to have.
const MARK: &str = "# Ends in: ";
/// No program may take as long.
const MOST_MILLISECONDS: f64 = 1000.0;
/// No process may take as much memory, in kB.
const MOST_MEMORY: u64 = 256 * 1024;
/// How often a program that took too long is run, one after another: what shares a processor with it makes it slower, and the quickest
/// run says the most.
const TRIES: usize = 3;
/// After this long nobody waits for a process any more.
const PATIENCE: Duration = Duration::from_secs(20);

/// Runs every program of fixtures/hostile in a process of its own, under the default limits and without a clock that stops it, and
/// measures how long it took and the most memory that its process had.
///
/// A program has to end in what its first line says, an exception, a limit or nothing, in less than a second and in less than 256 MB.
/// The time is that of the program alone, on the processor, so that whatever else the machine does counts little; the memory is that
/// of the whole process, with the standard library in it. A program that took too long is run twice more, alone.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// How many at once
    #[arg(long, default_value_t = 3)]
    jobs: usize,
    /// Add what was seen to docs/soak.md
    #[arg(long)]
    write: bool,
    /// Only programs whose path contains one of these; nothing is kept then
    names: Vec<String>,
}

/// What became of a program.
#[derive(Debug, Clone, PartialEq)]
struct Seen {
    end: String,
    milliseconds: f64,
    /// In kB.
    memory: u64,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let root = repo::root()?;
    let program = build()?;
    let is_wanted =
        |name: &&String| args.names.is_empty() || args.names.iter().any(|part| name.contains(part.as_str()));
    let names = repo::files(&root.join(FOLDER))?;
    let mut families: BTreeMap<String, Vec<(String, Seen)>> = BTreeMap::new();
    let mut broken = Vec::new();
    let wanted: Vec<&String> = names.iter().filter(is_wanted).collect();
    for (name, seen) in watch_all(&program, &root.join(FOLDER), &wanted, args.jobs)? {
        let file = root.join(FOLDER).join(name);
        if let Some(words) = fault(wanted_end(&file)?.as_deref(), &seen) {
            eprintln!("{name}: {words}");
            broken.push(format!("{name}: {words}"));
        }
        let (family, name) = name.split_once('/').unwrap_or(("", name));
        families.entry(family.to_owned()).or_default().push((name.trim_end_matches(".py").to_owned(), seen));
    }
    let text = table_of(&families);
    println!("{text}");
    let count: usize = families.values().map(Vec::len).sum();
    let words = format!("{count} programs, {} of them broke a rule", broken.len());
    if args.write && args.names.is_empty() {
        keep(&root.join(OUTPUT), &text, &words, &broken)?;
    }
    if broken.is_empty() && count > 0 { Ok(words) } else { Err(words) }
}

fn build() -> Result<std::path::PathBuf, String> {
    let target = Metadata::load(Scope::Members)?.target;
    run::show(run::cargo().args(["build", "--release", "--locked", "-p", "da-python", "--example", "hostile"]))?;
    Ok(target.join("release/examples/hostile"))
}

/// What a program says that it ends in.
fn wanted_end(file: &Path) -> Result<Option<String>, String> {
    let text = repo::read(file)?;
    Ok(text.lines().next().and_then(|line| line.strip_prefix(MARK)).map(str::to_owned))
}

/// Runs all of them, a few at once: what is measured is time of the processor.
fn watch_all<'n>(
    program: &Path,
    folder: &Path,
    names: &[&'n String],
    jobs: usize,
) -> Result<Vec<(&'n String, Seen)>, String> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut seen = Vec::new();
        while let Some(name) = names.get(next.fetch_add(1, Ordering::Relaxed)) {
            seen.push((*name, watch(program, &folder.join(name))?));
        }
        Ok::<_, String>(seen)
    };
    let mut all = Vec::new();
    thread::scope(|scope| {
        let threads: Vec<_> = (0..jobs).map(|_| scope.spawn(work)).collect();
        for thread in threads {
            all.extend(thread.join().map_err(|_| "a thread that watches programs ended".to_owned())??);
        }
        Ok::<_, String>(())
    })?;
    for (name, seen) in &mut all {
        for _ in 1..TRIES {
            if seen.milliseconds >= MOST_MILLISECONDS {
                *seen = quicker(seen.clone(), watch(program, &folder.join(name.as_str()))?);
            }
        }
    }
    all.sort_by_key(|(name, _)| *name);
    Ok(all)
}

/// The run of a program that took less time, with the larger of the two memories.
fn quicker(first: Seen, again: Seen) -> Seen {
    let memory = first.memory.max(again.memory);
    let quick = if again.milliseconds < first.milliseconds { again } else { first };
    Seen { memory, ..quick }
}

/// Runs one, and waits for it as long as that makes sense.
fn watch(program: &Path, file: &Path) -> Result<Seen, String> {
    let mut command = Command::new(program);
    command.arg(file).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| format!("cannot start {}: {error}", program.display()))?;
    let started = Instant::now();
    let status = loop {
        match child.try_wait().map_err(|error| format!("cannot wait for {}: {error}", file.display()))? {
            Some(status) => break Some(status),
            None if started.elapsed() > PATIENCE => break None,
            None => thread::sleep(Duration::from_millis(2)),
        }
    };
    let milliseconds = started.elapsed().as_secs_f64() * 1000.0;
    let gone = |end: String| Seen { end, milliseconds, memory: 0 };
    match status {
        Some(status) if status.success() => {
            let printed = printed(&mut child)?;
            read_line(&printed).ok_or_else(|| format!("{} printed what is no figure: {printed}", file.display()))
        }
        Some(status) => Ok(gone(format!("its process ended with {status}"))),
        None => {
            let killed = child.kill().and_then(|()| child.wait());
            killed.map_err(|error| format!("cannot end {}: {error}", file.display()))?;
            Ok(gone("nothing that could be waited for".to_owned()))
        }
    }
}

fn printed(child: &mut Child) -> Result<String, String> {
    let mut text = String::new();
    if let Some(mut out) = child.stdout.take() {
        out.read_to_string(&mut text).map_err(|error| format!("cannot read what a program printed: {error}"))?;
    }
    Ok(text)
}

/// `Fuel`, `512.3`, `20480`, with tabs between them.
fn read_line(printed: &str) -> Option<Seen> {
    let mut words = printed.trim_end().split('\t');
    let (end, milliseconds, memory) = (words.next()?, words.next()?, words.next()?);
    Some(Seen { end: end.to_owned(), milliseconds: milliseconds.parse().ok()?, memory: memory.parse().ok()? })
}

/// Which rule a program broke.
fn fault(wanted: Option<&str>, seen: &Seen) -> Option<String> {
    let mut faults = Vec::new();
    if wanted != Some(seen.end.as_str()) {
        faults.push(format!("ended in {}, not in {}", seen.end, wanted.unwrap_or("what its first line should say")));
    }
    if seen.milliseconds >= MOST_MILLISECONDS {
        faults.push(format!("took {:.0} ms", seen.milliseconds));
    }
    if seen.memory >= MOST_MEMORY {
        faults.push(format!("took {} MB", seen.memory / 1024));
    }
    (!faults.is_empty()).then(|| faults.join(", "))
}

/// A line for each family: how many, the slowest, the largest, what they ended in.
fn table_of(families: &BTreeMap<String, Vec<(String, Seen)>>) -> String {
    let head = ["family", "programs", "the slowest", "the largest", "ended in"].map(str::to_owned);
    let line = |(family, programs): (&String, &Vec<(String, Seen)>)| {
        let slowest = programs.iter().max_by(|(_, a), (_, b)| a.milliseconds.total_cmp(&b.milliseconds));
        let largest = programs.iter().max_by_key(|(_, seen)| seen.memory);
        let mut ends: BTreeMap<&str, usize> = BTreeMap::new();
        programs.iter().for_each(|(_, seen)| *ends.entry(&seen.end).or_default() += 1);
        let ends: Vec<String> = ends.iter().map(|(end, count)| format!("{end} {count}")).collect();
        [
            family.clone(),
            programs.len().to_string(),
            slowest.map_or(String::new(), |(name, seen)| format!("{name}, {:.0} ms", seen.milliseconds)),
            largest.map_or(String::new(), |(name, seen)| format!("{name}, {} MB", seen.memory / 1024)),
            ends.join(", "),
        ]
    };
    table::aligned(&[head].into_iter().chain(families.iter().map(line)).collect::<Vec<_>>())
}

/// Adds a dated section to what is kept.
fn keep(path: &Path, text: &str, words: &str, broken: &[String]) -> Result<(), String> {
    let broken: String = broken.iter().map(|line| format!("- {line}\n")).collect();
    let section = format!(
        "## {}, hostile programs\n\n{words}. Each ran in a process of its own, in release, under the default limits; the rules are \
         1000 ms and 256 MB.\n\n```\n{text}```\n{broken}",
        date::today()?
    );
    repo::write(path, &format!("{}\n{section}", repo::read(path)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_program_says_what_it_ends_in() {
        let root = repo::root().unwrap().join(FOLDER);
        let names = repo::files(&root).unwrap();
        let silent: Vec<&String> =
            names.iter().filter(|name| wanted_end(&root.join(name)).unwrap().is_none()).collect();
        assert!(names.len() > 500 && silent.is_empty(), "{silent:?}");
    }

    #[test]
    fn each_rule_that_is_broken_is_told() {
        let seen = read_line("Fuel\t999.9\t262143\n").unwrap();
        assert_eq!(fault(Some("Fuel"), &seen), None);
        let seen = read_line("nothing\t1000.0\t262144\n").unwrap();
        let words = "ended in nothing, not in Fuel, took 1000 ms, took 256 MB";
        assert_eq!(fault(Some("Fuel"), &seen).as_deref(), Some(words));
        assert_eq!(read_line("warning\n"), None);
    }

    #[test]
    fn the_quickest_run_counts_and_the_most_memory() {
        let (slow, quick) = (read_line("Fuel\t1200.0\t30000\n").unwrap(), read_line("Fuel\t700.0\t20000\n").unwrap());
        let wanted = read_line("Fuel\t700.0\t30000\n").unwrap();
        assert_eq!(quicker(slow.clone(), quick.clone()), wanted);
        assert_eq!(quicker(quick, slow), wanted);
    }
}
