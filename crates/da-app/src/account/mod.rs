//! Accounts: who may come in, and with what.
//!
//! Passwords and API keys are never kept as they are, and never logged.

mod api_key;
mod attempts;
mod came_from;
mod first_start;
mod invitation;
mod keys;
mod login_link;
mod password;
mod permission;
mod place;
mod privilege;
mod profile;
mod registration;
mod removal;
mod secret;
mod sign_in;
mod two_factor;
mod user;

use da_core::{Caller, UserId};

use crate::{App, AppError, Fault};

pub use came_from::{CameFrom, KeyMethod};
pub use first_start::{FirstAccount, Opened};
pub use keys::{KeyWishes, ListWishes, NewKey, ToldKey};
pub use login_link::{LedTo, LoginWanted};
pub use password::AfterReset;
pub use permission::PERMISSIONS;
pub use place::From as ComesFrom;
pub use profile::UserWishes;
pub use registration::Registration;
pub use removal::Removal;
pub use sign_in::SignedIn;
pub use two_factor::TwoFactorOffer;
pub use user::NewAccount;

/// Makes sure that a caller holds one of these privileges, or came with a limited key that has one of these permissions.
pub(crate) fn may(caller: &Caller, privileges: &[&str], permissions: &[&str]) -> Result<(), AppError> {
    if caller.may(privileges, permissions) { Ok(()) } else { Err(AppError::new(Fault::NoAccess, "Access denied.")) }
}

/// Whether the account is the caller's own. A limited key is nobody's: it may do what it lists.
pub(crate) fn is_self(caller: &Caller, id: UserId) -> bool {
    matches!(caller, Caller::User(user) if user.id == id)
}

/// Privileges that a limited key neither gives nor takes, nor touches the accounts of those who hold them.
const POWERFUL: [&str; 4] = ["admin", "developer", "advocate", "cron"];

/// Makes sure that a limited key does not reach beyond its limits through the power of others.
fn within_limits<'a>(caller: &Caller, privileges: impl IntoIterator<Item = &'a str>) -> Result<(), AppError> {
    let is_limited = matches!(caller, Caller::Limited { .. });
    if is_limited && privileges.into_iter().any(|privilege| POWERFUL.contains(&privilege)) {
        return Err(AppError::new(Fault::NoAccess, "Access denied."));
    }
    Ok(())
}

impl App {
    /// The same for the privileges that a user holds.
    async fn user_within_limits(&self, caller: &Caller, id: UserId) -> Result<(), AppError> {
        if !matches!(caller, Caller::Limited { .. }) {
            return Ok(());
        }
        let stored = self.read(move |store| Ok(store.user(id)?)).await?;
        let held = stored.map(|stored| stored.user.privileges).unwrap_or_default();
        let public = "You do not have sufficient privileges to edit this user's information.";
        let held = held.iter().map(|privilege| privilege.0.as_str());
        within_limits(caller, held).map_err(|error| AppError::new(Fault::Powerful, public).because(error))
    }
}
