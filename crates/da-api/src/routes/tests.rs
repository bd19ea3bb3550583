//! The contract of `fixtures/contract` against the table, the refusals and the parameters, in both directions.

use super::*;
use crate::openapi::GENERAL;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const CONTRACT: &str = include_str!("../../../../fixtures/contract/routes.tsv");
const UNCOVERED: &str = include_str!("../../../../fixtures/contract/uncovered_routes.txt");
const UNCOVERED_ERRORS: &str = include_str!("../../../../fixtures/contract/uncovered_errors.txt");

/// So many routes and refusals were not there when this was last looked at: whoever builds one lowers it.
const MOST_UNCOVERED: (usize, usize) = (0, 0);

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

/// A line of the contract: the route, and its other columns.
fn contract() -> Vec<(String, Vec<&'static str>)> {
    let read = |line: &'static str| {
        let columns: Vec<&str> = line.split('\t').map(|column| if column == "-" { "" } else { column }).collect();
        assert_eq!(columns.len(), 6, "{line}");
        (format!("{}\t{}", columns[0], columns[1]), columns[2..].to_vec())
    };
    lines(CONTRACT).map(read).collect()
}

#[test]
fn the_table_has_the_routes_of_the_contract_but_those_that_are_told_to_be_missing() {
    let mut ours: Vec<String> = Vec::new();
    for entry in TABLE {
        assert_eq!(entry.methods.len(), entry.routes.len(), "{}", entry.path);
        let path = entry.path.replace('{', "<").replace('}', ">");
        ours.extend(entry.methods.iter().map(|method| format!("{method}\t{path}")));
    }
    ours.extend(lines(UNCOVERED).map(str::to_owned));
    let mut theirs: Vec<String> = contract().into_iter().map(|(route, _)| route).collect();
    ours.sort();
    theirs.sort();
    assert_eq!(ours, theirs);
}

#[test]
fn what_is_missing_only_shrinks() {
    let missing = (lines(UNCOVERED).count(), lines(UNCOVERED_ERRORS).count());
    assert_eq!(missing, MOST_UNCOVERED);
}

#[test]
fn every_refusal_stands_at_a_route_and_every_route_names_refusals_that_there_are() {
    let ours: BTreeSet<&str> = ApiError::all().iter().map(|(name, _)| *name).collect();
    let known: BTreeSet<&str> = ours.iter().copied().chain(lines(UNCOVERED_ERRORS)).collect();
    let mut named: BTreeSet<&str> = GENERAL.into_iter().collect();
    for (_, columns) in contract() {
        named.extend(columns[3].split_whitespace());
    }
    assert_eq!(named, known);
}

/// All sources of the desks.
fn sources(folder: &Path) -> String {
    let mut all = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all += &sources(&path);
        } else if path.file_name().is_some_and(|name| name != "tests.rs") {
            all += &fs::read_to_string(&path).unwrap();
        }
    }
    all
}

#[test]
fn every_parameter_of_the_contract_is_read_and_no_other_is() {
    let source = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let missing: BTreeSet<&str> = lines(UNCOVERED).collect();
    let mut named: BTreeSet<&str> = BTreeSet::new();
    for (route, columns) in contract() {
        let parameters = columns[1].split_whitespace().map(|name| name.trim_end_matches('?'));
        named.extend(parameters.clone());
        for name in parameters.filter(|_| !missing.contains(route.as_str())) {
            assert!(source.contains(&format!("\"{name}\"")), "{route} does not read {name}");
        }
    }
    for ask in [".filled(\"", ".text(\"", ".flag(\"", ".get(\""] {
        for rest in source.split(ask).skip(1) {
            let name = rest.split('"').next().unwrap();
            assert!(named.contains(name) || name == "user_id", "{name} is read and stands at no route");
        }
    }
}
