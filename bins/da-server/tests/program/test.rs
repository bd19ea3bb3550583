//! `test`: cases of an author's package, walked, recorded and compared.

use std::fs;
use std::path::Path;

use crate::process::{run, text};

const INTERVIEW: &str = "mandatory: True\nquestion: Hello, ${ name }!\n---\nquestion: Name?\nfields:\n  - Name: name\n";

/// A package with an interview and a case; the folder of its cases.
fn package(root: &Path, steps: &str) -> &'static str {
    let package = root.join("docassemble/intake/data");
    fs::create_dir_all(package.join("questions")).unwrap();
    fs::create_dir_all(package.join("tests/greeting")).unwrap();
    fs::write(package.join("questions/a.yml"), INTERVIEW).unwrap();
    let head = "tells: Whoever says a name is greeted.\ninterview: ../../questions/a.yml\nsteps:\n";
    fs::write(package.join("tests/greeting/steps.yml"), format!("{head}{steps}")).unwrap();
    "docassemble/intake/data/tests"
}

fn test(root: &Path, arguments: &[&str]) -> (String, String, Option<i32>) {
    let ran = run(root, &[&["test"], arguments].concat());
    (text(&ran.stdout), text(&ran.stderr), ran.status.code())
}

#[test]
fn what_is_recorded_is_compared_and_the_first_step_that_differs_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let cases = package(root, "  - answer: {name: Ann}\n");
    let new = "FAILED  greeting: nothing is recorded yet; --write records what comes\n";
    assert_eq!(test(root, &[cases]), (new.to_owned(), "da-server: 1 case, 1 failed\n".to_owned(), Some(1)));
    let written = test(root, &[cases, "--write"]);
    assert_eq!(written, ("written greeting (2 steps)\n1 case\n".to_owned(), String::new(), Some(0)));
    let recorded = fs::read_to_string(root.join(cases).join("greeting/snapshots/walk.snap")).unwrap();
    assert!(recorded.starts_with("Whoever says a name is greeted.\n\n--- begin\nquestionType: fields\n"), "{recorded}");
    assert_eq!(test(root, &[cases]), ("ok      greeting (2 steps)\n1 case\n".to_owned(), String::new(), Some(0)));

    let questions = root.join("docassemble/intake/data/questions/a.yml");
    fs::write(&questions, INTERVIEW.replace("Hello", "Good morning")).unwrap();
    let told = "FAILED  greeting, step 2, answer {name: Ann}\n  (Whoever says a name is greeted.)\n    \
                questionType: deadend\n    questionName: Question_0\n  expected:\n    questionText: Hello, Ann!\n    \
                steps: 2\n    mandatory: true\n    allow_going_back: true\n  came:\n    questionText: Good morning, Ann!\n    \
                steps: 2\n    mandatory: true\n    allow_going_back: true\n";
    assert_eq!(test(root, &[cases]), (told.to_owned(), "da-server: 1 case, 1 failed\n".to_owned(), Some(1)));
    let (json, _, status) = test(root, &[cases, "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&json).unwrap();
    let seen = [&told[0]["case"], &told[0]["result"], &told[0]["step"], &told[0]["title"]];
    assert_eq!(seen, [&"greeting".into(), &"failed".into(), &2.into(), &serde_json::json!("answer {name: Ann}")]);
    assert_eq!(status, Some(1));
}

#[test]
fn a_step_that_the_screen_does_not_allow_is_told_with_its_number() {
    let folder = tempfile::tempdir().unwrap();
    let cases = package(folder.path(), "  - answer: {age: 7}\n");
    let told = "FAILED  greeting, step 2, answer {age: 7}\n  the screen does not ask for `age`; it asks for `name`\n";
    let came = test(folder.path(), &[cases]);
    assert_eq!(came, (told.to_owned(), "da-server: 1 case, 1 failed\n".to_owned(), Some(1)));
    let cases = package(folder.path(), "  - jump\n");
    let told = "FAILED  greeting\n  steps.yml: jump is no step\n";
    assert_eq!(test(folder.path(), &[cases]).0, told);
}

#[test]
fn a_folder_without_cases_is_no_success() {
    let folder = tempfile::tempdir().unwrap();
    let none = "da-server: there is no case: no folder has a steps.yml\n";
    assert_eq!(test(folder.path(), &["."]), (String::new(), none.to_owned(), Some(1)));
}

#[test]
fn the_cases_of_this_server_are_cases_like_any_other() {
    let folder = tempfile::tempdir().unwrap();
    let cases = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/interviews");
    let (shown, complaint, status) = test(folder.path(), &[cases]);
    assert_eq!((complaint.as_str(), status), ("", Some(0)), "{shown}");
}
