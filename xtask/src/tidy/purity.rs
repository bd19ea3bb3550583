//! The crates that know no clock, environment or file system: each has a clippy.toml that forbids them.
//! It must never accept a file that lost the workspace's own lines, which a crate's clippy.toml replaces.

use super::Complaints;
use crate::repo;
use std::path::Path;

const PURE: [&str; 5] = ["da-core", "da-document", "da-python", "da-markup", "da-interview"];
/// What each of them forbids at the least.
const FORBIDDEN: [&str; 4] =
    ["std::time::SystemTime::now", "std::env::var", "std::fs::read", "std::hash::RandomState::new"];

pub(super) fn check(root: &Path) -> Result<Complaints, String> {
    let workspace = repo::read(&root.join("clippy.toml"))?;
    let mut complaints = Complaints::new();
    for name in PURE {
        let file = format!("crates/{name}/clippy.toml");
        match root.join(&file).is_file() {
            true => complaints.extend(lacking(&workspace, &file, &repo::read(&root.join(&file))?)),
            false => complaints.push(format!("{file} is missing: it forbids what a pure crate must not know")),
        }
    }
    Ok(complaints)
}

fn lacking(workspace: &str, file: &str, text: &str) -> Complaints {
    let lines = workspace.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let own = lines.filter(|line| !text.lines().any(|other| other == *line));
    let mut complaints: Complaints =
        own.map(|line| format!("{file}: the workspace's line `{line}` is lost, and so not in force")).collect();
    let open = FORBIDDEN.iter().filter(|path| !text.contains(&format!("path = \"{path}\", reason = \"")));
    complaints.extend(open.map(|path| format!("{file}: `{path}` is not forbidden with a reason")));
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_line_and_an_open_door_are_named() {
        let all = FORBIDDEN.map(|path| format!("  {{ path = \"{path}\", reason = \"...\" }},\n")).concat();
        assert_eq!(lacking("a = 1\n\nb = 2\n", "x", &format!("a = 1\nb = 2\n{all}")), Complaints::new());
        let want = [
            "x: the workspace's line `b = 2` is lost, and so not in force",
            "x: `std::env::var` is not forbidden with a reason",
        ];
        let without = all.replace("std::env::var", "std::env::vars");
        assert_eq!(lacking("a = 1\nb = 2\n", "x", &format!("a = 1\n{without}")), want);
    }
}
