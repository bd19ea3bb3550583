//! Public clients, as they are published, against the server. docassemblecli: a package is written, installed, seen to run,
//! fetched and removed, on the server and in a Playground. Python's requests: the calls that the API's documentation shows.
//!
//! It runs where `DA_TEST_CLIENTS` names the folder of its programs, and says so where it does not.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "../program/process.rs"]
#[expect(dead_code, reason = "the tests of the program use the rest")]
mod process;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use process::{KEY, Server, json_text};

/// The programs, if there are any to test with.
fn programs() -> Option<PathBuf> {
    std::env::var_os("DA_TEST_CLIENTS").map(PathBuf::from)
}

/// A server, and a folder in which somebody writes a package.
struct Author {
    programs: PathBuf,
    folder: tempfile::TempDir,
    server: Server,
}

impl Author {
    fn begin(programs: PathBuf) -> Author {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("data")).unwrap();
        let server = Server::with_key(&folder.path().join("data"));
        Author { programs, folder, server }
    }

    /// Runs a program in the author's folder; what it says.
    fn run(&self, program: &str, arguments: &[&str]) -> String {
        let address = format!("http://{}", self.server.address());
        let mut command = Command::new(self.programs.join(program));
        command.args(arguments).current_dir(self.folder.path()).env("HOME", self.folder.path());
        if program != "dacreate" {
            command.args(["--noconfig", "--apiurl", &address, "--apikey", KEY]);
        }
        let output = command.output().unwrap();
        let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let all = said(&output.stdout) + &said(&output.stderr);
        assert!(output.status.success(), "{program} {arguments:?}: {all}");
        all
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Writes the package that everything here is about, with one word in it.
    fn package(&self, word: &str) {
        let inner = "docassemble-lease/docassemble/lease";
        self.write(&format!("{inner}/tools.py"), &format!("def said():\n  return '{word}'\n"));
        let interview = "modules:\n  - .tools\n---\nmandatory: True\ncode: |\n  json_response({'said': said()})\n";
        self.write(&format!("{inner}/data/questions/a.yml"), interview);
    }

    /// What the interview of a package says.
    fn said(&self, package: &str) -> String {
        let interview = format!("{package}:data/questions/a.yml");
        let (status, begun) = self.server.send(KEY, "GET", &format!("/api/session/new?i={interview}"), "");
        assert_eq!(status, 200, "{begun}");
        let (session, secret) = (json_text(&begun, "session"), json_text(&begun, "secret"));
        let path = format!("/api/session/question?i={interview}&session={session}&secret={secret}");
        let (_, answer) = self.server.send(KEY, "GET", &path, "");
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
        answer["said"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
    }

    fn there(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }
}

#[test]
fn an_author_installs_a_package_on_the_server_changes_it_fetches_it_and_removes_it() {
    let Some(programs) = programs() else {
        println!("not run: DA_TEST_CLIENTS names no folder with docassemblecli's programs");
        return;
    };
    let author = Author::begin(programs);
    let about = [
        "lease",
        "--developer-name",
        "Ann",
        "--developer-email",
        "ann@example.com",
        "--description",
        "A lease.",
        "--url",
        "https://example.com",
        "--license",
        "MIT",
        "--version",
        "0.0.1",
    ];
    author.run("dacreate", &about);
    author.package("first");
    assert!(author.run("dainstall", &["docassemble-lease"]).contains("Installed."));
    assert_eq!(author.said("docassemble.lease"), "first");
    author.package("second");
    assert!(author.run("dainstall", &["docassemble-lease", "--norestart"]).contains("Installed."));
    assert_eq!(author.said("docassemble.lease"), "second");
    fs::rename(author.there("docassemble-lease"), author.there("mine")).unwrap();
    author.run("dadownload", &["lease"]);
    let fetched = fs::read_to_string(author.there("docassemble-lease/docassemble/lease/tools.py")).unwrap();
    assert!(fetched.contains("second"));
    assert!(author.run("dauninstall", &["docassemble.lease"]).contains("Uninstalled."));
    let (_, packages) = author.server.send(KEY, "GET", "/api/package", "");
    assert!(!packages.contains("docassemble.lease"), "{packages}");
}

#[test]
fn an_author_installs_a_package_in_a_playground_and_fetches_it() {
    let Some(programs) = programs() else {
        println!("not run: DA_TEST_CLIENTS names no folder with docassemblecli's programs");
        return;
    };
    let author = Author::begin(programs);
    author.write(
        "docassemble-lease/setup.py",
        "from setuptools import setup\n\nsetup(name='docassemble.lease',\n      version='0.1')\n",
    );
    author.package("played");
    let installed = author.run("dainstall", &["docassemble-lease", "--playground", "--project", "mine"]);
    assert!(installed.contains("Installed."), "{installed}");
    assert_eq!(author.said("docassemble.playground1mine"), "played");
    fs::rename(author.there("docassemble-lease"), author.there("mine")).unwrap();
    author.run("dadownload", &["lease", "--playground", "--project", "mine"]);
    let fetched = author.there("docassemble-lease/docassemble/lease");
    assert!(is_same(&fetched.join("tools.py"), &author.there("mine/docassemble/lease/tools.py")));
    assert!(is_same(
        &fetched.join("data/questions/a.yml"),
        &author.there("mine/docassemble/lease/data/questions/a.yml")
    ));
}

#[test]
fn the_calls_that_the_documentation_shows_are_answered_as_it_says() {
    let Some(programs) = programs() else {
        println!("not run: DA_TEST_CLIENTS names no folder with docassemblecli's programs");
        return;
    };
    let author = Author::begin(programs);
    author.write("documented_calls.py", include_str!("documented_calls.py"));
    let mut command = Command::new(author.programs.join("python3"));
    let address = format!("http://{}", author.server.address());
    let output = command.arg("documented_calls.py").args([&address, KEY]).current_dir(author.folder.path()).output();
    let output = output.unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(said.trim(), "65 calls");
}

fn is_same(one: &Path, other: &Path) -> bool {
    fs::read(one).unwrap() == fs::read(other).unwrap()
}
