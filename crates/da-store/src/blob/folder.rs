//! A folder of contents: what a crash leaves in it, where `object_store` keeps what is not finished.

use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::BlobName;

/// Deletes unfinished contents that nobody has written to for so long; how many there were.
pub(super) fn sweep_unfinished(folder: &Path, age: Duration) -> io::Result<usize> {
    let until = SystemTime::now() - age;
    let mut gone = 0;
    for below in std::fs::read_dir(folder)? {
        let below = below?;
        if !below.file_type()?.is_dir() {
            continue;
        }
        for entry in std::fs::read_dir(below.path())? {
            let entry = entry?;
            let is_unfinished = entry.file_name().to_str().is_some_and(is_unfinished);
            if is_unfinished && entry.metadata()?.modified()? < until {
                std::fs::remove_file(entry.path())?;
                gone += 1;
            }
        }
    }
    Ok(gone)
}

/// The name of a content, `#` and a number.
fn is_unfinished(name: &str) -> bool {
    let Some((content, number)) = name.split_once('#') else { return false };
    BlobName::parse(content).is_some() && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}
