//! Writes the table of the packages that are compiled in: every file under `packages/`, embedded.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=packages");
    let variable = |name: &str| env::var(name).map(PathBuf::from).map_err(io::Error::other);
    let root = variable("CARGO_MANIFEST_DIR")?.join("packages");
    let mut files = Vec::new();
    walk(&root, &mut files)?;
    files.sort();
    let mut table = String::from("&[\n");
    for file in &files {
        let inside = file.strip_prefix(&root).map_err(io::Error::other)?;
        let parts: Vec<String> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        // DIR/docassemble/NAME/path...
        if let [first, second, rest @ ..] = parts.as_slice() {
            let (package, path) = (format!("{first}.{second}"), rest.join("/"));
            // The folder is told when the table is compiled: checkouts that share a build directory share the table.
            let place = format!("/packages/{}", parts.join("/"));
            writeln!(
                table,
                "    ({package:?}, {path:?}, include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {place:?}))),"
            )
            .map_err(io::Error::other)?;
        }
    }
    table.push_str("]\n");
    fs::write(variable("OUT_DIR")?.join("compiled_packages.rs"), table)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { walk(&path, files)? } else { files.push(path) }
    }
    Ok(())
}
