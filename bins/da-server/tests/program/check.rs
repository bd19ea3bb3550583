//! `check`: what an author is told about an interview.

use std::fs;

use crate::process::{run, text};

#[test]
fn every_fault_is_told_with_its_line_and_a_caret() {
    let folder = tempfile::tempdir().unwrap();
    let interview = "question: Fruit?\nfields:\n  - Fruit: fruit\n---\nmandatory: True\ncode: |\n  if fruit == 'apple' and:\n    done\n---\n\
                     question: Bye\nsubquestio: now\nmandatory: True\n";
    fs::write(folder.path().join("a.yml"), interview).unwrap();
    let checked = run(folder.path(), &["check", "a.yml"]);
    let told = "a.yml:7: error: invalid syntax: if fruit == 'apple' and: [python]\n    \
                if fruit == 'apple' and:\n                           ^\n\
                a.yml:11: warning: The key 'subquestio' is not one that a block can have. [block]\n";
    assert_eq!(text(&checked.stdout), told);
    assert_eq!(
        (text(&checked.stderr).as_str(), checked.status.code()),
        ("da-server: 1 error, 1 warning, 0 notes\n", Some(1))
    );
}

#[test]
fn warnings_fail_only_when_one_is_strict_and_findings_come_as_json() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.yml"), "mandatory: True\nquestion: ${ nobody }\n").unwrap();
    let checked = run(folder.path(), &["check", "a.yml", "--format", "json"]);
    let told = "[{\"severity\":\"warning\",\"kind\":\"undefined-name\",\"file\":\"a.yml\",\
                \"line\":2,\"message\":\"Nothing defines 'nobody'.\"}]\n";
    assert_eq!((text(&checked.stdout).as_str(), checked.status.code()), (told, Some(0)));
    let strict = run(folder.path(), &["check", "a.yml", "--strict"]);
    assert_eq!(
        (text(&strict.stderr).as_str(), strict.status.code()),
        ("da-server: 0 errors, 1 warning, 0 notes\n", Some(1))
    );
}

#[test]
fn the_compiled_in_demonstration_has_nothing_to_find() {
    let folder = tempfile::tempdir().unwrap();
    let checked = run(folder.path(), &["check", "docassemble.demo:data/questions/questions.yml"]);
    assert_eq!((text(&checked.stdout).as_str(), checked.status.code()), ("0 errors, 0 warnings, 0 notes\n", Some(0)));
}
