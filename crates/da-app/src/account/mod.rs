//! Accounts: who may come in, and with what.
//!
//! Passwords and API keys are never kept as they are, and never logged.

mod api_key;
mod first_start;
mod user;

pub use first_start::{FirstAccount, Opened};
pub use user::NewAccount;
