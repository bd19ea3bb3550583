//! The texts and statuses against the contract, in both directions, and against the tests over HTTP.

use super::*;
use std::fs;
use std::path::Path;

const CONTRACT: &str = include_str!("../../../../fixtures/contract/api_errors.tsv");
const UNCOVERED: &str = include_str!("../../../../fixtures/contract/uncovered_errors.txt");

#[test]
fn texts_and_statuses_are_those_of_the_contract_and_the_contract_has_no_others() {
    let line = |(name, error): &(&str, ApiError)| {
        let texts = [Edition::Documented, Edition::Later].map(|edition| error.text(edition));
        let statuses = [Edition::Documented, Edition::Later].map(|edition| error.status(edition).as_u16().to_string());
        let status = if statuses[0] == statuses[1] { statuses[0].clone() } else { statuses.join("/") };
        format!("{name}\t{status}\t{}\t{}", texts[0], texts[1])
    };
    let ours: Vec<String> = ApiError::all().iter().map(line).collect();
    let is_ours = |line: &&str| {
        let name = line.split('\t').next().unwrap();
        !line.starts_with('#') && UNCOVERED.lines().all(|uncovered| uncovered != name)
    };
    let contract: Vec<&str> = CONTRACT.lines().filter(is_ours).collect();
    assert_eq!(ours, contract);
}

/// What no test over HTTP of this crate can bring about on purpose: the weather of the machine.
const UNPROVOKED: [&str; 4] = ["TooSlow", "Conflict", "Busy", "Internal"];

#[test]
fn every_other_text_is_provoked_over_http() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/api");
    let files = fs::read_dir(folder).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    let tests: String = files.collect();
    for (name, error) in ApiError::all() {
        let text = error.text(Edition::Documented);
        let excused = UNPROVOKED.contains(&name) || text == "{text}";
        assert!(excused || tests.contains(&text.replace("{text}", "")), "{name}: {text}");
    }
}
