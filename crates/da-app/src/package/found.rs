//! Packages that lie somewhere below a folder: in a folder like site-packages, or in checkouts of their repositories.
//!
//! No link is followed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// How deep folders are looked into.
const DEEPEST: usize = 12;

/// A package that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// `docassemble.NAME`.
    pub name: String,
    /// The folder that has it as `docassemble/NAME`.
    pub site: PathBuf,
    /// Its modules and interviews, as paths inside it, in order.
    pub files: Vec<String>,
}

/// The packages below a folder, in the order of their names.
///
/// # Errors
/// A folder that cannot be read.
pub fn below(folder: &Path) -> io::Result<Vec<Found>> {
    let mut found = Vec::new();
    look(folder, DEEPEST, &mut found)?;
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

fn look(folder: &Path, deep: usize, found: &mut Vec<Found>) -> io::Result<()> {
    let is_all = folder.file_name().is_some_and(|name| name == "docassemble");
    for path in folders(folder)? {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        if name.starts_with('.') {
            continue;
        }
        let is_package = is_all && (path.join("__init__.py").is_file() || path.join("data/questions").is_dir());
        match (folder.parent(), is_package) {
            (Some(site), true) => {
                let mut files = Vec::new();
                list(&path, "", DEEPEST, &mut files)?;
                files.sort();
                found.push(Found { name: format!("docassemble.{name}"), site: site.to_owned(), files });
            }
            _ if deep > 0 => look(&path, deep - 1, found)?,
            _ => {}
        }
    }
    Ok(())
}

/// The modules outside of `data`, and the interviews.
fn list(folder: &Path, prefix: &str, deep: usize, files: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (kind, name) = (entry.file_type()?, entry.file_name().to_string_lossy().into_owned());
        let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
        let is_module = !path.starts_with("data/") && name.ends_with(".py");
        let is_interview = path.starts_with("data/questions/") && (name.ends_with(".yml") || name.ends_with(".yaml"));
        if kind.is_file() && (is_module || is_interview) {
            files.push(path);
        } else if kind.is_dir() && deep > 0 && !name.starts_with('.') {
            list(&entry.path(), &path, deep - 1, files)?;
        }
    }
    Ok(())
}

fn folders(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            folders.push(entry.path());
        }
    }
    Ok(folders)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_found_in_checkouts_with_their_modules_and_interviews() {
        let root = tempfile::tempdir().unwrap();
        let package = root.path().join("docassemble-x/docassemble/x");
        fs::create_dir_all(package.join("data/questions/more")).unwrap();
        fs::create_dir_all(package.join("data/static")).unwrap();
        for file in ["__init__.py", "tools.py", "data/questions/more/a.yml", "data/static/b.yml", "data/c.py"] {
            fs::write(package.join(file), "").unwrap();
        }
        let found = below(root.path()).unwrap();
        let files = ["__init__.py", "data/questions/more/a.yml", "tools.py"].map(str::to_owned).to_vec();
        let site = root.path().join("docassemble-x");
        assert_eq!(found, [Found { name: "docassemble.x".to_owned(), site, files }]);
    }
}
