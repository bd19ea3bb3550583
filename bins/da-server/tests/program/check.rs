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
                a.yml:11: warning: The key 'subquestio' is not one that a block can have. Did you mean 'subquestion'? [block]\n    \
                subquestio: now\n    ^\n";
    assert_eq!(text(&checked.stdout), told);
    assert_eq!(
        (text(&checked.stderr).as_str(), checked.status.code()),
        ("da-server: 1 error, 1 warning, 0 notes\n", Some(1))
    );
}

#[test]
fn files_of_a_package_are_told_by_their_paths_when_the_interview_was() {
    let folder = tempfile::tempdir().unwrap();
    let package = folder.path().join("site/docassemble/mine");
    fs::create_dir_all(package.join("data/questions")).unwrap();
    fs::write(package.join("__init__.py"), "").unwrap();
    fs::write(package.join("data/questions/a.yml"), "include: b.yml\n---\nmandatory: True\nquestion: ${ gone }\n")
        .unwrap();
    fs::write(package.join("data/questions/b.yml"), "question: B\nyesno: b\nfieldz: 1\n").unwrap();
    let first_words = |path: &str| {
        let told = text(&run(folder.path(), &["check", path, "--packages", "site"]).stdout);
        told.lines()
            .filter_map(|line| line.split_once(": warning"))
            .map(|(place, _)| place.to_owned())
            .collect::<Vec<_>>()
    };
    let path = "site/docassemble/mine/data/questions";
    assert_eq!(first_words(&format!("{path}/a.yml")), [format!("{path}/a.yml:4"), format!("{path}/b.yml:3")]);
    let name = "docassemble.mine:data/questions";
    assert_eq!(first_words(&format!("{name}/a.yml")), [format!("{name}/a.yml:4"), format!("{name}/b.yml:3")]);
}

#[test]
fn a_fault_in_a_text_is_told_with_its_line_and_a_caret() {
    let folder = tempfile::tempdir().unwrap();
    let interview = "mandatory: True\nquestion: |\n  Hello,\n  dear ${ name + }!\n---\nquestion: ${ (a\nyesno: b\n";
    fs::write(folder.path().join("a.yml"), interview).unwrap();
    let checked = run(folder.path(), &["check", "a.yml"]);
    let told = "a.yml:4: error: invalid syntax [template]\n    dear ${ name + }!\n                  ^\n\
                a.yml:6: error: this ${ is not closed: expected } [template]\n    question: ${ (a\n              ^\n";
    assert_eq!(text(&checked.stdout), told);
}

#[test]
fn whoever_names_an_interview_that_is_nowhere_is_told_where_it_could_be() {
    let folder = tempfile::tempdir().unwrap();
    let name = "docassemble.mine:data/questions/a.yml";
    let told = format!(
        "{name}: error: Interview {name} not found [missing-file]\n    \
         Packages are looked for in the folders that --packages DIR (or DA_PACKAGES) names; none is named.\n"
    );
    assert_eq!(text(&run(folder.path(), &["check", name]).stdout), told);
    let told = format!("{name}: error: Interview {name} not found [missing-file]\n");
    assert_eq!(text(&run(folder.path(), &["check", name, "--packages", "."]).stdout), told);
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

#[test]
fn packages_below_a_folder_tell_what_parses_and_which_imports_are_missing() {
    let folder = tempfile::tempdir().unwrap();
    let package = folder.path().join("docassemble-x/docassemble/x");
    fs::create_dir_all(package.join("data/questions")).unwrap();
    fs::write(package.join("__init__.py"), "").unwrap();
    fs::write(package.join("tools.py"), "import json, sqlalchemy\nfrom .gone import a\nraise ValueError\n").unwrap();
    fs::write(package.join("data/questions/a.yml"), "modules:\n  - .tools\n---\ncode: import pandas\n").unwrap();
    let checked = run(folder.path(), &["check", "--imports", "."]);
    let told = "docassemble.x: 3 of 3 files parse, with 3 pieces of Python\n\
                docassemble.x:tools.py:2: missing: docassemble.x.gone\n\
                docassemble.x:data/questions/a.yml:4: missing: pandas\n\
                docassemble.x:tools.py:1: missing: sqlalchemy\n\
                1 package, 0 files that do not parse, 3 imports missing\n";
    assert_eq!((text(&checked.stdout).as_str(), checked.status.code()), (told, Some(0)), "{}", text(&checked.stderr));
    fs::write(package.join("tools.py"), "x = (\n").unwrap();
    let checked = run(folder.path(), &["check", "--imports", ".", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&text(&checked.stdout)).unwrap();
    assert_eq!((&told[0]["parse"], &told[0]["missing"][0]["module"]), (&2.into(), &"pandas".into()));
    let summary = "da-server: 1 package, 1 file that does not parse, 1 import missing\n";
    assert_eq!((text(&checked.stderr).as_str(), checked.status.code()), (summary, Some(1)));
}
