//! Where the repository is and which files it holds.
//! It must never follow a symbolic link and never look into build output, data folders or `.git`.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// The folder with the workspace's Cargo.toml.
pub(crate) fn root() -> Result<PathBuf, String> {
    let here = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).map_or_else(env::current_dir, Ok);
    let here = here.map_err(|error| format!("there is no current folder: {error}"))?;
    here.ancestors()
        .find(|folder| folder.join("Cargo.lock").is_file() && folder.join("xtask").is_dir())
        .map(Path::to_path_buf)
        .ok_or_else(|| format!("{} is not inside the repository", here.display()))
}

pub(crate) fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// Writes a file, and its folder where that is missing.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    }
    fs::write(path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
}

/// All files below the root, as paths relative to it with `/`, in order.
pub(crate) fn files(root: &Path) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    walk(root, "", &mut found)?;
    found.sort();
    Ok(found)
}

fn walk(folder: &Path, prefix: &str, found: &mut Vec<String>) -> Result<(), String> {
    let list = fs::read_dir(folder).map_err(|error| format!("cannot list {}: {error}", folder.display()))?;
    for entry in list {
        let entry = entry.map_err(|error| format!("cannot list {}: {error}", folder.display()))?;
        let kind = entry.file_type().map_err(|error| format!("cannot look at {}: {error}", entry.path().display()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
        if kind.is_file() {
            found.push(path);
        } else if kind.is_dir() && !is_foreign(&path, &name) {
            walk(&entry.path(), &path, found)?;
        }
    }
    Ok(())
}

/// Folders that are not source: version control, build output, a running server's data.
fn is_foreign(path: &str, name: &str) -> bool {
    (name.starts_with('.') && name != ".ci" && name != ".cargo")
        || name == "__pycache__"
        || matches!(path, "target" | "data")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_is_found_and_lists_its_own_sources_but_no_version_control() {
        let root = root().unwrap();
        let files = files(&root).unwrap();
        assert!(files.contains(&"xtask/src/repo.rs".to_owned()));
        assert!(!files.iter().any(|file| file.starts_with(".git/")));
    }
}
