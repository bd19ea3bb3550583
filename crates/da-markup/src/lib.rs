//! Text to text: Mako and Jinja2 templates become Python source, Markdown becomes HTML.
//!
//! It runs no code, reads no file and knows no interview: what a template's names mean is for whoever
//! runs it.
#![warn(missing_docs)]

mod escape;
mod fault;
pub mod jinja;
pub mod mako;
pub mod markdown;

pub use escape::{escape, escape_quotes};
pub use fault::TemplatePoint;
pub use jinja::JinjaTemplate;
pub use mako::{Template, TemplateError};
