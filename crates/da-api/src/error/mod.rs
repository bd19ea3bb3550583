//! [`ApiError`]: everything that the API refuses, a variant for each documented text.
//!
//! The texts are a contract (`fixtures/contract/api_errors.tsv`). The cause of a failure is for the log; no client sees it.

mod refusal;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

pub(crate) use refusal::Refusal;

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
    /// `username` is missing.
    NeedsEmail,
    /// `password` is empty.
    EmptyPassword,
    /// `privileges` is neither a name nor a list of names.
    PrivilegesNotAList,
    /// One of them does not exist.
    InvalidPrivilege,
    /// The address is taken.
    EmailTaken,
    /// A user could not be read or changed.
    ObtainingUser,
    /// There is no such user.
    NoUser,
    /// The number of a user is none.
    UserIdNotInteger,
    /// A password, from somebody who is no administrator.
    PasswordNeedsAdmin,
    /// Somebody else's account, from somebody who is no administrator.
    SettingNeedsAdmin,
    /// `privilege` is missing.
    NeedsPrivilege,
    /// There is such a privilege already.
    PrivilegeTaken,
    /// There is no such privilege.
    NoPrivilege,
    /// The user holds it already.
    PrivilegeHeld,
    /// The user does not hold it.
    PrivilegeNotHeld,
    /// An address or a password that cannot be one.
    BadAccount(String),
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
            ApiError::AccessDenied | ApiError::PasswordNeedsAdmin => StatusCode::FORBIDDEN,
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
            | ApiError::NeedsEmail
            | ApiError::EmptyPassword
            | ApiError::PrivilegesNotAList
            | ApiError::InvalidPrivilege
            | ApiError::EmailTaken
            | ApiError::ObtainingUser
            | ApiError::UserIdNotInteger
            | ApiError::SettingNeedsAdmin
            | ApiError::NeedsPrivilege
            | ApiError::PrivilegeTaken
            | ApiError::NoPrivilege
            | ApiError::PrivilegeHeld
            | ApiError::PrivilegeNotHeld
            | ApiError::BadAccount(_)
            | ApiError::NotHere(_)
            | ApiError::BrokenBody => StatusCode::BAD_REQUEST,
            ApiError::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            ApiError::TooSlow => StatusCode::REQUEST_TIMEOUT,
            ApiError::NoRoute | ApiError::NoUser => StatusCode::NOT_FOUND,
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
            ApiError::NeedsEmail => "An e-mail address must be supplied.",
            ApiError::EmptyPassword => "A password must be supplied.",
            ApiError::PrivilegesNotAList => "List of privileges must be a string or a list.",
            ApiError::InvalidPrivilege => "Invalid privilege name.",
            ApiError::EmailTaken => "That e-mail address is already being used.",
            ApiError::ObtainingUser => "Error obtaining user information",
            ApiError::NoUser => "User not found",
            ApiError::UserIdNotInteger => "User ID must be an integer",
            ApiError::PasswordNeedsAdmin => "You must have admin privileges to change a password.",
            ApiError::SettingNeedsAdmin => "You cannot call set_user_info() unless you are an administrator",
            ApiError::NeedsPrivilege => "A privilege name must be provided",
            ApiError::PrivilegeTaken => "The given privilege already exists",
            ApiError::NoPrivilege => "The specified privilege does not exist",
            ApiError::PrivilegeHeld => "The user already had that privilege",
            ApiError::PrivilegeNotHeld => "The user did not already have that privilege",
            ApiError::BadAccount(why) => return why.clone(),
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
        if later && !text.ends_with('.') { format!("{text}.") } else { text.to_owned() }
    }

    /// The answer: a JSON string.
    pub(crate) fn response(&self, edition: Edition) -> HttpResponse {
        HttpResponse::build(self.status()).json(self.text(edition))
    }
}

#[cfg(test)]
mod tests;
