//! Accounts: who may come in, and with what.
//!
//! Passwords and API keys are never kept as they are, and never logged.

mod api_key;
mod first_start;
mod login_link;
mod privilege;
mod profile;
mod secret;
mod user;

use da_core::Caller;

use crate::{AppError, Fault};

pub use first_start::{FirstAccount, Opened};
pub use login_link::{LedTo, LoginWanted};
pub use user::NewAccount;

/// Whether a caller holds one of these privileges.
pub(crate) fn may(caller: &Caller, privileges: &[&str]) -> Result<(), AppError> {
    if caller.has_privilege(privileges) { Ok(()) } else { Err(AppError::new(Fault::NoAccess, "Access denied.")) }
}
