//! Findings of small interviews, a line each.

use super::*;
use crate::source::Texts;

/// The findings about an interview, a line each.
fn findings(files: Vec<(&'static str, &'static str)>) -> Vec<String> {
    let with = |texts: Texts, (path, text)| texts.with("docassemble.x", path, text);
    let shelf: Arc<dyn Sources> = Arc::new(files.into_iter().fold(Texts::default(), with));
    let name = InterviewName::parse("docassemble.x:data/questions/a.yml").unwrap();
    let checked = Engine::new().unwrap().check(&name, &shelf);
    let line = |finding: &Finding| {
        let file = finding.file.rsplit('/').next().unwrap_or_default();
        let line = finding.line.map_or_else(String::new, |line| format!(":{line}"));
        format!("{file}{line} {} {}: {}", finding.severity.name(), finding.kind, finding.message)
    };
    checked.findings.iter().map(line).collect()
}

fn of(text: &'static str) -> Vec<String> {
    findings(vec![("data/questions/a.yml", text)])
}

#[test]
fn an_interview_in_order_has_no_findings() {
    let text = "modules:\n  - .rules\n---\nobjects:\n  - client: Individual\n---\nmandatory: True\ncode: |\n  total = limit(client.age)\n  \
                if wants_more:\n    done\n---\nquestion: |\n  Hello ${ client }\nfields:\n  - Age: client.age\n    datatype: integer\n---\n\
                question: More?\nyesno: wants_more\n---\nevent: done\nquestion: |\n  ${ total } \n  % for item in [1, 2]:\n  ${ item }\n  % endfor\n";
    let files = vec![("data/questions/a.yml", text), ("rules.py", "def limit(age):\n    return age * 2\n")];
    assert_eq!(findings(files), Vec::<String>::new());
}

#[test]
fn every_fault_is_told_not_only_the_first() {
    let text = "question: A\nyesno: a\nnoyes: b\n---\nmandatory: True\ncode: |\n  a = (1,\n---\nquestion: ${ a +\n---\n- list\n---\ninclude:\n  - none.yml\n";
    assert_eq!(
        of(text),
        [
            "a.yml:1 error block: There can be only one of yesno, noyes in a block.",
            "a.yml:7 error python: '(' was never closed: a = (1,",
            "a.yml:9 error template: this ${ is not closed: expected }",
            "a.yml:11 error yaml: A block must be in the form of a dictionary.",
            "a.yml:14 error block: Question file none.yml not found",
        ]
    );
}

#[test]
fn a_name_that_nothing_defines_is_told_with_what_may_have_been_meant() {
    let text = "mandatory: True\ncode: |\n  if favourite_fruit == 'apple':\n    unheard_of\n  del favourite_fruit\n---\n\
                question: Fruit?\nfields:\n  - Fruit: favorite_fruit\n---\nquestion: ${ unheard_of }\nyesno: x.is_worthy\ngeneric object: Person\n";
    assert_eq!(
        of(text),
        [
            "a.yml:3 warning undefined-name: Nothing defines 'favourite_fruit'. Did you mean 'favorite_fruit'?",
            "a.yml:4 warning undefined-name: Nothing defines 'unheard_of'.",
            "a.yml:7 note never-asked: Nothing in the interview asks for what this block defines: favorite_fruit.",
            "a.yml:11 note never-asked: Nothing in the interview asks for what this block defines: x.is_worthy.",
        ]
    );
}

#[test]
fn ids_that_stand_twice_unknown_keys_and_missing_modules_are_told() {
    let text = "id: one\nmandatory: True\nquestion: A\nsubquestio: B\n---\nid: one\nlanguage: es\nquestion: C\nyesno: b\n---\nid: one\ncode: b = 1\n";
    assert_eq!(
        of(text),
        [
            "a.yml:4 warning block: The key 'subquestio' is not one that a block can have. Did you mean 'subquestion'?",
            "a.yml:11 warning duplicate-id: The id 'one' is already that of the block at docassemble.x:data/questions/a.yml, line 1.",
        ]
    );
    let missing = of("modules:\n  - .none\n");
    assert_eq!(
        missing,
        [
            "a.yml:1 error python: The module docassemble.x.none, which the interview imports, failed: ModuleNotFoundError: No module named 'docassemble.x'"
        ]
    );
}

/// The line of each finding with a caret below the place, as they are shown.
fn pointed(text: &'static str) -> Vec<String> {
    let shelf: Arc<dyn Sources> = Arc::new(Texts::default().with("docassemble.x", "data/questions/a.yml", text));
    let name = InterviewName::parse("docassemble.x:data/questions/a.yml").unwrap();
    let checked = Engine::new().unwrap().check(&name, &shelf);
    let shown = |finding: &Finding| {
        let (line, column) = finding.pointed(&*shelf).unwrap_or_default();
        format!("{line}|{}^", " ".repeat(column))
    };
    checked.findings.iter().map(shown).collect()
}

#[test]
fn the_very_place_of_a_key_or_value_is_known() {
    let text = "mandatory: True\nquestion: A\nsubquestio: B\nfields:\n\t- Age: age\n    grid: {wdith: 5}\n---\nquestion: B\nfields: none\n---\n\
                allowed to set: |\n  first second\nquestion: C\n---\nrequire: a\n";
    assert_eq!(
        pointed(text),
        [
            "subquestio: B|^",
            "grid: {wdith: 5}|       ^",
            "fields: none|        ^",
            "first second|      ^",
            "require: a|         ^"
        ]
    );
    let misspelt = "mandatory: True\nquestion: A\nfields:\n  - Age: age\n    datatype: intger\n";
    assert_eq!(pointed(misspelt), ["datatype: intger|          ^"]);
    assert_eq!(pointed("# use jinja\nmandatory: True\nquestion: A\nsubquestio: B\n"), ["|^"]);
}

#[test]
fn a_misspelt_key_of_a_field_is_told_with_what_may_have_been_meant() {
    let text = "mandatory: True\nquestion: A\nfields:\n  - Age: age\n    datatyp: integer\n---\nquestion: B\nfields:\n  - defualt: 5\n    \
                Fee: fee\n---\nquestion: C\nfields:\n  - label: Name\n    fieldz: name\n---\nmandatory: True\nquestion: D\nfields:\n  - notes: remarks\n  - Mine: mine\n    Yours: yours\n";
    assert_eq!(
        of(text),
        [
            "a.yml:5 error block: A field has two labels, or 'datatyp' is not something that a field can have. Did you mean 'datatype'?",
            "a.yml:9 error block: Missing or invalid variable name 5. Did you mean 'default'?",
            "a.yml:15 warning block: The field has a label, and 'fieldz' is taken for another. Did you mean 'field'?",
            "a.yml:22 error block: A field has two labels, or 'Yours' is not something that a field can have.",
        ]
    );
}

#[test]
fn packages_that_are_not_here_are_told_and_no_fault() {
    let text = "modules:\n  - .courts\n---\nmandatory: True\nquestion: ${ town }\n";
    let module = "import pandas as pd\nfrom sqlalchemy.orm import Session\n\ndef court():\n    import openpyxl\n";
    assert_eq!(
        findings(vec![("data/questions/a.yml", text), ("courts.py", module)]),
        [
            "a.yml warning absent-package: A module imports pandas, which this server does not have: what needs it will fail.",
            "a.yml warning absent-package: A module imports sqlalchemy, which this server does not have: what needs it will fail.",
            "a.yml:5 warning undefined-name: Nothing defines 'town'.",
        ]
    );
}

#[test]
fn a_datatype_of_a_package_may_be_told_what_it_wants() {
    let text = "modules:\n  - .types\n---\nmandatory: True\nquestion: A\nfields:\n  - Birthday: birthday\n    datatype: ThreeParts\n    monthLabel: M\n";
    let module = "from docassemble.base.util import CustomDataType\n\nclass ThreeParts(CustomDataType):\n    name = 'ThreeParts'\n    parameters = ['monthLabel']\n";
    assert_eq!(findings(vec![("data/questions/a.yml", text), ("types.py", module)]), Vec::<String>::new());
    let misspelt = "modules:\n  - .types\n---\nmandatory: True\nquestion: A\nfields:\n  - Birthday: birthday\n    datatype: ThreePart\n  - Age: age\n    \
         datatype: intger\n  - Fee: fee\n    datatype: sum\n";
    assert_eq!(
        findings(vec![("data/questions/a.yml", misspelt), ("types.py", module)]),
        [
            "a.yml:8 warning unknown-datatype: There is no datatype 'ThreePart'. Did you mean 'ThreeParts'?",
            "a.yml:10 warning unknown-datatype: There is no datatype 'intger'. Did you mean 'integer'?",
            "a.yml:12 warning unknown-datatype: There is no datatype 'sum'.",
        ]
    );
    let unknown =
        "mandatory: True\nquestion: A\nfields:\n  - Birthday: birthday\n    datatype: date\n    monthLabel: M\n";
    let told = "a.yml:6 error block: A field has two labels, or 'monthLabel' is not something that a field can have.";
    assert_eq!(of(unknown), [told]);
}

#[test]
fn an_item_is_asked_for_by_whoever_mentions_the_group() {
    let text = "objects:\n  - fruit: DAList\n---\nmandatory: True\nquestion: ${ fruit }\n---\nquestion: A\nfields:\n  - Fruit: fruit[i]\n---\n\
                question: B\nyesno: fruit.there_is_another\n---\nquestion: C\nyesno: vegetable[i]\n";
    assert_eq!(
        of(text),
        ["a.yml:14 note never-asked: Nothing in the interview asks for what this block defines: vegetable[i]."]
    );
}

#[test]
fn what_is_no_yaml_is_told_with_what_was_probably_meant() {
    let cases = [
        (
            "question: Hi: there\n",
            "a text with a colon and a blank in it has to stand in quotes, or on lines of its own below `key: |`",
        ),
        ("question Hi\nyesno: a\n", "the line above has no colon behind its key, or this line is indented too far"),
        ("question: Hi\n yesno: a\n", "the line above has no colon behind its key, or this line is indented too far"),
        ("question: @home\n", "a text that begins with @ has to stand in quotes"),
        ("question: *star\n", "a text that begins with * has to stand in quotes"),
        ("question: {a} b\n", "a text that begins with { has to stand in quotes as a whole"),
        ("code: |\n  a = 1\n b = 2\n", "this line is indented otherwise than the lines of its block"),
        ("fields:\n  - A: a\n   - B: b\n", "all items of a list stand at the same distance from the edge"),
        ("question: [a, b\nyesno: x\n", "a bracket above, [ or {, is not closed"),
        ("question: \"Hi\nyesno: a\n", "a quotation mark is not closed"),
    ];
    for (text, advice) in cases {
        let found = of(text);
        assert!(found[0].contains(" error yaml: ") && found[0].ends_with(&format!(" ({advice})")), "{text}: {found:?}");
    }
    assert!(of("question: A\nquestion: B\n")[0].ends_with("error yaml: found duplicate key \"question\""));
}
