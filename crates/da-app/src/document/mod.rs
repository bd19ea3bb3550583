//! Documents that somebody sends to be looked at: which fields a template has, and what a text says. They are not kept.

mod convert;
mod draft;
mod fields;

pub use fields::{TemplateFields, TemplateKind, TemplateNamed};
