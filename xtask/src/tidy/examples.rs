//! The facades for embedders: each of their public functions shows in its documentation how it is used.
//! It must never pass a function whose example would not be compiled.

use super::Complaints;
use crate::repo;
use std::path::Path;

/// The folders of the facades.
const FACADES: [&str; 1] = ["crates/da-python/src/facade/"];

pub(super) fn check(root: &Path, files: &[String]) -> Result<Complaints, String> {
    let mut complaints = Complaints::new();
    for facade in FACADES {
        let mut of_facade = files.iter().filter(|file| file.starts_with(facade) && file.ends_with(".rs")).peekable();
        if of_facade.peek().is_none() {
            complaints.push(format!("{facade} has no files: the facade has moved"));
        }
        for file in of_facade {
            complaints.extend(without_example(file, &repo::read(&root.join(file))?));
        }
    }
    Ok(complaints)
}

/// The public functions of a file above which there is no example that is compiled.
fn without_example(file: &str, text: &str) -> Complaints {
    let mut docs = String::new();
    let mut complaints = Complaints::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        match line.strip_prefix("///") {
            Some(doc) => docs = docs + doc + "\n",
            None if line.starts_with("#[") => {}
            None => {
                let is_function = ["pub fn ", "pub const fn "].iter().any(|start| line.starts_with(start));
                if is_function && !shows_use(&docs) {
                    complaints.push(format!("{file}:{}: a function of a facade without an example", number + 1));
                }
                docs.clear();
            }
        }
    }
    complaints
}

/// Whether there is a block of code that is compiled: a word behind its fence may say that it is not.
fn shows_use(docs: &str) -> bool {
    let fences = docs.lines().map(str::trim).filter(|doc| doc.starts_with("```"));
    fences.step_by(2).any(|opening| opening == "```")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_without_an_example_and_one_whose_example_is_not_compiled_are_named() {
        let shown = "/// It does.\n///\n/// ```\n/// f();\n/// ```\n#[inline]\npub fn f() {}\n";
        assert_eq!(without_example("a.rs", shown), Complaints::new());
        let want = ["a.rs:2: a function of a facade without an example"];
        assert_eq!(without_example("a.rs", "/// It does.\npub fn f() {}\n"), want);
        let ignored = "/// ```ignore\n/// f();\n/// ```\npub fn f() {}\nfn own() {}\npub(super) fn near() {}\n";
        assert_eq!(without_example("a.rs", ignored), ["a.rs:4: a function of a facade without an example"]);
    }
}
