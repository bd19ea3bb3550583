//! [`Refusal`]: what a desk refuses, with the cause that only the log may have.

use da_app::{AppError, Fault};
use da_http::BodyError;

use super::ApiError;

/// A refusal with its cause, which is logged once, at the reply.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) error: ApiError,
    cause: Option<AppError>,
    /// What was probably meant.
    pub(crate) hint: Option<&'static str>,
}

impl Refusal {
    /// A refusal that a failed use case is the cause of.
    pub(crate) fn caused(error: ApiError, cause: AppError) -> Self {
        Refusal { error, cause: Some(cause), hint: None }
    }

    /// What a failure to start an interview is: its text is the interview's own.
    pub(crate) fn starting(cause: AppError) -> Self {
        let words = match cause.fault {
            Fault::NoInterview => ApiError::StartingNothing,
            Fault::NotAllowed => ApiError::StartingNotAllowed,
            Fault::BrokenInterview => ApiError::StartingBroken,
            Fault::Interview | Fault::FileNotSent => ApiError::Starting,
            _ => return cause.into(),
        };
        Refusal::caused(words(cause.public().to_owned()), cause)
    }

    /// What a failure to tell which privileges there are is.
    pub(crate) fn listing_privileges(cause: AppError) -> Self {
        match cause.fault {
            Fault::NoAccess => Refusal::caused(ApiError::PrivilegesNotSeen, cause),
            _ => cause.into(),
        }
    }

    /// What a failure to tell what somebody holds is.
    pub(crate) fn of_user_privileges(cause: AppError) -> Self {
        match cause.fault {
            Fault::NoAccess => Refusal::caused(ApiError::UserPrivilegesNotYours, cause),
            _ => Refusal::of_account(cause),
        }
    }

    /// What a failure to change one's own account is.
    pub(crate) fn setting_own(cause: AppError) -> Self {
        match cause.fault {
            Fault::PasswordNotYours => Refusal::caused(ApiError::OwnPasswordNeedsAdmin, cause),
            _ => Refusal::of_account(cause),
        }
    }

    /// What a failure to change somebody's account is, for a caller who may know about it or not.
    pub(crate) fn setting(knows: bool) -> impl FnOnce(AppError) -> Self {
        move |cause| match cause.fault {
            Fault::PasswordNotYours if !knows => Refusal::caused(ApiError::PasswordUnseen, cause),
            Fault::AccountNotYours if !knows => Refusal::caused(ApiError::SettingUnseen, cause),
            Fault::NoAccess => Refusal::caused(ApiError::ActiveNotYours, cause),
            _ => Refusal::of_account(cause),
        }
    }

    /// What a failure to read or change an account is.
    pub(crate) fn of_account(cause: AppError) -> Self {
        match cause.fault {
            Fault::Internal => Refusal { error: ApiError::ObtainingUser, cause: Some(cause), hint: None },
            _ => cause.into(),
        }
    }

    /// What a failure to tell about somebody is.
    pub(crate) fn of_user_info(cause: AppError) -> Self {
        match cause.fault {
            Fault::NoAccess => Refusal::caused(ApiError::UserInfoNotYours, cause),
            _ => Refusal::of_account(cause),
        }
    }

    /// What a failure to end an account is; `denied` is for whoever knows about it and may not.
    pub(crate) fn ending(knows: bool, denied: ApiError) -> impl FnOnce(AppError) -> Self {
        move |cause| match cause.fault {
            Fault::ActiveFixed => Refusal::caused(ApiError::UserEndFixed, cause),
            Fault::NoAccess if !knows => Refusal::caused(ApiError::UserInfoNotYours, cause),
            Fault::NoAccess => Refusal::caused(denied, cause),
            _ => Refusal::of_account(cause),
        }
    }

    /// What a failure to change API keys is.
    pub(crate) fn changing_keys(cause: AppError) -> Self {
        match cause.fault {
            Fault::KeysNotYours => Refusal::caused(ApiError::KeysNotEdited, cause),
            _ => cause.into(),
        }
    }

    /// What a failure to delete a privilege is.
    pub(crate) fn deleting_privilege(cause: AppError) -> Self {
        match cause.fault {
            Fault::NoPrivilege => Refusal::caused(ApiError::NoPrivilegeNamed(cause.public().to_owned()), cause),
            _ => cause.into(),
        }
    }

    /// What a failure to remove a package is.
    pub(crate) fn removing_package(cause: AppError) -> Self {
        match cause.fault {
            Fault::PackageFixed => Refusal::caused(ApiError::PackageNotRemoved, cause),
            _ => cause.into(),
        }
    }

    /// What a failure to take packages into a Playground is.
    pub(crate) fn installing_in_playground(cause: AppError) -> Self {
        match cause.fault {
            Fault::NoPackage => Refusal::caused(ApiError::NotAPackage, cause),
            Fault::BadPackage | Fault::NotKept => Refusal::caused(ApiError::InstallingPackages, cause),
            _ => cause.into(),
        }
    }

    /// What a failure to pull a package into a Playground is.
    pub(crate) fn pulling(cause: AppError) -> Self {
        match cause.fault {
            Fault::NoPackage | Fault::BadPackage | Fault::NotKept => {
                Refusal::caused(ApiError::Pulling(cause.public().to_owned()), cause)
            }
            _ => cause.into(),
        }
    }

    /// What a failure to list or delete sessions is.
    pub(crate) fn listing(cause: AppError) -> Self {
        match cause.fault {
            Fault::Internal => Refusal { error: ApiError::ReadingList, cause: Some(cause), hint: None },
            _ => cause.into(),
        }
    }

    /// What a failure to make an account is.
    pub(crate) fn making(cause: AppError) -> Self {
        match cause.fault {
            Fault::NoPrivilege => Refusal::caused(ApiError::InvalidPrivilege(cause.public().to_owned()), cause),
            _ => cause.into(),
        }
    }

    /// The same with a hint, unless it has one.
    pub(crate) fn hinted(self, hint: Option<&'static str>) -> Self {
        Refusal { hint: self.hint.or(hint), ..self }
    }

    /// The fault behind it.
    pub(crate) fn fault(&self) -> Option<Fault> {
        self.cause.as_ref().map(|cause| cause.fault)
    }

    /// Writes the cause to the log.
    pub(crate) fn log(&self) {
        let Some(cause) = &self.cause else { return };
        let whole = cause.whole();
        match cause.fault {
            Fault::Internal => tracing::error!(target: "api", fault = ?cause.fault, "{whole}"),
            Fault::Interview | Fault::FileNotSent | Fault::BrokenInterview | Fault::Sealed => {
                tracing::warn!(target: "api", fault = ?cause.fault, "{whole}");
            }
            _ => tracing::debug!(target: "api", fault = ?cause.fault, "{whole}"),
        }
    }
}

impl From<ApiError> for Refusal {
    fn from(error: ApiError) -> Self {
        Refusal { error, cause: None, hint: None }
    }
}

impl ApiError {
    /// What a failure to carry out an action is.
    pub(crate) fn acting(cause: &AppError) -> ApiError {
        match cause.fault {
            Fault::FileNotSent => ApiError::CouldNotSendFile(cause.public().to_owned()),
            _ => ApiError::assembling(cause, ApiError::Acting),
        }
    }

    /// What a failure to show the question after an answer is.
    pub(crate) fn answering(cause: &AppError) -> ApiError {
        match cause.fault {
            Fault::NotAllowed => ApiError::NextNotAllowed(cause.public().to_owned()),
            _ => ApiError::assembling(cause, ApiError::AskingNext),
        }
    }

    /// What a failure to show the question one step back is.
    pub(crate) fn going_back(cause: &AppError) -> ApiError {
        ApiError::assembling(cause, |_| ApiError::AskingBack)
    }

    /// A failure of the interview itself in the words of one route; any other in those of all.
    fn assembling(cause: &AppError, words: impl FnOnce(String) -> ApiError) -> ApiError {
        match ApiError::of(cause) {
            ApiError::Assembling(text) => words(text),
            other => other,
        }
    }

    /// The refusal that a failed use case is, where nothing more is known about it.
    pub(crate) fn of(cause: &AppError) -> ApiError {
        match cause.fault {
            Fault::NoInterview | Fault::NoSession => ApiError::NoDictionary,
            Fault::Sealed => ApiError::CannotDecrypt,
            Fault::FirstStep => ApiError::CannotGoBack,
            Fault::BadVariables => ApiError::SettingVariables(cause.public().to_owned()),
            Fault::BadDeletion => ApiError::DeletingVariables(cause.public().to_owned()),
            Fault::UnknownQuestion => ApiError::MarkingQuestion,
            Fault::Interview | Fault::FileNotSent | Fault::BrokenInterview => {
                ApiError::Assembling(cause.public().to_owned())
            }
            Fault::NotAllowed => ApiError::NotAllowed(cause.public().to_owned()),
            Fault::NoAccess => ApiError::AccessDenied,
            Fault::Busy => ApiError::Busy,
            Fault::Conflict => ApiError::Conflict,
            Fault::Moved => ApiError::Moved,
            Fault::OtherRequest => ApiError::OtherRequest,
            Fault::NotToldAgain => ApiError::NotToldAgain,
            Fault::NoUser => ApiError::NoUser,
            Fault::Taken => ApiError::EmailTaken,
            Fault::NoPrivilege => ApiError::NoPrivilege,
            Fault::PrivilegeTaken => ApiError::PrivilegeTaken,
            Fault::PrivilegeHeld => ApiError::PrivilegeHeld,
            Fault::PrivilegeNotHeld => ApiError::PrivilegeNotHeld,
            Fault::PasswordNotYours => ApiError::PasswordNeedsAdmin,
            Fault::AccountNotYours => ApiError::SettingNeedsAdmin,
            Fault::Powerful => ApiError::UserPowerful,
            Fault::ActiveFixed => ApiError::ActiveFixed,
            Fault::PrivilegeBuiltIn => ApiError::PrivilegeBuiltIn,
            Fault::PrivilegeFixed => ApiError::PrivilegeFixed(cause.public().to_owned()),
            Fault::PrivilegeNotYours => ApiError::PrivilegeNotYours(cause.public().to_owned()),
            Fault::KeysNotYours => ApiError::KeysNotSeen,
            Fault::KeyNameTaken => ApiError::NameTaken,
            Fault::NoKey => ApiError::KeyUnchangeable,
            Fault::UnknownName => ApiError::UnknownName,
            Fault::TwoFactor => ApiError::TwoFactor,
            Fault::WrongCode => ApiError::AccessDenied,
            Fault::TooMany => ApiError::TooMany,
            Fault::NoPassword => ApiError::NoPassword,
            Fault::WrongPassword => ApiError::WrongPassword,
            Fault::NoStash => ApiError::NoStash,
            Fault::BadAddress => ApiError::NeedsUrl,
            Fault::UsedLink => ApiError::AccessDenied,
            Fault::BadAccount => ApiError::BadAccount(cause.public().to_owned()),
            Fault::NoFile => ApiError::NoFile,
            Fault::NoConfiguration => ApiError::NoConfiguration,
            Fault::BadConfiguration => ApiError::BadConfiguration(cause.public().to_owned()),
            Fault::NoPackage => ApiError::NoPackage,
            Fault::BadPackage => ApiError::InstallingPackage(cause.public().to_owned()),
            Fault::PackageNotYours => ApiError::PackageNotYours,
            Fault::PackageFixed => ApiError::PackageNotUpdated,
            Fault::PlaygroundNotYours => ApiError::InvalidUserId,
            Fault::NoProject => ApiError::InvalidProject,
            Fault::BadProjectName => ApiError::InvalidProjectName,
            Fault::NotKept => ApiError::SavingFiles,
            Fault::BadDocument => ApiError::NotConverted,
            Fault::UnknownFormat => ApiError::UnknownFileFormat,
            Fault::Internal => ApiError::Internal,
        }
    }
}

impl From<AppError> for Refusal {
    fn from(cause: AppError) -> Self {
        Refusal { error: ApiError::of(&cause), cause: Some(cause), hint: None }
    }
}

impl From<BodyError> for Refusal {
    fn from(error: BodyError) -> Self {
        match error {
            BodyError::TooLarge => ApiError::TooLarge.into(),
            BodyError::TooSlow => ApiError::TooSlow.into(),
            BodyError::Broken => ApiError::BrokenBody.into(),
            BodyError::NotKept => ApiError::Internal.into(),
        }
    }
}
