//! `explain`: why an interview comes to its screens.

use std::fs;

use crate::process::{run, text};

const CASE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/interviews/why_a_screen_is_reached");

#[test]
fn every_step_of_a_case_tells_which_blocks_were_tried_and_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let explained = run(folder.path(), &["explain", CASE]);
    assert_eq!((text(&explained.stderr).as_str(), explained.status.code()), ("", Some(0)));
    let expected = fs::read_to_string(format!("{CASE}/reasons.txt")).unwrap();
    assert_eq!(text(&explained.stdout), expected);
}

#[test]
fn an_interview_is_begun_and_variables_are_set() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.yml"), "mandatory: True\nquestion: ${ a } and ${ b }\n").unwrap();
    let explained = run(folder.path(), &["explain", "a.yml", "--set", "a=1", "--step", "2"]);
    let told = "step 2, set a\npass 1 over the blocks\n  Question_0 (a.yml:1) is due, because it is mandatory\n  \
                Question_0 (a.yml:1) needs b\n    nothing else defines b\n=> nothing defines b\n";
    assert_eq!((text(&explained.stdout).as_str(), text(&explained.stderr).as_str()), (told, ""));
    let explained = run(folder.path(), &["explain", "a.yml", "--step", "1", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&text(&explained.stdout)).unwrap();
    let needed = serde_json::json!({
        "depth": 0, "what": "needed", "variable": "a", "block": "Question_0", "line": 1,
        "file": "docassemble.here:data/questions/a.yml",
    });
    assert_eq!(told[0]["explanation"]["steps"][2], needed);
    let refused = run(folder.path(), &["explain", "a.yml", "--set", "open('x')=1"]);
    let told = "error: invalid value 'open('x')=1' for '--set <NAME=VALUE>': open('x') is not the name of a variable\n";
    assert!(text(&refused.stderr).starts_with(told), "{}", text(&refused.stderr));
}
