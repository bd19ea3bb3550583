//! The machine that was measured on: its processor, its cores, what an fsync costs.
//! It must never name the machine or its user: the report is committed.

use crate::run;
use std::fs::{self, File};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

const FSYNCS: usize = 101;

/// The median of writing 4 kB and syncing them in the folder where the database lies.
pub(super) fn fsync(folder: &Path) -> Result<Duration, String> {
    let path = folder.join("fsync");
    let bad = |error: std::io::Error| format!("cannot measure fsync: {error}");
    let mut file = File::create(&path).map_err(bad)?;
    let mut times = Vec::with_capacity(FSYNCS);
    for _ in 0..FSYNCS {
        let start = Instant::now();
        file.seek(SeekFrom::Start(0))
            .and_then(|_| file.write_all(&[7; 4096]))
            .and_then(|()| file.sync_all())
            .map_err(bad)?;
        times.push(start.elapsed());
    }
    fs::remove_file(&path).map_err(bad)?;
    times.sort_unstable();
    Ok(times[FSYNCS / 2])
}

pub(super) fn describe() -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map(|rest| rest.trim_start_matches([' ', '\t', ':']));
    format!("{} with {cores} cores", model.unwrap_or("A processor"))
}

pub(super) fn commit() -> Result<String, String> {
    run::capture(Command::new("git").args(["rev-parse", "--short", "HEAD"])).map(|text| text.trim().to_owned())
}
