//! [`ApiError`]: everything that the API refuses, a variant for each documented text.
//!
//! The texts are a contract (`fixtures/contract/api_errors.tsv`). The cause of a failure is for the log; no client sees it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use da_app::{AppError, Fault};
use da_http::BodyError;

/// Whose shapes and texts the API answers with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Edition {
    /// The documentation's.
    #[default]
    Documented,
    /// Those of docassemble 1.10.
    Later,
}

/// What the API refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApiError {
    /// The key did not authenticate, or a privilege is lacking.
    AccessDenied,
    /// `i` is missing.
    NeedsInterview,
    /// `i` or `session` is missing.
    NeedsSession,
    /// There is no such session.
    NoDictionary,
    /// The secret does not open it.
    CannotDecrypt,
    /// It is at its first step.
    CannotGoBack,
    /// `variables` is not JSON.
    MalformedVariables,
    /// `variables` is not an object.
    VariablesNotADict,
    /// `file_variables` is not JSON.
    MalformedFileVariables,
    /// `file_variables` is not an object.
    FileVariablesNotADict,
    /// `delete_variables` is not JSON.
    MalformedDeleteVariables,
    /// `delete_variables` is not an array.
    DeleteVariablesNotAList,
    /// `event_list` is not JSON.
    MalformedEventList,
    /// `event_list` is not an array.
    EventListNotAList,
    /// A name cannot be assigned or deleted.
    SettingVariables(String),
    /// There is no question of that name.
    MarkingQuestion,
    /// The interview failed.
    Assembling(String),
    /// The interview cannot be started.
    Starting(String),
    /// A part of the API that this server does not have.
    NotHere(&'static str),
    /// A body that cannot be read.
    BrokenBody,
    /// A body that is too large.
    TooLarge,
    /// A body that takes too long.
    TooSlow,
    /// No such address.
    NoRoute,
    /// Not with this method.
    NoMethod,
    /// Somebody else changed it.
    Conflict,
    /// Too much is going on.
    Busy,
    /// A fault of the server.
    Internal,
}

impl ApiError {
    /// The status that it is answered with.
    pub fn status(&self) -> StatusCode {
        match self {
            ApiError::AccessDenied => StatusCode::FORBIDDEN,
            ApiError::NeedsInterview
            | ApiError::NeedsSession
            | ApiError::NoDictionary
            | ApiError::CannotDecrypt
            | ApiError::CannotGoBack
            | ApiError::MalformedVariables
            | ApiError::VariablesNotADict
            | ApiError::MalformedFileVariables
            | ApiError::FileVariablesNotADict
            | ApiError::MalformedDeleteVariables
            | ApiError::DeleteVariablesNotAList
            | ApiError::MalformedEventList
            | ApiError::EventListNotAList
            | ApiError::SettingVariables(_)
            | ApiError::MarkingQuestion
            | ApiError::Assembling(_)
            | ApiError::Starting(_)
            | ApiError::NotHere(_)
            | ApiError::BrokenBody => StatusCode::BAD_REQUEST,
            ApiError::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            ApiError::TooSlow => StatusCode::REQUEST_TIMEOUT,
            ApiError::NoRoute => StatusCode::NOT_FOUND,
            ApiError::NoMethod => StatusCode::METHOD_NOT_ALLOWED,
            ApiError::Conflict => StatusCode::CONFLICT,
            ApiError::Busy => StatusCode::SERVICE_UNAVAILABLE,
            ApiError::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The text, in the words of an edition.
    pub fn text(&self, edition: Edition) -> String {
        let later = edition == Edition::Later;
        let text = match self {
            ApiError::AccessDenied => return if later { "Access denied." } else { "Access Denied" }.to_owned(),
            ApiError::NeedsInterview => "Parameter i is required",
            ApiError::NeedsSession => "Parameters i and session are required",
            ApiError::NoDictionary => "Unable to obtain interview dictionary",
            ApiError::CannotDecrypt => "Unable to decrypt interview dictionary",
            ApiError::CannotGoBack => "Cannot go back",
            ApiError::MalformedVariables => "Malformed variables",
            ApiError::VariablesNotADict => "Variables data is not a dict",
            ApiError::MalformedFileVariables => "Malformed list of file variables",
            ApiError::FileVariablesNotADict => "File variables data is not a dict",
            ApiError::MalformedDeleteVariables => "Malformed list of delete variables",
            ApiError::DeleteVariablesNotAList => "Delete variables data is not a list",
            ApiError::EventListNotAList if !later => "Event list data is not a list",
            ApiError::MalformedEventList | ApiError::EventListNotAList => "Malformed event list",
            ApiError::SettingVariables(why) if later => return format!("Problem setting variables:{why}"),
            ApiError::MarkingQuestion if later => return "Problem marking question as completed".to_owned(),
            ApiError::SettingVariables(_) | ApiError::MarkingQuestion => "Problem setting variables",
            ApiError::Assembling(why) if later => return format!("Failure to assemble interview: {why}"),
            ApiError::Assembling(_) => "Failure to assemble interview",
            ApiError::Starting(why) => return why.clone(),
            ApiError::NotHere(what) => return format!("This server does not support {what} yet."),
            ApiError::BrokenBody => "The body of the request cannot be read",
            ApiError::TooLarge => "The request is larger than this server accepts",
            ApiError::TooSlow => "The request took too long to arrive",
            ApiError::NoRoute => "There is nothing at this address",
            ApiError::NoMethod => "This address does not answer to this method",
            ApiError::Conflict => "Somebody else changed this meanwhile",
            ApiError::Busy => "The server is busy",
            ApiError::Internal => "The server could not do this",
        };
        if later { format!("{text}.") } else { text.to_owned() }
    }

    /// The answer: a JSON string.
    pub(crate) fn response(&self, edition: Edition) -> HttpResponse {
        HttpResponse::build(self.status()).json(self.text(edition))
    }
}

/// A refusal with its cause, which is logged once, at the reply.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) error: ApiError,
    cause: Option<AppError>,
}

impl Refusal {
    /// What a failure to start an interview is: its text is the interview's own.
    pub(crate) fn starting(cause: AppError) -> Self {
        match cause.fault {
            Fault::NoInterview | Fault::NotAllowed | Fault::BrokenInterview | Fault::Interview => {
                Refusal { error: ApiError::Starting(cause.public().to_owned()), cause: Some(cause) }
            }
            _ => cause.into(),
        }
    }

    /// The fault behind it.
    pub(crate) fn fault(&self) -> Option<Fault> {
        self.cause.as_ref().map(|cause| cause.fault)
    }

    /// Writes the cause to the log.
    pub(crate) fn log(&self) {
        let Some(cause) = &self.cause else { return };
        let why = cause.cause().map(ToString::to_string).unwrap_or_default();
        match cause.fault {
            Fault::Internal => tracing::error!(target: "api", fault = ?cause.fault, "{cause} {why}"),
            Fault::Interview | Fault::BrokenInterview | Fault::Sealed => {
                tracing::warn!(target: "api", fault = ?cause.fault, "{cause} {why}");
            }
            _ => tracing::debug!(target: "api", fault = ?cause.fault, "{cause} {why}"),
        }
    }
}

impl From<ApiError> for Refusal {
    fn from(error: ApiError) -> Self {
        Refusal { error, cause: None }
    }
}

impl From<AppError> for Refusal {
    fn from(cause: AppError) -> Self {
        let error = match cause.fault {
            Fault::NoInterview | Fault::NoSession => ApiError::NoDictionary,
            Fault::Sealed => ApiError::CannotDecrypt,
            Fault::FirstStep => ApiError::CannotGoBack,
            Fault::BadVariables => ApiError::SettingVariables(cause.public().to_owned()),
            Fault::UnknownQuestion => ApiError::MarkingQuestion,
            Fault::Interview | Fault::BrokenInterview | Fault::NotAllowed => {
                ApiError::Assembling(cause.public().to_owned())
            }
            Fault::NoAccess => ApiError::AccessDenied,
            Fault::Busy => ApiError::Busy,
            Fault::Conflict => ApiError::Conflict,
            Fault::NoUser | Fault::Taken | Fault::NoPrivilege | Fault::BadAccount | Fault::Internal => {
                ApiError::Internal
            }
        };
        Refusal { error, cause: Some(cause) }
    }
}

impl From<BodyError> for Refusal {
    fn from(error: BodyError) -> Self {
        match error {
            BodyError::TooLarge => ApiError::TooLarge.into(),
            BodyError::TooSlow => ApiError::TooSlow.into(),
            BodyError::Broken => ApiError::BrokenBody.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTRACT: &str = include_str!("../../../fixtures/contract/api_errors.tsv");

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
            ApiError::NotHere(_) => 18,
            ApiError::BrokenBody => 19,
            ApiError::TooLarge => 20,
            ApiError::TooSlow => 21,
            ApiError::NoRoute => 22,
            ApiError::NoMethod => 23,
            ApiError::Conflict => 24,
            ApiError::Busy => 25,
            ApiError::Internal => 26,
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
}
