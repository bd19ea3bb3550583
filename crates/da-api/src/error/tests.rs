//! The texts and statuses against the contract, in both directions.

use super::*;

const CONTRACT: &str = include_str!("../../../../fixtures/contract/api_errors.tsv");

#[test]
fn texts_and_statuses_are_those_of_the_contract_and_the_contract_has_no_others() {
    let line = |(name, error): &(&str, ApiError)| {
        let texts = [Edition::Documented, Edition::Later].map(|edition| error.text(edition));
        format!("{name}\t{}\t{}\t{}", error.status().as_u16(), texts[0], texts[1])
    };
    let ours: Vec<String> = ApiError::all().iter().map(line).collect();
    let contract: Vec<&str> = CONTRACT.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(ours, contract);
}
