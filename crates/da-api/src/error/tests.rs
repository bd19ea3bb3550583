//! The texts and statuses against the contract, in both directions.

use super::*;

const CONTRACT: &str = include_str!("../../../../fixtures/contract/api_errors.tsv");

/// One of each. The compiler makes sure that `position` has an arm for a new variant.
fn all() -> Vec<ApiError> {
    let why = || "{text}".to_owned();
    let all = vec![
        ApiError::AccessDenied,
        ApiError::NeedsInterview,
        ApiError::NeedsSession,
        ApiError::NoDictionary,
        ApiError::CannotDecrypt,
        ApiError::CannotGoBack,
        ApiError::MalformedVariables,
        ApiError::VariablesNotADict,
        ApiError::MalformedFileVariables,
        ApiError::FileVariablesNotADict,
        ApiError::MalformedDeleteVariables,
        ApiError::DeleteVariablesNotAList,
        ApiError::MalformedEventList,
        ApiError::EventListNotAList,
        ApiError::SettingVariables(why()),
        ApiError::MarkingQuestion,
        ApiError::Assembling(why()),
        ApiError::Starting(why()),
        ApiError::NeedsEmail,
        ApiError::EmptyPassword,
        ApiError::PrivilegesNotAList,
        ApiError::InvalidPrivilege,
        ApiError::EmailTaken,
        ApiError::ObtainingUser,
        ApiError::NoUser,
        ApiError::UserIdNotInteger,
        ApiError::PasswordNeedsAdmin,
        ApiError::SettingNeedsAdmin,
        ApiError::NeedsPrivilege,
        ApiError::PrivilegeTaken,
        ApiError::NoPrivilege,
        ApiError::PrivilegeHeld,
        ApiError::PrivilegeNotHeld,
        ApiError::BadAccount(why()),
        ApiError::NotHere("{text}"),
        ApiError::BrokenBody,
        ApiError::TooLarge,
        ApiError::TooSlow,
        ApiError::NoRoute,
        ApiError::NoMethod,
        ApiError::Conflict,
        ApiError::Busy,
        ApiError::Internal,
    ];
    for (place, error) in all.iter().enumerate() {
        assert_eq!(position(error), place, "{error:?}");
    }
    all
}

fn position(error: &ApiError) -> usize {
    match error {
        ApiError::AccessDenied => 0,
        ApiError::NeedsInterview => 1,
        ApiError::NeedsSession => 2,
        ApiError::NoDictionary => 3,
        ApiError::CannotDecrypt => 4,
        ApiError::CannotGoBack => 5,
        ApiError::MalformedVariables => 6,
        ApiError::VariablesNotADict => 7,
        ApiError::MalformedFileVariables => 8,
        ApiError::FileVariablesNotADict => 9,
        ApiError::MalformedDeleteVariables => 10,
        ApiError::DeleteVariablesNotAList => 11,
        ApiError::MalformedEventList => 12,
        ApiError::EventListNotAList => 13,
        ApiError::SettingVariables(_) => 14,
        ApiError::MarkingQuestion => 15,
        ApiError::Assembling(_) => 16,
        ApiError::Starting(_) => 17,
        ApiError::NeedsEmail => 18,
        ApiError::EmptyPassword => 19,
        ApiError::PrivilegesNotAList => 20,
        ApiError::InvalidPrivilege => 21,
        ApiError::EmailTaken => 22,
        ApiError::ObtainingUser => 23,
        ApiError::NoUser => 24,
        ApiError::UserIdNotInteger => 25,
        ApiError::PasswordNeedsAdmin => 26,
        ApiError::SettingNeedsAdmin => 27,
        ApiError::NeedsPrivilege => 28,
        ApiError::PrivilegeTaken => 29,
        ApiError::NoPrivilege => 30,
        ApiError::PrivilegeHeld => 31,
        ApiError::PrivilegeNotHeld => 32,
        ApiError::BadAccount(_) => 33,
        ApiError::NotHere(_) => 34,
        ApiError::BrokenBody => 35,
        ApiError::TooLarge => 36,
        ApiError::TooSlow => 37,
        ApiError::NoRoute => 38,
        ApiError::NoMethod => 39,
        ApiError::Conflict => 40,
        ApiError::Busy => 41,
        ApiError::Internal => 42,
    }
}

#[test]
fn texts_and_statuses_are_those_of_the_contract_and_the_contract_has_no_others() {
    let name = |error: &ApiError| format!("{error:?}").split('(').next().unwrap().to_owned();
    let ours: Vec<String> = all()
        .iter()
        .map(|error| {
            let texts = [Edition::Documented, Edition::Later].map(|edition| error.text(edition));
            format!("{}\t{}\t{}\t{}", name(error), error.status().as_u16(), texts[0], texts[1])
        })
        .collect();
    let contract: Vec<&str> = CONTRACT.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(ours, contract);
}
