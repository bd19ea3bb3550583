//! What every HTTP door of the server shares.
//!
//! * [`gate()`] stands around every request: its number, its real address, its log line, and the catching of
//!   panics.
//! * [`Parameters`] are what a query and a body say, whatever the body's format, and only so large and so slow as
//!   the settings allow.
//! * [`mod@file`] sends the content of a file.
//! * [`credentials`] finds the API key, wherever it was put.
//! * [`Cors`] writes the cross-origin headers.
//!
//! It knows neither the API's texts nor a page: whoever uses it says how an error looks.

mod address;
pub mod cors;
pub mod credentials;
mod device;
pub mod file;
pub mod gate;
mod multipart;
mod parameters;
mod settings;

pub use address::RealAddress;
pub use cors::Cors;
pub use device::device;
pub use gate::gate;
pub use parameters::{BodyError, Parameters, Unread};
pub use settings::HttpSettings;
