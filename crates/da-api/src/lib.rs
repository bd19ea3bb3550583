//! The JSON API: docassemble's paths, parameters, statuses and texts.
//!
//! A URL's path is a module's path. A handler (a desk) reads its parameters, calls one use case and
//! shapes the answer; it reaches rows, keys and evaluations through da-app alone, and never writes HTML.

mod answer;
mod call;
mod clear_cache;
mod config;
mod convert_file;
mod demands;
mod dto;
mod error;
mod fields;
mod file;
mod health;
mod hint;
mod interview_data;
mod interviews;
mod list;
mod login_url;
pub mod openapi;
mod package;
mod package_update_status;
mod playground;
mod playground_install;
mod playground_pull;
mod privileges;
mod restart;
mod restart_status;
mod resume_url;
mod retrieve_stashed_data;
mod routes;
mod secret;
mod session;
mod settings;
mod stash_data;
mod structured;
mod temp_url;
mod user;
mod user_info;
mod user_invite;
mod user_list;

pub use error::{ApiError, Edition};
pub use routes::configure;
pub use settings::ApiSettings;
