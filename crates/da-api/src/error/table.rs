//! Data table: everything that the API refuses, with its status and its text in both editions.
//!
//! The texts are a contract (`fixtures/contract/api_errors.tsv`, which a test compares with this table). A second status
//! is that of docassemble 1.10, and a second text, too, where it is not the first one with a full stop.

use actix_web::http::StatusCode;

use super::Edition;

/// Makes the enumeration and what is known about each of its variants.
macro_rules! api_errors {
    ($($(#[$doc:meta])* $name:ident $(($why:ident))?: $status:ident $(/ $later_status:ident)?,
       $documented:literal $(/ $later:literal)?;)*) => {
        /// What the API refuses.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum ApiError {
            $($(#[$doc])* $name $((api_errors!(@text $why)))?,)*
        }

        impl ApiError {
            /// The status that it is answered with in an edition.
            pub fn status(&self, edition: Edition) -> StatusCode {
                match self {
                    $(ApiError::$name $((api_errors!(@any $why)))? => match edition {
                        Edition::Documented => StatusCode::$status,
                        Edition::Later => api_errors!(@status $status $($later_status)?),
                    },)*
                }
            }

            /// The text, in the words of an edition.
            pub fn text(&self, edition: Edition) -> String {
                match self {
                    $(ApiError::$name $(($why))? => {
                        $(let _ = $why;)?
                        let documented = format!($documented);
                        match edition {
                            Edition::Documented => documented,
                            Edition::Later => api_errors!(@later documented $($later)?),
                        }
                    })*
                }
            }

            /// One of each, with its name.
            pub(crate) fn all() -> Vec<(&'static str, ApiError)> {
                vec![$((stringify!($name), ApiError::$name $((api_errors!(@example $why)))?),)*]
            }
        }
    };
    (@status $status:ident) => { StatusCode::$status };
    (@status $status:ident $later:ident) => { StatusCode::$later };
    (@text $why:ident) => { String };
    (@any $why:ident) => { _ };
    (@example $why:ident) => { "{text}".to_owned() };
    (@later $documented:ident) => { super::with_full_stop($documented) };
    (@later $documented:ident $later:literal) => { format!($later) };
}

api_errors! {
    /// The key did not authenticate, or a privilege is lacking.
    AccessDenied: FORBIDDEN, "Access Denied" / "Access denied.";
    /// `i` is missing.
    NeedsInterview: BAD_REQUEST, "Parameter i is required";
    /// `i` or `session` is missing.
    NeedsSession: BAD_REQUEST, "Parameters i and session are required";
    /// There is no such session.
    NoDictionary: BAD_REQUEST, "Unable to obtain interview dictionary";
    /// The secret does not open it.
    CannotDecrypt: BAD_REQUEST, "Unable to decrypt interview dictionary";
    /// It is at its first step.
    CannotGoBack: BAD_REQUEST, "Cannot go back";
    /// `variables` is not JSON.
    MalformedVariables: BAD_REQUEST, "Malformed variables";
    /// `variables` is not an object.
    VariablesNotADict: BAD_REQUEST, "Variables data is not a dict";
    /// `file_variables` is not JSON.
    MalformedFileVariables: BAD_REQUEST, "Malformed list of file variables";
    /// `file_variables` is not an object.
    FileVariablesNotADict: BAD_REQUEST, "File variables data is not a dict";
    /// A file variable is not the name of a variable.
    MalformedFileVariable: BAD_REQUEST, "Malformed file variable";
    /// `delete_variables` is not JSON.
    MalformedDeleteVariables: BAD_REQUEST, "Malformed list of delete variables";
    /// `delete_variables` is not an array.
    DeleteVariablesNotAList: BAD_REQUEST, "Delete variables data is not a list";
    /// `event_list` is not JSON.
    MalformedEventList: BAD_REQUEST, "Malformed event list";
    /// `event_list` is not an array.
    EventListNotAList: BAD_REQUEST, "Event list data is not a list" / "Malformed event list.";
    /// `i`, `session` or `action` is missing.
    NeedsAction: BAD_REQUEST, "Parameters i, session, and action are required";
    /// `arguments` is not JSON.
    MalformedArguments: BAD_REQUEST, "Malformed arguments";
    /// `arguments` is not an object.
    ArgumentsNotADict: BAD_REQUEST, "Arguments data is not a dict";
    /// A name cannot be assigned or deleted.
    SettingVariables(why): BAD_REQUEST, "Problem setting variables" / "Problem setting variables:{why}";
    /// A variable cannot be deleted.
    DeletingVariables(why): BAD_REQUEST, "Problem setting variables" / "Problem deleting variables: {why}";
    /// There is no question of that name.
    MarkingQuestion: BAD_REQUEST, "Problem setting variables" / "Problem marking question as completed";
    /// The interview failed.
    Assembling(why): BAD_REQUEST, "Failure to assemble interview"
        / "get_question_data: failure to assemble interview: {why}";
    /// The interview fails after an answer.
    AskingNext(why): BAD_REQUEST, "Failure to assemble interview"
        / "Problem getting current question:get_question_data: failure to assemble interview: {why}";
    /// The interview fails one step back.
    AskingBack: BAD_REQUEST, "Failure to assemble interview" / "Problem getting current question";
    /// The interview failed over an action.
    Acting(why): BAD_REQUEST, "Failure to assemble interview" / "api_session_action: failure to assemble interview: {why}";
    /// There is no interview of that name to be started.
    StartingNothing(why): BAD_REQUEST, "{why}" / "DANotFoundError: {why}";
    /// The caller may not start the interview.
    StartingNotAllowed(why): BAD_REQUEST, "{why}" / "DAException: {why}";
    /// The interview that is to be started cannot be read.
    StartingBroken(why): BAD_REQUEST, "{why}" / "DASourceError: {why}";
    /// The interview fails before its first question.
    Starting(why): BAD_REQUEST, "{why}" / "DAException: create_new_interview: failure to assemble interview: {why}";
    /// The caller may not run the interview.
    NotAllowed(why): BAD_REQUEST, "Failure to assemble interview" / "{why}";
    /// The caller may not run the interview that was answered to.
    NextNotAllowed(why): BAD_REQUEST, "Failure to assemble interview" / "Problem getting current question:{why}";
    /// `username` is missing.
    NeedsEmail: BAD_REQUEST, "An e-mail address must be supplied.";
    /// `password` is empty.
    EmptyPassword: BAD_REQUEST, "A password must be supplied.";
    /// `privileges` is neither a name nor a list of names.
    PrivilegesNotAList: BAD_REQUEST, "List of privileges must be a string or a list.";
    /// One of them does not exist.
    InvalidPrivilege(why): BAD_REQUEST, "Invalid privilege name." / "Invalid privilege name.  {why} is not an existing privilege.";
    /// The address is taken.
    EmailTaken: BAD_REQUEST, "That e-mail address is already being used.";
    /// One of `email_addresses` is none.
    InvalidEmail: BAD_REQUEST, "Invalid e-mail address.";
    /// `email_addresses` looks like JSON and is none.
    EmailsNotJson: BAD_REQUEST, "The email_addresses field did not contain valid JSON.";
    /// `email_addresses` is missing.
    NeedsEmails: BAD_REQUEST, "One or more 'email_addresses' must be supplied.";
    /// A user could not be read or changed.
    ObtainingUser: BAD_REQUEST, "Error obtaining user information";
    /// There is no such file, or the caller may not read it.
    NoFile: NOT_FOUND, "File not found" / "File not found";
    /// There is no such user.
    NoUser: NOT_FOUND, "User not found";
    /// The number of a user is none.
    UserIdNotInteger: BAD_REQUEST, "User ID must be an integer";
    /// The account is that of somebody else.
    UserInfoNotYours: FORBIDDEN, "Access Denied" / "You do not have sufficient privileges to access user information";
    /// A limited key does not change accounts.
    UserEditNotYours: FORBIDDEN, "Access Denied" / "You do not have sufficient privileges to edit a user's information";
    /// A password, from somebody who is no administrator.
    PasswordNeedsAdmin: FORBIDDEN, "You must have admin privileges to change a password.";
    /// One's own password, from somebody who is no administrator.
    OwnPasswordNeedsAdmin: FORBIDDEN, "You must have admin privileges to change a password."
        / "You do not have sufficient privileges to change a user's password.";
    /// Somebody else's account, from somebody who is no administrator.
    SettingNeedsAdmin: BAD_REQUEST / FORBIDDEN, "You cannot call set_user_info() unless you are an administrator"
        / "You do not have sufficient privileges to edit user information.";
    /// The same, from somebody who may not even know about it.
    SettingUnseen: BAD_REQUEST / FORBIDDEN, "You cannot call set_user_info() unless you are an administrator"
        / "You do not have sufficient privileges to access user information";
    /// A password of somebody else, from somebody who may not even know about the account.
    PasswordUnseen: FORBIDDEN, "You must have admin privileges to change a password."
        / "You do not have sufficient privileges to access user information";
    /// A limited key does not say who may come in.
    ActiveNotYours: FORBIDDEN, "Access Denied"
        / "You do not have sufficient privileges to change the active status of user accounts.";
    /// A limited key does not change the account of somebody with more power.
    UserPowerful: FORBIDDEN / BAD_REQUEST, "Access Denied"
        / "You do not have sufficient privileges to edit this user's information.";
    /// Somebody else's account is not the caller's to end.
    UserEndNotYours: FORBIDDEN, "Access Denied" / "You do not have sufficient privileges to inactivate user accounts.";
    /// Somebody else's account is not the caller's to remove.
    UserRemovalNotYours: FORBIDDEN, "Access Denied" / "You do not have sufficient privileges to delete user accounts.";
    /// What somebody else holds is not told.
    UserPrivilegesNotYours: FORBIDDEN / BAD_REQUEST, "Access Denied"
        / "Error obtaining user information: You do not have sufficient privileges to access information about other users";
    /// Which privileges there are is not told.
    PrivilegesNotSeen: FORBIDDEN / BAD_REQUEST, "Access Denied"
        / "You do not have sufficient privileges to see the list of privileges.";
    /// The privilege is never given, or never taken from this user.
    PrivilegeFixed(why): BAD_REQUEST, "{why}" / "{why}";
    /// A limited key does not give or take the privilege.
    PrivilegeNotYours(why): FORBIDDEN / BAD_REQUEST, "Access Denied" / "{why}";
    /// A list of sessions could not be read.
    ReadingList: BAD_REQUEST, "Error reading interview list.";
    /// `username` or `password` is missing.
    NeedsCredentials: BAD_REQUEST, "A username and password must be supplied" / "A username and password must be supplied";
    /// There is no account of that name.
    UnknownName: FORBIDDEN, "Username not known" / "Username not known";
    /// The account has a second factor.
    TwoFactor: FORBIDDEN, "Secret will not be supplied because two factor authentication is enabled" / "Secret will not be supplied because two factor authentication is enabled";
    /// Too much was guessed.
    TooMany: TOO_MANY_REQUESTS, "There were too many attempts";
    /// The account has no password.
    NoPassword: FORBIDDEN, "Password not set" / "Password not set";
    /// The password is not that of the account.
    WrongPassword: FORBIDDEN, "Incorrect password" / "Incorrect password";
    /// `url_args` is no object.
    MalformedUrlArgs: BAD_REQUEST, "Malformed URL arguments" / "Malformed URL arguments";
    /// `next` is no page.
    UnknownNext: BAD_REQUEST, "Unknown path for next" / "Unknown path for next";
    /// The session that a login leads to does not open.
    LoginDictionary: BAD_REQUEST, "Could not decrypt dictionary" / "Could not decrypt dictionary";
    /// `expire` is no number of seconds.
    BadSeconds: BAD_REQUEST, "Invalid number of seconds.";
    /// `url` is missing, or no address.
    NeedsUrl: BAD_REQUEST, "No url supplied.";
    /// `i` is missing.
    NeedsFilename: BAD_REQUEST, "No filename supplied.";
    /// `data` is missing.
    NeedsData: BAD_REQUEST, "Data must be provided.";
    /// `data` is not JSON.
    MalformedData: BAD_REQUEST, "Malformed data.";
    /// `stash_key` or `secret` is missing.
    NeedsStash: BAD_REQUEST, "The stash key and secret parameters are required.";
    /// Nothing is stashed there, or the secret does not open it.
    NoStash: BAD_REQUEST, "The stashed data could not be retrieved: AssertionError .";
    /// `privilege` is missing.
    NeedsPrivilege: BAD_REQUEST, "A privilege name must be provided" / "A privilege name must be provided";
    /// There is such a privilege already.
    PrivilegeTaken: BAD_REQUEST, "The given privilege already exists";
    /// There is no such privilege.
    NoPrivilege: BAD_REQUEST, "The specified privilege does not exist";
    /// The user holds it already.
    PrivilegeHeld: BAD_REQUEST, "The user already had that privilege";
    /// The user does not hold it.
    PrivilegeNotHeld: BAD_REQUEST, "The user did not already have that privilege";
    /// The first account, or the caller's own.
    UserEndFixed: FORBIDDEN, "This user account cannot be deleted or deactivated.";
    /// The same, of `active`.
    ActiveFixed: FORBIDDEN, "The active status of this user account cannot be changed.";
    /// Every server has the privilege.
    PrivilegeBuiltIn: BAD_REQUEST, "The specified privilege is built-in and cannot be deleted.";
    /// There is no privilege to be deleted.
    NoPrivilegeNamed(why): BAD_REQUEST, "{why}" / "{why}";
    /// The user has no such API key.
    NoKey: NOT_FOUND, "No such API key could be found.";
    /// `api_key` is missing where a key is deleted.
    NeedsKey: BAD_REQUEST, "An API key must supplied" / "An API key must supplied";
    /// `api_key` is missing where a key of somebody else is changed.
    NoKeyGiven: BAD_REQUEST, "No API key given" / "No API key given";
    /// There is no such key to be changed.
    KeyUnchangeable: BAD_REQUEST, "The given API key cannot be modified" / "The given API key cannot be modified";
    /// `name` is missing.
    NeedsName: BAD_REQUEST, "A name must be supplied" / "A name must be supplied";
    /// The user has a key of that name.
    NameTaken: BAD_REQUEST, "The given name already exists" / "The given name already exists";
    /// The name is too long.
    InvalidName: BAD_REQUEST, "The name is invalid" / "The name is invalid";
    /// `method` is none that there is.
    InvalidMethod: BAD_REQUEST, "Invalid security method" / "Invalid security method";
    /// `allowed` is no list of texts.
    AllowedNotAList: BAD_REQUEST, "Allowed sites list not a valid list" / "Allowed sites list not a valid list";
    /// `add_to_allowed` is no list of texts.
    AddedNotAList: BAD_REQUEST, "add_to_allowed is not a valid list" / "add_to_allowed is not a valid list";
    /// `remove_from_allowed` is no list of texts.
    RemovedNotAList: BAD_REQUEST, "remove_from_allowed is not a valid list" / "remove_from_allowed is not a valid list";
    /// `permissions` is not JSON.
    PermissionsNotJson: BAD_REQUEST, "Permissions list not valid json" / "Permissions list not valid json";
    /// `permissions` is no list.
    PermissionsNotAList: BAD_REQUEST, "Permissions list not a valid list" / "Permissions list not a valid list";
    /// `permissions` has something that is no text.
    PermissionsNotTexts: BAD_REQUEST, "Permissions list should contain all strings" / "Permissions list should contain all strings";
    /// There is no such permission.
    UnknownPermission: BAD_REQUEST, "Permissions list contained a permission that was not recognized" / "Permissions list contained a permission that was not recognized";
    /// `add_to_permissions` is no list of texts.
    AddedPermissionsNotAList: BAD_REQUEST, "add_to_permissions is not a valid list" / "add_to_permissions is not a valid list";
    /// The same of `add_to_permissions`.
    UnknownAddedPermission: BAD_REQUEST, "add_to_permissions contained a permission that was not recognized" / "add_to_permissions contained a permission that was not recognized";
    /// `remove_from_permissions` is no list of texts.
    RemovedPermissionsNotAList: BAD_REQUEST, "remove_from_permissions is not a valid list" / "remove_from_permissions is not a valid list";
    /// The same of `remove_from_permissions`.
    UnknownRemovedPermission: BAD_REQUEST, "remove_from_permissions contained a permission that was not recognized" / "remove_from_permissions contained a permission that was not recognized";
    /// The keys of somebody else are not told.
    KeysNotSeen: FORBIDDEN, "You do not have sufficient privileges to access user API information" / "You do not have sufficient privileges to access user API information";
    /// The keys of somebody else are not changed.
    KeysNotEdited: FORBIDDEN, "You do not have sufficient privileges to edit user API information" / "You do not have sufficient privileges to edit user API information";
    /// An address or a password that cannot be one.
    BadAccount(why): BAD_REQUEST, "{why}" / "{why}";
    /// The Playground of somebody else, or of nobody.
    InvalidUserId: BAD_REQUEST, "Invalid user_id";
    /// No folder of a Playground.
    InvalidFolder: BAD_REQUEST, "Invalid folder";
    /// Files cannot be kept.
    SavingFiles: BAD_REQUEST, "Error saving file(s)";
    /// No file was sent.
    NoFileSent: BAD_REQUEST, "No file found." / "No file found.";
    /// `filename` is missing.
    NeedsFileName: BAD_REQUEST, "Missing filename." / "Missing filename.";
    /// No file of that name in the folder.
    NoPlaygroundFile: NOT_FOUND, "File not found" / "File not found";
    /// No project of the Playground, or one already.
    InvalidProject: BAD_REQUEST, "Invalid project." / "Invalid project.";
    /// No project can have the name.
    InvalidProjectName: BAD_REQUEST, "Invalid project name." / "Invalid project name.";
    /// `project` is missing.
    NeedsProject: BAD_REQUEST, "Project not provided." / "Project not provided.";
    /// Nothing is to be installed.
    NoInstructions: BAD_REQUEST, "No instructions provided." / "No instructions provided.";
    /// Several packages at once.
    OnePackage: BAD_REQUEST, "Only one package can be installed or updated at a time." / "Only one package can be installed or updated at a time.";
    /// There is no such package.
    NoPackage: BAD_REQUEST, "Package not found." / "Package not found.";
    /// The package is not fetched again.
    PackageNotUpdated: BAD_REQUEST, "You are not allowed to update that package." / "You are not allowed to update that package.";
    /// The package is not the caller's.
    PackageNotYours: FORBIDDEN, "You do not have permission to install that package." / "You do not have permission to install that package.";
    /// What was sent is no package.
    InstallingPackage(why): BAD_REQUEST, "There was an error when installing that package. {why}" / "There was an error when installing that package. {why}";
    /// `package` is missing.
    NeedsPackage: BAD_REQUEST, "Missing package name." / "Missing package name.";
    /// The package stays.
    PackageNotRemoved: BAD_REQUEST, "You are not allowed to uninstall that package." / "You are not allowed to uninstall that package.";
    /// `task_id` is missing.
    NeedsTaskId: BAD_REQUEST, "Missing task_id" / "Missing task_id";
    /// No archive was sent.
    NoPackageSent: BAD_REQUEST, "No package found." / "No package found.";
    /// An archive without a package of docassemble's.
    NotAPackage: BAD_REQUEST, "Not a docassemble package." / "Not a docassemble package.";
    /// An archive that cannot be read.
    InstallingPackages: BAD_REQUEST, "Error installing packages." / "Error installing packages.";
    /// Nothing is to be pulled.
    NeedsPackageSource: BAD_REQUEST, "Either github_url or pip is required." / "Either github_url or pip is required.";
    /// What was to be pulled is not to be had.
    Pulling(why): BAD_REQUEST, "Pull process encountered an error: {why}" / "Pull process encountered an error: {why}";
    /// The configuration cannot be read.
    NoConfiguration: BAD_REQUEST, "Could not parse Configuration." / "Could not parse Configuration.";
    /// `config` is missing.
    NeedsConfiguration: BAD_REQUEST, "Configuration not supplied." / "Configuration not supplied.";
    /// `config` is no mapping.
    ConfigurationNotJson: BAD_REQUEST, "Configuration was not valid JSON." / "Configuration was not valid JSON.";
    /// `config_changes` is missing.
    NeedsConfigurationChanges: BAD_REQUEST, "Configuration changes not supplied." / "Configuration changes not supplied.";
    /// `config_changes` is no mapping.
    ConfigurationChangesNotJson: BAD_REQUEST, "Configuration changes were not valid JSON." / "Configuration changes were not valid JSON.";
    /// No server would start with it.
    BadConfiguration(why): BAD_REQUEST, "{why}" / "{why}";
    /// The interview cannot be read.
    FindingInterview(why): BAD_REQUEST, "Error finding interview: {why}" / "Error finding interview: {why}";
    /// `format` is neither JSON nor YAML.
    InvalidOutputFormat: BAD_REQUEST, "Invalid output format";
    /// No template came along.
    NeedsTemplate: BAD_REQUEST, "File not included.";
    /// The template is in another format.
    InvalidInputFormat: BAD_REQUEST, "Invalid input format.";
    /// The template asks for nothing, or cannot be read.
    NoFields: BAD_REQUEST, "No fields could be found.";
    /// `format` is not Markdown.
    InvalidOutputFileFormat: BAD_REQUEST, "Invalid output file format.";
    /// The file is in a format that is not read here.
    UnknownFileFormat: BAD_REQUEST, "Invalid input file format.";
    /// The file is not what its name says.
    NotConverted: BAD_REQUEST, "Unable to convert file.";
    /// A body that cannot be read.
    BrokenBody: BAD_REQUEST, "The body of the request cannot be read";
    /// A body that is too large.
    TooLarge: PAYLOAD_TOO_LARGE, "The request is larger than this server accepts";
    /// A body that takes too long.
    TooSlow: REQUEST_TIMEOUT, "The request took too long to arrive";
    /// No such address.
    NoRoute: NOT_FOUND, "There is nothing at this address";
    /// Not with this method.
    NoMethod: METHOD_NOT_ALLOWED, "This address does not answer to this method";
    /// Somebody else changed it.
    Conflict: CONFLICT, "Somebody else changed this meanwhile";
    /// The session is not at a step that `If-Match` names.
    Moved: PRECONDITION_FAILED, "The session is at another step than If-Match says";
    /// The name of a request is none.
    BadRequestName: BAD_REQUEST, "An Idempotency-Key has 1 to 255 characters of ASCII";
    /// Another request came with the same name.
    OtherRequest: UNPROCESSABLE_ENTITY, "Another request came with this Idempotency-Key";
    /// The request came before.
    NotToldAgain: CONFLICT, "A request with this Idempotency-Key was begun before, and its answer is not known";
    /// Too much is going on.
    Busy: SERVICE_UNAVAILABLE, "The server is busy";
    /// A fault of the server.
    Internal: INTERNAL_SERVER_ERROR, "The server could not do this";
    /// `query` is not understood.
    InvalidQuery: BAD_REQUEST, "Invalid query parameter" / "Invalid query parameter";
    /// A file that an action answers with cannot be read.
    CouldNotSendFile(why): BAD_REQUEST / NOT_FOUND, "Could not send file" / "Could not send file because {why}";
}
