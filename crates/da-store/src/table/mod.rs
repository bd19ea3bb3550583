//! The tables, a file each.

pub(crate) mod answer;
pub(crate) mod api_key;
pub(crate) mod attempt;
pub(crate) mod code;
pub(crate) mod file;
pub(crate) mod job_result;
pub(crate) mod kept_change;
pub(crate) mod kept_value;
pub(crate) mod letter;
pub(crate) mod lone_file;
pub(crate) mod package;
pub(crate) mod package_change;
pub(crate) mod package_content;
pub(crate) mod role;
pub(crate) mod server_value;
pub(crate) mod session;
pub(crate) mod step;
pub(crate) mod tie;
pub(crate) mod two_factor;
pub(crate) mod user;
pub(crate) mod user_secret;
pub(crate) mod wrap;
