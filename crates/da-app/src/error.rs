//! [`AppError`]: what a use case answers when it cannot do what it was asked.
//!
//! It knows a class, a text that anybody may read, and a cause that is for the log alone. It has no
//! word about HTTP.

use std::error::Error;
use std::fmt;

use da_core::ErrorClass;
use da_crypto::CryptoError;
use da_interview::{AssembleError, AssembleErrorKind, SourceError, SourceErrorKind};
use da_store::{StoreError, Subject};

/// Why a use case failed: closed, so that whoever answers can have a text for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// There is no such interview.
    NoInterview,
    /// The interview's files cannot be read.
    BrokenInterview,
    /// The caller lacks a privilege that the interview asks for.
    NotAllowed,
    /// The API key, or its owner, is not to be let in.
    NoAccess,
    /// There is no such session of that interview.
    NoSession,
    /// The secret does not open the session, or its rows were changed.
    Sealed,
    /// The session is at its first step.
    FirstStep,
    /// Names or values that came from outside cannot be assigned or deleted.
    BadVariables,
    /// A variable that was to be deleted cannot be.
    BadDeletion,
    /// The interview has no question of that name.
    UnknownQuestion,
    /// The interview itself failed.
    Interview,
    /// The interview answers with a file that cannot be read.
    FileNotSent,
    /// Too much is going on.
    Busy,
    /// Somebody else changed it meanwhile.
    Conflict,
    /// The session is not at the step that the request was made for.
    Moved,
    /// Another request had the name that this one says it may come again under.
    OtherRequest,
    /// The request was carried out before, and what it ended with cannot be told again.
    NotToldAgain,
    /// There is no such account.
    NoUser,
    /// The address, or the name of the key, is taken.
    Taken,
    /// There is no such privilege.
    NoPrivilege,
    /// There is a privilege of that name.
    PrivilegeTaken,
    /// The user holds the privilege already.
    PrivilegeHeld,
    /// The user does not hold the privilege.
    PrivilegeNotHeld,
    /// Only an administrator changes a password.
    PasswordNotYours,
    /// Only an administrator changes the account of somebody else.
    AccountNotYours,
    /// A limited key does not change the account of somebody with more power.
    Powerful,
    /// An address or a password that cannot be one.
    BadAccount,
    /// Whether the account may be used is not to be changed.
    ActiveFixed,
    /// Every server has the privilege.
    PrivilegeBuiltIn,
    /// The privilege is never given, or never taken from this user.
    PrivilegeFixed,
    /// A limited key does not give or take the privilege.
    PrivilegeNotYours,
    /// The API keys are those of somebody else.
    KeysNotYours,
    /// The user has a key of that name.
    KeyNameTaken,
    /// The user has no such key.
    NoKey,
    /// There is no account of that name to log in with.
    UnknownName,
    /// The account has no password.
    NoPassword,
    /// The password is not the account's.
    WrongPassword,
    /// The account has a second factor.
    TwoFactor,
    /// The code of a second factor is none, or was used.
    WrongCode,
    /// What can be guessed was tried too often of late.
    TooMany,
    /// Nothing is stashed there, or it does not open.
    NoStash,
    /// The link was used, or is too old.
    UsedLink,
    /// No browser can be sent there.
    BadAddress,
    /// There is no such file, or the caller may not read it.
    NoFile,
    /// The Playground is that of somebody else, or of nobody.
    PlaygroundNotYours,
    /// The Playground has no such project, or has it already.
    NoProject,
    /// No project can have the name.
    BadProjectName,
    /// Files cannot be kept as they are.
    NotKept,
    /// There is no such package.
    NoPackage,
    /// An archive that is no package.
    BadPackage,
    /// The package belongs to the server or to somebody else.
    PackageNotYours,
    /// The package stays as it is.
    PackageFixed,
    /// The configuration cannot be read.
    NoConfiguration,
    /// The configuration cannot say that.
    BadConfiguration,
    /// A document that is not what its name says, or cannot be read.
    BadDocument,
    /// A file in a format that is not read here.
    UnknownFormat,
    /// A fault of the server.
    Internal,
}

impl Fault {
    /// The class of the failure.
    pub fn class(self) -> ErrorClass {
        match self {
            Fault::NoInterview | Fault::NoSession | Fault::NoUser | Fault::NoStash | Fault::NoKey | Fault::NoFile => {
                ErrorClass::Missing
            }
            Fault::NotAllowed
            | Fault::NoAccess
            | Fault::Powerful
            | Fault::PasswordNotYours
            | Fault::AccountNotYours => ErrorClass::Forbidden,
            Fault::UnknownName | Fault::NoPassword | Fault::WrongPassword | Fault::UsedLink => ErrorClass::Forbidden,
            Fault::ActiveFixed | Fault::KeysNotYours | Fault::PrivilegeNotYours => ErrorClass::Forbidden,
            Fault::TwoFactor | Fault::WrongCode | Fault::TooMany => ErrorClass::Forbidden,
            Fault::BadAddress | Fault::PrivilegeBuiltIn | Fault::PrivilegeFixed => ErrorClass::Invalid,
            Fault::KeyNameTaken | Fault::Moved | Fault::OtherRequest | Fault::NotToldAgain => ErrorClass::Conflict,
            Fault::NoPackage => ErrorClass::Missing,
            Fault::NoConfiguration | Fault::BadConfiguration => ErrorClass::Invalid,
            Fault::BadPackage | Fault::PackageFixed => ErrorClass::Invalid,
            Fault::BadDocument | Fault::UnknownFormat => ErrorClass::Invalid,
            Fault::PackageNotYours => ErrorClass::Forbidden,
            Fault::PlaygroundNotYours | Fault::NoProject | Fault::BadProjectName | Fault::NotKept => {
                ErrorClass::Invalid
            }
            Fault::Sealed | Fault::FirstStep | Fault::BadVariables | Fault::BadDeletion | Fault::UnknownQuestion => {
                ErrorClass::Invalid
            }
            Fault::NoPrivilege | Fault::BadAccount | Fault::PrivilegeNotHeld => ErrorClass::Invalid,
            Fault::BrokenInterview | Fault::Interview | Fault::FileNotSent => ErrorClass::Interview,
            Fault::Conflict | Fault::Taken | Fault::PrivilegeTaken | Fault::PrivilegeHeld => ErrorClass::Conflict,
            Fault::Busy => ErrorClass::Busy,
            Fault::Internal => ErrorClass::Internal,
        }
    }
}

/// A failed use case.
#[derive(Debug)]
pub struct AppError {
    /// What kind of failure it is.
    pub fault: Fault,
    public: String,
    cause: Option<Box<dyn Error + Send + Sync>>,
}

impl AppError {
    /// A failure with a text that anybody may read.
    pub fn new(fault: Fault, public: impl Into<String>) -> Self {
        AppError { fault, public: public.into(), cause: None }
    }

    /// A fault of the server: the text says nothing, the cause goes to the log.
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        AppError::new(Fault::Internal, "The server could not do this.").because(cause)
    }

    /// The same with its cause.
    #[must_use]
    pub fn because(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// What anybody may read.
    pub fn public(&self) -> &str {
        &self.public
    }

    /// What only the log may hold.
    pub fn cause(&self) -> Option<&(dyn Error + Send + Sync + 'static)> {
        self.cause.as_deref()
    }

    /// Whether what failed may have been saved all the same.
    pub(crate) fn may_stand(&self) -> bool {
        let cause = self.cause.as_ref().and_then(|cause| cause.downcast_ref::<StoreError>());
        cause.is_some_and(StoreError::may_stand)
    }

    /// For the log: what anybody may read and the cause, each sentence once.
    pub fn whole(&self) -> String {
        match self.cause.as_ref().map(ToString::to_string) {
            None => self.public.clone(),
            Some(cause) if cause.contains(&self.public) => cause,
            Some(cause) => format!("{}: {cause}", self.public.trim_end_matches('.')),
        }
    }

    pub(crate) fn no_session() -> Self {
        AppError::new(Fault::NoSession, "There is no such session.")
    }

    pub(crate) fn first_step() -> Self {
        AppError::new(Fault::FirstStep, "The session is at its first step.")
    }

    pub(crate) fn busy() -> Self {
        AppError::new(Fault::Busy, "The server is busy. Try again in a moment.")
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.public)
    }
}

impl Error for AppError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as &(dyn Error + 'static))
    }
}

impl From<SourceError> for AppError {
    fn from(error: SourceError) -> Self {
        let fault = match error.kind {
            SourceErrorKind::Missing => Fault::NoInterview,
            _ => Fault::BrokenInterview,
        };
        AppError::new(fault, error.message.clone()).because(error)
    }
}

/// What `response()` raises where its file cannot be read.
const NOT_SENT: &str = "FileResponseError";

impl From<AssembleError> for AppError {
    fn from(error: AssembleError) -> Self {
        let (fault, class) = match &error.kind {
            AssembleErrorKind::BadVariable => (Fault::BadVariables, ""),
            AssembleErrorKind::BadDeletion => (Fault::BadDeletion, ""),
            AssembleErrorKind::UnknownQuestion => (Fault::UnknownQuestion, "DAError"),
            AssembleErrorKind::Answers => {
                return AppError::new(Fault::Sealed, "The session's answers cannot be read.").because(error);
            }
            AssembleErrorKind::NoEndpoint => (Fault::Interview, "DAErrorNoEndpoint"),
            AssembleErrorKind::Python { class, .. } if class == NOT_SENT => {
                let why = error.message.trim_start_matches(NOT_SENT).trim_start_matches(": ").to_owned();
                return AppError::new(Fault::FileNotSent, why).because(Traced { public: error.message.clone(), error });
            }
            AssembleErrorKind::Python { class, .. } => (Fault::Interview, class.as_str()),
            _ => (Fault::Interview, "DAError"),
        };
        // What Python raised names its class already, and what is wrong with a name from outside was not raised.
        let prefix = if error.message.starts_with(class) { String::new() } else { format!("{class}: ") };
        let public = format!("{prefix}{}", error.message);
        AppError::new(fault, public.clone()).because(Traced { public, error })
    }
}

/// An interview's failure with everything that its author needs to find it.
#[derive(Debug)]
struct Traced {
    public: String,
    error: AssembleError,
}

impl fmt::Display for Traced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.public)?;
        if let Some(place) = &self.error.place {
            write!(f, " ({place})")?;
        }
        if let AssembleErrorKind::Python { traceback, .. } = &self.error.kind {
            write!(f, "\n{}", traceback.join("\n"))?;
        }
        Ok(())
    }
}

impl Error for Traced {}

impl From<CryptoError> for AppError {
    fn from(error: CryptoError) -> Self {
        match error {
            CryptoError::Tampered | CryptoError::UnknownFormat(_) | CryptoError::WrongWrap => {
                AppError::new(Fault::Sealed, "The session cannot be opened.").because(error)
            }
            _ => AppError::internal(error),
        }
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::FirstStep => AppError::first_step(),
            StoreError::NotFound(Subject::Session | Subject::Step) => AppError::no_session(),
            StoreError::LockTimeout
            | StoreError::Unreachable(_)
            | StoreError::Away(_)
            | StoreError::Busy
            | StoreError::Closed => AppError::busy().because(error),
            StoreError::Conflict(_) | StoreError::LockLost => {
                AppError::new(Fault::Conflict, "Somebody else changed this meanwhile.").because(error)
            }
            StoreError::Full(Subject::KeptValue) => {
                let public = "There is no room for what the interview keeps beside its sessions.";
                AppError::new(Fault::Interview, public).because(error)
            }
            _ => AppError::internal(error),
        }
    }
}
