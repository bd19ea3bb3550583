//! The HTML door: interviews in a browser, as plain forms that need no JavaScript.
//!
//! A sibling of the API over the same use cases. It reaches sessions, rows and keys through da-app alone, never
//! writes text into a page unescaped, and never puts a secret into an address.

mod api_page;
mod autologin;
mod error;
mod files;
mod fixed;
mod form;
mod form_parts;
mod goto;
mod home;
mod html;
mod interview;
mod launch;
mod led;
mod page;
mod password;
mod profile;
mod register;
mod routes;
mod screen;
mod sent;
mod settings;
mod sign_in;
mod start;
mod visit;

pub use routes::configure;
pub use settings::WebSettings;
